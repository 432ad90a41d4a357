"""Routes: transit between two places is restored by a deadline, and stays open."""

from __future__ import annotations

from functools import partial

from truceline.accord.model import Routes
from truceline.assess.assessment import Obligation, Reason
from truceline.assess.case import Case
from truceline.assess.delivery import Delivery, deliver
from truceline.assess.findings import Finding
from truceline.assess.route_reports import (
    told_control,
    told_criteria,
)
from truceline.assess.route_turns import days_by_status, periods_of
from truceline.assess.route_words import RouteGround, state_from
from truceline.assess.scope import after_deadline
from truceline.assess.times import Window


def judge(case: Case, provision: Routes, parties: tuple[str, ...], id: str) -> Obligation:
    """The verdict on the route; who holds it is told, not judged. `parties` are not looked at: a route is
    restored or not, whoever was to do it."""
    del parties
    deadline = case.deadline(provision)
    start = case.start(provision)
    passed = deadline.passed(case.as_of)
    ground = RouteGround(case, provision)
    rules = case.ruleset
    since_due = Window(deadline.last if passed else start, case.as_of)
    closed = ground.closed(
        after_deadline(case, since_due) if passed else partial(since_due.share, case.evidence)
    )
    whole = partial(Window(start, case.as_of).share, case.evidence)
    opened = ground.opened(whole)
    state, turns = state_from(ground.reports(opened, closed), rules, deadline.last)
    if passed:
        # Before the deadline nothing was owed; when it was open and closed is told of all the time.
        turns = state_from(ground.reports(opened, ground.closed(whole)), rules, deadline.last)[1]
    periods = periods_of(turns, start, case.as_of)
    return deliver(
        case,
        provision,
        Delivery(
            id,
            "routes",
            opened,
            closed,
            ground.corridor,
            progress=opened.probability >= rules.possible,
            first=tuple(_last_report(case, opened, closed)),
            last=(*told_control(case, ground.p_on), *told_criteria(case, provision)),
            done_message="route-open-reports",
            undone_message="route-closed-reports",
            details={
                "criteria": list(provision.criteria),
                "periods": [period.as_dict() for period in periods],
                "days_by_status": days_by_status(periods),
            },
            state=state,
        ),
        deadline,
    )


def _last_report(case: Case, opened: Finding, closed: Finding) -> list[Reason]:
    seen = [(f.until, message) for f, message in ((opened, "last-open"), (closed, "last-closed")) if f.until]
    if not seen:
        return []
    until, message = max(seen)
    assert until is not None
    days = max((min(until, case.as_of) - case.as_of).days * -1, 0)
    if days <= case.ruleset.stale_days:
        return []
    return [case.words.reason(message, day=case.words.last_day(until), days=days)]

"""The verdict on something that is to be done by a deadline, and to stay done.

The reports decide by `truceline.assess.states`; what they leave open is divided by the prior and by the
effort of those who looked after the deadline and saw nothing undone. P(breached) is the share in which it
is known not to be done, once the deadline has passed, and 0 before.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from truceline.accord.model.provision import ProvisionPart
from truceline.assess import reasons
from truceline.assess.assessment import Obligation, Reason, Status
from truceline.assess.case import Case
from truceline.assess.columns import Rows
from truceline.assess.effort import Effort
from truceline.assess.findings import Finding
from truceline.assess.places import Region
from truceline.assess.states import State, state_of, unseen
from truceline.assess.times import Deadline


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a rule found out about something due.

    `effort` is that of looking whether it is done (None: it cannot be told by watching); `progress` says
    that some of it is done; `done_message` and `undone_message` introduce the reports in words. `state` is
    given by rules that judge it from other verdicts, and `backing` then names the sources behind those.
    `continuing` is for what has no end, as patrols have none: it holds rather than is met, and has a start
    rather than a deadline. `rests_on_others` is for what other provisions decide, so that the silence of
    reports says nothing. `disputed`: a party objects by its signature.
    """

    id: str
    kind: str
    done: Finding
    undone: Finding
    region: Region | None = None
    effort: Effort | None = None
    progress: bool = False
    first: tuple[Reason, ...] = ()
    last: tuple[Reason, ...] = ()
    done_message: str = "done-reports"
    undone_message: str = "undone-reports"
    details: dict[str, object] = field(default_factory=dict)
    state: State | None = None
    continuing: bool = False
    rests_on_others: bool = False
    disputed: bool = False
    backing: tuple[str, ...] = ()


def deliver(case: Case, provision: ProvisionPart, what: Delivery, deadline: Deadline) -> Obligation:
    """The verdict."""
    rules = case.ruleset
    state = what.state or state_of(case.evidence, what.done, what.undone, case.sources, rules)
    passed = deadline.passed(case.as_of)
    hours = what.effort.hours if what.effort and passed else 0.0
    hidden = unseen(rules.prior, hours, rules.seen_per_hour)
    p_fulfilled = min(state.done + state.open * (1.0 - hidden), 1.0)
    p_breached = min(state.undone, 1.0 - p_fulfilled) if passed else 0.0
    objections = case.objections(provision.id)
    status = _status(case, what, state, deadline, p_fulfilled, objections)
    proposition, probability = {
        Status.BREACHED: ("breached", p_breached),
        Status.MET: ("done", p_fulfilled),
        Status.HOLDING: ("not breached", p_fulfilled),
        Status.MET_LATE: ("done", p_fulfilled),
        Status.OVERDUE: ("not done", max(p_breached, 1.0 - p_fulfilled)),
    }.get(status, ("fulfilled", p_fulfilled))
    done_ids = case.evidence.ids(what.done.rows[: reasons.LISTED])
    undone_ids = case.evidence.ids(what.undone.rows[: reasons.LISTED])
    looked = case.evidence.ids(what.effort.rows[: reasons.LISTED]) if what.effort else []
    objecting = case.evidence.ids(objections[: reasons.LISTED])
    failing = status in (Status.BREACHED, Status.OVERDUE) or (not done_ids and bool(undone_ids))
    return Obligation(
        id=what.id,
        kind=what.kind,
        status=status,
        probability=probability,
        proposition=proposition,
        p_fulfilled=p_fulfilled,
        p_breached=p_breached,
        since=_since(status, state, deadline),
        due=None if what.continuing else deadline.due,
        because=tuple(_because(case, provision, what, deadline, state, status)),
        evidence=tuple(undone_ids if failing else [*done_ids, *looked]),
        counter_evidence=(*objecting, *(done_ids if failing else undone_ids)),
        finding=what.undone.level if failing else what.done.level,
        effort_h=round(what.effort.hours, 3) if what.effort else 0.0,
        access_refused=len(what.effort.refused) if what.effort else 0,
        details={
            "state": {
                "done": round(state.done, 6),
                "undone": round(state.undone, 6),
                "open": round(state.open, 6),
                "p_unseen": round(hidden, 6),
            },
            "reports": what.done.reports + what.undone.reports,
            "sources": {
                "done": {name: round(p, 6) for name, p in what.done.by_group.items()},
                "not_done": {name: round(p, 6) for name, p in what.undone.by_group.items()},
            },
            "contributions": reasons.contributions(case, what.undone, against=True)
            + reasons.contributions(case, what.done, against=False),
            **what.details,
        },
    )


def _because(
    case: Case, provision: ProvisionPart, what: Delivery, deadline: Deadline, state: State, status: Status
) -> list[Reason]:
    """The verdict in words."""
    if case.words.silent:
        # What it depends on is judged in its turn all the same.
        return [*reasons.caveats(case, provision)]
    return [
        *(
            reasons.since_start(case, deadline)
            if what.continuing
            else reasons.deadline(case, deadline, provision.due)
        ),
        *what.first,
        *reasons.objected(case, case.objections(provision.id)),
        *_told(case, what, status),
        *_relapsed(case, state, status),
        *(reasons.looked(case, what.effort, seen=what.undone.reports > 0) if what.effort else ()),
        *_silence(case, what, deadline.passed(case.as_of)),
        *reasons.area(case, what.region),
        *what.last,
        *reasons.caveats(case, provision),
    ]


def _status(
    case: Case, what: Delivery, state: State, deadline: Deadline, p_fulfilled: float, objections: Rows
) -> Status:
    rules = case.ruleset
    if len(objections) or what.disputed:
        return Status.DISPUTED
    backing = (
        set(what.done.sources)
        | set(what.backing)
        | set(what.effort.sources if what.effort and deadline.passed(case.as_of) else ())
    )
    done = p_fulfilled >= rules.confirmed and len(backing) >= rules.independent_sources
    if not deadline.passed(case.as_of):
        if done:
            return Status.MET
        if what.progress or state.done >= rules.possible:
            return Status.IN_PROGRESS
        # Without a deadline, a report that it is not done still is no breach: nothing has fallen due.
        return Status.NOT_DUE if deadline.due is not None else Status.UNVERIFIED
    if done and what.continuing:
        return Status.HOLDING
    if done:
        late = state.done_at is not None and deadline.last is not None and state.done_at > deadline.last
        return Status.MET_LATE if late else Status.MET
    if state.undone >= rules.probable:
        confirmed = what.undone.level == "confirmed" and state.undone >= rules.confirmed
        relapse = state.was_done and confirmed
        return Status.BREACHED if relapse else Status.OVERDUE
    if min(what.done.probability, what.undone.probability) >= rules.probable:
        return Status.DISPUTED
    return Status.UNVERIFIED


def _since(status: Status, state: State, deadline: Deadline) -> datetime | None:
    if status in (Status.MET, Status.MET_LATE):
        return state.done_at
    if status == Status.OVERDUE:
        if state.was_done and state.undone_since is not None:
            return state.undone_since
        return deadline.last
    return state.undone_since if status == Status.BREACHED else None


def _told(case: Case, what: Delivery, status: Status) -> Iterable[Reason]:
    undone = [
        *reasons.reports(case, what.undone, what.region, what.undone_message),
        *reasons.sureness(case, what.undone),
    ]
    done = [*reasons.reports(case, what.done, what.region, what.done_message)]
    if status in (Status.MET, Status.MET_LATE):
        done.extend(reasons.sureness(case, what.done))
        return [*done, *undone]
    return [*undone, *done]


def _relapsed(case: Case, state: State, status: Status) -> Iterable[Reason]:
    if state.was_done and state.undone_since is not None and status in (Status.BREACHED, Status.OVERDUE):
        yield case.words.reason("relapse", day=case.words.day(state.undone_since))


def _silence(case: Case, what: Delivery, passed: bool) -> Iterable[Reason]:
    if what.done.reports or what.undone.reports or what.effort is not None or what.rests_on_others:
        return
    yield case.words.reason("no-reports-due" if passed else "no-reports-yet")

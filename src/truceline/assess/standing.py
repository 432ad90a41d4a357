"""The verdict on an obligation that holds all the time: not broken, as far as anybody can tell.

P(breached) is that of the finding. What nobody reported may still have happened: P(fulfilled) is
(1 - P(breached)) times the chance that no breach went unseen, given the hours of those who looked. The two
do not add up to 1; the rest is what nobody could have seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from truceline.accord.model.provision import ProvisionPart
from truceline.assess import reasons
from truceline.assess.assessment import Obligation, Reason, Status
from truceline.assess.case import Case
from truceline.assess.columns import Rows
from truceline.assess.findings import Finding
from truceline.assess.places import Region
from truceline.assess.states import unseen
from truceline.assess.times import Window


def has_begun(case: Case, window: Window) -> bool:
    """Whether the provision has begun to hold by the as-of."""
    return window.start is None or window.start < case.as_of


def not_begun(case: Case, provision: ProvisionPart, id: str, kind: str, window: Window) -> Obligation:
    """The verdict before a standing obligation begins."""
    assert window.start is not None
    because = (
        case.words.reason("begins-later", day=case.words.day(window.start)),
        *reasons.caveats(case, provision),
    )
    return Obligation(
        id, kind, Status.NOT_DUE, case.ruleset.prior, "fulfilled", case.ruleset.prior, 0.0,
        since=None, due=window.start, because=because,
    )  # fmt: skip


def standing(
    case: Case,
    provision: ProvisionPart,
    finding: Finding,
    *,
    id: str,
    kind: str,
    region: Region | None,
    window: Window,
    first: Iterable[Reason] = (),
    message: str = "breach-reports",
    details: dict[str, object] | None = None,
) -> Obligation:
    """The verdict on a standing obligation from the finding that it was breached."""
    effort = case.effort(region, window)
    hidden = unseen(case.ruleset.prior, effort.hours, case.ruleset.seen_per_hour)
    p_breached = finding.probability
    p_fulfilled = (1.0 - p_breached) * (1.0 - hidden)
    objections = case.objections(provision.id)
    status = _status(case, finding, p_fulfilled, effort.hours, objections)
    proposition, probability = {
        Status.BREACHED: ("breached", p_breached),
        Status.HOLDING: ("not breached", p_fulfilled),
    }.get(status, ("fulfilled", p_fulfilled))

    def said() -> Iterator[Reason]:
        if case.words.silent:
            # What it depends on is judged in its turn all the same.
            yield from reasons.caveats(case, provision)
            return
        until = case.moment(provision.until)
        if until is not None and until <= case.as_of:
            yield case.words.reason("ended", day=case.words.last_day(until))
        yield from first
        yield from reasons.objected(case, objections)
        yield from reasons.reports(case, finding, region, message)
        yield from reasons.sureness(case, finding)
        yield from reasons.looked(case, effort, seen=finding.reports > 0)
        yield from reasons.area(case, region)
        yield from reasons.caveats(case, provision)

    supporting = case.evidence.ids(finding.rows[: reasons.LISTED])
    looked = case.evidence.ids(effort.rows[: reasons.LISTED])
    objecting = case.evidence.ids(objections[: reasons.LISTED])
    breach_side = status in (Status.BREACHED,)
    return Obligation(
        id=id,
        kind=kind,
        status=status,
        probability=probability,
        proposition=proposition,
        p_fulfilled=p_fulfilled,
        p_breached=p_breached,
        since=finding.since if breach_side else window.start,
        due=None,
        because=tuple(said()),
        evidence=tuple(supporting if breach_side else (supporting or looked)),
        counter_evidence=(*objecting, *(looked if supporting else ())),
        finding=finding.level,
        effort_h=round(effort.hours, 3),
        access_refused=len(effort.refused),
        details={
            "reports": finding.reports,
            "incidents": finding.incidents,
            "expected_incidents": round(finding.expected, 3),
            "sources": {name: round(p, 6) for name, p in finding.by_group.items()},
            "p_unseen": round(hidden, 6),
            "contributions": reasons.contributions(case, finding, against=True),
            **(details or {}),
        },
    )


def _status(case: Case, finding: Finding, p_fulfilled: float, effort_h: float, objections: Rows) -> Status:
    if len(objections):
        return Status.DISPUTED
    if finding.level == "confirmed":
        return Status.BREACHED
    if finding.level == "probable":
        # Likely broken, yet not confirmed: neither "holding" nor "breached" would be true to the evidence.
        return Status.UNVERIFIED
    if effort_h >= case.ruleset.looked_h and p_fulfilled >= case.ruleset.probable:
        return Status.HOLDING
    return Status.UNVERIFIED

"""Forces withdrawal: troops or fighters leave a zone, place or band, and stay out."""

from __future__ import annotations

from functools import partial

from truceline.accord.model import ForcesWithdrawal
from truceline.assess.assessment import Obligation, Reason
from truceline.assess.case import Case
from truceline.assess.delivery import Delivery, deliver
from truceline.assess.designations import listed_groups
from truceline.assess.places import Region
from truceline.assess.reasons import said
from truceline.assess.scope import after_deadline, reach
from truceline.assess.times import Window
from truceline.assess.withdrawals import claimed_for, concerns_forces

SEEN = ("presence_report", "troop_count")
LEFT = ("withdrawal_claim", "withdrawal_verified")


def judge(case: Case, provision: ForcesWithdrawal, parties: tuple[str, ...], id: str) -> Obligation:
    """The verdict for `parties`, of those who are to leave."""
    deadline = case.deadline(provision)
    listed = _on_the_list(case, provision) if provision.designation else []
    region = _region(case, provision, parties)
    start = case.start(provision)
    passed = deadline.passed(case.as_of)
    seen_from = deadline.last if passed else start
    factors = reach(case, provision, parties=parties, region=region, window=Window(seen_from, case.as_of))
    if passed:
        factors["time"] = after_deadline(case, Window(seen_from, case.as_of))
    undone = case.finding(case.evidence.rows_of(SEEN if parties else ()), factors)
    window = Window(start, case.as_of)
    done = case.finding(
        case.evidence.rows_of(LEFT if parties else ()),
        {
            "time": partial(window.share, case.evidence),
            "meant": lambda rows: claimed_for(case, rows, provision.id, parties),
            "forces": lambda rows: concerns_forces(case, rows),
            "inside": lambda rows: case.inside(region, rows),
        },
    )
    return deliver(
        case,
        provision,
        Delivery(
            id,
            "forces_withdrawal",
            done,
            undone,
            region,
            effort=case.effort(region, Window(seen_from, case.as_of)),
            last=(*listed, *(said(case, parties, start) if parties else ())),
            undone_message="forces-seen",
            details={"bound": list(parties)},
        ),
        deadline,
    )


def bound_by(case: Case, provision: ForcesWithdrawal) -> tuple[str, ...]:
    """Who is to leave: the groups and parties named, and the groups on the list in force."""
    named = provision.groups or (() if provision.designation else provision.parties)
    listed = _listed(case, provision)
    return tuple(dict.fromkeys((*named, *listed)))


def _listed(case: Case, provision: ForcesWithdrawal) -> tuple[str, ...]:
    designation = case.accord.provision(provision.designation or "")
    if designation is None or designation.kind != "designation":
        return ()
    return tuple(group for group, listing in listed_groups(case, designation).items() if listing.in_force)


def _on_the_list(case: Case, provision: ForcesWithdrawal) -> list[Reason]:
    listed = _listed(case, provision)
    reasons = [
        case.words.reason("list-in-force", groups=case.words.names(listed))
        if listed
        else case.words.reason("list-empty")
    ]
    if provision.groups:
        reasons.append(case.words.reason("named-by-text", groups=case.words.names(provision.groups)))
    return reasons


def _region(case: Case, provision: ForcesWithdrawal, parties: tuple[str, ...]) -> Region | None:
    if provision.zone:
        return case.places.zone(provision.zone)
    if provision.place:
        return case.places.place(provision.place)
    if provision.band:
        return case.places.band(provision.id, parties)
    return None

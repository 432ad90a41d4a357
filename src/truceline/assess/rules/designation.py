"""Designation: the list of groups is made together; a group is on it once all who must agree have said so."""

from __future__ import annotations

from datetime import datetime

from truceline.accord.model import Designation
from truceline.assess.assessment import Obligation, Reason
from truceline.assess.case import Case
from truceline.assess.delivery import Delivery, deliver
from truceline.assess.designations import Listing, listed_groups
from truceline.assess.findings import Finding
from truceline.assess.states import State
from truceline.assess.words import probability
from truceline.core.instants import isoformat_utc


def judge(case: Case, provision: Designation, parties: tuple[str, ...], id: str) -> Obligation:
    """The verdict: whether a list is in force at the as-of. `parties` are those who must agree."""
    listings = listed_groups(case, provision)
    best = max(listings.values(), key=lambda listing: (listing.probability, listing.group), default=None)
    done = max(best.findings, key=lambda f: f.probability) if best and best.findings else Finding()
    share = best.probability if best else 0.0
    return deliver(
        case,
        provision,
        Delivery(
            id,
            "designation",
            done,
            Finding(),
            progress=bool(listings),
            disputed=any(listing.signed and listing.signed.objected_by() for listing in listings.values()),
            first=tuple(_in_words(case, listings, parties)),
            done_message="designation-reports",
            # Nobody announces that there is no list: without reports it stays open.
            state=State(share, 0.0, 1.0 - share, done_at=_since(best)),
            backing=best.signed.consented_by() if best and best.signed else (),
            details={
                "list": {
                    group: {
                        "in_force": listing.in_force,
                        "probability": round(listing.probability, 6),
                        "by": {party: round(p, 6) for party, p in listing.by.items()},
                        "missing": list(listing.missing),
                    }
                    | _steps(listing)
                    for group, listing in listings.items()
                }
            },
        ),
        case.deadline(provision),
    )


def _since(listing: Listing | None) -> datetime | None:
    """Since when a signed listing is in force: its last step, which completed it."""
    if listing is None or listing.signed is None or not listing.in_force:
        return None
    return listing.signed.steps[-1][2]


def _steps(listing: Listing) -> dict[str, object]:
    """What the parties signed, for `explain`; nothing where the listing rests on reports."""
    signed = listing.signed
    if signed is None:
        return {}
    return {
        "proposal": signed.id,
        "objected_by": list(signed.objected_by()),
        "steps": [
            {"act": act, "party": party, "recorded_at": isoformat_utc(instant)}
            for act, party, instant in signed.steps
        ],
    }


def _in_words(case: Case, listings: dict[str, Listing], parties: tuple[str, ...]) -> list[Reason]:
    words = case.words
    in_force = [group for group, listing in listings.items() if listing.in_force]
    reasons = [
        words.reason("list-in-force", groups=words.names(in_force))
        if in_force
        else words.reason("list-empty")
    ]
    for group, listing in listings.items():
        if not listing.in_force:
            reasons.append(
                words.reason(
                    "designation-missing",
                    group=words.name(group),
                    missing=words.names(listing.missing or parties),
                    probability=probability(listing.probability),
                )
            )
    return reasons

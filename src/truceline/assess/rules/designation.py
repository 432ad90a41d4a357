"""Designation: the list of groups is made together; a group is on it once all who must agree have said so."""

from __future__ import annotations

from truceline.accord.model import Designation
from truceline.assess.assessment import Obligation, Reason
from truceline.assess.case import Case
from truceline.assess.delivery import Delivery, deliver
from truceline.assess.designations import Listing, listed_groups
from truceline.assess.findings import Finding
from truceline.assess.states import State
from truceline.assess.words import probability


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
            first=tuple(_in_words(case, listings, parties)),
            done_message="designation-reports",
            # Nobody announces that there is no list: without reports it stays open.
            state=State(share, 0.0, 1.0 - share),
            details={
                "list": {
                    group: {
                        "in_force": listing.in_force,
                        "probability": round(listing.probability, 6),
                        "by": {party: round(p, 6) for party, p in listing.by.items()},
                        "missing": list(listing.missing),
                    }
                    for group, listing in listings.items()
                }
            },
        ),
        case.deadline(provision),
    )


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

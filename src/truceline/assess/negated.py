"""A negated provision ("no patrols shall enter", "weapons shall not be withdrawn"): what would fulfil it
were it not negated, breaks it."""

from __future__ import annotations

from typing import Any

from truceline.assess.assessment import Obligation
from truceline.assess.case import Case
from truceline.assess.places import Region
from truceline.assess.scope import reach
from truceline.assess.standing import has_begun, not_begun, standing

FULFIL = {
    "zone": ("zone_agreed",),
    "weapons_withdrawal": ("withdrawal_verified", "weapon_stored", "withdrawal_claim"),
    "forces_withdrawal": ("withdrawal_verified", "withdrawal_claim"),
    "designation": ("designation",),
    "patrols": ("patrol",),
    "routes": ("route_open", "route_traffic"),
    "verification": ("observation_effort",),
    "other": (),
}


def judge_negated(case: Case, provision: Any, parties: tuple[str, ...], id: str) -> Obligation:
    """The verdict on a negated provision of a kind that does not forbid by itself."""
    window = case.window(provision)
    if not has_begun(case, window):
        return not_begun(case, provision, id, provision.kind, window)
    region = _region(case, provision)
    factors = reach(
        case, provision, parties=parties, region=region, window=window,
        weapons=getattr(provision, "weapons", ()),
    )  # fmt: skip
    finding = case.finding(case.evidence.rows_of(FULFIL[provision.kind]), factors)
    return standing(
        case, provision, finding, id=id, kind=provision.kind, region=region, window=window,
        first=(case.words.reason("negated"),),
    )  # fmt: skip


def _region(case: Case, provision: Any) -> Region | None:
    zone, place = getattr(provision, "zone", None), getattr(provision, "place", None)
    if zone:
        return case.places.zone(zone)
    return case.places.place(place) if place else None

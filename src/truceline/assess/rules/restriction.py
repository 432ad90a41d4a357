"""Restriction: acts, or weapons of some classes, are forbidden in a band, zone or place."""

from __future__ import annotations

import numpy as np

from truceline.accord.model import Restriction
from truceline.assess.assessment import Obligation, Reason
from truceline.assess.case import Case
from truceline.assess.places import Region
from truceline.assess.scope import acts_of, reach
from truceline.assess.standing import has_begun, not_begun, standing


def judge(case: Case, provision: Restriction, parties: tuple[str, ...], id: str) -> Obligation:
    """The verdict for `parties`, of those whom the provision binds (none named: everybody)."""
    window = case.window(provision)
    if not has_begun(case, window):
        return not_begun(case, provision, id, "restriction", window)
    region = _region(case, provision, parties)
    kinds = acts_of(provision, provision.acts)
    if provision.weapons:
        # Weapons that are forbidden are seen, whatever else the text forbids.
        kinds |= {"weapon_sighting"}
    factors = reach(
        case, provision, parties=parties, region=region, window=window,
        weapons=provision.weapons if not provision.acts else (),
    )  # fmt: skip
    first: list[Reason] = []
    if provision.altitude_m is not None:
        # No report tells heights, so that an act in the right place may still be allowed.
        factors["altitude"] = lambda rows: np.full(len(rows), case.ruleset.exemption_unjudged)
        first.append(case.words.reason("altitude-unjudged"))
    if provision.acts and provision.weapons:
        weapons = provision.weapons
        factors["weapon"] = lambda rows: case.covered(rows, weapons)
    finding = case.finding(case.present(kinds, region, window), factors)
    return standing(
        case, provision, finding, id=id, kind="restriction", region=region, window=window, first=first
    )


def _region(case: Case, provision: Restriction, parties: tuple[str, ...]) -> Region | None:
    if provision.zone:
        return case.places.zone(provision.zone)
    if provision.place:
        return case.places.place(provision.place)
    return case.places.band(provision.id, parties) if provision.band or provision.bands else None

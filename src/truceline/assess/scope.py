"""What a provision reaches: the factors by which a report falls under it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

import numpy as np

from truceline.accord.acts import kinds_in
from truceline.accord.model import Exemption, WeaponSpec, WeaponsWithdrawal
from truceline.accord.model.provision import ProvisionPart
from truceline.assess.case import Case
from truceline.assess.columns import Floats, Rows
from truceline.assess.findings import Factor
from truceline.assess.places import Region
from truceline.assess.times import Window, carried_over

PRESENCE = ("presence_report", "troop_count", "weapon_sighting")


def acts_of(provision: ProvisionPart, acts: Iterable[str]) -> frozenset[str]:
    """The kinds that the acts of a provision stand for, without those that it exempts outright."""
    kinds: set[str] = set()
    for act in acts:
        kinds |= kinds_in(act)
    for exemption in provision.exemptions:
        if exemption.acts and not (exemption.parties or exemption.weapons or exemption.sectors):
            for act in exemption.acts:
                kinds -= kinds_in(act)
    return frozenset(kinds)


def reach(
    case: Case,
    provision: ProvisionPart,
    *,
    parties: Iterable[str],
    region: Region | None,
    window: Window,
    weapons: tuple[WeaponSpec, ...] = (),
    silent_weapon: float | None = None,
    protects: Iterable[str] = (),
) -> dict[str, Factor]:
    """The factors of a report that a party did something here and then, cheap ones first."""
    bound = tuple(parties)
    factors: dict[str, Factor] = {
        "time": partial(window.share, case.evidence),
        "party": lambda rows: case.by(rows, bound),
    }
    protected = tuple(protects)
    if protected:
        factors["target"] = lambda rows: case.against(rows, protected)
    if weapons:
        factors["weapon"] = lambda rows: case.covered(rows, weapons, silent=silent_weapon)
    if provision.exemptions:
        factors["not_exempt"] = lambda rows: _not_exempt(case, provision.exemptions, rows)
    if region is not None:
        factors["inside"] = lambda rows: case.inside(region, rows)
    return factors


def after_deadline(case: Case, window: Window) -> Factor:
    """The time factor of a sighting: the share after the window's start, and of what was before it the
    chance that it is still so."""

    def share(rows: Rows) -> Floats:
        within = window.share(case.evidence, rows)
        if window.start is None:
            return within
        # What reaches beyond the window's end is neither within nor before it.
        before = Window(None, window.start).share(case.evidence, rows)
        kept = carried_over(case.evidence, rows, window.start, case.ruleset.carry_over_days)
        return np.clip(within + before * np.where(kept < 0.01, 0.0, kept), 0.0, 1.0)

    return share


def _not_exempt(case: Case, exemptions: Iterable[Exemption], rows: Rows) -> Floats:
    share = np.ones(len(rows))
    for exemption in exemptions:
        if exemption.parties or exemption.weapons:
            exempt = np.ones(len(rows))
            if exemption.parties:
                exempt = exempt * _surely_by(case, exemption.parties, rows)
            if exemption.weapons:
                exempt = exempt * case.covered(rows, exemption.weapons, silent=0.0)
            share = share * (1.0 - exempt)
        elif not exemption.acts:
            # Only words: whether they apply cannot be told from a report.
            share = share * case.ruleset.exemption_unjudged
    return share


def _surely_by(case: Case, parties: tuple[str, ...], rows: Rows) -> Floats:
    hit = np.isin(rows, case.authors.rows_by(case.evidence, rows, parties))
    return hit.astype(np.float64)


def region_of_weapons(case: Case, provision: WeaponsWithdrawal, parties: tuple[str, ...]) -> Region | None:
    """Where the weapons of these parties must not be; None where the provision names no area."""
    if provision.zone:
        return case.places.zone(provision.zone)
    if provision.place:
        return case.places.place(provision.place)
    if provision.band:
        return case.places.band(provision.id, parties)
    return None

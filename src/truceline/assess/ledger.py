"""The weapons ledger: per party and class, what was declared, stored, verified as left, seen and missing.

Each weapon is counted once (`truceline.assess.weapon_counts`). A report is in a party's ledger if it names
that party or a member of it more likely than not, and in a provision's if it is more likely covered than
not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from truceline.accord.model import WeaponSpec
from truceline.accord.weapons import class_named
from truceline.assess.case import Case
from truceline.assess.columns import Rows
from truceline.assess.findings import Finding
from truceline.assess.places import Region
from truceline.assess.times import Window
from truceline.assess.weapon_counts import KINDS, SEEN, WeaponReports, count_weapons

EVIDENCE = 50
UNSPECIFIED = "unspecified"
_DAY_US = 86_400_000_000
_SURE = 0.5


@dataclass(slots=True)
class Entry:
    """The weapons of one class of one party. `at_large` are those seen and not stored since; `unaccounted` is
    what was declared and neither stored, at large nor verified as left; `surplus` what was stored beyond the
    declaration."""

    party: str
    weapon_class: str
    declared: int = 0
    stored: int = 0
    left: int = 0
    seen: int = 0
    missing: int = 0
    at_large: int = 0
    evidence: list[str] = field(default_factory=list)

    @property
    def verified(self) -> int:
        """Found in storage or verified as departed; a weapon may be both, so that it is the greater."""
        return max(self.stored, self.left)

    @property
    def unaccounted(self) -> int:
        """Declared, and nothing heard of since."""
        return max(self.declared - self.verified - self.at_large, 0)

    @property
    def surplus(self) -> int:
        """Stored beyond what was declared: the declaration was short."""
        return max(self.stored - self.declared, 0) if self.declared else 0

    def as_dict(self) -> dict[str, Any]:
        """The entry as plain data."""
        return {
            "party": self.party,
            "class": self.weapon_class,
            "declared": self.declared,
            "stored": self.stored,
            "left": self.left,
            "seen": self.seen,
            "missing": self.missing,
            "at_large": self.at_large,
            "unaccounted": self.unaccounted,
            "surplus": self.surplus,
            "evidence": self.evidence,
        }


def ledger_of(
    case: Case,
    parties: tuple[str, ...],
    weapons: tuple[WeaponSpec, ...],
    since_due: Window,
    region: Region | None,
) -> list[Entry]:
    """The entries of the parties' weapons, by party and class; `seen` counts those within `since_due` and
    the region."""
    rows = case.evidence.rows_of(KINDS)
    if not len(rows):
        return []
    owner = owners(case, parties, rows)
    kept = (owner >= 0) & (case.covered(rows, weapons) >= _SURE)
    rows, owner = rows[kept], owner[kept]
    kinds, kind_names = case.evidence.codes_at("kind", rows)
    sighting = np.array([*(name == SEEN for name in kind_names), False])[kinds]
    standing = ~sighting
    if sighting.any():
        seen = rows[sighting]
        standing[sighting] = (since_due.share(case.evidence, seen) * case.inside(region, seen)) > _SURE
    return entries_of(case, rows[standing], owner[standing], parties)


def owners(case: Case, parties: Sequence[str], rows: Rows) -> Rows:
    """Per row the number of the first of the parties whose weapons it speaks of; -1 where none's."""
    owner = np.full(len(rows), -1)
    for index, party in enumerate(parties):
        named = case.authors.p_named(case.evidence.actor_lists, (party,), rows) > _SURE
        owner = np.where((owner < 0) & named, index, owner)
    return owner


def entries_of(case: Case, rows: Rows, owner: Rows, parties: Sequence[str]) -> list[Entry]:
    """The entries of rows whose owners are known, by party and class."""
    reports = reports_of(case, rows)
    classes, names = classes_of(case, rows)
    key = owner * len(names) + classes
    found = [
        _entry(parties[number // len(names)], names[number % len(names)], reports.where(key == number))
        for number in np.unique(key).tolist()
    ]
    return sorted(found, key=lambda entry: (entry.party, entry.weapon_class))


def _entry(party: str, weapon_class: str, reports: WeaponReports) -> Entry:
    numbers = count_weapons(reports)
    return Entry(
        party,
        weapon_class,
        declared=numbers.declared,
        stored=numbers.stored,
        left=numbers.left,
        seen=numbers.seen,
        missing=numbers.missing,
        at_large=numbers.at_large,
        evidence=reports.ids.take(pc.sort_indices(reports.ids)[:EVIDENCE]).to_pylist(),
    )


def classes_of(case: Case, rows: Rows) -> tuple[Rows, list[str]]:
    """Per row the number of the class of weapons that it names, by the classes' own names."""
    codes, values = case.evidence.codes_at("weapon_class", rows)
    own = [*(class_named(value) or value for value in values), UNSPECIFIED]
    names = sorted(set(own))
    number = np.array([names.index(name) for name in own], dtype=np.int64)
    return number[codes], names


def reports_of(case: Case, rows: Rows) -> WeaponReports:
    """The reports of rows. Places are equal within a hundredth of a degree, about 1 km."""
    evidence = case.evidence
    kinds, kind_names = evidence.codes_at("kind", rows)
    kind = np.array([KINDS.index(name) if name in KINDS else -1 for name in kind_names], dtype=np.int64)
    serials, _ = evidence.codes_at("serial", rows)
    lon, lat = (
        np.rint(np.nan_to_num(evidence.numbers(name)[rows], nan=999.0) * 100.0).astype(np.int64)
        for name in ("lon", "lat")
    )
    start_us = evidence.start_us[rows]
    return WeaponReports(
        ids=evidence.table["id"].take(pa.array(rows)).combine_chunks(),
        kind=kind[kinds],
        serial=serials.astype(np.int64),
        count=np.nan_to_num(evidence.numbers("count")[rows], nan=1.0).astype(np.int64),
        day=start_us // _DAY_US,
        start_us=start_us,
        place=lon * 1_000_000 + lat,
        incident=case.links.incident[rows].astype(np.int64),
    )


def all_stored(
    case: Case, entries: list[Entry], parties: tuple[str, ...], weapons: tuple[WeaponSpec, ...]
) -> Finding:
    """The finding that all declared weapons of every party are in storage; none unless the ledger says so.

    It is as sure as the reports of storage, times the ruleset's P(the declared inventory is complete).
    """
    declaring = {entry.party for entry in entries if entry.declared}
    full = all(entry.verified >= entry.declared for entry in entries if entry.declared)
    if not parties or set(parties) - declaring or not full:
        return Finding()
    rows = case.evidence.rows_of(["weapon_stored"])
    return case.finding(
        rows,
        {
            "party": lambda r: case.authors.p_named(case.evidence.actor_lists, parties, r),
            "weapon": lambda r: case.covered(r, weapons),
            "declared_complete": lambda r: np.full(len(r), case.ruleset.declared_complete),
        },
    )

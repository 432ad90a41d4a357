"""The weapons ledger: per party and class, what was declared, stored, verified as left, seen and missing.

One weapon is counted once: by its serial number where there is one; otherwise reports of one class, day and
place (to a hundredth of a degree, about 1 km) are of the same weapons, and the greatest number reported of
them counts. What is seen on different days may be the same weapons again, so that the ledger holds the
greatest number seen on one day.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from truceline.accord.model import WeaponSpec
from truceline.assess.case import Case
from truceline.assess.columns import Rows
from truceline.assess.findings import Finding
from truceline.assess.places import Region
from truceline.assess.times import Window

KINDS = ("weapon_declared", "weapon_stored", "withdrawal_verified", "weapon_sighting", "weapon_missing")
EVIDENCE = 50
_DAY_US = 86_400_000_000
_SURE = 0.5


@dataclass(slots=True)
class Entry:
    """The weapons of one class of one party. `unaccounted` is what was declared and neither stored, seen
    nor verified as left; `surplus` what was stored beyond the declaration."""

    party: str
    weapon_class: str
    declared: int = 0
    stored: int = 0
    left: int = 0
    seen: int = 0
    missing: int = 0
    evidence: list[str] = field(default_factory=list)

    @property
    def unaccounted(self) -> int:
        """Declared, and nothing heard of since."""
        return max(self.declared - max(self.stored, self.left) - self.seen, 0)

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
    evidence = case.evidence
    rows = evidence.rows_of(KINDS)
    if not len(rows):
        return []
    # A row counts for a party if it names it, and if it is more likely covered than not.
    owner = np.full(len(rows), -1)
    for index, party in enumerate(parties):
        named = case.authors.p_named(evidence.actor_lists, (party,), rows) > _SURE
        owner = np.where((owner < 0) & named, index, owner)
    kept = (owner >= 0) & (case.covered(rows, weapons) >= _SURE)
    rows, owner = rows[kept], owner[kept]
    kinds, kind_names = evidence.codes_at("kind", rows)
    sighting = np.array([name == "weapon_sighting" for name in kind_names])[kinds]
    standing = ~sighting
    if sighting.any():
        seen = rows[sighting]
        standing[sighting] = (since_due.share(evidence, seen) * case.inside(region, seen)) > _SURE
    return _entries(case, rows[standing], owner[standing], parties)


def _entries(case: Case, rows: Rows, owner: Rows, parties: tuple[str, ...]) -> list[Entry]:
    evidence = case.evidence
    kinds, kind_names = evidence.codes_at("kind", rows)
    classes, class_names = evidence.codes_at("weapon_class", rows)
    serials, _ = evidence.codes_at("serial", rows)
    count = np.nan_to_num(evidence.numbers("count")[rows], nan=1.0).astype(np.int64)
    day = evidence.start_us[rows] // _DAY_US
    lon = np.round(np.nan_to_num(evidence.numbers("lon")[rows], nan=999.0), 2)
    lat = np.round(np.nan_to_num(evidence.numbers("lat")[rows], nan=999.0), 2)
    with_serial: dict[tuple[int, int, str], set[tuple[int, int]]] = defaultdict(set)
    groups: dict[tuple[int, int, str], dict[tuple[int, float, float], int]] = defaultdict(dict)
    ids: dict[tuple[int, int], list[str]] = defaultdict(list)
    for i, id in enumerate(evidence.ids(rows)):
        kind = kind_names[kinds[i]]
        key = (int(owner[i]), int(classes[i]), kind)
        ids[key[:2]].append(id)
        if serials[i] >= 0 and kind != "weapon_declared":
            with_serial[key].add((int(serials[i]), int(day[i]) if kind == "weapon_sighting" else 0))
            continue
        where = (int(day[i]), float(lon[i]), float(lat[i]))
        groups[key][where] = max(groups[key].get(where, 0), int(count[i]))
    entries: list[Entry] = []
    for party, code in sorted({key[:2] for key in (*with_serial, *groups)}):
        name = class_names[code] if code >= 0 else "unspecified"

        def counted(kind: str, at: tuple[int, int] = (party, code)) -> int:
            return _count(kind, with_serial.get((*at, kind), set()), groups.get((*at, kind), {}))

        entries.append(
            Entry(
                parties[party],
                name,
                counted("weapon_declared"),
                counted("weapon_stored"),
                counted("withdrawal_verified"),
                counted("weapon_sighting"),
                counted("weapon_missing"),
                sorted(ids[party, code])[:EVIDENCE],
            )
        )
    return sorted(entries, key=lambda entry: (entry.party, entry.weapon_class))


def _count(kind: str, serials: set[tuple[int, int]], groups: dict[tuple[int, float, float], int]) -> int:
    if kind == "weapon_declared":
        # The latest declaration replaces the ones before it.
        latest = max((where[0] for where in groups), default=None)
        return sum(number for where, number in groups.items() if where[0] == latest)
    if kind == "weapon_sighting":
        per_day: dict[int, int] = defaultdict(int)
        for _, day in serials:
            per_day[day] += 1
        for where, number in groups.items():
            per_day[where[0]] += number
        return max(per_day.values(), default=0)
    return len(serials) + sum(groups.values())


def all_stored(
    case: Case, entries: list[Entry], parties: tuple[str, ...], weapons: tuple[WeaponSpec, ...]
) -> Finding:
    """The finding that all declared weapons of every party are in storage; none unless the ledger says so.

    It is as sure as the reports of storage, times the ruleset's P(the declared inventory is complete).
    """
    declaring = {entry.party for entry in entries if entry.declared}
    full = all(max(entry.stored, entry.left) >= entry.declared for entry in entries if entry.declared)
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

"""The ledger of a whole record: every party's weapons by class, what of them was seen where an accord
forbids it, and what in the reports contradicts itself."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np

from truceline.accord.model import PartyRole, WeaponsWithdrawal
from truceline.assess.case import Case
from truceline.assess.columns import Rows
from truceline.assess.ledger import (
    EVIDENCE,
    Entry,
    classes_of,
    entries_of,
    ledger_of,
    owners,
    reports_of,
)
from truceline.assess.scope import region_of_weapons
from truceline.assess.times import Window
from truceline.assess.weapon_counts import DECLARED, KINDS, SEEN, STORED, WeaponReport
from truceline.core.instants import isoformat_utc


@dataclass(frozen=True, slots=True)
class Violation:
    """Weapons of one class that were seen where a provision forbids them since its deadline: the greatest
    number on one day."""

    provision: str
    seen: int
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One party's weapons of one class over the whole record, and what of them broke which provision."""

    entry: Entry
    violations: tuple[Violation, ...]

    @property
    def seen_in_violation(self) -> int:
        """The greatest number of them seen on one day where some provision forbids them."""
        return max((one.seen for one in self.violations), default=0)

    def as_dict(self) -> dict[str, Any]:
        """The line as plain JSON data."""
        told = self.entry.as_dict()
        evidence = told.pop("evidence")
        return told | {
            "verified": self.entry.verified,
            "seen_in_violation": self.seen_in_violation,
            "violations": [
                {"provision": one.provision, "seen": one.seen, "evidence": list(one.evidence)}
                for one in self.violations
            ],
            "evidence": evidence,
        }


@dataclass(frozen=True, slots=True)
class Conflict:
    """Reports of one serial number that cannot both be so: ``seen_after_stored``, or ``two_parties``."""

    kind: str
    serial: str
    parties: tuple[str, ...]
    weapon_class: str
    evidence: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """The conflict as plain JSON data."""
        return {
            "kind": self.kind,
            "serial": self.serial,
            "parties": list(self.parties),
            "class": self.weapon_class,
            "evidence": list(self.evidence),
        }


@dataclass(frozen=True, slots=True)
class WeaponsLedger:
    """The ledger at an instant; lines by party and class. Instants are UTC."""

    as_of: datetime
    known_at: datetime
    lines: tuple[LedgerLine, ...]
    conflicts: tuple[Conflict, ...]
    unowned: tuple[str, ...]
    """Reports of weapons that name none of the accord's parties."""

    def as_dict(self) -> dict[str, Any]:
        """The ledger as plain JSON data."""
        return {
            "as_of": isoformat_utc(self.as_of),
            "known_at": isoformat_utc(self.known_at),
            "lines": [line.as_dict() for line in self.lines],
            "conflicts": [one.as_dict() for one in self.conflicts],
            "unowned": list(self.unowned),
        }


def weapons_ledger(case: Case) -> WeaponsLedger:
    """The ledger of everything that is known of weapons by the case's as-of.

    A line belongs to the party that a provision on weapons binds, where one does, and else to the side or
    group that the reports name; a member's weapons are those of the party that it belongs to. Before a
    deadline nothing is in violation of it.
    """
    provisions = [one for one in case.accord.provisions if isinstance(one, WeaponsWithdrawal)]
    parties = _parties(case, provisions)
    rows = case.evidence.rows_by_id(KINDS)
    owner = owners(case, parties, rows)
    owned = rows[owner >= 0]
    violations = _violations(case, provisions)
    lines = tuple(
        LedgerLine(entry, tuple(violations.get((entry.party, entry.weapon_class), ())))
        for entry in entries_of(case, owned, owner[owner >= 0], parties)
    )
    unowned = tuple(case.evidence.ids(rows[owner < 0][:EVIDENCE]))
    conflicts = _conflicts(case, owned, owner[owner >= 0], parties)
    return WeaponsLedger(case.as_of, case.known_at, lines, conflicts, unowned)


def _parties(case: Case, provisions: list[WeaponsWithdrawal]) -> list[str]:
    """Those whom provisions on weapons bind, then every other side and group that is a member of none of
    them."""
    bound = list(dict.fromkeys(party for one in provisions for party in one.parties))
    # Of two that are bound, a member comes before what it belongs to: its weapons are its own.
    bound.sort(key=lambda party: len(case.authors.everyone_under((party,))))
    covered = set(case.authors.everyone_under(bound)) if bound else set()
    able = (PartyRole.SIDE, PartyRole.GROUP, PartyRole.GUARANTOR)
    others = [one.id for one in case.accord.parties if one.role in able and one.id not in covered]
    return bound + [id for id in others if not set(case.authors.umbrellas_of((id,))) & set(others)]


def _violations(case: Case, provisions: list[WeaponsWithdrawal]) -> dict[tuple[str, str], list[Violation]]:
    found: defaultdict[tuple[str, str], list[Violation]] = defaultdict(list)
    for provision in provisions:
        deadline = case.deadline(provision)
        if not deadline.passed(case.as_of):
            continue
        region = region_of_weapons(case, provision, provision.parties)
        since = Window(deadline.last, case.as_of)
        for entry in ledger_of(case, provision.parties, provision.weapons, since, region):
            if entry.seen:
                seen = _sightings(case, entry)
                found[entry.party, entry.weapon_class].append(Violation(provision.id, entry.seen, seen))
    return found


def _sightings(case: Case, entry: Entry) -> tuple[str, ...]:
    """Of an entry's evidence what was seen."""
    seen = set(case.evidence.ids(case.evidence.rows_of([SEEN])))
    return tuple(id for id in entry.evidence if id in seen)


def _conflicts(case: Case, rows: Rows, owner: Rows, parties: list[str]) -> tuple[Conflict, ...]:
    codes, serials = case.evidence.codes_at("serial", rows)
    numbered = np.flatnonzero(codes >= 0)
    by_weapon: defaultdict[tuple[str, int], list[tuple[str, WeaponReport]]] = defaultdict(list)
    told = reports_of(case, rows[numbered])
    classes, names = classes_of(case, rows[numbered])
    for number in np.flatnonzero(told.kind != KINDS.index(DECLARED)).tolist():
        key = names[classes[number]], int(told.serial[number])
        by_weapon[key].append((parties[owner[numbered[number]]], told[number]))
    found = []
    for (weapon_class, serial), reports in sorted(by_weapon.items()):
        named = tuple(sorted({party for party, _ in reports}))
        if len(named) > 1:
            ids = tuple(sorted(one.id for _, one in reports))[:EVIDENCE]
            found.append(Conflict("two_parties", str(serials[serial]), named, weapon_class, ids))
        stored = [one for _, one in reports if one.kind == STORED]
        later = [
            one
            for _, one in reports
            if one.kind == SEEN and any(one.start_us > kept.start_us for kept in stored)
        ]
        if later:
            ids = tuple(sorted(one.id for one in (*stored, *later)))[:EVIDENCE]
            found.append(Conflict("seen_after_stored", str(serials[serial]), named, weapon_class, ids))
    return tuple(found)

"""How many weapons reports of one party and class speak of, with each weapon counted once.

A weapon with a serial number is one weapon, wherever and however often it is reported, and is where it was
reported last. Without one, reports of one day and place, or linked to one incident, are of the same
weapons, and the greatest number among them counts. What was seen on different days may be the same weapons
again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from truceline.assess.alike import joined

DECLARED, STORED, LEFT, SEEN, MISSING = (
    "weapon_declared", "weapon_stored", "withdrawal_verified", "weapon_sighting", "weapon_missing",
)  # fmt: skip
KINDS = (DECLARED, STORED, LEFT, SEEN, MISSING)
_MOST_DAYS = 1_000_000
_BY_NAME = np.argsort(np.argsort(KINDS))

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class WeaponReport:
    """One report of weapons: `serial` a number that stands for the serial number (None: not given), `day`
    days since 1970, `start_us` microseconds since 1970, `place` equal for reports of one place, `incident`
    equal for reports of one incident."""

    id: str
    kind: str
    serial: int | None
    count: int
    day: int
    start_us: int
    place: int
    incident: int


@dataclass(frozen=True, slots=True)
class WeaponReports:
    """Very many of them as columns: `kind` is a number in `KINDS`, `serial` -1 where none is given."""

    ids: pa.Array
    kind: Ints
    serial: Ints
    count: Ints
    day: Ints
    start_us: Ints
    place: Ints
    incident: Ints

    @classmethod
    def of(cls, reports: Sequence[WeaponReport]) -> Self:
        """The columns of reports."""
        columns = [
            (KINDS.index(one.kind), -1 if one.serial is None else one.serial, one.count, one.day,
             one.start_us, one.place, one.incident)
            for one in reports
        ]  # fmt: skip
        ids = pa.array([one.id for one in reports], pa.string())
        return cls(ids, *np.array(columns, dtype=np.int64).reshape(-1, 7).T)

    def __len__(self) -> int:
        return len(self.kind)

    def __getitem__(self, number: int) -> WeaponReport:
        serial = int(self.serial[number])
        return WeaponReport(
            self.ids[number].as_py(),
            KINDS[self.kind[number]],
            serial if serial >= 0 else None,
            int(self.count[number]),
            int(self.day[number]),
            int(self.start_us[number]),
            int(self.place[number]),
            int(self.incident[number]),
        )

    def where(self, which: Flags | Ints) -> WeaponReports:
        """Some of them."""
        at = np.flatnonzero(which) if which.dtype == bool else which
        columns = (self.kind, self.serial, self.count, self.day, self.start_us, self.place, self.incident)
        return WeaponReports(self.ids.take(pa.array(at)), *(column[at] for column in columns))

    def of_kind(self, kind: str) -> WeaponReports:
        """Those of one kind."""
        return self.where(self.kind == KINDS.index(kind))


@dataclass(frozen=True, slots=True)
class WeaponCounts:
    """`seen` is the greatest number seen on one day; `at_large` those seen and not stored since."""

    declared: int = 0
    stored: int = 0
    left: int = 0
    seen: int = 0
    missing: int = 0
    at_large: int = 0


def count_weapons(reports: WeaponReports) -> WeaponCounts:
    """The numbers behind the reports of one party and class; their order does not matter."""
    by_number = (reports.serial >= 0) & (reports.kind != KINDS.index(DECLARED))
    numbered, others = reports.where(by_number), reports.where(~by_number)
    last = _last_of(numbered)
    gone = last.of_kind(SEEN)
    seen = others.of_kind(SEEN)
    left = np.setdiff1d(numbered.of_kind(LEFT).serial, gone.serial)
    return WeaponCounts(
        declared=_declared(others.of_kind(DECLARED)),
        stored=_in_places(others.of_kind(STORED), _at_last(numbered, last, STORED)),
        left=int(_groups(others.of_kind(LEFT))[1].sum()) + len(left),
        seen=_most_on_a_day(numbered.of_kind(SEEN), seen),
        missing=_in_places(others.of_kind(MISSING), _at_last(numbered, last, MISSING)),
        at_large=len(gone) + _most_on_a_day(None, seen),
    )


def _last_of(numbered: WeaponReports) -> WeaponReports:
    """What was last reported of each weapon; a departure says nothing of where it is since."""
    placed = numbered.where(numbered.kind != KINDS.index(LEFT))
    return _latest(placed, _BY_NAME[placed.kind])


def _at_last(numbered: WeaponReports, last: WeaponReports, kind: str) -> WeaponReports:
    """The last report of each weapon that stands at this kind."""
    some = numbered.of_kind(kind)
    some = some.where(np.isin(some.serial, last.of_kind(kind).serial))
    return _latest(some, np.zeros(len(some), dtype=np.int64))


def _latest(numbered: WeaponReports, rank: Ints) -> WeaponReports:
    """The last report of each weapon; of those of one moment the one of the highest rank, then by id."""
    if not len(numbered):
        return numbered
    by_id = np.empty(len(numbered), dtype=np.int64)
    by_id[pc.sort_indices(numbered.ids).to_numpy()] = np.arange(len(numbered))
    order = np.lexsort((by_id, rank, numbered.start_us))[::-1]
    _, first = np.unique(numbered.serial[order], return_index=True)
    return numbered.where(order[first])


def _in_places(unnumbered: WeaponReports, numbered: WeaponReports) -> int:
    """Of every place its last visit's number, or the serial numbers that were last there if those are more.

    A place that is visited again is not a second place, and a list of serial numbers may be of what a visit
    counted.
    """
    last_first = np.lexsort((unnumbered.count, unnumbered.day))[::-1]
    visited, first = np.unique(unnumbered.place[last_first], return_index=True)
    listed, serials = np.unique(numbered.place, return_counts=True)
    places, place = np.unique(np.concatenate([visited, listed]), return_inverse=True)
    most = np.zeros(len(places), dtype=np.int64)
    np.maximum.at(most, place, np.concatenate([unnumbered.count[last_first[first]], serials]))
    return int(most.sum())


def _declared(declarations: WeaponReports) -> int:
    """The latest declaration replaces the ones before it."""
    if not len(declarations):
        return 0
    latest = declarations.where(declarations.day == declarations.day.max())
    return int(_groups(latest)[1].sum())


def _most_on_a_day(numbered: WeaponReports | None, others: WeaponReports) -> int:
    days, counts = _groups(others)
    if numbered is not None and len(numbered):
        _, once = np.unique(_on_days(numbered.serial, numbered.day), return_index=True)
        days = np.concatenate([days, numbered.day[once]])
        counts = np.concatenate([counts, np.ones(len(once), dtype=np.int64)])
    if not len(days):
        return 0
    each, day = np.unique(days, return_inverse=True)
    together = np.zeros(len(each), dtype=np.int64)
    np.add.at(together, day, counts)
    return int(together.max())


def _groups(reports: WeaponReports) -> tuple[Ints, Ints]:
    """Of each group of reports of the same weapons its first day and its greatest number."""
    if not len(reports):
        return reports.day, reports.count
    places, place = np.unique(_on_days(reports.place, reports.day), return_inverse=True)
    incidents, incident = np.unique(reports.incident, return_inverse=True)
    group = joined(place, incident, len(places), len(incidents))
    order = np.argsort(group, kind="stable")
    heads = np.flatnonzero(np.diff(group[order], prepend=-1))
    return np.minimum.reduceat(reports.day[order], heads), np.maximum.reduceat(reports.count[order], heads)


def _on_days(number: Ints, day: Ints) -> Ints:
    """Pairs of a number and a day as one number each."""
    return number * _MOST_DAYS + day

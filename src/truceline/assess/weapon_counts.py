"""How many weapons reports of one party and class speak of, with each weapon counted once.

A weapon with a serial number is one weapon, wherever and however often it is reported, and is where it was
reported last. Without one, reports of one day and place, or linked to one incident, are of the same
weapons, and the greatest number among them counts. What was seen on different days may be the same weapons
again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

DECLARED, STORED, LEFT, SEEN, MISSING = (
    "weapon_declared", "weapon_stored", "withdrawal_verified", "weapon_sighting", "weapon_missing",
)  # fmt: skip
KINDS = (DECLARED, STORED, LEFT, SEEN, MISSING)


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
    place: tuple[float, float]
    incident: int


@dataclass(frozen=True, slots=True)
class WeaponCounts:
    """`seen` is the greatest number seen on one day; `at_large` those seen and not stored since."""

    declared: int = 0
    stored: int = 0
    left: int = 0
    seen: int = 0
    missing: int = 0
    at_large: int = 0


def count_weapons(reports: Sequence[WeaponReport]) -> WeaponCounts:
    """The numbers behind the reports of one party and class; their order does not matter."""
    numbered = [one for one in reports if one.serial is not None and one.kind != DECLARED]
    others = [one for one in reports if one.serial is None or one.kind == DECLARED]
    last = _last_of(numbered)
    gone = {serial for serial, kind in last.items() if kind == SEEN}
    of_kind = {kind: [one for one in others if one.kind == kind] for kind in KINDS}
    seen_by_day = _by_day([one for one in numbered if one.kind == SEEN], of_kind[SEEN])
    unnumbered = _by_day([], of_kind[SEEN])
    return WeaponCounts(
        declared=_declared(of_kind[DECLARED]),
        stored=_in_places(of_kind[STORED], _at_last(numbered, last, STORED)),
        left=sum(_groups(of_kind[LEFT]).values())
        + len({one.serial for one in numbered if one.kind == LEFT} - gone),
        seen=max(seen_by_day.values(), default=0),
        missing=_in_places(of_kind[MISSING], _at_last(numbered, last, MISSING)),
        at_large=len(gone) + max(unnumbered.values(), default=0),
    )


def _last_of(numbered: Iterable[WeaponReport]) -> dict[int | None, str]:
    """Per serial number what was last reported of it; a departure says nothing of where it is since."""
    order = sorted(numbered, key=lambda one: (one.start_us, one.kind, one.id))
    return {one.serial: one.kind for one in order if one.kind != LEFT}


def _at_last(
    numbered: Iterable[WeaponReport], last: dict[int | None, str], kind: str
) -> dict[int | None, WeaponReport]:
    """The last report of each weapon that stands at this kind."""
    order = sorted(numbered, key=lambda one: (one.start_us, one.id))
    return {one.serial: one for one in order if one.kind == kind == last.get(one.serial)}


def _in_places(unnumbered: Sequence[WeaponReport], numbered: dict[int | None, WeaponReport]) -> int:
    """Of every place its last visit's number, or the serial numbers that were last there if those are more.

    A place that is visited again is not a second place, and a list of serial numbers may be of what a visit
    counted.
    """
    visits: dict[tuple[float, float], tuple[int, int]] = {}
    for one in unnumbered:
        day, count = visits.get(one.place, (one.day, 0))
        if one.day >= day:
            visits[one.place] = (one.day, one.count if one.day > day else max(count, one.count))
    serials: defaultdict[tuple[float, float], int] = defaultdict(int)
    for one in numbered.values():
        serials[one.place] += 1
    return sum(max(visits.get(at, (0, 0))[1], serials[at]) for at in {*visits, *serials})


def _declared(declarations: Sequence[WeaponReport]) -> int:
    """The latest declaration replaces the ones before it."""
    latest = max((one.day for one in declarations), default=None)
    return sum(_groups([one for one in declarations if one.day == latest]).values())


def _by_day(numbered: Iterable[WeaponReport], others: Sequence[WeaponReport]) -> dict[int, int]:
    days: defaultdict[int, int] = defaultdict(int)
    for day, _ in {(one.day, one.serial) for one in numbered}:
        days[day] += 1
    for (day, _), count in _groups(others).items():
        days[day] += count
    return dict(days)


def _groups(reports: Sequence[WeaponReport]) -> dict[tuple[int, int], int]:
    """The greatest number of each group of reports of the same weapons, by (first day, group)."""
    leader = list(range(len(reports)))
    first: dict[tuple[object, ...], int] = {}
    for number, one in enumerate(reports):
        for key in (("place", one.day, one.place), ("incident", one.incident)):
            a, b = _root(leader, first.setdefault(key, number)), _root(leader, number)
            leader[max(a, b)] = min(a, b)
    found: dict[int, tuple[int, int]] = {}
    for number, one in enumerate(reports):
        root = _root(leader, number)
        day, count = found.get(root, (one.day, 0))
        found[root] = (min(day, one.day), max(count, one.count))
    return {(day, root): count for root, (day, count) in found.items()}


def _root(leader: list[int], number: int) -> int:
    while leader[number] != number:
        number = leader[number]
    return number

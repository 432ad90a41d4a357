"""When two readings of a value count as the same, for the scorer.

Predictions are plain data as ``truceline draft --json`` prints them; gold values are of
`truceline.draft.evaluation.gold`.
"""

from __future__ import annotations

import calendar
import datetime as dt
import math
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from rapidfuzz import fuzz

from truceline.accord.model import Range
from truceline.accord.weapons import class_named, within
from truceline.draft.evaluation.gold import GoldFile, GoldFrequency, GoldProvision, GoldRelative, GoldWeapon

_DAYS = {"day": 1.0, "week": 7.0, "month": 30.4375}
_HOURS = {"months": 30.4375 * 24, "weeks": 168.0, "days": 24.0, "hours": 1.0}

# A howitzer may be read as artillery, a tactical missile as a missile: these stand for all classes below.
_WIDE_CLASSES = ("artillery", "air_defence", "missile")


@dataclass(frozen=True, slots=True)
class Moment:
    """A deadline or start: `days` are the dates that it may mean, else it counts `hours` from `after`."""

    slot: Literal["term", "until"]
    days: frozenset[dt.date] = frozenset()
    after: str | None = None
    hours: float = 0.0
    rough: bool = False


def gold_moments(gold: GoldProvision, file: GoldFile) -> list[Moment]:
    """The scored moments of a gold provision; none where the annotation says that they are not scored."""
    if set(gold.unscored) & {"due", "from", "until"}:
        return []
    given: list[tuple[Literal["term", "until"], Any]] = [("term", gold.due), ("until", gold.until)]
    if not isinstance(gold.begin, str):
        given.append(("term", gold.begin))
    return [_gold_moment(slot, value, file) for slot, value in given if value is not None]


def _gold_moment(slot: Literal["term", "until"], value: dt.date | GoldRelative, file: GoldFile) -> Moment:
    if isinstance(value, dt.date):
        return Moment(slot, days=frozenset({value}))
    parts = value.model_dump(exclude={"after"})
    anchor = {"signed": file.signed, "in_force": file.in_force}.get(value.after)
    days = frozenset({_later(anchor, parts)}) if anchor else frozenset()
    return _relative(slot, value.after, parts, days)


def _relative(
    slot: Literal["term", "until"], after: str, parts: Mapping[str, Any], days: frozenset[dt.date]
) -> Moment:
    hours = sum(float(parts.get(unit) or 0) * factor for unit, factor in _HOURS.items())
    return Moment(slot, days, after, hours, rough=bool(parts.get("months")))


def _later(day: dt.date, parts: Mapping[str, Any]) -> dt.date:
    months = day.month - 1 + int(parts.get("months") or 0)
    year, month = day.year + months // 12, months % 12 + 1
    moved = dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
    hours = float(parts.get("weeks") or 0) * 168 + float(parts.get("days") or 0) * 24
    return moved + dt.timedelta(days=math.ceil((hours + float(parts.get("hours") or 0)) / 24))


def predicted_moments(one: Mapping[str, Any], kind_of: Mapping[str, str]) -> list[Moment]:
    """`due`, `from` (unless it is a route's place) and `until` of a predicted provision."""
    slots: list[tuple[Literal["term", "until"], Any]] = [
        ("term", one.get("due")),
        ("until", one.get("until")),
    ]
    if one.get("kind") != "routes":
        slots.append(("term", one.get("from")))
    moments = (_predicted(slot, value, kind_of) for slot, value in slots if value)
    return [moment for moment in moments if moment is not None]


def _predicted(slot: Literal["term", "until"], value: Any, kind_of: Mapping[str, str]) -> Moment | None:
    if isinstance(value, str):
        value = {"date": value} if len(value) == 10 else {"at": value}
    if not isinstance(value, Mapping):
        return None
    if value.get("date"):
        day = dt.date.fromisoformat(str(value["date"]))
        # "Before 1 March" ends as that day begins: it is the last of February as well.
        exclusive = value.get("inclusive") is False
        return Moment(slot, days=frozenset({day, day - dt.timedelta(days=1)} if exclusive else {day}))
    if value.get("at"):
        instant = dt.datetime.fromisoformat(str(value["at"]).replace("Z", "+00:00"))
        # The zone of the clock is not annotated: any local day of that instant is right.
        hours = (-12, 0, 14)
        return Moment(slot, days=frozenset((instant + dt.timedelta(hours=h)).date() for h in hours))
    if value.get("after"):
        after = str(value["after"])
        return _relative(slot, kind_of.get(after, after), value, frozenset())
    return None


def same_moment(gold: Moment, found: Moment, file: GoldFile, accepted: Iterable[dt.date] = ()) -> bool:
    """Whether a predicted moment is the gold one; a start and a deadline may stand for one another.

    A relative deadline and its date are the same where the gold file knows the anchor's date.
    """
    if gold.slot != found.slot:
        return False
    if found.days:
        return bool(found.days & (gold.days | frozenset(accepted)))
    if gold.after is not None and gold.after == found.after:
        if gold.rough or found.rough:
            return abs(gold.hours - found.hours) <= 0.035 * gold.hours
        return gold.hours == found.hours
    anchor = {"signed": file.signed, "in_force": file.in_force}.get(str(found.after))
    return anchor is not None and anchor + dt.timedelta(days=math.ceil(found.hours / 24)) in gold.days


def predicted_ranges(one: Mapping[str, Any]) -> list[tuple[float | None, float | None]]:
    """Widths, distances and bands of a predicted provision, as (min, max) in metres."""
    widths = [
        one[name] for name in ("width_m", "distance_m", "depth_m") if isinstance(one.get(name), Mapping)
    ]
    ranges = [(width.get("min"), width.get("max")) for width in widths]
    bands = [one.get("band"), *(one.get("bands") or {}).values()]
    ranges += [(band.get("from_m") or None, band.get("to_m")) for band in bands if isinstance(band, Mapping)]
    return ranges


def same_range(gold: Range, found: tuple[float | None, float | None]) -> bool:
    """Whether both ends agree to 1%; of a single number ("8 km wide") one end is enough."""
    low, high = found
    ends = (_close(gold.min, low), _close(gold.max, high))
    if gold.min is not None and gold.min == gold.max:
        return any(ends) and all(end or value is None for end, value in zip(ends, (low, high), strict=True))
    return all(ends)


def _close(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is None and other is None
    return abs(one - other) <= 0.01 * one


def weapon_class(value: Any) -> str:
    """The class of a weapon, from an id, a word or a specification, made as wide as is told apart here."""
    if isinstance(value, Mapping):
        value = value.get("class")
    known = class_named(str(value or "")) or str(value or "")
    return next((wide for wide in _WIDE_CLASSES if wide in within(known)), known)


def same_weapon(gold: GoldWeapon, found: Any) -> bool:
    """Whether class and least calibre agree."""
    calibre = found.get("calibre_mm") if isinstance(found, Mapping) else None
    least = calibre.get("min") if isinstance(calibre, Mapping) else calibre
    wanted = gold.calibre_mm.min if gold.calibre_mm else None
    return weapon_class(found) == weapon_class(gold.weapon_class) and least == wanted


def rate_per_day(frequency: GoldFrequency | Mapping[str, Any] | None) -> float | None:
    """Times per day, so that twice a month and every two weeks can be compared."""
    if frequency is None:
        return None
    if isinstance(frequency, GoldFrequency):
        return frequency.times / _DAYS[frequency.per]
    return float(frequency.get("times", 0)) / _DAYS[str(frequency.get("per", "day"))]


def normal(name: str) -> str:
    """A name without case, accents, articles, possessives and punctuation."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    plain = re.sub(r"['\u2019]s\b", "", plain)
    words = re.sub(r"[^a-z0-9]+", " ", plain).split()
    return " ".join(word for word in words if word not in {"the", "a", "an"})


def same_name(names: Iterable[str], others: Iterable[str]) -> bool:
    """Whether any name of one is any name of the other; spelling may differ by a letter or two."""
    right = [normal(other) for other in others]
    return any(
        bool(left) and (left == other or (len(left) > 5 and fuzz.ratio(left, other) >= 88))
        for left in map(normal, names)
        for other in right
    )


def same_speaker(wanted: Iterable[str], found: Sequence[str]) -> bool:
    """Whether a name of one is, or is part of, a name of the other: "Putin" is "Vladimir Putin"."""
    for left in (set(normal(name).split()) for name in wanted):
        for right in (set(normal(name).split()) for name in found):
            if left and right and (left <= right or right <= left):
                return True
    return same_name(wanted, found)


def same_place(wanted: str, found: str) -> bool:
    """Whether two place names are the same, one perhaps with its kind ("the city of Aleppo")."""
    left, right = set(normal(wanted).split()), set(normal(found).split())
    return bool(left) and bool(right) and (left <= right or same_name((wanted,), (found,)))


def similar_words(wanted: str, found: Any) -> bool:
    """Whether the found words are the wanted ones, more or less of them."""
    return isinstance(found, str) and fuzz.partial_ratio(normal(wanted), normal(found)) >= 75


class People:
    """The parties and places of a draft document, by id."""

    def __init__(self, draft: Mapping[str, Any]) -> None:
        self._parties = {str(party["id"]): party for party in draft.get("parties") or ()}
        self._places = {str(place["id"]): place for place in draft.get("places") or ()}
        self.ids = list(self._parties)

    def names(self, party: str) -> list[str]:
        """Every name of a party, its own first; a string that is no id is a name."""
        if party not in self._parties:
            return [party]
        data = self._parties[party]
        former = [
            name["name"] if isinstance(name, Mapping) else name for name in data.get("former_names") or ()
        ]
        return [*_own_names(data), *(data.get("aliases") or ()), *former]

    def role(self, party: str) -> str:
        """The party's role."""
        return str(self._parties[party].get("role"))

    def bound(self, provision: Mapping[str, Any]) -> list[list[str]]:
        """The names of everybody whom a provision binds: `parties`, `by` and `groups`, each once."""
        ids = [str(party) for slot in ("parties", "by", "groups") for party in provision.get(slot) or ()]
        return [self.names(party) for party in dict.fromkeys(ids)]

    def place(self, value: Any) -> str:
        """A place's name from its id or its name."""
        place = self._places.get(str(value))
        return _own_names(place)[0] if place and _own_names(place) else str(value or "").replace("-", " ")


def _own_names(data: Mapping[str, Any]) -> list[str]:
    names = data.get("names") or data.get("name") or {}
    if isinstance(names, str):
        return [names]
    return [str(name) for name in (names.values() if isinstance(names, Mapping) else names)]

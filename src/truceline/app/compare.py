"""Comparisons from workspaces: before and after a day, and several accords over time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from truceline.accord.acts import all_kinds, families, kinds_in
from truceline.app.assess import assess_workspace, inquire
from truceline.assess.case import Case
from truceline.assess.places import Region
from truceline.core.errors import InvalidInput, NotFound
from truceline.core.instants import end_of_day, isoformat_utc, parse_instant, start_of_day, zone_of
from truceline.products.comparison.accords import Standing, caveats_of, standing_of
from truceline.products.comparison.caveats import Caveat
from truceline.products.comparison.incidents import Window
from truceline.products.comparison.periods import Asked, Comparison, compare_periods
from truceline.store.workspace import Workspace

DAYS = (0, 30, 90, 180, 365)
"""Days after its signature at which an accord is looked at, if nobody says otherwise."""


@dataclass(frozen=True, slots=True)
class PeriodsRequest:
    """Before and after the beginning of `date`, in the accord's time zone, over `days` on either side, or
    from `start` and to `end` (days, inclusive). `kinds` are kinds or families. Instants are text as the
    user gave it."""

    date: str
    days: int = 90
    start: str | None = None
    end: str | None = None
    kinds: tuple[str, ...] = ("any_military_action",)
    zone: str | None = None
    parties: tuple[str, ...] = ()
    level: float = 0.95
    known_at: str | None = None
    reading: str | None = None


def compare_in(workspace: Workspace, request: PeriodsRequest) -> tuple[Comparison, dict[str, Any]]:
    """The comparison, and what was asked as plain JSON data. Raises InvalidInput, NotFound."""
    zone = zone_of(workspace.accord().accord.time_zone)
    cut = start_of_day(_day(request.date, "date"), zone)
    if request.days < 1:
        raise InvalidInput(f"days: found {request.days}; accepted: 1 or more")
    start = (
        start_of_day(_day(request.start, "from"), zone)
        if request.start
        else start_of_day((cut - timedelta(days=request.days)).astimezone(zone).date(), zone)
    )
    last = _day(request.date, "date") + timedelta(days=request.days - 1)
    end = end_of_day(_day(request.end, "to") if request.end else last, zone)
    if not start < cut < end:
        raise InvalidInput("the day must lie between the first and the last: --from, then --date, then --to")
    known = parse_instant(request.known_at, zone, field="known-at") if request.known_at else datetime.now(UTC)
    kinds = _kinds(request.kinds)
    # Incidents of earlier years are counted as well, so the as-of is the end of the second window.
    inquiry = inquire(workspace, as_of=end, known_at=known, reading=request.reading)
    case = inquiry.bench.case
    asked = Asked(
        before=Window(start, cut),
        after=Window(cut, end),
        kinds=kinds,
        region=_region(case, request.zone),
        parties=_parties(case, request.parties),
        level=request.level,
    )
    found = compare_periods(case, asked, linked=inquiry.incidents is not None)
    told = {
        "accord": case.accord.accord.id,
        "date": request.date,
        "known_at": isoformat_utc(known),
        "reading": request.reading,
        "kinds": sorted(kinds),
        "zone": request.zone,
        "parties": list(request.parties),
        "level": request.level,
    }
    return found, told


def _day(text: str, field: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InvalidInput(f"{field}: found {text!r}; accepted: a day such as 2018-10-15") from error


def _kinds(names: Sequence[str]) -> frozenset[str]:
    found: set[str] = set()
    for name in names:
        if name not in all_kinds() and name not in families():
            raise InvalidInput(
                f"kind: found {name!r}; accepted: a kind such as shelling, or a family: "
                f"{', '.join(families())}"
            )
        found |= kinds_in(name)
    return frozenset(found)


def _region(case: Case, id: str | None) -> Region | None:
    if id is None:
        return None
    makers: dict[str, Callable[[str], Region]] = {
        **{zone.id: case.places.zone for zone in case.accord.zones},
        **{place.id: case.places.place for place in case.accord.places},
        **{line.id: case.places.along for line in case.accord.lines},
    }
    if id not in makers:
        raise NotFound(f"there is no zone, place or line {id!r}; accepted: {', '.join(makers) or 'none'}")
    return makers[id](id)


def _parties(case: Case, ids: tuple[str, ...]) -> tuple[str, ...]:
    known = [party.id for party in case.accord.parties]
    for id in ids:
        if id not in known:
            raise NotFound(f"there is no party {id!r}; accepted: {', '.join(known)}")
    return ids


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Accords at the same times; `rows` by time, then in the order given."""

    rows: tuple[Standing, ...]
    caveats: tuple[Caveat, ...]

    def as_dict(self, language: str = "en") -> dict[str, Any]:
        """As plain JSON data, its sentences in a language."""
        return {
            "rows": [row.as_dict() for row in self.rows],
            "caveats": [caveat.as_dict(language) for caveat in self.caveats],
        }


def accords_side_by_side(
    roots: Sequence[Path], *, days: Sequence[int] = (), dates: Sequence[str] = (), known_at: str | None = None
) -> SideBySide:
    """How each accord stands some days after its signature, or on some dates.

    Two workspaces of one accord are told apart by their folder's name. Raises InvalidInput where both or an
    impossible day are given, or days after the signature of an accord that has none, NotFound."""
    if days and dates:
        raise InvalidInput("give days since the signature or dates, not both")
    if any(number < 0 for number in days):
        raise InvalidInput("days: accepted: 0 or more")
    workspaces = [Workspace.open(root) for root in roots]
    accords = [workspace.accord() for workspace in workspaces]
    ids = [accord.accord.id for accord in accords]
    names = [id if ids.count(id) == 1 else f"{id} ({root.name})" for id, root in zip(ids, roots, strict=True)]
    rows = []
    for moment in dates or days or DAYS:
        for workspace, accord, name in zip(workspaces, accords, names, strict=True):
            zone, signed = zone_of(accord.accord.time_zone), accord.accord.signed
            known = parse_instant(known_at, zone, field="known-at") if known_at else datetime.now(UTC)
            if isinstance(moment, str):
                as_of = parse_instant(moment, zone, field="date")
            elif signed is None:
                raise InvalidInput(f"{name} has no day of signature to count from; give dates instead")
            else:
                as_of = end_of_day(signed + timedelta(days=moment), zone)
            since = None if signed is None else (as_of - end_of_day(signed, zone)).days
            rows.append(standing_of(name, assess_workspace(workspace, as_of=as_of, known_at=known), since))
    return SideBySide(tuple(rows), caveats_of(rows))

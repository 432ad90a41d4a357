"""Counts of what was reported in a period: incidents by area and kind, patrols, access, hours of observation.

An incident counts once, however many reports tell of it, in the period in which its first report says that
it began, and in every area in which its place lies more likely than not (`LIKELY`); a report whose place is
an area of many kilometres lies in none, and is counted as elsewhere. Instants UTC, coordinates lon, lat.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from truceline.accord.acts import families
from truceline.accord.geometry import AccordGeometry
from truceline.geo.inside import p_inside
from truceline.products.mission.facts import (
    ALL,
    ELSEWHERE,
    UNPLACED,
    Counted,
    Daily,
    Figure,
    Patrolled,
    Watched,
)
from truceline.products.mission.periods import Period, Periods

LIKELY = 0.5
VIOLENT = "any_military_action"


@dataclass(frozen=True, slots=True)
class Incident:
    """Reports of one incident by their place in the table, the first first."""

    id: str
    kind: str
    start: datetime
    rows: tuple[int, ...]


@dataclass(slots=True)
class Rows:
    """The standing observations that a reader may see, by column, with the areas that each lies in.

    `incident_of` maps ids to incidents; those that it does not name are incidents of their own.
    """

    table: pa.Table
    incident_of: Mapping[str, str]
    areas: Mapping[str, Any]
    _columns: dict[str, list[Any]] = field(default_factory=dict)
    _inside: dict[str, npt.NDArray[np.bool_]] = field(default_factory=dict)

    def column(self, name: str) -> list[Any]:
        """A column as a list, made once."""
        if name not in self._columns:
            self._columns[name] = self.table[name].to_pylist()
        return self._columns[name]

    def of_kinds(self, kinds: Iterable[str]) -> list[int]:
        """The rows of these kinds, in the order of the table."""
        wanted = pc.is_in(self.table["kind"], value_set=pa.array(sorted(kinds), pa.string()))
        found: list[int] = np.flatnonzero(wanted.to_numpy(zero_copy_only=False)).tolist()
        return found

    def within(self, rows: Iterable[int], period: Period | None) -> list[int]:
        """Those of the rows that began within the period."""
        if period is None:
            return []
        starts = self.column("occurred_from")
        return [row for row in rows if period.start <= starts[row] < period.end]

    def inside(self, area: str) -> npt.NDArray[np.bool_]:
        """Per row whether its place lies in the area more likely than not."""
        if area not in self._inside:
            lon, lat, error_m = (
                self.table[name].to_numpy(zero_copy_only=False).astype(float)
                for name in ("lon", "lat", "error_m")
            )
            found = np.zeros(self.table.num_rows, dtype=bool)
            drawn = self.areas[area]
            placed = np.flatnonzero(np.isfinite(lon) & np.isfinite(lat))
            if len(placed) and not drawn.area.is_empty:
                p = p_inside(
                    drawn.area, lon[placed], lat[placed], np.nan_to_num(error_m[placed]), line=drawn.line
                )
                found[placed] = p > LIKELY
            self._inside[area] = found
        return self._inside[area]

    def areas_of(self, rows: Sequence[int]) -> tuple[str, ...]:
        """The areas in which any of the rows lies; ``elsewhere`` or ``no-place`` where there is none."""
        found = tuple(area for area in self.areas if any(self.inside(area)[row] for row in rows))
        if found:
            return found
        lon = self.column("lon")
        return (ELSEWHERE,) if any(lon[row] is not None for row in rows) else (UNPLACED,)

    def incidents(self, rows: Iterable[int]) -> list[Incident]:
        """The incidents that these rows report, in order of time."""
        ids, starts, kinds = self.column("id"), self.column("occurred_from"), self.column("kind")
        grouped: defaultdict[str, list[int]] = defaultdict(list)
        for row in rows:
            grouped[self.incident_of.get(ids[row], ids[row])].append(row)
        found = []
        for id, members in grouped.items():
            members.sort(key=lambda row: (starts[row], ids[row]))
            told = Counter(kinds[row] for row in members)
            kind = min(told, key=lambda name: (-told[name], name))
            found.append(Incident(id, kind, starts[members[0]], tuple(members)))
        return sorted(found, key=lambda one: (one.start, ids[one.rows[0]]))


def areas_of(geometry: AccordGeometry, zones: Iterable[str]) -> dict[str, Any]:
    """The drawn zones of an accord by id, in its order."""
    return {id: geometry.zones[id] for id in zones if id in geometry.zones}


def violent(rows: Rows) -> list[Incident]:
    """All incidents of military action, in order of time."""
    return rows.incidents(rows.of_kinds(families()[VIOLENT]))


def within(incidents: Iterable[Incident], period: Period | None) -> list[Incident]:
    """Those that began within the period."""
    return [one for one in incidents if period is not None and period.start <= one.start < period.end]


def count_incidents(
    rows: Rows, incidents: Sequence[Incident], periods: Periods
) -> tuple[list[Counted], list[Figure]]:
    """The table of violations: for all places together and for each area, for all kinds and each kind of
    which there is one in either period."""
    now, before = within(incidents, periods.now), within(incidents, periods.before)
    synthetic, fatalities = rows.column("synthetic"), rows.column("fatalities")
    ids = rows.column("id")
    held: dict[tuple[str, str], list[list[Incident]]] = {}
    for index, found in enumerate((now, before)):
        for one in found:
            for area in (ALL, *rows.areas_of(one.rows)):
                for kind in (ALL, one.kind):
                    held.setdefault((area, kind), [[], []])[index].append(one)
    held.setdefault((ALL, ALL), [[], []])
    order = {area: n for n, area in enumerate((ALL, *rows.areas, ELSEWHERE, UNPLACED))}
    kinds = {kind: n for n, kind in enumerate((ALL, *families()[VIOLENT]))}
    counted, figures = [], []
    for area, kind in sorted(held, key=lambda key: (order[key[0]], kinds.get(key[1], 99), key[1])):
        these, those = held[area, kind]
        members = [row for one in these for row in one.rows]
        row = Counted(
            area=area,
            kind=kind,
            now=len(these),
            before=None if periods.before is None else len(those),
            reports=len(members),
            deaths=sum(max((fatalities[r] or 0 for r in one.rows), default=0) for one in these),
            synthetic=sum(synthetic[r] for r in members),
        )
        counted.append(row)
        base = f"violations/{area}/{kind}"
        seen = tuple(ids[r] for r in members)
        earlier = tuple(ids[r] for one in those for r in one.rows)
        figures.append(Figure(id=base, value=row.now, how="how-violations", observations=seen))
        figures.append(Figure(id=f"{base}/reports", value=row.reports, how="how-reports", observations=seen))
        figures.append(Figure(id=f"{base}/deaths", value=row.deaths, how="how-deaths", observations=seen))
        if row.before is not None:
            change = float(row.change or 0)
            figures.append(
                Figure(id=f"{base}/before", value=row.before, how="how-before", observations=earlier)
            )
            figures.append(
                Figure(id=f"{base}/change", value=change, how="how-change", observations=(*seen, *earlier))
            )
    return counted, figures


def count_patrols(
    rows: Rows, period: Period, parties: Sequence[str], party_of: Mapping[str, str]
) -> tuple[list[Patrolled], list[Figure]]:
    """Patrols of the period by the party that is named; each incident once. `party_of` maps names of the
    evidence to parties."""
    actors, ids = rows.column("actors"), rows.column("id")
    held: dict[str, dict[str, list[Incident]]] = {}
    for kind in ("patrol", "patrol_announced", "patrol_refused"):
        for one in rows.incidents(rows.within(rows.of_kinds([kind]), period)):
            named = {party_of.get(name, "") for row in one.rows for name in actors[row]} or {""}
            for party in named - {""} or {""}:
                held.setdefault(party, {}).setdefault(kind, []).append(one)
    found, figures = [], []
    order = {party: n for n, party in enumerate(parties)}
    for party in sorted({*held, *parties}, key=lambda id: (order.get(id, len(order)), id)):
        kinds = held.get(party, {})
        number = {kind: len(kinds.get(kind, ())) for kind in ("patrol", "patrol_announced", "patrol_refused")}
        found.append(
            Patrolled(
                party=party,
                reported=number["patrol"],
                announced=number["patrol_announced"],
                refused=number["patrol_refused"],
            )
        )
        for kind, name in (
            ("patrol", "reported"), ("patrol_announced", "announced"), ("patrol_refused", "refused")
        ):  # fmt: skip
            seen = tuple(ids[row] for one in kinds.get(kind, ()) for row in one.rows)
            figures.append(
                Figure(
                    id=f"patrols/{party or 'unnamed'}/{name}",
                    value=number[kind],
                    how="how-patrols",
                    observations=seen,
                )
            )
    return found, figures


def count_hours(rows: Rows, periods: Periods, zone: ZoneInfo) -> tuple[list[Watched], list[Figure]]:
    """Hours of observation by area, and how many days and posts they were on."""
    effort = rows.of_kinds(["observation_effort"])
    hours, starts, ids = rows.column("effort_h"), rows.column("occurred_from"), rows.column("id")
    place, seen_from = rows.column("place"), rows.column("observed_from")
    lon, lat = rows.column("lon"), rows.column("lat")
    now, before = rows.within(effort, periods.now), rows.within(effort, periods.before)
    found, figures = [], []
    for area in (ALL, *rows.areas):
        in_area = [row for row in now if area == ALL or rows.inside(area)[row]]
        earlier = [row for row in before if area == ALL or rows.inside(area)[row]]
        posts = {seen_from[row] or place[row] or (lon[row], lat[row]) for row in in_area}
        one = Watched(
            area=area,
            hours=round(sum(hours[row] or 0.0 for row in in_area), 1),
            before=None if periods.before is None else round(sum(hours[row] or 0.0 for row in earlier), 1),
            days=len({starts[row].astimezone(zone).date() for row in in_area}),
            posts=len(posts),
        )
        found.append(one)
        seen = tuple(ids[row] for row in in_area)
        base = f"effort/{area}"
        figures.append(Figure(id=f"{base}/hours", value=one.hours, how="how-hours", observations=seen))
        figures.append(Figure(id=f"{base}/days", value=one.days, how="how-days", observations=seen))
        figures.append(Figure(id=f"{base}/posts", value=one.posts, how="how-posts", observations=seen))
        if one.before is not None:
            figures.append(
                Figure(
                    id=f"{base}/hours/before",
                    value=one.before,
                    how="how-hours",
                    observations=tuple(ids[row] for row in earlier),
                )
            )
    return found, figures


def by_day(rows: Rows, incidents: Sequence[Incident], period: Period, zone: ZoneInfo) -> list[Daily]:
    """Incidents and hours of observation on each day of the period."""
    violent_on = Counter(one.start.astimezone(zone).date() for one in within(incidents, period))
    watched: defaultdict[Any, float] = defaultdict(float)
    starts, hours = rows.column("occurred_from"), rows.column("effort_h")
    for row in rows.within(rows.of_kinds(["observation_effort"]), period):
        watched[starts[row].astimezone(zone).date()] += hours[row] or 0.0
    day, found = period.start.astimezone(zone).date(), []
    for _ in range(period.days(zone)):
        found.append(Daily(day=day, incidents=violent_on[day], hours=round(watched[day], 1)))
        day += timedelta(days=1)
    return found

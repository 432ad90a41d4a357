"""The collections that are served as OGC API - Features, and what each holds for whoever asks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import shapely
from shapely.geometry.base import BaseGeometry

from truceline.accord.effective import effective
from truceline.app.desk import View, Wanted
from truceline.app.desk.coverage import coverage_features, sector_features
from truceline.app.desk.depth import depth_features
from truceline.app.desk.drawing import Features
from truceline.app.desk.ground import line_features, place_features, route_features, zone_features
from truceline.app.desk.selecting import Bools
from truceline.app.desk.verdicts import Asked, assessment_for, routes_for
from truceline.app.desk.watched import ground_features, ground_for
from truceline.app.drawn import geometry_at
from truceline.evidence.permissions import Kind, Reader
from truceline.geo.geojson import as_geojson
from truceline.web.rows import feature_of, rows_dicts
from truceline.web.site import Site

OF_OBSERVATIONS = (
    "kind", "occurred_from", "occurred_to", "recorded_at", "place", "subject", "weapon_class", "calibre_mm",
    "equipment", "count", "fatalities", "injured", "effort_h", "error_m", "source", "method", "reliability",
    "credibility", "claim", "synthetic", "retracted", "report",
)  # fmt: skip
"""The properties of observations that a filter may ask."""


class Held:
    """Features of a collection that are few: zones, lines, routes, obligations, coverage."""

    def __init__(self, features: Features) -> None:
        self.features = [feature for feature, _ in features]
        self.shapes = np.empty(len(features), object)
        self.shapes[:] = [geometry for _, geometry in features]

    def __len__(self) -> int:
        return len(self.features)

    @cached_property
    def _columns(self) -> dict[str, pa.ChunkedArray]:
        """Properties that hold text, numbers or truth values; instants as such."""
        found: dict[str, pa.ChunkedArray] = {}
        names = dict.fromkeys(name for one in self.features for name in one["properties"])
        for name in names:
            values = [one["properties"].get(name) for one in self.features]
            given = [value for value in values if value is not None]
            if all(isinstance(value, str) for value in given) and _are_instants(given):
                instants = [None if value is None else datetime.fromisoformat(value) for value in values]
                found[name] = pa.chunked_array([pa.array(instants, pa.timestamp("us", tz="UTC"))])
            elif all(isinstance(value, bool) for value in given):
                found[name] = pa.chunked_array([pa.array(values, pa.bool_())])
            elif all(isinstance(value, str) for value in given):
                found[name] = pa.chunked_array([pa.array(values, pa.string())])
            elif all(isinstance(value, int | float) for value in given):
                found[name] = pa.chunked_array([pa.array(values, pa.float64())])
        return found

    @property
    def names(self) -> Sequence[str]:
        """What can be asked."""
        return tuple(self._columns)

    def column(self, name: str) -> pa.ChunkedArray:
        """A property of every feature."""
        return self._columns[name]

    def meets(self, area: BaseGeometry) -> Bools:
        """Whether each feature meets an area; one without a place does not."""
        return np.asarray(shapely.intersects(self.shapes, area), np.bool_)

    def within(self, area: BaseGeometry) -> Bools:
        """Whether each feature lies within an area."""
        return np.asarray(shapely.within(self.shapes, area), np.bool_)

    def times(self, start: datetime | None, end: datetime | None) -> Bools:
        """Whether each feature holds at some time of an interval: all do that say nothing of when."""
        found = np.ones(len(self), np.bool_)
        for row, one in enumerate(self.features):
            first, last = (one["properties"].get(name) for name in ("valid_from", "valid_to"))
            found[row] = not (
                (end is not None and first is not None and datetime.fromisoformat(first) > end)
                or (start is not None and last is not None and datetime.fromisoformat(last) <= start)
            )
        return found


def _are_instants(values: Sequence[str]) -> bool:
    try:
        return bool(values) and all(datetime.fromisoformat(value).tzinfo is not None for value in values)
    except ValueError:
        return False


class HeldView:
    """The observations of a view, as a filter asks them."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.names: Sequence[str] = OF_OBSERVATIONS

    def __len__(self) -> int:
        return len(self.view)

    def column(self, name: str) -> pa.ChunkedArray:
        """A column, as it is shown."""
        column = self.view.column(name)
        return column.cast(pa.int64()) if pa.types.is_int8(column.type) else column

    def meets(self, area: BaseGeometry) -> Bools:
        """Whether each row's place, as it is shown, meets an area."""
        return self.view.meets(area)

    def within(self, area: BaseGeometry) -> Bools:
        """Whether each row's place, as it is shown, lies within an area."""
        met = self.view.meets(area)
        rows = np.flatnonzero(met)
        shapes = self.view.shapes_at(rows)
        shaped = np.array([one is not None for one in shapes], np.bool_)
        met[rows[shaped]] = shapely.within(shapes[shaped], area)
        return met

    def items(self, rows: npt.NDArray[np.int64], language: str) -> list[dict[str, Any]]:
        """Rows as GeoJSON features."""
        return [feature_of(item) for item in rows_dicts(self.view, rows, language)]


@dataclass(frozen=True, slots=True)
class Collection:
    """A collection: its title, what the matrix must grant, and what it holds for a reader (None: a view)."""

    id: str
    title: str
    description: str
    kind: Kind
    features: Callable[[Site, Reader, Asked], Features] | None


def _routes(site: Site, reader: Reader, asked: Asked) -> Features:
    status = {one["id"]: one for one in routes_for(site.desk, reader, asked)}
    kept = ("status", "since", "p_open", "p_closed", "passable_share", "length_m")
    return [
        (
            feature
            | {
                "properties": feature["properties"]
                | {name: status[feature["id"]][name] for name in kept if feature["id"] in status}
            },
            line,
        )
        for feature, line in route_features(site.desk, asked)
    ]


def _obligations(site: Site, reader: Reader, asked: Asked) -> Features:
    """Obligations where the accord draws what they are about: its zone, area, place, line or route."""
    now = site.desk.now()
    at = asked.as_of or site.desk.clock()
    accord = effective(now.accord, at=at, reading=asked.reading)
    drawn = geometry_at(now.accord, site.workspace.root, at, asked.reading, asked.known_at)
    found: Features = []
    for one in assessment_for(site.desk, reader, asked)["obligations"]:
        provision: Any = accord.provision(one["id"])
        geometry = drawn.routes.get(one["id"])
        for name in ("zone", "area", "place", "line"):
            id = getattr(provision, name, None)
            if geometry is None and isinstance(id, str):
                zone = drawn.zones.get(id)
                geometry = zone.max_area if zone else drawn.places.get(id) or drawn.lines.get(id)
        kept = (
            "kind",
            "title",
            "status",
            "probability",
            "p_fulfilled",
            "p_breached",
            "finding",
            "since",
            "due",
        )
        feature = {
            "type": "Feature",
            "id": one["id"],
            "properties": {name: one[name] for name in kept if one[name] is not None}
            | {"because": " ".join(one["because"])},
            "geometry": as_geojson(geometry) if geometry is not None else None,
        }
        found.append((feature, geometry))  # type: ignore[arg-type]
    return found


def _effort(site: Site, reader: Reader, asked: Asked) -> Features:
    """The region in cells, with how long somebody looked in each by then."""
    wanted = Wanted(end=asked.as_of, known_at=asked.known_at)
    return ground_features(ground_for(site.desk, reader, wanted))


COLLECTIONS: Mapping[str, Collection] = {
    one.id: one
    for one in (
        Collection("zones", "Zones", "Zones as they stand, with the audit of their depth.", Kind.ZONES,
                   lambda site, _, asked: zone_features(site.desk, asked)),
        Collection("lines", "Lines", "Lines of contact and of withdrawal.", Kind.ZONES,
                   lambda site, _, asked: line_features(site.desk, asked)),
        Collection("places", "Places", "Places that the accord names.", Kind.ZONES,
                   lambda site, _, asked: place_features(site.desk, asked)),
        Collection("routes", "Routes", "Transport routes that the accord promises, with their status.",
                   Kind.ROUTES, _routes),
        Collection("obligations", "Obligations", "What is promised and how it stands, where it can be drawn.",
                   Kind.VERDICTS, _obligations),
        Collection("depth", "Depth audit", "Lines from which a depth is promised: within, short, over.",
                   Kind.ZONES, lambda site, _, asked: depth_features(site.desk, asked)),
        Collection("sectors", "Sectors", "Parts of zones that a team answers for.",
                   Kind.ZONES, lambda site, _, asked: sector_features(site.desk, asked)),
        Collection("patrol_coverage", "Patrol coverage", "What share of line, zone and sectors patrols saw.",
                   Kind.PATROL_COVERAGE,
                   lambda site, reader, asked: coverage_features(site.desk, reader, asked)),
        Collection("effort", "Observation effort", "Cells of ground: how long somebody looked, or nobody.",
                   Kind.EFFORT, _effort),
        Collection("observations", "Observations", "Reports, as a role sees them.", Kind.OBSERVATIONS, None),
    )
}  # fmt: skip


def held(site: Site, reader: Reader, collection: Collection, asked: Asked) -> Held | HeldView:
    """What a collection holds for a reader. Raises what making it raises."""
    if collection.features is None:
        return HeldView(site.desk.view(reader))
    return Held(collection.features(site, reader, asked))


def bounds_of(items: Held | HeldView) -> tuple[float, float, float, float] | None:
    """The box around all of a collection; None where nothing of it has a place."""
    if isinstance(items, HeldView):
        sides = (items.view.west, items.view.south, items.view.east, items.view.north)
        if not len(items) or not np.isfinite(sides[0]).any():
            return None
        return (
            float(np.nanmin(sides[0])), float(np.nanmin(sides[1])),
            float(np.nanmax(sides[2])), float(np.nanmax(sides[3])),
        )  # fmt: skip
    shapes = [one for one in items.shapes if one is not None]
    if not shapes:
        return None
    west, south, east, north = shapely.total_bounds(shapes)
    return float(west), float(south), float(east), float(north)


def in_box(items: Held, numbers: tuple[float, float, float, float]) -> Bools:
    """Which features meet a box, which may cross the antimeridian (west above east)."""
    west, south, east, north = numbers
    if west <= east:
        return items.meets(shapely.box(west, south, east, north))
    return items.meets(shapely.box(west, south, 180, north)) | items.meets(
        shapely.box(-180, south, east, north)
    )

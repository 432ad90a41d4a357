"""The accord's geometry as the map shows it. Coordinates are lon, lat on WGS 84, distances metres."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from truceline.accord.geometry import AccordGeometry, least_and_deepest, uncertainty_range_m
from truceline.accord.model import Accord, Derivation, Routes
from truceline.accord.model.base import name_in
from truceline.assess.route_reports import roads_named
from truceline.core.messages import listed
from truceline.geo.nearest import LineIndex
from truceline.geo.uncertainty.line import UncertainLine
from truceline.geo.zone import derive_zone
from truceline.products.report.basemap import Bounds
from truceline.products.report.content import EvidenceRow, Snapshot
from truceline.products.report.ground import Basemap, GeoJson, LineShape, RouteShape, Town, ZoneShape

MARGIN = 0.06
SIMPLIFY_DEGREES = 2e-4  # about 20 m: far finer than any line here is known, and than a screen shows
SAME_PLACE_DEGREES = 0.05  # about 5 km
WORLD: Bounds = (-180.0, -60.0, 180.0, 75.0)


def as_geojson(geometry: BaseGeometry) -> GeoJson:
    """The geometry as a GeoJSON object, thinned for the screen with its topology kept."""
    thinned = shapely.simplify(geometry, SIMPLIFY_DEGREES, preserve_topology=True)
    data: GeoJson = json.loads(shapely.to_geojson(thinned))
    return data


def bounds_of(accord: Accord, geometry: AccordGeometry, rows: Iterable[EvidenceRow]) -> Bounds:
    """What the map shows at first: the accord's own geometry, else its region, else the reports' places."""
    drawn = [
        *geometry.lines.values(),
        *(zone.area for zone in geometry.zones.values()),
        *(band.area for bands in geometry.bands.values() for band in bands.values()),
        *geometry.routes.values(),
    ]
    drawn = [shape for shape in drawn if not shape.is_empty]
    if drawn:
        west, south, east, north = (float(value) for value in shapely.total_bounds(drawn))
    elif accord.accord.region is not None:
        return accord.accord.region
    else:
        points = [(row.lon, row.lat) for row in rows if row.lon is not None and row.lat is not None]
        if not points:
            return WORLD
        west, east = min(lon for lon, _ in points), max(lon for lon, _ in points)
        south, north = min(lat for _, lat in points), max(lat for _, lat in points)
    across = max(east - west, north - south, 0.02) * MARGIN
    return (west - across, south - across, east + across, north + across)


def line_shapes(accord: Accord, geometry: AccordGeometry, language: str) -> tuple[LineShape, ...]:
    """The lines that have a geometry."""
    return tuple(
        LineShape(
            id=line.id,
            name=_capital(name_in(line.names, language) if line.names else line.id),
            approximate=line.approximate,
            uncertainty_m=_range_m(geometry.uncertain_lines.get(line.id), line.uncertainty_m),
            geometry=as_geojson(geometry.lines[line.id]),
            band=_band(geometry.lines[line.id], line.uncertainty_m, geometry.uncertain_lines.get(line.id)),
            left=line.left,
            right=line.right,
            describes=line.describes,
        )
        for line in accord.lines
        if line.id in geometry.lines
    )


def _range_m(line: UncertainLine | None, uncertainty_m: float) -> tuple[float, float]:
    return (uncertainty_m, uncertainty_m) if line is None else uncertainty_range_m(line)


def _band(line: BaseGeometry, uncertainty_m: float, uncertain: UncertainLine | None) -> GeoJson | None:
    """Everything within the line's uncertainty of it, stretch by stretch: where the line may be."""
    pieces = [(line, uncertainty_m)] if uncertain is None else _pieces(uncertain)
    grounds = [_within(shapely.to_wkb(piece), bound_m) for piece, bound_m in pieces if bound_m > 0]
    return as_geojson(shapely.union_all(grounds)) if grounds else None


def _pieces(uncertain: UncertainLine) -> list[tuple[BaseGeometry, float]]:
    """The line cut where its bound changes."""
    # A knot just before another is the near side of one jump.
    knots = np.unique(np.round(uncertain.uncertainty.position_m))
    index = LineIndex(uncertain.index.line.with_vertices_at(knots.tolist()))
    bound = uncertain.uncertainty.at(index.offset_m + index.length_m / 2)
    pieces: list[tuple[BaseGeometry, float]] = []
    for edges in np.split(
        np.arange(len(bound)),
        np.flatnonzero((np.diff(bound) != 0) | (np.diff(index.part_of_segment) != 0)) + 1,
    ):
        coords = np.vstack([index.start[edges], index.end[edges[-1:]]])
        pieces.append((shapely.LineString(coords), float(bound[edges[0]])))
    return pieces


@lru_cache(maxsize=256)
def _within(line: bytes, distance_m: float) -> BaseGeometry:
    return derive_zone(shapely.from_wkb(line), distance_m, side="both", tolerance_m=20.0).geometry


def zone_shapes(accord: Accord, geometry: AccordGeometry, language: str) -> tuple[ZoneShape, ...]:
    """The zones that have a geometry."""
    shapes = []
    for zone in accord.zones:
        if zone.id not in geometry.zones:
            continue
        area = geometry.zones[zone.id]
        # One depth is named in the legend where all derivations promise the same one everywhere.
        depths = {_depths(derivation) for derivation in zone.derivation}
        along = any(derivation.segments for derivation in zone.derivation)
        least, deepest = depths.pop() if len(depths) == 1 and not along else (None, None)
        inner = area.min_area
        shapes.append(
            ZoneShape(
                id=zone.id,
                name=_capital(name_in(zone.names, language)),
                kind=str(zone.kind),
                approximate=area.approximate,
                uncertainty_m=_range_m(area.line, area.uncertainty_m),
                outer=as_geojson(area.area),
                inner=None
                if inner is None or inner.is_empty or inner.equals(area.area)
                else as_geojson(inner),
                depth_min_m=least,
                depth_max_m=deepest,
                depth_ranges_m=_depth_ranges(zone.derivation) if least is None and deepest is None else None,
            )
        )
    return tuple(shapes)


def band_shapes(accord: Accord, geometry: AccordGeometry, language: str) -> tuple[ZoneShape, ...]:
    """The bands that provisions set off a line, by provision and party or sector; each ground once."""
    shapes: list[ZoneShape] = []
    drawn: list[BaseGeometry] = [zone.area for zone in geometry.zones.values()]
    for provision in accord.provisions:
        title = name_in(provision.title, language) if provision.title else provision.id
        for key, band in geometry.bands.get(provision.id, {}).items():
            if band.area.is_empty or any(band.area.equals(other) for other in drawn):
                continue
            drawn.append(band.area)
            party = accord.party(key)
            whose = name_in(party.names, language) if party else key
            shapes.append(
                ZoneShape(
                    id=f"{provision.id}/{key}",
                    name=f"{title} ({whose})" if whose else title,
                    kind="band",
                    approximate=band.approximate,
                    uncertainty_m=_range_m(band.line, band.uncertainty_m),
                    outer=as_geojson(band.area),
                    inner=None,
                    depth_min_m=None,
                    depth_max_m=None,
                )
            )
    return tuple(shapes)


def with_places(basemap: Basemap, accord: Accord, geometry: AccordGeometry, language: str) -> Basemap:
    """The basemap with the accord's own places, save those that it shows already."""
    towns = list(basemap.towns)
    for place in accord.places:
        point = geometry.places.get(place.id)
        if not isinstance(point, shapely.Point):
            continue
        if any(math.hypot(town.lon - point.x, town.lat - point.y) < SAME_PLACE_DEGREES for town in towns):
            continue
        name = name_in(place.names, language)
        local = next((text for code, text in place.names.items() if code not in (language, "en")), None)
        towns.append(Town(name=name, name_local=local, lon=point.x, lat=point.y, rank=2))
    return replace(basemap, towns=tuple(towns))


def _depths(derivation: Derivation) -> tuple[float | None, float | None]:
    share = 0.5 if derivation.measure == "width" else 1.0
    least, deepest = derivation.depth_m.min, derivation.depth_m.max
    return (None if least is None else least * share, None if deepest is None else deepest * share)


def _depth_ranges(
    derivations: Sequence[Derivation],
) -> tuple[tuple[float, float], tuple[float, float]] | None:
    """The range of all least depths that are promised on some side and stretch, and of all greatest ones."""
    shares = [0.5 if derivation.measure == "width" else 1.0 for derivation in derivations]
    depths = [
        least_and_deepest(depth, share)
        for derivation, share in zip(derivations, shares, strict=True)
        for depth in (derivation.depth_m, *(stretch.depth_m for stretch in derivation.segments))
    ]
    drawn = [(least, deepest) for least, deepest in depths if deepest > 0]
    if not drawn:
        return None
    least, deepest = zip(*drawn, strict=True)
    return (min(least), max(least)), (min(deepest), max(deepest))


def route_shapes(
    accord: Accord, geometry: AccordGeometry, language: str, snapshots: Sequence[Snapshot]
) -> tuple[RouteShape, ...]:
    """The promised routes that have a geometry, each with how it stood at every snapshot."""
    return tuple(
        RouteShape(
            provision=provision.id,
            name=_route_name(provision, language),
            geometry=as_geojson(geometry.routes[provision.id]),
            error_m=geometry.route_error_m.get(provision.id),
            states=tuple(_state(snapshot, provision.id) for snapshot in snapshots),
        )
        for provision in accord.provisions
        if isinstance(provision, Routes) and provision.id in geometry.routes
    )


def _state(snapshot: Snapshot, provision: str) -> str:
    """How a route stood at the date of a snapshot."""
    for obligation in snapshot.assessment.obligations:
        if obligation.id == provision:
            periods = obligation.details.get("periods") or []
            return str(periods[-1]["status"]) if periods else "unverified"
    return "unverified"


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]


def _route_name(route: Routes, language: str) -> str:
    if route.road:
        roads = [f"{road.upper()}" for road in sorted(roads_named(route.road))]
        return listed(roads, language) if roads else route.road
    return name_in(route.title, language) if route.title else route.id

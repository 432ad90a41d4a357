"""Zones derived from a line: all ground within a geodesic depth of it, on one side or both.

A point belongs to the zone by its nearest place on the line: its geodesic distance from there lies between
`from_m` and the depth of the side that it is reached from, and of the segment of the line that holds that
place. Left and right are seen in drawing direction. With flat ends a point ahead of a free end of the line
(past the perpendicular there) is left out; with round ends it belongs to the side of the straight
continuation that it lies on. Lines may bend back, close, branch and cross themselves: always the nearest
place decides (at a vertex, the edge that lies nearest in angle).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from truceline.core.errors import InvalidGeometry, InvalidInput
from truceline.geo.cuts import cuts
from truceline.geo.depths import DEEPEST_M, Depths, DepthSegment, Ends, Side, depths_asked
from truceline.geo.ellipsoid import GEOD, Floats
from truceline.geo.geojson import as_geojson
from truceline.geo.inside import checked_polygon
from truceline.geo.line import Line, as_line
from truceline.geo.medial import dividing_lines
from truceline.geo.nearest import LineIndex
from truceline.geo.offset import SHORTS, rings_at
from truceline.geo.plane import Plane
from truceline.geo.zone_error import measured_error, sampled_error
from truceline.geo.zone_repairs import divided_faces, redrawn, untangled, without_spikes

__all__ = [
    "DEEPEST_M",
    "DEFAULT_TOLERANCE_M",
    "DepthSegment",
    "Depths",
    "DerivedZone",
    "Ends",
    "Side",
    "area_m2",
    "derive_zone",
]

DEFAULT_TOLERANCE_M = 0.05
_GOOD = 1.3  # times the tolerance: a boundary that strays no further needs no second try
_PATCHES = 3
_MANY_EDGES = 500  # for more, second tries take too long


@dataclass(frozen=True, eq=False)
class DerivedZone:
    """A zone: `geometry` follows RFC 7946 (lon/lat, straight edges, split at the antimeridian, exteriors
    anticlockwise). `area_m2` on the ellipsoid. `max_error_m` bounds how far the drawn boundary lies from the
    exact one: the greatest deviation measured along it (and at 3000 places around it, whether each lies on
    the right side of it), widened by a quarter, and 2 mm. Of a `clipped` zone it bounds the zone before it
    was cut: the cut itself follows the given area's own edges to 0.1 mm.
    """

    geometry: BaseGeometry
    area_m2: float
    max_error_m: float
    depths: Depths
    line_length_m: float
    clipped: bool = False

    def as_dict(self) -> dict[str, Any]:
        """The result as plain data, as ``truceline zone derive --json`` prints it."""
        segments = {"segments": [segment.as_dict() for segment in self.depths.segments]}
        return {
            "area_m2": round(self.area_m2, 1),
            "max_error_m": round(self.max_error_m, 4),
            "left_depth_m": self.depths.left_m,
            "right_depth_m": self.depths.right_m,
            **(segments if self.depths.segments else {}),
            "from_m": self.depths.from_m,
            "ends": self.depths.ends,
            "clipped": self.clipped,
            "line_length_m": round(self.line_length_m, 3),
            "geometry": as_geojson(self.geometry),
        }


def derive_zone(
    line: Line | BaseGeometry,
    depth_m: float | None = None,
    side: Side = "both",
    *,
    from_m: float = 0.0,
    left_depth_m: float | None = None,
    right_depth_m: float | None = None,
    segments: Sequence[DepthSegment] = (),
    ends: Ends | None = None,
    clip: BaseGeometry | None = None,
    clip_out: BaseGeometry | None = None,
    tolerance_m: float = DEFAULT_TOLERANCE_M,
) -> DerivedZone:
    """The zone of a line (lon/lat on WGS 84; geodesic edges unless a `Line` says otherwise).

    Either `depth_m` with `side`, or `left_depth_m` and `right_depth_m`; `segments` give other depths along
    stretches of the line (ground belongs to the stretch that holds its nearest place), and may stand alone.
    `from_m` leaves out the ground nearer than that. `ends`: round by default where both sides are in the
    zone, else flat. `clip` keeps what lies in an area (a border), `clip_out` takes an area out (the sea).
    `tolerance_m` is how far straight edges may stray from the exact boundary. Depths to 500 km.
    Raises InvalidGeometry for the line or an empty result, InvalidInput for the numbers.
    """
    index = LineIndex(line)
    depths = depths_asked(depth_m, side, from_m, left_depth_m, right_depth_m, ends, segments, index.total_m)
    if not 1e-3 <= tolerance_m <= 1e4:
        raise InvalidInput(f"tolerance_m: found {tolerance_m}; accepted: 0.001 to 10,000 metres")
    if depths.segments:
        changes = [place for segment in depths.segments for place in (segment.from_m, segment.to_m)]
        index = LineIndex(as_line(line).with_vertices_at(changes))
        depths = depths.along(index)
    deepest = max(depths.distances_m)
    plane = Plane.around(index.samples[:, 0], index.samples[:, 1], deepest * 1.02)
    cut: list[Floats] = []
    if not depths.symmetric:
        cut += cuts(index, depths, tolerance_m)
        cut += dividing_lines(index, depths.limit, 1.01 * deepest, tolerance_m)
    area: BaseGeometry = shapely.MultiPolygon()
    error = math.inf
    for short in SHORTS:
        rings = [ring for d in depths.distances_m for ring in rings_at(index, d, plane, tolerance_m, short)]
        rings = untangled(rings, plane, tolerance_m)
        faces = divided_faces(index, depths, _faces([*rings, *cut], plane), plane, tolerance_m)
        chosen = [face for face, held in zip(faces, _held(index, depths, faces, plane), strict=True) if held]
        if chosen:
            drawn = _without_hairs(_united(chosen, plane), plane, tolerance_m)
            off = _error(index, depths, drawn, plane)
            if off > _GOOD * tolerance_m:
                drawn, off = _better(
                    index, depths, plane, drawn, off, without_spikes(drawn, plane, tolerance_m)
                )
            for _ in range(_PATCHES):
                if off <= _GOOD * tolerance_m:
                    break
                anew = redrawn(index, depths, drawn, plane, tolerance_m, _GOOD * tolerance_m)
                before = off
                drawn, off = _better(index, depths, plane, drawn, off, anew)
                if off > before / 2.0:
                    break
            if off < error:
                area, error = drawn, off
        if error <= _GOOD * tolerance_m or len(index.start) > _MANY_EDGES:
            break
    if area.is_empty:
        raise InvalidGeometry("the zone is empty: no ground lies at these depths on this side of the line")
    geometry = _clipped(plane.to_rfc7946(area), clip, clip_out)
    return DerivedZone(
        geometry,
        area_m2(geometry),
        1.25 * error + 0.002,
        depths,
        index.total_m,
        clip is not None or clip_out is not None,
    )


def area_m2(polygon: BaseGeometry) -> float:
    """The area of a polygon on the ellipsoid, in square metres; vertices are joined by geodesics."""
    total = 0.0
    for part in shapely.get_parts(polygon):
        oriented = shapely.orient_polygons(part)
        total += GEOD.geometry_area_perimeter(oriented)[0]
    return total


def _clipped(zone: BaseGeometry, clip: BaseGeometry | None, clip_out: BaseGeometry | None) -> BaseGeometry:
    if clip is not None:
        zone = _polygons(shapely.intersection(zone, checked_polygon(clip), grid_size=1e-9))
        if zone.is_empty:
            raise InvalidGeometry("the zone lies wholly outside the area that it is clipped to")
    if clip_out is not None:
        zone = _polygons(shapely.difference(zone, checked_polygon(clip_out), grid_size=1e-9))
        if zone.is_empty:
            raise InvalidGeometry("the zone lies wholly within the area that is taken out of it")
    return zone


def _better(
    index: LineIndex, depths: Depths, plane: Plane, drawn: BaseGeometry, off: float, other: BaseGeometry
) -> tuple[BaseGeometry, float]:
    """The one of two drawings that errs less, and by how much."""
    again = _error(index, depths, other, plane)
    return (other, again) if again < off else (drawn, off)


def _error(index: LineIndex, depths: Depths, area: BaseGeometry, plane: Plane) -> float:
    return max(measured_error(index, depths, area, plane), sampled_error(index, depths, area, plane))


def _faces(lines: list[Floats], plane: Plane) -> list[BaseGeometry]:
    strings = [shapely.LineString(plane.forward_line(line)) for line in lines]
    # On a grid, where noding is robust: elsewhere lines that all but coincide leave faces that overlap.
    noded = shapely.union_all(strings, grid_size=_grid(plane))
    return list(shapely.get_parts(shapely.polygonize([noded])))


def _united(faces: list[BaseGeometry], plane: Plane) -> BaseGeometry:
    return shapely.union_all(faces, grid_size=_grid(plane))


def _grid(plane: Plane) -> float:
    """0.1 mm in the plane's unit."""
    return 1e-4 if plane.pole else 1e-9


def _held(index: LineIndex, depths: Depths, faces: list[BaseGeometry], plane: Plane) -> list[bool]:
    if not faces:
        return []
    places = plane.inverse(shapely.get_coordinates(shapely.point_on_surface(faces)))
    held: list[bool] = depths.holds(index.nearest(places[:, 0], places[:, 1])).tolist()
    return held


def _polygons(area: BaseGeometry) -> BaseGeometry:
    parts = [p for p in shapely.get_parts(area) if p.geom_type == "Polygon" and p.area > 0]
    if not parts:
        return shapely.MultiPolygon()
    return shapely.orient_polygons(parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts))


def _without_hairs(area: BaseGeometry, plane: Plane, tolerance_m: float) -> BaseGeometry:
    """Without parts and holes thinner than the tolerance, which straight edges leave along curves."""
    unit = 1.0 if plane.pole else 111_000.0

    def counts(ring: shapely.LinearRing) -> bool:
        width = 2.0 * shapely.Polygon(ring).area / max(ring.length, 1e-15)
        return width * unit > tolerance_m

    return shapely.MultiPolygon(
        [
            shapely.Polygon(part.exterior, [ring for ring in part.interiors if counts(ring)])
            for part in shapely.get_parts(area)
            if part.geom_type == "Polygon" and counts(part.exterior)
        ]
    )

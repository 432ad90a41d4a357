"""Zones derived from a line: all ground within a geodesic depth of it, on one side or both.

A point belongs to the zone by its nearest place on the line: its geodesic distance from there lies between
`from_m` and the depth of the side that it is reached from. Left and right are seen in drawing direction.
With flat ends a point ahead of a free end of the line (past the perpendicular there) is left out; with round
ends it belongs to the side of the straight continuation that it lies on. Lines may bend back, close, branch
and cross themselves: always the nearest place decides (at a vertex, the edge that lies nearest in angle).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from truceline.core.errors import InvalidGeometry, InvalidInput
from truceline.geo.ellipsoid import GEOD, Bools, Floats, direct, inverse, wrapped
from truceline.geo.geojson import as_geojson
from truceline.geo.inside import checked_polygon
from truceline.geo.line import Line
from truceline.geo.medial import dividing_lines, lines_from_tips
from truceline.geo.nearest import LineIndex, Nearest
from truceline.geo.offset import between, rings_at
from truceline.geo.plane import Plane

Side = Literal["left", "right", "both"]
Ends = Literal["flat", "round"]

DEEPEST_M = 500_000.0
DEFAULT_TOLERANCE_M = 0.05
_CHECKED_PLACES = 3000


@dataclass(frozen=True)
class Depths:
    """Which ground a zone takes, in metres from the line; a side of depth 0 is not in the zone."""

    left_m: float
    right_m: float
    from_m: float = 0.0
    ends: Ends = "flat"

    def holds(self, near: Nearest) -> Bools:
        """Whether the points with these nearest places belong to the zone."""
        depth = np.where(near.side > 0, self.left_m, np.where(near.side < 0, self.right_m, 0.0))
        depth = np.where(near.side == 0, max(self.left_m, self.right_m), depth)
        inside = (near.distance_m >= self.from_m) & (near.distance_m <= depth)
        result: Bools = inside & ~near.beyond_end if self.ends == "flat" else inside
        return result

    @property
    def distances_m(self) -> list[float]:
        """The distances at which the zone's edges run."""
        return sorted({d for d in (self.left_m, self.right_m, self.from_m) if d > 0})

    @property
    def symmetric(self) -> bool:
        """Whether side and ends play no part."""
        return self.left_m == self.right_m and self.ends == "round"


@dataclass(frozen=True, eq=False)
class DerivedZone:
    """A zone: `geometry` follows RFC 7946 (lon/lat, straight edges, split at the antimeridian, exteriors
    anticlockwise). `area_m2` on the ellipsoid. `max_error_m` bounds how far the drawn boundary lies from the
    exact one: the greatest deviation measured along it (and at 3000 places around it, whether each lies on
    the right side of it), widened by a quarter, and 2 mm.
    """

    geometry: BaseGeometry
    area_m2: float
    max_error_m: float
    depths: Depths
    line_length_m: float
    clipped: bool = False

    def as_dict(self) -> dict[str, Any]:
        """The result as plain data, as ``truceline zone derive --json`` prints it."""
        return {
            "area_m2": round(self.area_m2, 1),
            "max_error_m": round(self.max_error_m, 4),
            "left_depth_m": self.depths.left_m,
            "right_depth_m": self.depths.right_m,
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
    ends: Ends | None = None,
    clip: BaseGeometry | None = None,
    tolerance_m: float = DEFAULT_TOLERANCE_M,
) -> DerivedZone:
    """The zone of a line (lon/lat on WGS 84; geodesic edges unless a `Line` says otherwise).

    Either `depth_m` with `side`, or `left_depth_m` and `right_depth_m`. `from_m` leaves out the ground nearer
    than that. `ends`: round by default for both sides, flat for one. `clip` cuts the zone to an area.
    `tolerance_m` is how far straight edges may stray from the exact boundary. Depths to 500 km.
    Raises InvalidGeometry for the line or an empty result, InvalidInput for the numbers.
    """
    depths = _depths(depth_m, side, from_m, left_depth_m, right_depth_m, ends)
    if not 1e-3 <= tolerance_m <= 1e4:
        raise InvalidInput(f"tolerance_m: found {tolerance_m}; accepted: 0.001 to 10,000 metres")
    index = LineIndex(line)
    plane = Plane.around(index.samples[:, 0], index.samples[:, 1], max(depths.distances_m) * 1.02)
    rings = [ring for d in depths.distances_m for ring in rings_at(index, d, plane, tolerance_m)]
    cuts, tips = ([], []) if depths.symmetric else _cuts(index, depths, tolerance_m)
    if tips:
        walls = shapely.union_all([shapely.LineString(plane.forward(wall)) for wall in (*rings, *cuts)])
        step_m = max(depths.distances_m) / 20.0
        cuts += lines_from_tips(index, depths.holds, tips, walls, step_m, plane, tolerance_m)
    faces = _faces([*rings, *cuts], plane)
    if depths.symmetric:
        chosen = [face for face, held in zip(faces, _held(index, depths, faces, plane), strict=True) if held]
    else:
        known = shapely.MultiLineString([plane.forward(cut) for cut in cuts])
        dividing = dividing_lines(index, depths.holds, faces, known, plane, tolerance_m)
        if dividing:
            cuts += dividing
            faces = _faces([*rings, *cuts], plane)
        chosen = [face for face, held in zip(faces, _held(index, depths, faces, plane), strict=True) if held]
    if not chosen:
        raise InvalidGeometry("the zone is empty: no ground lies at these depths on this side of the line")
    area = _without_hairs(_united(chosen, plane), plane, tolerance_m)
    error = max(_measured_error(index, depths, area, plane), _sampled_error(index, depths, area, plane))
    geometry = plane.to_rfc7946(area)
    if clip is not None:
        geometry = _polygons(shapely.intersection(geometry, checked_polygon(clip), grid_size=1e-9))
        if geometry.is_empty:
            raise InvalidGeometry("the zone lies wholly outside the area that it is clipped to")
    return DerivedZone(
        geometry,
        area_m2(geometry),
        1.25 * error + 0.002,
        depths,
        index.total_m,
        clip is not None,
    )


def area_m2(polygon: BaseGeometry) -> float:
    """The area of a polygon on the ellipsoid, in square metres; vertices are joined by geodesics."""
    total = 0.0
    for part in shapely.get_parts(polygon):
        oriented = shapely.orient_polygons(part)
        total += GEOD.geometry_area_perimeter(oriented)[0]
    return total


def _depths(
    depth_m: float | None,
    side: Side,
    from_m: float,
    left_depth_m: float | None,
    right_depth_m: float | None,
    ends: Ends | None,
) -> Depths:
    if side not in ("left", "right", "both"):
        raise InvalidInput(f"side: found {side!r}; accepted: left, right or both")
    if (depth_m is None) == (left_depth_m is None and right_depth_m is None):
        raise InvalidInput("give either depth_m with a side, or left_depth_m and right_depth_m")
    if depth_m is not None:
        left, right = (depth_m if side != "right" else 0.0), (depth_m if side != "left" else 0.0)
    else:
        left, right = left_depth_m or 0.0, right_depth_m or 0.0
    for name, value in (("left", left), ("right", right), ("from_m", from_m)):
        if not (math.isfinite(value) and 0.0 <= value <= DEEPEST_M):
            raise InvalidInput(f"depth ({name}): found {value}; accepted: 0 to 500,000 metres")
    if max(left, right) < 1.0 or from_m >= max(left, right):
        raise InvalidInput(
            f"depth: found {max(left, right):g} m from {from_m:g} m; "
            "accepted: at least 1 m, and more than the distance it starts from"
        )
    if ends not in (None, "flat", "round"):
        raise InvalidInput(f"ends: found {ends!r}; accepted: flat or round")
    return Depths(left, right, from_m, ends or ("round" if min(left, right) > 0 else "flat"))


def _cuts(index: LineIndex, depths: Depths, tolerance_m: float) -> tuple[list[Floats], list[Floats]]:
    """The line itself and the perpendiculars or continuations at its free ends, as lon/lat polylines; and the
    places where those end early because another stretch of the line is nearer.
    """
    tips: list[Floats] = []
    lines = [_geodesic(index, tolerance_m, part) for part in range(len(index.line.parts))]
    reach = max(depths.distances_m) * 1.01
    for lon, lat, outward in _free_ends(index):
        turns = (90.0, -90.0) if depths.ends == "flat" else (0.0,)
        for turn in turns:
            length = _own_reach(index, lon, lat, outward + turn, reach)
            lines.append(_ray(lon, lat, outward + turn, length, tolerance_m))
            if length < reach:
                tips.append(lines[-1][-1])
    return lines, tips


def _own_reach(index: LineIndex, lon: float, lat: float, azimuth: float, reach_m: float) -> float:
    """How far along a geodesic from the line its start is the nearest place, at most to the reach."""

    def owned(steps: Floats) -> Bools:
        x, y, _ = direct(lon, lat, azimuth, steps)
        result: Bools = index.nearest(x, y).distance_m >= steps - 1e-4
        return result

    low, high = 0.0, reach_m
    for _ in range(5):  # each time among a hundred places
        steps = np.linspace(low, high, 101)[1:]
        held = owned(steps)
        if held.all():
            return high
        first = int(np.flatnonzero(~held)[0])
        low, high = (low if first == 0 else float(steps[first - 1])), float(steps[first])
    return low


def _free_ends(index: LineIndex) -> list[tuple[float, float, float]]:
    ends = []
    for segment in range(len(index.start)):
        start, end = index.node_start[segment], index.node_end[segment]
        if index.free_end[start]:
            lon, lat = index.start[segment]
            ends.append((float(lon), float(lat), float(index.azimuth[segment]) + 180.0))
        if index.free_end[end]:
            lon, lat = index.end[segment]
            ends.append((float(lon), float(lat), float(index.azimuth_end[segment])))
    return ends


def _ray(lon: float, lat: float, azimuth: float, length_m: float, tolerance_m: float) -> Floats:
    count = 8
    while True:
        x, y, _ = direct(lon, lat, azimuth, np.linspace(0.0, length_m, count + 1))
        points = np.column_stack([x, y])
        points[0] = lon, lat
        if (
            count >= 4096
            or _strays(points, direct(lon, lat, azimuth, _halves(length_m, count))) <= tolerance_m
        ):
            return points
        count *= 2


def _halves(length_m: float, count: int) -> Floats:
    return (np.arange(count) + 0.5) * length_m / count


def _strays(points: Floats, exact: tuple[Floats, ...]) -> float:
    middle = between(points[:-1], points[1:], np.full(len(points) - 1, 0.5))
    return float(inverse(middle[:, 0], middle[:, 1], exact[0], exact[1])[2].max())


def _geodesic(index: LineIndex, tolerance_m: float, part: int) -> Floats:
    """A part of the line with the points of its geodesics that straight lon/lat edges need."""
    chosen = np.flatnonzero(index.part_of_segment == part)
    points = [
        _ray(
            float(index.start[i, 0]),
            float(index.start[i, 1]),
            float(index.azimuth[i]),
            float(index.length_m[i]),
            tolerance_m,
        )[:-1]
        if index.length_m[i] > 100.0
        else index.start[i : i + 1]
        for i in chosen
    ]
    return np.vstack([*points, index.end[chosen[-1:]]])


def _faces(lines: list[Floats], plane: Plane) -> list[BaseGeometry]:
    strings = [shapely.LineString(plane.forward(line)) for line in lines]
    noded = shapely.union_all(strings)
    return list(shapely.get_parts(shapely.polygonize([noded])))


def _united(faces: list[BaseGeometry], plane: Plane) -> BaseGeometry:
    # On a grid of 0.1 mm, where the union of faces with nearly equal edges is robust.
    return shapely.union_all(faces, grid_size=1e-4 if plane.pole else 1e-9)


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


def _measured_error(index: LineIndex, depths: Depths, area: BaseGeometry, plane: Plane) -> float:
    """The boundary's greatest distance from where it should run: at vertices, three places of each edge.

    It should run at a depth, or else where belonging changes: those places are tried on both sides of it.
    """
    edges = []
    for part in shapely.get_parts(area):
        for ring in (part.exterior, *part.interiors):
            lonlat = plane.inverse(shapely.get_coordinates(ring))
            edges.append(np.hstack([lonlat[:-1], lonlat[1:]]))
    edge = np.vstack(edges)
    a, b = edge[:, :2], edge[:, 2:]
    points = np.vstack([between(a, b, np.full(len(a), share)) for share in (0.0, 0.25, 0.5, 0.75)])
    near = index.nearest(points[:, 0], points[:, 1])
    off = np.min([np.abs(near.distance_m - d) for d in depths.distances_m], axis=0)
    if not depths.symmetric:
        off = np.minimum(off, near.distance_m)
        rest = np.flatnonzero(off > DEFAULT_TOLERANCE_M / 10)
        heading = np.tile(inverse(a[:, 0], a[:, 1], b[:, 0], b[:, 1])[0], 4)
        off[rest] = np.minimum(off[rest], _from_change(index, depths, points[rest], heading[rest]))
    return float(off.max())


def _from_change(index: LineIndex, depths: Depths, points: Floats, azimuth: Floats) -> Floats:
    """How far places of the boundary lie from where belonging changes, found across it, step by step."""
    off = np.full(len(points), np.inf)
    todo, step = np.arange(len(points)), DEFAULT_TOLERANCE_M / 16
    turns = np.arange(0.0, 360.0, 45.0) + 90.0
    while len(todo) and step < 1000.0:
        p = points[todo]
        lon, lat, _ = direct(p[:, :1], p[:, 1:], azimuth[todo, None] + turns, step)
        held = depths.holds(index.nearest(lon.ravel(), lat.ravel())).reshape(lon.shape)
        changes = held.any(axis=1) & ~held.all(axis=1)
        off[todo[changes]] = step
        todo = todo[~changes]
        step *= 2.0**0.5
    return off


def _sampled_error(index: LineIndex, depths: Depths, area: BaseGeometry, plane: Plane) -> float:
    """How far inside or outside the drawn area a place lies that by its distance belongs elsewhere; 0: none.

    A cross-check of the topology on places spread over the area and around it (the same ones every time).
    """
    west, south, east, north = area.bounds
    from scipy.stats import qmc  # here, because it takes a second to load

    spread = qmc.Halton(2, seed=7).random(_CHECKED_PLACES)
    margin = 0.05 * np.array([east - west, north - south])
    xy = [west, south] - margin + spread * ([east - west, north - south] + 2 * margin)
    if not plane.pole:
        xy = xy[np.abs(xy[:, 1]) < 90.0]
    shapely.prepare(area)
    drawn = shapely.contains_xy(area, xy[:, 0], xy[:, 1])
    lonlat = plane.inverse(xy)
    wrong = lonlat[drawn != depths.holds(index.nearest(lonlat[:, 0], lonlat[:, 1]))]
    if not len(wrong):
        return 0.0
    outline = shapely.get_parts(area.boundary)
    lines = [shapely.LineString(_turned(plane.inverse(shapely.get_coordinates(ring)))) for ring in outline]
    return float(LineIndex(shapely.MultiLineString(lines)).nearest(wrong[:, 0], wrong[:, 1]).distance_m.max())


def _turned(lonlat: Floats) -> Floats:
    return np.column_stack([wrapped(lonlat[:, 0]), lonlat[:, 1]])

"""How far points are from a polygon's boundary, and how probably they lie inside given their error.

Polygons follow RFC 7946: lon/lat on WGS 84, straight edges in lon/lat, split at the antimeridian.

The probability. A position with `error_m` e is a bivariate normal around the given point whose 95% radius is
e, so sigma = e / sqrt(-2 ln 0.05), in the plane of distance and azimuth around the point. The mass in a
polygon is, in polar coordinates around the point and by the divergence theorem,
``[inside] - 1/(2 pi) * contour integral of exp(-r^2 / (2 sigma^2)) d(theta)``. Along a straight edge that
integral is a difference of two values of Owen's T function (Owen 1956; the polygon integral is DiDonato and
Hageman 1982), so the result is exact for polygons, straight boundaries among them. Edges beyond 6 sigma
weigh less than 2e-8 and are left out; for speed the boundary is first simplified by at most sigma/500,
which changes a probability by less than 0.001.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import shapely
from numpy.typing import ArrayLike
from scipy.spatial import cKDTree
from scipy.special import owens_t
from shapely import affinity
from shapely.geometry.base import BaseGeometry

from truceline.core.errors import Fault, InvalidGeometry
from truceline.geo.ellipsoid import MEAN_RADIUS_M, Bools, Floats, Ints, earth_centred, wrapped
from truceline.geo.geojson import coordinate_fault
from truceline.geo.line import Line
from truceline.geo.nearest import LineIndex
from truceline.geo.uncertainty.line import UncertainLine
from truceline.geo.uncertainty.model import SIGMA_PER_BOUND

SIGMA_PER_ERROR = 1.0 / math.sqrt(-2.0 * math.log(0.05))
"""Standard deviation per metre of `error_m`, the radius that holds 95% of a bivariate normal: 1/2.4477."""

_REACH = 6.0
_SIMPLIFIED = 500.0
_BATCH_PAIRS = 2_000_000
_LEAST_ACROSS = 1.0 / 20.0


def contains(polygon: BaseGeometry, lon: ArrayLike, lat: ArrayLike) -> Bools:
    """Whether each point lies in the polygon, its boundary included. Degrees; longitudes of any turn."""
    polygon = checked_polygon(polygon)
    lon = np.atleast_1d(np.asarray(lon, dtype=float))
    lat = np.atleast_1d(np.asarray(lat, dtype=float))
    lon = np.where(np.abs(lon) <= 180.0, lon, wrapped(lon))
    shapely.prepare(polygon)
    inside: Bools = shapely.intersects_xy(polygon, lon, lat)
    edge = np.abs(lon) == 180.0
    if edge.any():
        inside[edge] |= shapely.intersects_xy(polygon, -lon[edge], lat[edge])
    return inside


def signed_distance_m(polygon: BaseGeometry, lon: ArrayLike, lat: ArrayLike) -> Floats:
    """Geodesic distance in metres to the polygon's boundary, negative inside. Degrees, arrays.

    The seams of a polygon split at the antimeridian are no boundary. Exact to 2 mm.
    Raises InvalidGeometry.
    """
    polygon = checked_polygon(polygon)
    line = Line.from_geometry(boundary(polygon), edges="straight")
    distance = LineIndex(line).nearest(lon, lat).distance_m
    return np.where(contains(polygon, lon, lat), -distance, distance)


def p_inside(
    polygon: BaseGeometry,
    lon: ArrayLike,
    lat: ArrayLike,
    error_m: ArrayLike,
    *,
    line: UncertainLine | None = None,
) -> Floats:
    """The probability that each point's true place lies in the polygon; an array of values in [0, 1].

    `lon`, `lat` in degrees, `error_m` the 95% radius in metres (0: the point is exact, the result 0 or 1);
    they broadcast. Moving a point away from the zone never raises its probability. Raises InvalidGeometry.

    `line` is the uncertain line that the polygon was derived from: its displacement moves the polygon's edges
    near the point along the line's perpendicular there, so the point's distribution relative to the polygon
    is a normal one that is wider along that perpendicular by the line's standard deviation (the model of
    `truceline.geo.uncertainty.model`).
    """
    polygon = checked_polygon(polygon)
    x, y, error = (np.asarray(a, dtype=float).ravel() for a in np.broadcast_arrays(lon, lat, error_m))
    bad = ~(np.isfinite(x) & np.isfinite(y) & np.isfinite(error)) | (error < 0) | (np.abs(y) > 90.0)
    if bad.any():
        row = int(np.flatnonzero(bad)[0])
        raise InvalidGeometry.of_faults(
            [
                Fault(
                    "has a position or error_m that cannot be used",
                    source="points",
                    row=row + 1,
                    found=f"lon {x[row]}, lat {y[row]}, error_m {error[row]}",
                    accepted="finite degrees, error_m 0 or more",
                )
            ]
        )
    result = np.zeros(len(x))
    sigma = error * SIGMA_PER_ERROR
    moved, azimuth = _displacement(polygon, x, y, sigma, line)
    widest = np.hypot(sigma, moved)
    # A point all but exact is spread a little across as well; the spread along stays what it is.
    sigma = np.maximum(sigma, widest * _LEAST_ACROSS)
    along = np.where(sigma > 0, widest / np.where(sigma > 0, sigma, 1.0), 1.0).clip(1.0)
    near = _in_reach(polygon, x, y, _REACH * widest)
    exact = near[sigma[near] < 1e-3]
    result[exact] = contains(polygon, x[exact], y[exact])
    # Points of like error share one simplified boundary: sigma within a factor of two.
    uncertain = near[sigma[near] >= 1e-3]
    octave = np.floor(np.log2(sigma[uncertain])).astype(np.int64)
    for power in np.unique(octave):
        rows = uncertain[octave == power]
        edges = _Edges(polygon, tolerance_m=2.0**power / _SIMPLIFIED)
        result[rows] = _masses(edges, x[rows], y[rows], sigma[rows], along[rows], azimuth[rows])
    return result


def _displacement(
    polygon: BaseGeometry, lon: Floats, lat: Floats, sigma: Floats, line: UncertainLine | None
) -> tuple[Floats, Floats]:
    """How far the line's error moves the edges near each point (sigma, metres), and in which azimuth."""
    moved, azimuth = np.zeros(len(lon)), np.zeros(len(lon))
    if line is not None and line.uncertainty.greatest_m > 0.0:
        most = line.uncertainty.greatest_m * SIGMA_PER_BOUND
        near = _in_reach(polygon, lon, lat, _REACH * np.hypot(sigma, most))
        moved[near], azimuth[near] = line.displacement(lon[near], lat[near])
    return moved, azimuth


def boundary(polygon: BaseGeometry) -> BaseGeometry:
    """The polygon's boundary without the seams at the antimeridian and the edges along the poles."""
    coords = polygon.bounds
    lines = polygon.boundary
    if coords[3] >= 90.0 or coords[1] <= -90.0:
        for pole in (90.0, -90.0):
            lines = lines.difference(shapely.LineString([(-180.0, pole), (180.0, pole)]))
    if coords[0] <= -180.0 and coords[2] >= 180.0:
        east = shapely.LineString([(180.0, -90.0), (180.0, 90.0)])
        west = shapely.LineString([(-180.0, -90.0), (-180.0, 90.0)])
        on_east = affinity.translate(lines.intersection(east), -360.0)
        seam = lines.intersection(west).intersection(on_east)
        if not seam.is_empty:
            lines = lines.difference(seam).difference(affinity.translate(seam, 360.0))
    parts = [p for p in shapely.get_parts(lines) if "Line" in p.geom_type and p.length > 0]
    return shapely.MultiLineString([shapely.LineString(p.coords) for p in parts])


def checked_polygon(polygon: BaseGeometry) -> BaseGeometry:
    """The polygon, if it is one and can be used. Raises InvalidGeometry."""
    fault = None
    if polygon.geom_type not in ("Polygon", "MultiPolygon"):
        fault = Fault(
            "is not an area", path="polygon", found=polygon.geom_type, accepted="Polygon or MultiPolygon"
        )
    elif polygon.is_empty:
        fault = Fault("is empty", path="polygon", found="no coordinates", accepted="at least one ring")
    else:
        fault = coordinate_fault(polygon, place="polygon") if _suspect(polygon) else None
        if fault is None and not polygon.is_valid:
            fault = Fault(
                "is not valid",
                path="polygon",
                found=shapely.is_valid_reason(polygon),
                accepted="rings that do not cross or touch themselves",
            )
    if fault is not None:
        raise InvalidGeometry.of_faults([fault])
    return polygon


def _suspect(polygon: BaseGeometry) -> bool:
    coords = shapely.get_coordinates(polygon)
    return not (np.isfinite(coords).all() and (np.abs(coords) <= [180.0, 90.0]).all())


def _in_reach(polygon: BaseGeometry, lon: Floats, lat: Floats, reach_m: Floats) -> Ints:
    """The points whose reach may touch a part's bounding box, by a bound on the sphere that errs to yes."""
    found = np.zeros(len(lon), dtype=bool)
    degrees = np.degrees(reach_m / 6.33e6)
    for west, south, east, north in shapely.bounds(shapely.get_parts(polygon)):
        rows = np.flatnonzero(~found & (lat >= south - degrees) & (lat <= north + degrees))
        if not len(rows):
            continue
        top = np.maximum(max(abs(south), abs(north)), np.abs(lat[rows]))
        cosine = np.cos(np.radians(np.minimum(top + degrees[rows], 90.0)))
        wide = np.degrees(
            2.0 * np.arcsin(np.minimum(np.sin(np.radians(degrees[rows] / 2)) / cosine.clip(1e-9), 1))
        )
        wide = np.where(top + degrees[rows] >= 89.9, 360.0, wide)
        middle, half = (west + east) / 2, (east - west) / 2
        found[rows[np.abs(wrapped(lon[rows] - middle)) <= half + wide]] = True
    return np.flatnonzero(found)


class _Edges:
    """A polygon's boundary, simplified, as short edges in earth-centred space with a tree over them."""

    def __init__(self, polygon: BaseGeometry, tolerance_m: float) -> None:
        # A degree is at most 111.7 km, of longitude or of latitude, so the tolerance holds everywhere.
        simple = shapely.simplify(polygon, tolerance_m / 111_700.0, preserve_topology=True)
        self.polygon = simple if simple.is_valid and not simple.is_empty else polygon
        starts, ends = [], []
        # Seams run once in each direction, so their terms cancel and they may stay.
        for ring in _rings(self.polygon):
            coords = _shortened(ring, tolerance_m / 2.0)
            starts.append(coords[:-1])
            ends.append(coords[1:])
        self.start = earth_centred(*np.vstack(starts).T)
        self.end = earth_centred(*np.vstack(ends).T)
        self.half = np.sqrt(((self.end - self.start) ** 2).sum(axis=1)) / 2
        self.longest = float(self.half.max())
        self.tree = cKDTree((self.start + self.end) / 2)


def _rings(polygon: BaseGeometry) -> list[Floats]:
    """All rings, the area on the left of each."""
    rings: list[Floats] = []
    for part in shapely.get_parts(polygon):
        turned = shapely.orient_polygons(part)
        rings += [shapely.get_coordinates(ring) for ring in (turned.exterior, *turned.interiors)]
    return rings


def _shortened(ring: Floats, deviation_m: float) -> Floats:
    # A straight lon/lat edge is no straight line on the ground: cut where it would stray by the deviation.
    steep = np.tan(np.radians(np.minimum(np.abs(ring).max(axis=0)[1], 89.9))) + 0.01
    longest_m = min(5000.0, math.sqrt(8.0 * MEAN_RADIUS_M * deviation_m / steep))
    a = earth_centred(*ring.T)
    count = np.maximum(np.ceil(np.sqrt((np.diff(a, axis=0) ** 2).sum(axis=1)) / longest_m), 1).astype(
        np.int64
    )
    edge = np.repeat(np.arange(len(count)), count)
    share = (np.arange(len(edge)) - np.repeat(np.cumsum(count) - count, count)) / count[edge]
    return np.vstack([ring[edge] + share[:, None] * (ring[edge + 1] - ring[edge]), ring[-1:]])


def _masses(edges: _Edges, lon: Floats, lat: Floats, sigma: Floats, along: Floats, azimuth: Floats) -> Floats:
    """The exact mass of each point's normal distribution in the polygon of the edges.

    `along` is how many times wider it is in the direction of `azimuth`.
    """
    # Many reports share one place: each is computed once.
    keys = np.column_stack([lon, lat, sigma, along, azimuth])
    distinct, back = np.unique(keys, axis=0, return_inverse=True)
    x, y, across, wider, turned = distinct.T
    spread = across * wider
    result = contains(edges.polygon, x, y).astype(float)
    points = earth_centred(x, y)
    # First only: is any edge in reach at all?
    apart, _ = edges.tree.query(points)
    rows = np.flatnonzero(apart <= _REACH * spread + edges.longest)
    counts = edges.tree.query_ball_point(
        points[rows], _REACH * spread[rows] + edges.longest, return_length=True
    )
    for chosen in np.split(rows, np.flatnonzero(np.diff(np.cumsum(counts) // _BATCH_PAIRS)) + 1):
        if len(chosen):
            lists = edges.tree.query_ball_point(points[chosen], _REACH * spread[chosen] + edges.longest)
            number = np.array([len(item) for item in lists])
            pair_point = np.repeat(chosen, number)
            pair_edge = np.concatenate([np.asarray(item, dtype=np.int64) for item in lists])
            terms = _edge_terms(edges, points, x, y, across, wider, turned, pair_point, pair_edge)
            result -= np.bincount(pair_point, weights=terms, minlength=len(result))
    # Within a fiftieth of sigma of an edge containment and edges may disagree by one whole turn.
    result = np.where(result > 1.0 + 1e-4, result - 1.0, np.where(result < -1e-4, result + 1.0, result))
    clipped: Floats = np.clip(result, 0.0, 1.0)[back.ravel()]
    return clipped


def _edge_terms(
    edges: _Edges,
    points: Floats,
    lon: Floats,
    lat: Floats,
    sigma: Floats,
    along: Floats,
    azimuth: Floats,
    point: Ints,
    edge: Ints,
) -> Floats:
    """The share of each edge: sign * (T(h, t2/h) - T(h, t1/h)), lengths in sigma."""
    ax, ay = _local(points[point], lon[point], lat[point], edges.start[edge])
    bx, by = _local(points[point], lon[point], lat[point], edges.end[edge])
    scale = sigma[point]
    if (along > 1.0).any():
        # Turned and squeezed, so that the wider distribution becomes a round one.
        ax, ay = _squeezed(ax, ay, azimuth[point], along[point])
        bx, by = _squeezed(bx, by, azimuth[point], along[point])
    length = np.hypot(bx - ax, by - ay)
    ok = length > 0
    ux, uy = (bx - ax) / np.where(ok, length, 1.0), (by - ay) / np.where(ok, length, 1.0)
    # Seen from a hair aside (a part in 30,000 of sigma), so that no point lies on an edge or a vertex.
    ax, ay = ax - 2.9e-5 * scale, ay - 1.7e-5 * scale
    # The distance of the point to the left of the edge; the positions of the edge's ends from the foot.
    height = (ux * -ay - uy * -ax) / scale
    t1 = (ax * ux + ay * uy) / scale
    t2 = t1 + length / scale
    h = np.abs(height).clip(1e-12)
    term: Any = owens_t(h, t2 / h) - owens_t(h, t1 / h)
    return np.where(ok, np.sign(height) * term, 0.0)


def _squeezed(east: Floats, north: Floats, azimuth: Floats, by: Floats) -> tuple[Floats, Floats]:
    sine, cosine = np.sin(np.radians(azimuth)), np.cos(np.radians(azimuth))
    return east * cosine - north * sine, (east * sine + north * cosine) / by


def _local(origin: Floats, lon: Floats, lat: Floats, target: Floats) -> tuple[Floats, Floats]:
    """East and north of the target from the origin, stretched to distances along the surface."""
    lam, phi = np.radians(lon), np.radians(lat)
    dx, dy, dz = (target - origin).T
    east = -np.sin(lam) * dx + np.cos(lam) * dy
    north = -np.sin(phi) * (np.cos(lam) * dx + np.sin(lam) * dy) + np.cos(phi) * dz
    flat = np.hypot(east, north)
    share = np.minimum(flat / MEAN_RADIUS_M, 1.0)
    stretch = np.where(share > 1e-9, np.arcsin(share) / share.clip(1e-9), 1.0)
    return east * stretch, north * stretch

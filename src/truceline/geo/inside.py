"""How far points are from a polygon's boundary, and how probably they lie inside given their error.

Polygons follow RFC 7946: lon/lat on WGS 84, straight edges in lon/lat, split at the antimeridian.

The probability. A position with `error_m` e is a bivariate normal around the given point whose 95% radius is
e, so sigma = e / sqrt(-2 ln 0.05), in the plane of distance and azimuth around the point. The mass in a
polygon is, in polar coordinates around the point and by the divergence theorem,
``[inside] - 1/(2 pi) * contour integral of exp(-r^2 / (2 sigma^2)) d(theta)``. Along a straight edge that
integral is a difference of two values of Owen's T function (Owen 1956; the polygon integral is DiDonato and
Hageman 1982); it is computed to 1e-9 (`truceline.geo.masses`), so the result is exact for polygons, straight
boundaries among them. Edges beyond 6 sigma weigh less than 2e-8 and are left out; for speed the boundary is
first simplified by at most sigma/500, which changes a probability by less than 0.001.
"""

from __future__ import annotations

import math

import numpy as np
import shapely
from numpy.typing import ArrayLike
from shapely import affinity
from shapely.geometry.base import BaseGeometry

from truceline.core.errors import Fault, InvalidGeometry
from truceline.geo.ellipsoid import Bools, Floats, Ints, wrapped
from truceline.geo.geojson import coordinate_fault
from truceline.geo.line import Line
from truceline.geo.masses import REACH, edges_of
from truceline.geo.nearest import LineIndex
from truceline.geo.uncertainty.line import UncertainLine
from truceline.geo.uncertainty.model import SIGMA_PER_BOUND

SIGMA_PER_ERROR = 1.0 / math.sqrt(-2.0 * math.log(0.05))
"""Standard deviation per metre of `error_m`, the radius that holds 95% of a bivariate normal: 1/2.4477."""

_SIMPLIFIED = 500.0
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
    distinct, back = _distinct(x, y, error)
    return _probabilities(polygon, x[distinct], y[distinct], error[distinct], line)[back]


def _probabilities(
    polygon: BaseGeometry, x: Floats, y: Floats, error: Floats, line: UncertainLine | None
) -> Floats:
    result = np.zeros(len(x))
    sigma = error * SIGMA_PER_ERROR
    moved, azimuth = _displacement(polygon, x, y, sigma, line)
    widest = np.hypot(sigma, moved)
    # A point all but exact is spread a little across as well; the spread along stays what it is.
    sigma = np.maximum(sigma, widest * _LEAST_ACROSS)
    along = np.where(sigma > 0, widest / np.where(sigma > 0, sigma, 1.0), 1.0).clip(1.0)
    near = _in_reach(polygon, x, y, REACH * widest)
    exact = near[sigma[near] < 1e-3]
    result[exact] = contains(polygon, x[exact], y[exact])
    # Points of like error share one simplified boundary: sigma within a factor of two.
    uncertain = near[sigma[near] >= 1e-3]
    octave = np.floor(np.log2(sigma[uncertain])).astype(np.int64)
    for power in np.unique(octave).tolist():
        rows = uncertain[octave == power]
        edges = edges_of(polygon, 2.0**power / _SIMPLIFIED)
        lon = np.where(np.abs(x[rows]) <= 180.0, x[rows], wrapped(x[rows]))
        result[rows] = edges.masses(lon, y[rows], sigma[rows], along[rows], azimuth[rows])
    return result


def _displacement(
    polygon: BaseGeometry, lon: Floats, lat: Floats, sigma: Floats, line: UncertainLine | None
) -> tuple[Floats, Floats]:
    """How far the line's error moves the edges near each point (sigma, metres), and in which azimuth."""
    moved, azimuth = np.zeros(len(lon)), np.zeros(len(lon))
    if line is not None and line.uncertainty.greatest_m > 0.0:
        most = line.uncertainty.greatest_m * SIGMA_PER_BOUND
        near = _in_reach(polygon, lon, lat, REACH * np.hypot(sigma, most))
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


def _distinct(*columns: Floats) -> tuple[Ints, Ints]:
    """The rows that differ from one another, and for every row which of these it equals."""
    order = np.lexsort(columns)
    new = np.zeros(len(order), dtype=bool)
    new[:1] = True
    for column in columns:
        sorted_column = column[order]
        new[1:] |= sorted_column[1:] != sorted_column[:-1]
    back = np.empty(len(order), dtype=np.int64)
    back[order] = np.cumsum(new) - 1
    return order[new], back

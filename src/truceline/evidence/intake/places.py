"""Places of evidence: a point with its error, or a geometry with a point on it and the radius around that.

Longitude before latitude, WGS 84, metres. A row without a place is fine; half a place is not.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import shapely
from pyproj import Geod

from truceline.core.limits import VERTICES_OF_A_ROW
from truceline.evidence.intake.sheet import Sheet, truth
from truceline.evidence.precision import UNDECLARED_ERROR_M

GEOD = Geod(ellps="WGS84")
FARTHEST_M = 20_037_509.0

Region = tuple[float, float, float, float]
"""West, south, east, north in degrees."""


@dataclass(frozen=True, slots=True)
class Places:
    """The columns of a place; `assumed` marks the rows whose error nobody stated."""

    lon: pa.Array
    lat: pa.Array
    error_m: pa.Array
    geometry: pa.Array
    assumed: npt.NDArray[np.bool_]


def read_points(
    sheet: Sheet, *, decimal: str = ".", region: Region | None = None
) -> tuple[pa.Array, pa.Array]:
    """The fields `lon` and `lat` as checked numbers.

    Refuses half a place, numbers out of range, 0, 0, and coordinates that only make sense swapped: a
    latitude that can only be a longitude, or a point whose mirror image alone lies in `region`.
    """
    lon = sheet.number("lon", -180, 180, "a longitude from -180 to 180", decimal=decimal)
    lat_text = sheet.text("lat")
    free = sheet.number("lat", -180, 180, "a latitude from -90 to 90", decimal=decimal)
    beyond = truth(pc.greater(pc.abs(free), 90))
    could_swap = beyond & truth(pc.less_equal(pc.abs(lon), 90))
    sheet.refuse(
        could_swap,
        "lat",
        "lat is out of range; lon and lat seem to be swapped",
        accepted="a latitude from -90 to 90",
        code="swapped",
    )
    sheet.refuse(
        beyond & ~could_swap, "lat", "lat is out of range", accepted="a latitude from -90 to 90", code="range"
    )
    has_lon, has_lat = truth(pc.is_valid(sheet.text("lon"))), truth(pc.is_valid(lat_text))
    for field, lacking in (("lon", has_lat & ~has_lon), ("lat", has_lon & ~has_lat)):
        sheet.refuse(
            lacking, field, f"{field} is missing", accepted="both lon and lat, or neither", code="missing"
        )
    nowhere = truth(pc.and_(pc.equal(lon, 0.0), pc.equal(free, 0.0)))
    sheet.refuse(
        nowhere,
        "lon",
        "0, 0 stands for a missing place",
        accepted="both lon and lat, or neither",
        code="zero",
    )
    if region is not None:
        mirrored = ~_within(lon, free, region) & _within(free, lon, region)
        sheet.refuse(
            mirrored,
            "lon",
            "lon and lat seem to be swapped: the place lies outside the region, its mirror image inside",
            accepted="longitude in lon, latitude in lat",
            code="swapped",
        )
    return lon, free


def _within(lon: pa.Array, lat: pa.Array, region: Region) -> npt.NDArray[np.bool_]:
    west, south, east, north = region
    x = lon.fill_null(np.nan).to_numpy(zero_copy_only=False)
    y = lat.fill_null(np.nan).to_numpy(zero_copy_only=False)
    across = (x >= west) & (x <= east) if west <= east else (x >= west) | (x <= east)
    inside: npt.NDArray[np.bool_] = across & (y >= south) & (y <= north)
    return inside


def read_error(
    sheet: Sheet, located: npt.NDArray[np.bool_], *, decimal: str = "."
) -> tuple[pa.Array, npt.NDArray[np.bool_]]:
    """The field `error_m` in metres, and where it had to be assumed for a row that has a place."""
    given = sheet.number("error_m", 0, FARTHEST_M, "metres, 0 or more", decimal=decimal)
    assumed = located & truth(pc.is_null(given))
    return pc.if_else(pa.array(assumed), UNDECLARED_ERROR_M, given), assumed


def locate(
    sheet: Sheet,
    shapes: npt.NDArray[np.object_] | None,
    *,
    decimal: str = ".",
    region: Region | None = None,
    field: str = "geometry",
) -> Places:
    """The place of every row from `lon`, `lat`, `error_m` and, where given, a geometry per row.

    A point geometry is the point; any other is kept as WKB, with a point on it in lon, lat, and error_m the
    geodesic radius around that point that holds the geometry, plus the row's own error.
    """
    lon, lat = read_points(sheet, decimal=decimal, region=region)
    if shapes is not None:
        lon, lat = _take_points(sheet, shapes, lon, lat, field)
    located = truth(pc.is_valid(lon))
    if shapes is None or not _extended(shapes).any():
        error, assumed = read_error(sheet, located, decimal=decimal)
        return Places(lon, lat, error, pa.nulls(len(sheet), pa.binary()), assumed)
    extended = _extended(shapes)
    drawn = shapes.copy()
    drawn[~extended] = None
    on_it = np.asarray(shapely.point_on_surface(drawn), dtype=object)
    x, y = np.asarray(shapely.get_x(on_it)), np.asarray(shapely.get_y(on_it))
    own = sheet.number("error_m", 0, FARTHEST_M, "metres, 0 or more", decimal=decimal)
    point_error, assumed = read_error(sheet, located & ~extended, decimal=decimal)
    radius = _radii(drawn, x, y) + own.fill_null(0.0).to_numpy(zero_copy_only=False)
    mask = pa.array(extended)
    wkb = np.asarray(shapely.to_wkb(drawn, byte_order=1), dtype=object)
    return Places(
        pc.if_else(mask, pa.array(x), lon),
        pc.if_else(mask, pa.array(y), lat),
        pc.if_else(mask, pa.array(radius), point_error),
        pa.array(wkb.tolist(), pa.binary()),
        assumed,
    )


def _extended(shapes: npt.NDArray[np.object_]) -> npt.NDArray[np.bool_]:
    found: npt.NDArray[np.bool_] = ~shapely.is_missing(shapes) & (shapely.get_type_id(shapes) != 0)
    return found


def _take_points(
    sheet: Sheet, shapes: npt.NDArray[np.object_], lon: pa.Array, lat: pa.Array, field: str
) -> tuple[pa.Array, pa.Array]:
    given = ~shapely.is_missing(shapes)
    accepted = "a geometry in WGS 84, longitude before latitude"
    empty = given & shapely.is_empty(shapes)
    sheet.refuse(empty, field, "the geometry is empty", accepted=accepted, found=_words(shapes, empty))
    large = given & (shapely.get_num_coordinates(shapes) > VERTICES_OF_A_ROW)
    if large.any():
        # Before its validity is looked at, which takes time that grows faster than the vertices.
        most = f"up to {VERTICES_OF_A_ROW:,}"
        sheet.refuse(large, field, "the geometry has too many vertices", accepted=most, code="too-long")
        shapes[large] = None
        given &= ~large
    bounds = shapely.bounds(shapes)
    with np.errstate(invalid="ignore"):
        limits = np.array([-180, -90, -180, -90]), np.array([180, 90, 180, 90])
        fits = ((bounds >= limits[0]) & (bounds <= limits[1])).all(axis=1)
    finite = shapely.get_coordinates(shapes, return_index=True)
    broken = np.zeros(len(shapes), dtype=np.bool_)
    broken[finite[1][~np.isfinite(finite[0]).all(axis=1)]] = True
    out = given & ~empty & (~fits | broken)
    sheet.refuse(
        out, field, "a coordinate is out of range", accepted=accepted, found=_words(shapes, out), code="range"
    )
    twisted = given & ~empty & ~out & ~shapely.is_valid(shapes)
    sheet.refuse(
        twisted,
        field,
        "the geometry is not valid",
        accepted="a geometry that does not cross itself",
        found=[shapely.is_valid_reason(s) if t else None for s, t in zip(shapes, twisted, strict=True)],
        code="geometry",
    )
    for index in np.flatnonzero(empty | out | twisted):
        shapes[index] = None
    points = ~shapely.is_missing(shapes) & (shapely.get_type_id(shapes) == 0)
    mask = pa.array(points)
    x = pa.array(np.where(points, shapely.get_x(shapes), 0.0))
    y = pa.array(np.where(points, shapely.get_y(shapes), 0.0))
    return pc.if_else(mask, x, lon), pc.if_else(mask, y, lat)


def _words(shapes: npt.NDArray[np.object_], wanted: npt.NDArray[np.bool_]) -> list[str | None]:
    return [
        shapely.to_wkt(shape, rounding_precision=5) if want else None
        for shape, want in zip(shapes, wanted, strict=True)
    ]


def _radii(
    shapes: npt.NDArray[np.object_],
    x: npt.NDArray[np.float64],
    y: npt.NDArray[np.float64],
) -> npt.NDArray[np.float64]:
    """Geodesic distance in metres from each point to the farthest vertex of its geometry."""
    coordinates, owner = shapely.get_coordinates(shapes, return_index=True)
    _, _, distance = GEOD.inv(x[owner], y[owner], coordinates[:, 0], coordinates[:, 1])
    radius = np.zeros(len(shapes))
    np.maximum.at(radius, owner, distance)
    return radius

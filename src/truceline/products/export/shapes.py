"""What the geometry of an observation is: a point only where the place is known, else the area that may
hold it.

Geometries are lon/lat on WGS 84, polygons after RFC 7946.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import shapely
from shapely.affinity import translate
from shapely.geometry.base import BaseGeometry

from truceline.geo.ellipsoid import direct, wrapped

POINT_AT_MOST_M = 5_000.0
"""A place that is known less exactly than this is drawn as the area that holds it: its point would be a label
on a map (UCDP and ACLED code 1, a named settlement, is 5,000 m)."""

SHAPES = ("none", "point", "line", "area", "coarse")
NONE, POINT, LINE, AREA, COARSE = range(5)

_CORNERS = 32
_POINT_BYTES = np.dtype([("order", "u1"), ("type", "<u4"), ("lon", "<f8"), ("lat", "<f8")])

Codes = npt.NDArray[np.int8]
Floats = npt.NDArray[np.float64]


def shapes_of(rows: pa.RecordBatch | pa.Table, *, exact: bool) -> Codes:
    """Per row of OBSERVATION_SCHEMA the number of its shape in SHAPES; without `exact` places are cells."""
    placed = pc.and_(pc.is_valid(rows["lon"]), pc.is_valid(rows["lat"])).to_numpy(zero_copy_only=False)
    drawn = pc.is_valid(rows["geometry"]).to_numpy(zero_copy_only=False)
    if not exact:
        return np.where(placed | drawn, COARSE, NONE).astype(np.int8)
    error = _floats(rows["error_m"])
    # A point without an error is not known to be exact.
    fine = error <= POINT_AT_MOST_M
    found = np.where(placed, np.where(fine, POINT, COARSE), NONE).astype(np.int8)
    if drawn.any():
        kinds = shapely.get_type_id(_geometries(rows["geometry"].filter(pa.array(drawn))))
        codes = np.full(len(kinds), AREA, dtype=np.int8)
        codes[np.isin(kinds, (1, 2, 5))] = LINE
        # A point as WKB is one all the same; what cannot be read has no shape but its point and its error.
        codes[np.isin(kinds, (-1, 0, 4))] = found[drawn][np.isin(kinds, (-1, 0, 4))]
        found[drawn] = codes
    return found


def geometry_of(rows: pa.RecordBatch | pa.Table, shapes: Codes) -> pa.Array:
    """The WKB of rows whose shapes are known, null where there is none."""
    lon, lat, error = (_floats(rows[name]) for name in ("lon", "lat", "error_m"))
    points = np.zeros(len(shapes), dtype=_POINT_BYTES)
    points["order"], points["type"], points["lon"], points["lat"] = 1, 1, lon, lat
    fixed = pa.FixedSizeBinaryArray.from_buffers(
        pa.binary(_POINT_BYTES.itemsize), len(points), [None, pa.py_buffer(points.tobytes())]
    ).cast(pa.binary())
    drawn = pc.is_valid(rows["geometry"]).to_numpy(zero_copy_only=False)
    own = pa.array(drawn & np.isin(shapes, (LINE, AREA, COARSE)))
    found = pc.if_else(own, rows["geometry"], fixed)
    found = pc.if_else(pa.array(shapes == NONE), pa.scalar(None, pa.binary()), found)
    discs = np.flatnonzero((shapes == COARSE) & ~drawn)
    if len(discs):
        # The same few places are reported many times over.
        keys = np.stack([lon[discs], lat[discs], np.nan_to_num(error[discs], nan=POINT_AT_MOST_M)])
        unlike, which = np.unique(keys, axis=1, return_inverse=True)
        areas = shapely.to_wkb(discs_around(*unlike))[which.ravel()]
        mask = np.zeros(len(shapes), dtype=bool)
        mask[discs] = True
        found = pc.replace_with_mask(found, pa.array(mask), pa.array(areas, pa.binary()))
    return found.combine_chunks() if isinstance(found, pa.ChunkedArray) else found


def discs_around(lon: Floats, lat: Floats, radius_m: Floats) -> npt.NDArray[np.object_]:
    """Polygons that hold all places within a geodesic distance of points, at most 0.5% wider."""
    azimuth = -np.linspace(0.0, 360.0, _CORNERS, endpoint=False)
    out = np.asarray(radius_m) / np.cos(np.pi / _CORNERS)
    east, north, _ = direct(lon[:, None], lat[:, None], azimuth[None, :], out[:, None])
    east = lon[:, None] + wrapped(east - lon[:, None])
    rings = shapely.linearrings(np.stack([east, north], axis=-1).reshape(-1, 2), indices=_numbers(len(lon)))
    discs = np.asarray(shapely.polygons(rings), dtype=object)
    polar = np.abs(lat) * 111_000.0 + out > 90.0 * 111_000.0
    beyond = (east.min(axis=1) < -180.0) | (east.max(axis=1) > 180.0)
    for at in np.flatnonzero(polar):
        low, high = float(north[at].min()), float(north[at].max())
        discs[at] = (
            shapely.box(-180.0, low, 180.0, 90.0) if lat[at] > 0 else shapely.box(-180, -90, 180, high)
        )
    for at in np.flatnonzero(beyond & ~polar):
        discs[at] = _cut(discs[at])
    return discs


def _numbers(count: int) -> npt.NDArray[np.intp]:
    return np.repeat(np.arange(count), _CORNERS)


def _cut(area: BaseGeometry) -> BaseGeometry:
    """An area that passes the antimeridian, cut there."""
    pieces = [
        translate(shapely.intersection(area, shapely.box(turn - 180.0, -90.0, turn + 180.0, 90.0)), -turn)
        for turn in (-360.0, 0.0, 360.0)
    ]
    return shapely.union_all(pieces)


def _geometries(column: pa.Array | pa.ChunkedArray) -> npt.NDArray[np.object_]:
    return np.asarray(shapely.from_wkb(column.to_numpy(zero_copy_only=False), on_invalid="ignore"))


def _floats(column: pa.Array | pa.ChunkedArray) -> Floats:
    return np.asarray(column.to_numpy(zero_copy_only=False), dtype=np.float64)

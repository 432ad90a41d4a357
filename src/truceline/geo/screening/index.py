"""The index of a set of zones, and the one pass that screens points against it.

For each point: the zones in force at its time that contain it or whose boundary comes within its error, the
signed geodesic distance to each boundary (negative inside; within 0.1 m), and the probability that it is
inside.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import shapely
from numba import njit
from numpy.typing import ArrayLike, NDArray

from truceline.core.errors import InvalidGeometry
from truceline.geo.inside import SIGMA_PER_ERROR
from truceline.geo.screening.apart import cells_apart
from truceline.geo.screening.boundary import Boundaries, build_boundaries, leaves_of_blocks
from truceline.geo.screening.containment import Codes, over_chunks, zone_codes
from truceline.geo.screening.distances import (
    REACH,
    earth_centred_of,
    geodesic_m,
    near,
    near_in_cells,
    nearest_of_zone,
)
from truceline.geo.screening.grid import Grid, build_grid
from truceline.geo.screening.interiors import SUB
from truceline.geo.screening.membership import zones_at

_ROWS_CHUNK = 1 << 16
ALWAYS_FROM = np.iinfo(np.int64).min
ALWAYS_TO = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """One row per point and zone, ordered by point and zone. Metres; `distance_m` is negative inside.

    `p_inside` is 1 or 0 where the error is 0.
    """

    point: NDArray[np.int64]
    zone: NDArray[np.int32]
    inside: NDArray[np.bool_]
    distance_m: NDArray[np.float64]
    p_inside: NDArray[np.float64]


class ZoneIndex:
    """Zones prepared for screening; read-only, so that threads share it.

    `zones` are valid polygons or multipolygons, lon, lat on WGS 84 (RFC 7946). `valid_from` and `valid_to`
    are microseconds since 1970 UTC, the zone in force from the first up to but not including the second;
    ALWAYS_FROM and ALWAYS_TO where it has no such bound. Raises InvalidGeometry.
    """

    def __init__(
        self,
        zones: Sequence[shapely.Geometry],
        *,
        valid_from: ArrayLike | None = None,
        valid_to: ArrayLike | None = None,
    ) -> None:
        number = len(zones)
        self.valid_from = _bounds(valid_from, number, ALWAYS_FROM)
        self.valid_to = _bounds(valid_to, number, ALWAYS_TO)
        with ThreadPoolExecutor(1) as pool:
            beside = pool.submit(build_boundaries, zones)
            self.grid: Grid = build_grid(zones)
            self.boundaries: Boundaries = beside.result()
        self._block_start, self._block_leaf = leaves_of_blocks(self.boundaries, self.grid)
        self._apart, self._fine_apart, self._cell_m = cells_apart(self.grid)
        south, north = self.grid.y0, self.grid.y0 + self.grid.rows * SUB / self.grid.per_y
        top = min(max(abs(south), abs(north)) + 1.0, 89.0)
        # Of longitude, wherever a zone is within 100 km; a degree is longer than on this sphere.
        self._degrees_per_m = 1.0 / (109_900.0 * math.cos(math.radians(top)))

    @property
    def timed(self) -> bool:
        """Whether any zone has a beginning or an end."""
        return bool((self.valid_from != ALWAYS_FROM).any() or (self.valid_to != ALWAYS_TO).any())

    def contains(self, lon: ArrayLike, lat: ArrayLike, *, threads: int | None = None) -> Codes:
        """Containment alone, exact, in four bytes a point, times left aside; see `zone_codes`."""
        return zone_codes(self.grid, lon, lat, threads=threads)

    def screen(
        self,
        lon: ArrayLike,
        lat: ArrayLike,
        *,
        error_m: ArrayLike = 0.0,
        time_us: ArrayLike | None = None,
        rows: Literal["all", "near"] = "all",
        threads: int | None = None,
    ) -> Rows:
        """Rows for the zones in force that contain a point or come within its `error_m`.

        `lon`, `lat` degrees on WGS 84; `error_m` the 95% radius in metres, one value or one per point;
        `time_us` microseconds since 1970 UTC, needed where zones have times. `rows`: "all", or only those
        whose boundary is within the error ("near"), which is far faster; `contains` says the others. A point
        that is not finite gets no row. Raises InvalidGeometry for lengths that differ or a negative error.
        """
        codes = zone_codes(self.grid, lon, lat, threads=threads)
        count = len(codes.code)
        error = np.ascontiguousarray(np.broadcast_to(np.asarray(error_m, np.float64), count))
        if not (error >= 0.0).all() or np.isinf(error).any():
            raise InvalidGeometry("error_m must be finite and 0 or more for every point")
        time = np.empty(0, np.int64)
        if self.timed:
            if time_us is None:
                raise InvalidGeometry("zones have times, so the points need times as well")
            time = np.ascontiguousarray(time_us, np.int64)
            if time.shape != codes.code.shape:
                raise InvalidGeometry(f"found {len(time)} times for {count} points")
        parts: dict[int, list[tuple[NDArray[Any], ...]]] = {}

        def work(start: int, stop: int) -> int:
            parts[start] = self._chunk(codes, error, time, start, stop, rows == "near")
            return 0

        over_chunks(count, work, threads, size=_ROWS_CHUNK)
        chunks = [part for start in sorted(parts) for part in parts[start]]
        columns = [np.concatenate(column) for column in zip(*chunks, strict=True)] if chunks else []
        if not columns:
            columns = [np.empty(0)] * 5
        kinds = (np.int64, np.int32, np.bool_, np.float64, np.float64)
        return Rows(*(column.astype(kind, copy=False) for column, kind in zip(columns, kinds, strict=True)))

    def _chunk(
        self,
        codes: Codes,
        error: NDArray[np.float64],
        time: NDArray[np.int64],
        start: int,
        stop: int,
        near_only: bool,
    ) -> list[tuple[NDArray[Any], ...]]:
        g, b = self.grid, self.boundaries
        size = 2 * (stop - start) + 1024
        result: list[tuple[NDArray[Any], ...]] = []
        at = start
        while at < stop:
            room = size + 2 * g.zones
            out = (
                np.empty(room, np.int64), np.empty(room, np.int32), np.empty(room, np.bool_),
                np.empty(room), np.empty(room),
            )  # fmt: skip
            at, found = _rows(
                codes.lon, codes.lat, error, time, codes.code, at, stop, size, near_only, *out,
                g.zones, g.x0, g.y0, g.per_x, g.per_y, g.columns, g.rows, g.coarse,
                self._apart, self._fine_apart, self._cell_m, self._degrees_per_m,
                self.valid_from, self.valid_to,
                g.set_start, g.set_zone, g.code_set, g.code_more, g.record_at, g.record_set, g.entry_start,
                g.entry_zone, g.data,
                b.start, b.end, b.degrees, b.leaf_start, b.leaf_zone, b.order,
                b.boxes, self._block_start, self._block_leaf, b.tree, b.zone_leaf,
                b.zone_tree_start, b.zone_trees,
            )  # fmt: skip
            result.append(tuple(column[:found].copy() for column in out))
        return result


def _bounds(values: ArrayLike | None, number: int, default: int) -> NDArray[np.int64]:
    if values is None:
        return np.full(number, default, np.int64)
    bounds = np.ascontiguousarray(values, np.int64)
    if bounds.shape != (number,):
        raise InvalidGeometry(f"found {bounds.size} times for {number} zones")
    return bounds


@njit(cache=True, nogil=True)
def _rows(
    lon: NDArray[np.float64], lat: NDArray[np.float64], error: NDArray[np.float64], time: NDArray[np.int64],
    code: NDArray[np.int32], at: int, stop: int, size: int, near_only: bool,
    out_point: NDArray[np.int64], out_zone: NDArray[np.int32], out_inside: NDArray[np.bool_],
    out_distance: NDArray[np.float64], out_p: NDArray[np.float64],
    zones: int, x0: float, y0: float, per_x: float, per_y: float, columns: int, rows: int,
    coarse: NDArray[np.int32], coarse_apart: NDArray[np.uint8], fine_apart: NDArray[np.uint8], cell_m: float,
    degrees_per_m: float,
    valid_from: NDArray[np.int64], valid_to: NDArray[np.int64],
    set_start: NDArray[np.int64], set_zone: NDArray[np.int32], code_set: NDArray[np.int32],
    code_more: NDArray[np.int32], record_at: NDArray[np.int64], record_set: NDArray[np.int32],
    entry_start: NDArray[np.int64], entry_zone: NDArray[np.int32], data: NDArray[np.float64],
    start: NDArray[np.float64], end: NDArray[np.float64], degrees: NDArray[np.float64],
    leaf_start: NDArray[np.int64], leaf_zone: NDArray[np.int32], order: NDArray[np.int64],
    boxes: NDArray[np.float32], block_start: NDArray[np.int64], block_leaf: NDArray[np.int32],
    tree: NDArray[np.float32], zone_leaf: NDArray[np.int64], zone_tree_start: NDArray[np.int64],
    zone_trees: NDArray[np.float32],
) -> tuple[int, int]:  # fmt: skip
    """Writes rows until the points or the room run out; returns the next point and the rows written."""
    found = 0
    stack, bound = np.empty(256, np.int64), np.empty(256)
    holding = np.empty(zones, np.int64)
    near_zone, piece = np.empty(zones, np.int64), np.empty(zones, np.int64)
    apart, turned = np.empty(zones), np.empty(zones)
    seen = np.zeros(len(leaf_zone), np.int64)
    stamp = 0
    while at < stop and found < size:
        px, py, e = lon[at], lat[at], error[at]
        sigma = e * SIGMA_PER_ERROR
        if sigma < 1e-3:
            sigma = 0.0
        reach = max(e, REACH * sigma)
        value = code[at]
        search = reach > 0.0 and np.isfinite(px) and np.isfinite(py)
        in_cells = False
        if search:
            wide = reach * degrees_per_m
            # Cells know nothing of what is across the antimeridian or around a pole.
            in_cells = abs(px) + wide < 180.0 and abs(py) < 88.0 and reach < 100_000.0
        if search and in_cells:
            fx, fy = (px - x0) * per_x, (py - y0) * per_y
            if fx >= 0.0 and fy >= 0.0 and fx < columns * SUB and fy < rows * SUB:
                column, row = int(fx), int(fy)
                cell = (row // SUB) * columns + column // SUB
                cells = (int(coarse_apart[cell]) - 1) * SUB
                if cells < 0:
                    block = -1 - coarse[cell]
                    cells = int(fine_apart[(block * SUB + row % SUB) * SUB + column % SUB]) - 1
                search = cells * cell_m <= reach
        if not search and (near_only or value == 0):
            at += 1
            continue
        x, y, z = earth_centred_of(px, py)
        by = 0
        west = east = south = north = 0
        if search and in_cells:
            tall = reach / 109_900.0
            west = int(min(max((px - wide - x0) * per_x / SUB, 0.0), columns))
            east = int(min(max((px + wide - x0) * per_x / SUB, -1.0), columns - 1))
            south = int(min(max((py - tall - y0) * per_y / SUB, 0.0), rows))
            north = int(min(max((py + tall - y0) * per_y / SUB, -1.0), rows - 1))
            in_cells = (east - west) < 6 and (north - south) < 6
        for stage in range(2):
            # For near rows distances come first: most points that the cells cannot rule out end there.
            if not search or (stage == 0 and not near_only):
                continue
            if stage == 1 and near_only and (by == 0 or sigma == 0.0):
                continue
            within, spread = (e, 0.0) if stage == 0 else (reach, sigma)
            if in_cells:
                stamp += 1
                by = near_in_cells(
                    px, py, x, y, z, within, spread, west, east, south, north, columns, coarse, block_start,
                    block_leaf, boxes, seen, stamp, start, end, leaf_start, leaf_zone, near_zone, apart,
                    piece, turned,
                )  # fmt: skip
            else:
                by = near(
                    px, py, x, y, z, within, spread, start, end, leaf_start, leaf_zone, order, tree, stack,
                    near_zone, apart, piece, turned,
                )  # fmt: skip
        if near_only and by == 0:
            at += 1
            continue
        held = zones_at(
            px, py, value, holding, set_start, set_zone, code_set, code_more, record_at, record_set,
            entry_start, entry_zone, data,
        )  # fmt: skip
        first = found
        for k in range(held):
            zone = holding[k]
            if len(time) and not (valid_from[zone] <= time[at] < valid_to[zone]):
                continue
            slot = by - 1
            while slot >= 0 and near_zone[slot] != zone:
                slot -= 1
            p = 1.0
            if slot >= 0:
                where = piece[slot]
                if sigma > 0.0:
                    p = _whole(1.0 - turned[slot] / (2.0 * math.pi))
            elif near_only:
                continue
            else:
                where = nearest_of_zone(
                    x, y, z, zone, start, end, leaf_start, zone_leaf, zone_tree_start, zone_trees, stack,
                    bound,
                )  # fmt: skip
            distance = -geodesic_m(px, py, x, y, z, where, start, end, degrees)
            if near_only and -distance > e:
                continue
            out_point[found], out_zone[found], out_inside[found] = at, zone, True
            out_distance[found], out_p[found] = distance, p
            found += 1
        for slot in range(by):
            zone = near_zone[slot]
            if apart[slot] > e * e or (len(time) and not (valid_from[zone] <= time[at] < valid_to[zone])):
                continue
            k = held - 1
            while k >= 0 and holding[k] != zone:
                k -= 1
            if k >= 0:
                continue
            distance = geodesic_m(px, py, x, y, z, piece[slot], start, end, degrees)
            if distance > e:
                continue
            p = _whole(-turned[slot] / (2.0 * math.pi)) if sigma > 0.0 else 0.0
            # Into its place among the rows of the point, by zone.
            row = found
            while row > first and out_zone[row - 1] > zone:
                out_zone[row], out_inside[row] = out_zone[row - 1], out_inside[row - 1]
                out_distance[row], out_p[row] = out_distance[row - 1], out_p[row - 1]
                row -= 1
            out_point[found] = at
            out_zone[row], out_inside[row], out_distance[row], out_p[row] = zone, False, distance, p
            found += 1
        at += 1
    return at, found


@njit(cache=True, nogil=True, inline="always")
def _whole(mass: float) -> float:
    """Into [0, 1]: a hair beside an edge, containment and contour may disagree by one whole turn."""
    if mass > 1.0 + 1e-4:
        mass -= 1.0
    elif mass < -1e-4:
        mass += 1.0
    return min(max(mass, 0.0), 1.0)

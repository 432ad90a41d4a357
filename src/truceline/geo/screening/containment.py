"""Which zones contain each point: the kernel, and the call that runs it on all cores."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numba import njit
from numpy.typing import ArrayLike, NDArray

from truceline.core.errors import InvalidGeometry
from truceline.geo.screening.grid import SUB, Grid
from truceline.geo.screening.orientation import orientation

_CHUNK = 1 << 17


def contains(
    grid: Grid, lon: ArrayLike, lat: ArrayLike, *, threads: int | None = None
) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Every (point, zone) where the zone contains the point or has it on its boundary.

    `lon` and `lat` are degrees on WGS 84, of one length; a point that is not finite lies in no zone. Returns
    the points' numbers, ascending, and the zones' numbers, ascending per point. Exact: equal to evaluation in
    rational arithmetic. Raises InvalidGeometry where the lengths differ.
    """
    x = np.ascontiguousarray(lon, np.float64)
    y = np.ascontiguousarray(lat, np.float64)
    if x.shape != y.shape or x.ndim != 1:
        raise InvalidGeometry(f"lon and lat must be of one length; found {x.shape} and {y.shape}")
    starts = range(0, len(x), _CHUNK)
    workers = threads or os.cpu_count() or 1
    if workers == 1 or len(starts) < 2:
        parts = [_chunk(grid, x, y, start) for start in starts]
    else:
        with ThreadPoolExecutor(workers) as pool:
            parts = list(pool.map(lambda start: _chunk(grid, x, y, start), starts))
    if not parts:
        return np.empty(0, np.int64), np.empty(0, np.int32)
    return np.concatenate([p for p, _ in parts]), np.concatenate([z for _, z in parts])


def _chunk(
    grid: Grid, x: NDArray[np.float64], y: NDArray[np.float64], start: int
) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    stop = min(start + _CHUNK, len(x))
    size = 2 * _CHUNK
    points: list[NDArray[np.int64]] = []
    zones: list[NDArray[np.int32]] = []
    at = start
    while at < stop:
        point, zone = np.empty(size + grid.zones, np.int64), np.empty(size + grid.zones, np.int32)
        at, found = _screen(
            x, y, at, stop, size, point, zone, grid.x0, grid.y0, grid.per_x, grid.per_y, grid.columns,
            grid.rows, grid.coarse, grid.blocks, grid.set_start, grid.set_zone, grid.record_set,
            grid.record_start, grid.entry_zone, grid.entry_x, grid.entry_y, grid.entry_inside,
            grid.entry_start, grid.edges,
        )  # fmt: skip
        points.append(point[:found].copy())
        zones.append(zone[:found].copy())
    return np.concatenate(points), np.concatenate(zones)


@njit(cache=True, nogil=True)
def _screen(
    x: NDArray[np.float64], y: NDArray[np.float64], at: int, stop: int, size: int,
    point: NDArray[np.int64], zone: NDArray[np.int32],
    x0: float, y0: float, per_x: float, per_y: float, columns: int, rows: int,
    coarse: NDArray[np.int32], blocks: NDArray[np.int32],
    set_start: NDArray[np.int32], set_zone: NDArray[np.int32],
    record_set: NDArray[np.int32], record_start: NDArray[np.int64],
    entry_zone: NDArray[np.int32], entry_x: NDArray[np.float64], entry_y: NDArray[np.float64],
    entry_inside: NDArray[np.bool_], entry_start: NDArray[np.int64], edges: NDArray[np.float64],
) -> tuple[int, int]:  # fmt: skip
    """Writes pairs until the points or the room run out; returns the next point and the pairs written."""
    found = 0
    fine_columns, fine_rows = columns * SUB, rows * SUB
    while at < stop and found < size:
        px, py = x[at], y[at]
        fx, fy = (px - x0) * per_x, (py - y0) * per_y
        # Also false for NaN.
        if not (fx >= 0.0 and fy >= 0.0 and fx < fine_columns and fy < fine_rows):
            at += 1
            continue
        column, row = np.int64(fx), np.int64(fy)
        value = coarse[(row // SUB) * columns + column // SUB]
        if value < 0:
            value = blocks[(-1 - value) * SUB * SUB + (row % SUB) * SUB + column % SUB]
        if value >= 0:
            for k in range(set_start[value], set_start[value + 1]):
                point[found], zone[found] = at, set_zone[k]
                found += 1
        else:
            found = _at_boundary(
                px, py, at, -1 - value, found, point, zone, set_start, set_zone, record_set, record_start,
                entry_zone, entry_x, entry_y, entry_inside, entry_start, edges,
            )  # fmt: skip
        at += 1
    return at, found


@njit(cache=True, nogil=True)
def _at_boundary(
    px: float, py: float, at: int, record: int, found: int,
    point: NDArray[np.int64], zone: NDArray[np.int32],
    set_start: NDArray[np.int32], set_zone: NDArray[np.int32],
    record_set: NDArray[np.int32], record_start: NDArray[np.int64],
    entry_zone: NDArray[np.int32], entry_x: NDArray[np.float64], entry_y: NDArray[np.float64],
    entry_inside: NDArray[np.bool_], entry_start: NDArray[np.int64], edges: NDArray[np.float64],
) -> int:  # fmt: skip
    """Writes the pairs of a point near boundaries, zones ascending: a merge of two ascending lists."""
    base = record_set[record]
    k, k_end = set_start[base], set_start[base + 1]
    for entry in range(record_start[record], record_start[record + 1]):
        if not covers_from(
            px, py, entry_x[entry], entry_y[entry], entry_inside[entry], edges, entry_start[entry],
            entry_start[entry + 1],
        ):  # fmt: skip
            continue
        while k < k_end and set_zone[k] < entry_zone[entry]:
            point[found], zone[found] = at, set_zone[k]
            found += 1
            k += 1
        point[found], zone[found] = at, entry_zone[entry]
        found += 1
    while k < k_end:
        point[found], zone[found] = at, set_zone[k]
        found += 1
        k += 1
    return found


@njit(cache=True, nogil=True)
def covers_from(
    px: float,
    py: float,
    rx: float,
    ry: float,
    inside: bool,
    edges: NDArray[np.float64],
    first: int,
    stop: int,
) -> bool:
    """Whether p is inside or on the boundary, from the answer at a reference r and the edges about both.

    An end of an edge that lies on the line r-p counts as to the right of it, which is the same as moving the
    line by less than any distance; what lies on the boundary is asked for first.
    """
    for e in range(first, stop):
        ax, ay, bx, by = edges[e, 0], edges[e, 1], edges[e, 2], edges[e, 3]
        side_a = orientation(rx, ry, px, py, ax, ay)
        side_b = orientation(rx, ry, px, py, bx, by)
        if side_a == 0 or side_b == 0:
            if (px == ax and py == ay) or (px == bx and py == by):
                return True
            if (
                side_a == side_b
                and min(ax, bx) <= px <= max(ax, bx)
                and min(ay, by) <= py <= max(ay, by)
                and orientation(ax, ay, bx, by, px, py) == 0
            ):
                return True
        if (side_a > 0) != (side_b > 0):
            side_p = orientation(ax, ay, bx, by, px, py)
            if side_p == 0:
                return True
            if side_p != orientation(ax, ay, bx, by, rx, ry):
                inside = not inside
    return inside

"""Which zones contain each point: the kernel, and the calls that run it on all cores."""

from __future__ import annotations

import math
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import ArrayLike, NDArray

from truceline.core.errors import InvalidGeometry
from truceline.geo.screening.grid import COMBINED, MIDDLE, WIDE, Grid
from truceline.geo.screening.interiors import SUB
from truceline.geo.screening.membership import zones_at
from truceline.geo.screening.predicate import covers_from
from truceline.geo.screening.prefetch import prefetch

_CHUNK = 1 << 18
_RUN, _LONG = 64, 1024
_STEP = 16
_COARSE_SHIFT = int(math.log2(SUB))
_MIDDLE_SHIFT, _WIDE_SHIFT = int(math.log2(SUB * MIDDLE)), int(math.log2(SUB * WIDE))
_RIM = 1e-6  # of a fine cell


@dataclass(frozen=True, slots=True, eq=False)
class Codes:
    """Which zones contain each point, in four bytes a point.

    `code[i]` is 0 where no zone contains point i; points of equal code of 0 or more lie in the same zones,
    which `members` names. A code below 0 is a place where more than COMBINED boundaries meet in one cell:
    its zones depend on the point and are found by `pairs`.
    """

    grid: Grid
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    code: NDArray[np.int32]

    def members(self, code: int) -> list[int]:
        """The numbers of the zones that a code of 0 or more stands for, ascending."""
        base = self.grid.code_set[code]
        zones = self.grid.set_zone[self.grid.set_start[base] : self.grid.set_start[base + 1]].tolist()
        return sorted(zones + [int(z) for z in self.grid.code_more[code] if z >= 0])

    def pairs(self, *, threads: int | None = None) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
        """Every (point, zone): the points' numbers ascending, the zones' ascending per point."""
        g = self.grid
        index = (
            g.zones, g.set_start, g.set_zone, g.code_set, g.code_more, g.record_at, g.record_set,
            g.entry_start, g.entry_zone, g.data,
        )  # fmt: skip
        parts = over_chunks(
            len(self.code),
            lambda start, stop: _count(self.lon, self.lat, self.code, start, stop, *index),
            threads,
        )
        room = np.r_[0, np.cumsum(parts)].astype(np.int64)
        point, zone = np.empty(room[-1], np.int64), np.empty(room[-1], np.int32)
        over_chunks(
            len(self.code),
            lambda start, stop: _expand(
                self.lon, self.lat, self.code, start, stop, room[start // _CHUNK], point, zone, *index
            ),
            threads,
        )
        return point, zone


def zone_codes(
    grid: Grid,
    lon: ArrayLike,
    lat: ArrayLike,
    *,
    threads: int | None = None,
    out: NDArray[np.int32] | None = None,
) -> Codes:
    """The zones that contain each point or have it on their boundary, as codes.

    `lon` and `lat` are degrees on WGS 84, of one length; a point that is not finite lies in no zone. Exact:
    equal to evaluation in rational arithmetic. `threads`: all cores unless given. Points that come in order
    of place (a cell, a track) are settled by runs, as long as they stay in one cell. `out`
    takes the codes, where memory is at hand
    already. Raises InvalidGeometry where the lengths differ.
    """
    x, y = points_of(lon, lat)
    code = np.empty(len(x), np.int32) if out is None else out
    if code.shape != x.shape or code.dtype != np.int32 or not code.flags.c_contiguous:
        raise InvalidGeometry(f"out must be {len(x)} contiguous int32; found {code.shape} {code.dtype}")
    over_chunks(
        len(x),
        lambda start, stop: _screen(
            x, y, start, stop, code, grid.x0, grid.y0, grid.per_x, grid.per_y, grid.columns, grid.rows,
            grid.wide, grid.middle, grid.coarse, grid.blocks, grid.data,
        ),
        threads,
    )  # fmt: skip
    return Codes(grid, x, y, code)


def points_of(lon: ArrayLike, lat: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Coordinates as the kernels take them. Raises InvalidGeometry where the lengths differ."""
    x = np.ascontiguousarray(lon, np.float64)
    y = np.ascontiguousarray(lat, np.float64)
    if x.shape != y.shape or x.ndim != 1:
        raise InvalidGeometry(f"lon and lat must be of one length; found {x.shape} and {y.shape}")
    return x, y


def contains(
    grid: Grid, lon: ArrayLike, lat: ArrayLike, *, threads: int | None = None
) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """Every (point, zone) where the zone contains the point or has it on its boundary; see `zone_codes`."""
    return zone_codes(grid, lon, lat, threads=threads).pairs(threads=threads)


def over_chunks(
    total: int, work: Callable[[int, int], int], threads: int | None = None, *, size: int = _CHUNK
) -> list[int]:
    """Runs `work(start, stop)` over chunks of the points on the threads; what each returned, in order."""
    starts = range(0, total, size)
    workers = min(threads or os.cpu_count() or 1, len(starts))
    if workers < 2:
        return [work(start, min(start + size, total)) for start in starts]
    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(lambda start: work(start, min(start + size, total)), starts))


@njit(cache=True, nogil=True)
def _screen(
    x: NDArray[np.float64], y: NDArray[np.float64], start: int, stop: int, code: NDArray[np.int32],
    x0: float, y0: float, per_x: float, per_y: float, columns: int, rows: int,
    wide: NDArray[np.int32], middle: NDArray[np.int32], coarse: NDArray[np.int32], blocks: NDArray[np.int32],
    data: NDArray[np.float64],
) -> int:  # fmt: skip
    """Writes the codes of the points; returns how many records it asked."""
    asked = 0
    step_x, step_y = 1.0 / per_x, 1.0 / per_y
    fine_columns, fine_rows = float(columns * SUB), float(rows * SUB)
    far_x, far_y = SUB * WIDE * step_x, SUB * WIDE * step_y
    at_block, at_record = np.empty(_LONG, np.int32), np.empty(_LONG, np.int32)
    at = left = start  # points from `left` to `at` wait to be looked at one by one
    while at < stop:
        ahead = min(at + _RUN, stop) - 1
        # Also where they are not numbers.
        if not (abs(x[ahead] - x[at]) < far_x and abs(y[ahead] - y[at]) < far_y):
            at = min(at + _LONG, stop)
        else:
            fx, fy = (x[at] - x0) * per_x, (y[at] - y0) * per_y
            value = -1
            if fx >= 0.0 and fy >= 0.0 and fx < fine_columns and fy < fine_rows:
                column, row = np.uint32(np.int32(fx)), np.uint32(np.int32(fy))
                shift = np.uint32(_WIDE_SHIFT)
                value = int(wide[(row >> shift) * np.uint32(columns // WIDE) + (column >> shift)])
                if value < 0:
                    shift = np.uint32(_MIDDLE_SHIFT)
                    value = int(middle[(row >> shift) * np.uint32(columns // MIDDLE) + (column >> shift)])
                if value < 0:
                    shift = np.uint32(_COARSE_SHIFT)
                    value = int(coarse[(row >> shift) * np.uint32(columns) + (column >> shift)])
                # The cell in degrees, smaller by more than any rounding: what lies in it has its number too.
                west, south = (
                    float(np.int64((column >> shift) << shift)),
                    float(np.int64((row >> shift) << shift)),
                )
                size = float(np.int64(1) << np.int64(shift)) - _RIM
                end = _leaves(
                    x, y, at, stop, x0 + (west + _RIM) * step_x, x0 + (west + size) * step_x,
                    y0 + (south + _RIM) * step_y, y0 + (south + size) * step_y,
                )  # fmt: skip
                # On the cell's very rim.
                end = max(end, at + 1) if value < 0 else end
            else:
                end = at + 1
            if value >= 0 and end > at:
                if left < at:
                    asked += _one_by_one(
                    x, y, left, at, code, x0, y0, per_x, per_y, columns, rows, coarse, blocks, data, at_block,
                    at_record,
                  )  # fmt: skip
                code[at:end] = value
                left = end
            at = max(end, at + 1)
        while at - left >= _LONG or (at == stop and left < at):
            end = min(left + _LONG, at)
            asked += _one_by_one(
                x, y, left, end, code, x0, y0, per_x, per_y, columns, rows, coarse, blocks, data, at_block,
                at_record,
            )  # fmt: skip
            left = end
    return asked


@njit(cache=True, nogil=True)
def _leaves(
    x: NDArray[np.float64], y: NDArray[np.float64], at: int, stop: int, left: float, right: float,
    low: float, high: float,
) -> int:  # fmt: skip
    """The first point from `at` on that is not in the cell."""
    while at + _RUN <= stop:
        # Indices that cannot be negative, so that the compiler may use vectors.
        run_x, run_y = x[at : at + _RUN], y[at : at + _RUN]
        within = 0
        for i in range(_RUN):
            within += (run_x[i] >= left) & (run_x[i] < right) & (run_y[i] >= low) & (run_y[i] < high)
        if within < _RUN:
            break
        at += _RUN
    while at < stop:
        end = min(at + _STEP, stop)
        run_x, run_y = x[at:end], y[at:end]
        # Without a branch for each, as none could be foreseen.
        still, within = 1, 0
        for i in range(end - at):
            still &= (run_x[i] >= left) & (run_x[i] < right) & (run_y[i] >= low) & (run_y[i] < high)
            within += still
        at += within
        if not still:
            break
    return at


@njit(cache=True, nogil=True)
def _one_by_one(
    x: NDArray[np.float64], y: NDArray[np.float64], at: int, end: int, code: NDArray[np.int32],
    x0: float, y0: float, per_x: float, per_y: float, columns: int, rows: int,
    coarse: NDArray[np.int32], blocks: NDArray[np.int32], data: NDArray[np.float64],
    at_block: NDArray[np.int32], at_record: NDArray[np.int32],
) -> int:  # fmt: skip
    """Writes the codes of a few points; returns how many records it asked."""
    fine_columns, fine_rows = float(columns * SUB), float(rows * SUB)
    side, column_of = np.uint32(SUB), np.uint32(columns)
    # Each step for all points of the run before the next: no branch waits for memory, and what the next
    # step reads is on its way. Indices that cannot be negative need no look for that.
    run_x, run_y, run_code = x[at:end], y[at:end], code[at:end]
    blocked = np.uint32(0)
    for i in range(end - at):
        fx, fy = (run_x[i] - x0) * per_x, (run_y[i] - y0) * per_y
        # Also false for NaN.
        within = (fx >= 0.0) & (fy >= 0.0) & (fx < fine_columns) & (fy < fine_rows)
        column, row = (
            np.uint32(np.int32(fx if within else 0.0)),
            np.uint32(np.int32(fy if within else 0.0)),
        )
        held = coarse[(row // side) * column_of + column // side]
        held = held if within else np.int32(0)
        run_code[i] = held
        at_block[blocked] = i
        blocked += np.uint32(held < 0)
    waiting = np.uint32(0)
    for k in range(blocked):
        u = np.uint32(at_block[k])
        column = np.uint32(np.int32((run_x[u] - x0) * per_x))
        row = np.uint32(np.int32((run_y[u] - y0) * per_y))
        held = blocks[
            np.uint64(-1 - run_code[u]) * np.uint64(SUB * SUB)
            + np.uint64((row % side) * side + column % side)
        ]
        run_code[u] = held
        at_record[waiting] = u
        waiting += np.uint32(held < 0)
        # The record, or whatever is first.
        record = max(-1 - int(held), 0)
        prefetch(data, record)
        prefetch(data, record + 8)
    for k in range(waiting):
        u = np.uint32(at_record[k])
        run_code[u] = at_boundary(run_x[u], run_y[u], -1 - int(run_code[u]), data)
    return int(waiting)


@njit(cache=True, nogil=True)
def at_boundary(px: float, py: float, record: int, data: NDArray[np.float64]) -> int:
    """The code of a point in a cell that boundaries touch; -1 minus the record's number if it has none."""
    zones = int(data[record])
    if zones > COMBINED:
        return -1 - int(data[record + 1])
    k = record + 2 + (1 << zones)
    bits = 0
    for entry in range(zones):
        edges = int(data[k + 3])
        bits |= covers_from(px, py, data[k], data[k + 1], data[k + 2] != 0.0, data, k + 4, edges) << entry
        k += 4 + 4 * edges
    return int(data[record + 2 + bits])


@njit(cache=True, nogil=True)
def _count(
    x: NDArray[np.float64], y: NDArray[np.float64], code: NDArray[np.int32], start: int, stop: int,
    zones: int, set_start: NDArray[np.int64], set_zone: NDArray[np.int32],
    code_set: NDArray[np.int32], code_more: NDArray[np.int32],
    record_at: NDArray[np.int64], record_set: NDArray[np.int32], entry_start: NDArray[np.int64],
    entry_zone: NDArray[np.int32], data: NDArray[np.float64],
) -> int:  # fmt: skip
    """How many pairs the points have."""
    total = 0
    holding = np.empty(zones, np.int64)
    for i in range(start, stop):
        value = code[i]
        if value > 0:
            base = code_set[value]
            total += set_start[base + 1] - set_start[base]
            for k in range(COMBINED):
                total += code_more[value, k] >= 0
        elif value < 0:
            total += zones_at(
                x[i], y[i], value, holding, set_start, set_zone, code_set, code_more, record_at, record_set,
                entry_start, entry_zone, data,
            )  # fmt: skip
    return total


@njit(cache=True, nogil=True)
def _expand(
    x: NDArray[np.float64], y: NDArray[np.float64], code: NDArray[np.int32], start: int, stop: int, at: int,
    point: NDArray[np.int64], zone: NDArray[np.int32],
    zones: int, set_start: NDArray[np.int64], set_zone: NDArray[np.int32],
    code_set: NDArray[np.int32], code_more: NDArray[np.int32],
    record_at: NDArray[np.int64], record_set: NDArray[np.int32], entry_start: NDArray[np.int64],
    entry_zone: NDArray[np.int32], data: NDArray[np.float64],
) -> int:  # fmt: skip
    """Writes the pairs of the points from `at` on; returns how many."""
    found = at
    holding = np.empty(zones, np.int64)
    for i in range(start, stop):
        value = code[i]
        if value == 0:
            continue
        if value > 0 and code_more[value, 0] < 0:
            base = code_set[value]
            for k in range(set_start[base], set_start[base + 1]):
                point[found], zone[found] = i, set_zone[k]
                found += 1
            continue
        number = zones_at(
            x[i], y[i], value, holding, set_start, set_zone, code_set, code_more, record_at, record_set,
            entry_start, entry_zone, data,
        )  # fmt: skip
        for k in range(number):
            point[found + k], zone[found + k] = i, holding[k]
        found += number
    return found - at

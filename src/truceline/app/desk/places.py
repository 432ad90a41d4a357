"""Which rows of a view lie in a box: an index of their places, made in a few hundredths of a second.

A filter by box looks only at the rows of the cells that the box touches, instead of at a million. Rows of one
cell follow one another in the order of the view, so that those of an interval of time are a run of them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numba
import numpy as np
import numpy.typing as npt

from truceline.app.desk.selecting import Bools, Codes, Floats, Ints

SIDE = 256
"""Cells along each side of the grid."""
LARGE_DEG = 0.25
"""What is wider or higher than this is in no cell, and looked at each time."""
_SAMPLE = 10_000
_DEARER = 5
"""How many times longer it takes to look at a row by its cell than in its order."""
_LITTLE = 1e-9
"""More than differences of degrees are rounded by."""

Numbers = npt.NDArray[np.int32]


@dataclass(frozen=True)
class Places:
    """Rows by the cell of their south-western corner.

    The grid covers where most places are; what lies beyond is in the cells of its edge, and so is what of a
    box lies beyond. `ends` says where each cell's rows end among `rows`, `kind` has their kinds. The rows of
    cells are no wider than `wide` and no higher than `high`, in degrees. `large` are rows of no cell.
    """

    west: float
    south: float
    across: float
    up: float
    ends: Numbers
    rows: Numbers
    kind: Codes
    wide: float
    high: float
    large: Numbers

    @classmethod
    def of(cls, west: Floats, south: Floats, east: Floats, north: Floats, kind: Codes) -> Places:
        """The index of these boxes, in degrees; not a number where there is no place."""
        placed = np.isfinite(west)
        wide, high = east - west, north - south
        small = placed & (wide <= LARGE_DEG) & (high <= LARGE_DEG) if east is not west else placed
        some = np.flatnonzero(small)
        some = some[:: max(len(some) // _SAMPLE, 1)]
        if not len(some):
            ends = np.zeros(SIDE * SIDE, np.int32)
            none = np.empty(0, np.int32)
            large = np.flatnonzero(placed).astype(np.int32)
            return cls(0.0, 0.0, 1.0, 1.0, ends, none, kind[:0], 0.0, 0.0, large)
        first_x, last_x = (float(one) for one in np.quantile(west[some], (0.001, 0.999)))
        first_y, last_y = (float(one) for one in np.quantile(south[some], (0.001, 0.999)))
        across, up = max((last_x - first_x) / SIDE, 1e-6), max((last_y - first_y) / SIDE, 1e-6)
        ends, rows = _by_cell(west, south, small, first_x, first_y, across, up)
        return cls(
            first_x, first_y, across, up, ends, rows, kind[rows],
            float(wide[small].max()) + _LITTLE, float(high[small].max()) + _LITTLE,
            np.flatnonzero(placed & ~small).astype(np.int32),
        )  # fmt: skip

    @property
    def grid(self) -> tuple[float, float, float, float, float, float]:
        """What `in_box` takes of the grid."""
        return self.west, self.south, self.across, self.up, self.wide, self.high


@numba.njit(cache=True, nogil=True)
def _cell(value: float, first: float, size: float) -> int:
    """The number of a cell along one side; the edge's for what lies beyond."""
    share = (value - first) / size
    if share < 0:
        return 0
    return SIDE - 1 if share >= SIDE else int(share)


@numba.njit(cache=True, nogil=True)
def _by_cell(
    west: Floats, south: Floats, small: Bools, first_x: float, first_y: float, across: float, up: float
) -> tuple[Numbers, Numbers]:
    """Where each cell's rows end, and the rows cell by cell, in their order within each."""
    counts = np.zeros(SIDE * SIDE, np.int32)
    cells = np.empty(len(west), np.int32)
    for row in range(len(west)):
        if small[row]:
            cells[row] = _cell(south[row], first_y, up) * SIDE + _cell(west[row], first_x, across)
            counts[cells[row]] += 1
    ends = np.cumsum(counts).astype(np.int32)
    at = ends - counts
    rows = np.empty(ends[-1], np.int32)
    for row in range(len(west)):
        if small[row]:
            rows[at[cells[row]]] = row
            at[cells[row]] += 1
    return ends, rows


@numba.njit(cache=True, nogil=True)
def _first_from(rows: Numbers, low: int, high: int, row: int) -> int:
    """The first place from `low` on, before `high`, whose row is this one or a later one."""
    while low < high:
        middle = (low + high) // 2
        if rows[middle] < row:
            low = middle + 1
        else:
            high = middle
    return low


@numba.njit(cache=True, nogil=True)
def in_box(
    grid: tuple[float, float, float, float, float, float], ends: Numbers, rows: Numbers, kind: Codes,
    large: Numbers, kind_of: Codes, west: Floats, south: Floats, east: Floats, north: Floats, end_us: Ints,
    begin: int, sure_row: int, stop: int, box: Floats, from_us: int, wanted_kinds: Bools, more: Bools,
    first: int, limit: int,
) -> tuple[Ints, int]:  # fmt: skip
    """Of the rows from `begin` to `stop` those that meet a box and match: the first `limit` from row `first`
    on, and how many in all. `grid` is west, south, across, up, wide, high of `Places`. Rows before `sure_row`
    end after `from_us`."""
    first_x, first_y, across, up, wide, high = grid
    low_x, high_x = _cell(box[0] - wide, first_x, across), _cell(box[2], first_x, across)
    low_y, high_y = _cell(box[1] - high, first_y, up), _cell(box[3], first_y, up)
    inner_x, inner_y = _cell(box[0], first_x, across), _cell(box[1], first_y, up)
    near = len(large)
    for y in range(low_y, high_y + 1):
        start = y * SIDE + low_x
        near += ends[y * SIDE + high_x] - (0 if start == 0 else ends[start - 1])
    chosen = np.zeros(max(stop - begin, 0), np.bool_)
    total = 0
    if near * _DEARER > len(kind_of):  # most are near: one after the other is faster than cell by cell
        for row in range(begin, stop):
            if (
                wanted_kinds[kind_of[row]]
                and west[row] <= box[2] and east[row] >= box[0]
                and south[row] <= box[3] and north[row] >= box[1]
                and (row < sure_row or end_us[row] > from_us)
                and (len(more) == 0 or more[row])
            ):  # fmt: skip
                chosen[row - begin] = True
                total += 1
        return _first_of(chosen, begin, first, min(limit, total)), total
    for y in range(low_y, high_y + 1):
        for x in range(low_x, high_x + 1):
            cell = y * SIDE + x
            # Whatever begins in a cell between those in which the box begins and ends meets the box.
            sure = inner_x < x < high_x and inner_y < y < high_y
            start = 0 if cell == 0 else ends[cell - 1]
            at = _first_from(rows, start, ends[cell], begin)
            end = _first_from(rows, at, ends[cell], stop)
            for place in range(at, end):
                row = rows[place]
                if (
                    wanted_kinds[kind[place]]
                    and (row < sure_row or end_us[row] > from_us)
                    and (len(more) == 0 or more[row])
                    and (sure or (west[row] <= box[2] and east[row] >= box[0]
                                  and south[row] <= box[3] and north[row] >= box[1]))
                ):  # fmt: skip
                    chosen[row - begin] = True
                    total += 1
    for row in large:
        if (
            begin <= row < stop and wanted_kinds[kind_of[row]] and (len(more) == 0 or more[row])
            and west[row] <= box[2] and east[row] >= box[0] and south[row] <= box[3] and north[row] >= box[1]
            and end_us[row] > from_us
        ):  # fmt: skip
            chosen[row - begin] = True
            total += 1
    return _first_of(chosen, begin, first, min(limit, total)), total


@numba.njit(cache=True, nogil=True)
def _first_of(chosen: Bools, begin: int, first: int, limit: int) -> Ints:
    """The first `limit` rows, from row `first` on, that are chosen of those from `begin` on."""
    found = np.empty(limit, np.int64)
    kept = 0
    for at in range(max(first - begin, 0), len(chosen)):
        if kept == limit:
            break
        if chosen[at]:
            found[kept] = begin + at
            kept += 1
    return found[:kept]

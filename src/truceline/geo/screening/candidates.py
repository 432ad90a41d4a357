"""Which points need a look at boundaries: containment, and what a cell says about the nearest boundary."""

from __future__ import annotations

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

from truceline.geo.screening.containment import at_boundary
from truceline.geo.screening.interiors import SUB
from truceline.geo.screening.prefetch import prefetch

IN_CELLS_M = 100_000.0  # cells say how far boundaries are up to here
# A coarse cell of 0 or more: its code, and in the bits above how many cells away the nearest boundary is.
MARK_BITS = 26
MARK = (1 << MARK_BITS) - 1


@njit(cache=True, nogil=True)
def codes_and_near(
    lon: NDArray[np.float64], lat: NDArray[np.float64], error: NDArray[np.float64], step: int, scale: float,
    start: int, stop: int, code: NDArray[np.int32], everything: bool, holders: bool,
    x0: float, y0: float, per_x: float, per_y: float, columns: int, rows: int,
    marked: NDArray[np.int32], blocks: NDArray[np.int32], fine_apart: NDArray[np.uint8],
    data: NDArray[np.float64], side_x: float, side_y: float, todo: NDArray[np.int64],
) -> int:  # fmt: skip
    """Writes the codes, and the points that their cells do not rule out; returns how many these are.

    The codes are those of `containment`. `side_x`, `side_y`: the least sides of a fine cell in metres.
    `holders`: points that lie in a zone are to do as well; `everything`: all are.
    """
    fine_columns, fine_rows = float(columns * SUB), float(rows * SUB)
    # As in `containment`: each step for many points before the next, and no branch that waits for memory.
    part_lon, part_lat, part_code = lon[start:stop], lat[start:stop], code[start:stop]
    part_error = error[start * step : start * step + 1 + (stop - start - 1) * step]
    number = stop - start
    at_block, at_record = np.empty(number, np.int32), np.empty(number, np.int32)
    is_near = np.empty(number, np.bool_)
    row_of, column_of, one = np.uint32(SUB), np.uint32(columns), np.uint32(1)
    blocked = np.uint32(0)
    for i in range(number):
        fx, fy = (part_lon[i] - x0) * per_x, (part_lat[i] - y0) * per_y
        reach = part_error[i * step] * scale
        # Also false for NaN.
        within = (fx >= 0.0) & (fy >= 0.0) & (fx < fine_columns) & (fy < fine_rows)
        fx, fy = fx if within else 0.0, fy if within else 0.0
        column, row = np.uint32(np.int32(fx)), np.uint32(np.int32(fy))
        held = marked[(row // row_of) * column_of + column // row_of]
        held = held if within else np.int32(0)
        # The nearest touched cell is so many columns or rows away; and this point from the rim of its own.
        left = fx - float(np.int32(column & ~(row_of - one)))
        low = fy - float(np.int32(row & ~(row_of - one)))
        between = float((held >> np.int32(MARK_BITS)) - np.int32(1)) * SUB
        aside = (between + (left if left < SUB - left else SUB - left)) * side_x
        above = (between + (low if low < SUB - low else SUB - low)) * side_y
        is_near[i] = ((aside <= reach) | (above <= reach) | (not within)) & (reach > 0.0)
        part_code[i] = held if held < 0 else held & np.int32(MARK)
        at_block[blocked] = i
        blocked += np.uint32(held < 0)
    boundary = np.uint32(0)
    for k in range(blocked):
        u = np.uint32(at_block[k])
        fx, fy = (part_lon[u] - x0) * per_x, (part_lat[u] - y0) * per_y
        column, row = np.uint32(np.int32(fx)), np.uint32(np.int32(fy))
        cell = np.uint64(-1 - part_code[u]) * np.uint64(SUB * SUB) + np.uint64(
            (row % row_of) * row_of + column % row_of
        )
        value = blocks[cell]
        part_code[u] = value
        at_record[boundary] = u
        boundary += np.uint32(value < 0)
        record = max(-1 - int(value), 0)
        prefetch(data, record)
        prefetch(data, record + 8)
        reach = part_error[u * np.uint32(step)] * scale
        left, low = fx - float(np.int32(column)), fy - float(np.int32(row))
        between = float(np.int32(fine_apart[cell])) - 1.0
        aside = (between + (left if left < 1.0 - left else 1.0 - left)) * side_x
        above = (between + (low if low < 1.0 - low else 1.0 - low)) * side_y
        is_near[u] = ((aside <= reach) | (above <= reach) | (value < 0)) & (reach > 0.0)
    for k in range(boundary):
        u = np.uint32(at_record[k])
        part_code[u] = at_boundary(part_lon[u], part_lat[u], -1 - int(part_code[u]), data)
    waiting = np.uint32(0)
    for i in range(number):
        near = is_near[i] | everything
        todo[waiting] = start + i if near else -1 - (start + i)
        waiting += np.uint32(near | (holders & (part_code[i] != 0)))
    return int(waiting)


@njit(cache=True, nogil=True)
def refined(
    lon: NDArray[np.float64], lat: NDArray[np.float64], error: NDArray[np.float64], step: int, scale: float,
    code: NDArray[np.int32], waiting: int, near_only: bool,
    x0: float, y0: float, per_x: float, per_y: float, columns: int, rows: int,
    marked: NDArray[np.int32], patch: NDArray[np.int32], fine_apart: NDArray[np.uint8],
    side_x: float, side_y: float, degrees_per_m: float, todo: NDArray[np.int64],
) -> int:  # fmt: skip
    """Of the points waiting, those that may have rows; -1 - i where no boundary can concern. How many."""
    fine_columns, fine_rows = float(columns * SUB), float(rows * SUB)
    count = np.uint32(0)
    row_of, column_of, one = np.uint32(SUB), np.uint32(columns), np.uint32(1)
    for k in range(waiting):
        if todo[k] < 0:
            todo[count] = todo[k]
            count += one
            continue
        at = np.uint64(todo[k])
        px, py = lon[at], lat[at]
        reach = error[at * np.uint64(step)] * scale
        fx, fy = (px - x0) * per_x, (py - y0) * per_y
        wide, tall = reach * degrees_per_m, reach / 109_900.0
        if (fx >= 0.0) & (fy >= 0.0) & (fx < fine_columns) & (fy < fine_rows):
            column, row = np.uint32(np.int32(fx)), np.uint32(np.int32(fy))
            cell = (row // row_of) * column_of + column // row_of
            held = marked[cell]
            # What lies in a touched cell has been looked at closely; what lies beside one not yet.
            search = True
            if held >> np.int32(MARK_BITS) == np.int32(1):
                number = np.uint64(patch[cell])
                between = (
                    float(
                        fine_apart[
                            number * np.uint64(SUB * SUB)
                            + np.uint64((row % row_of) * row_of + column % row_of)
                        ]
                    )
                    - 1.0
                )
                left, low = fx - float(column), fy - float(row)
                aside = (between + (left if left < 1.0 - left else 1.0 - left)) * side_x
                above = (between + (low if low < 1.0 - low else 1.0 - low)) * side_y
                search = (aside <= reach) | (above <= reach)
        else:
            search = (
                math.isfinite(px)
                and math.isfinite(py)
                and (px + wide >= x0)
                and (py + tall >= y0)
                and ((px - wide - x0) * per_x <= fine_columns)
                and ((py - tall - y0) * per_y <= fine_rows)
            )
        # Cells know nothing of what is across the antimeridian or around a pole.
        search |= (abs(px) + wide >= 180.0) | (abs(py) >= 88.0) | (reach >= IN_CELLS_M)
        search &= (reach > 0.0) & math.isfinite(px) & math.isfinite(py)
        todo[count] = np.int64(at) if search else -1 - np.int64(at)
        count += np.uint32(search | ((not near_only) & (code[at] != 0)))
    return int(count)

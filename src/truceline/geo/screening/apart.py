"""How far each cell is from the nearest boundary, in cells: what spares most points the search."""

from __future__ import annotations

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray
from scipy.ndimage import distance_transform_cdt

from truceline.geo.screening.grid import Grid
from truceline.geo.screening.interiors import SUB


def cells_apart(grid: Grid) -> tuple[NDArray[np.uint8], NDArray[np.uint8], float]:
    """How many cells away the nearest cell that an edge touches is, counted as a king moves.

    Per coarse cell (in coarse cells, at most 31), per fine cell of the blocks (in fine cells, at most SUB),
    and the least side of a fine cell in metres.
    """
    clear = (grid.coarse >= 0).reshape(grid.rows, grid.columns)
    coarse = np.minimum(distance_transform_cdt(clear, metric="chessboard"), 31).astype(np.uint8)
    top = max(abs(grid.y0), abs(grid.y0 + grid.rows * SUB / grid.per_y))
    # A degree of latitude is at least 110,574 m; one of longitude at least 111,319 m times the cosine.
    side_m = min(110_574.0 / grid.per_y, 111_319.0 * max(math.cos(math.radians(top)), 0.0) / grid.per_x)
    return coarse.ravel(), _fine(grid.coarse, grid.blocks, grid.columns, grid.rows), side_m


@njit(cache=True, nogil=True)
def _fine(coarse: NDArray[np.int32], blocks: NDArray[np.int32], columns: int, rows: int) -> NDArray[np.uint8]:
    """A sweep up and a sweep down (Rosenfeld and Pfaltz 1966) over the blocks, each beside its neighbours."""
    apart = np.full(len(blocks), SUB, np.uint8)
    for at in range(len(blocks)):
        if blocks[at] < 0:
            apart[at] = 0
    for sweep in (1, -1):
        row_range = range(rows * SUB) if sweep == 1 else range(rows * SUB - 1, -1, -1)
        for row in row_range:
            coarse_range = range(columns) if sweep == 1 else range(columns - 1, -1, -1)
            for coarse_column in coarse_range:
                value = coarse[(row // SUB) * columns + coarse_column]
                if value >= 0:
                    continue
                for step in range(SUB):
                    sub = step if sweep == 1 else SUB - 1 - step
                    column = coarse_column * SUB + sub
                    at = ((-1 - value) * SUB + row % SUB) * SUB + sub
                    best = apart[at]
                    for k in range(4):
                        other_row = row - sweep if k < 3 else row
                        other = column + k - 1 if k < 3 else column - sweep
                        if other < 0 or other >= columns * SUB or other_row < 0 or other_row >= rows * SUB:
                            continue
                        held = coarse[(other_row // SUB) * columns + other // SUB]
                        if held < 0:
                            beside = apart[((-1 - held) * SUB + other_row % SUB) * SUB + other % SUB]
                            best = min(best, beside + 1)
                    apart[at] = best
    return apart

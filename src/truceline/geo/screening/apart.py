"""How far each cell is from the nearest boundary, in cells: what spares most points the search."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray
from scipy.ndimage import distance_transform_cdt

from truceline.geo.screening.grid import Grid
from truceline.geo.screening.interiors import SUB

_MOST = 31  # coarse cells
_MOST_FINE = 2 * SUB - 1


@dataclass(frozen=True, slots=True)
class Apart:
    """How many cells away the nearest cell that an edge touches is, counted as a king moves.

    `coarse` per coarse cell, in coarse cells, at most 31. Coarse cells with 0 or 1 there have a patch of
    SUB x SUB in `fine`, in fine cells; that of a touched one has the number of its block. `side_x`, `side_y`:
    no fine cell is narrower or lower, in metres.
    """

    coarse: NDArray[np.uint8]
    patch: NDArray[np.int32]  # per coarse cell its number among the patches, else -1
    fine: NDArray[np.uint8]
    side_x: float
    side_y: float


def cells_apart(grid: Grid) -> Apart:
    """Measures a grid."""
    clear = (grid.coarse >= 0).reshape(grid.rows, grid.columns)
    coarse = np.minimum(distance_transform_cdt(clear, metric="chessboard"), _MOST).astype(np.uint8).ravel()
    patch = np.full(len(coarse), -1, np.int32)
    touched, beside = np.flatnonzero(coarse == 0), np.flatnonzero(coarse == 1)
    patch[touched] = -1 - grid.coarse[touched]
    patch[beside] = np.arange(len(beside), dtype=np.int32) + len(touched)
    fine = np.full((len(touched) + len(beside)) * SUB * SUB, _MOST_FINE, np.uint8)
    fine[: len(grid.blocks)][grid.blocks < 0] = 0
    _sweep(patch, fine, grid.columns, grid.rows)
    top = max(abs(grid.y0), abs(grid.y0 + grid.rows * SUB / grid.per_y))
    # A degree of latitude is at least 110,574 m; one of longitude at least 111,319 m times the cosine. The
    # way to a meridian bends towards the pole: at 88 degrees it is shorter by 2e-4 at 8 km, 4% at 100 km.
    return Apart(
        coarse=coarse, patch=patch, fine=fine,
        side_x=0.95 * 111_319.0 * max(math.cos(math.radians(top)), 0.0) / grid.per_x,
        side_y=0.999 * 110_574.0 / grid.per_y,
    )  # fmt: skip


@njit(cache=True, nogil=True)
def _sweep(patch: NDArray[np.int32], fine: NDArray[np.uint8], columns: int, rows: int) -> None:
    """A sweep up and a sweep down over the patches (Rosenfeld and Pfaltz 1966)."""
    most = np.uint8(_MOST_FINE)
    one = np.uint8(1)
    width = columns * SUB + 2
    for up in (True, False):
        before, now = np.full(width, most), np.full(width, most)
        for step in range(rows * SUB):
            row = step if up else rows * SUB - 1 - step
            now[:] = most
            for place in range(columns):
                column = place if up else columns - 1 - place
                number = np.int64(patch[(row // SUB) * columns + column])
                if number < 0:
                    continue
                at = (number * SUB + row % SUB) * SUB
                for k in range(SUB):
                    sub = k if up else SUB - 1 - k
                    here = column * SUB + sub + 1
                    beside = now[here - 1] if up else now[here + 1]
                    best = min(before[here - 1], before[here], before[here + 1], beside)
                    best = np.uint8(min(best + one, fine[at + sub]))
                    now[here] = best
                    fine[at + sub] = best
            before, now = now, before

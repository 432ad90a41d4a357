"""Whether one point lies in a zone, from a point of reference and the edges about both."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from truceline.geo.screening.orientation import orientation


@njit(cache=True, nogil=True)
def covers_from(
    px: float, py: float, rx: float, ry: float, inside: bool, data: NDArray[np.float64], k: int, edges: int
) -> int:
    """1 where p is inside or on the boundary, from the answer at a reference r and the edges about both.

    An end of an edge that lies on the line r-p counts as to the right of it, which is the same as moving the
    line by less than any distance; what lies on the boundary is asked for first.
    """
    for _ in range(edges):
        ax, ay, bx, by = data[k], data[k + 1], data[k + 2], data[k + 3]
        k += 4
        side_a = orientation(rx, ry, px, py, ax, ay)
        side_b = orientation(rx, ry, px, py, bx, by)
        if side_a == 0 or side_b == 0:
            if (px == ax and py == ay) or (px == bx and py == by):
                return 1
            if (
                side_a == side_b
                and min(ax, bx) <= px <= max(ax, bx)
                and min(ay, by) <= py <= max(ay, by)
                and orientation(ax, ay, bx, by, px, py) == 0
            ):
                return 1
        if (side_a > 0) != (side_b > 0):
            side_p = orientation(ax, ay, bx, by, px, py)
            if side_p == 0:
                return 1
            if side_p != orientation(ax, ay, bx, by, rx, ry):
                inside = not inside
    return 1 if inside else 0

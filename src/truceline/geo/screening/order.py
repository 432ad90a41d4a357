"""Points in the order of where they lie, so that neighbours use the same memory, and rows back in theirs.

What screening near boundaries waits for is memory: points in no order touch blocks all over the index. In the
order of a curve that fills the plane (Morton 1966) the next point mostly needs what the last one has brought.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

_MOST_BITS = 8


@njit(cache=True, nogil=True)
def by_place(
    lon: NDArray[np.float64], lat: NDArray[np.float64], todo: NDArray[np.int64], count: int,
    x0: float, y0: float, width: float, height: float,
) -> NDArray[np.int64]:  # fmt: skip
    """The numbers of the first `count` entries of `todo`, in the order of their places.

    Those of one place stay in their order. `todo` holds points i, or -1 - i; the area is `width` by `height`
    degrees from `x0`, `y0` on, and what lies outside counts as on its rim.
    """
    bits = 1
    while bits < _MOST_BITS and 1 << 2 * bits < count:
        bits += 1
    side = float(1 << bits)
    key = np.empty(count, np.uint16)
    start = np.zeros((1 << 2 * bits) + 1, np.int64)
    for k in range(count):
        point = todo[k] if todo[k] >= 0 else -1 - todo[k]
        fx, fy = (lon[point] - x0) / width * side, (lat[point] - y0) / height * side
        # Also 0 for NaN.
        fx, fy = fx if fx > 0.0 else 0.0, fy if fy > 0.0 else 0.0
        x, y = np.uint32(min(fx, side - 1.0)), np.uint32(min(fy, side - 1.0))
        key[k] = _spread(x) | _spread(y) << np.uint32(1)
        start[np.int64(key[k]) + 1] += 1
    for k in range(1, len(start)):
        start[k] += start[k - 1]
    order = np.empty(count, np.int64)
    for k in range(count):
        order[start[key[k]]] = k
        start[key[k]] += 1
    return order


@njit(cache=True, nogil=True, inline="always")
def _spread(value: np.uint32) -> np.uint32:
    """Eight bits with a 0 before each."""
    value = (value | value << np.uint32(4)) & np.uint32(0x0F0F)
    value = (value | value << np.uint32(2)) & np.uint32(0x3333)
    return (value | value << np.uint32(1)) & np.uint32(0x5555)


@njit(cache=True, nogil=True)
def by_point(
    first: NDArray[np.int64], number: NDArray[np.int64], rows: int,
    point: NDArray[np.int64], zone: NDArray[np.int32], inside: NDArray[np.bool_],
    distance: NDArray[np.float64], p: NDArray[np.float64],
) -> tuple[
    NDArray[np.int64], NDArray[np.int32], NDArray[np.bool_], NDArray[np.float64], NDArray[np.float64]
]:  # fmt: skip
    """The rows, those of candidate k being `number[k]` from `first[k]` on, in the order of the candidates."""
    points, zones, insides = np.empty(rows, np.int64), np.empty(rows, np.int32), np.empty(rows, np.bool_)
    distances, ps = np.empty(rows), np.empty(rows)
    at = 0
    for k in range(len(first)):
        for row in range(first[k], first[k] + number[k]):
            points[at], zones[at], insides[at] = point[row], zone[row], inside[row]
            distances[at], ps[at] = distance[row], p[row]
            at += 1
    return points, zones, insides, distances, ps

"""From a point's code to the numbers of the zones that contain it."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from truceline.geo.screening.grid import COMBINED
from truceline.geo.screening.predicate import covers_from


@njit(cache=True, nogil=True)
def zones_at(
    px: float, py: float, value: int, zone: NDArray[np.int64],
    set_start: NDArray[np.int64], set_zone: NDArray[np.int32], code_set: NDArray[np.int32],
    code_more: NDArray[np.int32], record_at: NDArray[np.int64], record_set: NDArray[np.int32],
    entry_start: NDArray[np.int64], entry_zone: NDArray[np.int32], data: NDArray[np.float64],
) -> int:  # fmt: skip
    """Writes the zones that contain the point of code `value`, ascending; returns how many."""
    if value == 0:
        return 0
    found = 0
    record = -1 - value if value < 0 else 0
    base = record_set[record] if value < 0 else code_set[value]
    j, j_end = set_start[base], set_start[base + 1]
    more = entry_start[record + 1] - entry_start[record] if value < 0 else COMBINED
    k = record_at[record] + 2
    for entry in range(more):
        if value > 0:
            extra = code_more[value, entry]
            if extra < 0:
                break
        else:
            first, edges = k + 4, int(data[k + 3])
            k = first + 4 * edges
            if not covers_from(
                px, py, data[first - 4], data[first - 3], data[first - 2] != 0.0, data, first, edges
            ):
                continue
            extra = entry_zone[entry_start[record] + entry]
        while j < j_end and set_zone[j] < extra:
            zone[found] = set_zone[j]
            found += 1
            j += 1
        zone[found] = extra
        found += 1
    while j < j_end:
        zone[found] = set_zone[j]
        found += 1
        j += 1
    return found

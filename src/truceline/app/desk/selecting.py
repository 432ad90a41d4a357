"""What may be asked of a view, and the kernel that finds the rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

import numba
import numpy as np
import numpy.typing as npt

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]
Codes = npt.NDArray[np.uint16]
Floats = npt.NDArray[np.float64]

NO_BOX = (-np.inf, -np.inf, np.inf, np.inf)
LONGEST = 2**62


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for. `box` is west, south, east, north in degrees; instants are aware.

    `known_at`: only what was recorded by then. `standing`: only what counts, neither superseded nor
    retracted by what was recorded by then. `words` are looked for in what the
    reader may see of place, report and names. `where` is one truth value a row, of a filter that was made of
    this view.
    """

    box: tuple[float, float, float, float] | None = None
    start: datetime | None = None
    end: datetime | None = None
    recorded_after: datetime | None = None
    kinds: tuple[str, ...] = ()
    actor: str | None = None
    source: str | None = None
    zone: str | None = None
    words: str | None = None
    synthetic: bool | None = None
    claim: bool | None = None
    standing: bool = True
    known_at: datetime | None = None
    where: Bools | None = field(default=None, compare=False)


@numba.njit(cache=True, nogil=True)
def matching(
    west: Floats, south: Floats, east: Floats, north: Floats, start_us: Ints, end_us: Ints, kind: Codes,
    longest_us: int, box: Floats, from_us: int, to_us: int, wanted_kinds: Bools, any_place: bool, more: Bools,
    first: int, limit: int,
) -> tuple[Ints, int]:  # fmt: skip
    """The first `limit` rows from `first` on that match, and how many match in all.

    `start_us` falls from row to row and no row lasts longer than `longest_us`, so that an interval of time
    is a run of rows, outside of which none is looked at.
    """
    found = np.empty(limit, np.int64)
    kept, total = 0, 0
    low, high = 0, len(kind)
    while low < high:  # the first row that began before the interval's end
        middle = (low + high) // 2
        if start_us[middle] >= to_us:
            low = middle + 1
        else:
            high = middle
    for row in range(low, len(kind)):
        if start_us[row] + longest_us <= from_us:  # nor does any row after it reach into the interval
            break
        if not wanted_kinds[kind[row]] or end_us[row] <= from_us:
            continue
        if not any_place and not (
            west[row] <= box[2] and east[row] >= box[0] and south[row] <= box[3] and north[row] >= box[1]
        ):
            continue
        if len(more) and not more[row]:
            continue
        total += 1
        if row >= first and kept < limit:
            found[kept] = row
            kept += 1
    return found[:kept], total

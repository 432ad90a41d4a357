"""What may be asked of a view, and the kernels that find the rows."""

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
def run_of(start_us: Ints, longest_us: int, from_us: int, to_us: int) -> tuple[int, int, int]:
    """The first row that can be of an interval of time, and the first after it that cannot: `start_us` falls
    from row to row and no row lasts longer than `longest_us`. Between: the first that began before the
    interval, or at its start, and may have ended before it."""
    low, high = 0, len(start_us)
    while low < high:  # the first row that began before the interval's end
        middle = (low + high) // 2
        if start_us[middle] >= to_us:
            low = middle + 1
        else:
            high = middle
    begin, high = low, len(start_us)
    while low < high:  # the first row that began no later than its start
        middle = (low + high) // 2
        if start_us[middle] > from_us:
            low = middle + 1
        else:
            high = middle
    sure, high = low, len(start_us)
    while low < high:  # the first row that ended before its start, as did all after it
        middle = (low + high) // 2
        if start_us[middle] + longest_us > from_us:
            low = middle + 1
        else:
            high = middle
    return begin, sure, low


@numba.njit(cache=True, nogil=True)
def anywhere(
    end_us: Ints, kind: Codes, begin: int, sure: int, stop: int, from_us: int, wanted_kinds: Bools,
    more: Bools, first: int, limit: int,
) -> tuple[Ints, int]:  # fmt: skip
    """Of the rows from `begin` to `stop` those that match, wherever they are: the first `limit` from row
    `first` on, and how many in all. Rows before `sure` end after
    `from_us`."""
    found = np.empty(min(limit, max(stop - begin, 0)), np.int64)
    kept, total = 0, 0
    for row in range(begin, stop):
        if (
            not wanted_kinds[kind[row]]
            or (row >= sure and end_us[row] <= from_us)
            or (len(more) and not more[row])
        ):
            continue
        total += 1
        if row >= first and kept < limit:
            found[kept] = row
            kept += 1
    return found[:kept], total

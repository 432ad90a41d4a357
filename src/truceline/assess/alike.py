"""Which rows are alike, compiled: numbers mixed out of columns, and the first row that says the same."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from numba import njit

Numbers = npt.NDArray[np.uint64]
Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int32]
Ints = npt.NDArray[np.int64]

_STEP, _FIRST, _SECOND = (
    np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB),
)  # fmt: skip
_NOTHING, _MOST, _LEAST = np.array([-1e9, np.finfo(float).max, np.finfo(float).min]).view(np.uint64)


@njit(cache=True, nogil=True, inline="always")
def _mixed(left: np.uint64, right: np.uint64) -> np.uint64:
    # splitmix64's finaliser over a running combination.
    value = left * _STEP + right
    value ^= value >> np.uint64(30)
    value *= _FIRST
    value ^= value >> np.uint64(27)
    value *= _SECOND
    return value ^ (value >> np.uint64(31))


@njit(cache=True, nogil=True)
def mix(mixed: Numbers, more: Numbers) -> None:
    """Mixes one more number into that of every row, in place."""
    for row in range(len(mixed)):
        mixed[row] = _mixed(mixed[row], more[row])


@njit(cache=True, nogil=True)
def mix_floats(mixed: Numbers, values: Floats, bits: Numbers) -> None:
    """The same of floats, given with their bits; NaN is a number that no coordinate or error has."""
    for row in range(len(mixed)):
        more = bits[row]
        if np.isnan(values[row]):
            more = _NOTHING
        elif np.isinf(values[row]):
            more = _MOST if values[row] > 0.0 else _LEAST
        mixed[row] = _mixed(mixed[row], more)


@njit(cache=True, nogil=True)
def first_alike(numbers: Numbers) -> Codes:
    """Per row the first row that has the same number."""
    table = _room(len(numbers))
    most = np.uint64(len(table) - 1)
    first = np.empty(len(numbers), np.int32)
    for row in range(len(numbers)):
        at = _mixed(np.uint64(0), numbers[row]) & most
        while table[at] >= 0 and numbers[table[at]] != numbers[row]:
            at = (at + np.uint64(1)) & most
        if table[at] < 0:
            table[at] = row
        first[row] = table[at]
    return first


@njit(cache=True, nogil=True)
def numbered(lon: Numbers, lat: Numbers, code: Codes) -> tuple[Codes, Codes]:
    """Per row the number of its triple, numbered as they come, and per triple its first row. `lon` and `lat`
    are the bits of floats."""
    table = _room(len(code))
    most = np.uint64(len(table) - 1)
    number, first, count = np.empty(len(code), np.int32), np.empty(len(code), np.int32), 0
    for row in range(len(code)):
        at = _mixed(_mixed(lon[row], lat[row]), np.uint64(code[row] + 1)) & most
        while table[at] >= 0:
            other = first[table[at]]
            if lon[other] == lon[row] and lat[other] == lat[row] and code[other] == code[row]:
                break
            at = (at + np.uint64(1)) & most
        if table[at] < 0:
            table[at], first[count] = count, row
            count += 1
        number[row] = table[at]
    return number, first[:count].copy()


@njit(cache=True, nogil=True)
def joined(one: Ints, other: Ints, ones: int, others: int) -> Ints:
    """Per row the number of its group: rows that share a number of either kind, directly or through others.

    Numbers of the first kind run from 0 up to `ones`, of the second up to `others`.
    """
    leader = np.arange(ones + others)
    for row in range(len(one)):
        first, second = _leader(leader, one[row]), _leader(leader, ones + other[row])
        leader[max(first, second)] = min(first, second)
    group = np.empty(len(one), np.int64)
    for row in range(len(one)):
        group[row] = _leader(leader, one[row])
    return group


@njit(cache=True, nogil=True)
def _leader(leader: Ints, number: int) -> int:
    while leader[number] != number:
        leader[number] = leader[leader[number]]
        number = leader[number]
    return number


@njit(cache=True, nogil=True)
def _room(rows: int) -> Codes:
    """An empty table of hashes for so many rows, at most half full."""
    slots = 16
    while slots < 2 * rows:
        slots *= 2
    return np.full(slots, -1, np.int32)

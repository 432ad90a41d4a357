"""Walking back over words and the sets of cells that newer words have left unsettled, compiled.

The recursion of `truceline.route.passage`. A set is a row of 64-bit words, a bit per cell; equal sets are
found by a table of hashes and compared whole, so nothing rests on a hash. Sums run in the order in which the
sets came to be, so that an answer never depends on where they lie in memory.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from numba import njit

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Sets = npt.NDArray[np.uint64]

_ALL = np.uint64(2**64 - 1)


@njit(cache=True, nogil=True)
def walk_back(
    opens: Flags,
    whole: Flags,
    p: Floats,
    first: Ints,
    end: Ints,
    length_m: Floats,
    sizes_m: Floats,
    most: int,
    negligible: float,
) -> tuple[float, float, Floats]:
    """P(all is open), P(something is closed) and per word that closes P(it is true and still stands).

    Words newest first: whether each opens, whether it closes the `whole` of its stretch (or somewhere on
    it), its probability, its cells from `first` up to `end`, its stretch's length. Beyond `most` sets the
    least probable are given up; chances up to `negligible` are not followed.
    """
    width = (len(sizes_m) + 63) // 64
    room = 2 * most + 2
    sets, chance, clear = np.zeros((room, width), np.uint64), np.zeros(room), np.zeros(room)
    new_sets, new_chance, new_clear = np.zeros((room, width), np.uint64), np.zeros(room), np.zeros(room)
    slots = 64
    while slots < 2 * room:
        slots *= 2
    table = np.empty(slots, np.int64)
    row, kept = np.zeros(width, np.uint64), np.zeros(width, np.uint64)
    for cell in range(len(sizes_m)):
        sets[0, cell >> 6] |= np.uint64(1) << np.uint64(cell & 63)
    count, chance[0], clear[0] = 1, 1.0, 1.0
    given_up = 0.0
    stands = np.zeros(len(p))
    for n in range(len(p)):
        if not opens[n]:
            for s in range(count):
                hit = p[n] * _reached(sets[s], first[n], end[n], sizes_m, whole[n], length_m[n])
                stands[n] += chance[s] * hit
                clear[s] *= 1.0 - hit
            continue
        table[:] = -1
        found = 0
        kept[:] = _ALL
        for cell in range(first[n], end[n]):
            kept[cell >> 6] &= ~(np.uint64(1) << np.uint64(cell & 63))
        for s in range(count):
            for opened in (True, False):
                share = p[n] if opened else 1.0 - p[n]
                if chance[s] * share <= negligible:
                    continue
                for k in range(width):
                    row[k] = sets[s, k] & (kept[k] if opened else _ALL)
                at = _place(table, new_sets, row)
                if table[at] < 0:
                    table[at] = found
                    new_sets[found], new_chance[found], new_clear[found] = row, 0.0, 0.0
                    found += 1
                new_chance[table[at]] += chance[s] * share
                new_clear[table[at]] += clear[s] * share
        if found > most:
            order = _likeliest_first(new_chance, new_sets, found)
            for k in range(most):
                sets[k], chance[k], clear[k] = (
                    new_sets[order[k]], new_chance[order[k]], new_clear[order[k]]
                )  # fmt: skip
            dropped = 0.0
            for k in range(most, found):
                dropped += new_clear[order[k]]
            given_up += dropped
            count = most
        else:
            sets, new_sets = new_sets, sets
            chance, new_chance = new_chance, chance
            clear, new_clear = new_clear, clear
            count = found
    nothing_closed, p_open = 0.0, 0.0
    for s in range(count):
        nothing_closed += clear[s]
        if not sets[s].any():
            p_open = clear[s]
    return p_open, max(1.0 - nothing_closed - given_up, 0.0), stands


@njit(cache=True, nogil=True)
def _reached(unsettled: Sets, first: int, end: int, sizes_m: Floats, whole: bool, length_m: float) -> float:
    """How far what a word closes lies on cells that no newer word has opened."""
    left = 0.0
    for cell in range(first, end):
        if (unsettled[cell >> 6] >> np.uint64(cell & 63)) & np.uint64(1):
            if whole:
                return 1.0
            left += sizes_m[cell]
    return min(left / length_m, 1.0)


@njit(cache=True, nogil=True)
def _place(table: Ints, sets: Sets, row: Sets) -> int:
    """Where a set is in the table, or the free place for it."""
    mixed = np.uint64(0)
    for word in row:
        mixed = (mixed ^ word) * np.uint64(0x9E3779B97F4A7C15)
        mixed ^= mixed >> np.uint64(29)
    at = np.int64(mixed & np.uint64(len(table) - 1))
    while table[at] >= 0 and not _equal(sets[table[at]], row):
        at = (at + 1) & (len(table) - 1)
    return int(at)


@njit(cache=True, nogil=True)
def _equal(one: Sets, other: Sets) -> bool:
    same = True
    for k in range(len(one)):
        same &= one[k] == other[k]
    return same


@njit(cache=True, nogil=True)
def _likeliest_first(chance: Floats, sets: Sets, count: int) -> Ints:
    """The order of the sets, likeliest first; of equals the one whose last cells are settled first."""
    order = np.argsort(-chance[:count], kind="mergesort")
    for k in range(1, count):
        at = k
        while (
            at > 0
            and chance[order[at - 1]] == chance[order[at]]
            and _before(sets[order[at]], sets[order[at - 1]])
        ):
            order[at - 1], order[at] = order[at], order[at - 1]
            at -= 1
    return order


@njit(cache=True, nogil=True)
def _before(one: Sets, other: Sets) -> bool:
    for k in range(len(one) - 1, -1, -1):
        if one[k] != other[k]:
            return bool(one[k] < other[k])
    return False

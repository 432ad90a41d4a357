"""Which zones wholly contain a cell: found once for each run of like cells, written to all of the run.

Along a row of cells the containing zones change only where an edge touches a cell, so that one probe per run
of untouched cells (and one per touched cell, for the zones whose boundary is elsewhere) settles the grid.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

SUB = 8


@njit(cache=True, nogil=True)
def probes_of(
    coarse: NDArray[np.int32], blocks: NDArray[np.int32], columns: int, rows: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """One probe per run, ordered by fine row and column.

    Returns the first probe of each fine row, each probe's fine column, and each probe's record (-1: none).
    Coarse cells are probed on the middle fine row of theirs.
    """
    start = np.zeros(rows * SUB + 1, np.int64)
    column_of = np.empty(0, np.int64)
    record_of = np.empty(0, np.int64)
    for write in (False, True):
        if write:
            column_of = np.empty(start[-1], np.int64)
            record_of = np.empty(start[-1], np.int64)
        found = 0
        for fine_row in range(rows * SUB):
            row, sub_row = fine_row // SUB, fine_row % SUB
            running = False
            for column in range(columns):
                value = coarse[row * columns + column]
                if value >= 0:
                    if sub_row == SUB // 2 and not running:
                        if write:
                            column_of[found] = column * SUB + SUB // 2
                            record_of[found] = -1
                        found += 1
                    running = True
                    continue
                running = False
                first = (-1 - value) * SUB * SUB + sub_row * SUB
                in_block = False
                for sub_column in range(SUB):
                    held = blocks[first + sub_column]
                    if held >= 0 and in_block:
                        continue
                    in_block = held >= 0
                    if write:
                        column_of[found] = column * SUB + sub_column
                        record_of[found] = -1 if held >= 0 else -1 - held
                    found += 1
            start[fine_row + 1] = found
    return start, column_of, record_of


@njit(cache=True, nogil=True)
def sets_of(
    zones: int, by_zone: NDArray[np.int64], zone_start: NDArray[np.int64], record_of_entry: NDArray[np.int64],
    records: int, probe_start: NDArray[np.int64], probe_column: NDArray[np.int64],
    probe_record: NDArray[np.int64], slot_of: NDArray[np.int64], first_row: NDArray[np.int64],
    start: NDArray[np.int64], x: NDArray[np.float64], x0: float, per_x: float,
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]:  # fmt: skip
    """Each probe's set, and the sets: a trie in which set k is set parent[k] with zone last[k] added.

    Set 0 is empty. Zones come in order, so that equal sets are one.
    """
    parent, last = np.zeros(1024, np.int32), np.zeros(1024, np.int32)
    grown = np.zeros(1024, np.int32)  # set -> the set with the current zone added
    stamp = np.full(1024, -1, np.int32)
    sets = 1
    result = np.zeros(len(probe_column), np.int32)
    touched = np.full(records, -1, np.int32)
    for zone in range(zones):
        for k in range(zone_start[zone], zone_start[zone + 1]):
            touched[record_of_entry[by_zone[k]]] = zone
        for slot in range(slot_of[zone], slot_of[zone + 1]):
            line = x[start[slot] : start[slot + 1]]
            if len(line) == 0:
                continue
            fine_row = first_row[zone] + slot - slot_of[zone]
            low, high = probe_start[fine_row], probe_start[fine_row + 1]
            leftmost = (line[0] - x0) * per_x - 1.0
            low += np.searchsorted(probe_column[low:high], leftmost)
            j = 0
            for probe in range(low, high):
                middle = x0 + (probe_column[probe] + 0.5) / per_x
                while j < len(line) and line[j] < middle:
                    j += 1
                if j == len(line):
                    break
                if j % 2 == 0 or (probe_record[probe] >= 0 and touched[probe_record[probe]] == zone):
                    continue
                old = result[probe]
                if stamp[old] != zone:
                    if sets == len(parent):
                        none = np.full(sets, -1, np.int32)
                        parent = np.concatenate((parent, none))
                        last = np.concatenate((last, none))
                        grown = np.concatenate((grown, none))
                        stamp = np.concatenate((stamp, none))
                    parent[sets], last[sets] = old, zone
                    grown[old], stamp[old] = sets, zone
                    sets += 1
                result[probe] = grown[old]
    return result, parent[:sets].copy(), last[:sets].copy()


@njit(cache=True, nogil=True)
def write_runs(
    sets: NDArray[np.int32], probe_start: NDArray[np.int64], probe_record: NDArray[np.int64],
    coarse: NDArray[np.int32], blocks: NDArray[np.int32], columns: int, rows: int,
) -> NDArray[np.int32]:  # fmt: skip
    """Writes each probe's set to all cells of its run; returns the sets of the records."""
    records = 0
    for probe in range(len(probe_record)):
        records = max(records, probe_record[probe] + 1)
    record_set = np.zeros(records, np.int32)
    for fine_row in range(rows * SUB):
        row, sub_row = fine_row // SUB, fine_row % SUB
        probe = probe_start[fine_row] - 1
        running = False
        for column in range(columns):
            value = coarse[row * columns + column]
            if value >= 0:
                if sub_row == SUB // 2:
                    if not running:
                        probe += 1
                    coarse[row * columns + column] = sets[probe]
                running = True
                continue
            running = False
            first = (-1 - value) * SUB * SUB + sub_row * SUB
            in_block = False
            for sub_column in range(SUB):
                held = blocks[first + sub_column]
                if held >= 0:
                    if not in_block:
                        probe += 1
                    blocks[first + sub_column] = sets[probe]
                else:
                    probe += 1
                    record_set[-1 - held] = sets[probe]
                in_block = held >= 0
    return record_set


@njit(cache=True, nogil=True)
def members_of(
    parent: NDArray[np.int32], last: NDArray[np.int32]
) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """The sets of the trie as ranges of one list of zones, ascending within each."""
    start = np.zeros(len(parent) + 1, np.int64)
    size = np.zeros(len(parent), np.int64)
    for k in range(1, len(parent)):
        size[k] = size[parent[k]] + 1
    for k in range(len(parent)):
        start[k + 1] = start[k] + size[k]
    zone = np.empty(start[-1], np.int32)
    for k in range(1, len(parent)):
        at = start[k]
        for i in range(start[parent[k]], start[parent[k] + 1]):
            zone[at] = zone[i]
            at += 1
        zone[at] = last[k]
    return start, zone

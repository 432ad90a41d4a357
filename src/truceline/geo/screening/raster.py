"""From edges to cells: which cells an edge may touch, where boundaries cross rows, points of reference."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

_MARGIN = 1e-9  # of a fine cell's size; a cell number is rounded by less than 1e-12 of it


@njit(cache=True, nogil=True)
def touched(
    edges: NDArray[np.float64], x0: float, y0: float, per_x: float, per_y: float, columns: int, rows: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Every (fine cell, edge) where the edge may touch the cell, in the order of the edges."""
    total = 0
    cell = np.empty(0, np.int64)
    edge_of = np.empty(0, np.int64)
    for write in (False, True):
        if write:
            cell = np.empty(total, np.int64)
            edge_of = np.empty(total, np.int64)
        total = 0
        for e in range(len(edges)):
            ax, ay = (edges[e, 0] - x0) * per_x, (edges[e, 1] - y0) * per_y
            bx, by = (edges[e, 2] - x0) * per_x, (edges[e, 3] - y0) * per_y
            if ay > by:
                ax, ay, bx, by = bx, by, ax, ay
            first, last = int(ay - _MARGIN), min(int(by + _MARGIN), rows - 1)
            slope = (bx - ax) / (by - ay) if by > ay else 0.0
            for row in range(max(first, 0), last + 1):
                if last == first or by == ay:
                    left, right = min(ax, bx), max(ax, bx)
                else:
                    low, high = max(row - _MARGIN, ay), min(row + 1 + _MARGIN, by)
                    p, q = ax + (low - ay) * slope, ax + (high - ay) * slope
                    left, right = max(min(p, q), min(ax, bx)), min(max(p, q), max(ax, bx))
                west = max(int(left - _MARGIN), 0)
                east = min(int(right + _MARGIN), columns - 1)
                if write:
                    for column in range(west, east + 1):
                        cell[total] = row * columns + column
                        edge_of[total] = e
                        total += 1
                else:
                    total += max(east - west + 1, 0)
    return cell, edge_of


@njit(cache=True, nogil=True)
def crossings(
    edges: NDArray[np.float64], zone_of: NDArray[np.int64], zones: int, y0: float, per_y: float, rows: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Where each zone's boundary crosses the middle line of each fine row that the zone reaches.

    Returns per zone its first slot and first row (the zone's row r has slot ``slot[z] + r - row[z]``), the
    start of each slot's crossings, and their longitudes, ascending within a slot.
    """
    first_row, last_row = np.full(zones, rows, np.int64), np.full(zones, -1, np.int64)
    for e in range(len(edges)):
        zone = zone_of[e]
        low, high = min(edges[e, 1], edges[e, 3]), max(edges[e, 1], edges[e, 3])
        first_row[zone] = min(first_row[zone], max(int((low - y0) * per_y) - 1, 0))
        last_row[zone] = max(last_row[zone], min(int((high - y0) * per_y) + 1, rows - 1))
    slot_of = np.zeros(zones + 1, np.int64)
    for zone in range(zones):
        slot_of[zone + 1] = slot_of[zone] + last_row[zone] - first_row[zone] + 1
    start = np.zeros(slot_of[zones] + 1, np.int64)
    x = np.empty(0)
    fill = np.empty(0, np.int64)
    for write in (False, True):
        if write:
            for slot in range(len(start) - 1):
                start[slot + 1] += start[slot]
            x = np.empty(start[-1])
            fill = start[:-1].copy()
        for e in range(len(edges)):
            ax, ay, bx, by = edges[e]
            if ay > by:
                ax, ay, bx, by = bx, by, ax, ay
            zone = zone_of[e]
            for row in range(
                max(int((ay - y0) * per_y) - 1, 0), min(int((by - y0) * per_y) + 1, rows - 1) + 1
            ):
                y = y0 + (row + 0.5) / per_y
                if (ay <= y) != (by <= y):
                    slot = slot_of[zone] + row - first_row[zone]
                    if write:
                        x[fill[slot]] = ax + (y - ay) * (bx - ax) / (by - ay)
                        fill[slot] += 1
                    else:
                        start[slot + 1] += 1
    for slot in range(len(start) - 1):
        if start[slot + 1] - start[slot] > 1:
            x[start[slot] : start[slot + 1]].sort()
    return slot_of, first_row, start, x


@njit(cache=True, nogil=True)
def references(
    cells: NDArray[np.int64], zone: NDArray[np.int64],
    slot_of: NDArray[np.int64], first_row: NDArray[np.int64],
    start: NDArray[np.int64], x: NDArray[np.float64],
    x0: float, y0: float, per_x: float, per_y: float, columns: int,
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.bool_]]:  # fmt: skip
    """Per entry a point on the row's middle line, well away from every crossing, and whether it is inside."""
    reference_x, reference_y = np.empty(len(cells)), np.empty(len(cells))
    inside = np.empty(len(cells), np.bool_)
    for i in range(len(cells)):
        row, column = cells[i] // columns, cells[i] % columns
        slot = slot_of[zone[i]] + row - first_row[zone[i]]
        found = x[start[slot] : start[slot + 1]]
        west = x0 + column / per_x
        # The middle of the widest gap between crossings within the cell.
        k = np.searchsorted(found, west)
        best, at, before, edge = -1.0, west, k, west
        last = k
        while True:
            end = west + 1.0 / per_x
            if last < len(found) and found[last] < end:
                end = found[last]
            if end - edge > best:
                best, at, before = end - edge, (edge + end) / 2, last
            if last >= len(found) or found[last] >= west + 1.0 / per_x:
                break
            edge = found[last]
            last += 1
        reference_x[i], reference_y[i] = at, y0 + (row + 0.5) / per_y
        inside[i] = before % 2 == 1
    return reference_x, reference_y, inside

"""The index of a set of zones: a grid of two levels over their edges.

A cell that no edge touches lies wholly inside or outside each zone, and one look-up gives the set of zones
that contain it. A coarse cell that edges touch has a block of SUB x SUB fine cells; a fine cell that edges
touch has a record: the zones that wholly contain it, and for each zone whose boundary passes, a reference
point with its answer and the few edges nearby. A point's answer is the reference's, turned once for each edge
between the two, decided by the exact predicate.

Coordinates are lon, lat in degrees on WGS 84, and edges are straight between them, as RFC 7946 says.
Cells are rasterised with a margin that exceeds the rounding of a point's cell number, so that the look-up is
never wrong by rounding.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numba import njit
from numpy.typing import NDArray

from truceline.core.errors import InvalidGeometry

SUB = 8
_MARGIN = 1e-9  # of a fine cell's size; a cell number is rounded by less than 1e-12 of it


@dataclass(frozen=True, slots=True)
class Grid:
    """The index as flat arrays, ready for the kernel. See the module's text for what they mean."""

    zones: int
    x0: float
    y0: float
    per_x: float  # fine cells per degree
    per_y: float
    columns: int  # coarse
    rows: int
    coarse: NDArray[np.int32]
    blocks: NDArray[np.int32]
    set_start: NDArray[np.int32]
    set_zone: NDArray[np.int32]
    record_set: NDArray[np.int32]
    record_start: NDArray[np.int64]
    entry_zone: NDArray[np.int32]
    entry_x: NDArray[np.float64]
    entry_y: NDArray[np.float64]
    entry_inside: NDArray[np.bool_]
    entry_start: NDArray[np.int64]
    edges: NDArray[np.float64]  # per entry, contiguous: x1, y1, x2, y2

    @property
    def nbytes(self) -> int:
        """Bytes that the arrays hold."""
        return sum(a.nbytes for a in (getattr(self, s) for s in self.__slots__) if isinstance(a, np.ndarray))


def build_grid(zones: Sequence[shapely.Geometry]) -> Grid:
    """Indexes polygons and multipolygons. Raises InvalidGeometry for any other or for an invalid one."""
    edges, zone_of = _edges_of(zones)
    west, south = edges[:, [0, 2]].min(), edges[:, [1, 3]].min()
    east, north = edges[:, [0, 2]].max(), edges[:, [1, 3]].max()
    width, height = max(east - west, 1e-9), max(north - south, 1e-9)
    columns, rows = _resolution(edges, width, height)
    # A little larger than the zones, so that their outermost points fall inside.
    x0, y0 = west - 1e-6 * width, south - 1e-6 * height
    per_x, per_y = columns * SUB / (1.000002 * width), rows * SUB / (1.000002 * height)

    cell, edge = _touched(edges, x0, y0, per_x, per_y, columns * SUB, rows * SUB)
    order = np.argsort(cell * len(zones) + zone_of[edge], kind="stable")
    cell, edge = cell[order], edge[order]
    entry_first = np.flatnonzero(np.r_[True, (np.diff(cell) != 0) | (np.diff(zone_of[edge]) != 0)])
    entry_cell, entry_zone = cell[entry_first], zone_of[edge[entry_first]]
    record_first = np.flatnonzero(np.r_[True, np.diff(entry_cell) != 0])
    record_cell = entry_cell[record_first]

    crossing_start, crossing_x = _crossings(edges, zone_of, len(zones), y0, per_y, rows * SUB)
    entry_x, entry_y, entry_inside = _references(
        entry_cell, entry_zone, crossing_start, crossing_x, x0, y0, per_x, per_y, columns * SUB, rows * SUB
    )

    coarse_of_record = _coarse_of(record_cell, columns)
    touched = np.unique(coarse_of_record)
    coarse = np.zeros(rows * columns, np.int32)
    coarse[touched] = -1 - np.arange(len(touched), dtype=np.int32)
    blocks = np.zeros(len(touched) * SUB * SUB, np.int32)
    position = np.searchsorted(touched, coarse_of_record) * SUB * SUB + _sub_of(record_cell, columns)
    blocks[position] = -1 - np.arange(len(record_cell), dtype=np.int32)
    record_set = np.zeros(len(record_cell), np.int32)

    by_zone = np.argsort(entry_zone, kind="stable")
    zone_start = np.searchsorted(entry_zone[by_zone], np.arange(len(zones) + 1))
    bounds = np.array([shapely.bounds(zone) for zone in zones])
    parent, last, _ = _fill_interiors(
        len(zones), bounds, by_zone, zone_start, entry_cell, crossing_start, crossing_x,
        x0, y0, per_x, per_y, columns, rows, coarse, blocks, record_set,
    )  # fmt: skip
    set_start, set_zone = _sets(parent, last)
    return Grid(
        zones=len(zones), x0=x0, y0=y0, per_x=per_x, per_y=per_y, columns=columns, rows=rows,
        coarse=coarse, blocks=blocks, set_start=set_start, set_zone=set_zone, record_set=record_set,
        record_start=np.r_[record_first, len(entry_cell)].astype(np.int64),
        entry_zone=entry_zone.astype(np.int32), entry_x=entry_x, entry_y=entry_y, entry_inside=entry_inside,
        entry_start=np.r_[entry_first, len(cell)].astype(np.int64), edges=edges[edge],
    )  # fmt: skip


def _edges_of(zones: Sequence[shapely.Geometry]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    if not zones:
        raise InvalidGeometry("there are no zones to index")
    parts, owners = [], []
    for number, zone in enumerate(zones):
        if not isinstance(zone, shapely.Polygon | shapely.MultiPolygon) or zone.is_empty:
            raise InvalidGeometry(
                f"zone {number}: found {str(zone)[:60]}; accepted: a polygon or multipolygon with an area"
            )
        if not shapely.is_valid(zone):
            raise InvalidGeometry(f"zone {number} is not valid: {shapely.is_valid_reason(zone)}")
        coordinates, ring = shapely.get_coordinates(
            shapely.get_rings(shapely.get_parts(zone)), return_index=True
        )
        same = ring[1:] == ring[:-1]
        edge = np.hstack([coordinates[:-1], coordinates[1:]])[same]
        edge = edge[(edge[:, 0] != edge[:, 2]) | (edge[:, 1] != edge[:, 3])]
        parts.append(edge)
        owners.append(np.full(len(edge), number, np.int64))
    return np.ascontiguousarray(np.vstack(parts)), np.concatenate(owners)


def _resolution(edges: NDArray[np.float64], width: float, height: float) -> tuple[int, int]:
    """Coarse columns and rows: fine cells about as large as an edge, blocks and table within bounds."""
    spans = np.abs(edges[:, 2] - edges[:, 0]) / width + np.abs(edges[:, 3] - edges[:, 1]) / height
    per_side = 2.0 / max(float(spans.mean()), 1e-9) / SUB
    side = int(np.clip(2 ** np.round(np.log2(max(per_side, 1.0))), 4, 1024))
    return side, side


@njit(cache=True)
def _touched(
    edges: NDArray[np.float64], x0: float, y0: float, per_x: float, per_y: float, columns: int, rows: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Every (fine cell, edge) where the edge may touch the cell."""
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
                for column in range(west, east + 1):
                    if write:
                        cell[total] = row * columns + column
                        edge_of[total] = e
                    total += 1
    return cell, edge_of


@njit(cache=True)
def _crossings(
    edges: NDArray[np.float64], zone_of: NDArray[np.int64], zones: int, y0: float, per_y: float, rows: int
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Where each zone's boundary crosses the middle line of each fine row: lon, sorted, per zone and row."""
    start = np.zeros(zones * rows + 1, np.int64)
    x = np.empty(0)
    fill = np.empty(0, np.int64)
    for write in (False, True):
        if write:
            start = np.concatenate((np.zeros(1, np.int64), np.cumsum(start[1:])))
            x = np.empty(start[-1])
            fill = start[:-1].copy()
        for e in range(len(edges)):
            ax, ay, bx, by = edges[e]
            if ay > by:
                ax, ay, bx, by = bx, by, ax, ay
            first = max(int((ay - y0) * per_y) - 1, 0)
            last = min(int((by - y0) * per_y) + 1, rows - 1)
            for row in range(first, last + 1):
                y = y0 + (row + 0.5) / per_y
                if (ay <= y) != (by <= y):
                    slot = zone_of[e] * rows + row
                    if write:
                        x[fill[slot]] = ax + (y - ay) * (bx - ax) / (by - ay)
                        fill[slot] += 1
                    else:
                        start[slot + 1] += 1
    for slot in range(zones * rows):
        if start[slot + 1] - start[slot] > 1:
            x[start[slot] : start[slot + 1]].sort()
    return start, x


@njit(cache=True)
def _references(
    cells: NDArray[np.int64], zone: NDArray[np.int64], start: NDArray[np.int64], x: NDArray[np.float64],
    x0: float, y0: float, per_x: float, per_y: float, columns: int, rows: int,
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.bool_]]:  # fmt: skip
    """Per entry a point on the row's middle line, well away from every crossing, and whether it is inside."""
    reference_x, reference_y = np.empty(len(cells)), np.empty(len(cells))
    inside = np.empty(len(cells), np.bool_)
    for i in range(len(cells)):
        row, column = cells[i] // columns, cells[i] % columns
        slot = zone[i] * rows + row
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


def _coarse_of(fine: NDArray[np.int64], columns: int) -> NDArray[np.int64]:
    row, column = np.divmod(fine, columns * SUB)
    return np.asarray((row // SUB) * columns + column // SUB)


def _sub_of(fine: NDArray[np.int64], columns: int) -> NDArray[np.int64]:
    row, column = np.divmod(fine, columns * SUB)
    return np.asarray((row % SUB) * SUB + column % SUB)


@njit(cache=True)
def _fill_interiors(
    zones: int, bounds: NDArray[np.float64], by_zone: NDArray[np.int64], zone_start: NDArray[np.int64],
    entry_cell: NDArray[np.int64], start: NDArray[np.int64], x: NDArray[np.float64],
    x0: float, y0: float, per_x: float, per_y: float, columns: int, rows: int,
    coarse: NDArray[np.int32], blocks: NDArray[np.int32], record_set: NDArray[np.int32],
) -> tuple[NDArray[np.int32], NDArray[np.int32], int]:  # fmt: skip
    """Adds each zone to the sets of the cells that lie wholly inside it.

    Sets are a trie: set k is set parent[k] with zone last[k] added; set 0 is empty. Zones come in order, so
    equal sets are one node.
    """
    parent, last = np.zeros(16, np.int32), np.zeros(16, np.int32)
    sets = 1
    grown = np.zeros(16, np.int32)  # set -> the set with the current zone added
    stamp = np.full(16, -1, np.int32)
    touched = np.full(len(coarse), -1, np.int32)  # coarse cell -> last zone whose edges touch it
    touched_fine = np.full(len(blocks), -1, np.int32)
    fine_rows = rows * SUB
    for zone in range(zones):
        for k in range(zone_start[zone], zone_start[zone + 1]):
            fine = entry_cell[by_zone[k]]
            row, column = fine // (columns * SUB), fine % (columns * SUB)
            cell = (row // SUB) * columns + column // SUB
            touched[cell] = zone
            block = -1 - coarse[cell]
            touched_fine[block * SUB * SUB + (row % SUB) * SUB + column % SUB] = zone
        west = max(int((bounds[zone, 0] - x0) * per_x) // SUB, 0)
        east = min(int((bounds[zone, 2] - x0) * per_x) // SUB, columns - 1)
        south = max(int((bounds[zone, 1] - y0) * per_y) // SUB, 0)
        north = min(int((bounds[zone, 3] - y0) * per_y) // SUB, rows - 1)
        for row in range(south, north + 1):
            slot = zone * fine_rows + row * SUB + SUB // 2
            found = x[start[slot] : start[slot + 1]]
            k = 0
            for column in range(west, east + 1):
                cell = row * columns + column
                if touched[cell] == zone:
                    first = (-1 - coarse[cell]) * SUB * SUB
                    for sub_row in range(SUB):
                        sub_slot = zone * fine_rows + row * SUB + sub_row
                        line = x[start[sub_slot] : start[sub_slot + 1]]
                        j = np.searchsorted(line, x0 + column * SUB / per_x)
                        for sub_column in range(SUB):
                            middle = x0 + (column * SUB + sub_column + 0.5) / per_x
                            while j < len(line) and line[j] < middle:
                                j += 1
                            at = first + sub_row * SUB + sub_column
                            if j % 2 == 0 or touched_fine[at] == zone:
                                continue
                            value = blocks[at]
                            old = value if value >= 0 else record_set[-1 - value]
                            if stamp[old] != zone:
                                if sets == len(parent):
                                    parent, last = _doubled(parent), _doubled(last)
                                    grown, stamp = _doubled(grown), _doubled_stamp(stamp)
                                parent[sets], last[sets] = old, zone
                                grown[old], stamp[old] = sets, zone
                                sets += 1
                            if value >= 0:
                                blocks[at] = grown[old]
                            else:
                                record_set[-1 - value] = grown[old]
                    continue
                middle = x0 + (column + 0.5) * SUB / per_x
                while k < len(found) and found[k] < middle:
                    k += 1
                if k % 2 == 0:
                    continue
                value = coarse[cell]
                count = 1 if value >= 0 else SUB * SUB
                for i in range(count):
                    at = (-1 - value) * SUB * SUB + i
                    held = value if value >= 0 else blocks[at]
                    old = held if held >= 0 else record_set[-1 - held]
                    if stamp[old] != zone:
                        if sets == len(parent):
                            parent, last = _doubled(parent), _doubled(last)
                            grown, stamp = _doubled(grown), _doubled_stamp(stamp)
                        parent[sets], last[sets] = old, zone
                        grown[old], stamp[old] = sets, zone
                        sets += 1
                    if value >= 0:
                        coarse[cell] = grown[old]
                    elif held >= 0:
                        blocks[at] = grown[old]
                    else:
                        record_set[-1 - held] = grown[old]
    return parent[:sets].copy(), last[:sets].copy(), sets


@njit(cache=True)
def _doubled(values: NDArray[np.int32]) -> NDArray[np.int32]:
    return np.concatenate((values, np.zeros(len(values), np.int32)))


@njit(cache=True)
def _doubled_stamp(values: NDArray[np.int32]) -> NDArray[np.int32]:
    return np.concatenate((values, np.full(len(values), -1, np.int32)))


def _sets(parent: NDArray[np.int32], last: NDArray[np.int32]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """The sets of the trie as ranges of one list of zones, each in ascending order."""
    members: list[list[int]] = [[]]
    for node in range(1, len(parent)):
        members.append([*members[parent[node]], int(last[node])])
    sizes = [len(zones) for zones in members]
    return (
        np.r_[0, np.cumsum(sizes)].astype(np.int32),
        np.array([zone for zones in members for zone in zones], np.int32),
    )

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
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import shapely
from numba import njit
from numpy.typing import NDArray

from truceline.core.errors import InvalidGeometry
from truceline.geo.screening.interiors import SUB, members_of, probes_of, sets_of, write_runs
from truceline.geo.screening.raster import crossings, references, touched

WIDE = 16  # coarse cells along a side of a wide cell
MIDDLE = 4  # and of a middle one
COMBINED = 4  # records of up to so many zones have a code for each of their outcomes


@dataclass(frozen=True, slots=True)
class Grid:
    """The index as flat arrays, ready for the kernel. See the module's text for what they mean.

    A cell's value: 0 or more, a code; else -1 minus the number of a block (coarse) or the place of a record
    (blocks). A code stands for the set `code_set` with the zones of `code_more` (-1: none) added.
    A record in `data`: number of zones, record number, the codes of its outcomes (bit k: inside the k-th
    zone), then per zone the reference's lon, lat and answer, the number of edges, and their x1, y1, x2, y2.
    """

    zones: int
    x0: float
    y0: float
    per_x: float  # fine cells per degree
    per_y: float
    columns: int  # coarse
    rows: int
    wide: NDArray[np.int32]  # the code of WIDE x WIDE coarse cells where they have one, else -1
    middle: NDArray[np.int32]  # the same of MIDDLE x MIDDLE
    coarse: NDArray[np.int32]
    blocks: NDArray[np.int32]
    set_start: NDArray[np.int64]
    set_zone: NDArray[np.int32]
    code_set: NDArray[np.int32]
    code_more: NDArray[np.int32]  # (codes, COMBINED)
    record_at: NDArray[np.int64]
    record_set: NDArray[np.int32]
    entry_start: NDArray[np.int64]  # of each record, in entry_zone
    entry_zone: NDArray[np.int32]
    data: NDArray[np.float64]

    @property
    def nbytes(self) -> int:
        """Bytes that the arrays hold."""
        return sum(a.nbytes for a in (getattr(self, s) for s in self.__slots__) if isinstance(a, np.ndarray))


def build_grid(zones: Sequence[shapely.Geometry]) -> Grid:
    """Indexes polygons and multipolygons. Raises InvalidGeometry for any other or for an invalid one."""
    edges, zone_of = edges_of(zones)
    west, south = edges[:, [0, 2]].min(), edges[:, [1, 3]].min()
    east, north = edges[:, [0, 2]].max(), edges[:, [1, 3]].max()
    width, height = max(east - west, 1e-9), max(north - south, 1e-9)
    columns, rows = _resolution(edges, width, height)
    # A little larger than the zones, so that their outermost points fall inside.
    x0, y0 = west - 1e-6 * width, south - 1e-6 * height
    per_x, per_y = columns * SUB / (1.000002 * width), rows * SUB / (1.000002 * height)

    cell, edge = touched(edges, x0, y0, per_x, per_y, columns * SUB, rows * SUB)
    order = np.argsort(cell * len(zones) + zone_of[edge], kind="stable")
    cell, edge = cell[order], edge[order]
    entry_first = np.flatnonzero(np.r_[True, (np.diff(cell) != 0) | (np.diff(zone_of[edge]) != 0)])
    entry_cell, entry_zone = cell[entry_first], zone_of[edge[entry_first]]
    record_first = np.flatnonzero(np.r_[True, np.diff(entry_cell) != 0])
    record_cell = entry_cell[record_first]
    record_of_entry = np.repeat(np.arange(len(record_cell)), np.diff(np.r_[record_first, len(entry_cell)]))

    slot_of, first_row, start, x = crossings(edges, zone_of, len(zones), y0, per_y, rows * SUB)
    entry_x, entry_y, entry_inside = references(
        entry_cell, entry_zone, slot_of, first_row, start, x, x0, y0, per_x, per_y, columns * SUB
    )

    coarse_of_record = _coarse_of(record_cell, columns)
    with_block = np.unique(coarse_of_record)
    coarse = np.zeros(rows * columns, np.int32)
    coarse[with_block] = -1 - np.arange(len(with_block), dtype=np.int32)
    blocks = np.zeros(len(with_block) * SUB * SUB, np.int32)
    position = np.searchsorted(with_block, coarse_of_record) * SUB * SUB + _sub_of(record_cell, columns)
    blocks[position] = -1 - np.arange(len(record_cell), dtype=np.int32)

    by_zone = np.argsort(entry_zone, kind="stable")
    zone_start = np.searchsorted(entry_zone[by_zone], np.arange(len(zones) + 1))
    probe_start, probe_column, probe_record = probes_of(coarse, blocks, columns, rows)
    probe_set, parent, last = sets_of(
        len(zones), by_zone, zone_start, record_of_entry, len(record_cell), probe_start, probe_column,
        probe_record, slot_of, first_row, start, x, x0, per_x,
    )  # fmt: skip
    record_set = write_runs(probe_set, probe_start, probe_record, coarse, blocks, columns, rows)
    set_start, set_zone = members_of(parent, last)

    record_start = np.r_[record_first, len(entry_cell)].astype(np.int64)
    code_set, code_more, outcome = _codes(len(parent), record_set, record_start, entry_zone)
    record_at, data = _packed(
        record_start, outcome, entry_x, entry_y, entry_inside,
        np.r_[entry_first, len(cell)].astype(np.int64), edge, edges,
    )  # fmt: skip
    if len(data) >= 2**31:
        raise InvalidGeometry("the zones have too many vertices for one index; screen them in parts")
    blocks[position] = -1 - record_at[:-1].astype(np.int32)
    return Grid(
        zones=len(zones), x0=x0, y0=y0, per_x=per_x, per_y=per_y, columns=columns, rows=rows,
        wide=_alike(coarse.reshape(rows, columns), WIDE),
        middle=_alike(coarse.reshape(rows, columns), MIDDLE), coarse=coarse, blocks=blocks,
        set_start=set_start, set_zone=set_zone, code_set=code_set, code_more=code_more,
        record_at=record_at, record_set=record_set, entry_start=record_start,
        entry_zone=entry_zone.astype(np.int32), data=data,
    )  # fmt: skip


def edges_of(zones: Sequence[shapely.Geometry]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """All edges (x1, y1, x2, y2) of the zones and the number of the zone of each. Raises InvalidGeometry."""
    if not zones:
        raise InvalidGeometry("there are no zones to index")
    for number, zone in enumerate(zones):
        if not isinstance(zone, shapely.Polygon | shapely.MultiPolygon) or zone.is_empty:
            raise InvalidGeometry(
                f"zone {number}: found {str(zone)[:60]}; accepted: a polygon or multipolygon with an area"
            )
    array = np.asarray(zones, dtype=object)
    with ThreadPoolExecutor() as pool:
        valid = np.concatenate(list(pool.map(shapely.is_valid, np.array_split(array, 8))))
    if not valid.all():
        number = int(np.flatnonzero(~valid)[0])
        raise InvalidGeometry(f"zone {number} is not valid: {shapely.is_valid_reason(zones[number])}")
    parts, zone_of_part = shapely.get_parts(array, return_index=True)
    rings, part_of_ring = shapely.get_rings(parts, return_index=True)
    coordinates, ring = shapely.get_coordinates(rings, return_index=True)
    same = ring[1:] == ring[:-1]
    edges = np.hstack([coordinates[:-1], coordinates[1:]])[same]
    owner = zone_of_part[part_of_ring[ring[:-1][same]]]
    real = (edges[:, 0] != edges[:, 2]) | (edges[:, 1] != edges[:, 3])
    return np.ascontiguousarray(edges[real]), owner[real].astype(np.int64)


def _resolution(edges: NDArray[np.float64], width: float, height: float) -> tuple[int, int]:
    """Coarse columns and rows: fine cells half as large as an edge, and for few edges smaller still."""
    spans = np.abs(edges[:, 2] - edges[:, 0]) / width + np.abs(edges[:, 3] - edges[:, 1]) / height
    total = max(float(spans.sum()), 1e-9)
    by_edges = 2.0 * len(edges) / total / SUB
    # So many cells that edges touch are built in a fraction of a second.
    by_room = min(1_000_000 / total / SUB, 256.0)
    side = int(np.clip(2 ** np.round(np.log2(max(by_edges, by_room, 1.0))), WIDE, 1024))
    return side, side


def _coarse_of(fine: NDArray[np.int64], columns: int) -> NDArray[np.int64]:
    row, column = np.divmod(fine, columns * SUB)
    return np.asarray((row // SUB) * columns + column // SUB)


def _sub_of(fine: NDArray[np.int64], columns: int) -> NDArray[np.int64]:
    row, column = np.divmod(fine, columns * SUB)
    return np.asarray((row % SUB) * SUB + column % SUB)


def _alike(coarse: NDArray[np.int32], size: int) -> NDArray[np.int32]:
    rows, columns = coarse.shape
    groups = coarse.reshape(rows // size, size, columns // size, size)
    low, high = groups.min(axis=(1, 3)), groups.max(axis=(1, 3))
    return np.where((low == high) & (low >= 0), low, -1).astype(np.int32).ravel()


def _codes(
    sets: int, record_set: NDArray[np.int32], record_start: NDArray[np.int64], entry_zone: NDArray[np.int64]
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]:
    """A code for each outcome of each record of few zones: the codes, and (records, 2^COMBINED) of them."""
    number = np.diff(record_start)
    outcome = np.full((len(number), 2**COMBINED), -1, np.int32)
    base, more = [np.arange(sets, dtype=np.int32)], [np.full((sets, COMBINED), -1, np.int32)]
    total = sets
    outcome[:, 0] = record_set
    for k in range(1, COMBINED + 1):
        rows = np.flatnonzero(number == k)
        if not len(rows):
            continue
        zones = entry_zone[record_start[rows][:, None] + np.arange(k)].astype(np.int32)
        for bits in range(1, 2**k):
            members = np.full((len(rows), COMBINED), -1, np.int32)
            chosen = [j for j in range(k) if bits >> j & 1]
            members[:, : len(chosen)] = zones[:, chosen]
            keys = np.column_stack([record_set[rows], members])
            distinct, back = _distinct(keys)
            base.append(distinct[:, 0])
            more.append(distinct[:, 1:])
            outcome[rows, bits] = total + back
            total += len(distinct)
    return np.concatenate(base), np.ascontiguousarray(np.vstack(more)), outcome


def _distinct(keys: NDArray[np.int32]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """The distinct rows and where each row is among them."""
    order = np.lexsort(keys.T)
    ordered = keys[order]
    first = np.r_[True, (ordered[1:] != ordered[:-1]).any(axis=1)]
    back = np.empty(len(keys), np.int64)
    back[order] = np.cumsum(first) - 1
    return ordered[first], back


@njit(cache=True, nogil=True)
def _packed(
    record_start: NDArray[np.int64], outcome: NDArray[np.int32],
    entry_x: NDArray[np.float64], entry_y: NDArray[np.float64], entry_inside: NDArray[np.bool_],
    edge_start: NDArray[np.int64], edge: NDArray[np.int64], edges: NDArray[np.float64],
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:  # fmt: skip
    """The records one after the other, each contiguous, and where each begins."""
    records = len(record_start) - 1
    at = np.zeros(records + 1, np.int64)
    for r in range(records):
        first, stop = record_start[r], record_start[r + 1]
        codes = 1 << (stop - first) if stop - first <= COMBINED else 0
        at[r + 1] = at[r] + 2 + codes + 4 * (stop - first) + 4 * (edge_start[stop] - edge_start[first])
    data = np.empty(at[records])
    for r in range(records):
        first, stop = record_start[r], record_start[r + 1]
        k = at[r]
        data[k], data[k + 1] = stop - first, r
        k += 2
        if stop - first <= COMBINED:
            for bits in range(1 << (stop - first)):
                data[k] = outcome[r, bits]
                k += 1
        for entry in range(first, stop):
            data[k], data[k + 1] = entry_x[entry], entry_y[entry]
            data[k + 2] = 1.0 if entry_inside[entry] else 0.0
            data[k + 3] = edge_start[entry + 1] - edge_start[entry]
            k += 4
            for e in range(edge_start[entry], edge_start[entry + 1]):
                for c in range(4):
                    data[k] = edges[edge[e], c]
                    k += 1
    return at, data

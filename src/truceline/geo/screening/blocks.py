"""The boundaries once more, in single precision and in lanes of sixteen: what is searched near a point.

A block of level 0 is a leaf of `boundary`: up to LANES pieces in a row along one ring, in a plane of its own
(east and north of its middle, by orthographic projection of earth-centred space; within 20 km of the middle
a length there is short by less than 5 parts in a million). A block of level k holds LANES blocks of level
k - 1 as if each were one edge: its chord, how far its pieces stray from the chord, and the moments of the
area between both, from which the probability mass there follows for a normal distribution that is wide
beside it (a multipole expansion). A processor compares a point with all lanes of a block at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from truceline.geo.screening.boundary import LEAF, Boundaries
from truceline.geo.screening.grid import Grid
from truceline.geo.screening.interiors import SUB
from truceline.geo.screening.raster import touched

LANES = LEAF
LEVELS = 2
PIECE_FIELDS, RUN_FIELDS = 5, 13
GROUP = (1, 4)  # coarse cells along a side of the cells that list the blocks of each level
_SMALL_M = 2_000.0  # the spacing of single precision is 0.1 mm here
_FAR = np.float32(1e9)  # where an empty lane is
_UNKNOWN = np.float32(1e7)  # how far a run with a gap may stray


@dataclass(frozen=True, slots=True)
class Blocks:
    """The blocks of all levels, numbered from level 0 up, and which of them each cell of the grid holds.

    `frame` per block: the middle x, y, z, the unit vectors east (x, y) and north (x, y, z), metres; `radius`
    about the middle holds it all. `pieces` and `runs` are (blocks, fields, LANES), of level 0
    and of the levels above: start and vector of the chord, one over its squared length (0: none); of runs
    also stray, radius about the chord's middle, and the moments of order 0, 1 and 2 of the area between
    pieces and chord, positive left of the pieces.
    """

    frame: NDArray[np.float64]  # (blocks, 8)
    radius: NDArray[np.float32]
    exact: NDArray[np.bool_]  # of level 0: whether a distance to a lane is within a millimetre
    pieces: NDArray[np.float32]
    runs: NDArray[np.float32]
    first: NDArray[np.int64]  # the first piece, or the first block of the level below
    zone: NDArray[np.int32]
    cell_offset: NDArray[np.int64]  # of each level in `cell_start`
    cell_columns: NDArray[np.int64]  # cells in a row of the grid of each level
    cell_start: NDArray[np.uint32]
    cell_block: NDArray[np.uint32]

    @property
    def nbytes(self) -> int:
        """Bytes that the arrays hold."""
        return sum(getattr(self, name).nbytes for name in self.__slots__)


def build_blocks(boundaries: Boundaries, grid: Grid) -> Blocks:
    """The blocks from the pieces up, listed by cells of the grid."""
    b = boundaries
    ring, zone, first, span = b.leaf_ring, b.leaf_zone, b.leaf_start, b.leaf_start
    cell, block = _cells_of_leaves(b, grid)
    row, column = np.divmod(cell, grid.columns)
    frames, radii, lanes, firsts, zones = [], [], [], [], []
    starts, listed, columns_of = [], [], []
    below, offset, listed_so_far = span, 0, 0
    for level in range(LEVELS):
        if level:
            # LANES blocks of one ring in a row are a block of the level above.
            change = np.flatnonzero(np.r_[True, ring[1:] != ring[:-1]])
            number = np.diff(np.r_[change, len(ring)])
            above = -(-number // LANES)
            within = np.arange(above.sum()) - np.repeat(np.cumsum(above) - above, above)
            first = np.r_[np.repeat(change, above) + within * LANES, len(ring)].astype(np.int64)
            parent = np.repeat(np.arange(len(first) - 1), np.diff(first))
            below, span, block = span, span[first], parent[block]
            ring, zone = ring[first[:-1]], zone[first[:-1]]
        frame, radius = _frames(b.start, b.end, span)
        lane = aligned((len(zone), RUN_FIELDS if level else PIECE_FIELDS, LANES))
        if level:
            _fill_runs(b.start, b.end, first, below, frame, lane)
            firsts.append(first[:-1] + offset)
            offset += len(below) - 1
        else:
            _fill_pieces(b.start, b.end, first, frame, lane)
            firsts.append(first[:-1])
        frames.append(frame)
        radii.append(radius)
        lanes.append(lane)
        zones.append(zone)
        group = GROUP[level]
        columns = -(-grid.columns // group)
        cells = columns * -(-grid.rows // group)
        key = _distinct(((row // group) * columns + column // group) * len(zone) + block)
        in_cell, held = np.divmod(key, len(zone))
        starts.append(np.searchsorted(in_cell, np.arange(cells + 1)) + listed_so_far)
        listed.append(held + offset)
        listed_so_far += len(key)
        columns_of.append(columns)
    frame = aligned((sum(map(len, frames)), 8), np.float64)
    np.concatenate(frames, out=frame)
    return Blocks(
        frame=frame, radius=np.concatenate(radii).astype(np.float32),
        exact=_exact(b, radii[0]), pieces=lanes[0], runs=lanes[1],
        first=np.concatenate(firsts).astype(np.int64), zone=np.concatenate(zones).astype(np.int32),
        cell_offset=np.cumsum([0, *(len(s) for s in starts)])[:-1].astype(np.int64),
        cell_columns=np.array(columns_of, np.int64), cell_start=np.concatenate(starts).astype(np.uint32),
        cell_block=np.concatenate(listed).astype(np.uint32),
    )  # fmt: skip


def _exact(boundaries: Boundaries, radius: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Where single precision and the plane are so good, and the pieces so straight."""
    bow = np.maximum.reduceat(np.abs(boundaries.bow), boundaries.leaf_start[:-1])
    return (radius < _SMALL_M) & (bow < 5e-4)


def aligned(shape: tuple[int, ...], kind: type = np.float32) -> NDArray[Any]:
    """An empty array that begins with a cache line."""
    size = int(np.prod(shape)) * np.dtype(kind).itemsize
    held = np.empty(size + 64, np.uint8)
    skip = -held.ctypes.data % 64
    return held[skip : skip + size].view(kind).reshape(shape)


def _distinct(key: NDArray[np.int64]) -> NDArray[np.int64]:
    key = np.sort(key)
    first: NDArray[np.bool_] = np.r_[True, key[1:] != key[:-1]][: len(key)]
    return key[first]


def _cells_of_leaves(boundaries: Boundaries, grid: Grid) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Every (coarse cell, leaf) where a piece of the leaf may touch the cell, each once."""
    cell, piece = touched(
        boundaries.degrees, grid.x0, grid.y0, grid.per_x / SUB, grid.per_y / SUB, grid.columns, grid.rows
    )
    leaf = np.searchsorted(boundaries.leaf_start, piece, side="right") - 1
    changed = np.r_[True, (cell[1:] != cell[:-1]) | (leaf[1:] != leaf[:-1])][: len(cell)]
    return cell[changed], leaf[changed]


@njit(cache=True, nogil=True)
def _frames(
    start: NDArray[np.float64], end: NDArray[np.float64], span: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The frame and the radius of each run of pieces."""
    frame, radii = np.empty((len(span) - 1, 8)), np.empty(len(span) - 1)
    for b in range(len(span) - 1):
        low, high = np.full(3, np.inf), np.full(3, -np.inf)
        for k in range(span[b], span[b + 1]):
            for c in range(3):
                low[c] = min(low[c], start[k, c], end[k, c])
                high[c] = max(high[c], start[k, c], end[k, c])
        x, y, z = (low[0] + high[0]) / 2, (low[1] + high[1]) / 2, (low[2] + high[2]) / 2
        flat, whole = np.hypot(x, y), np.sqrt(x * x + y * y + z * z)
        cos_lam, sin_lam = (x / flat, y / flat) if flat > 0.0 else (1.0, 0.0)
        cos_phi, sin_phi = flat / whole, z / whole
        frame[b, 0], frame[b, 1], frame[b, 2] = x, y, z
        frame[b, 3], frame[b, 4] = -sin_lam, cos_lam
        frame[b, 5], frame[b, 6], frame[b, 7] = -sin_phi * cos_lam, -sin_phi * sin_lam, cos_phi
        radius = 0.0
        for k in range(span[b], span[b + 1]):
            for ends in (start, end):
                dx, dy, dz = ends[k, 0] - x, ends[k, 1] - y, ends[k, 2] - z
                radius = max(radius, dx * dx + dy * dy + dz * dz)
        radii[b] = np.sqrt(radius) * (1.0 + 1e-6) + 0.1
    return frame, radii


@njit(cache=True, nogil=True)
def _fill_pieces(
    start: NDArray[np.float64], end: NDArray[np.float64], first: NDArray[np.int64],
    frame: NDArray[np.float64], lanes: NDArray[np.float32],
) -> None:  # fmt: skip
    for b in range(len(first) - 1):
        for i in range(LANES):
            k = first[b] + i
            if k < first[b + 1]:
                ax, ay = _in_frame(frame, b, start, k)
                bx, by = _in_frame(frame, b, end, k)
                _chord(lanes, b, i, ax, ay, bx, by)
            else:
                _nowhere(lanes, b, i)


@njit(cache=True, nogil=True)
def _fill_runs(
    start: NDArray[np.float64], end: NDArray[np.float64], first: NDArray[np.int64], below: NDArray[np.int64],
    frame: NDArray[np.float64], lanes: NDArray[np.float32],
) -> None:  # fmt: skip
    """Writes the chords of the runs of pieces `below`, what they hide, and how far it reaches."""
    for b in range(len(first) - 1):
        for i in range(LANES):
            if first[b] + i >= first[b + 1]:
                _nowhere(lanes, b, i)
                continue
            low, high = below[first[b] + i], below[first[b] + i + 1]
            ax, ay = _in_frame(frame, b, start, low)
            bx, by = _in_frame(frame, b, end, high - 1)
            _chord(lanes, b, i, ax, ay, bx, by)
            mx, my, ux, uy = (ax + bx) / 2, (ay + by) / 2, bx - ax, by - ay
            length = ux * ux + uy * uy
            stray = radius = 0.0
            area = sx = sy = sxx = sxy = syy = 0.0
            chained = True
            px, py = ax - mx, ay - my
            # Around the run and back along the chord; the last step is the chord itself.
            for k in range(low, high + 1):
                if k == high:
                    qx, qy = ax - mx, ay - my
                else:
                    qx, qy = _in_frame(frame, b, end, k)
                    qx, qy = qx - mx, qy - my
                    if k + 1 < high and (
                        end[k, 0] != start[k + 1, 0]
                        or end[k, 1] != start[k + 1, 1]
                        or end[k, 2] != start[k + 1, 2]
                    ):
                        chained = False
                cross = px * qy - qx * py
                area += cross / 2
                sx += cross * (px + qx) / 6
                sy += cross * (py + qy) / 6
                sxx += cross * (px * px + px * qx + qx * qx) / 12
                syy += cross * (py * py + py * qy + qy * qy) / 12
                sxy += cross * (px * qy + 2 * px * py + 2 * qx * qy + qx * py) / 24
                radius = max(radius, qx * qx + qy * qy)
                wx, wy = qx + mx - ax, qy + my - ay
                t = min(max((wx * ux + wy * uy) / length, 0.0), 1.0) if length > 0.0 else 0.0
                wx, wy = wx - t * ux, wy - t * uy
                stray = max(stray, wx * wx + wy * wy)
                px, py = qx, qy
            lanes[b, 5, i] = np.sqrt(stray) * (1.0 + 1e-5) + 0.01 if chained else _UNKNOWN
            lanes[b, 6, i] = np.sqrt(radius) * (1.0 + 1e-5) + 0.01 if chained else _UNKNOWN
            lanes[b, 7, i], lanes[b, 8, i], lanes[b, 9, i] = area, sx, sy
            lanes[b, 10, i], lanes[b, 11, i], lanes[b, 12, i] = sxx, sxy, syy


@njit(cache=True, nogil=True, inline="always")
def _in_frame(frame: NDArray[np.float64], b: int, place: NDArray[np.float64], k: int) -> tuple[float, float]:
    dx, dy, dz = place[k, 0] - frame[b, 0], place[k, 1] - frame[b, 1], place[k, 2] - frame[b, 2]
    return (
        frame[b, 3] * dx + frame[b, 4] * dy,
        frame[b, 5] * dx + frame[b, 6] * dy + frame[b, 7] * dz,
    )


@njit(cache=True, nogil=True)
def _chord(lanes: NDArray[np.float32], b: int, i: int, ax: float, ay: float, bx: float, by: float) -> None:
    length = (bx - ax) ** 2 + (by - ay) ** 2
    lanes[b, 0, i], lanes[b, 1, i], lanes[b, 2, i], lanes[b, 3, i] = ax, ay, bx - ax, by - ay
    lanes[b, 4, i] = 1.0 / length if length > 1e-12 else 0.0


@njit(cache=True, nogil=True)
def _nowhere(lanes: NDArray[np.float32], b: int, i: int) -> None:
    for field in range(lanes.shape[1]):
        lanes[b, field, i] = 0.0
    lanes[b, 0, i] = lanes[b, 1, i] = _FAR

"""The nearest chord of very many, compiled: a tree of boxes over chords in the order of the line.

Consecutive pieces of a line lie side by side, so boxes over runs of them make a good tree without sorting:
node 1 is the root, node i has the children 2i and 2i + 1, and the leaves hold runs of `LEAF` chords.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from truceline.geo.ellipsoid import Floats, Ints

LEAF = 4
"""How many chords a leaf holds."""


class ChordTree:
    """Chords from `start` to `end`, arrays of shape (n, 3) in metres, prepared for nearest queries."""

    def __init__(self, start: Floats, end: Floats) -> None:
        self.start = np.ascontiguousarray(start)
        self.along = np.ascontiguousarray(end - start)
        self.square = np.maximum((self.along**2).sum(axis=1), 1e-12)
        self.boxes = boxes_of(np.minimum(start, end), np.maximum(start, end))

    def nearest(self, points: Floats) -> tuple[Ints, Floats]:
        """For each point (shape (m, 3), metres) the nearest chord and where on it: 0 its start, 1 its end."""
        chord = np.zeros(len(points), dtype=np.int64)
        share = np.zeros(len(points))
        _search(self.start, self.along, self.square, self.boxes, np.ascontiguousarray(points), chord, share)
        return chord, share


def boxes_of(low: Floats, high: Floats) -> Floats:
    """A tree of boxes (low x, y, z, high x, y, z) over chords between the corners `low` and `high` (n, 3).

    Node 1 is the root, node i has the children 2i and 2i + 1; the second half are the leaves.
    """
    leaves = 1
    while leaves * LEAF < len(low):
        leaves *= 2
    boxes = np.full((2 * leaves, 6), np.inf)
    boxes[:, 3:] = -np.inf
    first = np.arange(0, len(low), LEAF)
    boxes[leaves : leaves + len(first), :3] = np.minimum.reduceat(low, first, axis=0)
    boxes[leaves : leaves + len(first), 3:] = np.maximum.reduceat(high, first, axis=0)
    level = leaves
    while level > 1:
        level //= 2
        left, right = boxes[2 * level : 4 * level : 2], boxes[2 * level + 1 : 4 * level : 2]
        boxes[level : 2 * level, :3] = np.minimum(left[:, :3], right[:, :3])
        boxes[level : 2 * level, 3:] = np.maximum(left[:, 3:], right[:, 3:])
    return boxes


@njit(cache=True, nogil=True, inline="always")
def apart(boxes: NDArray[np.float64], k: int, x: float, y: float, z: float) -> float:
    """The squared distance from a place to box k; infinite where the box is empty."""
    dx = max(boxes[k, 0] - x, x - boxes[k, 3], 0.0)
    dy = max(boxes[k, 1] - y, y - boxes[k, 4], 0.0)
    dz = max(boxes[k, 2] - z, z - boxes[k, 5], 0.0)
    return float(dx * dx + dy * dy + dz * dz)


@njit(cache=True, nogil=True)
def _search(
    start: NDArray[np.float64],
    along: NDArray[np.float64],
    square: NDArray[np.float64],
    boxes: NDArray[np.float64],
    points: NDArray[np.float64],
    chord: NDArray[np.int64],
    share: NDArray[np.float64],
) -> None:
    leaves = len(boxes) // 2
    stack = np.empty(128, dtype=np.int64)
    bound = np.empty(128, dtype=np.float64)
    for i in range(len(points)):
        x, y, z = points[i, 0], points[i, 1], points[i, 2]
        best = np.inf
        depth = 1
        stack[0], bound[0] = 1, 0.0
        while depth > 0:
            depth -= 1
            if bound[depth] >= best:
                continue
            node = stack[depth]
            if node < leaves:
                one, other = 2 * node, 2 * node + 1
                near, far = apart(boxes, one, x, y, z), apart(boxes, other, x, y, z)
                if far < near:
                    one, other, near, far = other, one, far, near
                if far < best:
                    stack[depth], bound[depth] = other, far
                    depth += 1
                if near < best:
                    stack[depth], bound[depth] = one, near
                    depth += 1
                continue
            begin = (node - leaves) * LEAF
            for k in range(begin, min(begin + LEAF, len(start))):
                dx, dy, dz = x - start[k, 0], y - start[k, 1], z - start[k, 2]
                ux, uy, uz = along[k, 0], along[k, 1], along[k, 2]
                t = (dx * ux + dy * uy + dz * uz) / square[k]
                t = min(max(t, 0.0), 1.0)
                dx, dy, dz = dx - t * ux, dy - t * uy, dz - t * uz
                found = dx * dx + dy * dy + dz * dz
                if found < best:
                    best = found
                    chord[i], share[i] = k, t

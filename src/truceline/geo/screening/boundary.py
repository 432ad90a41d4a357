"""The zones' boundaries in earth-centred space, under trees of boxes: what the search for distances walks.

Edges are straight in lon, lat; they are cut into pieces so short that the chord of each strays from it by at
most 2 cm. Chords order places as geodesics do at these distances, on both sides of the
antimeridian and at the poles alike. LEAF pieces in a row along one ring are a leaf; a binary tree of boxes
over all leaves in Morton order serves the search near a point, one per zone the search in that zone.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numba import njit
from numpy.typing import NDArray

from truceline.geo.ellipsoid import MEAN_RADIUS_M, earth_centred

LEAF = 16
_STRAY_M = 0.02
_SLACK_M = 1.0  # boxes are rounded to float32 and hold chords: a metre covers both


@dataclass(frozen=True, slots=True)
class Boundaries:
    """Pieces in the order of zones and rings, the area of the zone on the left of each."""

    start: NDArray[np.float64]  # (pieces, 3) earth-centred, metres
    end: NDArray[np.float64]
    degrees: NDArray[np.float64]  # (pieces, 4) lon, lat of both ends
    bow: NDArray[np.float64]  # how far left of its chord the middle of each piece is, metres
    leaf_start: NDArray[np.int64]  # pieces of each leaf
    leaf_ring: NDArray[np.int64]
    leaf_zone: NDArray[np.int32]
    order: NDArray[np.int64]  # leaves in Morton order
    boxes: NDArray[np.float32]  # (leaves, 6) low x, y, z, high x, y, z
    tree: NDArray[np.float32]  # (2 m, 6) boxes of a heap over `order`
    zone_leaf: NDArray[np.int64]  # first leaf of each zone
    zone_tree_start: NDArray[np.int64]  # first box of each zone's heap
    zone_trees: NDArray[np.float32]

    @property
    def nbytes(self) -> int:
        """Bytes that the arrays hold."""
        return sum(getattr(self, name).nbytes for name in self.__slots__)


def build_boundaries(zones: Sequence[shapely.Geometry]) -> Boundaries:
    """Prepares valid polygons and multipolygons (lon, lat WGS 84) for distances."""
    array = shapely.orient_polygons(np.asarray(zones, dtype=object))
    parts, zone_of_part = shapely.get_parts(array, return_index=True)
    rings, part_of_ring = shapely.get_rings(parts, return_index=True)
    coordinates, ring = shapely.get_coordinates(rings, return_index=True)
    same = ring[1:] == ring[:-1]
    edges, ring = np.hstack([coordinates[:-1], coordinates[1:]])[same], ring[:-1][same]
    zone = zone_of_part[part_of_ring]
    edges, ring = _without_seams(edges, ring, zone)
    degrees, ring = _cut(edges, ring)

    number = np.bincount(ring, minlength=len(zone))
    leaves = -(-number // LEAF)
    within = np.arange(leaves.sum()) - np.repeat(np.cumsum(leaves) - leaves, leaves)
    leaf_start = np.repeat(np.cumsum(number) - number, leaves) + within * LEAF
    leaf_start = np.r_[leaf_start, len(degrees)].astype(np.int64)
    leaf_zone = np.repeat(zone, leaves).astype(np.int32)

    start, end = earth_centred(*degrees[:, :2].T), earth_centred(*degrees[:, 2:].T)
    low = np.minimum.reduceat(np.minimum(start, end), leaf_start[:-1], axis=0) - _SLACK_M
    high = np.maximum.reduceat(np.maximum(start, end), leaf_start[:-1], axis=0) + _SLACK_M
    boxes = np.hstack([low, high]).astype(np.float32)
    middle = (low + high) / 2
    extent = np.maximum(middle.max(axis=0) - middle.min(axis=0), 1.0)
    order = np.argsort(_morton(((middle - middle.min(axis=0)) / extent.max() * 2**20).astype(np.int64)))
    zone_leaf = np.searchsorted(leaf_zone, np.arange(len(zones) + 1)).astype(np.int64)
    sizes = 2 * _leaves_of_heap(np.diff(zone_leaf))
    zone_tree_start = np.r_[0, np.cumsum(sizes)].astype(np.int64)
    zone_trees = np.empty((zone_tree_start[-1], 6), np.float32)
    for k in range(len(zones)):
        _heap(
            boxes[zone_leaf[k] : zone_leaf[k + 1]],
            zone_trees[zone_tree_start[k] : zone_tree_start[k + 1]],
        )
    tree = np.empty((2 * int(_leaves_of_heap(np.array([len(order)]))[0]), 6), np.float32)
    _heap(boxes[order], tree)
    return Boundaries(
        start=start, end=end, degrees=degrees, bow=_bows(degrees, start, end), leaf_start=leaf_start,
        leaf_ring=np.repeat(np.arange(len(zone)), leaves), leaf_zone=leaf_zone, order=order,
        boxes=boxes, tree=tree, zone_leaf=zone_leaf, zone_tree_start=zone_tree_start, zone_trees=zone_trees,
    )  # fmt: skip


def _without_seams(
    edges: NDArray[np.float64], ring: NDArray[np.int64], zone: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Leaves out what is no boundary: edges along a pole, and what meets itself across the antimeridian."""
    kept = ~((np.abs(edges[:, 1]) == 90.0) & (edges[:, 1] == edges[:, 3]))
    along = kept & (np.abs(edges[:, 0]) == 180.0) & (edges[:, 0] == edges[:, 2])
    if along.any():
        pieces, owners = [edges[kept & ~along]], [ring[kept & ~along]]
        for k in np.unique(zone[ring[along]]):
            mine = np.flatnonzero(along & (zone[ring] == k))
            cuts = np.unique(edges[mine][:, [1, 3]])
            halves, owner = [], []
            for e in mine:
                inner = cuts[(cuts > edges[e, [1, 3]].min()) & (cuts < edges[e, [1, 3]].max())]
                lat = np.r_[edges[e, 1], inner if edges[e, 1] < edges[e, 3] else inner[::-1], edges[e, 3]]
                lon = np.full(len(lat) - 1, edges[e, 0])
                halves.append(np.column_stack([lon, lat[:-1], lon, lat[1:]]))
                owner.append(np.full(len(lon), ring[e]))
            all_of_it = np.vstack(halves)
            names = [(lon, min(a, b)) for lon, a, _, b in all_of_it.tolist()]
            lone = np.array([(-lon, low) not in set(names) for lon, low in names])
            pieces.append(all_of_it[lone])
            owners.append(np.concatenate(owner)[lone])
        edges, ring = np.vstack(pieces), np.concatenate(owners)
        order = np.argsort(ring, kind="stable")
        return edges[order], ring[order]
    return edges[kept], ring[kept]


def _cut(
    edges: NDArray[np.float64], ring: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    steep = np.tan(np.radians(np.minimum(np.abs(edges[:, [1, 3]]).max(axis=1), 89.0)))
    longest_m = np.sqrt(8.0 * MEAN_RADIUS_M * _STRAY_M / (1.0 + steep))
    shrink = np.cos(np.radians(np.abs(edges[:, [1, 3]]).min(axis=1)))
    length_m = 111_700.0 * np.hypot((edges[:, 2] - edges[:, 0]) * shrink, edges[:, 3] - edges[:, 1])
    count = np.maximum(np.ceil(length_m / longest_m), 1).astype(np.int64)
    if (count == 1).all():
        return np.ascontiguousarray(edges), ring
    edge = np.repeat(np.arange(len(edges)), count)
    k = np.arange(len(edge)) - np.repeat(np.cumsum(count) - count, count)
    a, b = edges[edge, :2], edges[edge, 2:]
    first, second = (k / count[edge])[:, None], ((k + 1) / count[edge])[:, None]
    end = np.where(second == 1.0, b, a + second * (b - a))
    return np.hstack([a + first * (b - a), end]), ring[edge]


def _bows(
    degrees: NDArray[np.float64], start: NDArray[np.float64], end: NDArray[np.float64]
) -> NDArray[np.float64]:
    """How far a piece, straight in lon, lat, has its middle to the left of its chord, metres."""
    bow = np.zeros(len(degrees))
    # Shorter ones bow by less than a millimetre up to 85 degrees of latitude.
    long = np.flatnonzero(((end - start) ** 2).sum(axis=1) > 60.0**2)
    lon, lat = (degrees[long, :2] + degrees[long, 2:]).T / 2
    aside = earth_centred(lon, lat) - (start[long] + end[long]) / 2
    along = end[long] - start[long]
    lam, phi = np.radians(lon), np.radians(lat)
    up = np.column_stack([np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)])
    left = np.cross(up, along)
    bow[long] = (aside * left).sum(axis=1) / np.sqrt((left**2).sum(axis=1))
    return bow


def _leaves_of_heap(number: NDArray[np.int64]) -> NDArray[np.int64]:
    """The least power of two that holds so many leaves."""
    return np.array([1 << max(math.ceil(math.log2(n)), 0) if n else 1 for n in number.tolist()], np.int64)


@njit(cache=True, nogil=True)
def _heap(boxes: NDArray[np.float32], nodes: NDArray[np.float32]) -> None:
    half = len(nodes) // 2
    for k in range(half):
        for c in range(6):
            # An empty leaf is farther than any reach.
            nodes[half + k, c] = boxes[k, c] if k < len(boxes) else (1e18 if c < 3 else -1e18)
    for k in range(half - 1, 0, -1):
        for c in range(3):
            nodes[k, c] = min(nodes[2 * k, c], nodes[2 * k + 1, c])
            nodes[k, c + 3] = max(nodes[2 * k, c + 3], nodes[2 * k + 1, c + 3])


@njit(cache=True, nogil=True)
def _morton(cell: NDArray[np.int64]) -> NDArray[np.int64]:
    result = np.zeros(len(cell), np.int64)
    for i in range(len(cell)):
        key = 0
        for bit in range(20, -1, -1):
            for c in range(3):
                key = (key << 1) | ((cell[i, c] >> bit) & 1)
        result[i] = key
    return result

"""Distances of one point in double precision, compiled: along a piece, and by the trees of boxes.

The trees serve what the blocks do not: a large reach, the neighbourhood of the antimeridian and of the poles,
and the nearest place of a zone that contains the point far inside.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

from truceline.geo.ellipsoid import GEOD, MEAN_RADIUS_M
from truceline.geo.screening.contour import contour

_A = GEOD.a
_ES = GEOD.es
_R2 = MEAN_RADIUS_M**2
_FLAT_M = 10_000.0  # up to here a distance is taken in the plane that touches the earth at the point


@njit(cache=True, nogil=True, inline="always")
def earth_centred_of(lon: float, lat: float) -> tuple[float, float, float]:
    """Earth-centred coordinates in metres of a point at height 0."""
    lam, phi = math.radians(lon), math.radians(lat)
    return placed(math.sin(lam), math.cos(lam), math.sin(phi), math.cos(phi))


@njit(cache=True, nogil=True, inline="always")
def placed(sin_lam: float, cos_lam: float, sin_phi: float, cos_phi: float) -> tuple[float, float, float]:
    """The same from the sines and cosines of longitude and latitude."""
    n = _A / math.sqrt(1.0 - _ES * sin_phi * sin_phi)
    return n * cos_phi * cos_lam, n * cos_phi * sin_lam, n * (1.0 - _ES) * sin_phi


@njit(cache=True, nogil=True, inline="always")
def _box_apart(nodes: NDArray[np.float32], k: int, x: float, y: float, z: float) -> float:
    """The squared distance from a point to a box."""
    dx = max(nodes[k, 0] - x, x - nodes[k, 3], 0.0)
    dy = max(nodes[k, 1] - y, y - nodes[k, 4], 0.0)
    dz = max(nodes[k, 2] - z, z - nodes[k, 5], 0.0)
    return float(dx * dx + dy * dy + dz * dz)


@njit(cache=True, nogil=True, inline="always")
def _piece_apart(
    start: NDArray[np.float64], end: NDArray[np.float64], k: int, x: float, y: float, z: float
) -> float:
    """The squared distance from a point to a piece's chord."""
    ux, uy, uz = end[k, 0] - start[k, 0], end[k, 1] - start[k, 1], end[k, 2] - start[k, 2]
    dx, dy, dz = x - start[k, 0], y - start[k, 1], z - start[k, 2]
    length = ux * ux + uy * uy + uz * uz
    t = (dx * ux + dy * uy + dz * uz) / length if length > 0.0 else 0.0
    if t >= 1.0:
        dx, dy, dz = x - end[k, 0], y - end[k, 1], z - end[k, 2]
    elif t > 0.0:
        dx, dy, dz = dx - t * ux, dy - t * uy, dz - t * uz
    return float(dx * dx + dy * dy + dz * dz)


@njit(cache=True, nogil=True)
def near(
    x: float, y: float, z: float, sin_lam: float, cos_lam: float, sin_phi: float, cos_phi: float,
    reach: float, sigma: float, start: NDArray[np.float64], end: NDArray[np.float64],
    bow: NDArray[np.float64], leaf_start: NDArray[np.int64],
    leaf_zone: NDArray[np.int32], order: NDArray[np.int64], tree: NDArray[np.float32],
    stack: NDArray[np.int64], zone: NDArray[np.int64], apart: NDArray[np.float64],
    piece: NDArray[np.int64], turned: NDArray[np.float64],
) -> int:  # fmt: skip
    """The zones with a boundary within reach: writes zone, squared distance, piece and contour integral.

    `zone`, `apart`, `piece`, `turned` have room for every zone. Returns how many were found. Walks the tree,
    which serves any reach and place.
    """
    limit = reach * reach
    half = len(tree) // 2
    found = 0
    stack[0] = 1
    depth = 1 if _box_apart(tree, 1, x, y, z) <= limit else 0
    while depth > 0:
        depth -= 1
        node = stack[depth]
        if node < half:
            if _box_apart(tree, 2 * node, x, y, z) <= limit:
                stack[depth] = 2 * node
                depth += 1
            if _box_apart(tree, 2 * node + 1, x, y, z) <= limit:
                stack[depth] = 2 * node + 1
                depth += 1
            continue
        found = _leaf(
            order[node - half], x, y, z, sin_lam, cos_lam, sin_phi, cos_phi, limit, sigma, start, end, bow,
            leaf_start, leaf_zone, zone, apart, piece, turned, found,
        )  # fmt: skip
    return found


@njit(cache=True, nogil=True)
def _leaf(
    leaf: int, x: float, y: float, z: float, sin_lam: float, cos_lam: float, sin_phi: float, cos_phi: float,
    limit: float, sigma: float, start: NDArray[np.float64], end: NDArray[np.float64],
    bow: NDArray[np.float64], leaf_start: NDArray[np.int64], leaf_zone: NDArray[np.int32],
    zone: NDArray[np.int64], apart: NDArray[np.float64], piece: NDArray[np.int64],
    turned: NDArray[np.float64], found: int,
) -> int:  # fmt: skip
    slot = -1
    for k in range(leaf_start[leaf], leaf_start[leaf + 1]):
        d = _piece_apart(start, end, k, x, y, z)
        if d > limit:
            continue
        if slot < 0:
            slot = found - 1
            while slot >= 0 and zone[slot] != leaf_zone[leaf]:
                slot -= 1
            if slot < 0:
                slot = found
                zone[slot], apart[slot], piece[slot], turned[slot] = leaf_zone[leaf], np.inf, k, 0.0
                found += 1
        # Of two as near, as at a vertex, the first in order, so that the answer depends on no path.
        if d < apart[slot] or (d == apart[slot] and k < piece[slot]):
            apart[slot], piece[slot] = d, k
        if sigma > 0.0:
            ax, ay = in_plane(x, y, z, sin_lam, cos_lam, sin_phi, cos_phi, start, k)
            bx, by = in_plane(x, y, z, sin_lam, cos_lam, sin_phi, cos_phi, end, k)
            turned[slot] += contour(ax, ay, bx, by, bow[k], sigma)
    return found


@njit(cache=True, nogil=True)
def nearest_of_zone(
    x: float, y: float, z: float, zone: int,
    start: NDArray[np.float64], end: NDArray[np.float64], leaf_start: NDArray[np.int64],
    zone_leaf: NDArray[np.int64], zone_tree_start: NDArray[np.int64], zone_trees: NDArray[np.float32],
    stack: NDArray[np.int64], bound: NDArray[np.float64],
) -> int:  # fmt: skip
    """The piece of the zone's boundary that is nearest to the point."""
    nodes = zone_trees[zone_tree_start[zone] : zone_tree_start[zone + 1]]
    half = len(nodes) // 2
    best, at = np.inf, -1
    stack[0], bound[0] = 1, 0.0
    depth = 1
    while depth > 0:
        depth -= 1
        if bound[depth] > best:
            continue
        node = stack[depth]
        if node < half:
            left, right = _box_apart(nodes, 2 * node, x, y, z), _box_apart(nodes, 2 * node + 1, x, y, z)
            # The nearer child last, so that it is looked at first.
            swap = 1 if left < right else 0
            if max(left, right) <= best:
                stack[depth], bound[depth] = 2 * node + swap, max(left, right)
                depth += 1
            if min(left, right) <= best:
                stack[depth], bound[depth] = 2 * node + 1 - swap, min(left, right)
                depth += 1
            continue
        leaf = zone_leaf[zone] + node - half
        for k in range(leaf_start[leaf], leaf_start[leaf + 1]):
            d = _piece_apart(start, end, k, x, y, z)
            if d < best or (d == best and k < at):
                best, at = d, k
    return at


@njit(cache=True, nogil=True)
def geodesic_m(
    lon: float, lat: float, x: float, y: float, z: float, sin_lam: float, cos_lam: float, sin_phi: float,
    cos_phi: float, k: int, start: NDArray[np.float64], end: NDArray[np.float64],
    bow: NDArray[np.float64], degrees: NDArray[np.float64],
) -> float:  # fmt: skip
    """The geodesic distance in metres from the point to piece k, its foot taken on the true edge.

    In the orthographic plane of the point a distance d of the surface is short by d^3 / (6 R^2), which is
    added; what is left is below a millimetre at 10 km. Farther away, see `_far_m`.
    """
    ax, ay = in_plane(x, y, z, sin_lam, cos_lam, sin_phi, cos_phi, start, k)
    bx, by = in_plane(x, y, z, sin_lam, cos_lam, sin_phi, cos_phi, end, k)
    ux, uy = bx - ax, by - ay
    length = ux * ux + uy * uy
    t = -(ax * ux + ay * uy) / length if length > 0.0 else 0.0
    if 0.0 < t < 1.0:
        d = abs((uy * ax - ux * ay) / math.sqrt(length) - 4.0 * bow[k] * t * (1.0 - t))
    elif t >= 1.0:
        d = math.sqrt(bx * bx + by * by)
    else:
        d = math.sqrt(ax * ax + ay * ay)
    if d > _FLAT_M:
        return float(_far_m(lon, lat, x, y, z, k, start, end, degrees))
    return float(d * (1.0 + d * d / (6.0 * _R2)))


@njit(cache=True, nogil=True, inline="always")
def in_plane(
    x: float, y: float, z: float, sin_lam: float, cos_lam: float, sin_phi: float, cos_phi: float,
    place: NDArray[np.float64], k: int,
) -> tuple[float, float]:  # fmt: skip
    """Metres east and north of the point x, y, z, in the plane that touches the earth there."""
    dx, dy, dz = place[k, 0] - x, place[k, 1] - y, place[k, 2] - z
    return (
        cos_lam * dy - sin_lam * dx,
        cos_phi * dz - sin_phi * (cos_lam * dx + sin_lam * dy),
    )


@njit(cache=True, nogil=True)
def _far_m(
    lon: float, lat: float, x: float, y: float, z: float, k: int,
    start: NDArray[np.float64], end: NDArray[np.float64], degrees: NDArray[np.float64],
) -> float:  # fmt: skip
    """The same from the foot on the edge in earth-centred space, the chord turned into an arc."""
    ux, uy, uz = end[k, 0] - start[k, 0], end[k, 1] - start[k, 1], end[k, 2] - start[k, 2]
    length = ux * ux + uy * uy + uz * uz
    dx, dy, dz = x - start[k, 0], y - start[k, 1], z - start[k, 2]
    t = (dx * ux + dy * uy + dz * uz) / length if length > 0.0 else 0.0
    t = min(max(t, 0.0), 1.0)
    foot_lat = degrees[k, 1] + t * (degrees[k, 3] - degrees[k, 1])
    fx, fy, fz = earth_centred_of(degrees[k, 0] + t * (degrees[k, 2] - degrees[k, 0]), foot_lat)
    dx, dy, dz = fx - x, fy - y, fz - z
    chord = math.sqrt(dx * dx + dy * dy + dz * dz)
    if chord < 100.0:
        return chord
    # The arc over the chord in the normal section half way (Euler's radius of curvature there).
    lam, phi = math.radians(lon), math.radians((lat + foot_lat) / 2.0)
    sine = math.sin(phi)
    w = 1.0 - _ES * sine * sine
    prime_vertical = _A / math.sqrt(w)
    meridian = prime_vertical * (1.0 - _ES) / w
    east = math.cos(lam) * dy - math.sin(lam) * dx
    share = min(east * east / (chord * chord), 1.0)
    radius = 1.0 / ((1.0 - share) / meridian + share / prime_vertical)
    return 2.0 * radius * math.asin(min(chord / (2.0 * radius), 1.0))

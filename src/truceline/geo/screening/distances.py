"""Distances and probabilities of one point, compiled: the searches in the trees, and the sums over pieces.

The probability is that of `truceline.geo.inside`: a bivariate normal around the point whose 95% radius is
`error_m`, its mass ``[inside] - 1/(2 pi) * contour integral of exp(-r^2 / (2 sigma^2)) d(theta)``. Here the
integral over a piece is ``angle - h * integral of (1 - exp(-r^2/2)) / r^2 dt`` in units of sigma: the angle
is closed, and what remains is smooth everywhere, so that Gauss-Legendre with four nodes on panels of at most
two sigma suffices, and two nodes on pieces of half a sigma. Pieces beyond REACH sigma are left out: beyond
lies exp(-REACH^2/2) = 3.4e-4 of the mass, which bounds the error.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

from truceline.geo.ellipsoid import GEOD, MEAN_RADIUS_M

REACH = 4.0
_A = GEOD.a
_ES = GEOD.es
_R2 = MEAN_RADIUS_M**2
_NODE = 0.5773502691896257  # of two
_NODE_1, _NODE_2 = 0.3399810435848563, 0.8611363115940526
_WEIGHT_1, _WEIGHT_2 = 0.6521451548625461, 0.3478548451374538


@njit(cache=True, nogil=True, inline="always")
def earth_centred_of(lon: float, lat: float) -> tuple[float, float, float]:
    """Earth-centred coordinates in metres of a point at height 0."""
    lam, phi = math.radians(lon), math.radians(lat)
    sine, cosine = math.sin(phi), math.cos(phi)
    n = _A / math.sqrt(1.0 - _ES * sine * sine)
    return n * cosine * math.cos(lam), n * cosine * math.sin(lam), n * (1.0 - _ES) * sine


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
    lon: float, lat: float, x: float, y: float, z: float, reach: float, sigma: float,
    start: NDArray[np.float64], end: NDArray[np.float64], leaf_start: NDArray[np.int64],
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
            order[node - half], lon, lat, x, y, z, limit, sigma, start, end, leaf_start, leaf_zone,
            zone, apart, piece, turned, found,
        )  # fmt: skip
    return found


@njit(cache=True, nogil=True)
def near_in_cells(
    lon: float, lat: float, x: float, y: float, z: float, reach: float, sigma: float,
    west: int, east: int, south: int, north: int, columns: int, coarse: NDArray[np.int32],
    block_start: NDArray[np.int64], block_leaf: NDArray[np.int32], boxes: NDArray[np.float32],
    seen: NDArray[np.int64], stamp: int,
    start: NDArray[np.float64], end: NDArray[np.float64], leaf_start: NDArray[np.int64],
    leaf_zone: NDArray[np.int32], zone: NDArray[np.int64], apart: NDArray[np.float64],
    piece: NDArray[np.int64], turned: NDArray[np.float64],
) -> int:  # fmt: skip
    """The same as `near` by looking into a few coarse cells, which hold all that is within reach."""
    limit = reach * reach
    found = 0
    for row in range(south, north + 1):
        for column in range(west, east + 1):
            value = coarse[row * columns + column]
            if value >= 0:
                continue
            for k in range(block_start[-1 - value], block_start[-value]):
                leaf = block_leaf[k]
                if seen[leaf] == stamp:
                    continue
                seen[leaf] = stamp
                if _box_apart(boxes, leaf, x, y, z) <= limit:
                    found = _leaf(
                        leaf, lon, lat, x, y, z, limit, sigma, start, end, leaf_start, leaf_zone,
                        zone, apart, piece, turned, found,
                    )  # fmt: skip
    return found


@njit(cache=True, nogil=True)
def _leaf(
    leaf: int, lon: float, lat: float, x: float, y: float, z: float, limit: float, sigma: float,
    start: NDArray[np.float64], end: NDArray[np.float64], leaf_start: NDArray[np.int64],
    leaf_zone: NDArray[np.int32], zone: NDArray[np.int64], apart: NDArray[np.float64],
    piece: NDArray[np.int64], turned: NDArray[np.float64], found: int,
) -> int:  # fmt: skip
    slot = -1
    sin_lam = cos_lam = sin_phi = cos_phi = 0.0
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
            if sigma > 0.0:
                lam, phi = math.radians(lon), math.radians(lat)
                sin_lam, cos_lam, sin_phi, cos_phi = (
                    math.sin(lam),
                    math.cos(lam),
                    math.sin(phi),
                    math.cos(phi),
                )
        # Of two as near, as at a vertex, the first in order, so that the answer depends on no path.
        if d < apart[slot] or (d == apart[slot] and k < piece[slot]):
            apart[slot], piece[slot] = d, k
        if sigma > 0.0:
            dx, dy, dz = start[k, 0] - x, start[k, 1] - y, start[k, 2] - z
            a_east = cos_lam * dy - sin_lam * dx
            a_north = cos_phi * dz - sin_phi * (cos_lam * dx + sin_lam * dy)
            dx, dy, dz = end[k, 0] - x, end[k, 1] - y, end[k, 2] - z
            b_east = cos_lam * dy - sin_lam * dx
            b_north = cos_phi * dz - sin_phi * (cos_lam * dx + sin_lam * dy)
            turned[slot] += _contour(a_east, a_north, b_east, b_north, sigma)
    return found


@njit(cache=True, nogil=True)
def _contour(ax: float, ay: float, bx: float, by: float, sigma: float) -> float:
    """The integral of exp(-r^2 / (2 sigma^2)) d(theta) from a to b, metres east and north of the point."""
    # From the tangent plane to distances along the surface.
    a = (1.0 + (ax * ax + ay * ay) / (6.0 * _R2)) / sigma
    b = (1.0 + (bx * bx + by * by) / (6.0 * _R2)) / sigma
    # Seen from a hair aside, so that no point lies on an edge or a vertex.
    ax, ay = ax * a - 2.9e-5, ay * a - 1.7e-5
    bx, by = bx * b - 2.9e-5, by * b - 1.7e-5
    ux, uy = bx - ax, by - ay
    length = math.sqrt(ux * ux + uy * uy)
    if length == 0.0:
        return 0.0
    ux, uy = ux / length, uy / length
    h = uy * ax - ux * ay
    if abs(h) >= REACH + 1.0:
        return 0.0
    t1 = ax * ux + ay * uy
    t2 = min(t1 + length, REACH + 1.0)
    t1 = max(t1, -REACH - 1.0)
    if t2 <= t1:
        return 0.0
    hh = h * h
    if t2 - t1 <= 0.5:
        middle, width = (t1 + t2) / 2.0, (t2 - t1) / 2.0
        first, second = hh + (middle - _NODE * width) ** 2, hh + (middle + _NODE * width) ** 2
        if first > 1.0 and second > 1.0:
            return h * width * (math.exp(-0.5 * first) / first + math.exp(-0.5 * second) / second)
        angle = math.atan2(h * (t2 - t1), hh + t1 * t2)
        return angle - h * width * (_smooth(first) + _smooth(second))
    panels = math.ceil((t2 - t1) / 2.0)
    width = (t2 - t1) / panels / 2.0
    total = 0.0
    for k in range(panels):
        middle = t1 + (2 * k + 1) * width
        total += _WEIGHT_1 * (
            _smooth(hh + (middle - _NODE_1 * width) ** 2) + _smooth(hh + (middle + _NODE_1 * width) ** 2)
        )
        total += _WEIGHT_2 * (
            _smooth(hh + (middle - _NODE_2 * width) ** 2) + _smooth(hh + (middle + _NODE_2 * width) ** 2)
        )
    return math.atan2(h * (t2 - t1), hh + t1 * t2) - h * total * width


@njit(cache=True, nogil=True, inline="always")
def _smooth(rr: float) -> float:
    """(1 - exp(-r^2/2)) / r^2, also at 0."""
    if rr < 1e-3:
        return 0.5 - rr * (0.125 - rr / 48.0)
    return (1.0 - math.exp(-0.5 * rr)) / rr


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
    lon: float, lat: float, x: float, y: float, z: float, k: int,
    start: NDArray[np.float64], end: NDArray[np.float64], degrees: NDArray[np.float64],
) -> float:  # fmt: skip
    """The geodesic distance in metres from the point to piece k, its foot taken on the true edge."""
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

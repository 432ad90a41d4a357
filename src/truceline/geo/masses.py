"""The mass of normal distributions in a polygon, compiled: a contour integral over the edges in reach.

In units of sigma and in polar coordinates around the point the mass is, by the divergence theorem,
``[inside] - 1/(2 pi) * contour integral of exp(-r^2 / 2) d(theta)``. Along a straight piece from t1 to t2 at
the distance h from the point that integral is

    angle of the piece - h * integral from t1 to t2 of (1 - exp(-(h^2 + t^2) / 2)) / (h^2 + t^2) dt,

the angle in closed form and the rest smooth everywhere, so that Gauss and Legendre's rule takes it to 1e-9:
two nodes up to a tenth of a sigma, three up to 0.4, eight on panels of two (tests/unit/geo/test_masses.py
compares with Owen's T, whose difference of two values is the same integral). Pieces beyond `REACH` sigma
weigh less than 2e-8 and are left out.

The edges lie in a tree of boxes in the order of the rings (`truceline.geo.chord_tree`). Every point is summed
by itself in the order of the tree: what else is asked in the same call never changes an answer.
"""

from __future__ import annotations

import math
import os
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import blake2b
from threading import Lock
from typing import Self

import numpy as np
import shapely
from numba import njit
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from truceline.geo.chord_tree import LEAF, apart, boxes_of
from truceline.geo.ellipsoid import MEAN_RADIUS_M, Floats, earth_centred

REACH = 6.0
"""In standard deviations: what lies farther from a point has no part in its mass."""

_EACH_THREAD = 512
_HAIR_EAST, _HAIR_NORTH = 2.9e-5, 1.7e-5
_TWO = 0.5773502691896257
_THREE, _OUTER_3, _INNER_3 = 0.7745966692414834, 0.5555555555555556, 0.8888888888888888
_EIGHT = np.array([0.1834346424956498, 0.5255324099163290, 0.7966664774136267, 0.9602898564975363])
_WEIGHT_8 = np.array([0.3626837833783620, 0.3137066458778873, 0.2223810344533745, 0.1012285362903763])


@dataclass(frozen=True, eq=False)
class Edges:
    """A polygon's boundary, simplified, as short edges; the area lies to the left of each.

    `start`, `end` in earth-centred space (shape (n, 3), metres) with a tree of boxes over them; `degrees`
    (n, 4) are the same edges as lon, lat of their start and of their end, `flat` a tree over these.
    """

    start: Floats
    end: Floats
    boxes: Floats
    degrees: Floats
    flat: Floats
    area_m2: float

    @classmethod
    def of(cls, polygon: BaseGeometry, tolerance_m: float) -> Self:
        """The edges of a polygon (lon, lat), straying from it by at most 1.5 times the tolerance."""
        # A degree is at most 111.7 km, of longitude or of latitude, so the tolerance holds everywhere.
        simple = shapely.simplify(polygon, tolerance_m / 111_700.0, preserve_topology=True)
        simple = simple if simple.is_valid and not simple.is_empty else polygon
        # Seams run once in each direction, so their terms cancel and they may stay.
        rings = [_shortened(ring, tolerance_m / 2.0) for ring in _rings(simple)]
        degrees = np.vstack([np.hstack([ring[:-1], ring[1:]]) for ring in rings])
        start, end = earth_centred(*degrees[:, :2].T), earth_centred(*degrees[:, 2:].T)
        boxes = boxes_of(np.minimum(start, end), np.maximum(start, end))
        level = np.zeros((len(degrees), 1))
        flat = boxes_of(
            np.hstack([np.minimum(degrees[:, :2], degrees[:, 2:]), level]),
            np.hstack([np.maximum(degrees[:, :2], degrees[:, 2:]), level]),
        )
        return cls(start, end, boxes, degrees, flat, _most_area_m2(degrees))

    def masses(self, lon: Floats, lat: Floats, sigma: Floats, along: Floats, azimuth: Floats) -> Floats:
        """The mass of a normal distribution around each point in the polygon, 0 to 1.

        Arrays of one length: degrees (longitudes from -180 to 180), sigma in metres, more than 0, and `along`
        how many times wider the distribution is in the direction of `azimuth` (degrees).
        """
        points, places = earth_centred(lon, lat), np.column_stack([lon, lat])
        lam, phi, turn = np.radians(lon), np.radians(lat), np.radians(azimuth)
        sines = np.column_stack(
            [np.sin(lam), np.cos(lam), np.sin(phi), np.cos(phi), np.sin(turn), np.cos(turn)]
        )
        spread = np.column_stack([sigma, along])
        masses = np.zeros(len(lon))

        def work(rows: slice) -> None:
            _contained(self.degrees, self.flat, places[rows], masses[rows])
            _less_turned(
                self.start, self.end, self.boxes, points[rows], sines[rows], spread[rows], masses[rows]
            )

        workers = min(os.cpu_count() or 1, len(lon) // _EACH_THREAD)
        if workers < 2:
            work(slice(None))
        else:
            marks = np.linspace(0, len(lon), workers * 4 + 1).astype(int).tolist()
            with ThreadPoolExecutor(workers) as pool:
                list(pool.map(work, map(slice, marks, marks[1:])))
        # Within a fiftieth of sigma of an edge containment and edges may disagree by one whole turn; of an
        # area so small that its mass can be next to nothing, only this tells 1 from 0.
        most = self.area_m2 / (2.0 * math.pi * sigma**2 * along)
        over = (masses > 1.0 + 1e-4) | ((masses > 0.5) & (most < 0.5))
        masses = np.where(over, masses - 1.0, np.where(masses < -1e-4, masses + 1.0, masses))
        # What is left out weighs up to 2e-8; without digits beyond, what is as probable compares as equal.
        clipped: Floats = np.clip(np.round(masses, 8), 0.0, 1.0)
        return clipped


class _Kept:
    """The edges asked for last, up to so many of them together; threads share it."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._edges: OrderedDict[tuple[bytes, float], Edges] = OrderedDict()
        self._held = 0
        self._lock = Lock()

    def of(self, polygon: BaseGeometry, tolerance_m: float) -> Edges:
        key = blake2b(polygon.wkb, digest_size=16).digest(), tolerance_m
        with self._lock:
            if key in self._edges:
                self._edges.move_to_end(key)
                return self._edges[key]
        made = Edges.of(polygon, tolerance_m)
        with self._lock:
            if key not in self._edges:
                self._edges[key] = made
                self._held += len(made.start)
            while self._held > self._most and len(self._edges) > 1:
                _, oldest = self._edges.popitem(last=False)
                self._held -= len(oldest.start)
        return made


edges_of = _Kept(most=200_000).of
"""The edges of a polygon to a tolerance in metres, kept for the next call."""


def _rings(polygon: BaseGeometry) -> list[Floats]:
    """All rings, the area on the left of each."""
    rings: list[Floats] = []
    for part in shapely.get_parts(polygon):
        turned = shapely.orient_polygons(part)
        rings += [shapely.get_coordinates(ring) for ring in (turned.exterior, *turned.interiors)]
    return rings


def _shortened(ring: Floats, deviation_m: float) -> Floats:
    # A straight lon/lat edge is no straight line on the ground: cut where it would stray by the deviation.
    steep = np.tan(np.radians(np.minimum(np.abs(ring).max(axis=0)[1], 89.9))) + 0.01
    longest_m = min(5000.0, math.sqrt(8.0 * MEAN_RADIUS_M * deviation_m / steep))
    way_m = np.sqrt((np.diff(earth_centred(*ring.T), axis=0) ** 2).sum(axis=1))
    # Of an edge around half of the globe and more the chord says nothing.
    turn = np.abs(np.diff(ring[:, 0]))
    widest = np.cos(np.radians(np.minimum(np.abs(ring[:-1, 1]), np.abs(ring[1:, 1]))))
    way_m = np.where(turn > 90.0, np.maximum(turn * widest * 111_700.0, way_m), way_m)
    count = np.maximum(np.ceil(way_m / longest_m), 1).astype(np.int64)
    edge = np.repeat(np.arange(len(count)), count)
    share = (np.arange(len(edge)) - np.repeat(np.cumsum(count) - count, count)) / count[edge]
    return np.vstack([ring[edge] + share[:, None] * (ring[edge + 1] - ring[edge]), ring[-1:]])


def _most_area_m2(degrees: Floats) -> float:
    """No less than the area that the edges enclose, square metres."""
    (x1, y1, x2, y2) = degrees.T
    square = abs(float(((x2 - x1) * (y1 + y2)).sum())) / 2.0
    nearest = 0.0 if degrees[:, 1].min() < 0.0 < degrees[:, 1].max() else float(np.abs(degrees[:, 1]).min())
    return square * math.cos(math.radians(nearest)) * 111_700.0**2


@njit(cache=True, nogil=True)
def _contained(
    degrees: NDArray[np.float64],
    flat: NDArray[np.float64],
    places: NDArray[np.float64],
    masses: NDArray[np.float64],
) -> None:
    """Writes 1 where a place lies within the edges, else 0, by the edges that a way eastwards crosses."""
    leaves = len(flat) // 2
    stack = np.empty(128, dtype=np.int64)
    for i in range(len(places)):
        # At the pole itself there is no east.
        x, y = places[i, 0], min(places[i, 1], 90.0 - 1e-9)
        odd = _odd(degrees, flat, leaves, stack, x, y)
        if not odd and abs(x) == 180.0:
            # The same meridian from the other side of the map.
            odd = _odd(degrees, flat, leaves, stack, -x, y)
        masses[i] = 1.0 if odd else 0.0


@njit(cache=True, nogil=True)
def _odd(
    degrees: NDArray[np.float64],
    flat: NDArray[np.float64],
    leaves: int,
    stack: NDArray[np.int64],
    x: float,
    y: float,
) -> bool:
    odd = False
    depth = 1
    stack[0] = 1
    while depth > 0:
        depth -= 1
        node = stack[depth]
        if y < flat[node, 1] or y > flat[node, 4] or x > flat[node, 3]:
            continue
        if node < leaves:
            stack[depth], stack[depth + 1] = 2 * node + 1, 2 * node
            depth += 2
            continue
        begin = (node - leaves) * LEAF
        for k in range(begin, min(begin + LEAF, len(degrees))):
            x1, y1, x2, y2 = degrees[k, 0], degrees[k, 1], degrees[k, 2], degrees[k, 3]
            if (y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1):
                odd = not odd
    return odd


@njit(cache=True, nogil=True)
def _less_turned(
    start: NDArray[np.float64],
    end: NDArray[np.float64],
    boxes: NDArray[np.float64],
    points: NDArray[np.float64],
    sines: NDArray[np.float64],
    spread: NDArray[np.float64],
    masses: NDArray[np.float64],
) -> None:
    """Takes the contour integral around each point, in turns, from its mass."""
    leaves = len(boxes) // 2
    stack = np.empty(128, dtype=np.int64)
    for i in range(len(points)):
        x, y, z = points[i, 0], points[i, 1], points[i, 2]
        reach = REACH * spread[i, 0] * spread[i, 1]
        limit = reach * reach
        total = 0.0
        depth = 1
        stack[0] = 1
        while depth > 0:
            depth -= 1
            node = stack[depth]
            if apart(boxes, node, x, y, z) > limit:
                continue
            if node < leaves:
                stack[depth], stack[depth + 1] = 2 * node + 1, 2 * node
                depth += 2
                continue
            begin = (node - leaves) * LEAF
            for k in range(begin, min(begin + LEAF, len(start))):
                ax, ay = _seen(x, y, z, start, k, sines, spread, i)
                bx, by = _seen(x, y, z, end, k, sines, spread, i)
                total += piece(ax, ay, bx, by)
        masses[i] -= total / (2.0 * math.pi)


@njit(cache=True, nogil=True, inline="always")
def _seen(
    x: float,
    y: float,
    z: float,
    place: NDArray[np.float64],
    k: int,
    sines: NDArray[np.float64],
    spread: NDArray[np.float64],
    i: int,
) -> tuple[float, float]:
    """A place east and north of a point, as distances along the surface in sigma, turned and squeezed so
    that a distribution which is wider in one direction becomes a round one.
    """
    dx, dy, dz = place[k, 0] - x, place[k, 1] - y, place[k, 2] - z
    sin_lam, cos_lam, sin_phi, cos_phi = sines[i, 0], sines[i, 1], sines[i, 2], sines[i, 3]
    east = cos_lam * dy - sin_lam * dx
    north = cos_phi * dz - sin_phi * (cos_lam * dx + sin_lam * dy)
    # From the plane that touches the earth to distances along its surface: arcsin(s) / s.
    square = (east * east + north * north) / (MEAN_RADIUS_M * MEAN_RADIUS_M)
    if square < 1e-3:
        stretch = 1.0 + square * (1.0 / 6.0 + square * (3.0 / 40.0 + square * (5.0 / 112.0)))
    else:
        share = math.sqrt(min(square, 1.0))
        stretch = math.asin(share) / share
    scale = stretch / spread[i, 0]
    east, north = east * scale, north * scale
    if spread[i, 1] > 1.0:
        sine, cosine = sines[i, 4], sines[i, 5]
        east, north = east * cosine - north * sine, (east * sine + north * cosine) / spread[i, 1]
    return east, north


@njit(cache=True, nogil=True)
def piece(ax: float, ay: float, bx: float, by: float) -> float:
    """The integral of exp(-r^2 / 2) d(theta) around the origin along the straight way from a to b."""
    ux, uy = bx - ax, by - ay
    length = math.sqrt(ux * ux + uy * uy)
    if length == 0.0:
        return 0.0
    ux, uy = ux / length, uy / length
    # Seen from a hair aside (a part in 30,000 of sigma), so that no point lies on an edge or a vertex.
    ax, ay = ax - _HAIR_EAST, ay - _HAIR_NORTH
    h = uy * ax - ux * ay
    if abs(h) >= REACH + 1.0:
        return 0.0
    t1 = ax * ux + ay * uy
    t2 = min(t1 + length, REACH + 1.0)
    t1 = max(t1, -REACH - 1.0)
    if t2 <= t1:
        return 0.0
    hh = h * h
    middle, half = (t1 + t2) / 2.0, (t2 - t1) / 2.0
    angle = math.atan2(h * (t2 - t1), hh + t1 * t2)
    if half <= 0.05:
        return angle - h * half * (_smooth(hh, middle - _TWO * half) + _smooth(hh, middle + _TWO * half))
    if half <= 0.2:
        outer = _smooth(hh, middle - _THREE * half) + _smooth(hh, middle + _THREE * half)
        return angle - h * half * (_OUTER_3 * outer + _INNER_3 * _smooth(hh, middle))
    panels = math.ceil(half)
    half = half / panels
    total = 0.0
    for p in range(panels):
        middle = t1 + (2 * p + 1) * half
        for n in range(4):
            off = _EIGHT[n] * half
            total += _WEIGHT_8[n] * (_smooth(hh, middle - off) + _smooth(hh, middle + off))
    return angle - h * half * total


@njit(cache=True, nogil=True, inline="always")
def _smooth(hh: float, t: float) -> float:
    """(1 - exp(-r^2/2)) / r^2, also at 0."""
    rr = hh + t * t
    if rr < 1e-4:
        return 0.5 - rr * (0.125 - rr / 48.0)
    return -math.expm1(-0.5 * rr) / rr

"""Rings that run at one geodesic distance from a line.

Planar buffers of stretches of the line, 2.5% short of the distance (`SHORTS`), give the rings' topology:
being short, they keep open every gap that is open. Then every vertex moves along the geodesic from its foot
on the line to the exact distance, and vertices are added until straight edges in lon/lat stay within the
tolerance.
Vertices that cannot reach the distance (the gap is closed in truth) are dropped.
"""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import shapely
from pyproj import Proj
from shapely.geometry.base import BaseGeometry

from truceline.geo.ellipsoid import MEAN_RADIUS_M, Bools, Floats, Ints, direct, inverse, wrapped
from truceline.geo.nearest import LineIndex, Nearest
from truceline.geo.plane import Plane

# The buffer may reach too far by 1% (it simplifies concave bends), by 0.5% (we simplify the line before) and
# by 0.2% (the projection of a stretch): together less than this leaves.
SHORTS = (0.975, 0.95, 0.982, 0.92)
"""The first one is taken; the others where an edge so nearly touches itself that the first one fails."""
_FARTHEST_MOVE = 2.4  # times what the buffers are short by
_FEW, _PLACES = 32, 8  # a ring of few vertices is given places along each edge
_STRETCH_M = 300_000.0
_STRETCH_VERTICES = 100
_ROUNDS = 18
_MOST_ADDED = 64
_SHORTEST_EDGE_M = 0.01
_LEAST_TURN = 1e-5  # radians between two curves that meet in a corner


def rings_at(
    index: LineIndex, distance_m: float, plane: Plane, tolerance_m: float, short: float = SHORTS[0]
) -> list[Floats]:
    """Closed rings (lon, lat; first vertex repeated) at the distance from the line, all sides.

    `short` is the share of the distance of the planar buffers that the rings start from.
    """
    rough = _rough_buffer(index, distance_m * short, plane)
    rings = []
    for part in shapely.get_parts(rough):
        if part.geom_type != "Polygon":
            continue
        for ring in (part.exterior, *part.interiors):
            xy = shapely.get_coordinates(ring)[:-1]
            if len(xy) <= _FEW:
                xy = _with_places_between(xy)
            rings.append(plane.inverse(xy))
    number = np.repeat(np.arange(len(rings)), [len(ring) for ring in rings])
    start = np.vstack(rings)
    lonlat, reached = moved_to(index, start, distance_m)
    # One that slid far along a curve may have left its order in the ring; refining finds the corner again.
    reached &= inverse(*start.T, *lonlat.T)[2] <= _FARTHEST_MOVE * (1.0 - short) * distance_m
    if not reached.any():
        return []
    lonlat, number = lonlat[reached], number[reached]
    lonlat, number = _refined(index, lonlat, number, distance_m, tolerance_m)
    result = []
    for ring_number in np.unique(number):
        ring = lonlat[number == ring_number]
        if len(ring) >= 3:
            result.append(np.vstack([ring, ring[:1]]))
    return result


def _with_places_between(xy: Floats) -> Floats:
    """A ring (without its last vertex) with places along its edges.

    A sharp corner moves far, and may not be found again; a hole of a few corners would be lost with them.
    """
    share = np.arange(_PLACES)[:, None] / _PLACES
    behind = np.roll(xy, -1, axis=0)
    result: Floats = (xy[:, None] + share * (behind - xy)[:, None]).reshape(-1, 2)
    return result


def moved_to(index: LineIndex, lonlat: Floats, distance_m: float) -> tuple[Floats, Bools]:
    """Points moved to the distance from the line, and which of them got there (within 0.1 mm)."""
    lonlat = lonlat.copy()
    reached: Bools = np.zeros(len(lonlat), dtype=bool)
    todo = np.arange(len(lonlat))
    outward = np.full(len(lonlat), np.nan)  # direction at the point, away from the foot it was moved from
    for _ in range(40):
        near = index.nearest(lonlat[todo, 0], lonlat[todo, 1])
        there = np.abs(near.distance_m - distance_m) <= 1e-4 + 1e-10 * distance_m
        reached[todo[there]] = True
        todo, near = todo[~there], near.where(~there)
        if not len(todo):
            break
        # A point that was moved to the distance from one stretch of the line, and is too near to another,
        # slides along the first one's curve to the corner; every other point moves straight out.
        slide, turn, way = _slides(lonlat[todo], outward[todo], near, distance_m)
        lon, lat, azimuth = direct(near.lon, near.lat, near.azimuth, distance_m)
        aside_lon, aside_lat, _ = direct(lonlat[todo, 0], lonlat[todo, 1], turn, way)
        lonlat[todo] = np.column_stack([np.where(slide, aside_lon, lon), np.where(slide, aside_lat, lat)])
        outward[todo] = np.where(slide, np.nan, azimuth)
    return lonlat, reached


def _slides(
    lonlat: Floats, outward: Floats, near: Nearest, distance_m: float
) -> tuple[Bools, Floats, Floats]:
    _, away, _ = inverse(near.lon, near.lat, lonlat[:, 0], lonlat[:, 1])
    angle = np.radians(away - outward)
    steep = np.abs(np.sin(angle))
    short = distance_m - near.distance_m
    with np.errstate(invalid="ignore", divide="ignore"):
        way = short / steep
        slide = np.isfinite(outward) & (short > 0) & (way < 1000.0 * distance_m) & (way < 100_000.0)
    turn = np.where(slide, outward + np.where(np.sin(angle) >= 0, 90.0, -90.0), 0.0)
    return slide, turn, np.where(slide, way, 0.0)


def between(a: Floats, b: Floats, share: Floats) -> Floats:
    """Points on the straight lon/lat edges from a to b, the short way round."""
    span = np.column_stack([wrapped(b[:, 0] - a[:, 0]), b[:, 1] - a[:, 1]])
    return a + share[:, None] * span


def _refined(
    index: LineIndex, lonlat: Floats, number: Ints, distance_m: float, tolerance_m: float
) -> tuple[Floats, Ints]:
    done: Bools = np.zeros(len(lonlat), dtype=bool)  # of the edge from each vertex to the next of its ring
    for _ in range(_ROUNDS):
        after = _next_of_ring(number)
        edge = np.flatnonzero(~done)
        if not len(edge):
            break
        a, b = lonlat[edge], lonlat[after[edge]]
        # Five places, so that a corner on the edge is not overlooked where the chord crosses the curve.
        off = np.zeros(len(edge))
        for place in (0.1, 0.3, 0.5, 0.7, 0.9):
            on_edge = between(a, b, np.full(len(edge), place))
            distance = index.nearest(on_edge[:, 0], on_edge[:, 1]).distance_m
            off = np.maximum(off, np.abs(distance - distance_m))
        _, _, length = inverse(a[:, 0], a[:, 1], b[:, 0], b[:, 1])
        coarse = (off > tolerance_m) & (length > _SHORTEST_EDGE_M)
        done[edge[~coarse]] = True
        edge, a, b = edge[coarse], a[coarse], b[coarse]
        if not len(edge):
            break
        # Corners first: bisection comes near one only slowly.
        new, source = corners(index, a, b, distance_m, ((0, 2),))
        plain = np.setdiff1d(np.arange(len(edge)), source)
        # The distance of an arc from its chord falls with the square of the number of pieces.
        off = off[coarse][plain]
        count = np.clip(np.ceil(np.sqrt(off / tolerance_m)), 2, _MOST_ADDED).astype(np.int64) - 1
        own = np.repeat(np.arange(len(plain)), count)
        order = np.arange(len(own)) - np.repeat(np.cumsum(count) - count, count)
        share = (order + 1.0) / (count[own] + 1.0)
        start = between(a[plain[own]], b[plain[own]], share)
        more, reached = moved_to(index, start, distance_m)
        reached &= inverse(*start.T, *more.T)[2] <= length[coarse][plain[own]]
        more, own = more[reached], plain[own[reached]]
        stuck = np.setdiff1d(plain, own)
        found, owner = corners(index, a[stuck], b[stuck], distance_m, ((0, 1), (0, 2), (1, 2)))
        # One that takes no vertex and has no corner stays as it is: it spans a gap that is closed in truth.
        done[edge[np.setdiff1d(stuck, stuck[owner])]] = True
        new, source = np.vstack([new, more, found]), np.concatenate([source, own, stuck[owner]])
        arranged = np.argsort(source, kind="stable")
        new, source = new[arranged], source[arranged]
        at = edge[source] + 1
        lonlat = np.insert(lonlat, at, new, axis=0)
        done = np.insert(done, at, False)
        number = np.insert(number, at, number[edge[source]])
    return lonlat, number


def corners(
    index: LineIndex, a: Floats, b: Floats, distance_m: float, pairs: tuple[tuple[int, int], ...]
) -> tuple[Floats, Ints]:
    """Where curves at the distance from two stretches of the line meet, near the edges from a to b.

    The stretches are two of those nearest to a (0), to the edge's middle (1) and to b (2). Returns the
    places (lon, lat) in the order of each edge, and the number of the edge that each lies on. By Newton's
    method in two dimensions (each distance grows by one metre per metre straight away from its foot).
    """
    if not len(a):
        return np.empty((0, 2)), np.empty(0, dtype=np.int64)
    middle = between(a, b, np.full(len(a), 0.5))
    feet = [index.nearest(p[:, 0], p[:, 1]) for p in (a, middle, b)]
    _, _, length = inverse(a[:, 0], a[:, 1], b[:, 0], b[:, 1])
    places, owners = [], []
    for one, other in pairs:
        rows = np.flatnonzero(feet[one].segment != feet[other].segment)
        if not len(rows):
            continue
        place, met = _meeting(index, middle[rows], feet[one].where(rows), feet[other].where(rows), distance_m)
        _, _, from_a = inverse(a[rows, 0], a[rows, 1], place[:, 0], place[:, 1])
        _, _, from_b = inverse(b[rows, 0], b[rows, 1], place[:, 0], place[:, 1])
        free = index.nearest(place[:, 0], place[:, 1]).distance_m >= distance_m - 2e-4 - 1e-10 * distance_m
        near = np.maximum(from_a, from_b) <= 30.0 * length[rows] + 1.0
        new = np.minimum(from_a, from_b) > _SHORTEST_EDGE_M / 4
        kept = met & free & near & new
        # The curve from an end of the edge to the corner must be free, or the corner is another one's.
        free_way: Bools = np.zeros(len(rows), dtype=bool)
        for end, foot, its in ((a, 0, one), (b, 2, other)):
            if foot == its:
                free_way |= _free_between(index, end[rows], place, feet[foot].segment[rows], distance_m)
        kept &= free_way
        places.append(place[kept])
        owners.append(rows[kept])
    if not places:
        return np.empty((0, 2)), np.empty(0, dtype=np.int64)
    place, owner = np.vstack(places), np.concatenate(owners)
    _, _, ahead = inverse(a[owner, 0], a[owner, 1], place[:, 0], place[:, 1])
    order = np.lexsort([ahead, owner])
    place, owner, ahead = place[order], owner[order], ahead[order]
    fresh = np.append(True, (np.diff(owner) > 0) | (np.diff(ahead) > _SHORTEST_EDGE_M / 4))
    return place[fresh[: len(place)]], owner[fresh[: len(place)]]


def _free_between(index: LineIndex, a: Floats, b: Floats, segment: Ints, distance_m: float) -> Bools:
    """Whether the middle of the curve at the distance from one edge, between two of its places, is free."""
    middle = between(a, b, np.full(len(a), 0.5))
    near = index.nearest_on(segment, middle[:, 0], middle[:, 1])
    lon, lat, _ = direct(near.lon, near.lat, near.azimuth, distance_m)
    result: Bools = index.nearest(lon, lat).distance_m >= distance_m - 1e-3
    return result


def _meeting(
    index: LineIndex, start: Floats, one: Nearest, other: Nearest, distance_m: float
) -> tuple[Floats, Bools]:
    place = start.copy()
    met: Bools = np.zeros(len(place), dtype=bool)
    for _ in range(12):
        first, first_azimuth = index.from_segment(place[:, 0], place[:, 1], one.segment)
        second, second_azimuth = index.from_segment(place[:, 0], place[:, 1], other.segment)
        lack, lack_other = distance_m - first, distance_m - second
        u, v = np.radians(first_azimuth), np.radians(second_azimuth)
        cross = np.sin(v - u)
        # Where both feet are one vertex the curves are one, and there is no corner.
        met = np.maximum(np.abs(lack), np.abs(lack_other)) <= 1e-4 + 1e-10 * distance_m
        met &= np.abs(cross) > _LEAST_TURN
        if met.all():
            break
        with np.errstate(invalid="ignore", divide="ignore"):
            east = (lack_other * np.cos(u) - lack * np.cos(v)) / cross
            north = (lack * np.sin(v) - lack_other * np.sin(u)) / cross
        way = np.hypot(east, north)
        going = ~met & (np.abs(cross) > _LEAST_TURN) & (way < 10.0 * distance_m)
        if not going.any():
            break
        lon, lat, _ = direct(
            place[:, 0], place[:, 1], np.degrees(np.arctan2(east, north)), np.where(going, way, 0.0)
        )
        place[going] = np.column_stack([lon, lat])[going]
    return place, met


def _next_of_ring(number: Ints) -> Ints:
    after = np.arange(1, len(number) + 1)
    last = np.flatnonzero(np.append(np.diff(number) != 0, True))
    first = np.concatenate([[0], last[:-1] + 1])
    after[last] = first
    return after


def _rough_buffer(index: LineIndex, distance_m: float, plane: Plane) -> BaseGeometry:
    areas = []
    for lonlat in _stretches(index):
        lon, lat = lonlat[len(lonlat) // 2]
        flat = Proj(f"+proj=aeqd +lon_0={lon} +lat_0={lat} +ellps=WGS84 +units=m")
        xy = np.column_stack(flat(lonlat[:, 0], lonlat[:, 1]))
        plain = shapely.simplify(shapely.LineString(xy), 0.005 * distance_m)
        area = shapely.buffer(plain, distance_m, quad_segs=16)
        # Far enough apart that straight edges on the sheet err by less than a thousandth of the distance.
        steep = max(float(np.tan(np.radians(min(np.abs(lonlat[:, 1]).max(), 89.0)))), 0.1)
        area = shapely.segmentize(area, math.sqrt(0.008 * MEAN_RADIUS_M * distance_m / steep))
        ring = shapely.get_coordinates(area)
        ring = plane.forward(np.column_stack(flat(ring[:, 0], ring[:, 1], inverse=True)))
        areas.append(shapely.set_coordinates(area, ring))
    return shapely.union_all([shapely.make_valid(area) for area in areas])


def _stretches(index: LineIndex) -> list[Floats]:
    """The parts cut into stretches of at most 300 km or 100 vertices, with points of their geodesics."""
    result = []
    for part in range(len(index.line.parts)):
        chosen = np.flatnonzero(index.part_of_segment == part)
        count = np.maximum(np.ceil(index.length_m[chosen] / 50_000.0), 1).astype(np.int64)
        segment = np.repeat(chosen, count)
        order = np.arange(len(segment)) - np.repeat(np.cumsum(count) - count, count)
        along = order * np.repeat(index.length_m[chosen] / count, count)
        lon, lat, _ = direct(index.start[segment, 0], index.start[segment, 1], index.azimuth[segment], along)
        places = np.vstack([np.column_stack([lon, lat]), index.end[chosen[-1:]]])
        position = np.append(
            index.offset_m[segment] + along, index.offset_m[chosen[-1]] + index.length_m[chosen[-1]]
        )
        stretch = ((position - position[0]) // _STRETCH_M).astype(np.int64)
        stretch += np.arange(len(stretch)) // _STRETCH_VERTICES
        stretch[-1] = stretch[-2]
        cuts = np.flatnonzero(np.diff(stretch)) + 1
        bounds = [0, *cuts.tolist(), len(places) - 1]
        result += [places[i : j + 1] for i, j in pairwise(bounds)]
    return result

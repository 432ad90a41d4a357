"""How far a drawn zone's boundary lies from the exact one: measured along it, and by places all around."""

from __future__ import annotations

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from truceline.geo.depths import Depths
from truceline.geo.ellipsoid import Bools, Floats, Ints, direct, inverse, wrapped
from truceline.geo.nearest import LineIndex
from truceline.geo.offset import between
from truceline.geo.plane import Plane

_CHECKED_PLACES = 3000
_FINEST_M = 0.003
_AT_A_TIME = 4096
_LOOKED_AT = 64
_USUAL_M = 0.1
_ACROSS = np.array([90.0, -90.0])
# Then beside the edge as well, for the tip of a narrow wedge holds only what lies there.
_LESS = np.array([0.3, 1.0, 3.0, 10.0, 30.0, 60.0])
_BESIDE = np.concatenate([_LESS, -_LESS, 180.0 - _LESS, 180.0 + _LESS])
_NOT_BESIDE = np.empty(0)
_SHARES = np.arange(8) / 8


def measured_error(index: LineIndex, depths: Depths, area: BaseGeometry, plane: Plane) -> float:
    """The boundary's greatest distance from where it should run: at vertices and seven places of each edge.

    It should run at a depth, or else where belonging changes: those places are tried on both sides of it.
    """
    points, heading, off = _off_depths(index, depths, area, plane)
    if not depths.symmetric:
        return _greatest(index, depths, points, heading, off, np.flatnonzero(off > _FINEST_M))
    return float(off.max())


def strayed(
    index: LineIndex, depths: Depths, area: BaseGeometry, plane: Plane, above_m: float
) -> tuple[Floats, Floats]:
    """The places of the boundary that `measured_error` finds further off than that: lon, lat, and how far."""
    points, heading, off = _off_depths(index, depths, area, plane)
    if not depths.symmetric:
        for beside in (_NOT_BESIDE, _BESIDE):
            rest = np.flatnonzero(off > above_m)
            off[rest] = _from_change(index, depths, points[rest], heading[rest], off[rest], beside)
    kept = off > above_m
    return points[kept], off[kept]


def _off_depths(
    index: LineIndex, depths: Depths, area: BaseGeometry, plane: Plane
) -> tuple[Floats, Floats, Floats]:
    """Places of the boundary, the azimuth of their edges, and how far each is from a depth or the line."""
    edges = []
    for part in shapely.get_parts(area):
        for ring in (part.exterior, *part.interiors):
            lonlat = plane.inverse(shapely.get_coordinates(ring))
            edges.append(np.hstack([lonlat[:-1], lonlat[1:]]))
    edge = np.vstack(edges)
    a, b = edge[:, :2], edge[:, 2:]
    points = np.vstack([between(a, b, np.full(len(a), share)) for share in _SHARES])
    near = index.nearest(points[:, 0], points[:, 1])
    off = np.min([np.abs(near.distance_m - d) for d in depths.distances_m], axis=0)
    if not depths.symmetric:
        off = np.minimum(off, near.distance_m)
    heading = np.tile(inverse(a[:, 0], a[:, 1], b[:, 0], b[:, 1])[0], len(_SHARES))
    return points, heading, off


def _greatest(
    index: LineIndex, depths: Depths, points: Floats, heading: Floats, off: Floats, rest: Ints
) -> float:
    """The greatest of all distances, those of `rest` being no more than that to where belonging changes.

    Only what lies further off than the greatest found can matter: so first those that stray as straight edges
    do; then the others are asked whether belonging changes as near as that, and few remain to be looked at.
    """
    settled: Bools = np.ones(len(off), dtype=bool)
    settled[rest] = False
    greatest = float(off[settled].max(initial=0.0))
    rest = rest[np.argsort(-off[rest], kind="stable")]
    usual = rest[off[rest] <= _USUAL_M][:_LOOKED_AT]
    for some in (usual, *(rest[first : first + _AT_A_TIME] for first in range(0, len(rest), _AT_A_TIME))):
        left = some[off[some] > greatest]
        if len(left) and greatest > 0.0:
            left = left[~_changes(index, depths, points[left], heading[left], greatest, _ACROSS)]
        # What is found straight across is never too little: what is furthest by that is looked at closely.
        if not len(left):
            continue
        most = _from_change(index, depths, points[left], heading[left], off[left], _NOT_BESIDE)
        order = np.argsort(-most, kind="stable")
        left, most = left[order], most[order]
        for first in range(0, len(left), _LOOKED_AT):
            near, known = left[first : first + _LOOKED_AT], most[first : first + _LOOKED_AT]
            if known[0] <= greatest:
                break
            found = _from_change(index, depths, points[near], heading[near], known)
            greatest = max(greatest, float(found.max()))
    return greatest


def _changes(
    index: LineIndex, depths: Depths, points: Floats, azimuth: Floats, step_m: float, turns: Floats
) -> Bools:
    """Whether belonging is not the same at that distance from each place, in all these directions."""
    lon, lat, _ = direct(points[:, :1], points[:, 1:], azimuth[:, None] + turns, step_m)
    held = depths.holds(index.nearest(lon.ravel(), lat.ravel())).reshape(lon.shape)
    result: Bools = np.logical_xor(held.any(axis=1), held.all(axis=1))
    return result


def _from_change(
    index: LineIndex, depths: Depths, points: Floats, azimuth: Floats, known: Floats, beside: Floats = _BESIDE
) -> Floats:
    """How far places of the boundary lie from where belonging changes, found across it, step by step; no
    further than what is `known` of each.
    """
    off = known.copy()
    todo, step = np.arange(len(points)), _FINEST_M
    turns = _ACROSS
    while len(todo) and step < 1000.0:
        changes = _changes(index, depths, points[todo], azimuth[todo], step, turns)
        off[todo[changes]] = np.minimum(off[todo[changes]], step)
        step *= 2.0**0.5 if step < 0.1 else 4.0
        todo = todo[~changes & (off[todo] > step)]
        if step > 2.0 * _FINEST_M:
            turns = np.concatenate([_ACROSS, beside])
    return off


def sampled_error(index: LineIndex, depths: Depths, area: BaseGeometry, plane: Plane) -> float:
    """How far inside or outside the drawn area a place lies that by its distance belongs elsewhere; 0: none.

    A cross-check of the topology on places spread over the area and around it (the same ones every time).
    """
    west, south, east, north = area.bounds
    from scipy.stats import qmc  # here, because it takes a second to load

    spread = qmc.Halton(2, seed=7).random(_CHECKED_PLACES)
    margin = 0.05 * np.array([east - west, north - south])
    xy = [west, south] - margin + spread * ([east - west, north - south] + 2 * margin)
    if not plane.pole:
        xy = xy[np.abs(xy[:, 1]) < 90.0]
    shapely.prepare(area)
    drawn = shapely.contains_xy(area, xy[:, 0], xy[:, 1])
    lonlat = plane.inverse(xy)
    wrong = lonlat[drawn != depths.holds(index.nearest(lonlat[:, 0], lonlat[:, 1]))]
    if not len(wrong):
        return 0.0
    outline = shapely.get_parts(area.boundary)
    lines = [shapely.LineString(_turned(plane.inverse(shapely.get_coordinates(ring)))) for ring in outline]
    return float(LineIndex(shapely.MultiLineString(lines)).nearest(wrong[:, 0], wrong[:, 1]).distance_m.max())


def _turned(lonlat: Floats) -> Floats:
    return np.column_stack([wrapped(lonlat[:, 0]), lonlat[:, 1]])

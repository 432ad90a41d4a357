"""What mends a zone's drawing where its rings or dividing lines came out incomplete.

Rings and dividing lines are drawn from planar sketches of the line, which fail where gaps all but close. The
exact definition tells: every face is asked at many places, and one that holds ground of both kinds is divided
by sampling; and an edge that runs out and back along itself, with nothing between, is taken out.
"""

from __future__ import annotations

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from truceline.geo.depths import Depths
from truceline.geo.ellipsoid import Bools, Floats
from truceline.geo.face_divisions import dividing_lines
from truceline.geo.nearest import LineIndex
from truceline.geo.plane import Plane
from truceline.geo.zone_error import strayed

_ROUNDS = 3
_THIN = 4.0  # times the tolerance: triangles within narrower ones lie too near a boundary to tell
_MOST_ASKED = 30_000
_SPIKE = 2.0  # times the tolerance
_AROUND, _WIDE = 3.0, 50.0  # times what a place is off, and the tolerance


def divided_faces(
    index: LineIndex, depths: Depths, faces: list[BaseGeometry], plane: Plane, tolerance_m: float
) -> list[BaseGeometry]:
    """The faces, those that hold both ground of the zone and other ground divided where that changes."""
    for _ in range(_ROUNDS):
        mixed = _mixed(index, depths, faces, plane, tolerance_m)
        if not mixed.any():
            break
        wrong = [face for face, is_mixed in zip(faces, mixed, strict=True) if is_mixed]
        faces = [face for face, is_mixed in zip(faces, mixed, strict=True) if not is_mixed]
        faces += _by_sampling(index, depths, wrong, plane, tolerance_m)
    return faces


def _by_sampling(
    index: LineIndex, depths: Depths, faces: list[BaseGeometry], plane: Plane, tolerance_m: float
) -> list[BaseGeometry]:
    """The faces, divided along the lines across which samples of their ground differ."""
    none = shapely.LineString()
    lines = dividing_lines(index, depths.holds, faces, none, plane, tolerance_m)
    walls = [shapely.LineString(plane.forward_line(line)) for line in lines if len(line) > 1]
    noded = shapely.union_all([*(face.boundary for face in faces), *walls])
    return [part for part in shapely.get_parts(shapely.polygonize([noded])) if _within_any(part, faces)]


def _within_any(part: BaseGeometry, faces: list[BaseGeometry]) -> bool:
    inner = shapely.point_on_surface(part)
    return bool(shapely.contains(faces, inner).any())


def _mixed(
    index: LineIndex, depths: Depths, faces: list[BaseGeometry], plane: Plane, tolerance_m: float
) -> Bools:
    """Which faces hold ground of both kinds: by the middles of their triangles, the thinnest left out."""
    unit = 1.0 if plane.pole else 1.0 / 111_000.0
    # Vertices that move the outline by less than what is left out say nothing here, and near a pole they are
    # a hundred thousand.
    plain = shapely.simplify(faces, tolerance_m * unit)
    parts, face = shapely.get_parts(shapely.constrained_delaunay_triangles(plain), return_index=True)
    # Twice the area by the circumference: the radius of the circle inside.
    wide = 2.0 * shapely.area(parts) / np.maximum(shapely.length(parts), 1e-300) > _THIN * tolerance_m * unit
    parts, face = parts[wide], face[wide]
    if len(parts) > _MOST_ASKED:
        largest = np.argsort(-shapely.area(parts))[:_MOST_ASKED]
        parts, face = parts[largest], face[largest]
    middles = plane.inverse(shapely.get_coordinates(shapely.centroid(parts)))
    held = depths.holds(index.nearest(middles[:, 0], middles[:, 1]))
    inside = np.bincount(face[held], minlength=len(faces))
    result: Bools = (inside > 0) & (inside < np.bincount(face, minlength=len(faces)))
    return result


def redrawn(
    index: LineIndex, depths: Depths, area: BaseGeometry, plane: Plane, tolerance_m: float, above_m: float
) -> BaseGeometry:
    """The area, drawn anew by sampling around the places where its boundary strays further than that."""
    places, off = strayed(index, depths, area, plane, above_m)
    if not len(places):
        return area
    xy, unit = plane.forward(places), 1.0 if plane.pole else 1.0 / 111_000.0
    half = (_AROUND * off + _WIDE * tolerance_m) * unit
    squeeze = 1.0 if plane.pole else np.maximum(np.cos(np.radians(xy[:, 1])), 0.01)
    boxes = shapely.box(
        xy[:, 0] - half / squeeze, xy[:, 1] - half, xy[:, 0] + half / squeeze, xy[:, 1] + half
    )
    grid = 1e-4 if plane.pole else 1e-9
    around = shapely.union_all(boxes, grid_size=grid)
    held = []
    for patch in shapely.get_parts(around):
        # Not asked first whether it is mixed: it is known to be, somewhere.
        faces = _by_sampling(index, depths, [patch], plane, tolerance_m)
        faces = divided_faces(index, depths, faces, plane, tolerance_m)
        inner = plane.inverse(shapely.get_coordinates(shapely.point_on_surface(faces)))
        belong = depths.holds(index.nearest(inner[:, 0], inner[:, 1]))
        held += [face for face, belongs in zip(faces, belong, strict=True) if belongs]
    outside = shapely.difference(area, around, grid_size=grid)
    whole = shapely.union_all([outside, *held], grid_size=grid)
    parts = [part for part in shapely.get_parts(whole) if part.geom_type == "Polygon" and part.area > 0]
    return shapely.MultiPolygon(parts) if parts else area


def without_spikes(area: BaseGeometry, plane: Plane, tolerance_m: float) -> BaseGeometry:
    """Without vertices at which the boundary turns back along itself with next to nothing between."""

    def kept(ring: shapely.LinearRing) -> Floats | None:
        return _without_tips(shapely.get_coordinates(ring), plane, tolerance_m)

    polygons = []
    for part in shapely.get_parts(area):
        shell = kept(part.exterior)
        if shell is not None:
            holes = [hole for hole in map(kept, part.interiors) if hole is not None]
            polygons.append(shapely.Polygon(shell, holes))
    mended = shapely.make_valid(shapely.MultiPolygon(polygons), method="structure", keep_collapsed=False)
    parts = [part for part in shapely.get_parts(mended) if part.geom_type == "Polygon" and part.area > 0]
    return shapely.MultiPolygon(parts) if parts else area


def untangled(rings: list[Floats], plane: Plane, tolerance_m: float) -> list[Floats]:
    """Rings (lon, lat); those that cross themselves lose what runs to and fro where a gap all but closes."""
    result = []
    for ring in rings:
        xy = plane.forward_line(ring)
        if shapely.LineString(xy).is_simple:
            result.append(ring)
            continue
        cut = _without_tips(xy, plane, tolerance_m)
        if cut is not None:
            result.append(plane.inverse(cut))
    return result


def _without_tips(ring: Floats, plane: Plane, tolerance_m: float) -> Floats | None:
    """A closed ring of the sheet without its tips; None where nothing is left."""
    unit = 1.0 if plane.pole else 1.0 / 111_000.0
    xy = ring[:-1]
    while len(xy) > 3:
        tips = _tips(xy, plane, _SPIKE * tolerance_m * unit)
        if not tips.any():
            break
        # Neighbours wait for the next round.
        tips &= ~np.roll(tips, 1) | (np.arange(len(tips)) == 0)
        xy = xy[~tips]
    return np.vstack([xy, xy[:1]]) if len(xy) >= 3 else None


def _tips(xy: Floats, plane: Plane, width: float) -> Bools:
    squeeze = 1.0 if plane.pole else max(float(np.cos(np.radians(np.abs(xy[:, 1]).max()))), 0.01)
    flat = xy * [squeeze, 1.0]
    before, behind = np.roll(flat, 1, axis=0) - flat, np.roll(flat, -1, axis=0) - flat
    long_before = (before**2).sum(axis=1) > (behind**2).sum(axis=1)
    longer = np.where(long_before[:, None], before, behind)
    shorter = np.where(long_before[:, None], behind, before)
    length = np.hypot(*longer.T)
    # How far the shorter edge's end lies from the longer edge, where both lead the same way.
    across = np.abs(longer[:, 0] * shorter[:, 1] - longer[:, 1] * shorter[:, 0]) / np.maximum(length, 1e-300)
    same_way = (longer * shorter).sum(axis=1) > 0.0
    # A corner is sharp only where the edges are far longer than what lies between them.
    result: Bools = same_way & (across <= width) & (np.hypot(*shorter.T) > 20.0 * across)
    return result

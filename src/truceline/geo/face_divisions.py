"""The lines within given faces across which what belongs changes, found by sampling (for sectors).

The faces of a zone have such lines from the Voronoi diagram (`truceline.geo.medial`).


Where a line bends back, crosses itself or ends beside another part of itself, ground that belongs to its left
meets ground that belongs to its right without the line between them. Such a boundary is equally far from two
stretches of the line. It is found by its effect: places are sampled in the face, and wherever two neighbours
differ in belonging, the change is located between them by bisection.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import shapely
from scipy.spatial import Delaunay, QhullError
from shapely.geometry.base import BaseGeometry

from truceline.geo.ellipsoid import Bools, Floats
from truceline.geo.nearest import LineIndex, Nearest
from truceline.geo.plane import Plane

_MOST_SAMPLES = 900
_FEWEST_SAMPLES = 30
_MOST_HALVINGS = 45
_ROUNDS = 14
_MOST_STEPS = 200

Holds = Callable[[Nearest], Bools]
Belongs = Callable[[Floats], Bools]


def dividing_lines(
    index: LineIndex,
    holds: Holds,
    faces: list[BaseGeometry],
    cuts: BaseGeometry,
    plane: Plane,
    tolerance_m: float,
) -> list[Floats]:
    """Polylines (lon, lat) that divide the faces of mixed belonging. `holds` says what belongs.

    `faces` and `cuts` (the lines known to divide, which may end within a face) are on the sheet.
    """

    def belongs(xy: Floats) -> Bools:
        lonlat = plane.inverse(xy)
        return holds(index.nearest(lonlat[:, 0], lonlat[:, 1]))

    unit = 1.0 if plane.pole else 1.0 / 111_000.0
    largest = max((face.area for face in faces), default=0.0)
    lines: list[Floats] = []
    shapely.prepare(cuts)
    for face in faces:
        samples = max(_FEWEST_SAMPLES, round(_MOST_SAMPLES * face.area / largest))
        lines += [plane.inverse(line) for line in _divided(face, cuts, samples, belongs, tolerance_m * unit)]
    return lines


def lines_from_tips(
    index: LineIndex,
    holds: Holds,
    tips: list[Floats],
    walls: BaseGeometry,
    step_m: float,
    plane: Plane,
    tolerance_m: float,
) -> list[Floats]:
    """Polylines (lon, lat) that carry a division on from where a cut ends within the zone.

    `tips` are those places (lon, lat), where another stretch of the line comes as near as the end that the
    cut started from. On a small circle round each the changes of belonging are located, and followed.
    """

    def belongs(xy: Floats) -> Bools:
        lonlat = plane.inverse(xy)
        return holds(index.nearest(lonlat[:, 0], lonlat[:, 1]))

    unit = 1.0 if plane.pole else 1.0 / 111_000.0
    tolerance, angle = tolerance_m * unit, np.linspace(0.0, 2.0 * np.pi, 145)[:-1]
    shapely.prepare(walls)
    lines = []
    for tip in tips:
        center = plane.forward(tip[None])[0]
        radius = 40.0 * tolerance
        stretch = 1.0 if plane.pole else 1.0 / max(np.cos(np.radians(center[1])), 0.01)
        ring = center + radius * np.column_stack([np.cos(angle) * stretch, np.sin(angle)])
        held = belongs(ring)
        for i in np.flatnonzero(held != np.roll(held, -1)):
            ends = ring[[i, (i + 1) % len(ring)]]
            inside, outside = (ends[0], ends[1]) if held[i] else (ends[1], ends[0])
            change = _bisected(inside[None], outside[None], belongs, tolerance / 8)[0]
            if shapely.Point(change).distance(walls) > radius / 20:
                line = _followed(np.array([center, change]), walls, step_m * unit, belongs, tolerance)
                lines.append(plane.inverse(_fitted(line, belongs, tolerance)))
    return lines


def _divided(
    face: BaseGeometry, cuts: BaseGeometry, samples: int, belongs: Belongs, tolerance: float
) -> list[Floats]:
    west, south, east, north = face.bounds
    # On a sheet of degrees those of longitude are the shorter ones.
    squeeze = (
        max(float(np.cos(np.radians((south + north) / 2))), 0.05) if max(abs(south), north) <= 90 else 1.0
    )
    step = float(np.sqrt(face.area / squeeze / samples))
    if step <= 2.0 * tolerance:
        return []
    xs, ys = np.meshgrid(
        np.arange(west + step / 2, east, step), np.arange(south + step * squeeze / 2, north, step * squeeze)
    )
    grid = np.column_stack([xs.ravel(), ys.ravel()])
    shapely.prepare(face)
    grid = grid[shapely.contains_xy(face, grid[:, 0], grid[:, 1])]
    if len(grid) < 4:
        return []
    held = belongs(grid)
    if held.all() or not held.any():
        return []
    lines = []
    # Cuts that end within the face are walls as its boundary is.
    walls = shapely.union_all([face.boundary, cuts.intersection(shapely.box(*face.bounds))])
    shapely.prepare(walls)
    for chain in _contour(face, walls, grid, held, squeeze, belongs, tolerance):
        line = _fitted(chain, belongs, tolerance)
        if np.hypot(*(line[0] - line[-1])) > 0:  # not one that closes in itself
            line = _followed(line, walls, step, belongs, tolerance)[::-1]
            line = _followed(line, walls, step, belongs, tolerance)
        lines.append(_fitted(line, belongs, tolerance))
    return lines


def _contour(
    face: BaseGeometry,
    walls: BaseGeometry,
    grid: Floats,
    held: Bools,
    squeeze: float,
    belongs: Belongs,
    tolerance: float,
) -> list[Floats]:
    """Chains of places of change, one for each side of a triangle whose ends differ."""
    try:
        triangles = Delaunay(grid / [1.0, squeeze]).simplices
    except QhullError:
        return []
    triangles = triangles[(held[triangles].sum(axis=1) % 3) != 0]
    shapes = [shapely.Polygon(grid[t]) for t in triangles]
    triangles = triangles[shapely.covers(face, shapes) & ~shapely.intersects(walls, shapes)]
    if not len(triangles):
        return []
    sides = np.sort(
        np.concatenate([triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [2, 0]]]), axis=1
    )
    mixed = held[sides[:, 0]] != held[sides[:, 1]]
    owner = np.tile(np.arange(len(triangles)), 3)[mixed]
    distinct, back = np.unique(sides[mixed], axis=0, return_inverse=True)
    first_held = held[distinct[:, 0]]
    inside = grid[np.where(first_held, distinct[:, 0], distinct[:, 1])]
    outside = grid[np.where(first_held, distinct[:, 1], distinct[:, 0])]
    change = _bisected(inside, outside, belongs, tolerance / 8)
    pairs = back.ravel()[np.argsort(owner, kind="stable")].reshape(-1, 2)
    merged = shapely.line_merge(shapely.MultiLineString([shapely.LineString(change[p]) for p in pairs]))
    return [shapely.get_coordinates(chain) for chain in shapely.get_parts(merged) if chain.length > 0]


def _bisected(inside: Floats, outside: Floats, belongs: Belongs, precision: float) -> Floats:
    inside, outside = inside.copy(), outside.copy()
    widest = float(np.hypot(*(inside - outside).T).max())
    for _ in range(min(_MOST_HALVINGS, math.ceil(math.log2(max(widest / precision, 1.0))))):
        middle = (inside + outside) / 2
        held = belongs(middle)[:, None]
        inside, outside = np.where(held, middle, inside), np.where(held, outside, middle)
    result: Floats = (inside + outside) / 2
    return result


def _fitted(line: Floats, belongs: Belongs, tolerance: float) -> Floats:
    """Vertices added where the change lies further from the middle of an edge than the tolerance."""
    done: Bools = np.zeros(len(line) - 1, dtype=bool)
    for _ in range(_ROUNDS):
        edge = np.flatnonzero(~done)
        if not len(edge):
            break
        done[edge] = True
        a, b = line[edge], line[edge + 1]
        middle, across = (a + b) / 2, (b - a)[:, ::-1] * [-0.5, 0.5]
        near = np.minimum(1.0, 2.0 * tolerance / np.hypot(*across.T).clip(1e-300))[:, None] * across / 2
        # Most edges fit: a change within the tolerance needs no search.
        fits = belongs(middle + near) != belongs(middle - near)
        edge, middle, across = edge[~fits], middle[~fits], across[~fits]
        if not len(edge):
            break
        held_one, held_other = belongs(middle + across), belongs(middle - across)
        apart = held_one != held_other
        if not apart.any():
            break
        held_one, middle, across = held_one[apart, None], middle[apart], across[apart]
        one, other = middle + across, middle - across
        change = _bisected(
            np.where(held_one, one, other), np.where(held_one, other, one), belongs, tolerance / 8
        )
        at = edge[apart] + 1
        line = np.insert(line, at, change, axis=0)
        done[edge[apart]] = False
        done = np.insert(done, at, False)
    return line


def _followed(line: Floats, walls: BaseGeometry, step: float, belongs: Belongs, tolerance: float) -> Floats:
    """The line carried on from its end, step by step along the change, to the next wall."""
    # A direction over some length, as the last edge may be very short.
    from_end = np.hypot(*(line - line[-1]).T)
    base = line[np.flatnonzero(from_end >= min(step / 2, from_end.max()))[-1]]
    path = [line[-1]]
    way = (line[-1] - base) / np.hypot(*(line[-1] - base))
    length = step / 2
    for _ in range(_MOST_STEPS):
        ahead = path[-1] + way * length
        hit = shapely.LineString([path[-1], ahead]).intersection(walls)
        if not hit.is_empty:
            # A hair past the wall, so that the lines surely cross.
            path.append(path[-1] + way * (shapely.Point(path[-1]).distance(hit) + 1e-6 * step))
            break
        across = way[::-1] * [-0.6, 0.6] * length
        one, other = ahead + across, ahead - across
        held = belongs(np.array([one, other]))
        if held[0] == held[1]:
            length /= 2
            if length < 2.0 * tolerance:
                path.append(path[-1] + way * 8.0 * tolerance)
                break
            continue
        inside, outside = (one, other) if held[0] else (other, one)
        path.append(_bisected(inside[None], outside[None], belongs, tolerance / 8)[0])
        way = (path[-1] - path[-2]) / np.hypot(*(path[-1] - path[-2]))
        length = min(length * 1.5, step)
    return np.vstack([line, path[1:]])

"""The lines from which a zone's sides and segments are told apart at the line itself: the line, the
perpendiculars or continuations at its free ends, and the rays from vertices where the depth changes.
"""

from __future__ import annotations

import numpy as np

from truceline.geo.depths import Depths
from truceline.geo.ellipsoid import Bools, Floats, direct, inverse
from truceline.geo.nearest import LineIndex
from truceline.geo.offset import between

_FLAT_TURN = 179.9  # degrees; in narrower angles the edges themselves have a line halfway between them
_PAST = 0.01  # of the reach


def cuts(index: LineIndex, depths: Depths, tolerance_m: float) -> list[Floats]:
    """Polylines (lon, lat): the line, and rays as far as their start is the nearest place, and a little more.

    More, because what they are to meet may run almost along them.
    """
    lines = [_geodesic(index, tolerance_m, part) for part in range(len(index.line.parts))]
    reach = max(depths.distances_m) * 1.01
    for lon, lat, azimuth in [*_at_free_ends(index, depths), *_at_changes(index, depths)]:
        length = min(_own_reach(index, lon, lat, azimuth, reach) + max(1.0, _PAST * reach), reach)
        lines.append(_ray(lon, lat, azimuth, length, tolerance_m))
    return lines


def _own_reach(index: LineIndex, lon: float, lat: float, azimuth: float, reach_m: float) -> float:
    """How far along a geodesic from the line its start is the nearest place, at most to the reach."""

    def owned(steps: Floats) -> Bools:
        x, y, _ = direct(lon, lat, azimuth, steps)
        result: Bools = index.nearest(x, y).distance_m >= steps - 1e-4
        return result

    low, high = 0.0, reach_m
    for _ in range(5):  # each time among a hundred places
        steps = np.linspace(low, high, 101)[1:]
        held = owned(steps)
        if held.all():
            return high
        first = int(np.flatnonzero(~held)[0])
        low, high = (low if first == 0 else float(steps[first - 1])), float(steps[first])
    return low


def _at_free_ends(index: LineIndex, depths: Depths) -> list[tuple[float, float, float]]:
    turns = (90.0, -90.0) if depths.ends == "flat" else (0.0,)
    rays = []
    for segment in range(len(index.start)):
        if index.free_end[index.node_start[segment]]:
            lon, lat = index.start[segment].tolist()
            rays += [(lon, lat, float(index.azimuth[segment]) + 180.0 + turn) for turn in turns]
        if index.free_end[index.node_end[segment]]:
            lon, lat = index.end[segment].tolist()
            rays += [(lon, lat, float(index.azimuth_end[segment]) + turn) for turn in turns]
    return rays


def _at_changes(index: LineIndex, depths: Depths) -> list[tuple[float, float, float]]:
    """Rays halfway between two edges at a vertex, where they turn sides of unequal depth to each other."""
    rays = []
    for node in _may_change(index, depths):
        arms = index.arms(node)
        lon, lat = index.node_place(node)
        for one, other in zip(arms, [*arms[1:], arms[0]], strict=True):  # anticlockwise
            gap = (one[0] - other[0]) % 360.0 or 360.0
            # An edge that is drawn away from here has its left towards the next one anticlockwise.
            before = depths.of_edge(one[2], left=one[1] > 0)
            after = depths.of_edge(other[2], left=other[1] < 0)
            if gap > _FLAT_TURN and before != after:
                rays.append((lon, lat, one[0] - gap / 2))
    return rays


def _may_change(index: LineIndex, depths: Depths) -> list[int]:
    arms = np.bincount(np.concatenate([index.node_start, index.node_end]))
    drawn_away = np.bincount(index.node_start, minlength=len(arms))
    # Where two edges meet and one goes on from the other, sides stay what they are.
    chosen = (arms > 2) | ((arms == 2) & (drawn_away != 1))
    if depths.edge_depths is not None:
        for depth in depths.edge_depths:
            low, high = np.full(len(arms), np.inf), np.zeros(len(arms))
            for node in (index.node_start, index.node_end):
                np.minimum.at(low, node, depth)
                np.maximum.at(high, node, depth)
            chosen |= low != high
    return [int(node) for node in np.flatnonzero(chosen & (arms > 1))]


def _ray(lon: float, lat: float, azimuth: float, length_m: float, tolerance_m: float) -> Floats:
    """A geodesic with the places that straight lon/lat edges need; most of them near a pole."""
    at = np.linspace(0.0, length_m, 9)
    done: Bools = np.zeros(8, dtype=bool)
    for _ in range(40):
        edge = np.flatnonzero(~done)
        if not len(edge):
            break
        x, y, _ = direct(lon, lat, azimuth, np.stack([at[edge], at[edge + 1]]))
        middle = (at[edge] + at[edge + 1]) / 2
        drawn = between(np.column_stack([x[0], y[0]]), np.column_stack([x[1], y[1]]), np.full(len(edge), 0.5))
        true_lon, true_lat, _ = direct(lon, lat, azimuth, middle)
        off = inverse(drawn[:, 0], drawn[:, 1], true_lon, true_lat)[2]
        coarse = (off > tolerance_m / 2) & (at[edge + 1] - at[edge] > tolerance_m / 4)
        done[edge[~coarse]] = True
        at = np.insert(at, edge[coarse] + 1, middle[coarse])
        done = np.insert(done, edge[coarse] + 1, False)
    x, y, _ = direct(lon, lat, azimuth, at)
    points = np.column_stack([x, y])
    points[0] = lon, lat
    return points


def _geodesic(index: LineIndex, tolerance_m: float, part: int) -> Floats:
    """A part of the line with the points of its geodesics that straight lon/lat edges need."""
    chosen = np.flatnonzero(index.part_of_segment == part)
    points = [
        _ray(
            float(index.start[i, 0]),
            float(index.start[i, 1]),
            float(index.azimuth[i]),
            float(index.length_m[i]),
            tolerance_m,
        )[:-1]
        if index.length_m[i] > 100.0
        else index.start[i : i + 1]
        for i in chosen
    ]
    return np.vstack([*points, index.end[chosen[-1:]]])

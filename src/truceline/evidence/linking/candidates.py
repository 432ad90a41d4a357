"""Pairs of reports that could be of one incident, by their own uncertainty in place and time.

Places are points on a sphere of the Earth's mean radius (6371008.8 m, IUGG), in metres: against the radii of
uncertainty, its error of at most 0.6% is nothing, and poles and antimeridian are nothing special.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

RADIUS_M = 6_371_008.8
_LEVELS_M = (500.0, 2_000.0, 8_000.0)  # radii of a kind are compared within their own scale
_SLAB = 20_000

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Pairs = tuple[Ints, Ints]


def on_sphere(lon: Floats, lat: Floats) -> Floats:
    """Points as x, y, z in metres; shape (n, 3)."""
    a, b = np.radians(lon), np.radians(lat)
    return RADIUS_M * np.column_stack((np.cos(b) * np.cos(a), np.cos(b) * np.sin(a), np.sin(b)))


def apart_m(a: Floats, b: Floats) -> Floats:
    """Great-circle distances in metres of points as `on_sphere` gives them."""
    chord = np.linalg.norm(a - b, axis=1)
    distance: Floats = 2.0 * RADIUS_M * np.arcsin(np.minimum(chord / (2.0 * RADIUS_M), 1.0))
    return distance


def near_in_place_and_time(
    points: Floats, error_m: Floats, start_us: Ints, end_us: Ints, source: Ints
) -> Pairs:
    """Pairs of rows by different sources whose intervals overlap and that are no farther apart than their
    joint uncertainty, ``hypot(error_a, error_b)``. Each pair stands once."""
    if len(source) < 2 or (source == source[0]).all():
        return _none()
    order = np.argsort(start_us, kind="stable")
    start = start_us[order]
    longest = int((end_us - start_us).max())
    found = []
    for a in range(0, len(order), _SLAB):
        b = min(a + _SLAB, len(order))
        c = int(np.searchsorted(start, start[b - 1] + longest, side="right"))
        rows = order[a:c]
        for i, j in _close(points[rows], error_m[rows], start_us[rows], longest):
            first = np.minimum(i, j) < b - a  # the others belong to the next slab
            i, j = rows[i[first]], rows[j[first]]
            kept = source[i] != source[j]
            i, j = i[kept], j[kept]
            overlap = np.minimum(end_us[i], end_us[j]) > np.maximum(start_us[i], start_us[j])
            i, j = i[overlap], j[overlap]
            near = apart_m(points[i], points[j]) <= np.hypot(error_m[i], error_m[j])
            found.append((i[near], j[near]))
    if not found:
        return _none()
    return np.concatenate([i for i, _ in found]), np.concatenate([j for _, j in found])


def _close(points: Floats, error_m: Floats, start_us: Ints, longest_us: int) -> list[Pairs]:
    """Pairs that are near by the widest uncertainty of their levels: more than are wanted, none missing."""
    level = np.searchsorted(_LEVELS_M, error_m)
    levels = [np.flatnonzero(level == k) for k in range(len(_LEVELS_M) + 1)]
    levels = [rows for rows in levels if len(rows)]
    found: list[Pairs] = []
    for k, ours in enumerate(levels):
        for theirs in levels[k:]:
            reach = max(float(np.hypot(error_m[ours].max(), error_m[theirs].max())), 1.0)
            a = cKDTree(_scaled(points[ours], start_us[ours], reach, longest_us))
            if theirs is ours:
                pairs = a.query_pairs(1.0, p=np.inf, output_type="ndarray")
                found.append((ours[pairs[:, 0]], ours[pairs[:, 1]]))
            else:
                b = cKDTree(_scaled(points[theirs], start_us[theirs], reach, longest_us))
                both = a.sparse_distance_matrix(b, 1.0, p=np.inf, output_type="ndarray")
                found.append((ours[both["i"]], theirs[both["j"]]))
    return found


def _scaled(points: Floats, start_us: Ints, reach_m: float, longest_us: int) -> Floats:
    return np.column_stack((points / reach_m, start_us / max(longest_us, 1)))


def _none() -> Pairs:
    return np.empty(0, np.int64), np.empty(0, np.int64)

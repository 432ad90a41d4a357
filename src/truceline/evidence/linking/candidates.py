"""Pairs of reports that could be of one incident, by their own uncertainty in place and time.

Places are points on a sphere of the Earth's mean radius (6371008.8 m, IUGG), in metres: against the radii of
uncertainty, its error of at most 0.6% is nothing, and poles and antimeridian are nothing special.
"""

from __future__ import annotations

from collections.abc import Iterator

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
    points: Floats,
    error_m: Floats,
    start_us: Ints,
    end_us: Ints,
    source: Ints,
    *,
    widest_m: float,
    longest_us: int,
    crowd: int,
) -> Pairs:
    """Pairs of rows by different sources whose intervals overlap and that are no farther apart than their
    joint uncertainty, ``hypot(error_a, error_b)``. Each pair stands once.

    No radius is wider than `widest_m`, no interval longer than `longest_us`. Where more than `crowd` rows
    stand within one cell of the joint uncertainty and that time, place and time cannot tell incidents apart:
    such rows have no partner there.
    """
    found: list[Pairs] = []
    level = np.searchsorted(_LEVELS_M, error_m)
    levels = [np.flatnonzero(level == k) for k in range(len(_LEVELS_M) + 1)]
    widest = [*_LEVELS_M, widest_m]
    for k, ours in enumerate(levels):
        for m, theirs in enumerate(levels[k:], start=k):
            both = ours if m == k else np.concatenate((ours, theirs))
            if not len(ours) or not len(theirs) or (source[both] == source[both[0]]).all():
                continue
            reach_m = float(np.hypot(widest[k], widest[m]))
            scaled = np.column_stack((points[both] / reach_m, start_us[both] / longest_us))
            rows = both[_uncrowded(scaled, crowd)]
            for i, j in _close(points, start_us, rows, level, (k, m), reach_m, longest_us):
                kept = source[i] != source[j]
                i, j = i[kept], j[kept]
                kept = np.minimum(end_us[i], end_us[j]) > np.maximum(start_us[i], start_us[j])
                i, j = i[kept], j[kept]
                kept = apart_m(points[i], points[j]) <= np.hypot(error_m[i], error_m[j])
                found.append((i[kept], j[kept]))
    if not found:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    return np.concatenate([i for i, _ in found]), np.concatenate([j for _, j in found])


def _uncrowded(scaled: Floats, crowd: int) -> NDArray[np.bool_]:
    cells = np.floor(scaled).astype(np.int64)
    order = np.lexsort(cells.T)
    new = np.append(True, (np.diff(cells[order], axis=0) != 0).any(axis=1))
    number = np.empty(len(order), np.int64)
    number[order] = np.cumsum(new) - 1
    kept: NDArray[np.bool_] = np.bincount(number)[number] <= crowd
    return kept


def _close(
    points: Floats,
    start_us: Ints,
    rows: Ints,
    level: Ints,
    levels: tuple[int, int],
    reach_m: float,
    longest_us: int,
) -> Iterator[Pairs]:
    """Pairs across two levels, near by their widest uncertainty: more than are wanted, none missing.

    Slab by slab of time, so that neither trees nor pairs grow with the whole.
    """
    rows = rows[np.argsort(start_us[rows], kind="stable")]
    start = start_us[rows]
    a = 0
    while a < len(rows):
        # At least as long as an interval, so that a slab looks into the next one and no farther.
        b = max(min(a + _SLAB, len(rows)), int(np.searchsorted(start, start[a] + longest_us)))
        c = int(np.searchsorted(start, start[b - 1] + longest_us, side="right"))
        some = rows[a:c]
        scaled = np.column_stack((points[some] / reach_m, start_us[some] / longest_us))
        ours, theirs = (np.flatnonzero(level[some] == k) for k in levels)
        if levels[0] == levels[1]:
            pairs = cKDTree(scaled).query_pairs(1.0, p=np.inf, output_type="ndarray")
            i, j = pairs[:, 0], pairs[:, 1]
        elif len(ours) and len(theirs):
            tree, other = cKDTree(scaled[ours]), cKDTree(scaled[theirs])
            near = tree.sparse_distance_matrix(other, 1.0, p=np.inf, output_type="ndarray")
            i, j = ours[near["i"]], theirs[near["j"]]
        else:
            i = j = np.empty(0, np.int64)
        first = np.minimum(i, j) < b - a  # the others belong to the next slab
        yield some[i[first]], some[j[first]]
        a = b

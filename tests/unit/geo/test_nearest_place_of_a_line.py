from collections.abc import Callable

import numpy as np
import shapely
from numpy.typing import NDArray

from truceline.geo.line import Line
from truceline.geo.nearest import LineIndex

Coords = NDArray[np.float64]
Oracle = Callable[[Coords, float, float], float]
Lines = Callable[[np.random.Generator, float], Coords]


def test_distances_agree_with_geographiclib_on_300_random_lines(oracle: Oracle, lines: Lines) -> None:
    rng, worst = np.random.default_rng(20181015), 0.0
    for _ in range(300):
        depth = 10 ** rng.uniform(2, 5)
        coords = lines(rng, depth)
        vertex = coords[rng.integers(len(coords))]
        lat = float(np.clip(vertex[1] + rng.normal() * depth / 111_000, -89.9, 89.9))
        lon = float(vertex[0] + rng.normal() * depth / 111_000 / np.cos(np.radians(lat)))
        found = LineIndex(shapely.LineString(coords)).nearest(lon, lat).distance_m[0]
        worst = max(worst, abs(found - oracle(coords, lon, lat)))
    assert worst < 1e-3


def test_the_left_side_is_the_one_on_the_left_hand_in_drawing_direction() -> None:
    near = LineIndex(shapely.LineString([(36, 35), (36, 36)])).nearest([35.9, 36.1, 36.0], [35.5, 35.5, 35.5])
    assert near.side.tolist() == [1, -1, 0]


def test_outside_a_corner_the_point_is_on_the_outer_side() -> None:
    index = LineIndex(shapely.LineString([(36, 35), (37, 35), (37, 36)]))  # turns left
    assert index.nearest(37.1, 34.9).side.tolist() == [-1]
    assert index.nearest(36.9, 35.1).side.tolist() == [1]


def test_a_point_ahead_of_a_free_end_is_beyond_it_and_one_abreast_is_not() -> None:
    near = LineIndex(shapely.LineString([(36, 35), (36, 36)])).nearest([36.0, 36.1], [36.1, 35.99])
    assert near.beyond_end.tolist() == [True, False]


def test_a_closed_line_has_no_end_to_be_beyond() -> None:
    ring = shapely.LinearRing([(36, 35), (37, 35), (37, 36), (36, 36)])
    near = LineIndex(ring).nearest([35.9, 36.1], [34.9, 35.1])
    assert not near.beyond_end.any()
    assert near.side.tolist() == [-1, 1]


def test_parts_that_meet_end_to_end_have_no_end_there() -> None:
    parts = shapely.MultiLineString([[(36, 35), (36.5, 35)], [(36.5, 35), (36.5, 35.5)]])
    near = LineIndex(parts).nearest(36.6, 34.9)
    assert not near.beyond_end.any()
    assert near.side.tolist() == [-1]


def test_the_position_counts_metres_along_the_line() -> None:
    line = Line.from_geometry(shapely.LineString([(36, 35), (36, 36), (37, 36)]))
    near = LineIndex(line).nearest([36.0, 37.1], [35.0, 36.0])
    assert near.position_m[0] == 0.0
    assert abs(near.position_m[1] - line.length_m) < 1e-3


def test_the_antimeridian_is_no_obstacle() -> None:
    index = LineIndex(shapely.LineString([(179.9, 10), (-179.9, 10)]))
    assert index.nearest(-179.95, 10.01).distance_m[0] < 1200


def test_straight_edges_follow_the_parallel_and_geodesic_ones_do_not() -> None:
    chord = shapely.LineString([(30, 60), (40, 60)])
    straight = LineIndex(Line.from_geometry(chord, edges="straight")).nearest(35.0, 60.0)
    geodesic = LineIndex(Line.from_geometry(chord)).nearest(35.0, 60.0)
    assert straight.distance_m[0] < 0.01
    assert geodesic.distance_m[0] > 10_000

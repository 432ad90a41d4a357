"""How far lines moved: against GeographicLib and against plane geometry."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
import shapely
from geographiclib.geodesic import Geodesic

from truceline.core.errors import InvalidInput
from truceline.geo.ellipsoid import direct
from truceline.geo.line import Line
from truceline.geo.line_change import compare_lines
from truceline.geo.uncertainty.model import LineUncertainty
from truceline.geo.zone import area_m2

EARTH = Geodesic.WGS84
BASE = Line.from_geometry(shapely.LineString([(36.0, 35.0), (36.5, 35.1), (37.0, 35.0)]), uncertainty_m=300.0)


def moved(line: Line, left_m: float) -> Line:
    """The line as far to its left as that, vertex by vertex along the bisector."""
    coords = line.parts[0]
    azimuth = [EARTH.Inverse(a[1], a[0], b[1], b[0])["azi1"] for a, b in pairwise(coords)]
    turn = [azimuth[0], *((a + b) / 2 for a, b in pairwise(azimuth)), azimuth[-1]]
    half = [0.0, *((b - a) / 2 for a, b in pairwise(azimuth)), 0.0]
    reach = left_m / np.cos(np.radians(half))
    lon, lat, _ = direct(coords[:, 0], coords[:, 1], np.array(turn) - 90.0, reach)
    return Line.from_geometry(shapely.LineString(np.column_stack([lon, lat])), uncertainty_m=400.0)


@pytest.mark.parametrize("left_m", [2000.0, -2000.0])
def test_a_line_moved_aside_is_displaced_by_that_everywhere(left_m: float) -> None:
    change = compare_lines(BASE, moved(BASE, left_m))
    known = np.isfinite(change.displacement_m)
    size = np.abs(change.displacement_m[known])
    assert np.median(change.displacement_m[known]) == pytest.approx(left_m, abs=2.0)
    # Opposite an inner corner the nearest place is that corner, further off by the bend's half angle.
    assert size.min() > 1998.0
    assert size.max() < 2000.0 / math.cos(math.radians(13.0)) + 2.0
    (stretch,) = change.stretches
    assert math.copysign(1.0, stretch.worst_m) == math.copysign(1.0, left_m)
    assert stretch.to_m - stretch.from_m == pytest.approx(change.compared_m)
    won, lost = area_m2(change.right_to_left), area_m2(change.left_to_right)
    area, none = (lost, won) if left_m > 0 else (won, lost)
    assert area == pytest.approx(abs(left_m) * BASE.length_m, rel=0.02)
    assert none == 0.0


def test_the_direction_in_which_the_second_line_is_drawn_does_not_matter() -> None:
    other = moved(BASE, 1500.0)
    back = Line((other.parts[0][::-1].copy(),), other.uncertainty_m)
    one, two = compare_lines(BASE, other).as_dict(), compare_lines(BASE, back).as_dict()
    for name in ("mean_displacement_m", "ground_from_left_to_right_m2", "ground_from_right_to_left_m2"):
        assert one[name] == pytest.approx(two[name], rel=1e-3)


def test_a_move_within_the_uncertainty_of_both_is_none() -> None:
    # 300 and 400 m: the difference is known to 500 m.
    assert compare_lines(BASE, moved(BASE, 490.0)).stretches == ()
    assert len(compare_lines(BASE, moved(BASE, 510.0)).stretches) == 1


def test_a_bulge_is_found_where_it_is_and_measured() -> None:
    straight = Line.from_geometry(shapely.LineString([(36.0, 0.0), (37.0, 0.0)]))
    bulge = Line.from_geometry(
        shapely.LineString([(36.0, 0.0), (36.4, 0.0), (36.5, 0.05), (36.6, 0.0), (37.0, 0.0)])
    )
    change = compare_lines(straight, bulge)
    (stretch,) = change.stretches
    degree = EARTH.Inverse(0, 36, 0, 37)["s12"]
    assert stretch.from_m == pytest.approx(0.4 * degree, abs=300.0)
    assert stretch.to_m == pytest.approx(0.6 * degree, abs=300.0)
    triangle = EARTH.Polygon()
    for lon, lat in ((36.4, 0.0), (36.5, 0.05), (36.6, 0.0)):
        triangle.AddPoint(lat, lon)
    assert area_m2(change.left_to_right) == pytest.approx(abs(triangle.Compute()[2]), rel=1e-3)
    # Across the middle the nearest place of the bulge lies on its flank.
    slope = math.atan2(0.05, 0.1)
    height = EARTH.Inverse(0.0, 36.5, 0.05, 36.5)["s12"]
    assert change.worst is not None
    assert change.worst.worst_m == pytest.approx(height * math.cos(slope), rel=0.01)


def test_what_only_one_line_runs_along_is_not_compared() -> None:
    short = Line.from_geometry(shapely.LineString([(36.2, 35.2), (36.4, 35.2)]))
    change = compare_lines(Line.from_geometry(shapely.LineString([(36.0, 35.1), (36.8, 35.1)])), short)
    assert change.compared_m == pytest.approx(EARTH.Inverse(35.2, 36.2, 35.2, 36.4)["s12"], rel=0.01)
    assert area_m2(change.left_to_right) == pytest.approx(
        change.compared_m * EARTH.Inverse(35.1, 36.3, 35.2, 36.3)["s12"], rel=0.01
    )
    with pytest.raises(InvalidInput, match="nowhere"):
        compare_lines(short, Line.from_geometry(shapely.LineString([(50.0, 10.0), (50.0, 11.0)])))


def test_net_area_of_a_straight_line_varies_as_its_mean_displacement() -> None:
    # One common displacement of sigma each: the net area varies by the root of both, times the length.
    known = LineUncertainty.constant(1000.0, 1e9)
    coords = BASE.parts
    change = compare_lines(Line(coords, 1000.0, known), Line(coords, 1000.0, known))
    expected = math.sqrt(2.0) * 1000.0 / 1.959964 * BASE.length_m
    assert change.as_dict()["net_standard_error_m2"] == pytest.approx(expected, rel=1e-3)
    assert change.stretches == ()
    assert change.worst is None

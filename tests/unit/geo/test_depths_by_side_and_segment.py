from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.core.errors import InvalidInput
from truceline.geo.depth_segments import read_depth_segments
from truceline.geo.inside import contains
from truceline.geo.line import Line
from truceline.geo.nearest import LineIndex
from truceline.geo.zone import DepthSegment, derive_zone

LINE = shapely.LineString([(36, 35), (36.3, 35.1), (36.5, 35.0), (36.8, 35.05)])
LENGTH_M = Line.from_geometry(LINE).length_m
BRANCHED = shapely.MultiLineString(
    [[(36, 35), (36.2, 35)], [(36.2, 35), (36.35, 35.15)], [(36.2, 35), (36.35, 34.85)]]
)


def segments(at_m: float) -> list[DepthSegment]:
    return [DepthSegment(0, at_m, 15_000, 20_000), DepthSegment(at_m, LENGTH_M, 9_000, 12_000)]


def test_each_place_has_the_depth_of_the_segment_of_its_nearest_place() -> None:
    zone = derive_zone(LINE, segments=segments(30_000), ends="round")
    assert zone.max_error_m < 0.10
    places = np.random.default_rng(5).uniform([35.7, 34.7], [37.1, 35.4], (3000, 2))
    near = LineIndex(LINE).nearest(*places.T)
    first, left = near.position_m < 30_000, near.side > 0
    depth = np.where(first, np.where(left, 15_000, 20_000), np.where(left, 9_000, 12_000))
    clear = (np.abs(near.distance_m - depth) > 1) & (np.abs(near.position_m - 30_000) > 1)
    assert (contains(zone.geometry, *places.T) == (near.distance_m < depth))[clear].all()


def test_segments_that_share_one_depth_are_the_uniform_zone() -> None:
    cut = [DepthSegment(0, 20_000, 15_000, 0), DepthSegment(20_000, LENGTH_M, 15_000, 0)]
    whole = derive_zone(LINE, 15_000, "left")
    assert derive_zone(LINE, segments=cut).area_m2 == pytest.approx(whole.area_m2, rel=1e-8)


@settings(max_examples=8, deadline=None)
@given(st.floats(5_000, 45_000), st.floats(2_000, 15_000), st.floats(2_000, 15_000))
def test_sides_change_places_when_the_line_is_drawn_the_other_way(
    at: float, left: float, right: float
) -> None:
    there = derive_zone(LINE, 8_000, "left", segments=[DepthSegment(0, at, left, right)], ends="flat")
    back = derive_zone(
        LINE.reverse(), 8_000, "right", segments=[DepthSegment(LENGTH_M - at, LENGTH_M, right, left)],
        ends="flat",
    )  # fmt: skip
    assert back.area_m2 == pytest.approx(there.area_m2, rel=1e-6)


@settings(max_examples=8, deadline=None)
@given(st.floats(1_000, 20_000), st.floats(1.05, 2.0))
def test_a_deeper_zone_holds_the_shallower_one(depth: float, more: float) -> None:
    shallow, deep = derive_zone(BRANCHED, depth, "left"), derive_zone(BRANCHED, depth * more, "left")
    assert shallow.geometry.difference(deep.geometry).area * 111_000**2 < 1.0 * depth


@pytest.mark.parametrize("line", [LINE, BRANCHED])
def test_left_and_right_together_are_both(line: shapely.Geometry) -> None:
    left, right, both = (derive_zone(line, 12_000, s, ends="round") for s in ("left", "right", "both"))  # type: ignore[arg-type]
    assert left.area_m2 + right.area_m2 == pytest.approx(both.area_m2, rel=1e-6)
    assert max(left.max_error_m, right.max_error_m) < 0.10


def test_the_sea_is_taken_out_and_the_border_kept() -> None:
    whole, half = derive_zone(LINE, 15_000), shapely.box(30, 30, 36.4, 40)
    inside, outside = derive_zone(LINE, 15_000, clip=half), derive_zone(LINE, 15_000, clip_out=half)
    assert inside.clipped
    assert outside.clipped
    assert inside.area_m2 + outside.area_m2 == pytest.approx(whole.area_m2, rel=1e-6)


def test_segments_are_read_from_csv_by_metres_or_by_vertex(tmp_path: Path) -> None:
    line = Line.from_geometry(LINE)
    file = tmp_path / "d.csv"
    file.write_text("from_vertex,to_vertex,left_depth_m,right_depth_m\n0,2,15000,20000\n2,3,9000,\n")
    first, second = read_depth_segments(file, line)
    assert (first.from_m, second.right_m) == (0.0, 0.0)
    assert second.to_m == pytest.approx(LENGTH_M)
    file.write_text("from_m,to_m,left_depth_m\n0,x,15000\n")
    with pytest.raises(InvalidInput, match="row 1, to_m"):
        read_depth_segments(file, line)


@pytest.mark.parametrize(
    "bad",
    [[DepthSegment(0, 10_000, 1e4, 0), DepthSegment(5_000, 20_000, 1e4, 0)], [DepthSegment(0, 9e6, 1e4, 0)]],
)
def test_segments_that_overlap_or_leave_the_line_are_named(bad: list[DepthSegment]) -> None:
    with pytest.raises(InvalidInput, match="segment"):
        derive_zone(LINE, segments=bad)

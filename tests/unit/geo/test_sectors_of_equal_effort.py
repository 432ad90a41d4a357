"""Sectors: they are the zone, each the ground nearest to its stretch, each with the same effort."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from geographiclib.geodesic import Geodesic
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry.base import BaseGeometry

from truceline.core.errors import InvalidGeometry, InvalidInput
from truceline.geo.effort import Effort, read_effort
from truceline.geo.line import Line
from truceline.geo.nearest import LineIndex
from truceline.geo.sectors import ZoneSector, cut_into_sectors, sector_of
from truceline.geo.zone import Side, area_m2, derive_zone

STRAIGHT = [(36.0, 35.0), (36.8, 35.0)]
HAIRPIN = [(36.0, 35.0), (36.5, 35.02), (36.52, 35.1), (36.05, 35.12), (36.0, 35.3), (36.4, 35.4)]
EARTH = Geodesic.WGS84


def lines() -> dict[str, shapely.MultiLineString]:
    closed = [(36, 35), (36.4, 35), (36.4, 35.3), (36, 35.3), (36, 35)]
    return {
        "straight": shapely.MultiLineString([STRAIGHT]),
        "hairpin": shapely.MultiLineString([HAIRPIN]),
        "closed": shapely.MultiLineString([closed]),
        "two parts": shapely.MultiLineString([STRAIGHT, [(36.9, 35.1), (37.3, 35.3)]]),
        "over the antimeridian": shapely.MultiLineString(
            [[(179.7, -17.0), (179.99, -17.1)], [(-179.99, -17.1), (-179.6, -17.0)]]
        ),
    }  # fmt: skip


def uncovered_m2(zone: BaseGeometry, sectors: tuple[ZoneSector, ...]) -> float:
    """Ground in the zone and in no sector, or the reverse, plus ground in two sectors; planar, generous."""
    united = shapely.union_all([sector.geometry for sector in sectors])
    double = sum(sector.geometry.area for sector in sectors) - united.area
    return float(united.symmetric_difference(zone).area + abs(double)) * 111_700.0**2


@pytest.mark.parametrize("name", lines())
@pytest.mark.parametrize("side", ["left", "both"])
def test_sectors_are_the_zone_and_each_is_nearest_to_its_own_stretch(name: str, side: Side) -> None:
    index = LineIndex(Line.from_geometry(lines()[name]))
    zone = derive_zone(index.line, 9000.0, side, tolerance_m=0.5).geometry
    sectors = cut_into_sectors(zone, index, 5)
    # 0.1 mm on each side of some 500 km of boundary.
    assert uncovered_m2(zone, sectors) < 100.0
    # Areas are those of geodesic edges, and a long edge that is divided follows its parallel more closely.
    assert sum(sector.area_m2 for sector in sectors) == pytest.approx(area_m2(zone), rel=5e-6)
    rng = np.random.default_rng(4)
    west, south, east, north = zone.bounds
    lon, lat = rng.uniform(west, east, 4000), rng.uniform(south, north, 4000)
    held = shapely.contains_xy(zone, lon, lat)
    lon, lat = lon[held], lat[held]
    near = index.nearest(lon, lat)
    number = sector_of(near.position_m, sectors)
    for order, sector in enumerate(sectors):
        inside = shapely.contains_xy(sector.geometry, lon, lat)
        wrong = inside != (number == order)
        # Within the tolerance of a boundary either will do.
        edge = shapely.distance(shapely.boundary(sector.geometry), shapely.points(lon[wrong], lat[wrong]))
        assert (edge * 111_700.0 < 0.5).all()


def test_sectors_of_a_straight_zone_meet_on_geodesic_perpendiculars() -> None:
    line = Line.from_geometry(shapely.LineString(STRAIGHT))
    zone = derive_zone(line, 10_000.0, "both", ends="flat").geometry
    sectors = cut_into_sectors(zone, line, 4)
    edge = EARTH.InverseLine(35.0, 36.0, 35.0, 36.8)
    assert [sector.to_m for sector in sectors] == pytest.approx([edge.s13 * k / 4 for k in (1, 2, 3, 4)])
    for k in (1, 2, 3):
        at = edge.Position(edge.s13 * k / 4)
        for turn in (-90.0, 90.0):
            for reach in (1000.0, 9000.0):
                end = EARTH.Direct(at["lat2"], at["lon2"], at["azi2"] + turn, reach)
                place = shapely.Point(end["lon2"], end["lat2"])
                for sector in (sectors[k - 1], sectors[k]):
                    assert sector.geometry.boundary.distance(place) * 111_700.0 < 0.1
    assert {round(sector.effort_share, 9) for sector in sectors} == {0.25}


def test_posts_are_shared_out_and_the_ends_lie_between_them(tmp_path: Path) -> None:
    line = Line.from_geometry(shapely.LineString(STRAIGHT))
    zone = derive_zone(line, 5000.0, "both").geometry
    index = LineIndex(line)
    lons = [36.02, 36.03, 36.05, 36.06, 36.2, 36.7]
    path = tmp_path / "posts.geojson"
    path.write_text(json.dumps({"type": "MultiPoint", "coordinates": [[lon, 35.01] for lon in lons]}))
    effort = read_effort(path, zone, index)
    sectors = cut_into_sectors(zone, index, 3, effort=effort)
    assert [sector.effort for sector in sectors] == [2.0, 2.0, 2.0]
    assert effort.unit == "posts"
    at = index.nearest(np.array(lons), np.full(6, 35.01)).position_m
    assert sectors[0].to_m == pytest.approx((at[1] + at[2]) / 2)
    assert sectors[1].to_m == pytest.approx((at[3] + at[4]) / 2)


def test_roads_count_by_their_kilometres_within_the_zone(tmp_path: Path) -> None:
    line = Line.from_geometry(shapely.LineString(STRAIGHT))
    zone = derive_zone(line, 5000.0, "both", ends="flat").geometry
    # One road along the eastern half, another that leaves the zone.
    roads = [[[36.4, 35.02], [36.8, 35.02]], [[36.6, 35.0], [36.6, 36.0]]]
    path = tmp_path / "roads.geojson"
    path.write_text(json.dumps({"type": "MultiLineString", "coordinates": roads}))
    effort = read_effort(path, zone, LineIndex(line))
    along = EARTH.Inverse(35.02, 36.4, 35.02, 36.8)["s12"] / 1000.0
    assert effort.total == pytest.approx(along + 5.0, rel=0.01)
    (cut,) = effort.cuts(2)
    assert EARTH.Inverse(35.0, 36.0, 35.0, 36.55)["s12"] < cut < EARTH.Inverse(35.0, 36.0, 35.0, 36.65)["s12"]


def test_stretches_weigh_what_the_file_says(tmp_path: Path) -> None:
    line = LineIndex(Line.from_geometry(shapely.LineString(STRAIGHT)))
    path = tmp_path / "effort.csv"
    path.write_text("from_m,to_m,effort\n0,10000,30\n10000,40000,30\n40000,90000,0\n")
    effort = read_effort(path, shapely.box(0, 0, 1, 1), line)
    assert effort.cuts(2) == pytest.approx([10_000.0])
    assert effort.cuts(4) == pytest.approx([5000.0, 10_000.0, 25_000.0])


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(st.floats(0, 90_000), st.floats(10, 20_000), st.floats(0.1, 50)), min_size=1, max_size=8
    ),
    st.integers(2, 9),
)
def test_every_sector_holds_the_same_effort(stretches: list[tuple[float, float, float]], count: int) -> None:
    length = 120_000.0
    effort = Effort.of_stretches([(a, a + b, amount) for a, b, amount in stretches], length)
    ends = [0.0, *effort.cuts(count).tolist(), length]
    assert ends == sorted(ends)
    shares = [effort.between(a, b) / effort.total for a, b in pairwise(ends)]
    assert shares == pytest.approx([1.0 / count] * count, abs=1e-9)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("from_m,to_m\n0,1\n", "lacks the column effort"),
        ("from_m,to_m,effort\n5,1,2\n", "row 1"),
        ("from_m,to_m,effort\n0,1,x\n", "row 1"),
        ("from_m,to_m,effort\n0,10,0\n", "adds up to nothing"),
    ],
)
def test_effort_that_cannot_be_used_is_named(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "effort.csv"
    path.write_text(text)
    with pytest.raises(InvalidInput, match=said):
        read_effort(
            path, shapely.box(0, 0, 1, 1), LineIndex(Line.from_geometry(shapely.LineString(STRAIGHT)))
        )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"count": 0}, "sectors"),
        ({"count": 3, "names": ["a", "b"]}, "names"),
        ({"count": 2, "names": ["a", "a"]}, "names"),
        (
            {"count": 2, "effort": Effort.of_masses(np.array([500.0]), np.array([3.0]), 72_000.0, "posts")},
            "",
        ),
    ],
)
def test_sectors_that_cannot_be_are_refused(arguments: dict[str, Any], said: str) -> None:
    line = Line.from_geometry(shapely.LineString(STRAIGHT))
    zone = derive_zone(line, 5000.0, "both").geometry
    if said:
        with pytest.raises(InvalidInput, match=said):
            cut_into_sectors(zone, line, **arguments)
    else:  # one post in two sectors: the cut is at the post, which the second then holds
        assert [sector.effort for sector in cut_into_sectors(zone, line, **arguments)] == [0.0, 3.0]


def test_a_zone_far_from_its_line_leaves_sectors_without_ground() -> None:
    line = Line.from_geometry(shapely.LineString(STRAIGHT))
    with pytest.raises(InvalidGeometry, match="Sector 1 would be empty"):
        cut_into_sectors(shapely.box(36.7, 35.05, 36.75, 35.1), line, 4)


def test_a_line_that_crosses_itself_is_cut_where_its_stretches_meet_in_a_point() -> None:
    crossing = [(36.0, 35.0), (36.3, 35.2), (36.3, 35.35), (36.1, 35.35), (36.1, 35.2), (36.4, 35.0)]
    line = Line.from_geometry(shapely.LineString(crossing))
    zone = derive_zone(line, 2500.0, "left", tolerance_m=0.5).geometry
    sectors = cut_into_sectors(zone, line, 4)
    assert uncovered_m2(zone, sectors) < 100.0
    index, rng = LineIndex(line), np.random.default_rng(8)
    lon, lat = rng.uniform(36.0, 36.4, 4000), rng.uniform(34.95, 35.4, 4000)
    held = shapely.contains_xy(zone, lon, lat)
    number = sector_of(index.nearest(lon[held], lat[held]).position_m, sectors)
    for order, sector in enumerate(sectors):
        inside = shapely.contains_xy(sector.geometry, lon[held], lat[held])
        assert (inside != (number == order)).sum() <= 1

"""What share of line and zone is seen over terrain, where the answer is known from the drawing."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from truceline.geo.ellipsoid import direct
from truceline.geo.nearest import LineIndex
from truceline.geo.terrain import Terrain
from truceline.patrol.coverage import share_of_line, share_of_zone, shares_of_areas
from truceline.patrol.simulate import simulated

LAT = 35.05
CELL = 0.0005


def north(metres: float) -> float:
    _, lat, _ = direct(np.array([36.1]), np.array([LAT]), np.array([0.0]), np.array([metres]))
    return float(np.asarray(lat)[0])


def with_wall(at_m: float, high_m: float) -> Terrain:
    heights = np.zeros((200, 600))
    heights[int((35.1 - north(at_m)) / CELL), :] = high_m
    return Terrain(heights, 35.95, 35.1, (CELL, CELL))


@pytest.fixture(scope="module")
def road() -> list[tuple[float, float]]:
    """A road from west to east, beyond both ends of the zone."""
    return [(35.98 + 0.01 * n, LAT) for n in range(25)]


def test_a_wall_beside_the_road_hides_what_lies_behind_it(
    road: list[tuple[float, float]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("truceline.patrol.coverage.ZONE_PLACES", 1024)
    track, _ = simulated("t", "x", road, 1_540_000_000.0, seed=1)
    zone = shapely.box(36.05, north(-1500.0), 36.15, north(1500.0))
    assert share_of_zone(zone, [track], 1600.0).share == 1.0
    plain = share_of_zone(zone, [track], 1600.0, Terrain(np.zeros((200, 600)), 35.95, 35.1, (CELL, CELL)))
    assert plain.share == 1.0
    # Between 1500 m south and 500 m north: two thirds.
    hidden = share_of_zone(zone, [track], 1600.0, with_wall(500.0, 20.0))
    assert hidden.share == pytest.approx(2 / 3, abs=0.03)
    # A wall lower than the eye hides a strip behind it: from 500 m to 500 m * 2.5 / (2.5 - 1.5) = 1250 m.
    strip = share_of_zone(zone, [track], 1600.0, with_wall(500.0, 1.5))
    assert strip.share == pytest.approx(1.0 - 750 / 3000, abs=0.04)


def test_a_line_behind_a_wall_is_not_in_sight(road: list[tuple[float, float]]) -> None:
    track, _ = simulated("t", "x", road, 1_540_000_000.0, seed=2)
    slanting = LineIndex(shapely.LineString([(36.05, north(0.0)), (36.15, north(1000.0))]))
    assert share_of_line(slanting, [track], 1600.0).share == 1.0
    assert share_of_line(slanting, [track], 1600.0, with_wall(500.0, 20.0)).share == pytest.approx(
        0.5, abs=0.04
    )


def test_sectors_are_measured_at_the_places_of_their_zone(
    road: list[tuple[float, float]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("truceline.patrol.coverage.ZONE_PLACES", 1024)
    track, _ = simulated("t", "x", road, 1_540_000_000.0, seed=3)
    zone = shapely.box(36.05, north(-3000.0), 36.15, north(3000.0))
    parts = {
        "near": shapely.box(36.05, north(-1000.0), 36.15, north(1000.0)),
        "half": shapely.box(36.05, north(1000.0), 36.15, north(3000.0)),
        "far": shapely.box(36.05, north(-3000.0), 36.15, north(-2500.0)),
        "elsewhere": shapely.box(40.0, 10.0, 41.0, 11.0),
    }
    # The road runs through the middle, and 2000 m to either side are in sight.
    found = shares_of_areas(zone, parts, [track], 2000.0)
    assert set(found) == {"", "near", "half", "far"}
    assert found[""].share == pytest.approx(2 / 3, abs=0.03)
    assert (found["near"].share, found["far"].share) == (1.0, 0.0)
    assert found["half"].share == pytest.approx(0.5, abs=0.06)
    assert found["half"].sampling > found[""].sampling  # of fewer places less is known
    assert share_of_zone(zone, [track], 2000.0) == found[""]

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
import shapely
from geographiclib.geodesic import Geodesic
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from truceline.geo.inside import contains, signed_distance_m
from truceline.geo.nearest import LineIndex
from truceline.geo.zone import DerivedZone, Side, derive_zone

Coords = NDArray[np.float64]
Oracle = Callable[[Coords, float, float], float]
Lines = Callable[[np.random.Generator, float], Coords]

LINE = shapely.LineString([(36, 35), (36.3, 35.1), (36.5, 35.0)])


def mismatches(zone: DerivedZone, line: BaseGeometry, count: int = 6000) -> float:
    """How far from the zone's edge the places lie that belong elsewhere by their nearest place; metres."""
    west, south, east, north = line.bounds
    margin = max(zone.depths.distances_m) / 80_000
    places = np.random.default_rng(3).uniform(
        [west - margin, south - margin], [east + margin, north + margin], (count, 2)
    )
    near = LineIndex(line).nearest(*places.T)
    wrong = zone.depths.holds(near) != contains(zone.geometry, *places.T)
    if not wrong.any():
        return 0.0
    return float(np.abs(signed_distance_m(zone.geometry, *places[wrong].T)).max())


def test_the_edge_is_at_the_depth_by_geographiclib_on_random_lines(oracle: Oracle, lines: Lines) -> None:
    rng, tight = np.random.default_rng(20180917), 0
    for _ in range(80):
        depth = 10 ** rng.uniform(2, 5)
        coords = lines(rng, depth)
        zone = derive_zone(shapely.LineString(coords), depth, "both")
        assert zone.geometry.is_valid
        tight += zone.max_error_m < 0.10
        vertices = shapely.get_coordinates(zone.geometry)
        inner = vertices[np.abs(np.abs(vertices[:, 0]) - 180) > 1e-6]
        a, b = inner[:-1], inner[1:]
        middle = ((a + b) / 2)[np.abs(a - b).max(axis=1) < 0.02]
        for lon, lat in [*rng.choice(inner, 2), *rng.choice(middle, 1)] if len(middle) else inner[:2]:
            assert abs(oracle(coords, lon, lat) - depth) <= zone.max_error_m
    # Where the edge nearly touches itself the bound is wider, and says so.
    assert tight >= 77


def test_every_offset_of_the_line_that_is_free_lies_on_the_edge(lines: Lines) -> None:
    rng = np.random.default_rng(7)
    for _ in range(15):
        depth = 10 ** rng.uniform(2.5, 5)
        coords = lines(rng, depth)
        zone = derive_zone(shapely.LineString(coords), depth, "both")
        offsets = []
        for (lon1, lat1), (lon2, lat2) in pairwise(coords):
            edge = Geodesic.WGS84.InverseLine(lat1, lon1, lat2, lon2)
            for share in np.linspace(0, 1, 9):
                at = edge.Position(share * edge.s13)
                for turn in (-90, 90):
                    out = Geodesic.WGS84.Direct(at["lat2"], at["lon2"], at["azi2"] + turn, depth)
                    offsets.append((out["lon2"], out["lat2"]))
        places = np.array(offsets)
        free = LineIndex(shapely.LineString(coords)).nearest(*places.T).distance_m > depth - 1e-3
        assert np.abs(signed_distance_m(zone.geometry, *places[free].T)).max() <= zone.max_error_m


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("ends", ["flat", "round"])
@pytest.mark.parametrize(
    "coords",
    [
        [(36, 35), (36.5, 35), (36.5, 35.1), (36, 35.1)],  # bends back
        [(36, 35), (36.4, 35.3), (36.4, 35), (36, 35.3)],  # crosses itself
        [(36, 35), (36.3, 35), (36.3, 35.2), (36.05, 35.2), (36.05, 35.07)],  # ends beside itself
        [(36, 35), (36.3, 35), (36.3, 35.3), (36, 35.3), (36, 35)],  # closes
        [(36, 35), (36.5, 35), (36, 35.01)],  # a narrow turn
    ],
)
def test_one_side_holds_what_is_reached_from_that_side(
    coords: list[tuple[float, float]], side: Side, ends: str
) -> None:
    line = shapely.LineString(coords)
    zone = derive_zone(line, 15_000, side, ends=ends)  # type: ignore[arg-type]
    assert zone.geometry.is_valid
    assert zone.max_error_m < 0.2
    assert mismatches(zone, line) <= zone.max_error_m


def test_both_sides_together_are_the_zone_of_both() -> None:
    left, right, both = (derive_zone(LINE, 15_000, s, ends="flat") for s in ("left", "right", "both"))
    assert left.area_m2 + right.area_m2 == pytest.approx(both.area_m2, rel=1e-6)


def test_a_band_is_what_is_left_when_the_inner_zone_is_taken_out() -> None:
    band = derive_zone(LINE, 20_000, "left", from_m=10_000)
    inner, outer = derive_zone(LINE, 10_000, "left"), derive_zone(LINE, 20_000, "left")
    assert band.area_m2 == pytest.approx(outer.area_m2 - inner.area_m2, rel=1e-6)
    assert mismatches(band, LINE) <= band.max_error_m


def test_unequal_depths_hold_on_their_own_sides() -> None:
    zone = derive_zone(LINE, left_depth_m=15_000, right_depth_m=20_000)
    assert mismatches(zone, LINE) <= zone.max_error_m
    assert zone.depths.ends == "round"


def test_a_zone_across_the_antimeridian_is_split_there_and_has_its_whole_area() -> None:
    there = derive_zone(shapely.LineString([(179.5, 10), (-179.5, 10.2)]), 20_000)
    here = derive_zone(shapely.LineString([(19.5, 10), (20.5, 10.2)]), 20_000)
    assert there.geometry.geom_type == "MultiPolygon"
    assert np.abs(shapely.get_coordinates(there.geometry)[:, 0]).max() <= 180
    assert there.area_m2 == pytest.approx(here.area_m2, rel=1e-6)


def test_a_zone_over_the_pole_holds_the_pole() -> None:
    zone = derive_zone(shapely.LineString([(0, 89.9), (120, 89.95)]), 50_000)
    assert zone.geometry.is_valid
    assert zone.max_error_m < 0.1
    assert contains(zone.geometry, [0.0, 77.0, -120.0], [90.0, 89.99, 89.99]).all()
    assert zone.area_m2 > np.pi * 50_000**2


def test_a_line_round_the_pole_has_an_inside_on_the_left() -> None:
    line = shapely.LineString([(0, 85), (90, 85), (180, 85), (-90, 85), (0, 85)])
    zone = derive_zone(line, 100_000, "left", tolerance_m=20)
    # Half-way along an edge the geodesic runs at about 86.46 degrees; 100 km are about 0.9 of one.
    near = contains(zone.geometry, [45.0, 45.0, 45.0], [86.6, 87.3, 87.5])
    assert near.tolist() == [True, True, False]
    assert not contains(zone.geometry, [45.0], [86.3])[0]


def test_exteriors_run_anticlockwise_as_rfc_7946_wants() -> None:
    zone = derive_zone(LINE, 15_000)
    assert all(shapely.is_ccw(part.exterior) for part in shapely.get_parts(zone.geometry))


def test_a_zone_clipped_to_an_area_lies_in_it() -> None:
    area = shapely.box(36.1, 34.9, 36.2, 35.2)
    zone = derive_zone(LINE, 15_000, clip=area)
    assert zone.clipped
    assert zone.geometry.within(area.buffer(1e-8))


def test_a_line_of_5000_vertices_keeps_its_bound() -> None:
    rng = np.random.default_rng(1)
    east = 36 + np.linspace(0, 3, 5000)
    line = shapely.LineString(np.column_stack([east, 35 + np.cumsum(rng.normal(0, 0.0005, 5000))]))
    zone = derive_zone(line, 20_000, "both")
    assert zone.max_error_m < 0.15
    assert mismatches(zone, line, 2000) <= zone.max_error_m

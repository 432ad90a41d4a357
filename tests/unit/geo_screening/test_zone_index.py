"""Distances against GeographicLib and geo.inside, probabilities against Monte Carlo and geo.inside."""

import math

import numpy as np
import pytest
import shapely
from geographiclib.geodesic import Geodesic
from scipy.special import ndtr

from truceline.core.errors import InvalidGeometry
from truceline.geo import inside
from truceline.geo.ellipsoid import direct
from truceline.geo.screening.index import ALWAYS_FROM, ALWAYS_TO, ZoneIndex

DAY = 86_400_000_000


def ragged(lon: float, lat: float, radius: float, vertices: int, seed: int) -> shapely.Polygon:
    rng = np.random.default_rng(seed)
    angle = np.linspace(0, 2 * np.pi, vertices, endpoint=False)
    reach = radius * (1 + 0.3 * np.sin(5 * angle) + 0.05 * rng.uniform(-1, 1, vertices))
    wide = 1 / math.cos(math.radians(lat))
    return shapely.Polygon(np.c_[lon + wide * reach * np.cos(angle), lat + reach * np.sin(angle)])


@pytest.mark.parametrize(("lat", "radius"), [(0.0, 0.3), (36.0, 0.5), (-62.0, 0.2), (84.0, 0.1)])
def test_distances_and_probabilities_agree_with_the_reference_module(lat: float, radius: float) -> None:
    zone = ragged(37.0, lat, radius, 60, 1)
    rng = np.random.default_rng(2)
    wide = 1.6 * radius / math.cos(math.radians(lat))
    x, y = rng.uniform(37 - wide, 37 + wide, 3000), rng.uniform(lat - 1.6 * radius, lat + 1.6 * radius, 3000)
    error = rng.choice([5.0, 100.0, 800.0, 5000.0], 3000)
    rows = ZoneIndex([zone]).screen(x, y, error_m=error)
    distance = inside.signed_distance_m(zone, x, y)
    expected = np.flatnonzero((distance <= 0) | (distance <= error))
    np.testing.assert_array_equal(rows.point, expected)
    np.testing.assert_allclose(rows.distance_m, distance[rows.point], atol=0.05)
    np.testing.assert_array_equal(rows.inside, distance[rows.point] <= 0)
    p = inside.p_inside(zone, x[rows.point], y[rows.point], error[rows.point])
    np.testing.assert_allclose(rows.p_inside, p, atol=1e-3)


def test_distances_are_geographiclibs_to_the_nearest_place_of_the_boundary() -> None:
    zone = ragged(37.0, 36.0, 0.2, 12, 3)
    rng = np.random.default_rng(4)
    x, y = rng.uniform(36.7, 37.3, 12), rng.uniform(35.8, 36.2, 12)
    rows = ZoneIndex([zone]).screen(x, y, error_m=60_000.0)
    assert len(rows.point) == 12
    dense = shapely.get_coordinates(shapely.segmentize(zone.exterior, 1e-4))
    for point, distance in zip(rows.point, rows.distance_m, strict=True):
        about = (dense - [x[point], y[point]]) * [math.cos(math.radians(36)), 1]
        close = dense[np.argsort(np.hypot(*about.T))[:200]]
        least = min(Geodesic.WGS84.Inverse(y[point], x[point], b, a)["s12"] for a, b in close)
        # The densified boundary has a node within 5.6 m of any place.
        assert abs(distance) == pytest.approx(least, abs=0.1 + 5.6**2 / 2 / max(least, 30.0))


def test_a_straight_boundary_has_the_probability_of_the_normal_distribution() -> None:
    zone = shapely.box(30.0, -5.0, 40.0, 0.0)
    north = np.linspace(-0.004, 0.0039, 41)
    rows = ZoneIndex([zone]).screen(np.full(41, 35.0), north, error_m=450.0)
    sigma = 450.0 / math.sqrt(-2 * math.log(0.05))
    assert len(rows.point) == 41
    np.testing.assert_allclose(rows.p_inside, ndtr(-rows.distance_m / sigma), atol=5e-4)
    np.testing.assert_allclose(rows.distance_m, north * 110_574.4, atol=0.05)


def test_probabilities_are_the_share_of_drawn_places_that_lie_inside() -> None:
    zone = ragged(37.0, 36.0, 0.02, 25, 5)
    rng = np.random.default_rng(6)
    x, y = rng.uniform(36.97, 37.03, 25), rng.uniform(35.98, 36.02, 25)
    rows = ZoneIndex([zone]).screen(x, y, error_m=1500.0)
    drawn = 60_000
    sigma = 1500.0 / math.sqrt(-2 * math.log(0.05))
    for point, p in zip(rows.point, rows.p_inside, strict=True):
        away, azimuth = sigma * np.sqrt(-2 * np.log(rng.uniform(size=drawn))), rng.uniform(0, 360, drawn)
        lon, lat, _ = direct(x[point], y[point], azimuth, away)
        share = shapely.contains_xy(zone, lon, lat).mean()
        assert p == pytest.approx(share, abs=5 * math.sqrt(0.25 / drawn) + 5e-4)


def mass(zone: shapely.Geometry, lon: float, lat: float, error_m: float) -> float:
    """The probability by a polar grid of equally probable places: geodesics of PROJ, containment of GEOS."""
    rings, rays = 250, 500
    away = (
        error_m / math.sqrt(-2 * math.log(0.05)) * np.sqrt(-2 * np.log1p(-(np.arange(rings) + 0.5) / rings))
    )
    turn = (np.arange(rings)[:, None] * 0.6180339887) % 1.0
    azimuth = (np.arange(rays)[None, :] + turn) * 360.0 / rays
    places = direct(lon, lat, azimuth.ravel(), np.repeat(away, rays))
    return float(shapely.intersects_xy(zone, places[0], places[1]).mean())


@pytest.mark.parametrize(
    ("lat", "radius", "vertices"), [(0.0, 0.3, 60), (36.0, 0.5, 60), (84.0, 0.1, 60), (36.0, 0.2, 3000)]
)
def test_probabilities_are_within_a_thousandth_by_quadrature_along_long_and_rough_edges(
    lat: float, radius: float, vertices: int
) -> None:
    # Errors far below the length of an edge, far above it, and between.
    zone = ragged(37.0, lat, radius, vertices, 1)
    shapely.prepare(zone)
    rng = np.random.default_rng(11)
    ring = shapely.get_coordinates(zone)
    at = rng.integers(0, len(ring) - 1, 20)
    start = ring[at] + rng.uniform(0, 1, (20, 1)) * (ring[at + 1] - ring[at])
    error = np.repeat([1.0, 10.0, 100.0, 1000.0, 4000.0], 4)
    lon, lat_of, _ = direct(
        start[:, 0], start[:, 1], rng.uniform(0, 360, 20), rng.uniform(0, 0.8, 20) * error
    )
    expected = [mass(zone, *point) for point in zip(lon, lat_of, error, strict=True)]
    rows = ZoneIndex([zone]).screen(lon, lat_of, error_m=error)
    assert rows.point.tolist() == list(range(20))
    np.testing.assert_allclose(rows.p_inside, expected, atol=1e-3)
    np.testing.assert_allclose(inside.p_inside(zone, lon, lat_of, error), expected, atol=1e-3)


def test_points_on_vertices_and_edges_have_the_share_of_the_angle_they_stand_in() -> None:
    zone = shapely.box(36.0, 35.0, 37.0, 36.0)
    corners = ZoneIndex([zone]).screen([36.0, 37.0, 37.0, 36.0], [35.0, 35.0, 36.0, 36.0], error_m=500.0)
    np.testing.assert_allclose(corners.p_inside, 0.25, atol=5e-4)
    on_edge = ZoneIndex([zone]).screen([36.0, 37.0], [35.5, 35.5], error_m=[50.0, 500.0])
    np.testing.assert_allclose(on_edge.p_inside, 0.5, atol=5e-4)
    assert np.abs(on_edge.distance_m).max() < 1e-3


def test_containment_and_rows_together_are_what_they_are_apart() -> None:
    zones = [ragged(37 + k / 10, 36, 0.2, 800, k) for k in range(8)]
    rng = np.random.default_rng(12)
    x, y = rng.uniform(36.5, 38.2, 20_000), rng.uniform(35.5, 36.5, 20_000)
    x[::1000] = np.nan
    error = rng.choice([0.0, 20.0, 300.0, 3000.0], 20_000)
    error[::500] = 30_000.0
    index = ZoneIndex(zones)
    codes, rows = index.contains_and_screen(x, y, error_m=error)
    np.testing.assert_array_equal(codes.code, index.contains(x, y).code)
    apart = index.screen(x, y, error_m=error, rows="near", threads=1)
    for name in ("point", "zone", "inside", "distance_m", "p_inside"):
        np.testing.assert_array_equal(getattr(rows, name), getattr(apart, name))


def test_distances_do_not_depend_on_the_size_of_the_error() -> None:
    zone = ragged(37.0, 36.0, 0.2, 3000, 13)
    rng = np.random.default_rng(14)
    x, y = rng.uniform(36.7, 37.3, 4000), rng.uniform(35.75, 36.25, 4000)
    exact = inside.signed_distance_m(zone, x, y)
    index = ZoneIndex([zone])
    # By the finest blocks, by runs of them, and by the tree.
    for error in (50.0, 1000.0, 4500.0, 40_000.0):
        rows = index.screen(x, y, error_m=error, rows="near")
        np.testing.assert_array_equal(rows.point, np.flatnonzero(np.abs(exact) <= error))
        np.testing.assert_allclose(rows.distance_m, exact[rows.point], atol=0.02)


def test_near_rows_are_the_rows_whose_boundary_is_within_the_error() -> None:
    zones = [ragged(37 + k / 10, 36, 0.2, 300, k) for k in range(8)]
    rng = np.random.default_rng(7)
    x, y = rng.uniform(36.5, 38.2, 20_000), rng.uniform(35.5, 36.5, 20_000)
    error = rng.choice([0.0, 30.0, 400.0, 4000.0], 20_000)
    index = ZoneIndex(zones)
    every, near = index.screen(x, y, error_m=error), index.screen(x, y, error_m=error, rows="near")
    chosen = (np.abs(every.distance_m) <= error[every.point]) & (error[every.point] > 0)
    assert 100 < chosen.sum() < len(chosen)
    for name in ("point", "zone", "inside", "distance_m", "p_inside"):
        np.testing.assert_array_equal(getattr(near, name), getattr(every, name)[chosen])


def test_only_zones_in_force_at_the_points_time_give_rows() -> None:
    zone = shapely.box(36, 35, 37, 36)
    index = ZoneIndex(
        [zone, zone, zone],
        valid_from=[ALWAYS_FROM, 10 * DAY, 20 * DAY],
        valid_to=[10 * DAY, 20 * DAY, ALWAYS_TO],
    )
    times = np.array([0, 10 * DAY - 1, 10 * DAY, 19 * DAY, 20 * DAY, 999 * DAY])
    inside_rows = index.screen(np.full(6, 36.5), np.full(6, 35.5), time_us=times)
    assert inside_rows.zone.tolist() == [0, 0, 1, 1, 2, 2]
    beside = index.screen(np.full(6, 37.0001), np.full(6, 35.5), time_us=times, error_m=50.0)
    assert beside.zone.tolist() == [0, 0, 1, 1, 2, 2]
    assert not beside.inside.any()


def test_zones_with_times_need_points_with_times() -> None:
    index = ZoneIndex([shapely.box(36, 35, 37, 36)], valid_to=[DAY])
    with pytest.raises(InvalidGeometry, match="times"):
        index.screen([36.5], [35.5])


def test_a_zone_across_the_antimeridian_has_no_boundary_there() -> None:
    zone = shapely.MultiPolygon([shapely.box(179, -1, 180, 1), shapely.box(-180, -1, -179, 1)])
    rows = ZoneIndex([zone]).screen(
        [179.9999, -180.0, 180.0, 179.9999], [0.0, 0.0, 0.0, 0.9999], error_m=100.0
    )
    assert rows.point.tolist() == [0, 1, 2, 3]
    np.testing.assert_allclose(rows.p_inside[:3], 1.0, atol=1e-9)
    assert (rows.distance_m[:3] < -100_000).all()
    assert rows.distance_m[3] == pytest.approx(-0.0001 * 110_574, abs=0.5)


def test_a_point_across_the_antimeridian_from_a_zone_is_near_it() -> None:
    zone = shapely.box(-180, -1, -179, 1)
    rows = ZoneIndex([zone]).screen([179.9999, 179.0], [0.0, 0.0], error_m=100.0)
    assert rows.point.tolist() == [0]
    assert rows.distance_m[0] == pytest.approx(0.0001 * 111_319.5, abs=0.05)


def test_ten_thousand_zones_each_find_the_points_beside_them() -> None:
    column, row = np.meshgrid(np.arange(100) / 50 + 35, np.arange(100) / 50 + 34)
    zones = shapely.box(column, row, column + 0.02, row + 0.02).ravel().tolist()
    x, y = column.ravel() + 0.01999, row.ravel() + 0.01
    rows = ZoneIndex(zones).screen(x, y, error_m=5.0)
    assert np.bincount(rows.zone[rows.inside], minlength=10_000).tolist() == [1] * 10_000
    assert len(rows.zone) == 2 * 10_000 - 100  # and the eastern neighbour, except at the edge
    np.testing.assert_allclose(np.abs(rows.distance_m), 0.92, atol=0.05)


def test_an_error_that_is_negative_or_no_number_is_refused() -> None:
    index = ZoneIndex([shapely.box(36, 35, 37, 36)])
    for bad in (-1.0, np.nan, np.inf):
        with pytest.raises(InvalidGeometry, match="error_m"):
            index.screen([36.5], [35.5], error_m=bad)

"""The kernel against GEOS's robust predicates and against rational arithmetic."""

from fractions import Fraction

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from truceline.core.errors import InvalidGeometry
from truceline.geo.screening.containment import contains, zone_codes
from truceline.geo.screening.grid import build_grid


def star(rng: np.random.Generator, lon: float, lat: float, radius: float, vertices: int) -> shapely.Polygon:
    angle = np.linspace(0, 2 * np.pi, vertices, endpoint=False)
    reach = radius * (1 + 0.3 * np.sin(7 * angle) + 0.1 * np.sin(31 * angle + 1))
    reach *= 1 + 0.05 * rng.uniform(-1, 1, vertices) * min(1, 200 / vertices)
    return shapely.Polygon(np.c_[lon + reach * np.cos(angle), lat + reach * np.sin(angle)])


def zones_of(seed: int) -> list[shapely.Geometry]:
    rng = np.random.default_rng(seed)
    stars: list[shapely.Geometry] = [
        star(rng, rng.uniform(35, 39), rng.uniform(34, 37), rng.uniform(0.2, 1.0), int(rng.integers(5, 3000)))
        for _ in range(12)
    ]
    hole = shapely.difference(shapely.box(35, 34, 36.5, 35.5), shapely.box(35.3, 34.3, 36.0, 35.0))
    apart = shapely.union_all([shapely.box(38, 34, 38.2, 34.2), shapely.box(38.5, 34.5, 39, 35)])
    return [zone for zone in [*stars, hole, apart] if shapely.is_valid(zone)]


def matrix(
    zones: list[shapely.Geometry], x: NDArray[np.float64], y: NDArray[np.float64]
) -> NDArray[np.bool_]:
    point, zone = contains(build_grid(zones), x, y)
    answer = np.zeros((len(zones), len(x)), np.bool_)
    answer[zone, point] = True
    return answer


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_uniform_points_agree_with_geos(seed: int) -> None:
    zones = zones_of(seed)
    rng = np.random.default_rng(seed)
    x, y = rng.uniform(33, 41, 200_000), rng.uniform(32, 39, 200_000)
    expected = np.array([shapely.intersects_xy(zone, x, y) for zone in zones])
    assert expected.any()
    np.testing.assert_array_equal(matrix(zones, x, y), expected)


@pytest.mark.parametrize("seed", [4, 5])
def test_points_on_and_a_rounding_beside_vertices_and_edges_agree_with_geos(seed: int) -> None:
    zones = zones_of(seed)
    rng = np.random.default_rng(seed)
    vertices = shapely.get_coordinates(zones)
    share = rng.uniform(0, 1, (len(vertices) - 1, 1))
    on_edges = vertices[:-1] + share * np.diff(vertices, axis=0)
    points = np.vstack([vertices, on_edges, vertices[:-1] / 2 + vertices[1:] / 2])
    beside = np.nextafter(points, points + rng.integers(-1, 2, points.shape))
    x, y = np.vstack([points, beside]).T
    expected = np.array([shapely.intersects_xy(zone, x, y) for zone in zones])
    np.testing.assert_array_equal(matrix(zones, x, y), expected)


def covers_exactly(ring: list[tuple[int, int]], px: int, py: int) -> bool:
    inside = False
    for (ax, ay), (bx, by) in zip(ring, ring[1:] + ring[:1], strict=True):
        cross = (bx - ax) * (py - ay) - (by - ay) * (px - ax)
        if cross == 0 and min(ax, bx) <= px <= max(ax, bx) and min(ay, by) <= py <= max(ay, by):
            return True
        if (ay <= py) != (by <= py):
            at = ax + Fraction((py - ay) * (bx - ax), by - ay)
            inside ^= at > px
    return inside


@given(st.lists(st.tuples(st.integers(-6, 6), st.integers(-6, 6)), min_size=3, max_size=9, unique=True))
def test_every_lattice_point_of_small_polygons_agrees_with_rational_arithmetic(
    ring: list[tuple[int, int]],
) -> None:
    polygon = shapely.Polygon(ring)
    if not polygon.is_valid or polygon.area == 0:
        return
    x, y = (axis.ravel().astype(float) for axis in np.mgrid[-7:8, -7:8])
    expected = [covers_exactly(ring, int(px), int(py)) for px, py in zip(x, y, strict=True)]
    assert matrix([polygon], x, y)[0].tolist() == expected


def test_a_hundred_zones_on_top_of_one_another_are_all_found_in_order() -> None:
    zones: list[shapely.Geometry] = [shapely.box(0, 0, 1 + k / 100, 1 + k / 100) for k in range(100)]
    point, zone = contains(build_grid(zones), [0.5, 1.505, 3.0], [0.5, 0.5, 0.5])
    assert zone[point == 0].tolist() == list(range(100))
    assert zone[point == 1].tolist() == list(range(51, 100))
    assert not (point == 2).any()


def test_points_that_are_not_finite_lie_in_no_zone() -> None:
    point, _ = contains(
        build_grid([shapely.box(-1, -1, 1, 1)]), [np.nan, np.inf, -np.inf, 0.0], [0.0, 0.0, np.nan, 0.0]
    )
    assert point.tolist() == [3]


def test_one_thread_and_several_give_the_same_pairs() -> None:
    zones = zones_of(6)
    rng = np.random.default_rng(6)
    x, y = rng.uniform(33, 41, 300_000), rng.uniform(32, 39, 300_000)
    grid = build_grid(zones)
    one, several = contains(grid, x, y, threads=1), contains(grid, x, y, threads=3)
    np.testing.assert_array_equal(one[0], several[0])
    np.testing.assert_array_equal(one[1], several[1])


@pytest.mark.parametrize(
    "zone", [shapely.Point(0, 0), shapely.Polygon(), shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])]
)
def test_what_is_no_valid_area_is_refused_with_its_number(zone: shapely.Geometry) -> None:
    with pytest.raises(InvalidGeometry, match="zone 1"):
        build_grid([shapely.box(0, 0, 1, 1), zone])


def test_lengths_that_differ_are_refused() -> None:
    with pytest.raises(InvalidGeometry, match="one length"):
        contains(build_grid([shapely.box(0, 0, 1, 1)]), [0.0, 1.0], [0.0])


def test_ten_thousand_zones_that_tile_an_area_are_each_found_where_they_are() -> None:
    column, row = np.meshgrid(np.arange(100) / 50 + 35, np.arange(100) / 50 + 34)
    zones = shapely.box(column, row, column + 0.02, row + 0.02).ravel().tolist()
    grid = build_grid(zones)
    rng = np.random.default_rng(7)
    x, y = rng.uniform(35, 37, 100_000), rng.uniform(34, 36, 100_000)
    x[:1000], y[:1000] = rng.integers(1, 99, 1000) / 50 + 35, rng.integers(1, 99, 1000) / 50 + 34
    point, zone = contains(grid, x, y)
    expected = np.asarray(shapely.STRtree(zones).query(shapely.points(x, y), predicate="intersects"))
    order = np.lexsort(expected[::-1])
    np.testing.assert_array_equal(np.vstack([point, zone]), expected[:, order])
    assert len(np.unique(zone)) == 10_000


def test_points_in_order_of_place_have_the_codes_that_they_have_in_any_order() -> None:
    zones = zones_of(8)
    grid = build_grid(zones)
    rng = np.random.default_rng(8)
    x, y = np.sort(rng.uniform(34, 40, 50_000)), rng.uniform(33, 38, 10).repeat(5000)
    mixed = rng.permutation(len(x))
    in_order, shuffled = zone_codes(grid, x, y), zone_codes(grid, x[mixed], y[mixed])
    np.testing.assert_array_equal(in_order.code[mixed], shuffled.code)


def test_equal_codes_name_the_zones_that_contain_the_points() -> None:
    zones = zones_of(9)
    codes = zone_codes(build_grid(zones), *np.random.default_rng(9).uniform(34, 38, (2, 5000)))
    for code in np.unique(codes.code[codes.code >= 0]):
        first = int(np.flatnonzero(codes.code == code)[0])
        here = shapely.Point(codes.lon[first], codes.lat[first])
        assert codes.members(int(code)) == [
            k for k, zone in enumerate(zones) if shapely.intersects(zone, here)
        ]

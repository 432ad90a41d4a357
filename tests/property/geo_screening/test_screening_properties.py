"""What holds of screening whatever the zones and points: agreement with GEOS, order, monotony."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from truceline.geo.screening.containment import zone_codes
from truceline.geo.screening.grid import build_grid
from truceline.geo.screening.index import ZoneIndex

pytestmark = pytest.mark.slow

SETTINGS = settings(max_examples=25, deadline=None)


def zones_of(seed: int, number: int) -> list[shapely.Geometry]:
    rng = np.random.default_rng(seed)
    zones: list[shapely.Geometry] = []
    while len(zones) < number:
        vertices = int(rng.integers(3, 60))
        angle = np.sort(rng.uniform(0, 2 * np.pi, vertices))
        reach = rng.uniform(0.05, 0.8) * rng.uniform(0.5, 1, vertices)
        middle = rng.uniform(-1, 1, 2)
        zone = shapely.Polygon(np.c_[middle[0] + reach * np.cos(angle), middle[1] + reach * np.sin(angle)])
        if zone.is_valid and zone.area > 0:
            zones.append(zone)
    return zones


def about(zones: list[shapely.Geometry], seed: int) -> NDArray[np.float64]:
    """Points anywhere, on vertices and edges, level with vertices, and a rounding beside all these."""
    rng = np.random.default_rng(seed)
    vertices = shapely.get_coordinates(np.asarray(zones, dtype=object))
    between = vertices[:-1] + rng.uniform(0, 1, (len(vertices) - 1, 1)) * np.diff(vertices, axis=0)
    level = np.c_[rng.uniform(-2, 2, len(vertices)), vertices[:, 1]]
    points = np.vstack([rng.uniform(-2, 2, (2000, 2)), vertices, between, level])
    return np.vstack([points, np.nextafter(points, points + rng.integers(-1, 2, points.shape))])


@SETTINGS
@given(st.integers(0, 2**32), st.integers(1, 40))
def test_containment_is_that_of_geos_on_and_beside_boundaries(seed: int, number: int) -> None:
    zones = zones_of(seed, number)
    x, y = about(zones, seed).T
    point, zone = zone_codes(build_grid(zones), x, y).pairs()
    answer = np.zeros((number, len(x)), np.bool_)
    answer[zone, point] = True
    expected = np.array([shapely.intersects_xy(polygon, x, y) for polygon in zones])
    np.testing.assert_array_equal(answer, expected)


@SETTINGS
@given(st.integers(0, 2**32))
def test_the_order_of_points_never_matters(seed: int) -> None:
    zones = zones_of(seed, 6)
    rng = np.random.default_rng(seed)
    x, y = rng.uniform(-2, 2, (2, 500))
    error = rng.choice([0.0, 500.0, 5000.0], 500)
    mixed = rng.permutation(500)
    index = ZoneIndex(zones)
    rows, other = index.screen(x, y, error_m=error), index.screen(x[mixed], y[mixed], error_m=error[mixed])
    back = np.lexsort((other.zone, mixed[other.point]))
    np.testing.assert_array_equal(rows.point, mixed[other.point][back])
    for name in ("zone", "inside", "distance_m", "p_inside"):
        np.testing.assert_array_equal(getattr(rows, name), getattr(other, name)[back])


@SETTINGS
@given(st.integers(0, 2**32))
def test_probabilities_of_a_zone_and_of_what_is_around_it_add_up_to_one(seed: int) -> None:
    zone = zones_of(seed, 1)[0]
    outside = shapely.difference(shapely.box(-5, -5, 5, 5), zone)
    rng = np.random.default_rng(seed)
    x, y = rng.uniform(-1.5, 1.5, (2, 200))
    index = ZoneIndex([zone, outside])
    rows = index.screen(x, y, error_m=8000.0)
    total = np.bincount(rows.point, weights=rows.p_inside, minlength=200)
    single = np.bincount(rows.point, minlength=200) == 1
    np.testing.assert_allclose(total[~single], 1.0, atol=2e-3)
    # The other zone begins beyond the 95% radius: less than a twentieth lies there.
    assert (total[single] > 0.95).all()


@pytest.mark.parametrize("error", [200.0, 3000.0])
def test_moving_away_from_a_straight_boundary_never_raises_the_probability(error: float) -> None:
    index = ZoneIndex([shapely.box(30, 30, 40, 35)])
    lat = np.linspace(34.97, 35.03, 4001)
    rows = index.screen(np.full(len(lat), 35.0), lat, error_m=error)
    assert (np.diff(rows.p_inside) <= 1e-5).all()
    assert (np.diff(rows.distance_m) > 0).all()

import numpy as np
import pytest
import shapely
from scipy.stats import norm

from truceline.geo.ellipsoid import direct
from truceline.geo.inside import SIGMA_PER_ERROR, contains, p_inside, signed_distance_m

BOX = shapely.box(36, 35, 37, 36)
RING = shapely.Point(36.5, 35.5).buffer(0.1).difference(shapely.Point(36.5, 35.5).buffer(0.05))


def test_along_a_straight_boundary_it_is_the_normal_distribution() -> None:
    lon = 36 + np.linspace(-0.2, 0.2, 41)
    expected = norm.cdf(-signed_distance_m(BOX, lon, np.full(41, 35.5)) / (5000 * SIGMA_PER_ERROR))
    assert np.abs(p_inside(BOX, lon, 35.5, 5000.0) - expected).max() < 1e-3


@pytest.mark.parametrize("place", [(36.5, 35.5), (36.57, 35.52), (36.62, 35.5), (36.4, 35.4)])
def test_it_agrees_with_drawing_places_at_random(place: tuple[float, float]) -> None:
    rng = np.random.default_rng(4)
    radius = 5000 * SIGMA_PER_ERROR * np.sqrt(-2 * np.log(rng.random(200_000)))
    lon, lat, _ = direct(*place, rng.random(200_000) * 360, radius)
    assert p_inside(RING, *place, 5000.0)[0] == pytest.approx(contains(RING, lon, lat).mean(), abs=0.005)


def test_the_error_radius_holds_95_percent() -> None:
    disc = shapely.Polygon(np.column_stack(direct(36.5, 35.5, np.arange(0, 360, 1.0), 5000.0)[:2]))
    assert p_inside(disc, 36.5, 35.5, 5000.0)[0] == pytest.approx(0.95, abs=2e-3)


def test_without_error_it_is_one_or_zero() -> None:
    assert p_inside(BOX, [36.5, 35.5, 37.0], [35.5, 35.5, 35.5], 0.0).tolist() == [1.0, 0.0, 1.0]


def test_at_a_square_corner_it_is_a_quarter() -> None:
    assert p_inside(BOX, 36.0, 35.0, 2000.0)[0] == pytest.approx(0.25, abs=2e-3)


def test_a_coarse_report_of_a_small_zone_is_improbable() -> None:
    assert p_inside(RING, 36.57, 35.52, 60_000.0)[0] < 0.15


def test_far_and_deep_points_are_certain() -> None:
    assert p_inside(BOX, [30.0, 36.5], [30.0, 35.5], 500.0).tolist() == [0.0, 1.0]


def test_the_seam_at_the_antimeridian_is_no_boundary() -> None:
    split = shapely.MultiPolygon([shapely.box(179, 0, 180, 1), shapely.box(-180, 0, -179, 1)])
    assert p_inside(split, [180.0, -179.999], [0.5, 0.5], 20_000.0).min() > 0.9999
    assert signed_distance_m(split, 180.0, 0.5)[0] == pytest.approx(-55_287, abs=2)

"""The compiled mass of a normal distribution against independent ones, and how much work it takes."""

import math

import numpy as np
import pytest
import shapely
from scipy.special import owens_t
from scipy.stats import multivariate_normal

from truceline.geo.inside import SIGMA_PER_ERROR, p_inside
from truceline.geo.masses import Edges, edges_of, piece

HAIR = np.array([2.9e-5, 1.7e-5])


def by_owens_t(a: np.ndarray, b: np.ndarray) -> float:
    """The contour integral along a straight way as a difference of two values of Owen's T, in turns."""
    a, b = a - HAIR, b - HAIR
    length = float(np.hypot(*(b - a)))
    if length == 0.0:
        return 0.0
    u = (b - a) / length
    height = u[1] * a[0] - u[0] * a[1]
    start = float(a @ u)
    h = max(abs(height), 1e-12)
    return float(np.sign(height) * (owens_t(h, (start + length) / h) - owens_t(h, start / h)))


@pytest.mark.parametrize("length", [1e-6, 0.03, 0.1, 0.2, 0.4, 0.9, 2.0, 5.0, 40.0])
def test_every_length_of_edge_gives_the_difference_of_owens_t(length: float) -> None:
    rng = np.random.default_rng(11)
    for _ in range(150):
        a = rng.normal(0.0, 2.0, 2) * rng.choice([0.0, 1e-5, 0.1, 1.0])
        b = a + length * np.array([math.cos(turn := rng.uniform(0, 2 * math.pi)), math.sin(turn)])
        assert piece(*a, *b) / (2.0 * math.pi) == pytest.approx(by_owens_t(a, b), abs=1e-8)


def test_the_mass_of_a_rectangle_is_that_of_two_normal_distributions() -> None:
    # On the equator a rectangle of some kilometres is one in the plane to a part in 10^7.
    box = shapely.box(-0.02, -0.01, 0.03, 0.02)
    east, north = 111_319.4908, 110_574.2758
    rng = np.random.default_rng(3)
    lon, lat = rng.uniform(-0.05, 0.06, 60), rng.uniform(-0.05, 0.05, 60)
    sigma = 1500.0
    normal = multivariate_normal([0.0, 0.0], sigma**2)
    for x, y, p in zip(lon, lat, p_inside(box, lon, lat, sigma / SIGMA_PER_ERROR), strict=True):
        low = [(-0.02 - x) * east, (-0.01 - y) * north]
        high = [(0.03 - x) * east, (0.02 - y) * north]
        assert p == pytest.approx(normal.cdf(high, lower_limit=low), abs=2e-5)


def test_a_small_area_around_a_coarse_position_has_next_to_no_mass() -> None:
    # Its edges all lie within a hair of the place they are seen from.
    tiny = shapely.box(10.0, 10.0, 10.00001, 10.00001)
    assert p_inside(tiny, 10.000005, 10.000005, 60_000.0)[0] < 1e-6
    assert p_inside(tiny, 10.000005, 10.000005, 0.1)[0] > 0.99


def test_an_edge_around_the_whole_earth_is_no_point() -> None:
    for cap, lat in ((shapely.box(-180, 80, 180, 90), 80.0), (shapely.box(-180, -90, 180, -80), -80.0)):
        on_the_edge = p_inside(cap, [20.0, -180.0, 180.0], lat, 2000.0)
        assert on_the_edge == pytest.approx([0.5] * 3, abs=2e-3)
        assert p_inside(cap, [20.0, 180.0], math.copysign(90.0, lat), 2000.0) == pytest.approx([1.0, 1.0])


def test_a_place_is_answered_alike_alone_and_among_many() -> None:
    polygon = shapely.Point(36.5, 35.5).buffer(0.1)
    rng = np.random.default_rng(8)
    lon, lat = rng.uniform(36.3, 36.7, 3000), rng.uniform(35.3, 35.7, 3000)
    lon[1::2], lat[1::2] = lon[::2], lat[::2]
    together = p_inside(polygon, lon, lat, 4000.0)
    alone = [p_inside(polygon, x, y, 4000.0)[0] for x, y in zip(lon[:40], lat[:40], strict=True)]
    assert together[:40].tolist() == alone
    assert together[1::2].tolist() == together[::2].tolist()


def test_edges_are_simplified_once_for_all_calls() -> None:
    polygon = shapely.Point(36.5, 35.5).buffer(0.1, quad_segs=64)
    first = edges_of(polygon, 2.0)
    assert edges_of(shapely.from_wkb(polygon.wkb), 2.0) is first
    assert edges_of(polygon, 4.0) is not first
    assert len(Edges.of(polygon, 200.0).start) < len(first.start)

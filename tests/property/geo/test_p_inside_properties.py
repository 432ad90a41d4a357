import numpy as np
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.geo.ellipsoid import direct
from truceline.geo.inside import p_inside
from truceline.geo.line import Line
from truceline.geo.uncertainty.line import UncertainLine
from truceline.geo.uncertainty.model import LineUncertainty
from truceline.geo.zone import derive_zone

LINE = Line.from_geometry(shapely.LineString([(36.0, 35.0), (36.3, 35.1), (36.7, 35.0)]))
LEFT, RIGHT = (derive_zone(LINE, 9000.0, side, tolerance_m=1.0).geometry for side in ("left", "right"))
ZONE = shapely.Polygon([(36, 35), (37, 35), (37, 36), (36.5, 35.6), (36, 36)])


@settings(max_examples=40)
@given(
    st.floats(0, 360), st.floats(0, 120_000), st.floats(1, 60_000), st.sampled_from([100.0, 3000.0, 25_000.0])
)
def test_moving_away_from_the_zone_never_raises_it(
    bearing: float, start: float, step: float, error_m: float
) -> None:
    # Straight out from a vertex of the convex hull, within the angle that no part of the zone faces.
    outward = 180 + (bearing % 90)
    lon, lat, _ = direct(36.0, 35.0, outward, np.array([start, start + step]))
    nearer, farther = p_inside(ZONE, lon, lat, error_m)
    assert farther <= nearer + 1e-9


@settings(max_examples=40)
@given(st.floats(35.5, 37.5), st.floats(34.5, 36.5), st.floats(0, 100_000))
def test_it_is_a_probability(lon: float, lat: float, error_m: float) -> None:
    assert 0.0 <= p_inside(ZONE, lon, lat, error_m)[0] <= 1.0


@settings(max_examples=30)
@given(st.floats(35.8, 37.2), st.floats(34.8, 36.2), st.sampled_from([500.0, 5000.0, 20_000.0]))
def test_inside_and_outside_add_up_to_one(lon: float, lat: float, error_m: float) -> None:
    rest = shapely.box(30, 30, 43, 41).difference(ZONE)
    total = p_inside(ZONE, lon, lat, error_m)[0] + p_inside(rest, lon, lat, error_m)[0]
    assert abs(total - 1.0) < 2e-3


@settings(max_examples=40)
@given(
    st.floats(35.8, 36.9), st.floats(34.8, 35.3), st.sampled_from([0.0, 500.0, 8000.0]), st.floats(0, 12_000)
)
def test_an_uncertain_line_leaves_no_ground_to_both_sides_or_to_none(
    lon: float, lat: float, error_m: float, bound_m: float
) -> None:
    # Both sides are cut at the line, so their probabilities add up to that of both together.
    line = UncertainLine.of(LINE, LineUncertainty.constant(bound_m))
    both = shapely.union_all([LEFT, RIGHT], grid_size=1e-9)
    parts = [p_inside(zone, lon, lat, error_m, line=line)[0] for zone in (LEFT, RIGHT, both)]
    assert all(0.0 <= p <= 1.0 for p in parts)
    if error_m + bound_m > 1.0:
        assert abs(parts[0] + parts[1] - parts[2]) < 4e-3

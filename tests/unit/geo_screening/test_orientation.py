from fractions import Fraction

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.geo.screening.orientation import orientation

DEGREES = st.floats(-180, 180, allow_subnormal=False).map(lambda x: x if abs(x) > 1e-30 else 0.0)


def exact(ax: float, ay: float, bx: float, by: float, cx: float, cy: float) -> int:
    a, b, c, d, e, f = map(Fraction, (ax, ay, bx, by, cx, cy))
    area = (a - e) * (d - f) - (b - f) * (c - e)
    return (area > 0) - (area < 0)


@settings(max_examples=300)
@given(DEGREES, DEGREES, DEGREES, DEGREES, DEGREES, DEGREES)
def test_the_sign_is_that_of_rational_arithmetic(
    ax: float, ay: float, bx: float, by: float, cx: float, cy: float
) -> None:
    assert orientation(ax, ay, bx, by, cx, cy) == exact(ax, ay, bx, by, cx, cy)


def test_points_a_rounding_away_from_a_line_fall_on_the_side_where_they_are() -> None:
    rng = np.random.default_rng(1)
    seen = set()
    for _ in range(3000):
        ax, ay, bx, by = (float(v) for v in rng.uniform(-180, 180, 4))
        t = float(rng.uniform())
        cx, cy = ax + t * (bx - ax), ay + t * (by - ay)
        cy = float(np.nextafter(cy, cy + rng.integers(-1, 2)))
        sign = orientation(ax, ay, bx, by, cx, cy)
        assert sign == exact(ax, ay, bx, by, cx, cy)
        seen.add(sign)
    assert seen >= {-1, 1}


def test_three_points_on_one_line_have_no_orientation() -> None:
    assert orientation(0.0, 0.0, 1.0, 1.0, 3.0, 3.0) == 0
    assert orientation(36.5, 35.25, 36.75, 35.5, 37.0, 35.75) == 0

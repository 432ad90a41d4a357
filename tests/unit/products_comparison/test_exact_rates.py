"""Exact intervals, against published values of R and against tails summed in exact fractions."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.core.errors import InvalidInput
from truceline.products.comparison.rates import rate_of, ratio_of

COUNTS = st.integers(0, 40)
EXPOSURES = st.floats(0.5, 500)


def test_the_rate_of_the_example_of_r() -> None:
    # R, help page of poisson.test: poisson.test(137, 24.19893), Pfizer polio vaccine (Snedecor and Cochran,
    # 1989).
    rate = rate_of(137, 24.19893)
    assert (rate.value, rate.lower, rate.upper) == pytest.approx((5.661407, 4.753125, 6.692709), abs=5e-7)


def test_the_ratio_of_the_example_of_r() -> None:
    # R, help page of poisson.test: poisson.test(c(11, 6+8+7), c(800, 1083+1050+878)), Poisson rates of
    # deaths.
    ratio = ratio_of(6 + 8 + 7, 1083 + 1050 + 878, 11, 800)
    assert (ratio.value, ratio.lower, ratio.upper) == pytest.approx(
        (1.971488, 0.8584264, 4.2772659), abs=5e-7
    )
    assert ratio.p_value == pytest.approx(0.07967, abs=5e-6)


def tail(count: int, both: int, share: float) -> float:
    """P(at least `count` of `both`), summed exactly."""
    p = Fraction(share)
    return float(sum(math.comb(both, k) * p**k * (1 - p) ** (both - k) for k in range(count, both + 1)))


@given(COUNTS, EXPOSURES, COUNTS, EXPOSURES, st.sampled_from([0.8, 0.95, 0.99]))
def test_the_ends_of_a_ratio_leave_half_of_what_is_outside(
    first: int, before: float, second: int, after: float, level: float
) -> None:
    ratio, both = ratio_of(first, before, second, after, level), first + second
    half = (1 - level) / 2
    if second:
        share = ratio.lower * after / (ratio.lower * after + before)
        assert tail(second, both, share) == pytest.approx(half, rel=1e-6)
    else:
        assert ratio.lower == 0.0
    if ratio.upper is None:
        assert first == 0
    else:
        share = ratio.upper * after / (ratio.upper * after + before)
        assert 1 - tail(second + 1, both, share) == pytest.approx(half, rel=1e-6)


@given(COUNTS, EXPOSURES, st.sampled_from([0.8, 0.95, 0.99]))
def test_the_ends_of_a_rate_leave_half_of_what_is_outside(count: int, exposure: float, level: float) -> None:
    rate = rate_of(count, exposure, level)
    half = (1 - level) / 2

    def at_most(number: int, mean: float) -> float:
        return math.fsum(math.exp(k * math.log(mean) - mean - math.lgamma(k + 1)) for k in range(number + 1))

    assert at_most(count, rate.upper * exposure) == pytest.approx(half, rel=1e-6)
    if count:
        assert 1 - at_most(count - 1, rate.lower * exposure) == pytest.approx(half, rel=1e-6)
    else:
        assert rate.lower == 0.0


@given(COUNTS, EXPOSURES, COUNTS, EXPOSURES)
def test_the_other_way_round_is_the_reciprocal(first: int, before: float, second: int, after: float) -> None:
    one, other = ratio_of(first, before, second, after), ratio_of(second, after, first, before)
    assert one.p_value == pytest.approx(other.p_value, rel=1e-9)
    if one.upper is not None and other.upper is not None and one.lower > 0:
        assert one.lower == pytest.approx(1 / other.upper, rel=1e-9)
        assert one.value is not None
        assert one.lower <= one.value <= one.upper


def test_nothing_on_either_side_says_nothing() -> None:
    ratio = ratio_of(0, 10, 0, 20)
    assert (ratio.value, ratio.lower, ratio.upper, ratio.p_value) == (None, 0.0, None, 1.0)


@pytest.mark.parametrize(
    ("count", "exposure", "level"), [(-1, 1, 0.95), (1, 0, 0.95), (1, 1, 1.0), (1, math.nan, 0.9)]
)
def test_what_cannot_be_compared_is_refused(count: int, exposure: float, level: float) -> None:
    with pytest.raises(InvalidInput):
        rate_of(count, exposure, level)

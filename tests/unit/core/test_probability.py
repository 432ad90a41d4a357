import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.core.probability import any_of

PROBABILITIES = st.lists(st.floats(0, 1), max_size=20)


def test_at_least_one_of_two_even_chances_is_three_quarters() -> None:
    assert any_of([0.5, 0.5]) == pytest.approx(0.75)


def test_nothing_gives_zero_and_a_certainty_gives_one() -> None:
    assert any_of([]) == 0
    assert any_of([0.2, 1.0]) == 1


@given(PROBABILITIES, st.floats(0, 1))
def test_one_more_chance_never_lowers_it(probabilities: list[float], more: float) -> None:
    assert any_of([*probabilities, more]) >= any_of(probabilities) - 1e-15


@given(PROBABILITIES)
def test_it_agrees_with_the_plain_product(probabilities: list[float]) -> None:
    none = 1.0
    for p in probabilities:
        none *= 1 - p
    assert any_of(probabilities) == pytest.approx(1 - none, abs=1e-12)

import pytest

from truceline.draft.measures import calibres, counts, distances, number


@pytest.mark.parametrize(
    ("words", "low", "high", "dimension"),
    [
        ("a 15-20km-wide zone", 15_000, 20_000, "wide"),
        ("15 to 20 kilometres deep", 15_000, 20_000, "deep"),
        ("between 10 and 15km wide", 10_000, 15_000, "wide"),
        ("no less than 50 km", 50_000, None, None),
        ("at least 30 km wide", 30_000, None, "wide"),
        ("up to 10 km", None, 10_000, None),
        ("a strip ten kilometres wide", 10_000, 10_000, "wide"),
        ("a total width of 8 km", 8_000, 8_000, "wide"),
        ("600 metres apart", 600, 600, None),
        ("a 12-mile buffer", 19_312.128, 19_312.128, None),
        ("4 km on either side of the line", 4_000, 4_000, "deep"),
        ("twenty-five kilometers", 25_000, 25_000, None),
    ],
)
def test_distances_are_metres_with_open_ends(
    words: str, low: float | None, high: float | None, dimension: str | None
) -> None:
    (found,) = distances(words)
    assert (found.min_m, found.max_m, found.dimension) == (low, high, dimension)


def test_millimetres_are_no_metres() -> None:
    assert distances("artillery of 100 mm and above") == []


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("artillery of 100 mm and above", 100, None),
        ("a calibre above 76 mm", 76, None),
        ("more than 100 mm calibre", 100, None),
        ("mortars of 82 mm", 82, 82),
        ("guns up to 57 mm", None, 57),
    ],
)
def test_calibres_are_ranges(words: str, low: float | None, high: float | None) -> None:
    (found,) = calibres(words)
    assert (found.min_mm, found.max_mm) == (low, high)


@pytest.mark.parametrize(
    ("words", "value"),
    [("no more than 6,000 men", 6000), ("shall not exceed 120 men", 120), ("up to seventy-five tanks", 75)],
)
def test_ceilings_are_numbers(words: str, value: float) -> None:
    (found,) = counts(words)
    assert found.value == value


def test_number_words() -> None:
    assert [number(w) for w in ("fifteen", "twenty-one", "a dozen", "2,500", "none")] == [
        15,
        21,
        12,
        2500,
        None,
    ]

from datetime import date

import pytest

from truceline.core.errors import InvalidInput
from truceline.evidence.precision import UNDECLARED_ERROR_M, date_codes, place_codes, tables, widen


@pytest.mark.parametrize(("scheme", "codes"), [("ucdp", 7), ("acled", 3), ("gdelt", 5)])
def test_every_code_of_a_place_has_a_radius_and_a_reason(scheme: str, codes: int) -> None:
    table = place_codes(scheme)
    assert set(table) == {str(number) for number in range(1, codes + 1)}
    assert all(1000 <= code.error_m <= 1_000_000 and code.why and code.means for code in table.values())


@pytest.mark.parametrize("scheme", ["ucdp", "acled"])
def test_a_coarser_code_is_never_surer(scheme: str) -> None:
    radii = [place_codes(scheme)[code].error_m for code in sorted(place_codes(scheme))]
    assert radii == sorted(radii)


def test_a_centroid_is_never_a_point() -> None:
    areas = [place_codes("ucdp")[code] for code in "34567"] + [place_codes("acled")["3"]]
    assert all(code.error_m >= 50_000 for code in areas)
    assert UNDECLARED_ERROR_M >= 1000


@pytest.mark.parametrize(
    ("scheme", "code", "first", "last", "expected"),
    [
        ("ucdp", "1", (2018, 10, 1), (2018, 10, 1), ((2018, 10, 1), (2018, 10, 1))),
        ("ucdp", "2", (2018, 10, 1), (2018, 10, 4), ((2018, 10, 1), (2018, 10, 4))),
        ("ucdp", "2", (2018, 10, 10), (2018, 10, 10), ((2018, 10, 5), (2018, 10, 15))),
        ("ucdp", "4", (2018, 12, 5), (2018, 12, 20), ((2018, 12, 1), (2018, 12, 31))),
        ("ucdp", "5", (2018, 3, 5), (2018, 8, 20), ((2018, 1, 1), (2018, 12, 31))),
        ("acled", "2", (2018, 10, 10), (2018, 10, 10), ((2018, 10, 4), (2018, 10, 16))),
        ("acled", "3", (2020, 2, 15), (2020, 2, 15), ((2020, 2, 1), (2020, 2, 29))),
    ],
)
def test_codes_of_days_widen_to_the_days_that_surely_hold_the_event(
    scheme: str,
    code: str,
    first: tuple[int, int, int],
    last: tuple[int, int, int],
    expected: tuple[tuple[int, int, int], tuple[int, int, int]],
) -> None:
    assert widen(date(*first), date(*last), date_codes(scheme)[code]) == (
        date(*expected[0]),
        date(*expected[1]),
    )


@pytest.mark.parametrize("code", ["1", "2", "3", "4", "5"])
def test_widening_never_loses_a_coded_day(code: str) -> None:
    first, last = date(2018, 1, 31), date(2018, 2, 3)
    begin, end = widen(first, last, date_codes("ucdp")[code])
    assert begin <= first <= last <= end


def test_every_table_names_its_source() -> None:
    assert all(scheme["source"] for part in ("places", "dates") for scheme in tables()[part].values())


def test_an_unknown_scheme_is_refused() -> None:
    with pytest.raises(InvalidInput, match="accepted: ucdp, acled, gdelt"):
        place_codes("osm")

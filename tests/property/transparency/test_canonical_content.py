"""The content of leaves is RFC 8785 JSON, as the package `rfc8785` writes it."""

import json
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from truceline.transparency.content import contents

NAMES = st.text("abcdefghijklmnopqrstuvwxyz_", min_size=1, max_size=8).filter(lambda name: name != "table")
WHOLE = st.integers(-(2**53) + 1, 2**53 - 1)
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
VALUES = st.one_of(st.none(), WHOLE, NUMBERS, st.text(), st.binary(max_size=9))


@st.composite
def tables(draw: st.DrawFn) -> dict[str, list[Any]]:
    names = draw(st.lists(NAMES, unique=True, min_size=1, max_size=5))
    rows = draw(st.integers(1, 4))
    columns = {name: draw(st.lists(VALUES, min_size=rows, max_size=rows)) for name in names}
    return columns | {"seq": list(range(1, rows + 1))}


@given(tables())
def test_every_row_is_written_as_the_canonical_form_of_its_values(columns: dict[str, list[Any]]) -> None:
    made = contents("observation", columns)
    for number, content in enumerate(made):
        row: dict[str, Any] = {"table": "observation"}
        for name, values in columns.items():
            value = values[number]
            if value is not None:
                row[name] = {"hex": value.hex()} if isinstance(value, bytes) else value
        assert content == rfc8785.dumps(row)
        json.loads(content)


@pytest.mark.parametrize("value", [2**53, -(2**63), 2**63 - 1])
def test_integers_that_json_would_round_are_written_as_text(value: int) -> None:
    assert contents("t", {"n": [value]}) == [f'{{"n":"{value}","table":"t"}}'.encode()]


@pytest.mark.parametrize("value", [float(2**53), 1e15 + 0.5, 1e16, 1e21, 1e-4, 1e-5, -0.0, 0.1])
def test_numbers_are_written_as_ecmascript_writes_them(value: float) -> None:
    assert contents("t", {"n": [value], "z": [1]}) == [rfc8785.dumps({"n": value, "table": "t", "z": 1})]


def test_columns_that_say_one_thing_may_hold_signs_of_percent() -> None:
    columns: dict[str, list[Any]] = {
        "a": ["100%s"] * 3,
        "a%d": [1, 2, 3],
        "b%d": ["x", None, "%"],
        "z": ["%%", "%", "%"],
    }
    for row, content in enumerate(contents("t%", columns)):
        said = {name: values[row] for name, values in columns.items() if values[row] is not None}
        assert content == rfc8785.dumps({**said, "table": "t%"})


def test_numbers_that_are_not_finite_are_written_as_text() -> None:
    assert contents("t", {"n": [float("inf")]}) == [b'{"n":"inf","table":"t"}']


def test_text_that_is_not_unicode_is_refused() -> None:
    with pytest.raises(UnicodeEncodeError):
        contents("t", {"n": ["\ud800"]})

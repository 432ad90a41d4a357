"""Leaves of other offices: the quick way of reading gives what the careful one gives, or leaves it to it."""

from typing import Any

import rfc8785
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Integer, LargeBinary, Table

from truceline.core.errors import InvalidInput
from truceline.store import schema
from truceline.store.office_check import content_of
from truceline.store.office_rows import values_of_leaf, values_of_row
from truceline.store.text import RecordText
from truceline.transparency.content import contents

TABLES = [schema.observation, schema.correction, schema.statement, schema.original]
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
ODD: list[Any] = [None, True, "7", "x", 1.5, 2**60, {"hex": "0"}, {"hex": "zz"}, {"hex": 1}, [], {}]


def fitting(column: Any) -> st.SearchStrategy[Any]:
    if isinstance(column.type, LargeBinary):
        return st.binary(max_size=9)
    if isinstance(column.type, Integer):
        return st.integers(-(2**63), 2**63 - 1)
    return st.text(max_size=9) if isinstance(column.type, RecordText) else NUMBERS


@st.composite
def rows(draw: st.DrawFn) -> tuple[Table, dict[str, Any]]:
    table = draw(st.sampled_from(TABLES))
    said = {
        str(column.name): draw(fitting(column))
        for column in table.c
        if not column.nullable or draw(st.booleans())
    }
    return table, said


@given(rows())
def test_what_our_own_logs_write_is_read_back(made: tuple[Table, dict[str, Any]]) -> None:
    table, said = made
    (content,) = contents(table.name, {name: [value] for name, value in said.items()})
    careful = values_of_row(table, content_of(content))
    assert careful == dict.fromkeys(table.c.keys()) | said
    assert values_of_leaf(table, content) in (careful, None)


@given(rows(), st.data())
def test_a_leaf_that_does_not_fit_is_refused_or_read_alike(
    made: tuple[Table, dict[str, Any]], data: st.DataObject
) -> None:
    table, said = made
    leaf: dict[str, Any] = {
        name: {"hex": value.hex()} if isinstance(value, bytes) else value
        for name, value in said.items()
        if not (isinstance(value, int) and abs(value) > 2**53 - 1)
    }
    name = data.draw(st.sampled_from([*table.c.keys(), "table", "another"]))
    odd = data.draw(st.sampled_from(ODD))
    content = rfc8785.dumps(
        {"table": str(table.name), **leaf, name: str(odd) if isinstance(odd, int) and odd > 2**53 else odd}
    )
    quick = values_of_leaf(table, content)
    try:
        row = content_of(content)
        careful = values_of_row(table, row) if row["table"] == table.name else None
    except InvalidInput:
        careful = None
    assert quick in (careful, None)

"""From what leaves of another office's log say to rows of our tables, with every value checked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Annotated, Any

import msgspec
import pyarrow as pa
from sqlalchemy import Integer, LargeBinary, Table

from truceline.core.errors import InvalidInput
from truceline.evidence.identity import revision_id
from truceline.evidence.table import OBSERVATION_SCHEMA
from truceline.store import rows
from truceline.store.schema import STORED
from truceline.store.text import RecordText


def values_of_row(table: Table, said: Mapping[str, Any]) -> dict[str, Any]:
    """A row's values as the database keeps them. Raises InvalidInput where they do not fit the table."""
    empty, readers, needed = _form(table)
    values = dict(empty)
    for name, value in said.items():
        reader = readers.get(name)
        if reader is None:
            if name == "table":
                continue
            raise InvalidInput(
                f"a row of {table.name} in the bundle has {name[:40]!r}, which this version does not know",
                hint="update Truceline on this machine",
            )
        try:
            values[name] = reader(value)
        except (ValueError, TypeError, KeyError) as error:
            raise InvalidInput(
                f"a row of {table.name} in the bundle: {name} cannot be {str(value)[:60]!r}"
            ) from error
    if not needed <= said.keys():
        lacks = ", ".join(sorted(needed - said.keys()))
        raise InvalidInput(f"a row of {table.name} in the bundle lacks {lacks}")
    return values


def values_of_leaf(table: Table, content: bytes) -> dict[str, Any] | None:
    """What `values_of_row` gives for a leaf of a table, many times faster; None where it has to look closer.

    That is where the leaf is of another table, a value does not fit, or one is written in an unusual way.
    """
    decoder, blobs = _decoder(table)
    try:
        values: dict[str, Any] = msgspec.structs.asdict(decoder.decode(content))
        for name in blobs:
            if values[name] is not None:
                values[name] = bytes.fromhex(values[name].hex)
    except (msgspec.DecodeError, ValueError, RecursionError):
        return None
    return values


class _Hex(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Bytes, as a leaf writes them."""

    hex: str


@cache
def _decoder(table: Table) -> tuple[msgspec.json.Decoder[msgspec.Struct], list[str]]:
    """What reads a leaf of a table, and the columns that hold bytes.

    A default of None without None among the types: what is null is left out of a leaf, and never said.
    """
    kinds = ((LargeBinary, _Hex), (Integer, _Int64), (RecordText, str))
    types = {
        column: next((known for kind, known in kinds if isinstance(column.type, kind)), float)
        for column in table.c
    }
    fields = [
        (str(column.key), known, msgspec.field(default=None)) if column.nullable else (str(column.key), known)
        for column, known in types.items()
    ]
    made = msgspec.defstruct(
        str(table.name),
        fields,
        tag_field="table",
        tag=str(table.name),
        forbid_unknown_fields=True,
        kw_only=True,
        gc=False,
    )
    return msgspec.json.Decoder(made), [str(column.key) for column, known in types.items() if known is _Hex]


_Int64 = Annotated[int, msgspec.Meta(ge=-(1 << 63), le=(1 << 63) - 1)]
_Form = tuple[dict[str, Any], dict[str, Callable[[Any], Any]], frozenset[str]]


@cache
def _form(table: Table) -> _Form:
    """A row without values, what reads each column's, and the columns that must have one."""
    kinds = ((LargeBinary, _bytes), (Integer, _integer), (RecordText, _text))
    readers: dict[str, Callable[[Any], Any]] = {
        column.name: next((read for kind, read in kinds if isinstance(column.type, kind)), _number)
        for column in table.c
    }
    needed = frozenset(column.name for column in table.c if not column.nullable)
    return dict.fromkeys(readers), readers, needed


def _bytes(value: Any) -> bytes:
    return bytes.fromhex(value["hex"])


def _integer(value: Any) -> int:
    if type(value) is not int:
        if type(value) is not str:
            raise TypeError("no integer")
        value = int(value)
    if not -(1 << 63) <= value < 1 << 63:
        raise ValueError("too large")
    return int(value)


def _text(value: Any) -> str:
    if type(value) is not str:
        raise TypeError("no text")
    return value


def _number(value: Any) -> float:
    if type(value) not in (int, float, str):
        raise TypeError("no number")
    return float(value)


def table_of_rows(
    some: list[dict[str, Any]], original_of: Callable[[int], tuple[str | None, str | None]]
) -> pa.Table:
    """Their rows as a table of observations whose `id` is that of each row's first version."""
    for row in some:
        if row["revises"] is not None and row["id"] != revision_id(row["revises"], str(row["digest"])):
            raise InvalidInput(f"the observation {row['id']} of the bundle is not the version that it says")
        if not (-180 <= (row["lon"] or 0) <= 180 and -90 <= (row["lat"] or 0) <= 90):
            raise InvalidInput(f"the observation {row['id']} of the bundle lies nowhere on Earth")
    originals = {number: original_of(number) for number in {row["original"] for row in some}}
    names = [field.name for field in STORED if field.name != "id"]
    entries = {row["entry"]: 0 for row in some}
    columns: dict[str, list[Any]] = {name: [row[name] for row in some] for name in names}
    columns |= {name: [row[name] for row in some] for name in ("entry", "original")}
    columns["id"] = [row["revises"] or row["id"] for row in some]
    try:
        return pa.Table.from_batches(rows.batches_of([columns], entries, originals), OBSERVATION_SCHEMA)
    except (pa.ArrowException, ValueError, TypeError, OverflowError) as error:
        raise InvalidInput(f"observations of the bundle cannot be read: {error}") from error

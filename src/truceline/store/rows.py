"""Between Arrow tables of observations and rows of the database."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from truceline.core.errors import InvalidEvidence
from truceline.evidence.identity import content_digest
from truceline.evidence.table import OBSERVATION_SCHEMA
from truceline.store.schema import STORED

_ITEM = "\x1e"  # between the items of a list, for as long as they are one text


def conform(table: pa.Table) -> pa.Table:
    """The table with the columns of OBSERVATION_SCHEMA in their order, numbers that are not numbers as null.

    A digest of the content is made where the table has none.

    Raises InvalidEvidence where columns are missing, of another type, or null where they must not be.
    """
    missing = [name for name in OBSERVATION_SCHEMA.names if name not in table.column_names]
    if missing:
        raise InvalidEvidence(f"observations lack the columns {', '.join(missing)}")
    columns = []
    for field in OBSERVATION_SCHEMA:
        column = table[field.name].combine_chunks()
        if column.type != field.type:
            try:
                column = column.cast(field.type)
            except pa.ArrowInvalid as error:
                raise InvalidEvidence(f"the column {field.name} cannot be read as {field.type}") from error
        if not field.nullable and column.null_count:
            raise InvalidEvidence(f"the column {field.name} lacks a value in {column.null_count} rows")
        if pa.types.is_floating(field.type):
            # SQLite keeps neither NaN nor the sign of zero, so neither may make a difference.
            column = pc.if_else(pc.is_nan(column), pa.scalar(None, field.type), pc.add(column, 0.0))
        columns.append(column)
    made = pa.Table.from_arrays(columns, schema=OBSERVATION_SCHEMA)
    if made["digest"].null_count:
        index = made.schema.get_field_index("digest")
        digests = pc.coalesce(made["digest"], content_digest(made))
        made = made.set_column(index, OBSERVATION_SCHEMA.field("digest"), digests)
    return made


def values_of(table: pa.Table) -> dict[str, list[Any]]:
    """The stored columns as lists of plain values for the database."""
    return {field.name: _to_sql(table[field.name], field.type) for field in STORED}


def _to_sql(column: pa.ChunkedArray, kind: pa.DataType) -> list[Any]:
    if column.null_count == len(column):
        return [None] * len(column)
    if pa.types.is_timestamp(kind):
        column = column.cast(pa.int64())
    elif pa.types.is_boolean(kind):
        column = column.cast(pa.int8())
    elif pa.types.is_list(kind):
        return _json_lists(column)
    values: list[Any] = column.to_pylist()
    return values


def _json_lists(column: pa.ChunkedArray) -> list[str]:
    # Few distinct lists stand in very many rows: each is written once.
    words = pc.dictionary_encode(pc.binary_join(column, _ITEM)).combine_chunks()
    empty = pc.equal(pc.list_value_length(column), 0).to_pylist()
    texts = [json.dumps(text.split(_ITEM), ensure_ascii=False) for text in words.dictionary.to_pylist()]
    indices = words.indices.to_pylist()
    return ["[]" if none else texts[i] for i, none in zip(indices, empty, strict=True)]


def batches_of(
    chunks: Iterable[Mapping[str, Sequence[Any]]],
    recorded_at: Mapping[int, int],
    originals: Mapping[int, Sequence[Any]],
) -> Iterator[pa.RecordBatch]:
    """Columns `entry`, `original` and those of `STORED`, chunk by chunk, as rows of OBSERVATION_SCHEMA.

    `recorded_at` gives each entry's instant in microseconds, `originals` each original's file and sha256.
    """
    for columns in chunks:
        yield _record_batch(columns, recorded_at, originals)


def _record_batch(
    columns: Mapping[str, Sequence[Any]],
    recorded_at: Mapping[int, int],
    originals: Mapping[int, Sequence[Any]],
) -> pa.RecordBatch:
    made = {field.name: _from_sql(columns[field.name], field.type) for field in STORED}
    instants = np.array([recorded_at[entry] for entry in columns["entry"]], dtype=np.int64)
    made["recorded_at"] = pa.array(instants).cast(OBSERVATION_SCHEMA.field("recorded_at").type)
    made["origin_file"] = pa.array([originals[seq][0] for seq in columns["original"]], pa.string())
    made["origin_sha256"] = pa.array([originals[seq][1] for seq in columns["original"]], pa.string())
    return pa.RecordBatch.from_arrays(
        [made[name] for name in OBSERVATION_SCHEMA.names], schema=OBSERVATION_SCHEMA
    )


def _from_sql(column: Sequence[Any], kind: pa.DataType) -> pa.Array:
    if pa.types.is_timestamp(kind):
        return pa.array(column, pa.int64()).cast(kind)
    if pa.types.is_boolean(kind):
        return pa.array(column, pa.int8()).cast(kind)
    if pa.types.is_list(kind):
        words = pa.array(column, pa.string()).dictionary_encode()
        lists = pa.array([json.loads(text) for text in words.dictionary.to_pylist()], kind)
        return lists.take(words.indices)
    return pa.array(column, kind)

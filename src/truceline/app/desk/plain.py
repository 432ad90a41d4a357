"""Columns as lists of plain JSON data.

Arrow makes a Python object of each value by way of one of its own, some three thousandths of a second for a
page of fifty rows; here a column is made at once.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from truceline.core.instants import isoformat_utc
from truceline.store.schema import instant_of


def plain(column: pa.ChunkedArray | pa.Array) -> list[Any]:
    """The values of a column: text, numbers, truth values, lists of text, None; instants (which have to be
    UTC, of microseconds) as `isoformat_utc` writes them."""
    if column.null_count == len(column):
        return [None] * len(column)
    kind = column.type
    if pa.types.is_timestamp(kind):
        return instants(plain(column.cast(pa.int64())))
    if pa.types.is_string(kind) or pa.types.is_boolean(kind):
        found: list[Any] = column.to_numpy(zero_copy_only=False).tolist()
        return found
    if pa.types.is_integer(kind) or pa.types.is_floating(kind):
        return _blank(_whole(column).tolist(), column)
    if pa.types.is_list(kind) and pa.types.is_string(kind.value_type):
        return _lists(column)
    others: list[Any] = column.to_pylist()
    return others


def _whole(column: pa.ChunkedArray | pa.Array) -> npt.NDArray[Any]:
    """The numbers of a column; zero where there is none."""
    filled = pc.fill_null(column, 0) if column.null_count else column
    found: npt.NDArray[Any] = filled.to_numpy()
    return found


def _blank(values: list[Any], column: pa.ChunkedArray | pa.Array) -> list[Any]:
    """The values with None where the column has none."""
    if column.null_count:
        for place in np.flatnonzero(pc.is_null(column).to_numpy(zero_copy_only=False)).tolist():
            values[place] = None
    return values


def instants(micros: list[int | None]) -> list[Any]:
    """Instants in microseconds since 1970 as text: whole seconds all at once, else each by itself."""
    if any(one is not None and one % 1_000_000 for one in micros):
        return [None if one is None else isoformat_utc(instant_of(one)) for one in micros]
    seconds = np.array([0 if one is None else one // 1_000_000 for one in micros], "datetime64[s]")
    found: list[Any] = np.datetime_as_string(seconds, timezone="UTC").tolist()
    return [None if one is None else text for one, text in zip(micros, found, strict=True)]


def _lists(column: pa.ChunkedArray | pa.Array) -> list[Any]:
    whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if isinstance(whole, pa.ChunkedArray):
        whole = whole.combine_chunks()
    values = plain(whole.flatten())
    lengths = plain(whole.value_lengths())
    found: list[Any] = []
    start = 0
    for length in lengths:
        if length is None:
            found.append(None)
            continue
        found.append(values[start : start + length])
        start += length
    return found

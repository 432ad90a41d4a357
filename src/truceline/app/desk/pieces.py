"""Rows that are taken out of a table which lies in pieces: a record on disk is some mapped files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from truceline.app.desk.plain import instants, plain

Ints = npt.NDArray[np.int64]

FEW = 250


class Pieces:
    """A table of which few rows are asked for at a time. Arrow would copy all of the pieces into one first:
    here each is asked for its own rows."""

    def __init__(self, table: pa.Table) -> None:
        self._table = table
        found = _starts_of(table)
        self._alike = found is not None
        self._starts = np.zeros(1, np.int64) if found is None else found
        self._held: dict[str, list[pa.Array]] = {}

    def take(self, places: Ints, names: Sequence[str] | None = None) -> pa.Table:
        """The rows at these places of the table, in the order given, with all columns or those named."""
        table = self._table if names is None else self._table.select(list(names))
        if len(self._starts) == 1:
            return table.take(pa.array(places))
        piece = np.searchsorted(self._starts, places, side="right") - 1
        order = np.argsort(piece, kind="stable")
        parts = [
            table.slice(int(self._starts[one]), self._length(one)).take(
                pa.array(places[piece == one] - self._starts[one])
            )
            for one in np.unique(piece)
        ]
        if not parts:
            return table.slice(0, 0)
        back = np.empty(len(order), np.int64)
        back[order] = np.arange(len(order))
        return pa.concat_tables(parts).combine_chunks().take(pa.array(back))

    def told(self, places: Ints, names: Sequence[str]) -> dict[str, list[Any]]:
        """The same as columns of plain JSON data (`truceline.app.desk.plain`).

        Few rows, of which each may lie in another piece, are taken value by value: asking Arrow for those of
        each piece costs more than the values do.
        """
        if len(places) > FEW or not self._alike:
            table = self.take(places, names)
            return {name: plain(table[name]) for name in names}
        piece = np.searchsorted(self._starts, places, side="right") - 1
        where = list(zip(piece.tolist(), (places - self._starts[piece]).tolist(), strict=True))
        found = {}
        for name in names:
            chunks = self._chunks(name)
            values = [chunks[one][at].as_py() for one, at in where]
            found[name] = instants(values) if pa.types.is_timestamp(self._table[name].type) else values
        return found

    def _chunks(self, name: str) -> list[pa.Array]:
        """The pieces of a column; of instants as numbers."""
        held = self._held.get(name)
        if held is None:
            column = self._table[name]
            column = column.cast(pa.int64()) if pa.types.is_timestamp(column.type) else column
            held = self._held[name] = [chunk for chunk in column.chunks if len(chunk)]
        return held

    def _length(self, piece: int) -> int:
        ends = [*self._starts[1:], self._table.num_rows]
        return int(ends[piece] - self._starts[piece])


def _starts_of(rows: pa.Table) -> Ints | None:
    """Where each piece of a table begins that all of its columns are in; None where they differ."""
    lengths = {tuple(len(chunk) for chunk in column.chunks if len(chunk)) for column in rows.columns}
    if len(lengths) != 1:
        return None
    found: Ints = np.concatenate([[0], np.cumsum(lengths.pop(), dtype=np.int64)])[:-1]
    return found if len(found) else np.zeros(1, np.int64)

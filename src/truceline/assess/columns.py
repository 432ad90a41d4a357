"""Observations as columns: what the rules ask of a table of evidence, answered without a Python object a row.

Rows are numbers into the table that stands at `known_at` (`truceline.evidence.history.current`); instants
are microseconds since 1970 in UTC, coordinates lon, lat in degrees (WGS 84), errors in metres.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from truceline.evidence.history import current

Rows = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int32]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FOREVER = 2**62

CLAIMS = frozenset({"withdrawal_claim", "weapon_declared", "patrol_announced"})
"""Kinds that are somebody's word by their nature, whoever passes it on."""


def microseconds(instant: datetime) -> int:
    """Microseconds since 1970 of an aware instant."""
    return (instant - _EPOCH) // timedelta(microseconds=1)


def instant_of_us(value: int) -> datetime:
    """The UTC instant of microseconds since 1970."""
    return _EPOCH + timedelta(microseconds=int(value))


class Evidence:
    """The observations that stand: known by `known_at`, begun before `as_of`, each id once."""

    def __init__(self, observations: pa.Table, *, as_of: datetime, known_at: datetime) -> None:
        self.table = _each_id_once(current(observations, known_at))
        self.as_of_us = microseconds(as_of)
        self._encoded: dict[str, tuple[Codes, list[Any]]] = {}
        self._floats: dict[str, Floats] = {}
        self._fingerprints: npt.NDArray[np.uint64] | None = None

    def __len__(self) -> int:
        return int(np.count_nonzero(self.begun))

    @cached_property
    def begun(self) -> npt.NDArray[np.bool_]:
        """Whether each row's interval starts before the as-of."""
        return self.start_us < self.as_of_us

    @cached_property
    def start_us(self) -> npt.NDArray[np.int64]:
        """Start of each row's interval."""
        return self._instants("occurred_from")

    @cached_property
    def end_us(self) -> npt.NDArray[np.int64]:
        """End of each row's interval, never before its start."""
        return np.maximum(self._instants("occurred_to"), self.start_us)

    def _instants(self, name: str) -> npt.NDArray[np.int64]:
        return np.asarray(self.table[name].cast(pa.int64()).to_numpy(), dtype=np.int64)

    def numbers(self, name: str) -> Floats:
        """A numeric column as floats; NaN where it is null."""
        if name not in self._floats:
            column = self.table[name]
            if not pa.types.is_floating(column.type):
                column = column.cast(pa.float64())
            values = column.to_numpy(zero_copy_only=False)
            self._floats[name] = np.asarray(values, dtype=np.float64)
        return self._floats[name]

    def flags(self, name: str, rows: Rows) -> npt.NDArray[np.bool_]:
        """A boolean column at some rows."""
        return np.asarray(self.table[name].take(pa.array(rows)).to_numpy(zero_copy_only=False), dtype=bool)

    def claims(self, rows: Rows) -> npt.NDArray[np.bool_]:
        """Whether each row is a party's word about conduct rather than an observation of it."""
        codes, kinds = self.codes("kind")
        said = np.array([kind in CLAIMS for kind in kinds] + [False], dtype=bool)
        result: npt.NDArray[np.bool_] = self.flags("claim", rows) | said[codes[rows]]
        return result

    def codes(self, name: str) -> tuple[Codes, list[Any]]:
        """A column as codes into its distinct values, -1 for null."""
        if name not in self._encoded:
            self._encoded[name] = _encode(self.table[name])
        return self._encoded[name]

    def codes_at(self, name: str, rows: Rows) -> tuple[Codes, list[Any]]:
        """The codes of some rows: the whole column's where most rows are asked for, else only theirs."""
        if name in self._encoded or len(rows) * 2 > self.table.num_rows:
            codes, values = self.codes(name)
            return codes[rows], values
        return _encode(self.table[name].take(pa.array(rows)))

    def rows_of(self, kinds: Iterable[str]) -> Rows:
        """The begun rows of these kinds, in the table's order."""
        codes, values = self.codes("kind")
        wanted = set(kinds)
        hit = np.array([value in wanted for value in values] + [False], dtype=bool)
        if not hit.any():
            return np.empty(0, dtype=np.int64)
        return np.flatnonzero(hit[codes] & self.begun)

    @cached_property
    def actor_lists(self) -> NameLists:
        """Who acted, per row."""
        return NameLists(self.table["actors"])

    @cached_property
    def target_lists(self) -> NameLists:
        """Against whom, per row."""
        return NameLists(self.table["targets"])

    def text(self, name: str, rows: Rows | Sequence[int]) -> list[Any]:
        """A column's values at a few rows, as Python objects."""
        taken: list[Any] = self.table[name].take(pa.array(rows, type=pa.int64())).to_pylist()
        return taken

    def ids(self, rows: Rows | Sequence[int]) -> list[str]:
        """The ids of a few rows."""
        return self.text("id", rows)

    def row_of(self, id: str) -> int | None:
        """The row with that id, whether begun by the as-of or not."""
        found = pc.index(self.table["id"], id).as_py()
        return found if found >= 0 else None

    def fingerprints(self, rows: Rows) -> npt.NDArray[np.uint64]:
        """A number per row that is equal for rows saying the same thing: kind, place, time, who and what.

        The source is left out on purpose: it is kept apart by the source's group.
        """
        mixed = np.zeros(len(rows), dtype=np.uint64)
        for name in ("kind", "subject", "weapon_class", "equipment", "serial", "place", "report"):
            codes, values = self.codes_at(name, rows)
            stable = np.array([_hash_text(value) for value in values] + [0], dtype=np.uint64)
            mixed = _mix(mixed, stable[codes])
        for numbers in (self.start_us, self.end_us):
            mixed = _mix(mixed, numbers[rows].view(np.uint64))
        for name in ("lon", "lat", "error_m", "count", "effort_h", "calibre_mm"):
            mixed = _mix(mixed, np.nan_to_num(self.numbers(name)[rows], nan=-1e9).view(np.uint64))
        for lists in (self.actor_lists, self.target_lists):
            stable = np.array([_hash_text(name) for name in lists.names], dtype=np.uint64)
            mixed = _mix(mixed, lists.reduced(stable, np.add, np.uint64(0))[rows])
        return mixed


class NameLists:
    """A column of lists of names: the distinct names, and per row which of them."""

    def __init__(self, column: pa.ChunkedArray) -> None:
        lists = column.combine_chunks()
        if isinstance(lists, pa.ChunkedArray):  # an empty table has no chunk to give
            lists = pa.concat_arrays(lists.chunks) if lists.num_chunks else pa.array([], column.type)
        self.lengths = np.asarray(pc.fill_null(pc.list_value_length(lists), 0).to_numpy(zero_copy_only=False))
        self.codes, self.names = _encode(lists.flatten())
        self.starts = np.concatenate(([0], np.cumsum(self.lengths)[:-1])).astype(np.int64)

    def reduced(self, per_name: npt.NDArray[Any], ufunc: np.ufunc, empty: Any) -> npt.NDArray[Any]:
        """Per row the reduction of its names' values by a ufunc; `empty` where a row names nobody."""
        out = np.full(len(self.lengths), empty, dtype=per_name.dtype)
        some = self.lengths > 0
        if some.any():
            values = per_name[self.codes]
            # Only rows that name somebody are segments; their starts are strictly increasing.
            out[some] = (
                values if (self.lengths[some] == 1).all() else ufunc.reduceat(values, self.starts[some])
            )
        return out

    def of_row(self, row: int) -> list[str]:
        """The names of one row."""
        start = int(self.starts[row])
        return [self.names[code] for code in self.codes[start : start + int(self.lengths[row])]]


def _encode(column: pa.ChunkedArray | pa.Array) -> tuple[Codes, list[Any]]:
    encoded = column if pa.types.is_dictionary(column.type) else pc.dictionary_encode(column)
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.unify_dictionaries()
        if encoded.num_chunks == 0:
            return np.empty(0, dtype=np.int32), []
        dictionary = encoded.chunk(0).dictionary
        codes = np.concatenate([_indices(chunk) for chunk in encoded.chunks])
    else:
        dictionary = encoded.dictionary
        codes = _indices(encoded)
    return codes, dictionary.to_pylist()


def _indices(chunk: pa.DictionaryArray) -> Codes:
    return np.asarray(pc.fill_null(chunk.indices, -1).to_numpy(zero_copy_only=False), dtype=np.int32)


def _each_id_once(table: pa.Table) -> pa.Table:
    ids = table["id"]
    if pc.count_distinct(ids).as_py() == table.num_rows:
        return table
    # An observation that was delivered twice counts as it was first recorded.
    order = pc.sort_indices(
        table.select(["id", "recorded_at"]), [("id", "ascending"), ("recorded_at", "ascending")]
    )
    sorted_ids = ids.take(order).combine_chunks()
    fresh = np.ones(len(sorted_ids), dtype=bool)
    fresh[1:] = np.asarray(pc.not_equal(sorted_ids[1:], sorted_ids[:-1]).to_numpy(zero_copy_only=False))
    kept = np.sort(np.asarray(order.to_numpy())[fresh]).astype(np.int64)
    return table.take(pa.array(kept))


def _hash_text(value: object) -> int:
    # FNV-1a: stable between runs, which Python's own hash of text is not.
    number = 0xCBF29CE484222325
    for byte in str(value).encode():
        number = ((number ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return number


def _mix(left: npt.NDArray[np.uint64], right: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    # splitmix64's finaliser over a running combination.
    with np.errstate(over="ignore"):
        value = left * np.uint64(0x9E3779B97F4A7C15) + right
        value ^= value >> np.uint64(30)
        value *= np.uint64(0xBF58476D1CE4E5B9)
        value ^= value >> np.uint64(27)
        value *= np.uint64(0x94D049BB133111EB)
        result: npt.NDArray[np.uint64] = value ^ (value >> np.uint64(31))
    return result

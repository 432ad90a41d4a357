"""Observations as columns: what the rules ask of a table of evidence, answered without a Python object a row.

Rows are numbers into the table that stands at `known_at` (`truceline.evidence.history.current`); instants
are microseconds since 1970 in UTC, coordinates lon, lat in degrees (WGS 84), errors in metres.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from truceline.assess.alike import first_alike, mix, mix_floats
from truceline.assess.inquiries import findings_of, with_findings
from truceline.assess.said import Answers, Said
from truceline.evidence.cases import cases_of
from truceline.evidence.history import current
from truceline.evidence.judgements import NO_JUDGEMENTS, Judgements

Rows = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int32]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FOREVER = 2**62
_FEW = 65_536

CLAIMS = frozenset({"withdrawal_claim", "weapon_declared", "patrol_announced"})
"""Kinds that are somebody's word by their nature, whoever passes it on."""


def microseconds(instant: datetime) -> int:
    """Microseconds since 1970 of an aware instant."""
    return (instant - _EPOCH) // timedelta(microseconds=1)


def instant_of_us(value: int) -> datetime:
    """The UTC instant of microseconds since 1970."""
    return _EPOCH + timedelta(microseconds=int(value))


class Evidence:
    """The observations that stand: known by `known_at`, begun before `as_of`; after them, as rows of their
    own, what inquiries confirmed (`truceline.assess.inquiries`)."""

    def __init__(
        self,
        observations: pa.Table,
        *,
        as_of: datetime,
        known_at: datetime,
        judgements: Judgements = NO_JUDGEMENTS,
    ) -> None:
        standing = current(observations, known_at, judgements.corrections)
        self.cases = cases_of(judgements.steps, known_at=known_at)
        self.inquiries = with_findings(standing, findings_of(self.cases.values()))
        self.table = self.inquiries.table
        self.as_of_us = microseconds(as_of)
        self._encoded: dict[str, tuple[Codes, list[Any]]] = {}
        self._floats: dict[str, Floats] = {}
        self._said = Said()
        self._rows_of: dict[frozenset[str], Rows] = {}
        self._rows_by_id: dict[frozenset[str], Rows] = {}

    def __len__(self) -> int:
        return int(np.count_nonzero(self.begun[: self.table.num_rows - len(self.inquiries.confirms)]))

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

    @cached_property
    def is_claim(self) -> npt.NDArray[np.bool_]:
        """Whether each row is a party's word about conduct rather than an observation of it."""
        codes, kinds = self.codes("kind")
        said = np.array([*(kind in CLAIMS for kind in kinds), False], dtype=bool)
        flagged = self.table["claim"].to_numpy(zero_copy_only=False).astype(bool)
        result: npt.NDArray[np.bool_] = flagged | said[codes]
        return result

    def codes(self, name: str) -> tuple[Codes, list[Any]]:
        """A column as codes into its distinct values, -1 for null."""
        if name not in self._encoded:
            self._encoded[name] = _encode(self.table[name])
        return self._encoded[name]

    def codes_at(self, name: str, rows: Rows) -> tuple[Codes, list[Any]]:
        """The codes of some rows, -1 for null, and the distinct values of the whole column."""
        codes, values = self.codes(name)
        return codes[rows], values

    def rows_of(self, kinds: Iterable[str]) -> Rows:
        """The begun rows of these kinds, in the table's order. Not to be written to."""
        wanted = frozenset(kinds)
        if wanted not in self._rows_of:
            codes, values = self.codes("kind")
            hit = np.array([*(value in wanted for value in values), False], dtype=bool)
            found = np.flatnonzero(hit[codes] & self.begun) if hit.any() else np.empty(0, dtype=np.int64)
            self._rows_of[wanted] = found
        return self._rows_of[wanted]

    def rows_by_id(self, kinds: Iterable[str]) -> Rows:
        """As `rows_of`, in order of the reports' ids: for what is listed, so that the table's order never
        shows. Not to be written to."""
        wanted = frozenset(kinds)
        if wanted not in self._rows_by_id:
            rows = self.rows_of(wanted)
            order = pc.sort_indices(self.table["id"].take(pa.array(rows))).to_numpy()
            self._rows_by_id[wanted] = rows[order]
        return self._rows_by_id[wanted]

    def names_one_of(self, column: str, rows: Rows, words: Collection[str]) -> npt.NDArray[np.bool_] | None:
        """See `Said.is_one_of`."""
        return self._said.is_one_of(column, self.codes(column), rows, words)

    def answers(self, column: str, rows: Rows, about: Hashable, question: Callable[[str], int]) -> Answers:
        """See `Said.asked`."""
        return self._said.asked(column, self.codes(column), rows, about, question)

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

    @cached_property
    def fingerprints(self) -> npt.NDArray[np.uint64]:
        """A number per row that is equal for rows saying the same thing: kind, place, time, who and what.

        The source is left out on purpose: it is kept apart by the source's group.
        """
        mixed = np.zeros(self.table.num_rows, dtype=np.uint64)
        for name in ("kind", "subject", "weapon_class", "equipment", "serial", "place", "report"):
            if self.table[name].null_count < self.table.num_rows:
                known = self._encoded.get(name)
                mix(mixed, (known[0] if known else _labels(self.table[name])).astype(np.uint64))
        for instants in (self.start_us, self.end_us):
            mix(mixed, instants.view(np.uint64))
        for name in ("lon", "lat", "error_m", "count", "effort_h", "calibre_mm"):
            if self.table[name].null_count < self.table.num_rows:
                mix_floats(mixed, self.numbers(name), self.numbers(name).view(np.uint64))
        for lists in (self.actor_lists, self.target_lists):
            # A sum, because the order of the names says nothing.
            each = np.zeros(len(lists.names), np.uint64)
            mix(each, np.arange(1, len(lists.names) + 1, dtype=np.uint64))
            mix(mixed, lists.reduced(each, np.add, np.uint64(0)))
        return mixed

    @cached_property
    def weapons(self) -> tuple[Codes, list[tuple[str | None, str | None, float | None]]]:
        """Per row the number of what it says of a weapon, and these as (class, equipment, calibre_mm)."""
        names = ("weapon_class", "equipment", "calibre_mm")
        columns = [self.codes(name) for name in names]
        key = np.zeros(self.table.num_rows, dtype=np.int64)
        for codes, values in columns:
            key = key * (len(values) + 1) + codes + 1
        keys, number = _distinct(key)
        said: list[tuple[str | None, str | None, float | None]] = []
        for rest in keys.tolist():
            row: list[Any] = []
            for _, values in reversed(columns):
                rest, code = divmod(rest, len(values) + 1)
                row.append(values[code - 1] if code else None)
            said.append((row[2], row[1], row[0]))
        return number, said

    @cached_property
    def same_report(self) -> Codes:
        """Per row the first row that says the same thing."""
        return first_alike(self.fingerprints)


@dataclass(frozen=True, slots=True)
class AnyOf:
    """A probability for every row, kept once for all rows that name the same one."""

    values: Floats
    slot: Codes

    def at(self, rows: Rows) -> Floats:
        """The probabilities of some rows."""
        p: Floats = self.values[self.slot[rows]]
        return p


class NameLists:
    """A column of lists of names: the distinct names, and per row which of them."""

    def __init__(self, column: pa.ChunkedArray) -> None:
        lists = column.combine_chunks()
        if isinstance(lists, pa.ChunkedArray):  # an empty table has no chunk to give
            lists = pa.concat_arrays(lists.chunks) if lists.num_chunks else pa.array([], column.type)
        self.lengths = np.asarray(pc.fill_null(pc.list_value_length(lists), 0).to_numpy(zero_copy_only=False))
        self.codes, self.names = _encode(lists.flatten())
        self.starts = np.cumsum(self.lengths, dtype=np.int32) - self.lengths
        # Most rows name one: they are looked up, and only the others are reduced. Code -1 is nobody.
        self._first = np.full(len(self.lengths), -1, dtype=np.int32)
        some = self.lengths > 0
        self._first[some] = self.codes[self.starts[some]]
        self._several = np.flatnonzero(self.lengths > 1)
        sizes = self.lengths[self._several]
        self._heads = (np.cumsum(sizes) - sizes).astype(np.int64)
        within = np.arange(int(sizes.sum())) - np.repeat(self._heads, sizes)
        # Where `any_of` finds a row: at its name, behind the names where it has several, last for nobody.
        self._slot = self._first.copy()
        self._slot[self._several] = len(self.names) + np.arange(len(self._several), dtype=np.int32)
        self._listed = self.codes[np.repeat(self.starts[self._several], sizes) + within]

    def reduced(self, per_name: npt.NDArray[Any], ufunc: np.ufunc, empty: Any) -> npt.NDArray[Any]:
        """Per row the reduction of its names' values by a ufunc; `empty` where a row names nobody."""
        out = np.append(per_name, np.asarray([empty], dtype=per_name.dtype))[self._first]
        if len(self._several):
            out[self._several] = ufunc.reduceat(per_name[self._listed], self._heads)
        return out

    def any_of(self, per_name: Floats, empty: float) -> AnyOf:
        """Per row P(at least one) of its names' independent probabilities; `empty` where it names nobody."""
        together = np.empty(0)
        if len(self._several):
            with np.errstate(divide="ignore"):
                logs = np.log1p(-per_name)[self._listed]
            together = -np.expm1(np.add.reduceat(logs, self._heads))
        return AnyOf(np.concatenate([per_name, together, [empty]]), self._slot)

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


def _labels(column: pa.ChunkedArray) -> Codes:
    """Codes without the values behind them, which may be as many as there are rows."""
    encoded = pc.dictionary_encode(column.combine_chunks())
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.combine_chunks()
    return _indices(encoded)


def _distinct(keys: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.int64], Codes]:
    """The distinct keys, none negative, in order, and per row the number of its key."""
    most = int(keys.max(initial=0))
    if most > max(len(keys), _FEW):
        distinct, number = np.unique(keys, return_inverse=True)
        return distinct, number.ravel().astype(np.int32)
    there = np.zeros(most + 1, dtype=bool)
    there[keys] = True
    place = np.cumsum(there, dtype=np.int32) - 1
    return np.flatnonzero(there), place[keys]

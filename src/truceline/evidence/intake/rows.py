"""Rows of a delimited file as columns of text, in batches, with the row number that each one has.

Rows with too many or too few columns are set aside as faults; the others go on. Tokenising is Arrow's: a
few million fields a second, quoted line breaks included.
"""

from __future__ import annotations

import csv
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.csv as pacsv

from truceline.core.errors import Fault
from truceline.evidence.intake.document import Document

BLOCK = 2 << 20
SHOWN = 80


@dataclass(frozen=True, slots=True)
class RowBatch:
    """Columns of text (null where empty), the data row of each (from 1), and the rows that do not fit."""

    columns: dict[str, pa.Array]
    rows: npt.NDArray[np.int64]
    broken: list[Fault]


@dataclass(frozen=True, slots=True)
class Layout:
    """How the file is laid out. Without `names` the first row is the header."""

    delimiter: str
    names: tuple[str, ...]
    has_header: bool = True
    quoted: bool = True


def sniff_layout(document: Document, delimiter: str | None = None) -> Layout:
    """The delimiter (comma, semicolon, tab or bar) and the header. Raises InvalidEvidence."""
    head = document.head()
    first = head.split("\n", 1)[0]
    used = delimiter or max(",;\t|", key=lambda sign: _outside_quotes(first, sign))
    try:
        header = next(csv.reader(head.replace("\x00", "").splitlines(keepends=True), delimiter=used), [])
    except csv.Error as error:
        raise document.fail(f"the header cannot be read ({error})", line=1) from error
    names = tuple(name.strip() for name in header)
    if not any(names):
        raise document.fail("the first row holds no column names", line=1, accepted="a header row")
    doubled = sorted({name for name in names if name and names.count(name) > 1})
    if doubled:
        raise document.fail("a column name stands twice in the header", line=1, found=", ".join(doubled))
    # A column without a name is kept under its number: what it holds is not ours to drop.
    numbered = tuple(name or f"column {number}" for number, name in enumerate(names, start=1))
    if len(set(numbered)) != len(numbered):
        raise document.fail("the columns cannot be told apart by their names", line=1)
    return Layout(used, numbered)


def _outside_quotes(line: str, sign: str) -> int:
    return sum(part.count(sign) for part in line.split('"')[::2])


def read_rows(
    document: Document, layout: Layout, *, batch_rows: int, only: Sequence[str] | None = None
) -> Iterator[RowBatch]:
    """The file's rows, at most `batch_rows` at a time. `only` names the columns that are wanted.

    Raises InvalidEvidence where the file cannot be split into rows at all.
    """
    broken: list[Fault] = []
    positions: list[int] = []
    first = 1 if layout.has_header else 0

    def set_aside(row: Any) -> str:
        positions.append(row.number - first)
        broken.append(_misfit(document, row, row.number - first))
        return "skip"

    names = list(layout.names)
    options: dict[str, Any] = {
        "read_options": pacsv.ReadOptions(
            use_threads=False,
            block_size=BLOCK,
            column_names=names,
            skip_rows_after_names=1 if layout.has_header else 0,
        ),
        "parse_options": pacsv.ParseOptions(
            delimiter=layout.delimiter,
            quote_char='"' if layout.quoted else False,
            newlines_in_values=layout.quoted,
            invalid_row_handler=set_aside,
        ),
        "convert_options": pacsv.ConvertOptions(
            column_types={name: pa.string() for name in names},
            include_columns=[name for name in names if only is None or name in only],
            null_values=[""],
            strings_can_be_null=True,
            quoted_strings_can_be_null=True,
        ),
    }
    passed, given = 0, 0
    try:
        with document.open() as stream:
            for batch in pacsv.open_csv(stream, **options):
                for start in range(0, batch.num_rows, batch_rows):
                    piece = batch.slice(start, batch_rows)
                    numbers, passed = _numbers(piece.num_rows, passed, positions)
                    now = [fault for fault in broken[given:] if (fault.row or 0) <= passed]
                    given += len(now)
                    yield RowBatch(dict(zip(piece.schema.names, piece.columns, strict=True)), numbers, now)
    except pa.ArrowInvalid as error:
        if "Empty CSV" in str(error):
            return
        if "straddl" in str(error):
            raise document.fail(f"a row is longer than {BLOCK >> 20} MB", hint=None) from error
        raise document.fail(f"the file cannot be split into rows ({str(error)[:200]})") from error
    if broken[given:]:
        none = pa.array([], pa.string())
        yield RowBatch(dict.fromkeys(names, none), np.empty(0, np.int64), _cut_off(document, broken[given:]))


def _numbers(count: int, passed: int, set_aside: list[int]) -> tuple[npt.NDArray[np.int64], int]:
    """The numbers of the next `count` rows that fit: those after `passed` that are not in `set_aside`.

    Numbers that have been passed are taken out of `set_aside`, which is in ascending order.
    """
    candidates = np.arange(passed + 1, passed + 1 + count + len(set_aside), dtype=np.int64)
    fits = ~np.isin(candidates, np.array(set_aside, dtype=np.int64), assume_unique=True)
    numbers = candidates[fits][:count]
    last = int(numbers[-1]) if count else passed
    del set_aside[: bisect_right(set_aside, last)]
    return numbers, last


def _misfit(document: Document, row: Any, number: int) -> Fault:
    text = row.text if len(row.text) <= SHOWN else f"{row.text[:SHOWN]}…"
    return Fault(
        f"the row has {row.actual_columns} columns instead of {row.expected_columns}",
        source=document.name,
        row=number,
        path="row",
        found=text,
        accepted=f"{row.expected_columns} columns",
        code="columns",
    )


def _cut_off(document: Document, faults: list[Fault]) -> list[Fault]:
    if document.ends_with_newline:
        return faults
    last = faults[-1]
    message = f"{last.message}, and the file ends in the middle of it: the file may be cut off"
    return [
        *faults[:-1],
        Fault(message, last.source, None, last.row, last.path, last.found, last.accepted, "cut-off"),
    ]

"""A batch of rows under examination: columns of text turned into values, and the faults that turn up.

Every method works on whole columns. Text that repeats (days, kinds, names) is read once per distinct value;
numbers are read by Arrow. A row with a fault is out, whatever else it holds; its first fault names the
field, and further ones are added to the message.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from truceline.core.errors import Fault
from truceline.core.limits import CELL_CHARACTERS as LONGEST

Mask = npt.NDArray[np.bool_]

_SHOWN = 80
_NUMBER = r"^[-+]?(\d+\.?\d*|\.\d+)([eE](-\d{1,3}|\+?\d{1,2}))?$"


class UnacceptableError(ValueError):
    """A value that cannot be read: what is wrong and what is accepted."""

    def __init__(self, message: str, accepted: str | None = None, code: str = "invalid") -> None:
        super().__init__(message)
        self.message, self.accepted, self.code = message, accepted, code


class Sheet:
    """Columns of text by the name of their field, the number of each row, and the faults found so far."""

    def __init__(self, columns: dict[str, pa.Array], rows: npt.NDArray[np.int64], source: str) -> None:
        self.columns = columns
        self.rows = rows
        self.source = source
        self.faults: dict[int, Fault] = {}

    def __len__(self) -> int:
        return len(self.rows)

    def clean(self, *, look_for_nul: bool) -> None:
        """Trims the text and empties what is blank; refuses NUL bytes and fields beyond all measure."""
        for field, column in self.columns.items():
            trimmed = pc.utf8_trim_whitespace(column)
            lengths = pc.utf8_length(trimmed)
            self.columns[field] = pc.if_else(pc.greater(lengths, 0), trimmed, pa.scalar(None, pa.string()))
            if look_for_nul:
                found = truth(pc.match_substring(column, "\x00"))
                self.refuse(found, field, "the text holds a NUL byte", code="nul")
            if (pc.max(lengths).as_py() or 0) > LONGEST:
                long = truth(pc.greater(lengths, LONGEST))
                self.refuse(long, field, f"the text is longer than {LONGEST} characters", code="too-long")

    def text(self, field: str) -> pa.Array:
        """The column as text; all null where the file has no such column."""
        column = self.columns.get(field)
        return pa.nulls(len(self), pa.string()) if column is None else column

    def has(self, field: str) -> bool:
        """Whether any row says something in that field."""
        column = self.columns.get(field)
        return column is not None and column.null_count < len(column)

    def refuse(
        self,
        wrong: Mask,
        field: str,
        message: str,
        *,
        accepted: str | None = None,
        found: Sequence[str | None] | pa.Array | None = None,
        code: str = "invalid",
    ) -> None:
        """Notes a fault for every row where `wrong` is true. `found` has one value a row."""
        values = self.text(field) if found is None else found
        for index in np.flatnonzero(wrong):
            value = values[int(index)]
            self._note(
                int(index), field, message, value if isinstance(value, str) else _py(value), accepted, code
            )

    def _note(
        self, index: int, field: str, message: str, found: str | None, accepted: str | None, code: str
    ) -> None:
        shown = (
            None if found is None else (repr(found[:_SHOWN] + "…") if len(found) > _SHOWN else repr(found))
        )
        fault = Fault(
            message,
            source=self.source,
            row=int(self.rows[index]),
            path=field,
            found=shown,
            accepted=accepted,
            code=code,
        )
        before = self.faults.get(index)
        if before is not None:
            # A field that two columns read from (a date is a start and an end) is told of once.
            told = before.path == field or f"; also {field}:" in before.message
            fault = before if told else replace(before, message=f"{before.message}; also {field}: {message}")
        self.faults[index] = fault

    def required(self, field: str, accepted: str) -> None:
        """Refuses the rows that leave the field empty."""
        empty = truth(pc.is_null(self.text(field)))
        self.refuse(empty, field, f"{field} is missing", accepted=accepted, code="missing")

    def each(self, field: str, read: Callable[[str], Any], kind: pa.DataType) -> pa.Array:
        """Reads every distinct text of the column once; `read` raises UnacceptableError to refuse one."""
        column = self.text(field)
        if column.null_count == len(column):
            return pa.nulls(len(column), kind)
        encoded = pc.dictionary_encode(column)
        values: list[Any] = []
        refused: dict[int, UnacceptableError] = {}
        for position, text in enumerate(encoded.dictionary.to_pylist()):
            try:
                values.append(read(text))
            except UnacceptableError as error:
                values.append(None)
                refused[position] = error
        if refused:
            indices = encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False)
            for position, why in refused.items():
                self.refuse(indices == position, field, why.message, accepted=why.accepted, code=why.code)
        return pa.array(values, kind).take(encoded.indices)

    def number(self, field: str, low: float, high: float, accepted: str, *, decimal: str = ".") -> pa.Array:
        """The column as 64-bit floats within [low, high]; other text, NaN and infinities are refused."""
        column = self.text(field)
        if column.null_count == len(column):
            return pa.nulls(len(column), pa.float64())
        if decimal != ".":
            column = pc.replace_substring(column, decimal, ".")
        plain = pc.match_substring_regex(column, _NUMBER)
        wrong = pc.invert(plain)
        self.refuse(truth(wrong), field, f"{field} is not a number", accepted=accepted, code="number")
        digits = pc.utf8_ltrim(pc.if_else(plain, column, pa.scalar(None, pa.string())), "+")
        values = pc.cast(digits, pa.float64())
        outside = pc.or_(pc.less(values, low), pc.greater(values, high))
        self.refuse(truth(outside), field, f"{field} is out of range", accepted=accepted, code="range")
        return pc.if_else(outside, pa.scalar(None, pa.float64()), values)

    def integer(self, field: str, accepted: str = "a whole number, 0 or more") -> pa.Array:
        """The column as 64-bit integers from 0 on; ``12.0`` is 12, ``12.5`` is refused."""
        values = self.number(field, 0, 2**53, accepted)
        broken = truth(pc.not_equal(values, pc.floor(values)))
        self.refuse(broken, field, f"{field} is not a whole number", accepted=accepted, code="number")
        return pc.cast(pc.floor(values), pa.int64())

    def names(self, field: str, separator: str = ";") -> pa.Array:
        """The column as lists of names; an empty field is an empty list."""

        def split(text: str) -> list[str]:
            return [name for part in text.split(separator) if (name := part.strip())]

        return filled(self.each(field, split, pa.list_(pa.string())))

    def good(self) -> Mask:
        """True for the rows without a fault."""
        mask = np.ones(len(self), dtype=np.bool_)
        mask[list(self.faults)] = False
        return mask

    def quarantined(self) -> list[Fault]:
        """One fault for every bad row, in order of rows."""
        return [self.faults[index] for index in sorted(self.faults)]


def truth(column: pa.Array) -> Mask:
    """A boolean column as a mask; null is false."""
    mask: Mask = column.fill_null(False).to_numpy(zero_copy_only=False)
    return mask.astype(np.bool_, copy=False)


def filled(lists: pa.Array) -> pa.Array:
    """A column of lists with an empty list for null."""
    if lists.null_count == 0:
        return lists
    empty = pa.array([[]], lists.type)
    return pa.concat_arrays([lists, empty]).take(
        pc.if_else(lists.is_valid(), pa.array(np.arange(len(lists))), len(lists))
    )


def _py(value: Any) -> str | None:
    plain = value.as_py() if isinstance(value, pa.Scalar) else value
    return None if plain is None else str(plain)

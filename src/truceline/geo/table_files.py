"""Small tables in CSV that are held as a whole: control points, patrol effort, depths by segment."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from truceline.core.errors import Fault, InvalidInput
from truceline.core.input_files import read_whole
from truceline.core.limits import TABLE_BYTES


def read_table(
    path: Path, *, hint: str, error: type[InvalidInput] = InvalidInput
) -> tuple[list[str], list[dict[str, str]]]:
    """The names of the columns and the rows, all as text; a field that is missing in a row is empty.

    Raises NotFound, and `error` for what is no CSV in UTF-8, for a column that stands twice and for a row
    with more fields than the header.
    """
    name, accepted = str(path), "CSV, UTF-8 text"
    raw = read_whole(path, TABLE_BYTES, error=error, accepted=accepted, hint=hint)
    try:
        reader = csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline=""), restval="")
        columns = list(reader.fieldnames or ())
        rows = list(reader)
    except UnicodeDecodeError as problem:
        line = raw.count(b"\n", 0, problem.start) + 1
        fault = Fault("cannot be read: it is no text in UTF-8", source=name, line=line, accepted=accepted)
        raise error.of_faults([fault]) from problem
    except csv.Error as problem:
        fault = Fault("cannot be read as CSV", source=name, found=str(problem), accepted=accepted)
        raise error.of_faults([fault]) from problem
    doubled = next((column for column in columns if columns.count(column) > 1), None)
    if doubled is not None:
        fault = Fault("a column name stands twice", source=name, row=0, found=repr(doubled[:80]))
        raise error.of_faults([fault])
    long = next((number for number, row in enumerate(rows, start=1) if None in row), None)
    if long is not None:
        fault = Fault(
            "has more fields than the header", source=name, row=long, accepted=f"{len(columns)} fields"
        )
        raise error.of_faults([fault])
    return columns, rows

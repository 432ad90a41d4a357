"""What each worker does with the batches of points it is given; runs in the workers' Python.

A worker holds one copy of the index per Python process, read once from the broadcast, and one batch of
points at a time. It writes nothing and asks nobody: equal input gives equal output, on whichever worker and
however often a task is tried.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from truceline import __version__
from truceline.geo.screening.answers import Answers
from truceline.geo.screening.usable import BadRow, Columns, Points, usable_points

if TYPE_CHECKING:
    from pyspark import Broadcast

ROW_INDEX = "truceline_row_index"
FILE = "truceline_file"
ROW, REJECTED, SWAPPED, EXCHANGED = 0, 1, 2, 3
LISTED = ("row", "id", "field", "found", "accepted", "left_out")

Batches = Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]


@dataclass(frozen=True, slots=True)
class Task:
    """How the points are to be read, and by which version of Truceline, so that no other one answers."""

    columns: Columns
    source: str
    needs_time: bool
    default_error_m: float
    version: str = __version__

    def points(self, batch: pa.RecordBatch) -> Points:
        """The usable points of a batch and its bad rows; row numbers are 1 more than ROW_INDEX."""
        if self.version != __version__:
            raise RuntimeError(
                f"a worker has Truceline {__version__} and the driver {self.version}; they must be the same"
            )
        table = pa.Table.from_batches([batch])
        row = (
            table.column(ROW_INDEX).to_numpy().astype(np.int64) + 1
            if ROW_INDEX in table.column_names
            else np.zeros(table.num_rows, np.int64)
        )
        return usable_points(
            table, row, self.columns,
            source=self.source, needs_time=self.needs_time, default_error_m=self.default_error_m,
        )  # fmt: skip


def rows_of(answers: Broadcast[Answers], task: Task) -> Batches:
    """Batches of points to rows of the output, and a row of nulls with its `kind` for each other one.

    Others are rows that are listed, and those counted because they would lie in a zone exchanged.
    """

    def run(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            if not batch.num_rows:
                continue
            points = task.points(batch)
            table, listed = answers.value.rows(points)
            kinds = np.full(table.num_rows, ROW, np.int8)
            marks = [REJECTED if bad.left_out else SWAPPED for bad in listed]
            marks += [EXCHANGED] * answers.value.exchanged(points)
            if marks:
                nulls = {field.name: pa.nulls(len(marks), field.type) for field in table.schema}
                table = pa.concat_tables([table, pa.table(nulls)])
                kinds = np.concatenate([kinds, np.array(marks, np.int8)])
            yield from table.append_column("kind", pa.array(kinds)).combine_chunks().to_batches()

    return run


def listed_of(answers: Broadcast[Answers], task: Task) -> Batches:
    """Batches of points to the rows that are listed beside the output, with their file and row."""

    def run(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            # A batch may hold the end of one file and the beginning of another, and so a row number twice.
            files = pc.run_end_encode(batch.column(FILE))
            start = 0
            for end, file in zip(files.run_ends.to_pylist(), files.values.to_pylist(), strict=True):
                points = task.points(batch.slice(start, end - start))
                listed = answers.value.listed(points)
                if listed:
                    yield _listed(listed, file)
                start = end

    return run


def _listed(listed: list[BadRow], file: str) -> pa.RecordBatch:
    columns = zip(*(astuple(row) for row in listed), strict=True)
    row, identity, *texts, left_out = (list(column) for column in columns)
    text = (pa.array(column, pa.string()) for column in ([file] * len(row), identity, *texts))
    first, *others = text
    return pa.record_batch(
        [first, pa.array(row, pa.int64()), *others, pa.array(left_out, pa.bool_())],
        names=["file", *LISTED],
    )

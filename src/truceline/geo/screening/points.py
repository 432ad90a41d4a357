"""Reads points in batches from Parquet, GeoParquet, Arrow IPC and CSV."""

from __future__ import annotations

import codecs
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

from truceline.core.errors import Fault, InvalidInput, NotFound
from truceline.core.input_files import kind_of_file
from truceline.geo.screening.usable import ROW_NUMBER, BadRow, Columns, Points, usable_points

_PARQUET = (".parquet", ".geoparquet", ".pq")
_ARROW = (".arrow", ".arrows", ".feather", ".ipc")
_CSV = (".csv", ".csv.gz")
# Names of columns need not be text, sizes may be beyond all memory.
_UNREADABLE = (pa.ArrowException, OSError, ValueError, MemoryError)


class _CheckedText(io.RawIOBase):
    """A stream of bytes that ends with UnicodeDecodeError where they are no UTF-8.

    Arrow hands on rows that have too many fields as text, and cannot say so where they are none.
    """

    def __init__(self, stream: pa.NativeFile) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder("utf-8")()

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        data = bytes(self._stream.read(size if size >= 0 else None))
        self._decoder.decode(data, final=not data)
        return data


class PointFile:
    """A file of points, opened and checked; `batches` reads it from a row on.

    Raises NotFound, and InvalidInput for a file that cannot be read, lacks a column or is in another
    reference system than WGS 84.
    """

    def __init__(self, path: Path, columns: Columns) -> None:
        self.path, self.columns = path, columns
        if not path.exists():
            raise NotFound(f"{path} does not exist", hint="give a Parquet, Arrow or CSV file of points")
        what = kind_of_file(path)
        if what is not None:
            raise InvalidInput(f"{path} is {what}; accepted: a Parquet, Arrow or CSV file of points")
        suffix = path.name.lower()
        self.format = next(
            (
                kind
                for kind, endings in (("parquet", _PARQUET), ("arrow", _ARROW), ("csv", _CSV))
                if suffix.endswith(endings)
            ),
            "",
        )
        if not self.format:
            raise InvalidInput(
                f"{path}: the ending says no format; accepted: {', '.join(_PARQUET + _ARROW + _CSV)}"
            )
        self.rows: int | None = None
        self._uneven: list[tuple[int, int, int]] = []  # data row from 1, fields found and expected
        self.geometry: str | None = None
        try:
            self.names = self._look()
        except _UNREADABLE as error:
            raise self._unreadable(error) from error
        self._check_columns()

    def batches(self, rows: int, *, skip: int, needs_time: bool, default_error_m: float) -> Iterator[Points]:
        """Batches of exactly `rows` rows (the last may be shorter), from row number `skip` (from 0) on.

        Rows of a CSV file that have too many or too few fields do not count here; they are listed as bad.
        """
        first = skip
        self._uneven.clear()
        last = False
        pending: list[pa.RecordBatch] = []
        held = 0
        source = self._raw(rows, skip)
        while True:
            try:
                batch = next(source, None)
            except _UNREADABLE as error:
                raise self._unreadable(error, row=first + held + 1) from error
            if batch is not None:
                pending.append(self._sound(batch))
                held += batch.num_rows
            while held >= rows or (batch is None and held):
                table = pa.Table.from_batches(pending).combine_chunks()
                taken = table.slice(0, rows)
                last = batch is None and held <= rows
                yield self._points(taken, first, needs_time, default_error_m, last=last)
                first += taken.num_rows
                pending = table.slice(rows).to_batches()
                held = table.num_rows - taken.num_rows
            if batch is None:
                uneven = [] if last else self._bad_lines(first, None)
                if uneven:
                    none = np.empty(0)
                    kind = pa.int64() if self.columns.id == ROW_NUMBER else pa.string()
                    yield Points(
                        pa.array([], kind), np.empty(0, np.int64), none, none, none,
                        np.empty(0, np.int64), uneven, len(uneven),
                    )  # fmt: skip
                return

    def _look(self) -> list[str]:
        if self.format == "parquet":
            file = pq.ParquetFile(self.path)
            self.rows = file.metadata.num_rows
            self._look_for_geometry(file.schema_arrow)
            return list(file.schema_arrow.names)
        if self.format == "arrow":
            with self._arrow() as reader:
                self._look_for_geometry(reader.schema)
                return list(reader.schema.names)
        read_options = pa.csv.ReadOptions(block_size=1 << 20)
        parse_options = pa.csv.ParseOptions(invalid_row_handler=lambda _row: "skip")
        with pa.csv.open_csv(self._text(), read_options=read_options, parse_options=parse_options) as reader:
            return list(reader.schema.names)

    def _text(self) -> pa.PythonFile:
        return pa.PythonFile(_CheckedText(pa.input_stream(str(self.path))), mode="r")

    def _arrow(self) -> Any:
        try:
            return pa.ipc.open_file(pa.memory_map(str(self.path)))
        except pa.ArrowInvalid:
            return pa.ipc.open_stream(pa.memory_map(str(self.path)))

    def _look_for_geometry(self, schema: pa.Schema) -> None:
        text = (schema.metadata or {}).get(b"geo")
        if text is None or self.columns.lon in schema.names:
            return
        try:
            geo = json.loads(text)
            name = geo["primary_column"]
            column = geo["columns"][name]
        except (ValueError, KeyError, TypeError) as error:
            raise InvalidInput(f"{self.path}: its GeoParquet metadata cannot be read") from error
        crs = column.get("crs")
        if crs is not None:
            identity = crs.get("id", {}) if isinstance(crs, dict) else {}
            known = (str(identity.get("authority")), str(identity.get("code")))
            if known not in (("EPSG", "4326"), ("OGC", "CRS84")):
                label = crs.get("name", known) if isinstance(crs, dict) else crs
                raise InvalidInput(
                    f"{self.path}: column {name} is in another reference system than WGS 84; found {label}",
                    hint="reproject the points to lon, lat on WGS 84 (EPSG:4326) first",
                )
        if column.get("encoding") != "WKB":
            raise InvalidInput(
                f"{self.path}: column {name} is encoded as {column.get('encoding')}; accepted: WKB, or "
                "columns lon and lat"
            )
        self.geometry = name

    def _check_columns(self) -> None:
        needed = [] if self.geometry else [("lon", self.columns.lon), ("lat", self.columns.lat)]
        if self.columns.id != ROW_NUMBER:
            needed.append(("id", self.columns.id))
        used = (*(name for _, name in needed), self.columns.time, self.columns.error_m, self.geometry)
        doubled = next((name for name in used if name and self.names.count(name) > 1), None)
        if doubled is not None:
            raise InvalidInput(f"{self.path}: has the column {doubled!r} twice; accepted: once")
        missing = [(role, name) for role, name in needed if name not in self.names]
        if missing:
            role, name = missing[0]
            raise InvalidInput(
                f"{self.path}: has no column {name!r}; found {', '.join(self.names[:20]) or 'none'}",
                hint=f"--{role} NAME names the column"
                + ("; --id row numbers the rows" if role == "id" else ""),
            )

    def _raw(self, rows: int, skip: int) -> Iterator[pa.RecordBatch]:
        c = self.columns
        wanted = [n for n in (c.id, c.lon, c.lat, c.time, c.error_m, self.geometry) if n in self.names]
        if self.format == "parquet":
            file = pq.ParquetFile(self.path, memory_map=True)
            groups: list[int] = []
            for group in range(file.num_row_groups):
                number = file.metadata.row_group(group).num_rows
                if not groups and skip >= number:
                    skip -= number
                    continue
                groups.append(group)
            source: Iterator[pa.RecordBatch] = file.iter_batches(rows, row_groups=groups, columns=wanted)
        elif self.format == "arrow":
            reader = self._arrow()
            if hasattr(reader, "num_record_batches"):
                source = (reader.get_batch(k).select(wanted) for k in range(reader.num_record_batches))
            else:
                source = (batch.select(wanted) for batch in reader)
        else:
            text = {name: pa.string() for name in wanted}
            source = iter(
                pa.csv.open_csv(
                    self._text(),
                    read_options=pa.csv.ReadOptions(block_size=1 << 24, use_threads=False),
                    parse_options=pa.csv.ParseOptions(invalid_row_handler=self._set_aside),
                    convert_options=pa.csv.ConvertOptions(
                        include_columns=wanted, column_types=text, strings_can_be_null=True, null_values=[""]
                    ),
                )
            )
        for batch in source:
            if skip >= batch.num_rows:
                skip -= batch.num_rows
                continue
            yield batch.slice(skip)
            skip = 0

    def _sound(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        # A file can say that a text ends where there is no memory: nothing of it is touched before this.
        if self.format != "csv":
            try:
                batch.validate(full=True)
            except _UNREADABLE as error:
                raise self._unreadable(error) from error
        return batch

    def _set_aside(self, row: Any) -> str:
        # Numbers count the header.
        self._uneven.append((row.number - 1, row.actual_columns, row.expected_columns))
        return "skip"

    def _bad_lines(self, first: int, stop: int | None) -> list[BadRow]:
        """The uneven rows that come after `first` even ones, and before the `stop`-th if it is given."""
        return [
            BadRow(row, "", "row", f"{found} fields", f"{expected} fields, as in the first line")
            for k, (row, found, expected) in enumerate(self._uneven)
            if row - k > first and (stop is None or row - k <= stop)
        ]

    def _points(
        self, table: pa.Table, first: int, needs_time: bool, default_error_m: float, *, last: bool
    ) -> Points:
        row = np.arange(first + 1, first + table.num_rows + 1)
        uneven = self._bad_lines(first, None if last else first + table.num_rows)
        if self._uneven:
            row += np.searchsorted([r - k for k, (r, _, _) in enumerate(self._uneven)], row, side="right")
        points = usable_points(
            table, row, self.columns, source=str(self.path), geometry=self.geometry, needs_time=needs_time,
            default_error_m=default_error_m,
        )  # fmt: skip
        return replace(points, bad=[*points.bad, *uneven], read=points.read + len(uneven))

    def _unreadable(self, error: Exception, row: int | None = None) -> InvalidInput:
        kind = {"parquet": "Parquet", "arrow": "Arrow IPC", "csv": "CSV"}[self.format]
        detail = str(error).strip().splitlines()[0][:160] if str(error).strip() else type(error).__name__
        fault = Fault(
            f"cannot be read as {kind}; it may have been cut short", source=str(self.path), row=row,
            found=detail.rstrip("."),
        )  # fmt: skip
        return InvalidInput.of_faults([fault])

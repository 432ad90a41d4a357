"""Reads points in batches from Parquet, GeoParquet, Arrow IPC and CSV; sets aside the rows that are bad."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq
import shapely
from numpy.typing import NDArray

from truceline.core.errors import Fault, InvalidInput, NotFound

ROW_NUMBER = "row"
_PARQUET = (".parquet", ".geoparquet", ".pq")
_ARROW = (".arrow", ".arrows", ".feather", ".ipc")
_CSV = (".csv", ".csv.gz")


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns are called; `id` may be "row": the row's number from 1."""

    id: str = "id"
    lon: str = "lon"
    lat: str = "lat"
    time: str = "time"
    error_m: str = "error_m"


@dataclass(frozen=True, slots=True)
class BadRow:
    """A bad row: its number from 1, id, column, found, accepted, and whether it was left out."""

    row: int
    id: str
    field: str
    found: str
    accepted: str
    left_out: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """A batch of usable points and their row numbers from 1; the rows left out; the rows read.

    Degrees WGS 84, metres (95% radius), microseconds since 1970 UTC.
    """

    ids: pa.Array
    row: NDArray[np.int64]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    error_m: NDArray[np.float64]
    time_us: NDArray[np.int64] | None
    bad: list[BadRow]
    read: int


class PointFile:
    """A file of points, opened and checked; `batches` reads it from a row on.

    Raises NotFound, and InvalidInput for a file that cannot be read, lacks a column or is in another
    reference system than WGS 84.
    """

    def __init__(self, path: Path, columns: Columns) -> None:
        self.path, self.columns = path, columns
        if not path.is_file():
            raise NotFound(f"{path} does not exist", hint="give a Parquet, Arrow or CSV file of points")
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
        self.geometry: str | None = None
        try:
            self.names = self._look()
        except (pa.ArrowException, OSError) as error:
            raise self._unreadable(error) from error
        self._check_columns()

    def batches(self, rows: int, *, skip: int, needs_time: bool, default_error_m: float) -> Iterator[Points]:
        """Batches of exactly `rows` rows (the last may be shorter), from row number `skip` (from 0) on."""
        first = skip
        pending: list[pa.RecordBatch] = []
        held = 0
        source = self._raw(rows, skip)
        while True:
            try:
                batch = next(source, None)
            except (pa.ArrowException, OSError) as error:
                raise self._unreadable(error, row=first + held + 1) from error
            if batch is not None:
                pending.append(batch)
                held += batch.num_rows
            while held >= rows or (batch is None and held):
                table = pa.Table.from_batches(pending).combine_chunks()
                taken = table.slice(0, rows)
                yield self._points(taken, first, needs_time, default_error_m)
                first += taken.num_rows
                pending = table.slice(rows).to_batches()
                held = table.num_rows - taken.num_rows
            if batch is None:
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
        with pa.csv.open_csv(self.path, read_options=pa.csv.ReadOptions(block_size=1 << 20)) as reader:
            return list(reader.schema.names)

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
                    self.path,
                    read_options=pa.csv.ReadOptions(block_size=1 << 24),
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

    def _points(self, table: pa.Table, first: int, needs_time: bool, default_error_m: float) -> Points:
        c, total = self.columns, table.num_rows
        row = np.arange(first + 1, first + total + 1)
        ids = pa.array(row) if c.id == ROW_NUMBER else _single(table.column(c.id))
        bad = _Bad(ids, first)
        if self.geometry:
            lon, lat = self._of_geometry(_single(table.column(self.geometry)), bad)
        else:
            lon = bad.numbers(_single(table.column(c.lon)), c.lon, "degrees, -180 to 180", 180.0)
            lat = bad.numbers(_single(table.column(c.lat)), c.lat, "degrees, -90 to 90", 90.0, lon)
        error = np.full(total, default_error_m)
        if c.error_m in self.names:
            column = _single(table.column(c.error_m))
            given = column.is_valid().to_numpy(zero_copy_only=False)
            values = bad.numbers(column, c.error_m, "metres, 0 or more", np.inf, given=given)
            error = np.where(given, values, default_error_m)
        time: NDArray[np.int64] | None = None
        if needs_time:
            if c.time not in self.names:
                raise InvalidInput(
                    f"{self.path}: the zones have times, and the points have no column {c.time!r}",
                    hint="--time NAME names the column",
                )
            time = bad.times(_single(table.column(c.time)), c.time)
        good = ~bad.rows
        if good.all():
            return Points(ids, row, lon, lat, error, time, [], total)
        kept = np.flatnonzero(good)
        return Points(
            ids.take(pa.array(kept)), row[kept], lon[kept], lat[kept], error[kept],
            None if time is None else time[kept], bad.listed(), total,
        )  # fmt: skip

    def _of_geometry(self, column: pa.Array, bad: _Bad) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        points = shapely.from_wkb(column.to_numpy(zero_copy_only=False), on_invalid="ignore")
        name = str(self.geometry)
        if shapely.has_z(points).any():
            raise InvalidInput(
                f"{self.path}: column {name} has heights, which screening cannot use; accepted: 2-D points"
            )
        usable = (shapely.get_type_id(points) == 0) & ~shapely.is_empty(points)
        for k in np.flatnonzero(~usable).tolist():
            bad.add(k, name, "none" if points[k] is None else str(points[k])[:60], "a point")
        lon, lat = shapely.get_x(points), shapely.get_y(points)
        bad.check(lon, name, "lon -180 to 180", 180.0, usable)
        bad.check(lat, name, "lat -90 to 90", 90.0, usable, lon)
        return lon, lat

    def _unreadable(self, error: Exception, row: int | None = None) -> InvalidInput:
        kind = {"parquet": "Parquet", "arrow": "Arrow IPC", "csv": "CSV"}[self.format]
        detail = str(error).strip().splitlines()[0][:160] if str(error).strip() else type(error).__name__
        fault = Fault(
            f"cannot be read as {kind}; it may have been cut short", source=str(self.path), row=row,
            found=detail.rstrip("."),
        )  # fmt: skip
        return InvalidInput.of_faults([fault])


class _Bad:
    """The rows of a batch that cannot be used, each with the first reason found."""

    def __init__(self, ids: pa.Array, first: int) -> None:
        self.ids, self.first = ids, first
        self.rows = np.zeros(len(ids), np.bool_)
        self._reasons: dict[int, tuple[str, str, str]] = {}
        missing = ids.is_null().to_numpy(zero_copy_only=False)
        for k in np.flatnonzero(missing).tolist():
            self.add(k, "id", "nothing", "an id")

    def add(self, k: int, field: str, found: str, accepted: str) -> None:
        self.rows[k] = True
        self._reasons.setdefault(k, (field, found, accepted))

    def listed(self) -> list[BadRow]:
        return [
            BadRow(self.first + k + 1, str(self.ids[k].as_py() or ""), *self._reasons[k])
            for k in sorted(self._reasons)
        ]

    def numbers(
        self,
        column: pa.Array,
        field: str,
        accepted: str,
        limit: float,
        lon: NDArray[np.float64] | None = None,
        *,
        given: NDArray[np.bool_] | None = None,
    ) -> NDArray[np.float64]:
        """The column as numbers; what is none, or lies beyond the limit, makes its row bad."""
        try:
            cast = pc.cast(column, pa.float64())
            values: NDArray[np.float64] = np.array(cast.to_numpy(zero_copy_only=False), np.float64)
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
            values = np.array([_number(value) for value in column.to_pylist()])
        usable = np.ones(len(values), np.bool_) if given is None else given
        raw = column if pa.types.is_string(column.type) or pa.types.is_large_string(column.type) else None
        self.check(values, field, accepted, limit, usable, lon, raw, low=0.0 if given is not None else None)
        return values

    def check(
        self,
        values: NDArray[np.float64],
        field: str,
        accepted: str,
        limit: float,
        usable: NDArray[np.bool_],
        lon: NDArray[np.float64] | None = None,
        raw: pa.Array | None = None,
        low: float | None = None,
    ) -> None:
        """Rows whose value is not finite or lies beyond the limit are bad."""
        least = -limit if low is None else low
        wrong = usable & ~(np.isfinite(values) & (values >= least) & (values <= limit))
        for k in np.flatnonzero(wrong).tolist():
            found = str(values[k]) if raw is None else repr(raw[k].as_py())
            swapped = lon is not None and 90.0 < abs(values[k]) <= 180.0 and abs(lon[k]) <= 90.0
            note = ", and lon and lat look swapped" if swapped else ""
            self.add(k, field, found + note, accepted)

    def times(self, column: pa.Array, field: str) -> NDArray[np.int64]:
        """The column in microseconds since 1970 UTC; a time without a zone is taken as UTC."""
        if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
            column = self._parsed(column)
        elif pa.types.is_integer(column.type) or pa.types.is_floating(column.type):
            raise InvalidInput(
                f"column {field!r} holds numbers; accepted: timestamps, dates or ISO 8601 text"
            )
        elif pa.types.is_date(column.type):
            column = pc.cast(column, pa.timestamp("us"))
        stamps = pc.cast(pc.cast(column, pa.timestamp("us", getattr(column.type, "tz", None))), pa.int64())
        for k in np.flatnonzero(stamps.is_null().to_numpy(zero_copy_only=False)).tolist():
            self.add(k, field, "nothing that is a time", "an ISO 8601 instant, as 2018-10-15T12:00:00Z")
        values: NDArray[np.int64] = pc.fill_null(stamps, 0).to_numpy(zero_copy_only=False)
        return values

    @staticmethod
    def _parsed(column: pa.Array) -> pa.Array:
        try:
            return pc.cast(column, pa.timestamp("us", "UTC"))
        except pa.ArrowInvalid:
            return pa.array([_instant(text) for text in column.to_pylist()], pa.timestamp("us", "UTC"))


def _instant(text: str | None) -> Any:
    for kind in (pa.timestamp("us", "UTC"), pa.timestamp("us")):
        try:
            stamp = pc.cast(pa.scalar(text), kind).as_py()
        except pa.ArrowInvalid:
            continue
        return stamp
    return None


def _number(value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        return float("nan")


def _single(column: pa.ChunkedArray) -> pa.Array:
    chunks = column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)
    single = chunks.combine_chunks() if isinstance(chunks, pa.ChunkedArray) else chunks
    return single.dictionary_decode() if pa.types.is_dictionary(single.type) else single

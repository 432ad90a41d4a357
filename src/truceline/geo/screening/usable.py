"""Tells the usable points of a table from the rows that are bad, with the reason for each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely
from numpy.typing import NDArray

from truceline.core.errors import InvalidInput

ROW_NUMBER = "row"


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


def usable_points(
    table: pa.Table,
    row: NDArray[np.int64],
    columns: Columns,
    *,
    source: str,
    geometry: str | None = None,
    needs_time: bool,
    default_error_m: float,
) -> Points:
    """The points of `table`, whose rows have the numbers `row` (from 1) in `source`, less the bad ones.

    `geometry` names a column of WKB points that stands for lon and lat. Raises InvalidInput for what makes
    the whole source unusable: no times where they are needed, numbers for times.
    """
    total = table.num_rows
    ids = pa.array(row) if columns.id == ROW_NUMBER else _single(table.column(columns.id))
    bad = _Bad(ids, row)
    if geometry:
        lon, lat = _of_geometry(_single(table.column(geometry)), geometry, bad)
    else:
        lon = bad.numbers(_single(table.column(columns.lon)), columns.lon, "degrees, -180 to 180", 180.0)
        lat = bad.numbers(_single(table.column(columns.lat)), columns.lat, "degrees, -90 to 90", 90.0, lon)
    error = np.full(total, default_error_m)
    if columns.error_m in table.column_names:
        column = _single(table.column(columns.error_m))
        given = column.is_valid().to_numpy(zero_copy_only=False)
        values = bad.numbers(column, columns.error_m, "metres, 0 or more", np.inf, given=given)
        error = np.where(given, values, default_error_m)
    time: NDArray[np.int64] | None = None
    if needs_time:
        if columns.time not in table.column_names:
            raise InvalidInput(
                f"{source}: the zones have times, and the points have no column {columns.time!r}",
                hint="--time NAME names the column",
            )
        time = bad.times(_single(table.column(columns.time)), columns.time)
    good = ~bad.rows
    if good.all():
        return Points(ids, row, lon, lat, error, time, [], total)
    kept = np.flatnonzero(good)
    return Points(
        ids.take(pa.array(kept)), row[kept], lon[kept], lat[kept], error[kept],
        None if time is None else time[kept], bad.listed(), total,
    )  # fmt: skip


def _of_geometry(column: pa.Array, name: str, bad: _Bad) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    points = shapely.from_wkb(column.to_numpy(zero_copy_only=False), on_invalid="ignore")
    heights = shapely.has_z(points)
    srid = shapely.get_srid(points)
    elsewhere = (srid != 0) & (srid != -1) & (srid != 4326)
    usable = (shapely.get_type_id(points) == 0) & ~shapely.is_empty(points) & ~heights & ~elsewhere
    for k in np.flatnonzero(~usable).tolist():
        if heights[k]:
            bad.add(k, name, f"{str(points[k])[:60]}, with a height", "a point of lon, lat")
        elif elsewhere[k]:
            bad.add(k, name, f"a point in reference system {srid[k]}", "WGS 84 (EPSG:4326)")
        else:
            bad.add(k, name, "none" if points[k] is None else str(points[k])[:60], "a point")
    lon, lat = np.full(len(points), np.nan), np.full(len(points), np.nan)
    lon[usable], lat[usable] = shapely.get_x(points[usable]), shapely.get_y(points[usable])
    bad.check(lon, name, "lon -180 to 180", 180.0, usable)
    bad.check(lat, name, "lat -90 to 90", 90.0, usable, lon)
    return lon, lat


class _Bad:
    """The rows of a batch that cannot be used, each with the first reason found."""

    def __init__(self, ids: pa.Array, row: NDArray[np.int64]) -> None:
        self.ids, self.row = ids, row
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
            BadRow(int(self.row[k]), str(self.ids[k].as_py() or ""), *self._reasons[k])
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
        # Arrow's word for a type that has no cast to numbers: each value is then tried by itself.
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
        try:
            if pa.types.is_date(column.type):
                column = pc.cast(column, pa.timestamp("us"))
            # Of nanoseconds, as pandas writes them, what is finer than a microsecond is left out.
            zone = getattr(column.type, "tz", None)
            rough = pa.types.is_timestamp(column.type) and column.type.unit == "ns"
            stamps = pc.cast(pc.cast(column, pa.timestamp("us", zone), safe=not rough), pa.int64())
        except (pa.ArrowException, ValueError) as error:  # the name of its time zone need be no text
            raise InvalidInput(
                f"column {field!r} cannot be read as times of a microsecond; accepted: "
                "timestamps, dates or ISO 8601 text"
            ) from error
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

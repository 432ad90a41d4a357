"""Decodes lines of NDJSON into columns of positions; what cannot be used is named by its line and field."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from truceline.core.errors import Fault

LONGEST_LINE = 65_536
LONGEST_ID = 200
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# Sums of times and durations stay far from the ends of 64 bits.
_LAST_US = 253_402_300_800_000_000  # the year 10000


class _Line(msgspec.Struct, gc=False):
    object: str | int
    time: str
    lon: float
    lat: float
    error_m: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Positions:
    """Usable positions in order of arrival, and what was wrong with the other lines.

    `objects` as given; microseconds since 1970 UTC; degrees WGS 84; metres (95% radius). `lines` is how many
    lines were read, blank ones too.
    """

    objects: list[str | int]
    time_us: NDArray[np.int64]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    error_m: NDArray[np.float64]
    faults: list[Fault]
    lines: int


class PositionDecoder:
    """Decodes whole lines; `default_error_m` stands where a line has no `error_m`."""

    def __init__(self, default_error_m: float) -> None:
        self._decoder = msgspec.json.Decoder(_Line)
        self._default = default_error_m

    def decode(self, data: bytes, *, first_line: int = 1) -> Positions:
        """The positions of `data`, whole lines of UTF-8; `first_line` is the number of the first.

        A time without an offset is UTC. Unknown fields are ignored. Bad lines become faults; none is raised.
        """
        count = data.count(b"\n") + (not data.endswith(b"\n") and data != b"")
        faults: list[Fault] = []
        try:
            rows: Sequence[_Line] = self._decoder.decode_lines(data)
            number: Sequence[int] = range(first_line, first_line + count)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            rows = []
        if len(rows) != count:
            rows, number = self._one_by_one(data, first_line, faults)
        objects = [row.object for row in rows]
        lon = np.array([row.lon for row in rows], np.float64)
        lat = np.array([row.lat for row in rows], np.float64)
        default = self._default
        error = np.array([default if row.error_m is None else row.error_m for row in rows], np.float64)
        time, timed = _times([row.time for row in rows])
        good = (
            timed & (np.abs(lon) <= 180.0) & (np.abs(lat) <= 90.0) & (error >= 0.0) & (error <= 1e6)
            & (time >= 0) & (time < _LAST_US)
        )  # fmt: skip
        if not good.all():
            faults.extend(_fault(rows[k], bool(timed[k]), number[k]) for k in np.flatnonzero(~good).tolist())
            kept = np.flatnonzero(good)
            objects = [objects[k] for k in kept.tolist()]
            time, lon, lat, error = time[kept], lon[kept], lat[kept], error[kept]
        return Positions(objects, time, lon, lat, error, faults, count)

    def _one_by_one(self, data: bytes, first_line: int, faults: list[Fault]) -> tuple[list[_Line], list[int]]:
        rows, numbers = [], []
        for number, line in enumerate(_split(data), first_line):
            if not line.strip():
                continue
            if len(line) > LONGEST_LINE:
                faults.append(
                    Fault(
                        "is too long", line=number, found=f"{len(line)} bytes",
                        accepted=f"at most {LONGEST_LINE}",
                    )
                )  # fmt: skip
                continue
            try:
                rows.append(self._decoder.decode(line))
                numbers.append(number)
            except msgspec.ValidationError as error:
                text, _, path = str(error).partition(" - at `$")
                faults.append(
                    Fault(
                        text[0].lower() + text[1:], line=number, path=path.strip("`.") or None,
                        accepted="object, time, lon, lat, error_m",
                    )
                )  # fmt: skip
            except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
                faults.append(
                    Fault("is not JSON", line=number, found=str(error), accepted="one JSON object a line")
                )
        return rows, numbers


def _split(data: bytes) -> Iterator[bytes]:
    # Not splitlines: a carriage return or another separator inside a line is none of ours.
    lines = data.split(b"\n")
    yield from lines[:-1] if lines[-1] == b"" else lines


def _fault(row: _Line, timed: bool, number: int) -> Fault:
    if not timed:
        return Fault(
            "is no time", line=number, path="time", found=repr(row.time[:40]),
            accepted="an ISO 8601 instant of 1970 or later, as 2018-10-15T12:00:00Z",
        )  # fmt: skip
    swapped = abs(row.lat) > 90.0 and abs(row.lon) <= 90.0 and abs(row.lat) <= 180.0
    if not abs(row.lon) <= 180.0:
        return Fault("is out of range", line=number, path="lon", accepted="degrees, -180 to 180")
    if not abs(row.lat) <= 90.0:
        note = ", and lon and lat look swapped" if swapped else ""
        return Fault(f"is out of range{note}", line=number, path="lat", accepted="degrees, -90 to 90")
    if row.error_m is not None and not 0.0 <= row.error_m <= 1e6:
        return Fault(
            "is out of range", line=number, path="error_m", found=str(row.error_m),
            accepted="metres, 0 to 1,000,000",
        )  # fmt: skip
    return Fault("is out of range", line=number, path="time", accepted="an instant of 1970 or later")


def _times(texts: list[str]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Microseconds since 1970 UTC, and which texts are times."""
    column = pa.array(texts, pa.string())
    for kind in (pa.timestamp("us", "UTC"), pa.timestamp("us")):
        try:
            stamps = pc.cast(column, kind)
        except pa.ArrowInvalid:
            continue
        return stamps.view(pa.int64()).to_numpy(zero_copy_only=False), np.ones(len(texts), np.bool_)
    read: list[int | None] = [_moment(text) for text in texts]
    known = np.array([value is not None for value in read], np.bool_)
    return np.array([value or 0 for value in read], np.int64), known


def _moment(text: str) -> int | None:
    try:
        instant = datetime.fromisoformat(text)
        if instant.tzinfo is None:
            instant = instant.replace(tzinfo=UTC)
        return (instant - _EPOCH) // timedelta(microseconds=1)
    except (ValueError, OverflowError):
        return None

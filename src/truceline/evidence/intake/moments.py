"""Days and instants of evidence as half-open intervals in UTC.

A day belongs to the time zone of the file or the accord; an end day is inclusive. An instant lasts as long
as its own resolution: ``14:05`` is the minute from 14:05.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from truceline.core.instants import end_of_day, start_of_day
from truceline.evidence.intake.sheet import Sheet, UnacceptableError, truth
from truceline.evidence.table import UTC_INSTANT

ACCEPTED = "a date as 2018-10-15, or an instant as 2018-10-15T12:00:00Z"
EARLIEST, LATEST = 1900, 2200

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?( ?(Z|[+-]\d{2}:?\d{2}))?")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Span = tuple[datetime, datetime]
ReadSpan = Callable[[str], Span]


@lru_cache(maxsize=8)
def span_reader(zone: ZoneInfo, formats: tuple[str, ...] = ()) -> ReadSpan:
    """A function from text to [start, end) in UTC. `formats` are patterns of strptime, tried in order.

    Without formats the text is ISO 8601. The function raises UnacceptableError. It is the same one for all
    batches of a file and remembers what it read.
    """
    accepted = ACCEPTED if not formats else "a date or instant as " + " or ".join(formats)

    @lru_cache(maxsize=8192)
    def read(text: str) -> Span:
        try:
            span = _declared(text, zone, formats) if formats else _iso(text, zone)
        except (ValueError, OverflowError) as error:
            if formats or not _DAY.match(text):
                raise UnacceptableError(
                    "this is not a date in the form expected", accepted, "date"
                ) from error
            raise UnacceptableError("there is no such day or time", accepted, "date") from error
        if not EARLIEST <= span[0].year <= LATEST:
            raise UnacceptableError(
                "the year is impossible", f"a year between {EARLIEST} and {LATEST}", "date"
            )
        return span

    return read


def day_span(day: date, zone: ZoneInfo) -> Span:
    """From the start to the end of a day in that zone."""
    return start_of_day(day, zone), end_of_day(day, zone)


def _iso(text: str, zone: ZoneInfo) -> Span:
    if _DAY.fullmatch(text):
        return day_span(date.fromisoformat(text), zone)
    match = _INSTANT.fullmatch(text)
    if match is None:
        raise ValueError(text)
    start = _in_zone(datetime.fromisoformat(text.replace(" ", "", text.count(" ") - (text[10] == " "))), zone)
    return start, start + timedelta(seconds=1 if match[1] else 60)


def _declared(text: str, zone: ZoneInfo, formats: Sequence[str]) -> Span:
    for form in formats:
        try:
            moment = datetime.strptime(text, form)  # noqa: DTZ007 - the zone is given just below
        except ValueError:
            continue
        if any(sign in form for sign in ("%H", "%I", "%s")):
            start = _in_zone(moment, zone)
            return start, start + timedelta(seconds=1 if "%S" in form else 60)
        return day_span(moment.date(), zone)
    raise ValueError(text)


def _in_zone(moment: datetime, zone: ZoneInfo) -> datetime:
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)


def microseconds(moment: datetime) -> int:
    """Microseconds since 1970, as Arrow keeps instants."""
    return (moment - _EPOCH) // timedelta(microseconds=1)


@lru_cache(maxsize=16_384)
def _ends_us(read: ReadSpan, text: str) -> tuple[int, int]:
    start, end = read(text)
    return microseconds(start), microseconds(end)


def read_interval(sheet: Sheet, start: str, end: str, read: ReadSpan) -> tuple[pa.Array, pa.Array]:
    """[occurred_from, occurred_to) of each row from its fields `start` and `end`; the end may be empty.

    Refuses rows without a start, with text that is no date, or that end before they start.
    """
    sheet.required(start, ACCEPTED)
    begins = sheet.each(start, lambda text: _ends_us(read, text)[0], pa.int64())
    alone = sheet.each(start, lambda text: _ends_us(read, text)[1], pa.int64())
    until = sheet.each(end, lambda text: _ends_us(read, text)[1], pa.int64())
    until = pc.if_else(pc.is_null(sheet.text(end)), alone, until)
    reversed_ = truth(pc.less_equal(until, begins))
    sheet.refuse(
        reversed_,
        end,
        "the end lies before the start",
        accepted=f"an end on or after {start}",
        found=[
            f"{a} to {b}" if wrong else None
            for a, b, wrong in zip(
                sheet.text(start).to_pylist(), sheet.text(end).to_pylist(), reversed_, strict=True
            )
        ]
        if reversed_.any()
        else None,
        code="reversed",
    )
    return pc.cast(begins, UTC_INSTANT), pc.cast(until, UTC_INSTANT)


def read_instant(sheet: Sheet, field: str, read: ReadSpan) -> pa.Array:
    """An optional instant; a bare day counts from its end, when it was certainly past."""
    if not sheet.has(field):
        return pa.nulls(len(sheet), UTC_INSTANT)

    def instant(text: str) -> int:
        start, end = read(text)
        return microseconds(end if end - start > timedelta(hours=1) else start)

    return pc.cast(sheet.each(field, instant, pa.int64()), UTC_INSTANT)


def constant_instant(moment: datetime, rows: int) -> pa.Array:
    """One instant for all rows."""
    return pc.cast(pa.array(np.full(rows, microseconds(moment), dtype=np.int64)), UTC_INSTANT)

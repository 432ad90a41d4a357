"""Instants and intervals. All instants are time-zone aware and held in UTC.

An interval is half open, ``[start, end)``. A calendar day belongs to a time zone: the end of 15 October in
Damascus is an instant, and the accord says which zone counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from truceline.core.errors import InvalidInput

ACCEPTED_INSTANT = "a date (2018-10-15) or an ISO 8601 instant with a zone (2018-10-15T12:00:00Z)"


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """A half-open interval ``[start, end)`` of UTC instants; `start` is before `end`."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.start.tzinfo is None or self.end.tzinfo is None:
            raise InvalidInput("an interval needs instants with a time zone")
        if self.end <= self.start:
            raise InvalidInput(
                "an interval must end after it starts; "
                f"found {self.start.isoformat()} to {self.end.isoformat()}"
            )

    def overlap_s(self, other: Interval) -> float:
        """Seconds that both intervals share; 0 where they do not overlap."""
        return max((min(self.end, other.end) - max(self.start, other.start)).total_seconds(), 0.0)


def zone_of(name: str) -> ZoneInfo:
    """The IANA time zone of that name. Raises InvalidInput for an unknown one."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise InvalidInput(
            f"unknown time zone {name!r}; accepted: an IANA name such as Asia/Damascus"
        ) from error


def start_of_day(day: date, zone: ZoneInfo) -> datetime:
    """The UTC instant at which the day begins in that zone."""
    return datetime.combine(day, time.min, tzinfo=zone).astimezone(UTC)


def end_of_day(day: date, zone: ZoneInfo) -> datetime:
    """The UTC instant at which the day is over in that zone: the start of the next day."""
    return start_of_day(day + timedelta(days=1), zone)


def day_interval(first: date, last: date, zone: ZoneInfo) -> Interval:
    """From the start of the first day to the end of the last, in that zone."""
    return Interval(start_of_day(first, zone), end_of_day(last, zone))


def parse_instant(text: str, zone: ZoneInfo, *, field: str = "instant") -> datetime:
    """Reads a date or an instant; a bare date means the end of that day in `zone`.

    An instant without an offset is read in `zone`. Returns a UTC instant. Raises InvalidInput.
    """
    stripped = text.strip()
    try:
        if len(stripped) == 10:
            return end_of_day(date.fromisoformat(stripped), zone)
        instant = datetime.fromisoformat(stripped)
    except (ValueError, OverflowError) as error:
        raise InvalidInput(f"{field}: found {text!r}; accepted: {ACCEPTED_INSTANT}") from error
    if instant.tzinfo is None:
        instant = instant.replace(tzinfo=zone)
    return instant.astimezone(UTC)


def parse_start(text: str, zone: ZoneInfo, *, field: str = "instant") -> datetime:
    """Reads a date or an instant as `parse_instant` does, but a bare date means the start of that day."""
    found = parse_instant(text, zone, field=field)
    return start_of_day(date.fromisoformat(text.strip()), zone) if len(text.strip()) == 10 else found


def isoformat_utc(instant: datetime) -> str:
    """The instant as ISO 8601 in UTC with a ``Z``, without needless fractions of a second."""
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")

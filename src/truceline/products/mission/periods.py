"""The period that a report speaks of, and the one before it, in the accord's own calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from truceline.core.errors import InvalidInput
from truceline.core.instants import end_of_day, start_of_day

PeriodKind = Literal["day", "week", "month", "all"]
KINDS: tuple[PeriodKind, ...] = ("day", "week", "month", "all")


@dataclass(frozen=True, slots=True)
class Period:
    """A half-open span of UTC instants, whole days in the accord's time zone save where the as-of is none."""

    start: datetime
    end: datetime

    def days(self, zone: ZoneInfo) -> int:
        """How many calendar days it touches."""
        last = (self.end - timedelta(microseconds=1)).astimezone(zone).date()
        return (last - self.start.astimezone(zone).date()).days + 1


@dataclass(frozen=True, slots=True)
class Periods:
    """The period reported and, where there is one of the same kind before it, that one."""

    kind: PeriodKind
    now: Period
    before: Period | None


def periods_to(kind: str, as_of: datetime, zone: ZoneInfo, *, since: date | None) -> Periods:
    """The periods of a kind that end with `as_of` (UTC): the last day, the last seven days, the last calendar
    month up to that day of it, or all since the day `since`.

    Raises InvalidInput for another kind.
    """
    if kind not in KINDS:
        raise InvalidInput(f"period: found {kind!r}; accepted: {', '.join(KINDS)}")
    last = (as_of - timedelta(microseconds=1)).astimezone(zone).date()
    if kind == "all":
        first = min(since or last, last)
        return Periods("all", Period(start_of_day(first, zone), as_of), None)
    if kind == "day":
        first, before = last, last - timedelta(days=1)
    elif kind == "week":
        first, before = last - timedelta(days=6), last - timedelta(days=13)
    else:
        first = _month_back(last) + timedelta(days=1)
        before = _month_back(_month_back(last)) + timedelta(days=1)
    start = start_of_day(first, zone)
    named: PeriodKind = "day" if kind == "day" else "week" if kind == "week" else "month"
    return Periods(named, Period(start, as_of), Period(start_of_day(before, zone), start))


def _month_back(day: date) -> date:
    """The same day of the month before, or that month's last."""
    last_of_before = day.replace(day=1) - timedelta(days=1)
    return last_of_before.replace(day=min(day.day, last_of_before.day))


def id_of(edition: str, kind: str, as_of: datetime, zone: ZoneInfo) -> str:
    """What identifiers of figures begin with: ``report:public:week:2018-10-15``; the instant where the as-of
    ends no day."""
    day = (as_of - timedelta(microseconds=1)).astimezone(zone).date()
    moment = day.isoformat() if end_of_day(day, zone) == as_of else as_of.strftime("%Y-%m-%dT%H%M%SZ")
    return f"report:{edition}:{kind}:{moment}"

"""When a team may be out: its shift of a day, less the curfew."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from truceline.patrol.planning.model import Team

Window = tuple[int, int]


def moment(day: date, at: time, zone: ZoneInfo) -> int:
    """The instant of a time of day, in seconds since 1970."""
    return int(datetime.combine(day, at, tzinfo=zone).timestamp())


def window(team: Team, day: date, zone: ZoneInfo) -> Window | None:
    """From when to when a team may be out in the shift that begins on a day: the longest part of it without
    curfew, the first of equal ones. None where it has no shift or is under curfew throughout."""
    if team.days is not None and day.weekday() not in team.days:
        return None
    start = moment(day, team.shift_from, zone)
    # It ends at the latest when the next day's begins, which on a day of 23 hours is sooner than in 24.
    following = moment(day + timedelta(days=1), team.shift_from, zone)
    parts: list[Window] = [(start, min(start + team.shift_s, following))]
    if team.curfew is not None:
        begin, end = team.curfew
        for offset in range(-1, 3):
            on = day + timedelta(days=offset)
            until = on if begin < end else on + timedelta(days=1)
            parts = _without(parts, moment(on, begin, zone), moment(until, end, zone))
    parts = [part for part in parts if part[1] > part[0]]
    return max(parts, key=lambda part: part[1] - part[0]) if parts else None


def _without(parts: list[Window], from_s: int, to_s: int) -> list[Window]:
    kept: list[Window] = []
    for start, end in parts:
        if to_s <= start or from_s >= end:
            kept.append((start, end))
            continue
        kept += [(start, from_s), (to_s, end)]
    return [part for part in kept if part[1] > part[0]]

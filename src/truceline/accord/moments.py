"""Deadlines and starts as instants: absolute or relative, inclusive or not, in the accord's time zone.

How a moment is read:

- A **day** as a deadline passes when the day is over in the accord's time zone; not inclusive, when the day
  begins. As a start it is the day's beginning; not inclusive, its end.
- **After** an anchor counts from ``signed``, ``in_force`` or a provision: from the provision's own start
  where it names one, otherwise from its deadline, unless `counted_from` says which. Months, weeks and days
  are calendar days of the accord's time zone, so that "within 14 days" of any hour of the 1st ends with the
  15th; a month that is too short ends on its last day. Hours count from the instant.
- What cannot be known (an anchor without a date, anchors that refer to one another) is None.
"""

from __future__ import annotations

import calendar
from datetime import UTC, date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from truceline.accord.model import Accord, When
from truceline.accord.model.provision import ProvisionPart
from truceline.core.instants import end_of_day, start_of_day, zone_of

Edge = Literal["start", "end"]


def instant_of(when: When | None, accord: Accord, *, edge: Edge = "end") -> datetime | None:
    """The UTC instant that is meant: as a deadline (``edge="end"``) or as a start (``edge="start"``).

    None where it cannot be known. Raises InvalidInput for an unknown time zone of the accord.
    """
    if when is None:
        return None
    zone = zone_of(accord.accord.time_zone)
    try:
        return _at_edge(_resolve(when, accord, zone, frozenset()), when.inclusive, zone, edge)
    except (OverflowError, ValueError):
        return None  # beyond the years that a calendar has


def deadline_of(provision: ProvisionPart, accord: Accord) -> datetime | None:
    """The UTC instant at which the provision is due; None without a deadline."""
    return instant_of(provision.due, accord)


def start_of(provision: ProvisionPart, accord: Accord) -> datetime | None:
    """The UTC instant from which the provision holds: its own start, the accord's, or the signature."""
    own: When | None = getattr(provision, "starts", None)
    if own is not None:
        return instant_of(own, accord, edge="start")
    head = accord.accord
    anchor = "in_force" if head.in_force is not None else "signed"
    return instant_of(When(after=anchor), accord, edge="start")


def end_of(provision: ProvisionPart, accord: Accord) -> datetime | None:
    """The UTC instant until which the provision holds; None where it is open-ended or cannot be known."""
    return instant_of(provision.until, accord)


def anchor_cycle(provision_id: str, accord: Accord) -> tuple[str, ...]:
    """The provisions whose moments refer to one another, from this one back to it; empty if they do not."""
    chain = [provision_id]
    counted_from: str | None = None
    while True:
        provision = accord.provision(chain[-1])
        when = None if provision is None else _own_moment(provision, counted_from)
        if when is None or when.after is None:
            return ()
        counted_from = when.counted_from
        if when.after in chain:
            return (*chain[chain.index(when.after) :], when.after)
        chain.append(when.after)


def _own_moment(provision: ProvisionPart, counted_from: str | None) -> When | None:
    starts: When | None = getattr(provision, "starts", None)
    if counted_from is not None:
        return starts if counted_from == "start" else provision.due
    return starts or provision.due


def _resolve(when: When, accord: Accord, zone: ZoneInfo, seen: frozenset[str]) -> date | datetime | None:
    """A calendar day, or an instant, before its edge is taken."""
    if when.date is not None:
        return when.date
    if when.at is not None:
        return when.at.astimezone(UTC)
    anchor = _anchor(when, accord, zone, seen)
    return None if anchor is None else _moved(anchor, when, zone)


def _anchor(when: When, accord: Accord, zone: ZoneInfo, seen: frozenset[str]) -> date | datetime | None:
    name = when.after or ""
    if name == "signed":
        return accord.accord.signed
    if name == "in_force":
        return accord.accord.in_force
    provision = accord.provision(name)
    if provision is None or name in seen:
        return None
    own = _own_moment(provision, when.counted_from)
    return None if own is None else _resolve(own, accord, zone, seen | {name})


def _moved(anchor: date | datetime, when: When, zone: ZoneInfo) -> date | datetime:
    in_days = when.months or when.weeks or when.days
    if isinstance(anchor, datetime) and not in_days:
        return anchor.astimezone(UTC) + timedelta(hours=when.hours)
    day = anchor.astimezone(zone).date() if isinstance(anchor, datetime) else anchor
    moved = _months_later(day, when.months) + timedelta(weeks=when.weeks, days=when.days)
    if not when.hours:
        return moved
    if isinstance(anchor, datetime):
        local = anchor.astimezone(zone)
        return local.replace(year=moved.year, month=moved.month, day=moved.day).astimezone(UTC) + timedelta(
            hours=when.hours
        )
    return start_of_day(moved, zone) + timedelta(hours=when.hours)


def _months_later(day: date, months: int) -> date:
    if not months:
        return day
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _at_edge(moment: date | datetime | None, inclusive: bool, zone: ZoneInfo, edge: Edge) -> datetime | None:
    if moment is None or isinstance(moment, datetime):
        return None if moment is None else moment.astimezone(UTC)
    over = inclusive if edge == "end" else not inclusive
    return end_of_day(moment, zone) if over else start_of_day(moment, zone)

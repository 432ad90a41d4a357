"""How a route stands, and how that turned over time: when it opened, and when it closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from truceline.assess.ruleset import Ruleset
from truceline.core.instants import isoformat_utc
from truceline.route import Passage


class RouteStatus(StrEnum):
    """How a route stands."""

    REOPENED = "reopened"
    PARTLY_OPEN = "partly_open"
    CLOSED = "closed"
    UNVERIFIED = "unverified"


def status_of(passage: Passage, rules: Ruleset) -> RouteStatus:
    """The status that the probabilities make."""
    if passage.p_open >= rules.probable:
        return RouteStatus.REOPENED
    if passage.p_closed < rules.probable:
        return RouteStatus.UNVERIFIED
    some_open = any(is_open >= rules.probable for _, is_open, _ in passage.cells)
    return RouteStatus.PARTLY_OPEN if some_open else RouteStatus.CLOSED


@dataclass(frozen=True, slots=True)
class Turn:
    """The route's state from an instant on, as the reports up to then have it."""

    at: datetime
    status: RouteStatus
    p_open: float
    p_closed: float

    def as_dict(self) -> dict[str, Any]:
        """As plain JSON data."""
        return {
            "from": isoformat_utc(self.at),
            "status": str(self.status),
            "p_open": round(self.p_open, 6),
            "p_closed": round(self.p_closed, 6),
        }


@dataclass(frozen=True, slots=True)
class Period:
    """A time in which the status stayed the same; `end` is None for the last one, which lasts."""

    start: datetime
    end: datetime | None
    status: RouteStatus
    days: float

    def as_dict(self) -> dict[str, Any]:
        """As plain JSON data."""
        return {
            "from": isoformat_utc(self.start),
            "to": isoformat_utc(self.end) if self.end else None,
            "status": str(self.status),
            "days": round(self.days, 1),
        }


def periods_of(turns: Sequence[Turn], start: datetime | None, as_of: datetime) -> tuple[Period, ...]:
    """The periods from `start` (None: the first report) to the as-of; before the first report the route is
    unverified."""
    marks = [(turn.at, turn.status) for turn in turns if turn.at <= as_of]
    if start is not None:
        before = [status for at, status in marks if at <= start]
        marks = [(start, before[-1] if before else RouteStatus.UNVERIFIED)] + [
            mark for mark in marks if mark[0] > start
        ]
    found: list[Period] = []
    for number, (at, status) in enumerate(marks):
        if found and found[-1].status == status:
            at = found.pop().start
        last = number + 1 == len(marks)
        end = as_of if last else marks[number + 1][0]
        # What was reported up to the as-of itself counts at it, though no time has passed since.
        if last or end > at:
            found.append(Period(at, None if last else end, status, (end - at).total_seconds() / 86_400.0))
    return tuple(found)


def days_by_status(periods: Sequence[Period]) -> dict[str, float]:
    """How many days of each status there were; every status is named."""
    return {
        str(status): round(sum(period.days for period in periods if period.status == status), 1)
        for status in RouteStatus
    }

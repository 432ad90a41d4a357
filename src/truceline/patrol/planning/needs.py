"""What is due on a day: which posts ask for a visit, between when, and how badly.

A visit is urgent if no later shift could keep the interval. Other posts ask the more, the more of their
interval is over, so that they are not all due on one day; in its first `TOO_EARLY` share a post asks nothing.
A post whose interval is shorter than the shift asks several times, each in its own part of the day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from truceline.patrol.planning.windows import Window
from truceline.patrol.visits import Post

TOO_EARLY = 0.4
DAY_S = 86_400
KEEPS_S = 2_700
"""A post that must be seen every day is not seen earlier than this before it is due: else each day's visit
would have to be before the last one's, until the shift's beginning."""


@dataclass(frozen=True)
class Need:
    """A visit that is asked for: from when to when it may begin, and its weight from 0 to 1. `open_s` to
    `late_s` is when it could be made at all that day. `urgent` where the interval is overrun without it."""

    post: int
    from_s: int
    to_s: int
    open_s: int
    late_s: int
    weight: float
    urgent: bool


def needs_of(
    number: int,
    post: Post,
    last_s: float,
    today: Window,
    later: Sequence[Window],
    end_s: float,
    seen: bool,
) -> list[Need]:
    """What a post asks for in a day's window. `later` are the windows of the days after, `last_s` when the
    last visit ended, or the period began (`seen` False)."""
    from_s, to_s = today
    if post.revisit_s is None:
        if seen:
            return []
        span = max(end_s - last_s, 1.0)
        weight = min(max((to_s - last_s) / span, 0.05), 1.0)
        last_chance = not any(window[0] < end_s for window in later)
        return [Need(number, from_s, to_s, from_s, to_s, weight, last_chance)]
    span = to_s - from_s
    if post.revisit_s < span:
        return _several(number, post, today)
    due = last_s + post.revisit_s
    urgent = not any(window[0] + post.visit_s < due for window in later)
    if not urgent:
        over = (to_s - last_s) / post.revisit_s
        return [Need(number, from_s, to_s, from_s, to_s, min(over, 1.0), False)] if over >= TOO_EARLY else []
    begin, until = from_s, int(min(max(due, from_s), to_s))
    if seen and post.revisit_s <= DAY_S + KEEPS_S:
        begin = int(min(max(from_s, due - KEEPS_S), until))
    return [Need(number, begin, until, from_s, to_s, 1.0, True)]


def _several(number: int, post: Post, today: Window) -> list[Need]:
    from_s, to_s = today
    revisit_s = post.revisit_s or 1.0
    span = to_s - from_s
    count = min(ceil(1.5 * span / max(revisit_s, 1.0)), 24)
    step = span / count
    half = max(revisit_s - step, 600.0) / 2.0
    found = []
    for k in range(count):
        middle = from_s + (k + 0.5) * step
        begin, until = int(max(middle - half, from_s)), int(min(middle + half, to_s))
        found.append(Need(number, begin, until, begin, until, 1.0, True))
    return found

"""The times of a shift: the team leaves as late as it can without being back later, and waits if it must."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from truceline.patrol.planning.travel import Ways
from truceline.patrol.planning.windows import Window


@dataclass(frozen=True)
class Stop:
    """A visit to be timed: its place, how long it lasts, between when it may begin."""

    place: int
    visit_s: int
    from_s: int
    to_s: int


@dataclass(frozen=True)
class Timed:
    """When a team leaves, arrives at and begins each stop, and is back."""

    leave_s: int
    arrive_s: tuple[int, ...]
    begin_s: tuple[int, ...]
    back_s: int


def timed(base: int, stops: Sequence[Stop], ways: Ways, window: Window, most_s: int) -> Timed | None:
    """The times of a route, or None where a hard rule would be broken."""
    path = [base, *(stop.place for stop in stops), base]
    if not all(ways.allowed[a, b] for a, b in pairwise(path)):
        return None
    leave = window[0]
    _, begin, _ = _forward(leave, path, stops, ways)
    slack = _slack(begin, stops, ways)
    leave = max(leave, begin[0] - int(ways.seconds[base, path[1]]) + slack)
    arrive, begin, back = _forward(leave, path, stops, ways)
    late = any(at > stop.to_s for at, stop in zip(begin, stops, strict=True))
    if late or back > window[1] or back - leave > most_s:
        return None
    return Timed(leave, tuple(arrive), tuple(begin), back)


def _forward(
    leave: int, path: Sequence[int], stops: Sequence[Stop], ways: Ways
) -> tuple[list[int], list[int], int]:
    now, arrive, begin = leave, [], []
    for number, stop in enumerate(stops):
        now += int(ways.seconds[path[number], stop.place])
        arrive.append(now)
        now = max(now, stop.from_s)
        begin.append(now)
        now += stop.visit_s
    return arrive, begin, now + int(ways.seconds[path[-2], path[-1]])


def _slack(begin: Sequence[int], stops: Sequence[Stop], ways: Ways) -> int:
    """By how much the first stop can begin later with the team back no later than before: a stop moves by
    what is not waited before it, and each must stay in its window."""
    waited, room = 0, stops[0].to_s - begin[0]
    for number in range(1, len(stops)):
        before = stops[number - 1]
        arrive = begin[number - 1] + before.visit_s + int(ways.seconds[before.place, stops[number].place])
        waited += begin[number] - arrive
        room = min(room, waited + stops[number].to_s - begin[number])
    return max(min(waited, room), 0)

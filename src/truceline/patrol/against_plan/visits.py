"""What became of a planned visit and of a check-in, as far as a track tells.

A visit that is not seen was not made only where the track leaves no room for it: in a time without fixes the
team may have driven to the post, stayed for the whole visit and come to where the next fix is, no faster
than `REACH` times the speed that the plan took for it. Then it is `unclear`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from truceline.geo.ellipsoid import inverse
from truceline.patrol.against_plan.expected import BASE, CheckIn, Crew, ExpectedShift, ExpectedVisit
from truceline.patrol.track import Track
from truceline.patrol.visits import Kept, Post, Visit

State = Literal["on_time", "late", "early", "short", "unclear", "not_made", "doubtful", "no_track"]
REACH = 2.0
"""Roads are better than planned and drivers quicker: whom so much speed could bring is not told absent."""


@dataclass(frozen=True, slots=True)
class VisitDriven:
    """A planned visit and what the track shows of it: `late_s` is from the planned beginning to the arrival
    where that is later, or (negative) from the planned end of the visit to the departure where that is
    earlier; 0 in time, None where no visit is seen."""

    planned: ExpectedVisit
    state: State
    late_s: float | None = None
    seen: Visit | None = None


def visits_driven(
    shift: ExpectedShift,
    posts: dict[str, Post],
    track: Track,
    seen: Sequence[Visit],
    on_time_s: float,
    crew: Crew | None,
    max_gap_s: float,
) -> list[VisitDriven]:
    """Every planned visit of a shift, in order. `seen` are the track's visits about the shift's time."""
    taken = _paired(shift.visits, seen)
    found = []
    for number, planned in enumerate(shift.visits):
        post = posts[planned.post]
        visit = taken.get(number)
        if visit is None:
            hidden = any(
                _reached(post, gap, crew, planned.end_s - planned.begin_s)
                for gap in unknown(track, shift, crew, max_gap_s)
            )
            found.append(VisitDriven(planned, "unclear" if hidden else "not_made"))
            continue
        late_s = lateness(planned, visit, post)
        state: State = "on_time" if abs(late_s) <= on_time_s else "late" if late_s > 0.0 else "early"
        if visit.long_enough != "kept":
            state = "short" if visit.long_enough == "not_kept" else "unclear"
        found.append(VisitDriven(planned, state, late_s, visit))
    return found


def lateness(planned: ExpectedVisit, visit: Visit, post: Post) -> float:
    """Seconds that the arrival was after the planned beginning; negative: that the departure was before the
    whole visit after the planned beginning was over; else 0."""
    if visit.from_s > planned.begin_s:
        return visit.from_s - planned.begin_s
    return min(visit.to_s - (planned.begin_s + post.visit_s), 0.0)


def _paired(planned: Sequence[ExpectedVisit], seen: Sequence[Visit]) -> dict[int, Visit]:
    """Planned visits with the visit that is nearest in time, each taken once; long ones before short."""
    pairs = sorted(
        (visit.long_enough == "not_kept", abs(visit.from_s - one.begin_s), number, order)
        for number, one in enumerate(planned)
        for order, visit in enumerate(seen)
        if visit.post == one.post
    )
    found: dict[int, Visit] = {}
    used: set[int] = set()
    for _, _, number, order in pairs:
        if number not in found and order not in used:
            found[number] = seen[order]
            used.add(order)
    return found


Place = tuple[float, float] | None
Gap = tuple[float, Place, Place]


def unknown(track: Track, shift: ExpectedShift, crew: Crew | None, max_gap_s: float) -> Iterator[Gap]:
    """The times within a shift of which nothing is known: how long (seconds), and the known places (lon,
    lat) before and after, None where there is none."""
    base: Place = (crew.lon, crew.lat) if crew else None
    inside = (track.time_s >= shift.leave_s) & (track.time_s <= shift.back_s)
    at = np.flatnonzero(inside)
    if not len(at):
        yield shift.back_s - shift.leave_s, base, base
        return
    first, last = int(at[0]), int(at[-1])
    # A fix before the shift bounds what may have happened as well as the base does.
    if first > 0 and track.time_s[first] - track.time_s[first - 1] > max_gap_s:
        yield float(track.time_s[first] - track.time_s[first - 1]), _at(track, first - 1), _at(track, first)
    elif first == 0 and track.time_s[0] - shift.leave_s > max_gap_s:
        yield float(track.time_s[0]) - shift.leave_s, base, _at(track, 0)
    for i in at[:-1][np.diff(track.time_s[at]) > max_gap_s].tolist():
        yield float(track.time_s[i + 1] - track.time_s[i]), _at(track, i), _at(track, i + 1)
    if last + 1 < len(track) and track.time_s[last + 1] - track.time_s[last] > max_gap_s:
        yield float(track.time_s[last + 1] - track.time_s[last]), _at(track, last), _at(track, last + 1)
    elif last + 1 == len(track) and shift.back_s - track.time_s[last] > max_gap_s:
        yield shift.back_s - float(track.time_s[last]), _at(track, last), base


def _at(track: Track, index: int) -> tuple[float, float]:
    return float(track.lon[index]), float(track.lat[index])


def _reached(post: Post, gap: Gap, crew: Crew | None, visit_s: float) -> bool:
    lasts, before, after = gap
    metres = sum(
        max(float(inverse([x], [y], [post.lon], [post.lat])[2][0]) - post.radius_m, 0.0)
        for place in (before, after)
        if place is not None
        for x, y in [place]
    )
    needed = metres / (REACH * crew.speed_mps) if crew else 0.0
    return needed + min(visit_s, post.visit_s) <= lasts


def check_in_kept(
    check_in: CheckIn, track: Track, seen: Sequence[Visit], at_base: Sequence[Visit], max_gap_s: float
) -> Kept:
    """Whether the team was at the place at some time of the window. Back at its base early is in time."""
    there = at_base if check_in.place == BASE else [v for v in seen if v.post == check_in.place]
    for visit in there:
        ended = check_in.place == BASE and visit.to_s >= float(track.time_s[-1])
        if visit.from_s <= check_in.to_s and (visit.to_s >= check_in.from_s or ended):
            return "kept"
    known = track.at(np.arange(check_in.from_s, check_in.to_s + 1.0, 60.0), max_gap_s)
    whole = len(np.arange(check_in.from_s, check_in.to_s + 1.0, 60.0))
    return "not_kept" if len(known) == whole else "unclear"

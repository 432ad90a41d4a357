"""What reports say of a promised route, as words on its stretches (`truceline.route.passage`).

Reports of one incident make one word. A report that names both ends of the route, or its road and knows its
place no better than the route is long, speaks of all of it; any other speaks of the stretch within its error
of its place, not less than the corridor is wide. A closure spoken of so lies somewhere on that stretch.
Distances metres along the route from its beginning.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import lru_cache, partial

import numpy as np

from truceline.accord.model import Routes
from truceline.assess.case import Case
from truceline.assess.columns import Floats, Rows, instant_of_us, microseconds
from truceline.assess.findings import Finding
from truceline.assess.route_reports import (
    CLOSED,
    OPEN,
    Shows,
    corridor_of,
    names_both_ends,
    names_whole_route,
    p_on_route,
    p_shows,
)
from truceline.assess.route_turns import Turn, status_of
from truceline.assess.ruleset import Ruleset
from truceline.assess.states import Course, Event, State, events_of
from truceline.geo.nearest import LineIndex
from truceline.route import MOST_WORDS, Passage, Says, Stretch, Word, passage_of

COURSE = 24

Factor = Callable[[Rows], Floats]


class RouteGround:
    """A route as it is drawn, and which part of it each report speaks of."""

    def __init__(self, case: Case, provision: Routes) -> None:
        self.case = case
        self.provision = provision
        shape = case.places.geometry.routes.get(provision.id)
        self.index = LineIndex(shape) if shape is not None and not shape.is_empty else None
        # Of a route that nobody drew, all that is said is of all of it.
        self.length_m = self.index.total_m if self.index else 1.0
        self.whole = Stretch(0.0, self.length_m)
        self.corridor = corridor_of(case, provision)
        self.p_on: Factor = partial(p_on_route, case, provision, self.corridor)

    def opened(self, time: Factor) -> Finding:
        """The reports that it was open, with the share of each that lies in the time asked about."""
        return self._finding(OPEN, time)

    def closed(self, time: Factor) -> Finding:
        """The reports that it was not."""
        return self._finding(CLOSED, time)

    def _finding(self, kinds: Shows, time: Factor) -> Finding:
        shows = partial(p_shows, self.case, kinds)
        return self.case.finding(
            self.case.evidence.rows_of(kinds), {"time": time, "shows": shows, "on_route": self.p_on}
        )

    def reports(self, opened: Finding, closed: Finding) -> Reports:
        """All incidents of both, in order of time; what closes after what opens, the more probable last."""
        case = self.case
        events = [
            (event, opens)
            for finding, opens in ((opened, True), (closed, False))
            for event in events_of(case.evidence, finding, case.sources, case.ruleset)
        ]
        ids = case.evidence.ids([event.row for event, _ in events])
        keyed = sorted(
            zip(events, ids, strict=True), key=lambda k: (k[0][0].at_us, not k[0][1], k[0][0].p, k[1])
        )
        return Reports(self, [pair for pair, _ in keyed], [id for _, id in keyed])

    def stretches(self, rows: Sequence[int]) -> list[Stretch]:
        """The part of the route that each report speaks of."""
        case, index = self.case, self.index
        found = [self.whole] * len(rows)
        if index is None:
            return found
        every = np.array(rows, dtype=np.int64)
        of_all = case.places.positions.lost[every] | names_both_ends(case, self.provision, every)
        some = np.flatnonzero(~of_all)
        if not len(some):
            return found
        at = every[some]
        lon, lat, error_m = (case.evidence.numbers(name)[at] for name in ("lon", "lat", "error_m"))
        least = case.ruleset.route_halfwidth_m
        own = np.where(np.isfinite(error_m), error_m, case.ruleset.place_radius_m)
        radius = np.maximum(np.hypot(own, self.corridor.uncertainty_m), least)
        near = index.nearest(lon, lat)
        reach = np.maximum(np.sqrt(np.maximum(radius**2 - near.distance_m**2, 0.0)), least)
        first = np.maximum(near.position_m - reach, 0.0)
        end = np.minimum(near.position_m + reach, self.length_m)
        whole = (2.0 * radius >= self.length_m) & names_whole_route(case, self.provision, at)
        for place in np.flatnonzero(~whole).tolist():
            found[some[place]] = Stretch(float(first[place]), float(end[place]))
        return found


class Reports:
    """The incidents of a route in order of time, as words; each is looked at only when it is asked for.

    At each instant the newest `MOST_WORDS` are heard (`truceline.route.passage`).
    """

    def __init__(self, ground: RouteGround, events: list[tuple[Event, bool]], ids: list[str]) -> None:
        self._ground = ground
        self._events = events
        self._ids = ids
        self._at = [event.at_us for event, _ in events]
        self._words: dict[int, Word] = {}

    def __len__(self) -> int:
        return len(self._events)

    def instants(self, most: int, also: Sequence[int] = ()) -> list[int]:
        """When something is reported (microseconds): all such instants, or beyond `most` that many of them,
        evenly by number, with the last, and the last up to each of `also`."""
        distinct = sorted(set(self._at))
        if len(distinct) <= most:
            return distinct
        chosen = {distinct[round(n)] for n in np.linspace(0, len(distinct) - 1, most)}
        chosen |= {distinct[n - 1] for n in (bisect_right(distinct, moment) for moment in also) if n}
        return sorted(chosen)

    def passage(self, at_us: int | None = None) -> Passage:
        """The passage by what is reported up to an instant (None: all)."""
        end = len(self._events) if at_us is None else bisect_right(self._at, at_us)
        heard = range(max(end - MOST_WORDS, 0), end)
        missing = [n for n in heard if n not in self._words]
        stretches = self._ground.stretches([self._events[n][0].row for n in missing])
        for n, stretch in zip(missing, stretches, strict=True):
            event, opens = self._events[n]
            whole = stretch == self._ground.whole
            says: Says = "open" if opens else "closed" if whole else "blocked"
            self._words[n] = Word(event.at_us, says, stretch, event.p, self._ids[n])
        return _passage(tuple(self._words[n] for n in heard), self._ground.length_m)

    def event(self, id: str) -> Event:
        """The incident whose strongest report this is."""
        return self._events[self._ids.index(id)][0]


@lru_cache(maxsize=2048)
def _passage(words: tuple[Word, ...], length_m: float) -> Passage:
    # Kept, because the readings of an accord mostly leave its routes alone.
    return passage_of(words, length_m)


def state_from(reports: Reports, rules: Ruleset, deadline: datetime | None) -> tuple[State, tuple[Turn, ...]]:
    """Whether the whole way is open, as `truceline.assess.states` has it of other things: `done` is open from
    end to end, `undone` closed somewhere; and when that turned. The course is followed at `COURSE` instants
    at most, the deadline's among them, so that since when it is open may be told a little late where reports
    are very many."""
    course = Course(rules)
    turns: list[Turn] = []
    for at in reports.instants(COURSE, [microseconds(deadline)] if deadline else []):
        passage = reports.passage(at)
        course.reach(at, passage.p_open, passage.p_closed)
        status = status_of(passage, rules)
        if not turns or turns[-1].status != status:
            turns.append(Turn(instant_of_us(at), status, passage.p_open, passage.p_closed))
    return course.state(), tuple(turns)

"""What reports say of a promised route, as words on its stretches (`truceline.route.passage`).

Reports of one incident make one word. A report that names both ends of the route, or its road and knows its
place no better than the route is long, speaks of all of it; any other speaks of the stretch within its error
of its place, not less than the corridor is wide. A closure spoken of so lies somewhere on that stretch.
Distances metres along the route from its beginning.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache, partial

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from truceline.accord.model import Routes
from truceline.assess.case import Case
from truceline.assess.columns import Floats, Rows, instant_of_us, microseconds
from truceline.assess.findings import Factor, Finding
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
from truceline.assess.states import Course, Event, Events, State, events_of
from truceline.geo.nearest import LineIndex
from truceline.route import MOST_WORDS, Passage, Says, Stretch, Word, passage_of

COURSE = 24
_Said = tuple[int, Says, float, float, float, str]
"""A word: see `truceline.route.Word`. Plain, because very many are compared."""


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
        both = [events_of(case.evidence, f, case.sources) for f in (opened, closed)]
        closes = np.repeat([False, True], [len(events) for events in both])
        rows, at_us, p = (
            np.concatenate([getattr(events, name) for events in both]) for name in ("row", "at_us", "p")
        )
        ids = case.evidence.ids(rows)
        rank = np.empty(len(ids), dtype=np.int64)
        rank[pc.sort_indices(pa.array(ids, pa.string())).to_numpy()] = np.arange(len(ids))
        order = np.lexsort((rank, p, closes, at_us))
        return Reports(self, both, order, at_us[order], [ids[n] for n in order.tolist()])

    def stretches(self, rows: Sequence[int]) -> list[Stretch]:
        """The part of the route that each report speaks of."""
        first, end = self.spans(np.array(rows, dtype=np.int64))
        return [Stretch(*span) for span in zip(first.tolist(), end.tolist(), strict=True)]

    def spans(self, rows: Rows) -> tuple[Floats, Floats]:
        """From where to where that part reaches."""
        case, index = self.case, self.index
        first, end = np.zeros(len(rows)), np.full(len(rows), self.length_m)
        if index is None or not len(rows):
            return first, end
        some = np.flatnonzero(
            ~(case.places.positions.lost(rows) | names_both_ends(case, self.provision, rows))
        )
        if not len(some):
            return first, end
        at = rows[some]
        lon, lat, error_m = (case.evidence.numbers(name)[at] for name in ("lon", "lat", "error_m"))
        least = case.ruleset.route_halfwidth_m
        own = np.where(np.isfinite(error_m), error_m, case.ruleset.place_radius_m)
        radius = np.maximum(np.hypot(own, self.corridor.uncertainty_m), least)
        near = index.nearest(lon, lat)
        reach = np.maximum(np.sqrt(np.maximum(radius**2 - near.distance_m**2, 0.0)), least)
        whole = (2.0 * radius >= self.length_m) & names_whole_route(case, self.provision, at)
        first[some] = np.where(whole, 0.0, np.maximum(near.position_m - reach, 0.0))
        end[some] = np.where(whole, self.length_m, np.minimum(near.position_m + reach, self.length_m))
        return first, end


class Reports:
    """The incidents of a route in order of time, as words; each is looked at only when it is asked for.

    At each instant the newest `MOST_WORDS` are heard (`truceline.route.passage`).
    """

    def __init__(
        self, ground: RouteGround, both: list[Events], order: Rows, at_us: Rows, ids: list[str]
    ) -> None:
        self._ground = ground
        self._both = both
        self._opening = len(both[0])
        self._rows, self._p = (np.concatenate([getattr(e, name) for e in both]) for name in ("row", "p"))
        self._order = order
        self._at_us = at_us
        self._ids = ids
        self._said: dict[int, _Said] = {}

    def __len__(self) -> int:
        return len(self._order)

    def instants(self, most: int, also: Sequence[int] = ()) -> list[int]:
        """When something is reported (microseconds): all such instants, or beyond `most` that many of them,
        evenly by number, with the last, and the last up to each of `also`."""
        distinct: list[int] = np.unique(self._at_us).tolist()
        if len(distinct) <= most:
            return distinct
        chosen = {distinct[round(n)] for n in np.linspace(0, len(distinct) - 1, most)}
        chosen |= {distinct[n - 1] for n in (bisect_right(distinct, moment) for moment in also) if n}
        return sorted(chosen)

    def passage(self, at_us: int | None = None) -> Passage:
        """The passage by what is reported up to an instant (None: all)."""
        heard = self._heard(at_us)
        self._hear([n for n in heard if n not in self._said])
        return _passage(tuple(self._said[n] for n in heard), self._ground.length_m)

    def prepare(self, instants: Sequence[int]) -> None:
        """Looks at all that is heard at these instants at once."""
        self._hear(sorted({n for at in instants for n in self._heard(at)} - self._said.keys()))

    def _heard(self, at_us: int | None) -> range:
        """The numbers of the incidents that are heard at an instant."""
        end = len(self) if at_us is None else int(np.searchsorted(self._at_us, at_us, side="right"))
        return range(max(end - MOST_WORDS, 0), end)

    def _hear(self, numbers: Sequence[int]) -> None:
        if not numbers:
            return
        at = self._order[numbers]
        first, end = self._ground.spans(self._rows[at])
        columns = self._at_us[numbers], at < self._opening, first, end, self._p[at]
        for n, at_us, opens, start, stop, p in zip(numbers, *(c.tolist() for c in columns), strict=True):
            whole = (start, stop) == (0.0, self._ground.length_m)
            says: Says = "open" if opens else "closed" if whole else "blocked"
            self._said[n] = at_us, says, start, stop, p, self._ids[n]

    def event(self, id: str) -> Event:
        """The incident whose strongest report this is."""
        at = int(self._order[self._ids.index(id)])
        return self._both[0][at] if at < self._opening else self._both[1][at - self._opening]


@lru_cache(maxsize=2048)
def _passage(said: tuple[_Said, ...], length_m: float) -> Passage:
    # Kept, because the readings of an accord mostly leave its routes alone.
    words = (Word(at, says, Stretch(first, end), p, key) for at, says, first, end, p, key in said)
    return passage_of(words, length_m)


def state_from(reports: Reports, rules: Ruleset, deadline: datetime | None) -> tuple[State, tuple[Turn, ...]]:
    """Whether the whole way is open, as `truceline.assess.states` has it of other things: `done` is open from
    end to end, `undone` closed somewhere; and when that turned. The course is followed at `COURSE` instants
    at most, the deadline's among them, so that since when it is open may be told a little late where reports
    are very many."""
    course = Course(rules)
    turns: list[Turn] = []
    instants = reports.instants(COURSE, [microseconds(deadline)] if deadline else [])
    reports.prepare(instants)
    for at in instants:
        passage = reports.passage(at)
        course.reach(at, passage.p_open, passage.p_closed)
        status = status_of(passage, rules)
        if not turns or turns[-1].status != status:
            turns.append(Turn(instant_of_us(at), status, passage.p_open, passage.p_closed))
    return course.state(), tuple(turns)

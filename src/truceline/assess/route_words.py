"""What reports say of a promised route, as words on its stretches (`truceline.route.passage`).

Reports of one incident make one word. A report that names both ends of the route, or its road and knows its
place no better than the route is long, speaks of all of it; any other speaks of the stretch within its error
of its place, not less than the corridor is wide. A closure spoken of so lies somewhere on that stretch.
Distances metres along the route from its beginning.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np

from truceline.accord.model import Routes
from truceline.assess.case import Case
from truceline.assess.columns import Floats, Rows
from truceline.assess.findings import Finding
from truceline.assess.route_reports import (
    CLOSED,
    OPEN,
    corridor_of,
    names_both_ends,
    names_whole_route,
    p_on_route,
    p_shows,
)
from truceline.assess.ruleset import Ruleset
from truceline.assess.states import Course, Event, State, events_of
from truceline.geo.nearest import LineIndex
from truceline.route import Says, Stretch, Word, passage_of

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
        return self._finding(OPEN, self.case.ruleset.traffic_shows_open, time)

    def closed(self, time: Factor) -> Finding:
        """The reports that it was not."""
        return self._finding(CLOSED, self.case.ruleset.obstruction_shows_closed, time)

    def _finding(self, kinds: dict[str, float | None], weaker: float, time: Factor) -> Finding:
        shows = partial(p_shows, self.case, kinds, weaker)
        return self.case.finding(
            self.case.evidence.rows_of(kinds), {"time": time, "shows": shows, "on_route": self.p_on}
        )

    def words(self, finding: Finding, *, opens: bool) -> Iterator[tuple[Word, Event]]:
        """One word an incident, with the reports that it comes from."""
        case = self.case
        for event in events_of(case.evidence, finding, case.sources, case.ruleset):
            stretch = self._stretch(event.row)
            id = case.evidence.ids([event.row])[0]
            says: Says = "open" if opens else "closed" if stretch == self.whole else "blocked"
            yield Word(event.at_us, says, stretch, event.p, id), event

    def _stretch(self, row: int) -> Stretch:
        """The part of the route that a report speaks of."""
        case, index = self.case, self.index
        lost = bool(case.places.positions.lost[row])
        if index is None or lost or names_both_ends(case, self.provision, row):
            return self.whole
        error_m = case.evidence.numbers("error_m")[row]
        own = error_m if np.isfinite(error_m) else case.ruleset.place_radius_m
        least = case.ruleset.route_halfwidth_m
        radius = max(float(np.hypot(own, self.corridor.uncertainty_m)), least)
        if 2.0 * radius >= self.length_m and names_whole_route(case, self.provision, row):
            return self.whole
        lon, lat = (float(case.evidence.numbers(name)[row]) for name in ("lon", "lat"))
        near = index.nearest([lon], [lat])
        reach = max(float(np.sqrt(max(radius**2 - near.distance_m[0] ** 2, 0.0))), least)
        at = float(near.position_m[0])
        return Stretch(max(at - reach, 0.0), min(at + reach, self.length_m))


def state_from(ground: RouteGround, opened: Finding, closed: Finding, rules: Ruleset) -> State:
    """Whether the whole way is open, as `truceline.assess.states` has it of other things: `done` is open from
    end to end, `undone` closed somewhere."""
    words = [
        word
        for finding, opens in ((opened, True), (closed, False))
        for word, _ in ground.words(finding, opens=opens)
    ]
    course = Course(rules)
    for at in sorted({word.at for word in words}):
        passage = passage_of((word for word in words if word.at <= at), ground.length_m)
        course.reach(at, passage.p_open, passage.p_closed)
    return course.state()

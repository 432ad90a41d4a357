"""What a plan covers of each post's interval, and why it does not cover the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
from scipy.sparse.csgraph import dijkstra

from truceline.geo.ellipsoid import Floats
from truceline.patrol.planning.ground import Ground
from truceline.patrol.planning.model import Task, Team
from truceline.patrol.planning.result import Covered, PlannedVisit, Shift, Why
from truceline.patrol.planning.travel import Ways
from truceline.patrol.planning.windows import Window
from truceline.patrol.visits import Post, Visit, revisits

WaysOf = Callable[[Team, float, float], Ways]


class Coverage:
    """Measures plans of one task, by the same rule as tracks are verified (`truceline.patrol.visits`)."""

    def __init__(
        self,
        task: Task,
        ground: Ground,
        windows: Mapping[tuple[int, int], Window | None],
        period: tuple[float, float],
        ways_of: WaysOf,
    ) -> None:
        self.task, self.ground, self.period, self.ways_of = task, ground, period, ways_of
        self.out = {
            number: [w for day in range(task.days) if (w := windows[number, day]) is not None]
            for number in range(len(task.teams))
        }

    def of(
        self, shifts: Iterable[Shift], counts: Callable[[PlannedVisit], bool], alone: set[str]
    ) -> list[Covered]:
        """Every post, in order. `alone` are posts at which a team was without the other party's."""
        visits: dict[str, list[Visit]] = {}
        for shift in shifts:
            for v in filter(counts, shift.visits):
                lasts = float(v.end_s - v.begin_s)
                visits.setdefault(v.post, []).append(
                    Visit(v.post, shift.team, shift.party, v.begin_s, v.end_s, lasts, lasts, 1.0, "kept")
                )
        found = []
        for number, post in enumerate(self.task.posts):
            kept = revisits(post, visits.get(post.id, ()), *self.period)
            why = None if kept.share >= 1.0 - 1e-12 else self._why(number, post, post.id in alone)
            found.append(Covered(post.id, post.party, kept.visits, kept.share, kept.longest_s, why))
        return found

    def _why(self, number: int, post: Post, alone: bool) -> Why:
        own = [(n, t) for n, t in enumerate(self.task.teams) if post.party in (None, t.party) and self.out[n]]
        if not own:
            return "no_team"
        teams = [(n, t) for n, t in own if t.may_visit(post)]
        if not teams:
            return "no_language"
        here = np.array([[post.lon, post.lat]])
        sides = {self.task.sides.get(team.party) for _, team in teams}
        if not any(bool(self.ground.beside(here, side)[0]) for side in sides):
            return "other_side"
        if not any(bool(self.ground.on_side(here, side)[0]) for side in sides):
            return "near_line"
        reached, in_time = self._reach(teams, len(self.task.teams) + number, post.visit_s)
        if not reached:
            return "hazard" if self._in_danger(here) else "cut_off"
        if not in_time:
            return "too_far"
        if alone:
            return "alone"
        return "interval_too_short" if self._short(teams, post) else "time"

    def _reach(self, teams: Sequence[tuple[int, Team]], place: int, visit_s: float) -> tuple[bool, bool]:
        """Whether any team can come to a place at all, and whether in time to be back."""
        reached = in_time = False
        for number, team in teams:
            for span in self.out[number]:
                ways = self.ways_of(team, *span)
                # A second at least, as the graph takes a way of 0 for none.
                seconds = np.where(ways.allowed, np.maximum(ways.seconds, 1), 0)
                there = float(dijkstra(seconds, indices=number)[place])
                back = float(dijkstra(seconds.T, indices=number)[place])
                if not np.isfinite(there + back):
                    continue
                reached = True
                least = there + back + visit_s
                in_time |= least <= min(span[1] - span[0], team.max_out_s or span[1] - span[0])
        return reached, in_time

    def _in_danger(self, here: Floats) -> bool:
        spot = self.ground.spot(here)
        return any(
            hazard.p >= self.task.options.max_hazard and self.ground.area(hazard).intersects(spot)
            for hazard in self.task.hazards
            if hazard.holds(*self.period)
        )

    def _short(self, teams: Sequence[tuple[int, Team]], post: Post) -> bool:
        """Whether the pause between one day's shifts and the next is longer than the interval."""
        spans = sorted({span for number, _ in teams for span in self.out[number]})
        ends = np.maximum.accumulate([span[1] for span in spans])
        pauses = [after[0] - end for end, after in zip(ends[:-1].tolist(), spans[1:], strict=True)]
        before = spans[0][0] - self.period[0]
        return post.revisit_s is not None and max([before, *pauses]) > post.revisit_s

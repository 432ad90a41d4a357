"""A plan over several days, each planned with what the days before it have done.

The order of what counts: no hard rule is broken; intervals are kept; of work that either party could do, the
one that has done more so far does less; least exposure; least distance. Where patrols are to be together, one
party is planned first and the other follows it, in turn from day to day.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import time, timedelta

import numpy as np

from truceline.geo.ellipsoid import Floats
from truceline.patrol.planning.cover import Coverage
from truceline.patrol.planning.ground import Ground
from truceline.patrol.planning.handover import handovers
from truceline.patrol.planning.model import Hazard, Task, Team
from truceline.patrol.planning.needs import Need, needs_of
from truceline.patrol.planning.pairing import begun, matched, opposite_posts
from truceline.patrol.planning.result import Plan, PlannedLeg, PlannedVisit, Shift, foretold
from truceline.patrol.planning.schedule import Stop, timed
from truceline.patrol.planning.solve import Out, Wanted, solved
from truceline.patrol.planning.travel import Straight, Travel, Traveller, Ways
from truceline.patrol.planning.windows import Window, moment, window
from truceline.patrol.visits import Post

LOOK_AHEAD = 8
"""Days after one that are looked at to see whether an interval can still be kept then."""
_LATE = 0.5
_UNPAIRED = 0.3
_MOST_FAIR_M = 10
_MIDNIGHT = time(0)


def planned(
    task: Task, travel: Travel | None = None, progress: Callable[[float], None] | None = None
) -> Plan:
    """The plan. `travel` knows the ways (None: straight ones); `progress` is told the share done. Raises
    DependencyMissing where PyVRP is not installed."""
    told = progress or (lambda _: None)
    chance = task.options.unpredictable > 0.0
    plan = _Planner(task, travel).plan(lambda share: told(share / 2 if chance else share))
    if not chance:
        return plan
    plain = replace(task, options=replace(task.options, unpredictable=0.0))
    without = _Planner(plain, travel).plan(lambda share: told(0.5 + share / 2))
    return replace(plan, plain_coverage=without.coverage)


@dataclass
class _State:
    """What the days so far have done: when each post was last left, which were seen, the seconds on duty by
    party, and where a team was without the other party's."""

    last: dict[int, float]
    seen: set[int] = field(default_factory=set)
    duty: dict[str, float] = field(default_factory=dict)
    alone: set[str] = field(default_factory=set)


Class = tuple[Traveller, str, frozenset[str]]
"""Teams that may make the same visits on the same ways: traveller, party, languages that posts ask for."""


class _Planner:
    def __init__(self, task: Task, travel: Travel | None) -> None:
        self.task = task
        self.places: Floats = np.array(
            [(team.lon, team.lat) for team in task.teams] + [(post.lon, post.lat) for post in task.posts],
            dtype=float,
        ).reshape(-1, 2)
        self.ground = Ground.of(task.line, self.places, task.uncertainty, task.options.line_margin)
        self.travel: Travel = travel or Straight(self.ground, task.options.detour)
        self.parties = sorted({team.party for team in task.teams})
        self.start_s = moment(task.first, _MIDNIGHT, task.zone)
        self.end_s = moment(task.first + timedelta(days=task.days), _MIDNIGHT, task.zone)
        self._ways: dict[tuple[Traveller, frozenset[str]], Ways] = {}
        self.windows: dict[tuple[int, int], Window | None] = {
            (number, day): window(team, task.first + timedelta(days=day), task.zone)
            for number, team in enumerate(task.teams)
            for day in range(task.days + LOOK_AHEAD)
        }
        self.opposite = {}
        if task.options.mode == "coordinated":
            self.opposite = opposite_posts(task.posts, task.line, task.options.opposite_m)
        self.asked_for = frozenset(post.language for post in task.posts if post.language)
        self.number_of = {post.id: number for number, post in enumerate(task.posts)}

    def plan(self, told: Callable[[float], None]) -> Plan:
        state = _State({number: float(self.start_s) for number in range(len(self.task.posts))})
        shifts: list[Shift] = []
        for day in range(self.task.days):
            made = self._day(day, state)
            shifts += made
            self._remember(made, state)
            told((day + 1) / self.task.days)
        period = float(self.start_s), float(self.end_s)
        measure = Coverage(self.task, self.ground, self.windows, period, self._ways_of)
        covered = tuple(measure.of(shifts, self._counts, state.alone))
        coverage = sum(one.share for one in covered) / max(len(covered), 1)
        return Plan(self.task, tuple(shifts), covered, coverage, self._paired(shifts), foretold(shifts))

    def _kind(self, team: Team) -> Traveller:
        return Traveller(team.speed_mps, self.task.sides.get(team.party), team.vehicle)

    def _class(self, team: Team) -> Class:
        return self._kind(team), team.party, self.asked_for & frozenset(team.languages)

    def _hazards(self, from_s: float, to_s: float) -> list[Hazard]:
        return [hazard for hazard in self.task.hazards if hazard.holds(from_s, to_s)]

    def _ways_of(self, team: Team, from_s: float, to_s: float) -> Ways:
        hazards = self._hazards(from_s, to_s)
        key = (self._kind(team), frozenset(hazard.id for hazard in hazards))
        if key not in self._ways:
            self._ways[key] = self.travel.ways(self.places, key[0], hazards, self.task.options.max_hazard)
        return self._ways[key]

    def _day(self, day: int, state: _State) -> list[Shift]:
        if self.task.options.mode == "separate" or len(self.parties) < 2:
            return self._solve(day, state, self.parties, None)
        turn = day % len(self.parties)
        order = self.parties[turn:] + self.parties[:turn]
        first = self._solve(day, state, order[:1], None)
        others: list[Shift] = []
        for party in order[1:]:
            others += self._solve(day, state, [party], first)
        options = self.task.options
        return matched([*first, *others], self.opposite, options.within_s, joint=options.mode == "joint")

    def _solve(
        self, day: int, state: _State, parties: Sequence[str], lead: Sequence[Shift] | None
    ) -> list[Shift]:
        """One day of some parties; `lead` is what the other has planned, whom they are to follow."""
        options = self.task.options
        rng = np.random.default_rng([options.seed, day, *(len(party) for party in parties)])
        teams = [
            (number, team, span)
            for number, team in enumerate(self.task.teams)
            if team.party in parties and (span := self.windows[number, day]) is not None
        ]
        if not teams:
            return []
        from_s = min(span[0] for _, _, span in teams)
        to_s = max(span[1] for _, _, span in teams)
        kinds: list[Class] = []
        ways: list[Ways] = []
        outs: list[Out] = []
        for number, team, span in teams:
            key = self._class(team)
            if key not in kinds:
                kinds.append(key)
                ways.append(self._ways_of(team, from_s, to_s))
            delay = int(rng.uniform(0.0, 0.25 * options.unpredictable) * (span[1] - span[0]))
            most = team.max_out_s or span[1] - span[0]
            outs.append(
                Out(
                    number,
                    number,
                    (span[0] + delay, span[1]),
                    most,
                    kinds.index(key),
                    self._price(team, state),
                )
            )
        wanted = self._wanted(day, state, teams, kinds, lead, rng)
        # Parties with nothing in common are separate problems, which are solved faster and better.
        routes = []
        for group in _apart(outs, wanted):
            chosen = [one if one.ways & group else replace(one, windows=()) for one in wanted]
            some = [out for out in outs if out.ways in group]
            routes += solved(some, chosen, ways, seed=options.seed, iterations=options.iterations)
        by_team = {out.team: out for out in outs}
        made = []
        for route in routes:
            out = by_team[route.team]
            stops = [
                Stop(wanted[w].place, wanted[w].visit_s, *wanted[w].windows[option][:2])
                for w, option in route.visits
            ]
            times = timed(out.base, stops, ways[out.ways], out.window, out.most_s)
            if times is not None:
                made.append(self._shift(out, day, stops, times.leave_s, times.begin_s, ways[out.ways]))
        return made

    def _price(self, team: Team, state: _State) -> int:
        """What a second of duty costs, in metres: 0 for the party that has done least per team so far."""
        if len(self.parties) < 2 or not state.duty:
            return 1
        per_team = {
            party: state.duty.get(party, 0.0) / max(sum(t.party == party for t in self.task.teams), 1)
            for party in self.parties
        }
        least, most = min(per_team.values()), max(per_team.values())
        if most <= 0.0:
            return 1
        return 1 + round(_MOST_FAIR_M * (per_team[team.party] - least) / most)

    def _wanted(
        self,
        day: int,
        state: _State,
        teams: Sequence[tuple[int, Team, Window]],
        kinds: Sequence[Class],
        lead: Sequence[Shift] | None,
        rng: np.random.Generator,
    ) -> list[Wanted]:
        options = self.task.options
        times = begun(lead)
        found: list[Wanted] = []
        for number, post in enumerate(self.task.posts):
            able = [(n, team, span) for n, team, span in teams if team.may_visit(post)]
            if not able:
                continue
            today = (min(span[0] for _, _, span in able), max(span[1] for _, _, span in able))
            visit_s = int(np.ceil(post.visit_s))
            if self._is_joint(post):
                # Whoever comes first waits for the other, and both stay for the whole visit together.
                visit_s += options.within_s
            numbers = frozenset(kinds.index(self._class(team)) for _, team, _ in able)
            for need in needs_of(
                number,
                post,
                state.last[number],
                today,
                self._later(day, able),
                self.end_s,
                number in state.seen,
            ):
                windows = self._windows(need, post, times, lead is not None, rng)
                if windows:
                    place = len(self.task.teams) + number
                    found.append(Wanted(place, windows, visit_s, need.urgent, numbers))
        return found

    def _later(self, day: int, able: Sequence[tuple[int, Team, Window]]) -> list[Window]:
        found = []
        for after in range(day + 1, day + LOOK_AHEAD):
            spans = [span for n, _, _ in able if (span := self.windows.get((n, after))) is not None]
            if spans:
                found.append((min(span[0] for span in spans), max(span[1] for span in spans)))
        return found

    def _windows(
        self,
        need: Need,
        post: Post,
        begun_at: Mapping[str, list[int]],
        follows: bool,
        rng: np.random.Generator,
    ) -> tuple[tuple[int, int, float], ...]:
        """The windows of a visit, best first, with prizes."""
        options = self.task.options
        share = options.unpredictable
        from_s, to_s, weight = need.from_s, need.to_s, need.weight
        if share > 0.0:
            if not need.urgent:
                weight *= float(rng.uniform(1.0 - share, 1.0))
            from_s, to_s = _moved(need, float(rng.uniform(-0.5, 0.5)) * share)
        found = [(from_s, to_s, weight)]
        if need.late_s > to_s:
            found.append((to_s + 1, need.late_s, weight * _LATE))
        if not follows:
            return tuple(found)
        joint = self._is_joint(post)
        with_posts = [post.id] if joint else self.opposite.get(post.id, [])
        times = [time for id in with_posts for time in begun_at.get(id, [])]
        paired = [
            (max(time - options.within_s, from_s), min(time + options.within_s, need.late_s), weight)
            for time in times
        ]
        paired = [one for one in paired if one[0] <= one[1]]
        if joint:
            return tuple(paired)
        if not paired:
            return tuple(found)
        return tuple(paired + [(a, b, w * _UNPAIRED) for a, b, w in found])

    def _shift(
        self, out: Out, day: int, stops: Sequence[Stop], leave_s: int, begin_s: Sequence[int], ways: Ways
    ) -> Shift:
        team = self.task.teams[out.team]
        first = len(self.task.teams)
        ids = {place: self.task.posts[place - first].id for place in (stop.place for stop in stops)}
        legs, visits = [], []
        here, now = out.base, leave_s
        for stop, begin in zip(stops, begin_s, strict=True):
            legs.append(self._leg(ids, here, stop.place, now, ways))
            visits.append(PlannedVisit(ids[stop.place], legs[-1].arrive_s, begin, begin + stop.visit_s))
            here, now = stop.place, begin + stop.visit_s
        legs.append(self._leg(ids, here, out.base, now, ways))
        on = self.task.first + timedelta(days=day)
        return Shift(team.id, team.party, on, tuple(legs), tuple(visits))

    def _leg(self, ids: Mapping[int, str], i: int, j: int, leave_s: int, ways: Ways) -> PlannedLeg:
        arrive = leave_s + int(ways.seconds[i, j])
        shape = ways.shape(i, j)
        return PlannedLeg(
            ids.get(i, ""), ids.get(j, ""), leave_s, arrive, int(ways.metres[i, j]),
            float(ways.exposed_s[i, j]), shape, handovers(shape, leave_s, arrive, self.task.sectors),
            ways.p_open(i, j), float(ways.off_m[j]),
        )  # fmt: skip

    def _is_joint(self, post: Post) -> bool:
        """Whether a post is to be visited by both parties together: everybody's posts, in joint mode."""
        return self.task.options.mode == "joint" and len(self.parties) > 1 and post.party is None

    def _counts(self, visit: PlannedVisit) -> bool:
        post = self.task.posts[self.number_of[visit.post]]
        return visit.with_team is not None or not self._is_joint(post)

    def _remember(self, made: Sequence[Shift], state: _State) -> None:
        for shift in made:
            state.duty[shift.party] = state.duty.get(shift.party, 0.0) + shift.back_s - shift.leave_s
            for visit in shift.visits:
                number = self.number_of[visit.post]
                if self._counts(visit):
                    state.last[number] = max(state.last[number], float(visit.end_s))
                    state.seen.add(number)
                else:
                    state.alone.add(visit.post)

    def _paired(self, shifts: Sequence[Shift]) -> float | None:
        if self.task.options.mode == "separate" or len(self.parties) < 2:
            return None
        due = [
            visit
            for shift in shifts
            for visit in shift.visits
            if self._is_joint(self.task.posts[self.number_of[visit.post]]) or self.opposite.get(visit.post)
        ]
        return sum(visit.with_team is not None for visit in due) / len(due) if due else 0.0


def _moved(need: Need, by: float) -> tuple[int, int]:
    """The window of a need, moved by a share of the day's: later or earlier, within the day. A wide one
    begins later or ends sooner. Moving it past what is due costs coverage: the price of chance."""
    day = need.late_s - need.open_s
    moved = int(by * day)
    if need.to_s - need.from_s > day // 2:
        return max(need.from_s, need.from_s + moved), min(need.to_s, need.to_s + moved)
    least, most = need.open_s, need.late_s
    return min(max(need.from_s + moved, least), most), min(max(need.to_s + moved, least), most)


def _apart(outs: Sequence[Out], wanted: Sequence[Wanted]) -> list[set[int]]:
    """The kinds of ways in groups that have no visit in common."""
    groups: list[set[int]] = [{kind} for kind in sorted({out.ways for out in outs})]
    for one in wanted:
        touched = [group for group in groups if group & one.ways]
        if len(touched) > 1:
            groups = [group for group in groups if not group & one.ways] + [set().union(*touched)]
    return sorted(groups, key=min)

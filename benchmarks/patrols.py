"""How well tracks tell what patrols did: every answer against simulated patrols with known truth.

    python benchmarks/patrols.py [WEEKS]

Weeks of both guarantors are planned on the synthetic roads of the Idlib example and driven by simulation,
with receivers of several kinds, drop-outs, spikes, teams that are late, pass posts by or leave early,
tracks that are copies of a former week's, drawn, or cut together. Everything follows from the seed.
Printed per answer: how much of what happened is found (recall), and how often something is told that did
not happen (false alarms).
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from truceline.app.examples import example_folder
from truceline.app.patrol_plan import plan_patrols
from truceline.geo.ellipsoid import inverse
from truceline.geo.nearest import LineIndex
from truceline.patrol.against_plan.driven import driven
from truceline.patrol.against_plan.expected import expected_of
from truceline.patrol.cleaning import cleaned
from truceline.patrol.coverage import line_places, share_of_line
from truceline.patrol.crossing import crossings
from truceline.patrol.planning.result import Plan, Shift, places_of
from truceline.patrol.signs import copies, gaps, made_up, signs_in
from truceline.patrol.simulate import Drive, copied, drawn, with_gap
from truceline.patrol.simulate_plan import Driven, shift_driven
from truceline.patrol.together import together
from truceline.patrol.verification import Task, verified
from truceline.store.workspace import Workspace

FIRST = date(2018, 10, 1)
RECEIVERS = {
    "each 10 s, errs by 2.6 m": Drive(),
    "each 2 s, errs by 2.6 m": Drive(step_s=2.0),
    "each 30 s, errs by 5.1 m": Drive(step_s=30.0, wander_m=5.0, white_m=1.0),
    "each 10 s, smooth (0.05 m from fix to fix)": Drive(white_m=0.05, wander_time_s=300.0),
}
ALTERED: dict[str, dict[str, Any]] = {
    "as it was": {},
    "6 decimals": {"digits": 6},
    "5 decimals": {"digits": 5},
    "4 decimals": {"digits": 4},
    "1 m of noise": {"jitter_m": 1.0},
    "3 m of noise": {"jitter_m": 3.0},
    "6 m of noise": {"jitter_m": 6.0},
}


@dataclass
class Tally:
    """What was found of what there was, and what was told besides."""

    found: int = 0
    there: int = 0
    false: int = 0
    asked: int = 0
    notes: Counter[str] = field(default_factory=Counter)

    def row(self, name: str) -> str:
        recall = f"{self.found}/{self.there}" if self.there else "-"
        alarms = f"{self.false}/{self.asked}" if self.asked else "-"
        more = ", ".join(f"{count} {note}" for note, count in sorted(self.notes.items()))
        return f"{name:52} {recall:>12} {alarms:>12}  {more}"


@dataclass(frozen=True)
class Done:
    """A shift, how it was driven, and what was done to it."""

    shift: Shift
    driven: Driven
    out: frozenset[int]
    short: frozenset[int]


def plans(weeks: int, folder: Path) -> list[Plan]:
    """One plan a week, each with a seed of its own."""
    example = example_folder("idlib-2018")
    workspace = Workspace.create(folder / "idlib", example / "accord.yaml")
    return [
        plan_patrols(
            workspace,
            teams=example / "patrols" / "teams.yaml",
            posts=example / "patrols" / "posts.geojson",
            roads=example / "roads" / "roads.geojson",
            first=FIRST + timedelta(days=7 * week),
            numbers={"seed": week, "iterations": 60, "opposite_m": 15_000.0, "unpredictable": 0.3},
        )
        for week in range(weeks)
    ]


def week_of(plan: Plan, drive: Drive, seed: int) -> list[Done]:
    """Every shift driven: a third late by up to an hour, some visits left out or cut short."""
    rng = np.random.default_rng(seed)
    made = []
    for number, shift in enumerate(plan.shifts):
        count = len(shift.visits)
        out = frozenset(n for n in range(count) if rng.random() < 0.08)
        # One that passes every post by has not left its base.
        out = out if len(out) < count else frozenset()
        short = frozenset(n for n in range(count) if n not in out and rng.random() < 0.08)
        late = float(rng.uniform(0, 3600)) if rng.random() < 0.33 else 0.0
        name = f"{shift.team} {shift.day}"
        done = shift_driven(
            shift, name, seed=1000 * seed + number, late_s=late, leaves_out=out, cut_short=short, drive=drive
        )
        made.append(Done(shift, done, out, short))
    return made


def planned_visits(plan: Plan, week: Sequence[Done], tallies: dict[str, Tally], named: bool) -> None:
    """What is told of every planned visit, beside what became of it."""
    expected = expected_of(_document(plan), "plan.json")
    rng = np.random.default_rng(5)
    tracks = [one.driven.track for one in week]
    truth = {track.name: one for track, one in zip(tracks, week, strict=True)}
    if not named:
        names = rng.permutation(len(tracks))
        tracks = [replace(track, name=f"unit {n}") for track, n in zip(tracks, names, strict=True)]
        truth = {track.name: one for track, one in zip(tracks, week, strict=True)}
    answer = driven(expected, verified(tracks, Task(posts=expected.posts)))
    key = "named" if named else "without names"
    tally = tallies[f"tracks given to their shifts, {key}"]
    for shift in answer.shifts:
        tally.there += 1
        own = truth.get(shift.track or "")
        same = own is not None and (own.shift.team, own.shift.day) == (shift.planned.team, shift.planned.day)
        tally.found += same
        tally.asked += 1
        tally.false += shift.track is not None and not same
        if not same or own is None or not named:
            continue
        for number, visit in enumerate(shift.visits):
            really = own.driven.visits[number]
            posts = {post.id: post for post in expected.posts}
            post = posts[visit.planned.post]
            stayed = _stayed(own.driven, post.lon, post.lat, post.radius_m)
            made = tallies["planned visits: made for long enough"]
            enough = stayed >= post.visit_s
            told = visit.state in ("on_time", "late", "early")
            made.there += enough
            made.found += enough and told
            made.asked += not enough
            made.false += told and not enough
            made.notes["unclear"] += visit.state == "unclear"
            missed = tallies["planned visits: not made"]
            missed.there += really is None and stayed == 0.0
            missed.found += really is None and stayed == 0.0 and visit.state == "not_made"
            missed.asked += really is not None
            missed.false += visit.state == "not_made" and really is not None
            if really is not None and enough and visit.late_s is not None:
                late = tallies["planned visits: late by more than 15 min"]
                by = max(really[0] - visit.planned.begin_s, 0.0)
                # Within a minute of the limit either answer is right.
                if abs(by - 900.0) > 60.0:
                    late.there += by > 900.0
                    late.found += by > 900.0 and visit.state == "late"
                    late.asked += by <= 900.0
                    late.false += by <= 900.0 and visit.state == "late"


def _document(plan: Plan) -> bytes:
    return json.dumps(plan.as_dict() | {"places": places_of(plan)}).encode()


def _stayed(done: Driven, lon: float, lat: float, radius_m: float) -> float:
    """The longest time that the team truly was within the radius, seconds."""
    truth = done.truth
    count = len(truth.time_s)
    apart = inverse(truth.lon, truth.lat, np.full(count, lon), np.full(count, lat))[2]
    inside = np.asarray(apart) <= radius_m
    edges = np.flatnonzero(np.diff(np.concatenate([[0], inside.astype(np.int8), [0]])))
    spans = [truth.time_s[b - 1] - truth.time_s[a] for a, b in zip(edges[::2], edges[1::2], strict=True)]
    return float(max(spans, default=0.0))


def copies_told(weeks: Sequence[Sequence[Done]], tallies: dict[str, Tally], name: str) -> None:
    """Copies of a former week's tracks, altered in several ways; and honest pairs of the same roads."""
    former = [one.driven.track for one in weeks[0]]
    later = [replace(one.driven.track, name=f"later {n}") for n, one in enumerate(weeks[1])]
    honest = tallies[f"copies: honest tracks, {name}"]
    pairs = len(later) * len(former) + len(later) * (len(later) - 1) // 2
    honest.asked += pairs
    honest.false += len(list(copies(later, former)))
    for how, options in ALTERED.items():
        tally = tallies[f"copies: {how}, {name}"]
        for number, model in enumerate(former):
            copy = copied(model, "copy", 7 * 86_400 + 431.0 + number, seed=number, **options)
            told = list(copies([cleaned(copy).track], former))
            tally.there += 1
            tally.found += len(told) == 1 and told[0].other == model.name


def other_signs(week: Sequence[Done], tallies: dict[str, Tally], seed: int) -> None:
    """Gaps, spikes, broken and drawn tracks."""
    rng = np.random.default_rng(seed)
    for one in week:
        track = one.driven.track
        whole = track.time_s[-1] - track.time_s[0]
        if whole < 7200:
            continue
        a = rng.uniform(0.1, 0.5)
        b = a + rng.uniform(600.0, 3600.0) / whole
        tally = tallies["gaps of 10 to 60 minutes"]
        tally.there += 1
        tally.found += len(list(gaps(with_gap(track, a, b)))) == 1
        tally.asked += 1
        tally.false += len(list(gaps(track))) > 0
        spiked = track.where(np.ones(len(track), dtype=bool))
        at = rng.choice(np.arange(5, len(track) - 5, 7), 10, replace=False)
        spiked.lat[at] += rng.choice([-1, 1], 10) * rng.uniform(0.05, 0.5, 10)
        clean = cleaned(spiked)
        tally = tallies["spikes of 5 to 50 km dropped"]
        tally.there += 10
        left = set(clean.track.time_s.tolist())
        tally.found += sum(float(t) not in left for t in spiked.time_s[at])
        tally.asked += len(track) - 10
        tally.false += clean.dropped - sum(float(t) not in left for t in spiked.time_s[at])
        broken = track.where(np.ones(len(track), dtype=bool))
        broken.lat[len(track) // 2 :] += 0.2
        tally = tallies["tracks cut together (a jump of 22 km)"]
        tally.there += 1
        tally.found += any(sign.kind == "impossible_speed" for sign in signs_in([cleaned(broken)]))
        tally.asked += 1
        tally.false += any(sign.kind == "impossible_speed" for sign in signs_in([cleaned(track)]))
        way = np.vstack([leg.shape for leg in one.shift.legs])
        keep = np.concatenate([[True], np.any(np.diff(way, axis=0) != 0.0, axis=1)])
        made = drawn("drawn", "x", [(float(x), float(y)) for x, y in way[keep]], float(track.time_s[0]))
        tally = tallies["tracks drawn along the way"]
        tally.there += 1
        tally.found += bool(list(made_up(made)))
        tally.asked += 1
        tally.false += bool(list(made_up(track)))


def sides_and_sight(week: Sequence[Done], line: LineIndex, tallies: dict[str, Tally]) -> None:
    """Crossings of a line as drawn, together, and the share of the line in sight, against brute force."""
    sides = {"turkey": "left", "russia": "right"}
    places = line_places(line)[::10]
    for one in week:
        track, truth = cleaned(one.driven.track).track, one.driven.truth
        tally = tallies["crossings of an exact line"]
        near = line.nearest(truth.lon, truth.lat)
        own = 1 if sides[one.shift.party] == "left" else -1
        tally.asked += 1
        tally.false += bool(crossings(track, line, sides[one.shift.party])) and bool((near.side == own).all())  # type: ignore[arg-type]
        other = "right" if own == 1 else "left"
        tally.there += 1
        tally.found += bool(crossings(track, line, other))  # type: ignore[arg-type]
        beside = replace(track, name="beside", party="other", lon=track.lon + 0.0015)
        far = replace(beside, lon=track.lon + 0.02)
        tally = tallies["together within 500 m the whole way"]
        tally.there += 1
        tally.found += together(track, beside).share > 0.99
        tally.asked += 1
        tally.false += together(track, far).share > 0.01
        share = share_of_line(line, [track], 15_000.0)
        real = np.zeros(len(places), dtype=bool)
        for x, y in zip(truth.lon[::20], truth.lat[::20], strict=True):
            count = len(places)
            real |= np.asarray(inverse(np.full(count, x), np.full(count, y), *places.T)[2]) <= 15_000.0
        tally = tallies["share of the line in sight, within 1.5 points"]
        tally.there += 1
        tally.found += abs(share.share - float(real.mean())) <= 0.015


def main() -> None:
    """Prints the table."""
    weeks = int(sys.argv[1]) if len(sys.argv) > 1 else 2
    start = time.process_time()
    tallies: dict[str, Tally] = defaultdict(Tally)
    with tempfile.TemporaryDirectory() as folder:
        made = plans(max(weeks, 2), Path(folder))
    line = made[0].task.line
    for name, drive in RECEIVERS.items():
        driven_weeks = [week_of(plan, drive, 10 + n) for n, plan in enumerate(made)]
        for plan, week in zip(made, driven_weeks, strict=True):
            planned_visits(plan, week, tallies, named=True)
            planned_visits(plan, week, tallies, named=False)
        copies_told(driven_weeks, tallies, name)
        other_signs(driven_weeks[0], tallies, 3)
        if line is not None:
            sides_and_sight(driven_weeks[0], line, tallies)
    shifts = sum(len(plan.shifts) for plan in made)
    print(f"{len(made)} weeks, {shifts} shifts, each with {len(RECEIVERS)} receivers")
    print(f"{'answer':52} {'recall':>12} {'false':>12}")
    for name in sorted(tallies):
        print(tallies[name].row(name))
    print(f"{time.process_time() - start:.0f} s of processor time")


if __name__ == "__main__":
    main()

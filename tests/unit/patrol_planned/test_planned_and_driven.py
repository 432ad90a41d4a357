"""What became of planned visits, on shifts driven with known truth."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from truceline.core.errors import InvalidInput
from truceline.patrol.against_plan.driven import Driven, driven
from truceline.patrol.against_plan.expected import ExpectedPlan, expected_of
from truceline.patrol.against_plan.tally import by_sector_and_day, counts_of
from truceline.patrol.planning.model import Mode, Options, Team
from truceline.patrol.planning.model import Task as PlanTask
from truceline.patrol.planning.plan import planned
from truceline.patrol.planning.result import Plan, Shift, places_of
from truceline.patrol.simulate import copied, with_gap
from truceline.patrol.simulate_plan import shift_driven
from truceline.patrol.track import Track
from truceline.patrol.verification import Task, verified
from truceline.patrol.visits import Post

ZONE = ZoneInfo("Asia/Damascus")
DAY_S = 86_400.0


def plan_of(mode: Mode = "separate", days: int = 2) -> Plan:
    teams = [
        Team("east-1", "east", 36.1, 35.0, 40 / 3.6, time(6), 8 * 3600),
        Team("west-1", "west", 35.9, 35.0, 40 / 3.6, time(6), 8 * 3600),
    ]
    posts = [
        Post(
            f"{party}-{n}",
            36.0 + side * (0.15 + 0.02 * n),
            34.95 + 0.06 * (n % 2) + 0.02 * n,
            200.0,
            900.0,
            DAY_S,
            party,
        )
        for party, side in (("east", 1), ("west", -1))
        for n in range(4)
    ]
    shared = [Post("both", 36.0, 35.02, 200.0, 900.0, DAY_S, None)] if mode == "joint" else []
    task = PlanTask(
        teams, posts + shared, date(2018, 10, 15), days, ZONE, options=Options(mode=mode, iterations=50)
    )
    return planned(task)


@pytest.fixture(scope="module")
def plan() -> Plan:
    return plan_of()


def expected(plan: Plan) -> ExpectedPlan:
    document = json.loads(json.dumps(plan.as_dict() | {"places": places_of(plan)}))
    return expected_of(json.dumps(document).encode(), "plan.json")


def compared(plan: Plan, tracks: Sequence[Track], earlier: Sequence[Track] = ()) -> Driven:
    said = expected(plan)
    answer = verified(tracks, Task(posts=said.posts, from_s=plan_start(plan), to_s=plan_end(plan)), earlier)
    return driven(said, answer)


def plan_start(plan: Plan) -> float:
    return min(shift.leave_s for shift in plan.shifts) - 6 * 3600.0


def plan_end(plan: Plan) -> float:
    return plan_start(plan) + plan.task.days * DAY_S


def honest(shift: Shift, seed: int, name: str | None = None, **how: Any) -> Track:
    return shift_driven(shift, name or f"{shift.team} {shift.day}", seed=seed, **how).track


def test_a_plan_that_was_kept_is_found_kept_visit_by_visit(plan: Plan) -> None:
    tracks = [honest(shift, seed) for seed, shift in enumerate(plan.shifts)]
    found = compared(plan, tracks)
    counts = counts_of(found)["all"]
    assert counts["shifts"] == {
        "planned": 4, "shown": 4, "shown_in_part": 0, "doubtful": 0, "no_track": 0,
    }  # fmt: skip
    assert counts["visits"]["made"] == counts["visits"]["planned"] == 16
    assert counts["visits"]["on_time"] >= 14
    assert counts["check_ins"]["not_kept"] <= 2
    assert found.unplanned == ()


@pytest.mark.parametrize("minutes", [0, 5, 25, 55])
def test_a_late_team_is_late_by_as_much_as_it_truly_was(plan: Plan, minutes: int) -> None:
    shift = plan.shifts[0]
    done = shift_driven(shift, "x", seed=minutes, late_s=60.0 * minutes)
    one = compared(plan, [done.track]).shifts[0]
    for visit, really in zip(one.visits, done.visits, strict=True):
        assert really is not None
        assert visit.late_s == pytest.approx(max(really[0] - visit.planned.begin_s, 0.0), abs=45.0)
        late = really[0] - visit.planned.begin_s
        if abs(late - 900.0) > 45.0:
            assert visit.state == ("late" if late > 900.0 else "on_time")
    if minutes == 55:
        assert {visit.state for visit in one.visits} == {"late"}


def test_what_was_left_out_or_cut_short_is_told_and_nothing_else(plan: Plan) -> None:
    for seed, shift in enumerate(plan.shifts):
        one = next(
            s
            for s in compared(plan, [honest(shift, seed, leaves_out={1}, cut_short={2})]).shifts
            if s.track is not None
        )
        assert [visit.state for visit in one.visits][1:3] == ["not_made", "short"]
        assert {visit.state for number, visit in enumerate(one.visits) if number not in (1, 2)} <= {
            "on_time", "early",
        }  # fmt: skip
        assert [kept for check, kept in one.check_ins if check.place == shift.visits[1].post] == ["not_kept"]


def test_a_gap_leaves_open_only_what_could_have_happened_in_it(plan: Plan) -> None:
    shift = plan.shifts[0]
    whole = honest(shift, 3)
    first = shift.visits[1]
    # The whole second visit, with some way on both sides: the team may have been there.
    hidden = whole.where((whole.time_s < first.begin_s - 400) | (whole.time_s > first.end_s + 400))
    states = [visit.state for visit in compared(plan, [hidden]).shifts[0].visits]
    assert states[1] == "unclear"
    assert states[0] == states[-1] == "on_time"
    # A team that passed by with its receiver off for six minutes did not stay a quarter of an hour.
    passed = honest(shift, 3, leaves_out={1})
    middle = (first.begin_s + first.end_s) / 2
    short = passed.where(np.abs(passed.time_s - middle) > 180.0)
    assert [visit.state for visit in compared(plan, [short]).shifts[0].visits][1] == "not_made"


def test_one_honest_one_with_gaps_one_copied_and_one_that_never_went(plan: Plan) -> None:
    former = replace(honest(plan.shifts[0], 50, "former"))
    former = replace(former, time_s=former.time_s - 7 * DAY_S)
    names = ["honest", "gaps", "copied", "never"]
    by_day = sorted(plan.shifts, key=lambda s: (s.day, s.team))
    made = {
        "honest": honest(by_day[0], 1, "honest"),
        "gaps": with_gap(honest(by_day[1], 2, "gaps"), 0.3, 0.75),
    }
    east = next(shift for shift in by_day[2:] if shift.team == "east-1")
    made["copied"] = copied(former, f"{east.team}-copied", 8 * DAY_S, digits=6)
    found = compared(plan, list(made.values()), [former])
    standing = {(s.planned.team, s.planned.day): s.standing for s in found.shifts}
    assert [standing[s.team, s.day] for s in (*by_day[:2], east)] == ["shown", "shown_in_part", "doubtful"]
    never = next(s for s in found.shifts if s.track is None)
    assert {visit.state for visit in never.visits} == {"no_track"}
    doubtful = next(s for s in found.shifts if s.standing == "doubtful")
    assert {visit.state for visit in doubtful.visits} == {"doubtful"}
    counts = counts_of(found)
    assert counts["all"]["shifts"]["planned"] == len(names) == 4
    assert counts["intervals_kept"]["driven"] < counts["intervals_kept"]["planned"]


def test_tracks_without_a_name_are_given_to_the_shifts_that_they_explain(plan: Plan) -> None:
    rng = np.random.default_rng(0)
    order = rng.permutation(len(plan.shifts))
    tracks = [honest(plan.shifts[n], int(n), f"unit {place}") for place, n in enumerate(order)]
    found = compared(plan, tracks)
    assert [shift.track for shift in found.shifts] == [
        f"unit {np.flatnonzero(order == n)[0]}" for n in range(len(plan.shifts))
    ]


def test_a_track_that_went_elsewhere_shows_no_shift(plan: Plan) -> None:
    track = honest(plan.shifts[0], 1, "stranger")
    away = replace(track, lat=track.lat + 0.5)
    found = compared(plan, [away])
    assert found.unplanned == ("stranger",)
    assert {shift.standing for shift in found.shifts} == {"no_track"}
    # Borne by the team's name it is the team's, and shows that the team was not there.
    named = compared(plan, [replace(away, name="east-1")])
    own = next(shift for shift in named.shifts if shift.track == "east-1")
    assert {visit.state for visit in own.visits} == {"not_made"}


def test_joint_visits_were_together_only_where_both_were_there() -> None:
    plan = plan_of("joint", days=3)
    tracks = [honest(shift, seed) for seed, shift in enumerate(plan.shifts)]
    kept = counts_of(compared(plan, tracks))["all"]["with_the_other"]
    assert kept["planned"] >= 4
    assert kept["kept"] == kept["planned"]
    late = [
        honest(shift, seed, late_s=5400.0 if shift.party == "east" else 0.0)
        for seed, shift in enumerate(plan.shifts)
    ]
    apart = counts_of(compared(plan, late))["all"]["with_the_other"]
    assert apart["not_kept"] == apart["planned"]


def test_what_all_may_read_holds_no_place_no_hour_and_no_name_of_a_post_or_team(plan: Plan) -> None:
    tracks = [honest(shift, seed) for seed, shift in enumerate(plan.shifts)]
    found = compared(plan, tracks)
    told = json.dumps(counts_of(found))
    coarse = json.dumps(by_sector_and_day(found))
    names = {post.id for post in plan.task.posts} | {team.id for team in plan.task.teams}
    for text in (told, coarse):
        assert not any(name in text for name in names)
        assert "lon" not in text.replace("long", "")
        assert "T" not in text
    assert sum(row["planned"] for row in by_sector_and_day(found)) == 16
    assert all(a["day"] <= b["day"] for a, b in pairwise(by_sector_and_day(found)))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (b"not json", "is no plan"),
        ({"days": 0}, "days"),
        ({"places": None}, "places"),
        ({"mode": "alone"}, "mode"),
    ],
)
def test_what_is_no_plan_is_refused_in_a_sentence(plan: Plan, change: Any, said: str) -> None:
    document = plan.as_dict() | {"places": places_of(plan)}
    content = change if isinstance(change, bytes) else json.dumps(document | change).encode()
    with pytest.raises(InvalidInput, match=said):
        expected_of(content, "plan.json")

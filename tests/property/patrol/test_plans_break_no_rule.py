"""No plan breaks a hard rule, whatever is asked, by a checker that knows nothing of the planner."""

from __future__ import annotations

from datetime import date, time
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.oracles.patrol_plan import faults, unpaired

from truceline.geo.nearest import LineIndex
from truceline.patrol.planning.model import Hazard, Options, Task, Team
from truceline.patrol.planning.plan import planned
from truceline.patrol.visits import Post

ZONE = ZoneInfo("Asia/Damascus")
LINE = [(36.0, 34.5), (36.06, 34.8), (35.95, 35.1), (36.05, 35.5)]
INDEX = LineIndex(shapely.LineString(LINE))
SIDES = {"east": "right", "west": "left"}


@st.composite
def asked(draw: st.DrawFn) -> tuple[Task, list[dict[str, Any]], dict[str, dict[str, Any]]]:
    rng = np.random.default_rng(draw(st.integers(0, 10_000)))
    sides = draw(st.booleans())
    teams, said = [], []
    for number in range(draw(st.integers(1, 4))):
        party = ["east", "west"][number % 2]
        away = 0.15 if party == "east" else -0.15
        lon, lat = 36.0 + away + float(rng.uniform(-0.05, 0.05)), float(rng.uniform(34.6, 35.4))
        start = draw(st.sampled_from([time(0), time(6), time(16, 30), time(21)]))
        hours = draw(st.sampled_from([3, 8, 14, 24]))
        curfew = draw(st.sampled_from([None, (time(20), time(5)), (time(9), time(10, 30))]))
        most = draw(st.sampled_from([None, 4]))
        speed = draw(st.sampled_from([20.0, 60.0]))
        teams.append(
            Team(
                f"t{number}", party, lon, lat, speed / 3.6, start, hours * 3600, curfew, None,
                most * 3600 if most else None,
            )
        )  # fmt: skip
        said.append(
            {
                "id": f"t{number}", "party": party, "lon": lon, "lat": lat, "speed_kmh": speed,
                "from": start.isoformat(), "hours": hours, "most_out_hours": most,
                "curfew": tuple(f"{c:%H:%M}" for c in curfew) if curfew else None,
            }
        )  # fmt: skip
    posts = [
        Post(
            f"p{number}",
            float(rng.uniform(35.75, 36.25)),
            float(rng.uniform(34.5, 35.5)),
            visit_s=float(draw(st.sampled_from([0, 600, 3600]))),
            revisit_s=draw(st.sampled_from([None, 4 * 3600.0, 86_400.0, 172_800.0])),
            party=draw(st.sampled_from([None, "east", "west"])),
        )
        for number in range(draw(st.integers(1, 9)))
    ]
    hazards = [
        Hazard(str(n), shapely.Point(rng.uniform(35.8, 36.2), rng.uniform(34.6, 35.4)).buffer(0.06), p)
        for n, p in enumerate(draw(st.lists(st.sampled_from([0.05, 0.3, 1.0]), max_size=2)))
    ]
    options = Options(
        mode=draw(st.sampled_from(["separate", "coordinated", "joint"])),
        unpredictable=draw(st.sampled_from([0.0, 0.7])),
        seed=draw(st.integers(0, 5)),
        iterations=20,
    )
    # A day on which the clocks are put back lies in these.
    task = Task(
        teams, posts, date(2018, 10, 25), 2, ZONE, INDEX if sides else None,
        SIDES if sides else {}, hazards, {}, options,  # type: ignore[arg-type]
    )  # fmt: skip
    where = {
        post.id: {"lon": post.lon, "lat": post.lat, "visit_s": post.visit_s, "party": post.party}
        for post in posts
    }
    return task, said, where


@given(asked())
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_plan_breaks_a_hard_rule(given: Any) -> None:
    task, teams, posts = given
    plan = planned(task).as_dict()
    assert not faults(
        plan,
        teams=teams,
        posts=posts,
        zone=ZONE,
        line=LINE if task.sides else None,
        sides=dict(task.sides),
        hazards=[(hazard.area, hazard.p) for hazard in task.hazards],
        max_hazard=task.options.max_hazard,
    )
    if task.options.mode == "joint":
        assert not unpaired(plan, task.options.within_s)


def test_the_checker_finds_what_is_broken() -> None:
    team = {
        "id": "t", "party": "east", "lon": 36.2, "lat": 35.0, "speed_kmh": 40.0,
        "from": "06:00", "hours": 2, "curfew": ("06:30", "07:00"),
    }  # fmt: skip
    shift = {
        "team": "t", "day": "2018-10-15", "party": "east",
        "leave": "2018-10-15T03:00:00Z", "back": "2018-10-15T06:00:00Z",
        "legs": [
            {"from": "base", "to": "p", "leave": "2018-10-15T03:00:00Z", "arrive": "2018-10-15T03:05:00Z"},
            {"from": "p", "to": "base", "leave": "2018-10-15T03:06:00Z", "arrive": "2018-10-15T06:00:00Z"},
        ],
        "visits": [{"post": "p", "begin": "2018-10-15T03:05:00Z", "end": "2018-10-15T03:06:00Z"}],
    }  # fmt: skip
    found = faults(
        {"shifts": [shift, shift]},
        teams=[team],
        posts={"p": {"lon": 35.8, "lat": 35.0, "visit_s": 600, "party": "west"}},
        zone=ZONE,
        line=LINE,
        sides={"east": "right"},
        hazards=[(shapely.Point(35.8, 35.0).buffer(0.01), 0.5)],
    )
    for said in (
        "out of its shift", "curfew", "faster than its vehicle", "crosses the line", "other side",
        "enters danger", "too short", "not its party's", "two shifts",
    ):  # fmt: skip
        assert any(said in one for one in found), said

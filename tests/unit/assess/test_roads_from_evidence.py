"""What the evidence closes on a map of roads, and the detour of a promised route around it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import shapely

from truceline.assess.case import Case
from truceline.assess.columns import Evidence
from truceline.assess.engine import Bench, matched
from truceline.assess.road_words import road_words
from truceline.assess.route_detours import with_detours
from truceline.assess.route_states import RouteState, route_states
from truceline.geo.roads.closures import Overlay
from truceline.geo.roads.road_map import RoadMap, Way, map_of
from truceline.geo.roads.vehicles import CAR

Make = Callable[..., Any]

# From west to east along the parallel of 35 degrees, 45.6 km; the way round leads 10 km south.
ROAD = shapely.LineString([(36.0, 35.0), (36.25, 35.0), (36.5, 35.0)])
ROUTE = {
    "id": "p",
    "kind": "routes",
    "from": "Westhaven",
    "to": "Eastmarch",
    "road": "M9",
    "due": "2018-10-31",
}
LINE = {
    "id": "contact", "kind": "line_of_contact", "left": "north", "right": "south",
    "geometry": {"type": "LineString", "coordinates": [[36.1, 34.95], [36.4, 34.95]]},
}  # fmt: skip


def roads(**tags: str) -> RoadMap:
    around = [(36.0, 35.0), (36.0, 34.9), (36.25, 34.9), (36.5, 34.9), (36.5, 35.0)]
    main = {"highway": "trunk", "oneway": "no"} | tags
    bridge = main | {"bridge": "yes"}
    return map_of(
        [
            Way(np.array([(36.0, 35.0), (36.25, 35.0)]), main),
            Way(np.array([(36.25, 35.0), (36.252, 35.0)]), bridge),
            Way(np.array([(36.252, 35.0), (36.5, 35.0)]), main),
            Way(np.array(around), {"highway": "tertiary"}),
        ],
        None,
        10_000,
    )


def judged(case: Any, day: str) -> Case:
    case.geometry = replace(case.geometry, routes={"p": ROAD}, route_error_m={"p": 0.0})
    as_of = (dt.datetime.fromisoformat(day) + dt.timedelta(days=1)).replace(tzinfo=dt.UTC)
    evidence = Evidence(case.table, as_of=as_of, known_at=dt.datetime(2030, 1, 1, tzinfo=dt.UTC))
    bench = Bench(
        case.accord, case.geometry, evidence, actors=matched(case.accord, evidence), as_of=as_of,
        known_at=dt.datetime(2030, 1, 1, tzinfo=dt.UTC), ruleset="v1",
    )  # fmt: skip
    found: Case = bench.case
    return found


def state(case: Case, found: RoadMap) -> RouteState:
    (one,) = with_detours(case, route_states(case), found, CAR)
    return one


def test_a_bridge_that_is_down_is_a_bridge_of_the_map_and_the_detour_is_timed(make_case: Make) -> None:
    case = make_case(ROUTE)
    for source in ("mission", "agency"):
        case.report(
            "bridge_destroyed", "2018-10-05", lon=36.2, lat=35.0, error_m=8000, source=source, credibility=1
        )
    standing = judged(case, "2018-10-31")
    found = roads()
    (word,) = road_words(standing)
    assert (word.says, word.bridges) == ("blocked", True)
    closed = Overlay(found, [word]).at(4e9)
    assert (closed.p() > 0.0).tolist() == found.bridges().tolist()
    told = state(standing, found)
    assert told.detour is not None
    free, now = told.detour.free, told.detour.now
    assert free is not None
    assert now is not None
    # 45.6 km at 75 km/h; and 45.7 km at 40 km/h with 11.1 km down and up again.
    assert free.seconds == pytest.approx(45_650 * 3.6 / 75.0, rel=0.01)
    assert now.seconds == pytest.approx((45_700 + 2 * 11_093) * 3.6 / 40.0, rel=0.01)
    assert free.p_open == pytest.approx(1.0 - word.p)
    assert now.p_open == 1.0
    assert told.detour.p_no_way == 0.0
    assert told.detour_beside is None
    assert told.because[-1].message == "route-detour"


def test_the_way_beside_the_line_of_contact_is_told_of_itself(make_case: Make) -> None:
    case = make_case(ROUTE, lines=[LINE])
    drawn = shapely.LineString(LINE["geometry"]["coordinates"])  # type: ignore[index]
    case.geometry = replace(case.geometry, lines={"contact": drawn})
    for source in ("mission", "agency"):
        case.report(
            "route_closed", "2018-10-05", place="M9", error_m=60_000, lon=36.25, lat=35.0, source=source,
            credibility=1,
        )  # fmt: skip
    told = state(judged(case, "2018-10-31"), roads(ref="M9"))
    assert told.detour is not None
    assert told.detour_beside is not None
    assert told.detour.now is not None
    # The way round runs south of the line and does not cross it: it is the same.
    assert told.detour_beside.now == told.detour.now
    case.geometry = replace(
        case.geometry, lines={"contact": shapely.LineString([(35.9, 34.95), (36.6, 34.95)])}
    )
    across = state(judged(case, "2018-10-31"), roads(ref="M9"))
    assert across.detour_beside is not None
    assert across.detour_beside.now is None
    assert across.because[-1].message == "route-detour-beside-none"


def test_a_closure_lasts_until_a_newer_word_that_the_place_is_open(make_case: Make) -> None:
    case = make_case(ROUTE)
    for source in ("mission", "agency"):
        case.report(
            "route_mined", "2018-10-05", lon=36.1, lat=35.0, error_m=500, source=source, credibility=1
        )
        case.report(
            "route_cleared", "2018-11-05", lon=36.1, lat=35.0, error_m=2000, source=source, credibility=1
        )
    found = roads()
    before, after = (
        Overlay(found, road_words(judged(case, day))).at(4e9).p() for day in ("2018-10-31", "2018-11-30")
    )
    assert before.sum() > 0.8
    (cleared,) = [word for word in road_words(judged(case, "2018-11-30")) if word.says == "open"]
    assert after.sum() == pytest.approx(before.sum() * (1.0 - cleared.p), rel=0.02)
    assert Overlay(found, road_words(judged(case, "2018-10-03"))).at(4e9).p().sum() == 0.0


def test_a_checkpoint_holds_up_and_mines_are_a_danger(make_case: Make) -> None:
    case = make_case(ROUTE)
    for source in ("mission", "agency"):
        case.report(
            "route_checkpoint", "2018-10-05", lon=36.1, lat=35.0, error_m=300, source=source, credibility=1
        )
        case.report(
            "route_mined", "2018-10-06", lon=36.4, lat=35.0, error_m=300, source=source, credibility=1
        )
    words = road_words(judged(case, "2018-10-31"))
    closed = Overlay(roads(), words).at(4e9)
    slow = next(word for word in words if word.says == "slow")
    assert closed.delay_s().sum() == pytest.approx(900.0 * slow.p)
    assert slow.p > 0.8
    assert closed.p_danger().sum() == pytest.approx(next(w.p for w in words if w.danger), rel=1e-6)


def test_a_line_that_a_report_draws_is_closed_all_along(make_case: Make) -> None:
    case = make_case(ROUTE)
    stretch = shapely.LineString([(36.05, 35.0), (36.15, 35.0)])
    case.report(
        "route_closed", "2018-10-05", lon=36.1, lat=35.0, error_m=5000, geometry=shapely.to_wkb(stretch),
        credibility=1,
    )  # fmt: skip
    found = roads()
    (word,) = road_words(judged(case, "2018-10-31"))
    assert word.says == "closed"
    p = Overlay(found, [word]).at(4e9).p()
    middle = found.places()[found.ends].mean(axis=1)
    on = (middle[:, 1] == 35.0) & (middle[:, 0] > 36.05) & (middle[:, 0] < 36.15)
    assert (p[on] == word.p).all()
    assert (p > 0.0).sum() <= on.sum() + 2


def test_ends_far_from_any_road_are_told_and_no_time_is_made_up(make_case: Make) -> None:
    far = map_of(
        [Way(np.array([(40.0, 35.0), (40.5, 35.0)]), {"highway": "trunk", "oneway": "no"})], None, 1000
    )
    told = state(judged(make_case(ROUTE), "2018-10-31"), far)
    assert told.detour is None
    assert told.because[-1].message == "route-detour-off"


def test_periods_tile_the_time_since_the_text_holds(make_case: Make) -> None:
    case = make_case(ROUTE)
    for day, kind in (
        ("2018-10-01", "route_closed"),
        ("2018-10-10", "route_open"),
        ("2018-11-05", "route_closed"),
    ):
        for source in ("mission", "agency"):
            case.report(kind, day, place="Westhaven-Eastmarch", source=source, credibility=1)
    standing = judged(case, "2018-12-31")
    (one,) = route_states(standing)
    assert [str(period.status) for period in one.periods] == ["unverified", "closed", "reopened", "closed"]
    start = standing.start(standing.accord.provisions[0])
    assert one.periods[0].start == start
    assert all(a.end == b.start for a, b in zip(one.periods, one.periods[1:], strict=False))
    assert one.periods[-1].end is None
    days = one.as_dict()["days_by_status"]
    assert sum(days.values()) == pytest.approx((standing.as_of - start).total_seconds() / 86_400, abs=0.2)
    assert days["reopened"] == pytest.approx(26.0)

"""The state of a promised route: stretches, blocks, history, who holds it, and the verdict that follows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import shapely

from truceline.assess.columns import Evidence
from truceline.assess.engine import Bench, matched
from truceline.assess.route_states import RouteState, route_states
from truceline.geo.line import as_line
from truceline.geo.nearest import LineIndex
from truceline.geo.uncertainty.line import UncertainLine
from truceline.geo.uncertainty.model import LineUncertainty

Make = Callable[..., Any]

# About 91 km from west to east along the parallel of 35 degrees.
ROAD = shapely.LineString([(35.5, 35.0), (36.0, 35.0), (36.5, 35.0)])
LENGTH = LineIndex(ROAD).total_m
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
    "geometry": {"type": "LineString", "coordinates": [[36.003, 34.0], [36.003, 36.0]]},
}  # fmt: skip


def drawn(case: Any) -> Any:
    case.geometry = replace(case.geometry, routes={"p": ROAD}, route_error_m={"p": 0.0})
    return case


def state(case: Any, day: str) -> RouteState:
    as_of = (dt.datetime.fromisoformat(day) + dt.timedelta(days=1)).replace(tzinfo=dt.UTC)
    known_at = dt.datetime(2030, 1, 1, tzinfo=dt.UTC)
    evidence = Evidence(case.table, as_of=as_of, known_at=known_at)
    bench = Bench(
        case.accord, case.geometry, evidence, actors=matched(case.accord, evidence), as_of=as_of,
        known_at=known_at, ruleset="v1",
    )  # fmt: skip
    (found,) = route_states(bench.case)
    return found


def test_with_no_report_it_is_unverified_and_says_that_nobody_spoke(make_case: Make) -> None:
    found = state(drawn(make_case(ROUTE)), "2018-10-31")
    assert found.status == "unverified"
    assert found.as_dict()["p_unknown"] == 1.0
    assert found.because[0].message == "route-no-word"


def test_a_block_at_one_place_closes_the_way_and_little_of_its_length(make_case: Make) -> None:
    case = drawn(make_case(ROUTE))
    for source in ("mission", "agency"):
        case.report("route_open", "2018-10-01", place="Westhaven to Eastmarch", source=source, credibility=1)
        case.report(
            "route_closed", "2018-10-05", lon=36.2, lat=35.0, error_m=1000, source=source, credibility=1
        )
    found = state(case, "2018-10-31")
    assert found.status == "partly_open"
    assert found.passage is not None
    assert found.passage.p_closed > 0.9
    assert found.passage.passable_share > 0.9
    block = found.as_dict()["blocks"][0]
    at = LineIndex(ROAD).nearest([36.2], [35.0]).position_m[0]
    assert block["from_m"] == pytest.approx(at - 1000, abs=1)
    assert block["to_m"] == pytest.approx(at + 1000, abs=1)
    assert not block["whole"]


def test_traffic_seen_at_one_place_does_not_open_the_way_from_end_to_end(make_case: Make) -> None:
    case = drawn(make_case(ROUTE))
    for source in ("mission", "agency"):
        case.report(
            "route_open", "2018-10-20", lon=36.0, lat=35.0, error_m=1000, source=source, credibility=1
        )
    assert state(case, "2018-11-30").status == "unverified"
    assert case.status("2018-11-30") == "unverified"
    for source in ("mission", "agency"):
        case.report("route_open", "2018-10-25", place="M9", error_m=60_000, source=source, credibility=1)
    assert state(case, "2018-11-30").status == "reopened"
    assert case.status("2018-11-30") == "met"


def test_the_history_tells_when_it_opened_and_closed(make_case: Make) -> None:
    case = drawn(make_case(ROUTE))
    for day, kind in (
        ("2018-10-01", "route_closed"),
        ("2018-10-10", "route_open"),
        ("2018-11-05", "route_closed"),
    ):
        for source in ("mission", "agency"):
            case.report(kind, day, place="Westhaven-Eastmarch", source=source, credibility=1)
    found = state(case, "2018-12-31")
    assert [str(turn.status) for turn in found.history] == ["closed", "reopened", "closed"]
    assert [turn.at.date().isoformat() for turn in found.history] == [
        "2018-10-01",
        "2018-10-10",
        "2018-11-05",
    ]
    assert found.since == found.history[-1].at
    assert [str(turn.status) for turn in state(case, "2018-10-20").history] == ["closed", "reopened"]


def test_a_report_of_another_road_says_nothing(make_case: Make) -> None:
    case = drawn(make_case(ROUTE))
    case.report("route_closed", "2018-10-05", place="M12 at the river", lon=36.2, lat=35.0)
    assert state(case, "2018-10-31").status == "unverified"


def test_who_holds_a_stretch_is_said_as_surely_as_the_line_is_known(make_case: Make) -> None:
    case = drawn(make_case(ROUTE, lines=[LINE]))
    shape = shapely.LineString(LINE["geometry"]["coordinates"])  # type: ignore[index]
    surely = replace(case.geometry, lines={"contact": shape}, in_force={"contact": "contact"})
    case.geometry = surely
    held = state(case, "2018-10-31").held
    assert [one.party for one in held] == ["north", "south"]
    assert held[0].to_m == pytest.approx(LENGTH * 0.503, abs=600)
    bounds = LineUncertainty.constant(10_000)
    case.geometry = replace(surely, uncertain_lines={"contact": UncertainLine.of(as_line(shape), bounds)})
    held = state(case, "2018-10-31").held
    assert [one.party for one in held] == ["north", None, "south"]
    # 0.2533 standard deviations to each side hold the places of which neither side reaches 0.6.
    assert held[1].to_m - held[1].from_m == pytest.approx(2 * 0.2533 * 10_000 / 1.96, abs=1100)


def test_days_without_incident_count_from_the_last_one_on_the_road(make_case: Make) -> None:
    case = drawn(make_case(ROUTE))
    case.report("shelling", "2018-10-20", lon=36.2, lat=35.0, error_m=500)
    last = case.report("shelling", "2018-10-21", lon=36.3, lat=35.001, error_m=500)
    case.report("shelling", "2018-10-28", lon=36.2, lat=35.5, error_m=500)
    found = state(case, "2018-10-31")
    assert (found.last_incident, found.days_without_incident) == (last, 10)


def test_a_route_that_nobody_drew_is_judged_by_what_names_it(make_case: Make) -> None:
    case = make_case(ROUTE)
    case.report("route_closed", "2018-10-05", place="M9", source="mission", credibility=1)
    found = state(case, "2018-10-31")
    assert found.status == "closed"
    assert found.length_m is None
    assert found.held == ()

"""Plans on ground small enough to know the best one, and what is told of those that cannot cover all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time
from itertools import pairwise, permutations
from zoneinfo import ZoneInfo

import numpy as np
import pytest
import shapely
from babel import Locale
from geographiclib.geodesic import Geodesic

from truceline.core.messages import LANGUAGES
from truceline.geo.nearest import LineIndex
from truceline.geo.uncertainty.model import LineUncertainty
from truceline.patrol.planning.ground import Ground
from truceline.patrol.planning.model import Hazard, Options, Task, Team
from truceline.patrol.planning.plan import planned
from truceline.patrol.planning.solve import Out, Wanted, solved
from truceline.patrol.planning.travel import Straight, Traveller, Ways
from truceline.patrol.visits import Post
from truceline.products.patrol_sheet.html import sheet, title_of

ZONE = ZoneInfo("Asia/Damascus")
DAY = date(2018, 10, 15)
LINE = LineIndex(shapely.LineString([(36.0, 34.0), (36.0, 36.0)]))


def team(id: str = "a", party: str = "east", lon: float = 36.1, hours: int = 8) -> Team:
    return Team(id, party, lon, 35.0, 40 / 3.6, time(6), hours * 3600)


def post(
    id: str, lon: float = 36.2, lat: float = 35.0, party: str | None = None, revisit_h: float = 24.0
) -> Post:
    return Post(id, lon, lat, visit_s=600.0, revisit_s=revisit_h * 3600.0, party=party)


def task(teams: Sequence[Team], posts: Sequence[Post], days: int = 2, **more: object) -> Task:
    return Task(teams, posts, DAY, days, ZONE, options=Options(iterations=50), **more)  # type: ignore[arg-type]


def best_by_brute_force(
    wanted: Sequence[Wanted], ways: Ways, base: int, window: tuple[int, int]
) -> tuple[int, int]:
    """The most visits that one team can make, and the fewest metres for so many, by trying every order."""
    best = (0, 0)
    for count in range(1, len(wanted) + 1):
        for order in permutations(wanted, count):
            now, here, metres, ok = window[0], base, 0, True
            for one in order:
                now += int(ways.seconds[here, one.place])
                metres += int(ways.metres[here, one.place])
                now = max(now, one.windows[0][0])
                ok = ok and now <= one.windows[0][1]
                now += one.visit_s
                here = one.place
            metres += int(ways.metres[here, base])
            if ok and now + int(ways.seconds[here, base]) <= window[1]:
                best = max(best, (count, -metres))
    return best[0], -best[1]


@pytest.mark.parametrize("seed", range(6))
def test_a_small_day_is_the_best_of_all_possible_ones(seed: int) -> None:
    rng = np.random.default_rng(seed)
    places = np.column_stack([rng.uniform(36.0, 36.3, 6), rng.uniform(35.0, 35.3, 6)])
    ways = Straight(Ground.of(None, places), 1.3).ways(places, Traveller(11.0), (), 0.1)
    window = (0, int(rng.integers(6_000, 14_000)))
    wanted = []
    for place in range(1, 6):
        opens = int(rng.integers(0, 6_000))
        wanted.append(Wanted(place, ((opens, opens + 4_000, 1.0),), 900, True, frozenset({0})))
    routes = solved([Out(0, 0, window, window[1], 0)], wanted, [ways], seed=1, iterations=300)
    count, metres = best_by_brute_force(wanted, ways, 0, window)
    visited = [wanted[number].place for route in routes for number, _ in route.visits]
    path = [0, *visited, 0]
    assert len(visited) == count
    assert sum(int(ways.metres[a, b]) for a, b in pairwise(path)) == metres


def test_the_same_seed_gives_the_same_plan_and_another_one_another() -> None:
    posts = [post(f"p{n}", 36.05 + 0.03 * n, 34.9 + 0.02 * (n % 5), revisit_h=48) for n in range(12)]
    asked = task([team("a"), team("b", lon=36.3)], posts)
    plans = [
        planned(replace(asked, options=replace(asked.options, unpredictable=0.8, seed=seed))).as_dict()
        for seed in (3, 3, 4)
    ]
    assert plans[0] == plans[1]
    assert plans[0]["shifts"] != plans[2]["shifts"]
    assert plans[0]["loss_by_chance"] == pytest.approx(
        plans[0]["coverage_without_chance"] - plans[0]["coverage"], abs=1e-6
    )


def test_a_plan_left_to_chance_is_harder_to_foretell_and_says_what_it_costs() -> None:
    posts = [post(f"p{n}", 36.05 + 0.03 * n, 34.9 + 0.02 * (n % 5)) for n in range(8)]
    asked = task([team("a"), team("b", lon=36.3)], posts, days=6)
    plain = planned(asked)
    assert plain.plain_coverage == plain.coverage
    by_chance = planned(replace(asked, options=replace(asked.options, unpredictable=0.8, seed=3)))
    assert by_chance.foretold_share < 0.6 * plain.foretold_share
    assert by_chance.plain_coverage == pytest.approx(plain.coverage, abs=0.02)
    assert 0.0 < by_chance.plain_coverage - by_chance.coverage < 0.1


def test_every_reason_is_told_for_what_it_is() -> None:
    danger = Hazard("mines", shapely.Point(36.3, 35.1).buffer(0.02), 0.4)
    wall = Hazard("wall", shapely.box(36.35, 30.0, 36.36, 40.0), 1.0)
    posts = [
        post("beyond", lon=35.9),
        post("mined", 36.3, 35.1),
        post("behind", 36.5, 35.0),
        post("nobody's", party="west"),
        post("far", 36.1, 38.0),
        post("often", revisit_h=6.0),
    ]
    found = planned(task([team()], posts, line=LINE, sides={"east": "right"}, hazards=[danger, wall]))
    assert {one.post: one.why for one in found.covered} == {
        "beyond": "other_side", "mined": "hazard", "behind": "cut_off", "nobody's": "no_team",
        "far": "too_far", "often": "interval_too_short",
    }  # fmt: skip
    far_too_many = [post(f"p{n}", 36.1 + 0.3 * (n % 2), 34.6 + 0.1 * n) for n in range(9)]
    short = planned(task([team(hours=3)], far_too_many, days=1))
    assert {one.why for one in short.covered} == {None}, "nothing is due on the first day"
    short = planned(task([team(hours=3)], far_too_many))
    assert "time" in {one.why for one in short.covered}


def test_joint_patrols_are_at_a_post_together_for_the_whole_visit() -> None:
    posts = [post(f"p{n}", 36.0 + 0.05 * n, 35.0 + 0.03 * n) for n in range(5)]
    asked = task([team("a"), team("b", "west", 36.15)], posts)
    options = Options(mode="joint", iterations=50, within_s=900)
    found = planned(replace(asked, options=options))
    visits = {(s.team, v.post, s.day): v for s in found.shifts for v in s.visits if v.with_team}
    assert len(visits) >= 10
    for (name, place, day), visit in visits.items():
        other = visits["b" if name == "a" else "a", place, day]
        assert min(visit.end_s, other.end_s) - max(visit.begin_s, other.begin_s) >= 600
    assert found.paired_share is not None
    assert found.paired_share > 0.7


def test_coordinated_patrols_are_opposite_one_another_in_time() -> None:
    sides = {"east": "right", "west": "left"}
    posts = [
        post(f"{party}{n}", 36.0 + (0.05 if party == "east" else -0.05), 34.9 + 0.05 * n, party)
        for party in sides
        for n in range(5)
    ]
    asked = task([team("a"), team("b", "west", 35.9)], posts, line=LINE, sides=sides)
    found = planned(replace(asked, options=Options(mode="coordinated", iterations=50)))
    assert found.paired_share == 1.0
    begun = {(v.post, s.day): v.begin_s for s in found.shifts for v in s.visits}
    for (name, day), at in begun.items():
        across = name.replace("east", "west") if "east" in name else name.replace("west", "east")
        assert abs(begun[across, day] - at) <= 900


def test_of_work_that_either_party_could_do_each_does_its_part() -> None:
    posts = [post(f"p{n}", 36.0 + 0.05 * (n % 6), 34.8 + 0.04 * n) for n in range(12)]
    found = planned(task([team("a", "east", 36.1), team("b", "west", 36.2)], posts, days=4)).parties()
    hours = [row["hours_per_team"] for row in found.values()]
    assert min(hours) > 0.5 * max(hours)


def test_a_way_through_small_danger_is_taken_only_where_there_is_no_other() -> None:
    spot = Hazard("doubtful", shapely.box(36.14, 34.99, 36.16, 35.01), 0.05)
    found = planned(
        task([team()], [post("p", 36.2), post("q", 36.15, 35.05), post("r", 36.15, 34.95)], hazards=[spot])
    )
    exposed = sum(leg.exposed_s for shift in found.shifts for leg in shift.legs)
    assert exposed == 0.0
    straight = planned(task([team()], [post("p", 36.2)], hazards=[spot]))
    assert sum(leg.exposed_s for shift in straight.shifts for leg in shift.legs) > 0.0


def test_a_sector_border_on_the_way_is_a_handover() -> None:
    sectors = {"s1": shapely.box(36.05, 34.9, 36.15, 35.1), "s2": shapely.box(36.15, 34.9, 36.3, 35.1)}
    found = planned(task([team()], [post("p", 36.2)], sectors=sectors))
    leg = found.shifts[0].legs[0]
    (handover,) = leg.handovers
    assert (handover.from_sector, handover.to_sector) == ("s1", "s2")
    middle = (leg.leave_s + leg.arrive_s) / 2
    assert abs(handover.at_s - middle) < 0.03 * (leg.arrive_s - leg.leave_s)


def test_no_team_is_nearer_to_the_line_than_the_line_may_err() -> None:
    # The bound grows from 2 to 6 km along the line from the south to the north.
    bounds = LineUncertainty(np.array([0.0, LINE.total_m]), np.array([2_000.0, 6_000.0]), 10_000.0)
    rng = np.random.default_rng(3)
    posts = [
        post(f"p{n}", lon, lat, "east")
        for n, (lon, lat) in enumerate(
            zip(36.0 + rng.uniform(0.005, 0.12, 30), rng.uniform(34.4, 35.6, 30), strict=True)
        )
    ]
    asked = task([team(lon=36.15), team("b", lon=36.12)], posts, line=LINE, sides={"east": "right"})
    found = planned(replace(asked, uncertainty=bounds))
    # By brute force: every place of the line at 100 m, on the ellipsoid by another library.
    geod = Geodesic.WGS84
    line_lat = np.linspace(34.0, 36.0, 2200)
    away = np.array([geod.Inverse(34.0, 36.0, lat, 36.0)["s12"] for lat in line_lat])
    radius = 2_000.0 + 4_000.0 * away / away[-1]

    def nearest_over_bound(lon: float, lat: float) -> float:
        close = np.flatnonzero(np.abs(line_lat - lat) < 0.08)
        metres = [geod.Inverse(lat, lon, line_lat[n], 36.0)["s12"] for n in close.tolist()]
        return float(np.min(np.array(metres) / radius[close]))

    legs = [leg for shift in found.shifts for leg in shift.legs]
    assert legs
    for leg in legs:
        (x, y), (u, v) = leg.shape[0], leg.shape[-1]
        for share in (0.0, 0.5, 1.0):
            assert nearest_over_bound(x + share * (u - x), y + share * (v - y)) >= 0.999
    told = {one.post: one.why for one in found.covered}
    for one in posts:
        over = nearest_over_bound(one.lon, one.lat)
        if not 0.98 < over < 1.02:
            assert (told[one.id] == "near_line") == (over < 1.0)
    assert {"near_line", None} <= set(told.values())
    assert found.margin() == {"share": 1.0, "least_m": 2000, "most_m": 6000}
    drawn = planned(replace(asked, uncertainty=bounds, options=replace(asked.options, line_margin=0.0)))
    assert "near_line" not in {one.why for one in drawn.covered}
    assert found.idle() == []
    near = planned(replace(asked, uncertainty=bounds, teams=[team(lon=36.01)]))
    assert near.idle() == [{"team": "a", "why": "near_line"}]
    assert not near.shifts


def test_a_post_that_asks_for_a_language_is_visited_by_a_team_that_speaks_it() -> None:
    speaks = [replace(team("a"), languages=("ru",)), replace(team("b", lon=36.3), languages=("ar", "ru"))]
    posts = [
        replace(post("arabic", 36.12), language="ar"),
        replace(post("russian", 36.25), language="ru"),
        replace(post("kurdish", 36.2), language="ku"),
        post("any", 36.15),
    ]
    found = planned(task(speaks, posts))
    who = {v.post: {s.team for s in found.shifts for w in s.visits if w.post == v.post}
           for s in found.shifts for v in s.visits}  # fmt: skip
    assert who["arabic"] == {"b"}, "though a's base is nearer"
    assert set(who) == {"arabic", "russian", "any"}
    assert {one.post: one.why for one in found.covered}["kurdish"] == "no_language"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sheet_is_in_the_language_of_those_who_patrol(language: str) -> None:
    posts = [post("near"), post("elsewhere", party="west")]
    plan = planned(task([team()], posts, days=2))
    html = sheet(plan, title_of(plan, language), language, {"east": "Doğu"})
    assert f'<html lang="{language}" dir="{Locale.parse(language).text_direction}">' in html
    plain = re.sub("[\u2066-\u2069]", "", html)
    words = {
        "en": ("Destroy after use", "Patrols from 15 October 2018 on, 2 days", "has no team", "Monday"),
        "ar": ("تُتلف بعد الاستعمال", "يومان", "ليس لطرفها فريق", "الاثنين"),
        "ru": ("уничтожить", "Патрули с 15 октября 2018 года, 2 дня", "нет группы", "понедельник"),
        "tr": ("imha ediniz", "15 Ekim 2018 tarihinden itibaren devriyeler, 2 gün", "ekibi", "Pazartesi"),
    }
    assert [word for word in (*words[language], "near", "Doğu") if word not in plain] == []
    if language != "en":
        body = plain.partition("<body>")[2]
        assert re.findall(r"\b(?:the|Leave|Arrive|Post|Visits|base|Check)\b", body) == []

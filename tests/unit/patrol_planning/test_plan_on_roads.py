"""Plans over the real roads of Helsinki, with a line that was never there drawn across the city."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest
import shapely

from truceline.geo.ellipsoid import Floats
from truceline.geo.nearest import LineIndex
from truceline.geo.roads.closures import Overlay, RoadWord
from truceline.geo.roads.graph import RoadGraph
from truceline.geo.roads.read import read_roads
from truceline.geo.roads.road_map import RoadMap, Way, map_of
from truceline.geo.roads.vehicles import CAR
from truceline.patrol.planning.ground import Ground
from truceline.patrol.planning.model import Hazard, Options, Task, Team
from truceline.patrol.planning.on_roads import OnRoads
from truceline.patrol.planning.plan import planned
from truceline.patrol.planning.travel import Traveller, Ways
from truceline.patrol.visits import Post

HELSINKI = Path(__file__).parents[2] / "data" / "roads" / "helsinki.osm.pbf"


@pytest.fixture(scope="module")
def helsinki() -> RoadMap:
    return read_roads(HELSINKI)


@pytest.fixture(scope="module")
def roads(helsinki: RoadMap) -> RoadGraph:
    return helsinki.graph(CAR)


def test_legs_follow_roads_keep_to_the_side_and_out_of_danger(helsinki: RoadMap, roads: RoadGraph) -> None:
    rng = np.random.default_rng(4)
    middle = float(np.median(roads.lon))
    line = shapely.LineString([(middle, roads.lat.min() - 0.1), (middle + 0.001, roads.lat.max() + 0.1)])
    index = LineIndex(line)
    east = np.flatnonzero(roads.lon > middle + 0.003)
    chosen = rng.choice(east, 9, replace=False)
    spot = shapely.Point(roads.lon[chosen[8]], roads.lat[chosen[8]]).buffer(0.0008)
    places = np.column_stack([roads.lon[chosen[:8]], roads.lat[chosen[:8]]])
    team = Team("a", "east", places[0, 0], places[0, 1], 40 / 3.6, time(6), 8 * 3600)
    posts = [Post(f"p{n}", x, y, visit_s=600.0, revisit_s=86_400.0) for n, (x, y) in enumerate(places[1:])]
    task = Task(
        [team], posts, date(2018, 10, 15), 2, ZoneInfo("Europe/Helsinki"), index, {"east": "right"},
        [Hazard("h", spot, 0.5)], {}, Options(iterations=50),
    )  # fmt: skip
    found = planned(task, OnRoads(Ground.of(index, places), helsinki))
    legs = [leg for shift in found.shifts for leg in shift.legs]
    assert len(legs) > 5
    nodes = np.column_stack([roads.lon, roads.lat])
    edges = np.hstack([nodes[roads.from_node], nodes[roads.to_node]])
    drawn = {tuple(edge) for edge in edges.tolist()}
    for leg in legs:
        way = shapely.LineString(leg.shape)
        assert not way.intersects(line)
        assert way.bounds[0] > middle
        assert not way.intersects(spot)
        inner = leg.shape[1:-1].tolist()
        assert all((*a, *b) in drawn for a, b in pairwise(inner[1:-1])), "along roads, one way"
        assert all(_on_one(edges, a, b) for a, b in (inner[:2], inner[-2:]))
        assert leg.metres >= 111_000 * 0.49 * abs(leg.shape[0][0] - leg.shape[-1][0])
        assert leg.arrive_s - leg.leave_s >= leg.metres / (40 / 3.6) - 1
    unreached = {one.post for one in found.covered if one.why in ("hazard", "cut_off")}
    assert {post.id for post in posts} - unreached == {v.post for shift in found.shifts for v in shift.visits}


def _on_one(edges: Floats, a: list[float], b: list[float]) -> bool:
    """Whether a way from a to b runs along a piece of road in its direction: places are joined to roads
    between nodes."""
    start, along = edges[:, :2], edges[:, 2:] - edges[:, :2]
    length = (along**2).sum(axis=1)
    share = [((np.array(p) - start) * along).sum(axis=1) / length for p in (a, b)]
    off = [np.abs(start + along * s[:, None] - p).max(axis=1) for p, s in zip((a, b), share, strict=True)]
    return bool(((off[0] < 1e-9) & (off[1] < 1e-9) & (share[0] <= share[1] + 1e-6)).any())


def test_plans_keep_clear_of_roads_that_are_closed_and_say_how_probably_theirs_are_open() -> None:
    direct = [(36.0, 35.0), (36.05, 35.0), (36.1, 35.0)]
    around = [(36.0, 35.0), (36.05, 35.04), (36.1, 35.0)]
    roads = map_of([Way(np.array(one), {"highway": "tertiary"}) for one in (direct, around)], None, 10_000)
    places = np.array([(36.0, 35.0), (36.1, 34.999)])
    word = RoadWord("w", "route_mined", 0.0, "blocked", 0.4, (36.05, 35.0), 400.0, danger=True)
    slow = replace(word, id="s", says="slow", p=1.0, delay_s=200.0, danger=False)
    who = Traveller(40 / 3.6, None, CAR)

    def ways(words: list[RoadWord], limit: float, max_closed: float) -> Ways:
        closed = Overlay(roads, words).at(1.0)
        return OnRoads(Ground.of(None, places), roads, closed, max_closed).ways(places, who, (), limit)

    free = ways([], 0.1, 0.5)
    assert free.off_m == pytest.approx([0.0, 110.9], abs=1.0)
    assert free.p_open(0, 1) == 1.0
    kept = ways([replace(word, danger=False)], 1.0, 0.5)
    assert kept.metres[0, 1] == free.metres[0, 1], "each piece is closed with less than a half"
    assert kept.p_open(0, 1) == pytest.approx(0.6)
    blocked = replace(word, danger=False)
    # Too dangerous, dangerous where there is another way, closed with too great a P.
    for clear in (ways([word], 0.1, 0.5), ways([word], 1.0, 0.5), ways([blocked], 1.0, 0.05)):
        assert clear.metres[0, 1] > free.metres[0, 1] + 2000
        assert clear.p_open(0, 1) == 1.0
    held_up = ways([slow], 1.0, 0.5)
    assert held_up.seconds[0, 1] == pytest.approx(free.seconds[0, 1] + 200.0, abs=2.0)

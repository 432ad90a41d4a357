"""What is closed, and the detour around it, against an oracle that goes through every world: which words are
true, and on which piece each block lies."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Literal

import networkx as nx
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.geo.roads.closures import Overlay, RoadWord
from truceline.geo.roads.road_map import RoadMap, Way, map_of
from truceline.geo.roads.vehicles import CAR
from truceline.route.detour import detour

DRAWS = 500
STEP = 0.008  # about 730 m and 890 m


def grid(size: int = 3) -> RoadMap:
    """A square of roads; the lowest row is faster."""
    ways = []
    for n in range(size):
        row = [(36.0 + STEP * k, 35.0 + STEP * n) for k in range(size)]
        column = [(36.0 + STEP * n, 35.0 + STEP * k) for k in range(size)]
        speed = {"highway": "primary" if n == 0 else "tertiary", "ref": f"M{n}"}
        ways += [Way(np.array(row), speed), Way(np.array(column), {"highway": "tertiary"})]
    return map_of(ways, None, 100)


ROADS = grid()
CORNERS = ((36.0, 35.0), (36.0 + 2 * STEP, 35.0))


@st.composite
def words(draw: st.DrawFn) -> list[RoadWord]:
    found = []
    for number in range(draw(st.integers(1, 3))):
        says: Literal["open", "closed", "blocked"] = draw(st.sampled_from(["open", "closed", "blocked"]))
        at = (36.0 + STEP * draw(st.floats(0.0, 2.0)), 35.0 + STEP * draw(st.floats(0.0, 2.0)))
        p = draw(st.sampled_from([0.2, 0.5, 0.9, 1.0]))
        found.append(RoadWord(f"w{number}", "route_closed", float(number), says, p, at, 450.0))
    return found


def worlds(overlay: Overlay) -> Iterator[tuple[float, set[int]]]:
    """Every world: its chance, and the pieces that are closed in it."""
    laid = overlay.laid
    for truth in product((True, False), repeat=len(laid)):
        places = [
            range(len(one.pieces)) if true and one.word.says == "blocked" else [None]
            for one, true in zip(laid, truth, strict=True)
        ]
        for chosen in product(*places):
            chance = 1.0
            closed: set[int] = set()
            for one, true, place in zip(laid, truth, chosen, strict=True):
                chance *= one.word.p if true else 1.0 - one.word.p
                if place is not None:
                    chance *= float(one.share[place])
                if true and one.word.says == "open":
                    closed -= set(one.pieces.tolist())
                elif true:
                    closed |= set(one.pieces.tolist()) if place is None else {int(one.pieces[place])}
            if chance > 0.0:
                yield chance, closed


def quickest(closed: set[int]) -> float:
    roads = nx.Graph()
    kmh = [CAR.speed_kmh(tags) or 0.0 for tags in ROADS.tags]
    for piece, (a, b) in enumerate(ROADS.ends.tolist()):
        if piece not in closed:
            roads.add_edge(a, b, s=ROADS.metres[piece] * 3.6 / kmh[int(ROADS.tag[piece])])
    ends = [int(np.argmin(np.hypot(ROADS.lon - x, ROADS.lat - y))) for x, y in CORNERS]
    try:
        return float(nx.dijkstra_path_length(roads, *ends, weight="s"))
    except (nx.NetworkXNoPath, nx.NodeNotFound):
        return np.inf


@settings(max_examples=60, deadline=None)
@given(words())
def test_probabilities_are_those_of_every_world(said: list[RoadWord]) -> None:
    overlay = Overlay(ROADS, said)
    closed = overlay.at(10.0)
    pieces = np.zeros(len(ROADS.ends))
    way = np.flatnonzero(ROADS.tag == 0)
    open_way = no_way = total = 0.0
    took: dict[float, float] = {}
    for chance, shut in worlds(overlay):
        total += chance
        pieces[list(shut)] += chance
        open_way += chance * (not shut & set(way.tolist()))
        seconds = quickest(shut)
        took[seconds] = took.get(seconds, 0.0) + chance
        no_way += chance * np.isinf(seconds)
    assert total == pytest.approx(1.0)
    no_way = min(no_way, 1.0)  # a sum of many chances can exceed it by its last bit
    assert closed.p() == pytest.approx(pieces, abs=1e-9)
    if sum(word.says != "open" for word in said) < 2 or all(word.says != "open" for word in said):
        assert closed.p_way(way) == pytest.approx(open_way, abs=1e-9)
    assert closed.p_way(way) <= open_way + 1e-9
    found = detour(ROADS, closed, CORNERS, CAR, wanted=0.6, draws=DRAWS, seed=1)
    assert found.free is not None
    assert found.free.seconds == pytest.approx(quickest(set()), rel=1e-6)
    assert abs(found.p_no_way - no_way) <= 5.0 * np.sqrt(no_way * (1.0 - no_way) / DRAWS) + 5.0 / DRAWS
    if found.now is not None:
        assert found.now.p_open >= 0.6
        assert found.now.seconds >= found.free.seconds - 1e-6
    for share, extra in found.extra_s:
        # The chance of taking no longer, among the worlds that have a way, lies around the quantile.
        there = sum(chance for seconds, chance in took.items() if np.isfinite(seconds))
        no_longer = sum(c for s, c in took.items() if s - found.free.seconds <= extra + 1.0) / there
        shorter = sum(c for s, c in took.items() if s - found.free.seconds < extra - 1.0) / there
        assert shorter - 0.1 <= share <= no_longer + 0.1


def test_two_closures_before_one_opening_are_opened_together() -> None:
    here = (36.0 + STEP / 2, 35.0)
    said = [
        RoadWord("a", "route_closed", 0.0, "closed", 0.2, here, 450.0),
        RoadWord("b", "route_closed", 1.0, "closed", 0.2, here, 450.0),
        RoadWord("c", "route_cleared", 2.0, "open", 0.2, here, 450.0),
    ]
    # Closed in 1 - 0.8 * 0.8 of the worlds, of which the opening ends a fifth.
    assert Overlay(ROADS, said).at(10.0).p().max() == pytest.approx(0.36 * 0.8)


@settings(max_examples=40, deadline=None)
@given(words(), st.floats(0.0, 4.0))
def test_a_word_counts_from_its_own_time_on(said: list[RoadWord], at: float) -> None:
    overlay = Overlay(ROADS, said)
    then = Overlay(ROADS, [word for word in said if word.at_s <= at])
    assert np.array_equal(overlay.at(at).p(), then.at(99.0).p())


def test_a_block_lies_more_probably_near_the_place_and_on_the_road_that_is_named() -> None:
    place = (36.0 + STEP, 35.0 + 1.1 * STEP)
    near = Overlay(ROADS, [RoadWord("a", "route_closed", 0.0, "blocked", 1.0, place, 1200.0)])
    p = near.at(1.0).p()
    assert p.sum() == pytest.approx(1.0)
    middle = [shapely.LineString(ROADS.places()[ends]).centroid for ends in ROADS.ends]
    apart = np.array([one.distance(shapely.Point(place)) for one in middle])
    assert p[np.argmin(apart)] == p.max()
    named = Overlay(
        ROADS, [RoadWord("a", "route_closed", 0.0, "blocked", 1.0, place, 1200.0, refs=frozenset({"m0"}))]
    )
    on = np.flatnonzero(named.at(1.0).p() > 0.0)
    assert {ROADS.tags[tag].get("ref") for tag in ROADS.tag[on].tolist()} == {"M0"}
    # A road of that name is not on the map in reach: then any road may be meant.
    other = Overlay(
        ROADS, [RoadWord("a", "route_closed", 0.0, "blocked", 1.0, place, 1200.0, refs=frozenset({"a9"}))]
    )
    assert np.array_equal(other.at(1.0).p(), p)


def test_a_word_of_a_corridor_is_of_its_main_road_and_far_words_are_of_none() -> None:
    corridor = shapely.box(35.99, 34.99, 36.02, 35.02)
    overlay = Overlay(
        ROADS,
        [
            RoadWord("a", "route_closed", 0.0, "closed", 0.7, area=corridor, main=True),
            RoadWord("b", "route_closed", 0.0, "blocked", 0.7, (40.0, 35.0), 1000.0),
        ],
    )
    closed = overlay.at(1.0)
    main = [ROADS.tags[tag]["highway"] == "primary" for tag in ROADS.tag.tolist()]
    assert (closed.p() > 0.0).tolist() == main
    assert overlay.unplaced == ("b",)
    # All of it is closed at once: two pieces are not more closed than one.
    assert closed.p_way(np.flatnonzero(main)) == pytest.approx(0.3)


def test_a_checkpoint_slows_and_danger_is_told_apart() -> None:
    place = (36.0 + STEP, 35.0)
    overlay = Overlay(
        ROADS,
        [
            RoadWord("a", "route_checkpoint", 0.0, "slow", 0.5, place, 300.0, delay_s=600.0),
            RoadWord("b", "route_mined", 0.0, "blocked", 0.8, place, 300.0, danger=True),
            RoadWord("c", "route_closed", 0.0, "blocked", 0.4, place, 300.0),
        ],
    )
    closed = overlay.at(1.0)
    assert closed.delay_s().sum() == pytest.approx(300.0)
    assert closed.p_danger().sum() == pytest.approx(0.8)
    assert (closed.p() >= closed.p_danger()).all()
    assert closed.p().max() > closed.p_danger().max()

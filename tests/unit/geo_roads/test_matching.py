"""Tracks matched to roads: simulated ones with known truth over Helsinki, and a small map on which every
sequence of candidates is tried."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise, product
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pytest
import shapely

from truceline.geo.ellipsoid import Floats, inverse
from truceline.geo.roads import matching
from truceline.geo.roads.graph import RoadGraph
from truceline.geo.roads.matching import Matched, matched
from truceline.geo.roads.read import read_roads
from truceline.geo.roads.road_map import Way, map_of
from truceline.geo.roads.vehicles import CAR

HELSINKI = Path(__file__).parents[2] / "data" / "roads" / "helsinki.osm.pbf"
PER_DEGREE = np.array([111_320.0 * np.cos(np.radians(60.17)), 111_420.0])


@pytest.fixture(scope="module")
def roads() -> RoadGraph:
    return read_roads(HELSINKI).graph(CAR)


def driven(graph: RoadGraph, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """The way of a vehicle between two places of the map, and its metres up to each node of it."""
    good = np.flatnonzero(graph.connected())
    search = graph.search(graph.seconds(50.0))
    while True:
        start, stop = rng.choice(good, 2, replace=False)
        edges = search.way(int(start), int(stop))
        if edges is not None and graph.metres[edges].sum() > 1500.0:
            nodes = [int(graph.from_node[edges[0]]), *graph.to_node[edges].tolist()]
            return graph.places()[nodes], np.concatenate([[0.0], np.cumsum(graph.metres[edges])])


def seen(
    way: Floats, metres: Floats, step_s: float, sigma_m: float, rng: np.random.Generator
) -> list[Floats]:
    """Fixes of it at 9 m/s: lon, lat, time, and the way up to the last of them."""
    time_s = np.arange(0.0, metres[-1] / 9.0, step_s)
    at = np.column_stack([np.interp(time_s * 9.0, metres, way[:, k]) for k in range(2)])
    fixes = at + rng.normal(0.0, sigma_m, at.shape) / PER_DEGREE
    return [fixes[:, 0], fixes[:, 1], time_s, np.vstack([way[metres < time_s[-1] * 9.0], at[-1:]])]


def shares(found: Matched, way: Floats) -> tuple[float, float]:
    """The share of the way that was found, and the share of what was found that is on it."""
    true = shapely.LineString(way * PER_DEGREE)
    made = shapely.union_all([shapely.LineString(run.way * PER_DEGREE) for run in found.runs])
    return (
        true.intersection(made.buffer(1.0)).length / true.length,
        made.intersection(true.buffer(1.0)).length / made.length,
    )


@pytest.mark.parametrize(
    ("step_s", "sigma_m", "least"), [(5.0, 4.0, 0.97), (20.0, 4.0, 0.95), (5.0, 10.0, 0.93)]
)
def test_simulated_tracks_are_matched_to_the_roads_that_were_driven(
    roads: RoadGraph, step_s: float, sigma_m: float, least: float
) -> None:
    rng = np.random.default_rng(3)
    right, metres, expected = [], 0.0, 0.0
    for _ in range(8):
        way, along = driven(roads, rng)
        lon, lat, time_s, true = seen(way, along, step_s, sigma_m, rng)
        found = matched(roads, lon, lat, time_s, np.full(len(lon), sigma_m))
        right.append(shares(found, true))
        metres += found.metres
        expected += found.expected_right_m
        assert found.off_road == 0
    recall, precision = np.mean(right, axis=0)
    assert recall > least
    assert precision > least
    # What it says of its own sureness is what came out.
    assert expected / metres == pytest.approx(precision, abs=0.07)


def at(east: float, north: float) -> tuple[float, float]:
    """A place so many metres from a corner in Helsinki."""
    return float(25.0 + east / PER_DEGREE[0]), float(60.17 + north / PER_DEGREE[1])


def small() -> RoadGraph:
    """Two parallel streets 30 m apart, joined at their ends and in the middle."""
    east = (0.0, 100.0, 200.0)
    streets = [[at(e, n) for e in east] for n in (0.0, 30.0)] + [[at(e, 0.0), at(e, 30.0)] for e in east]
    return map_of([Way(np.array(one), {"highway": "residential"}) for one in streets], None, 100).graph(CAR)


Step = Any


class EverySequence:
    """The chance of every sequence of candidates, and of each piece to be driven between two fixes."""

    def __init__(self, graph: RoadGraph, near: Any, steps: list[Step]) -> None:
        self.graph, self.near = graph, near
        self.network = nx.DiGraph()
        ends = zip(graph.from_node.tolist(), graph.to_node.tolist(), graph.metres.tolist(), strict=True)
        self.network.add_weighted_edges_from(ends, weight="m")
        self.total = self.likeliest = 0.0
        self.way: list[set[int]] = []
        self.driven: Counter[tuple[int, int]] = Counter()
        links: dict[tuple[int, int, int], tuple[float, set[int]]] = {}
        for number, (a, b) in enumerate(pairwise(steps)):
            for i, j in product(range(len(a.edge)), range(len(b.edge))):
                links[number, i, j] = self._link(a, b, i, j)
        for chosen in product(*(range(len(step.edge)) for step in steps)):
            chance = float(np.exp(sum(step.log_p[one] for step, one in zip(steps, chosen, strict=True))))
            used = [links[number, i, j] for number, (i, j) in enumerate(pairwise(chosen))]
            for share, _ in used:
                chance *= share
            self.total += chance
            for number, (_, pieces) in enumerate(used):
                for piece in pieces:
                    self.driven[number, piece] += chance  # type: ignore[assignment]
            if chance > self.likeliest:
                self.likeliest, self.way = chance, [pieces for _, pieces in used]

    def _link(self, a: Step, b: Step, i: int, j: int) -> tuple[float, set[int]]:
        graph = self.graph
        e, f = int(a.edge[i]), int(b.edge[j])
        pieces = {int(graph.segment[e]), int(graph.segment[f])}
        along = float((b.share[j] - a.share[i]) * graph.metres[f])
        if e == f and along >= -2.0 * (a.sigma_m + b.sigma_m):
            metres = max(along, 0.0)
        else:
            path = nx.dijkstra_path(self.network, int(graph.to_node[e]), int(graph.from_node[f]), weight="m")
            pieces |= {int(graph.segment[self.near.edges[pair]]) for pair in pairwise(path)}
            metres = float(graph.metres[e] * (1 - a.share[i]) + graph.metres[f] * b.share[j])
            metres += sum(self.network.edges[pair]["m"] for pair in pairwise(path))
        straight = float(inverse(a.lon, a.lat, b.lon, b.lat)[2])
        beta = matching.BETA_M + matching.BETA_SHARE * straight
        turned = e != f and graph.segment[e] == graph.segment[f]
        return float(np.exp(-abs(metres - straight) / beta - matching.TURN_BACK * turned) / beta), pieces


def test_way_and_probabilities_are_those_of_every_sequence_of_candidates() -> None:
    graph = small()
    rng = np.random.default_rng(5)
    near = matching._Near(graph)
    for _ in range(3):
        places = [at(e, 15.0 + n) for e, n in zip((10.0, 70.0, 190.0), rng.normal(0.0, 10.0, 3), strict=True)]
        lon, lat = np.array(places).T
        time_s = np.arange(3, dtype=np.float64) * 8.0
        (run,) = matched(graph, lon, lat, time_s, np.full(3, 12.0)).runs
        steps = [near.step(*place, time, 12.0) for place, time in zip(places, time_s.tolist(), strict=True)]
        oracle = EverySequence(graph, near, steps)
        for number, stretch in enumerate(run.stretches):
            pieces = graph.segment[stretch.edges].tolist()
            assert set(pieces) == oracle.way[number]
            expected = [oracle.driven[number, piece] / oracle.total for piece in pieces]
            # Where two ways are equally long either may be taken for a pair of candidates.
            assert stretch.p == pytest.approx(expected, abs=0.03)


def test_a_gap_is_not_bridged_and_what_lies_off_the_roads_is_counted(roads: RoadGraph) -> None:
    rng = np.random.default_rng(9)
    way, along = driven(roads, rng)
    lon, lat, time_s, _ = seen(way, along, 2.0, 3.0, rng)
    half = len(lon) // 2
    late = np.concatenate([time_s[:half], time_s[half:] + 1000.0])
    found = matched(roads, lon, lat, late, np.full(len(lon), 3.0))
    assert len(found.runs) == 2
    away = lat.copy()
    away[half:] += 0.5
    found = matched(roads, lon, away, time_s, np.full(len(lon), 3.0))
    assert len(found.runs) == 1
    assert found.off_road_share == pytest.approx(0.5, abs=0.1)
    assert matched(roads, lon[:1], lat[:1], time_s[:1], np.full(1, 3.0)).runs == ()


def test_what_is_matched_is_a_way_on_the_roads(roads: RoadGraph) -> None:
    rng = np.random.default_rng(10)
    way, along = driven(roads, rng)
    lon, lat, time_s, _ = seen(way, along, 4.0, 8.0, rng)
    for run in matched(roads, lon, lat, time_s, np.full(len(lon), 8.0)).runs:
        for stretch in run.stretches:
            assert (stretch.metres >= 0.0).all()
            assert (stretch.metres <= roads.metres[stretch.edges] + 1e-6).all()
            for a, b in pairwise(stretch.edges.tolist()):
                assert roads.to_node[a] == roads.from_node[b]
        for a, b in pairwise(run.stretches):
            assert a.edges[-1] == b.edges[0] or roads.to_node[a.edges[-1]] == roads.from_node[b.edges[0]]
            assert a.to_s == b.from_s

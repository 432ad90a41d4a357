"""Ways over a graph of roads: the quickest that keep to the side of the line and out of danger.

A place is joined to the nearest usable road by a straight way at walking pace (`OFF_ROAD_KMH`), no longer
than `MOST_OFF_ROAD_M`; that way too keeps to the side and out of danger.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from truceline.geo.ellipsoid import Bools, Floats, Ints
from truceline.geo.roads.closures import Closed
from truceline.geo.roads.graph import RoadGraph, path_to
from truceline.geo.roads.road_map import RoadMap
from truceline.geo.roads.snap import Joined, joined
from truceline.patrol.crossing import OwnSide
from truceline.patrol.planning.ground import Ground
from truceline.patrol.planning.model import Hazard
from truceline.patrol.planning.solve import EXPOSED_S_IN_M
from truceline.patrol.planning.travel import Traveller, Ways

OFF_ROAD_KMH = 5.0
MOST_OFF_ROAD_M = 1_000.0


@dataclass(frozen=True, eq=False)
class OnRoads:
    """Travel on roads; see `truceline.patrol.planning.travel.Travel`.

    Of roads that are `closed` with a P of `max_closed` or more none is used, nor any that is dangerous with
    the P of a hazard's limit; where passing is slow, the expected delay counts."""

    ground: Ground
    roads: RoadMap
    closed: Closed | None = None
    max_closed: float = 1.0

    def ways(self, places: Floats, who: Traveller, hazards: Sequence[Hazard], limit: float) -> Ways:
        """See `Travel.ways`."""
        whole = self.roads.graph(who.vehicle)
        kept, share = self._edges(whole, who.own, hazards, limit)
        met = joined(whole.with_edges(kept), places, self.ground.on_side(whole.places(), who.own))
        seconds = met.graph.seconds(who.speed_mps * 3.6) + self._delay_s(met)
        exposed = share[kept][met.parent] * seconds
        reached = self._reached(places, met, who.own, hazards, limit)
        cost = seconds + exposed * EXPOSED_S_IN_M
        return _matrices(places, met, (cost, seconds, exposed), np.flatnonzero(reached), self.closed)

    def _delay_s(self, met: Joined) -> Floats:
        """The expected delay on each edge: a piece that is cut has its delay by length."""
        if self.closed is None:
            return np.zeros(len(met.graph.metres))
        pieces = met.graph.segment
        part = met.graph.metres / np.maximum(self.roads.metres[pieces], 1e-9)
        return np.asarray(self.closed.delay_s()[pieces] * np.minimum(part, 1.0))

    def _edges(
        self, roads: RoadGraph, own: OwnSide | None, hazards: Sequence[Hazard], limit: float
    ) -> tuple[Bools, Floats]:
        nodes = roads.places()
        lines = self.ground.straight(nodes[roads.from_node], nodes[roads.to_node])
        worst, share = self.ground.risk(lines, hazards)
        kept = worst < limit
        if own is not None:
            side = self.ground.on_side(nodes, own)
            kept &= side[roads.from_node] & side[roads.to_node] & ~self.ground.crossing(lines)
        if self.closed is not None:
            danger = self.closed.p_danger()[roads.segment]
            kept &= (danger < limit) & (self.closed.p()[roads.segment] < self.max_closed)
            share += danger
        return kept, share

    def _reached(
        self, places: Floats, met: Joined, own: OwnSide | None, hazards: Sequence[Hazard], limit: float
    ) -> Bools:
        lines = self.ground.straight(places, met.graph.places()[met.node])
        reached = (met.node >= 0) & (met.off_m <= MOST_OFF_ROAD_M)
        reached &= self.ground.risk(lines, hazards)[0] < limit
        if own is not None:
            reached &= self.ground.on_side(places, own) & ~self.ground.crossing(lines)
        return np.asarray(reached)


def _matrices(
    places: Floats,
    met: Joined,
    costs: tuple[Floats, Floats, Floats],
    reached: Ints,
    closed: Closed | None,
) -> Ways:
    cost, seconds, exposed = costs
    roads, at, off = met.graph, met.node, met.off_m
    nodes, n = roads.places(), len(places)
    took, metres, danger = np.zeros((n, n)), np.zeros((n, n)), np.zeros((n, n))
    allowed = np.eye(n, dtype=bool)
    paths: dict[tuple[int, int], tuple[int, ...]] = {}
    search = roads.search(cost)
    edge = search.edges
    for i in reached.tolist():
        least, before = search.least(np.array([at[i]]))
        for j in reached.tolist():
            if i == j or not np.isfinite(least[0, at[j]]):
                continue
            path = path_to(before[0], int(at[i]), int(at[j]))
            steps = [edge[pair] for pair in pairwise(path)]
            walk = (off[i] + off[j]) * 3.6 / OFF_ROAD_KMH
            took[i, j] = seconds[steps].sum() + walk
            metres[i, j] = roads.metres[steps].sum() + off[i] + off[j]
            danger[i, j] = exposed[steps].sum()
            allowed[i, j] = True
            paths[i, j] = tuple(path)

    def shape(i: int, j: int) -> Floats:
        return np.vstack([places[[i]], nodes[list(paths[i, j])], places[[j]]])

    def p_open(i: int, j: int) -> float:
        if closed is None or i == j:
            return 1.0
        steps = [edge[pair] for pair in pairwise(paths[i, j])]
        return closed.p_way(np.unique(roads.segment[steps]))

    whole = (np.ceil(took).astype(np.int64), np.ceil(metres).astype(np.int64))
    return Ways(*whole, danger, allowed, shape, off, p_open)

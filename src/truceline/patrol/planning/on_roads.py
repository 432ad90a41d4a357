"""Ways over a graph of roads: the quickest that keep to the side of the line and out of danger.

A place is joined to its nearest usable node by a straight way at walking pace (`OFF_ROAD_KMH`), no longer
than `MOST_OFF_ROAD_M`; that way too keeps to the side and out of danger.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely

from truceline.geo.ellipsoid import Bools, Floats, Ints
from truceline.geo.roads.graph import RoadGraph
from truceline.patrol.crossing import OwnSide
from truceline.patrol.planning.ground import Ground
from truceline.patrol.planning.model import Hazard
from truceline.patrol.planning.solve import EXPOSED_S_IN_M
from truceline.patrol.planning.travel import Ways

OFF_ROAD_KMH = 5.0
MOST_OFF_ROAD_M = 1_000.0


@dataclass(frozen=True, eq=False)
class OnRoads:
    """Travel on roads; see `truceline.patrol.planning.travel.Travel`."""

    ground: Ground
    roads: RoadGraph

    def ways(
        self, places: Floats, speed_mps: float, own: OwnSide | None, hazards: Sequence[Hazard], limit: float
    ) -> Ways:
        """See `Travel.ways`."""
        nodes = np.column_stack([self.roads.lon, self.roads.lat])
        kept, share = self._edges(nodes, own, hazards, limit)
        roads = self.roads.with_edges(kept)
        seconds = roads.seconds(speed_mps * 3.6)
        exposed = share[kept] * seconds
        cost = seconds + exposed * EXPOSED_S_IN_M
        at, off = roads.nearest(places[:, 0], places[:, 1], self.ground.on_side(nodes, own))
        joined = self._joined(places, nodes, at, off, own, hazards, limit)
        return self._matrices(places, nodes, roads, (cost, seconds, exposed), (at, off, joined))

    def _edges(
        self, nodes: Floats, own: OwnSide | None, hazards: Sequence[Hazard], limit: float
    ) -> tuple[Bools, Floats]:
        lines = self.ground.straight(nodes[self.roads.from_node], nodes[self.roads.to_node])
        worst, share = self.ground.risk(lines, hazards)
        kept = worst < limit
        if own is not None:
            side = self.ground.on_side(nodes, own)
            kept &= side[self.roads.from_node] & side[self.roads.to_node] & ~self.ground.crossing(lines)
        return kept, share

    def _joined(
        self,
        places: Floats,
        nodes: Floats,
        at: Ints,
        off: Floats,
        own: OwnSide | None,
        hazards: Sequence[Hazard],
        limit: float,
    ) -> Bools:
        lines = self.ground.straight(places, nodes[at])
        joined = (at >= 0) & (off <= MOST_OFF_ROAD_M) & (self.ground.risk(lines, hazards)[0] < limit)
        if own is not None:
            joined &= self.ground.on_side(places, own) & ~self.ground.crossing(lines)
        return np.asarray(joined)

    def _matrices(
        self,
        places: Floats,
        nodes: Floats,
        roads: RoadGraph,
        edges: tuple[Floats, Floats, Floats],
        ends: tuple[Ints, Floats, Bools],
    ) -> Ways:
        cost, seconds, exposed = edges
        at, off, joined = ends
        n = len(places)
        took, metres, danger = np.zeros((n, n)), np.zeros((n, n)), np.zeros((n, n))
        allowed = np.eye(n, dtype=bool)
        paths: dict[tuple[int, int], tuple[int, ...]] = {}
        edge = roads.cheapest_edges(cost)
        for i in np.flatnonzero(joined).tolist():
            least, before = roads.quickest(cost, np.array([at[i]]))
            for j in np.flatnonzero(joined).tolist():
                if i == j or not np.isfinite(least[0, at[j]]):
                    continue
                path = [int(at[j])]
                while path[-1] != at[i]:
                    path.append(int(before[0, path[-1]]))
                path.reverse()
                steps = [edge[pair] for pair in pairwise(path)]
                walk = (off[i] + off[j]) * 3.6 / OFF_ROAD_KMH
                took[i, j] = seconds[steps].sum() + walk
                metres[i, j] = roads.metres[steps].sum() + off[i] + off[j]
                danger[i, j] = exposed[steps].sum()
                allowed[i, j] = True
                paths[i, j] = tuple(path)

        def shape(i: int, j: int) -> Floats:
            return np.vstack([places[[i]], nodes[list(paths[i, j])], places[[j]]])

        return Ways(np.ceil(took).astype(np.int64), np.ceil(metres).astype(np.int64), danger, allowed, shape)


def bounds_around(places: Floats, margin: float = 0.25) -> tuple[float, float, float, float]:
    """The bounds (degrees) around places, wider by a share of their extent and 0.1 degrees on each side."""
    west, south, east, north = shapely.MultiPoint(places).bounds
    x, y = (east - west) * margin + 0.1, (north - south) * margin + 0.1
    return west - x, south - y, east + x, north + y

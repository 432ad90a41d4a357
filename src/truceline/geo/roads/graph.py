"""A graph of roads as one vehicle may use them, as arrays, and the quickest ways in it (Dijkstra's algorithm
of scipy.sparse.csgraph)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components, dijkstra

from truceline.geo.ellipsoid import Bools, Floats, Ints

FRAGMENT = 50
"""Parts of a road map with fewer nodes are yards, errors, or roads that the extract's edge has cut off."""


@dataclass(frozen=True, eq=False)
class RoadGraph:
    """Nodes (degrees) and directed edges between them, each as long (metres) and as fast (km/h) as it is.

    `segment` is the piece of the map that an edge lies on: the same for both directions, and for the parts
    that a piece is cut into where places are joined to it.
    """

    lon: Floats
    lat: Floats
    from_node: Ints
    to_node: Ints
    metres: Floats
    speed_kmh: Floats
    segment: Ints

    def with_edges(self, kept: Bools) -> RoadGraph:
        """The same nodes with some of the edges."""
        return replace(
            self,
            from_node=self.from_node[kept],
            to_node=self.to_node[kept],
            metres=self.metres[kept],
            speed_kmh=self.speed_kmh[kept],
            segment=self.segment[kept],
        )

    def places(self) -> Floats:
        """The nodes' lon and lat, one a row."""
        return np.column_stack([self.lon, self.lat])

    def seconds(self, most_kmh: float) -> Floats:
        """How long each edge takes a vehicle that drives no faster than this."""
        return self.metres * 3.6 / np.minimum(self.speed_kmh, most_kmh)

    def connected(self) -> Bools:
        """Which nodes lie in a part of the graph in which every node is reached from every other and that is
        no mere fragment: `FRAGMENT` nodes or more, or else the largest there is."""
        size = len(self.lon)
        matrix = csr_matrix(
            (np.ones(len(self.from_node)), (self.from_node, self.to_node)), shape=(size, size)
        )
        part = connected_components(matrix, directed=True, connection="strong")[1]
        count = np.bincount(part, minlength=1)
        return np.asarray((count[part] >= min(FRAGMENT, int(count.max(initial=0)))) & (count[part] > 1))

    def search(self, cost: Floats) -> Search:
        """The cheapest ways by a cost of every edge; of two between the same nodes the cheaper one counts."""
        return Search(self, cost)


class Search:
    """The cheapest ways in a graph by one cost of its edges (0 or more)."""

    def __init__(self, graph: RoadGraph, cost: Floats) -> None:
        size = len(graph.lon)
        kept = _cheapest(graph.from_node, graph.to_node, cost)
        self._ends = graph.from_node[kept], graph.to_node[kept]
        self._kept = kept
        self._matrix = csr_matrix((np.maximum(cost[kept], 1e-9), self._ends), shape=(size, size))

    def least(self, sources: Ints) -> tuple[Floats, Ints]:
        """From each source to every node the least sum of costs (infinite: no way), and the node before it on
        the way (negative: none)."""
        found, before = dijkstra(self._matrix, indices=sources, return_predecessors=True)
        return found, before

    @cached_property
    def edges(self) -> Mapping[tuple[int, int], int]:
        """The edge that is taken between two neighbours."""
        pairs = zip(self._ends[0].tolist(), self._ends[1].tolist(), strict=True)
        return dict(zip(pairs, self._kept.tolist(), strict=True))

    def way(self, start: int, stop: int) -> list[int] | None:
        """The edges of the cheapest way between two nodes, in order; None where there is none."""
        least, before = self.least(np.array([start]))
        if not np.isfinite(least[0, stop]):
            return None
        return [self.edges[pair] for pair in pairwise(path_to(before[0], start, stop))]


def path_to(before: Ints, start: int, stop: int) -> list[int]:
    """The nodes from `start` to `stop`, of which `before` gives each one's predecessor."""
    path = [stop]
    while path[-1] != start:
        path.append(int(before[path[-1]]))
    return path[::-1]


def _cheapest(from_node: Ints, to_node: Ints, cost: Floats) -> Ints:
    order = np.lexsort((cost, to_node, from_node))
    first = np.ones(len(order), dtype=bool)
    first[1:] = (np.diff(from_node[order]) != 0) | (np.diff(to_node[order]) != 0)
    return order[first]

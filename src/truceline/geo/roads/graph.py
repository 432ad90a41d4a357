"""A graph of roads as arrays, and the quickest ways in it (Dijkstra's algorithm of scipy.sparse.csgraph)."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components, dijkstra
from scipy.spatial import cKDTree

from truceline.core.errors import InvalidInput
from truceline.geo.ellipsoid import Bools, Floats, Ints, earth_centred, inverse
from truceline.geo.roads.rules import directions, speed_kmh

Bounds = tuple[float, float, float, float]

FRAGMENT = 50
"""Parts of a road map with fewer nodes are yards, errors, or roads that the extract's edge has cut off."""

Way = tuple[tuple[int, ...] | None, Floats, Mapping[str, str]]
"""The ids of a way's nodes (None: places at the same coordinates are one), its places (lon, lat) and tags."""


@dataclass(frozen=True, eq=False)
class RoadGraph:
    """Nodes (degrees) and directed edges between them, each as long (metres) and as fast (km/h) as it is."""

    lon: Floats
    lat: Floats
    from_node: Ints
    to_node: Ints
    metres: Floats
    speed_kmh: Floats

    def with_edges(self, kept: Bools) -> RoadGraph:
        """The same nodes with some of the edges."""
        return replace(
            self,
            from_node=self.from_node[kept],
            to_node=self.to_node[kept],
            metres=self.metres[kept],
            speed_kmh=self.speed_kmh[kept],
        )

    def seconds(self, most_kmh: float) -> Floats:
        """How long each edge takes a vehicle that drives no faster than this."""
        return self.metres * 3.6 / np.minimum(self.speed_kmh, most_kmh)

    def nearest(self, lon: Floats, lat: Floats, allowed: Bools) -> tuple[Ints, Floats]:
        """For each place the nearest of the allowed nodes from which one can come back, and metres to it
        (straight through space); -1 and infinity where there is none."""
        at = np.flatnonzero(self.connected() & allowed)
        if not len(at):
            return np.full(len(lon), -1), np.full(len(lon), np.inf)
        tree = cKDTree(earth_centred(self.lon[at], self.lat[at]))
        metres, found = tree.query(earth_centred(lon, lat))
        return at[found], np.asarray(metres, dtype=float)

    def connected(self) -> Bools:
        """Which nodes lie in a part of the graph in which every node is reached from every other and that is
        no mere fragment: `FRAGMENT` nodes or more, or else the largest there is."""
        ones = np.ones(len(self.from_node))
        size = len(self.lon)
        matrix = csr_matrix((ones, (self.from_node, self.to_node)), shape=(size, size))
        part = connected_components(matrix, directed=True, connection="strong")[1]
        count = np.bincount(part, minlength=1)
        return np.asarray((count[part] >= min(FRAGMENT, int(count.max(initial=0)))) & (count[part] > 1))

    def quickest(self, cost: Floats, sources: Ints) -> tuple[Floats, Ints]:
        """From each source to every node the least sum of the edges' costs, and the node before it on the way
        (negative: none). Of two edges between the same nodes the cheaper one counts."""
        order = np.lexsort((cost, self.to_node, self.from_node))
        pair = np.column_stack([self.from_node[order], self.to_node[order]])
        first = np.ones(len(order), dtype=bool)
        first[1:] = (pair[1:] != pair[:-1]).any(axis=1)
        pair, weight = pair[first], np.maximum(cost[order][first], 1e-9)
        size = len(self.lon)
        matrix = csr_matrix((weight, (pair[:, 0], pair[:, 1])), shape=(size, size))
        found, before = dijkstra(matrix, indices=sources, return_predecessors=True)
        return found, before

    def cheapest_edges(self, cost: Floats) -> Mapping[tuple[int, int], int]:
        """The edge that `quickest` takes between two neighbours."""
        order = np.argsort(-cost, kind="stable")
        return dict(
            zip(
                zip(self.from_node[order].tolist(), self.to_node[order].tolist(), strict=True),
                order.tolist(),
                strict=True,
            )
        )


def graph_of(ways: Iterable[Way], bounds: Bounds | None, most_nodes: int) -> RoadGraph:
    """The graph of ways of which a place lies within bounds. Raises InvalidInput for too many nodes."""
    number: dict[Hashable, int] = {}
    places: list[tuple[float, float]] = []
    ends: list[tuple[int, int]] = []
    speeds: list[float] = []
    for ids, at, tags in ways:
        speed = speed_kmh(tags)
        if speed is None or len(at) < 2 or not _near(at, bounds):
            continue
        forward, backward = directions(tags)
        keys = ids if ids is not None else [tuple(place) for place in np.round(at, 7).tolist()]
        path = []
        for key, place in zip(keys, at.tolist(), strict=True):
            if key not in number:
                number[key] = len(places)
                places.append((place[0], place[1]))
            path.append(number[key])
        if len(places) > most_nodes:
            raise InvalidInput(f"the roads have more than {most_nodes:,} nodes; cut the extract to the area")
        for a, b in pairwise(path):
            if a == b:
                continue
            ends += [(a, b)] * forward + [(b, a)] * backward
            speeds += [speed] * (forward + backward)
    lonlat = np.array(places, dtype=float).reshape(-1, 2)
    pairs = np.array(ends, dtype=np.int64).reshape(-1, 2)
    starts, stops = lonlat[pairs[:, 0]], lonlat[pairs[:, 1]]
    metres = inverse(*starts.T, *stops.T)[2]
    return RoadGraph(
        lonlat[:, 0],
        lonlat[:, 1],
        pairs[:, 0],
        pairs[:, 1],
        np.asarray(metres, dtype=float),
        np.array(speeds),
    )


def _near(at: Floats, bounds: Bounds | None) -> bool:
    if bounds is None:
        return True
    west, south, east, north = bounds
    inside = (at[:, 0] >= west) & (at[:, 0] <= east) & (at[:, 1] >= south) & (at[:, 1] <= north)
    return bool(inside.any())

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

PIECE_M = 1_000.0
"""Longer straight steps of a road are cut, so that places find a node of it, and only a part of it is
closed where something closes it."""

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
    driven: list[tuple[float, bool, bool]] = []
    for ids, at, tags in ways:
        speed = speed_kmh(tags)
        if speed is None or len(at) < 2 or not _near(at, bounds):
            continue
        keys = ids if ids is not None else [tuple(place) for place in np.round(at, 7).tolist()]
        path = []
        for key, place in zip(keys, at.tolist(), strict=True):
            if key not in number:
                number[key] = len(places)
                places.append((place[0], place[1]))
            path.append(number[key])
        if len(places) > most_nodes:
            raise _too_many(most_nodes)
        steps = [(a, b) for a, b in pairwise(path) if a != b]
        ends += steps
        driven += [(speed, *directions(tags))] * len(steps)
    nodes = np.array(places, dtype=float).reshape(-1, 2)
    said = np.array(driven, dtype=float).reshape(-1, 3)
    nodes, pairs, of = _in_pieces(nodes, np.array(ends, dtype=np.int64).reshape(-1, 2), most_nodes)
    speed_of, forward, backward = said[of, 0], said[of, 1] > 0.0, said[of, 2] > 0.0
    metres = np.asarray(inverse(*nodes[pairs[:, 0]].T, *nodes[pairs[:, 1]].T)[2], dtype=float)
    return RoadGraph(
        nodes[:, 0],
        nodes[:, 1],
        np.concatenate([pairs[forward, 0], pairs[backward, 1]]),
        np.concatenate([pairs[forward, 1], pairs[backward, 0]]),
        np.concatenate([metres[forward], metres[backward]]),
        np.concatenate([speed_of[forward], speed_of[backward]]),
    )


def _in_pieces(nodes: Floats, pairs: Ints, most_nodes: int) -> tuple[Floats, Ints, Ints]:
    """Steps between nodes cut into equal pieces (in lon/lat) of `PIECE_M` at most: the nodes with those
    between, the ends of each piece, and the step that it is of."""
    metres = np.asarray(inverse(*nodes[pairs[:, 0]].T, *nodes[pairs[:, 1]].T)[2], dtype=float)
    count = np.maximum(np.ceil(metres / PIECE_M), 1.0).astype(np.int64)
    if len(nodes) + int((count - 1).sum()) > most_nodes:
        raise _too_many(most_nodes)
    of = np.repeat(np.arange(len(pairs)), count)
    rank = np.arange(len(of)) - np.repeat(np.cumsum(count) - count, count)
    inner = rank > 0
    share = (rank[inner] / count[of[inner]])[:, None]
    between = nodes[pairs[of[inner], 0]] * (1.0 - share) + nodes[pairs[of[inner], 1]] * share
    start = pairs[of, 0].copy()
    start[inner] = len(nodes) + np.arange(len(between))
    stop = pairs[of, 1].copy()
    last = rank == count[of] - 1
    stop[~last] = np.roll(start, -1)[~last]
    return np.vstack([nodes, between]), np.column_stack([start, stop]), of


def _too_many(most: int) -> InvalidInput:
    return InvalidInput(f"the roads have more than {most:,} nodes; cut the extract to the area")


def _near(at: Floats, bounds: Bounds | None) -> bool:
    if bounds is None:
        return True
    west, south, east, north = bounds
    inside = (at[:, 0] >= west) & (at[:, 0] <= east) & (at[:, 1] >= south) & (at[:, 1] <= north)
    return bool(inside.any())

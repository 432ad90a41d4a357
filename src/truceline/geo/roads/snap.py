"""Places joined to roads: each to the nearest place of the nearest road, which becomes a node of the graph.

Distances are compared in a plane around each place (its own scale of a degree of longitude) and told on the
ellipsoid.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import shapely

from truceline.geo.ellipsoid import Bools, Floats, Ints, inverse
from truceline.geo.roads.graph import RoadGraph

_END_M = 0.5
"""A foot so near to a node is that node."""
_SLACK = 1.3
"""Candidates are found in one plane for all; a degree of longitude may differ so much between places."""


@dataclass(frozen=True, eq=False)
class Joined:
    """The graph with a node for every place, each place's node (-1: no road) and metres to it (infinite), and
    the edge of the graph before that each of the new edges is or is part of."""

    graph: RoadGraph
    node: Ints
    off_m: Floats
    parent: Ints


def joined(graph: RoadGraph, places: Floats, allowed: Bools) -> Joined:
    """Joins places (lon, lat rows) to the roads between allowed nodes of which one can come back."""
    good = graph.connected() & allowed
    usable = np.flatnonzero(good[graph.from_node] & good[graph.to_node])
    edges = np.arange(len(graph.from_node))
    if not len(usable) or not len(places):
        return Joined(graph, np.full(len(places), -1), np.full(len(places), np.inf), edges)
    nodes = graph.places()
    found, share = _feet(nodes, graph, usable, places)
    start, stop = nodes[graph.from_node[found]], nodes[graph.to_node[found]]
    foot = start * (1.0 - share)[:, None] + stop * share[:, None]
    end = np.where(share < 0.5, graph.from_node[found], graph.to_node[found])
    at_end = np.minimum(share, 1.0 - share) * graph.metres[found] < _END_M
    foot[at_end] = nodes[end[at_end]]
    node = np.where(at_end, end, 0)
    # One new node for all that stand at one place of a piece.
    between = np.flatnonzero(~at_end)
    added, which = np.unique(foot[between], axis=0, return_inverse=True)
    node[between] = len(nodes) + which.ravel()
    off_m = np.asarray(inverse(*places.T, *foot.T)[2], dtype=float)
    made = list(_cuts(graph, found[between], node[between], nodes, added))
    kept = ~np.isin(graph.segment, graph.segment[found[between]])
    ends = np.array([(a, b) for a, b, _, _ in made], dtype=np.int64).reshape(-1, 2)
    of = np.array([edge for _, _, edge, _ in made], dtype=np.int64)
    metres = graph.metres[of] * np.array([part for _, _, _, part in made], dtype=float)
    parent = np.concatenate([edges[kept], of])
    cut = replace(
        graph.with_edges(kept),
        lon=np.concatenate([graph.lon, added[:, 0]]),
        lat=np.concatenate([graph.lat, added[:, 1]]),
        from_node=np.concatenate([graph.from_node[kept], ends[:, 0]]),
        to_node=np.concatenate([graph.to_node[kept], ends[:, 1]]),
        metres=np.concatenate([graph.metres[kept], metres]),
        speed_kmh=graph.speed_kmh[parent],
        segment=graph.segment[parent],
    )
    return Joined(cut, node, off_m, parent)


def _feet(nodes: Floats, graph: RoadGraph, usable: Ints, places: Floats) -> tuple[Ints, Floats]:
    """The nearest edge of each place, and the share of it at which the nearest place lies."""
    middle = np.cos(np.radians(float(np.median(places[:, 1]))))
    scale = np.array([middle, 1.0])
    starts, stops = nodes[graph.from_node[usable]] * scale, nodes[graph.to_node[usable]] * scale
    tree = shapely.STRtree(np.asarray(shapely.linestrings(np.stack([starts, stops], axis=1))))
    spots = shapely.points(places * scale)
    first = np.zeros(len(places))
    (asked, _), apart = tree.query_nearest(spots, all_matches=False, return_distance=True)
    first[asked] = apart
    place, candidate = tree.query(spots, predicate="dwithin", distance=first * _SLACK + 1e-12)
    edge = usable[candidate]
    own = np.column_stack([np.cos(np.radians(places[place, 1])), np.ones(len(place))])
    a, b, p = (nodes[graph.from_node[edge]] * own, nodes[graph.to_node[edge]] * own, places[place] * own)
    along = b - a
    length = np.maximum((along**2).sum(axis=1), 1e-30)
    share = np.clip(((p - a) * along).sum(axis=1) / length, 0.0, 1.0)
    apart = np.hypot(*(a + along * share[:, None] - p).T)
    order = np.lexsort((edge, apart, place))
    best = order[np.concatenate([[True], np.diff(place[order]) != 0])]
    return edge[best], share[best]


def _cuts(
    graph: RoadGraph, found: Ints, node: Ints, nodes: Floats, added: Floats
) -> Iterator[tuple[int, int, int, float]]:
    """The parts of every edge whose piece has got nodes: from, to, the edge, the share of its length."""
    by_segment: dict[int, set[int]] = {}
    for segment, one in zip(graph.segment[found].tolist(), node.tolist(), strict=True):
        by_segment.setdefault(segment, set()).add(one)
    for edge in np.flatnonzero(np.isin(graph.segment, list(by_segment))).tolist():
        a, b = int(graph.from_node[edge]), int(graph.to_node[edge])
        along = nodes[b] - nodes[a]
        shares = (
            (float((added[one - len(nodes)] - nodes[a]) @ along / (along @ along)), one)
            for one in by_segment[int(graph.segment[edge])]
        )
        # A piece that was cut before has parts, and a foot lies within one of them.
        marks = [(0.0, a), *sorted(cut for cut in shares if 0.0 < cut[0] < 1.0), (1.0, b)]
        for (share, here), (further, there) in pairwise(marks):
            yield here, there, edge, further - share

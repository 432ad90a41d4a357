"""Tracks matched to roads: the likeliest way on a graph that a vehicle drove, and how sure each stretch is.

A hidden Markov model (Newson, P. and Krumm, J. 2009, "Hidden Markov map matching through noise and
sparseness", ACM GIS): at each fix the vehicle is on one of the pieces of road near it, with a normal error of
the fix; between fixes ways whose length differs from the straight distance are less likely, exponentially.
The likeliest sequence is Viterbi's; the probability of each piece on it, given the model and that the vehicle
was on the roads of the map, is that of the forward-backward algorithm over all sequences. Where no road is
near or no way leads on, a new run begins. Metres, degrees on WGS 84, seconds since 1970.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra
from scipy.special import logsumexp

from truceline.geo.ellipsoid import Bools, Floats, Ints, inverse
from truceline.geo.roads.graph import RoadGraph, path_to

MOST_CANDIDATES = 12
SPACING_SIGMA = 2.0
"""Fixes nearer to the last one than this many standard deviations say nothing new, and are passed over."""
LEAST_SPACING_M = 10.0
REACH_M, REACH_SIGMA = 25.0, 4.0
BETA_M, BETA_SHARE = 8.0, 0.1
"""Scale of how much longer a way is than the straight distance: metres, and a share of the distance."""
MOST_SPEED_MPS = 45.0
TURN_BACK = 3.0
"""How much less likely, in natural logarithms, a vehicle turns round on the spot between two fixes."""
SURE = 0.9
_PAIRS = 40
_NEGLIGIBLE = 1e-3


@dataclass(frozen=True, eq=False)
class Stretch:
    """What lies between two fixes: the edges driven, in order, the metres of each that were, and P(the
    vehicle drove there) of each piece of road."""

    edges: Ints
    metres: Floats
    p: Floats
    from_s: float
    to_s: float


@dataclass(frozen=True, eq=False)
class Run:
    """A part of the track that is matched without a break: its stretches, and the way as lon, lat rows."""

    stretches: tuple[Stretch, ...]
    way: Floats

    @property
    def metres(self) -> float:
        """Its length."""
        return float(sum(stretch.metres.sum() for stretch in self.stretches))


@dataclass(frozen=True, eq=False)
class Matched:
    """The runs of a track, how many of its fixes had no road in reach, and how many were looked at."""

    runs: tuple[Run, ...]
    off_road: int
    fixes: int

    @property
    def metres(self) -> float:
        """How far was driven on roads."""
        return sum(run.metres for run in self.runs)

    @property
    def expected_right_m(self) -> float:
        """How much of that is expected to be on the right road."""
        return float(sum(s.p @ s.metres for run in self.runs for s in run.stretches))

    @property
    def sure_share(self) -> float:
        """The share of it that is on this road with at least `SURE`."""
        sure = sum(s.metres[s.p >= SURE].sum() for run in self.runs for s in run.stretches)
        return float(sure / self.metres) if self.metres > 0.0 else 0.0

    @property
    def off_road_share(self) -> float:
        """The share of the fixes that had no road in reach."""
        return self.off_road / self.fixes if self.fixes else 0.0


def matched(
    graph: RoadGraph, lon: Floats, lat: Floats, time_s: Floats, sigma_m: Floats, max_gap_s: float = 300.0
) -> Matched:
    """Matches fixes in order of time to a graph. `sigma_m` is the standard deviation of each fix on each
    axis; longer times without a fix than `max_gap_s` are not bridged."""
    near = _Near(graph)
    kept = _spaced(lon, lat, sigma_m)
    runs: list[Run] = []
    off_road = 0
    started: list[_Step] = []
    for number in kept.tolist():
        step = near.step(
            float(lon[number]), float(lat[number]), float(time_s[number]), float(sigma_m[number])
        )
        if started and (step is None or step.time_s - started[-1].time_s > max_gap_s):
            runs += _runs(graph, near, started)
            started = []
        if step is None:
            off_road += 1
        else:
            started.append(step)
    runs += _runs(graph, near, started)
    return Matched(tuple(runs), off_road, len(kept))


def _spaced(lon: Floats, lat: Floats, sigma_m: Floats) -> Ints:
    """The fixes that say something new, with the last."""
    kept: list[int] = []
    for number in range(len(lon)):
        if kept:
            last = kept[-1]
            apart = float(inverse(lon[last], lat[last], lon[number], lat[number])[2])
            if apart < max(LEAST_SPACING_M, SPACING_SIGMA * float(sigma_m[number])):
                if number + 1 < len(lon):
                    continue
                if len(kept) > 1:
                    kept.pop()
        kept.append(number)
    return np.array(kept, dtype=np.int64)


@dataclass(frozen=True, eq=False)
class _Step:
    """A fix, and the edges that it may be on: which, at what share of each, with what log-likelihood."""

    lon: float
    lat: float
    time_s: float
    sigma_m: float
    edge: Ints
    share: Floats
    log_p: Floats


class _Near:
    """The edges near places, in a plane around the middle of the graph."""

    def __init__(self, graph: RoadGraph) -> None:
        self.graph = graph
        nodes = graph.places()
        self.starts, self.stops = nodes[graph.from_node], nodes[graph.to_node]
        self.tree = shapely.STRtree(
            np.asarray(shapely.linestrings(np.stack([self.starts, self.stops], axis=1)))
        )
        size = len(nodes)
        order = np.lexsort((graph.metres, graph.to_node, graph.from_node))
        first = np.ones(len(order), dtype=bool)
        first[1:] = (np.diff(graph.from_node[order]) != 0) | (np.diff(graph.to_node[order]) != 0)
        self.cheapest = order[first]
        ends = graph.from_node[self.cheapest], graph.to_node[self.cheapest]
        self.matrix = csr_matrix((np.maximum(graph.metres[self.cheapest], 1e-6), ends), shape=(size, size))
        self.edges = dict(
            zip(zip(ends[0].tolist(), ends[1].tolist(), strict=True), self.cheapest.tolist(), strict=True)
        )

    def step(self, lon: float, lat: float, time_s: float, sigma_m: float) -> _Step | None:
        sigma = max(sigma_m, 1.0)
        reach = REACH_M + REACH_SIGMA * sigma
        scale = np.array([np.cos(np.radians(lat)) * 111_320.0, 110_950.0])
        box = shapely.box(*(np.array([lon, lat]) - reach / scale), *(np.array([lon, lat]) + reach / scale))
        edge = self.tree.query(box)
        if not len(edge):
            return None
        start = (self.starts[edge] - (lon, lat)) * scale
        along = (self.stops[edge] - (lon, lat)) * scale - start
        length = np.maximum((along**2).sum(axis=1), 1e-12)
        share = np.clip(-(start * along).sum(axis=1) / length, 0.0, 1.0)
        apart = np.hypot(*(start + along * share[:, None]).T)
        order = np.argsort(apart, kind="stable")[:MOST_CANDIDATES]
        order = order[apart[order] <= reach]
        if not len(order):
            return None
        log_p = -0.5 * (apart[order] / sigma) ** 2
        return _Step(lon, lat, time_s, sigma, edge[order], share[order], log_p)


@dataclass(frozen=True, eq=False)
class _Between:
    """From the candidates of one fix to those of the next: log-likelihoods, and the ways' lengths."""

    log_p: Floats
    metres: Floats
    before: Ints
    row: Ints


def _between(graph: RoadGraph, near: _Near, a: _Step, b: _Step) -> _Between:
    straight = float(inverse(a.lon, a.lat, b.lon, b.lat)[2])
    ends, row = np.unique(graph.to_node[a.edge], return_inverse=True)
    limit = 3.0 * straight + 500.0
    least, before = dijkstra(near.matrix, indices=ends, return_predecessors=True, limit=limit)
    length_a, length_b = graph.metres[a.edge], graph.metres[b.edge]
    rest = length_a * (1.0 - a.share)
    metres = rest[:, None] + least[row.ravel()][:, graph.from_node[b.edge]] + (length_b * b.share)[None, :]
    same = a.edge[:, None] == b.edge[None, :]
    forward = (b.share[None, :] - a.share[:, None]) * length_b[None, :]
    # On one edge noise may seem to lead backwards a little: it stands.
    stays = same & (forward >= -2.0 * (a.sigma_m + b.sigma_m))
    metres = np.where(stays, np.maximum(forward, 0.0), metres)
    turned = (graph.segment[a.edge][:, None] == graph.segment[b.edge][None, :]) & ~same
    turned &= graph.from_node[a.edge][:, None] == graph.to_node[b.edge][None, :]
    beta = BETA_M + BETA_SHARE * straight
    log_p = -np.abs(metres - straight) / beta - np.log(beta) - np.where(turned, TURN_BACK, 0.0)
    too_fast = metres > MOST_SPEED_MPS * max(b.time_s - a.time_s, 1.0) + 4.0 * (a.sigma_m + b.sigma_m)
    log_p[too_fast | ~np.isfinite(metres)] = -np.inf
    return _Between(log_p, metres, before, row.ravel())


def _runs(graph: RoadGraph, near: _Near, steps: list[_Step]) -> Iterator[Run]:
    """Viterbi over fixes; a new run where no way leads on."""
    while len(steps) > 1:
        links: list[_Between] = []
        scores = [steps[0].log_p]
        backs: list[Ints] = []
        for a, b in pairwise(steps):
            link = _between(graph, near, a, b)
            total = scores[-1][:, None] + link.log_p
            best = total.max(axis=0)
            if not np.isfinite(best).any():
                break
            links.append(link)
            backs.append(total.argmax(axis=0))
            scores.append(best + b.log_p)
        used = len(links) + 1
        if used > 1:
            chosen = [int(np.argmax(scores[-1]))]
            for back in reversed(backs):
                chosen.append(int(back[chosen[-1]]))
            yield _run(graph, near, steps[:used], links, chosen[::-1])
        steps = steps[used:]


def _run(graph: RoadGraph, near: _Near, steps: list[_Step], links: list[_Between], chosen: list[int]) -> Run:
    forward = [steps[0].log_p]
    for link, step in zip(links, steps[1:], strict=True):
        forward.append(logsumexp(forward[-1][:, None] + link.log_p, axis=0) + step.log_p)
    backward = [np.zeros(len(steps[-1].edge))]
    for link, step in zip(reversed(links), reversed(steps[1:]), strict=True):
        backward.append(logsumexp(link.log_p + (step.log_p + backward[-1])[None, :], axis=1))
    backward.reverse()
    total = float(logsumexp(forward[-1]))
    stretches = []
    for number, (i, j) in enumerate(pairwise(chosen)):
        a, b, link = steps[number], steps[number + 1], links[number]
        pairs = forward[number][:, None] + link.log_p + (b.log_p + backward[number + 1])[None, :] - total
        edges, metres = _driven(graph, near, a, b, link, i, j)
        p = _p_driven(graph, near, a, b, link, np.exp(pairs), graph.segment[edges])
        stretches.append(Stretch(edges, metres, p, a.time_s, b.time_s))
    places = [_at(near, steps[0], chosen[0])]
    for stretch, step, j in zip(stretches, steps[1:], chosen[1:], strict=True):
        places += [near.starts[edge] for edge in stretch.edges[1:].tolist()]
        places.append(_at(near, step, j))
    return Run(tuple(stretches), np.array(places))


def _at(near: _Near, step: _Step, candidate: int) -> Floats:
    edge, share = int(step.edge[candidate]), float(step.share[candidate])
    return np.asarray(near.starts[edge] * (1.0 - share) + near.stops[edge] * share)


def _p_driven(
    graph: RoadGraph, near: _Near, a: _Step, b: _Step, link: _Between, pairs: Floats, asked: Ints
) -> Floats:
    """P(the vehicle drove on it) of some pieces, over the likeliest pairs of candidates."""
    found = dict.fromkeys(asked.tolist(), 0.0)
    left = 1.0
    for flat in np.argsort(-pairs, axis=None)[:_PAIRS].tolist():
        i, j = divmod(flat, pairs.shape[1])
        if pairs[i, j] <= _NEGLIGIBLE or left <= _NEGLIGIBLE:
            break
        edges, _ = _driven(graph, near, a, b, link, i, j)
        # What is touched at its end only is driven by one that comes from there, too.
        for piece in set(graph.segment[edges].tolist()) & found.keys():
            found[piece] += float(pairs[i, j])
        left -= float(pairs[i, j])
    return np.minimum([found[piece] for piece in asked.tolist()], 1.0)


def _driven(
    graph: RoadGraph, near: _Near, a: _Step, b: _Step, link: _Between, i: int, j: int
) -> tuple[Ints, Floats]:
    """The edges from one candidate to another, and the metres of each that were driven."""
    first, last = int(a.edge[i]), int(b.edge[j])
    forward = (b.share[j] - a.share[i]) * graph.metres[last]
    if first == last and forward >= -2.0 * (a.sigma_m + b.sigma_m):
        return np.array([first]), np.array([max(float(forward), 0.0)])
    path = path_to(link.before[link.row[i]], int(graph.to_node[first]), int(graph.from_node[last]))
    inner = [near.edges[pair] for pair in pairwise(path)]
    edges = np.array([first, *inner, last], dtype=np.int64)
    metres = graph.metres[edges].copy()
    metres[0] *= 1.0 - a.share[i]
    metres[-1] *= b.share[j]
    return edges, metres


def edges_within(graph: RoadGraph, bounds: tuple[float, float, float, float]) -> Bools:
    """Which edges have an end within bounds (west, south, east, north): of a large map only those around a
    track need be looked at."""
    west, south, east, north = bounds
    inside = (graph.lon >= west) & (graph.lon <= east) & (graph.lat >= south) & (graph.lat <= north)
    return np.asarray(inside[graph.from_node] | inside[graph.to_node])

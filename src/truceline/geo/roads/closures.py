"""What closes roads: words about stretches of road, each with a probability, laid over a map at an instant.

A word says that some pieces of road are open, that all of them are closed, or that there is a block (or a
checkpoint) somewhere on them, each place of them being as likely as its distance from the reported place
makes it (the place's error taken as normal; `reach_m` holds the true place with 95%). Words are independent
of one another, and at each place the last true one decides, as on promised routes
(`truceline.route.passage`). `Overlay.at` says what holds at an instant, so that every closure is bounded in
time: from its own word on, until a newer one that the place is open, by that one's probability.

A way that uses part of a piece counts as using all of it; pieces are at most 1 km long.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from truceline.geo.ellipsoid import Bools, Floats, Ints, inverse
from truceline.geo.inside import SIGMA_PER_ERROR
from truceline.geo.roads.road_map import RoadMap

Says = Literal["open", "closed", "blocked", "slow"]

LEAST_REACH_M = 250.0
"""A place is known no better than this for finding the road that is meant."""
_SAMPLES = 20
_RANK = (
    "motorway", "trunk", "primary", "secondary", "tertiary", "unclassified", "residential", "road", "service",
    "track",
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class RoadWord:
    """What one incident's reports say of roads, from `at_s` on (seconds since 1970), true with P `p`.

    Where: within `reach_m` of a place (lon, lat), or of an `area` or line. `refs` are the roads that are
    named: only those count, where the map has them in reach; `main`: else only those of the highest class.
    `bridges`: only bridges, where there are some in reach. `danger`: who enters is in danger. A `slow` word
    closes nothing: passing the place takes `delay_s` longer."""

    id: str
    kind: str
    at_s: float
    says: Says
    p: float
    place: tuple[float, float] | None = None
    reach_m: float = 0.0
    area: BaseGeometry | None = None
    refs: frozenset[str] = frozenset()
    main: bool = False
    bridges: bool = False
    danger: bool = False
    delay_s: float = 0.0
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Laid:
    """A word on the pieces that it may be of, with the chance of each to be the one that is blocked: they add
    up to 1 for a block, and are 1 each for a word of all of them."""

    word: RoadWord
    pieces: Ints
    share: Floats


class Overlay:
    """Words laid over a map, in order of time; what closes comes after what opens at the same instant.
    `unplaced` are the ids of those that could be laid nowhere."""

    def __init__(self, roads: RoadMap, words: Iterable[RoadWord]) -> None:
        self.roads = roads
        laying = _Laying(roads)
        ordered = sorted(words, key=lambda word: (word.at_s, word.says != "open", word.p, word.id))
        laid = [(word, laying.of(word)) for word in ordered if word.p > 0.0]
        self.laid = [one for _, one in laid if one is not None]
        self.unplaced = tuple(word.id for word, one in laid if one is None)

    def at(self, at_s: float) -> Closed:
        """What holds at an instant, by the words up to then."""
        return Closed(len(self.roads.ends), [one for one in self.laid if one.word.at_s <= at_s])


class Closed:
    """What is closed at an instant, with its probabilities. `laid` are the words up to then in order."""

    def __init__(self, pieces: int, laid: Sequence[Laid]) -> None:
        self.size = pieces
        self.laid = laid
        # By closing word, newest first: P(it is true, the block lies on the piece, and no newer true word has
        # opened that).
        self.standing: list[tuple[Laid, Floats]] = []
        unopened = np.ones(pieces)
        for one in reversed(laid):
            if one.word.says == "open":
                unopened[one.pieces] *= 1.0 - one.word.p
            elif one.word.says != "slow":
                self.standing.append((one, one.word.p * one.share * unopened[one.pieces]))

    def p(self) -> Floats:
        """P(closed) of each piece of the map."""
        return self._by_piece(danger=False)

    def p_danger(self) -> Floats:
        """P(a word of danger is true of it) of each piece of the map."""
        return self._by_piece(danger=True)

    def _by_piece(self, *, danger: bool) -> Floats:
        # Oldest first: what holds after each word hangs on what held before it alone. Exact, also where
        # several words hang on the same newer one that opens.
        closed = np.zeros(self.size)
        for one in self.laid:
            if one.word.says == "open":
                closed[one.pieces] *= 1.0 - one.word.p
            elif one.word.says != "slow" and (one.word.danger or not danger):
                closed[one.pieces] += (1.0 - closed[one.pieces]) * one.word.p * one.share
        return closed

    def delay_s(self) -> Floats:
        """The expected delay of passing each piece."""
        found = np.zeros(self.size)
        for one in self.laid:
            if one.word.says == "slow":
                found[one.pieces] += one.word.p * one.share * one.word.delay_s
        return found

    def p_way(self, pieces: Ints) -> float:
        """P(every one of these pieces is open). Exact for each word; where several words hang on the same
        newer word that a stretch is open, they are taken as independent, which makes it less, never more."""
        return float(np.prod([1.0 - p for _, p in self.blocks(pieces)]))

    def blocks(self, pieces: Ints) -> list[tuple[Laid, float]]:
        """The words that may close a way over these pieces, newest first, each with the probability that it
        does."""
        on = np.zeros(self.size, dtype=bool)
        on[pieces] = True
        found = []
        for one, p in self.standing:
            hit = p[on[one.pieces]]
            if len(hit) and hit.max() > 0.0:
                whole = one.word.says == "closed"
                found.append((one, float(hit.max() if whole else min(hit.sum(), 1.0))))
        return found

    def world(self, rng: np.random.Generator) -> Bools:
        """Which pieces are closed in one draw of what is true and where blocks lie."""
        closed = np.zeros(self.size, dtype=bool)
        opened = np.zeros(self.size, dtype=bool)
        for one in reversed(self.laid):
            if rng.random() >= one.word.p or one.word.says == "slow":
                continue
            if one.word.says == "open":
                opened[one.pieces] = True
            elif one.word.says == "closed":
                closed[one.pieces[~opened[one.pieces]]] = True
            else:
                piece = one.pieces[int(np.searchsorted(np.cumsum(one.share), rng.random() * one.share.sum()))]
                closed[piece] |= not opened[piece]
        return closed


class _Laying:
    """Finds the pieces that words are of."""

    def __init__(self, roads: RoadMap) -> None:
        self.roads = roads
        self.nodes = roads.places()
        drawn = shapely.linestrings(
            np.stack([self.nodes[roads.ends[:, 0]], self.nodes[roads.ends[:, 1]]], axis=1)
        )
        self.lines = np.asarray(drawn)
        self.tree = shapely.STRtree(self.lines)
        self.bridges = roads.bridges()
        self.refs = [plain_refs(tags.get("ref", "")) for tags in roads.tags]
        self.rank = np.array([_rank(tags.get("highway", "")) for tags in roads.tags], dtype=np.int64)

    def of(self, word: RoadWord) -> Laid | None:
        """The word on its pieces; None where there is no road that it could be of."""
        if word.area is not None:
            near = self.tree.query(word.area, predicate="intersects")
            pieces = self._meant(np.sort(near), word)
            density = np.ones(len(pieces))
        elif word.place is not None:
            pieces, density = self._around(word)
        else:
            return None
        if not len(pieces):
            return None
        if word.says in ("blocked", "slow"):
            weight = self.roads.metres[pieces] * density
            return Laid(word, pieces, weight / weight.sum()) if weight.sum() > 0.0 else None
        return Laid(word, pieces, np.ones(len(pieces)))

    def _around(self, word: RoadWord) -> tuple[Ints, Floats]:
        assert word.place is not None
        lon, lat = word.place
        reach = max(word.reach_m, LEAST_REACH_M)
        # A degree of latitude is 110.5 km at least, and one of longitude that times the cosine.
        high = reach / 110_500.0
        wide = high / max(np.cos(np.radians(min(abs(lat) + high, 89.9))), 1e-3)
        near = np.sort(self.tree.query(shapely.box(lon - wide, lat - high, lon + wide, lat + high)))
        share = (np.arange(_SAMPLES) + 0.5) / _SAMPLES
        ends = self.nodes[self.roads.ends[near]]
        along = ends[:, :1] * (1.0 - share)[:, None] + ends[:, 1:] * share[:, None]
        metres = np.asarray(inverse(along[..., 0], along[..., 1], lon, lat)[2], dtype=float)
        density = np.where(metres <= reach, np.exp(-0.5 * (metres / (reach * SIGMA_PER_ERROR)) ** 2), 0.0)
        density = density.mean(axis=1)
        within = density > 0.0
        pieces = self._meant(near[within], word)
        return pieces, density[within][np.searchsorted(near[within], pieces)]

    def _meant(self, pieces: Ints, word: RoadWord) -> Ints:
        """Of the pieces in reach those that the word is of."""
        tag = self.roads.tag[pieces]
        named = np.array([bool(refs & word.refs) for refs in self.refs], dtype=bool)[tag]
        if named.any():
            pieces = pieces[named]
        elif word.main and len(pieces):
            rank = self.rank[tag]
            pieces = pieces[rank == rank.min()]
        if word.bridges and self.bridges[pieces].any():
            pieces = pieces[self.bridges[pieces]]
        return pieces


def plain_refs(text: str) -> frozenset[str]:
    """The names of roads as they are compared: "M 4;M5" is m4 and m5."""
    parts = (part.casefold().replace(" ", "").replace("-", "") for part in text.split(";"))
    return frozenset(part for part in parts if part)


def _rank(highway: str) -> int:
    plain = highway.removesuffix("_link")
    return _RANK.index(plain) if plain in _RANK else len(_RANK)

"""The roads of an area with their tags, whoever uses them; `RoadMap.graph` is what one vehicle may use."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from truceline.core.errors import InvalidInput
from truceline.geo.ellipsoid import Bools, Floats, Ints, inverse
from truceline.geo.roads.graph import RoadGraph
from truceline.geo.roads.vehicles import Tags, Vehicle

Bounds = tuple[float, float, float, float]

PIECE_M = 1_000.0
"""Longer straight steps of a road are cut, so that only a part of it is closed where something closes it."""


@dataclass(frozen=True)
class Way:
    """A road as a reader finds it: its places (lon, lat), its tags, the ids of its nodes (None: places at the
    same coordinates are one), and the tags of barriers on it by the number of the place."""

    at: Floats
    tags: Tags
    ids: tuple[int, ...] | None = None
    barriers: Mapping[int, Tags] | None = None


@dataclass(frozen=True, eq=False)
class RoadMap:
    """Nodes (degrees) and the pieces of road between them: `ends` (n, 2) in drawing direction, metres, and
    the number of each piece's `tags`. `barriers` are the numbers of the tags of nodes that bar the way.
    `synthetic`: some of it was made up."""

    lon: Floats
    lat: Floats
    ends: Ints
    metres: Floats
    tag: Ints
    tags: tuple[Tags, ...]
    barriers: Mapping[int, int]
    synthetic: bool = False

    def places(self) -> Floats:
        """The nodes' lon and lat, one a row."""
        return np.column_stack([self.lon, self.lat])

    def graph(self, vehicle: Vehicle) -> RoadGraph:
        """What this vehicle may use, in the directions in which it may."""
        speeds = [vehicle.speed_kmh(tags) for tags in self.tags]
        both = [vehicle.directions(tags) for tags in self.tags]
        speed = np.array([value if value is not None else np.nan for value in speeds], dtype=float)[self.tag]
        ways = np.array(both, dtype=bool).reshape(-1, 2)[self.tag]
        barred = np.zeros(len(self.lon), dtype=bool)
        for node, tag in self.barriers.items():
            barred[node] = not vehicle.passes(self.tags[tag])
        open_ = np.isfinite(speed) & ~barred[self.ends].any(axis=1)
        along, against = np.flatnonzero(open_ & ways[:, 0]), np.flatnonzero(open_ & ways[:, 1])
        segment = np.concatenate([along, against])
        return RoadGraph(
            self.lon,
            self.lat,
            np.concatenate([self.ends[along, 0], self.ends[against, 1]]),
            np.concatenate([self.ends[along, 1], self.ends[against, 0]]),
            self.metres[segment],
            speed[segment],
            segment,
        )

    def tagged(self, key: str, segment: Ints) -> list[str | None]:
        """The value of a tag for some pieces."""
        said = [tags.get(key) for tags in self.tags]
        return [said[number] for number in self.tag[segment].tolist()]

    def bridges(self) -> Bools:
        """Which pieces are bridges."""
        said = np.array([tags.get("bridge", "no") not in ("no", "") for tags in self.tags], dtype=bool)
        return np.asarray(said[self.tag]) if len(said) else np.zeros(0, dtype=bool)


def bounds_around(places: Floats, margin: float = 0.25) -> Bounds:
    """The bounds (degrees) around places (lon, lat), wider by a share of their extent and 0.1 degrees on each
    side."""
    (west, south), (east, north) = places.min(axis=0), places.max(axis=0)
    x, y = (east - west) * margin + 0.1, (north - south) * margin + 0.1
    return float(west - x), float(south - y), float(east + x), float(north + y)


def map_of(ways: Iterable[Way], bounds: Bounds | None, most_nodes: int) -> RoadMap:
    """The map of ways of which a place lies within bounds. Raises InvalidInput for too many nodes."""
    number: dict[Hashable, int] = {}
    places: list[tuple[float, float]] = []
    ends: list[tuple[int, int]] = []
    tag: list[int] = []
    known: dict[tuple[tuple[str, str], ...], int] = {}
    barriers: dict[int, int] = {}

    def of(tags: Tags) -> int:
        return known.setdefault(tuple(sorted(tags.items())), len(known))

    for way in ways:
        if len(way.at) < 2 or not _near(way.at, bounds):
            continue
        keys = way.ids if way.ids is not None else [tuple(p) for p in np.round(way.at, 7).tolist()]
        path = []
        for key, place in zip(keys, way.at.tolist(), strict=True):
            if key not in number:
                number[key] = len(places)
                places.append((place[0], place[1]))
            path.append(number[key])
        if len(places) > most_nodes:
            raise _too_many(most_nodes)
        barriers |= {path[place]: of(tags) for place, tags in (way.barriers or {}).items()}
        steps = [(a, b) for a, b in pairwise(path) if a != b]
        ends += steps
        tag += [of(way.tags)] * len(steps)
    nodes = np.array(places, dtype=float).reshape(-1, 2)
    nodes, pairs, step = _in_pieces(nodes, np.array(ends, dtype=np.int64).reshape(-1, 2), most_nodes)
    tags = tuple(dict(items) for items in known)
    return RoadMap(
        nodes[:, 0],
        nodes[:, 1],
        pairs,
        _lengths(nodes, pairs),
        np.array(tag, dtype=np.int64)[step],
        tags,
        barriers,
        any(one.get("synthetic", "").lower() == "true" for one in tags),
    )


def _in_pieces(nodes: Floats, pairs: Ints, most_nodes: int) -> tuple[Floats, Ints, Ints]:
    """Steps between nodes cut into equal pieces (in lon/lat) of `PIECE_M` at most: the nodes with those
    between, the ends of each piece, and the step that it is of."""
    count = np.maximum(np.ceil(_lengths(nodes, pairs) / PIECE_M), 1.0).astype(np.int64)
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


def _lengths(nodes: Floats, pairs: Ints) -> Floats:
    return np.asarray(inverse(*nodes[pairs[:, 0]].T, *nodes[pairs[:, 1]].T)[2], dtype=float)


def _too_many(most: int) -> InvalidInput:
    return InvalidInput(f"the roads have more than {most:,} nodes; cut the extract to the area")


def _near(at: Floats, bounds: Bounds | None) -> bool:
    if bounds is None:
        return True
    west, south, east, north = bounds
    inside = (at[:, 0] >= west) & (at[:, 0] <= east) & (at[:, 1] >= south) & (at[:, 1] <= north)
    return bool(inside.any())

"""How much longer the way between two places takes by what is closed now, against the way when all is open.

Three answers, none of which stands for the others: the quickest way that is open with a wanted probability;
what that way would take were it all open; and, over draws of what is true and where blocks lie, the chance
that there is no way at all and the spread of the extra time. Times are those of one vehicle on the map's
speeds, without traffic.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from truceline.core.errors import InvalidInput
from truceline.geo.ellipsoid import Bools, Floats
from truceline.geo.roads.closures import Closed
from truceline.geo.roads.graph import RoadGraph
from truceline.geo.roads.road_map import RoadMap
from truceline.geo.roads.snap import joined
from truceline.geo.roads.vehicles import Vehicle

DRAWS = 200
MOST_OFF_M = 5_000.0
"""The ends of a route are towns: their road may be so far from the place that stands for them."""
# How many seconds a way may be longer for each unit of -ln P(open): from none to whatever there is.
_PRICES = (0.0, 60.0, 300.0, 900.0, 1_800.0, 3_600.0, 7_200.0, 14_400.0, 43_200.0, 1e6, 1e9)


@dataclass(frozen=True, slots=True)
class RoadWay:
    """A way on roads: seconds with expected delays, metres, P(all of it is open), and the words that may
    close it, each with the probability that it does."""

    seconds: float
    metres: float
    p_open: float
    blocks: tuple[tuple[str, float], ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """As plain JSON data."""
        return {
            "minutes": round(self.seconds / 60.0, 1),
            "km": round(self.metres / 1000.0, 1),
            "p_open": round(self.p_open, 6),
            "blocks": [{"id": id, "p": round(p, 6)} for id, p in self.blocks],
        }


@dataclass(frozen=True, slots=True)
class Detour:
    """`free`: the quickest way were nothing closed, with what P it is open now. `now`: the quickest that is
    open with `wanted`; None where none is. Over `draws`: `p_no_way`, and the `extra_s` at some quantiles of
    the draws in which there is a way. `off_m`: how far the ends are from their roads."""

    vehicle: str
    synthetic: bool
    off_m: tuple[float, float]
    wanted: float
    free: RoadWay | None
    now: RoadWay | None
    draws: int
    p_no_way: float
    extra_s: tuple[tuple[float, float], ...]

    @property
    def added_s(self) -> float | None:
        """The extra time of the way that is open with the wanted probability."""
        return self.now.seconds - self.free.seconds if self.now and self.free else None

    def as_dict(self) -> dict[str, Any]:
        """As plain JSON data."""
        added = self.added_s
        return {
            "vehicle": self.vehicle,
            "synthetic_roads": self.synthetic,
            "off_road_m": [round(metres) for metres in self.off_m],
            "free": self.free.as_dict() if self.free else None,
            "now": self.now.as_dict() if self.now else None,
            "open_with": self.wanted,
            "extra_minutes": round(added / 60.0, 1) if added is not None else None,
            "draws": self.draws,
            "p_no_way": round(self.p_no_way, 6),
            "extra_minutes_at": {f"{q:g}": round(s / 60.0, 1) for q, s in self.extra_s},
        }


def detour(
    roads: RoadMap,
    closed: Closed,
    ends: Sequence[tuple[float, float]],
    vehicle: Vehicle,
    *,
    wanted: float,
    barred: Bools | None = None,
    free: RoadWay | None = None,
    draws: int = DRAWS,
    seed: int = 0,
) -> Detour:
    """The detour between two places (lon, lat) by what is closed now.

    `barred` are pieces of the map that may not be used at all; `free` is the way to compare with, if not the
    quickest of those that may. Raises InvalidInput where an end has no road within `MOST_OFF_M`.
    """
    whole = roads.graph(vehicle)
    usable = whole if barred is None else whole.with_edges(~barred[whole.segment])
    met = joined(usable, np.array(ends, dtype=float), np.ones(len(whole.lon), dtype=bool))
    far = [float(metres) for metres in met.off_m]
    if max(far) > MOST_OFF_M:
        raise InvalidInput(
            f"an end of the route is {max(far) / 1000:.1f} km from the next road for {vehicle.kind}; "
            f"accepted: up to {MOST_OFF_M / 1000:g} km"
        )
    start, stop = (int(node) for node in met.node)
    graph = met.graph
    seconds = graph.seconds(vehicle.top_kmh)
    delayed = seconds + closed.delay_s()[graph.segment]
    ways = _Ways(graph, closed, start, stop)
    free = free or ways.cheapest(seconds, seconds)
    found = [way for price in _PRICES if (way := ways.cheapest(ways.priced(delayed, price), delayed))]
    sure = [way for way in found if way.p_open >= wanted]
    p_no_way, extra = _drawn(graph, closed, delayed, (start, stop), draws, seed, free)
    return Detour(
        vehicle.kind,
        roads.synthetic,
        (far[0], far[1]),
        wanted,
        free,
        min(sure, key=lambda way: way.seconds, default=None),
        draws if free else 0,
        p_no_way,
        extra,
    )


class _Ways:
    def __init__(self, graph: RoadGraph, closed: Closed, start: int, stop: int) -> None:
        self.graph, self.closed, self.start, self.stop = graph, closed, start, stop
        with np.errstate(divide="ignore"):
            self.doubt = np.minimum(-np.log1p(-closed.p()[graph.segment]), 1e3)

    def priced(self, seconds: Floats, price: float) -> Floats:
        return seconds + price * self.doubt

    def cheapest(self, cost: Floats, seconds: Floats) -> RoadWay | None:
        """The way of least cost, with what it takes."""
        edges = self.graph.search(cost).way(self.start, self.stop)
        if edges is None:
            return None
        pieces = np.unique(self.graph.segment[edges])
        blocks = [(one.word.id, p) for one, p in self.closed.blocks(pieces)]
        return RoadWay(
            float(seconds[edges].sum()),
            float(self.graph.metres[edges].sum()),
            self.closed.p_way(pieces),
            tuple(blocks),
        )


def _drawn(
    graph: RoadGraph,
    closed: Closed,
    seconds: Floats,
    ends: tuple[int, int],
    draws: int,
    seed: int,
    free: RoadWay | None,
) -> tuple[float, tuple[tuple[float, float], ...]]:
    if free is None:
        return 1.0, ()
    rng = np.random.default_rng(seed)
    known: dict[bytes, float] = {}
    took = np.empty(draws)
    for number in range(draws):
        shut = closed.world(rng)
        key = np.packbits(shut).tobytes()
        if key not in known:
            kept = ~shut[graph.segment]
            least, _ = graph.with_edges(kept).search(seconds[kept]).least(np.array([ends[0]]))
            known[key] = float(least[0, ends[1]])
        took[number] = known[key]
    there = np.isfinite(took)
    extra = np.maximum(took[there] - free.seconds, 0.0)
    quantiles = (0.1, 0.5, 0.9)
    spread = np.quantile(extra, quantiles).tolist() if len(extra) else []
    return float(1.0 - there.mean()), tuple(zip(quantiles, spread, strict=False))

"""How long the way between every two places takes, how far and exposed it is, and whether it is allowed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from truceline.geo.ellipsoid import Bools, Floats, inverse
from truceline.geo.roads.vehicles import CAR, Vehicle
from truceline.patrol.crossing import OwnSide
from truceline.patrol.planning.ground import Ground
from truceline.patrol.planning.model import Hazard


@dataclass(frozen=True)
class Traveller:
    """Who is on the way: no faster than `speed_mps`, on its own side of the line, in this vehicle."""

    speed_mps: float
    own: OwnSide | None = None
    vehicle: Vehicle = CAR


@dataclass(frozen=True, eq=False)
class Ways:
    """From every place to every other: whole seconds rounded up, metres, expected seconds in danger, and
    whether a team may go there; square arrays. `shape` gives the places (lon, lat) along an allowed way,
    `p_open` the P that all of its roads are open, `off_m` how far each place is from the road that it is
    joined to (0 without roads)."""

    seconds: np.ndarray
    metres: np.ndarray
    exposed_s: Floats
    allowed: Bools
    shape: Callable[[int, int], Floats]
    off_m: Floats
    p_open: Callable[[int, int], float] = lambda _from, _to: 1.0


class Travel(Protocol):
    """Something that knows the ways between places."""

    def ways(self, places: Floats, who: Traveller, hazards: Sequence[Hazard], limit: float) -> Ways:
        """The ways between places (lon, lat) of one that keeps to a side of the line and out of every hazard
        with a P of `limit` or more."""
        ...


@dataclass(frozen=True, eq=False)
class Straight:
    """Straight ways, longer by the factor `detour`, at the vehicle's speed."""

    ground: Ground
    detour: float

    def ways(self, places: Floats, who: Traveller, hazards: Sequence[Hazard], limit: float) -> Ways:
        """See `Travel.ways`."""
        n = len(places)
        i, j, lines = self.ground.ways(places)
        metres = np.zeros((n, n))
        metres[i, j] = inverse(places[i, 0], places[i, 1], places[j, 0], places[j, 1])[2] * self.detour
        metres += metres.T
        seconds = np.ceil(metres / who.speed_mps)
        worst, share = self.ground.risk(lines, hazards)
        allowed = np.zeros((n, n), dtype=bool)
        free = worst < limit
        if who.own is not None:
            side = self.ground.on_side(places, who.own)
            free &= side[i] & side[j] & ~self.ground.crossing(lines)
        allowed[i, j] = free
        allowed |= allowed.T
        np.fill_diagonal(allowed, True)
        exposed = np.zeros((n, n))
        exposed[i, j] = share
        exposed = (exposed + exposed.T) * seconds

        def shape(i: int, j: int) -> Floats:
            return places[[i, j]]

        return Ways(
            seconds.astype(np.int64), np.ceil(metres).astype(np.int64), exposed, allowed, shape, np.zeros(n)
        )

"""How deep a zone is at stations along its line, by geodesic perpendiculars."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from shapely.geometry.base import BaseGeometry

from truceline.geo.ellipsoid import Bools, Floats, Ints, direct
from truceline.geo.inside import contains
from truceline.geo.nearest import LineIndex
from truceline.geo.promise import Promise

_STATIONS = 1000
_STEPS = 160
_HALVINGS = 28

Condition = Callable[[Floats, Ints], Bools]


class DepthProfile:
    """Depths on one side (sign 1 left, -1 right) at stations `s` metres along the line.

    One array each: `depth` is the reach without a gap, at most to where another stretch of the line is
    nearer; `limited` where that is what ends it; `short` and `over` are the metres that are missing to the
    minimum and past the maximum (`least` and `most`). `counted`: a zone is promised there, or found.
    """

    def __init__(
        self, index: LineIndex, zone: BaseGeometry, sign: int, promise: Promise, tolerance_m: float
    ) -> None:
        self.index, self.sign = index, sign
        self.spacing = max(index.total_m / _STATIONS, 1.0)
        segment, along = self._places()
        self.s = index.offset_m[segment] + along
        self.lon, self.lat, azimuth = direct(
            index.start[segment, 0], index.start[segment, 1], index.azimuth[segment], along
        )
        self.normal = azimuth - 90.0 * sign
        self.least, self.most = promise.at(self.s, sign)
        # Looking well past the maximum shows by how much a zone is too deep.
        farthest = promise.whole_m[1] * 1.2 + 50.0 * tolerance_m
        # Once another stretch is nearer it stays so: no steps are needed, only the search.
        own = self._reach(lambda x, rows: self._own(x, rows, tolerance_m), farthest, farthest, 1)
        filled = self._reach(
            lambda x, rows: self._filled(zone, x, rows), farthest, min(tolerance_m, 0.5), _STEPS
        )
        self.limited: Bools = own < np.minimum(filled, farthest) - tolerance_m
        self.limited |= (filled >= own - tolerance_m) & (own < self.least)
        self.depth = np.minimum(filled, own)
        self.short = np.maximum(np.minimum(self.least, own) - self.depth, 0.0)
        self.over = np.maximum(self.depth - self.most, 0.0)
        self.counted: Bools = (self.most > 0.0) | (self.depth > tolerance_m)

    def _places(self) -> tuple[Ints, Floats]:
        """Stations evenly along the line, never on a vertex, with at least one on every long edge."""
        index = self.index
        count = np.round(index.length_m / self.spacing).astype(np.int64)
        count[(count == 0) & (index.length_m > self.spacing / 4)] = 1
        if not count.any():
            count[:: max(len(count) // _STATIONS, 1)] = 1
        segment = np.repeat(np.arange(len(count)), count)
        order = np.arange(len(segment)) - np.repeat(np.cumsum(count) - count, count)
        return segment, (order + 0.5) * (index.length_m / np.maximum(count, 1))[segment]

    def _at(self, x: Floats, rows: Ints) -> tuple[Floats, Floats]:
        lon, lat, _ = direct(self.lon[rows], self.lat[rows], self.normal[rows], x)
        return lon, lat

    def _own(self, x: Floats, rows: Ints, tolerance_m: float) -> Bools:
        lon, lat = self._at(x, rows)
        near = self.index.nearest(lon, lat)
        own: Bools = near.distance_m >= x - 0.01 * tolerance_m
        return own

    def _filled(self, zone: BaseGeometry, x: Floats, rows: Ints) -> Bools:
        lon, lat = self._at(x, rows)
        return contains(zone, lon, lat)

    def _reach(self, holds: Condition, farthest: float, start: float, count: int) -> Floats:
        """How far from the line the condition holds without a gap, for each station."""
        rows = np.arange(len(self.s))
        steps = np.linspace(start, farthest, count)
        low, high = np.zeros(len(rows)), np.full(len(rows), np.inf)
        going = rows
        for x in steps:
            held = holds(np.full(len(going), x), going)
            high[going[~held]] = x
            going = going[held]
            low[going] = x
            if not len(going):
                break
        ended = np.flatnonzero(np.isfinite(high))
        for _ in range(_HALVINGS):
            middle = (low[ended] + high[ended]) / 2
            held = holds(middle, ended)
            low[ended], high[ended] = np.where(held, middle, low[ended]), np.where(held, high[ended], middle)
        return low

    def found(self, amount_m: Floats, depth_m: Floats) -> tuple[Floats, Floats, Floats]:
        """The stations that deviate: position along the line, by how much, and the place at the depth."""
        rows = np.flatnonzero(amount_m > 0)
        lon, lat = self._at(depth_m[rows], rows)
        return self.s[rows], amount_m[rows], np.column_stack([lon, lat])

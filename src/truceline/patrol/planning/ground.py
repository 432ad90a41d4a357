"""Where a team may be: on its party's side of the line, and out of ground that is too dangerous.

A line is known to some error. With a margin a team keeps away from every place of the line as it is drawn by
so many times the 95% bound of the line's error there: the ground left out is all that lies in the circles
around the line's places with these radii.

Ways are straight in lon/lat between two places, as the edges of RFC 7946 are, unless roads are given.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from truceline.geo.ellipsoid import Bools, Floats, Ints, direct, wrapped
from truceline.geo.nearest import LineIndex
from truceline.geo.uncertainty.model import LineUncertainty
from truceline.patrol.crossing import OwnSide
from truceline.patrol.planning.model import Hazard

_CORNERS = 32
_PIECE_M = 20_000.0


@dataclass(frozen=True, eq=False)
class Ground:
    """What is drawn, on a sheet of lon/lat whose longitudes run on from `middle`. `drawn` is what no team
    touches: the line, or the ground within the margin of it."""

    line: LineIndex | None
    drawn: BaseGeometry | None
    middle: float
    wide: bool = False

    @classmethod
    def of(
        cls,
        line: LineIndex | None,
        places: Floats,
        uncertainty: LineUncertainty | None = None,
        margin: float = 1.0,
    ) -> Ground:
        """The ground around some places (lon, lat); `margin` is how many times the line's bound is kept."""
        middle = float(places[0, 0]) if len(places) else 0.0
        if line is None:
            return cls(None, None, middle)
        if uncertainty is not None and margin > 0.0 and float(uncertainty.bound_m.max()) > 0.0:
            return cls(line, _within(line, uncertainty, margin, middle), middle, True)
        edges = np.stack([_on(line.start, middle), _on(line.end, middle)], axis=1)
        return cls(line, shapely.union_all(shapely.linestrings(edges)), middle)

    def on_side(self, places: Floats, own: OwnSide | None) -> Bools:
        """Which places lie on a side of the line, not on it and not within the margin; all where there is no
        side to keep to."""
        free = self.beside(places, own)
        if self.wide and own is not None and self.drawn is not None and len(places):
            at = _on(places, self.middle)
            shapely.prepare(self.drawn)
            free &= ~shapely.intersects_xy(self.drawn, at[:, 0], at[:, 1])
        return free

    def beside(self, places: Floats, own: OwnSide | None) -> Bools:
        """Which places lie on a side of the line as it is drawn, the margin left aside."""
        if self.line is None or own is None or not len(places):
            return np.ones(len(places), dtype=bool)
        side = self.line.nearest(places[:, 0], places[:, 1]).side
        return np.asarray(side == (1 if own == "left" else -1))

    def ways(self, places: Floats) -> tuple[Ints, Ints, np.ndarray]:
        """The straight ways between every two places: from, to (indices, from < to), geometry."""
        i, j = np.triu_indices(len(places), k=1)
        return i, j, self.straight(places[i], places[j])

    def straight(self, starts: Floats, ends: Floats) -> np.ndarray:
        """The straight ways from places to others, row by row."""
        if not len(starts):
            return np.array([], dtype=object)
        both = [_on(starts, self.middle), _on(ends, self.middle)]
        return np.asarray(shapely.linestrings(np.stack(both, axis=1)))

    def crossing(self, ways: np.ndarray) -> Bools:
        """Which ways touch the line, or the ground within the margin of it."""
        if self.drawn is None or not len(ways):
            return np.zeros(len(ways), dtype=bool)
        shapely.prepare(self.drawn)
        return np.asarray(shapely.intersects(self.drawn, ways))

    def area(self, hazard: Hazard) -> BaseGeometry:
        """A hazard's area on the sheet."""
        return shapely.transform(hazard.area, lambda xy: _on(xy, self.middle))

    def spot(self, place: Floats) -> BaseGeometry:
        """A place (one row) on the sheet."""
        return shapely.Point(*_on(place, self.middle)[0])

    def risk(self, ways: np.ndarray, hazards: Sequence[Hazard]) -> tuple[Floats, Floats]:
        """Per way the greatest P of a hazard that it touches, and the sum over hazards of P times the share
        of the way that lies in it."""
        worst, share = np.zeros(len(ways)), np.zeros(len(ways))
        if not len(ways):
            return worst, share
        length = shapely.length(ways)
        for hazard in hazards:
            area = self.area(hazard)
            shapely.prepare(area)
            touched = np.asarray(shapely.intersects(area, ways))
            if not touched.any():
                continue
            worst[touched] = np.maximum(worst[touched], hazard.p)
            inside = shapely.length(shapely.intersection(ways[touched], area))
            share[touched] += hazard.p * inside / np.maximum(length[touched], 1e-12)
        return worst, share


def _within(line: LineIndex, uncertainty: LineUncertainty, margin: float, middle: float) -> BaseGeometry:
    """The ground in circles around the line's places, with the bound there as radius: hulls of polygons drawn
    around the circles at the two ends of every piece on which the bound is linear."""
    pieces: list[BaseGeometry] = []
    knots = uncertainty.position_m
    for number in range(len(line.start)):
        first, last = float(line.offset_m[number]), float(line.offset_m[number] + line.length_m[number])
        inner = knots[(knots > first) & (knots < last)]
        count = max(int(np.ceil((last - first) / _PIECE_M)), 1)
        at = np.unique(np.concatenate([np.linspace(first, last, count + 1), inner]))
        start = np.repeat(line.start[[number]], len(at), axis=0)
        x, y, _ = direct(start[:, 0], start[:, 1], np.repeat(line.azimuth[number], len(at)), at - first)
        radius = np.interp(at, knots, uncertainty.bound_m) * margin
        rings = [
            _on(circle_around(np.array([lon, lat]), max(float(far), 1.0)), middle)
            for lon, lat, far in zip(np.asarray(x), np.asarray(y), radius, strict=True)
        ]
        pieces += [shapely.convex_hull(shapely.MultiPoint(np.vstack(pair))) for pair in pairwise(rings)]
    return shapely.union_all(pieces)


def circle_around(place: Floats, radius_m: float) -> Floats:
    """A polygon around the circle of a radius about a place (lon, lat), so that no part of it is left out."""
    outer = radius_m / np.cos(np.pi / _CORNERS) * 1.001
    azimuth = np.arange(_CORNERS) * 360.0 / _CORNERS
    lon, lat, _ = direct(
        np.full(_CORNERS, place[0]), np.full(_CORNERS, place[1]), azimuth, np.full(_CORNERS, outer)
    )
    return np.column_stack([lon, lat])


def _on(places: Floats, middle: float) -> Floats:
    return np.column_stack([middle + wrapped(places[:, 0] - middle), places[:, 1]])

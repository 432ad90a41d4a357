"""Where a team may be: on its party's side of the line, and out of ground that is too dangerous.

Ways are straight in lon/lat between two places, as the edges of RFC 7946 are, unless roads are given.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from truceline.geo.ellipsoid import Bools, Floats, Ints, wrapped
from truceline.geo.nearest import LineIndex
from truceline.patrol.crossing import OwnSide
from truceline.patrol.planning.model import Hazard


@dataclass(frozen=True, eq=False)
class Ground:
    """What is drawn, on a sheet of lon/lat whose longitudes run on from `middle`."""

    line: LineIndex | None
    drawn: BaseGeometry | None
    middle: float

    @classmethod
    def of(cls, line: LineIndex | None, places: Floats) -> Ground:
        """The ground around some places (lon, lat)."""
        middle = float(places[0, 0]) if len(places) else 0.0
        if line is None:
            return cls(None, None, middle)
        edges = np.stack([_on(line.start, middle), _on(line.end, middle)], axis=1)
        return cls(line, shapely.union_all(shapely.linestrings(edges)), middle)

    def on_side(self, places: Floats, own: OwnSide | None) -> Bools:
        """Which places lie on a side of the line and not on it; all where there is no side to keep to."""
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
        """Which ways touch the line."""
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


def _on(places: Floats, middle: float) -> Floats:
    return np.column_stack([middle + wrapped(places[:, 0] - middle), places[:, 1]])

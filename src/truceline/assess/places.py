"""Where: the probability that a report's place lies in the area that a provision speaks of.

A position's error and the area's own uncertainty are both 95% radii of normal errors, so they add in
squares. A zone whose depth may be anything from its least to its greatest counts as the mean of both: what
lies between is in the zone with even chance. Coordinates lon, lat (WGS 84), distances metres.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from truceline.accord.geometry import AccordGeometry
from truceline.accord.model import Accord
from truceline.accord.model.base import Names
from truceline.assess.columns import Evidence, Floats, Rows
from truceline.assess.positions import Positions
from truceline.assess.ruleset import Ruleset
from truceline.geo.ellipsoid import direct
from truceline.geo.zone import derive_zone


@dataclass(frozen=True)
class Region:
    """An area by its id: polygons with the share that each has in it, and how well its edge is known.

    `polygons` may be empty: the accord names the area but nobody drew it. `names` are what reports may call
    it.
    """

    id: str
    kind: str
    names: tuple[str, ...]
    polygons: tuple[tuple[BaseGeometry, float], ...] = ()
    uncertainty_m: float = 0.0
    approximate: bool = False

    @property
    def drawn(self) -> bool:
        """Whether there is an area to compare places with."""
        return bool(self.polygons)


class Places:
    """The regions of an accord, and the probabilities of rows to lie in them, each computed once."""

    def __init__(
        self, accord: Accord, geometry: AccordGeometry, ruleset: Ruleset, positions: Positions
    ) -> None:
        self.accord = accord
        self.geometry = geometry
        self.ruleset = ruleset
        self.positions = positions

    def zone(self, id: str) -> Region:
        """A zone of the accord."""
        zone = self.accord.zone(id)
        names = _names(zone.names, id) if zone else (id,)
        drawn = self.geometry.zones.get(id)
        if drawn is None:
            return Region(id, "zone", names)
        polygons = _weighted(drawn.min_area, drawn.max_area)
        return Region(id, "zone", names, polygons, drawn.uncertainty_m, drawn.approximate)

    def place(self, id: str) -> Region:
        """A place of the accord; a point or line counts as what lies within `place_radius_m` of it."""
        place = self.accord.place(id)
        names = (*_names(place.names, id), *place.aliases) if place else (id,)
        shape = self.geometry.places.get(id)
        if shape is None or shape.is_empty:
            return Region(id, "place", names)
        error = self.geometry.place_error_m.get(id, 0.0)
        if shape.geom_type in ("Polygon", "MultiPolygon"):
            return Region(id, "place", names, ((shape, 1.0),), error)
        disc = around(shape, max(self.ruleset.place_radius_m, error))
        return Region(id, "place", names, ((disc, 1.0),), 0.0, approximate=True)

    def route(self, provision: str, names: tuple[str, ...], error_m: float) -> Region:
        """The corridor of a route, `route_halfwidth_m` to each side."""
        shape = self.geometry.routes.get(provision)
        if shape is None or shape.is_empty:
            return Region(provision, "route", names)
        corridor = around(shape, self.ruleset.route_halfwidth_m)
        return Region(provision, "route", names, ((corridor, 1.0),), error_m, approximate=error_m > 0)

    def along(self, id: str) -> Region:
        """What lies within `place_radius_m` of a line of the accord."""
        line = self.geometry.lines.get(id)
        if line is None or line.is_empty:
            return Region(id, "line", (id,))
        uncertainty = float(self.geometry.line_uncertainty_m.get(id, 0.0))
        strip = around(line, self.ruleset.place_radius_m)
        return Region(id, "line", (id,), ((strip, 1.0),), uncertainty)

    def band(self, provision: str, parties: Sequence[str] = ()) -> Region:
        """The band or bands of a provision: those of `parties` where it has one per party, else all."""
        bands = self.geometry.bands.get(provision, {})
        keys = [key for key in bands if key in parties] or sorted(bands)
        least = [bands[key].min_area for key in keys]
        most = [bands[key].max_area for key in keys]
        if not most:
            return Region(provision, "band", (provision,))
        polygons = _weighted(shapely.union_all(least), shapely.union_all(most))
        uncertainty = max(bands[key].uncertainty_m for key in keys)
        approximate = any(bands[key].approximate for key in keys)
        return Region(provision, "band", (provision,), polygons, uncertainty, approximate)

    def named(self, id: str) -> Region:
        """A zone or else a place, by id."""
        return self.zone(id) if self.accord.zone(id) else self.place(id)

    def p_in(self, region: Region, evidence: Evidence, rows: Rows) -> Floats:
        """Per row P(inside the region); rows that name the region itself, or no place, by the ruleset."""
        result = self._p_geometric(region, rows)
        result[self.positions.lost[rows]] = self.ruleset.no_place
        wanted = {_plain(name) for name in region.names}
        for column in ("place", "subject"):
            codes, values = evidence.codes_at(column, rows)
            hit = np.array([_plain(value) in wanted for value in values] + [False], dtype=bool)
            if hit.any():
                named = hit[codes]
                result[named] = np.maximum(result[named], self.ruleset.named_place)
        return result

    def _p_geometric(self, region: Region, rows: Rows) -> Floats:
        if not region.drawn:
            # Nobody drew the area, so that a place says little.
            return np.full(len(rows), self.ruleset.no_place)
        share = np.zeros(len(rows))
        for polygon, weight in region.polygons:
            share += weight * self.positions.p_in(polygon, region.uncertainty_m, rows)
        return np.clip(share, 0.0, 1.0)


def around(shape: BaseGeometry, radius_m: float) -> BaseGeometry:
    """Everything within so many metres of a point or line, on the ellipsoid."""
    return _around(shape.wkb, radius_m)


@lru_cache(maxsize=64)
def _around(wkb: bytes, radius_m: float) -> BaseGeometry:
    shape = shapely.from_wkb(wkb)
    parts: list[BaseGeometry] = []
    for part in shapely.get_parts(shape):
        if part.geom_type == "Point":
            azimuths = np.linspace(0.0, 360.0, 64, endpoint=False)
            centre_lon, centre_lat, radius = np.array(part.x), np.array(part.y), np.array(radius_m)
            lon, lat = direct(centre_lon, centre_lat, azimuths, radius)
            parts.append(shapely.Polygon(np.column_stack([lon, lat])))
        else:
            parts.append(derive_zone(part, radius_m, side="both").geometry)
    return shapely.union_all(parts)


def _weighted(least: BaseGeometry, most: BaseGeometry) -> tuple[tuple[BaseGeometry, float], ...]:
    if most.is_empty:
        return ()
    if least.is_empty:
        return ((most, 0.5),)
    return ((most, 1.0),) if least.equals(most) else ((least, 0.5), (most, 0.5))


def _names(names: Names, id: str) -> tuple[str, ...]:
    return (id, *names.values())


def _plain(text: object) -> str:
    words = str(text).casefold().replace("_", " ").replace("-", " ").split()
    return " ".join(words[1:] if words and words[0] == "the" else words)

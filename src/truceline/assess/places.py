"""Where: the probability that a report's place lies in the area that a provision speaks of.

A zone is measured from a line; where that is uncertain, a position's distribution is widened along the
line's perpendicular by the line's error there (`truceline.geo.uncertainty.model`). The uncertainty of a place
or route adds to the position's in squares, both being 95% radii of normal errors. Where the line of a zone
has versions, a report is judged against the version in force when it was made, each by its share of the
report's time. A zone whose depth may be anything from its least to its greatest counts as the mean of both:
what lies between is in the zone with even chance. Coordinates lon, lat (WGS 84), distances metres.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from truceline.accord.geometry import AccordGeometry, joined_lines
from truceline.accord.model import Accord
from truceline.accord.model.base import Names
from truceline.assess.columns import Evidence, Floats, Rows
from truceline.assess.positions import Areas, Positions
from truceline.assess.ruleset import Ruleset
from truceline.assess.times import Window
from truceline.geo.ellipsoid import direct
from truceline.geo.uncertainty.line import UncertainLine
from truceline.geo.zone import derive_zone

Ground = tuple[str, str, Areas]


@dataclass(frozen=True)
class Region:
    """An area by its id: polygons with the share that each has in it, and how well its edge is known.

    `polygons` may be empty: the accord names the area but nobody drew it. `names` are what reports may call
    it. `line` is the uncertain line that it is measured from. `versions` are the areas that it was in its
    time, each with its window, where its line has versions.
    """

    id: str
    kind: str
    names: tuple[str, ...]
    polygons: tuple[tuple[BaseGeometry, float], ...] = ()
    uncertainty_m: float = 0.0
    approximate: bool = False
    line: UncertainLine | None = None
    versions: tuple[tuple[Window, Region], ...] = ()

    @cached_property
    def areas(self) -> Areas:
        """The polygons with their shares, to be told from others by."""
        return tuple((polygon.wkb, share) for polygon, share in self.polygons)

    @property
    def ground(self) -> Ground:
        """What tells it from the other regions of an accord: each party may have a band of its own."""
        return self.kind, self.id, self.areas

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
        self._regions: dict[tuple[str, ...], Region] = {}

    def zone(self, id: str) -> Region:
        """A zone of the accord."""
        return self._over_time(("zone", id), lambda geometry: self._zone(id, geometry))

    def _zone(self, id: str, geometry: AccordGeometry) -> Region:
        zone = self.accord.zone(id)
        names = _names(zone.names, id) if zone else (id,)
        drawn = geometry.zones.get(id)
        if drawn is None:
            return Region(id, "zone", names)
        polygons = _weighted(drawn.min_area, drawn.max_area)
        return Region(id, "zone", names, polygons, drawn.uncertainty_m, drawn.approximate, drawn.line)

    def _over_time(self, key: tuple[str, ...], drawn_in: Callable[[AccordGeometry], Region]) -> Region:
        """The region as of the assessment, with what it was in other periods where that differs."""
        if key not in self._regions:
            region = drawn_in(self.geometry)
            held = [(Window(p.start, p.end), drawn_in(p.geometry)) for p in self.geometry.history]
            same = all(_same_ground(version, region) for _, version in held)
            self._regions[key] = region if same else replace(region, versions=tuple(held))
        return self._regions[key]

    def place(self, id: str) -> Region:
        """A place of the accord; a point or line counts as what lies within `place_radius_m` of it."""
        key = ("place", id)
        if key not in self._regions:
            self._regions[key] = self._place(id)
        return self._regions[key]

    def _place(self, id: str) -> Region:
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
        return self._over_time(("along", id), lambda geometry: self._along(id, geometry))

    def _along(self, id: str, geometry: AccordGeometry) -> Region:
        version = geometry.in_force.get(id, id)
        line = geometry.lines.get(version)
        if line is None or line.is_empty:
            return Region(id, "line", (id,))
        uncertainty = float(geometry.line_uncertainty_m.get(version, 0.0))
        strip = around(line, self.ruleset.place_radius_m)
        uncertain = geometry.uncertain_lines.get(version)
        return Region(id, "line", (id,), ((strip, 1.0),), uncertainty, line=uncertain)

    def band(self, provision: str, parties: Sequence[str] = ()) -> Region:
        """The band or bands of a provision: those of `parties` where it has one per party, else all."""
        key = ("band", provision, *parties)
        return self._over_time(key, lambda geometry: self._band(provision, parties, geometry))

    def _band(self, provision: str, parties: Sequence[str], geometry: AccordGeometry) -> Region:
        bands = geometry.bands.get(provision, {})
        keys = [key for key in bands if key in parties] or sorted(bands)
        least = [bands[key].min_area for key in keys]
        most = [bands[key].max_area for key in keys]
        if not most:
            return Region(provision, "band", (provision,))
        polygons = _weighted(shapely.union_all(least), shapely.union_all(most))
        uncertainty = max(bands[key].uncertainty_m for key in keys)
        approximate = any(bands[key].approximate for key in keys)
        line = joined_lines([bands[key].line for key in keys])
        return Region(provision, "band", (provision,), polygons, uncertainty, approximate, line)

    def named(self, id: str) -> Region:
        """A zone or else a place, by id."""
        return self.zone(id) if self.accord.zone(id) else self.place(id)

    def p_in(self, region: Region, evidence: Evidence, rows: Rows) -> Floats:
        """Per row P(inside the region); rows that name the region itself, or no place, by the ruleset."""
        result = self._p_geometric(region, evidence, rows)
        result[self.positions.lost(rows)] = self.ruleset.no_place
        for column in ("place", "subject"):
            named = evidence.names_one_of(column, rows, region.names)
            if named is not None:
                result[named] = np.maximum(result[named], self.ruleset.named_place)
        return result

    def _p_geometric(self, region: Region, evidence: Evidence, rows: Rows) -> Floats:
        if region.versions:
            judged = np.zeros(len(rows))
            for window, version in region.versions:
                part = window.share(evidence, rows)
                some = np.flatnonzero(part > 0.0)
                if len(some):
                    judged[some] += part[some] * self._p_geometric(version, evidence, rows[some])
            return np.clip(judged, 0.0, 1.0)
        if not region.drawn:
            # Nobody drew the area, so that a place says little.
            return np.full(len(rows), self.ruleset.no_place)
        # The line says itself how uncertain it is, place by place.
        error_m = 0.0 if region.line is not None else region.uncertainty_m
        return self.positions.p_in(region.areas, error_m, rows, region.line)


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


def _same_ground(one: Region, other: Region) -> bool:
    return (
        one.line is other.line
        and len(one.polygons) == len(other.polygons)
        and all(
            p.equals_exact(q) and share == weight
            for (p, share), (q, weight) in zip(one.polygons, other.polygons, strict=True)
        )
    )


def _names(names: Names, id: str) -> tuple[str, ...]:
    return (id, *names.values())

"""The accord's lines, zones, bands, routes and places as shapely geometries, lon/lat on WGS 84.

Zones and bands are derived on the ellipsoid (`truceline.geo.zone`). What the accord draws nowhere is absent
here, and not an error: that nobody has drawn a zone is something to say in a verdict. `within` of a zone is a
statement, and cuts nothing off.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol

import shapely
from shapely.geometry.base import BaseGeometry

from truceline.accord.model import Accord, Band, Derivation, Line, Provision, Range, Zone
from truceline.accord.model.space import GeometryRef, Side
from truceline.accord.quoting import inside
from truceline.accord.versions import has_versions, periods, version_at
from truceline.core.errors import InvalidGeometry, NotFound
from truceline.geo.geojson import Family, read_features, read_geojson, read_line, read_polygon
from truceline.geo.geojson_faults import validity_fault
from truceline.geo.line import as_line
from truceline.geo.uncertainty.line import UncertainLine
from truceline.geo.uncertainty.model import LineUncertainty
from truceline.geo.zone import DepthSegment, derive_zone

Stretches = tuple[tuple[float, float, float], ...]
"""Stretches of a line with depths of their own: from, to (metres along it), depth (metres; 0: none)."""


class Derive(Protocol):
    """What makes the band beside a line."""

    def __call__(
        self, line: BaseGeometry, depth_m: float, side: str, from_m: float, stretches: Stretches = ()
    ) -> BaseGeometry:
        """The band from `from_m` to `depth_m` (metres off the line), along `stretches` to theirs."""


def derived(
    line: BaseGeometry, depth_m: float, side: str, from_m: float, stretches: Stretches = ()
) -> BaseGeometry:
    """The band, derived on the ellipsoid now; a caller may give `resolve_geometry` one that remembers."""
    segments = [
        DepthSegment(start, end, deep if side != "right" else 0.0, deep if side != "left" else 0.0)
        for start, end, deep in stretches
    ]
    return derive_zone(line, depth_m, Side(side).value, from_m=from_m, segments=segments).geometry


@dataclass(frozen=True, slots=True)
class ZoneGeometry:
    """A zone's ground: what is surely promised (`min_area`) and what may be (`max_area`, also `area`).

    `uncertainty_m` is that of the line that it is measured from, the greatest along it, and `line` that line
    itself, where it is uncertain; `approximate` says that it is not the parties' own line.
    """

    min_area: BaseGeometry
    max_area: BaseGeometry
    uncertainty_m: float = 0.0
    approximate: bool = False
    line: UncertainLine | None = None

    @property
    def area(self) -> BaseGeometry:
        """All ground that may be the zone's: a polygon or multipolygon."""
        return self.max_area


@dataclass(frozen=True, slots=True)
class AccordGeometry:
    """Everything that the accord draws.

    `lines`, `zones` and `places` are by id, `routes` by the provision's id. `bands` are by the provision's id
    and then by the party or sector for which the band holds; "" where it is the same for all.

    `in_force` says which version of a line this is drawn from, by the line's id. `history` holds the geometry
    of every period in which other versions are in force, in order, where lines have versions.
    """

    lines: Mapping[str, BaseGeometry] = field(default_factory=dict)
    line_uncertainty_m: Mapping[str, float] = field(default_factory=dict)
    zones: Mapping[str, ZoneGeometry] = field(default_factory=dict)
    routes: Mapping[str, BaseGeometry] = field(default_factory=dict)
    route_error_m: Mapping[str, float] = field(default_factory=dict)
    places: Mapping[str, BaseGeometry] = field(default_factory=dict)
    place_error_m: Mapping[str, float] = field(default_factory=dict)
    bands: Mapping[str, Mapping[str, ZoneGeometry]] = field(default_factory=dict)
    uncertain_lines: Mapping[str, UncertainLine] = field(default_factory=dict)
    in_force: Mapping[str, str] = field(default_factory=dict)
    history: tuple[GeometryPeriod, ...] = ()


@dataclass(frozen=True, slots=True)
class GeometryPeriod:
    """What the accord draws from an instant up to another (UTC, half open; None: unbounded)."""

    start: datetime | None
    end: datetime | None
    geometry: AccordGeometry


def resolve_geometry(
    accord: Accord,
    base_dir: Path | str,
    *,
    on: date | None = None,
    known_at: datetime | None = None,
    derive: Derive = derived,
) -> AccordGeometry:
    """Reads and derives every geometry of the accord; files are looked for below `base_dir`.

    Of a line that has versions, the one in force `on` that day as known at `known_at` counts (no day: the
    line itself; no instant: all that the accord says), and `history` says what was drawn when. `derive` makes
    the band beside a line, for a caller that remembers bands. Raises NotFound for a missing file or feature,
    InvalidGeometry for one that cannot be used, and InvalidInput for a path that leaves the folder.
    """
    resolver = _Resolver(accord, Path(base_dir), derive)
    versioned = [line.id for line in accord.lines] if has_versions(accord) else []
    chosen = {id: version_at(accord, id, on, known_at) for id in versioned}
    present = resolver.drawn({id: line.id for id, line in chosen.items() if line is not None})
    history = tuple(
        GeometryPeriod(period.start, period.end, resolver.drawn(period.in_force))
        for period in (periods(accord, known_at) if on is not None else ())
    )
    return replace(present, history=history if len(history) > 1 else ())


def read_geometry(ref: GeometryRef, base_dir: Path, family: Family = "any") -> BaseGeometry:
    """The geometry that is referred to. Raises NotFound, InvalidGeometry or InvalidInput."""
    document, source = _document(ref, base_dir)
    if family == "line":
        return read_line(document, source=source).geometry
    if family == "polygon":
        return read_polygon(document, source=source).geometry
    features = read_features(document, source=source)
    crossed = [validity_fault(f.geometry, f.place, source) for f in features]
    faults = [fault for fault in crossed if fault is not None]
    if faults:
        raise InvalidGeometry.of_faults(faults)
    found = [feature.geometry for feature in features]
    return found[0] if len(found) == 1 else shapely.GeometryCollection(found)


def _document(ref: GeometryRef, base_dir: Path) -> tuple[Path | dict[str, Any], str]:
    if ref.file is None:
        return dict(ref.geojson or {}), "geometry"
    path = inside(base_dir, ref.file)
    if ref.feature is None:
        return path, ref.file
    data = read_geojson(path, ref.file)
    read_features(data, source=ref.file)  # every fault of the file, before one feature is taken out
    for feature in data.get("features", [data]):
        if isinstance(feature, dict) and str(feature.get("id")) == ref.feature:
            return feature, f"{ref.file}#{ref.feature}"
    raise NotFound(f"{ref.file} has no feature with the id {ref.feature!r}")


class _Resolver:
    """Derives zones and bands from the accord's lines."""

    def __init__(self, accord: Accord, base_dir: Path, derive: Derive) -> None:
        self.accord = accord
        self.base_dir = base_dir
        self.derive = derive
        self.lines = {
            line.id: read_geometry(line.geometry, base_dir, "line")
            for line in accord.lines
            if line.geometry is not None
        }
        self.uncertain = {
            line.id: _uncertain(line, self.lines[line.id])
            for line in accord.lines
            if line.id in self.lines and (line.uncertainty_m > 0 or line.uncertainty_segments)
        }
        self.routes = {
            provision.id: read_geometry(provision.geometry, base_dir, "line")
            for provision in accord.provisions
            if provision.kind == "routes" and provision.geometry is not None
        }
        self.places = {
            place.id: read_geometry(place.geometry, base_dir)
            for place in accord.places
            if place.geometry is not None
        }
        self._derived: dict[tuple[str, str, float, float, Stretches], BaseGeometry] = {}
        self._in_force: Mapping[str, str] = {}

    def drawn(self, in_force: Mapping[str, str]) -> AccordGeometry:
        """All that the accord draws, with these versions of its lines."""
        self._in_force = in_force
        accord = self.accord
        zones = {zone.id: self.zone(zone) for zone in accord.zones}
        bands = {provision.id: self.bands(provision) for provision in accord.provisions}
        return AccordGeometry(
            lines=self.lines,
            line_uncertainty_m={line.id: greatest_uncertainty_m(line) for line in accord.lines},
            zones={id: zone for id, zone in zones.items() if zone is not None},
            routes=self.routes,
            route_error_m={
                p.id: p.error_m for p in accord.provisions if p.kind == "routes" and p.error_m is not None
            },
            places=self.places,
            place_error_m={place.id: place.error_m for place in accord.places if place.error_m is not None},
            bands={id: found for id, found in bands.items() if found},
            uncertain_lines=self.uncertain,
            in_force=in_force,
        )

    def zone(self, zone: Zone) -> ZoneGeometry | None:
        """The ground of a zone; None where it is not drawn."""
        if zone.geometry is not None:
            area = read_geometry(zone.geometry, self.base_dir, "polygon")
            return ZoneGeometry(area, area)
        found = [self._derivation(derivation) for derivation in zone.derivation]
        drawn = [part for part in found if part is not None]
        if not drawn or len(drawn) < len(found):
            return None
        return ZoneGeometry(
            _united([part.min_area for part in drawn]),
            _united([part.max_area for part in drawn]),
            max(part.uncertainty_m for part in drawn),
            any(part.approximate for part in drawn),
            joined_lines([part.line for part in drawn]),
        )

    def _derivation(self, derivation: Derivation) -> ZoneGeometry | None:
        share = 0.5 if derivation.measure == "width" else 1.0
        least, deepest = least_and_deepest(derivation.depth_m, share)
        stretches = [(s.from_m, s.to_m, *least_and_deepest(s.depth_m, share)) for s in derivation.segments]
        return self._band(
            derivation.line,
            derivation.side,
            derivation.from_m,
            least,
            deepest,
            tuple((start, end, low) for start, end, low, _ in stretches),
            tuple((start, end, high) for start, end, _, high in stretches),
        )

    def bands(self, provision: Provision) -> dict[str, ZoneGeometry]:
        """The bands of a provision by party or sector."""
        own: Band | None = getattr(provision, "band", None)
        per_sector: Mapping[str, Band] = getattr(provision, "bands", {})
        found: dict[str, ZoneGeometry | None] = {}
        if own is not None:
            sides = own.side if isinstance(own.side, dict) else {}
            lines = own.line if isinstance(own.line, dict) else {}
            for party in dict.fromkeys((*sides, *lines)) or ("",):
                line = lines.get(party) if isinstance(own.line, dict) else own.line
                side = sides.get(party) if isinstance(own.side, dict) else own.side
                if line is not None and side is not None:
                    found[party] = self._band(line, side, own.from_m, own.to_m, own.to_m)
        for sector, band in per_sector.items():
            if isinstance(band.line, str) and isinstance(band.side, Side):
                found[sector] = self._in_sector(
                    self._band(band.line, band.side, band.from_m, band.to_m, band.to_m), sector
                )
        return {key: band for key, band in found.items() if band is not None}

    def _in_sector(self, band: ZoneGeometry | None, sector_id: str) -> ZoneGeometry | None:
        sector = next((s for z in self.accord.zones for s in z.sectors if s.id == sector_id), None)
        if band is None or sector is None or sector.geometry is None:
            return band
        ground = read_geometry(sector.geometry, self.base_dir, "polygon")
        return ZoneGeometry(
            _polygonal(band.min_area.intersection(ground)),
            _polygonal(band.max_area.intersection(ground)),
            band.uncertainty_m,
            band.approximate,
            band.line,
        )

    def _band(
        self,
        line_id: str,
        side: Side,
        from_m: float,
        least_m: float,
        deepest_m: float,
        least_along: Stretches = (),
        deepest_along: Stretches = (),
    ) -> ZoneGeometry | None:
        line = self.accord.line(self._in_force.get(line_id, line_id))
        if line is None or line.id not in self.lines:
            return None
        widest = self._derive(line.id, side, from_m, deepest_m, deepest_along)
        # Where the least depth does not reach the band's beginning, nothing is surely promised.
        reaches = max([least_m, *(depth for *_, depth in least_along)]) > from_m
        surely = self._derive(line.id, side, from_m, least_m, least_along) if reaches else shapely.Polygon()
        uncertain = self.uncertain.get(line.id)
        return ZoneGeometry(surely, widest, greatest_uncertainty_m(line), line.approximate, uncertain)

    def _derive(
        self, line: str, side: Side, from_m: float, depth_m: float, stretches: Stretches = ()
    ) -> BaseGeometry:
        key = (line, str(side), from_m, depth_m, stretches)
        if key not in self._derived:
            self._derived[key] = self.derive(self.lines[line], depth_m, side.value, from_m, stretches)
        return self._derived[key]


def least_and_deepest(depth: Range, share: float) -> tuple[float, float]:
    """The depths of one side that are surely promised, and that may be; metres."""
    deepest = depth.max if depth.max is not None else depth.min
    least = depth.min if depth.min is not None else deepest
    assert deepest is not None
    assert least is not None
    return least * share, deepest * share


def greatest_uncertainty_m(line: Line) -> float:
    """The greatest uncertainty that the accord states for the line, on the whole or for a stretch."""
    return max([line.uncertainty_m, *(stretch.uncertainty_m for stretch in line.uncertainty_segments)])


def uncertainty_range_m(line: UncertainLine) -> tuple[float, float]:
    """The least and the greatest bound that is stated along a line, metres; past its end none counts."""
    bounds = line.uncertainty.bound_m
    along = line.uncertainty.position_m < line.index.total_m - 1.0
    bounds = bounds[along] if along.any() else bounds
    return float(bounds.min()), float(bounds.max())


def joined_lines(lines: Sequence[UncertainLine | None]) -> UncertainLine | None:
    """One uncertain line of several, each once; None where none is uncertain."""
    distinct = list(dict.fromkeys(line for line in lines if line is not None))
    return UncertainLine.joined(distinct) if distinct else None


def _uncertain(line: Line, geometry: BaseGeometry) -> UncertainLine:
    stretches = [(s.from_m, s.to_m, s.uncertainty_m) for s in line.uncertainty_segments]
    bounds = LineUncertainty.of_stretches(stretches, line.uncertainty_m, line.correlation_m)
    return UncertainLine.of(as_line(geometry), bounds)


def _united(parts: list[BaseGeometry]) -> BaseGeometry:
    return parts[0] if len(parts) == 1 else shapely.union_all(parts)


def _polygonal(geometry: BaseGeometry) -> BaseGeometry:
    parts = [p for p in shapely.get_parts(geometry) if p.geom_type == "Polygon"]
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)

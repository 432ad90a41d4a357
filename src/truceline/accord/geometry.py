"""The accord's lines, zones, bands, routes and places as shapely geometries, lon/lat on WGS 84.

Zones and bands are derived on the ellipsoid (`truceline.geo.zone`). What the accord draws nowhere is absent
here, and not an error: that nobody has drawn a zone is something to say in a verdict. `within` of a zone is a
statement, and cuts nothing off.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from truceline.accord.model import Accord, Band, Derivation, Line, Provision, Zone
from truceline.accord.model.space import GeometryRef, Side
from truceline.accord.quoting import inside
from truceline.core.errors import NotFound
from truceline.geo.geojson import Family, read_features, read_line, read_polygon
from truceline.geo.zone import derive_zone

Derive = Callable[[BaseGeometry, float, str, float], BaseGeometry]
"""A band beside a line: from the line, the depth, the side and where it begins (metres off the line)."""


def derived(line: BaseGeometry, depth_m: float, side: str, from_m: float) -> BaseGeometry:
    """The band, derived on the ellipsoid now; a caller may give `resolve_geometry` one that remembers."""
    return derive_zone(line, depth_m, Side(side).value, from_m=from_m).geometry


@dataclass(frozen=True, slots=True)
class ZoneGeometry:
    """A zone's ground: what is surely promised (`min_area`) and what may be (`max_area`, also `area`).

    `uncertainty_m` is that of the line that it is measured from; `approximate` says that it is not the
    parties' own line.
    """

    min_area: BaseGeometry
    max_area: BaseGeometry
    uncertainty_m: float = 0.0
    approximate: bool = False

    @property
    def area(self) -> BaseGeometry:
        """All ground that may be the zone's: a polygon or multipolygon."""
        return self.max_area


@dataclass(frozen=True, slots=True)
class AccordGeometry:
    """Everything that the accord draws.

    `lines`, `zones` and `places` are by id, `routes` by the provision's id. `bands` are by the provision's id
    and then by the party or sector for which the band holds; "" where it is the same for all.
    """

    lines: Mapping[str, BaseGeometry] = field(default_factory=dict)
    line_uncertainty_m: Mapping[str, float] = field(default_factory=dict)
    zones: Mapping[str, ZoneGeometry] = field(default_factory=dict)
    routes: Mapping[str, BaseGeometry] = field(default_factory=dict)
    route_error_m: Mapping[str, float] = field(default_factory=dict)
    places: Mapping[str, BaseGeometry] = field(default_factory=dict)
    place_error_m: Mapping[str, float] = field(default_factory=dict)
    bands: Mapping[str, Mapping[str, ZoneGeometry]] = field(default_factory=dict)


def resolve_geometry(
    accord: Accord, base_dir: Path | str, *, on: date | None = None, derive: Derive = derived
) -> AccordGeometry:
    """Reads and derives every geometry of the accord; files are looked for below `base_dir`.

    Of a line that has versions, the one valid `on` that day counts (None: the line itself). `derive` makes
    the band beside a line, for a caller that remembers bands. Raises NotFound
    for a missing file or feature, InvalidGeometry for one that cannot be used, and InvalidInput for a path
    that leaves the folder.
    """
    base = Path(base_dir)
    resolver = _Resolver(accord, base, on, derive)
    zones = {zone.id: resolver.zone(zone) for zone in accord.zones}
    routes = {
        provision.id: read_geometry(provision.geometry, base, "line")
        for provision in accord.provisions
        if provision.kind == "routes" and provision.geometry is not None
    }
    placed = [(place, place.geometry) for place in accord.places if place.geometry is not None]
    bands = {provision.id: resolver.bands(provision) for provision in accord.provisions}
    return AccordGeometry(
        lines=resolver.lines,
        line_uncertainty_m={line.id: line.uncertainty_m for line in accord.lines},
        zones={id: zone for id, zone in zones.items() if zone is not None},
        routes=routes,
        route_error_m={
            p.id: p.error_m for p in accord.provisions if p.kind == "routes" and p.error_m is not None
        },
        places={place.id: read_geometry(ref, base) for place, ref in placed},
        place_error_m={place.id: place.error_m for place in accord.places if place.error_m is not None},
        bands={id: found for id, found in bands.items() if found},
    )


def read_geometry(ref: GeometryRef, base_dir: Path, family: Family = "any") -> BaseGeometry:
    """The geometry that is referred to. Raises NotFound, InvalidGeometry or InvalidInput."""
    document, source = _document(ref, base_dir)
    if family == "line":
        return read_line(document, source=source).geometry
    if family == "polygon":
        return read_polygon(document, source=source).geometry
    found = [feature.geometry for feature in read_features(document, source=source)]
    return found[0] if len(found) == 1 else shapely.GeometryCollection(found)


def _document(ref: GeometryRef, base_dir: Path) -> tuple[Path | dict[str, Any], str]:
    if ref.file is None:
        return dict(ref.geojson or {}), "geometry"
    path = inside(base_dir, ref.file)
    if ref.feature is None:
        return path, ref.file
    read_features(path, source=ref.file)  # every fault of the file, before one feature is taken out
    data = json.loads(path.read_text(encoding="utf-8-sig"))
    for feature in data.get("features", [data]):
        if isinstance(feature, dict) and str(feature.get("id")) == ref.feature:
            return feature, f"{ref.file}#{ref.feature}"
    raise NotFound(f"{ref.file} has no feature with the id {ref.feature!r}")


class _Resolver:
    """Derives zones and bands from the accord's lines."""

    def __init__(self, accord: Accord, base_dir: Path, on: date | None, derive: Derive) -> None:
        self.accord = accord
        self.base_dir = base_dir
        self.on = on
        self.derive = derive
        self.lines = {
            line.id: read_geometry(line.geometry, base_dir, "line")
            for line in accord.lines
            if line.geometry is not None
        }
        self._derived: dict[tuple[str, str, float, float], BaseGeometry] = {}

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
        )

    def _derivation(self, derivation: Derivation) -> ZoneGeometry | None:
        share = 0.5 if derivation.measure == "width" else 1.0
        depth = derivation.depth_m
        deepest = depth.max if depth.max is not None else depth.min
        least = depth.min if depth.min is not None else deepest
        assert deepest is not None
        assert least is not None
        return self._band(derivation.line, derivation.side, derivation.from_m, least * share, deepest * share)

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
        )

    def _band(
        self, line_id: str, side: Side, from_m: float, least_m: float, deepest_m: float
    ) -> ZoneGeometry | None:
        line = self._version(line_id)
        if line is None or line.id not in self.lines:
            return None
        widest = self._derive(line.id, side, from_m, deepest_m)
        # Where the least depth does not reach the band's beginning, nothing is surely promised.
        surely = self._derive(line.id, side, from_m, least_m) if least_m > from_m else shapely.Polygon()
        return ZoneGeometry(surely, widest, line.uncertainty_m, line.approximate)

    def _derive(self, line: str, side: Side, from_m: float, depth_m: float) -> BaseGeometry:
        key = (line, str(side), from_m, depth_m)
        if key not in self._derived:
            self._derived[key] = self.derive(self.lines[line], depth_m, side.value, from_m)
        return self._derived[key]

    def _version(self, line_id: str) -> Line | None:
        line = self.accord.line(line_id)
        if line is None or self.on is None:
            return line
        family = [x for x in self.accord.lines if x.id == line_id or x.version_of == line_id]
        valid = [x for x in family if _valid(x, self.on)]
        return valid[-1] if valid else line


def _valid(line: Line, day: date) -> bool:
    return (line.valid_from is None or line.valid_from <= day) and (
        line.valid_to is None or day <= line.valid_to
    )


def _united(parts: list[BaseGeometry]) -> BaseGeometry:
    return parts[0] if len(parts) == 1 else shapely.union_all(parts)


def _polygonal(geometry: BaseGeometry) -> BaseGeometry:
    parts = [p for p in shapely.get_parts(geometry) if p.geom_type == "Polygon"]
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)

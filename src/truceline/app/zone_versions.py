"""The zones of an accord with the times in which they were in force, as `truceline screen` reads them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from shapely.geometry.base import BaseGeometry

from truceline.accord.effective import effective
from truceline.accord.geometry import AccordGeometry, ZoneGeometry, resolve_geometry
from truceline.accord.lint import geometry_faults
from truceline.accord.load import load_document
from truceline.accord.model import Accord
from truceline.accord.model.base import name_in
from truceline.core.errors import InvalidGeometry, InvalidInput, NotFound
from truceline.geo.geojson import as_geojson
from truceline.geo.zone import area_m2

_UNUSABLE = ("geometry-invalid", "geometry-missing", "coordinates-swapped", "segment-beyond-line")


def zone_versions(
    path: Path,
    zones: Collection[str] = (),
    *,
    known_at: datetime | None = None,
    reading: str | None = None,
    least: bool = False,
) -> dict[str, Any]:
    """A GeoJSON FeatureCollection: a feature per zone and time in which it was the same ground.

    Features of one zone share its id; `valid_from` and `valid_to` are instants, in force from the first up to
    but not including the second, missing where open. `least` takes the ground that is surely promised
    instead of all that may be. Readings and amendments of the accord are applied, all of them. Raises
    NotFound for a zone that is not in the accord or not drawn, and what loading and deriving raise.
    """
    document = load_document(path)
    faults = [fault for fault in geometry_faults(*document, path.parent) if fault.code in _UNUSABLE]
    if faults:
        raise InvalidGeometry.of_faults(faults)
    accord = effective(document.accord, reading=reading)
    for id in zones:
        if accord.zone(id) is None:
            known = ", ".join(zone.id for zone in accord.zones)
            raise NotFound(f"{id!r} is no zone of this accord; it has {known or 'none'}")
    # Any day: what is asked for is the history, which holds every day.
    drawn = resolve_geometry(accord, path.parent, on=date(2000, 1, 1), known_at=known_at)
    times: list[tuple[datetime | None, datetime | None, AccordGeometry]]
    times = [(p.start, p.end, p.geometry) for p in drawn.history] or [(None, None, drawn)]
    features = []
    for zone in accord.zones:
        if zones and zone.id not in zones:
            continue
        held = _merged([(start, end, geometry.zones.get(zone.id)) for start, end, geometry in times], least)
        if not held and zones:
            raise NotFound(f"the zone {zone.id!r} is not drawn: it has no geometry, or its line has none")
        features += [_feature(accord, zone.id, *version) for version in held]
    if not features:
        raise InvalidInput(f"{path} draws no zone", hint="give a zone a geometry, or its line one")
    return {"type": "FeatureCollection", "features": features}


_Version = tuple[datetime | None, datetime | None, BaseGeometry, ZoneGeometry]


def _merged(
    times: list[tuple[datetime | None, datetime | None, ZoneGeometry | None]], least: bool
) -> list[_Version]:
    """The zone's ground over time, times of the same ground joined."""
    found: list[_Version] = []
    for start, end, zone in times:
        area = None if zone is None else zone.min_area if least else zone.max_area
        if zone is None or area is None or area.is_empty:
            continue
        if found and found[-1][1] == start and found[-1][2].equals_exact(area):
            found[-1] = (found[-1][0], end, area, zone)
        else:
            found.append((start, end, area, zone))
    return found


def _feature(
    accord: Accord,
    id: str,
    start: datetime | None,
    end: datetime | None,
    area: BaseGeometry,
    ground: ZoneGeometry,
) -> dict[str, Any]:
    zone = accord.zone(id)
    assert zone is not None
    properties: dict[str, Any] = {"name": name_in(zone.names, "en"), "area_m2": round(area_m2(area), 1)}
    for name, instant in (("valid_from", start), ("valid_to", end)):
        if instant is not None:
            properties[name] = instant.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if ground.uncertainty_m > 0:
        properties["uncertainty_m"] = ground.uncertainty_m
    if ground.line is not None:
        properties["uncertain_line"] = ground.line.as_feature()
    return {"type": "Feature", "id": id, "properties": properties, "geometry": as_geojson(area)}

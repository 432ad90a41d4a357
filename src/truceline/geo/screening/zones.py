"""Reads the zones to screen against from GeoJSON, with their ids and the times in which they are in force."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import shapely

from truceline.core.errors import Fault, InvalidGeometry, TrucelineError
from truceline.core.instants import ACCEPTED_INSTANT, parse_instant, start_of_day, zone_of
from truceline.geo.geojson import read_features, read_geojson
from truceline.geo.screening.index import ALWAYS_FROM, ALWAYS_TO, ZoneIndex
from truceline.geo.screening.uncertain import UncertainZones
from truceline.geo.uncertainty.line import UncertainLine

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_UTC = zone_of("UTC")


@dataclass(frozen=True, slots=True)
class Zones:
    """Zones by number: id, polygon, and from when up to when in force (microseconds since 1970 UTC).

    `lines` are the uncertain lines that the zones are measured from, None where a zone's edge is exact.
    """

    ids: tuple[str, ...]
    polygons: tuple[shapely.Geometry, ...]
    valid_from: tuple[int, ...]
    valid_to: tuple[int, ...]
    lines: tuple[UncertainLine | None, ...] = ()

    def index(self) -> ZoneIndex:
        """The index to screen with."""
        return ZoneIndex(self.polygons, valid_from=self.valid_from, valid_to=self.valid_to)

    def uncertain(self) -> UncertainZones | None:
        """Those whose line is uncertain; None where there are none."""
        if all(line is None for line in self.lines):
            return None
        return UncertainZones(self.polygons, self.lines, self.valid_from, self.valid_to)


def read_zones(path: Path, line: Path | None = None) -> Zones:
    """The polygons of a GeoJSON file (RFC 7946, lon, lat WGS 84).

    A zone's id is the feature's `id` or its property `id`, else its number from 1. The properties
    `valid_from` and `valid_to` (instants; in force from the first up to but not including the second; bare
    dates are whole days in UTC, both included) may be missing. Several features may share an id where their
    times do not overlap: versions of one zone. A property `uncertain_line` (a GeoJSON feature, as `truceline
    zone derive` and `zone versions` write it) says which uncertain line the zone is measured from; `line`
    names a file that says so for all zones that do not. Raises InvalidGeometry, with a fault for each zone
    that cannot be used, and NotFound.
    """
    name = str(path)
    document = _document(path)
    features = read_features(document, family="polygon", source=name)
    raw = document.get("features") if document.get("type") == "FeatureCollection" else [document]
    assert isinstance(raw, list)
    common = None if line is None else UncertainLine.of_feature(_document(line), str(line))
    if line is not None and common is None:
        accepted = "uncertainty_m, uncertainty_segments or uncertainties_m above 0"
        raise InvalidGeometry.of_faults(
            [Fault("states no uncertainty", source=str(line), found="an exact line", accepted=accepted)]
        )
    ids, faults, bounds = [], [], []
    lines: list[UncertainLine | None] = []
    for number, (feature, plain) in enumerate(zip(features, raw, strict=True)):
        identity = plain.get("id", feature.properties.get("id"))
        ids.append(str(number + 1 if identity is None else identity))
        if feature.had_heights:
            faults.append(
                Fault(
                    "has heights, which screening cannot use",
                    source=name, path=feature.place, found="3-D coordinates", accepted="lon, lat",
                )
            )  # fmt: skip
        elif not shapely.is_valid(feature.geometry):
            faults.append(
                Fault(
                    "is not a valid polygon",
                    source=name, path=feature.place, found=shapely.is_valid_reason(feature.geometry),
                    accepted="rings that neither cross nor touch themselves, holes within their shell",
                )
            )  # fmt: skip
        try:
            bounds.append(_times(feature.properties, name, feature.place))
        except InvalidGeometry as error:
            faults += error.faults
            bounds.append((ALWAYS_FROM, ALWAYS_TO))
        own = feature.properties.get("uncertain_line")
        try:
            lines.append(common if own is None else _line_of(own, f"{name}: {feature.place}.uncertain_line"))
        except InvalidGeometry as error:
            faults += error.faults
    faults += _overlaps(ids, bounds, name)
    if faults:
        raise InvalidGeometry.of_faults(faults)
    return Zones(
        ids=tuple(ids),
        polygons=tuple(feature.geometry for feature in features),
        valid_from=tuple(start for start, _ in bounds),
        valid_to=tuple(end for _, end in bounds),
        lines=tuple(lines),
    )


def _line_of(own: object, source: str) -> UncertainLine | None:
    if not isinstance(own, Mapping):
        fault = Fault("is no GeoJSON feature", source=source, found=repr(own), accepted="a feature of a line")
        raise InvalidGeometry.of_faults([fault])
    return UncertainLine.of_feature(own, source)


def _document(path: Path) -> Mapping[str, Any]:
    document = read_geojson(path)
    if not isinstance(document, Mapping):
        raise InvalidGeometry.of_faults(
            [Fault("is not GeoJSON", source=str(path), found=type(document).__name__, accepted="an object")]
        )
    return document


def _times(properties: Mapping[str, Any], source: str, place: str) -> tuple[int, int]:
    bounds = []
    for name, default in (("valid_from", ALWAYS_FROM), ("valid_to", ALWAYS_TO)):
        value = properties.get(name)
        if value is None:
            bounds.append(default)
            continue
        try:
            text = str(value).strip()
            if name == "valid_from" and len(text) == 10:
                instant = start_of_day(date.fromisoformat(text), _UTC)
            else:
                instant = parse_instant(text, _UTC)
        except (TrucelineError, ValueError) as error:
            fault = Fault(
                "is no instant", source=source, path=f"{place}.properties.{name}", found=repr(value),
                accepted=ACCEPTED_INSTANT,
            )  # fmt: skip
            raise InvalidGeometry.of_faults([fault]) from error
        bounds.append((instant - _EPOCH) // timedelta(microseconds=1))
    if bounds[0] >= bounds[1]:
        fault = Fault(
            "ends before it begins", source=source, path=place,
            found=f"valid_from {properties['valid_from']}, valid_to {properties['valid_to']}",
            accepted="valid_from before valid_to",
        )  # fmt: skip
        raise InvalidGeometry.of_faults([fault])
    return bounds[0], bounds[1]


def _overlaps(ids: list[str], bounds: list[tuple[int, int]], source: str) -> list[Fault]:
    faults = []
    ordered = sorted(range(len(ids)), key=lambda k: (ids[k], bounds[k]))
    for first, second in itertools.pairwise(ordered):
        if ids[first] == ids[second] and bounds[second][0] < bounds[first][1]:
            faults.append(
                Fault(
                    f"has the id of zone {first + 1}, and both are in force at once",
                    source=source, path=f"features[{second}]", found=repr(ids[second]),
                    accepted="an id of its own, or times (valid_from, valid_to) that do not overlap",
                )
            )  # fmt: skip
    return faults

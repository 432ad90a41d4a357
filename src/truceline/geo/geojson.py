"""Reads GeoJSON (RFC 7946) into shapely geometries, lon/lat on WGS 84, with clear faults."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import numpy as np
import shapely
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

from truceline.core.errors import Fault, InvalidGeometry
from truceline.core.input_files import read_whole
from truceline.core.limits import GEOMETRY_BYTES, GEOMETRY_VERTICES
from truceline.core.plain_json import AmbiguousJson, is_text, parse_json
from truceline.geo.geojson_faults import (
    crs_fault,
    has_heights,
    position_fault,
    raw_fault,
    validity_fault,
    without_heights,
)

Family = Literal["any", "line", "polygon"]
_ACCEPTED: dict[str, tuple[str, ...]] = {
    "line": ("LineString", "MultiLineString"),
    "polygon": ("Polygon", "MultiPolygon"),
}
_GEOMETRIES = (
    "Point",
    "MultiPoint",
    "LineString",
    "MultiLineString",
    "Polygon",
    "MultiPolygon",
    "GeometryCollection",
)


_DOCUMENTS = "Feature, FeatureCollection or a geometry"


@dataclass(frozen=True)
class GeoFeature:
    """A geometry with the properties that came with it; `place` says where in the document it stood.

    `had_heights`: its positions had a third number, which is left out, as everything is measured on the
    ellipsoid.
    """

    geometry: BaseGeometry
    properties: Mapping[str, Any] = field(default_factory=dict)
    place: str = ""
    had_heights: bool = False


def read_features(
    origin: Path | str | Mapping[str, Any], *, family: Family = "any", source: str | None = None
) -> list[GeoFeature]:
    """All features of a GeoJSON file or parsed document: Feature, FeatureCollection or bare geometry.

    `family` restricts what is accepted. Heights are left out. Raises InvalidGeometry (with a Fault per
    bad feature) and NotFound.
    """
    name, document = _document(origin, source)
    features: list[GeoFeature] = []
    faults: list[Fault] = []
    vertices = 0
    for place, raw, properties in _raw_geometries(document, name):
        fault = _fault_of(raw, properties, place, name, family)
        if fault is not None:
            faults.append(fault)
            continue
        assert isinstance(raw, Mapping)
        heights = has_heights(raw)
        geometry = shape(without_heights(raw) if heights else dict(raw))
        vertices += int(shapely.get_num_coordinates(geometry))
        if vertices > GEOMETRY_VERTICES:
            fault = Fault(
                "has too many vertices",
                source=name,
                path=place,
                found=f"more than {GEOMETRY_VERTICES:,}",
                accepted=f"up to {GEOMETRY_VERTICES:,}",
            )
            raise InvalidGeometry.of_faults([fault])
        features.append(GeoFeature(geometry, properties or {}, place, heights))
    if not features and not faults:
        faults.append(Fault("holds no geometry", source=name, accepted=_accepted(family)))
    if faults:
        raise InvalidGeometry.of_faults(faults, hint=_hint(faults[0]))
    return features


def read_line(origin: Path | str | Mapping[str, Any], *, source: str | None = None) -> GeoFeature:
    """All lines of a document as one feature; its properties are the first feature's."""
    features = read_features(origin, family="line", source=source)
    if len(features) == 1:
        return features[0]
    parts = [part for feature in features for part in shapely.get_parts(feature.geometry)]
    return _joined(shapely.MultiLineString(parts), features)


def read_polygon(origin: Path | str | Mapping[str, Any], *, source: str | None = None) -> GeoFeature:
    """All polygons of a document united into one feature; its properties are the first feature's."""
    features = read_features(origin, family="polygon", source=source)
    name = source or _name(origin)
    found = [validity_fault(feature.geometry, feature.place, name) for feature in features]
    faults = [fault for fault in found if fault is not None]
    if faults:
        raise InvalidGeometry.of_faults(faults)
    if len(features) == 1:
        return features[0]
    return _joined(shapely.union_all([feature.geometry for feature in features]), features)


def _joined(geometry: BaseGeometry, features: list[GeoFeature]) -> GeoFeature:
    heights = any(feature.had_heights for feature in features)
    return GeoFeature(geometry, features[0].properties, features[0].place, heights)


def _hint(fault: Fault) -> str | None:
    if "lat, lon" in fault.message:
        return "exchange the two numbers of every position: GeoJSON has longitude first"
    if "projected" in fault.message or (fault.path is not None and fault.path.endswith("crs")):
        return "reproject to lon, lat on WGS 84 (EPSG:4326) first, all features alike"
    return None


def feature_document(geometry: BaseGeometry, properties: Mapping[str, Any]) -> dict[str, Any]:
    """A GeoJSON Feature as plain data."""
    return {"type": "Feature", "properties": dict(properties), "geometry": as_geojson(geometry)}


def as_geojson(geometry: BaseGeometry) -> dict[str, Any]:
    """The geometry as GeoJSON, lists instead of tuples, 9 decimals (0.1 mm)."""
    plain: dict[str, Any] = json.loads(json.dumps(mapping(geometry)))
    return {"type": plain["type"], "coordinates": _rounded(plain["coordinates"])}


def _rounded(value: Any) -> Any:
    if isinstance(value, list):
        return [_rounded(item) for item in value]
    return round(value, 9)


def _name(origin: Path | str | Mapping[str, Any]) -> str | None:
    return None if isinstance(origin, Mapping) else str(origin)


def _document(origin: Path | str | Mapping[str, Any], source: str | None) -> tuple[str | None, Any]:
    if isinstance(origin, Mapping):
        return source, origin
    path, name = Path(origin), source or str(origin)
    return name, read_geojson(path, name)


def read_geojson(path: Path, name: str | None = None) -> dict[str, Any]:
    """The JSON document of a file, which `name` cites. Raises NotFound and InvalidGeometry.

    Refuses what has two readings or is beyond `truceline.core.limits`: keys that stand twice, depth, size.
    """
    name = name or str(path)
    hint = "give the path of a GeoJSON file"
    accepted = "GeoJSON, UTF-8 text"
    raw = read_whole(path, GEOMETRY_BYTES, error=InvalidGeometry, name=name, accepted=accepted, hint=hint)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        found = f"bytes that are no UTF-8: {error.reason}"
        fault = Fault("cannot be read", source=name, found=found, accepted=accepted)
        raise InvalidGeometry.of_faults([fault]) from error
    try:
        document = parse_json(text)
    except json.JSONDecodeError as error:
        raise InvalidGeometry.of_faults([_json_fault(error, text, name)]) from error
    except AmbiguousJson as error:
        fault = Fault("cannot be read as JSON", source=name, found=f"it {error}", accepted="GeoJSON")
        raise InvalidGeometry.of_faults([fault]) from error
    if not isinstance(document, dict):
        fault = Fault(
            "is not GeoJSON", source=name, path="type", found=type(document).__name__, accepted=_DOCUMENTS
        )
        raise InvalidGeometry.of_faults([fault])
    if "\\u" in text and not is_text(document):
        fault = Fault("holds text that is no Unicode", source=name, found="half of a surrogate pair")
        raise InvalidGeometry.of_faults([fault])
    return document


def _json_fault(error: json.JSONDecodeError, text: str, name: str) -> Fault:
    if not text.strip():
        return Fault("is empty", source=name, line=1, found="no text", accepted="GeoJSON")
    if error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated"):
        found = f"its end after {len(text):,} characters, in the middle of the document"
        return Fault("is cut short", source=name, line=error.lineno, found=found, accepted="whole GeoJSON")
    return Fault("is not JSON", source=name, line=error.lineno, found=error.msg, accepted="GeoJSON")


def _raw_geometries(document: Any, name: str | None) -> Iterator[tuple[str, Any, Any]]:
    kind = document.get("type") if isinstance(document, Mapping) else None
    _same_system(document, "crs", name)
    if kind == "FeatureCollection":
        features = document.get("features")
        if not isinstance(features, list):
            found = "none" if features is None else type(features).__name__
            fault = Fault(
                "is no list", source=name, path="features", found=found, accepted="a list of Features"
            )
            raise InvalidGeometry.of_faults([fault])
        for number, feature in enumerate(features):
            _same_system(feature, f"features[{number}].crs", name)
            raw = feature.get("geometry") if isinstance(feature, Mapping) else feature
            properties = feature.get("properties") if isinstance(feature, Mapping) else None
            yield f"features[{number}]", raw, properties
    elif kind == "Feature":
        yield "feature", document.get("geometry"), document.get("properties")
    elif kind in _GEOMETRIES:
        yield "geometry", document, {}
    else:
        fault = Fault(
            "is not GeoJSON",
            source=name,
            path="type",
            found=repr(kind)[:80] if isinstance(document, Mapping) else type(document).__name__,
            accepted=_DOCUMENTS,
        )
        raise InvalidGeometry.of_faults([fault])


def _same_system(document: Any, path: str, name: str | None) -> None:
    fault = crs_fault(document, path, name)
    if fault is not None:
        raise InvalidGeometry.of_faults(
            [fault], hint="reproject to lon, lat on WGS 84 (EPSG:4326) first, all features alike"
        )


def _accepted(family: Family) -> str:
    return " or ".join(_ACCEPTED.get(family, _GEOMETRIES))


def _fault_of(raw: Any, properties: Any, place: str, name: str | None, family: Family) -> Fault | None:
    if properties is not None and not isinstance(properties, Mapping):
        found, path = type(properties).__name__, f"{place}.properties"
        return Fault("is no object", source=name, path=path, found=found, accepted="an object or null")
    kind = raw.get("type") if isinstance(raw, Mapping) else None
    if not isinstance(kind, str) or kind not in _ACCEPTED.get(family, _GEOMETRIES):
        found = "no geometry" if raw is None else repr(kind)
        return Fault("is of another kind", source=name, path=place, found=found, accepted=_accepted(family))
    return raw_fault(raw, place, name)


def coordinate_fault(
    geometry: BaseGeometry, *, place: str = "geometry", source: str | None = None
) -> Fault | None:
    """What is wrong with the geometry's coordinates (not finite, out of range, swapped), or None."""
    lon, lat = shapely.get_coordinates(geometry).T
    wrong = np.flatnonzero(~((np.abs(lon) <= 180.0) & (np.abs(lat) <= 90.0)))
    if not len(wrong):
        return None
    number = int(wrong[0])
    return position_fault([float(lon[number]), float(lat[number])], f"{place}, position {number}", source)

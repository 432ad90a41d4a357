"""Reads GeoJSON (RFC 7946) into shapely geometries, lon/lat on WGS 84, with clear faults."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import shapely
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

from truceline.core.errors import Fault, InvalidGeometry, NotFound

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


@dataclass(frozen=True)
class GeoFeature:
    """A geometry with the properties that came with it; `place` says where in the document it stood."""

    geometry: BaseGeometry
    properties: Mapping[str, Any] = field(default_factory=dict)
    place: str = ""


def read_features(
    origin: Path | str | Mapping[str, Any], *, family: Family = "any", source: str | None = None
) -> list[GeoFeature]:
    """All features of a GeoJSON file or parsed document: Feature, FeatureCollection or bare geometry.

    `family` restricts what is accepted. Raises InvalidGeometry (with a Fault per bad feature) and NotFound.
    """
    name, document = _document(origin, source)
    features: list[GeoFeature] = []
    faults: list[Fault] = []
    for place, raw, properties in _raw_geometries(document, name):
        fault = _fault_of(raw, place, name, family)
        if fault is not None:
            faults.append(fault)
            continue
        assert isinstance(raw, Mapping)
        features.append(GeoFeature(shape(dict(raw)), properties, place))
    if not features and not faults:
        faults.append(Fault("holds no geometry", source=name, accepted=_accepted(family)))
    if faults:
        raise InvalidGeometry.of_faults(faults)
    return features


def read_line(origin: Path | str | Mapping[str, Any], *, source: str | None = None) -> GeoFeature:
    """All lines of a document as one feature; its properties are the first feature's."""
    features = read_features(origin, family="line", source=source)
    if len(features) == 1:
        return features[0]
    parts = [part for feature in features for part in shapely.get_parts(feature.geometry)]
    return GeoFeature(shapely.MultiLineString(parts), features[0].properties, features[0].place)


def read_polygon(origin: Path | str | Mapping[str, Any], *, source: str | None = None) -> GeoFeature:
    """All polygons of a document united into one feature; its properties are the first feature's."""
    features = read_features(origin, family="polygon", source=source)
    if len(features) == 1 and features[0].geometry.is_valid:
        return features[0]
    faults = [
        Fault(
            "the polygon is not valid",
            source=source or _name(origin),
            path=feature.place,
            found=shapely.is_valid_reason(feature.geometry),
            accepted="rings that do not cross or touch themselves",
        )
        for feature in features
        if not feature.geometry.is_valid
    ]
    if faults:
        raise InvalidGeometry.of_faults(faults)
    united = shapely.union_all([feature.geometry for feature in features])
    return GeoFeature(united, features[0].properties, features[0].place)


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
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise NotFound(f"{name} does not exist", hint="give the path of a GeoJSON file") from error
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidGeometry(f"{name} cannot be read as UTF-8 text: {error}") from error
    try:
        return name, json.loads(text)
    except json.JSONDecodeError as error:
        fault = Fault("is not JSON", source=name, line=error.lineno, found=error.msg, accepted="GeoJSON")
        raise InvalidGeometry.of_faults([fault]) from error


def _raw_geometries(document: Any, name: str | None) -> Iterator[tuple[str, Any, Mapping[str, Any]]]:
    kind = document.get("type") if isinstance(document, Mapping) else None
    crs = document.get("crs") if isinstance(document, Mapping) else None
    if crs is not None and not _is_wgs84(crs):
        fault = Fault(
            "names another reference system than WGS 84", source=name, path="crs", found=json.dumps(crs)[:120]
        )
        raise InvalidGeometry.of_faults([fault], hint="reproject to lon, lat on WGS 84 (EPSG:4326) first")
    if kind == "FeatureCollection" and isinstance(document.get("features"), list):
        for number, feature in enumerate(document["features"]):
            raw = feature.get("geometry") if isinstance(feature, Mapping) else feature
            properties = feature.get("properties") if isinstance(feature, Mapping) else None
            yield f"features[{number}]", raw, properties or {}
    elif kind == "Feature":
        yield "feature", document.get("geometry"), document.get("properties") or {}
    elif kind in _GEOMETRIES:
        yield "geometry", document, {}
    else:
        fault = Fault(
            "is not GeoJSON",
            source=name,
            path="type",
            found=repr(kind),
            accepted="Feature, FeatureCollection or a geometry",
        )
        raise InvalidGeometry.of_faults([fault])


def _is_wgs84(crs: Any) -> bool:
    text = json.dumps(crs)
    return "CRS84" in text or "4326" in text


def _accepted(family: Family) -> str:
    return " or ".join(_ACCEPTED.get(family, _GEOMETRIES))


def _fault_of(raw: Any, place: str, name: str | None, family: Family) -> Fault | None:
    kind = raw.get("type") if isinstance(raw, Mapping) else None
    if kind not in _ACCEPTED.get(family, _GEOMETRIES):
        return Fault(
            "is of another kind", source=name, path=place, found=repr(kind), accepted=_accepted(family)
        )
    try:
        geometry = shape(dict(raw))
    except Exception as error:
        return Fault(
            "has coordinates that cannot be read",
            source=name,
            path=place,
            found=str(error),
            accepted="lon, lat pairs",
        )
    if geometry.is_empty:
        return Fault(
            "is empty", source=name, path=place, found="no coordinates", accepted="at least one position"
        )
    return coordinate_fault(geometry, place=place, source=name)


def coordinate_fault(
    geometry: BaseGeometry, *, place: str = "geometry", source: str | None = None
) -> Fault | None:
    """What is wrong with the geometry's coordinates (not finite, out of range, swapped), or None."""
    for number, (lon, lat) in enumerate(shapely.get_coordinates(geometry).tolist()):
        path = f"{place}, position {number}"
        if not (math.isfinite(lon) and math.isfinite(lat)):
            return Fault(
                "has a coordinate that is not a finite number",
                source=source,
                path=path,
                found=f"[{lon}, {lat}]",
                accepted="finite lon, lat in degrees",
            )
        if abs(lat) > 90.0 or abs(lon) > 180.0:
            swapped = abs(lat) > 90.0 and abs(lat) <= 180.0 and abs(lon) <= 90.0
            return Fault(
                "looks like lat, lon instead of lon, lat" if swapped else "has a coordinate out of range",
                source=source,
                path=path,
                found=f"[{lon}, {lat}]",
                accepted="lon -180 to 180, lat -90 to 90, in this order",
            )
    return None

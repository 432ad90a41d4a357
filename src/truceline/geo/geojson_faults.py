"""What can be wrong with a GeoJSON geometry, found on the plain document, before it is made a geometry.

Positions are lon, lat in degrees on WGS 84 (RFC 7946), with or without a height.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from truceline.core.errors import Fault

_DEPTH = {
    "Point": 0,
    "MultiPoint": 1,
    "LineString": 1,
    "MultiLineString": 2,
    "Polygon": 2,
    "MultiPolygon": 3,
}
_WGS84 = re.compile(r"(\bCRS84h?|\bEPSG[:/].*?\b4326|^4326)$", re.IGNORECASE)
_RANGE = "lon -180 to 180, lat -90 to 90, in this order"
_PAIR = "[lon, lat] or [lon, lat, height], numbers"


def crs_fault(document: Any, path: str, source: str | None) -> Fault | None:
    """A `crs` member (of GeoJSON before 2016) that names anything but WGS 84 in lon, lat; or None."""
    crs = document.get("crs") if isinstance(document, Mapping) else None
    if crs is None:
        return None
    properties = crs.get("properties") if isinstance(crs, Mapping) else None
    name = properties.get("name") if isinstance(properties, Mapping) else crs
    if isinstance(name, str) and _WGS84.search(name):
        return None
    return Fault(
        "names another reference system than WGS 84",
        source=source,
        path=path,
        found=_short(name if isinstance(name, str) else crs),
        accepted="EPSG:4326 or OGC:CRS84, or none",
    )


def raw_fault(raw: Mapping[str, Any], place: str, source: str | None) -> Fault | None:
    """The first thing wrong with a geometry as it stands in the document, or None.

    Positions that are no numbers, not finite, out of range or swapped; parts without positions, lines
    without length, rings that are too short or not closed.
    """
    kind = raw.get("type")
    if kind == "GeometryCollection":
        return _collection_fault(raw, place, source)
    if not isinstance(kind, str) or kind not in _DEPTH:
        accepted = ", ".join((*_DEPTH, "GeometryCollection"))
        return Fault("is of another kind", source=source, path=place, found=_short(kind), accepted=accepted)
    other = crs_fault(raw, f"{place}, crs", source)
    if other is not None:
        return other
    coordinates = raw.get("coordinates")
    if not isinstance(coordinates, (list, tuple)):
        found = "none" if coordinates is None else _short(coordinates)
        return Fault(
            "has no list of coordinates",
            source=source,
            path=place,
            found=found,
            accepted=f"those of a {kind}",
        )
    if not _any_position(coordinates):
        return Fault(
            "is empty", source=source, path=place, found="no coordinates", accepted="at least one position"
        )
    number = 0
    for path, row in _rows(coordinates, _DEPTH[kind], place, kind):
        fault = None
        for position in row if isinstance(row, (list, tuple)) else ():
            fault = position_fault(position, f"{place}, position {number}", source)
            if fault is not None:
                return fault
            number += 1
        fault = _row_fault(row, kind)
        if fault is not None:
            return replace(fault, source=source, path=path)
    return None


def position_fault(position: Any, path: str, source: str | None) -> Fault | None:
    """What is wrong with one position: no numbers, not finite, out of range, swapped; or None."""
    if (
        not isinstance(position, list | tuple)
        or len(position) not in (2, 3)
        or any(isinstance(value, bool) or not isinstance(value, int | float) for value in position)
    ):
        return Fault("is no position", source=source, path=path, found=_short(position), accepted=_PAIR)
    lon, lat = position[:2]
    message, accepted = None, _RANGE
    if not all(_finite(value) for value in position):
        message, accepted = "has a coordinate that is not a finite number", "finite lon, lat in degrees"
    elif abs(lat) > 90 and abs(lat) <= 180 and abs(lon) <= 90:
        message = "looks like lat, lon instead of lon, lat"
    elif abs(lon) > 360 or abs(lat) > 180:
        message = "looks like projected metres instead of degrees: a coordinate out of range"
    elif abs(lon) > 180 or abs(lat) > 90:
        message = "has a coordinate out of range"
    if message is None:
        return None
    found = f"[{', '.join(f'{float(v)}' if _finite(v) else str(v)[:20] for v in position)}]"
    return Fault(message, source=source, path=path, found=found, accepted=accepted)


def validity_fault(geometry: BaseGeometry, place: str, source: str | None) -> Fault | None:
    """Why a polygon is not valid and where, or None."""
    if geometry.is_valid:
        return None
    reason, _, at = shapely.is_valid_reason(geometry).rstrip("]").partition("[")
    words = {
        "Self-intersection": "rings that cross, overlap or touch along an edge",
        "Ring Self-intersection": "a ring that touches itself",
        "Hole lies outside shell": "a hole outside its polygon",
        "Holes are nested": "a hole inside another hole",
        "Nested shells": "a polygon inside another one",
        "Interior is disconnected": "holes that cut the polygon apart",
        "Too few points in geometry component": "a ring without area",
    }.get(reason, reason)
    where = f" at {', '.join(at.split())}" if at else ""
    return Fault(
        "the polygon is not valid",
        source=source,
        path=place,
        found=f"{words}{where}",
        accepted="rings that do not cross or touch themselves, holes inside their polygon",
    )


def has_heights(raw: Any) -> bool:
    """Whether any position of a geometry has a third number."""
    if isinstance(raw, Mapping):
        return has_heights(raw.get("coordinates")) or any(map(has_heights, raw.get("geometries") or ()))
    if isinstance(raw, (list, tuple)):
        if raw and not isinstance(raw[0], (list, tuple)):
            return len(raw) > 2
        return any(map(has_heights, raw))
    return False


def without_heights(raw: Mapping[str, Any]) -> dict[str, Any]:
    """The geometry with lon and lat only."""
    if raw.get("type") == "GeometryCollection":
        return {"type": raw["type"], "geometries": [without_heights(part) for part in raw["geometries"]]}
    return {"type": raw["type"], "coordinates": _flat(raw["coordinates"])}


def _any_position(value: list[Any] | tuple[Any, ...]) -> bool:
    return any(_any_position(item) if isinstance(item, (list, tuple)) else True for item in value)


def _flat(value: list[Any]) -> list[Any]:
    return value[:2] if not isinstance(value[0], (list, tuple)) else [_flat(item) for item in value]


def _collection_fault(raw: Mapping[str, Any], place: str, source: str | None) -> Fault | None:
    parts = raw.get("geometries")
    if not isinstance(parts, (list, tuple)) or not parts:
        return Fault(
            "is empty", source=source, path=place, found="no geometries", accepted="at least one geometry"
        )
    for number, part in enumerate(parts):
        path = f"{place}.geometries[{number}]"
        fault = raw_fault(part if isinstance(part, Mapping) else {"type": part}, path, source)
        if fault is not None:
            return fault
    return None


def _rows(value: Any, depth: int, path: str, kind: str) -> Iterator[tuple[str, Any]]:
    """The innermost lists of positions with the places of their parts and rings."""
    if depth == 0:
        yield path, [value]
    elif depth == 1 or not isinstance(value, (list, tuple)) or not value:
        yield path, value
    else:
        name = "ring" if depth == 2 and kind.endswith("Polygon") else "part"
        for number, item in enumerate(value):
            yield from _rows(item, depth - 1, f"{path}, {name} {number}", kind)


def _row_fault(row: Any, kind: str) -> Fault | None:
    if not isinstance(row, (list, tuple)) or not row:
        return Fault("has a part without positions", found=_short(row), accepted="a list of positions")
    distinct = {(float(position[0]), float(position[1])) for position in row}
    if kind.endswith("LineString") and len(distinct) < 2:
        return Fault(
            "has no length", found="only one distinct position", accepted="at least two distinct positions"
        )
    if kind.endswith("Polygon"):
        if len(row) < 4:
            return Fault(
                "has a ring that is too short", found=f"{len(row)} positions", accepted="four or more"
            )
        if row[0][:2] != row[-1][:2]:
            return Fault(
                "has a ring that is not closed",
                found=f"{_short(row[0])} first and {_short(row[-1])} last",
                accepted="the first position again as the last",
            )
    return None


def _finite(value: float) -> bool:
    try:
        return math.isfinite(value)
    except OverflowError:  # a whole number beyond what a float holds
        return False


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 120 else text[:117] + "..."

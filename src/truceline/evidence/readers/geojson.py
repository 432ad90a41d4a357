"""Reader of GeoJSON (RFC 7946): features whose properties bear our own field names.

Points, lines, polygons and their multiples are read; a feature without a geometry is an observation without
a place. The file is one JSON document and is held in memory as a whole; observations go out in batches.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import shapely

from truceline.core.errors import Fault
from truceline.core.limits import EVIDENCE_JSON_BYTES
from truceline.core.plain_json import AmbiguousJson, Twice, parse_json
from truceline.evidence.intake.batch import Batch, Options
from truceline.evidence.intake.document import Document
from truceline.evidence.intake.fields import FIELDS
from truceline.evidence.intake.own import observe
from truceline.evidence.intake.sheet import Sheet

WGS84 = (
    "urn:ogc:def:crs:OGC:1.3:CRS84",
    "urn:ogc:def:crs:OGC::CRS84",
    "EPSG:4326",
    "urn:ogc:def:crs:EPSG::4326",
)


def recognises(head: str) -> bool:
    """Whether the beginning is that of a GeoJSON object."""
    start = head.lstrip()
    return start.startswith("{") and any(f'"{word}"' in head for word in ("FeatureCollection", "Feature"))


def read(document: Document, options: Options) -> Iterator[Batch]:
    """Batches of observations. Raises InvalidEvidence where the file is no GeoJSON of features."""
    features = _features(document)
    for start in range(0, len(features), options.batch_rows):
        yield _batch(document, options, features[start : start + options.batch_rows], start)


def _features(document: Document) -> list[Any]:
    with document.open() as stream:
        raw = bytes(stream.read(EVIDENCE_JSON_BYTES + 1))
    if len(raw) > EVIDENCE_JSON_BYTES:
        raise document.fail(
            "the file is too large for one JSON document",
            found=f"more than {EVIDENCE_JSON_BYTES:,} bytes",
            accepted=f"up to {EVIDENCE_JSON_BYTES:,}; CSV may be longer",
        )
    try:
        data = parse_json(raw, keep_twice=True)
    except json.JSONDecodeError as error:
        raise document.fail(
            f"this is not JSON, or it is cut off ({error.msg} in column {error.colno})", line=error.lineno
        ) from error
    except (AmbiguousJson, UnicodeDecodeError) as error:
        raise document.fail(f"this is not JSON that can be read: it {error}") from error
    if isinstance(data, Twice):
        raise document.fail(f"the key {data.key!r} stands twice", path=data.key)
    if isinstance(data, dict) and data.get("type") == "Feature":
        data = {"type": "FeatureCollection", "features": [data]}
    if not isinstance(data, dict) or not isinstance(data.get("features"), list):
        raise document.fail("this is not GeoJSON", path="type", accepted="a FeatureCollection or a Feature")
    crs = data.get("crs")
    if crs is not None:
        properties = crs.get("properties") if isinstance(crs, dict) else None
        name = properties.get("name") if isinstance(properties, dict) else None
        if name not in WGS84:
            raise document.fail(
                "the coordinates are in another reference system",
                path="crs",
                found=str(name),
                accepted="WGS 84",
            )
    features: list[Any] = data["features"]
    return features


def _batch(document: Document, options: Options, features: list[Any], offset: int) -> Batch:
    good: list[dict[str, Any]] = []
    rows: list[int] = []
    broken: list[Fault] = []
    for row, feature in enumerate(features, start=offset + 1):
        twice = _twice(feature)
        if twice is not None:
            message = f"the key {twice!r} stands twice, so that the feature says two things"
            broken.append(Fault(message, document.name, row=row, path=twice, code="duplicate-key"))
        elif isinstance(feature, dict) and isinstance(feature.get("properties") or {}, dict):
            good.append(feature)
            rows.append(row)
        else:
            broken.append(
                Fault("this is not a feature", document.name, row=row, path="features", accepted="a Feature")
            )
    sheet = Sheet(_columns(good), np.array(rows, dtype=np.int64), document.name)
    sheet.clean(look_for_nul=True)
    return observe(document, options, sheet, broken=broken, shapes=_shapes(sheet, good))


def _twice(feature: Any) -> str | None:
    """The key that stands twice in a feature or in any object within it."""
    waiting = [feature]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Twice):
            return part.key
        if isinstance(part, dict):
            waiting += [value for value in part.values() if isinstance(value, dict | list)]
        elif isinstance(part, list) and any(isinstance(item, dict | list) for item in part[:1]):
            # Coordinates hold no objects; a list that begins with a list of numbers needs no look.
            waiting += [item for item in part if isinstance(item, dict | list)]
    return None


def _columns(features: list[dict[str, Any]]) -> dict[str, pa.Array]:
    """Properties as columns of text; a list becomes names with semicolons, an object JSON."""
    names = {"kind", "date_start"}
    for feature in features:
        names.update(feature.get("properties") or {})
    names.discard("geometry")
    columns = {
        name: pa.array(
            [_text((feature.get("properties") or {}).get(name)) for feature in features], pa.string()
        )
        for name in sorted(names)
    }
    if "id" not in columns or columns["id"].null_count == len(features):
        columns["id"] = pa.array([_text(feature.get("id")) for feature in features], pa.string())
    return {_field(name, names): column for name, column in columns.items()}


def _field(name: str, names: set[str]) -> str:
    plain = name.lower()
    return plain if plain in FIELDS and plain not in names else _text(name) or ""


def _text(value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, str):
        # Lone surrogates, which JSON lets through, are no text.
        return value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return _text(";".join(value))
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=True)
    return str(value)


def _shapes(sheet: Sheet, features: list[dict[str, Any]]) -> npt.NDArray[np.object_]:
    given = [feature.get("geometry") for feature in features]
    wrong = np.zeros(len(given), dtype=np.bool_)
    shapes = np.empty(len(given), dtype=object)
    for index, geometry in enumerate(given):
        if geometry is None:
            continue
        try:
            shapes[index] = shapely.from_geojson(json.dumps(geometry))
        except (shapely.errors.GEOSException, ValueError, TypeError):
            wrong[index] = True
    sheet.refuse(
        wrong,
        "geometry",
        "the geometry cannot be read",
        accepted="a geometry of RFC 7946: Point, LineString, Polygon or a multiple",
        found=[
            json.dumps(geometry)[:80] if bad else None for geometry, bad in zip(given, wrong, strict=True)
        ],
        code="geometry",
    )
    return shapes

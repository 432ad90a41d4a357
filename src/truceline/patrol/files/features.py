"""Reader of tracks in GeoJSON: lines with `coordTimes` (or `times`) in their properties, one time a vertex,
as common converters write; or points with a `time` each."""

from __future__ import annotations

import json
from typing import Any

from truceline.core.limits import EVIDENCE_JSON_BYTES
from truceline.core.plain_json import AmbiguousJson, parse_json
from truceline.evidence.intake.document import Document
from truceline.patrol.files.fixes import Fixes, first_of

TIMES = ("coordTimes", "times", "coordinateProperties")


def recognises(head: str) -> bool:
    """Whether the beginning is that of a GeoJSON object."""
    return head.lstrip("\ufeff \r\n\t").startswith("{") and '"Feature' in head


def read(document: Document, fixes: Fixes) -> None:
    """Takes the fixes of every line and point. Raises InvalidEvidence where the file is no GeoJSON."""
    with document.open() as stream:
        raw = bytes(stream.read(EVIDENCE_JSON_BYTES + 1))
    if len(raw) > EVIDENCE_JSON_BYTES:
        raise document.fail(f"the file has more than {EVIDENCE_JSON_BYTES:,} bytes")
    try:
        data = parse_json(raw)
    except json.JSONDecodeError as error:
        raise document.fail(f"this is not JSON, or it is cut off ({error.msg})", line=error.lineno) from error
    except (AmbiguousJson, UnicodeDecodeError) as error:
        raise document.fail(f"this is not JSON that can be read: it {error}") from error
    features = data.get("features", [data]) if isinstance(data, dict) else None
    if not isinstance(features, list):
        raise document.fail("this is not GeoJSON", path="type", accepted="a FeatureCollection or a Feature")
    row = 0
    for number, feature in enumerate(features, start=1):
        row = _take(document, fixes, feature, number, row)


def _take(document: Document, fixes: Fixes, feature: Any, number: int, row: int) -> int:
    geometry = feature.get("geometry") if isinstance(feature, dict) else None
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(geometry, dict) or not isinstance(properties or {}, dict):
        raise document.fail(f"feature {number} has no geometry", path=f"features[{number - 1}].geometry")
    said = properties or {}
    unit, party = (str(said.get(name) or "")[:200] for name in ("unit", "party"))
    kind, places = geometry.get("type"), geometry.get("coordinates")
    times = first_of(said, TIMES)
    if isinstance(times, dict):
        times = times.get("times")
    lines: list[Any]
    when: list[Any]
    if kind == "Point":
        lines, when = [[places]], [[said.get("time")]]
    elif kind == "LineString":
        lines, when = [places], [times]
    elif kind == "MultiLineString" and isinstance(places, list):
        lines, when = places, times if isinstance(times, list) else [None] * len(places)
    else:
        raise document.fail(
            f"feature {number} is no track", path=f"features[{number - 1}].geometry.type",
            found=str(kind)[:80], accepted="LineString with coordTimes, or Point with time",
        )  # fmt: skip
    for line, instants in zip(lines, when, strict=False):
        if not isinstance(line, list) or not isinstance(instants, list) or len(line) != len(instants):
            raise document.fail(
                f"feature {number} does not give one time a vertex",
                path=f"features[{number - 1}].properties.coordTimes",
                found=f"{len(instants) if isinstance(instants, list) else 'no'} times",
                accepted=f"{len(line) if isinstance(line, list) else 'as many as vertices'}",
            )
        for place, instant in zip(line, instants, strict=True):
            row += 1
            pair = place if isinstance(place, list) and len(place) >= 2 else [None, None]
            fixes.add(
                row, instant, pair[0], pair[1], unit=unit, party=party or None,
                error_m=said.get("error_m"), hdop=said.get("hdop"),
            )  # fmt: skip
    return row

"""The GeoJSON files that a command reads and writes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from truceline.cli.output import say
from truceline.core.errors import InvalidInput
from truceline.geo.geojson import GeoFeature, read_line, read_polygon

Output = Annotated[Path | None, typer.Option("-o", "--output", help="Write the result to this GeoJSON file.")]


def write_document(path: Path, document: dict[str, Any]) -> None:
    """Writes a GeoJSON document to a file and says so. Raises InvalidInput where that cannot be done."""
    try:
        path.write_text(json.dumps(document, ensure_ascii=False) + "\n", encoding="utf-8")
    except OSError as error:
        raise InvalidInput(f"{path} cannot be written: {error.strerror}") from error
    say(f"wrote {path}")


def line_of(path: Path) -> GeoFeature:
    """The line of a GeoJSON file; says so where heights are left out. Raises InvalidGeometry, NotFound."""
    return _told(read_line(path), path)


def area_of(path: Path) -> GeoFeature:
    """The area of a GeoJSON file; says so where heights are left out. Raises InvalidGeometry, NotFound."""
    return _told(read_polygon(path), path)


def _told(feature: GeoFeature, path: Path) -> GeoFeature:
    if feature.had_heights:
        say(f"{path}: its heights are left out; distances and areas are those on the ellipsoid")
    return feature

"""From a workspace to a data product: a file of the format that its name says, or a folder with all
formats."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import pyarrow.compute as pc
import shapely

from truceline.app.export_content import ExportRequest, content_of, reader_of
from truceline.core.bidi import isolated
from truceline.core.durable import folder_in_place, put_in_place, unwritable
from truceline.core.errors import Conflict, InvalidInput, NotFound
from truceline.core.instants import isoformat_utc
from truceline.core.messages import Messages
from truceline.evidence.permissions import CELL_DEG
from truceline.products.export.catalogue import Bounds, File, documents_of
from truceline.products.export.content import Content
from truceline.products.export.fields import GEOMETRY, Layer
from truceline.products.export.geojson import write_geojson
from truceline.products.export.geopackage import write_geopackage
from truceline.products.export.geoparquet import write_geoparquet
from truceline.products.export.hxl_csv import write_csv
from truceline.products.export.layers import LAYERS, OBSERVATIONS, layer_named
from truceline.products.export.package import write_package
from truceline.store.workspace import Workspace

Write = Callable[[Content, Layer, BinaryIO], int]

SINGLE: dict[str, Write] = {
    ".parquet": write_geoparquet,
    ".geoparquet": write_geoparquet,
    ".geojson": write_geojson,
    ".json": write_geojson,
    ".csv": write_csv,
}
"""Formats of one layer."""

ACCEPTED = ".gpkg, .parquet, .geojson, .csv, .zip (a data package), or a folder"
MEDIA_TYPES = {
    ".gpkg": "application/geopackage+sqlite3",
    ".parquet": "application/vnd.apache.parquet",
    ".geojson": "application/geo+json",
    ".csv": "text/csv",
    ".zip": "application/zip",
}


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: the files, and of what."""

    files: tuple[File, ...]
    content: Content

    def as_dict(self) -> dict[str, Any]:
        """The result as plain JSON data."""
        about = self.content.about.as_dict()
        return {
            "files": [
                {"file": file.name, "bytes": file.size_bytes, "sha256": file.sha256} for file in self.files
            ],
        } | {
            name: about[name]
            for name in ("accord", "edition", "places", "as_of", "known_at", "reading", "log", "layers")
        }


def export(
    root: Path,
    output: Path,
    request: ExportRequest,
    *,
    licence: str | None = None,
    told: Callable[[], None] = lambda: None,
) -> Exported:
    """Writes a data product of the workspace at `root`, whole or not at all; an existing file is replaced.

    The ending of `output` says the format; without an ending a folder is made that holds every format.
    `licence` is an SPDX name for the catalogue and the package; `told` is called once all is read and the
    writing begins. Raises InvalidInput for a format, layer,
    edition or date that is not known, Conflict where the folder exists, NotFound, DependencyMissing without
    GDAL for a GeoPackage.
    """
    suffix = output.suffix.lower()
    if suffix and suffix not in (*SINGLE, ".gpkg", ".zip"):
        raise InvalidInput(f"output: found {output.name!r}; accepted: a name that ends in {ACCEPTED}")
    if not output.absolute().parent.is_dir():
        raise NotFound(f"{output.parent} is not a folder", hint="make it first; nothing was written")
    layers = _layers(request, single=suffix in SINGLE)
    workspace = Workspace.open(root)
    content = content_of(workspace, replace(request, layers=tuple(layer.id for layer in layers)))
    told()
    try:
        if not suffix:
            return _folder(content, output, licence)
        if suffix in SINGLE:
            return _single(content, layers[0], output, SINGLE[suffix])
        if suffix == ".zip":
            with put_in_place(output) as file:
                write_package(content, file, licence=licence)
        else:
            _geopackage(content, output)
        return Exported((_file(output, "all layers", output),), content)
    except OSError as error:
        raise unwritable(output, error) from error


def _layers(request: ExportRequest, *, single: bool) -> list[Layer]:
    reader = reader_of(request.edition)
    unknown = [id for id in request.layers if layer_named(id) is None]
    there = [layer for layer in LAYERS if layer.open_to(reader)]
    if unknown:
        raise InvalidInput(f"layer: found {unknown[0]!r}; accepted: {', '.join(layer.id for layer in there)}")
    closed = [id for id in request.layers if id not in [layer.id for layer in there]]
    if closed:
        raise InvalidInput(f"layer: {closed[0]} is not in the {request.edition} edition")
    wanted = [layer for layer in there if not request.layers or layer.id in request.layers]
    if not single:
        return wanted
    if len(request.layers) > 1:
        raise InvalidInput("layer: this format holds one layer; a .gpkg, a .zip and a folder hold several")
    return wanted if request.layers else [OBSERVATIONS]


def _single(content: Content, layer: Layer, output: Path, write: Write) -> Exported:
    with put_in_place(output) as file:
        write(content, layer, file)
    files = [_file(output, layer.title(content.language), output)]
    if output.suffix.lower() == ".csv":  # which has no room for it
        beside = output.with_name(output.name + ".about.json")
        with put_in_place(beside) as file:
            file.write(json.dumps(content.about.as_dict(), ensure_ascii=False, indent=1).encode() + b"\n")
        files.append(_file(beside, "what the file is", beside))
    return Exported(tuple(files), content)


def _geopackage(content: Content, output: Path) -> None:
    """GDAL needs a path of its own to write to; the file gets its name when it is whole."""
    with tempfile.TemporaryDirectory(dir=output.absolute().parent, prefix=f".{output.name[:64]}.") as folder:
        made = Path(folder) / output.name
        write_geopackage(content, made)
        made.chmod(0o644)
        with made.open("rb") as file:
            os.fsync(file.fileno())
        made.replace(output)


def _folder(content: Content, output: Path, licence: str | None) -> Exported:
    if output.exists() and (not output.is_dir() or any(output.iterdir())):
        raise Conflict(f"{output} exists already", hint="choose another folder; nothing was changed")
    files: list[File] = []
    with folder_in_place(output) as folder:

        def add(name: str, title: str, write: Callable[[BinaryIO], object]) -> None:
            with (folder / name).open("wb") as file:
                write(file)
            files.append(_file(folder / name, title, Path(name)))

        name = content.about.accord
        write_geopackage(content, folder / f"{name}.gpkg")
        say = Messages("data", content.language).say
        files.append(_file(folder / f"{name}.gpkg", say("file-gpkg"), Path(f"{name}.gpkg")))
        add(
            f"{name}.zip",
            say("file-zip"),
            lambda file: write_package(content, file, licence=licence),
        )
        for layer in content.layers:
            columnar = "GeoParquet" if layer.geometry else "Parquet"
            formats = [(".parquet", columnar, write_geoparquet), (".csv", "CSV, HXL", write_csv)]
            formats += [(".geojson", "GeoJSON", write_geojson)] if layer.geometry else []
            for suffix, form, write in formats:
                named = {"layer": layer.title(content.language), "format": form}
                title = isolated(say("file-layer", named))
                add(f"{layer.id}{suffix}", title, _bound(write, content, layer))
        documents = documents_of(content, files, bounds_of(content), span_of(content), licence)
        for document, written in documents.items():
            (folder / document).write_bytes(written)
            files.append(_file(folder / document, say("file-catalogue"), Path(document)))
    return Exported(tuple(files), content)


def _bound(write: Write, content: Content, layer: Layer) -> Callable[[BinaryIO], int]:
    return lambda file: write(content, layer, file)


def _file(path: Path, title: str, name: Path) -> File:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    kind = MEDIA_TYPES.get(path.suffix.lower(), "application/octet-stream")
    return File(str(name), title, kind, path.stat().st_size, digest)


def bounds_of(content: Content) -> Bounds:
    """What the product covers: west, south, east, north, in whole cells of 0.1 degree; the world if
    nothing."""
    boxes = []
    for layer in content.layers:
        if not layer.geometry or layer.id == OBSERVATIONS.id:
            continue
        shapes = shapely.from_wkb(content.tables[layer.id][GEOMETRY].to_numpy(zero_copy_only=False))
        boxes += [shapely.total_bounds(shapes)] if len(shapes) else []
    if content.with_observations:
        rows = content.observations.table
        sides = [pc.min(rows["lon"]), pc.min(rows["lat"]), pc.max(rows["lon"]), pc.max(rows["lat"])]
        boxes.append(np.array([np.nan if side.as_py() is None else side.as_py() for side in sides]))
    known = [box for box in boxes if np.isfinite(box).all()]
    if not known:
        return (-180.0, -90.0, 180.0, 90.0)
    least, most = np.min(known, axis=0)[:2], np.max(known, axis=0)[2:]
    cells = [*np.floor(least / CELL_DEG), *np.ceil(most / CELL_DEG)]
    west, south, east, north = (round(float(cell) * CELL_DEG, 6) for cell in cells)
    return (max(west, -180.0), max(south, -90.0), min(east, 180.0), min(north, 90.0))


def span_of(content: Content) -> tuple[datetime, datetime]:
    """From the first thing that is told to the as-of."""
    first = pc.min(content.observations.table["occurred_from"]).as_py() if content.with_observations else None
    end = content.about.as_of
    return (min(first, end) if first else end, end)


def told(exported: Exported) -> str:
    """The result in a sentence."""
    about = exported.content.about
    when = f"as of {isoformat_utc(about.as_of)}, known at {isoformat_utc(about.known_at)}"
    rows, hours = sum(about.layers.values()), exported.content.reader.delay / timedelta(hours=1)
    held = f"; what was recorded in the last {hours:.0f} hours is not in it" if hours else ""
    return f"{about.edition} edition {when}: {rows:,} rows in {len(about.layers)} layers{held}"

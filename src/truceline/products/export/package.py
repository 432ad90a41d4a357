"""A Frictionless data package (https://datapackage.org): every layer as CSV in one zip file, each column
described."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from typing import IO, Any, BinaryIO, cast

import pyarrow as pa

from truceline.core.instants import isoformat_utc
from truceline.core.messages import Messages
from truceline.products.export.content import Content
from truceline.products.export.fields import GEOMETRY, Layer
from truceline.products.export.hxl_csv import AREA, AREA_TAG, write_csv

_TYPES = {pa.float64(): "number", pa.int64(): "integer", pa.bool_(): "boolean"}
_MADE = (1980, 1, 1, 0, 0, 0)
"""The date of every member: the zip format's first, so that the same record gives the same bytes."""


def write_package(content: Content, file: BinaryIO, *, licence: str | None = None) -> dict[str, int]:
    """Writes the package; how many rows each layer has."""
    resources, written = [], {}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for layer in content.layers:
            path = f"data/{layer.id}.csv"
            with archive.open(_member(path), "w", force_zip64=True) as member:
                hashed = _Hashed(member)
                written[layer.id] = write_csv(content, layer, cast(BinaryIO, hashed), hashtags=False)
            resources.append(_resource(content, layer, path, hashed))
        described = _package(content, resources, licence)
        archive.writestr(_member("datapackage.json"), json.dumps(described, ensure_ascii=False, indent=1))
    return written


def _member(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _MADE)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    return info


class _Hashed(io.RawIOBase):
    """A file that is written to, and what its content hashes to."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._digest, self.size = file, hashlib.sha256(), 0

    def write(self, data: Any) -> int:
        """Passes the bytes on."""
        content = bytes(data)
        self._digest.update(content)
        self.size += len(content)
        self._file.write(content)
        return len(content)

    def writable(self) -> bool:
        """It is there to be written to."""
        return True

    @property
    def sha256(self) -> str:
        """SHA-256 of what was written, in hex."""
        return self._digest.hexdigest()


def _package(content: Content, resources: list[dict[str, Any]], licence: str | None) -> dict[str, Any]:
    about = content.about
    described: dict[str, Any] = {
        "profile": "tabular-data-package",
        "name": f"truceline-{about.accord}".lower().replace("_", "-"),
        "title": f"{about.title}: monitoring record",
        "description": (
            f"Edition {about.edition}, as of {isoformat_utc(about.as_of)}, known at "
            f"{isoformat_utc(about.known_at)}. Head of the record's log: {about.log_size} entries, root "
            f"{about.log_root}."
        ),
        "created": isoformat_utc(about.known_at),
        "truceline": about.as_dict(),
        "resources": resources,
    }
    if licence:
        described["licenses"] = [{"name": licence}]
    return described


def _resource(content: Content, layer: Layer, path: str, hashed: _Hashed) -> dict[str, Any]:
    fields = {field.name: field for field in layer.fields}
    columns, say = [], Messages("data", content.language).say
    for column in content.schema(layer):
        if column.name == GEOMETRY:
            points = "shape" in content.schema(layer).names
            words = say("geometry-wkt-points" if points else "geometry-wkt")
            columns.append({"name": AREA, "type": "string", "description": words, "hxl": AREA_TAG})
            continue
        said = fields[column.name]
        described = {
            "name": said.name,
            "type": _type(column.type),
            "description": said.words(content.language),
            "hxl": said.hxl,
        }
        if pa.types.is_list(column.type):
            described["description"] += f"; {say('several')}"
        if said.unit:
            described["unit"] = said.unit_in(content.language)
        columns.append(described)
    return {
        "name": layer.id,
        "title": layer.title(content.language),
        "description": layer.words(content.language),
        "path": path,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": hashed.size,
        "hash": f"sha256:{hashed.sha256}",
        "schema": {"fields": columns, "missingValues": [""]},
    }


def _type(kind: pa.DataType) -> str:
    return "datetime" if pa.types.is_timestamp(kind) else _TYPES.get(kind, "string")

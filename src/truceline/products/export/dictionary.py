"""The data dictionary: every layer and column in Markdown, for docs/reference/exports.md. A test holds the
page to it."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa

from truceline.evidence.permissions import EDITION_ROLES, Reader
from truceline.products.export.fields import Field, Layer
from truceline.products.export.layers import LAYERS, TYPES

BEGIN = "<!-- dictionary: begin -->"
END = "<!-- dictionary: end -->"


def dictionary() -> str:
    """The page's part between `BEGIN` and `END`."""
    return "\n".join([BEGIN, *(line for layer in LAYERS for line in _layer(layer)), END])


def _layer(layer: Layer) -> Iterator[str]:
    yield ""
    yield f"### {layer.title()} (`{layer.id}`)"
    yield ""
    yield layer.words()
    shape = f"Geometry: {layer.geometry}." if layer.geometry else "No geometry."
    yield f"{shape} In the editions: {_editions(layer)}."
    yield ""
    yield "| column | type | says | unit | HXL | editions |"
    yield "|---|---|---|---|---|---|"
    for field in layer.fields:
        kind = _type(field.type)
        yield (
            f"| `{field.name}` | {kind} | {field.words()} | {field.unit} | `{field.hxl}` | "
            f"{_columns(layer, field)} |"
        )


def _editions(layer: Layer) -> str:
    return ", ".join(name for name, role in EDITION_ROLES.items() if layer.open_to(Reader(role)))


def _columns(layer: Layer, field: Field) -> str:
    having = [name for name, role in EDITION_ROLES.items() if layer.open_to(Reader(role))]
    found = [name for name in having if field.open_to(Reader(EDITION_ROLES[name]))]
    return "all" if found == having else ", ".join(found)


def _type(kind: pa.DataType) -> str:
    return next(name for name, one in TYPES.items() if one == kind)

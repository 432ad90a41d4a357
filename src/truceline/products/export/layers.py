"""The layers of a data product and their columns, read from `layers.yaml` beside this module; what they say
is in `locale/*/data.ftl`."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import pyarrow as pa
from ruamel.yaml import YAML

from truceline.core.messages import Messages
from truceline.evidence.permissions import Kind
from truceline.products.export.fields import INSTANT, TEXTS, Field, Layer

TYPES = {
    "text": pa.string(),
    "number": pa.float64(),
    "whole": pa.int64(),
    "flag": pa.bool_(),
    "instant": INSTANT,
    "texts": TEXTS,
}


def _layers() -> tuple[Layer, ...]:
    text = files("truceline.products.export").joinpath("layers.yaml").read_text(encoding="utf-8")
    data: dict[str, dict[str, Any]] = YAML(typ="safe", pure=True).load(text)
    return tuple(
        Layer(
            id=id,
            kind=Kind(one["of"]),
            fields=tuple(_field(id, name, said) for name, said in one["columns"].items()),
            geometry=one.get("geometry", ""),
        )
        for id, one in data.items()
    )


def _field(layer: str, name: str, said: dict[str, str]) -> Field:
    only, key = said.get("only"), name.replace("_", "-")
    # A column of one name says the same in every layer, unless the layer has a message of its own for it.
    own = f"column-{layer}-{key}"
    return Field(
        name,
        TYPES[said["type"]],
        own if Messages("data").has(own) else f"column-{key}",
        said["hxl"],
        unit=said.get("unit", ""),
        kind=Kind(only) if only and only != "exact" else None,
        exact=only == "exact",
    )


LAYERS = _layers()
"""All layers, in the order in which files hold them."""

OBSERVATIONS, ZONES, LINES, ROUTES, OBLIGATIONS, EFFORT, PATROLS, WEAPONS, CORRECTIONS = LAYERS


def layer_named(id: str) -> Layer | None:
    """The layer of that id."""
    return next((layer for layer in LAYERS if layer.id == id), None)

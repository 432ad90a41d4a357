"""The JSON Schema of accord files (draft 2020-12), generated from the model and published with the package.

``python -m truceline.accord.schema`` writes it anew; a test fails when the published file is stale.
"""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

from truceline.accord.model import Accord
from truceline.accord.model.document import FORMAT_VERSION

FILE_NAME = f"accord-v{FORMAT_VERSION}.schema.json"
SCHEMA_ID = f"urn:truceline:schema:accord:{FORMAT_VERSION}"


def generated_schema() -> dict[str, Any]:
    """The JSON Schema of what `truceline.accord.load` accepts, the short forms included.

    Some rules go beyond what a schema can say, such as that a quote's words are as long as its position; the
    loader and `truceline.accord.lint` check these.
    """
    schema = Accord.model_json_schema(mode="validation", by_alias=True)
    _tidy(schema)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        "title": "Truceline accord",
    } | {key: value for key, value in schema.items() if key != "title"}


def published_schema() -> dict[str, Any]:
    """The schema as it was published with this package."""
    text = files("truceline.accord.schema").joinpath(FILE_NAME).read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


def as_text(schema: dict[str, Any]) -> str:
    """The schema as it stands in its file."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _tidy(node: Any) -> None:
    """Takes out what is no JSON Schema: OpenAPI's discriminator, our own marks, and titles made of names."""
    if isinstance(node, dict):
        node.pop("discriminator", None)
        node.pop("x-shorthand", None)
        if isinstance(node.get("title"), str):
            node.pop("title")
        for value in node.values():
            _tidy(value)
    elif isinstance(node, list):
        for value in node:
            _tidy(value)

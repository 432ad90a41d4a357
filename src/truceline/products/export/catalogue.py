"""A folder with a product in every format, a STAC collection that describes it, and a page to look at.

The collection and its one item follow STAC 1.1 (https://stacspec.org), so that catalogues of spatial data
can list them; the page says the same to people, without a script and without an outside request.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import jinja2
from markupsafe import Markup, escape

from truceline.core.bidi import direction, isolated
from truceline.core.figures import decimal
from truceline.core.instants import isoformat_utc
from truceline.core.messages import Messages
from truceline.evidence.permissions import CELL_DEG
from truceline.products.export.content import Content

STAC = "1.1.0"
LICENCE = "other"
"""What STAC says where a licence is none of a list: whose the data are, and on what terms, is for the
publisher."""

Bounds = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class File:
    """A file of the folder: its name, what it is, its media type, size and digest."""

    name: str
    title: str
    media_type: str
    size_bytes: int
    sha256: str


def documents_of(
    content: Content,
    files: Sequence[File],
    bounds: Bounds,
    span: tuple[datetime, datetime],
    licence: str | None,
) -> dict[str, bytes]:
    """The collection, the item and the page, by name. `bounds` are west, south, east, north in degrees."""
    documents = {
        "collection.json": _json(_collection(content, bounds, span, licence)),
        "item.json": _json(_item(content, files, bounds, span)),
    }
    return documents | {"index.html": _page(content, files, licence).encode()}


def _json(document: dict[str, Any]) -> bytes:
    return json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n"


def _collection(
    content: Content, bounds: Bounds, span: tuple[datetime, datetime], licence: str | None
) -> dict[str, Any]:
    about = content.about
    return {
        "type": "Collection",
        "stac_version": STAC,
        "id": f"truceline-{about.accord}",
        "title": f"{about.title}: monitoring record",
        "description": f"The {about.edition} edition of the record of {about.title}, as of "
        f"{isoformat_utc(about.as_of)} and known at {isoformat_utc(about.known_at)}.",
        "license": licence or LICENCE,
        "extent": {
            "spatial": {"bbox": [list(bounds)]},
            "temporal": {"interval": [[isoformat_utc(one) for one in span]]},
        },
        "summaries": {"layers": list(about.layers)},
        "links": [
            {"rel": "root", "href": "./collection.json", "type": "application/json"},
            {"rel": "item", "href": "./item.json", "type": "application/geo+json"},
        ],
    }


def _item(
    content: Content, files: Sequence[File], bounds: Bounds, span: tuple[datetime, datetime]
) -> dict[str, Any]:
    about = content.about
    west, south, east, north = bounds
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {
        "type": "Feature",
        "stac_version": STAC,
        "id": f"{about.accord}-{about.edition}-{about.as_of:%Y%m%dT%H%M%SZ}",
        "collection": f"truceline-{about.accord}",
        "bbox": list(bounds),
        "geometry": {"type": "Polygon", "coordinates": [ring]},
        "properties": {
            "title": about.title,
            "datetime": None,
            "start_datetime": isoformat_utc(span[0]),
            "end_datetime": isoformat_utc(span[1]),
            "created": isoformat_utc(about.known_at),
            "truceline": about.as_dict(),
        },
        "links": [
            {"rel": "root", "href": "./collection.json", "type": "application/json"},
            {"rel": "collection", "href": "./collection.json", "type": "application/json"},
            {"rel": "parent", "href": "./collection.json", "type": "application/json"},
        ],
        "assets": {
            file.name: {
                "href": f"./{file.name}",
                "title": file.title,
                "type": file.media_type,
                "roles": ["data"],
                "file:size": file.size_bytes,
                "file:checksum": f"1220{file.sha256}",
            }
            for file in files
        },
        "stac_extensions": ["https://stac-extensions.github.io/file/v2.1.0/schema.json"],
    }


def _page(content: Content, files: Sequence[File], licence: str | None) -> str:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("truceline.products.export", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["coded"] = _coded
    layers = [(layer, layer.fields_for(content.reader)) for layer in content.layers]
    words, about = Messages("data", content.language), content.about
    places = (
        words.say("places-exact")
        if about.exact_places
        else words.say("places-cells", {"degrees": decimal(CELL_DEG, 1, content.language)})
    )

    def say(message: str, **arguments: object) -> str:
        return isolated(words.say(message, arguments))

    return environment.get_template("catalogue.html").render(
        about=about.as_dict(),
        title=say("page-title", title=about.title),
        lead=say("page-lead", edition=say(f"edition-{about.edition}"), places=places),
        files=files,
        layers=layers,
        licence=licence,
        language=content.language,
        direction=direction(content.language),
        number=lambda value: decimal(value, 0, content.language),
        say=say,
    )


def _coded(words: str) -> Markup:
    """Words in which what stands between backticks is code."""
    parts = words.split("`")
    return Markup("").join(
        Markup('<code dir="ltr">{}</code>').format(part) if number % 2 else escape(part)
        for number, part in enumerate(parts)
    )

"""OGC API - Features, parts 1 (core), 3 (filtering) with CQL2, and OGC API - Tiles: so that QGIS, ArcGIS and
GDAL read without a plug-in."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import urlencode

import numpy as np
from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from truceline.app.desk import Wanted
from truceline.app.desk.verdicts import Asked
from truceline.core.errors import InvalidInput, NotFound
from truceline.core.instants import isoformat_utc
from truceline.evidence.permissions import Kind
from truceline.web.answers import answer
from truceline.web.asking import Asker, TheAsker, TheQuestion, TheSite, need
from truceline.web.models import Answer, FeatureCollection
from truceline.web.ogc.collections import COLLECTIONS, Collection, Held, HeldView, bounds_of, held, in_box
from truceline.web.ogc.cql import parse, remembered
from truceline.web.ogc.shared import (
    CRS84,
    GEOJSON,
    OPENAPI,
    READS,
    Filter,
    FilterLanguage,
    allowed,
    base_of,
    earlier,
    json_alone,
    link_to,
)  # fmt: skip
from truceline.web.rows import read_box, read_interval
from truceline.web.site import Site

router = APIRouter(tags=["ogc"], dependencies=[Depends(json_alone)])

MOST = 10_000
CONFORMS_TO = [
    "http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-common-2/1.0/conf/collections",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
    "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/queryables",
    "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/filter",
    "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/features-filter",
    "http://www.opengis.net/spec/cql2/1.0/conf/cql2-text",
    "http://www.opengis.net/spec/cql2/1.0/conf/cql2-json",
    "http://www.opengis.net/spec/cql2/1.0/conf/basic-cql2",
    "http://www.opengis.net/spec/cql2/1.0/conf/advanced-comparison-operators",
    "http://www.opengis.net/spec/cql2/1.0/conf/case-insensitive-comparison",
    "http://www.opengis.net/spec/cql2/1.0/conf/basic-spatial-functions",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/tileset",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/mvt",
]
_OWN = frozenset(
    {
        "limit", "offset", "bbox", "datetime", "filter", "filter-lang", "filter-crs", "bbox-crs", "crs", "f",
        "language", "as_of", "known_at", "reading",
    }
)  # fmt: skip


@router.get("", dependencies=[need(Kind.ZONES)], responses={200: {"model": Answer}})
def landing(request: Request) -> Response:
    """What this interface is, and where its parts are."""
    base = base_of(request)
    service = str(request.base_url).rstrip("/")
    links = [
        link_to(base, "self"),
        link_to(f"{service}/api/v1/openapi.json", "service-desc", OPENAPI),
        link_to(f"{base}/conformance", "conformance"),
        link_to(f"{base}/collections", "data"),
        link_to(f"{base}/tileMatrixSets", "http://www.opengis.net/def/rel/ogc/1.0/tiling-schemes"),
    ]
    return answer(
        request, {"title": "Truceline", "description": "A ceasefire and its evidence", "links": links}
    )


@router.get("/conformance", dependencies=[need(Kind.ZONES)], responses={200: {"model": Answer}})
def conformance(request: Request) -> Response:
    """What of the standards is met."""
    return answer(request, {"conformsTo": CONFORMS_TO})


def _described(request: Request, site: Site, asker: Asker, one: Collection) -> dict[str, Any]:
    base = f"{base_of(request)}/collections/{one.id}"
    items = held(site, asker.reader, one, Asked())
    box = bounds_of(items)
    extent: dict[str, Any] = {"spatial": {"bbox": [list(box)], "crs": CRS84}} if box else {}
    if isinstance(items, HeldView) and items.view.span:
        first, last, _ = items.view.span
        extent["temporal"] = {"interval": [[isoformat_utc(first), isoformat_utc(last)]]}
    return {
        "id": one.id,
        "title": one.title,
        "description": one.description,
        "itemType": "feature",
        "crs": [CRS84],
        "extent": extent,
        "links": [
            link_to(base, "self"),
            link_to(f"{base}/items", "items", GEOJSON, one.title),
            link_to(
                f"{base}/queryables",
                "http://www.opengis.net/def/rel/ogc/1.0/queryables",
                "application/schema+json",
            ),
            link_to(f"{base}/tiles", "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector"),
        ],
    }


@router.get("/collections", dependencies=[READS], responses={200: {"model": Answer}})
def collections(request: Request, site: TheSite, asker: TheAsker) -> Response:
    """The collections that the role may see."""
    found = [one for one in COLLECTIONS.values() if asker.reader.may(one.kind)]
    described = [_described(request, site, asker, one) for one in found]
    links = [link_to(f"{base_of(request)}/collections", "self")]
    return answer(request, {"links": links, "collections": described})


@router.get("/collections/{collection}", dependencies=[READS], responses={200: {"model": Answer}})
def collection(request: Request, site: TheSite, asker: TheAsker, collection: str) -> Response:
    """One collection: what it holds, where and when."""
    return answer(request, _described(request, site, asker, allowed(asker, collection)))


@router.get(
    "/collections/{collection}/queryables",
    dependencies=[READS],
    responses={200: {"model": Answer, "content": {"application/schema+json": {}}}},
)
def queryables(request: Request, site: TheSite, asker: TheAsker, collection: str) -> Response:
    """What a filter may ask: a JSON Schema."""
    one = allowed(asker, collection)
    items = held(site, asker.reader, one, Asked())
    properties: dict[str, Any] = {"geometry": {"format": "geometry-any"}}
    for name in items.names:
        properties[name] = _schema_of(str(items.column(name).type))
    document = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"{base_of(request)}/collections/{one.id}/queryables",
        "type": "object",
        "title": one.title,
        "properties": properties,
        "additionalProperties": False,
    }
    return answer(request, document, media_type="application/schema+json")


def _schema_of(kind: str) -> dict[str, str]:
    if kind.startswith("timestamp"):
        return {"type": "string", "format": "date-time"}
    if kind == "bool":
        return {"type": "boolean"}
    return (
        {"type": "string"}
        if kind == "string"
        else {"type": "integer" if kind.startswith("int") else "number"}
    )


Limit = Annotated[int, Query(ge=1, description="How many at most; above 10,000 counts as 10,000.")]
Offset = Annotated[int, Query(ge=0, le=2**53, description="How many to leave out first.")]


@router.get(
    "/collections/{collection}/items",
    dependencies=[READS],
    responses={200: {"model": FeatureCollection, "content": {GEOJSON: {}}}},
)
def items(
    request: Request,
    site: TheSite,
    asker: TheAsker,
    question: TheQuestion,
    collection: str,
    bbox: Annotated[str | None, Query(max_length=200, description="west,south,east,north")] = None,
    datetime: Annotated[str | None, Query(max_length=90, description="An instant or start/end")] = None,
    filter: Filter = None,
    filter_lang: FilterLanguage = "cql2-text",
    limit: Limit = 100,
    offset: Offset = 0,
) -> Response:
    """A page of the features that match, as they were at `as_of` by what was known at `known_at`. Any
    queryable may be a parameter: `kind=shelling`."""
    one = allowed(asker, collection)
    limit = min(limit, MOST)
    everything = held(site, asker.reader, one, question)
    where = _where(request, everything, filter, filter_lang)
    box, (start, end) = read_box(bbox), read_interval(site, datetime)
    if isinstance(everything, HeldView):
        wanted = Wanted(
            box=box, start=start, end=earlier(end, question.as_of), known_at=question.known_at,
            standing=False, where=where,
        )  # fmt: skip
        rows, total = everything.view.select(
            wanted, first=0, limit=min(offset + limit, max(len(everything), 1))
        )
        features = everything.items(rows[offset:], question.language)
    else:
        kept = np.ones(len(everything), np.bool_) if where is None else where
        if box is not None:
            kept &= in_box(everything, box)
        if start is not None or end is not None:
            kept &= everything.times(start, end)
        chosen = np.flatnonzero(kept)
        total = len(chosen)
        features = [everything.features[int(row)] for row in chosen[offset : offset + limit]]
    links = [link_to(str(request.url), "self", GEOJSON)]
    if offset + len(features) < total:
        links.append(link_to(_paged(request, offset + limit), "next", GEOJSON))
    if offset:
        links.append(link_to(_paged(request, max(offset - limit, 0)), "prev", GEOJSON))
    document = {
        "type": "FeatureCollection",
        "features": features,
        "numberMatched": total,
        "numberReturned": len(features),
        "links": links,
    }
    return answer(request, document, media_type=GEOJSON, headers={"Content-Crs": f"<{CRS84}>"})


def _where(request: Request, everything: Held | HeldView, filter: str | None, language: str) -> Any:
    """The rows that a filter and properties among the parameters leave; None: all. Raises InvalidInput."""
    conditions: list[dict[str, Any]] = [parse(filter, language)] if filter is not None else []
    for name, value in request.query_params.multi_items():
        if name in _OWN:
            continue
        if name not in everything.names:
            raise InvalidInput(
                f"there is no parameter {name!r}; accepted: {', '.join(sorted(_OWN))}, queryables"
            )
        conditions.append(
            {"op": "=", "args": [{"property": name}, _typed(value, everything.column(name).type)]}
        )
    for name in ("crs", "bbox-crs", "filter-crs"):
        if request.query_params.get(name) not in (None, CRS84):
            raise InvalidInput(f"{name}: accepted: {CRS84}")
    if not conditions:
        return None
    return remembered(
        conditions[0] if len(conditions) == 1 else {"op": "and", "args": conditions}, everything
    )


def _typed(value: str, kind: Any) -> Any:
    if str(kind) == "bool":
        if value not in ("true", "false"):
            raise InvalidInput(f"found {value!r}; accepted: true, false")
        return value == "true"
    if str(kind).startswith(("int", "double", "float")):
        try:
            return float(value)
        except ValueError as error:
            raise InvalidInput(f"found {value!r}; accepted: a number") from error
    return value


def _paged(request: Request, offset: int) -> str:
    query = [(name, value) for name, value in request.query_params.multi_items() if name != "offset"]
    return f"{str(request.url).partition('?')[0]}?{urlencode([*query, ('offset', str(offset))])}"


@router.get(
    "/collections/{collection}/items/{id}",
    dependencies=[READS],
    responses={200: {"model": Answer, "content": {GEOJSON: {}}}},
)
def item(
    request: Request,
    site: TheSite,
    asker: TheAsker,
    question: TheQuestion,
    collection: str,
    id: str,
) -> Response:
    """One feature."""
    one = allowed(asker, collection)
    everything = held(site, asker.reader, one, question)
    found: dict[str, Any] | None = None
    if isinstance(everything, HeldView):
        row = everything.view.row_of(id)
        if row is not None:
            found = everything.items(np.array([row]), question.language)[0]
    else:
        found = next((feature for feature in everything.features if feature["id"] == id), None)
    if found is None:
        raise NotFound(f"there is no feature {id!r} in {collection}")
    base = f"{base_of(request)}/collections/{one.id}"
    links = [link_to(f"{base}/items/{id}", "self", GEOJSON), link_to(base, "collection")]
    return answer(request, found | {"links": links}, media_type=GEOJSON)

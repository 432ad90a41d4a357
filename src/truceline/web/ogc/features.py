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
from truceline.core.errors import InvalidInput, NotAllowed, NotFound
from truceline.core.instants import isoformat_utc
from truceline.evidence.permissions import Kind
from truceline.web.answers import answer
from truceline.web.asking import Asker, Language, TheAsker, TheSite, need
from truceline.web.models import Answer, FeatureCollection
from truceline.web.ogc.collections import COLLECTIONS, Collection, Held, HeldView, bounds_of, held, in_box
from truceline.web.ogc.cql import matching, parse
from truceline.web.ogc.tiles import MATRIX_SET, MATRIX_SET_ID, MOST_ZOOM, encode, tile_box
from truceline.web.rows import read_box, read_interval
from truceline.web.site import Site


def json_alone(
    f: Annotated[str, Query(pattern="^(json|geojson|mvt|application/json)$", description="json")] = "json",
) -> None:
    """Answers are JSON, and tiles MVT: there is nothing else to choose."""
    del f


router = APIRouter(tags=["ogc"], dependencies=[Depends(json_alone)])

GEOJSON = "application/geo+json"
OPENAPI = "application/vnd.oai.openapi+json;version=3.1"
MVT = "application/vnd.mapbox-vector-tile"
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
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

_READS = need(Kind.OBSERVATIONS, Kind.REPORTERS, Kind.CONFIDENTIAL)


def _base(request: Request) -> str:
    return str(request.base_url).rstrip("/") + "/ogc"


def _link(href: str, rel: str, kind: str = "application/json", title: str | None = None) -> dict[str, str]:
    return {"href": href, "rel": rel, "type": kind} | ({"title": title} if title else {})


@router.get("", dependencies=[need(Kind.ZONES)], responses={200: {"model": Answer}})
def landing(request: Request) -> Response:
    """What this interface is, and where its parts are."""
    base = _base(request)
    service = str(request.base_url).rstrip("/")
    links = [
        _link(base, "self"),
        _link(f"{service}/api/v1/openapi.json", "service-desc", OPENAPI),
        _link(f"{base}/conformance", "conformance"),
        _link(f"{base}/collections", "data"),
        _link(f"{base}/tileMatrixSets", "http://www.opengis.net/def/rel/ogc/1.0/tiling-schemes"),
    ]
    return answer(
        request, {"title": "Truceline", "description": "A ceasefire and its evidence", "links": links}
    )


@router.get("/conformance", dependencies=[need(Kind.ZONES)], responses={200: {"model": Answer}})
def conformance(request: Request) -> Response:
    """What of the standards is met."""
    return answer(request, {"conformsTo": CONFORMS_TO})


def _described(request: Request, site: Site, asker: Asker, one: Collection) -> dict[str, Any]:
    base = f"{_base(request)}/collections/{one.id}"
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
            _link(base, "self"),
            _link(f"{base}/items", "items", GEOJSON, one.title),
            _link(
                f"{base}/queryables",
                "http://www.opengis.net/def/rel/ogc/1.0/queryables",
                "application/schema+json",
            ),
            _link(f"{base}/tiles", "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector"),
        ],
    }


def _allowed(asker: Asker, id: str) -> Collection:
    """The collection of that name. Raises NotFound, NotAllowed."""
    found = COLLECTIONS.get(id)
    if found is None:
        raise NotFound(f"there is no collection {id!r}; there are {', '.join(COLLECTIONS)}")
    if not asker.reader.may(found.kind):
        raise NotAllowed(f"the role {asker.reader.role} may not see this")
    return found


@router.get("/collections", dependencies=[_READS], responses={200: {"model": Answer}})
def collections(request: Request, site: TheSite, asker: TheAsker) -> Response:
    """The collections that the role may see."""
    found = [one for one in COLLECTIONS.values() if asker.reader.may(one.kind)]
    described = [_described(request, site, asker, one) for one in found]
    links = [_link(f"{_base(request)}/collections", "self")]
    return answer(request, {"links": links, "collections": described})


@router.get("/collections/{collection}", dependencies=[_READS], responses={200: {"model": Answer}})
def collection(request: Request, site: TheSite, asker: TheAsker, collection: str) -> Response:
    """One collection: what it holds, where and when."""
    return answer(request, _described(request, site, asker, _allowed(asker, collection)))


@router.get(
    "/collections/{collection}/queryables",
    dependencies=[_READS],
    responses={200: {"model": Answer, "content": {"application/schema+json": {}}}},
)
def queryables(request: Request, site: TheSite, asker: TheAsker, collection: str) -> Response:
    """What a filter may ask: a JSON Schema."""
    one = _allowed(asker, collection)
    items = held(site, asker.reader, one, Asked())
    properties: dict[str, Any] = {"geometry": {"format": "geometry-any"}}
    for name in items.names:
        properties[name] = _schema_of(str(items.column(name).type))
    document = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"{_base(request)}/collections/{one.id}/queryables",
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
Filter = Annotated[str | None, Query(max_length=20_000, description="A condition in CQL2.")]


@router.get(
    "/collections/{collection}/items",
    dependencies=[_READS],
    responses={200: {"model": FeatureCollection, "content": {GEOJSON: {}}}},
)
def items(
    request: Request,
    site: TheSite,
    asker: TheAsker,
    collection: str,
    bbox: Annotated[str | None, Query(max_length=200, description="west,south,east,north")] = None,
    datetime: Annotated[str | None, Query(max_length=90, description="An instant or start/end")] = None,
    filter: Filter = None,
    filter_lang: Annotated[str, Query(alias="filter-lang", pattern="^cql2-(text|json)$")] = "cql2-text",
    limit: Limit = 100,
    offset: Offset = 0,
    language: Language = "en",
) -> Response:
    """A page of the features that match. Any queryable may be a parameter: `kind=shelling`."""
    one = _allowed(asker, collection)
    limit = min(limit, MOST)
    asked = Asked(language=language)
    everything = held(site, asker.reader, one, asked)
    where = _where(request, everything, filter, filter_lang)
    box, (start, end) = read_box(bbox), read_interval(site, datetime)
    if isinstance(everything, HeldView):
        wanted = Wanted(box=box, start=start, end=end, standing=False, where=where)
        rows, total = everything.view.select(
            wanted, first=0, limit=min(offset + limit, max(len(everything), 1))
        )
        features = everything.items(rows[offset:], language)
    else:
        kept = np.ones(len(everything), np.bool_) if where is None else where
        if box is not None:
            kept &= in_box(everything, box)
        if start is not None or end is not None:
            kept &= everything.times(start, end)
        chosen = np.flatnonzero(kept)
        total = len(chosen)
        features = [everything.features[int(row)] for row in chosen[offset : offset + limit]]
    links = [_link(str(request.url), "self", GEOJSON)]
    if offset + len(features) < total:
        links.append(_link(_paged(request, offset + limit), "next", GEOJSON))
    if offset:
        links.append(_link(_paged(request, max(offset - limit, 0)), "prev", GEOJSON))
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
    return matching(conditions[0] if len(conditions) == 1 else {"op": "and", "args": conditions}, everything)


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
    dependencies=[_READS],
    responses={200: {"model": Answer, "content": {GEOJSON: {}}}},
)
def item(
    request: Request,
    site: TheSite,
    asker: TheAsker,
    collection: str,
    id: str,
    language: Language = "en",
) -> Response:
    """One feature."""
    one = _allowed(asker, collection)
    everything = held(site, asker.reader, one, Asked(language=language))
    found: dict[str, Any] | None = None
    if isinstance(everything, HeldView):
        row = everything.view.row_of_shown.get(id)
        if row is not None:
            found = everything.items(np.array([row]), language)[0]
    else:
        found = next((feature for feature in everything.features if feature["id"] == id), None)
    if found is None:
        raise NotFound(f"there is no feature {id!r} in {collection}")
    base = f"{_base(request)}/collections/{one.id}"
    links = [_link(f"{base}/items/{id}", "self", GEOJSON), _link(base, "collection")]
    return answer(request, found | {"links": links}, media_type=GEOJSON)


@router.get("/tileMatrixSets", dependencies=[need(Kind.ZONES)], responses={200: {"model": Answer}})
def matrix_sets(request: Request) -> Response:
    """How tiles are cut: one way."""
    link = _link(f"{_base(request)}/tileMatrixSets/{MATRIX_SET_ID}", "self")
    return answer(request, {"tileMatrixSets": [{"id": MATRIX_SET_ID, "links": [link]}]})


@router.get(
    "/tileMatrixSets/WebMercatorQuad", dependencies=[need(Kind.ZONES)], responses={200: {"model": Answer}}
)
def matrix_set(request: Request) -> Response:
    """WebMercatorQuad."""
    return answer(request, MATRIX_SET)


@router.get("/collections/{collection}/tiles", dependencies=[_READS], responses={200: {"model": Answer}})
def tilesets(request: Request, asker: TheAsker, collection: str) -> Response:
    """The tile sets of a collection."""
    one = _allowed(asker, collection)
    return answer(request, {"tilesets": [_tileset(request, one)]})


@router.get(
    "/collections/{collection}/tiles/WebMercatorQuad",
    dependencies=[_READS],
    responses={200: {"model": Answer}},
)
def tileset(request: Request, asker: TheAsker, collection: str) -> Response:
    """One tile set, with the template of its tiles' addresses."""
    return answer(request, _tileset(request, _allowed(asker, collection)))


def _tileset(request: Request, one: Collection) -> dict[str, Any]:
    base = f"{_base(request)}/collections/{one.id}/tiles/{MATRIX_SET_ID}"
    template = base + "/{tileMatrix}/{tileRow}/{tileCol}"
    return {
        "title": one.title,
        "dataType": "vector",
        "crs": "http://www.opengis.net/def/crs/EPSG/0/3857",
        "tileMatrixSetURI": "http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad",
        "links": [
            _link(base, "self"),
            _link(template, "item", MVT) | {"templated": True},
            _link(
                f"{_base(request)}/tileMatrixSets/{MATRIX_SET_ID}",
                "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme",
            ),
        ],
    }


@router.get(
    "/collections/{collection}/tiles/WebMercatorQuad/{z}/{y}/{x}",
    dependencies=[_READS],
    responses={200: {"content": {MVT: {}}}},
    response_class=Response,
)
def tile(
    site: TheSite,
    asker: TheAsker,
    collection: str,
    z: int,
    y: int,
    x: int,
    datetime: Annotated[str | None, Query(max_length=90)] = None,
    kind: Annotated[list[str] | None, Query(max_length=50)] = None,
    filter: Filter = None,
    filter_lang: Annotated[str, Query(alias="filter-lang", pattern="^cql2-(text|json)$")] = "cql2-text",
    standing: bool = True,
) -> Response:
    """A vector tile. Where observations are many they are counted in cells; where places are cells to a role,
    they are drawn as those cells."""
    if not 0 <= z <= MOST_ZOOM or not 0 <= x < 1 << z or not 0 <= y < 1 << z:
        raise NotFound(f"there is no tile {z}/{y}/{x}")
    one = _allowed(asker, collection)
    start, end = read_interval(site, datetime)
    condition = parse(filter, filter_lang) if filter is not None else None
    now = site.desk.now()
    told = (start, end, tuple(kind or ()), standing, filter, filter_lang)
    moment = site.desk.seen_at(asker.reader) if asker.reader.delay else None
    key = ("tile", now.version, hash(now.accord_text), asker.reader, moment, one.id, z, y, x, told)

    def make() -> bytes:
        everything = held(site, asker.reader, one, Asked())
        where = matching(condition, everything) if condition is not None else None
        if isinstance(everything, HeldView):
            wanted = Wanted(
                box=tile_box(z, x, y, margin=0.05), start=start, end=end, kinds=tuple(kind or ()),
                standing=standing, where=where,
            )  # fmt: skip
            rows, _ = everything.view.select(wanted, limit=max(len(everything), 1))
            return encode(one.id, z, x, y, everything.view, rows)
        kept = np.ones(len(everything), np.bool_) if where is None else where
        kept &= everything.times(start, end)
        return encode(one.id, z, x, y, everything, np.flatnonzero(kept))

    body = site.desk.remembered(key, make, most=2000)
    return Response(
        body, media_type=MVT,
        headers={"Cache-Control": "private, max-age=60", "Vary": "Cookie, Authorization"},
    )  # fmt: skip

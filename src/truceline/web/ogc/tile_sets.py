"""OGC API - Tiles: the collections as vector tiles."""

from __future__ import annotations

from typing import Annotated, Any

import numpy as np
from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from truceline.app.desk import Wanted
from truceline.core.errors import NotFound
from truceline.evidence.permissions import Kind
from truceline.web.answers import answer
from truceline.web.asking import TheAsker, TheQuestion, TheSite, need
from truceline.web.models import Answer
from truceline.web.ogc.collections import Collection, HeldView, held
from truceline.web.ogc.cql import parse, remembered
from truceline.web.ogc.shared import (
    MVT,
    READS,
    Filter,
    FilterLanguage,
    allowed,
    base_of,
    earlier,
    json_alone,
    link_to,
)  # fmt: skip
from truceline.web.ogc.tiles import MATRIX_SET, MATRIX_SET_ID, MOST_ZOOM, encode, tile_box
from truceline.web.rows import read_interval

router = APIRouter(tags=["ogc"], dependencies=[Depends(json_alone)])


@router.get("/tileMatrixSets", dependencies=[need(Kind.ZONES)], responses={200: {"model": Answer}})
def matrix_sets(request: Request) -> Response:
    """How tiles are cut: one way."""
    link = link_to(f"{base_of(request)}/tileMatrixSets/{MATRIX_SET_ID}", "self")
    return answer(request, {"tileMatrixSets": [{"id": MATRIX_SET_ID, "links": [link]}]})


@router.get(
    "/tileMatrixSets/WebMercatorQuad", dependencies=[need(Kind.ZONES)], responses={200: {"model": Answer}}
)
def matrix_set(request: Request) -> Response:
    """WebMercatorQuad."""
    return answer(request, MATRIX_SET)


@router.get("/collections/{collection}/tiles", dependencies=[READS], responses={200: {"model": Answer}})
def tilesets(request: Request, asker: TheAsker, collection: str) -> Response:
    """The tile sets of a collection."""
    one = allowed(asker, collection)
    return answer(request, {"tilesets": [_tileset(request, one)]})


@router.get(
    "/collections/{collection}/tiles/WebMercatorQuad",
    dependencies=[READS],
    responses={200: {"model": Answer}},
)
def tileset(request: Request, asker: TheAsker, collection: str) -> Response:
    """One tile set, with the template of its tiles' addresses."""
    return answer(request, _tileset(request, allowed(asker, collection)))


def _tileset(request: Request, one: Collection) -> dict[str, Any]:
    base = f"{base_of(request)}/collections/{one.id}/tiles/{MATRIX_SET_ID}"
    template = base + "/{tileMatrix}/{tileRow}/{tileCol}"
    return {
        "title": one.title,
        "dataType": "vector",
        "crs": "http://www.opengis.net/def/crs/EPSG/0/3857",
        "tileMatrixSetURI": "http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad",
        "links": [
            link_to(base, "self"),
            link_to(template, "item", MVT) | {"templated": True},
            link_to(
                f"{base_of(request)}/tileMatrixSets/{MATRIX_SET_ID}",
                "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme",
            ),
        ],
    }


@router.get(
    "/collections/{collection}/tiles/WebMercatorQuad/{z}/{y}/{x}",
    dependencies=[READS],
    responses={200: {"content": {MVT: {}}}},
    response_class=Response,
)
def tile(
    site: TheSite,
    asker: TheAsker,
    question: TheQuestion,
    collection: str,
    z: int,
    y: int,
    x: int,
    datetime: Annotated[str | None, Query(max_length=90)] = None,
    kind: Annotated[list[str] | None, Query(max_length=50)] = None,
    filter: Filter = None,
    filter_lang: FilterLanguage = "cql2-text",
    standing: bool = True,
) -> Response:
    """A vector tile of what was at `as_of` by what was known at `known_at`. Where observations are many they
    are counted in cells, by the layer of the map; where places are cells to a role, they are drawn as those
    cells."""
    if not 0 <= z <= MOST_ZOOM or not 0 <= x < 1 << z or not 0 <= y < 1 << z:
        raise NotFound(f"there is no tile {z}/{y}/{x}")
    one = allowed(asker, collection)
    start, end = read_interval(site, datetime)
    condition = parse(filter, filter_lang) if filter is not None else None
    if one.features is None:
        start, end = site.desk.view(asker.reader).open_ends(start, end)
    now = site.desk.now()
    told = (start, end, tuple(kind or ()), standing, filter, filter_lang)
    moment = site.desk.seen_at(asker.reader) if asker.reader.delay else None
    # What no time was asked of is as of now: what changes by the day alone is made anew with the day.
    day = site.desk.clock().date() if question.as_of is None else None
    record = (now.version, hash(now.accord_text), asker.reader, moment, day)
    key = ("tile", record, question, one.id, z, y, x, told)

    def make() -> bytes:
        everything = held(site, asker.reader, one, question)
        where = remembered(condition, everything) if condition is not None else None
        if isinstance(everything, HeldView):
            wanted = Wanted(
                box=tile_box(z, x, y, margin=0.05), start=start, end=earlier(end, question.as_of),
                known_at=question.known_at, kinds=tuple(kind or ()), standing=standing, where=where,
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

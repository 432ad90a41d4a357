"""Zones, lines, places and routes as GeoJSON; effort; the search for places."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from truceline.app.desk.coverage import findings_for, patrolled, sector_features
from truceline.app.desk.depth import depth_features, depth_of
from truceline.app.desk.drawing import Features
from truceline.app.desk.ground import (
    in_parts,
    line_features,
    place_features,
    route_features,
    zone_features,
)
from truceline.app.desk.names import find_places
from truceline.app.desk.verdicts import routes_for
from truceline.app.desk.watched import effort_by_day, ground_features, ground_for, watched_of
from truceline.evidence.permissions import Kind
from truceline.web import models
from truceline.web.answers import answer
from truceline.web.asking import Language, TheAsker, TheQuestion, TheSite, need
from truceline.web.rows import Datetime, TheFilter, read_interval

router = APIRouter(tags=["ground"])

GEOJSON: dict[int | str, dict[str, Any]] = {
    200: {"model": models.FeatureCollection, "content": {"application/geo+json": {}}}
}


def _collection(request: Request, features: Features) -> Response:
    document = {"type": "FeatureCollection", "features": [feature for feature, _ in features]}
    return answer(request, document, media_type="application/geo+json")


@router.get("/zones", dependencies=[need(Kind.ZONES)], responses=GEOJSON)
def zones(request: Request, site: TheSite, question: TheQuestion) -> Response:
    """Zones as they stood (`part`: outer, and inner for what is surely theirs), with their audit."""
    key = ("zones in parts", hash(site.desk.now().accord_text), question, site.desk.clock().date())
    return _collection(
        request, site.desk.remembered(key, lambda: in_parts(zone_features(site.desk, question)))
    )


@router.get("/zones/depth", dependencies=[need(Kind.ZONES)], responses=GEOJSON)
def depth_stretches(request: Request, site: TheSite, question: TheQuestion) -> Response:
    """The lines from which zones are promised, in stretches (`state`): within, short or over by `worst_m`
    metres, or limited by the line's own bends."""
    return _collection(request, depth_features(site.desk, question))


@router.get("/zones/{id}/depth", dependencies=[need(Kind.ZONES)], responses={200: {"model": models.Depth}})
def depth(request: Request, site: TheSite, question: TheQuestion, id: str) -> Response:
    """How deep a zone is at stations along its line, on each side on which a depth is promised."""
    return answer(request, depth_of(site.desk, question, id))


@router.get("/sectors", dependencies=[need(Kind.ZONES)], responses=GEOJSON)
def sectors(request: Request, site: TheSite, question: TheQuestion) -> Response:
    """The sectors that the accord draws, else those of the workspace's sectors.geojson."""
    return _collection(request, sector_features(site.desk, question))


@router.get("/lines", dependencies=[need(Kind.ZONES)], responses=GEOJSON)
def lines(request: Request, site: TheSite, question: TheQuestion) -> Response:
    """Lines of contact and of withdrawal, with the band (`part`: band) that holds the true line with 95%."""
    key = ("lines in parts", hash(site.desk.now().accord_text), question, site.desk.clock().date())
    return _collection(
        request, site.desk.remembered(key, lambda: in_parts(line_features(site.desk, question)))
    )


@router.get("/places", dependencies=[need(Kind.ZONES)], responses=GEOJSON)
def places(request: Request, site: TheSite, question: TheQuestion) -> Response:
    """Places that the accord names."""
    return _collection(request, place_features(site.desk, question))


@router.get("/routes/features", dependencies=[need(Kind.ROUTES)], responses=GEOJSON)
def routes(request: Request, site: TheSite, asker: TheAsker, question: TheQuestion) -> Response:
    """The promised routes where they are drawn, each with its status."""
    status = {one["id"]: one for one in routes_for(site.desk, asker.reader, question)}
    features: Features = [
        (feature | {"properties": feature["properties"] | {"route": status.get(feature["id"])}}, line)
        for feature, line in route_features(site.desk, question)
    ]
    return _collection(request, features)


@router.get("/places/search", dependencies=[need(Kind.ZONES)], responses={200: {"model": models.Places}})
def search(
    request: Request,
    site: TheSite,
    q: Annotated[str, Query(min_length=1, max_length=100)],
    language: Language = "en",
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
) -> Response:
    """What the accord draws and the places of the workspace's basemap by name, in Latin, Arabic or Cyrillic
    script, with or without marks, and spelt alike."""
    return answer(request, {"items": find_places(site.desk, q, language, limit)})


@router.get("/effort", dependencies=[need(Kind.EFFORT)], responses={200: {"model": models.Effort}})
def effort(
    request: Request,
    site: TheSite,
    asker: TheAsker,
    filter: TheFilter,
    by_zone: Annotated[bool, Query(description="By zone and day, or by day alone, each report once.")] = True,
) -> Response:
    """How long somebody looked, by zone and day, and how often access was refused or delayed.

    Counts what the role may see, as it is shown; a day without a row is one on which nobody looked.
    """
    return answer(request, {"items": effort_by_day(site.desk.view(asker.reader), filter, by_zone=by_zone)})


@router.get("/effort/watched", dependencies=[need(Kind.EFFORT)], responses={200: {"model": models.Watched}})
def watched(request: Request, site: TheSite, asker: TheAsker, filter: TheFilter) -> Response:
    """How much was watched in a period: what stands beside every count, so that zero is not read as peace."""
    view = site.desk.view(asker.reader)
    return answer(request, watched_of(view, ground_for(site.desk, asker.reader, filter), filter))


@router.get("/effort/ground", dependencies=[need(Kind.EFFORT)], responses=GEOJSON)
def ground(request: Request, site: TheSite, asker: TheAsker, filter: TheFilter) -> Response:
    """The region in cells, each with how long and how often somebody looked there (`nobody`: not once) and
    how often access was refused or delayed."""
    return _collection(request, ground_features(ground_for(site.desk, asker.reader, filter)))


@router.get("/patrols", dependencies=[need(Kind.PATROL_COVERAGE)], responses={200: {"model": models.Patrols}})
def patrols(request: Request, site: TheSite, asker: TheAsker, question: TheQuestion) -> Response:
    """What patrols' tracks showed: counts and shares, of every finding that is kept. Plans and tracks are
    sealed in the workspace and are not served."""
    return answer(request, {"items": findings_for(site.desk, asker.reader, question)})


@router.get("/patrols/coverage", dependencies=[need(Kind.PATROL_COVERAGE)], responses=GEOJSON)
def coverage(
    request: Request, site: TheSite, asker: TheAsker, question: TheQuestion, datetime: Datetime = None
) -> Response:
    """The sectors, each with what share of it was patrolled in a period: between `least` and `most`, by the
    `findings` of those days, and by party."""
    start, end = read_interval(site, datetime)
    return _collection(request, patrolled(site.desk, asker.reader, question, start, end))

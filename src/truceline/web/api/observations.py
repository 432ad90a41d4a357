"""Observations: listed, filtered, entered, corrected, rated, and their photographs."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, File, Query, Request, UploadFile
from starlette.responses import Response

from truceline.app.desk.attachments import attach, attachments_of, open_attachment
from truceline.app.desk.recording import record, similar
from truceline.app.desk.verdicts import Asked, explain_for
from truceline.core.errors import NotAllowed, NotFound
from truceline.evidence.permissions import Grant, Kind
from truceline.web import models
from truceline.web.answers import answer
from truceline.web.asking import Asker, Language, TheAsker, TheQuestion, TheSite, need
from truceline.web.rows import (
    TheFilter,
    cursor_of,
    feature_of,
    read_offset,
    row_after,
    row_dict,
    rows_dicts,
)
from truceline.web.site import Site

router = APIRouter(tags=["observations"])

MOST = 10_000
Limit = Annotated[int, Query(ge=1, le=MOST, description="How many at most.")]
Cursor = Annotated[str | None, Query(max_length=300, description="What the page before gave as next.")]


@router.get(
    "/observations",
    dependencies=[need(Kind.OBSERVATIONS, Kind.REPORTERS, Kind.CONFIDENTIAL)],
    responses={200: {"model": models.Observations, "content": {"application/geo+json": {}}}},
)
def observations(
    request: Request,
    site: TheSite,
    asker: TheAsker,
    filter: TheFilter,
    limit: Limit = 100,
    cursor: Cursor = None,
    language: Language = "en",
    f: Annotated[Literal["json", "geojson"], Query(description="JSON or GeoJSON.")] = "json",
    order: Annotated[
        Literal["occurred", "recorded"], Query(description="What happened last, or was recorded last, first.")
    ] = "occurred",
) -> Response:
    """A page of observations, newest first, as the role may see them; `total` counts all that match."""
    view = site.desk.view(asker.reader)
    if order == "recorded":
        first = read_offset(cursor)
        rows, total = view.newest_recorded(filter, first=first, limit=limit)
        following = f"recorded:{first + limit}" if len(rows) == limit else None
    else:
        rows, total = view.select(filter, first=row_after(view, cursor), limit=limit)
        following = cursor_of(view, int(rows[-1])) if len(rows) == limit else None
    items = rows_dicts(view, rows, language)
    told = {"total": total, "next": following, "version": site.desk.now().version}
    if f == "geojson":
        features = [feature_of(item) for item in items]
        return answer(
            request,
            {"type": "FeatureCollection", "features": features, "numberMatched": total} | told,
            media_type="application/geo+json",
        )
    return answer(request, {"items": items} | told)


@router.get(
    "/observations/{id}",
    dependencies=[need(Kind.OBSERVATIONS, Kind.REPORTERS, Kind.CONFIDENTIAL, Kind.CORRECTIONS)],
    responses={200: {"model": models.Observation}},
)
def observation(request: Request, site: TheSite, asker: TheAsker, question: TheQuestion, id: str) -> Response:
    """One observation with what rests on it, other reports of its incident, corrections and attachments."""
    return answer(request, _whole(site, asker, id, question))


def _whole(site: Site, asker: Asker, id: str, question: Asked) -> dict[str, Any]:
    view = site.desk.view(asker.reader)
    row = view.row_of(id)
    if row is None:
        raise NotFound(f"there is no observation {id}")
    document = row_dict(view, row, question.language)
    told = explain_for(site.desk, asker.reader, id, question)
    document |= {name: value for name, value in told.items() if name not in ("id", "type", "observation")}
    recorded = str(view.recorded_id(id))
    if asker.reader.may(Kind.CORRECTIONS):
        document["corrections"] = [
            one.as_dict() | {"target": id} for one in site.desk.now().corrections if one.target == recorded
        ]
    if asker.reader.may(Kind.REPORTERS):
        document["attachments"] = attachments_of(site.desk, recorded)
    return document


@router.post(
    "/observations",
    dependencies=[need(Kind.RECORD)],
    status_code=201,
    responses={201: {"model": models.Recorded}},
)
def enter(request: Request, site: TheSite, asker: TheAsker, said: models.NewObservation) -> Response:
    """Records an observation. What a liaison enters is a submission of its party."""
    if said.source is not None and asker.reader.grant(Kind.RECORD) is Grant.OWN:
        raise NotAllowed("a liaison names no source: what it enters is its party's")
    report, recorded = record(
        site.desk, asker.reader, said.model_dump(exclude_none=True), author=asker.author
    )
    view = site.desk.view(asker.reader)
    id = view.shown_ids([recorded]).get(recorded)
    location = {"Location": f"/api/v1/observations/{id}"} if id else None
    added = {"id": id, "added": report.total("added"), "duplicates": report.total("duplicates")}
    return answer(request, added, status=201, headers=location)


@router.post(
    "/observations/similar", dependencies=[need(Kind.RECORD)], responses={200: {"model": models.Similar}}
)
def similar_to(request: Request, site: TheSite, asker: TheAsker, said: models.NewObservation) -> Response:
    """Reports that may be of the same incident as what is being entered. Records nothing."""
    found = similar(site.desk, asker.reader, said.model_dump(exclude_none=True), author=asker.author)
    view = site.desk.view(asker.reader)
    items = []
    for one in found:
        row = one.pop("row")
        why = one.pop("why") if asker.reader.exact else None
        items.append(row_dict(view, row) | one | ({"why": why} if why else {}))
    return answer(request, {"items": items})


@router.get(
    "/observations/{id}/attachments",
    dependencies=[need(Kind.REPORTERS)],
    responses={200: {"model": models.Attachments}},
)
def attachments(request: Request, site: TheSite, asker: TheAsker, id: str) -> Response:
    """The photographs of an observation."""
    return answer(request, {"items": attachments_of(site.desk, _recorded(site, asker, id))})


@router.post(
    "/observations/{id}/attachments",
    dependencies=[need(Kind.RECORD)],
    status_code=201,
    responses={201: {"model": models.Attachments}},
)
def attach_to(
    request: Request,
    site: TheSite,
    asker: TheAsker,
    id: str,
    file: Annotated[
        UploadFile,
        File(description="A JPEG, PNG or WebP picture; EXIF data is removed."),
    ],
) -> Response:
    """Adds a photograph, without its EXIF data. It is kept with the originals and named in the log."""
    recorded = _recorded(site, asker, id)
    made = attach(site.desk, recorded, file.file.read(site.settings.upload_bytes + 1), author=asker.author)
    return answer(request, {"items": [made]}, status=201)


@router.get(
    "/observations/{id}/attachments/{sha256}",
    dependencies=[need(Kind.REPORTERS)],
    responses={200: {"content": {"image/jpeg": {}}}},
    response_class=Response,
)
def attachment(site: TheSite, asker: TheAsker, id: str, sha256: str) -> Response:
    """One photograph."""
    content, media_type = open_attachment(site.desk, _recorded(site, asker, id), sha256)
    return Response(
        content,
        media_type=media_type,
        headers={
            "Content-Disposition": "inline",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "Cache-Control": "private, max-age=3600",
        },
    )


def _recorded(site: Site, asker: Asker, id: str) -> str:
    found = site.desk.view(asker.reader).recorded_id(id)
    if found is None:
        raise NotFound(f"there is no observation {id}")
    return found

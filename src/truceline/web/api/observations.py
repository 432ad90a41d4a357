"""Observations: listed, filtered, entered, corrected, rated, and their photographs."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, File, Query, Request, UploadFile
from starlette.responses import Response

from truceline.app.access import Target, release, restrict
from truceline.app.corrections import Said, correct, supersede
from truceline.app.desk.attachments import attach, attachments_of, open_attachment
from truceline.app.desk.recording import record, similar
from truceline.app.desk.verdicts import Asked, explain_for
from truceline.core.acting import acting
from truceline.core.errors import InvalidInput, NotAllowed, NotFound
from truceline.evidence.permissions import Grant, Kind
from truceline.web import models
from truceline.web.answers import answer
from truceline.web.api.cases import document_words
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
    document = row_dict(view, row, view.take([row])[0], question.language)
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
        items.append(row_dict(view, row, view.take([row])[0]) | one | ({"why": why} if why else {}))
    return answer(request, {"items": items})


@router.put(
    "/observations/{id}/rating",
    dependencies=[need(Kind.RATE)],
    responses={200: {"model": models.Corrections}},
)
def rate(request: Request, site: TheSite, asker: TheAsker, id: str, said: models.Rating) -> Response:
    """Rates an observation and its source: a correction that supersedes it with the rating."""
    changes = {
        name: str(value)
        for name, value in (("reliability", said.reliability), ("credibility", said.credibility))
        if value is not None
    }
    if not changes:
        raise InvalidInput("nothing is rated; accepted: reliability A to F, credibility 1 to 6")
    return _superseded(request, site, asker, id, changes, said.reason, None, "rate")


@router.post(
    "/corrections",
    dependencies=[need(Kind.DISPUTE)],
    status_code=201,
    responses={201: {"model": models.Corrections}},
)
def correction(request: Request, site: TheSite, asker: TheAsker, said: models.NewCorrection) -> Response:
    """Corrects, retracts or reinstates an observation; objects to or supports anything; takes that back."""
    standing = said.act in ("supersede", "retract", "reinstate")
    if standing and not asker.reader.may(Kind.CORRECT):
        raise NotAllowed(f"the role {asker.reader.role} may not {said.act}")
    if said.act == "supersede":
        return _superseded(
            request,
            site,
            asker,
            said.target,
            said.changes or {},
            said.reason,
            said.document,
            "correct supersede",
        )
    view = site.desk.view(asker.reader)
    target = view.recorded_id(said.target) or said.target
    if target == said.target and view.row_of(said.target) is None:
        _need_known(site, asker, said.target)
    party = None if standing else asker.need_own(Kind.DISPUTE, said.party)
    with acting(author=asker.author, command=f"web correct {said.act}"):
        made = correct(
            site.workspace,
            said.act,
            [target],
            Said(asker.author, said.reason, party=party, document=document_words(said.document)),
        )
    items = [one.as_dict() | {"target": said.target} for one in made]
    return answer(request, {"items": items}, status=201)


def _need_known(site: Site, asker: Asker, id: str) -> None:
    """Raises NotFound unless the id is that of an obligation or a finding, which everybody sees."""
    with_party, accord = id.partition("/"), site.desk.now().accord
    if accord.provision(with_party[0]) is not None:
        return
    if asker.reader.may(Kind.CORRECTIONS) or id.startswith("find-"):
        return
    raise NotFound(f"there is no observation, finding or obligation {id}")


def _superseded(
    request: Request,
    site: Site,
    asker: Asker,
    id: str,
    changes: dict[str, str],
    reason: str,
    document: str | None,
    command: str,
) -> Response:
    recorded = site.desk.view(asker.reader).recorded_id(id)
    if recorded is None:
        raise NotFound(f"there is no observation {id}")
    with acting(author=asker.author, command=f"web {command}"):
        said = Said(asker.author, reason, document=document_words(document))
        made = supersede(site.workspace, {recorded: changes}, said)
    shown = site.desk.view(asker.reader).shown_ids(one.replacement for one in made if one.replacement)
    items = [one.as_dict() | {"target": id, "replacement": shown.get(one.replacement or "")} for one in made]
    return answer(request, {"items": items}, status=201 if request.method == "POST" else 200)


@router.post(
    "/restrictions",
    dependencies=[need(Kind.RESTRICT)],
    status_code=201,
    responses={201: {"model": models.Corrections}},
)
def restriction(request: Request, site: TheSite, asker: TheAsker, said: models.Restriction) -> Response:
    """Makes what a source sends, or one observation, confidential, or opens it again."""
    name = said.target
    if said.subject == "observation":
        found = site.desk.view(asker.reader).recorded_id(said.target)
        if found is None:
            raise NotFound(f"there is no observation {said.target}")
        name = found
    target = Target(said.subject, name)
    with acting(author=asker.author, command=f"web access {said.act}"):
        if said.act == "restrict":
            made = restrict(site.workspace, target, said.party, author=asker.author, reason=said.reason)
        else:
            made = release(site.workspace, target, author=asker.author, reason=said.reason)
    return answer(request, {"items": [made.as_dict() | {"target": said.target}]}, status=201)


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

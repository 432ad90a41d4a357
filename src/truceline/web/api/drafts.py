"""Drafts of accords: made of a text, decided sentence by sentence, confirmed, taken out."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, File, Form, Request, UploadFile
from starlette.responses import Response

from truceline.app.drafts.deciding import (
    Wanted,
    accord_text,
    confirm,
    decide,
    decision_dict,
    package,
    shown,
    summary,
)
from truceline.app.orders.order import Order
from truceline.app.orders.workshop import Job, job_dict
from truceline.core.errors import InvalidInput
from truceline.core.limits import DOCUMENT_BYTES
from truceline.evidence.permissions import Kind
from truceline.web import models
from truceline.web.answers import answer
from truceline.web.api.exports import owner_of
from truceline.web.asking import Asker, TheAsker, TheSite, need
from truceline.web.site import Site

router = APIRouter(tags=["drafts"])

PACKED = (b"%PDF-", b"PK\x03\x04")
"""How documents begin whose words lie packed."""


def _being_made(job: Job) -> dict[str, Any]:
    told = job_dict(job)
    kept = ("id", "name", "state", "step", "asked_at", "failed")
    return {name: told[name] for name in kept} | {"draft": job.made.get("draft")}


@router.get("/drafts", dependencies=[need(Kind.DRAFT)], responses={200: {"model": models.Drafts}})
def drafts(request: Request, site: TheSite, asker: TheAsker) -> Response:
    """All drafts, the newest first, and the account's own that are being made or could not be."""
    shelf = site.shelf
    making = [one for one in site.workshop.jobs(owner_of(asker)) if one.order.what == "draft"]
    return answer(
        request,
        {
            "items": [summary(shelf.held(id)) for id in reversed(shelf.ids())],
            "making": [_being_made(one) for one in making if one.state != "ready"],
            "kept": site.settings.keep_drafts,
        },
    )


@router.post(
    "/drafts",
    dependencies=[need(Kind.DRAFT)],
    status_code=202,
    responses={202: {"model": models.DraftBeingMade}},
)
def draft(request: Request, site: TheSite, asker: TheAsker, said: models.NewDraft) -> Response:
    """Has a text drafted that was typed or pasted. It is made apart, as `truceline draft` makes it."""
    name = said.name if said.name.lower().endswith(".txt") else f"{said.name}.txt"
    return _ordered(request, site, asker, said.text.encode("utf-8", "surrogatepass"), name, said.published)


@router.post(
    "/drafts/document",
    dependencies=[need(Kind.DRAFT)],
    status_code=202,
    responses={202: {"model": models.DraftBeingMade}},
)
def draft_document(
    request: Request,
    site: TheSite,
    asker: TheAsker,
    file: Annotated[UploadFile, File(description="Plain text, HTML, PDF or DOCX, told apart by content.")],
    published: Annotated[str | None, Form(pattern=r"^(\d{4}-\d\d-\d\d)?$")] = None,
) -> Response:
    """Has a document drafted. It is read in a process of its own, within limits of time and memory."""
    most = min(site.settings.upload_bytes, DOCUMENT_BYTES)
    content = file.file.read(most + 1)
    if not content or len(content) > most:
        raise InvalidInput(f"the document has {len(content)} bytes; accepted: 1 to {most}")
    if (
        not content.startswith(PACKED)
        and len(re.findall(rb"[^\W\d_]{2,}|[\x80-\xff]{2,}", content.replace(b"\0", b""))) < 5
    ):
        raise InvalidInput("the document holds no sentence; accepted: plain text, HTML, PDF or DOCX")
    return _ordered(request, site, asker, content, _plain_name(file.filename or ""), published or None)


def _plain_name(name: str) -> str:
    """The last part of a file's name, without what no file's name needs."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return "".join(char for char in last if char.isprintable())[-200:] or "document"


def _ordered(
    request: Request, site: Site, asker: Asker, content: bytes, name: str, published: str | None
) -> Response:
    try:
        day = date.fromisoformat(published) if published else None
    except ValueError as error:
        raise InvalidInput(f"published: found {published!r}; accepted: a day such as 2018-09-18") from error
    order = Order(
        what="draft",
        name=name,
        published=day.isoformat() if day else None,
        author=asker.author,
        shelf=str(site.shelf.folder.absolute()),
    )
    job = site.workshop.order(owner_of(asker), order, site.desk.version(), content)
    return answer(request, _being_made(job), status=202)


@router.get("/drafts/{id}", dependencies=[need(Kind.DRAFT)], responses={200: {"model": models.DraftAnswer}})
def one(request: Request, site: TheSite, id: str) -> Response:
    """A draft with its text, what is decided, and the accord that this leaves."""
    return answer(request, shown(site.shelf.held(id)))


@router.post(
    "/drafts/{id}/decisions",
    dependencies=[need(Kind.DRAFT)],
    status_code=201,
    responses={201: {"model": models.DraftDecision}},
)
def decided(request: Request, site: TheSite, asker: TheAsker, id: str, said: models.NewDecision) -> Response:
    """Records a decision. What others have decided since `seen` is not decided over: 412."""
    wanted = Wanted(**said.model_dump())
    made = decide(site.shelf, id, wanted, author=asker.author, now=site.desk.clock())
    return answer(request, decision_dict(made), status=201)


@router.post(
    "/drafts/{id}/confirmed",
    dependencies=[need(Kind.DRAFT)],
    status_code=201,
    responses={201: {"model": models.DraftConfirmed}},
)
def confirmed(
    request: Request, site: TheSite, asker: TheAsker, id: str, said: models.ConfirmDraft
) -> Response:
    """Confirms the accord once everything is decided and nothing is wrong with it."""
    made = confirm(site.shelf, id, said.seen, author=asker.author, now=site.desk.clock())
    return answer(request, made, status=201)


@router.get(
    "/drafts/{id}/accord",
    dependencies=[need(Kind.DRAFT)],
    responses={200: {"content": {"application/yaml": {}}}},
    response_class=Response,
)
def accord(site: TheSite, id: str) -> Response:
    """The accord as it was confirmed last, else as it stands (`status: draft`), as one YAML file."""
    held = site.shelf.held(id)
    return _file(accord_text(held).encode(), "application/yaml", "accord.yaml")


@router.get(
    "/drafts/{id}/package",
    dependencies=[need(Kind.DRAFT)],
    responses={200: {"content": {"application/zip": {}}}},
    response_class=Response,
)
def whole(site: TheSite, id: str) -> Response:
    """The accord with the text that it quotes, the document, the draft and the history of its decisions."""
    return _file(package(site.shelf.held(id)), "application/zip", f"draft-{id}.zip")


def _file(content: bytes, media_type: str, name: str) -> Response:
    return Response(
        content,
        media_type=media_type,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "Cache-Control": "private, no-store",
        },
    )

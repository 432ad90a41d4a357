"""The transparency log: its head, proofs, and a check of the whole record."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import PlainTextResponse, Response

from truceline.app.log import head, prove, verifier, verify
from truceline.core.errors import NotFound, TrucelineError
from truceline.core.instants import isoformat_utc
from truceline.evidence.permissions import Kind
from truceline.web import models
from truceline.web.answers import answer
from truceline.web.asking import TheAsker, TheSite, need

router = APIRouter(tags=["log"])


@router.get("/log/head", dependencies=[need(Kind.LOG)], responses={200: {"model": models.Head}})
def last_head(request: Request, site: TheSite) -> Response:
    """The last signed head (a signed note), and the keys to check it with."""
    version = site.desk.now().version
    return answer(request, site.desk.remembered(("head", version), lambda: head(site.workspace)))


@router.get("/log/verify", dependencies=[need(Kind.LOG)], responses={200: {"model": models.Verified}})
def check(request: Request, site: TheSite) -> Response:
    """Whether everything recorded is in the log, complete and unchanged: checked again after each entry."""
    version = site.desk.now().version
    report = site.desk.remembered(("verified", version), lambda: verify(site.workspace))
    return answer(
        request,
        {
            "ok": report.ok,
            "origin": report.origin,
            "size": report.size,
            "root": report.root.hex(),
            "signed_size": report.signed_size,
            "findings": len(report.findings),
        },
    )


@router.get("/log/proof/{id:path}", dependencies=[need(Kind.LOG)], responses={200: {"model": models.Answer}})
def proof(
    request: Request,
    site: TheSite,
    asker: TheAsker,
    id: str,
    withhold: Annotated[
        bool, Query(description="Keep the content back: only that it is in the log.")
    ] = False,
) -> Response:
    """A proof that a thing is in the log. Who may not see its content gets one that keeps it back."""
    full = asker.reader.may(Kind.PROOFS)
    recorded = site.desk.view(asker.reader).recorded_id(id)
    if recorded is None and not full:
        raise NotFound(f"nothing that this role may see has the id {id!r}")
    if full and not withhold:
        site.accounts.record_reading(
            asker.account, [str(Kind.PROOFS)], request.url.path[:2000], now=site.desk.clock()
        )
    found = prove(site.workspace, recorded or id, withhold=withhold or not full)
    if not full:
        found.pop("id", None)  # the recorded one, which this role is not told
    return answer(request, found)


@router.post("/log/consistency", dependencies=[need(Kind.LOG)], responses={200: {"model": models.Answer}})
def consistency(request: Request, site: TheSite, said: models.Continues) -> Response:
    """A proof that the log continues an earlier head that somebody kept. Records nothing."""
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / "head"
        kept.write_text(said.head, encoding="utf-8")
        try:
            return answer(request, prove(site.workspace, None, from_head=kept))
        except TrucelineError as error:
            error.message = error.message.replace(str(kept), "head")
            raise


@router.get(
    "/log/entries",
    dependencies=[need(Kind.CORRECTIONS)],
    responses={200: {"model": models.Actions}},
)
def entries(request: Request, site: TheSite, limit: Annotated[int, Query(ge=1, le=500)] = 50) -> Response:
    """The newest actions of people: who ran what, and which entries that made."""
    with site.workspace.store(read_only=True) as store:
        actions = store.user_actions()[-limit:]
    items = [
        {
            "entry": one.seq,
            "author": one.author,
            "command": one.command,
            "recorded_at": isoformat_utc(one.recorded_at),
            "entries": [one.first, one.last],
        }
        for one in reversed(actions)
    ]
    return answer(request, {"items": items})


@router.get("/log/verifier", dependencies=[need(Kind.LOG)], response_class=PlainTextResponse)
def stand_alone_verifier() -> Response:
    """The program that checks proofs and bundles without Truceline: one file of Python."""
    return PlainTextResponse(
        verifier(), headers={"Content-Disposition": 'attachment; filename="truceline_verify.py"'}
    )

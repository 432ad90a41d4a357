"""The agreement: text, provisions and quotes; what the application needs first; the vocabulary."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from truceline.accord.load import load_accord
from truceline.accord.model import Accord
from truceline.app.desk.ground import whole_basemap
from truceline.app.report_inputs import DRAFT
from truceline.core.instants import isoformat_utc
from truceline.evidence.permissions import Kind
from truceline.evidence.vocabulary import families
from truceline.web import models
from truceline.web.answers import answer
from truceline.web.asking import TheAsker, TheSite, need
from truceline.web.site import Site

router = APIRouter(tags=["accord"])


@router.get(
    "/workspace", dependencies=[need(Kind.ACCORD)], responses={200: {"model": models.WorkspaceAnswer}}
)
def workspace(request: Request, site: TheSite, asker: TheAsker) -> Response:
    """What the accord is, its parties, places and readings, and up to when the evidence reaches."""
    accord = site.desk.now().accord
    view = site.desk.view(asker.reader)
    head = accord.accord
    span = view.span
    return answer(
        request,
        {
            "id": head.id,
            "title": dict(head.title),
            "version": head.version,
            "status": head.status,
            "signed": head.signed.isoformat() if head.signed else None,
            "time_zone": head.time_zone,
            "languages": list(head.languages),
            "region": list(head.region) if head.region else None,
            "parties": [_plain(one) for one in accord.parties],
            "places": [
                {"id": one.id, "names": dict(one.names), "error_m": one.error_m} for one in accord.places
            ],
            "readings": [
                {"id": reading.id, "text": reading.text, "interpretation": one.id, "adopted": one.adopted}
                for one in accord.interpretations
                for reading in one.readings
            ],
            "data_current_to": isoformat_utc(span[2]) if span else None,
            "first": isoformat_utc(span[0]) if span else None,
            "last": isoformat_utc(span[1]) if span else None,
            "observations": len(view),
        },
    )


@router.get("/accord", dependencies=[need(Kind.ACCORD)], responses={200: {"model": models.AccordAnswer}})
def accord(request: Request, site: TheSite, asker: TheAsker) -> Response:
    """The text beside the provisions that quote it, how it can be read, and what a draft leaves open."""
    now = site.desk.now()

    def made() -> dict[str, Any]:
        model = now.accord
        document = _plain(model)
        document["sources"] = [_source(site, one) for one in document.get("sources", ())]
        if not asker.reader.may(Kind.REPORTERS):
            document.get("verification", {}).pop("sources", None)
        for name in ("provisions", "interpretations", "statements", "amendments", "questions"):
            document.setdefault(name, [])
        document["questions"] = document["questions"] or _questions(site)
        return document

    return answer(
        request,
        site.desk.remembered(("accord", hash(now.accord_text), asker.reader.may(Kind.REPORTERS)), made),
    )


@router.get("/basemap", dependencies=[need(Kind.ACCORD)], responses={200: {"model": models.Basemap}})
def basemap(request: Request, site: TheSite) -> Response:
    """Land, districts and towns of the workspace's basemap, with whom to credit."""
    return answer(request, site.desk.remembered(("basemap",), lambda: whole_basemap(site.workspace.root)))


@router.get("/vocabulary", dependencies=[need(Kind.ACCORD)], responses={200: {"model": models.Kinds}})
def vocabulary(request: Request) -> Response:
    """The kinds of observation, by family, with their names per language."""
    kinds = [
        {"id": kind, "kind": kind, "family": family, "label": dict(names)}
        for family, held in families().items()
        for kind, names in held.items()
    ]
    return answer(request, {"kinds": kinds})


def _plain(part: Any) -> dict[str, Any]:
    found: dict[str, Any] = part.model_dump(mode="json", exclude_none=True)
    return found


def _source(site: Site, source: dict[str, Any]) -> dict[str, Any]:
    """A document of the accord with its text, where it is plain text beside the accord."""
    name = source.get("file")
    if name is None:
        return source
    path = (site.workspace.root / name).resolve()
    if not path.is_relative_to(site.workspace.root.resolve()) or not path.is_file():
        return source
    try:
        with path.open(encoding="utf-8", newline="") as file:  # every code point where the quotes count it
            return source | {"text": file.read(2_000_000)}
    except UnicodeDecodeError:
        return source


def _questions(site: Site) -> list[dict[str, Any]]:
    """What the draft beside the accord leaves open."""
    path = site.workspace.root / DRAFT
    if not path.is_file():
        return []
    draft: Accord = load_accord(path)
    return [_plain(one) for one in draft.questions]

"""Corrections, ratings, positions and restrictions: entries beside what is recorded, which stays."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from fastapi import APIRouter, Request
from starlette.responses import Response

from truceline.app.access import Target, release, restrict
from truceline.app.corrections import Said, correct, prepare_position, supersede
from truceline.core.acting import acting
from truceline.core.errors import InvalidInput, NotAllowed, NotFound
from truceline.evidence.permissions import Kind
from truceline.web import models
from truceline.web.answers import answer
from truceline.web.api.cases import document_words
from truceline.web.api.consent import in_base64, signed_elsewhere
from truceline.web.asking import Asker, TheAsker, TheSite, need
from truceline.web.site import Site

router = APIRouter(tags=["observations"])


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
    if said.signed is not None and (standing or not asker.reader.may(Kind.SIGN)):
        raise NotAllowed("only a party's liaison signs, and only a position")
    position = Said(
        asker.author,
        said.reason,
        party=party,
        document=document_words(said.document),
        signed=signed_elsewhere(said.signed) if said.signed is not None else None,
    )
    with acting(author=asker.author, command=f"web correct {said.act}"), _no_other_names(said.target):
        made = correct(site.workspace, said.act, [target], position)
    items = [one.as_dict() | {"target": said.target} for one in made]
    return answer(request, {"items": items}, status=201)


@router.post(
    "/corrections/prepare", dependencies=[need(Kind.SIGN)], responses={200: {"model": models.Statement}}
)
def prepare(request: Request, site: TheSite, asker: TheAsker, said: models.Position) -> Response:
    """The words by which a party objects to or supports an obligation or a finding, for its key to sign.

    Records nothing. Of observations nothing is prepared: a liaison knows them by other ids.
    """
    party = asker.need_own(Kind.DISPUTE, None)
    target = site.desk.view(asker.reader).recorded_id(said.target) or said.target
    if target == said.target:
        _need_known(site, asker, said.target)
    with _no_other_names(said.target):
        content = prepare_position(site.workspace, said.act, target, Said(asker.author, said.reason, party))
    return answer(request, {"content": content, "sign": in_base64(content), "party": party})


@contextmanager
def _no_other_names(id: str) -> Iterator[None]:
    """What is not found is said without the ids that it is near to: they are the recorded ones."""
    try:
        yield
    except NotFound:
        raise NotFound(f"there is no observation, finding or obligation {id}") from None


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

"""Cases: allegations through inquiry, finding and answer, and who must act next."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from truceline.app.cases import (
    Opened,
    Shown,
    as_page,
    as_row,
    list_cases,
    open_case,
    prepare_step,
    show_case,
    take_step,
)
from truceline.app.corrections import Said
from truceline.app.desk.verdicts import Asked
from truceline.core.acting import acting
from truceline.core.errors import NotAllowed, NotFound
from truceline.core.instants import isoformat_utc
from truceline.evidence.cases import OF_PARTIES, acts_open
from truceline.evidence.permissions import Grant, Kind, Reader
from truceline.web import models
from truceline.web.answers import answer
from truceline.web.api.consent import in_base64, signed_elsewhere
from truceline.web.asking import Asker, TheAsker, TheQuestion, TheSite, instant, need
from truceline.web.site import Site

router = APIRouter(tags=["cases"])


def _edition(reader: Reader, shown: Shown) -> str:
    """What a reader sees of a case: its party's liaison the allegation, others of the public edition's."""
    if reader.may(Kind.CASE_REPORTERS):
        return "internal"
    grant = reader.grant(Kind.CASE_FILES)
    if grant is Grant.ALL or (grant is Grant.OWN and reader.party in shown.case.parties):
        return "parties"
    return "public"


def _told(
    site: Site, asker: Asker, shown_case: Shown, document: dict[str, Any], edition: str
) -> dict[str, Any]:
    """A case with the ids of observations as the reader is shown them, and only of those that it sees, and
    with the steps that the one who asks may take next."""
    reader = asker.reader
    acts = acts_open(
        shown_case.case,
        every=reader.may(Kind.STEP_CASE),
        party=reader.party if reader.may(Kind.ANSWER_CASE) else None,
    )
    document["acts"] = [{"act": act, "of_party": act in OF_PARTIES} for act in acts]
    steps = [step for step in document.get("steps", ()) if "observations" in step]
    named = [id for one in (document, *steps) for id in one["observations"]]
    shown = site.desk.view(asker.reader).shown_ids(named)
    document["observations"] = [shown[id] for id in document["observations"] if id in shown]
    for step in steps:
        step["observations"] = [shown[id] for id in step["observations"] if id in shown]
    if edition == "public":
        document["title"] = None
    return document


def _moments(site: Site, question: Asked) -> dict[str, Any]:
    return {"as_of": question.as_of or site.desk.clock(), "known_at": question.known_at}


@router.get(
    "/cases", dependencies=[need(Kind.CASES, Kind.CASE_FILES)], responses={200: {"model": models.Cases}}
)
def cases(
    request: Request,
    site: TheSite,
    asker: TheAsker,
    question: TheQuestion,
    overdue: Annotated[bool, Query(description="Only those on which something is overdue.")] = False,
) -> Response:
    """All cases, those first on which something is due soonest, with who must act next."""
    found = list_cases(site.workspace, **_moments(site, question), overdue=overdue)
    items = [_told(site, asker, one, as_row(one), _edition(asker.reader, one)) for one in found]
    return answer(request, {"items": items})


@router.get(
    "/cases/{id}",
    dependencies=[need(Kind.CASES, Kind.CASE_FILES, Kind.CASE_REPORTERS)],
    responses={200: {"model": models.CaseAnswer}},
)
def case(request: Request, site: TheSite, asker: TheAsker, question: TheQuestion, id: str) -> Response:
    """A case with its steps, in the edition that the reader may see."""
    return answer(request, _page(site, asker, question, id))


def _page(site: Site, asker: Asker, question: Asked, id: str) -> dict[str, Any]:
    moments = _moments(site, question)
    shown = show_case(site.workspace, id, **moments)
    edition = _edition(asker.reader, shown)
    if edition == "internal":
        shown = show_case(site.workspace, id, **moments, edition=edition)
    return _told(site, asker, shown, as_page(shown, edition), edition)


@router.post(
    "/cases",
    dependencies=[need(Kind.OPEN_CASE)],
    status_code=201,
    responses={201: {"model": models.CaseAnswer}},
)
def begin(request: Request, site: TheSite, asker: TheAsker, said: models.NewCase) -> Response:
    """Opens a case. A liaison's concerns its own party."""
    party = asker.need_own(Kind.OPEN_CASE, None)
    parties = tuple(dict.fromkeys((*said.parties, *([party] if party else []))))
    opened = Opened(
        said.title, said.allegation, _recorded(site, asker, said.observations), tuple(said.obligations),
        parties, said.reporter,
    )  # fmt: skip
    with acting(author=asker.author, command="web case open"):
        made = open_case(site.workspace, opened, Said(asker.author, said.allegation))
    return answer(request, _page(site, asker, Asked(), made.case.id), status=201)


@router.post(
    "/cases/{id}/steps",
    dependencies=[need(Kind.ANSWER_CASE)],
    status_code=201,
    responses={201: {"model": models.CaseAnswer}},
)
def step(request: Request, site: TheSite, asker: TheAsker, id: str, said: models.CaseStep) -> Response:
    """Takes a case a step further. A liaison answers and appeals, in its own party's name."""
    party = said.party
    if not asker.reader.may(Kind.STEP_CASE):
        party = _own_step(site, asker, id, said.act, said.party)
    if said.signed is not None and not (said.act in OF_PARTIES and asker.reader.may(Kind.SIGN)):
        raise NotAllowed("only a party's liaison signs, and only an answer or an appeal")
    what: dict[str, Any] = {
        "result": said.result,
        "reliability": said.reliability,
        "credibility": said.credibility,
        **_answered(site, said),
        "observations": list(_recorded(site, asker, said.observations)),
        "obligations": said.obligations,
        "parties": said.parties,
    }
    what = {name: value for name, value in what.items() if value not in (None, [])}
    with acting(author=asker.author, command=f"web case {said.act}"[:60]):
        take_step(
            site.workspace,
            id,
            said.act,
            Said(
                asker.author,
                said.note,
                party=party,
                # A path on the server is no document: words are kept as they are.
                document=document_words(said.document),
                signed=signed_elsewhere(said.signed) if said.signed is not None else None,
            ),
            what,
            at=instant(site, said.at, "at"),
        )
    return answer(request, _page(site, asker, Asked(), id), status=201)


@router.post(
    "/cases/{id}/steps/prepare", dependencies=[need(Kind.SIGN)], responses={200: {"model": models.Statement}}
)
def prepare(request: Request, site: TheSite, asker: TheAsker, id: str, said: models.OwnStep) -> Response:
    """The words by which a party answers a finding, or appeals against it, for its key to sign.

    Records nothing.
    """
    party = _own_step(site, asker, id, said.act, None)
    what = {name: value for name, value in _answered(site, said).items() if value is not None}
    content = prepare_step(site.workspace, id, said.act, Said(asker.author, said.note, party), what)
    return answer(request, {"content": content, "sign": in_base64(content), "party": party})


def _own_step(site: Site, asker: Asker, id: str, act: str, party: str | None) -> str | None:
    """The party in whose name a liaison takes a step. Raises NotAllowed; NotFound where the case is not its
    party's."""
    if act not in OF_PARTIES:
        raise NotAllowed(f"a liaison answers and appeals; accepted: {', '.join(OF_PARTIES)}")
    own = asker.need_own(Kind.ANSWER_CASE, party)
    if own not in show_case(site.workspace, id, as_of=site.desk.clock()).case.parties:
        raise NotFound(f"there is no case {id} that concerns {own}")
    return own


def _answered(site: Site, said: models.CaseStep | models.OwnStep) -> dict[str, Any]:
    """Whether a party accepts, and until when it promises a remedy."""
    remedy = instant(site, said.remedy_by, "remedy_by")
    return {"accepts": said.accepts, "remedy_by": isoformat_utc(remedy) if remedy else None}


def document_words(text: str | None) -> str | None:
    """What a document is called. On the command line it may be a file; from outside it never is."""
    return f"“{text}”" if text else None


def _recorded(site: Site, asker: Asker, shown: list[str]) -> tuple[str, ...]:
    """The recorded ids of what a reader is shown. Raises NotFound."""
    view = site.desk.view(asker.reader)
    found = {id: view.recorded_id(id) for id in shown}
    absent = [id for id, recorded in found.items() if recorded is None]
    if absent:
        raise NotFound(f"there is no observation {', '.join(absent)}")
    return tuple(str(recorded) for recorded in found.values())

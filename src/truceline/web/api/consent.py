"""Designations and confirmations: who consented; statements prepared, and recorded when signed."""

from __future__ import annotations

import base64
import binascii

from fastapi import APIRouter, Request
from starlette.responses import Response

from truceline.app.consent import confirmed_subjects, designations, list_keys
from truceline.app.consent_elsewhere import (
    SignedElsewhere,
    prepare_proposal,
    prepare_step,
    record_signed_elsewhere,
    subject_named,
)
from truceline.core.acting import acting
from truceline.core.errors import InvalidInput
from truceline.core.instants import isoformat_utc
from truceline.evidence.permissions import Kind
from truceline.web import models
from truceline.web.answers import answer
from truceline.web.asking import TheAsker, TheQuestion, TheSite, need

router = APIRouter(tags=["consent"])


@router.get(
    "/designations", dependencies=[need(Kind.DESIGNATIONS)], responses={200: {"model": models.Designations}}
)
def listed(request: Request, site: TheSite, question: TheQuestion) -> Response:
    """Groups that are proposed, what is confirmed by its digest, where each party stands, and their keys."""
    moments = {"as_of": question.as_of, "known_at": question.known_at}
    subjects, in_use = confirmed_subjects(site.workspace, **moments)
    keys = [
        {
            "party": one.party,
            "public_key": one.public_key.hex(),
            "since": isoformat_utc(one.since),
            "until": isoformat_utc(one.until) if one.until else None,
        }
        for one in list_keys(site.workspace)
    ]
    return answer(
        request,
        {
            "designations": designations(site.workspace, **moments),
            "subjects": subjects,
            "in_use": [one.as_dict() for one in in_use],
            "keys": keys,
        },
    )


@router.post(
    "/designations/prepare", dependencies=[need(Kind.SIGN)], responses={200: {"model": models.Statement}}
)
def prepare(request: Request, site: TheSite, asker: TheAsker, said: models.Prepare) -> Response:
    """The words that the party's key has to sign (Ed25519, over `content` as UTF-8). Records nothing."""
    party = str(asker.reader.party)
    if said.act == "propose":
        subject = subject_named(site.workspace, said.group, said.subject, site.desk.clock())
        content = prepare_proposal(site.workspace, party, subject)
    else:
        content = prepare_step(site.workspace, party, said.act, said.proposal or "")
    return answer(request, {"content": content, "sign": in_base64(content), "party": party})


@router.post(
    "/designations",
    dependencies=[need(Kind.SIGN)],
    status_code=201,
    responses={201: {"model": models.SignedStep}},
)
def record(request: Request, site: TheSite, asker: TheAsker, said: models.Signed) -> Response:
    """Records a statement that was prepared and has been signed with the party's key."""
    signed = signed_elsewhere(said)
    with acting(author=asker.author, command="web designate"):
        found = record_signed_elsewhere(
            site.workspace,
            str(asker.reader.party),
            signed.content,
            signed.signature,
            signed.public_key,
            site.desk.clock(),
        )
    return answer(request, found, status=201)


def signed_elsewhere(said: models.Signed) -> SignedElsewhere:
    """What was signed where the key is, from a request. Raises InvalidInput."""
    return SignedElsewhere(
        said.content, _bytes(said.signature, "signature", 64), _bytes(said.public_key, "public_key", 32)
    )


def in_base64(content: str) -> str:
    """The bytes that a key has to sign."""
    return base64.b64encode(content.encode()).decode()


def _bytes(text: str, field: str, length: int) -> bytes:
    """Bytes in hexadecimal or base64. Raises InvalidInput."""
    try:
        if len(text) == 2 * length:
            return bytes.fromhex(text)
        found = base64.b64decode(text, validate=True)
    except (ValueError, binascii.Error):
        found = b""
    if len(found) != length:
        raise InvalidInput(f"{field}: accepted: {length} bytes in base64 or hexadecimal")
    return found

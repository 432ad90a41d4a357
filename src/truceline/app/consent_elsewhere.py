"""Consent signed elsewhere: what a party's key has to sign is prepared here, and recorded when it comes back.

The key never leaves the browser or the card that holds it. What comes back is accepted only if it is word for
word what would be prepared now: a statement about anything else is refused, whoever signed it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from truceline.app.consent import stands
from truceline.app.subjects import designation_of, must_sign, subject_now
from truceline.core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from truceline.core.plain_json import parse_json
from truceline.evidence.ports import StoreWriter
from truceline.evidence.statements import (
    Proposal,
    Statement,
    Subject,
    keys_of,
    proposals_of,
    write_statement,
)
from truceline.store.workspace import Workspace

STEPS = ("consent", "object", "withdraw")


@dataclass(frozen=True, slots=True)
class SignedElsewhere:
    """A statement that was prepared here and signed where the key is: its text, signature and public key."""

    content: str
    signature: bytes
    public_key: bytes


def recorded_as_prepared(
    writer: StoreWriter, signed: SignedElsewhere, act: str, party: str, words: Mapping[str, Any]
) -> Statement:
    """Records what a party signed elsewhere, where it is word for word what is said now.

    Raises NotAllowed for a key that is not the party's, InvalidInput.
    """
    need_key(writer, party, signed.public_key)
    if signed.content != write_statement(writer.origin, act, party, **words):
        raise InvalidInput("content: accepted: word for word what was prepared; prepare it again")
    return writer.record_statement(act, party, signed.content, signed.public_key, signed.signature)


def prepare_proposal(workspace: Workspace, party: str, subject: Subject) -> str:
    """The statement by which a party proposes a subject. Raises InvalidInput, Conflict."""
    with workspace.store(read_only=True) as store:
        with store.log() as log:
            origin = log.origin
        return _proposal(workspace, origin, proposals_of(store.statements(), origin), party, subject)


def prepare_step(workspace: Workspace, party: str, act: str, proposal: str) -> str:
    """The statement by which a party consents, objects or withdraws. Raises NotFound, Conflict."""
    with workspace.store(read_only=True) as store:
        with store.log() as log:
            origin = log.origin
        return _step(workspace, origin, proposals_of(store.statements(), origin), party, act, proposal)


def subject_named(workspace: Workspace, group: str | None, subject: str | None, now: Any) -> Subject:
    """A group for the accord's list, or what is confirmed by its digest: accord, zone:ID, line:ID."""
    accord = workspace.accord()
    if group is not None:
        if accord.party(group) is None:
            accepted = ", ".join(one.id for one in accord.parties)
            raise InvalidInput(f"group: found {group!r}; accepted: {accepted}")
        return designation_of(accord, group)
    return subject_now(workspace, subject or "", now)


def record_signed_elsewhere(
    workspace: Workspace, party: str, content: str, signature: bytes, public_key: bytes, now: Any
) -> dict[str, Any]:
    """Records what a party signed, and where all stand on the proposal now, as plain JSON data.

    Raises NotAllowed for a statement of another party or with a key that is not the party's, InvalidInput for
    one that is not what would be prepared now or whose signature is wrong, Conflict.
    """
    try:
        said = parse_json(content)
    except (ValueError, json.JSONDecodeError) as error:
        raise InvalidInput("content: this is no statement; accepted: what was prepared") from error
    if not isinstance(said, dict) or said.get("party") != party:
        raise NotAllowed(f"only what {party} says can be recorded in its name")
    accord = workspace.accord()
    with workspace.store() as store, store.write() as writer:
        need_key(writer, party, public_key)
        held = proposals_of(writer.statements(), writer.origin)
        if said.get("act") == "propose":
            expected = _proposal(workspace, writer.origin, held, party, _subject(workspace, said, now))
        else:
            named = next((id for id, one in held.items() if one.digest == said.get("proposal")), None)
            if named is None:
                raise NotFound("there is no such proposal")
            expected = _step(workspace, writer.origin, held, party, str(said.get("act")), named)
        if content != expected:
            raise InvalidInput("content: accepted: word for word what was prepared; prepare it again")
        recorded = writer.record_statement(str(said["act"]), party, content, public_key, signature)
        after = proposals_of(writer.statements(), writer.origin)
    for one in after.values():
        if one.digest in (recorded.digest, said.get("proposal")):
            told = {"proposal": one.id, "subject": one.subject.name}
            return (
                told
                | ({"group": one.group} if one.subject.kind == "designation" else {})
                | stands(accord, one)
            )
    raise InvalidInput("content: the statement says nothing that counts")


def _subject(workspace: Workspace, said: dict[str, Any], now: Any) -> Subject:
    if "group" in said:
        return subject_named(workspace, str(said["group"]), None, now)
    return subject_named(workspace, None, str(said.get("subject")), now)


def need_key(writer: StoreWriter, party: str, public_key: bytes) -> None:
    """Raises NotAllowed unless that is the key that holds for the party."""
    for key in keys_of(writer.statements(), writer.origin):
        if key.party == party and key.public_key == public_key and key.until is None:
            return
    raise NotAllowed(
        f"this is not the key that holds for {party}", hint="truceline key list shows whose is which"
    )


def _proposal(
    workspace: Workspace, origin: str, proposals: dict[str, Proposal], party: str, subject: Subject
) -> str:
    _need_say(workspace, subject, party)
    held = [one for one in proposals.values() if one.subject == subject]
    if held and not set(held[-1].stands.values()) <= {"withdraw"}:
        raise Conflict(
            f"{subject.value if subject.kind == 'designation' else subject.name} is proposed already"
        )
    number = len(held) + 1
    if subject.kind == "designation":
        words: dict[str, Any] = {"designation": subject.id, "group": subject.value, "number": number}
    else:
        words = {"subject": subject.name, "digest": subject.value, "number": number}
    return write_statement(origin, "propose", party, **words)


def _step(
    workspace: Workspace, origin: str, proposals: dict[str, Proposal], party: str, act: str, proposal: str
) -> str:
    if act not in STEPS:
        raise InvalidInput(f"act: found {act!r}; accepted: propose, {', '.join(STEPS)}")
    held = proposals.get(proposal)
    if held is None:
        raise NotFound(f"there is no proposal {proposal}")
    _need_say(workspace, held.subject, party)
    now = held.stands.get(party)
    if now == act or (act == "consent" and now == "propose"):
        raise Conflict(f"{party} stands so on {proposal} already: {now}")
    if act == "withdraw" and party not in held.consented_by():
        raise Conflict(f"{party} has no consent to {proposal} to withdraw")
    return write_statement(origin, act, party, proposal=held.digest)


def _need_say(workspace: Workspace, subject: Subject, party: str) -> None:
    must = must_sign(workspace.accord(), subject)
    if party not in must:
        raise InvalidInput(f"{party} has no say on {subject.id}; accepted: {', '.join(must) or 'nobody'}")

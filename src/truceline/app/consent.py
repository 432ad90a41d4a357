"""Keys of parties, and what they sign together: lists of groups, accords, zones and lines."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from truceline.accord.model import Accord
from truceline.app.subjects import confirmations_in, must_sign
from truceline.core.errors import Conflict, InvalidInput, NotFound
from truceline.core.instants import isoformat_utc
from truceline.evidence.confirmations import Confirmation
from truceline.evidence.ports import StoreWriter
from truceline.evidence.statements import (
    CONFIRMED,
    PartyKey,
    Proposal,
    Statement,
    Subject,
    keys_of,
    proposals_of,
    sign_statement,
    write_statement,
)
from truceline.store.workspace import Workspace
from truceline.transparency.keys import new_key_file, read_key_file


def new_key(workspace: Workspace, party: str, key_file: Path, passphrase: str | None = None) -> PartyKey:
    """Makes a party's key and records its public half. Raises Conflict where the party has a key."""
    need_party(workspace, party)
    with workspace.store() as store, store.write() as writer:
        if any(key.party == party and key.until is None for key in _keys(writer)):
            raise Conflict(
                f"{party} has a key", hint="truceline key rotate replaces it, signed with the old one"
            )
        private = new_key_file(key_file, passphrase)
        recorded = record_signed(writer, private, "key-new", party)
    return PartyKey(party, recorded.public_key, recorded.recorded_at)


def rotate_key(
    workspace: Workspace, party: str, key_file: Path, new_file: Path, passphrase: str | None = None
) -> PartyKey:
    """Replaces a party's key, signed with the old one; the passphrase opens the old and protects the new."""
    private = read_key_file(key_file, passphrase)
    with workspace.store() as store, store.write() as writer:
        need_own(writer, party, private)
        fresh = new_key_file(new_file, passphrase)
        public = fresh.public_key().public_bytes_raw()
        recorded = record_signed(writer, private, "key-rotate", party, new_key=public.hex())
    return PartyKey(party, public, recorded.recorded_at)


def revoke_key(
    workspace: Workspace,
    party: str,
    key_file: Path,
    since: datetime | None = None,
    passphrase: str | None = None,
) -> PartyKey:
    """Ends a key from an instant on, which may be past: what it signed after that is void."""
    private = read_key_file(key_file, passphrase)
    instant = (since or datetime.now(UTC)).astimezone(UTC)
    with workspace.store() as store, store.write() as writer:
        key = need_own(writer, party, private)
        record_signed(writer, private, "key-revoke", party, **{"from": isoformat_utc(instant)})
    return PartyKey(party, key.public_key, key.since, instant)


def list_keys(workspace: Workspace) -> list[PartyKey]:
    """All keys that were ever recorded, in order."""
    with workspace.store() as store:
        with store.log() as log:
            origin = log.origin
        return keys_of(store.statements(), origin)


def propose(
    workspace: Workspace, subject: Subject, party: str, key_file: Path, passphrase: str | None = None
) -> Proposal:
    """Proposes a subject for all who must agree to sign, which is also the party's consent.

    Raises InvalidInput, Conflict where it is proposed already.
    """
    accord = workspace.accord()
    if subject.kind == "designation":
        need_party(workspace, subject.value)
    _need_say(accord, subject, party)
    private = read_key_file(key_file, passphrase)
    with workspace.store() as store, store.write() as writer:
        need_own(writer, party, private)
        proposals = proposals_of(writer.statements(), writer.origin)
        held = [one for one in proposals.values() if one.subject == subject]
        if held and not set(held[-1].stands.values()) <= {"withdraw"}:
            what = subject.value if subject.kind == "designation" else subject.name
            command = "designate" if subject.kind == "designation" else "consent"
            raise Conflict(
                f"{what} is proposed as {held[-1].id}", hint=f"truceline {command} consent {held[-1].id}"
            )
        recorded = record_signed(writer, private, "propose", party, **_said_of(subject, len(held) + 1))
        made = proposals_of(writer.statements(), writer.origin)
    return next(one for one in made.values() if one.digest == recorded.digest)


def step(
    workspace: Workspace, act: str, proposal: str, party: str, key_file: Path, passphrase: str | None = None
) -> Proposal:
    """A party's `consent`, `object` or `withdraw`. Raises NotFound, InvalidInput, Conflict."""
    private = read_key_file(key_file, passphrase)
    with workspace.store() as store, store.write() as writer:
        need_own(writer, party, private)
        held = proposals_of(writer.statements(), writer.origin).get(proposal)
        if held is None:
            raise NotFound(
                f"there is no proposal {proposal}",
                hint="truceline designate list, or truceline consent list, WORKSPACE",
            )
        _need_say(workspace.accord(), held.subject, party)
        now = held.stands.get(party)
        if now == act or (act == "consent" and now == "propose"):
            raise Conflict(f"{party} stands so on {proposal} already: {now}")
        if act == "withdraw" and party not in held.consented_by():
            raise Conflict(f"{party} has no consent to {proposal} to withdraw")
        record_signed(writer, private, act, party, proposal=held.digest)
        return proposals_of(writer.statements(), writer.origin)[proposal]


def proposals(
    workspace: Workspace, *, as_of: datetime | None = None, known_at: datetime | None = None
) -> list[Proposal]:
    """Every proposal as it stands at `as_of`, from what was recorded by `known_at`, in the order recorded."""
    with workspace.store() as store:
        with store.log() as log:
            origin = log.origin
        return list(proposals_of(store.statements(known_at), origin, as_of=as_of).values())


def designations(
    workspace: Workspace, *, as_of: datetime | None = None, known_at: datetime | None = None
) -> list[dict[str, Any]]:
    """The proposals of groups, as plain JSON data."""
    accord = workspace.accord()
    return [
        {"proposal": one.id, "designation": one.provision, "group": one.group} | stands(accord, one)
        for one in proposals(workspace, as_of=as_of, known_at=known_at)
        if one.subject.kind == "designation"
    ]


def confirmed_subjects(
    workspace: Workspace, *, as_of: datetime | None = None, known_at: datetime | None = None
) -> tuple[list[dict[str, Any]], tuple[Confirmation, ...]]:
    """The proposals of what is confirmed by its digest, as plain JSON data, and how what is in use stands."""
    accord = workspace.accord()
    at = as_of or datetime.now(UTC)
    found = proposals(workspace, as_of=as_of, known_at=known_at)
    now = confirmations_in(
        accord, workspace.root, workspace.accord_text(), found, as_of=at, known_at=known_at
    )
    in_use = {(one.kind, one.id): one.digest for one in now}
    told = [
        {
            "proposal": one.id,
            "subject": one.subject.name,
            "digest": one.subject.value,
            "in_use": in_use.get((one.subject.kind, one.subject.id)) == one.subject.value,
        }
        | stands(accord, one)
        for one in found
        if one.subject.kind in CONFIRMED
    ]
    return told, now


def stands(accord: Accord, proposal: Proposal) -> dict[str, Any]:
    """Where each party stands on a proposal, as plain JSON data."""
    must = must_sign(accord, proposal.subject)
    return {
        "in_force": proposal.in_force(must),
        "disputed": bool(proposal.objected_by()),
        "consented_by": list(proposal.consented_by()),
        "missing": list(proposal.missing(must)),
        "objected_by": list(proposal.objected_by()),
        "steps": [
            {"act": act, "party": party, "recorded_at": isoformat_utc(instant)}
            for act, party, instant in proposal.steps
        ],
    }


def _said_of(subject: Subject, number: int) -> dict[str, Any]:
    if subject.kind == "designation":
        return {"designation": subject.id, "group": subject.value, "number": number}
    return {"subject": subject.name, "digest": subject.value, "number": number}


def _keys(writer: StoreWriter) -> list[PartyKey]:
    return keys_of(writer.statements(), writer.origin)


def record_signed(
    writer: StoreWriter, private: Ed25519PrivateKey, act: str, party: str, **said: Any
) -> Statement:
    """Signs and records what a party says."""
    content = write_statement(writer.origin, act, party, **said)
    public = private.public_key().public_bytes_raw()
    return writer.record_statement(act, party, content, public, sign_statement(content, private))


def need_own(writer: StoreWriter, party: str, private: Ed25519PrivateKey) -> PartyKey:
    """The party's key that this is. Raises InvalidInput where it is another's or holds no more."""
    public = private.public_key().public_bytes_raw()
    for key in _keys(writer):
        if key.party == party and key.public_key == public and key.until is None:
            return key
    raise InvalidInput(
        f"the key is not the one that holds for {party}",
        hint="truceline key list WORKSPACE shows whose is which",
    )


def need_party(workspace: Workspace, party: str) -> None:
    """Raises InvalidInput where the accord has no such party."""
    accord = workspace.accord()
    if accord.party(party) is None:
        accepted = ", ".join(known.id for known in accord.parties)
        raise InvalidInput(f"party: found {party!r}; accepted: an id of the accord's parties ({accepted})")


def _need_say(accord: Accord, subject: Subject, party: str) -> None:
    must = must_sign(accord, subject)
    if party not in must:
        accepted = ", ".join(must) or "nobody"
        raise InvalidInput(f"{party} has no say on {subject.id}; accepted: {accepted}")

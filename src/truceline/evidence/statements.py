"""What parties sign: their keys, and consent to proposals. Pure: from statements as recorded to what holds.

A statement is RFC 8785 JSON and a signature with Ed25519 over exactly that text. It holds if its key was its
party's when it was recorded. A party's first key is recorded on the word of whoever has the workspace; each
later one is signed by the key before (`key-rotate`), or is again the first after all were revoked.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

FORM = "truceline-statement/1"
STEPS = ("propose", "consent", "object", "withdraw")
CONFIRMED = ("accord", "zone", "line")
"""Kinds of subject that are confirmed by their digest; a `designation` is of a group."""

KEY_ACTS = ("key-new", "key-rotate", "key-revoke")


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement as it is recorded. `seq` is its entry.

    `log` is the log of the office that recorded it, where that is another than the one asked about, and
    `recorded_at` that office's instant.
    """

    seq: int
    recorded_at: datetime
    act: str
    party: str
    content: str
    public_key: bytes
    signature: bytes
    log: str | None = None

    @property
    def digest(self) -> str:
        """SHA-256 of the content, in hex. That of a `propose` is what others consent to."""
        return sha256(self.content.encode()).hexdigest()


def write_statement(log: str, act: str, party: str, **said: Any) -> str:
    """The canonical text of a statement for one log; in another it means nothing."""
    return rfc8785.dumps({"form": FORM, "log": log, "act": act, "party": party, **said}).decode()


def sign_statement(content: str, private: Ed25519PrivateKey) -> bytes:
    """The signature over the text."""
    return private.sign(content.encode())


def signature_holds(statement: Statement) -> bool:
    """Whether the signature is that of the key over the content."""
    try:
        Ed25519PublicKey.from_public_bytes(statement.public_key).verify(
            statement.signature, statement.content.encode()
        )
    except (InvalidSignature, ValueError):
        return False
    return True


@dataclass(frozen=True, slots=True)
class PartyKey:
    """A party's key: recorded when, and from when it holds no more (None: it holds).

    `log` is where the first key of its chain was recorded (None: in the one asked about).
    """

    party: str
    public_key: bytes
    since: datetime
    until: datetime | None = None
    log: str | None = None

    def holds_at(self, instant: datetime) -> bool:
        """Whether a statement recorded at that instant may be signed with it."""
        return self.since <= instant and (self.until is None or instant < self.until)


@dataclass(frozen=True, slots=True)
class Subject:
    """What a proposal is about: `kind` designation, accord, zone or line; the id of the provision or part;
    and `value`, the group, or the SHA-256 in hex of what is confirmed."""

    kind: str
    id: str
    value: str

    @property
    def name(self) -> str:
        """The subject as commands name it, without its value."""
        return f"{self.kind}:{self.id}"


@dataclass(frozen=True, slots=True)
class Proposal:
    """Something proposed for all who must agree to sign, and where each party stands on it.

    `stands` gives each party's last step; `steps` all that count, in order: act, party, instant.
    """

    id: str
    digest: str
    subject: Subject
    proposed_at: datetime
    stands: Mapping[str, str] = field(default_factory=dict)
    steps: tuple[tuple[str, str, datetime], ...] = ()

    @property
    def provision(self) -> str:
        """The designation's provision."""
        return self.subject.id

    @property
    def group(self) -> str:
        """The designation's group."""
        return self.subject.value

    def consented_by(self) -> tuple[str, ...]:
        """Who has signed it and has not objected or withdrawn since. Proposing is consenting."""
        return tuple(party for party, act in self.stands.items() if act in ("propose", "consent"))

    def objected_by(self) -> tuple[str, ...]:
        """Who objects to it."""
        return tuple(party for party, act in self.stands.items() if act == "object")

    def missing(self, by: Iterable[str]) -> tuple[str, ...]:
        """Who of those who must agree does not consent."""
        consent = self.consented_by()
        return tuple(party for party in by if party not in consent)

    def in_force(self, by: Iterable[str]) -> bool:
        """Whether all who must agree consent, and there is somebody who must."""
        must = tuple(by)
        return bool(must) and not self.missing(must)


def keys_of(statements: Iterable[Statement], log: str) -> list[PartyKey]:
    """All keys of all parties, in the order recorded, from statements in the order recorded.

    Where offices recorded different first keys for one party while the other held, both are kept and
    contested: who of them was told by the party itself cannot be known (see `contested`).
    """
    keys: list[PartyKey] = []
    for statement in statements:
        if statement.act not in KEY_ACTS:
            continue
        said = _said(statement, log)
        if said is None:
            continue
        own = [key for key in keys if key.party == statement.party]
        if statement.act == "key-new":
            open_here = any(key.until is None and key.log == statement.log for key in own)
            if open_here or _taken(keys, statement.public_key):
                continue
            since = statement.recorded_at
            keys.append(PartyKey(statement.party, statement.public_key, since, log=statement.log))
            continue
        signer = next((key for key in own if key.public_key == statement.public_key), None)
        if signer is None or signer.until is not None:
            continue
        at = keys.index(signer)
        if statement.act == "key-rotate":
            fresh = bytes.fromhex(str(said.get("new_key", "")))
            if len(fresh) != 32 or _taken(keys, fresh):
                continue
            keys[at] = _ended(signer, statement.recorded_at)
            keys.append(PartyKey(statement.party, fresh, statement.recorded_at, log=signer.log))
        else:
            keys[at] = _ended(signer, datetime.fromisoformat(str(said["from"])))
    return keys


def proposals_of(
    statements: Iterable[Statement], log: str, *, as_of: datetime | None = None
) -> dict[str, Proposal]:
    """Every proposal by id, from statements in the order recorded.

    Steps recorded after `as_of` do not count. Revocations count whenever they were recorded: a step
    signed with a key that is known to have been out of its party's hands by then is void.
    """
    held = list(statements)
    keys = keys_of(held, log)
    proposals: dict[str, Proposal] = {}
    # Proposals first: the clock of an office that consents may be behind that of the one that proposed.
    for statement in sorted(held, key=lambda one: one.act != "propose"):
        if statement.act not in STEPS or (as_of is not None and statement.recorded_at > as_of):
            continue
        said = _said(statement, log)
        if said is None or not _by_own_key(statement, keys):
            continue
        digest = statement.digest if statement.act == "propose" else str(said.get("proposal"))
        id = proposal_id(digest)
        if statement.act == "propose" and id not in proposals:
            subject = _subject_of(said)
            if subject is None:
                continue
            proposals[id] = Proposal(id, digest, subject, statement.recorded_at)
        known = proposals.get(id)
        if known is None or known.digest != digest:
            continue
        proposals[id] = Proposal(
            id,
            digest,
            known.subject,
            known.proposed_at,
            {**known.stands, statement.party: statement.act},
            (*known.steps, (statement.act, statement.party, statement.recorded_at)),
        )
    return proposals


def _subject_of(said: Mapping[str, Any]) -> Subject | None:
    """What a `propose` is about; None where it does not say so in a form that is known."""
    group, provision = said.get("group"), said.get("designation")
    if isinstance(group, str) and isinstance(provision, str):
        return Subject("designation", provision, group)
    kind, _, id = str(said.get("subject", "")).partition(":")
    digest = said.get("digest")
    if kind in CONFIRMED and id and isinstance(digest, str) and re.fullmatch("[0-9a-f]{64}", digest):
        return Subject(kind, id, digest)
    return None


def that_hold(statements: Iterable[Statement], log: str) -> dict[str, dict[str, Any]]:
    """What each statement says, by its digest: those whose signature holds, by a key that was the party's
    when it was recorded."""
    held = list(statements)
    keys = keys_of(held, log)
    said = {statement.digest: _said(statement, log) for statement in held if _by_own_key(statement, keys)}
    return {digest: content for digest, content in said.items() if content is not None}


def _by_own_key(statement: Statement, keys: Iterable[PartyKey]) -> bool:
    """Whether the key was the party's then, and no office says that another was."""
    holding = [key for key in keys if key.party == statement.party and key.holds_at(statement.recorded_at)]
    own = any(key.public_key == statement.public_key for key in holding)
    return own and len({key.log for key in holding}) == 1


def contested(keys: Iterable[PartyKey], party: str, instant: datetime) -> bool:
    """Whether offices recorded different keys as the party's, which both hold then. What either of them
    signed does not count: one of them may be another's."""
    return len({key.log for key in keys if key.party == party and key.holds_at(instant)}) > 1


def proposal_id(digest: str) -> str:
    """The id by which commands name a proposal."""
    return f"prop-{digest[:24]}"


def _said(statement: Statement, log: str) -> dict[str, Any] | None:
    """What a statement says, if its signature holds, it is for this log and agrees with its row."""
    if not signature_holds(statement):
        return None
    said = json.loads(statement.content)
    named = {"form": FORM, "log": statement.log or log, "act": statement.act, "party": statement.party}
    if not isinstance(said, dict) or any(said.get(name) != value for name, value in named.items()):
        return None
    return said


def _taken(keys: list[PartyKey], public_key: bytes) -> bool:
    return any(key.public_key == public_key for key in keys)


def _ended(key: PartyKey, until: datetime) -> PartyKey:
    return PartyKey(key.party, key.public_key, key.since, until, key.log)

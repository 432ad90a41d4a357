"""Keys of parties, and the list of groups that parties designate together, each with its own key."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from truceline.accord.model import Designation
from truceline.core.errors import Conflict, InvalidInput, NotFound
from truceline.core.instants import isoformat_utc
from truceline.evidence.statements import (
    PartyKey,
    Proposal,
    Statement,
    keys_of,
    proposals_of,
    sign_statement,
    write_statement,
)
from truceline.store.workspace import Workspace
from truceline.store.writer import SqliteWriter
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
    workspace: Workspace, group: str, party: str, key_file: Path, passphrase: str | None = None
) -> Proposal:
    """Proposes a group for the list, which is also the party's consent. Raises InvalidInput, Conflict."""
    provision = _provision(workspace)
    need_party(workspace, group)
    _need_say(provision, party)
    private = read_key_file(key_file, passphrase)
    with workspace.store() as store, store.write() as writer:
        need_own(writer, party, private)
        proposals = proposals_of(writer.statements(), writer.origin)
        held = [one for one in proposals.values() if (one.provision, one.group) == (provision.id, group)]
        if held and not set(held[-1].stands.values()) <= {"withdraw"}:
            raise Conflict(
                f"{group} is proposed as {held[-1].id}", hint=f"truceline designate consent {held[-1].id}"
            )
        said = {"designation": provision.id, "group": group, "number": len(held) + 1}
        recorded = record_signed(writer, private, "propose", party, **said)
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
            raise NotFound(f"there is no proposal {proposal}", hint="truceline designate list WORKSPACE")
        _need_say(_provision(workspace, held.provision), party)
        now = held.stands.get(party)
        if now == act or (act == "consent" and now == "propose"):
            raise Conflict(f"{party} stands so on {proposal} already: {now}")
        if act == "withdraw" and party not in held.consented_by():
            raise Conflict(f"{party} has no consent to {proposal} to withdraw")
        record_signed(writer, private, act, party, proposal=held.digest)
        return proposals_of(writer.statements(), writer.origin)[proposal]


def designations(
    workspace: Workspace, *, as_of: datetime | None = None, known_at: datetime | None = None
) -> list[dict[str, Any]]:
    """Every proposal as it stands at `as_of`, from what was recorded by `known_at`, as plain JSON data."""
    accord = workspace.accord()
    with workspace.store() as store:
        with store.log() as log:
            origin = log.origin
        found = proposals_of(store.statements(known_at), origin, as_of=as_of)
    told = []
    for proposal in found.values():
        provision = accord.provision(proposal.provision)
        by = _must(provision) if isinstance(provision, Designation) else ()
        told.append(
            {
                "proposal": proposal.id,
                "designation": proposal.provision,
                "group": proposal.group,
                "in_force": proposal.in_force(by),
                "disputed": bool(proposal.objected_by()),
                "consented_by": list(proposal.consented_by()),
                "missing": list(proposal.missing(by)),
                "objected_by": list(proposal.objected_by()),
                "steps": [
                    {"act": act, "party": party, "recorded_at": isoformat_utc(instant)}
                    for act, party, instant in proposal.steps
                ],
            }
        )
    return told


def _keys(writer: SqliteWriter) -> list[PartyKey]:
    return keys_of(writer.statements(), writer.origin)


def record_signed(
    writer: SqliteWriter, private: Ed25519PrivateKey, act: str, party: str, **said: Any
) -> Statement:
    """Signs and records what a party says."""
    content = write_statement(writer.origin, act, party, **said)
    public = private.public_key().public_bytes_raw()
    return writer.record_statement(act, party, content, public, sign_statement(content, private))


def need_own(writer: SqliteWriter, party: str, private: Ed25519PrivateKey) -> PartyKey:
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


def _provision(workspace: Workspace, id: str | None = None) -> Designation:
    found = [
        provision
        for provision in workspace.accord().provisions
        if isinstance(provision, Designation) and id in (None, provision.id)
    ]
    if len(found) != 1:
        raise InvalidInput(f"the accord has {len(found)} provisions on a list made together; accepted: one")
    return found[0]


def _must(provision: Designation) -> tuple[str, ...]:
    return provision.by or provision.parties


def _need_say(provision: Designation, party: str) -> None:
    if party not in _must(provision):
        accepted = ", ".join(_must(provision))
        raise InvalidInput(f"{party} has no say on {provision.id}; accepted: {accepted}")

"""Who may see what: marking submissions confidential, and the roles of a record on a server."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from truceline.core.errors import Conflict, InvalidInput, NotFound
from truceline.evidence.audiences import confidential
from truceline.evidence.corrections import Correction
from truceline.store.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Target:
    """All that a source sends, or one observation with its versions."""

    subject: str
    name: str


def restrict(
    workspace: Workspace, target: Target, party: str | None, *, author: str, reason: str
) -> Correction:
    """Makes a target the confidential submission of a party, or of none: then for monitors alone.

    A source may be restricted before it sends anything. Raises InvalidInput for a party that the accord does
    not know, NotFound for an observation that is not recorded, Conflict where it stands so already.
    """
    known = [one.id for one in workspace.accord().parties]
    if party is not None and party not in known:
        raise InvalidInput(f"{party} is no party of the accord; accepted: {', '.join(known)}")
    with workspace.store() as store:
        if target.subject == "observation" and target.name not in store.observations()["id"].to_pylist():
            raise NotFound(f"there is no observation {target.name}")
        held = confidential(store.corrections())
        if held.get((target.subject, target.name), "nothing") == party:
            raise Conflict(f"the {target.subject} {target.name} is restricted so already")
        with store.write() as writer:
            return writer.record_correction(
                "restrict", target.subject, target.name, party=party, author=author, reason=reason
            )


def release(workspace: Workspace, target: Target, *, author: str, reason: str) -> Correction:
    """Opens what was restricted. Raises Conflict where it is open."""
    with workspace.store() as store:
        if (target.subject, target.name) not in confidential(store.corrections()):
            raise Conflict(f"the {target.subject} {target.name} is not restricted")
        with store.write() as writer:
            return writer.record_correction(
                "release", target.subject, target.name, author=author, reason=reason
            )


def restricted(workspace: Workspace) -> list[dict[str, Any]]:
    """What is confidential now, as plain JSON data."""
    with workspace.store() as store:
        held = confidential(store.corrections())
    return [
        {"subject": subject, "target": target, "party": party} for (subject, target), party in held.items()
    ]


def set_up_roles(workspace: Workspace) -> list[dict[str, Any]]:
    """Makes the server's roles, policies and views for this record, or brings them up to date.

    What was made, as plain JSON data. Raises Conflict where the record is a file, StoreUnavailable.
    """
    parties = [one.id for one in workspace.accord().parties]
    if workspace.store_address is None:
        raise Conflict(
            f"the record of {workspace.root} is a file, which has no roles: who reads it reads all",
            hint="truceline store move brings it to a server",
        )
    from truceline.store.postgres.store import PostgresStore

    with workspace.store() as store:
        assert isinstance(store, PostgresStore)
        made = store.set_up_roles(parties)
    return [{"role": one.name, "audience": one.audience, "party": one.party} for one in made]

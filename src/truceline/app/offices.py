"""The other offices: whose keys are confirmed, how far their logs are held."""

from __future__ import annotations

from typing import Any

from truceline.core.errors import NotFound
from truceline.core.instants import isoformat_utc
from truceline.store.offices import Office
from truceline.store.workspace import Workspace
from truceline.transparency import notes


def known(workspace: Workspace) -> dict[str, Any]:
    """This office and the others, as plain JSON data: keys, heads, how far their logs are held, forks."""
    with workspace.store() as store:
        store.sign_head()
        with store.log() as log:
            head = log.head()
            own = {
                "origin": log.origin,
                "keys": log.verifier_keys(),
                "size": head.size,
                "head": head.note,
            }
        heads, forks = store.office_heads(), store.forks()
        told = []
        for office in store.offices():
            held = [one for one in heads if one.origin == office.origin and one.holder is None]
            says = [one for one in heads if one.holder == office.origin and one.origin == own["origin"]]
            accords = store.accords_of(office.origin)
            told.append(
                {
                    "name": office.name,
                    "origin": office.origin,
                    "key": notes.verifier_key(office.origin, office.public_key),
                    "trusted": office.trusted,
                    "held": held[-1].size if held else 0,
                    "head": held[-1].note if held else None,
                    "heads": len(held),
                    "reached_us_at": isoformat_utc(held[-1].recorded_at) if held else None,
                    "holds_of_ours": says[-1].size if says else 0,
                    "accord_sha256": accords[-1].sha256 if accords else None,
                    "forks": [fork.evidence for fork in forks if fork.origin == office.origin],
                }
            )
        mine = [fork.evidence for fork in forks if fork.origin == own["origin"]]
    return {"own": own | {"forks": mine}, "offices": told}


def trust(workspace: Workspace, name: str, key: str, *, trusted: bool = True) -> Office:
    """Confirms an office's key, or withdraws that. Raises InvalidInput, Conflict."""
    origin, public = notes.parse_verifier_key(key)
    with workspace.store() as store:
        return store.trust(name, origin, public, trusted=trusted)


def distrust(workspace: Workspace, name: str) -> Office:
    """Takes no more bundles from an office; what came from it stays. Raises NotFound."""
    with workspace.store() as store:
        for office in store.offices():
            if office.name == name:
                return store.trust(name, office.origin, office.public_key, trusted=False)
    raise NotFound(f"no office is called {name}", hint="truceline office list WORKSPACE")

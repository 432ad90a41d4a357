"""The transparency log of a workspace: checked, proved, and its heads handed out."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

from truceline.core.errors import InvalidInput
from truceline.core.input_files import read_whole
from truceline.core.instants import isoformat_utc
from truceline.core.limits import KEY_FILE_BYTES
from truceline.store.originals import OriginalFault, check_originals
from truceline.store.workspace import Workspace
from truceline.transparency import notes
from truceline.transparency.findings import LogReport
from truceline.transparency.notes import parse_verifier_key


def verify(
    workspace: Workspace,
    *,
    head: Path | None = None,
    key: str | None = None,
    progress: Callable[[int], None] = lambda _: None,
) -> LogReport:
    """Checks the whole record. `head` is a head that was kept elsewhere, `key` the key to hold it to.

    Writes nothing. Raises InvalidInput, NotFound, StoreUnavailable.
    """
    pinned = parse_verifier_key(key) if key else None
    kept = read_head(head) if head else None
    with workspace.store(read_only=True) as store:
        return store.verify_log(kept_head=kept, pinned=pinned, progress=progress)


def verify_attachments(workspace: Workspace) -> list[OriginalFault]:
    """Which evidence files are not the ones that the record names. Writes nothing."""
    with workspace.store(read_only=True) as store:
        ingests = store.ingests()
    return check_originals(workspace, ingests)


def prove(
    workspace: Workspace, id: str | None, *, withhold: bool = False, from_head: Path | None = None
) -> dict[str, Any]:
    """A proof for others, as plain JSON data: of a thing, or (without `id`) that the log continues a head.

    Raises NotFound, InvalidInput, Conflict.
    """
    kept = read_head(from_head) if from_head else None
    if id is None and kept is None:
        raise InvalidInput("nothing to prove; accepted: the id of a thing, --from-head FILE, or both")
    with workspace.store() as store:
        store.sign_head()
        with store.log() as log:
            if id is not None:
                return log.prove(id, withhold=withhold, from_head=kept)
            return log.prove_continues(kept or "")


def head(workspace: Workspace) -> dict[str, Any]:
    """The last head, signed first where it can be, and the keys that sign, as plain JSON data."""
    with workspace.store() as store:
        store.sign_head()
        with store.log() as log:
            last = log.head()
            return {
                "origin": log.origin,
                "size": last.size,
                "root": last.root.hex(),
                "signed": last.note is not None,
                "note": last.note,
                "keys": log.verifier_keys(),
            }


def rotate_key(workspace: Workspace, *, author: str, reason: str, compromised: bool = False) -> str:
    """Takes a new key for the log: its verifier key. See `truceline.store.record.RecordStore.rotate_key`."""
    with workspace.store() as store:
        public = store.rotate_key(author=author, reason=reason, compromised=compromised)
        with store.log() as log:
            return notes.verifier_key(log.origin, public)


def revoke_key(workspace: Workspace, key: str, *, author: str, reason: str) -> None:
    """Revokes a key that the log has used. Raises InvalidInput, NotFound, Conflict."""
    name, public = notes.parse_verifier_key(key)
    with workspace.store() as store:
        with store.log() as log:
            if name != log.origin:
                raise InvalidInput(f"the key is of {name}; accepted: a key of this log, {log.origin}")
        store.revoke_key(public, author=author, reason=reason)


def verifier() -> str:
    """The source of the stand-alone verifier."""
    return files("truceline.standalone").joinpath("verify.py").read_text("utf-8")


def actions(workspace: Workspace) -> list[dict[str, Any]]:
    """Who ran which command with a name, and the entries that it made, as plain JSON data."""
    with workspace.store(read_only=True) as store:
        return [
            {
                "entry": one.seq,
                "author": one.author,
                "command": one.command,
                "recorded_at": isoformat_utc(one.recorded_at),
                "entries": [one.first, one.last],
            }
            for one in store.user_actions()
        ]


def read_head(path: Path) -> str:
    """The text of a file with a signed head. Raises NotFound, InvalidInput."""
    try:
        return read_whole(path, KEY_FILE_BYTES, accepted="a signed head of a log").decode("utf-8")
    except UnicodeDecodeError as error:
        raise InvalidInput(f"{path} cannot be read as a signed head of a log") from error

"""The key behind the ids that readers are shown who may not see places or reporters."""

from __future__ import annotations

import secrets
from contextlib import suppress

from truceline.core.durable import unwritable, write_in_place
from truceline.store.workspace import Workspace

NAMES_KEY = "names.key"


def names_key(workspace: Workspace) -> bytes:
    """The workspace's key for shown ids (`truceline.evidence.permissions`); made where there is none.

    It stays in the workspace (`names.key`). Raises StoreUnavailable.
    """
    path = workspace.root / NAMES_KEY
    try:
        if not path.exists():
            with suppress(FileExistsError):
                write_in_place(path, secrets.token_bytes(32), mode=0o600, replace=False)
        return path.read_bytes()[:64]
    except OSError as error:
        raise unwritable(path, error) from error

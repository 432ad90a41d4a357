"""What one server is: its workspace, its accounts and how it was asked to behave."""

from __future__ import annotations

import hashlib
import secrets
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from starlette.datastructures import Headers
from starlette.types import Scope

from truceline.app.accounts import SESSION_IDLE, SESSION_LASTS
from truceline.app.desk import Desk
from truceline.app.drafts.shelf import Shelf
from truceline.app.orders.workshop import Workshop
from truceline.store.accounts import AccountFile
from truceline.store.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Settings:
    """How a server behaves. `hosts` are the names that it answers to; empty: any.

    `local_token` signs in as administrator whoever has the address that the start printed; None: nobody.
    Rates are requests a second, after a burst of so many.
    """

    hosts: frozenset[str] = frozenset()
    local_token: str | None = None
    session_lasts: timedelta = SESSION_LASTS
    session_idle: timedelta = SESSION_IDLE
    reads_per_s: float = 100.0
    reads_burst: int = 400
    writes_per_s: float = 5.0
    writes_burst: int = 60
    sign_ins_per_minute: int = 20
    body_bytes: int = 1 << 20
    upload_bytes: int = 20 << 20
    trusted_proxies: frozenset[str] = frozenset()
    alert_hosts: frozenset[str] = frozenset()
    keep_drafts: bool = False
    application: Path = Path(__file__).parent / "app"


class Nonces:
    """Nonces of Digest authentication: ours, not older than `LASTS_S`, each count of one used once."""

    LASTS_S = 300

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)
        self._counts: OrderedDict[str, set[tuple[str, str]]] = OrderedDict()
        self._lock = threading.Lock()

    def new(self) -> str:
        """A nonce, which says when it was made."""
        said = f"{int(time.time())}-{secrets.token_hex(8)}"
        return f"{said}-{self._sign(said)}"

    def _sign(self, said: str) -> str:
        return hashlib.blake2b(said.encode(), digest_size=16, key=self._key).hexdigest()

    def holds(self, nonce: str, count: str, client: str) -> bool:
        """Whether a nonce is ours, fresh, and was not used with this count before."""
        said, _, signed = nonce.rpartition("-")
        made = said.partition("-")[0]
        if not secrets.compare_digest(signed.encode(), self._sign(said).encode()) or not made.isdigit():
            return False
        if time.time() - int(made) > self.LASTS_S:
            return False
        with self._lock:
            used = self._counts.setdefault(nonce, set())
            if (count, client) in used:
                return False
            used.add((count, client))
            while len(self._counts) > 10_000:
                self._counts.popitem(last=False)
        return True


@dataclass(frozen=True)
class Site:
    """A workspace that is served."""

    workspace: Workspace
    desk: Desk
    accounts: AccountFile
    workshop: Workshop
    settings: Settings = field(default_factory=Settings)
    nonces: Nonces = field(default_factory=Nonces)

    @classmethod
    def of(cls, workspace: Workspace, settings: Settings | None = None) -> Site:
        """The site of a workspace. Raises what opening its record raises."""
        with workspace.store():
            pass  # opened for writing once, so that the schema of an older version is brought up to date
        desk = Desk(workspace)
        return cls(workspace, desk, AccountFile(workspace.root), Workshop(desk), settings or Settings())

    @property
    def shelf(self) -> Shelf:
        """Where drafts lie: in the workspace where they are to be kept, else only while this server runs."""
        return Shelf(
            self.workspace.root / "drafts" if self.settings.keep_drafts else self.workshop.folder / "drafts"
        )

    def address(self, scope: Scope) -> str:
        """Whose request it is: the peer, or whom a trusted proxy names."""
        peer = str((scope.get("client") or ("",))[0])
        if peer in self.settings.trusted_proxies:
            forwarded = Headers(scope=scope).get("x-forwarded-for", "").split(",")[-1].strip()
            return forwarded or peer
        return peer

    def close(self) -> None:
        """Lets go of the files."""
        self.workshop.close()
        self.desk.close()
        self.accounts.close()


def new_token() -> str:
    """A token that nobody guesses."""
    return secrets.token_urlsafe(32)

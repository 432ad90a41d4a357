"""Plans and tracks of patrols kept in a workspace, sealed: nothing of them lies open on the disk.

``patrols/key.sealed``          the key, behind the passphrase
``patrols/KIND-ID.sealed``      plans, tracks and what was found in them; KIND is plan, tracks or verified
``patrols/verified-ID.json``    the counts and shares of a finding, which all may read

Content is sealed in memory before the first byte is written. A workspace without a key keeps nothing. The
names tell how many there are and when they were written, and no more.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from truceline.core.durable import make_folder, unwritable, write_in_place
from truceline.core.errors import Conflict, InvalidInput, NotFound
from truceline.core.input_files import read_whole
from truceline.core.limits import EVIDENCE_JSON_BYTES, KEY_FILE_BYTES
from truceline.core.sealed import Key, unlocked

FOLDER = "patrols"
KEY = "key.sealed"
SEALED = ".sealed"

Kind = Literal["plan", "tracks", "verified"]
_NAME = re.compile(r"^(plan|tracks|verified)-[0-9a-f]{12}$")


@dataclass(frozen=True)
class PatrolVault:
    """The sealed patrols of the workspace in a folder."""

    root: Path

    @property
    def folder(self) -> Path:
        """Where the sealed files are."""
        return self.root / FOLDER

    @property
    def has_key(self) -> bool:
        """Whether a passphrase was set."""
        return (self.folder / KEY).exists()

    def set_passphrase(self, passphrase: str) -> Key:
        """Makes the key. Raises Conflict where there is one, InvalidInput for a passphrase that is too short,
        StoreUnavailable."""
        key = Key.new()
        content = key.locked(passphrase)
        path = self.folder / KEY
        try:
            make_folder(self.folder)
            self.folder.chmod(0o700)
            write_in_place(path, content, mode=0o600, replace=False)
        except FileExistsError as error:
            raise Conflict(
                f"{path} exists already: a passphrase is set", hint="truceline patrol passphrase --change"
            ) from error
        except OSError as error:
            raise unwritable(path, error) from error
        return key

    def change_passphrase(self, passphrase: str, new: str) -> None:
        """Locks the same key behind another passphrase; what is sealed stays as it is. Whoever has a copy of
        the old key file still opens it with the old passphrase. Raises NotFound, InvalidInput and
        StoreUnavailable."""
        content = self.key(passphrase).locked(new)
        try:
            write_in_place(self.folder / KEY, content, mode=0o600)
        except OSError as error:
            raise unwritable(self.folder / KEY, error) from error

    def key(self, passphrase: str | None) -> Key:
        """The key. Raises NotFound where no passphrase was set, InvalidInput where this one is wrong."""
        if not self.has_key:
            raise NotFound(
                f"{self.root} keeps no patrols: no passphrase is set",
                hint="truceline patrol passphrase WORKSPACE sets one",
            )
        if not passphrase:
            raise InvalidInput(
                "the passphrase of the patrols is needed",
                hint="--passphrase asks for it; or set TRUCELINE_PASSPHRASE",
            )
        content = read_whole(self.folder / KEY, KEY_FILE_BYTES, accepted="a key file")
        return unlocked(content, passphrase, f"{FOLDER}/{KEY}")

    def keep(self, key: Key, kind: Kind, content: bytes) -> str:
        """Seals content and keeps it; its id, such as ``plan-0f3c…``. Raises StoreUnavailable."""
        id = f"{kind}-{secrets.token_hex(6)}"
        path = self.folder / f"{id}{SEALED}"
        try:
            write_in_place(path, key.sealed(content, id), mode=0o600, replace=False)
        except OSError as error:
            raise unwritable(path, error) from error
        return id

    def kept(self, key: Key, id: str) -> bytes:
        """What was kept under an id. Raises NotFound and InvalidInput."""
        if not _NAME.match(id):
            raise InvalidInput(f"found {id!r}; accepted: an id such as plan-0f3c9a11b2d4")
        path = self.folder / f"{id}{SEALED}"
        if not path.exists():
            raise NotFound(f"no {id} is kept in {self.root}", hint="truceline patrol kept lists them")
        return key.opened(read_whole(path, 4 * EVIDENCE_JSON_BYTES, accepted="a sealed file"), id)

    def ids(self) -> Iterator[str]:
        """All that is kept, by kind and id."""
        for path in sorted(self.folder.glob(f"*{SEALED}")) if self.folder.is_dir() else ():
            if _NAME.match(path.stem):
                yield path.stem

    def forget(self, id: str) -> None:
        """Removes what was kept, and its counts. Raises NotFound and StoreUnavailable."""
        path = self.folder / f"{id}{SEALED}"
        if not _NAME.match(id) or not path.exists():
            raise NotFound(f"no {id} is kept in {self.root}", hint="truceline patrol kept lists them")
        try:
            path.unlink()
            (self.folder / f"{id}.json").unlink(missing_ok=True)
        except OSError as error:
            raise unwritable(path, error) from error

    def tell(self, id: str, counts: bytes) -> None:
        """Writes the counts of a finding, which all may read. Raises StoreUnavailable."""
        path = self.folder / f"{id}.json"
        try:
            make_folder(self.folder)
            write_in_place(path, counts, mode=0o644)
        except OSError as error:
            raise unwritable(path, error) from error

    def told(self) -> list[tuple[str, bytes]]:
        """The counts of all findings: id, and JSON."""
        found = sorted(self.folder.glob("verified-*.json")) if self.folder.is_dir() else []
        return [(path.stem, read_whole(path, 1 << 20)) for path in found if _NAME.match(path.stem)]

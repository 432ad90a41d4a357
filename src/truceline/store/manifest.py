"""The manifest of a backup, `backup.json` in it: what it holds, file by file, and the head of its log."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any

import rfc8785

from truceline.core.durable import write_in_place
from truceline.core.errors import InvalidBackup
from truceline.core.instants import isoformat_utc

MANIFEST = "backup.json"
FORMAT = "truceline-backup/1"
_MOST_BYTES = 256 * 2**20


@dataclass(frozen=True, slots=True)
class HeldFile:
    """One file of a backup: its path in it, its size, the SHA-256 of its bytes in hex."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself.

    `size` and `root` are those of the record's log, `head` its last signed head (None: there is none);
    `left_out` are files with private keys that were left out on purpose; `missing` evidence files that the
    record names and that were not there, or not as recorded, when the backup was made.
    """

    made_at: str
    workspace: str
    version: str
    schema: str
    origin: str
    size: int
    root: str
    head: str | None
    left_out: tuple[str, ...]
    missing: tuple[str, ...]
    files: tuple[HeldFile, ...]

    def write(self, folder: Path) -> None:
        """Writes it, durably, with a digest of itself. Raises OSError."""
        said = {"format": FORMAT} | asdict(self)
        said["digest"] = _digest(said)
        write_in_place(folder / MANIFEST, (json.dumps(said, indent=1, ensure_ascii=False) + "\n").encode())


def now_as_text(now: datetime) -> str:
    """An instant as manifests give it."""
    return isoformat_utc(now)


def read_manifest(backup: Path) -> Manifest:
    """The manifest of a backup. Raises InvalidBackup."""
    path = backup / MANIFEST
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise _unusable(path, "it is larger than any manifest")
        said: Any = json.loads(path.read_bytes())
    except FileNotFoundError as error:
        raise InvalidBackup(
            f"{backup} is not a whole backup: it has no {MANIFEST}, which is written last",
            hint="a backup that was cut short cannot be restored; take an older one",
        ) from error
    except OSError as error:
        raise InvalidBackup(f"{path} cannot be read: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise _unusable(path, "it is cut short or was changed") from error
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        found = said.get("format") if isinstance(said, dict) else type(said).__name__
        raise _unusable(path, f"found format {str(found)[:40]!r}; accepted: {FORMAT}")
    if _digest({key: value for key, value in said.items() if key != "digest"}) != said.get("digest"):
        raise _unusable(path, "it was changed since the backup was made")
    try:
        files = tuple(
            HeldFile(str(one["path"]), int(one["size"]), str(one["sha256"])) for one in said["files"]
        )
        manifest = Manifest(
            made_at=str(said["made_at"]),
            workspace=str(said["workspace"]),
            version=str(said["version"]),
            schema=str(said["schema"]),
            origin=str(said["origin"]),
            size=int(said["size"]),
            root=str(said["root"]),
            head=None if said["head"] is None else str(said["head"]),
            left_out=tuple(str(name) for name in said["left_out"]),
            missing=tuple(str(name) for name in said["missing"]),
            files=files,
        )
    except (KeyError, TypeError, ValueError) as error:
        raise _unusable(path, f"it lacks {error}") from error
    for file in files:
        _need_inside(path, file.path)
    if len({file.path for file in files}) != len(files):
        raise _unusable(path, "it names a file twice")
    return manifest


def _need_inside(path: Path, name: str) -> None:
    parts = PurePosixPath(name).parts
    if not parts or name.startswith("/") or ".." in parts or "\\" in name or "\0" in name:
        raise _unusable(path, f"it names a file outside the backup: {name!r}")


def _digest(said: dict[str, Any]) -> str:
    try:
        return sha256(rfc8785.dumps(said)).hexdigest()
    except (rfc8785.CanonicalizationError, RecursionError):
        return ""


def _unusable(path: Path, why: str) -> InvalidBackup:
    return InvalidBackup(f"{path} cannot be used: {why}", hint="take another backup; nothing was changed")

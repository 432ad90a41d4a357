"""Backups: a workspace as of one moment, copied while others write, and put back only after it was verified.

A backup is a folder like the workspace's own, without what is derived, with a manifest (`backup.json`) that
is written last and names every file with its SHA-256. It gets its name when all of it is on the medium.
Restoring copies and checks at once: every byte that is put in place was hashed on its way, the record's log
is verified, and every evidence file that the record names is there with the content that it names.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from truceline import __version__
from truceline.core.durable import MAKING, PART, folder_in_place, unwritable, write_in_place
from truceline.core.errors import Conflict, InvalidBackup, StoreUnavailable
from truceline.store import schema
from truceline.store.accounts import ACCOUNTS, NAMES_KEY, copy_accounts
from truceline.store.log_verify import UNSIGNED
from truceline.store.manifest import MANIFEST, HeldFile, Manifest, now_as_text, read_manifest
from truceline.store.patrol_vault import KEY as PATROL_KEY
from truceline.store.record import RecordStore
from truceline.store.settings import SETTINGS
from truceline.store.sqlite import SqliteStore
from truceline.store.workspace import ACCORD, CACHE, EVIDENCE, LOG_KEY, MOVED, ORIGINALS, Workspace
from truceline.transparency.findings import LogReport

Progress = Callable[[int], None]
"""Told how many bytes are done."""

_PRIVATE_KEY = (b"-----BEGIN PRIVATE KEY", b"-----BEGIN ENCRYPTED PRIVATE KEY")
_SECRET = (LOG_KEY, PATROL_KEY, NAMES_KEY, ACCOUNTS)
_CHUNK = 1 << 20
MADE = "backups-made.json"
"""In the workspace: which backups were made of it, so that their age can be told."""
_REMEMBERED = 19


def back_up(
    workspace: Workspace,
    target: Path,
    *,
    without_keys: bool = False,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    progress: Progress = lambda _: None,
) -> Manifest:
    """Makes a backup of a workspace while others may write to it.

    `without_keys` leaves out `log.key`, every other file with a private key, and what opens doors or undoes
    hidden names (`accounts.sqlite`, `names.key`, the patrols' key): who gets such a backup can read and
    verify, and cannot sign or sign in. Raises Conflict where something exists at `target`, StoreUnavailable.
    """
    root = workspace.root
    if target.exists():
        raise Conflict(f"{target} exists already", hint="choose another folder; nothing was changed")
    if target.resolve().is_relative_to(root.resolve()):
        raise Conflict(
            f"{target} lies inside the workspace, which a backup would then hold",
            hint="choose a folder outside, best on another disk",
        )
    try:
        with folder_in_place(target) as made:
            # The record first: originals are only ever added, so that none of a recorded file can be missing.
            with _readable(workspace) as store:
                store.backup(made / EVIDENCE)
            done = (made / EVIDENCE).stat().st_size
            files = [HeldFile(EVIDENCE, done, _digest(made / EVIDENCE))]
            progress(done)
            left_out = []
            for path in _kept(root):
                private = path.name in _SECRET or (without_keys and is_private_key(path))
                if without_keys and private:
                    left_out.append(path.relative_to(root).as_posix())
                    continue
                name = path.relative_to(root).as_posix()
                if name == ACCOUNTS:  # a database that a server may be writing
                    copy_accounts(path, made / name)
                    held = HeldFile(name, (made / name).stat().st_size, _digest(made / name))
                else:
                    held = _copy(path, made, name)
                files.append(held)
                done += held.size
                progress(done)
            with SqliteStore(made / EVIDENCE, read_only=True) as copy:
                with copy.log() as log:
                    head, origin = log.head(), log.origin
                named = _named(workspace, copy)
            _drop_beside(made / EVIDENCE)
            manifest = Manifest(
                made_at=now_as_text(now()),
                workspace=root.resolve().name,
                version=__version__,
                schema=schema.HEAD,
                origin=origin,
                size=head.size,
                root=head.root.hex(),
                head=head.note,
                left_out=tuple(sorted(left_out)),
                missing=tuple(sorted(_not_held(named, files))),
                files=tuple(sorted(files, key=lambda file: file.path)),
            )
            manifest.write(made)
    except OSError as error:
        raise _told(error, root, target) from error
    with suppress(OSError, ValueError):
        _remember(root, target, manifest)
    return manifest


def made_before(workspace: Workspace) -> list[dict[str, Any]]:
    """The backups that were made of a workspace, oldest first: `made_at`, `target`, `size`, `root`."""
    try:
        said = json.loads((workspace.root / MADE).read_bytes())
        return [one for one in said["backups"] if isinstance(one["made_at"], str)]
    except (OSError, ValueError, TypeError, KeyError):
        return []


def _remember(root: Path, target: Path, manifest: Manifest) -> None:
    made = made_before(Workspace(root))
    new = {"made_at": manifest.made_at, "target": str(target.absolute())}
    made = [*made[-_REMEMBERED:], new | {"size": manifest.size, "root": manifest.root}]
    write_in_place(root / MADE, (json.dumps({"backups": made}, indent=1) + "\n").encode())


def _readable(workspace: Workspace) -> RecordStore:
    """The record, opened without writing where that can be, so that a read-only medium can be backed up."""
    try:
        return workspace.store(read_only=True)
    except StoreUnavailable:
        return workspace.store()  # of an older version, or with a write-ahead log to take in


def _told(error: OSError, source: Path, target: Path) -> StoreUnavailable:
    """The sentence for what went wrong while files of `source` were copied to `target`."""
    at = Path(str(error.filename)) if error.filename else target
    if at.is_relative_to(source):
        return StoreUnavailable(
            f"{at} cannot be read: {error.strerror}; no backup was made", hint="truceline doctor says more"
        )
    return unwritable(target, error)


def restore(
    backup: Path,
    target: Path | None,
    *,
    kept_head: str | None = None,
    pinned: tuple[str, bytes] | None = None,
    progress: Progress = lambda _: None,
) -> Manifest:
    """Verifies a backup and makes a workspace of it at `target`; only verifies where that is None.

    `kept_head` is a signed head that the backup's log must continue, `pinned` the name and public key that
    must have signed it. All is checked before anything is put in place. Raises InvalidBackup, Conflict where
    something exists at `target`, StoreUnavailable.
    """
    if not backup.is_dir():
        raise InvalidBackup(f"there is no backup {backup}; accepted: a folder that truceline backup made")
    if target is not None and target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise Conflict(f"{target} exists already", hint="choose another folder; nothing was changed")
    manifest = read_manifest(backup)
    _need_no_others(backup, manifest)
    if target is None:
        with tempfile.TemporaryDirectory(prefix="truceline-") as scratch:
            _fill(backup, Path(scratch), manifest, progress, only={EVIDENCE})
            _verify(backup, Path(scratch), manifest, kept_head, pinned)
        return manifest
    try:
        with folder_in_place(target) as made:
            _fill(backup, made, manifest, progress)
            _verify(backup, made, manifest, kept_head, pinned)
    except OSError as error:
        raise unwritable(target, error) from error
    return manifest


def _fill(
    backup: Path, made: Path, manifest: Manifest, progress: Progress, only: set[str] | None = None
) -> None:
    """Copies (or only reads, what is not in `only`) every file, and holds it against the manifest."""
    done = 0
    for file in manifest.files:
        path = backup / file.path
        try:
            if path.is_symlink() or not path.is_file():
                raise InvalidBackup(f"{backup} is not whole: {file.path} is missing", hint=_OLDER)
            if only is None or file.path in only:
                held = _copy(path, made, file.path)
            else:
                held = HeldFile(file.path, path.stat().st_size, _digest(path))
        except OSError as error:
            if error.filename is not None and Path(error.filename).is_relative_to(backup):
                raise InvalidBackup(f"{path} cannot be read: {error.strerror}", hint=_OLDER) from error
            raise
        if held != file:
            short = f"has {held.size:,} bytes instead of {file.size:,}"
            what = short if held.size != file.size else "has other content"
            raise InvalidBackup(
                f"{backup} was changed or cut short since it was made: {file.path} {what}", hint=_OLDER
            )
        done += file.size
        progress(done)


_OLDER = "take another backup; nothing was changed"


def _verify(
    backup: Path, made: Path, manifest: Manifest, kept_head: str | None, pinned: tuple[str, bytes] | None
) -> None:
    """Holds the record in `made` against its own log, the manifest, and the files of the backup."""
    held = {file.path: file.sha256 for file in manifest.files}
    for name in (ACCORD, EVIDENCE):
        if name not in held:
            raise InvalidBackup(f"{backup} is no backup of a workspace: it has no {name}", hint=_OLDER)
    try:
        with SqliteStore(made / EVIDENCE) as store:  # one of an older version is migrated here
            damage = store.damage()
            report = store.verify_log(kept_head=kept_head, pinned=pinned)
            named = _named(Workspace(made), store)
    except StoreUnavailable as error:
        raise InvalidBackup(
            f"the record in {backup} cannot be used: {error.message.replace(str(made), str(backup))}",
            hint=error.hint or _OLDER,
        ) from error
    if damage:
        raise InvalidBackup(f"the record in {backup} is damaged: {damage[0]}", hint=_OLDER)
    _need_sound(backup, report, manifest)
    for name in _not_held(named, manifest.files):
        if name not in manifest.missing:
            what = "is missing" if name not in held else "is not the file that was taken in"
            raise InvalidBackup(f"{backup} does not hold what its record names: {name} {what}", hint=_OLDER)


def _named(workspace: Workspace, store: SqliteStore) -> dict[str, str]:
    """The evidence files that a record names, by their place in the workspace, with their SHA-256."""
    return {
        workspace.original_path(record.origin).relative_to(workspace.root).as_posix(): record.origin.sha256
        for record in store.ingests()
    }


def _not_held(named: dict[str, str], files: Iterable[HeldFile]) -> list[str]:
    # By content: the same may have come before under another name.
    held = {file.sha256 for file in files if Path(file.path).is_relative_to(ORIGINALS)}
    return [name for name, digest in named.items() if digest not in held]


def _need_sound(backup: Path, report: LogReport, manifest: Manifest) -> None:
    wrong = [finding for finding in report.findings if finding.what != UNSIGNED]
    if wrong:
        first = wrong[0]
        row = "" if first.row is None else f" {first.row}"
        more = f" (and {len(wrong) - 1} more)" if len(wrong) > 1 else ""
        raise InvalidBackup(
            f"the record in {backup} is not as it was recorded: {first.table}{row}: {first.what}{more}",
            hint=_OLDER,
        )
    migrated = manifest.schema != schema.HEAD
    if not migrated and (report.origin, report.size, report.root.hex()) != (
        manifest.origin,
        manifest.size,
        manifest.root,
    ):
        raise InvalidBackup(f"the log in {backup} is not the one that its manifest names", hint=_OLDER)


def _need_no_others(backup: Path, manifest: Manifest) -> None:
    named = {file.path for file in manifest.files} | {MANIFEST}
    for path in _kept(backup):
        name = path.relative_to(backup).as_posix()
        if name not in named:
            raise InvalidBackup(
                f"{backup} was changed since it was made: {name} is not in its manifest", hint=_OLDER
            )
    wal = backup / f"{EVIDENCE}-wal"
    with suppress(FileNotFoundError):
        if wal.stat().st_size:
            raise InvalidBackup(f"{backup} was written to since it was made: it has {wal.name}", hint=_OLDER)


def _kept(root: Path) -> Iterator[Path]:
    """The files of a workspace that a backup holds, the database itself excepted."""
    own = {
        EVIDENCE,
        f"{EVIDENCE}-wal",
        f"{EVIDENCE}-shm",
        f"{EVIDENCE}-journal",
        MOVED,
        SETTINGS,  # the backup of a record on a server is a workspace of its own, with the record in it
        CACHE.parts[0],
        MANIFEST,
        MADE,
        f"{ACCOUNTS}-wal",
        f"{ACCOUNTS}-shm",
        f"{ACCOUNTS}-journal",
    }
    seen: set[str] = set()

    def failed(error: OSError) -> None:
        raise error

    for at, folders, names in os.walk(root, followlinks=True, onerror=failed):
        real = os.path.realpath(at)
        if real in seen:  # a link to a folder above it
            folders.clear()
            continue
        seen.add(real)
        top = Path(at) == root
        folders[:] = sorted(name for name in folders if not (name.endswith(MAKING) or (top and name in own)))
        for name in sorted(names):
            unfinished = name.startswith(".") and name.endswith(PART)
            path = Path(at, name)
            if not unfinished and not (top and name in own) and path.is_file():
                yield path


def _copy(path: Path, folder: Path, name: str) -> HeldFile:
    """Copies a file into a folder under a relative name; what was copied."""
    target = folder / name
    target.parent.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as source, target.open("xb") as copy:
        mode = os.fstat(source.fileno()).st_mode & 0o777
        os.fchmod(copy.fileno(), 0o600 if mode & 0o077 == 0 else mode | 0o400)
        while chunk := source.read(_CHUNK):
            digest.update(chunk)
            copy.write(chunk)
            size += len(chunk)
    return HeldFile(name, size, digest.hexdigest())


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def is_private_key(path: Path) -> bool:
    """Whether a file holds a private key in PEM. Raises OSError."""
    with path.open("rb") as file:
        return file.read(64).startswith(_PRIVATE_KEY)


def _drop_beside(database: Path) -> None:
    """Takes away the empty files that reading a database in WAL mode leaves beside it."""
    for end in ("-wal", "-shm"):
        database.with_name(database.name + end).unlink(missing_ok=True)

"""The folder: its files, rights, keys, space and leftovers, and the accord in it."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

from truceline.accord.lint import errors_among, lint
from truceline.accord.load import load_document
from truceline.app.doctor.finding import Finding
from truceline.core.durable import PART, abandoned
from truceline.core.errors import TrucelineError
from truceline.store.accounts import ACCOUNTS, NAMES_KEY
from truceline.store.backup import is_private_key
from truceline.store.workspace import ACCORD, EVIDENCE, LOG_KEY
from truceline.transparency.keys import read_key_file

LEAST_FREE = 16 * 2**20
_LARGEST_KEY = 16_384


def examine_folder(root: Path) -> Iterator[Finding]:
    """Everything that can be seen without opening the record."""
    yield from _accord(root)
    yield from _rights(root)
    yield from _space(root)
    yield from _keys(root)
    yield from _leftovers(root)


def _accord(root: Path) -> Iterator[Finding]:
    path = root / ACCORD
    if not path.is_file():
        yield Finding(
            "accord-missing",
            f"the workspace has no {ACCORD}",
            "put it back from a backup or from where it came; the record keeps its text (accord_version)",
            ACCORD,
        )
        return
    if not _may(path, os.R_OK):
        yield Finding("accord-unreadable", f"{ACCORD} cannot be read by this user", _RIGHTS, ACCORD)
        return
    try:
        model, positions = load_document(path)
        faults = errors_among(lint(model, root, positions), model)
        said = faults[0].sentence() if faults else None
        more = len(faults) - 1
    except (TrucelineError, OSError, UnicodeDecodeError) as error:
        faults_of = getattr(error, "faults", ())
        said, more = str(faults_of[0].sentence() if faults_of else error), max(0, len(faults_of) - 1)
    if said is not None:
        others = f" (and {more} more)" if more else ""
        yield Finding(
            "accord-invalid",
            f"the accord is not valid: {said}{others}",
            f"truceline validate {path} lists everything",
            ACCORD,
        )


_RIGHTS = "give this user the right, or use the user that made it"


def _rights(root: Path) -> Iterator[Finding]:
    try:
        read_only = bool(os.statvfs(root).f_flag & os.ST_RDONLY)
    except OSError:
        read_only = False
    if read_only:
        yield Finding(
            "medium-read-only",
            "the medium is read-only: nothing can be recorded here",
            "mount it for writing, or make a backup elsewhere and restore it; verifying works as it is",
            ".",
        )
    for path in _own(root):
        name = str(path.relative_to(root)) if path != root else "."
        if path.is_dir():
            if not _may(path, os.R_OK | os.X_OK):
                yield Finding("not-readable", f"the folder {name} cannot be read by this user", _RIGHTS, name)
            elif not read_only and not _may(path, os.W_OK):
                yield Finding(
                    "not-writable", f"the folder {name} cannot be written by this user", _RIGHTS, name
                )
        elif not _may(path, os.R_OK):
            if path.name != ACCORD:
                yield Finding("not-readable", f"{name} cannot be read by this user", _RIGHTS, name)
        elif path.name.startswith(EVIDENCE) and not read_only and not _may(path, os.W_OK):
            yield Finding("not-writable", f"{name} cannot be written by this user", _RIGHTS, name)


def _may(path: Path, what: int) -> bool:
    return os.access(path, what, effective_ids=os.access in os.supports_effective_ids)


def _own(root: Path) -> Iterator[Path]:
    """The folder, and all in it that is not derived."""
    yield root
    for at, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not (name == "cache" and Path(at) == root))
        for name in (*folders, *sorted(names)):
            yield Path(at, name)


def _space(root: Path) -> Iterator[Finding]:
    try:
        free = shutil.disk_usage(root).free
        size = sum(
            (root / name).stat().st_size for name in (EVIDENCE, f"{EVIDENCE}-wal") if (root / name).exists()
        )
        seen = os.statvfs(root)
        without_names = seen.f_files > 0 and seen.f_favail == 0
    except OSError:
        return
    if free < LEAST_FREE or without_names:
        what = f"{free / 2**20:,.1f} MiB are" if not without_names else "no names for further files are"
        yield Finding(
            "no-space",
            f"only {what} free on the workspace's medium",
            "free some space: what is recorded is safe",
        )
    elif free < size:
        yield Finding(
            "little-space",
            f"{free / 2**20:,.0f} MiB are free, less than the record has ({size / 2**20:,.0f} MiB)",
            "free some space before the next large ingest, and back up to another medium",
        )


def _keys(root: Path) -> Iterator[Finding]:
    for path in sorted(root.rglob("*")):
        own = path == root / LOG_KEY
        try:
            about = path.stat()
            hidden = path in (root / NAMES_KEY, root / ACCOUNTS)
            if not stat.S_ISREG(about.st_mode) or (about.st_size > _LARGEST_KEY and not hidden):
                continue
            if not own and not hidden and not is_private_key(path):
                continue
        except OSError:
            continue
        name = str(path.relative_to(root))
        what = name if hidden else f"the private key {name}"
        if about.st_mode & 0o077:
            yield Finding(
                "key-rights",
                f"{what} can be read by others (mode {about.st_mode & 0o777:03o})",
                f"chmod 600 {path}; if others used this machine, rotate the key",
                name,
            )
        if own:
            try:
                read_key_file(path)
            except TrucelineError as error:
                yield Finding(
                    "key-unreadable",
                    f"the log's key cannot be used: {error.message}",
                    f"put {LOG_KEY} back from a backup; without it new heads stay unsigned",
                    name,
                )


def temporary_files(root: Path) -> list[Path]:
    """What a process that was killed left under a temporary name, in the workspace and beside it."""
    return [*sorted(root.rglob(f".*{PART}")), *abandoned(root.resolve())]


def _leftovers(root: Path) -> Iterator[Finding]:
    left = temporary_files(root)
    if left:
        names = ", ".join(path.name for path in left[:3]) + (" and more" if len(left) > 3 else "")
        yield Finding(
            "leftover-temporary",
            f"a process that was killed left {len(left)} temporary files or folders: {names}",
            "truceline doctor --repair takes them away",
            str(left[0]),
        )
    wal, journal = root / f"{EVIDENCE}-wal", root / f"{EVIDENCE}-journal"
    if wal.is_file() and wal.stat().st_size:
        yield Finding(
            "leftover-wal",
            f"{wal.name} holds {wal.stat().st_size:,} bytes: another process is at work, or one was killed",
            "nothing: the next command takes it in. Never delete it, and never copy the database without it",
            wal.name,
        )
    if journal.is_file():
        yield Finding(
            "leftover-journal",
            f"{journal.name} is there: a process was killed in the middle of writing",
            "nothing: the next command undoes what was half-written. Never delete it",
            journal.name,
        )

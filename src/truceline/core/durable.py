"""Files that are whole or not there at all, and that are still there after the power has gone.

A file is written beside its place under a temporary name, flushed, and only then renamed to its own; then
the folder is flushed, because a name that only the page cache knows is lost with the power. A whole folder
is put in place the same way. Whoever is killed in between leaves a temporary name and nothing else.

Functions raise OSError; `unwritable` turns that into the sentence for people.
"""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from truceline.core.errors import StoreUnavailable

PART = ".part"
"""How the name of a file ends that is still being written; it begins with a dot."""
MAKING = ".making"
"""How the name of a folder ends that is still being filled; it begins with a dot."""

_NO_LINKS = {errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}


@contextmanager
def put_in_place(path: Path, *, mode: int = 0o644, replace: bool = True) -> Iterator[BinaryIO]:
    """A file to write to, which gets its name at the end, whole and flushed; nothing where anything raises.

    Without `replace` an existing file is never overwritten: FileExistsError.
    """
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:64]}.", suffix=PART)
    part = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fchmod(file.fileno(), mode)
            os.fsync(file.fileno())
        if replace:
            part.replace(path)
        else:
            _name_if_free(part, path)
        flush_folder(path.parent)
    finally:
        part.unlink(missing_ok=True)


def write_in_place(path: Path, content: bytes, *, mode: int = 0o644, replace: bool = True) -> None:
    """`put_in_place` for content that is at hand."""
    with put_in_place(path, mode=mode, replace=replace) as file:
        file.write(content)


def _name_if_free(part: Path, path: Path) -> None:
    try:
        path.hardlink_to(part)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        # FAT and some network file systems know no links: there two that make the same file could both win.
        if path.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path)) from error
        part.replace(path)


def rename_in_place(path: Path, target: Path) -> None:
    """Gives a file that is whole and flushed another name in its folder, in place of what had that name."""
    path.replace(target)
    flush_folder(target.parent)


def make_folder(folder: Path) -> None:
    """Makes a folder and those above it, flushed; nothing where it exists."""
    missing = []
    at = folder
    while not at.is_dir():
        missing.append(at)
        at = at.parent
    for one in reversed(missing):
        one.mkdir(exist_ok=True)
        flush_folder(one.parent)


@contextmanager
def folder_in_place(target: Path) -> Iterator[Path]:
    """A folder to fill, which gets its name at the end, flushed with all that is in it.

    `target` may be an empty folder; OSError where it is anything else that exists. What others that were
    killed left beside `target` is cleared away; what living ones are making there is left alone.
    """
    make_folder(target.parent)
    clear_abandoned(target)
    made = Path(tempfile.mkdtemp(prefix=f".{target.name[:64]}.", suffix=MAKING, dir=target.parent))
    descriptor = os.open(made, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        made.chmod(0o755)
        yield made
        flush_tree(made)
        made.replace(target)
        flush_folder(target.parent)
    finally:
        os.close(descriptor)
        shutil.rmtree(made, ignore_errors=True)


def abandoned(target: Path) -> list[Path]:
    """The folders beside `target` that were to become it and that no living process fills."""
    found = []
    for path in target.parent.glob(f".{_literal(target.name[:64])}.*{MAKING}"):
        with suppress(OSError):
            descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                found.append(path)
            except BlockingIOError:
                pass
            finally:
                os.close(descriptor)
    return sorted(found)


def clear_abandoned(target: Path) -> list[Path]:
    """Removes what `abandoned` finds."""
    found = abandoned(target)
    for path in found:
        shutil.rmtree(path, ignore_errors=True)
    return found


def flush(file: Path) -> None:
    """Makes a file's content and its name durable."""
    descriptor = os.open(file, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    flush_folder(file.parent)


def flush_folder(folder: Path) -> None:
    """Makes the names in a folder durable."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # a file system that cannot, as some of networks
            raise
    finally:
        os.close(descriptor)


def flush_tree(folder: Path) -> None:
    """Makes a folder, all below it and their contents durable."""
    for at, _, names in os.walk(folder, topdown=False):
        for name in names:
            descriptor = os.open(Path(at, name), os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
        flush_folder(Path(at))


def unwritable(path: Path, error: OSError) -> StoreUnavailable:
    """What to tell people where `path` could not be written."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return StoreUnavailable(
            f"there is no space left for {path}", hint="free some space and run it again: nothing changed"
        )
    if error.errno == errno.EROFS:
        return StoreUnavailable(f"{path} cannot be written: the medium is read-only")
    if error.errno in (errno.EACCES, errno.EPERM):
        return StoreUnavailable(
            f"{path} cannot be written: this user may not", hint=f"check the rights of {path.parent}"
        )
    return StoreUnavailable(f"{path} cannot be written: {error.strerror or error}")


def _literal(name: str) -> str:
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in name)

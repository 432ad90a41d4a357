"""What outlives the process: the state with its place in the input and the output, and the file of events.

The state is written beside its old self and renamed into place, after the events up to it are on the disk.
A watch that was killed takes up the last state, cuts the file of events to the length it had then, and reads
the input again from where it stood: no event is lost, none is there twice.
"""

from __future__ import annotations

import fcntl
import io
import os
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from truceline.core.errors import Conflict, InvalidInput

LAYOUT = 1


@dataclass(frozen=True, slots=True)
class Kept:
    """A state of a watcher, the place in the input that it stands at, and the length of the events' file."""

    fingerprint: dict[str, Any]
    watcher: dict[str, Any]
    place: dict[str, Any]
    length: int


class StateFolder:
    """The folder in which a watch keeps its state; held by one process at a time.

    Raises Conflict where another holds it, InvalidInput where it cannot be used.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = path / "state.npz"
        try:
            path.mkdir(mode=0o700, exist_ok=True)
            self._lock = os.open(path / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise InvalidInput(f"{path} cannot be used as a state folder: {error.strerror}") from error
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(self._lock)
            raise Conflict(
                f"{path}: another watch is running with this state", hint="end it, or give another folder"
            ) from error

    def close(self) -> None:
        """Lets others use it."""
        os.close(self._lock)

    def load(self, fingerprint: dict[str, Any]) -> Kept | None:
        """The kept state, None where there is none yet.

        Raises Conflict where it belongs to other zones, rules, input or output, InvalidInput where it is
        damaged.
        """
        try:
            data = self._file.read_bytes()
        except FileNotFoundError:
            return None
        try:
            with np.load(io.BytesIO(data), allow_pickle=False) as stored:
                arrays = {name: stored[name] for name in stored.files}
            document = msgspec.json.decode(arrays.pop("document").tobytes())
        except (ValueError, KeyError, OSError, zipfile.BadZipFile, EOFError, msgspec.MsgspecError) as error:
            raise InvalidInput(
                f"{self._file} is damaged: {error}", hint="begin anew with another --state folder"
            ) from error
        held = document["fingerprint"]
        differing = sorted(
            key for key in held.keys() | fingerprint.keys() if held.get(key) != fingerprint.get(key)
        )
        if differing:
            raise Conflict(
                f"{self.path}: the state belongs to another watch: {differing[0].replace('_', ' ')} differs",
                hint="give the same zones, rules, input and output, or another --state folder to begin anew",
            )
        watcher = document["watcher"]
        for group in ("window", "relations"):
            watcher[group] = {name: arrays[f"{group}.{name}"] for name in watcher[group]}
        return Kept(held, watcher, document["place"], document["length"])

    def save(self, kept: Kept) -> None:
        """Puts the state in the place of the one before, durably."""
        arrays: dict[str, Any] = {}
        watcher = dict(kept.watcher)
        for group in ("window", "relations"):
            arrays |= {f"{group}.{name}": array for name, array in watcher[group].items()}
            watcher[group] = list(watcher[group])
        document = {
            "fingerprint": kept.fingerprint, "watcher": watcher, "place": kept.place, "length": kept.length,
        }  # fmt: skip
        # Names by the hundred thousand: whoever encodes them stops all threads, so it must be quick.
        text = msgspec.json.encode(document)
        temporary = self._file.with_suffix(".new")
        temporary.unlink(missing_ok=True)
        temporary.touch(mode=0o600)
        with temporary.open("wb") as file:
            np.savez(file, allow_pickle=False, document=np.frombuffer(text, np.uint8), **arrays)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(self._file)
        sync_folder(self.path)


class EventFile:
    """The file that events are appended to. Raises Conflict where it holds other things than it should."""

    def __init__(self, path: Path, *, length: int | None) -> None:
        """Opens the file and cuts it to the `length` of the kept state; None: it must be new."""
        self.path = path
        try:
            path.touch()
            self._file = path.open("r+b", buffering=0)
        except OSError as error:
            raise InvalidInput(f"{path} cannot be written: {error.strerror}") from error
        size = self._file.seek(0, os.SEEK_END)
        if size < (length or 0) or (length is None and size > 0):
            self._file.close()
            held = "nothing that belongs" if length is None else f"less than the {length} bytes that belong"
            raise Conflict(
                f"{path}: holds {size} bytes, {held} to the kept state",
                hint="give a new file, or the --state folder that this file was written with",
            )
        self.length = length or 0
        self._file.truncate(self.length)
        self._file.seek(self.length)
        sync_folder(path.absolute().parent)

    def write(self, data: bytes) -> None:
        """Appends; not yet durable."""
        view = memoryview(data)
        while view:
            view = view[self._file.write(view) :]
        self.length += len(data)

    def sync(self) -> None:
        """Waits until what was written is on the disk."""
        os.fsync(self._file.fileno())

    def close(self) -> None:
        """Closes the file."""
        self._file.close()


def sync_folder(path: Path) -> None:
    """Waits until the folder's entries are on the disk."""
    folder = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)

"""A durable queue of lines in a folder: what is acknowledged is on the disk, what is done is deleted."""

from __future__ import annotations

import os
from pathlib import Path
from threading import Condition

from truceline.core.errors import Conflict, InvalidInput
from truceline.watch.kept import sync_folder

_CHUNK = 1 << 18
_SEGMENT = 1 << 24


class Spool:
    """Appended to by many threads, read by one. Places are bytes since the spool was begun.

    Files are named by the place of their first byte. A batch that was cut short by a crash was not
    acknowledged; its half line is cut off, its whole lines may stay.
    """

    def __init__(self, folder: Path, *, most_waiting: int = 1 << 28) -> None:
        self._folder, self._most = folder, most_waiting
        self._changed = Condition()
        self._closed = False
        self.read_to = 0
        try:
            folder.mkdir(mode=0o700, exist_ok=True)
            self._segments = sorted(int(path.stem) for path in folder.glob("*.ndjson"))
            if not self._segments:
                self._segments = [0]
            self.end = self._segments[-1] + self._cut(self._path(self._segments[-1]))
            self._writer = self._open(self._segments[-1])
        except OSError as error:
            raise InvalidInput(f"{folder} cannot be used: {error.strerror}") from error

    def resume(self, place: int) -> None:
        """Reads from a place on. Raises Conflict where that is not held any more, or not yet."""
        if not self._segments[0] <= place <= self.end:
            if self._segments == [0] and self.end == 0:
                # All was done and deleted, and so was the folder.
                self._begin(place)
                return
            raise Conflict(
                f"{self._folder}: holds bytes {self._segments[0]} to {self.end}; the state needs {place}"
            )
        self.read_to = place

    def append(self, lines: bytes) -> bool:
        """Adds whole lines, durably; False, and nothing added, where too much waits. Raises OSError."""
        with self._changed:
            if self.end - self.read_to + len(lines) > self._most:
                return False
            try:
                view = memoryview(lines)
                while view:
                    view = view[os.write(self._writer, view) :]
                os.fsync(self._writer)
            except OSError:
                os.ftruncate(self._writer, self.end - self._segments[-1])
                raise
            self.end += len(lines)
            if self.end - self._segments[-1] >= _SEGMENT:
                self._begin_segment()
            self._changed.notify()
        return True

    def read(self, timeout_s: float) -> bytes:
        """Whole lines from where reading stands; empty after the time without any."""
        with self._changed:
            if self.end == self.read_to and not self._closed:
                self._changed.wait(timeout_s)
            if self.end == self.read_to:
                return b""
            start = max(segment for segment in self._segments if segment <= self.read_to)
        with self._path(start).open("rb") as file:
            file.seek(self.read_to - start)
            data = file.read(min(_CHUNK, self.end - self.read_to))
            if not data.endswith(b"\n"):
                end = data.rfind(b"\n") + 1
                data = data[:end] if end else data + file.readline()
        with self._changed:
            self.read_to += len(data)
        return data

    def settled(self, place: int) -> None:
        """Deletes what lies before the place."""
        with self._changed:
            if place == self.end and self.end > self._segments[-1]:
                self._begin_segment()
            while len(self._segments) > 1 and self._segments[1] <= place:
                self._path(self._segments.pop(0)).unlink(missing_ok=True)

    def close(self) -> None:
        """Closes it; what waits stays."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
            os.close(self._writer)

    def _begin(self, place: int) -> None:
        self._path(0).unlink(missing_ok=True)
        os.close(self._writer)
        self._segments, self.end, self.read_to = [place], place, place
        self._writer = self._open(place)

    def _begin_segment(self) -> None:
        os.close(self._writer)
        self._segments.append(self.end)
        self._writer = self._open(self.end)

    def _open(self, start: int) -> int:
        writer = os.open(self._path(start), os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
        sync_folder(self._folder)
        return writer

    def _path(self, start: int) -> Path:
        return self._folder / f"{start:020d}.ndjson"

    @staticmethod
    def _cut(path: Path) -> int:
        """Cuts off a half line; gives the size."""
        if not path.exists():
            return 0
        data = path.read_bytes()
        size = data.rfind(b"\n") + 1
        if size < len(data):
            os.truncate(path, size)
        return size

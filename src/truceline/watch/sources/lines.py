"""Lines from a file, from a file that grows, or from standard input."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import select
import stat
import time
from pathlib import Path

from truceline.core.errors import Conflict, InvalidInput, NotFound
from truceline.watch.positions import LONGEST_LINE
from truceline.watch.sources import Place

_CHUNK = 1 << 18
_PIPE = 1 << 20
_POLL_S = 0.01
_MARK = 64


class LineSource:
    """Lines of a file descriptor. `follow`: the file grows, so its end is no end.

    A place is a number of bytes and a digest of the last few before it, so that another stream than the one
    of before is noticed. On a pipe, what is done is read and left out, unless the stream goes on where it
    stopped (`continued`).
    """

    def __init__(self, descriptor: int, name: str, *, follow: bool = False, continued: bool = False) -> None:
        self._descriptor, self._name = descriptor, name
        self._follow, self._continued = follow, continued
        self._tail = b""
        self._bytes = 0
        self._mark = b""
        self._ended = False
        kind = os.fstat(descriptor).st_mode
        self._seekable = stat.S_ISREG(kind)
        if stat.S_ISFIFO(kind):
            # Room for bursts; the system may not allow it.
            with contextlib.suppress(OSError):
                fcntl.fcntl(descriptor, fcntl.F_SETPIPE_SZ, _PIPE)

    @property
    def name(self) -> str:
        """The file's path, or that it is standard input."""
        return self._name

    @property
    def place(self) -> Place:
        """Bytes done, and the digest of the last ones."""
        return {"bytes": self._bytes, "marked": len(self._mark), "mark": _digest(self._mark)}

    def resume(self, place: Place | None) -> None:
        """See Source. Raises Conflict where the stream is shorter than before, or another one."""
        if place is None:
            return
        self._bytes, marked = place["bytes"], place["marked"]
        if self._seekable:
            here = os.pread(self._descriptor, marked, max(self._bytes - marked, 0))
            os.lseek(self._descriptor, self._bytes, os.SEEK_SET)
        elif self._continued:
            return
        else:
            here = self._skip(self._bytes, marked)
        if _digest(here) != place["mark"]:
            raise Conflict(
                f"{self._name}: is not the stream that the kept state was made from, or shorter than it",
                hint="give the same stream from its beginning, or begin anew with another --state folder",
            )
        self._mark = here

    def read(self, timeout_s: float) -> bytes | None:
        """See Source."""
        if self._ended:
            return None
        if not self._seekable and not select.select([self._descriptor], [], [], timeout_s)[0]:
            return b""
        data = os.read(self._descriptor, _CHUNK)
        if not data:
            return self._at_end(timeout_s)
        end = data.rfind(b"\n") + 1
        if not end:
            self._tail += data
            if len(self._tail) > 16 * LONGEST_LINE:
                raise InvalidInput(
                    f"{self._name}: a line is longer than {16 * LONGEST_LINE} bytes; accepted: NDJSON, "
                    "one JSON object a line"
                )
            return b""
        whole = self._tail + data[:end]
        self._tail = data[end:]
        return self._done(whole)

    def settled(self, place: Place) -> None:
        """See Source: nothing to do."""

    def close(self) -> None:
        """Closes the file, unless it is standard input."""
        if self._descriptor != 0:
            os.close(self._descriptor)

    def _done(self, data: bytes) -> bytes:
        self._bytes += len(data)
        self._mark = data[-_MARK:]
        return data

    def _at_end(self, timeout_s: float) -> bytes | None:
        if self._follow:
            if self._seekable and os.fstat(self._descriptor).st_size < self._bytes:
                raise InvalidInput(f"{self._name}: became shorter while it was followed")
            time.sleep(min(timeout_s, _POLL_S))
            return b""
        self._ended = True
        last, self._tail = self._tail, b""
        return self._done(last) if last else None

    def _skip(self, number: int, marked: int) -> bytes:
        last = b""
        while number > 0:
            data = os.read(self._descriptor, min(_CHUNK, number))
            if not data:
                return b""
            number -= len(data)
            last = (last + data)[-marked:]
        return last


def file_source(path: Path, *, follow: bool) -> LineSource:
    """The lines of a file. Raises NotFound."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError as error:
        raise NotFound(
            f"{path} does not exist", hint="give a file of NDJSON, or - for standard input"
        ) from error
    except OSError as error:
        raise InvalidInput(f"{path} cannot be read: {error.strerror}") from error
    if path.is_dir():
        os.close(descriptor)
        raise InvalidInput(f"{path} is a folder; accepted: a file of NDJSON")
    return LineSource(descriptor, str(path.resolve()), follow=follow)


def standard_input(*, continued: bool) -> LineSource:
    """The lines of standard input."""
    return LineSource(0, "standard input", continued=continued)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()

"""Reading a whole file that somebody hands us: a regular file, no larger than is stated, or one sentence."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from truceline.core.errors import Fault, InvalidInput, NotFound

_KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
    (stat.S_ISSOCK, "a socket"),
)


def read_whole(
    path: Path,
    most: int,
    *,
    error: type[InvalidInput] = InvalidInput,
    name: str | None = None,
    accepted: str = "a file",
    hint: str | None = None,
) -> bytes:
    """The bytes of a regular file, or of what a symbolic link leads to; at most `most` of them.

    `name` is what messages call the file, `hint` what to do where there is none. Raises NotFound, and
    `error` for a folder, pipe, device or socket, for a file that is too large or that cannot be read.
    """
    shown = name or str(path)
    try:
        # Looked at before it is opened: opening a pipe waits for whoever writes to it, for ever.
        what = kind_of_file(path)
        if what is not None:
            raise error.of_faults([Fault(f"cannot be read: it is {what}", source=shown, accepted=accepted)])
        with path.open("rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise error.of_faults(
                    [Fault("cannot be read: it is no regular file", source=shown, accepted=accepted)]
                )
            data = file.read(most + 1)
    except FileNotFoundError as missing:
        fault = Fault("does not exist", source=shown)
        raise NotFound(f"{shown} does not exist", hint=hint, faults=[fault]) from missing
    except (OSError, ValueError) as problem:
        found = problem.strerror if isinstance(problem, OSError) else str(problem)
        raise error.of_faults(
            [Fault("cannot be read", source=shown, found=found, accepted=accepted)]
        ) from problem
    if len(data) > most:
        raise error.of_faults([too_large(shown, most)])
    return data


def too_large(name: str, most: int) -> Fault:
    """The fault of a file that is larger than may be read."""
    return Fault("is too large", source=name, found=f"more than {most:,} bytes", accepted=f"up to {most:,}")


def kind_of_file(path: Path) -> str | None:
    """What there is instead of a regular file, as in ``a pipe``; None for a regular file. Raises OSError."""
    mode = path.stat().st_mode
    return next((name for holds, name in _KINDS if holds(mode)), None)

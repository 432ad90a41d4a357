"""Builds the interposer, starts a process under it, and speaks to it from inside."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

SOURCE = Path(__file__).with_name("interpose.c")
BEFORE, HALF, AFTER, FAIL = range(4)
WAYS = {BEFORE: "before", HALF: "in the middle of", AFTER: "after"}
_ENVIRONMENT = "TRUCELINE_INTERPOSER"


def build(folder: Path) -> Path:
    """The shared object. Raises SystemExit where there is no C compiler."""
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if compiler is None:
        raise SystemExit("crash test: a C compiler is needed (apt-get install gcc libc6-dev)")
    made = folder / "interpose.so"
    command = [
        compiler,
        "-std=gnu11",
        "-O1",
        "-Wall",
        "-shared",
        "-fPIC",
        "-o",
        str(made),
        str(SOURCE),
        "-ldl",
    ]
    subprocess.run(command, check=True)
    return made


def start_under_it() -> None:
    """Runs this process's own command again under the interposer and ends with its code; once only."""
    if os.environ.get(_ENVIRONMENT):
        return
    with tempfile.TemporaryDirectory(prefix="truceline-interposer-") as folder:
        made = build(Path(folder))
        environment = os.environ | {"LD_PRELOAD": str(made), _ENVIRONMENT: "1"}
        done = subprocess.run([sys.executable, *sys.argv], env=environment, check=False)
    sys.exit(done.returncode)


class Interposer:
    """The interposer of this process."""

    def __init__(self) -> None:
        self._library = ctypes.CDLL(None)
        try:
            self._library.crash_count.restype = ctypes.c_long
        except AttributeError as error:
            raise SystemExit("crash test: this process does not run under the interposer") from error

    def arm(
        self, folder: Path, at: int = 0, how: int = BEFORE, error: int = 0, trace: int = -1, told: int = -1
    ) -> None:
        """From now on: kill (or, with FAIL, let fail) at that operation below the folder; 0 only counts."""
        self._library.crash_arm(os.fsencode(folder), ctypes.c_long(at), how, error, trace, told)

    def disarm(self) -> None:
        """Only pass on."""
        self._library.crash_disarm()

    def count(self) -> int:
        """How many operations there were since arming."""
        return int(self._library.crash_count())

    def mark(self, text: str) -> None:
        """Writes an acknowledgement into the trace, between the operations."""
        self._library.crash_mark(text.encode())

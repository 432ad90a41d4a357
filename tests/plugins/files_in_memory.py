"""Tests keep their files in memory, where there is enough: on a disk they wait for each flush.

Nothing that they write need outlast them, and it is gone when they end. `TMPDIR` names another place; then
pytest keeps what it always keeps.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

import pytest

MEMORY = Path("/dev/shm")
ENOUGH_BYTES = 4 << 30


def pytest_configure(config: pytest.Config) -> None:
    if "TMPDIR" in os.environ or not os.access(MEMORY, os.W_OK):  # pytest-xdist hands it on to its processes
        return
    if shutil.disk_usage(MEMORY).free < ENOUGH_BYTES:
        return
    folder = Path(tempfile.mkdtemp(prefix="truceline-tests-", dir=MEMORY))
    folder.chmod(0o711)  # other users whom tests start have folders of their own in it
    os.environ["TMPDIR"] = str(folder)
    tempfile.tempdir = None  # whatever was asked for earlier has read it from the environment already
    atexit.register(shutil.rmtree, folder, ignore_errors=True)

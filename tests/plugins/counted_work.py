"""Work counted instead of timed: how many calls Python made, how much memory was asked for.

Seconds depend on the machine and on who else uses it; counts hardly do. So a test can say that a thing
must not take more work than it does, and that twice as much of it must not take four times the work.
"""

from __future__ import annotations

import gc
import sys
import tracemalloc
from collections.abc import Callable
from typing import Any

import pytest

Work = Callable[[], Any]


def calls_of(work: Work) -> int:
    """How many functions, Python's own and compiled ones, Python calls during the work, in this thread."""
    counted = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    before = sys.getprofile()
    collects = gc.isenabled()
    gc.collect()
    gc.disable()  # its callbacks are others' work (hypothesis has one); when it runs hangs on what ran before
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
        if collects:
            gc.enable()
    return counted


def peak_bytes_of(work: Work) -> int:
    """The most memory that Python and NumPy held at once for the work, bytes; Arrow's is not seen."""
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.fixture(scope="session")
def count_calls() -> Callable[[Work], int]:
    return calls_of


@pytest.fixture(scope="session")
def peak_bytes() -> Callable[[Work], int]:
    return peak_bytes_of

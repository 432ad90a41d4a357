"""Weights in use: those that come with the package, unless others are put in their place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib import resources
from typing import Any, Generic, TypeVar

import numpy as np

W = TypeVar("W")


class InUse(Generic[W]):
    """The weights of one model: read from `file` beside this module on first use, then kept."""

    def __init__(self, file: str, read: Callable[[Any], W]) -> None:
        self._other: ContextVar[W | None] = ContextVar(file, default=None)
        self._packaged = cache(lambda: _load(file, read))

    def get(self) -> W:
        """The weights to judge by."""
        other = self._other.get()
        return self._packaged() if other is None else other

    @contextmanager
    def put(self, other: W) -> Iterator[None]:
        """Judges by other weights, as cross-validation must."""
        token = self._other.set(other)
        try:
            yield
        finally:
            self._other.reset(token)


def _load(name: str, read: Callable[[Any], W]) -> W:
    with resources.files("truceline.draft.judging").joinpath(name).open("rb") as file:
        return read(np.load(file))


def packed(names: list[str] | tuple[str, ...]) -> Any:
    """Names as an array of bytes, for a file of arrays."""
    return np.frombuffer("\n".join(names).encode(), dtype=np.uint8)


def unpacked(data: Any) -> list[str]:
    """The names that `packed` packed."""
    return bytes(data).decode("utf-8").split("\n")

"""Who is acting: the operator's name and the command, from the outermost layer down to where it is recorded.

A context variable, because every command that changes the record passes through layers that have no business
with it. Without a name nothing is recorded: a name is given, never taken from the machine.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Acting:
    """An operator and the command that was run."""

    author: str
    command: str


_NOBODY = Acting("", "")
_ACTING: ContextVar[Acting] = ContextVar("acting", default=_NOBODY)


def now_acting() -> Acting | None:
    """Who is acting here; None where nobody gave a name."""
    found = _ACTING.get()
    return found if found.author else None


@contextmanager
def acting(*, author: str | None = None, command: str | None = None) -> Iterator[None]:
    """For as long as the context lasts, `author` runs `command`; what is not given stays as it was."""
    before = _ACTING.get()
    token = _ACTING.set(Acting((author or "").strip() or before.author, command or before.command))
    try:
        yield
    finally:
        _ACTING.reset(token)

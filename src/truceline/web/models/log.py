"""The signed head of the log, and what is proved of it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from truceline.web.models.base import Answer, Request


class Head(Answer):
    """The last head of the log."""

    origin: str
    size: int
    root: str
    signed: bool
    note: str | None
    keys: list[str]


class Continues(Request):
    """An earlier signed head, which the log must continue."""

    head: Annotated[str, Field(max_length=20_000)]


class Verified(Answer):
    """Whether the record is complete and unchanged, and how many faults were found."""

    ok: bool
    origin: str
    size: int
    root: str
    signed_size: int | None
    findings: int


class ActionTaken(Answer):
    """Who ran what, and the first and the last of the entries that it made."""

    entry: int
    author: str | None
    command: str
    recorded_at: str
    entries: list[int]


class Actions(Answer):
    """The newest actions of people."""

    items: list[ActionTaken]

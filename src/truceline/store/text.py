"""Text in a database that cannot keep U+0000, which PostgreSQL cannot and what people send us may hold.

U+0000 is kept as U+FDD0 and ``0``, and U+FDD0, which is no character and so stands in no text that says
something, as U+FDD0 and ``1``. Every text comes back as it was given.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Dialect, Text
from sqlalchemy.types import TypeDecorator

_MARK = "\ufdd0"


def needs_keeping(text: str) -> bool:
    """Whether `kept` would change anything."""
    return "\x00" in text or _MARK in text


def needs_restoring(text: str) -> bool:
    """Whether `restored` would change anything."""
    return _MARK in text


def kept(text: str) -> str:
    """The text as such a database keeps it."""
    if not needs_keeping(text):
        return text
    return text.replace(_MARK, f"{_MARK}1").replace("\x00", f"{_MARK}0")


def restored(text: str) -> str:
    """The text that `kept` was given."""
    if not needs_restoring(text):
        return text
    return text.replace(f"{_MARK}0", "\x00").replace(f"{_MARK}1", _MARK)


class RecordText(TypeDecorator[str]):
    """A column of text that comes back as it was given, from every database."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        """The text as the database keeps it."""
        return value if value is None or dialect.name == "sqlite" else kept(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        """The text as it was given."""
        return value if value is None or dialect.name == "sqlite" else restored(value)

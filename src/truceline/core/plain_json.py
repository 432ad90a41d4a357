"""JSON that can be read in one way only: no key twice, no depth without end, no text that is no text.

RFC 8259 leaves open what a key that stands twice means, and readers differ; whoever writes it could show one
thing to us and another to somebody else.
"""

from __future__ import annotations

import json
import re
from typing import Any

from truceline.core.limits import JSON_DEPTH

_ESCAPED_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


class AmbiguousJson(ValueError):
    """JSON that is not accepted: a key that stands twice, too deep, numbers or text beyond measure."""


class Twice(dict[str, Any]):
    """An object in which the key `key` stands twice; the last value counts, as in most readers."""

    key: str


def parse_json(text: str | bytes, *, depth: int = JSON_DEPTH, keep_twice: bool = False) -> Any:
    """The value of a JSON text. `keep_twice` hands on objects with a key that stands twice, as `Twice`.

    NaN and infinities are read, as Python does: whoever reads on says where a finite number is wanted.
    Raises json.JSONDecodeError where it is no JSON, AmbiguousJson, and UnicodeDecodeError for bytes.
    """
    try:
        value = json.loads(text, object_pairs_hook=_noted if keep_twice else _once)
    except RecursionError:
        raise AmbiguousJson(f"is nested too deep, more than {depth} levels") from None
    except ValueError as error:
        if isinstance(error, json.JSONDecodeError | UnicodeDecodeError | AmbiguousJson):
            raise
        raise AmbiguousJson("holds a number far too long") from error
    if deeper_than(value, depth):
        raise AmbiguousJson(f"is nested too deep, more than {depth} levels")
    return value


def is_text(value: Any) -> bool:
    """Whether all texts within are Unicode: JSON lets halves of surrogate pairs through."""
    written = json.dumps(value)
    if _ESCAPED_SURROGATE.search(written) is None:
        return True
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True


def deeper_than(value: Any, depth: int) -> bool:
    """Whether lists and objects are nested more than `depth` levels."""
    level = [value]
    for _ in range(depth):
        level = [
            part
            for held in level
            if isinstance(held, list | dict)
            for part in (held.values() if isinstance(held, dict) else held)
            if isinstance(part, list | dict)
        ]
        if not level:
            return False
    return True


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise AmbiguousJson(f"the key {_doubled(pairs)!r} stands twice in an object")
    return made


def _noted(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) == len(pairs):
        return made
    twice = Twice(made)
    twice.key = _doubled(pairs)
    return twice


def _doubled(pairs: list[tuple[str, Any]]) -> str:
    seen: set[str] = set()
    for key, _ in pairs:
        if key in seen:
            return key[:80]
        seen.add(key)
    return ""

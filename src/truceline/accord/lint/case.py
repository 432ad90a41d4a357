"""The accord under examination, its parts by name and place, and what was found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from truceline.accord.faults import did_you_mean, line_of
from truceline.accord.lint.rules import RULES
from truceline.accord.model import Accord
from truceline.accord.model.base import Part
from truceline.accord.plain import key_of
from truceline.accord.plain_yaml import join_path
from truceline.core.errors import Fault


class Case:
    """Collects faults; `prefix` names the reading under which the accord is examined, if one is."""

    def __init__(
        self, accord: Accord, base_dir: Path | None, positions: Mapping[str, int], prefix: str = ""
    ) -> None:
        self.accord = accord
        self.base_dir = base_dir
        self.positions = positions
        self.prefix = prefix
        self.faults: list[Fault] = []

    def report(
        self, code: str, path: str, message: str, *, found: str | None = None, accepted: str | None = None
    ) -> None:
        """Notes a fault at a path of the document."""
        assert code in RULES, code
        source = getattr(self.positions, "source", None)
        line = line_of(path, self.positions) if self.positions else None
        self.faults.append(Fault(self.prefix + message, source, line, None, path, found, accepted, code))

    def resolve(self, word: str, accepted: Iterable[str], path: str, what: str) -> bool:
        """Notes an unresolved reference, with what may be meant."""
        known = list(accepted)
        if word in known:
            return True
        near = did_you_mean(word, known)
        hint = f"; did you mean {near!r}?" if near else ""
        self.report(
            "unresolved-reference",
            path,
            f"{word!r} is no {what} of this accord{hint}",
            accepted=", ".join(known[:20]) or f"there is no {what}",
        )
        return False

    def parts(self) -> Iterator[tuple[str, Any]]:
        """Every part and part of a part, with its path, except those inside changes."""
        yield from walk(self.accord, "")


def walk(part: Part, path: str) -> Iterator[tuple[str, Any]]:
    """The part and all parts inside it, outermost first, with their paths."""
    yield path, part
    for name, field in type(part).model_fields.items():
        yield from _inside(getattr(part, name), join_path(path, key_of(name, field)))


def _inside(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Part):
        yield from walk(value, path)
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _inside(item, join_path(path, index))
    elif isinstance(value, dict):
        for key, item in value.items():
            if isinstance(item, Part):
                yield from walk(item, join_path(path, str(key)))

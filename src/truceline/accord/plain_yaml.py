"""YAML 1.2 text to plain data with the line of every part, in one guarded pass.

The text is untrusted: anchors and aliases (which can multiply a file a billion times), tags, merge keys,
further documents, very deep and very large files are refused, and duplicate keys are faults rather than a
silent last-one-wins. Dates stay text, so that the model alone says what a date is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceStartEvent,
)
from ruamel.yaml.nodes import ScalarNode

from truceline.core.errors import Fault, InvalidAccord
from truceline.core.input_files import read_whole
from truceline.core.limits import ACCORD_BYTES as MAX_BYTES
from truceline.core.limits import ACCORD_DEPTH as MAX_DEPTH
from truceline.core.limits import ACCORD_PARTS as MAX_PARTS
from truceline.core.limits import KEY_CHARACTERS

LONGEST_NUMBER = 400
"""Characters of a number: more than any number of 64 bits needs."""

_STR = "tag:yaml.org,2002:str"
_NO_TEXT = re.compile("[\x00\ud800-\udfff]")


@dataclass(slots=True)
class PlainDocument:
    """Plain data (dict, list, str, int, float, bool, None) and the line, from 1, of every path in it."""

    data: Any = None
    lines: dict[str, int] = field(default_factory=dict)


def join_path(path: str, key: str | int) -> str:
    """The path of a child: ``provisions`` and 2 give ``provisions[2]``; ``a`` and ``b`` give ``a.b``."""
    if isinstance(key, int):
        return f"{path}[{key}]"
    return f"{path}.{key}" if path else key


def read_text(path: Path) -> str:
    """The text of a file. Raises NotFound, or InvalidAccord for a folder, a huge or a binary file."""
    source = str(path)
    raw = read_whole(path, MAX_BYTES, error=InvalidAccord, accepted="one file in YAML or JSON")
    return decode(raw, source)


def decode(raw: bytes, source: str) -> str:
    """UTF-8 bytes as text, without a byte order mark. Raises InvalidAccord."""
    if b"\0" in raw:
        raise InvalidAccord.of_faults(
            [Fault("is a binary file; an accord is text in UTF-8 (YAML or JSON)", source=source)]
        )
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        fault = Fault("is not text in UTF-8", source=source, line=line, found=f"byte {raw[error.start]:#04x}")
        raise InvalidAccord.of_faults([fault]) from error


def parse(text: str, source: str) -> PlainDocument:
    """Plain data of a YAML (or JSON) text. Raises InvalidAccord with every fault found until then."""
    builder = _Builder(source)
    if len(text) > MAX_BYTES:
        raise builder.refusal(f"is {len(text):,} characters long; at most {MAX_BYTES:,} are read", 1)
    try:
        for event in YAML(typ="safe", pure=True).parse(text):
            builder.take(event)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark is not None else None
        builder.faults.append(Fault(_plain_words(error), source=source, line=line, code="yaml"))
    except YAMLError as error:
        # A character that YAML does not allow is reported by its offset and code.
        position, character = getattr(error, "position", None), getattr(error, "character", None)
        line = text.count("\n", 0, position) + 1 if isinstance(position, int) else None
        message = "holds a character that is not allowed in YAML"
        found = f"U+{character:04X}" if isinstance(character, int) else None
        builder.faults.append(Fault(message, source=source, line=line, found=found, code="yaml"))
    if builder.faults:
        raise InvalidAccord.of_faults(builder.faults)
    return builder.document


def _plain_words(error: MarkedYAMLError) -> str:
    problem = str(error.problem or error.context or "is not YAML").strip()
    if "'\\t'" in problem:
        return "a tab stands where YAML wants spaces; indent with spaces"
    context = f" ({error.context})" if error.problem and error.context else ""
    return f"is not YAML: {problem}{context}"


@dataclass(slots=True)
class _Frame:
    """A mapping or sequence that is being read."""

    path: str
    value: dict[str, Any] | list[Any]
    key: str | None = None


class _Builder:
    """Builds plain data from YAML events."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.document = PlainDocument()
        self.faults: list[Fault] = []
        self._stack: list[_Frame] = []
        self._documents = 0
        self._parts = 0
        yaml = YAML(typ="safe", pure=True)
        self._resolver = yaml.resolver
        self._constructor = yaml.constructor

    def refusal(self, message: str, line: int, path: str | None = None) -> InvalidAccord:
        """The fault that ends reading, with those found before it."""
        fault = Fault(message, source=self.source, line=line, path=path, code="yaml")
        return InvalidAccord.of_faults([*self.faults, fault])

    def take(self, event: Event) -> None:
        """Takes in the next event."""
        line = event.start_mark.line + 1
        if isinstance(event, DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                raise self.refusal("a second document begins; an accord is one document", line)
        elif isinstance(event, NodeEvent):
            self._node(event, line)
        elif self._stack and type(event).__name__ in ("MappingEndEvent", "SequenceEndEvent"):
            self._stack.pop()

    def _node(self, event: NodeEvent, line: int) -> None:
        self._parts += 1
        if self._parts > MAX_PARTS:
            raise self.refusal(f"has more than {MAX_PARTS:,} parts", line)
        if isinstance(event, AliasEvent) or event.anchor is not None:
            raise self.refusal("anchors (&) and aliases (*) are not accepted: write every part out", line)
        if isinstance(event, ScalarEvent):
            self._scalar(event, line)
            return
        tag = getattr(event, "tag", None)
        if tag is not None:
            raise self.refusal(f"the tag {tag} is not accepted", line)
        if self._expects_key():
            raise self.refusal("a key must be one word, not a list or a mapping", line)
        if len(self._stack) >= MAX_DEPTH:
            raise self.refusal(f"is nested more than {MAX_DEPTH} levels deep", line)
        value: dict[str, Any] | list[Any] = {} if isinstance(event, MappingStartEvent) else []
        if not isinstance(event, MappingStartEvent | SequenceStartEvent):
            return
        self._stack.append(_Frame(self._place(value, line), value))

    def _expects_key(self) -> bool:
        return bool(self._stack) and isinstance(self._stack[-1].value, dict) and self._stack[-1].key is None

    def _scalar(self, event: ScalarEvent, line: int) -> None:
        if self._expects_key():
            self._key(event, line)
        else:
            self._place(self._value(event, line), line)

    def _key(self, event: ScalarEvent, line: int) -> None:
        frame = self._stack[-1]
        key = str(event.value)
        if len(key) > KEY_CHARACTERS:
            raise self.refusal(f"a key is longer than {KEY_CHARACTERS} characters: {key[:40]!r}…", line)
        self._text(key, line)
        path = join_path(frame.path, key)
        if key == "<<" and event.implicit[0]:
            raise self.refusal("merge keys (<<) are not accepted: write every part out", line)
        if key in frame.value:
            first = self.document.lines.get(path)
            self.faults.append(
                Fault(
                    f"the key {key!r} stands twice, first on line {first}",
                    source=self.source,
                    line=line,
                    path=path,
                    code="duplicate-key",
                )
            )
        frame.key = key
        self.document.lines.setdefault(path, line)

    def _place(self, value: Any, line: int) -> str:
        if not self._stack:
            self.document.data = value
            self.document.lines[""] = line
            return ""
        frame = self._stack[-1]
        if isinstance(frame.value, dict):
            key = frame.key or ""
            frame.value[key] = value
            frame.key = None
            return join_path(frame.path, key)
        path = join_path(frame.path, len(frame.value))
        frame.value.append(value)
        self.document.lines[path] = line
        return path

    def _text(self, text: str, line: int) -> str:
        # Escapes such as "\\ud800" and "\\0" get past what YAML says of characters.
        if _NO_TEXT.search(text):
            raise self.refusal("holds a NUL or half of a surrogate pair, which is no text", line)
        return text

    def _value(self, event: ScalarEvent, line: int) -> Any:
        if event.tag is not None and event.tag != _STR:
            raise self.refusal(f"the tag {event.tag} is not accepted", line)
        tag = event.tag or str(self._resolver.resolve(ScalarNode, event.value, event.implicit))
        kind = tag.removeprefix("tag:yaml.org,2002:")
        if kind not in ("null", "bool", "int", "float"):
            return self._text(str(event.value), line)
        if kind == "null":
            return None
        if len(event.value) > LONGEST_NUMBER:
            raise self.refusal(f"cannot be read as a number: {event.value[:40]}…", line)
        node = ScalarNode(tag, event.value)
        try:
            return getattr(self._constructor, f"construct_yaml_{kind}")(node)
        except (ValueError, OverflowError):
            raise self.refusal(f"cannot be read as a number: {event.value[:40]}", line) from None

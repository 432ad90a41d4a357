"""What pydantic finds wrong, as faults with line and path, in words for the person who wrote the file."""

from __future__ import annotations

import re
import types
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from rapidfuzz import fuzz, process

from truceline.accord.model import Accord
from truceline.accord.plain_yaml import join_path
from truceline.core.errors import Fault

_ID = "lower-case letters, digits, dot, hyphen and underscore, as in line-2014"


def did_you_mean(word: str, accepted: Iterable[str]) -> str | None:
    """The accepted word that is meant, where one is close enough."""
    best = process.extractOne(word, list(accepted), scorer=fuzz.ratio, score_cutoff=60)
    return None if best is None else str(best[0])


def line_of(path: str, lines: Mapping[str, int]) -> int | None:
    """The line of a path, or of the nearest part around it that stands in the text."""
    while path not in lines:
        if not path:
            return None
        path = re.sub(r"(\[\d+\]|\.?[^.\[\]]+)$", "", path) if not path.endswith(".") else path[:-1]
    return lines[path]


def faults_of(error: ValidationError, data: Any, lines: Mapping[str, int], source: str) -> list[Fault]:
    """One fault a place, in the order of the text."""
    found: dict[str, Fault] = {}
    for detail in error.errors(include_url=False):
        path = _path(detail, data)
        fault = _fault(detail, path, line_of(path, lines), source)
        earlier = found.get(path)
        if earlier is None:
            found[path] = fault
        elif earlier.message != fault.message and earlier.accepted is None and fault.accepted is not None:
            # The branches of a union each complain; the one that can say what it accepts helps most.
            found[path] = fault
    return sorted(found.values(), key=lambda fault: (fault.line or 0, fault.path or ""))


def _path(detail: ErrorDetails, data: Any) -> str:
    """The place in the text: pydantic's location without the names of union branches and of shorthands."""
    path, here = "", data
    location = detail["loc"]
    named = detail["type"] in ("missing", "extra_forbidden")
    for number, step in enumerate(location):
        if number == 2 and location[0] == "provisions":
            continue  # the kind that chose the class
        if isinstance(here, dict) and step in here:
            path, here = join_path(path, step), here[str(step)]
        elif isinstance(here, list) and isinstance(step, int) and step < len(here):
            path, here = join_path(path, step), here[step]
        elif named and number == len(location) - 1:
            path = join_path(path, step)
    if detail["type"].startswith("union_tag"):
        path = join_path(path, "kind")
    return path


def _fault(detail: ErrorDetails, path: str, line: int | None, source: str) -> Fault:
    message, accepted = _words(detail)
    shown = detail["input"]
    if detail["type"].startswith("union_tag"):
        shown = shown.get("kind") if isinstance(shown, dict) else shown
    quiet = detail["type"] in ("missing", "extra_forbidden", "value_error", "union_tag_not_found")
    found = None if quiet or isinstance(shown, dict | list) else repr(shown)[:80]
    return Fault(
        message, source=source, line=line, path=path or None, found=found, accepted=accepted, code="schema"
    )


def _words(detail: ErrorDetails) -> tuple[str, str | None]:
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "extra_forbidden":
        keys = accepted_keys(detail["loc"][:-1])
        key = str(detail["loc"][-1])
        near = did_you_mean(key, keys)
        hint = f"; did you mean {near!r}?" if near else ""
        return f"unknown key {key!r}{hint}", ", ".join(keys) or None
    if kind == "missing":
        return "is missing", None
    if kind in ("literal_error", "enum", "union_tag_invalid", "union_tag_not_found"):
        words = re.findall(r"'([^']*)'", str(context.get("expected") or context.get("expected_tags") or ""))
        if kind == "union_tag_not_found":
            words = list(_kinds())
        tag = context.get("tag") if kind == "union_tag_invalid" else detail["input"]
        near = did_you_mean(tag, words) if isinstance(tag, str) else None
        hint = f"; did you mean {near!r}?" if near else ""
        message = (
            "is missing" if kind == "union_tag_not_found" else f"is not one of the words accepted here{hint}"
        )
        return message, ", ".join(words) or str(context.get("expected"))
    if kind == "string_pattern_mismatch":
        pattern = str(context.get("pattern"))
        if pattern.startswith("^[a-z0-9]["):
            return "is not an id", _ID
        return "does not have the form that is wanted", _PATTERNS.get(pattern, f"text like {pattern}")
    if kind == "value_error":
        return str(detail["msg"]).removeprefix("Value error, "), None
    if kind in ("model_type", "model_attributes_type", "dict_type"):
        return "is not a mapping of keys to values", None
    if kind.startswith("date"):
        return "is not a day or instant of the calendar", "as in 2018-10-15 or 2018-10-15T12:00:00Z"
    if kind == "string_type":
        return "is not text", "text; a number or true/false that is meant as text stands in quotes"
    if kind in ("tuple_type", "list_type"):
        return "is not a list", "a list: items that each begin with '- '"
    message = str(detail["msg"])
    plain = message.removeprefix("Input should be ").removeprefix("String should have ")
    if plain != message:
        return "cannot be used", plain
    return message[0].lower() + message[1:], None


_PATTERNS = {
    "^[0-9a-f]{64}$": "64 hexadecimal digits (sha256sum prints them)",
    "^(depth|width)$": "depth, width",
}


def _kinds() -> tuple[str, ...]:
    return tuple(
        kind for model in _models(Accord.model_fields["provisions"].annotation) for kind in _tags(model)
    )


def _tags(model: type[BaseModel]) -> tuple[str, ...]:
    kind = model.model_fields.get("kind")
    if kind is None or get_origin(kind.annotation) is not Literal:
        return ()
    return tuple(str(word) for word in get_args(kind.annotation))


def _models(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    origin = get_origin(annotation)
    if origin is Annotated:
        return _models(get_args(annotation)[0])
    if origin in (Union, types.UnionType, tuple, list, dict):
        return [model for part in get_args(annotation) for model in _models(part)]
    return []


def accepted_keys(location: tuple[int | str, ...]) -> tuple[str, ...]:
    """The keys that are accepted at a place of the document, as they are written in the file."""
    current: list[type[BaseModel]] = [Accord]
    for step in location:
        if isinstance(step, int):
            continue
        tagged = [model for model in current if step in _tags(model)]
        if tagged:
            current = tagged
            continue
        inner = [
            below
            for model in current
            for name, field in model.model_fields.items()
            if step in (name, field.alias)
            for below in _models(field.annotation)
        ]
        if inner:
            current = inner
    return tuple(
        dict.fromkeys(field.alias or name for m in current for name, field in m.model_fields.items())
    )

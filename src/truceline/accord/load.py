"""Reading accord files: text to model, with every fault at once and the line of every part."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

from truceline.accord import formats
from truceline.accord.faults import faults_of
from truceline.accord.model import Accord
from truceline.accord.plain_yaml import parse, read_text
from truceline.core.errors import Fault, InvalidAccord


class Positions(dict[str, int]):
    """The line, from 1, of every path such as ``provisions[2].due``; `text` is what they stand in."""

    def __init__(self, lines: dict[str, int], text: str, source: str) -> None:
        super().__init__(lines)
        self.text = text
        self.source = source


class Document(NamedTuple):
    """An accord and where its parts stand in its file."""

    accord: Accord
    positions: Positions


def load_accord(path: Path | str) -> Accord:
    """The accord of a file. Raises NotFound, or InvalidAccord with a fault for everything that is wrong.

    What single parts say is checked here; whether they agree with one another, `truceline.accord.lint` says.
    """
    return load_document(path).accord


def load_document(path: Path | str) -> Document:
    """The accord of a file and the line of every part. Raises as `load_accord` does."""
    path = Path(path)
    return read_document(read_text(path), str(path))


def read_document(text: str, source: str = "accord.yaml") -> Document:
    """The accord of a YAML (or JSON) text; `source` names the text in faults. Raises InvalidAccord."""
    plain = parse(text, source)
    if plain.data is None:
        raise InvalidAccord.of_faults(
            [Fault("is empty", source=source, accepted="a mapping that begins with 'accord:'")]
        )
    return Document(accord_of(plain.data, plain.lines, source), Positions(plain.lines, text, source))


def accord_of(data: Any, lines: dict[str, int] | None = None, source: str = "accord") -> Accord:
    """The accord of plain data as `parse` gives it. Raises InvalidAccord with all faults."""
    lines = lines or {}
    if not isinstance(data, dict):
        kind = "a list" if isinstance(data, list) else "a single value"
        raise InvalidAccord.of_faults(
            [
                Fault(
                    "is not an accord",
                    source=source,
                    line=lines.get(""),
                    found=kind,
                    accepted="a mapping of keys",
                )
            ]
        )
    try:
        return Accord.model_validate(formats.migrate(data))
    except ValidationError as error:
        raise InvalidAccord.of_faults(faults_of(error, data, lines, source)) from error
    except ValueError as error:
        fault = Fault(str(error), source=source, line=lines.get("format"), path="format", code="format")
        raise InvalidAccord.of_faults([fault]) from error

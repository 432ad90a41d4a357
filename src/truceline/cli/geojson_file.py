"""The GeoJSON file that a command writes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from truceline.cli.output import say
from truceline.core.errors import InvalidInput

Output = Annotated[Path | None, typer.Option("-o", "--output", help="Write the result to this GeoJSON file.")]


def write_document(path: Path, document: dict[str, Any]) -> None:
    """Writes a GeoJSON document to a file and says so. Raises InvalidInput where that cannot be done."""
    try:
        path.write_text(json.dumps(document, ensure_ascii=False) + "\n", encoding="utf-8")
    except OSError as error:
        raise InvalidInput(f"{path} cannot be written: {error.strerror}") from error
    say(f"wrote {path}")

"""Reads a document into text: plain text, HTML, PDF or DOCX, told apart by content and then by name."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from truceline.core.errors import InvalidInput
from truceline.core.input_files import read_whole
from truceline.core.limits import (
    DOCUMENT_BYTES,
    DOCUMENT_CHARACTERS,
    DOCUMENT_SECONDS,
)
from truceline.draft import parsing_apart

ACCEPTED = "plain text, HTML, PDF or DOCX"
_PACKED = {
    "pdf": (b"%PDF-", "application/pdf"),
    "docx": (b"PK\x03\x04", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
}


@dataclass(frozen=True, slots=True)
class DocumentText:
    """The text of a document, its media type and, where the document says one, its title.

    For plain text `text` is the file's own content, so that quotes point into the file itself; for the other
    formats it is what was extracted, and is stored beside the draft.
    """

    text: str
    media_type: str
    title: str | None = None


def read_document(path: Path | str) -> DocumentText:
    """The text of a file. Raises NotFound, or InvalidInput for a file of another or broken format."""
    path = Path(path)
    data = read_whole(path, DOCUMENT_BYTES, accepted=f"a file with {ACCEPTED}")
    return read_bytes(data, str(path))


def read_bytes(data: bytes, name: str) -> DocumentText:
    """The text of a document's bytes; `name` is used in messages and as a hint of its format."""
    if len(data) > DOCUMENT_BYTES:
        raise InvalidInput(f"{name} has {len(data):,} bytes; accepted: up to {DOCUMENT_BYTES:,}")
    for kind, (start, media_type) in _PACKED.items():
        if data.startswith(start):
            return _read_apart(data, name, kind, media_type)
    text = _decode(data, name)
    if len(text) > DOCUMENT_CHARACTERS:
        found = f"{len(text):,} characters"
        raise InvalidInput(f"{name} is too long: found {found}; accepted: up to {DOCUMENT_CHARACTERS:,}")
    head = text[:2000].lstrip().lower()
    if name.lower().endswith((".html", ".htm", ".xhtml")) or head.startswith(("<!doctype html", "<html")):
        return _read_apart(text.encode(), name, "html", "text/html")
    return DocumentText(text, "text/plain")


def _read_apart(data: bytes, name: str, kind: str, media_type: str) -> DocumentText:
    """Reads a document in a process of its own, which may use so much time and memory and no more.

    Their readers are large, and a file can be made to keep them busy for ever, or to bring them down.
    """
    script = [sys.executable, "-I", parsing_apart.__file__, kind]
    shown = kind.upper()
    try:
        done = subprocess.run(
            script, input=data, capture_output=True, timeout=10 * DOCUMENT_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise InvalidInput(f"{name} cannot be read as {shown}: it takes too long") from error
    answer = _answer(done)
    if "refused" in answer:
        raise InvalidInput(
            f"{name} cannot be read as {shown}: {answer['refused']}; accepted: {ACCEPTED}",
            hint=answer.get("hint"),
        )
    return DocumentText(answer["text"], media_type, answer["title"])


def _answer(done: subprocess.CompletedProcess[bytes]) -> dict[str, Any]:
    if done.returncode < 0:
        return {"refused": "it takes too long, too much memory, or brings its reader down"}
    try:
        return dict(json.loads(done.stdout))
    except ValueError:
        detail = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
        return {"refused": f"its reader ended without an answer ({detail[:200]})"}


def _decode(data: bytes, name: str) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    if b"\x00" in data:
        raise InvalidInput(f"{name} is not a text; accepted: {ACCEPTED}")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    text = data.decode("cp1252", "replace")
    odd = sum(1 for c in text[:5000] if (ord(c) < 32 and c not in "\n\r\t\f") or c == "\ufffd")
    if odd > 5:
        raise InvalidInput(f"{name} is not a text in UTF-8, UTF-16 or Windows-1252; accepted: {ACCEPTED}")
    return text

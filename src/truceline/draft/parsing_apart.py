"""The text of an HTML page, a PDF or a DOCX: run as a process of its own, within limits of time and memory.

    python parsing_apart.py html|pdf|docx < DOCUMENT

Writes one JSON object: `text` and `title`, or `refused` (why, and perhaps a `hint`). Anybody may have made
the document: it may be packed a thousandfold, be nested without end or refer to other files. Entities and
other files are never resolved, and nothing is written.
"""

from __future__ import annotations

import io
import json
import re
import resource
import sys
import zipfile
from typing import Any

from truceline.core.limits import (
    DOCUMENT_CHARACTERS,
    DOCUMENT_DEPTH,
    DOCUMENT_ELEMENTS,
    DOCUMENT_MEMORY_BYTES,
    DOCUMENT_PAGES,
    DOCUMENT_PARTS,
    DOCUMENT_SECONDS,
    DOCUMENT_UNPACKED_BYTES,
)

ARTICLES = 20
"""Of articles on a page: beyond, it is a list of them, and no one is the text that was meant."""
_BLOCKS = "p,div,li,h1,h2,h3,h4,h5,h6,tr,blockquote,section,article,pre,dt,dd,figcaption,td,th,ul,ol,table"
_NO_XML = (b"<!DOCTYPE", b"<!ENTITY")
_OTHER_UNICODE = (b"\xff\xfe", b"\xfe\xff", b"\x00<", b"<\x00", b"\x4c\x6f\xa7\x94")


class Refused(ValueError):
    """Why a document is not read."""

    def __init__(self, why: str, hint: str | None = None) -> None:
        super().__init__(why)
        self.hint = hint


def text_of(kind: str, data: bytes) -> tuple[str, str | None]:
    """Text and title of an ``html`` (in UTF-8), ``pdf`` or ``docx``. Raises Refused."""
    try:
        text, title = {"html": _html, "pdf": _pdf, "docx": _docx}[kind](data)
    except Refused:
        raise
    except MemoryError:
        raise Refused("it takes too much memory") from None
    except Exception as error:
        # Readers of such formats raise whatever a broken file leads them to: KeyError, AttributeError, ...
        raise Refused(f"{type(error).__name__}: {str(error)[:200]}") from error
    return _unicode(text), _unicode(title)[:500] if title else None


def _html(data: bytes) -> tuple[str, str | None]:
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(data)
    _need_measure(tree.root)
    title = tree.css_first("title")
    titled = " ".join(title.text().split()) if title is not None else None
    for node in tree.css("script,style,noscript,template,nav,header nav,footer,aside,form,button,svg,head"):
        node.decompose()
    articles = tree.css("article") or tree.css("main")
    few = articles if len(articles) <= ARTICLES else []
    root = max(few, key=lambda node: len(node.text()), default=None)
    if root is None or len(root.text()) < 0.4 * len(tree.body.text() if tree.body is not None else ""):
        root = tree.body
    if root is None:
        return "", titled
    for node in root.css("br"):
        node.replace_with("\n")
    for node in root.css(_BLOCKS):
        node.insert_before("\n\n")
        node.insert_after("\n\n")
    # Within a paragraph of HTML a line break is a blank; only ours (doubled, or from <br>) are meant.
    raw = root.text(deep=True)
    paragraphs = (" ".join(part.split()) for part in re.split(r"\n\s*\n", raw))
    return "\n\n".join(p for p in paragraphs if p) + "\n", titled or None


def _need_measure(root: Any) -> None:
    """Refuses pages of more elements, or nested deeper, than any page that people read."""
    elements, depth, node = 0, 0, root
    while node is not None:
        elements += 1
        if elements > DOCUMENT_ELEMENTS or depth > DOCUMENT_DEPTH:
            raise Refused(
                f"its elements are more than {DOCUMENT_ELEMENTS:,}, or nested deeper than "
                f"{DOCUMENT_DEPTH} levels"
            )
        below = node.child
        if below is not None:
            node, depth = below, depth + 1
            continue
        while node is not None and node.next is None:
            node, depth = node.parent, depth - 1
            if depth <= 0:
                return
        node = node.next if node is not None else None


def _pdf(data: bytes) -> tuple[str, str | None]:
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(data))
    pages, length = [], 0
    if reader.get_num_pages() > DOCUMENT_PAGES:
        raise Refused(f"it has more than {DOCUMENT_PAGES:,} pages")
    for page in reader.pages:
        pages.append(page.extract_text())
        length += len(pages[-1])
        _need_length(length)
    title = reader.metadata.title if reader.metadata is not None else None
    text = "\n".join(pages)
    if not text.strip():
        raise Refused(
            "it holds no text, perhaps only scanned pages",
            hint="run it through text recognition (for instance ocrmypdf) first",
        )
    # A word broken over a line end is joined; the lines themselves stay, the reader joins them.
    return re.sub(r"(?<=[a-z])-\n(?=[a-z])", "", text), str(title) if title else None


def _docx(data: bytes) -> tuple[str, str | None]:
    import docx
    from docx.table import Table
    from docx.text.paragraph import Paragraph

    _look_into(data)
    document = docx.Document(io.BytesIO(data))
    lines: list[str] = []
    length = 0
    for part in document.iter_inner_content():
        if isinstance(part, Paragraph):
            style = (part.style.name or "") if part.style is not None else ""
            text = part.text.strip()
            lines.append(f"- {text}" if text and style.startswith("List") else text)
            length += len(text)
        elif isinstance(part, Table):
            for row in part.rows:
                lines.append("; ".join(cell.text.strip() for cell in row.cells))
                length += len(lines[-1])
                _need_length(length)
        _need_length(length)
    return "\n\n".join(line for line in lines if line) + "\n", document.core_properties.title or None


def _look_into(data: bytes) -> None:
    """Refuses a package that unpacks beyond measure, leaves its folder or declares entities."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        members = package.infolist()
        if len(members) > DOCUMENT_PARTS:
            raise Refused(f"it holds more than {DOCUMENT_PARTS:,} parts")
        # What is unpacked of a member is never more than it says here.
        if sum(member.file_size for member in members) > DOCUMENT_UNPACKED_BYTES:
            raise Refused(f"it unpacks to more than {DOCUMENT_UNPACKED_BYTES:,} bytes")
        names = [member.filename for member in members]
        if len(set(names)) < len(names):
            raise Refused("a part stands twice in it")
        for name in names:
            if name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name):
                raise Refused(f"a part leads out of it: {name[:80]!r}")
            if name.endswith((".xml", ".rels")):
                raw = package.read(name)
                if raw.startswith(_OTHER_UNICODE) or any(sign in raw for sign in _NO_XML):
                    raise Refused(f"{name[:80]!r} declares a document type or entities, or is not UTF-8")


def _need_length(length: int) -> None:
    if length > DOCUMENT_CHARACTERS:
        raise Refused(f"its text is longer than {DOCUMENT_CHARACTERS:,} characters")


def _unicode(text: str) -> str:
    # Halves of surrogate pairs and NUL, which both formats can be made to hold, are no text.
    return text.encode("utf-8", "replace").decode("utf-8").replace("\x00", "\ufffd")


def main(kind: str) -> None:
    """Reads standard input, answers on standard output."""
    resource.setrlimit(resource.RLIMIT_CPU, (DOCUMENT_SECONDS, DOCUMENT_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (DOCUMENT_MEMORY_BYTES, DOCUMENT_MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        text, title = text_of(kind, sys.stdin.buffer.read())
        answer = {"text": text, "title": title}
    except Refused as error:
        answer = {"refused": str(error), "hint": error.hint}
    sys.stdout.buffer.write(json.dumps(answer).encode())


if __name__ == "__main__":
    main(sys.argv[1])

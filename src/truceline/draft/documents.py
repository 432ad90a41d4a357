"""Reads a document into text: plain text, HTML, PDF or DOCX, told apart by content and then by name."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

from truceline.core.errors import InvalidInput, NotFound

MAX_BYTES = 50_000_000
ACCEPTED = "plain text, HTML, PDF or DOCX"
_BLOCKS = "p,div,li,h1,h2,h3,h4,h5,h6,tr,blockquote,section,article,pre,dt,dd,figcaption,td,th,ul,ol,table"


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
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise InvalidInput(f"{path} is a folder; accepted: a file with {ACCEPTED}")
        if size > MAX_BYTES:
            raise InvalidInput(f"{path} has {size:,} bytes; accepted: up to {MAX_BYTES:,}")
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise NotFound(f"{path}: no such file") from error
    except OSError as error:
        raise InvalidInput(f"{path} cannot be read: {error.strerror or error}") from error
    return read_bytes(data, str(path))


def read_bytes(data: bytes, name: str) -> DocumentText:
    """The text of a document's bytes; `name` is used in messages and as a hint of its format."""
    if data.startswith(b"%PDF-"):
        return _pdf(data, name)
    if data.startswith(b"PK\x03\x04"):
        return _docx(data, name)
    text = _decode(data, name)
    head = text[:2000].lstrip().lower()
    if name.lower().endswith((".html", ".htm", ".xhtml")) or head.startswith(("<!doctype html", "<html")):
        return _html(text)
    return DocumentText(text, "text/plain")


def _decode(data: bytes, name: str) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    if b"\x00" in data[:4096]:
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


def _html(source: str) -> DocumentText:
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(source)
    title = tree.css_first("title")
    name = " ".join(title.text().split()) if title is not None else None
    for node in tree.css("script,style,noscript,template,nav,header nav,footer,aside,form,button,svg,head"):
        node.decompose()
    articles = tree.css("article") or tree.css("main")
    root = max(articles, key=lambda node: len(node.text()), default=None) if articles else None
    if root is None or len(root.text()) < 0.4 * len(tree.body.text() if tree.body is not None else ""):
        root = tree.body
    if root is None:
        return DocumentText("", "text/html", name)
    for node in root.css("br"):
        node.replace_with("\n")
    for node in root.css(_BLOCKS):
        node.insert_before("\n\n")
        node.insert_after("\n\n")
    # Within a paragraph of HTML a line break is a blank; only ours (doubled, or from <br>) are meant.
    raw = root.text(deep=True)
    paragraphs = (" ".join(part.split()) for part in re.split(r"\n\s*\n", raw))
    return DocumentText("\n\n".join(p for p in paragraphs if p) + "\n", "text/html", name or None)


def _pdf(data: bytes, name: str) -> DocumentText:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(data))
        pages = [page.extract_text() for page in reader.pages]
        title = reader.metadata.title if reader.metadata is not None else None
    except (PyPdfError, ValueError, KeyError, OSError, RecursionError, TypeError, AttributeError) as error:
        raise InvalidInput(f"{name} cannot be read as PDF: {error}") from error
    text = "\n".join(pages)
    if not text.strip():
        raise InvalidInput(
            f"{name} holds no text, perhaps only scanned pages",
            hint="run it through text recognition (for instance ocrmypdf) first",
        )
    # A word broken over a line end is joined; the lines themselves stay, the reader joins them.
    text = re.sub(r"(?<=[a-z])-\n(?=[a-z])", "", text)
    return DocumentText(text, "application/pdf", str(title) if title else None)


def _docx(data: bytes, name: str) -> DocumentText:
    import docx
    from docx.opc.exceptions import PackageNotFoundError
    from docx.table import Table
    from docx.text.paragraph import Paragraph

    try:
        document = docx.Document(io.BytesIO(data))
    except (PackageNotFoundError, KeyError, ValueError, zipfile.BadZipFile, OSError) as error:
        raise InvalidInput(f"{name} cannot be read as DOCX; accepted: {ACCEPTED}") from error
    lines: list[str] = []
    for part in document.iter_inner_content():
        if isinstance(part, Paragraph):
            style = (part.style.name or "") if part.style is not None else ""
            text = part.text.strip()
            lines.append(f"- {text}" if text and style.startswith("List") else text)
        elif isinstance(part, Table):
            lines += ["; ".join(cell.text.strip() for cell in row.cells) for row in part.rows]
    return DocumentText(
        "\n\n".join(line for line in lines if line) + "\n",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        document.core_properties.title or None,
    )

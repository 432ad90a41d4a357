"""The readers of documents to draft from, as functions of bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping

from fuzzing.target import CELLS, Read, Target, files_of
from truceline.core.errors import TrucelineError


def _document(kind: str) -> Read:
    def read(data: bytes) -> None:
        from truceline.draft.parsing_apart import text_of

        text, title = text_of(kind, data)
        (text + (title or "")).encode()

    return read


def _plain(data: bytes) -> None:
    from truceline.draft.documents import _decode

    _decode(data, "text.txt").encode()


def _pdf_seeds() -> list[bytes]:
    import zlib

    seeds = []
    for packed in (False, True):
        stream = b"BT /F1 12 Tf 14 TL 72 720 Td (The Parties shall withdraw all tanks.) Tj T* ET"
        more = b" /Filter /FlateDecode" if packed else b""
        stream = zlib.compress(stream) if packed else stream
        objects = [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
            b"/Resources << /Font << /F1 5 0 R >> >> >>",
            b"<< /Length %d%s >>\nstream\n%s\nendstream" % (len(stream), more, stream),
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        ]
        out, offsets = b"%PDF-1.4\n", []
        for number, body in enumerate(objects, start=1):
            offsets.append(len(out))
            out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
        start = len(out)
        out += b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % at for at in offsets)
        seeds.append(out + b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % start)
    return seeds


DOCX_START = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
DOCX_END = "</w:body></w:document>"


def docx_of(parts: Mapping[str, str | bytes]) -> bytes:
    """The least DOCX that is one, by hand, with these parts in the place of its own or beside them."""
    packages = "http://schemas.openxmlformats.org/package/2006"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    least = {
        "[Content_Types].xml": f'<Types xmlns="{packages}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}.document.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{packages}/relationships"><Relationship Id="r" '
        f'Type="{office}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": DOCX_START + "<w:p><w:r><w:t>The Parties shall withdraw.</w:t></w:r></w:p>"
        "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc><w:p><w:r><w:t>mortars</w:t></w:r>"
        "</w:p></w:tc></w:tr></w:tbl>" + DOCX_END,
    }
    made = io.BytesIO()
    # Stored, not packed: so that a changed byte changes the text.
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for name, text in {**least, **parts}.items():
            archive.writestr(name, text)
    return made.getvalue()


_PAGE = (
    b"<!doctype html><html><head><title>The truce</title></head><body><nav>Home</nav><article><h1>Truce</h1>"
    b"<p>The Parties shall<br>withdraw.</p><ul><li>one<li>two</ul><table><tr><td>a</table>"
    b"</article></body></html>"
)


def document_targets() -> Iterator[tuple[str, Target]]:
    """Name and target of every reader of documents."""
    from truceline.draft.parsing_apart import Refused

    refused = (TrucelineError, Refused)
    yield "document-text", Target(_plain, lambda: files_of("examples/idlib-2018/announcement.txt"), CELLS)
    yield (
        "document-html",
        Target(
            _document("html"),
            lambda: [_PAGE],
            (b"<article>", b"<div>", b"<!--", b"&#0;", b"&#xd800;", b"<table>"),
            refused,
        ),
    )
    yield (
        "document-pdf",
        Target(
            _document("pdf"),
            _pdf_seeds,
            (b" 0 R", b"/Kids", b"/FlateDecode", b"/LZWDecode", b"/Parent", b"stream\n"),
            refused,
        ),
    )
    yield (
        "document-docx",
        Target(
            _document("docx"),
            lambda: [docx_of({})],
            (b"<!DOCTYPE a [", b"<!ENTITY b '", b"&b;", b"<w:p>", b"<w:tbl>"),
            refused,
        ),
    )

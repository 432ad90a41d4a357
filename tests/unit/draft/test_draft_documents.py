from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest

from truceline.core.errors import InvalidInput, NotFound
from truceline.draft.documents import read_bytes, read_document

SENTENCE = "The Parties shall withdraw all tanks by 1 June 2021."


def _pdf(lines: list[str]) -> bytes:
    """A PDF of one page, written by hand so that the reader is not tested against itself."""
    shown = " ".join(f"({line}) Tj T*" for line in lines)
    stream = f"BT /F1 12 Tf 14 TL 72 720 Td {shown} ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out = b"%PDF-1.4\n"
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return out + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)


def test_plain_text_is_the_files_own_content() -> None:
    raw = "  Two\r\nlines \u2019 kept\n"
    assert read_bytes(raw.encode(), "a.txt").text == raw


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_usual_encodings_are_read(encoding: str) -> None:
    assert read_bytes("Caf\u00e9 \u2013 truce".encode(encoding), "a.txt").text == "Caf\u00e9 \u2013 truce"


def test_html_gives_its_paragraphs_without_menus_scripts_and_footers() -> None:
    page = (
        "<!doctype html><html><head><title>The  truce</title><script>var x = 1;</script></head><body>"
        f"<nav>Home About</nav><article><h1>Truce</h1><p>{SENTENCE[:11]}\n   {SENTENCE[12:]}</p>"
        "<ul><li>first</li><li>second</li></ul></article><footer>imprint</footer></body></html>"
    )
    document = read_bytes(page.encode(), "page")
    assert document.media_type == "text/html"
    assert document.title == "The truce"
    assert [line for line in document.text.splitlines() if line] == ["Truce", SENTENCE, "first", "second"]


def test_pdf_text_is_read() -> None:
    document = read_bytes(_pdf([SENTENCE]), "a.pdf")
    assert SENTENCE in document.text
    assert document.media_type == "application/pdf"


def test_docx_paragraphs_and_tables_are_read_in_their_order() -> None:
    file = docx.Document()
    file.add_paragraph(SENTENCE)
    table = file.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "mortars", "8 km"
    file.add_paragraph("Done.")
    buffer = io.BytesIO()
    file.save(buffer)
    assert read_bytes(buffer.getvalue(), "a.docx").text.split("\n\n") == [
        SENTENCE,
        "mortars; 8 km",
        "Done.\n",
    ]


@pytest.mark.parametrize(
    "data",
    [b"\x00\x01\x02binary\x00", b"%PDF-1.4 broken", b"PK\x03\x04not a document", bytes(range(128, 256)) * 20],
)
def test_what_is_no_document_is_refused_with_a_sentence(data: bytes) -> None:
    with pytest.raises(InvalidInput) as caught:
        read_bytes(data, "thing.bin")
    assert "thing.bin" in caught.value.message


def test_a_pdf_without_text_says_so() -> None:
    with pytest.raises(InvalidInput, match="holds no text"):
        read_bytes(_pdf([]), "scan.pdf")


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        read_document(tmp_path / "none.txt")
    with pytest.raises(InvalidInput, match="folder"):
        read_document(tmp_path)

"""A document as PDF, set by Typst: tagged (PDF/UA-1), searchable, with its fonts in it.

The same document gives the same bytes: no clock is read, and only the fonts of this package are used. Typst
is an optional extra (``truceline[report]``).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any, Literal

from truceline.core.bidi import isolated
from truceline.core.errors import DependencyMissing
from truceline.core.shown import shown
from truceline.products.mission.blocks import (
    Block,
    Bullets,
    Cell,
    Code,
    Document,
    Heading,
    PageBreak,
    Paragraph,
    Picture,
    Quote,
    Table,
    Terms,
)

Paper = Literal["a4", "letter"]
PAPERS: tuple[Paper, ...] = ("a4", "letter")
_WORDS = re.compile(r"[^\W\d_]+")
LONG_IN_HEADS = {"ru": 9, "tr": 9}
"""Heads are narrow, and words of these languages long: from so many letters on one may be cut."""
_TYPST_PAPER = {"a4": "a4", "letter": "us-letter"}


def render_pdf(document: Document, paper: Paper = "a4") -> bytes:
    """The document as PDF. Raises DependencyMissing without Typst."""
    given = json.dumps(_plain(document, paper), ensure_ascii=False)
    with _folder() as data:
        return _compile(
            (data / "report.typ").read_bytes(),
            {"document": given},
            fonts=data / "fonts",
            format="pdf",
            pdf_standards=["ua-1"],
            timestamp=document.created,
        )


def render_picture(svg: str, *, dots_per_inch: int = 200) -> bytes:
    """An SVG picture as PNG, with the fonts of this package. Raises DependencyMissing without Typst."""
    source = (
        b"#set page(width: auto, height: auto, margin: 0pt, fill: white)\n"
        b'#image(bytes(sys.inputs.svg), format: "svg")\n'
    )
    with _folder() as data:
        return _compile(source, {"svg": svg}, fonts=data / "fonts", format="png", ppi=float(dots_per_inch))


def _compile(source: bytes, inputs: dict[str, str], *, fonts: Path, **options: Any) -> bytes:
    try:
        import typst
    except ImportError as error:
        raise DependencyMissing(
            "PDF and DOCX reports need Typst, which is not installed",
            hint="pip install 'truceline[report]'; .html needs nothing more",
        ) from error
    made: bytes = typst.compile(
        source, font_paths=[str(fonts)], ignore_system_fonts=True, sys_inputs=inputs, **options
    )
    return made


@contextmanager
def _folder() -> Iterator[Path]:
    with resources.as_file(resources.files("truceline.products.mission") / "data") as data:
        yield data


def _plain(document: Document, paper: Paper) -> dict[str, Any]:
    return {
        "title": _text(document.title),
        "subtitle": _text(document.subtitle),
        "language": document.language,
        "direction": document.direction,
        "running": _text(document.running),
        "edition": _text(document.edition),
        "page_of": _text(document.page_of),
        "made": _text(document.made),
        "id": document.id,
        "paper": _TYPST_PAPER[paper],
        "width_share": 1.0,
        "blocks": [_block(block, document.language) for block in document.blocks],
    }


@lru_cache(maxsize=65536)
def _text(text: str) -> str:
    return isolated(shown(text))


def _cell(cell: Cell) -> dict[str, Any]:
    return {"text": _text(cell.text), "code": cell.code, "strong": cell.strong, "long": _long(cell.text, 12)}


@lru_cache(maxsize=65536)
def _long(text: str, letters: int) -> bool:
    """Whether a word of the text has at least so many letters, and may be cut at the end of a line."""
    return any(len(word) >= letters for word in _WORDS.findall(text))


def _block(block: Block, language: str) -> dict[str, Any]:
    if isinstance(block, Heading):
        return {"type": "heading", "level": block.level, "text": _text(block.text)}
    if isinstance(block, Paragraph):
        return {"type": "paragraph", "style": block.style, "text": _text(block.text)}
    if isinstance(block, Quote):
        code = block.language[:2] if block.language[:2].isalpha() else "en"
        return {
            "type": "quote", "text": _text(block.text), "language": code, "lang": code,
            "source": _text(block.source),
        }  # fmt: skip
    if isinstance(block, Bullets):
        return {"type": "bullets", "items": [_text(item) for item in block.items]}
    if isinstance(block, Terms):
        return {"type": "terms", "pairs": [[_text(term), _cell(cell)] for term, cell in block.pairs]}
    if isinstance(block, Table):
        return {
            "type": "table",
            "caption": _text(block.caption),
            "small": block.small,
            "columns": [
                {
                    "title": _text(one.title),
                    "align": one.align,
                    "share": one.share,
                    "long": _long(one.title, LONG_IN_HEADS.get(language, 12)),
                }
                for one in block.columns
            ],
            "rows": [[_cell(cell) for cell in row] for row in block.rows],
        }
    if isinstance(block, Picture):
        return {
            "type": "picture", "svg": block.svg, "alt": _text(block.alt), "caption": _text(block.caption),
            "width": block.width,
        }  # fmt: skip
    if isinstance(block, Code):
        return {"type": "code", "text": _text(block.text)}
    assert isinstance(block, PageBreak)
    return {"type": "break"}

"""A document in one language, as blocks that every format sets: nothing here knows HTML, PDF or DOCX.

Texts are plain; what is set apart from right-to-left text bears the marks of `truceline.core.bidi`. A cell or
term may carry the identifier of the figure that it shows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Align = Literal["start", "end"]
Style = Literal["text", "lead", "note", "warning", "small"]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 (a section) to 3."""

    level: int
    text: str
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    text: str
    style: Style = "text"


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's words in their own language, and where they stand."""

    text: str
    language: str
    source: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table; `figure` is the id of the figure in it, `code` that it is set as code."""

    text: str
    figure: str = ""
    code: bool = False
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, whether numbers stand at its end, and its share of the width (0: as needed)."""

    title: str
    align: Align = "start"
    share: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose head is repeated on every page. The first cell of a row is its head."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    small: bool = False


@dataclass(frozen=True, slots=True)
class Terms:
    """Terms and what they are, side by side."""

    pairs: tuple[tuple[str, Cell], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """An SVG picture of its own size in points; `alt` says for whom cannot see it what it shows."""

    svg: str
    width: float
    height: float
    alt: str
    caption: str


@dataclass(frozen=True, slots=True)
class Code:
    """Text that is copied as it stands, from left to right."""

    text: str


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins a page."""


Block = Heading | Paragraph | Quote | Bullets | Table | Terms | Picture | Code | PageBreak


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document. `running` stands at the head of every page, `made` says by what and from what."""

    title: str
    subtitle: str
    language: str
    direction: str
    running: str
    edition: str
    page_of: str
    contents: str
    made: str
    created: int
    id: str
    blocks: tuple[Block, ...]

    def texts(self) -> Iterator[str]:
        """Every text of the document, in order."""
        yield from (self.title, self.subtitle, self.edition)
        for block in self.blocks:
            yield from texts_of(block)

    def tables(self) -> Iterator[Table]:
        """Its tables, in order."""
        yield from (block for block in self.blocks if isinstance(block, Table))


def texts_of(block: Block) -> Iterator[str]:
    """The texts of a block, in order."""
    if isinstance(block, Heading | Paragraph | Code):
        yield block.text
    elif isinstance(block, Quote):
        yield from (block.text, block.source)
    elif isinstance(block, Bullets):
        yield from block.items
    elif isinstance(block, Table):
        yield block.caption
        yield from (column.title for column in block.columns)
        yield from (cell.text for row in block.rows for cell in row)
    elif isinstance(block, Terms):
        for term, cell in block.pairs:
            yield from (term, cell.text)
    elif isinstance(block, Picture):
        yield from (block.alt, block.caption)

"""A document as one HTML file that asks nothing of any network. The same document gives the same bytes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from html import escape
from importlib import resources

from truceline.core.bidi import isolated
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

_BREAKS = re.compile(r"(?<=[/:_-])(?=\w)|(?<=^obs-[0-9a-f]{10})")
WBR = "<wbr>"


@lru_cache(maxsize=1)
def _style() -> str:
    folder = resources.files("truceline.products.mission") / "data"
    return (folder / "report.css").read_text(encoding="utf-8")


def text_of(text: str) -> str:
    """A text as HTML: harmless, with its isolates."""
    return escape(isolated(shown(text)))


def render_html(document: Document) -> str:
    """The document as HTML."""
    style = _style()
    # Maps set the direction of their labels by style attributes, which a hash cannot allow.
    policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
    sections = [block for block in document.blocks if isinstance(block, Heading) and block.level == 1]
    links = "".join(
        f'<li><a href="#{escape(section.anchor)}">{text_of(section.text)}</a></li>' for section in sections
    )
    body = "\n".join(_blocks(document))
    return (
        f'<!doctype html>\n<html lang="{document.language}" dir="{document.direction}">\n<head>\n'
        '<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{text_of(document.subtitle)} – {text_of(document.title)}</title>\n<style>{style}</style>\n"
        f'</head>\n<body>\n<header>\n<p class="edition">{text_of(document.edition)}</p>\n'
        f'<h1>{text_of(document.title)}</h1>\n<p class="subtitle">{text_of(document.subtitle)}</p>\n'
        "</header>\n"
        f'<nav aria-label="{text_of(document.contents)}"><ol>{links}</ol></nav>\n<main>\n{body}\n</main>\n'
        f"<footer><p>{text_of(document.made)}</p></footer>\n</body>\n</html>\n"
    )


def _blocks(document: Document) -> Iterator[str]:
    pictures = 0
    for block in document.blocks:
        if isinstance(block, Picture):
            pictures += 1
        yield _block(block, pictures)


def _block(block: Block, pictures: int) -> str:
    if isinstance(block, Heading):
        anchor = f' id="{escape(block.anchor)}"' if block.anchor else ""
        return f"<h{block.level + 1}{anchor}>{text_of(block.text)}</h{block.level + 1}>"
    if isinstance(block, Paragraph):
        return f'<p class="{block.style}">{text_of(block.text)}</p>'
    if isinstance(block, Quote):
        return (
            f'<figure class="quote"><blockquote lang="{escape(block.language)}" dir="auto">'
            f"<p>{text_of(block.text)}</p></blockquote><figcaption>{text_of(block.source)}</figcaption></figure>"
        )
    if isinstance(block, Bullets):
        return "<ul>" + "".join(f"<li>{text_of(item)}</li>" for item in block.items) + "</ul>"
    if isinstance(block, Terms):
        pairs = "".join(
            f"<div><dt>{text_of(term)}</dt><dd>{_cell(cell)}</dd></div>" for term, cell in block.pairs
        )
        return f"<dl>{pairs}</dl>"
    if isinstance(block, Table):
        return _table(block)
    if isinstance(block, Picture):
        # Several pictures stand in one page: what one defines must not be another's.
        svg = block.svg.replace('id="frame"', f'id="frame-{pictures}"').replace(
            "#frame)", f"#frame-{pictures})"
        )
        svg = svg.replace('id="inset"', f'id="inset-{pictures}"').replace("#inset)", f"#inset-{pictures})")
        svg = svg.replace("<svg ", f'<svg role="img" aria-label="{text_of(block.alt)}" ', 1)
        return f"<figure>{svg}<figcaption>{text_of(block.caption)}</figcaption></figure>"
    if isinstance(block, Code):
        return f'<pre dir="ltr">{text_of(block.text)}</pre>'
    assert isinstance(block, PageBreak)
    return '<hr class="page">'


def _cell(cell: Cell) -> str:
    text = text_of(cell.text)
    if cell.code:
        # A line may end behind a separator; nothing is added to what is copied.
        text = f'<code dir="ltr">{_BREAKS.sub(WBR, text)}</code>'
    if cell.strong:
        text = f"<b>{text}</b>"
    return f'<span data-figure="{escape(cell.figure)}">{text}</span>' if cell.figure else text


def _table(table: Table) -> str:
    head = "".join(
        f'<th scope="col" class="{column.align}">{text_of(column.title)}</th>' for column in table.columns
    )
    rows = []
    for row in table.rows:
        cells = [f'<th scope="row" class="{table.columns[0].align}">{_cell(row[0])}</th>']
        cells += [
            f'<td class="{column.align}">{_cell(cell)}</td>'
            for column, cell in zip(table.columns[1:], row[1:], strict=True)
        ]
        rows.append("<tr>" + "".join(cells) + "</tr>")
    kind = ' class="small"' if table.small else ""
    return (
        f'<div class="scroller" tabindex="0" role="region" aria-label="{text_of(table.caption)}">'
        f"<table{kind}>"
        f"<caption>{text_of(table.caption)}</caption><thead><tr>{head}</tr></thead><tbody>\n"
        + "\n".join(rows)
        + "\n</tbody></table></div>"
    )

"""A document as DOCX, for those who go on writing in it. The same document gives the same bytes.

Styles are Word's own, so that its navigation and accessibility checks find headings, captions and tables. In
a right-to-left language every paragraph, run and table says so; what is set apart is a run of its own.
Pictures are pixels here (Word reads no SVG without a raster beside it), with their descriptions.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from truceline.core.bidi import pieces
from truceline.core.shown import shown
from truceline.products.mission.blocks import (
    Block,
    Bullets,
    Cell,
    Code,
    Column,
    Document,
    Heading,
    PageBreak,
    Paragraph,
    Picture,
    Quote,
    Table,
    Terms,
)
from truceline.products.mission.render.pdf import Paper, render_picture

PAGES = {"a4": (Mm(210), Mm(297)), "letter": (Mm(215.9), Mm(279.4))}
TEXT_WIDTH_PT = 480.0
FONT, FONT_RTL, MONO = "Noto Sans", "Noto Naskh Arabic", "DejaVu Sans Mono"
CULTURES = {"en": "en-GB", "ar": "ar-SA", "ru": "ru-RU", "tr": "tr-TR"}
DPI = 200
# What follows these elements among the properties of a run, in the order that the format asks for.
AFTER_DIRECTION = ("w:cs", "w:em", "w:lang", "w:eastAsianLayout", "w:specVanish", "w:oMath")
AFTER_HYPHENATION = (
    "w:consecutiveHyphenLimit", "w:hyphenationZone", "w:doNotHyphenateCaps", "w:defaultTabStop",
    "w:characterSpacingControl", "w:compat", "w:rsids", "w:themeFontLang", "w:clrSchemeMapping",
    "w:decimalSymbol", "w:listSeparator",
)  # fmt: skip
AFTER_SIZE = (
    "w:highlight",
    "w:u",
    "w:effect",
    "w:bdr",
    "w:shd",
    "w:fitText",
    "w:vertAlign",
    "w:rtl",
    *AFTER_DIRECTION,
)
AFTER_BOLD = ("w:i", "w:iCs", "w:caps", "w:color", "w:spacing", "w:kern", "w:sz", "w:szCs", *AFTER_SIZE)
LRM, RLM = "\u200e", "\u200f"


def render_docx(document: Document, paper: Paper = "a4") -> bytes:
    """The document as DOCX. Raises DependencyMissing without Typst, which draws its pictures."""
    writer = _Writer(document, paper)
    writer.front()
    for block in document.blocks:
        writer.block(block)
    writer.end()
    return _same_bytes(writer.saved(), document.created)


class _Writer:
    def __init__(self, document: Document, paper: Paper) -> None:
        self.document = document
        self.rtl = document.direction == "rtl"
        self.word: Any = docx.Document()
        self._set_up(paper)

    # --- what is the same for the whole document --------------------------------------------------------
    def _set_up(self, paper: Paper) -> None:
        section = self.word.sections[0]
        section.orientation = WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = PAGES[paper]
        section.left_margin = section.right_margin = Mm(20)
        section.top_margin, section.bottom_margin = Mm(22), Mm(18)
        if self.rtl:
            section._sectPr.append(OxmlElement("w:bidi"))
        # Long words of Russian and Turkish in narrow columns are cut where the language cuts them.
        settings = self.word.settings.element
        settings.insert_element_before(OxmlElement("w:autoHyphenation"), *AFTER_HYPHENATION)
        normal = self.word.styles["Normal"]
        normal.font.size = Pt(10)
        for name in ("Normal", "Title", "Subtitle", "Heading 1", "Heading 2", "Heading 3", "Caption"):
            self._set_style(self.word.styles[name])
        stamp = datetime.fromtimestamp(self.document.created, UTC)
        core = self.word.core_properties
        core.title, core.subject = _clean(self.document.title), _clean(self.document.subtitle)
        core.author, core.last_modified_by, core.comments = "", "", ""
        core.identifier, core.language = self.document.id, CULTURES[self.document.language]
        core.created = core.modified = stamp.replace(tzinfo=None)
        core.revision = 1
        self._headings(section)

    def _set_style(self, style: Any) -> None:
        properties = style.element.get_or_add_rPr()
        fonts = properties.find(qn("w:rFonts"))
        if fonts is None:
            fonts = OxmlElement("w:rFonts")
            properties.insert(0, fonts)
        for name in list(fonts.attrib):
            del fonts.attrib[name]
        for name in ("ascii", "hAnsi", "eastAsia"):
            fonts.set(qn(f"w:{name}"), FONT)
        fonts.set(qn("w:cs"), FONT_RTL)
        # Letters drawn apart, and slanted ones, tear Arabic words.
        for name in ("w:spacing", "w:kern", "w:i", "w:iCs"):
            for element in properties.findall(qn(name)):
                properties.remove(element)
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), CULTURES[self.document.language])
        language.set(qn("w:bidi"), CULTURES[self.document.language] if self.rtl else "ar-SA")
        properties.append(language)
        if style.font.size is not None:
            size = OxmlElement("w:szCs")
            size.set(qn("w:val"), str(int(style.font.size.pt * 2)))
            properties.append(size)
        style.font.color.rgb = RGBColor(0x1B, 0x1F, 0x23)

    def _headings(self, section: Any) -> None:
        """The running head, and the number of the page at its foot."""
        head = section.header.paragraphs[0]
        self._turn(head)
        self._write(head, f"{self.document.running} · {self.document.edition}", size=8)
        foot = section.footer.paragraphs[0]
        self._turn(foot)
        before, _, rest = self.document.page_of.partition("{page}")
        middle, _, after = rest.partition("{pages}")
        self._write(foot, before, size=8)
        self._field(foot, "PAGE")
        self._write(foot, middle, size=8)
        self._field(foot, "NUMPAGES")
        self._write(foot, f"{after} · ", size=8)
        self._write(foot, self.document.id, size=7, code=True)

    def _field(self, paragraph: Any, name: str) -> None:
        for kind in ("begin", None, "end"):
            run = paragraph.add_run()
            if kind is None:
                text = OxmlElement("w:instrText")
                text.set(qn("xml:space"), "preserve")
                text.text = name
                run._r.append(text)
            else:
                character = OxmlElement("w:fldChar")
                character.set(qn("w:fldCharType"), kind)
                run._r.append(character)
            run.font.size = Pt(8)

    # --- text ---------------------------------------------------------------------------------------------
    def _paragraph(self, style: str | None = None) -> Any:
        paragraph = self.word.add_paragraph(style=style)
        self._turn(paragraph)
        return paragraph

    def _turn(self, paragraph: Any, *, rtl: bool | None = None) -> None:
        if self.rtl if rtl is None else rtl:
            properties = paragraph._p.get_or_add_pPr()
            if properties.find(qn("w:bidi")) is None:
                properties.insert_element_before(
                    OxmlElement("w:bidi"), "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind",
                    "w:contextualSpacing", "w:mirrorIndents", "w:suppressOverlap", "w:jc", "w:rPr",
                )  # fmt: skip

    def _write(
        self, paragraph: Any, text: str, *, size: float | None = None, bold: bool | None = None,
        italic: bool = False, code: bool = False, rtl: bool | None = None,
    ) -> None:  # fmt: skip
        turned = (self.rtl if rtl is None else rtl) and not code
        for piece, rightwards in _runs(text, turned=turned):
            run = paragraph.add_run(piece)
            if size is not None:
                run.font.size = Pt(size)
            run.font.bold = bold
            run.font.italic = italic or None
            if code:
                run.font.name = MONO
            properties = run._r.get_or_add_rPr()
            # Word takes the size and weight of right-to-left letters from elements of their own.
            if bold:
                properties.insert_element_before(OxmlElement("w:bCs"), *AFTER_BOLD)
            if size is not None:
                scaled = OxmlElement("w:szCs")
                scaled.set(qn("w:val"), str(round(size * 2)))
                properties.insert_element_before(scaled, *AFTER_SIZE)
            if rightwards:
                properties.insert_element_before(OxmlElement("w:rtl"), *AFTER_DIRECTION)

    # --- blocks -------------------------------------------------------------------------------------------
    def front(self) -> None:
        paragraph = self._paragraph()
        self._write(paragraph, self.document.edition, bold=True)
        for style, text in (("Title", self.document.title), ("Subtitle", self.document.subtitle)):
            paragraph = self._paragraph(style)
            self._write(paragraph, text)

    def end(self) -> None:
        self._write(self._paragraph(), self.document.made, size=8)

    def block(self, block: Block) -> None:
        if isinstance(block, Heading):
            self._write(self._paragraph(f"Heading {block.level}"), block.text)
        elif isinstance(block, Paragraph):
            size = {"note": 9.0, "small": 8.0}.get(block.style)
            self._write(
                self._paragraph(), block.text, size=size, bold=True if block.style == "warning" else None
            )
        elif isinstance(block, Quote):
            rtl = block.language[:2] in ("ar", "he", "fa", "ur")
            paragraph = self.word.add_paragraph(style="Quote")
            self._turn(paragraph, rtl=rtl)
            self._write(paragraph, block.text, rtl=rtl, italic=not rtl)
            self._write(self._paragraph(), block.source, size=8)
        elif isinstance(block, Bullets):
            for item in block.items:
                self._write(self._paragraph("List Bullet"), item)
        elif isinstance(block, Terms):
            rows = tuple((Cell(term), cell) for term, cell in block.pairs)
            self._table((Column("", share=1), Column("", share=2)), rows, head=False, size=9)
        elif isinstance(block, Table):
            self._write(self._paragraph("Caption"), block.caption)
            self._table(block.columns, block.rows, head=True, size=7.5 if block.small else 8.5)
        elif isinstance(block, Picture):
            self._picture(block)
        elif isinstance(block, Code):
            for line in block.text.rstrip("\n").split("\n"):
                paragraph = self.word.add_paragraph()
                paragraph.paragraph_format.space_after = Pt(0)
                self._write(paragraph, line, size=8, code=True, rtl=False)
        elif isinstance(block, PageBreak):
            self.word.add_page_break()

    def _picture(self, block: Picture) -> None:
        paragraph = self.word.add_paragraph()
        paragraph.paragraph_format.keep_with_next = True
        picture = paragraph.add_run().add_picture(
            io.BytesIO(render_picture(block.svg, dots_per_inch=DPI)),
            width=Pt(min(block.width, TEXT_WIDTH_PT)),
        )
        for side in ("distL", "distR"):  # Word ignores what LibreOffice would set it apart by
            picture._inline.set(side, "0")
        properties = picture._inline.docPr
        properties.set("descr", _clean("".join(text for text, _ in pieces(block.alt))))
        self._write(self._paragraph("Caption"), block.caption, size=8.5, bold=False)

    def _table(
        self, columns: tuple[Column, ...], rows: tuple[tuple[Cell, ...], ...], *, head: bool, size: float
    ) -> None:
        # Written as markup: the library's own cells take a minute for five thousand rows.
        shares = [column.share or 1.4 for column in columns]
        widths = [round(TEXT_WIDTH_PT * 20 * share / sum(shares)) for share in shares]
        parts = [
            f"<w:tbl {nsdecls('w')}><w:tblPr>{'<w:bidiVisual/>' if self.rtl else ''}"
            f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>'
            + "".join(
                f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="C9CED3"/>'
                for edge in ("top", "bottom", "insideH")
            )
            + '</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="50" w:type="dxa"/>'
            '<w:right w:w="50" w:type="dxa"/></w:tblCellMar>'
            f'<w:tblLook w:val="04A0" w:firstRow="{int(head)}" w:firstColumn="1"/></w:tblPr><w:tblGrid>'
            + "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
            + "</w:tblGrid>"
        ]
        if head:
            cells = tuple(Cell(column.title, strong=True) for column in columns)
            parts.append(self._row(cells, columns, widths, size - 1, head=True))
        parts += [self._row(row, columns, widths, size, head=False) for row in rows]
        parts.append("</w:tbl>")
        body = self.word.element.body
        body.insert(len(body) - 1, parse_xml("".join(parts)))
        self.word.add_paragraph().paragraph_format.space_after = Pt(2)

    def _row(
        self,
        cells: tuple[Cell, ...],
        columns: tuple[Column, ...],
        widths: list[int],
        size: float,
        *,
        head: bool,
    ) -> str:
        parts = ["<w:tr><w:trPr><w:cantSplit/>" + ("<w:tblHeader/>" if head else "") + "</w:trPr>"]
        for cell, column, width in zip(cells, columns, widths, strict=True):
            shade = '<w:shd w:val="clear" w:color="auto" w:fill="F3F4F1"/>' if head else ""
            # In a right-to-left paragraph Word takes "left" for the side where lines begin.
            align = '<w:jc w:val="right"/>' if column.align == "end" else ""
            bidi = "<w:bidi/>" if self.rtl else ""
            parts.append(
                f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr>'
                f'<w:p><w:pPr>{bidi}<w:spacing w:before="20" w:after="20"/>{align}</w:pPr>'
                f"{self._runs(cell, size)}</w:p></w:tc>"
            )
        parts.append("</w:tr>")
        return "".join(parts)

    def _runs(self, cell: Cell, size: float) -> str:
        half = round(size * 2)
        runs = []
        for piece, rightwards in _runs(cell.text, turned=self.rtl and not cell.code):
            mono = f'<w:rFonts w:ascii="{MONO}" w:hAnsi="{MONO}"/>' if cell.code else ""
            bold = "<w:b/><w:bCs/>" if cell.strong else ""
            smaller = half - 3 if cell.code else half
            runs.append(
                f'<w:r><w:rPr>{mono}{bold}<w:sz w:val="{smaller}"/><w:szCs w:val="{smaller}"/>'
                f"{'<w:rtl/>' if rightwards else ''}</w:rPr>"
                f'<w:t xml:space="preserve">{_escaped(piece)}</w:t></w:r>'
            )
        return "".join(runs)

    def saved(self) -> bytes:
        held = io.BytesIO()
        self.word.save(held)
        return held.getvalue()


def _is_arabic(text: str) -> bool:
    return any("\u0590" <= character <= "\u08ff" for character in text)


def _runs(text: str, *, turned: bool) -> Iterator[tuple[str, bool]]:
    """The runs of a text, and whether each reads from right to left.

    What is set apart keeps its own direction: Latin names and figures are no right-to-left runs. Word knows
    no isolates; marks of either direction stand in their place, so that a sign, a bracket or a figure
    beside a name stays where it belongs.
    """
    for piece, apart in pieces(text):
        if not turned:
            yield _clean(piece), False
        elif apart and not _is_arabic(piece) and any(map(str.isalnum, piece)):
            yield f"{LRM}{_clean(piece)}{LRM}", False
        else:
            yield f"{RLM}{_clean(piece)}{RLM}", True


def _clean(text: str) -> str:
    return shown(text).replace("\ufdd0", "").replace("\ufdd1", "")


def _escaped(text: str) -> str:
    return _clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _same_bytes(content: bytes, created: int) -> bytes:
    """The archive with one date for all its members, which are otherwise dated when they are written."""
    stamp = datetime.fromtimestamp(max(created, 315_532_800), UTC)
    when = (stamp.year, stamp.month, stamp.day, stamp.hour, stamp.minute, stamp.second)
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(held, "w") as after:
        for member in before.infolist():
            info = zipfile.ZipInfo(member.filename, when)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            after.writestr(info, before.read(member.filename))
    return held.getvalue()

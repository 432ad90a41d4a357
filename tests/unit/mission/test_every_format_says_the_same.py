"""HTML, PDF and DOCX of one language hold the same numbers, months and places, and keep its conventions.

That the languages say the same is tested on the HTML, element by element; here each format is held against
the document that it was made from. What is read out of the files is put together by pypdf and python-docx.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from typing import Any

import docx
import pypdf
import pytest
from babel import Locale
from mission_reports import Mission
from selectolax.lexbor import LexborHTMLParser as HTMLParser

from truceline.core.bidi import flat
from truceline.core.messages import LANGUAGES, Messages
from truceline.products.mission.blocks import Code, Document, Picture, Quote, Table, Terms, texts_of

FORMATS = ("html", "pdf", "docx")
APART = re.compile("[\u200b-\u200f\u2066-\u2069\ufdd0\ufdd1]")
VOWELS = re.compile("[\u064b-\u0652\u00ad]")
READ: dict[tuple[str, str], str] = {}
"""What was read already, by language and format: the fixture is made once."""
DIGITS = re.compile(r"\d+")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def _plain(text: str, language: str, form: str) -> str:
    """The text without marks of direction, vowel signs and cuts of words.

    In a PDF the Arabic alef shares its glyph with that of the accusative, and pypdf reads it as either: it is
    left out on both sides.
    """
    plain = VOWELS.sub("", APART.sub(" ", text))
    return plain.replace("\u0627", "") if (language, form) == ("ar", "pdf") else plain


def _read(mission: Mission, language: str, form: str) -> str:
    """What a reader of the file sees as text, without marks of direction and without vowel signs."""
    if (language, form) in READ:
        return READ[language, form]
    content = mission.file(language, form)
    if form == "html":
        tree = HTMLParser(content.decode())
        assert tree.body is not None
        for node in tree.css("style, svg"):
            node.decompose()
        text = " ".join(node.text(separator=" ") for node in tree.body.css("header, main, footer"))
    elif form == "pdf":
        pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages]
        # A word that the language cut at the end of a line is one word; the years on either side of a hyphen,
        # at which a line ended, are two: pypdf reads that hyphen as a soft one.
        text = re.sub("[-\u2010]\n", "", re.sub(r"(?<=\d)\u00ad(?=\d)", " ", "\n".join(pages)))
    else:
        body = docx.Document(io.BytesIO(content)).element.body
        text = "\n".join(
            "".join(run.text or "" for run in paragraph.iter(f"{W}t")) for paragraph in body.iter(f"{W}p")
        )
    READ[language, form] = _plain(text, language, form)
    return READ[language, form]


def _said(document: Document) -> Iterator[str]:
    """The document's own texts, without code (which lines may cut) and what only a listener is told."""
    yield from (document.title, document.subtitle)
    for block in document.blocks:
        if isinstance(block, Picture):
            yield block.caption
        elif isinstance(block, Table):
            yield block.caption
            yield from (column.title for column in block.columns)
            yield from (cell.text for row in block.rows for cell in row if not cell.code)
        elif isinstance(block, Terms):
            for term, cell in block.pairs:
                yield term
                if not cell.code:
                    yield cell.text
        elif not isinstance(block, Code):
            yield from texts_of(block)


def _numbers(text: str) -> Counter[str]:
    """The runs of digits: what stands between thousands and before decimals is the language's."""
    return Counter(DIGITS.findall(text))


def _months(language: str) -> set[str]:
    """The words by which the language's months are told, the last of those of the United Nations' Arabic."""
    found: set[str] = set()
    for number in range(1, 13):
        for message in (f"month-{number}", f"month-short-{number}"):
            name = Messages("calendar", language).say(message)
            found.add(VOWELS.sub("", flat(name)).rsplit("/", 1)[-1].rstrip("."))
    return found


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_of_the_document_is_in_every_format(mission: Mission, language: str, form: str) -> None:
    said = _plain(" ".join(_said(mission.document(language))), language, form)
    text = _read(mission, language, form)
    wanted, found = _numbers(said), _numbers(text)
    if (language, form) == ("ar", "pdf"):
        # pypdf runs cells into one another where they go from right to left: then digit by digit.
        wanted, found = Counter("".join(wanted.elements())), Counter("".join(found.elements()))
    assert wanted.total() > 300
    assert dict(wanted - found) == {}


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_month_and_place_of_the_document_is_in_every_format(
    mission: Mission, language: str, form: str
) -> None:
    said = _plain(" ".join(_said(mission.document(language))), language, form)
    text = _read(mission, language, form)
    for month in _months(language):
        if (language, form) == ("ar", "pdf") and "\u0627" in month:
            continue
        pattern = re.compile(rf"(?<!\w){re.escape(month)}(?!\w)")
        assert len(pattern.findall(text)) >= len(pattern.findall(said)), month
    places = {
        row.place
        for incident in mission.facts("internal", language).incidents
        for row in incident
        if row.place
    }
    assert len(places) > 3
    words = {word for place in places for word in re.findall(r"[^\W\d_]{3,}", place)}
    squeezed = re.sub(r"\s", "", text)
    assert sorted(word for word in words if word not in squeezed) == []


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_format_keeps_the_conventions_of_its_language(
    mission: Mission, language: str, form: str
) -> None:
    text = _read(mission, language, form)
    assert not re.search("[\u0660-\u0669\u06f0-\u06f9\ufdd0\ufdd1]", text), "the digits are the European ones"
    hours = {"en": "7.5", "ar": "7.5", "ru": "7,5", "tr": "7,5"}
    assert hours[language] in text
    assert {"en": "7,5", "ar": "7,5", "ru": "7.5", "tr": "7.5"}[language] not in text
    percent = {"en": "95%", "ar": "95", "ru": "95 %", "tr": "%95"}
    assert percent[language] in text.replace("\u00a0", " ")
    turkey = {"en": "Turkey", "ar": "تركيا", "ru": "Турция", "tr": "Türkiye"}[language]
    assert _plain(turkey, language, form) in text
    if language != "ar" or form != "pdf":  # the words of a line of Arabic come out of a PDF in another order
        date = {"en": "15 October 2018", "ar": "15 تشرين الأول/أكتوبر 2018",
                "ru": "15 октября 2018 года", "tr": "15 Ekim 2018"}  # fmt: skip
        assert date[language] in re.sub(r"\s+", " ", text)
    _directed(mission.file(language, form), language, form)


def _directed(content: bytes, language: str, form: str) -> None:
    """The file itself says its language and in which direction it is read."""
    rtl = Locale.parse(language).text_direction == "rtl"
    if form == "html":
        assert f'<html lang="{language}" dir="{"rtl" if rtl else "ltr"}">'.encode() in content
        # Labels of pictures begin at their left side, whatever the page does.
        assert content.count(b'direction="ltr"') == content.count(b"<svg ") > 3
    elif form == "pdf":
        root: Any = pypdf.PdfReader(io.BytesIO(content)).trailer["/Root"]
        assert (root["/Lang"], root["/ViewerPreferences"]["/Direction"]) == (
            language, "/R2L" if rtl else "/L2R"
        )  # fmt: skip
    else:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = {
                name: archive.read(name).decode()
                for name in archive.namelist()
                if re.fullmatch(r"word/(document|header\d*|footer\d*)\.xml", name)
            }
        for xml in parts.values():
            assert ("<w:bidi/>" in xml) == rtl
            assert ("<w:rtl/>" in xml) == rtl
        if rtl:  # letters of such runs take their size from an element of their own
            sized = re.findall(r"<w:rPr>((?:(?!</w:rPr>).)*<w:rtl/>)", "".join(parts.values()))
            assert all(("<w:sz " in run) == ("<w:szCs " in run) for run in sized)
            assert all(("<w:b/>" in run) == ("<w:bCs/>" in run) for run in sized)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_heading_of_a_table_is_repeated_and_quotes_keep_their_own_direction(
    mission: Mission, language: str
) -> None:
    word = docx.Document(io.BytesIO(mission.file(language, "docx")))
    heads = [table._tbl.xml.count("<w:tblHeader/>") for table in word.tables]
    tables = [block for block in mission.document(language).blocks if isinstance(block, Table | Terms)]
    assert heads == [int(isinstance(block, Table)) for block in tables]
    quotes = [block for block in mission.document(language).blocks if isinstance(block, Quote)]
    styled = [paragraph for paragraph in word.paragraphs if paragraph.style.name == "Quote"]  # type: ignore[union-attr]
    assert len(styled) == len(quotes) > 3
    assert all(
        ("<w:bidi/>" in paragraph._p.xml) == quote.language.startswith("ar")
        for paragraph, quote in zip(styled, quotes, strict=True)
    )

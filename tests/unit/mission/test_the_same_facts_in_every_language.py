"""Every number, date and name of a place, taken out of the four versions by means of Babel, is the same."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from babel import Locale
from mission_reports import Mission
from selectolax.lexbor import LexborHTMLParser as HTMLParser
from selectolax.lexbor import LexborNode as Node

from truceline.core.messages import LANGUAGES
from truceline.products.mission.render.html import render_html

OTHERS = tuple(language for language in LANGUAGES if language != "en")
BIDI = re.compile("[\u200e\u200f\u061c\u2066-\u2069]")
# What stands before thousands and decimals, from CLDR; English here separates thousands by a thin space.
GROUPS = {"en": "\u202f", "ar": ",", "ru": "\u00a0", "tr": "."}
POINTS = {"en": ".", "ar": ".", "ru": ",", "tr": ","}
# Number words that sentences of reasons use for one and two.
SMALL = (1.0, 2.0)


def _months(language: str) -> dict[str, int]:
    names: dict[str, int] = {}
    months = Locale.parse(language).months
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            names |= {name.casefold().rstrip("."): n for n, name in months[context][width].items()}
    # The United Nations write both names; CLDR's Arabic has the second, and these two in another spelling.
    return names | {"يونيه": 6, "يوليه": 7, "марта": 3, "мая": 5}


def _texts(html: str) -> Iterator[tuple[str, str]]:
    """The elements of the page in order with their text, without code, quotes and pictures."""
    tree = HTMLParser(html)
    for node in tree.css("code, pre, svg, blockquote, style, nav"):
        node.decompose()
    main = tree.css_first("main")
    assert main is not None
    for node in main.css("th, td, dt, dd, p, li, figcaption, h2, h3, h4, caption"):
        yield _where(node), BIDI.sub("", node.text())


def _where(node: Node) -> str:
    if node.tag == "li":
        before: Any = node.parent.prev if node.parent else None
        while before is not None and before.tag in ("-text", "_comment"):
            before = before.prev
        return "reason" if before is not None and before.tag == "h4" else "li"
    return str(node.tag)


def _facts(text: str, language: str) -> tuple[Counter[tuple[int, int, int]], Counter[float]]:
    """The dates and the other numbers of a text."""
    months = _months(language)
    name = r"[^\W\d_]+\.?(?: [^\W\d_]+)?(?:/[^\W\d_]+)?"
    dates: Counter[tuple[int, int, int]] = Counter()

    def taken(match: re.Match[str]) -> str:
        month = months.get(match[2].rsplit("/", 1)[-1].casefold().rstrip("."))
        if month is None:
            return match[0]
        dates[int(match[3]), month, int(match[1])] += 1
        return " "

    text = re.sub(rf"\b(\d{{1,2}}) ({name}) (\d{{4}})\b", taken, text)
    group, point = re.escape(GROUPS[language]), re.escape(POINTS[language])
    numbers: Counter[float] = Counter()
    for found in re.findall(rf"\d{{1,3}}(?:{group}\d{{3}})+(?:{point}\d+)?|\d+(?:{point}\d+)?", text):
        plain = found.replace(GROUPS[language], "").replace(POINTS[language], ".")
        numbers[float(plain)] += 1
    return dates, numbers


@pytest.mark.parametrize("language", OTHERS)
def test_every_number_and_date_is_the_same_in_every_element(mission: Mission, language: str) -> None:
    english = list(_texts(render_html(mission.document("en"))))
    other = list(_texts(render_html(mission.document(language))))
    assert [where for where, _ in other] == [where for where, _ in english]
    held = 0
    for (where, text), (_, translated) in zip(english, other, strict=True):
        dates, numbers = _facts(text, "en")
        dates_then, numbers_then = _facts(translated, language)
        if where == "reason":  # "one report", "تقريران"
            for small in SMALL:
                numbers.pop(small, None)
                numbers_then.pop(small, None)
        assert (dates_then, numbers_then) == (dates, numbers), (text, translated)
        held += sum(dates.values()) + sum(numbers.values())
    assert held > 300


@pytest.mark.parametrize("language", OTHERS)
def test_places_and_identifiers_are_the_same(mission: Mission, language: str) -> None:
    english, other = mission.document("en"), mission.document(language)
    for first, second in zip(english.tables(), other.tables(), strict=True):
        assert [[cell.figure for cell in row] for row in second.rows] == [
            [cell.figure for cell in row] for row in first.rows
        ]
        assert [[cell.text for cell in row if cell.code] for row in second.rows] == [
            [cell.text for cell in row if cell.code] for row in first.rows
        ]
    facts = mission.facts("internal", language)
    places = {row.place for incident in facts.incidents for row in incident if row.place}
    assert len(places) > 3
    for document in (english, other):
        text = "\n".join(document.texts())
        assert [place for place in sorted(places) if place not in text] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_keeps_its_conventions(mission: Mission, language: str) -> None:
    """Direction, digits, decimal sign, months and names, each in the language's own way."""
    html = render_html(mission.document(language))
    assert f'<html lang="{language}" dir="{Locale.parse(language).text_direction}">' in html
    plain = BIDI.sub("", " ".join(text for _, text in _texts(html)))
    # The United Nations write European digits in Arabic, too.
    assert not re.search("[\u0660-\u0669\u06f0-\u06f9]", plain)
    marks = {
        "en": "15 October 2018",
        "ar": "15 تشرين الأول/أكتوبر 2018",
        "ru": "15 октября 2018 года",
        "tr": "15 Ekim 2018",
    }
    assert marks[language] in plain
    percent = {"en": "95%", "ar": "95%", "ru": "95 %", "tr": "%95"}
    assert percent[language] in plain
    hours = {"en": "7.5", "ar": "7.5", "ru": "7,5", "tr": "7,5"}
    assert hours[language] in plain
    names = {"en": "Turkey", "ar": "تركيا", "ru": "Турция", "tr": "Türkiye"}
    assert names[language] in plain
    if language == "ar":
        assert "\u2066" in html  # figures are set apart
        assert html.count("\u2066") + html.count("\u2067") + html.count("\u2068") == html.count("\u2069")
        assert "\ufdd0" not in html


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "en"])
def test_no_word_of_english_is_left_in_what_the_report_says_itself(mission: Mission, language: str) -> None:
    left = []
    tree = HTMLParser(render_html(mission.document(language)))
    for node in tree.css("main h2, main dt, main caption, main thead th, main p.note"):
        words = re.findall(r"\b(?:the|and|of|was|were|with|report|this)\b", node.text())
        if words and "WORKSPACE" not in node.text():
            left.append(node.text())
    allowed = [text for text in left if "“" in text or "?" in text]  # questions of the accord, as they stand
    assert [text for text in left if text not in allowed] == []

"""Numbers with units: distances and ranges of distances, calibres, weapon ranges and head counts.

Offsets are those of the normalised text; distances are metres.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_UNITS_M = {
    "km": 1000.0, "kms": 1000.0, "kilometre": 1000.0, "kilometer": 1000.0, "kilometres": 1000.0,
    "kilometers": 1000.0, "m": 1.0, "metre": 1.0, "meter": 1.0, "metres": 1.0, "meters": 1.0,
    "mile": 1609.344, "miles": 1609.344, "mi": 1609.344, "nautical mile": 1852.0, "nautical miles": 1852.0,
    "nm": 1852.0, "yard": 0.9144, "yards": 0.9144, "foot": 0.3048, "feet": 0.3048, "ft": 0.3048,
}  # fmt: skip


@cache
def _word_values() -> dict[str, int]:
    values = {word: n for n, word in enumerate(_ONES)}
    for i, ten in enumerate(_TENS):
        values[ten] = 20 + 10 * i
        for n, one in enumerate(_ONES[1:10], start=1):
            values[f"{ten}-{one}"] = values[f"{ten} {one}"] = 20 + 10 * i + n
    for n in range(1, 10):
        values[f"{_ONES[n]} hundred"] = 100 * n
        values[f"{_ONES[n]} thousand"] = 1000 * n
    return values | {
        "a hundred": 100, "a thousand": 1000, "ten thousand": 10000, "fifteen hundred": 1500,
        "twelve hundred": 1200,
        "a dozen": 12, "hundred": 100, "half a": 0, "twenty thousand": 20000, "fifteen thousand": 15000,
    }  # fmt: skip


@cache
def number_pattern() -> str:
    """A regular expression for a number in digits or words."""
    return rf"(?:\d{{1,3}}(?:[, ]\d{{3}})+(?!\d)|\d+(?:\.\d+)?|{one_of(_word_values())})"


def one_of(words: Iterable[str]) -> str:
    """A regular expression for one of these words, the longest that fits; what they begin with stands once.

    Two hundred words side by side are tried one after another at every letter of a text.
    """
    following: dict[str, list[str]] = {}
    for word in words:
        following.setdefault(word[:1], []).append(word[1:])
    ends = following.pop("", None) is not None
    branches = [re.escape(sign) + one_of(rest) for sign, rest in sorted(following.items())]
    if not branches:
        return ""
    joined = "|".join(branches)
    return f"(?:{joined})?" if ends else f"(?:{joined})" if len(branches) > 1 else joined


def number(text: str) -> float | None:
    """The value of a number in digits or words, else None."""
    stripped = text.strip().lower()
    if stripped in _word_values():
        return float(_word_values()[stripped])
    try:
        return float(stripped.replace(",", "").replace(" ", ""))
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Distance:
    """A distance in metres as a range (either end may be open), where it stands, and what it measures.

    `dimension` is ``deep``, ``wide``, ``apart``, ``calibre``, ``altitude`` or None.
    """

    start: int
    end: int
    min_m: float | None
    max_m: float | None
    dimension: str | None


_AT_LEAST = (
    r"(?:at\s+least|no\s+(?:less|fewer|closer)\s+than|not\s+(?:less|"
    r"closer)\s+than|a\s+minimum\s+(?:distance\s+)?of|minimum\s+of|"
    r"more\s+than|over|beyond|exceeding|nearer\s+than|closer\s+than|"
    r"within\s+less\s+than)"
)
_AT_MOST = (
    r"(?:at\s+most|no\s+(?:more|greater|wider|deeper)\s+than|"
    r"not\s+(?:more|exceeding|wider|deeper)\s+than|not\s+to\s+exceed|"
    r"a\s+maximum\s+(?:distance\s+)?of|maximum\s+of|up\s+to|within|"
    r"less\s+than|not\s+exceeding)"
)


@cache
def _distance_pattern() -> re.Pattern[str]:
    n = number_pattern()
    units = "|".join(sorted((re.escape(u) for u in _UNITS_M), key=len, reverse=True)).replace("\\ ", r"\s+")
    return re.compile(
        rf"""(?<![\w.-])(?:(?P<least>{_AT_LEAST})\s+|(?P<most>{_AT_MOST})\s+|(?:between|from)\s+)?
        (?:a\s+|an\s+|about\s+|some\s+|roughly\s+|approximately\s+)?
        (?P<a>{n})(?:[\s-]*(?P<unit0>{units})(?![A-Za-z]))?
        (?:\s*(?:-|to|and|or)\s*(?P<b>{n}))?
        [\s-]*(?P<unit>{units})(?![A-Za-z])
        (?:[\s-]+(?P<dim>wide|deep|width|depth|in\s+(?:width|depth)|strong|altitude|high))?""",
        re.VERBOSE | re.IGNORECASE,
    )


def distances(norm: str) -> list[Distance]:
    """All distances of the text, in reading order."""
    found = []
    for match in _distance_pattern().finditer(norm):
        unit = " ".join(match["unit"].lower().split())
        a = number(match["a"])
        b = number(match["b"]) if match["b"] else None
        if a is None or (unit == "m" and match["a"].isalpha()):
            continue
        factor = _UNITS_M[unit]
        first = _UNITS_M[" ".join(match["unit0"].lower().split())] if match["unit0"] else factor
        low: float | None = a * first
        high: float | None = (b if b is not None else a) * factor
        if b is not None and low is not None and high is not None and high < low:
            low, high = high, low
        if b is None and match["least"]:
            high = None
        elif b is None and match["most"]:
            low = None
        found.append(Distance(match.start(), match.end(), low, high, _dimension(norm, match)))
    return found


def _dimension(norm: str, match: re.Match[str]) -> str | None:
    word = (match["dim"] or "").lower()
    if "wid" in word:
        return "wide"
    if "deep" in word or "depth" in word:
        return "deep"
    if "alt" in word or "high" in word:
        return "altitude"
    after = norm[match.end() : match.end() + 40].lower()
    before = norm[max(0, match.start() - 40) : match.start()].lower()
    if re.match(r"[\s,-]*(?:in\s+)?(?:wide|width|breadth|across)", after) or re.search(
        r"\b(?:width|breadth|wide)\s+(?:of|is|shall be|will be)?\s*(?:about|between)?\s*$", before
    ):
        return "wide"
    if re.match(r"[\s,-]*(?:in\s+)?(?:deep|depth)", after) or re.search(
        r"\bdepth\s+(?:of|is|shall be|will be)?\s*(?:about|between)?\s*$", before
    ):
        return "deep"
    if re.match(
        r"[\s,-]*(?:(?:on|to)\s+(?:each|either|both|every)\s+sides?|(?:on|to)\s+its|from\s+each\s+side)",
        after,
    ):
        return "deep"
    return None


@dataclass(frozen=True, slots=True)
class Calibre:
    """A calibre in millimetres as a range; `min_mm` for "100 mm and above" and "over 100 mm"."""

    start: int
    end: int
    min_mm: float | None
    max_mm: float | None


@cache
def _calibre_pattern() -> re.Pattern[str]:
    n = number_pattern()
    return re.compile(
        rf"""(?:(?P<least>over|above|exceeding|larger\s+than|greater\s+than|more\s+than|at\s+least|from|of\s+at\s+least|not\s+less\s+than|no\s+less\s+than|bigger\s+than|heavier\s+than|beyond)\s+
           |(?P<most>up\s+to|below|under|less\s+than|not\s+exceeding|smaller\s+than|no\s+more\s+than)\s+)?
        (?P<a>{n})[\s-]*(?:mm|millimet(?:re|er)s?)\b
        (?:\s*(?:in\s+)?calib(?:re|er))?
        (?:\s*(?P<after>(?:and|or)\s+(?:above|over|more|larger|greater|bigger|up|higher|heavier))|\s*(?P<below>(?:and|or)\s+(?:below|less|under|smaller)))?""",
        re.VERBOSE | re.IGNORECASE,
    )


def calibres(norm: str) -> list[Calibre]:
    """All calibres of the text."""
    found = []
    for match in _calibre_pattern().finditer(norm):
        value = number(match["a"])
        if value is None:
            continue
        low: float | None = value
        high: float | None = value
        if match["least"] or match["after"]:
            high = None
        elif match["most"] or match["below"]:
            low = None
        found.append(Calibre(match.start(), match.end(), low, high))
    return found


@dataclass(frozen=True, slots=True)
class Count:
    """A ceiling on a number of things: "no more than 6,000 men"; `noun` is the words that follow."""

    start: int
    end: int
    value: float
    limit: bool


@cache
def _count_pattern() -> re.Pattern[str]:
    return re.compile(
        rf"""(?P<limit>(?:no|not)\s+(?:more|larger|greater)\s+than|not\s+in\s+excess\s+of|up\s+to|at\s+most
            |(?:neither|no|not|never|nor|cannot|n't)\b[^.;,|]{{1,60}}?\bmore\s+than
            |(?:must\s+|can|may\s+|shall\s+|should\s+)?(?:not\s+|never\s+)?(?:to\s+)?exceed(?:ing)?
            |(?:a\s+)?(?:maximum|ceiling|limit|cap)\s+of|fewer\s+than|less\s+than
            |(?:limit(?:ed|s|ing)?|reduc(?:ed|e|es|ing|tion)|cap(?:ped|s)?|restricted|cut)(?:\s+[\w'-]+){{0,10}}?\s+(?:to|at))\s+
        (?:a\s+total\s+of\s+)?(?P<a>{number_pattern()})(?:\s+(?=[A-Za-z])|(?=[.,;)](?:\s|$)))""",
        re.VERBOSE | re.IGNORECASE,
    )


@cache
def _limit_after() -> re.Pattern[str]:
    """ "14,700 soldiers and no more", "five hundred guards at the locks, not one more"."""
    return re.compile(
        rf"""(?<![\w.,])(?P<a>{number_pattern()})\s+(?=[A-Za-z])(?!(?:km|kilomet|met|mile|mm|day|week|month|hour|year)\w*\b)
        [^.;:,|]{{3,90}}?,?\s+(?:and\s+no\s+more|not\s+one\s+more|at\s+(?:the\s+)?most|at\s+any\s+one\s+time|and\s+not\s+more)\b""",
        re.VERBOSE | re.IGNORECASE,
    )


def counts(norm: str) -> list[Count]:
    """All upper limits on numbers of things."""
    found = {}
    for match in (*_count_pattern().finditer(norm), *_limit_after().finditer(norm)):
        value = number(match["a"])
        if value is not None and match.start("a") not in found:
            found[match.start("a")] = Count(match.start("a"), match.end("a"), value, limit=True)
    return [found[start] for start in sorted(found)]

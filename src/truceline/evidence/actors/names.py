"""Names of actors brought to comparable forms: scripts, articles, apostrophes, transliterations.

Four forms, from the strictest to the loosest. `plain` keeps every word; `key` drops articles and small words;
`skeleton` also levels the ways in which Arabic is written in Latin letters (Hay'at, Hayat, Haiat), in any
order of words. None of them compares sounds across languages or guesses.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_AYN_AND_QUOTES = dict.fromkeys(map(ord, "'’‘`´ʿʾʼʻ′\"“”«»"))
_ARABIC = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "ـ": None}
)
_SPECIAL = str.maketrans({"ı": "i", "ø": "o", "đ": "d", "ł": "l", "ß": "ss", "æ": "ae"})
_SMALL = frozenset({"the", "of", "for", "in", "and", "a", "de", "du", "la", "le"})
# The article before its noun, assimilated or not: al-Sham, ash-Sham, an-Nusra.
_ARTICLES = frozenset({"al", "el", "ul", "il"})
_SUN = {
    "ash": "sh",
    "as": "s",
    "an": "n",
    "ar": "r",
    "at": "t",
    "az": "z",
    "ad": "d",
    "ud": "d",
    "ed": "d",
    "es": "s",
    "en": "n",
    "er": "r",
}

_BRACKETS = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")
_YEARS = re.compile(r"(\d{4})\s*[-–]\s*(\d{4})?")
_ABBREVIATION = re.compile(r"^\s*([A-Z0-9][\w+&./-]{0,9})\s*[:]\s+(\S.*)$")


def plain(name: str) -> str:
    """Case, diacritics, vowel signs, quotes, hyphens and spaces levelled; all words kept."""
    text = unicodedata.normalize("NFKD", name).translate(_AYN_AND_QUOTES)
    text = "".join(sign for sign in text if unicodedata.category(sign) != "Mn")
    text = unicodedata.normalize("NFKC", text).casefold().translate(_ARABIC).translate(_SPECIAL)
    return " ".join("".join(sign if sign.isalnum() else " " for sign in text).split())


def words(name: str) -> list[str]:
    """The words of a name without articles and small words; all of them where nothing else is left."""
    found = plain(name).split()
    kept = []
    for index, word in enumerate(found):
        following = found[index + 1] if index + 1 < len(found) else ""
        assimilated = word in _SUN and following.startswith(_SUN[word])
        if word in _SMALL or (following and (word in _ARTICLES or assimilated)):
            continue
        kept.append(_without_article(word))
    return kept or found


def _without_article(word: str) -> str:
    # The Arabic article is written on the noun.
    return word[2:] if word.startswith("ال") and len(word) > 4 else word


def key(name: str) -> str:
    """The words of `words`, in order."""
    return " ".join(words(name))


def skeleton(name: str) -> str:
    """The words of `words`, transliterations levelled, in alphabetical order."""
    return " ".join(sorted(map(level, words(name))))


def closed(name: str) -> str:
    """The words of `words` written as one (Ansar Allah, Ansarallah); empty for short names."""
    together = key(name).replace(" ", "")
    return together if len(together) >= _SHORTEST_CLOSED else ""


_SHORTEST_CLOSED = 8
_LEVELS = (
    ("ee", "i"), ("ii", "i"), ("ie", "i"), ("oo", "u"), ("ou", "u"), ("aa", "a"), ("ay", "a"), ("ai", "a"),
    ("ei", "a"), ("ey", "a"), ("aw", "a"), ("au", "a"), ("e", "i"), ("o", "u"), ("q", "k"), ("y", "i"),
    ("dj", "j"), ("ph", "f"),
)  # fmt: skip


def level(word: str) -> str:
    """One word with the variants of transliteration levelled: hayat, haiat -> hat; nour, noor -> nur."""
    if not word.isascii() or word.isdigit():
        return word
    for variant, one in _LEVELS:
        word = word.replace(variant, one)
    word = re.sub(r"([b-df-hj-np-tv-z])\1", r"\1", word)
    return word[:-1] if word.endswith("ah") and len(word) > 3 else word


@dataclass(frozen=True, slots=True)
class Composite:
    """A name of a data set taken apart.

    `core` is the name without brackets and without the abbreviation before a colon; `years` are those in
    which the data set says that the body existed, the last None where it still does; `unit` is what follows
    the years: a part of the body.
    """

    core: str
    abbreviations: tuple[str, ...] = ()
    qualifiers: tuple[str, ...] = ()
    years: tuple[int, int | None] | None = None
    unit: str | None = None


def take_apart(name: str) -> Composite:
    """``HTS: Hayat Tahrir al-Sham``, ``Military Forces of Syria (2000-2024) Air Force``, ``X (ABC)``."""
    abbreviations: list[str] = []
    qualifiers: list[str] = []
    years: tuple[int, int | None] | None = None
    unit: str | None = None
    text = name.strip()
    before_colon = _ABBREVIATION.match(text)
    if before_colon:
        abbreviations.append(before_colon[1])
        text = before_colon[2]
    for match in _BRACKETS.finditer(text):
        inner = (match[1] or match[2] or "").strip()
        span = _YEARS.fullmatch(inner)
        if span:
            years = int(span[1]), int(span[2]) if span[2] else None
            unit = _BRACKETS.sub(" ", text[match.end() :]).strip(" -,") or None
            text = text[: match.start()]
            break
        if re.fullmatch(r"[A-Z][A-Za-z+.-]{1,7}", inner) and sum(map(str.isupper, inner)) >= 2:
            abbreviations.append(inner)
        elif inner:
            qualifiers.append(inner)
    core = " ".join(_BRACKETS.sub(" ", text).split()).strip(" -,:")
    return Composite(core or name.strip(), tuple(abbreviations), tuple(qualifiers), years, unit)

"""Text as the rules read it, and the way back to the text as given.

Reading is easier when quotes are straight, dashes plain and soft hyphens gone; quotes must still point into
the text as given. `Plain` holds both, with the offset of every character.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_SINGLE = {
    "\u2018": "'", "\u2019": "'", "\u201b": "'", "\u02bc": "'", "\u02bf": "'", "\u02be": "'", "\u2032": "'",
    "\u0060": "'", "\u00b4": "'",
    "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u201f": '"', "\u00ab": '"', "\u00bb": '"', "\u2033": '"',
    "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2212": "-", "\u00ad": "",
    "\u2022": "*", "\u00b7": "*", "\u25cf": "*", "\u25aa": "*", "\u2023": "*",
    "\u2028": "\n", "\u2029": "\n", "\x0b": "\n", "\x0c": "\n", "\x85": "\n", "\r": "\n", "\t": " ",
    "\u2026": "...",
}  # fmt: skip
_DASH = {"\u2014": " - ", "\u2015": " - "}


@dataclass(frozen=True, slots=True)
class Plain:
    """`norm` is what is read; `origin[i]` is the offset in `text` of ``norm[i]``. Offsets are code points."""

    text: str
    norm: str
    origin: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of `text` that ``norm[start:end]`` was read from, without blanks at its ends."""
        while start < end and self.norm[start].isspace():
            start += 1
        while end > start and self.norm[end - 1].isspace():
            end -= 1
        if start >= end:
            return self.origin[start] if start < len(self.origin) else len(self.text), 0
        return self.origin[start], self.origin[end - 1] + 1


def normalise(text: str) -> Plain:
    """Straightens quotes and dashes, drops invisible characters and keeps every character's origin."""
    out: list[str] = []
    origin: list[int] = []
    for index, char in enumerate(text):
        if char == "\n" and index and text[index - 1] == "\r":
            continue
        put = _DASH.get(char)
        if put is None:
            put = _SINGLE.get(char)
        if put is None:
            category = unicodedata.category(char)
            if category in ("Cf", "Cc", "Cs") and char != "\n":
                put = ""
            elif category == "Zs":
                put = " "
            else:
                put = char
        for piece in put:
            out.append(piece)
            origin.append(index)
    return Plain(text=text, norm="".join(out), origin=tuple(origin))


@lru_cache(maxsize=50_000)
def fold(name: str) -> str:
    """A name for comparison: no case, accents, apostrophes or repeated blanks."""
    decomposed = unicodedata.normalize("NFKD", name)
    kept = "".join(
        c for c in decomposed if not unicodedata.combining(c) and c not in "'\u2018\u2019`\u02bf\u02be"
    )
    return " ".join(kept.casefold().replace("-", " ").split())

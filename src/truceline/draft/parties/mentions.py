"""Mentions of parties, persons and collectives, as stretches of words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from truceline.draft.lexicon.load import word_list, words
from truceline.draft.lexicon.territories import by_capital, by_demonym, by_name
from truceline.draft.text.document import Word
from truceline.draft.text.plain import fold

ORGANS = words("actors", "organs")
FORCES = words("actors", "forces")
GROUPS = words("actors", "groups")
TAILS = words("actors", "tails")
ORGANISATIONS = words("actors", "organisations")
WATCHERS = words("actors", "watchers")
COLLECTIVE_HEADS = words("actors", "collective_heads")
COLLECTIVE_MARKS = words("actors", "collective_marks")
TITLES = words("actors", "titles")
PLAIN_CAPITALS = words("actors", "plain_capitals")
BODIES: dict[str, str] = {fold(n): names[0] for names in word_list("actors")["bodies"] for n in names}
PARTICLES = frozenset(
    ("al", "el", "de", "van", "von", "bin", "ibn", "abu", "der", "da", "di", "du", "ben", "ad", "ul", "af")
)
HEADS = ORGANS | FORCES | GROUPS


@dataclass(frozen=True, slots=True)
class Mention:
    """Words ``first`` to ``last`` (exclusive) that speak of somebody.

    `kind`: ``party`` (of `keys`), ``person`` (`name`, of the party in `keys` where known), ``collective``
    (several, resolved later), ``pronoun``, ``place`` (a territory or capital that may only be a place).
    `forces` is set where the words name men under arms rather than who commands them.
    """

    first: int
    last: int
    kind: str
    keys: tuple[str, ...] = ()
    name: str = ""
    forces: bool = False
    head: str = ""


def is_name_part(word: Word) -> bool:
    """Whether the word can be part of a proper name."""
    text = word.text
    if text.startswith(("al-", "el-", "ad-", "ar-", "as-", "ash-", "at-", "an-", "ul-")) and len(text) > 4:
        return text[text.index("-") + 1 :][:1].isupper()
    return word.capital and any(c.isalpha() for c in text)


def plain_word(word: Word) -> bool:
    """Whether official texts merely write this word with a capital."""
    return word.lemma in PLAIN_CAPITALS or word.lower in PLAIN_CAPITALS


def territory_at(ws: list[Word], i: int) -> tuple[str, int, str] | None:
    """A territory's name or demonym from `i` on: (code, index past it, ``name``/``demonym``/``capital``)."""
    if i >= len(ws) or not ws[i].capital:
        return None
    if (
        i + 3 < len(ws)
        and ws[i].text in ("North", "South", "East", "West")
        and ws[i + 1].lower == "and"
        and ws[i + 2].text in ("North", "South", "East", "West")
    ):
        # "North and South Korea": the second name lends its noun to the first.
        shared = by_name().get(fold(f"{ws[i].text} {ws[i + 3].text}"))
        if shared is not None:
            return shared.code, i + 1, "name"
    for length in range(min(6, len(ws) - i), 0, -1):
        if not any(c.isalpha() for c in ws[i + length - 1].text):
            continue
        joined = " ".join(w.text for w in ws[i : i + length])
        if length == 1 and joined in ("Us", "us", "Jersey", "Man"):
            return None
        folded = fold(joined)
        found = by_name().get(folded)
        if found is not None and (len(joined) > 3 or joined.isupper() or "." in joined):
            return found.code, i + length, "name"
        people = by_demonym().get(folded) or (
            by_demonym().get(folded[:-1]) if folded.endswith("s") and length == 1 else None
        )
        if people is not None:
            return people.code, i + length, "demonym"
        capital = by_capital().get(folded)
        if capital is not None and len(folded) > 3:
            return capital.code, i + length, "capital"
    return None


STANDALONE_ACRONYM = re.compile(r"^[A-Z][A-Z&/-]{1,9}(?:-[A-Z]{2,4})?s?$")


def abbreviates(short: str, words: list[Word]) -> bool:
    """Whether the letters of `short` follow one another among the words' own."""
    if not STANDALONE_ACRONYM.match(short):
        return False
    letters = iter("".join(w.lower for w in words))
    return all(c in letters for c in short.lower() if c.isalpha())

"""Persons: titles and names, and whose they are ("Russian President Vladimir Putin" speaks for Russia)."""

from __future__ import annotations

from dataclasses import dataclass

from truceline.draft.lexicon.load import among, words
from truceline.draft.parties.mentions import PARTICLES, TITLES, is_name_part, plain_word
from truceline.draft.text.document import Word
from truceline.draft.text.plain import fold

_FUNCTION = words("people", "function")


@dataclass(frozen=True, slots=True)
class Person:
    """A person's full name and the key of the party they speak for, if known."""

    name: str
    party: str | None


class People:
    """The persons of a text by surname and by full name."""

    def __init__(self) -> None:
        self._by_name: dict[str, Person] = {}

    def add(self, name: str, party: str | None) -> Person:
        """Notes a person; a party learnt earlier is kept."""
        known = self._by_name.get(fold(name))
        person = Person(name, party or (known.party if known else None))
        self._by_name[fold(name)] = person
        parts = name.split()
        last = parts[-1]
        for short in {last, last.split("-", 1)[-1] if last[:1].islower() else last}:
            held = self._by_name.get(fold(short))
            if held is None or held.party is None or held.name == name or len(held.name) < len(name):
                self._by_name[fold(short)] = person
        return person

    def get(self, name: str) -> Person | None:
        """The person of that surname or full name."""
        return self._by_name.get(fold(name))

    def all(self) -> list[Person]:
        """Every person once."""
        return list({p.name: p for p in self._by_name.values()}.values())


def function_word(word: Word) -> bool:
    """Whether the word names nobody, however it is written."""
    return word.lower in _FUNCTION


def personal_name(ws: list[Word], i: int, end: int) -> int:
    """Index past a personal name of one to four capitalised words from `i` on, or `i`."""
    j = i
    while j < end and j - i < 5:
        word = ws[j]
        if (
            is_name_part(word)
            and not function_word(word)
            and word.lower not in TITLES
            and word.text not in among("Monday Tuesday Wednesday Thursday Friday Saturday Sunday")
        ) or (j > i and word.lower in PARTICLES and j + 1 < end and is_name_part(ws[j + 1])):
            j += 1
        else:
            break
    if j > i and all(plain_word(w) for w in ws[i:j]):
        return i
    return j


def title_run(ws: list[Word], i: int, end: int) -> int:
    """Index past a run of title words ("Defence Minister", "acting foreign minister") from `i` on, or `i`."""
    j = i
    real = False
    while j < end and j - i < 6:
        word = ws[j]
        if word.text == "major" or (
            word.lower in among("chief head late director security national political")
            and not word.capital
            and j == i
            and not (j + 1 < end and ws[j + 1].lower in TITLES | {"of"})
        ):
            break
        if word.lower in TITLES or (word.lemma in TITLES and word.lower.endswith("s")):
            real = real or not {word.lower, word.lemma} & _WEAK_TITLES
            j += 1
        elif (
            j > i
            and word.lower in ("and", "&", "-")
            and j + 1 < end
            and ws[j + 1].lower in TITLES
            and ws[j + 1].lower in ("commander", "security", "defence", "defense")
        ) or (word.lower in ("affairs", "general", "home", "of-staff") and j > i):
            j += 1
        else:
            break
    return j if real else i


_WEAK_TITLES = words("people", "weak_titles")

"""How near a party was named before a clause, and which words of its names the clause says.

"It reports every week" means whom the sentence before opened with, "the Volunteers" the party whose name
holds the word. What is found here is told of each party when it is weighed who is bound
(`truceline.draft.judging.binding`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from typing import NamedTuple

from truceline.draft.clause import Clause
from truceline.draft.lexicon.load import among
from truceline.draft.parties.registry import PartyNotes
from truceline.draft.principals import Principals
from truceline.draft.text.plain import fold

_FAR = 3  # parties named longer ago than this many others are all alike
_REACH = 40  # how many mentions are looked back
_SMALL = among("the of for and a an in on to de la al s or its their his her our this that all both each no")
_COUNTS = {"two": 2, "both": 2, "either": 2, "neither": 2, "three": 3, "four": 4, "five": 5, "six": 6}


class Near(NamedTuple):
    """How near a party is to a clause that need not name it."""

    rank: str = "none"
    far: str = "none"
    opens: str = "no"
    above: str = "no"
    words: str = "none"


class Nearby:
    """The parties of a text by where they are named and by the words of their names."""

    def __init__(self, resolver: Principals) -> None:
        self.resolver = resolver
        self.text = resolver.text
        named = [
            (m.first, resolver.resolve(key))
            for m in resolver.mentions
            if m.kind in ("party", "person") or (m.kind == "place" and m.head == "demonym")
            for key in m.keys
        ]
        self.keys = [key for _, key in named]
        self.starts = [first for first, _ in named]
        self._opening: dict[int, frozenset[str]] = {}
        self.words: dict[str, list[str]] = {}
        for notes in resolver.reader.registry.all():
            for word in _words_of(notes):
                self.words.setdefault(word, []).append(notes.key)

    def between(self, first: int, last: int) -> frozenset[str]:
        """The parties named in these words."""
        return frozenset(self.keys[bisect_left(self.starts, first) : bisect_left(self.starts, last)])

    def opening(self, index: int) -> frozenset[str]:
        """The parties with which a sentence opens."""
        if index not in self._opening:
            sentence = self.text.sentences[index]
            self._opening[index] = self.between(sentence.first, min(sentence.first + 3, sentence.last))
        return self._opening[index]

    def of(self, clause: Clause) -> dict[str, Near]:
        """How near each party is that was named before, stands above, or whose words the clause says."""
        ranks, far = self._before(clause)
        opens = self._opens(clause)
        above = self._above(clause)
        said = self._said(clause)
        return {
            key: Near(
                ranks.get(key, "none"),
                far.get(key, "none"),
                opens.get(key, "no"),
                above.get(key, "no"),
                said.get(key, "none"),
            )
            for key in {*ranks, *opens, *above, *said}
        }

    def _before(self, clause: Clause) -> tuple[dict[str, str], dict[str, str]]:
        ranks: dict[str, str] = {}
        far: dict[str, str] = {}
        sentence = clause.sentence
        peers = self.text.block_sentences.get(sentence.block, [])
        block = self.text.sentences[peers[0]].first if peers else sentence.first
        previous = self.text.sentences[max(0, sentence.index - 1)].first
        end = bisect_left(self.starts, clause.first)
        for n in range(end - 1, max(-1, end - _REACH), -1):
            key, at = self.keys[n], self.starts[n]
            if key in ranks:
                continue
            ranks[key] = str(min(len(ranks), _FAR))
            far[key] = (
                "sentence" if at >= sentence.first
                else "previous" if at >= max(previous, block)
                else "block" if at >= block
                else "beyond"
            )  # fmt: skip
        return ranks, far

    def _opens(self, clause: Clause) -> dict[str, str]:
        """Who opens the first sentence of the block, the sentence before, this one."""
        sentence = clause.sentence
        peers = self.text.block_sentences.get(sentence.block, [])
        out: dict[str, str] = {}
        if peers and peers[0] < sentence.index:
            out |= dict.fromkeys(self.opening(peers[0]), "block")
            out |= dict.fromkeys(self.opening(sentence.index - 1), "previous")
        if clause.first > sentence.first:
            out |= dict.fromkeys(self.opening(sentence.index), "sentence")
        return out

    def _above(self, clause: Clause) -> dict[str, str]:
        """Who is named in the heading over the block, and in the words that lead in its list."""
        index = clause.sentence.block
        blocks = self.text.blocks
        out: dict[str, str] = {}
        heading = next((n for n in range(index - 1, max(-1, index - 12), -1) if blocks[n].heading), None)
        for name, n in (("heading", heading), ("lead", blocks[index].lead)):
            if n is not None:
                for s in self.text.block_sentences.get(n, [])[-1:]:
                    sentence = self.text.sentences[s]
                    out |= dict.fromkeys(self.between(sentence.first, sentence.last), name)
        return out

    def _said(self, clause: Clause) -> dict[str, str]:
        """Whose names' words stand in the clause's subject, and elsewhere in it: a word of one party's name
        alone says more."""
        out: dict[str, str] = {}
        subject = range(*clause.subject) if clause.subject else range(0)
        for where, span in (("own", range(clause.first, clause.last)), ("subject", subject)):
            for n in span:
                word = self.text.words[n]
                if len(word.lower) < 3 or word.lower in _SMALL:
                    continue
                for key in (whose := self.words.get(_stem(word.lower), ())):
                    told = f"{where} {'alone' if len(whose) == 1 else 'shared'}"
                    if not out.get(key, "").startswith(f"{where} alone"):
                        out[key] = told
        return out


def counted(words: Iterable[str]) -> int | None:
    """How many parties "the three", "both" speak of, None where no word says."""
    return next((_COUNTS[word] for word in words if word in _COUNTS), None)


def _words_of(notes: PartyNotes) -> set[str]:
    names = (notes.name, *notes.aliases, *notes.former)
    words = {word for name in names for word in re.split(r"[^\w]+", fold(name))}
    return {_stem(word) for word in words if len(word) > 2 and word not in _SMALL}


def _stem(word: str) -> str:
    """The word without the ending of a plural."""
    return word[:-1] if word.endswith("s") and len(word) > 4 and not word.endswith("ss") else word

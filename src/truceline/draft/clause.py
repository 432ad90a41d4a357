"""A predicate that may oblige somebody, and the verb lists that tell predicates apart."""

from __future__ import annotations

from dataclasses import dataclass

from truceline.draft.lexicon.load import words
from truceline.draft.text.document import Sentence, Text, Word
from truceline.draft.text.words import lemma_of

SPEECH = frozenset().union(
    *(
        words("speech", s)
        for s in ("neutral", "supports", "welcomes", "rejects", "criticises", "demands", "claims")
    )
)
ASKING = words("frames", "asking")
BINDING = words("frames", "binding")
ACTS = frozenset().union(
    *(
        words("frames", s)
        for s in ("withdraw", "cease", "establish", "open", "monitor", "list_making", "attack")
    )
)
COMMIT = words("clauses", "commit")
_IRREGULAR = words("clauses", "irregular")
SAID = frozenset(
    ["said", "told", "wrote", "says", "spoke", "tells", "adds", "called", "explains", "put", "writes", "went"]
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A predicate: words ``first`` to ``last`` hold it, ``first`` to ``head`` its subject and what leads in.

    `subject` is the stretch of an earlier subject that a clause shares ("shall X and shall Y").
    `verb` is the main verb's word, `modality` one of ``shall will must would should may can are_to have_to
    commit ban present item nominal``; `marker` the word that opens the clause, if any (``if``, ``which``).
    """

    sentence: Sentence
    first: int
    head: int
    verb: int
    last: int
    modality: str
    negated: bool
    passive: bool
    perfect: bool = False
    marker: str = ""
    commit: int | None = None
    lead: int | None = None
    shared: bool = False
    subject: tuple[int, int] | None = None


def participle(word: Word) -> bool:
    """Whether the word can be a past participle ("withdrawn", "established")."""
    lower = word.lower
    if len(lower) < 3 or (not lower.isalpha() and "-" not in lower):
        return False
    if lower.endswith(("ed", "en", "wn")) and lower not in (
        "need",
        "indeed",
        "men",
        "women",
        "ten",
        "often",
        "even",
        "then",
        "between",
        "open",
        "children",
        "armed",
        "unarmed",
        "seven",
        "red",
        "town",
        "own",
        "down",
        "when",
        "given" if False else "hundred",
    ):
        return True
    return lower in _IRREGULAR or (
        lower != word.lemma
        and lemma_of(lower) != lower
        and lower.endswith(("t", "d", "n"))
        and not lower.endswith("ing")
    )


class Reader:
    """What both passes over a sentence need: its words, and where dates stand that a verb group may skip."""

    def __init__(
        self,
        text: Text,
        sentence: Sentence,
        skips: dict[int, int],
        present: bool,
        actors: dict[int, str] | None = None,
    ) -> None:
        self.actors = actors or {}
        self.present = present
        self.text = text
        self.ws = text.words
        self.sentence = sentence
        self.first, self.last = sentence.first, sentence.last
        self.skips = skips
        self.after = sentence.first

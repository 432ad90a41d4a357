"""A predicate that may oblige somebody, and the verb lists that tell predicates apart."""

from __future__ import annotations

from dataclasses import dataclass

from truceline.draft.lexicon.load import words
from truceline.draft.text.document import Sentence

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

"""Clauses that may oblige somebody, each with its subject, its words, its modality and what opens it."""

from __future__ import annotations

from truceline.draft.bounds import Bounds
from truceline.draft.clause import Clause
from truceline.draft.predicates import Predicates
from truceline.draft.text.document import Sentence, Text


def clauses_of(
    text: Text,
    sentence: Sentence,
    skips: dict[int, int],
    *,
    present: bool = False,
    actors: dict[int, str] | None = None,
) -> list[Clause]:
    """The predicates of a sentence from left to right; `skips` maps the first word of a date to past its
    last.

    `actors` maps the word after a mention of an actor to its kind; `present` is set for texts that lay
    down in the present tense what is to be.
    """
    found = Predicates(text, sentence, skips, present, actors).find()
    return Bounds(text, sentence, skips, present).bounded(found)

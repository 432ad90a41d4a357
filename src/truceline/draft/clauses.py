"""Clauses that may oblige somebody, each with its subject, its words, its modality and what opens it."""

from __future__ import annotations

from dataclasses import replace

from truceline.draft.bounds import Bounds
from truceline.draft.clause import COMMIT, SPEECH, Clause
from truceline.draft.lexicon.load import among
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
    return [_whole(text, clause) for clause in Bounds(text, sentence, skips, present).bounded(found)]


_OPENS = among("that which who where whom whose")
_FINITE = among(
    "is are was were has have had do does did lies lie live belong refuse refused hold held reject"
)


def _whole(text: Text, clause: Clause) -> Clause:
    """ "The groups that are left out will be named": the aside has its own verb, so the predicate is the
    main one."""
    ws = text.words
    if clause.marker not in _OPENS or clause.first <= clause.sentence.first + 1:
        return clause
    inner = ws[clause.first : clause.head]
    if not any(w.lower in _FINITE for w in inner[:4]):
        return clause
    opener = clause.first - 1
    while opener > clause.sentence.first and ws[opener].lower not in _OPENS:
        opener -= 1
    if ws[opener - 1].lemma in SPEECH | COMMIT | {
        "him",
        "them",
        "us",
        "it",
        "me",
        "reporter",
        "journalist",
    } or ws[opener - 1].text in (",", '"'):
        return clause
    start = opener
    while (
        start > clause.sentence.first
        and ws[start - 1].text not in (",", ";", ":", '"')
        and (
            ws[start - 1].lower not in _OPENS | {"and", "but", "while", "under"}
            and ws[start - 1].lemma not in SPEECH
        )
    ):
        start -= 1
    return replace(clause, first=start, marker="resumed") if start < opener else clause

"""Trains where clauses are split (`truceline.draft.judging.splits`); used by `train_draft.py`."""

from __future__ import annotations

from collections.abc import Sequence

from train_draft_logistic import Told, fitted

from truceline.draft.evaluation import GoldText
from truceline.draft.evaluation.alignment import spans_in
from truceline.draft.extract import Harvester
from truceline.draft.judging.logistic import Weights
from truceline.draft.judging.splits import seams

STRENGTH = 0.1  # inverse regularisation, chosen by cross-validation


def seam_examples(reading: Harvester, gold: GoldText) -> list[Told]:
    """Every seam of the clauses of an annotated text, and whether a provision begins there."""
    text = reading.text
    begins: set[int] = set()
    for provision in gold.gold.provisions:
        for start, _ in spans_in(gold.text, provision.quotes):
            n = next((w.i for w in text.words if text.plain.span(w.start, w.end)[0] >= start), None)
            if n is not None:
                begins.add(n)
    out = []
    for sentence in text.sentences:
        mentions = reading.resolver.within(sentence.first, sentence.last)
        whole = reading.whole_clauses(sentence)
        for clause in whole:
            for seam in seams(clause, text, mentions, whole):
                cut = any(n in begins for n in range(seam.before, seam.after + 1))
                out.append(Told(seam.told, cut))
    return out


def train_splits(data: Sequence[Told]) -> Weights:
    """Fits the weights."""
    return fitted(data, STRENGTH)

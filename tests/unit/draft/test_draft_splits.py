"""A clause that holds several provisions is split where a seam is probable."""

from __future__ import annotations

import numpy as np

from truceline.draft.extract import Harvester
from truceline.draft.judging.logistic import Weights
from truceline.draft.judging.splits import SPLITS, seams

TEXT = (
    "Chad and Sudan signed an agreement. Chad shall pull its tanks back by 1 May 2020 and Sudan its guns by "
    "10 May 2020."
)


def _parts(weights: Weights) -> list[str]:
    with SPLITS.put(weights):
        reading = Harvester(TEXT, None)
        found = [c.clause for _, _, clauses in reading.read for c in clauses]
    return [reading.text.raw(c.first, c.last) for c in found if c.sentence.index == 1]


def test_a_probable_seam_divides_a_clause_and_an_improbable_one_does_not() -> None:
    never, where_a_party_leads = (
        Weights({}, np.zeros(0), -9.0),
        Weights({"opens party and": 0}, np.array([18.0]), -9.0),
    )
    assert len(_parts(never)) == 1
    first, second = _parts(where_a_party_leads)
    assert first.endswith("by 1 May 2020")
    assert second == "Sudan its guns by 10 May 2020"


def test_every_seam_lies_inside_its_clause() -> None:
    reading = Harvester(TEXT, None)
    for sentence in reading.text.sentences:
        mentions = reading.resolver.within(sentence.first, sentence.last)
        whole = reading.whole_clauses(sentence)
        for clause in whole:
            for seam in seams(clause, reading.text, mentions, whole):
                assert clause.first < seam.before < seam.after < clause.last

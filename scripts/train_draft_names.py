"""Trains which names are parties (`truceline.draft.judging.names`), for `train_draft.py`."""

from __future__ import annotations

from collections.abc import Sequence

from train_draft_logistic import Told, fitted

from truceline.draft.evaluation import GoldText
from truceline.draft.evaluation.values import same_name
from truceline.draft.judging.logistic import Weights
from truceline.draft.judging.names import told_of_name
from truceline.draft.parties.recognise import Recogniser
from truceline.draft.text.document import Text

STRENGTH = 0.1  # inverse regularisation, chosen by cross-validation


def name_examples(text: Text, gold: GoldText) -> list[Told]:
    """Every name of an annotated text, and whether it is a party's. Parties that may be left out teach
    nothing."""
    reader = Recogniser(text)
    reader.gather()
    out = []
    for found in reader.places_of.values():
        _, first, last, _ = found[0]
        name = (text.raw(first, last),)
        meant = [party for party in gold.gold.parties if same_name(party.names, name)]
        if not meant or not all(party.optional for party in meant):
            out.append(Told(told_of_name(text, found), bool(meant)))
    return out


def train_names(data: Sequence[Told]) -> Weights:
    """Fits the weights."""
    return fitted(data, STRENGTH)

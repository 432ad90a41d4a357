"""Trains who is at the table (`truceline.draft.judging.table`) from annotated texts, for `train_draft.py`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from train_draft_logistic import Told, fitted

from truceline.accord.model import PartyRole
from truceline.draft.evaluation import GoldText
from truceline.draft.evaluation.values import same_name
from truceline.draft.extract import Harvester
from truceline.draft.judging.judge import Verdict
from truceline.draft.judging.logistic import Weights

STRENGTH = 0.1  # inverse regularisation, chosen by cross-validation

_OF_ALL = re.compile(
    r"\b(?:both|each|either|neither|all|the|two|no)\s+(?:of\s+the\s+)?(?:two\s+|three\s+)?"
    r"(?:sides?|part(?:y|ies)|signator(?:y|ies)|governments?|countries|states?|armies|delegations?|presidents?)\b"
    r"|^\W*(?:they|both|each|neither|we)\b",
    re.IGNORECASE,
)


def table_of(gold: GoldText) -> set[str]:
    """Who is at the table: whom most of the provisions of "each side" bind, else whoever is a side."""
    counts: Counter[str] = Counter()
    provisions = 0
    for provision in gold.gold.provisions:
        named = {*provision.parties, *provision.also_parties}
        if len(named) >= 2 and any(_OF_ALL.search(quote) for quote in provision.quotes):
            provisions += 1
            counts.update(named)
    if provisions:
        return {name for name, count in counts.items() if 2 * count >= provisions}
    return {party.name for party in gold.gold.parties if PartyRole.SIDE in party.role}


def table_examples(reading: Harvester, gold: GoldText, verdicts: Sequence[Verdict]) -> list[Told]:
    """Every party of an annotated text, and whether it is at the table."""
    at = [gold.party(name).names for name in sorted(table_of(gold))]
    names = {n.key: [n.name, *n.aliases, *n.former] for n in reading.reader.registry.all()}
    return [
        Told(told, any(same_name(one, names[key]) for one in at))
        for key, told in reading.told_of_table(verdicts).items()
    ]


def train_table(data: Sequence[Told]) -> Weights:
    """Fits the weights."""
    return fitted(data, STRENGTH)

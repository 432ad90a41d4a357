"""Trains who is bound (`truceline.draft.judging.binding`) from annotated texts; used by `train_draft.py`."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from truceline.draft.evaluation import GoldText
from truceline.draft.evaluation.alignment import overlap_of, spans_in
from truceline.draft.evaluation.gold import GoldProvision
from truceline.draft.evaluation.values import same_name
from truceline.draft.extract import Harvest, Harvester
from truceline.draft.finding import Finding
from truceline.draft.judging.binding import RULES_ALONE, Weights, binding_weights

STRENGTH = 0.05  # inverse regularisation, chosen by cross-validation
RARE = 3  # names told less often are left out


@dataclass(slots=True)
class PartyExample:
    """What was told of a party beside a provision, and whether the annotation has it bound."""

    names: frozenset[str]
    bound: bool


def party_examples(gold: GoldText) -> list[PartyExample]:
    """Every party beside every provision of a draft by the rules that meets an annotated one.

    Parties that may be named or left out teach nothing.
    """
    with binding_weights(RULES_ALONE):
        harvest = Harvester(gold.text, gold.gold.published).run()
    names = {n.key: [n.name, *n.aliases, *n.former] for n in harvest.reader.registry.all()}
    out = []
    for finding in harvest.findings:
        provision = _meant(finding, harvest, gold)
        if provision is None or "parties" in provision.unscored:
            continue
        for key, told in finding.told.items():
            known = names.get(harvest.resolver.resolve(key))
            if known is None:
                continue
            required = any(same_name(gold.party(p).names, known) for p in provision.parties)
            if required or not any(same_name(gold.party(p).names, known) for p in provision.also_parties):
                out.append(PartyExample(frozenset(told), required))
    return out


def _meant(finding: Finding, harvest: Harvest, gold: GoldText) -> GoldProvision | None:
    spans = [harvest.text.plain.span(start, end) for start, end, _ in finding.spans]
    best, most = None, 0.0
    for provision in gold.gold.provisions:
        overlap = overlap_of(spans, spans_in(gold.text, provision.quotes))
        if overlap and overlap + (finding.kind in provision.kinds) > most:
            best, most = provision, overlap + (finding.kind in provision.kinds)
    return best


def train_binding(data: list[PartyExample]) -> Weights:
    """Fits the weights."""
    seen = Counter(name for e in data for name in e.names)
    names = {n: i for i, n in enumerate(sorted(n for n, c in seen.items() if c >= RARE))}
    pairs = [(row, names[n]) for row, e in enumerate(data) for n in sorted(e.names) if n in names]
    rows, columns = zip(*pairs, strict=True)
    matrix = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(data), len(names)))
    fitted = LogisticRegression(C=STRENGTH, max_iter=500, solver="liblinear").fit(
        matrix, [e.bound for e in data]
    )
    return Weights(names, fitted.coef_[0], float(fitted.intercept_[0]))


def save_binding(weights: Weights, path: Path) -> None:
    """Writes the weights; the file depends on nothing but them."""
    np.savez_compressed(
        path,
        names=np.frombuffer("\n".join(weights.names).encode(), dtype=np.uint8),
        values=weights.values.astype(np.float32),
        bias=weights.bias,
    )

"""Trains who is bound (`truceline.draft.judging.binding`) from annotated texts; used by `train_draft.py`."""

from __future__ import annotations

from collections.abc import Sequence

from train_draft_logistic import Told, fitted

from truceline.draft.evaluation import GoldText
from truceline.draft.evaluation.alignment import overlap_of, spans_in
from truceline.draft.evaluation.gold import GoldProvision
from truceline.draft.evaluation.values import same_name
from truceline.draft.extract import Harvest, Harvester
from truceline.draft.finding import Finding
from truceline.draft.judging.binding import BINDING, RULES_ALONE
from truceline.draft.judging.judge import Verdict
from truceline.draft.judging.logistic import Weights

STRENGTH = 0.05  # inverse regularisation, chosen by cross-validation


def party_examples(reading: Harvester, gold: GoldText, verdicts: Sequence[Verdict]) -> list[Told]:
    """Every party beside every provision that the rules make of the annotated clauses, and whether the
    annotation has it bound. Parties that may be named or left out teach nothing."""
    with BINDING.put(RULES_ALONE):
        harvest = reading.run(verdicts)
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
                out.append(Told(told, required))
    return out


def _meant(finding: Finding, harvest: Harvest, gold: GoldText) -> GoldProvision | None:
    spans = [harvest.text.plain.span(start, end) for start, end, _ in finding.spans]
    best, most = None, 0.0
    for provision in gold.gold.provisions:
        overlap = overlap_of(spans, spans_in(gold.text, provision.quotes))
        if overlap and overlap + (finding.kind in provision.kinds) > most:
            best, most = provision, overlap + (finding.kind in provision.kinds)
    return best


def train_binding(data: Sequence[Told]) -> Weights:
    """Fits the weights."""
    return fitted(data, STRENGTH)

"""Says of every verdict whether it rests on evidence that was made up to show the method."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from truceline.assess.assessment import Obligation
from truceline.assess.columns import Evidence
from truceline.assess.words import Words


def tell_synthetic(
    verdicts: Sequence[Obligation], evidence: Evidence, words: Words
) -> tuple[Obligation, ...]:
    """The verdicts, each with one more reason where reports that it lists are synthetic."""
    table = evidence.table
    if not pc.any(table["synthetic"]).as_py():
        return tuple(verdicts)
    cited = pa.array(sorted({id for verdict in verdicts for id in _cited(verdict)}), pa.string())
    made_up = pc.and_(table["synthetic"], pc.is_in(table["id"], value_set=cited))
    synthetic = frozenset(table["id"].filter(made_up).to_pylist())
    return tuple(_told(verdict, synthetic, words) for verdict in verdicts)


def _cited(verdict: Obligation) -> set[str]:
    own = {*verdict.evidence, *verdict.counter_evidence}
    return own.union(*(_cited(part) for part in verdict.parts))


def _told(verdict: Obligation, synthetic: frozenset[str], words: Words) -> Obligation:
    parts = tuple(_told(part, synthetic, words) for part in verdict.parts)
    cited = {*verdict.evidence, *verdict.counter_evidence}
    made_up = sorted(cited & synthetic)
    if not made_up:
        return replace(verdict, parts=parts)
    message = "synthetic-all" if len(made_up) == len(cited) else "synthetic-some"
    reason = words.reason(message, made_up, count=len(made_up), of=len(cited))
    return replace(verdict, parts=parts, because=(*verdict.because, reason))

"""The judge: a chain over the clauses of a text (`truceline.draft.judging.chain`). Each is of a kind, or
``none``: it binds nobody.

The weights are learnt from the annotated development texts by `scripts/train_draft.py` and lie in
``model.npz`` beside this module. Nothing here is random: the same text gives the same verdicts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from truceline.draft.judging.chain import Chain, chain_from
from truceline.draft.judging.in_use import InUse
from truceline.draft.judging.vectors import Vector

NONE = "none"


@dataclass(frozen=True, slots=True)
class Verdict:
    """How probably a clause binds somebody, its kind if it does, and how probably it is that kind."""

    binds: float
    kind: str
    kinds: tuple[tuple[str, float], ...]


JUDGE: InUse[Chain] = InUse("model.npz", chain_from)
THRESHOLD = 0.36  # how probable a clause must be to be kept; chosen by cross-validation

_MARKED = ("shall", "will", "would", "must", "are_to", "have_to", "commit", "ban")
_BARREN, _STRICT = 0.62, 0.8
_UNCLEAR = 0.4  # of a clause of a short text that does not say that something was agreed
_ENOUGH = 12  # with fewer clauses a text says too little about how to read each of them


def bar(verdicts: Sequence[Verdict]) -> float:
    """How probable a clause must be to be kept: more where hardly any clause of a text seems to bind.

    Of 127 texts judged unseen, the four likeliest clauses averaged below 0.62 in ten of thirteen that oblige
    nobody and in two of the others.
    """
    best = sorted((v.binds for v in verdicts), reverse=True)[:4]
    barren = len(verdicts) >= _ENOUGH and sum(best) / len(best) < _BARREN
    return _STRICT if barren else THRESHOLD


def _by_itself(names: set[str], binds: float) -> float:
    """How probably a clause of a text of one binds: what the rules say counts for half, where they say
    anything."""
    if "standing agreed" not in names:
        return binds * _UNCLEAR
    sure = "reason None" in names and any(f"specific True {mood}" in names for mood in _MARKED)
    return (binds + 1.0) / 2 if sure else binds


def judge(told: Sequence[tuple[Iterable[str], Vector]]) -> list[Verdict]:
    """The verdicts on the clauses of one text, in its order."""
    if not told:
        return []
    known = JUDGE.get()
    weight = min(1.0, len(told) / _ENOUGH)
    out = []
    for (names, _), row in zip(told, known.marginals(told), strict=True):
        chances = dict(zip(known.labels, row.tolist(), strict=True))
        binds = 1.0 - chances.pop(NONE)
        if weight < 1.0:
            binds = weight * binds + (1 - weight) * _by_itself(set(names), binds)
        total = sum(chances.values())
        ranked = sorted(chances, key=lambda kind: -chances[kind])
        out.append(Verdict(binds, ranked[0], tuple((k, chances[k] / total) for k in ranked)))
    return out

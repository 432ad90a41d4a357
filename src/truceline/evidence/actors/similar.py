"""Names that are spelt nearly alike: the last and least sure step of matching."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz

from truceline.evidence.actors.index import Named
from truceline.evidence.actors.names import level, words

ENOUGH = 88.0
"""Least likeness of two names, of 100 (normalised Levenshtein on levelled words)."""
EACH_WORD = 75.0
"""Least likeness of each pair of words: one other word is another body, however long the rest."""
SHORTEST = 6
MARGIN = 4.0
"""How much better the best party must be than the second."""


def most_similar(name: str, known: Sequence[Named]) -> list[tuple[Named, float]]:
    """The names that `name` is nearly spelt as, with a confidence from 0.5 to 0.8.

    More than one party is returned where the best is not clearly the best.
    """
    given = sorted(map(level, words(name)))
    scored: dict[str, tuple[Named, float]] = {}
    for named in known:
        score = _likeness(given, sorted(map(level, words(named.name))))
        if score > scored.get(named.party, (named, 0.0))[1]:
            scored[named.party] = (named, score)
    ranked = sorted(scored.values(), key=lambda pair: -pair[1])
    good = [pair for pair in ranked if pair[1] >= ENOUGH and pair[1] > ranked[0][1] - MARGIN]
    return [(named, round(0.5 + 0.3 * (score - ENOUGH) / (100 - ENOUGH), 3)) for named, score in good]


def _likeness(one: list[str], other: list[str]) -> float:
    if len(one) != len(other) or len("".join(one)) < SHORTEST:
        return 0.0
    for first, second in zip(one, other, strict=True):
        if any(map(str.isdigit, first + second)) and first != second:
            return 0.0
        if fuzz.ratio(first, second) < EACH_WORD:
            return 0.0
    return float(fuzz.ratio(" ".join(one), " ".join(other)))

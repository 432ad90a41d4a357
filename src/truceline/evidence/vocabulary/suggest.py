"""The word that was probably meant."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import fuzz, process

_ENOUGH = 60.0


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """The known word nearest to `word` in spelling, or None where none is near."""
    plain = word.strip().lower().replace(" ", "_").replace("-", "_")
    found = process.extractOne(plain, list(known), scorer=fuzz.ratio, score_cutoff=_ENOUGH)
    return None if found is None else str(found[0])

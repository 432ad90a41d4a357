"""Words of a text as a draft quotes them."""

from __future__ import annotations

from typing import Any

Draft = dict[str, Any]


def quoted(words: str, text: str) -> Draft:
    """A quote of the first place where the words stand."""
    start = text.index(words)
    return {"source": "t", "exact": words, "start": start, "end": start + len(words)}

"""Which prediction answers which gold item: by the overlap of their quotes, optimally."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment

Span = tuple[int, int]
Weights = np.ndarray[Any, np.dtype[np.float64]]


def overlap_of(left: Sequence[Span], right: Sequence[Span]) -> float:
    """How well two sets of spans mean the same stretch: 0 where they do not, else (0, 1].

    They do where a span of one holds at least half of a span of the other, and the predicted one (left) is no
    longer than a long sentence or three times the gold: else quoting the whole text would always be right.
    The value is the intersection over the union, so that tighter quotes win.
    """
    best = 0.0
    for start, end in left:
        for gold_start, gold_end in right:
            shared = min(end, gold_end) - max(start, gold_start)
            if shared * 2 < min(end - start, gold_end - gold_start) or shared <= 0:
                continue
            if end - start > max(600, 3 * (gold_end - gold_start)):
                continue
            union = max(end, gold_end) - min(start, gold_start)
            best = max(best, shared / union)
    return best


def assign(weights: Weights) -> dict[int, int]:
    """The pairs (row to column) of the greatest total weight; a weight of zero is no pair."""
    rows, columns = linear_sum_assignment(weights, maximize=True)
    return {
        int(row): int(column) for row, column in zip(rows, columns, strict=True) if weights[row, column] > 0
    }


def matches(wanted: Sequence[Any], found: Sequence[Any], same: Callable[[Any, Any], bool]) -> int:
    """How many pairs of equal items there are at most."""
    weights = np.array([[float(same(one, other)) for other in found] for one in wanted])
    return len(assign(weights)) if weights.size else 0


def spans_in(text: str, quotes: Iterable[str]) -> list[Span]:
    """Every place where one of the quotes stands in the text."""
    spans = []
    for quote in quotes:
        start = text.find(quote)
        while start >= 0:
            spans.append((start, start + len(quote)))
            start = text.find(quote, start + 1)
    return spans


def quotes_of(item: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The quotes of a predicted provision (`quotes`) or statement (`quote`)."""
    quotes = item.get("quotes") or ([item["quote"]] if item.get("quote") else [])
    return [quote for quote in quotes if isinstance(quote, Mapping)]


def verbatim(quote: Mapping[str, Any], text: str) -> bool:
    """Whether the quote stands in the text where it says it does."""
    start, end = quote.get("start"), quote.get("end")
    if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start < end:
        return False
    return text[start:end] == quote.get("exact")

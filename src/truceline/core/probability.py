"""Arithmetic of probabilities that the layers share."""

from __future__ import annotations

import math
from collections.abc import Iterable


def any_of(probabilities: Iterable[float]) -> float:
    """P(at least one) of independent things, ``1 - prod(1 - p)``, computed in logarithms.

    0 for none. Order does not matter beyond the last bits; values are clipped to [0, 1].
    """
    total = 0.0
    for p in probabilities:
        if p >= 1.0:
            return 1.0
        if p > 0.0:
            total += math.log1p(-p)
    return -math.expm1(total)

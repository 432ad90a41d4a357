"""Fits logistic regressions over names (`truceline.draft.judging.logistic`); used by `train_draft.py`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from truceline.draft.judging.logistic import Weights

RARE = 3  # names told less often are left out


@dataclass(slots=True)
class Told:
    """What was told of something, and whether it is so."""

    names: tuple[str, ...]
    so: bool


def fitted(data: Sequence[Told], strength: float) -> Weights:
    """The weights; `strength` is the inverse of the regularisation."""
    seen = Counter(name for one in data for name in set(one.names))
    names = {n: i for i, n in enumerate(sorted(n for n, c in seen.items() if c >= RARE))}
    pairs = [(row, names[n]) for row, one in enumerate(data) for n in sorted(set(one.names)) if n in names]
    rows, columns = zip(*pairs, strict=True)
    matrix = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(data), len(names)))
    model = LogisticRegression(C=strength, max_iter=500, solver="liblinear", random_state=0)
    model.fit(matrix, [one.so for one in data])
    return Weights(names, model.coef_[0], float(model.intercept_[0]))

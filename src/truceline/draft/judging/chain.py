"""A linear-chain conditional random field (Lafferty, McCallum and Pereira 2001): labels for a row of things,
each from what is told of it and from its neighbours' labels. Trained elsewhere; here it is only asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from truceline.draft.judging.in_use import packed, unpacked
from truceline.draft.judging.vectors import Vector

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Chain:
    """Weights: `state` has a row for each known name, then for each number of a vector, and a column for
    each label; `moves` from a label (row) to the next one's (column)."""

    names: dict[str, int]
    labels: tuple[str, ...]
    state: NDArray[np.float32]
    moves: Numbers

    def marginals(self, told: Sequence[tuple[Iterable[str], Vector]]) -> Numbers:
        """How probable each label (column) is of each thing (row), by the forward-backward algorithm."""
        scores = np.zeros((len(told), len(self.labels)))
        for row, (held, vector) in zip(scores, told, strict=True):
            rows = [self.names[n] for n in set(held) if n in self.names]
            row += self.state[rows].sum(axis=0, dtype=np.float64)
            row += vector @ self.state[len(self.names) :]
        forward, backward = np.zeros_like(scores), np.zeros_like(scores)
        for n, row in enumerate(scores):
            forward[n] = row + (_sum(forward[n - 1][:, None] + self.moves, 0) if n else 0.0)
        for n in range(len(scores) - 2, -1, -1):
            backward[n] = _sum(self.moves + scores[n + 1] + backward[n + 1], 1)
        both = forward + backward
        both = np.exp(both - both.max(axis=1, keepdims=True))
        return np.asarray(both / both.sum(axis=1, keepdims=True))


def _sum(values: Numbers, axis: int) -> Numbers:
    """The logarithm of the sum of exponentials."""
    top = values.max(axis=axis, keepdims=True)
    return np.asarray(np.log(np.exp(values - top).sum(axis=axis)) + top.squeeze(axis))


def chain_from(data: Any) -> Chain:
    """The weights of a file of arrays."""
    names = unpacked(data["names"])
    return Chain(
        {n: i for i, n in enumerate(names)},
        tuple(unpacked(data["labels"])),
        data["state"].astype(np.float32),
        data["moves"].astype(np.float64),
    )


def arrays_of(chain: Chain) -> dict[str, Any]:
    """What `chain_from` reads."""
    return {
        "names": packed(list(chain.names)),
        "labels": packed(chain.labels),
        "state": chain.state.astype(np.float16),
        "moves": chain.moves.astype(np.float32),
    }

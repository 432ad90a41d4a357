"""A logistic regression over names of what holds: one weight for each."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from truceline.draft.judging.in_use import packed, unpacked


@dataclass(frozen=True, slots=True)
class Weights:
    """One weight for each name that may be told."""

    names: dict[str, int]
    values: NDArray[np.float64]
    bias: float

    def chance(self, told: Iterable[str]) -> float:
        """How probable it is, by what is told."""
        held = sorted({self.names[n] for n in told if n in self.names})
        return 1.0 / (1.0 + math.exp(-float(self.values[held].sum() + self.bias)))


def weights_from(data: Any) -> Weights:
    """The weights of a file of arrays."""
    names = {n: i for i, n in enumerate(unpacked(data["names"]))}
    return Weights(names, data["values"].astype(np.float64), float(data["bias"]))


def arrays_of(weights: Weights) -> dict[str, Any]:
    """What `weights_from` reads."""
    return {
        "names": packed(list(weights.names)),
        "values": weights.values.astype(np.float32),
        "bias": weights.bias,
    }

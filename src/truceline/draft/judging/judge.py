"""The judge: a logistic regression over what is told of each clause, then over its neighbours' verdicts.

The weights are learnt from the annotated development texts by `scripts/train_draft.py` and lie in
``model.npz`` beside this module. Nothing here is random: the same text gives the same verdicts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

from truceline.draft.judging.vectors import Vector

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Verdict:
    """How probably a clause binds somebody, its kind if it does, and how probably it is that kind."""

    binds: float
    kind: str
    kinds: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Model:
    """Weights: one row for binding, one for each kind; columns are the known names, then the vector."""

    names: dict[str, int]
    binds: Numbers
    binds_bias: float
    kinds: Numbers
    kinds_bias: Numbers
    labels: tuple[str, ...]
    around: Numbers
    around_bias: float
    threshold: float


_MARKED = ("shall", "will", "would", "must", "are_to", "have_to", "commit", "ban")
_USUAL, _AS_MANY, _USUAL_BEST = 0.4, 6, 0.8
_BARREN, _STRICT = 0.62, 0.8
_ENOUGH = 12  # with fewer clauses a text says too little about how to read each of them

_IN_USE: ContextVar[Model | None] = ContextVar("weights", default=None)


def model() -> Model:
    """The weights in use: those that come with the package, unless `weights` puts others in their place."""
    return _IN_USE.get() or _packaged()


@contextmanager
def weights(other: Model) -> Iterator[None]:
    """Judges by other weights, as cross-validation must."""
    token = _IN_USE.set(other)
    try:
        yield
    finally:
        _IN_USE.reset(token)


@cache
def _packaged() -> Model:
    with resources.files("truceline.draft.judging").joinpath("model.npz").open("rb") as file:
        data: Any = np.load(file)
        return Model(
            names={n: i for i, n in enumerate(bytes(data["names"]).decode("utf-8").split("\n"))},
            binds=data["binds"].astype(np.float64),
            binds_bias=float(data["binds_bias"]),
            kinds=data["kinds"].astype(np.float64),
            kinds_bias=data["kinds_bias"].astype(np.float64),
            labels=tuple(bytes(data["labels"]).decode("utf-8").split("\n")),
            around=data["around"].astype(np.float64),
            around_bias=float(data["around_bias"]),
            threshold=float(data["threshold"]),
        )


def matrix(told: Sequence[tuple[Iterable[str], Vector]], names: dict[str, int]) -> Numbers:
    """One row a clause: ones where a known name holds, then the clause's vector."""
    if not told:
        return np.zeros((0, len(names)))
    rows = np.zeros((len(told), len(names) + len(told[0][1])))
    for row, (held, vector) in zip(rows, told, strict=True):
        row[[names[n] for n in set(held) if n in names]] = 1.0
        row[len(names) :] = vector
    return rows


def neighbourhood(binds: Numbers) -> Numbers:
    """What the judge sees beside a clause itself: how the rest of the text was judged, and its neighbours."""
    count = len(binds)
    out = np.zeros((count, 7))
    own = np.clip(binds, 0.01, 0.99)
    total = float(binds.sum())
    best = np.sort(binds)[::-1]
    for n in range(count):
        # A text of few clauses says little about itself: it counts as if it went on like others.
        mean = (total - binds[n] + _USUAL * _AS_MANY) / (count - 1 + _AS_MANY)
        top = list(best[:4])
        if binds[n] in top:
            top.remove(binds[n])
        top = [*top[:3], *[_USUAL_BEST] * 3][:3]
        out[n] = [
            np.log(own[n] / (1 - own[n])),
            mean,
            float(np.mean(top)),
            binds[n - 1] if n else mean,
            binds[n + 1] if n + 1 < count else mean,
            float(binds[max(0, n - 4) : n].mean()) if n else mean,
            float(binds[n + 1 : n + 5].mean()) if n + 1 < count else mean,
        ]
    return out


def sigmoid(values: Numbers) -> Numbers:
    """The logistic function."""
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(values, -40, 40))))


def bar(verdicts: Sequence[Verdict]) -> float:
    """How probable a clause must be to be kept: more where hardly any clause of a text seems to bind.

    Of 127 texts judged unseen, the four likeliest clauses averaged below 0.62 in ten of thirteen that oblige
    nobody and in two of the others.
    """
    best = sorted((v.binds for v in verdicts), reverse=True)[:4]
    barren = len(verdicts) >= _ENOUGH and sum(best) / len(best) < _BARREN
    return _STRICT if barren else model().threshold


def _by_the_rules(names: set[str], otherwise: float) -> float:
    """What the rules alone would say of a clause of a short text, where they say anything."""
    if "standing agreed" not in names:
        return 0.0
    sure = "reason None" in names and any(f"specific True {mood}" in names for mood in _MARKED)
    return 1.0 if sure else otherwise


def judge(told: Sequence[tuple[Iterable[str], Vector]]) -> list[Verdict]:
    """The verdicts on the clauses of one text, in its order."""
    known = model()
    if not told:
        return []
    rows = matrix(told, known.names)
    alone = sigmoid(rows @ known.binds + known.binds_bias)
    around = sigmoid(neighbourhood(alone) @ known.around + known.around_bias)
    weight = min(1.0, len(told) / _ENOUGH)
    plain = np.array([_by_the_rules(set(names), p) for (names, _), p in zip(told, alone, strict=True)])
    binds = weight * around + (1 - weight) * (alone + plain) / 2
    scores = rows @ known.kinds.T + known.kinds_bias
    scores = np.exp(scores - scores.max(axis=1, keepdims=True))
    scores /= scores.sum(axis=1, keepdims=True)
    out = []
    for p, row in zip(binds, scores, strict=True):
        order = np.argsort(-row, kind="stable")
        out.append(
            Verdict(float(p), known.labels[order[0]], tuple((known.labels[k], float(row[k])) for k in order))
        )
    return out

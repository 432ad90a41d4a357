"""Word vectors: where a word that no list knows stands among words that one knows.

GloVe (Pennington, Socher and Manning 2014, public domain dedication), the commonest words only, projected to
fewer dimensions and stored in bytes; `python scripts/word_vectors.py` makes the file.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float32]


@cache
def _table() -> tuple[dict[str, int], NDArray[np.int8], Vector, NDArray[np.uint16]]:
    with resources.files("truceline.draft.judging").joinpath("vectors.npz").open("rb") as file:
        data: Any = np.load(file)
        words = bytes(data["words"]).decode("utf-8").split("\n")
        return {word: n for n, word in enumerate(words)}, data["rows"], data["scale"], data["families"]


@cache
def dimensions() -> int:
    """How many numbers a vector has."""
    return int(_table()[1].shape[1])


@cache
def vector(word: str) -> Vector | None:
    """The vector of a lower-case word, None where it is not known."""
    index, rows, scale, _ = _table()
    row = index.get(word)
    return None if row is None else (rows[row].astype(np.float32) * scale).astype(np.float32)


@cache
def family(word: str) -> int:
    """The number of the cluster of like words that a lower-case word is in, -1 where it is not known."""
    index, _, _, families = _table()
    row = index.get(word)
    return -1 if row is None else int(families[row])


def mean(words: list[str]) -> Vector:
    """The mean of the vectors of those words that are known; zeros where none is."""
    known = [v for word in words if (v := vector(word)) is not None]
    if not known:
        return np.zeros(dimensions(), dtype=np.float32)
    return np.asarray(np.mean(known, axis=0), dtype=np.float32)

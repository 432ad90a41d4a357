"""Is a route open from end to end, and which of its stretches are: exactly, from words of which each may be
true or not.

Each word says of a stretch that it is open, that all of it is closed, or that it is blocked somewhere, with
a probability of its own, independent of the other words. The last true word decides on each place: walking
back from the newest word, what a true one says open is settled, and older words say nothing more of it. A
block somewhere on a stretch lies anywhere on it with equal chance; so the part that a newer true word
has opened takes that share of the chance away. What no true word speaks of stays open to doubt (`unknown`).

Which places are settled is a set of cells, cut where a stretch begins or ends; the recursion runs over
these sets with their probabilities and is exact. Beyond `MOST_STATES` sets the least probable are given up
as unknown, which can make a route look less sure but never surer. Positions are metres along the route.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np
import numpy.typing as npt

from truceline.core.errors import InvalidInput
from truceline.route.settled import walk_back

MOST_STATES = 256
MOST_WORDS = 200
_NEGLIGIBLE = 1e-12

Says = Literal["open", "closed", "blocked"]
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Stretch:
    """From one place of the route to another, metres along it; `from_m` < `to_m`."""

    from_m: float
    to_m: float

    @property
    def length_m(self) -> float:
        """Its length."""
        return self.to_m - self.from_m


@dataclass(frozen=True, slots=True)
class Word:
    """What one incident's reports say of a stretch: `closed` means all of it, `blocked` somewhere on it.

    `p` is the probability that it is true. Words are put in order of `at` (any comparable number, as
    microseconds); at equal times what closes comes after what opens, and of equals the more probable last.
    """

    at: int
    says: Says
    stretch: Stretch
    p: float
    key: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A word that closes or blocks, and the probability that it is true and still stands."""

    word: Word
    p: float


@dataclass(frozen=True, slots=True)
class Passage:
    """`p_open`: the whole way is open; `p_closed`: something closes it; the rest is unknown. `cells` tile the
    route, each with the probabilities that it is open and that it is closed. `blocks`, newest first.
    """

    p_open: float
    p_closed: float
    cells: tuple[tuple[Stretch, float, float], ...]
    blocks: tuple[Block, ...]

    @property
    def p_unknown(self) -> float:
        """Neither known open nor known closed."""
        return max(1.0 - self.p_open - self.p_closed, 0.0)

    @property
    def passable_share(self) -> float:
        """The share of the route's length that is known to be open, expected."""
        return self._share(1)

    @property
    def closed_share(self) -> float:
        """The share of the route's length that is known to be closed, expected."""
        return self._share(2)

    def _share(self, column: Literal[1, 2]) -> float:
        length = sum(cell[0].length_m for cell in self.cells)
        return min(sum(cell[0].length_m * cell[column] for cell in self.cells) / length, 1.0)


def passage_of(words: Iterable[Word], length_m: float) -> Passage:
    """The passage of a route of this length. Stretches are cut to the route; a word that lies wholly off it
    says nothing. Raises InvalidInput for a length or probability that is none.
    """
    if not 0.0 < length_m < math.inf:
        raise InvalidInput(f"length_m: found {length_m}; accepted: a positive number of metres")
    heard = sorted(_heard(words, length_m), key=_recency, reverse=True)[:MOST_WORDS]
    marks = sorted({0.0, length_m, *(m for w in heard for m in (w.stretch.from_m, w.stretch.to_m))})
    sizes = np.diff(np.array(marks))
    # A stretch is the cells from one number up to another.
    spans = [(bisect_left(marks, w.stretch.from_m), bisect_left(marks, w.stretch.to_m)) for w in heard]
    p_open, p_closed, blocks = _end_to_end(heard, spans, sizes)
    is_open, is_closed = _cell_by_cell(heard, spans, sizes)
    return Passage(
        p_open,
        p_closed,
        tuple(
            (Stretch(a, b), o, c)
            for (a, b), o, c in zip(pairwise(marks), is_open.tolist(), is_closed.tolist(), strict=True)
        ),
        tuple(blocks),
    )


def _heard(words: Iterable[Word], length_m: float) -> Iterable[Word]:
    for word in words:
        if not 0.0 <= word.p <= 1.0:
            raise InvalidInput(f"p: found {word.p}; accepted: 0 to 1")
        on_route = Stretch(max(word.stretch.from_m, 0.0), min(word.stretch.to_m, length_m))
        if on_route.length_m > 0.0 and word.p > 0.0:
            yield Word(word.at, word.says, on_route, word.p, word.key)


def _recency(word: Word) -> tuple[int, bool, float, str, str, float, float]:
    return word.at, word.says != "open", word.p, word.key, word.says, word.stretch.from_m, word.stretch.to_m


def _end_to_end(
    words: Sequence[Word], spans: Sequence[tuple[int, int]], sizes: Floats
) -> tuple[float, float, list[Block]]:
    columns = [(w.says == "open", w.says == "closed", w.p, w.stretch.length_m) for w in words]
    opens, whole, p, length_m = map(np.array, zip(*columns, strict=True)) if words else [np.empty(0)] * 4
    first, end = np.array(spans, dtype=np.int64).reshape(-1, 2).T
    p_open, p_closed, stands = walk_back(
        opens.astype(bool), whole.astype(bool), p, np.ascontiguousarray(first), np.ascontiguousarray(end),
        length_m, sizes, MOST_STATES, _NEGLIGIBLE,
    )  # fmt: skip
    standing = [
        Block(word, share) for word, share in zip(words, stands.tolist(), strict=True) if word.says != "open"
    ]
    return p_open, p_closed, standing


def _cell_by_cell(
    words: Sequence[Word], spans: Sequence[tuple[int, int]], sizes: Floats
) -> tuple[Floats, Floats]:
    """P(known open) and P(known closed) of each cell: the last true word on it."""
    is_open, is_closed, undecided = np.zeros(len(sizes)), np.zeros(len(sizes)), np.ones(len(sizes))
    for word, span in zip(words, spans, strict=True):
        cells = slice(*span)
        p = word.p * (sizes[cells] / word.stretch.length_m if word.says == "blocked" else 1.0)
        target = is_open if word.says == "open" else is_closed
        target[cells] += undecided[cells] * p
        undecided[cells] *= 1.0 - p
    return is_open, is_closed

"""How deep a zone was promised to be: at least and at most, by side, and by agreed segments of the line."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal

import numpy as np

from truceline.core.errors import InvalidInput
from truceline.geo.depths import DEEPEST_M, DepthSegment, Side, checked_segments
from truceline.geo.ellipsoid import Floats
from truceline.geo.line import as_line
from truceline.geo.nearest import LineIndex, Nearest

LeastAndMost = tuple[float, float]
"""The least and the greatest depth of one side, metres; (0, 0): no zone there."""

NOTHING: LeastAndMost = (0.0, 0.0)


@dataclass(frozen=True)
class PromisedStretch:
    """What was promised along a stretch of the line, metres from its start (parts laid end to end)."""

    from_m: float
    to_m: float
    left_m: LeastAndMost
    right_m: LeastAndMost

    def as_dict(self) -> dict[str, Any]:
        """As plain data; a side on which nothing is promised is null."""
        sides = {"left": self.left_m, "right": self.right_m}
        return {
            "from_m": round(self.from_m, 3),
            "to_m": round(self.to_m, 3),
            **{
                side: None if range_m == NOTHING else {"min_m": range_m[0], "max_m": range_m[1]}
                for side, range_m in sides.items()
            },
        }


@dataclass(frozen=True)
class Promise:
    """The promised depth of each side, and of each agreed segment; ground belongs to the segment that holds
    its nearest place on the line.
    """

    left_m: LeastAndMost
    right_m: LeastAndMost
    segments: tuple[PromisedStretch, ...] = ()

    @classmethod
    def of_side(cls, side: Side, least_m: float, most_m: float) -> Promise:
        """The same depth all along the line, on one side or both."""
        promised = (least_m, most_m)
        return cls(promised if side != "right" else NOTHING, promised if side != "left" else NOTHING)

    @property
    def ranges(self) -> list[LeastAndMost]:
        """All that is promised anywhere, without the sides and segments on which nothing is."""
        pairs = [(self.left_m, self.right_m), *((s.left_m, s.right_m) for s in self.segments)]
        return [range_m for pair in pairs for range_m in pair if range_m != NOTHING]

    @property
    def whole_m(self) -> LeastAndMost:
        """The least and the greatest depth that is promised anywhere."""
        return min(least for least, _ in self.ranges), max(most for _, most in self.ranges)

    @property
    def signs(self) -> list[Literal[1, -1]]:
        """The sides on which anything is promised: 1 left, -1 right."""
        left = self.left_m != NOTHING or any(s.left_m != NOTHING for s in self.segments)
        right = self.right_m != NOTHING or any(s.right_m != NOTHING for s in self.segments)
        signs: list[Literal[1, -1]] = [1] if left else []
        return [*signs, -1] if right else signs

    def of_side_alone(self, sign: int) -> Promise:
        """The same without the other side."""

        def kept(own: Promise | PromisedStretch) -> tuple[LeastAndMost, LeastAndMost]:
            return (own.left_m, NOTHING) if sign > 0 else (NOTHING, own.right_m)

        return Promise(*kept(self), tuple(PromisedStretch(s.from_m, s.to_m, *kept(s)) for s in self.segments))

    def with_other_side(self, right: Promise) -> Promise:
        """This promise's left side and the other's right one, along all the stretches of both."""
        places = sorted({at for p in (self, right) for s in p.segments for at in (s.from_m, s.to_m)})
        middles = np.array([(start + end) / 2 for start, end in pairwise(places)])
        left_of, right_of = self.at(middles, 1), right.at(middles, -1)
        stretches = tuple(
            PromisedStretch(start, end, (float(a), float(b)), (float(c), float(d)))
            for (start, end), a, b, c, d in zip(pairwise(places), *left_of, *right_of, strict=True)
        )
        return Promise(self.left_m, right.right_m, stretches)

    def checked(self, length_m: float) -> Promise:
        """The same, its segments in order and on the line. Raises InvalidInput."""
        if not self.ranges:
            raise InvalidInput("depths: found nothing promised; accepted: a depth on one side at least")
        for least, most in self.ranges:
            good = math.isfinite(least) and math.isfinite(most) and 1.0 <= most <= DEEPEST_M / 1.2
            # Nothing or a metre: a band of millimetres cannot be drawn.
            if not (good and (least == 0.0 or least >= 1.0) and least <= most):
                raise InvalidInput(
                    f"depths: found at least {least:g} m and at most {most:g} m; accepted: 1 m or more, "
                    "the minimum not above the maximum, up to 416 km"
                )
        placed = [DepthSegment(s.from_m, s.to_m, s.left_m[1], s.right_m[1]) for s in self.segments]
        ordered = sorted(self.segments, key=lambda segment: segment.from_m)
        return Promise(
            self.left_m,
            self.right_m,
            tuple(
                PromisedStretch(place.from_m, place.to_m, own.left_m, own.right_m)
                for place, own in zip(checked_segments(placed, length_m), ordered, strict=True)
            ),
        )

    def index(self, index: LineIndex) -> LineIndex:
        """The line with a vertex wherever the promise changes."""
        if not self.segments:
            return index
        changes = [place for segment in self.segments for place in (segment.from_m, segment.to_m)]
        return LineIndex(as_line(index.line).with_vertices_at(changes))

    def at(self, position_m: Floats, sign: int) -> tuple[Floats, Floats]:
        """The least and the greatest depth on one side at positions along the line, metres."""
        least, most = (np.full(len(position_m), value) for value in self._of(self, sign))
        for segment in self.segments:
            inside = (position_m >= segment.from_m) & (position_m <= segment.to_m)
            least[inside], most[inside] = self._of(segment, sign)
        return least, most

    def of_ground(self, index: LineIndex, near: Nearest, sign: int) -> tuple[Floats, Floats]:
        """The same for the ground with these nearest places on an `index` of this promise."""
        middle = index.offset_m + index.length_m / 2
        least, most = self.at(middle, sign)
        return least[near.segment], most[near.segment]

    def band(self, which: Literal["least", "most"], by_m: float) -> dict[str, Any] | None:
        """What `derive_zone` takes for the ground to the least or the greatest depth, `by_m` further; the
        least depth shrinks by half at most. None where there is no such ground.
        """

        def depth(range_m: LeastAndMost) -> float:
            value = range_m[0] if which == "least" else range_m[1]
            return max(value + by_m, value / 2, 1.0) if value > 0 else 0.0

        segments = [DepthSegment(s.from_m, s.to_m, depth(s.left_m), depth(s.right_m)) for s in self.segments]
        left, right = depth(self.left_m), depth(self.right_m)
        if not max(left, right, *(max(s.left_m, s.right_m) for s in segments), 0.0):
            return None
        return {"left_depth_m": left, "right_depth_m": right, "segments": segments}

    @staticmethod
    def _of(promised: Promise | PromisedStretch, sign: int) -> LeastAndMost:
        return promised.left_m if sign > 0 else promised.right_m


def promised_along(
    side: Side, elsewhere: LeastAndMost | None, stretches: Sequence[tuple[float, float, float, float]]
) -> Promise:
    """The promise of one side (or the same on both) by stretches (from, to, least, most; metres), and
    elsewhere; None: nothing there.
    """

    def sides(range_m: LeastAndMost) -> tuple[LeastAndMost, LeastAndMost]:
        return (range_m if side != "right" else NOTHING), (range_m if side != "left" else NOTHING)

    return Promise(
        *sides(elsewhere or NOTHING),
        tuple(PromisedStretch(start, end, *sides((least, most))) for start, end, least, most in stretches),
    )

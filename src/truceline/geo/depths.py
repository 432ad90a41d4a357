"""How deep a zone is on which ground: by side, and by agreed segments along the line."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np

from truceline.core.errors import InvalidInput
from truceline.geo.ellipsoid import Bools, Floats
from truceline.geo.nearest import LineIndex, Nearest

Side = Literal["left", "right", "both"]
Ends = Literal["flat", "round"]

DEEPEST_M = 500_000.0
SAME_PLACE_M = 0.01


@dataclass(frozen=True)
class DepthSegment:
    """The depths along a stretch of the line, metres from its start (parts laid end to end)."""

    from_m: float
    to_m: float
    left_m: float
    right_m: float

    def as_dict(self) -> dict[str, Any]:
        """As plain data."""
        return {
            "from_m": round(self.from_m, 3),
            "to_m": round(self.to_m, 3),
            "left_depth_m": self.left_m,
            "right_depth_m": self.right_m,
        }


@dataclass(frozen=True)
class Depths:
    """Which ground a zone takes, in metres from the line; a side of depth 0 is not in the zone.

    `segments` give other depths along stretches of the line, in order and without overlap; ground belongs
    to the stretch that holds its nearest place. `bounds` and `edge_depths` are those of a line that was cut
    at the segments' ends (`along`).
    """

    left_m: float
    right_m: float
    from_m: float = 0.0
    ends: Ends = "flat"
    segments: tuple[DepthSegment, ...] = ()
    edge_depths: tuple[Floats, Floats] | None = field(default=None, compare=False, repr=False)

    def along(self, index: LineIndex) -> Depths:
        """The same for a line whose vertices hold every place where the depth changes."""
        if not self.segments:
            return self
        middle = index.offset_m + index.length_m / 2
        left, right = np.full(len(middle), self.left_m), np.full(len(middle), self.right_m)
        for segment in self.segments:
            inside = (middle > segment.from_m) & (middle < segment.to_m)
            left[inside], right[inside] = segment.left_m, segment.right_m
        return Depths(self.left_m, self.right_m, self.from_m, self.ends, self.segments, (left, right))

    def limit(self, near: Nearest) -> Floats:
        """How deep the zone is on the ground of each of these nearest places; 0: not in the zone."""
        if self.edge_depths is None:
            left, right = np.full(len(near.side), self.left_m), np.full(len(near.side), self.right_m)
        else:
            left, right = (depth[near.segment] for depth in self.edge_depths)
        depth = np.where(near.side > 0, left, np.where(near.side < 0, right, np.maximum(left, right)))
        result: Floats = np.where(near.beyond_end, 0.0, depth) if self.ends == "flat" else depth
        return result

    def holds(self, near: Nearest) -> Bools:
        """Whether the points with these nearest places belong to the zone."""
        limit = self.limit(near)
        result: Bools = (near.distance_m >= self.from_m) & (near.distance_m <= limit) & (limit > 0)
        return result

    def of_edge(self, edge: int, *, left: bool) -> float:
        """The depth on one side of an edge of the line."""
        if self.edge_depths is None:
            return self.left_m if left else self.right_m
        return float(self.edge_depths[0 if left else 1][edge])

    @property
    def pairs(self) -> list[tuple[float, float]]:
        """The depths of left and right, of every segment and of the rest of the line."""
        return [(self.left_m, self.right_m), *((s.left_m, s.right_m) for s in self.segments)]

    @property
    def distances_m(self) -> list[float]:
        """The distances at which the zone's edges run."""
        return sorted({d for pair in self.pairs for d in pair if d > 0} | ({self.from_m} - {0.0}))

    @property
    def symmetric(self) -> bool:
        """Whether side, place along the line and ends play no part."""
        return len({d for pair in self.pairs for d in pair}) == 1 and self.ends == "round"


def depths_asked(
    depth_m: float | None,
    side: Side,
    from_m: float,
    left_depth_m: float | None,
    right_depth_m: float | None,
    ends: Ends | None,
    segments: Sequence[DepthSegment],
    length_m: float,
) -> Depths:
    """The depths that a caller asked for, checked. Raises InvalidInput."""
    if side not in ("left", "right", "both"):
        raise InvalidInput(f"side: found {side!r}; accepted: left, right or both")
    if depth_m is not None and (left_depth_m is not None or right_depth_m is not None):
        raise InvalidInput("give either depth_m with a side, or left_depth_m and right_depth_m")
    if depth_m is None and left_depth_m is None and right_depth_m is None and not segments:
        raise InvalidInput("give either depth_m with a side, or left_depth_m and right_depth_m, or segments")
    if depth_m is not None:
        left, right = (depth_m if side != "right" else 0.0), (depth_m if side != "left" else 0.0)
    else:
        left, right = left_depth_m or 0.0, right_depth_m or 0.0
    checked = checked_segments(segments, length_m)
    pairs = [(left, right), *((s.left_m, s.right_m) for s in checked)]
    for name, value in (
        *(("left", pair[0]) for pair in pairs), *(("right", pair[1]) for pair in pairs), ("from_m", from_m),
    ):  # fmt: skip
        if not (math.isfinite(value) and 0.0 <= value <= DEEPEST_M):
            raise InvalidInput(f"depth ({name}): found {value}; accepted: 0 to 500,000 metres")
    deepest = max(max(pair) for pair in pairs)
    if deepest < 1.0 or from_m >= deepest:
        raise InvalidInput(
            f"depth: found {deepest:g} m from {from_m:g} m; "
            "accepted: at least 1 m, and more than the distance it starts from"
        )
    if ends not in (None, "flat", "round"):
        raise InvalidInput(f"ends: found {ends!r}; accepted: flat or round")
    both = all(min(pair) > 0 for pair in pairs if max(pair) > 0)
    return Depths(left, right, from_m, ends or ("round" if both else "flat"), checked)


def checked_segments(segments: Sequence[DepthSegment], length_m: float) -> tuple[DepthSegment, ...]:
    """The segments in order, within the line's 0 to `length_m`. Raises InvalidInput."""
    before = 0.0
    result = []
    for number, segment in enumerate(sorted(segments, key=lambda s: s.from_m), start=1):
        if not (math.isfinite(segment.from_m) and math.isfinite(segment.to_m)):
            raise InvalidInput(f"segment {number}: from_m and to_m must be finite metres along the line")
        if segment.from_m < before - SAME_PLACE_M:
            raise InvalidInput(
                f"segment {number}: begins at {segment.from_m:,.1f} m, before the one before it ends "
                f"({before:,.1f} m); accepted: segments that do not overlap"
            )
        if segment.to_m > length_m + 1.0 or segment.to_m - segment.from_m < 1.0:
            raise InvalidInput(
                f"segment {number}: found {segment.from_m:,.1f} to {segment.to_m:,.1f} m; accepted: at least "
                f"1 m, within the line's 0 to {length_m:,.1f} m"
            )
        begin, end = max(segment.from_m, before), min(segment.to_m, length_m)
        result.append(DepthSegment(begin, end, segment.left_m, segment.right_m))
        before = end
    return tuple(result)

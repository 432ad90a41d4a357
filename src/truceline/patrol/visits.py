"""Which posts were visited, when and for how long, and which revisit intervals were kept.

At each instant P(the unit is within the post's radius) is exact for a round normal error: with s the standard
deviation on each axis and d the distance, the squared distance over s^2 has the noncentral chi-squared
distribution of two degrees of freedom and noncentrality (d / s)^2. A visit lasts as long as that is at least
`AT_LEAST`. How long it was lies between the first and last place of it that are known, and the last known
places before and after it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from scipy.stats import ncx2

from truceline.core.errors import InvalidInput
from truceline.core.instants import isoformat_utc
from truceline.geo.ellipsoid import Floats, inverse
from truceline.geo.inside import SIGMA_PER_ERROR
from truceline.patrol.cleaning import MAX_GAP_S
from truceline.patrol.track import Track
from truceline.patrol.when import instant

AT_LEAST = 0.5
STEP_S = 10.0

Kept = Literal["kept", "not_kept", "unclear"]


@dataclass(frozen=True, slots=True)
class Post:
    """A place to be visited: within `radius_m`, for `visit_s` at least, again within `revisit_s` (None: once
    is enough). `party` is whose task it is; None for everybody's. `language` is one that a team must speak to
    be sent there.
    """

    id: str
    lon: float
    lat: float
    radius_m: float = 200.0
    visit_s: float = 0.0
    revisit_s: float | None = None
    party: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit to a post by one track. Seconds since 1970; `long_enough` compares with the post's own."""

    post: str
    track: str
    party: str
    from_s: float
    to_s: float
    shortest_s: float
    longest_s: float
    p: float
    long_enough: Kept

    def as_dict(self) -> dict[str, Any]:
        """As plain JSON data."""
        return {
            "post": self.post,
            "track": self.track,
            "party": self.party,
            "from": isoformat_utc(instant(self.from_s)),
            "to": isoformat_utc(instant(self.to_s)),
            "shortest_s": round(self.shortest_s),
            "longest_s": round(self.longest_s),
            "p": round(self.p, 6),
            "long_enough": self.long_enough,
        }


def p_within(distance_m: Floats, error_m: Floats, radius_m: float) -> Floats:
    """P(a place whose fix is so far off and errs so much lies within the radius)."""
    sigma = np.maximum(error_m * SIGMA_PER_ERROR, 1e-9)
    p: Floats = ncx2.cdf((radius_m / sigma) ** 2, 2.0, (distance_m / sigma) ** 2)
    # Very far off in standard deviations the function loses its digits; there it is a step.
    far = np.abs(distance_m - radius_m) > 12.0 * sigma
    return np.where(far, (distance_m <= radius_m).astype(float), np.nan_to_num(p))


def visits_to(post: Post, track: Track, max_gap_s: float = MAX_GAP_S) -> list[Visit]:
    """The visits of a cleaned track to a post, in order."""
    if not post.radius_m > 0.0:
        raise InvalidInput(f"post {post.id}, radius_m: found {post.radius_m}; accepted: more than 0")
    fine = track.filled(STEP_S, max_gap_s)
    if not len(fine):
        return []
    distance = inverse(fine.lon, fine.lat, np.full(len(fine), post.lon), np.full(len(fine), post.lat))[2]
    p = p_within(np.asarray(distance, dtype=float), fine.error_m, post.radius_m)
    there = p >= AT_LEAST
    broken = np.diff(fine.time_s) > max_gap_s
    changes = np.flatnonzero((np.diff(there.astype(np.int8)) != 0) | broken) + 1
    found = []
    for first, end in zip([0, *changes.tolist()], [*changes.tolist(), len(fine)], strict=True):
        if not there[first]:
            continue
        start_s, end_s = float(fine.time_s[first]), float(fine.time_s[end - 1])
        earliest = float(fine.time_s[first - 1]) if first > 0 else start_s
        latest = float(fine.time_s[end]) if end < len(fine) else end_s
        shortest, longest = end_s - start_s, latest - earliest
        found.append(
            Visit(
                post.id, track.name, track.party, start_s, end_s, shortest, longest,
                float(p[first:end].max()),
                "kept" if shortest >= post.visit_s else "not_kept" if longest < post.visit_s else "unclear",
            )
        )  # fmt: skip
    return found


@dataclass(frozen=True, slots=True)
class Revisits:
    """How well a post's revisit interval was kept in a period: `share` of the period that lies within the
    interval after a visit, and the times when a visit was overdue (seconds since 1970)."""

    post: str
    visits: int
    share: float
    longest_s: float
    overdue: tuple[tuple[float, float], ...]

    def as_dict(self) -> dict[str, Any]:
        """As plain JSON data."""
        return {
            "post": self.post,
            "visits": self.visits,
            "kept_share": round(self.share, 6),
            "longest_without_s": round(self.longest_s),
            "overdue": [
                {"from": isoformat_utc(instant(a)), "to": isoformat_utc(instant(b))} for a, b in self.overdue
            ],
        }


def revisits(post: Post, visits: Iterable[Visit], from_s: float, to_s: float) -> Revisits:
    """The intervals between the visits that were long enough, or may have been, from the period's beginning
    to its end; the period's beginning counts as if the post had just been visited.
    """
    counted = sorted(
        (max(v.from_s, from_s), min(v.to_s, to_s))
        for v in visits
        if v.post == post.id and v.long_enough != "not_kept" and v.to_s >= from_s and v.from_s <= to_s
    )
    reached, longest, overdue, late = from_s, 0.0, [], 0.0
    for start, end in [*counted, (to_s, to_s)]:
        without = max(start - reached, 0.0)
        longest = max(longest, without)
        if post.revisit_s is not None and without > post.revisit_s:
            overdue.append((reached + post.revisit_s, start))
            late += without - post.revisit_s
        reached = max(reached, end)
    share = 1.0 - late / (to_s - from_s) if to_s > from_s else 1.0
    if post.revisit_s is None:
        share = 1.0 if counted else 0.0
    return Revisits(post.id, len(counted), share, longest, tuple(overdue))


def all_visits(posts: Sequence[Post], tracks: Sequence[Track], max_gap_s: float = MAX_GAP_S) -> list[Visit]:
    """Every visit of every track to the posts of its party and to everybody's, in order of time."""
    found = [
        visit
        for post in posts
        for track in tracks
        if post.party in (None, track.party)
        for visit in visits_to(post, track, max_gap_s)
    ]
    return sorted(found, key=lambda visit: (visit.from_s, visit.post, visit.track))

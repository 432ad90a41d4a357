"""Which visits of two parties belong together: at one post (joint), or at posts opposite (coordinated)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from truceline.geo.nearest import LineIndex
from truceline.patrol.planning.result import Shift
from truceline.patrol.visits import Post


def opposite_posts(posts: Sequence[Post], line: LineIndex | None, opposite_m: float) -> dict[str, list[str]]:
    """For each post the one across the line that is opposite, where there is one: the nearest along the line,
    each being the other's nearest, their nearest places of the line no further apart than `opposite_m`."""
    if line is None or not posts:
        return {}
    near = line.nearest([post.lon for post in posts], [post.lat for post in posts])
    nearest: dict[int, int] = {}
    for number in range(len(posts)):
        across = np.flatnonzero(near.side == -near.side[number])
        if not near.side[number] or not len(across):
            continue
        apart = np.abs(near.position_m[across] - near.position_m[number])
        best = int(np.argmin(apart))
        if apart[best] <= opposite_m:
            nearest[number] = int(across[best])
    return {posts[a].id: [posts[b].id] for a, b in nearest.items() if nearest.get(b) == a}


def begun(shifts: Sequence[Shift] | None) -> dict[str, list[int]]:
    """When visits begin, by post."""
    found: dict[str, list[int]] = {}
    for shift in shifts or ():
        for visit in shift.visits:
            found.setdefault(visit.post, []).append(visit.begin_s)
    return found


def matched(
    shifts: Sequence[Shift], opposite: Mapping[str, Sequence[str]], within_s: int, *, joint: bool
) -> list[Shift]:
    """The same shifts, each visit with the other party's team whose visit begins nearest to it in time, no
    further than `within_s`, at the same post or the one opposite. Each visit is paired once."""
    all_visits = [(s, v) for s, shift in enumerate(shifts) for v in range(len(shift.visits))]
    pairs = []
    for n, (s, v) in enumerate(all_visits):
        for t, w in all_visits[n + 1 :]:
            one, other = shifts[s].visits[v], shifts[t].visits[w]
            if shifts[s].party == shifts[t].party:
                continue
            together = one.post == other.post if joint else other.post in opposite.get(one.post, ())
            apart = abs(one.begin_s - other.begin_s)
            if together and apart <= within_s:
                pairs.append((apart, s, v, t, w))
    taken: dict[tuple[int, int], str] = {}
    for _, s, v, t, w in sorted(pairs):
        if (s, v) not in taken and (t, w) not in taken:
            taken[s, v], taken[t, w] = shifts[t].team, shifts[s].team
    return [
        replace(
            shift,
            visits=tuple(replace(visit, with_team=taken.get((s, v))) for v, visit in enumerate(shift.visits)),
        )
        for s, shift in enumerate(shifts)
    ]

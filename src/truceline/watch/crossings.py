"""From an object's positions in order of time to what happens between it and each zone.

A position is decided *in* a zone, decided *out* of it, or neither:

- where the zone's boundary is farther than the position's `error_m`: in or out as the position lies;
- where it is not: in if the probability of being inside is at least `decided`, out if it is at most
  1 - `decided`, else undecided.

An object is inside a zone from a position that is decided in until one that is decided out (`enter`,
`leave`); undecided positions change nothing but begin to be `near`, which lasts until the boundary is
farther than the error. So an object between the two thresholds keeps its state, and nothing flaps.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from truceline.geo.screening.index import Rows
from truceline.watch.window import FORGET, NEVER, Record, Records, Steps, longer

ENTER, LEAVE, NEAR, DWELL = range(4)
CROSSED, FIRST_SEEN, ZONE_CHANGED, ZONE_ENDED, SILENCE, UNDECIDED, STAYED = range(7)

_FREE, _KEPT = range(2)


VERSION = np.dtype(
    [("start", np.int64), ("end", np.int64), ("zone", np.int32), ("following", np.int32)], align=True
)
"""One per polygon: the zone that it is a version of, from when up to when, which version follows at once."""

SEEN = np.dtype([("last", np.int64), ("first", np.int64)], align=True)
"""One per object: the time of its last position, the first of its relations."""

RELATION = np.dtype(
    [
        ("since", np.int64),  # when it entered
        ("decided", np.int64),  # time of the last decided position
        ("touched", np.int64),  # step of the batch that found it in or near
        ("zone", np.int32),
        ("version", np.int32),  # by which it was last decided
        ("next", np.int32),
        ("inside", np.uint8),
        ("near", np.uint8),
        ("stayed", np.uint8),
    ],
    align=True,
)
"""What an object has to do with a zone, kept while it is inside or near."""

FOUND = np.dtype(
    [
        ("time", np.int64),
        ("before", np.int64),  # times of the positions it rests on, NEVER for none
        ("at", np.int64),
        ("since", np.int64),
        ("step", np.int64),
        ("slot", np.int32),
        ("version", np.int32),
        ("kind", np.uint8),
        ("reason", np.uint8),
        ("inside", np.uint8),
        ("judged", np.uint8),  # whether the step's position decided it
    ],
    align=True,
)
"""One per event."""


class Rules(NamedTuple):
    """`decided` is a probability, `silence` and `dwell` are microseconds; a dwell of 0 is none."""

    decided: float
    silence: int
    dwell: int


class Relations(NamedTuple):
    """The state, as arrays that the kernel changes in place: SEEN by slot, RELATION, free places of it."""

    seen: Records
    relations: Records
    free: NDArray[np.int32]
    counts: NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Judgement:
    """Which polygons contain each step (`point`, `zone`, ascending), and the rows near their boundaries."""

    point: NDArray[np.int64]
    zone: NDArray[np.int32]
    near: Rows


def versions_of(ids: Sequence[str], start: Sequence[int], end: Sequence[int]) -> Records:
    """The polygons as versions of zones; those of one id do not overlap in time."""
    number = {name: k for k, name in enumerate(dict.fromkeys(ids))}
    begins = {(name, begin): k for k, (name, begin) in enumerate(zip(ids, start, strict=True))}
    versions = np.empty(len(ids), VERSION)
    versions["start"], versions["end"] = start, end
    versions["zone"] = [number[name] for name in ids]
    versions["following"] = [begins.get(pair, -1) for pair in zip(ids, end, strict=True)]
    return versions


def empty_relations() -> Relations:
    """The state before the first position."""
    return Relations(np.empty(0, SEEN), np.empty(0, RELATION), np.empty(0, np.int32), np.zeros(2, np.int64))


def with_room(state: Relations, *, slots: int, more: int) -> Relations:
    """The same state with room for so many objects, and for so many more relations."""
    known = len(state.seen)
    if slots > known:
        seen = longer(state.seen, max(slots, 2 * known, 64))
        seen["last"][known:], seen["first"][known:] = NEVER, -1
        state = state._replace(seen=seen)
    size, free = len(state.relations), int(state.counts[_FREE])
    if more > free:
        added = max(more - free, size, 256)
        state = state._replace(
            relations=longer(state.relations, size + added), free=longer(state.free, size + added)
        )
        state.free[free : free + added] = np.arange(size + added - 1, size - 1, -1)
        state.counts[_FREE] += added
    return state


def follow(
    state: Relations, versions: Records, rules: Rules, steps: Steps, judged: Judgement
) -> tuple[Relations, Records]:
    """Takes the steps in order; returns the state, changed in place or grown, and what happened (FOUND)."""
    near = judged.near
    rows = len(judged.zone) + len(near.zone)
    state = with_room(state, slots=int(steps["slot"].max(initial=-1)) + 1, more=rows)
    # A row brings about at most one event, and a relation ends at most once.
    found = np.empty(2 * rows + int(state.counts[_KEPT]), FOUND)
    number = _follow(
        *state, versions, rules, steps, judged.point, judged.zone, near.point, near.zone, near.p_inside, found
    )
    return state, found[:number]


@njit(cache=True, nogil=True)
def _follow(
    seen: Records, relations: Records, free: NDArray[np.int32], counts: NDArray[np.int64],
    versions: Records, rules: Rules, steps: Steps,
    point: NDArray[np.int64], holding: NDArray[np.int32],
    near_point: NDArray[np.int64], near_zone: NDArray[np.int32], p_inside: NDArray[np.float64],
    out: Records,
) -> int:  # fmt: skip
    done, a, b = 0, 0, 0
    for i in range(len(steps)):
        slot, t = steps[i].slot, steps[i].time
        o = seen[slot]
        before = o.last
        if steps[i].kind == FORGET or (before != NEVER and t - before > rules.silence):
            done = _forget(o, relations, free, counts, slot, i, out, done)
            before = NEVER
            if steps[i].kind == FORGET:
                continue
        if o.first >= 0:
            done = _end_zones(o, relations, free, counts, versions, slot, i, t, out, done)
        while a < len(point) and point[a] < i:
            a += 1
        while b < len(near_point) and near_point[b] < i:
            b += 1
        while True:
            has_a = a < len(point) and point[a] == i
            has_b = b < len(near_point) and near_point[b] == i
            if not has_a and not has_b:
                break
            close = has_b and (not has_a or near_zone[b] <= holding[a])
            version = near_zone[b] if close else holding[a]
            p = p_inside[b] if close else 1.0
            if has_a and holding[a] == version:
                a += 1
            if close:
                b += 1
            if versions[version].start <= t < versions[version].end:
                done = _relate(
                    o, relations, free, counts, versions, rules, slot, i, t, before, version, close, p, out,
                    done,
                )  # fmt: skip
        if o.first >= 0:
            done = _settle(o, relations, free, counts, versions, slot, i, t, out, done)
        o.last = t
    return done


@njit(cache=True, nogil=True)
def _relate(
    o: Record, relations: Records, free: NDArray[np.int32], counts: NDArray[np.int64],
    versions: Records, rules: Rules,
    slot: int, i: int, t: int, before: int, version: int, close: bool, p: float, out: Records,
    done: int,
) -> int:  # fmt: skip
    """What a position inside or near a zone brings about."""
    zone = versions[version].zone
    k = o.first
    while k >= 0 and relations[k].zone != zone:
        k = relations[k].next
    is_in = p >= rules.decided or not close
    undecided = not is_in and p > 1.0 - rules.decided
    if k < 0:
        if not is_in and not undecided:
            return done
        counts[_FREE] -= 1
        counts[_KEPT] += 1
        k = free[counts[_FREE]]
        new = relations[k]
        new.zone, new.version, new.inside, new.near, new.stayed = zone, version, 0, 0, 0
        new.since, new.decided, new.next = NEVER, before, o.first
        o.first = k
    r = relations[k]
    r.touched = i
    if undecided:
        if not r.near:
            r.near = 1
            done = _write(out, done, NEAR, UNDECIDED, r.inside, slot, version, i, True, t, NEVER, t, r.since)
        return done
    if not close:
        r.near = 0
    if is_in and not r.inside:
        last = r.decided
        if last == NEVER:
            reason = FIRST_SEEN
        else:
            reason = CROSSED if versions[version].start <= last < versions[version].end else ZONE_CHANGED
        r.inside, r.stayed, r.since = 1, 0, t
        done = _write(out, done, ENTER, reason, 1, slot, version, i, True, t, last, t, t)
    elif is_in:
        if rules.dwell > 0 and not r.stayed and t - r.since >= rules.dwell:
            r.stayed = 1
            done = _write(out, done, DWELL, STAYED, 1, slot, version, i, True, t, r.since, t, r.since)
    elif r.inside:
        done = _leave(r, versions, slot, i, t, version, out, done)
    r.version, r.decided = version, t
    return done


@njit(cache=True, nogil=True)
def _settle(
    o: Record, relations: Records, free: NDArray[np.int32], counts: NDArray[np.int64],
    versions: Records, slot: int, i: int, t: int, out: Records, done: int,
) -> int:  # fmt: skip
    """Ends relations to zones that the position is far outside of, and those that are none any more."""
    before, k = -1, o.first
    while k >= 0:
        r = relations[k]
        after = r.next
        if r.touched != i:
            if r.inside:
                done = _leave(r, versions, slot, i, t, r.version, out, done)
            r.near = 0
        if not r.inside and not r.near:
            _drop(o, relations, free, counts, before, k)
        else:
            before = k
        k = after
    return done


@njit(cache=True, nogil=True)
def _leave(
    r: Record, versions: Records, slot: int, i: int, t: int, version: int, out: Records,
    done: int,
) -> int:  # fmt: skip
    last = versions[r.version]
    reason = CROSSED if last.start <= t < last.end else ZONE_CHANGED
    r.inside = 0
    return int(_write(out, done, LEAVE, reason, 0, slot, version, i, True, t, r.decided, t, r.since))


@njit(cache=True, nogil=True)
def _end_zones(
    o: Record, relations: Records, free: NDArray[np.int32], counts: NDArray[np.int64],
    versions: Records, slot: int, i: int, t: int, out: Records, done: int,
) -> int:  # fmt: skip
    """Ends relations to zones that were in force and are not any more, when they ended."""
    before, k = -1, o.first
    while k >= 0:
        r = relations[k]
        after, version = r.next, r.version
        r.touched = -1
        while versions[version].end <= t and versions[version].following >= 0:
            version = versions[version].following
        if versions[version].end <= t:
            if r.inside:
                done = _write(
                    out, done, LEAVE, ZONE_ENDED, 0, slot, version, i, False, versions[version].end,
                    r.decided, NEVER, r.since,
                )  # fmt: skip
            _drop(o, relations, free, counts, before, k)
        else:
            before = k
        k = after
    return done


@njit(cache=True, nogil=True)
def _forget(
    o: Record, relations: Records, free: NDArray[np.int32], counts: NDArray[np.int64],
    slot: int, i: int, out: Records, done: int,
) -> int:  # fmt: skip
    """Ends what is known of an object that was silent for too long, as of its last position."""
    while o.first >= 0:
        k = o.first
        r = relations[k]
        if r.inside:
            last = o.last if o.last != r.decided else NEVER
            done = _write(
                out, done, LEAVE, SILENCE, 0, slot, r.version, i, False, o.last, r.decided, last, r.since
            )
        _drop(o, relations, free, counts, -1, k)
    o.last = NEVER
    return done


@njit(cache=True, nogil=True)
def _drop(
    o: Record, relations: Records, free: NDArray[np.int32], counts: NDArray[np.int64], before: int,
    k: int,
) -> None:  # fmt: skip
    if before >= 0:
        relations[before].next = relations[k].next
    else:
        o.first = relations[k].next
    free[counts[_FREE]] = k
    counts[_FREE] += 1
    counts[_KEPT] -= 1


@njit(cache=True, nogil=True)
def _write(
    out: Records, at: int, kind: int, reason: int, inside: int, slot: int, version: int, step: int,
    judged: bool, time: int, before: int, position: int, since: int,
) -> int:  # fmt: skip
    row = out[at]
    row.kind, row.reason, row.inside, row.judged = kind, reason, inside, judged
    row.slot, row.version, row.step = slot, version, step
    row.time, row.before, row.at, row.since = time, before, position, since
    return at + 1

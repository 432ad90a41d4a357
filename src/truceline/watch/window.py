"""Puts each object's positions in order of time, however they arrive within the lateness bound.

Order is kept per object, not over the whole stream: a tracker that uploads an hour's positions when it comes
back into reach is in order with itself, and one device with a wrong clock harms no other.

- A position is *late*, and left out, where its object has already sent one that is `lateness` or more newer.
- It is held until its object has sent one that is `lateness` newer, or the stream has moved on by more than
  `lateness` past the newest of its object.
- Two positions of one object and time are one: of those that are held the one with the least error counts.
- An object is forgotten once the stream has moved on by more than `silence` and `lateness` past its newest.

What the stream has reached is the newest time that at least two objects have reached (for letting go what is
held: one object alone may go ahead of that by `lateness`), so that no single clock moves it.

All decisions are made line by line, so that they do not depend on how lines are cut into batches.
"""

from __future__ import annotations

from typing import Any, NamedTuple, TypeVar

import numpy as np
from numba import njit
from numpy.typing import NDArray

Kind = TypeVar("Kind", bound=np.generic)

Records = NDArray[Any]
"""An array of records; which ones says the name."""
Record = Any
"""One of them, as compiled code sees it."""
Steps = Records

NEVER = -(1 << 62)
POSITION, FORGET = 0, 1

# Where in `Window.counts` each number stands.
CLOCK, LEAD, LEADER, BORN, FREE, HELD, HOLDERS, LIVE, LATE, REPEATED, UNKNOWN_LATE = range(11)


OBJECT = np.dtype(
    [
        ("newest", np.int64),  # time
        ("released", np.int64),  # up to which time positions were let go
        ("born", np.int64),  # serial number, which breaks ties
        ("oldest_held", np.int32),
        ("newest_held", np.int32),
        ("live", np.int32),  # whether the slot is in use
        ("queued", np.int32),  # whether it is in the heap of those that hold positions
    ],
    align=True,
)
HELD_POSITION = np.dtype(
    [
        ("time", np.int64),
        ("lon", np.float64),
        ("lat", np.float64),
        ("error", np.float64),
        ("older", np.int32),
        ("newer", np.int32),
    ],
    align=True,
)
ENTRY = np.dtype([("key", np.int64), ("born", np.int64), ("slot", np.int64)], align=True)
STEP = np.dtype(
    [
        ("time", np.int64),
        ("lon", np.float64),
        ("lat", np.float64),
        ("error", np.float64),
        ("slot", np.int32),
        ("kind", np.int32),
    ],
    align=True,
)
"""What follows, in order: the POSITION of an object (slot) to judge, or an object to FORGET."""


class Window(NamedTuple):
    """The state, as arrays that the kernel changes in place.

    Objects by slot; the positions that they hold, each in a list by time, and which places there are free;
    heaps of (time, serial number, slot) of the objects that hold positions and of all.
    """

    objects: Records
    held: Records
    free: NDArray[np.int32]
    holders: Records
    living: Records
    counts: NDArray[np.int64]


def empty_window() -> Window:
    """The state before the first position."""
    counts = np.zeros(UNKNOWN_LATE + 1, np.int64)
    counts[[CLOCK, LEAD]] = NEVER
    counts[LEADER] = -1
    return Window(
        np.empty(0, OBJECT), np.empty(0, HELD_POSITION), np.empty(0, np.int32), np.empty(0, ENTRY),
        np.empty(0, ENTRY), counts,
    )  # fmt: skip


def with_room(window: Window, *, slots: int, positions: int) -> Window:
    """The same state with room for so many objects, and for so many more held positions."""
    known = len(window.objects)
    if slots > known:
        size = max(slots, 2 * known, 64)
        window = window._replace(
            objects=longer(window.objects, size),
            holders=longer(window.holders, size),
            living=longer(window.living, size),
        )
    size, free = len(window.held), int(window.counts[FREE])
    if positions > free:
        more = max(positions - free, size, 256)
        window = window._replace(held=longer(window.held, size + more), free=longer(window.free, size + more))
        window.free[free : free + more] = np.arange(size + more - 1, size - 1, -1)
        window.counts[FREE] += more
    return window


def longer(array: NDArray[Kind], size: int) -> NDArray[Kind]:
    """A copy of that size, zeros at its end."""
    copy = np.zeros(size, array.dtype)
    copy[: len(array)] = array
    return copy


def room_for_steps(window: Window, arrivals: int) -> Steps:
    """Room for whatever `arrivals` positions can bring about (untouched memory costs nothing).

    Each is let go at most once, and each may begin an object that is forgotten again.
    """
    return np.empty(2 * arrivals + int(window.counts[HELD]) + int(window.counts[LIVE]), STEP)


@njit(cache=True, nogil=True)
def arrive(
    window: Window, steps: Steps, slot: NDArray[np.int32], time: NDArray[np.int64], lon: NDArray[np.float64],
    lat: NDArray[np.float64], error: NDArray[np.float64], lateness: int, silence: int,
) -> int:  # fmt: skip
    """Takes positions in order of arrival; writes the steps that follow and returns how many."""
    objects, held, free, holders, living, counts = window
    done = 0
    for i in range(len(slot)):
        k, t = slot[i], time[i]
        o = objects[k]
        if not o.live:
            # Whoever was forgotten must not come back with a time before the one at which it was.
            if t <= counts[CLOCK] - silence - lateness:
                counts[UNKNOWN_LATE] += 1
                continue
            o.live, o.queued, o.born = 1, 0, counts[BORN]
            counts[BORN] += 1
            o.newest, o.released = t, NEVER
            o.oldest_held, o.newest_held = -1, -1
            _push(living, counts[LIVE], t, o.born, k)
            counts[LIVE] += 1
        if t <= o.released:
            counts[REPEATED if t == o.released and t == o.newest else LATE] += 1
            continue
        o.newest = max(o.newest, t)
        until = o.newest - lateness
        if t <= until and o.newest_held < 0:
            # It is the newest and nothing has to wait.
            done = _step(steps, done, POSITION, k, t, lon[i], lat[i], error[i])
            o.released = until
        else:
            if not _hold(objects, held, free, counts, k, t, lon[i], lat[i], error[i]):
                counts[REPEATED] += 1
            done = _release(objects, held, free, counts, steps, done, k, until)
            if o.newest_held >= 0 and not o.queued:
                o.queued = 1
                _push(holders, counts[HOLDERS], o.newest, o.born, k)
                counts[HOLDERS] += 1
        if k == counts[LEADER]:
            counts[LEAD] = max(counts[LEAD], t)
        elif t > counts[LEAD]:
            counts[CLOCK] = counts[LEAD]
            counts[LEAD], counts[LEADER] = t, k
        elif t > counts[CLOCK]:
            counts[CLOCK] = t
        # Alone, an object may go ahead of all others by the lateness, and a little to be past it.
        lead = min(counts[LEAD], counts[CLOCK] + lateness + 1)
        while counts[HOLDERS] > 0 and holders[0].key + lateness < lead:
            done = _let_go(objects, held, free, holders, counts, steps, done, lead - lateness)
        while counts[LIVE] > 0 and living[0].key + silence + lateness < counts[CLOCK]:
            done = _forget(objects, living, counts, steps, done, counts[CLOCK] - silence - lateness)
    return done


@njit(cache=True, nogil=True)
def release_all(window: Window, steps: Steps) -> int:
    """Lets go all that is held, object by object as they first came; returns the number of steps."""
    objects, held, free, _, _, counts = window
    done = 0
    slots = np.flatnonzero(objects["live"])
    order = np.argsort(objects["born"][slots])
    for k in slots[order]:
        done = _release(objects, held, free, counts, steps, done, k, objects[k].newest)
    return done


# Keys in the heaps are never later than what they stand for; that may have moved on since they were written.


@njit(cache=True, nogil=True)
def _let_go(
    objects: Records, held: Records, free: NDArray[np.int32], holders: Records,
    counts: NDArray[np.int64], steps: Steps, done: int, before: int,
) -> int:  # fmt: skip
    """Lets go what the first of the heap holds, if its newest is before `before`, or puts it back."""
    k = holders[0].slot
    o = objects[k]
    _pop(holders, counts[HOLDERS])
    counts[HOLDERS] -= 1
    o.queued = 0
    if o.newest_held < 0:
        return done
    if o.newest < before:
        return int(_release(objects, held, free, counts, steps, done, k, o.newest))
    o.queued = 1
    _push(holders, counts[HOLDERS], o.newest, o.born, k)
    counts[HOLDERS] += 1
    return done


@njit(cache=True, nogil=True)
def _forget(
    objects: Records, living: Records, counts: NDArray[np.int64], steps: Steps, done: int,
    before: int,
) -> int:  # fmt: skip
    """Forgets the first of the heap, if its newest is before `before`, or puts it back."""
    k = living[0].slot
    o = objects[k]
    _pop(living, counts[LIVE])
    if o.newest >= before:
        _push(living, counts[LIVE] - 1, o.newest, o.born, k)
        return done
    counts[LIVE] -= 1
    o.live = 0
    return int(_step(steps, done, FORGET, k, o.newest, np.nan, np.nan, 0.0))


@njit(cache=True, nogil=True)
def _step(
    steps: Steps, at: int, kind: int, slot: int, time: int, lon: float, lat: float, error: float
) -> int:
    step = steps[at]
    step.kind, step.slot, step.time = kind, slot, time
    step.lon, step.lat, step.error = lon, lat, error
    return at + 1


@njit(cache=True, nogil=True)
def _hold(
    objects: Records, held: Records, free: NDArray[np.int32], counts: NDArray[np.int64],
    slot: int, t: int, lon: float, lat: float, error: float,
) -> bool:  # fmt: skip
    """Puts a position among those that its object holds; False where it holds one of that time."""
    o = objects[slot]
    above, below = -1, o.newest_held
    while below >= 0 and held[below].time > t:
        above, below = below, held[below].older
    if below >= 0 and held[below].time == t:
        other = held[below]
        less = error < other.error
        if error == other.error:
            less = lon < other.lon or (lon == other.lon and lat < other.lat)
        if less:
            other.lon, other.lat, other.error = lon, lat, error
        return False
    counts[FREE] -= 1
    counts[HELD] += 1
    k = free[counts[FREE]]
    position = held[k]
    position.time, position.lon, position.lat, position.error = t, lon, lat, error
    position.older, position.newer = below, above
    if above >= 0:
        held[above].older = k
    else:
        o.newest_held = k
    if below >= 0:
        held[below].newer = k
    else:
        o.oldest_held = k
    return True


@njit(cache=True, nogil=True)
def _release(
    objects: Records, held: Records, free: NDArray[np.int32], counts: NDArray[np.int64],
    steps: Steps, done: int, slot: int, until: int,
) -> int:  # fmt: skip
    """Writes what an object holds up to and including `until` as steps."""
    o = objects[slot]
    o.released = max(o.released, until)
    k = o.oldest_held
    while k >= 0 and held[k].time <= until:
        position = held[k]
        done = _step(steps, done, POSITION, slot, position.time, position.lon, position.lat, position.error)
        free[counts[FREE]] = k
        counts[FREE] += 1
        counts[HELD] -= 1
        k = position.newer
    o.oldest_held = k
    if k >= 0:
        held[k].older = -1
    else:
        o.newest_held = -1
    return done


@njit(cache=True, nogil=True)
def _push(heap: Records, size: int, key: int, born: int, slot: int) -> None:
    """Adds to a binary heap of `size`, the least first."""
    at = size
    while at > 0:
        above = heap[(at - 1) // 2]
        if key > above.key or (key == above.key and born > above.born):
            break
        here = heap[at]
        here.key, here.born, here.slot = above.key, above.born, above.slot
        at = (at - 1) // 2
    here = heap[at]
    here.key, here.born, here.slot = key, born, slot


@njit(cache=True, nogil=True)
def _pop(heap: Records, size: int) -> None:
    """Takes the least off a binary heap of `size`."""
    last = size - 1
    key, born, slot = heap[last].key, heap[last].born, heap[last].slot
    at = 0
    while 2 * at + 1 < last:
        child = 2 * at + 1
        if child + 1 < last:
            one, two = heap[child], heap[child + 1]
            if two.key < one.key or (two.key == one.key and two.born < one.born):
                child += 1
        below = heap[child]
        if key < below.key or (key == below.key and born < below.born):
            break
        here = heap[at]
        here.key, here.born, here.slot = below.key, below.born, below.slot
        at = child
    here = heap[at]
    here.key, here.born, here.slot = key, born, slot

"""Measures one rival in a process of its own, so that its memory is its own; one JSON line per step."""

from __future__ import annotations

import hashlib
import json
import os
import resource
import signal
import sys
import time
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rivals import MissingError, Pairs, Rival, Summary, data, rival

COMPARED = (100, 1_000, 10_000)
"""Of so many points all pairs are compared, of more their number and sums."""

STEPS = {
    "points": [(data.MAIN, 10**power) for power in range(2, 9)],
    "growth": [
        (zones, number)
        for zones in (*data.BY_ZONES, *data.BY_VERTICES)
        for number in (10_000, 100_000, 1_000_000)
    ],
}


def series(name: str, kind: str, budget_s: float, most: int) -> None:
    """Goes up the steps, tenfold each, as long as the next one should take less than the budget.

    By the last two steps on a line, so that what is the same for any number of points is counted once.
    """
    # A rival that is ended for taking too long must end its own servers first.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    try:
        one = rival(name)
    except MissingError as error:
        say({"missing": str(error)})
        return
    try:
        say({"version": one.version(), "before_mb": peak_mb()})
        zones: Any = None
        held: data.Set | None = None
        done: list[tuple[int, float]] = []
        for wanted, number in STEPS[kind]:
            if number > most:
                continue
            first = wanted is not held
            if first:
                zones, held, done = wanted.zones(), wanted, []
            if expected(done, number) > budget_s and not name.startswith("Truceline"):
                continue
            loaded, joined = step(one, wanted.label, zones, number, budget_s)
            # The first step loads the zones as well, which the others need not.
            done.append((number, joined if first else loaded + joined))
    finally:
        one.close()


def expected(done: list[tuple[int, float]], number: int) -> float:
    """Seconds that a step of so many points should take; 0 where two steps are not done yet."""
    if len(done) < 2:
        return 0.0
    (n1, s1), (n2, s2) = done[-2:]
    return s2 + max(s2 - s1, 0.0) / (n2 - n1) * (number - n2)


def step(one: Rival, label: str, zones: Any, number: int, budget_s: float) -> tuple[float, float]:
    """Loads, joins up to four times, checks; returns the seconds of loading and of the first join."""
    x, y = data.points(zones, number)
    begun = time.perf_counter()
    one.load(zones, x, y)
    loaded = time.perf_counter() - begun
    taken: list[float] = []
    answer: Any = None
    while len(taken) < 4 and (not taken or sum(taken) + min(taken) < budget_s / 2):
        answer = None
        begun = time.perf_counter()
        answer = one.join()
        taken.append(time.perf_counter() - begun)
    peak = peak_mb() + one.extra_memory_mb()
    summary: Summary = one.summary(answer)
    say(
        {
            "set": label, "points": number, "load_s": loaded, "join_s": min(taken), "rounds": len(taken),
            "peak_mb": peak, "answer": [summary.pairs, summary.points, summary.zones],
            "digest": digest(one.pairs(answer)) if number in COMPARED else None,
        }
    )  # fmt: skip
    return loaded, taken[0]


def digest(pairs: Pairs) -> str:
    """Of the pairs in order of point and zone."""
    ordered = np.ascontiguousarray(pairs[np.lexsort(pairs.T[::-1])], np.int64)
    return hashlib.sha256(ordered.tobytes()).hexdigest()


def peak_mb() -> float:
    """The most that this process has held, MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6


def say(document: dict[str, Any]) -> None:
    """One line of JSON."""
    print(json.dumps(document), flush=True)


def roofline(number: int) -> dict[str, float]:
    """A plain stream that reads 16 and writes 4 bytes a point, and Truceline on the same points.

    GB/s of the stream, million points/s of Truceline with points in no order, along a Z curve that knows
    nothing of the index, and in order of the index's own cells; all write where memory is at hand already.
    """
    from numba import njit, prange

    from truceline.geo.screening.containment import zone_codes
    from truceline.geo.screening.index import ZoneIndex

    @njit(parallel=True)  # type: ignore[untyped-decorator, unused-ignore]
    def stream(x: Any, y: Any, out: NDArray[np.int32]) -> None:
        for i in prange(len(x)):
            out[i] = np.int32((x[i] > 36.0) & (y[i] > 35.0))

    zones = data.MAIN.zones()
    x, y = data.points(zones, number)
    index = ZoneIndex(zones)
    order = data.along_a_curve(x, y)
    along = x[order], y[order]
    del order
    in_cells = data.in_cells(index.grid, x, y)
    out = np.empty(number, np.int32)
    stream(x[:10], y[:10], out[:10])
    best = {"stream": 0.0, "no_order": 0.0, "along_a_curve": 0.0, "in_cells": 0.0}
    for _ in range(5):
        for name, work in (
            ("stream", lambda: stream(x, y, out)),
            ("no_order", lambda: zone_codes(index.grid, x, y, out=out)),
            ("along_a_curve", lambda: zone_codes(index.grid, *along, out=out)),
            ("in_cells", lambda: zone_codes(index.grid, *in_cells, out=out)),
        ):
            begun = time.perf_counter()
            work()
            best[name] = max(best[name], number / (time.perf_counter() - begun) / 1e6)
    return best | {"points": number, "gb_per_s": best["stream"] * 20 / 1e3, "load": os.getloadavg()[0]}

"""The course of a state over reports in order of time, compiled: see `truceline.assess.states`."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from numba import njit

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

NEVER = -(2**62)
"""The instant of what has not come about."""


@njit(cache=True, nogil=True)
def settle(
    p: Floats, at_us: Ints, against: Flags, confirmed: float, probable: float
) -> tuple[float, float, int, bool, int]:
    """The shares done and undone after the last report, since when it has been done, whether it ever was, and
    since when it has been undone: each report with probability p settles the state and leaves 1 - p to those
    before it. Instants are microseconds since 1970."""
    done, undone = 0.0, 0.0
    done_at, was_done, undone_since = NEVER, False, NEVER
    for n in range(len(p)):
        left = 1.0 - p[n]
        done *= left
        undone *= left
        if against[n]:
            undone += p[n]
        else:
            done += p[n]
        if done >= confirmed:
            was_done = True
            if done_at == NEVER:
                done_at = at_us[n]
        else:
            done_at = NEVER
        if undone < probable:
            undone_since = NEVER
        elif undone_since == NEVER:
            undone_since = at_us[n]
    return done, undone, done_at, was_done, undone_since

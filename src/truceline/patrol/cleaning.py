"""What of a track can be used: fixes in order of time, without those that no vehicle could have reached.

A fix is dropped if the way to it and the way from it are both too fast, and the way past it is not; so is
each of several in a row, up to `MOST_IN_A_ROW`. Where only one of the two ways is too fast, as with a
receiver that had lost its signal and guessed, one fix beside it is dropped if the way past it is
possible. Speeds are taken after the fixes' own errors are given the benefit of the doubt. Where a too
fast way remains, the track is broken: that is told (`truceline.patrol.signs`) and not mended.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from truceline.geo.ellipsoid import Bools, Floats, inverse
from truceline.patrol.track import Track

MAX_SPEED_MPS = 45.0
"""162 km/h: faster than vehicles patrol, slower than errors and copies jump."""
MAX_GAP_S = 300.0
"""Between fixes further apart than this, nothing is taken to be known of the way."""
MOST_IN_A_ROW = 3


@dataclass(frozen=True, eq=False)
class Cleaned:
    """A track as it is used. Counts of fixes dropped, and the steps that remain too fast: when (seconds since
    1970) and how fast at least (metres a second).
    """

    track: Track
    out_of_order: int
    repeated: int
    unreachable: int
    too_fast: tuple[tuple[float, float], ...]

    @property
    def dropped(self) -> int:
        """How many fixes are not used."""
        return self.out_of_order + self.repeated + self.unreachable


def cleaned(track: Track, max_speed_mps: float = MAX_SPEED_MPS) -> Cleaned:
    """The usable part of a track, in order of time."""
    falls = np.concatenate([[False], np.diff(track.time_s) < 0.0]) if len(track) else np.zeros(0, dtype=bool)
    order = np.argsort(track.time_s, kind="stable")
    track = track.where(order)  # type: ignore[arg-type]
    again: Bools = np.concatenate([[False], np.diff(track.time_s) == 0.0]) if len(track) else falls
    track = track.where(~again)
    kept: Bools = np.ones(len(track), dtype=bool)
    for run in range(1, MOST_IN_A_ROW + 1):
        kept &= ~_spikes(track, kept, run, max_speed_mps)
    kept &= ~_guessed(track, kept, max_speed_mps)
    used = track.where(kept)
    least = least_speeds_mps(used)
    fast = np.flatnonzero(least > max_speed_mps)
    return Cleaned(
        used,
        int(falls.sum()),
        int(again.sum()),
        int((~kept).sum()),
        tuple((float(used.time_s[i + 1]), float(least[i])) for i in fast),
    )


def least_speeds_mps(track: Track) -> Floats:
    """How fast each step was at least, if both fixes err towards each other by all that they may."""
    metres, seconds = track.steps()
    doubt = np.hypot(track.error_m[:-1], track.error_m[1:])
    speeds: Floats = np.maximum(metres - doubt, 0.0) / np.maximum(seconds, 1e-3)
    return speeds


def _guessed(track: Track, kept: Bools, max_speed_mps: float) -> Bools:
    """Single fixes at one end of a too fast way which is possible without them; the earlier of two first, as
    the receiver's new signal is better than its guess."""
    dropped: Bools = np.zeros(len(track), dtype=bool)
    at = np.flatnonzero(kept)
    if len(at) < 3:
        return dropped
    for step in np.flatnonzero(least_speeds_mps(track.where(kept)) > max_speed_mps).tolist():
        for middle in (step, step + 1):
            if not 0 < middle < len(at) - 1 or dropped[at[middle - 1 : middle + 2]].any():
                continue
            beside = track.where(at[[middle - 1, middle + 1]])  # type: ignore[arg-type]
            if float(least_speeds_mps(beside)[0]) <= max_speed_mps:
                dropped[at[middle]] = True
                break
    return dropped


def _spikes(track: Track, kept: Bools, run: int, max_speed_mps: float) -> Bools:
    """Runs of so many fixes that lie off a way which is possible without them."""
    at = np.flatnonzero(kept)
    spikes: Bools = np.zeros(len(track), dtype=bool)
    if len(at) < run + 2:
        return spikes
    speeds = least_speeds_mps(track.where(kept))
    before, after = at[: -run - 1], at[run + 1 :]
    metres = inverse(track.lon[before], track.lat[before], track.lon[after], track.lat[after])[2]
    doubt = np.hypot(track.error_m[before], track.error_m[after])
    seconds = track.time_s[after] - track.time_s[before]
    past = np.maximum(metres - doubt, 0.0) / np.maximum(seconds, 1e-3) <= max_speed_mps
    off = (speeds[: len(before)] > max_speed_mps) & (speeds[run:] > max_speed_mps) & past
    for offset in range(1, run + 1):
        spikes[at[np.flatnonzero(off) + offset]] = True
    return spikes

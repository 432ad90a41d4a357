"""Copies told by their timing: another day's way again, at the same places at the same seconds.

Noise tells a copy (`truceline.patrol.signs`) as long as the copy keeps it: not if digits were cut to 10
m, if fresh noise was added, or if the receiver smoothed its fixes. But nobody drives a road twice with
the same timing. Two tracks are laid over one another at the shift at which their velocities agree best;
where they then keep within `NEAR_M` of each other for all but a tenth of the time under way, one is the
other again.

That says something only where the speed changes under way: a vehicle on cruise control keeps its time.
Speeds, over half a minute each, must differ by `LEAST_CHANGE` of their mean (standard deviation) in every
quarter of what is compared. And two vehicles of one patrol keep the same time on the same day: tracks
that lie within `SAME_TIME_S` of each other are not compared in this way.
"""

from __future__ import annotations

import numpy as np
from scipy.signal import correlate

from truceline.geo.ellipsoid import Floats, inverse
from truceline.patrol.cleaning import MAX_GAP_S
from truceline.patrol.track import Track

STEP_S = 10.0
NEAR_M = 25.0
LEAST_S = 900.0
LEAST_M = 3_000.0
LEAST_CHANGE = 0.08
SAME_TIME_S = 3_600.0
_MOVING_MPS = 1.0
_ALIKE_VELOCITY = 0.7
_METRES_PER_DEGREE = 111_320.0


def prepared(track: Track) -> Track | None:
    """The track every `STEP_S`, from its first fix; None where it is too short to be compared."""
    if len(track) < 30 or track.time_s[-1] - track.time_s[0] < LEAST_S:
        return None
    return track.at(np.arange(track.time_s[0], track.time_s[-1], STEP_S), MAX_GAP_S)


def same_timing(one: Track, other: Track) -> float:
    """The share of the time under way in which two prepared tracks keep to one another at their best shift;
    0 where that cannot be said or says nothing."""
    shift = _shift(one, other)
    if shift is None or abs(shift) < SAME_TIME_S:
        return 0.0
    best = 0.0
    for finer in np.arange(-STEP_S, STEP_S + 0.1, 1.0):
        best = max(best, _kept(one, other, shift + float(finer)))
    return best


def _shift(one: Track, other: Track) -> float | None:
    """By how many seconds `one` is later than `other`, where their velocities agree best."""
    if np.hypot(one.lon.mean() - other.lon.mean(), one.lat.mean() - other.lat.mean()) > 1.0:
        return None
    a, b = _velocity(one), _velocity(other)
    if min(len(a), len(b)) < LEAST_S / STEP_S:
        return None
    together = sum(correlate(a[:, axis], b[:, axis], method="fft") for axis in (0, 1))
    size_a = correlate((a**2).sum(axis=1), np.ones(len(b)), method="fft")
    size_b = correlate(np.ones(len(a)), (b**2).sum(axis=1), method="fft")
    shared = correlate(np.ones(len(a)), np.ones(len(b)), method="fft")
    scale = np.sqrt(np.maximum(size_a, 0.0) * np.maximum(size_b, 0.0))
    usable = (shared >= 0.5 * min(len(a), len(b))) & (scale > 1e-9)
    if not usable.any():
        return None
    alike = np.where(usable, together / np.maximum(scale, 1e-9), -1.0)
    best = int(np.argmax(alike))
    if alike[best] < _ALIKE_VELOCITY:
        return None
    lag = best - (len(b) - 1)
    return float(one.time_s[0] - other.time_s[0]) + lag * STEP_S


def _velocity(track: Track) -> Floats:
    """Metres a second east and north on the even grid of seconds; 0 in gaps."""
    seconds = np.diff(track.time_s)
    east = np.diff(track.lon) * _METRES_PER_DEGREE * np.cos(np.radians(track.lat[:-1]))
    north = np.diff(track.lat) * _METRES_PER_DEGREE
    at = np.round((track.time_s[:-1] - track.time_s[0]) / STEP_S).astype(np.int64)
    found = np.zeros((round(float(track.time_s[-1] - track.time_s[0]) / STEP_S) + 1, 2))
    even = seconds <= 1.5 * STEP_S
    found[at[even]] = np.column_stack([east, north])[even] / seconds[even, None]
    return found


def _kept(one: Track, other: Track, shift: float) -> float:
    moved = other.at(one.time_s - shift, 2.0 * STEP_S)
    where = np.isin(one.time_s - shift, moved.time_s)
    mine = one.where(where)
    if len(mine) < LEAST_S / STEP_S or len(mine) < 0.5 * min(len(one), len(other)):
        return 0.0
    metres, seconds = mine.steps()
    speed = metres / np.maximum(seconds, 1e-3)
    moving = (speed > _MOVING_MPS) & (seconds <= 1.5 * STEP_S)
    if moving.sum() * STEP_S < LEAST_S or metres[moving].sum() < LEAST_M:
        return 0.0
    if not _changes(speed[moving]):
        return 0.0
    apart = np.asarray(inverse(mine.lon, mine.lat, moved.lon, moved.lat)[2], dtype=float)[1:]
    return float((apart[moving] <= NEAR_M).mean())


def _changes(speed: Floats) -> bool:
    """Whether the speed changes in every quarter as nobody's does twice."""
    whole = speed[: len(speed) // 3 * 3].reshape(-1, 3).mean(axis=1)
    return all(
        len(part) >= 5 and float(part.std()) >= LEAST_CHANGE * max(float(part.mean()), 1e-9)
        for part in np.array_split(whole, 4)
    )

"""Signs that a track does not show what happened: gaps, impossible speeds, copies, made-up fixes.

They are signs and no verdicts: each says what was found and how strong it is, and a person asks the patrol.

**Copies.** A receiver's noise never repeats. The second differences of the fixes, on the ground east and
north, hold the noise and what the vehicle did from fix to fix; cut off at twice their median size, so that
turns do not speak louder than noise, they are compared with those of every other track at every shift (by
fast Fourier transform). Two honest patrols of one road share its bends but not the noise: of the simulated
ones no pair reaches 0.3. A copy reaches nearly 1, also where it was moved in time; with fresh noise added it
falls, to 0.6 where that is about as large as the receiver's own, and a copy whose digits were cut to some
10 m is not found (tests/unit/patrol).

**Made up.** A receiver on a moving vehicle is never exact to the centimetre, nor its speed constant. Fixes
that lie on straight ways at constant speed (second differences under `STILL_M` for `LONG_RUN` fixes while
moving) were drawn, not measured.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from scipy.signal import correlate

from truceline.core.instants import isoformat_utc
from truceline.geo.ellipsoid import Floats, wrapped
from truceline.patrol.cleaning import MAX_GAP_S, Cleaned
from truceline.patrol.timing import prepared, same_timing
from truceline.patrol.track import Track
from truceline.patrol.when import instant

SignKind = Literal["gap", "impossible_speed", "copied", "made_up"]

LEAST_SHARED = 60
"""So many fixes must be compared before a correlation says anything."""
ALIKE = 0.5
"""The correlation from which two tracks are said to have the same noise."""
STILL_M = 0.02
LONG_RUN = 20
KEPT = 0.9
"""The share of the time under way in which two tracks keep to one another, from which one is the other's copy
(`truceline.patrol.timing`)."""
_MOVING_MPS = 1.0
_CUT_OFF = 2.0
_METRES_PER_DEGREE = 111_320.0


@dataclass(frozen=True, slots=True)
class Sign:
    """Something about a track that asks for an explanation: from and to in seconds since 1970, `strength` by
    kind (a gap's share of the track's time, metres a second, a correlation, a share of the moving fixes).
    """

    kind: SignKind
    track: str
    from_s: float
    to_s: float
    strength: float
    other: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """As plain JSON data."""
        return {
            "kind": self.kind,
            "track": self.track,
            "from": isoformat_utc(instant(self.from_s)),
            "to": isoformat_utc(instant(self.to_s)),
            "strength": round(self.strength, 4),
            "other_track": self.other,
        }


def signs_in(
    tracks: Sequence[Cleaned], earlier: Sequence[Track] = (), max_gap_s: float = MAX_GAP_S
) -> list[Sign]:
    """All signs in the tracks, compared with one another and with `earlier` ones."""
    found: list[Sign] = []
    for one in tracks:
        found += gaps(one.track, max_gap_s)
        found += [Sign("impossible_speed", one.track.name, at, at, speed) for at, speed in one.too_fast]
        found += made_up(one.track)
    return [*found, *copies([one.track for one in tracks], earlier)]


def gaps(track: Track, max_gap_s: float = MAX_GAP_S) -> Iterator[Sign]:
    """The times without a fix."""
    if len(track) < 2:
        return
    whole = float(track.time_s[-1] - track.time_s[0])
    for i in np.flatnonzero(np.diff(track.time_s) > max_gap_s):
        start, end = float(track.time_s[i]), float(track.time_s[i + 1])
        yield Sign("gap", track.name, start, end, (end - start) / whole)


def copies(tracks: Sequence[Track], earlier: Sequence[Track] = ()) -> Iterator[Sign]:
    """The tracks whose noise is that of another one: the later of two is named, its model as `other`."""
    pool = sorted([*tracks, *earlier], key=lambda t: (float(t.time_s[0]) if len(t) else 0.0, t.name))
    noise = [_noise(track) for track in pool]
    even = [prepared(track) for track in pool]
    judged = {track.name for track in tracks}
    for number, track in enumerate(pool):
        if track.name not in judged:
            continue
        best: tuple[float, str] = (0.0, "")
        for other in range(number):
            if pool[other].name != track.name:
                best = max(best, (alike(noise[number], noise[other]), pool[other].name))
        if best[0] < ALIKE:
            best = max(
                ((_timing(even, number, other), pool[other].name) for other in range(number)),
                default=best,
            )
        if best[0] >= ALIKE:
            yield Sign(
                "copied", track.name, float(track.time_s[0]), float(track.time_s[-1]), best[0], best[1]
            )


def _timing(even: Sequence[Track | None], one: int, other: int) -> float:
    """The share of time kept to one another, where it is that of a copy; else 0."""
    a, b = even[one], even[other]
    if a is None or b is None or a.name == b.name:
        return 0.0
    share = same_timing(a, b)
    return share if share >= KEPT else 0.0


def alike(one: Floats, other: Floats) -> float:
    """The greatest correlation of two tracks' noise over all shifts that leave enough of both; 0 to 1."""
    if min(len(one), len(other)) < LEAST_SHARED:
        return 0.0
    together = sum(correlate(one[:, axis], other[:, axis], method="fft") for axis in (0, 1))
    size_one = correlate((one**2).sum(axis=1), np.ones(len(other)), method="fft")
    size_other = correlate(np.ones(len(one)), (other**2).sum(axis=1), method="fft")
    shared = correlate(np.ones(len(one)), np.ones(len(other)), method="fft")
    usable = shared >= max(LEAST_SHARED, 0.25 * min(len(one), len(other)))
    scale = np.sqrt(np.maximum(size_one, 0.0) * np.maximum(size_other, 0.0))
    usable &= scale > 1e-9
    if not usable.any():
        return 0.0
    return float(np.clip((together[usable] / scale[usable]).max(), 0.0, 1.0))


def _noise(track: Track) -> Floats:
    """Second differences east and north in metres, cut off; shape (n, 2). Standing still says nothing."""
    if len(track) < 3:
        return np.empty((0, 2))
    change = _second_differences(track)
    moving = _moving(track)
    change = change[moving]
    size = np.median(np.abs(change), axis=0) if len(change) else np.zeros(2)
    limit = _CUT_OFF * np.maximum(size, 1e-9)
    cut: Floats = np.clip(change, -limit, limit)
    return cut - cut.mean(axis=0) if len(cut) else cut


def _second_differences(track: Track) -> Floats:
    north = track.lat * _METRES_PER_DEGREE
    east_step = wrapped(np.diff(track.lon)) * _METRES_PER_DEGREE * np.cos(np.radians(track.lat[:-1]))
    return np.column_stack([np.diff(east_step), np.diff(north, n=2)])


def _moving(track: Track) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    metres, seconds = track.steps()
    speed = metres / np.maximum(seconds, 1e-3)
    moving: np.ndarray[tuple[int], np.dtype[np.bool_]] = (speed[:-1] > _MOVING_MPS) & (
        speed[1:] > _MOVING_MPS
    )
    return moving


def made_up(track: Track) -> Iterator[Sign]:
    """Long runs of fixes while moving that no receiver would give."""
    if len(track) < LONG_RUN + 2:
        return
    change = np.abs(_second_differences(track)).max(axis=1)
    steady = np.abs(np.diff(track.time_s, n=2)) < 1e-6
    moving = _moving(track)
    exact = (change < STILL_M) & moving & steady
    edges = np.flatnonzero(np.diff(np.concatenate([[0], exact.astype(np.int8), [0]])))
    runs = [
        (a, b) for a, b in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True) if b - a >= LONG_RUN
    ]
    if runs:
        share = sum(b - a for a, b in runs) / max(int(moving.sum()), 1)
        yield Sign(
            "made_up",
            track.name,
            float(track.time_s[runs[0][0]]),
            float(track.time_s[runs[-1][1] + 1]),
            share,
        )

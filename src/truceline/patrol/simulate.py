"""Tracks of patrols that never happened, with known truth: for the demonstration, the tests and the figures.

A patrol drives along a way at a speed of its own, which drifts, and stops at posts. Its receiver errs by a
slowly changing part (first-order autoregressive, as ephemeris and atmosphere do) and a white one. Everything
follows from the seed. Every track so made is marked synthetic by its source.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from truceline.geo.ellipsoid import Floats, direct, inverse
from truceline.patrol.track import DEFAULT_ERROR_M, Track

SOURCE = "synthetic"


@dataclass(frozen=True, slots=True)
class Drive:
    """How a simulated patrol drives and how its receiver errs. `wander_m` and `white_m` are standard
    deviations on each axis; speeds are metres a second, times seconds."""

    speed_mps: float = 12.0
    speed_drift: float = 0.15
    step_s: float = 10.0
    wander_m: float = 2.5
    wander_time_s: float = 60.0
    white_m: float = 0.8


@dataclass(frozen=True, eq=False)
class Truth:
    """Where the patrol really was: seconds since 1970, lon, lat."""

    time_s: Floats
    lon: Floats
    lat: Floats


def simulated(
    name: str,
    party: str,
    way: Sequence[tuple[float, float]],
    start_s: float,
    *,
    seed: int,
    stops: Sequence[tuple[int, float]] = (),
    drive: Drive | None = None,
) -> tuple[Track, Truth]:
    """A patrol along the way (lon, lat), with stops of so many seconds (`stops`: vertex, time)."""
    how = drive or Drive()
    rng = np.random.default_rng(seed)
    truth = _driven(np.asarray(way, dtype=float), start_s, dict(stops), how, rng)
    return measured(name, party, truth, how, rng), truth


def _driven(
    way: Floats, start_s: float, stops: dict[int, float], how: Drive, rng: np.random.Generator
) -> Truth:
    azimuth, _, length = inverse(way[:-1, 0], way[:-1, 1], way[1:, 0], way[1:, 1])
    starts = np.concatenate([[0.0], np.cumsum(length)])
    log_speed, at, now = 0.0, 0.0, start_s
    times, places = [now], [0.0]
    waiting = stops.get(0, 0.0)
    next_vertex = 1
    while next_vertex < len(way) or waiting > 0.0:
        now += how.step_s
        if waiting > 0.0:
            waiting -= how.step_s
        else:
            log_speed = 0.9 * log_speed + how.speed_drift * float(rng.normal()) * np.sqrt(1.0 - 0.81)
            at += how.speed_mps * float(np.exp(log_speed)) * how.step_s
            if at >= starts[next_vertex]:
                # It halts at the vertex if it is to stop there, or drives on.
                while next_vertex < len(way) and at >= starts[next_vertex]:
                    stop = stops.get(next_vertex, 0.0)
                    next_vertex += 1
                    if stop > 0.0 or next_vertex == len(way):
                        at, waiting = float(starts[next_vertex - 1]), stop
                        break
        times.append(now)
        places.append(min(at, float(starts[-1])))
    position = np.array(places)
    edge = np.clip(np.searchsorted(starts, position, side="right") - 1, 0, len(azimuth) - 1)
    lon, lat, _ = direct(way[edge, 0], way[edge, 1], azimuth[edge], position - starts[edge])
    return Truth(np.array(times), np.asarray(lon, dtype=float), np.asarray(lat, dtype=float))


def measured(name: str, party: str, truth: Truth, how: Drive, rng: np.random.Generator) -> Track:
    """What the receiver makes of it."""
    count = len(truth.time_s)
    keep = float(np.exp(-how.step_s / how.wander_time_s))
    pushes = rng.normal(0.0, how.wander_m * np.sqrt(1.0 - keep**2), (count, 2))
    wander = np.empty((count, 2))
    wander[0] = rng.normal(0.0, how.wander_m, 2)
    for i in range(1, count):
        wander[i] = keep * wander[i - 1] + pushes[i]
    off = wander + rng.normal(0.0, how.white_m, (count, 2))
    lon, lat, _ = direct(
        truth.lon, truth.lat, np.degrees(np.arctan2(off[:, 0], off[:, 1])), np.hypot(off[:, 0], off[:, 1])
    )
    errors = np.full(count, DEFAULT_ERROR_M)
    return Track(name, party, SOURCE, truth.time_s.copy(), np.asarray(lon), np.asarray(lat), errors)


def with_gap(track: Track, from_share: float, to_share: float) -> Track:
    """The track without its fixes between two shares of its time."""
    start, whole = track.time_s[0], track.time_s[-1] - track.time_s[0]
    share = (track.time_s - start) / whole
    return track.where((share <= from_share) | (share >= to_share))


def copied(
    track: Track, name: str, later_s: float, *, digits: int = 7, jitter_m: float = 0.0, seed: int = 0
) -> Track:
    """The track again at another time, its digits cut and, if asked for, with some fresh noise."""
    rng = np.random.default_rng(seed)
    off = rng.normal(0.0, jitter_m, (len(track), 2)) if jitter_m else np.zeros((len(track), 2))
    lon, lat, _ = direct(
        track.lon, track.lat, np.degrees(np.arctan2(off[:, 0], off[:, 1])), np.hypot(off[:, 0], off[:, 1])
    )
    return replace(
        track,
        name=name,
        time_s=track.time_s + later_s,
        lon=np.round(np.asarray(lon), digits),
        lat=np.round(np.asarray(lat), digits),
    )


def drawn(
    name: str, party: str, way: Sequence[tuple[float, float]], start_s: float, *, speed_mps: float = 12.0,
    step_s: float = 10.0,
) -> Track:  # fmt: skip
    """A track that somebody drew: on the way exactly, at constant speed."""
    places = np.asarray(way, dtype=float)
    azimuth, _, length = inverse(places[:-1, 0], places[:-1, 1], places[1:, 0], places[1:, 1])
    starts = np.concatenate([[0.0], np.cumsum(length)])
    position: Floats = np.arange(0.0, float(starts[-1]), speed_mps * step_s, dtype=np.float64)
    edge = np.clip(np.searchsorted(starts, position, side="right") - 1, 0, len(azimuth) - 1)
    lon, lat, _ = direct(places[edge, 0], places[edge, 1], azimuth[edge], position - starts[edge])
    times: Floats = start_s + np.arange(len(position), dtype=np.float64) * step_s
    errors = np.full(len(position), DEFAULT_ERROR_M)
    return Track(name, party, SOURCE, times, np.asarray(lon), np.asarray(lat), errors)

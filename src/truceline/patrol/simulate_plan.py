"""A planned shift driven, with known truth: for the demonstration, the tests and the figures.

The team leaves as late as it is told, drives each leg's way at about the plan's own speed, waits where it is
early, stays for every visit that it is not told to leave out, and is back. The receiver errs as in
`truceline.patrol.simulate`. Everything follows from the seed.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from truceline.geo.ellipsoid import Floats, direct, inverse
from truceline.patrol.planning.result import PlannedLeg, Shift
from truceline.patrol.simulate import Drive, Truth, measured
from truceline.patrol.track import Track

_DRIFT = 0.9


@dataclass(frozen=True)
class Driven:
    """What really happened: when each visit (by its number in the plan) began and ended, seconds since 1970;
    None where it was left out."""

    track: Track
    truth: Truth
    visits: tuple[tuple[float, float] | None, ...]


def shift_driven(
    shift: Shift,
    name: str,
    *,
    seed: int,
    late_s: float = 0.0,
    leaves_out: Collection[int] = (),
    cut_short: Collection[int] = (),
    drive: Drive | None = None,
) -> Driven:
    """The shift as driven; `leaves_out` are numbers of visits that the team passes by on its way without a
    stop, `cut_short` those it leaves after a quarter of their time."""
    how = drive or Drive()
    rng = np.random.default_rng(seed)
    times, places = [np.array([shift.leave_s + late_s])], [shift.legs[0].shape[:1]]
    visits: list[tuple[float, float] | None] = []
    now = shift.leave_s + late_s
    pending: list[PlannedLeg] = []
    for number, leg in enumerate(shift.legs):
        pending.append(leg)
        visit = shift.visits[number] if number < len(shift.visits) else None
        if visit is not None and number in leaves_out:
            visits.append(None)
            continue
        way = np.vstack([one.shape for one in pending])
        if len(pending) > 1:
            # Past the posts it leaves out: straight from where it was to where it goes.
            way = way[[0, -1]]
        took = sum(one.arrive_s - one.leave_s for one in pending)
        pending = []
        at, lonlat = _along(way, took, now, how, rng)
        times.append(at)
        places.append(lonlat)
        now = float(at[-1]) if len(at) else now
        if visit is not None:
            whole = float(visit.end_s - visit.begin_s)
            # It comes, waits for the planned time if it is early, and stays the whole visit.
            until = now + whole / 4.0 if number in cut_short else max(now, float(visit.begin_s)) + whole
            stay = np.arange(now + how.step_s, until + how.step_s, how.step_s)
            times.append(stay)
            places.append(np.repeat(way[-1:], len(stay), axis=0))
            visits.append((now, until))
            now = float(stay[-1]) if len(stay) else now
    time_s, where = np.concatenate(times), np.vstack(places)
    truth = Truth(time_s, where[:, 0], where[:, 1])
    return Driven(measured(name, shift.party, truth, how, rng), truth, tuple(visits))


def _along(
    way: Floats, took_s: float, start_s: float, how: Drive, rng: np.random.Generator
) -> tuple[Floats, Floats]:
    azimuth, _, length = inverse(way[:-1, 0], way[:-1, 1], way[1:, 0], way[1:, 1])
    starts = np.concatenate([[0.0], np.cumsum(length)])
    whole = float(starts[-1])
    if whole <= 0.0 or took_s <= 0.0:
        return np.empty(0), np.empty((0, 2))
    count = int(np.ceil(2.5 * took_s / how.step_s)) + 10
    drift = np.empty(count)
    last = 0.0
    for step, push in enumerate(rng.normal(0.0, how.speed_drift * np.sqrt(1.0 - _DRIFT**2), count)):
        last = _DRIFT * last + push
        drift[step] = last
    position = np.cumsum(whole / took_s * np.exp(drift) * how.step_s)
    steps = min(int(np.searchsorted(position, whole)) + 1, count)
    position = np.minimum(position[:steps], whole)
    edge = np.clip(np.searchsorted(starts, position, side="right") - 1, 0, len(azimuth) - 1)
    lon, lat, _ = direct(way[edge, 0], way[edge, 1], azimuth[edge], position - starts[edge])
    times: Floats = start_s + how.step_s * np.arange(1, steps + 1, dtype=np.float64)
    places: Floats = np.column_stack([lon, lat]).astype(np.float64)
    return times, places

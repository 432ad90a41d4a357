"""Cleaning of tracks: ours beside MovingPandas', on the same simulated tracks with known truth.

    python benchmarks/patrol_cleaning.py

MovingPandas is measured where it can be imported (``uv run --with movingpandas python benchmarks/…``; it
is not locked, as it needs a newer pandas than PySpark). Tracks of a week are spoilt in known ways: single
spikes, runs of two and three, fixes that a receiver guessed, gaps. Both are asked with the same limits:
162 km/h, 300 s.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import numpy as np

from truceline.geo.ellipsoid import inverse
from truceline.patrol.cleaning import MAX_GAP_S, MAX_SPEED_MPS, cleaned
from truceline.patrol.signs import gaps
from truceline.patrol.simulate import Drive, Truth, simulated
from truceline.patrol.track import Track

TRACKS = 20
Answer = tuple[set[float], int]
"""The times (seconds since 1970) of the fixes that are kept, and how many gaps are told."""


@dataclass(frozen=True)
class Spoilt:
    """A track, the truth, which of its fixes are bad (times), and how many gaps were made."""

    track: Track
    truth: Truth
    bad: set[float]
    gaps: int


def spoilt(number: int) -> Spoilt:
    """A drive of 60 km with 20 spikes and runs of spikes, 3 guessed fixes and 3 gaps."""
    rng = np.random.default_rng(number)
    way = [(36.0 + 0.02 * k + float(rng.normal(0, 0.003)), 35.0 + 0.01 * float(np.sin(k))) for k in range(33)]
    drive = Drive(step_s=[2.0, 5.0, 10.0, 30.0][number % 4])
    track, truth = simulated(f"t{number}", "x", way, 1_540_000_000.0, seed=number, drive=drive)
    # Spikes stay away from one another and from the gaps, so that each is a case of its own.
    slots = np.arange(8, len(track) - 12, 12)
    rng.shuffle(slots)
    lat, lon = track.lat.copy(), track.lon.copy()
    bad: list[int] = []
    most = max(len(slots) - 6, 0)
    for n, at in enumerate(slots[: min(20, most)].tolist()):
        run = 1 + n % 3
        north, east = rng.uniform(0.03, 0.4) * rng.choice([-1, 1]), rng.uniform(-0.2, 0.2)
        lat[at : at + run] += north
        lon[at : at + run] += east
        bad += range(at, at + run)
    keep = np.ones(len(track), dtype=bool)
    for at in slots[min(20, most) : min(20, most) + 3].tolist():
        hidden = int(np.ceil(400.0 / drive.step_s))
        if not any(at <= b + 4 and b <= at + hidden + 4 for b in bad):
            keep[at : at + hidden] = False
    for at in slots[min(20, most) + 3 :][:3].tolist():
        hidden = int(np.ceil(60.0 / drive.step_s))
        clear = keep[at : at + hidden + 2].all() and not any(at - 3 <= b <= at + hidden + 3 for b in bad)
        if clear and at + hidden + 1 < len(track):
            # It lost its signal for a minute, and guessed that it had not moved.
            keep[at + 1 : at + hidden] = False
            lat[at + hidden], lon[at + hidden] = lat[at], lon[at]
            step = float(inverse([lon[at]], [lat[at]], [lon[at + hidden + 1]], [lat[at + hidden + 1]])[2][0])
            if (step - 15.0) / drive.step_s > MAX_SPEED_MPS:
                bad.append(at + hidden)
    times = {float(track.time_s[n]) for n in bad if keep[n]}
    # Two that lie together are one.
    made = int((np.diff(track.time_s[keep]) > MAX_GAP_S).sum())
    return Spoilt(replace(track, lat=lat, lon=lon).where(keep), truth, times, made)


def ours(track: Track) -> Answer:
    """Truceline's."""
    clean = cleaned(track).track
    return set(clean.time_s.tolist()), len(list(gaps(clean)))


def theirs() -> Callable[[Track], Answer] | None:
    """MovingPandas', if it is there: OutlierCleaner and ObservationGapSplitter."""
    try:
        import movingpandas
        import pandas
        from geopandas import GeoDataFrame, points_from_xy
    except ImportError:
        return None

    def answer(track: Track) -> Answer:
        at = pandas.DatetimeIndex([datetime.fromtimestamp(t, UTC).replace(tzinfo=None) for t in track.time_s])
        frame = GeoDataFrame(
            {"id": 1}, geometry=points_from_xy(track.lon, track.lat), index=at, crs="EPSG:4326"
        )
        path = movingpandas.Trajectory(frame, 1)
        clean = movingpandas.OutlierCleaner(path).clean(v_max=MAX_SPEED_MPS, units=("m", "s"))
        from datetime import timedelta

        parts = movingpandas.ObservationGapSplitter(clean).split(gap=timedelta(seconds=MAX_GAP_S))
        kept = {stamp.replace(tzinfo=UTC).timestamp() for stamp in clean.df.index.to_pydatetime()}
        return kept, max(len(parts.trajectories) - 1, 0)

    return answer


def main() -> None:
    """Prints a row for each."""
    cases = [spoilt(number) for number in range(TRACKS)]
    fixes, bad = sum(len(one.track) for one in cases), sum(len(one.bad) for one in cases)
    print(f"{TRACKS} tracks, {fixes} fixes, {bad} of them bad, {sum(one.gaps for one in cases)} gaps")
    print("who            bad dropped    good dropped    gaps told    worst left, km    ms a track")
    rivals: list[tuple[str, Callable[[Track], Answer]]] = [("ours", ours)]
    other = theirs()
    if other is None:
        print("movingpandas: not installed")
    else:
        rivals.append(("movingpandas", other))
    for name, answer in rivals:
        answer(cases[0].track)  # compiled and imported before the clock starts
        found = good = told = 0
        worst, start = 0.0, time.process_time()
        answers = [answer(one.track) for one in cases]
        took = time.process_time() - start
        for one, (kept, count) in zip(cases, answers, strict=True):
            times = set(one.track.time_s.tolist())
            found += len(one.bad - kept)
            good += len((times - one.bad) - kept)
            told += min(count, one.gaps)
            at = np.isin(one.track.time_s, sorted(kept))
            left = one.track.where(at)
            really = (
                np.interp(left.time_s, one.truth.time_s, one.truth.lon),
                np.interp(left.time_s, one.truth.time_s, one.truth.lat),
            )
            worst = max(worst, float(np.max(inverse(left.lon, left.lat, *really)[2])) / 1000.0)
        print(
            f"{name:14} {found:5}/{bad:<5} {good:8}/{fixes - bad:<8} "
            f"{told:4}/{sum(one.gaps for one in cases):<4} {worst:14.2f} {1000 * took / TRACKS:14.1f}"
        )


if __name__ == "__main__":
    main()

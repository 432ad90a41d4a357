"""A track: where a unit was, fix by fix, and how well each fix is known.

`time_s` are seconds since 1970 in UTC, ascending; lon, lat in degrees on WGS 84; `error_m` is the radius that
holds the true place with 95%, its error being a round normal distribution.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime

import numpy as np
from numpy.typing import ArrayLike

from truceline.geo.ellipsoid import Bools, Floats, inverse, wrapped

DEFAULT_ERROR_M = 10.0
"""The 95% radius of a fix whose receiver does not say. The GPS Standard Positioning Service promises 8 m with
95% horizontally, averaged over the globe (Performance Standard, 5th edition, 2020), for the signal alone."""


@dataclass(frozen=True, eq=False)
class Track:
    """The fixes of one unit of one party, from one file. `name` is unique among tracks judged together."""

    name: str
    party: str
    source: str
    time_s: Floats
    lon: Floats
    lat: Floats
    error_m: Floats

    def __len__(self) -> int:
        return len(self.time_s)

    def where(self, chosen: Bools) -> Track:
        """The same track with some of its fixes."""
        columns = {name: getattr(self, name)[chosen] for name in ("time_s", "lon", "lat", "error_m")}
        return replace(self, **columns)

    @property
    def start(self) -> datetime:
        """The instant of the first fix."""
        return datetime.fromtimestamp(float(self.time_s[0]), UTC)

    @property
    def end(self) -> datetime:
        """The instant of the last fix."""
        return datetime.fromtimestamp(float(self.time_s[-1]), UTC)

    def steps(self) -> tuple[Floats, Floats]:
        """Metres and seconds from each fix to the next."""
        metres = inverse(self.lon[:-1], self.lat[:-1], self.lon[1:], self.lat[1:])[2]
        return np.asarray(metres, dtype=float), np.diff(self.time_s)

    def length_m(self, max_gap_s: float) -> float:
        """The length of the way, gaps left out."""
        metres, seconds = self.steps()
        return float(metres[seconds <= max_gap_s].sum())

    def at(self, time_s: ArrayLike, max_gap_s: float) -> Track:
        """Where the unit was at these instants, on the straight way between fixes no further apart than
        `max_gap_s`; instants in gaps and outside of the track are left out. The error between two fixes is
        that of the worse of them.
        """
        wanted = np.asarray(time_s, dtype=float)
        if len(self) == 0:
            return self
        after = np.clip(np.searchsorted(self.time_s, wanted, side="left"), 0, len(self) - 1)
        before = np.clip(after - 1, 0, len(self) - 1)
        exact = self.time_s[after] == wanted
        before = np.where(exact, after, before)
        inside = (wanted >= self.time_s[0]) & (wanted <= self.time_s[-1])
        span = self.time_s[after] - self.time_s[before]
        known = inside & (span <= max_gap_s)
        share = np.where(span > 0.0, (wanted - self.time_s[before]) / np.where(span > 0.0, span, 1.0), 0.0)
        east = wrapped(self.lon[after] - self.lon[before])
        return replace(
            self,
            time_s=wanted[known],
            lon=wrapped(self.lon[before] + share * east)[known],
            lat=(self.lat[before] + share * (self.lat[after] - self.lat[before]))[known],
            error_m=np.maximum(self.error_m[before], self.error_m[after])[known],
        )

    def filled(self, step_s: float, max_gap_s: float) -> Track:
        """The fixes and places between them, no further apart than `step_s`; gaps stay gaps."""
        if len(self) < 2:
            return self
        count = np.maximum(np.ceil(np.diff(self.time_s) / step_s), 1).astype(np.int64)
        count[np.diff(self.time_s) > max_gap_s] = 1
        begin = np.repeat(np.arange(len(count)), count)
        order = np.arange(len(begin)) - np.repeat(np.cumsum(count) - count, count)
        share = order / count[begin]
        times = self.time_s[begin] + share * np.diff(self.time_s)[begin]
        return self.at(np.append(times, self.time_s[-1]), max_gap_s)

"""Were two patrols together: within a distance of each other, at the same instants, the whole way.

Both are looked at every `STEP_S` while both are known. Surely together is where the distance and both errors
together stay within the distance asked for; surely apart where even the errors cannot bridge it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from truceline.core.instants import isoformat_utc
from truceline.geo.ellipsoid import Bools, Floats, inverse
from truceline.patrol.cleaning import MAX_GAP_S
from truceline.patrol.track import Track
from truceline.patrol.when import instant

STEP_S = 30.0
WITHIN_M = 500.0


@dataclass(frozen=True, slots=True)
class Together:
    """Two tracks side by side. Seconds: `shared_s` that both are known, `surely_s` and `possibly_s` together;
    `apart`: from, to and the greatest distance in metres of each time that they surely were not.
    """

    one: str
    other: str
    shared_s: float
    surely_s: float
    possibly_s: float
    apart: tuple[tuple[float, float, float], ...]

    @property
    def share(self) -> float:
        """The share of the shared time that they surely were together."""
        return self.surely_s / self.shared_s if self.shared_s else 0.0

    def as_dict(self) -> dict[str, Any]:
        """As plain JSON data."""
        return {
            "tracks": [self.one, self.other],
            "shared_s": round(self.shared_s),
            "together_share": round(self.share, 4),
            "possibly_together_share": round(self.possibly_s / self.shared_s, 4) if self.shared_s else 0.0,
            "apart": [
                {
                    "from": isoformat_utc(instant(a)),
                    "to": isoformat_utc(instant(b)),
                    "greatest_m": round(greatest),
                }
                for a, b, greatest in self.apart
            ],
        }


def together(one: Track, other: Track, within_m: float = WITHIN_M, max_gap_s: float = MAX_GAP_S) -> Together:
    """How far two cleaned tracks kept together."""
    start = max(one.time_s[0], other.time_s[0]) if len(one) and len(other) else 0.0
    end = min(one.time_s[-1], other.time_s[-1]) if len(one) and len(other) else -1.0
    if end <= start:
        return Together(one.name, other.name, 0.0, 0.0, 0.0, ())
    times = np.arange(start, end + 1e-6, STEP_S)
    a, b = one.at(times, max_gap_s), other.at(times, max_gap_s)
    both = np.intersect1d(a.time_s, b.time_s)
    a, b = a.where(np.isin(a.time_s, both)), b.where(np.isin(b.time_s, both))
    metres = np.asarray(inverse(a.lon, a.lat, b.lon, b.lat)[2], dtype=float)
    doubt = np.hypot(a.error_m, b.error_m)
    surely, possibly = metres + doubt <= within_m, metres - doubt <= within_m
    return Together(
        one.name,
        other.name,
        len(both) * STEP_S,
        float(surely.sum()) * STEP_S,
        float(possibly.sum()) * STEP_S,
        tuple(_apart(both, metres, ~possibly)),
    )


def _apart(times: Floats, metres: Floats, apart: Bools) -> Iterator[tuple[float, float, float]]:
    broken = np.diff(times) > 1.5 * STEP_S
    marks = np.flatnonzero((np.diff(apart.astype(np.int8)) != 0) | broken) + 1
    for first, end in zip([0, *marks.tolist()], [*marks.tolist(), len(times)], strict=True):
        if end > first and apart[first]:
            yield float(times[first]), float(times[end - 1]), float(metres[first:end].max())

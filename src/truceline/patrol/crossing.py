"""Did a team cross the line: P(it was on the other side), by its fixes' errors and the line's.

Both errors are normal; the line's is along its perpendicular, as `truceline.geo.uncertainty.model` has it.
Of a patrol on its own side, with a line known to kilometres, it cannot be said that it crossed: the
probability stays near what the distance says, and is told.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from scipy.special import ndtr

from truceline.core.instants import isoformat_utc
from truceline.geo.ellipsoid import Floats
from truceline.geo.inside import SIGMA_PER_ERROR
from truceline.geo.nearest import LineIndex
from truceline.geo.uncertainty.model import SIGMA_PER_BOUND, LineUncertainty
from truceline.patrol.cleaning import MAX_GAP_S
from truceline.patrol.track import Track
from truceline.patrol.when import instant

STEP_S = 10.0
AT_LEAST = 0.5

OwnSide = Literal["left", "right"]


@dataclass(frozen=True, slots=True)
class Crossing:
    """A time on the other side of the line: from and to in seconds since 1970, how far beyond it at most
    (metres), P at its surest, and metres along the line where that was."""

    track: str
    from_s: float
    to_s: float
    deepest_m: float
    p: float
    position_m: float

    def as_dict(self) -> dict[str, Any]:
        """As plain JSON data; the place along the line to the kilometre, no position."""
        return {
            "track": self.track,
            "from": isoformat_utc(instant(self.from_s)),
            "to": isoformat_utc(instant(self.to_s)),
            "deepest_m": round(self.deepest_m),
            "p": round(self.p, 6),
            "line_km": round(self.position_m / 1000.0),
        }


def p_beyond(
    track: Track, line: LineIndex, own: OwnSide, uncertainty: LineUncertainty | None
) -> tuple[Floats, Floats, Floats]:
    """Per fix P(beyond the line), metres beyond it (negative on the own side), and metres along the line."""
    near = line.nearest(track.lon, track.lat)
    beyond = near.side * near.distance_m * (-1.0 if own == "left" else 1.0)
    sigma = track.error_m * SIGMA_PER_ERROR
    if uncertainty is not None:
        bound = np.interp(near.position_m, uncertainty.position_m, uncertainty.bound_m)
        sigma = np.hypot(sigma, bound * SIGMA_PER_BOUND)
    p: Floats = ndtr(beyond / np.maximum(sigma, 1e-9))
    return p, beyond, near.position_m


def crossings(
    track: Track,
    line: LineIndex,
    own: OwnSide,
    uncertainty: LineUncertainty | None = None,
    max_gap_s: float = MAX_GAP_S,
) -> list[Crossing]:
    """The times that a cleaned track was more probably than not beyond the line. `own` is the side, in
    drawing direction, on which its party is to stay."""
    fine = track.filled(STEP_S, max_gap_s)
    if not len(fine):
        return []
    p, beyond, position = p_beyond(fine, line, own, uncertainty)
    there = p >= AT_LEAST
    marks = np.flatnonzero((np.diff(there.astype(np.int8)) != 0) | (np.diff(fine.time_s) > max_gap_s)) + 1
    found = []
    for first, end in zip([0, *marks.tolist()], [*marks.tolist(), len(fine)], strict=True):
        if there[first]:
            surest = first + int(np.argmax(p[first:end]))
            found.append(
                Crossing(
                    track.name,
                    float(fine.time_s[first]),
                    float(fine.time_s[end - 1]),
                    float(beyond[first:end].max()),
                    float(p[surest]),
                    float(position[surest]),
                )
            )
    return found

"""Where a leg passes from one sector to another, and when, at an even speed along it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from truceline.geo.ellipsoid import Floats, inverse
from truceline.patrol.planning.result import Handover

STEPS = 64
"""A leg is looked at so many times; a sector passed through in less than a 64th of a leg may be missed."""


def handovers(
    shape: Floats, leave_s: int, arrive_s: int, sectors: Mapping[str, BaseGeometry]
) -> tuple[Handover, ...]:
    """The changes of sector along a leg, in order; None is ground of no sector."""
    if not sectors or len(shape) < 2:
        return ()
    metres = np.concatenate([[0.0], np.cumsum(inverse(*shape[:-1].T, *shape[1:].T)[2])])
    if metres[-1] <= 0.0:
        return ()
    share = np.linspace(0.0, 1.0, STEPS + 1)
    at = share * metres[-1]
    lon, lat = np.interp(at, metres, shape[:, 0]), np.interp(at, metres, shape[:, 1])
    inside = np.full(len(share), -1)
    names = sorted(sectors)
    for number, name in reversed(list(enumerate(names))):
        inside[shapely.contains_xy(sectors[name], lon, lat)] = number
    found = []
    for step in np.flatnonzero(np.diff(inside)) + 1:
        before, after = (names[n] if n >= 0 else None for n in (inside[step - 1], inside[step]))
        middle = (share[step - 1] + share[step]) / 2.0
        found.append(Handover(before, after, round(leave_s + float(middle) * (arrive_s - leave_s))))
    return tuple(found)

"""Rows of zones whose line is uncertain: they reach further, and their probability takes in the line's error.

By the model of `truceline.geo.uncertainty.model` the zone's edges near a place move with the line, along
its perpendicular there. So a point's distribution relative to such a zone is wider along that perpendicular,
and the zone concerns points whose boundary is within the root of the squares of the point's error and of the
line's 95% bound there, both along and beyond what `error_m` alone would reach.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import shapely
from numpy.typing import NDArray

from truceline.geo.inside import SIGMA_PER_ERROR, p_inside
from truceline.geo.screening.index import Rows, ZoneIndex
from truceline.geo.uncertainty.line import UncertainLine
from truceline.geo.uncertainty.model import NORMAL_95

_REACH = 6.0  # sigma, beyond which a probability is 0 or 1
_AT_A_TIME = 16_384


class UncertainZones:
    """The zones of a set whose line is uncertain; read-only, so that threads share it."""

    def __init__(
        self,
        polygons: Sequence[shapely.Geometry],
        lines: Sequence[UncertainLine | None],
        valid_from: Sequence[int],
        valid_to: Sequence[int],
    ) -> None:
        self.number = np.array([k for k, line in enumerate(lines) if line is not None], np.int32)
        self.of_set = np.zeros(len(polygons), np.bool_)
        self.of_set[self.number] = True
        self.lines = [line for line in lines if line is not None]
        self.polygons = [polygons[k] for k in self.number]
        self.greatest_m = max((line.uncertainty.greatest_m for line in self.lines), default=0.0)
        self.index = ZoneIndex(
            self.polygons,
            valid_from=[valid_from[k] for k in self.number],
            valid_to=[valid_to[k] for k in self.number],
        )

    def added(
        self,
        rows: Rows,
        lon: NDArray[np.float64],
        lat: NDArray[np.float64],
        error_m: NDArray[np.float64],
        time_us: NDArray[np.int64] | None,
        threads: int | None,
    ) -> Rows:
        """The rows of a screening of the whole set, with those of the uncertain zones in their place.

        `lon`, `lat` degrees, `error_m` the points' 95% radii in metres, one of each per point.
        """
        wide = np.hypot(error_m, self.greatest_m)
        time = time_us if self.index.timed else None
        found = self.index.screen(lon, lat, error_m=wide, time_us=time, threads=threads)
        p, kept = found.inside.astype(float), found.inside.copy()
        jobs = []
        for own in range(len(self.lines)):
            of_zone = np.flatnonzero(found.zone == own)
            jobs += [(own, of_zone[k : k + _AT_A_TIME]) for k in range(0, len(of_zone), _AT_A_TIME)]

        def one(job: tuple[int, NDArray[np.int64]]) -> None:
            own, at = job
            x, y, error = (column[found.point[at]] for column in (lon, lat, error_m))
            sigma, _ = self.lines[own].displacement(x, y)
            reach = np.hypot(error, sigma * NORMAL_95)
            kept[at] |= found.distance_m[at] <= reach
            widest = np.hypot(error * SIGMA_PER_ERROR, self.lines[own].uncertainty.greatest_m / NORMAL_95)
            near = np.abs(found.distance_m[at]) <= _REACH * widest
            p[at[near]] = p_inside(
                self.polygons[own], x[near], y[near], error[near], line=self.lines[own]
            )  # fmt: skip

        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(one, jobs))
        certain = ~self.of_set[rows.zone]
        point = np.concatenate([rows.point[certain], found.point[kept]])
        zone = np.concatenate([rows.zone[certain], self.number[found.zone[kept]]])
        order = np.lexsort([zone, point])
        others = (
            (rows.inside, found.inside), (rows.distance_m, found.distance_m), (rows.p_inside, p)
        )  # fmt: skip
        columns = (np.concatenate([first[certain], second[kept]])[order] for first, second in others)
        return Rows(point[order], zone[order], *columns)

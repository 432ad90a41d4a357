"""The index of a set of zones, and the one pass that screens points against it.

For each point: the zones in force at its time that contain it or whose boundary comes within its error, the
signed geodesic distance to each boundary (negative inside; within 0.1 m), and the probability that it is
inside.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

from truceline.core.errors import InvalidGeometry
from truceline.geo.screening.apart import Apart, cells_apart
from truceline.geo.screening.blocks import Blocks, build_blocks
from truceline.geo.screening.boundary import Boundaries, build_boundaries
from truceline.geo.screening.candidates import MARK, MARK_BITS
from truceline.geo.screening.containment import Codes, over_chunks, points_of, zone_codes
from truceline.geo.screening.grid import Grid, build_grid
from truceline.geo.screening.interiors import SUB
from truceline.geo.screening.rows import screen_points

_LEAST_CHUNK, _MOST_CHUNK = 1 << 14, 1 << 18
ALWAYS_FROM = np.iinfo(np.int64).min
ALWAYS_TO = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """One row per point and zone, ordered by point and zone. Metres; `distance_m` is negative inside.

    `p_inside` is 1 or 0 where the error is 0.
    """

    point: NDArray[np.int64]
    zone: NDArray[np.int32]
    inside: NDArray[np.bool_]
    distance_m: NDArray[np.float64]
    p_inside: NDArray[np.float64]


class ZoneIndex:
    """Zones prepared for screening; read-only, so that threads share it.

    `zones` are valid polygons or multipolygons, lon, lat on WGS 84 (RFC 7946). `valid_from` and `valid_to`
    are microseconds since 1970 UTC, the zone in force from the first up to but not including the second;
    ALWAYS_FROM and ALWAYS_TO where it has no such bound. Raises InvalidGeometry.
    """

    def __init__(
        self,
        zones: Sequence[shapely.Geometry],
        *,
        valid_from: ArrayLike | None = None,
        valid_to: ArrayLike | None = None,
    ) -> None:
        number = len(zones)
        self.valid_from = _bounds(valid_from, number, ALWAYS_FROM)
        self.valid_to = _bounds(valid_to, number, ALWAYS_TO)
        with ThreadPoolExecutor(1) as pool:
            beside = pool.submit(build_boundaries, zones)
            self.grid: Grid = build_grid(zones)
            self.boundaries: Boundaries = beside.result()
            apart = pool.submit(cells_apart, self.grid)
            self.blocks: Blocks = build_blocks(self.boundaries, self.grid)
            self.apart: Apart = apart.result()
        if len(self.grid.code_set) > MARK:
            raise InvalidGeometry("the zones overlap in too many ways for one index; screen them in parts")
        held = self.grid.coarse
        self._marked = np.where(held < 0, held, held | (self.apart.coarse.astype(np.int32) << MARK_BITS))
        south, north = self.grid.y0, self.grid.y0 + self.grid.rows * SUB / self.grid.per_y
        top = min(max(abs(south), abs(north)) + 1.0, 89.0)
        # Of longitude, wherever a zone is within 100 km; a degree is longer than on this sphere.
        self._degrees_per_m = 1.0 / (109_900.0 * math.cos(math.radians(top)))

    @property
    def timed(self) -> bool:
        """Whether any zone has a beginning or an end."""
        return bool((self.valid_from != ALWAYS_FROM).any() or (self.valid_to != ALWAYS_TO).any())

    def contains(self, lon: ArrayLike, lat: ArrayLike, *, threads: int | None = None) -> Codes:
        """Containment alone, exact, in four bytes a point, times left aside; see `zone_codes`."""
        return zone_codes(self.grid, lon, lat, threads=threads)

    def screen(
        self,
        lon: ArrayLike,
        lat: ArrayLike,
        *,
        error_m: ArrayLike = 0.0,
        time_us: ArrayLike | None = None,
        rows: Literal["all", "near"] = "all",
        threads: int | None = None,
    ) -> Rows:
        """Rows for the zones in force that contain a point or come within its `error_m`.

        `lon`, `lat` degrees on WGS 84; `error_m` the 95% radius in metres, one value or one per point;
        `time_us` microseconds since 1970 UTC, needed where zones have times. `rows`: "all", or only those
        whose boundary is within the error ("near"), which is far faster; `contains` says the others. A point
        that is not finite gets no row. Raises InvalidGeometry for lengths that differ or a negative error.
        """
        return self.contains_and_screen(
            lon, lat, error_m=error_m, time_us=time_us, rows=rows, threads=threads
        )[1]

    def contains_and_screen(
        self,
        lon: ArrayLike,
        lat: ArrayLike,
        *,
        error_m: ArrayLike = 0.0,
        time_us: ArrayLike | None = None,
        rows: Literal["all", "near"] = "near",
        threads: int | None = None,
    ) -> tuple[Codes, Rows]:
        """What `contains` and `screen` give, together: containment of all, and rows near boundaries."""
        x, y = points_of(lon, lat)
        count = len(x)
        codes = Codes(self.grid, x, y, np.empty(count, np.int32))
        error = np.ascontiguousarray(error_m, np.float64).reshape(-1)
        if len(error) != 1 and len(error) != count:
            raise InvalidGeometry(f"found {len(error)} errors for {count} points")
        if not (error >= 0.0).all() or np.isinf(error).any():
            raise InvalidGeometry("error_m must be finite and 0 or more for every point")
        time = np.empty(0, np.int64)
        if self.timed:
            if time_us is None:
                raise InvalidGeometry("zones have times, so the points need times as well")
            time = np.ascontiguousarray(time_us, np.int64)
            if time.shape != codes.code.shape:
                raise InvalidGeometry(f"found {len(time)} times for {count} points")
        parts: dict[int, tuple[NDArray[Any], ...]] = {}

        def work(start: int, stop: int) -> int:
            parts[start] = self._chunk(codes, error, time, start, stop, rows == "near")
            return 0

        # Large, so that neighbours come together; but enough of them for all threads.
        over_chunks(count, work, threads, size=min(max(count >> 4, _LEAST_CHUNK), _MOST_CHUNK))
        chunks = [parts[start] for start in sorted(parts)]
        columns = [np.concatenate(column) for column in zip(*chunks, strict=True)] if chunks else []
        if not columns:
            columns = [np.empty(0)] * 5
        kinds: tuple[Any, ...] = (np.int64, np.int32, np.bool_, np.float64, np.float64)
        typed = [column.astype(kind, copy=False) for column, kind in zip(columns, kinds, strict=True)]
        return codes, Rows(*typed)

    def _chunk(
        self,
        codes: Codes,
        error: NDArray[np.float64],
        time: NDArray[np.int64],
        start: int,
        stop: int,
        near_only: bool,
    ) -> tuple[NDArray[Any], ...]:
        g, a, b, k = self.grid, self.apart, self.boundaries, self.blocks
        step = 0 if len(error) == 1 else 1
        rows: tuple[NDArray[Any], ...] = screen_points(
            codes.lon, codes.lat, error, step, time, codes.code, start, stop, near_only,
            g.zones, g.x0, g.y0, g.per_x, g.per_y, g.columns, g.rows, self._marked, g.blocks,
            a.patch, a.fine, a.side_x, a.side_y, self._degrees_per_m, self.valid_from, self.valid_to,
            g.set_start, g.set_zone, g.code_set, g.code_more, g.record_at, g.record_set, g.entry_start,
            g.entry_zone, g.data,
            b.start, b.end, b.degrees, b.bow, b.leaf_start, b.leaf_zone, b.order, b.tree, b.zone_leaf,
            b.zone_tree_start, b.zone_trees,
            k.frame, k.radius, k.exact, k.pieces, k.runs, k.first, k.zone, k.cell_offset, k.cell_columns,
            k.cell_start, k.cell_block,
        )  # fmt: skip
        return rows


def _bounds(values: ArrayLike | None, number: int, default: int) -> NDArray[np.int64]:
    if values is None:
        return np.full(number, default, np.int64)
    bounds = np.ascontiguousarray(values, np.int64)
    if bounds.shape != (number,):
        raise InvalidGeometry(f"found {bounds.size} times for {number} zones")
    return bounds

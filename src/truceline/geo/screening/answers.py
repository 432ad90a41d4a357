"""What a run of screening answers for a batch of points: rows of the output, and rows to list."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import shapely
from numpy.typing import NDArray

from truceline.geo.screening.containment import zone_codes
from truceline.geo.screening.index import ZoneIndex
from truceline.geo.screening.usable import BadRow, Points
from truceline.geo.screening.zones import Zones

GEOMETRY = "geometry"
_MARGIN_DEGREES = 1.0
_WKB_POINT = np.dtype([("order", "u1"), ("kind", "<u4"), ("lon", "<f8"), ("lat", "<f8")])


class Answers:
    """Turns batches of points into the rows of the output; every engine gives these."""

    def __init__(
        self, index: ZoneIndex, zones: Zones, threads: int | None, *, with_points: bool = False
    ) -> None:
        self.index, self.threads, self.with_points = index, threads, with_points
        self.uncertain = zones.uncertain()
        self.ids = pa.array(zones.ids, pa.string())
        west, south, east, north = shapely.total_bounds(np.asarray(zones.polygons, dtype=object))
        self.region = (
            west - _MARGIN_DEGREES, south - _MARGIN_DEGREES, east + _MARGIN_DEGREES, north + _MARGIN_DEGREES
        )  # fmt: skip
        # Where lon and lat are alike (around Idlib both are 36), a point may lie in the region both ways.
        self.either_way = max(west, south) - _MARGIN_DEGREES <= min(east, north) + _MARGIN_DEGREES

    def rows(self, batch: Points) -> tuple[pa.Table, list[BadRow]]:
        """The rows id, zone_id, inside, distance_m, p_inside, and the rows to list: bad or suspect.

        `with_points`: the point as well, in `geometry`.
        """
        found = self.index.screen(
            batch.lon, batch.lat, error_m=batch.error_m, time_us=batch.time_us, threads=self.threads
        )
        if self.uncertain is not None:
            found = self.uncertain.added(
                found, batch.lon, batch.lat, batch.error_m, batch.time_us, self.threads
            )
        table = pa.table(
            {
                "id": batch.ids.take(pa.array(found.point)),
                "zone_id": self.ids.take(pa.array(found.zone)),
                "inside": pa.array(found.inside),
                # To the millimetre and the millionth, beyond which nothing is known.
                "distance_m": pa.array(np.round(found.distance_m, 3)),
                "p_inside": pa.array(np.round(found.p_inside, 6)),
            }
        )
        if self.with_points:
            points = wkb_points(batch.lon[found.point], batch.lat[found.point])
            table = table.append_column(GEOMETRY, points)
        return table, self.listed(batch)

    def listed(self, batch: Points) -> list[BadRow]:
        """The rows to list, in their order: those left out, and those that look swapped."""
        return sorted([*batch.bad, *self._swapped(batch)], key=lambda bad: bad.row)

    def exchanged(self, batch: Points) -> int:
        """How many points within the region lie in no zone, but would if lon and lat were exchanged.

        Of one point that says nothing; of a whole file, beside how many lie in a zone as they are, it
        does. Points far from all zones are not among them: `listed` names these one by one.
        """
        if not self.either_way or not len(batch.lon):
            return 0
        other = zone_codes(self.index.grid, batch.lat, batch.lon, threads=self.threads).code
        rows = np.flatnonzero((other != 0) & ~self._far(batch))
        as_they_are = zone_codes(self.index.grid, batch.lon[rows], batch.lat[rows], threads=self.threads).code
        return int(np.count_nonzero(as_they_are == 0))

    def _far(self, batch: Points) -> NDArray[np.bool_]:
        west, south, east, north = self.region
        far: NDArray[np.bool_] = (
            (batch.lon < west) | (batch.lon > east) | (batch.lat < south) | (batch.lat > north)
        )
        return far

    def _swapped(self, batch: Points) -> Iterator[BadRow]:
        """Points far from all zones that would lie in one if lon and lat were exchanged."""
        rows = np.flatnonzero(self._far(batch) & (batch.error_m < 100_000.0))
        if not len(rows):
            return
        code = zone_codes(self.index.grid, batch.lat[rows], batch.lon[rows], threads=self.threads).code
        for k in rows[code != 0].tolist():
            yield BadRow(
                int(batch.row[k]),
                str(batch.ids[k].as_py()),
                "lon, lat",
                f"{batch.lon[k]}, {batch.lat[k]}: in a zone if lon and lat are exchanged",
                "lon, lat in this order",
                left_out=False,
            )


def wkb_points(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> pa.Array:
    """Points as well-known binary (ISO 19125), lon first, little endian."""
    points = np.empty(len(lon), _WKB_POINT)
    points["order"], points["kind"], points["lon"], points["lat"] = 1, 1, lon, lat
    offsets = np.arange(len(lon) + 1, dtype=np.int32) * _WKB_POINT.itemsize
    return pa.Array.from_buffers(
        pa.binary(), len(lon), [None, pa.py_buffer(offsets), pa.py_buffer(points.tobytes())]
    )

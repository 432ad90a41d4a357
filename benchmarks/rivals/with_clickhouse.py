"""ClickHouse in this process (chDB): `pointInPolygon` with a constant polygon, for which it builds a grid.

One query for each zone: with polygons from a table it builds no grid, and its polygon dictionaries give one
zone a point, not all of them.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import shapely
from chdb import session

from rivals import Floats, InProcess, Pairs, Summary, Zones
from rivals.sql import arrow_tables


class ClickHouse(InProcess):
    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.held: Zones | None = None
        self.tests: list[str] = []
        made: Any = session.Session
        self.session = made(str(self.folder / "data"))
        self.session.query("CREATE DATABASE IF NOT EXISTS b ENGINE = Atomic")

    def version(self) -> str:
        return str(self.session.query("SELECT version()", "TabSeparatedRaw")).strip()

    def load(self, zones: Zones, x: Floats, y: Floats) -> None:
        path = self.folder / "points.parquet"
        pq.write_table(arrow_tables(zones, x, y)[1], path)
        self.session.query("DROP TABLE IF EXISTS b.points")
        self.session.query(
            "CREATE TABLE b.points ENGINE = Memory AS SELECT assumeNotNull(point) AS point, "
            f"assumeNotNull(x) AS x, assumeNotNull(y) AS y FROM file('{path}')"
        )
        path.unlink()
        if zones is self.held:
            return
        self.held, self.tests = zones, []
        corners = [shapely.get_coordinates(zone) for zone in zones]
        start = np.concatenate([[0], np.cumsum([len(ring) for ring in corners])]).astype(np.int32)
        ring_x, ring_y = np.concatenate(corners).T
        shapes = pa.ListArray.from_arrays(start, pa.StructArray.from_arrays([ring_x, ring_y], ["1", "2"]))
        path = self.folder / "zones.parquet"
        pq.write_table(pa.table({"zone": np.arange(len(zones)), "shape": shapes}), path)
        self.session.query("DROP TABLE IF EXISTS b.zones")
        self.session.query(
            "CREATE TABLE b.zones ENGINE = Memory AS SELECT assumeNotNull(zone) AS zone, "
            f"CAST(shape, 'Array(Tuple(Float64, Float64))') AS shape FROM file('{path}')"
        )
        for number, zone in enumerate(zones):
            west, south, east, north = shapely.bounds(zone).tolist()
            box = f"x BETWEEN {west!r} AND {east!r} AND y BETWEEN {south!r} AND {north!r}"
            # The result of a scalar subquery counts as a constant.
            shape = f"(SELECT shape FROM b.zones WHERE zone = {number})"
            self.tests.append(f"FROM b.points WHERE {box} AND pointInPolygon((x, y), {shape})")

    def join(self) -> Summary:
        n = p = z = 0
        for zone, test in enumerate(self.tests):
            found = str(self.session.query(f"SELECT count(), sum(point) {test}", "TabSeparated")).split()
            n, p, z = n + int(found[0]), p + int(found[1]), z + int(found[0]) * zone
        return Summary(n, p, z)

    def summary(self, answer: Summary) -> Summary:
        return answer

    def pairs(self, answer: Summary) -> Pairs:
        parts = []
        for zone, test in enumerate(self.tests):
            points = str(self.session.query(f"SELECT point {test}", "TabSeparated")).split()
            found = np.array(points, np.int64)
            parts.append(np.column_stack([found, np.full(len(found), zone)]))
        return np.concatenate(parts)

    def close(self) -> None:
        self.session.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def join() -> ClickHouse:
    return ClickHouse()

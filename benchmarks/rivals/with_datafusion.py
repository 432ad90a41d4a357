"""GeoDataFusion: spatial functions for DataFusion, without a spatial join or index: it tries every pair.

The query is given what helps it: the zones' boxes, so that exact tests are made only within them.
"""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

import datafusion
import geodatafusion
import numpy as np
import pyarrow as pa
import shapely

from rivals import Floats, Pairs, Summary, Zones
from rivals.sql import Database, arrow_tables

_JOIN = (
    "FROM points JOIN zones ON x >= west AND x <= east AND y >= south AND y <= north "
    "WHERE ST_Intersects(zones.g, points.g)"
)


class Fusion(Database):
    def version(self) -> str:
        return f"{version('geodatafusion')} on datafusion {datafusion.__version__}"

    def load(self, zones: Zones, x: Floats, y: Floats) -> None:
        areas, points = arrow_tables(zones, x, y)
        for name, values in zip(
            ("west", "south", "east", "north"), shapely.bounds(np.asarray(zones, dtype=object)).T, strict=True
        ):
            areas = areas.append_column(name, pa.array(values))
        self.context = datafusion.SessionContext()
        geodatafusion.register_all(self.context)
        self.context.from_arrow(areas, "raw_zones")
        self.context.from_arrow(points, "raw_points")
        box = "west, south, east, north"
        self._run(f"CREATE TABLE zones AS SELECT zone, {box}, ST_GeomFromWKB(wkb) AS g FROM raw_zones")
        self._run("CREATE TABLE points AS SELECT point, x, y, ST_Point(x, y) AS g FROM raw_points")

    def join(self) -> Summary:
        ((n, p, z),) = self.rows(f"SELECT count(*) AS n, sum(point) AS p, sum(zone) AS z {_JOIN}")
        return Summary(int(n), int(p or 0), int(z or 0))

    def pairs(self, answer: Summary) -> Pairs:
        return np.array(self.rows(f"SELECT point, zone {_JOIN}"), np.int64).reshape(-1, 2)

    def rows(self, query: str) -> list[Any]:
        batches = self._run(query)
        return [row for b in batches for row in zip(*(c.to_pylist() for c in b.columns), strict=True)]

    def _run(self, query: str) -> list[Any]:
        return list(self.context.sql(query).collect())


def join() -> Fusion:
    return Fusion()

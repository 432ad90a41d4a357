"""SedonaDB, the single-node engine of Apache Sedona."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

import pyarrow as pa
import sedonadb

from rivals import Floats, Zones
from rivals.sql import Database, arrow_tables


class Sedona(Database):
    def __init__(self) -> None:
        self.session = sedonadb.connect()

    def version(self) -> str:
        return version("sedonadb")

    def load(self, zones: Zones, x: Floats, y: Floats) -> None:
        areas, points = arrow_tables(zones, x, y)
        self.session.create_data_frame(areas).to_view("raw_zones", overwrite=True)
        self.session.create_data_frame(points).to_view("raw_points", overwrite=True)
        for name, columns in (
            ("zones", "zone, ST_GeomFromWKB(wkb) AS g"),
            ("points", "point, ST_Point(x, y) AS g"),
        ):
            made = self.session.sql(f"SELECT {columns} FROM raw_{name}").to_memtable()
            made.to_view(name, overwrite=True)

    def rows(self, query: str) -> list[Any]:
        table = pa.table(self.session.sql(query))
        return list(zip(*(column.to_pylist() for column in table.columns), strict=True))


def join() -> Sedona:
    return Sedona()

"""DuckDB with its spatial extension, which a package of the index carries."""

from __future__ import annotations

from typing import Any

import duckdb
from duckdb_extensions import import_extension

from rivals import Floats, MissingError, Zones
from rivals.sql import Database, arrow_tables


class Duck(Database):
    def __init__(self) -> None:
        try:
            import_extension("spatial")
            self.connection = duckdb.connect()
            self.connection.execute("LOAD spatial")
        except (duckdb.Error, ImportError, FileNotFoundError) as error:
            raise MissingError(
                f"its spatial extension does not load: {str(error).splitlines()[0]}"
            ) from error

    def version(self) -> str:
        return str(duckdb.__version__)

    def load(self, zones: Zones, x: Floats, y: Floats) -> None:
        areas, points = arrow_tables(zones, x, y)
        self.connection.register("raw_zones", areas)
        self.connection.register("raw_points", points)
        self.connection.execute(
            "CREATE OR REPLACE TABLE zones AS SELECT zone, ST_GeomFromWKB(wkb) AS g FROM raw_zones;"
            "CREATE OR REPLACE TABLE points AS SELECT point, ST_Point(x, y) AS g FROM raw_points"
        )

    def rows(self, query: str) -> list[Any]:
        return list(self.connection.execute(query).fetchall())


def join() -> Duck:
    return Duck()

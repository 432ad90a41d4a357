"""What the databases have in common: tables `zones` and `points`, one query for sums, one for pairs."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

import numpy as np
import pyarrow as pa
import shapely

from rivals import Floats, InProcess, Pairs, Summary, Zones

JOIN = "FROM points JOIN zones ON ST_Intersects(zones.g, points.g)"
SUMS = f"SELECT count(*) AS n, sum(point) AS p, sum(zone) AS z {JOIN}"
PAIRS = f"SELECT point, zone {JOIN}"


def arrow_tables(zones: Zones, x: Floats, y: Floats) -> tuple[pa.Table, pa.Table]:
    """Zones as (zone, wkb) and points as (point, x, y)."""
    wkb = pa.array(list(shapely.to_wkb(np.asarray(zones, dtype=object))), pa.binary())
    return pa.table({"zone": np.arange(len(zones)), "wkb": wkb}), pa.table(
        {"point": np.arange(len(x)), "x": x, "y": y}
    )


class Database(InProcess, ABC):
    """Answers are the three sums; pairs are asked for anew."""

    @abstractmethod
    def rows(self, query: str) -> list[Any]:
        """What the query answers, row by row."""

    def join(self) -> Summary:
        ((n, p, z),) = self.rows(SUMS)
        return Summary(int(n), int(p or 0), int(z or 0))

    def summary(self, answer: Summary) -> Summary:
        return answer

    def pairs(self, answer: Summary) -> Pairs:
        return np.array(self.rows(PAIRS), np.int64).reshape(-1, 2)

"""Truceline and its peers at one task: which of these zones contain each of these points.

A rival takes zones and points into the form that suits it best (`load`, not counted as its time), and then
finds all pairs of point and zone (`join`, which is timed). Databases may answer with the number of pairs and
the sums of both columns, so that no transfer is counted against them; those that live in this process give
the pairs. `pairs` gives them from all, to be compared one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Protocol

import numpy as np
import shapely
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Pairs = NDArray[np.int64]
Zones = Sequence[shapely.Geometry]


class MissingError(Exception):
    """A rival that cannot take part here; the message says why."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What all must agree on: how many pairs, and the sums of the numbers of points and zones."""

    pairs: int
    points: int
    zones: int

    @classmethod
    def of(cls, pairs: Pairs) -> Summary:
        """Of an array of rows (point, zone)."""
        return cls(len(pairs), int(pairs[:, 0].sum()), int(pairs[:, 1].sum()))


class Rival(Protocol):
    """One way to do it. `load` raises MissingError where it cannot be had."""

    def version(self) -> str:
        """Of what does the work."""

    def load(self, zones: Zones, x: Floats, y: Floats) -> None:
        """Takes the data in, builds indexes; replaces what was loaded before."""

    def join(self) -> Any:
        """The timed part."""

    def summary(self, answer: Any) -> Summary:
        """Of what `join` gave."""

    def pairs(self, answer: Any) -> Pairs:
        """All (point, zone), in any order."""

    def extra_memory_mb(self) -> float:
        """Peak memory of other processes that work for it."""

    def close(self) -> None:
        """Ends what was started."""


class InProcess:
    """What most rivals have in common."""

    def extra_memory_mb(self) -> float:
        return 0.0

    def close(self) -> None:
        return None


_MODULES = {
    "Truceline": ("ours", "codes_all"),
    "Truceline, 1 thread": ("ours", "codes_one"),
    "Truceline with pairs": ("ours", "with_pairs"),
    "Shapely prepared": ("with_shapely", "prepared_all"),
    "Shapely prepared, 1 thread": ("with_shapely", "prepared_one"),
    "Shapely STRtree": ("with_shapely", "tree"),
    "GeoPandas sjoin": ("with_geopandas", "sjoin"),
    "SedonaDB": ("with_sedonadb", "join"),
    "DuckDB spatial": ("with_duckdb", "join"),
    "PostGIS, GiST": ("with_postgis", "gist"),
    "PostGIS, ST_Subdivide": ("with_postgis", "subdivided"),
    "ClickHouse (chDB)": ("with_clickhouse", "join"),
    "Polars-ST": ("with_polars", "sjoin"),
    "GeoDataFusion": ("with_datafusion", "join"),
}
NAMES = tuple(_MODULES)


def rival(name: str) -> Rival:
    """The rival of that name. Raises MissingError where a package that it needs is not installed."""
    module, function = _MODULES[name]
    try:
        make: Callable[[], Rival] = getattr(import_module(f"rivals.{module}"), function)
        return make()
    except ImportError as error:
        raise MissingError(f"{error.name or error} is not installed") from error

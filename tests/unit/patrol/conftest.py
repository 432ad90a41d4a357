"""Simulated patrols along a line of 40 km, with known truth."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import shapely

from truceline.geo.nearest import LineIndex
from truceline.patrol.simulate import Drive, Truth, simulated
from truceline.patrol.track import Track

DAY_S = 86_400.0
START_S = 1_538_380_800.0  # 2018-10-01T08:00:00Z
LINE = shapely.LineString([(36.0, 35.0), (36.15, 35.08), (36.3, 35.02), (36.43, 35.1)])

Simulate = Callable[..., tuple[Track, Truth]]


@pytest.fixture(scope="session")
def line() -> LineIndex:
    return LineIndex(LINE)


@pytest.fixture(scope="session")
def way() -> list[tuple[float, float]]:
    """A road some 500 to 900 m south of the line, with bends of its own."""
    rng = np.random.default_rng(5)
    return [
        (point.x, point.y - 0.006 + float(rng.normal(0.0, 0.0012)))
        for point in (LINE.interpolate(share, normalized=True) for share in np.linspace(0.02, 0.98, 33))
    ]


@pytest.fixture(scope="session")
def patrol(way: list[tuple[float, float]]) -> Simulate:
    """A patrol of a day by number: `patrol(3, "turkey")`; every number is another day and another drive."""

    def made(
        day: int, party: str = "turkey", *, road: list[tuple[float, float]] | None = None,
        start_s: float | None = None, drive: Drive | None = None, name: str | None = None,
    ) -> tuple[Track, Truth]:  # fmt: skip
        return simulated(
            name or f"{party}-{day}",
            party,
            road or way,
            START_S + day * DAY_S if start_s is None else start_s,
            seed=100 * day + len(party),
            stops=[(8, 900.0), (20, 600.0)],
            drive=drive,
        )

    return made

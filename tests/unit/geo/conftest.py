"""Independent oracles: GeographicLib's own geodesics, and minimisation along each edge."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
from geographiclib.geodesic import Geodesic
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar

Coords = NDArray[np.float64]
EARTH = Geodesic.WGS84


def oracle_distance(line: Coords, lon: float, lat: float) -> float:
    """The least geodesic distance from a point to the geodesic edges between the vertices, in metres."""
    best = np.inf
    for (lon1, lat1), (lon2, lat2) in pairwise(line):
        edge = EARTH.InverseLine(lat1, lon1, lat2, lon2)

        def apart(s: float, edge: object = edge) -> float:
            place = edge.Position(s)  # type: ignore[attr-defined]
            return float(EARTH.Inverse(place["lat2"], place["lon2"], lat, lon)["s12"])

        found = minimize_scalar(apart, bounds=(0.0, edge.s13), method="bounded", options={"xatol": 1e-3})
        best = min(best, float(found.fun), apart(0.0), apart(edge.s13))
    return best


@pytest.fixture(scope="session")
def oracle() -> Callable[[Coords, float, float], float]:
    return oracle_distance


def random_line(rng: np.random.Generator, depth_m: float) -> Coords:
    """A line of 2 to 5 vertices about as long as the depth, anywhere up to 85 degrees of latitude."""
    lat, lon = rng.uniform(-85, 85), rng.choice([rng.uniform(-180, 180), 180.0, -179.99])
    points = [(float(lon), float(lat))]
    for _ in range(rng.integers(1, 5)):
        step = EARTH.Direct(
            points[-1][1], points[-1][0], rng.uniform(0, 360), depth_m * rng.uniform(0.2, 2.0)
        )
        if abs(step["lat2"]) <= 85:
            points.append((step["lon2"], step["lat2"]))
    if len(points) == 1:
        points.append((points[0][0], points[0][1] - float(np.sign(lat)) * depth_m / 111_000))
    return np.array(points)


@pytest.fixture(scope="session")
def lines() -> Callable[[np.random.Generator, float], Coords]:
    return random_line

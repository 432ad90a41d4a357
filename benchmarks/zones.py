"""Zones of random lines against GeographicLib: the worst error of the drawn boundary, measured.

Usage: python benchmarks/zones.py [LINES] [SEED]. Default 10,000 lines: most of an hour.
Lines have 1 to 5 edges
anywhere up to 85 degrees of latitude, one in two at the antimeridian; depths from 100 m to 100 km.
"""

from __future__ import annotations

import platform
import sys
import time
from itertools import pairwise

import numpy as np
import shapely
from geographiclib.geodesic import Geodesic
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar

from truceline.geo.zone import derive_zone

EARTH = Geodesic.WGS84


def random_line(rng: np.random.Generator, depth_m: float) -> NDArray[np.float64]:
    lon = rng.choice([rng.uniform(-180, 180), 180.0, -179.99])
    points = [(float(lon), float(rng.uniform(-85, 85)))]
    while len(points) < 2 or rng.random() < 0.7:
        lon1, lat1 = points[-1]
        step = EARTH.Direct(lat1, lon1, rng.uniform(0, 360), depth_m * rng.uniform(0.2, 2.0))
        if abs(step["lat2"]) <= 85:
            points.append((step["lon2"], step["lat2"]))
        if len(points) == 6:
            break
    return np.array(points)


def oracle(line: NDArray[np.float64], lon: float, lat: float) -> float:
    best = np.inf
    for (lon1, lat1), (lon2, lat2) in pairwise(line):
        edge = EARTH.InverseLine(lat1, lon1, lat2, lon2)

        def apart(s: float, edge: object = edge) -> float:
            place = edge.Position(s)  # type: ignore[attr-defined]
            return float(EARTH.Inverse(place["lat2"], place["lon2"], lat, lon)["s12"])

        found = minimize_scalar(apart, bounds=(0.0, edge.s13), method="bounded", options={"xatol": 1e-3})
        best = min(best, float(found.fun), apart(0.0), apart(edge.s13))
    return best


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    rng = np.random.default_rng(int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    measured, bounds, broken, depths = [], [], 0, []
    started = time.perf_counter()
    for _ in range(count):
        depth = float(10 ** rng.uniform(2, 5))
        coords = random_line(rng, depth)
        zone = derive_zone(shapely.LineString(coords), depth, "both")
        vertices = shapely.get_coordinates(zone.geometry)
        vertices = vertices[np.abs(np.abs(vertices[:, 0]) - 180) > 1e-6]
        a, b = vertices[:-1], vertices[1:]
        edges = (a + b)[np.abs(a - b).max(axis=1) < 0.05] / 2
        places = [*rng.choice(vertices, 1), *(rng.choice(edges, 2) if len(edges) else [])]
        worst = max(abs(oracle(coords, lon, lat) - depth) for lon, lat in places)
        measured.append(worst)
        bounds.append(zone.max_error_m)
        depths.append(depth)
        broken += worst > zone.max_error_m or not zone.geometry.is_valid
    error, bound, deep = np.array(measured), np.array(bounds), np.array(depths)
    print(
        f"{count} lines in {time.perf_counter() - started:.0f} s, {platform.machine()}, {platform.platform()}"
    )
    print(f"worst error at the places tried {error.max():.4f} m, median {np.median(error):.4f} m")
    print(f"stated bound: median {np.median(bound):.4f} m, worst {bound.max():.4f} m")
    print(
        f"lines whose stated bound is above 0.10 m: {(bound > 0.10).sum()}; up to 20 km deep: "
        f"{((bound > 0.10) & (deep <= 20_000)).sum()} of {(deep <= 20_000).sum()}"
    )
    print(f"lines whose measured error is above the stated bound, or whose zone is not valid: {broken}")


if __name__ == "__main__":
    main()

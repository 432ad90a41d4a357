"""What belongs to a zone, by GeographicLib's own code and the words of the definition alone.

The nearest place of the line decides; a side is seen in drawing direction; at a vertex the edge that lies
nearest in angle decides; ground past the perpendicular at a free end lies ahead of it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal

import numpy as np
import shapely
from geographiclib.geodesic import Geodesic
from numpy.typing import NDArray
from pyproj import Geod
from shapely.geometry.base import BaseGeometry

EARTH = Geodesic.WGS84
_PROJ = Geod(ellps="WGS84")
_SAMPLES = 33
KINDS = ("both", "one", "unequal")
Coords = NDArray[np.float64]


@dataclass(frozen=True)
class Asked:
    """A line (lon, lat) and the depths of its sides, metres."""

    coords: Coords
    left_m: float
    right_m: float
    ends: Literal["flat", "round"]
    kind: str
    polar: bool


@dataclass(frozen=True)
class Found:
    """The nearest place of the line: distance in metres, side (1 left, -1 right), ahead of a free end."""

    distance_m: float
    side: int
    beyond_end: bool


def random_asked(rng: np.random.Generator, kinds: tuple[str, ...] = KINDS) -> Asked:
    """A line of 1 to 5 edges that may bend back and cross itself, and what is asked of it."""
    depth = float(10 ** rng.uniform(2, 5))
    polar = bool(rng.random() < 0.1)
    highest = 89.999 if polar else 85.0
    lon = float(rng.choice([rng.uniform(-180, 180), 180.0, -179.99], p=[0.8, 0.1, 0.1]))
    lat = float(rng.choice([-1, 1]) * rng.uniform(88, 89.99)) if polar else float(rng.uniform(-85, 85))
    points = [(lon, lat)]
    if polar and rng.random() < 0.3:  # an edge over the pole itself
        points.append((lon + 180.0 if lon < 0 else lon - 180.0, math.copysign(rng.uniform(88, 89.99), lat)))
    while len(points) < 2 or (rng.random() < 0.7 and len(points) < 6):
        step = EARTH.Direct(points[-1][1], points[-1][0], rng.uniform(0, 360), depth * rng.uniform(0.2, 2.0))
        if abs(step["lat2"]) <= highest:
            points.append((step["lon2"], step["lat2"]))
    kind = str(rng.choice(kinds))
    ends: Literal["flat", "round"] = "round" if kind == "both" or rng.random() < 0.5 else "flat"
    left, right = depth, depth
    if kind == "one":
        left, right = (depth, 0.0) if rng.random() < 0.5 else (0.0, depth)
    elif kind == "unequal":
        left, right = rng.permutation([depth, depth * rng.uniform(0.3, 0.95)]).tolist()
    return Asked(np.array(points), left, right, ends, kind, polar)


class Oracle:
    """Nearest places of one line."""

    def __init__(self, coords: Coords) -> None:
        self.edges = [EARTH.InverseLine(a[1], a[0], b[1], b[0]) for a, b in pairwise(coords)]
        self.length = np.array([edge.s13 for edge in self.edges])
        start = [(edge.lon1, edge.lat1, edge.azi1) for edge in self.edges]
        lon, lat, azimuth = (np.repeat(column, _SAMPLES) for column in np.array(start).T)
        self.s = np.linspace(0.0, self.length, _SAMPLES).T
        self._lon, self._lat, _ = _PROJ.fwd(lon, lat, azimuth, self.s.ravel())
        self.closed = bool(EARTH.Inverse(*coords[0][::-1], *coords[-1][::-1])["s12"] < 1e-3)

    def nearest(self, lon: float, lat: float) -> Found:
        """The nearest place of the line for a place."""
        ones = np.ones(len(self._lon))
        apart = np.asarray(_PROJ.inv(self._lon, self._lat, lon * ones, lat * ones)[2]).reshape(self.s.shape)
        # Within half a spacing of a sample the distance falls by no more than half a spacing.
        least = apart.min(axis=1) - self.length / (_SAMPLES - 1) / 2.0
        best = math.inf
        feet: list[tuple[float, int, float, float]] = []
        for number in np.argsort(least):
            if least[number] > best + 1e-3:
                break
            low = apart[number]
            # Every sample that is lowest among its neighbours can have the foot beside it.
            padded = np.concatenate([[math.inf], low, [math.inf]])
            valleys = np.flatnonzero((low <= padded[:-2]) & (low <= padded[2:]))
            for valley in valleys:
                distance, s, azimuth = self._foot(int(number), float(self.s[number, valley]), lon, lat)
                feet.append((distance, int(number), s, azimuth))
                best = min(best, distance)
        return self._seen(min(feet), lon, lat)

    def _foot(self, number: int, s: float, lon: float, lat: float) -> tuple[float, float, float]:
        edge = self.edges[number]
        for _ in range(12):
            at = edge.Position(s)
            to = EARTH.Inverse(at["lat2"], at["lon2"], lat, lon)
            arc = min(to["s12"] / 6.37e6, 1.5)
            ahead = math.atan(math.tan(arc) * math.cos(math.radians(to["azi1"] - at["azi2"]))) * 6.37e6
            moved = min(max(s + ahead, 0.0), edge.s13)
            if abs(moved - s) <= 1e-5:
                break
            s = moved
        return float(to["s12"]), s, float(to["azi1"])

    def _seen(self, foot: tuple[float, int, float, float], lon: float, lat: float) -> Found:
        distance, number, s, azimuth = foot
        edge, last = self.edges[number], len(self.edges) - 1
        at_start, at_end = s < 1e-3, s > edge.s13 - 1e-3
        if not at_start and not at_end:
            return Found(distance, _left(edge.Position(s)["azi2"], azimuth), False)
        before = number if at_end else number - 1
        after = number if at_start else number + 1
        if self.closed:
            before, after = before % (last + 1), after % (last + 1)
        # The arms at this vertex, as directions away from it, and whether they are drawn that way.
        arms = []
        if 0 <= before <= last:
            arriving = self.edges[before].Position(self.edges[before].s13)["azi2"]
            arms.append((arriving + 180.0, -1))
        if 0 <= after <= last:
            arms.append((self.edges[after].azi1, 1))
        turns = [(_turn(direction, azimuth), sign) for direction, sign in arms]
        turn, sign = min(turns, key=lambda item: abs(item[0]))
        side = int(math.copysign(1, turn)) * sign
        return Found(distance, side, len(arms) == 1 and abs(turn) > 90.0)


def _turn(direction: float, azimuth: float) -> float:
    return float((direction - azimuth + 180.0) % 360.0 - 180.0)


def _left(line_azimuth: float, azimuth: float) -> int:
    return 1 if _turn(line_azimuth, azimuth) > 0 else -1


def belongs(asked: Asked, found: Found) -> bool:
    """Whether a place with this nearest place is in the zone."""
    depth = asked.left_m if found.side > 0 else asked.right_m
    ahead = found.beyond_end and asked.ends == "flat"
    return depth > 0 and found.distance_m <= depth and not ahead


def verdict(
    asked: Asked, zone: BaseGeometry, bound_m: float, rng: np.random.Generator, places: int = 6
) -> tuple[float, list[str]]:
    """The worst error found, in metres, and what contradicts the bound (nothing, where all is well).

    Three kinds of places: on the drawn boundary (it must run at a depth, or where belonging changes within
    the bound); just inside and just outside of the depth, as seen from the line; and anywhere around.
    """
    oracle, faults, worst = Oracle(asked.coords), [], 0.0
    depths = [d for d in {asked.left_m, asked.right_m} if d > 0]

    def same_around(lon: float, lat: float) -> bool:
        here = belongs(asked, oracle.nearest(lon, lat))
        for azimuth in range(0, 360, 10):
            for share in (1.0, 0.5):
                to = EARTH.Direct(lat, lon, azimuth, share * bound_m)
                if belongs(asked, oracle.nearest(to["lon2"], to["lat2"])) != here:
                    return False
        return True

    for lon, lat in _on_boundary(zone, rng, places):
        distance = oracle.nearest(lon, lat).distance_m
        off = min(abs(distance - d) for d in depths)
        if off <= bound_m:
            worst = max(worst, off)
        elif asked.left_m != asked.right_m and distance <= bound_m:  # the line itself
            worst = max(worst, distance)
        elif same_around(lon, lat):
            faults.append(f"the boundary runs where nothing changes, at {lon:.9f}, {lat:.9f}")
    for lon, lat in [*_beside_depth(asked, oracle, bound_m, rng, places), *_around(zone, rng, places)]:
        drawn = bool(shapely.intersects_xy(zone, (lon + 180.0) % 360.0 - 180.0, lat))
        if drawn != belongs(asked, oracle.nearest(lon, lat)) and same_around(lon, lat):
            faults.append(f"wrongly {'in' if drawn else 'out'}, at {lon:.9f}, {lat:.9f}")
    return worst, faults


def _on_boundary(zone: BaseGeometry, rng: np.random.Generator, count: int) -> list[tuple[float, float]]:
    rings = [ring for part in shapely.get_parts(zone) for ring in (part.exterior, *part.interiors)]
    coords = [shapely.get_coordinates(ring) for ring in rings]
    a, b = np.vstack([c[:-1] for c in coords]), np.vstack([c[1:] for c in coords])
    # Seams at the antimeridian and edges along a pole are no boundary.
    seam = (np.abs(a[:, 0]) > 180 - 1e-6) & (np.abs(b[:, 0]) > 180 - 1e-6)
    seam |= (np.abs(a[:, 1]) > 90 - 1e-6) & (np.abs(b[:, 1]) > 90 - 1e-6)
    a, b = a[~seam], b[~seam]
    if not len(a):
        return []
    # One half among all edges, one half among the longest ones.
    long = np.argsort(-np.hypot(*(b - a).T))[: max(len(a) // 50, 1)]
    chosen = np.concatenate([rng.integers(len(a), size=count), rng.choice(long, count)])
    share = np.where(np.arange(2 * count) % 4 == 0, 0.0, rng.uniform(0.0, 1.0, 2 * count))[:, None]
    places = a[chosen] + share * (b[chosen] - a[chosen])
    return [(float(lon), float(lat)) for lon, lat in places]


def _beside_depth(
    asked: Asked, oracle: Oracle, bound_m: float, rng: np.random.Generator, count: int
) -> list[tuple[float, float]]:
    places = []
    for _ in range(count):
        edge = oracle.edges[rng.integers(len(oracle.edges))]
        at = edge.Position(rng.choice([0.0, rng.uniform(0, edge.s13), edge.s13]))
        side = int(rng.choice([1, -1]))
        depth = (asked.left_m if side > 0 else asked.right_m) or max(asked.left_m, asked.right_m)
        turn = -90.0 * side + float(rng.choice([0.0, rng.uniform(-90, 90)]))
        off = float(rng.choice([-1, 1])) * bound_m * rng.uniform(1.5, 4.0)
        to = EARTH.Direct(at["lat2"], at["lon2"], at["azi2"] + turn, depth + off)
        places.append((float(to["lon2"]), float(to["lat2"])))
    return places


def _around(zone: BaseGeometry, rng: np.random.Generator, count: int) -> list[tuple[float, float]]:
    part: Any = shapely.get_parts(zone)[rng.integers(shapely.get_num_geometries(zone))]
    west, south, east, north = part.bounds
    margin_x, margin_y = 0.1 * (east - west), 0.1 * (north - south)
    lon = rng.uniform(west - margin_x, east + margin_x, count)
    lat = np.clip(rng.uniform(south - margin_y, north + margin_y, count), -90.0, 90.0)
    return list(zip(lon.tolist(), lat.tolist(), strict=True))

"""The ground of a map: a projection about its middle, a frame that it fills, a graticule and a scale.

Transverse Mercator about the middle of the map on WGS 84: over the few degrees that an agreement speaks of,
lengths are true to 0.1%, so that one scale bar holds for the whole map. Coordinates lon, lat in degrees.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyproj
import shapely
from shapely.geometry.base import BaseGeometry

from truceline.products.mission.pictures.svg import Point

Bounds = tuple[float, float, float, float]

_NICE = (1, 2, 5)


@dataclass(frozen=True)
class Frame:
    """A rectangle of the picture that shows a part of the world. Points of the picture, metres of ground."""

    x: float
    y: float
    width: float
    height: float
    bounds: Bounds
    projection: pyproj.Transformer
    middle: Point
    metres_per_point: float

    def place(self, lon: Any, lat: Any) -> tuple[Any, Any]:
        """Where places stand in the picture; arrays or single values."""
        east, north = self.projection.transform(lon, lat)
        return (
            self.x + self.width / 2 + (np.asarray(east) - self.middle[0]) / self.metres_per_point,
            self.y + self.height / 2 - (np.asarray(north) - self.middle[1]) / self.metres_per_point,
        )

    def at(self, lon: float, lat: float) -> Point:
        """Where one place stands."""
        x, y = self.place(lon, lat)
        return float(x), float(y)

    def holds(self, point: Point, margin: float = 0.0) -> bool:
        """Whether a point of the picture lies in the frame, and that far from its edge."""
        return (
            self.x + margin <= point[0] <= self.x + self.width - margin
            and self.y + margin <= point[1] <= self.y + self.height - margin
        )

    def lines(self, geometry: BaseGeometry) -> list[list[Point]]:
        """The lines of a geometry, those parts that lie in the frame."""
        box = shapely.box(*self.wide())
        cut = shapely.intersection(geometry, box)
        parts = [part for part in getattr(cut, "geoms", [cut]) if part.geom_type == "LineString"]
        return [self._run(np.asarray(part.coords)) for part in parts]

    def rings(self, geometry: BaseGeometry) -> list[list[Point]]:
        """The rings of polygons, cut a little outside of the frame, so that no edge of the cut is seen."""
        cut = shapely.make_valid(shapely.clip_by_rect(geometry, *self.wide()))
        found = []
        for part in getattr(cut, "geoms", [cut]):
            if part.geom_type == "Polygon":
                found += [self._run(np.asarray(ring.coords)) for ring in (part.exterior, *part.interiors)]
        return found

    def wide(self) -> Bounds:
        """The bounds and a tenth of them around."""
        west, south, east, north = self.bounds
        across, up = (east - west) / 10, (north - south) / 10
        return (west - across, south - up, east + across, north + up)

    def _run(self, coords: Any) -> list[Point]:
        x, y = self.place(coords[:, 0], coords[:, 1])
        return list(zip(x.tolist(), y.tolist(), strict=True))


def frame_of(bounds: Bounds, x: float, y: float, width: float, height: float) -> Frame:
    """The frame that shows at least `bounds` (west, south, east, north) and fills its rectangle."""
    west, south, east, north = bounds
    lon, lat = (west + east) / 2, (south + north) / 2
    projection = pyproj.Transformer.from_crs(
        "EPSG:4326", f"+proj=tmerc +lon_0={lon:.4f} +lat_0={lat:.4f} +ellps=WGS84", always_xy=True
    )
    edge_lon = np.concatenate([np.linspace(west, east, 9)] * 2 + [np.full(9, west), np.full(9, east)])
    edge_lat = np.concatenate([np.full(9, south), np.full(9, north)] + [np.linspace(south, north, 9)] * 2)
    e, n = projection.transform(edge_lon, edge_lat)
    scale = max((e.max() - e.min()) / width, (n.max() - n.min()) / height, 1e-6)
    middle = (float((e.max() + e.min()) / 2), float((n.max() + n.min()) / 2))
    across, up = width / 2 * float(scale), height / 2 * float(scale)
    corners = [
        projection.transform(middle[0] + h * across, middle[1] + v * up, direction="INVERSE")
        for h in (-1, 0, 1)
        for v in (-1, 0, 1)
    ]
    lons, lats = [c[0] for c in corners], [c[1] for c in corners]
    shown = (min(lons), min(lats), max(lons), max(lats))
    return Frame(x, y, width, height, shown, projection, middle, float(scale))


def graticule_step(frame: Frame) -> float:
    """Degrees between lines of the graticule: three to six across the wider side."""
    west, south, east, north = frame.bounds
    span = max(east - west, north - south)
    steps = (20, 10, 5, 2, 1, 0.5, 0.25, 0.2, 0.1, 0.05, 0.02, 0.01)
    return next((step for step in steps if span / step >= 3), 0.005)


def graticule(frame: Frame) -> Iterator[tuple[str, float, list[Point]]]:
    """The lines: ``lon`` or ``lat``, its degrees, and its points."""
    west, south, east, north = frame.wide()
    step = graticule_step(frame)
    for index in range(math.ceil(west / step), math.floor(east / step) + 1):
        lats = np.linspace(south, north, 13)
        x, y = frame.place(np.full(13, index * step), lats)
        yield "lon", round(index * step, 6), list(zip(x.tolist(), y.tolist(), strict=True))
    for index in range(math.ceil(south / step), math.floor(north / step) + 1):
        lons = np.linspace(west, east, 13)
        x, y = frame.place(lons, np.full(13, index * step))
        yield "lat", round(index * step, 6), list(zip(x.tolist(), y.tolist(), strict=True))


def scale_length_m(frame: Frame) -> float:
    """A round length of about a fifth of the frame's width, in metres."""
    most = frame.width * frame.metres_per_point / 4
    power = 10.0 ** math.floor(math.log10(most))
    return max(power * nice for nice in _NICE if power * nice <= most)


def around(points: Sequence[tuple[float, float]], least_deg: float = 0.1, share: float = 0.08) -> Bounds:
    """Bounds that hold the places with a margin, and at least so many degrees."""
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    wide = max(east - west, least_deg) * (1 + 2 * share)
    high = max(north - south, least_deg) * (1 + 2 * share)
    lon, lat = (west + east) / 2, (south + north) / 2
    return (lon - wide / 2, lat - high / 2, lon + wide / 2, lat + high / 2)

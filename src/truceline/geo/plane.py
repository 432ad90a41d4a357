"""The flat sheet on which rings are noded, and the way back to RFC 7946.

Only topology is decided here; every distance stays geodesic. The sheet is lon/lat with continuous longitudes
(whose straight edges are those of RFC 7946), or, where a zone comes near a pole or goes round one, a polar
stereographic plane.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from pyproj import Transformer
from shapely import affinity
from shapely.geometry.base import BaseGeometry

from truceline.geo.ellipsoid import Floats, wrapped

_NEAR_POLE = 89.0
_GRID = 1e-9
_FOLLOWED_M = 0.002


@dataclass(frozen=True)
class Plane:
    """`pole` 0: lon/lat around `middle`; 1 or -1: stereographic around the north or the south pole."""

    middle: float
    pole: int

    @classmethod
    def around(cls, lon: Floats, lat: Floats, reach_m: float) -> Plane:
        """The sheet for places (degrees) and everything within reach of them."""
        reach = float(np.degrees(reach_m / 6.33e6))
        highest = float(np.abs(lat).max())
        north = 1 if lat[np.abs(lat).argmax()] >= 0 else -1
        if highest + reach >= _NEAR_POLE:
            return cls(0.0, north)
        turns = np.sort(wrapped(lon))
        gaps = np.diff(np.append(turns, turns[0] + 360.0))
        widest = int(gaps.argmax())
        if gaps[widest] <= 2.0 * reach / np.cos(np.radians(highest + reach)) + 1.0:
            return cls(0.0, 1 if lat.mean() >= 0 else -1)
        return cls(float(wrapped(turns[widest] + gaps[widest] / 2 + 180.0)), 0)

    def forward(self, lonlat: Floats) -> Floats:
        """Lon, lat in degrees to the sheet; shape (n, 2)."""
        if self.pole:
            return np.column_stack(_stereographic(self.pole).transform(lonlat[:, 0], lonlat[:, 1]))
        lon = self.middle + wrapped(lonlat[:, 0] - self.middle)
        return np.column_stack([lon, lonlat[:, 1]])

    def forward_line(self, lonlat: Floats) -> Floats:
        """A polyline with straight lon/lat edges to the sheet, followed to 2 mm."""
        if not self.pole or len(lonlat) < 2:
            return self.forward(lonlat)
        for _ in range(24):
            a, b = lonlat[:-1], lonlat[1:]
            middle = a + np.column_stack([wrapped(b[:, 0] - a[:, 0]), b[:, 1] - a[:, 1]]) / 2
            xy, true = self.forward(lonlat), self.forward(middle)
            off = np.hypot(*(true - (xy[:-1] + xy[1:]) / 2).T)
            coarse = np.flatnonzero((off > _FOLLOWED_M) & (np.hypot(*np.diff(xy, axis=0).T) > _FOLLOWED_M))
            if not len(coarse):
                break
            lonlat = np.insert(lonlat, coarse + 1, middle[coarse], axis=0)
        return self.forward(lonlat)

    def inverse(self, xy: Floats) -> Floats:
        """The sheet back to lon, lat in degrees; longitudes may lie beyond 180."""
        if self.pole:
            to = _stereographic(self.pole)
            return np.column_stack(to.transform(xy[:, 0], xy[:, 1], direction="INVERSE"))
        return xy

    def to_rfc7946(self, area: BaseGeometry) -> BaseGeometry:
        """An area of the sheet as lon/lat: cut at the antimeridian, exteriors anticlockwise, valid, on a
        grid of 1e-9 degrees (0.1 mm).
        """
        pieces = self._quarters(area) if self.pole else self._turns(area)
        united = shapely.union_all([shapely.set_precision(p, _GRID) for p in pieces], grid_size=_GRID)
        parts = [p for p in shapely.get_parts(shapely.make_valid(united)) if p.geom_type.endswith("Polygon")]
        flat = [q for p in parts for q in shapely.get_parts(p) if q.area > 0]
        if not flat:
            return shapely.MultiPolygon()
        return shapely.orient_polygons(flat[0] if len(flat) == 1 else shapely.MultiPolygon(flat))

    def _turns(self, area: BaseGeometry) -> list[BaseGeometry]:
        pieces = []
        for turn in (-1, 0, 1):
            box = shapely.box(-180.0 + 360.0 * turn, -90.0, 180.0 + 360.0 * turn, 90.0)
            if area.bounds[0] >= box.bounds[0] and area.bounds[2] <= box.bounds[2]:
                return [affinity.translate(area, -360.0 * turn)]
            piece = area.intersection(box)
            if piece.area > 0:
                pieces.append(affinity.translate(piece, -360.0 * turn))
        return pieces

    def _quarters(self, area: BaseGeometry) -> list[BaseGeometry]:
        # Cut along four meridians, so that the pole is a vertex wherever it is inside; each quarter then has
        # longitudes of its own, and the pole becomes an edge along latitude 90.
        size = 2.0 * max(abs(value) for value in area.bounds)
        pieces = []
        for east in (-180.0, -90.0, 0.0, 90.0):
            corner = _on_meridian(east, size, self.pole)
            other = _on_meridian(east + 90.0, size, self.pole)
            quarter = shapely.Polygon([(0, 0), corner, (corner[0] + other[0], corner[1] + other[1]), other])
            for part in shapely.get_parts(area.intersection(quarter)):
                if part.geom_type == "Polygon" and part.area > 0:
                    rings = [self._unrolled(ring, east) for ring in (part.exterior, *part.interiors)]
                    pieces.append(shapely.make_valid(shapely.Polygon(rings[0], rings[1:])))
        return pieces

    def _unrolled(self, ring: shapely.LinearRing, east: float) -> Floats:
        xy = shapely.get_coordinates(ring)[:-1]
        lonlat = self.inverse(xy)
        lon = east + 45.0 + wrapped(lonlat[:, 0] - east - 45.0)
        out: list[tuple[float, float]] = []
        for i in range(len(xy)):
            if np.hypot(*xy[i]) < 1e-6:
                before, behind = lon[i - 1], lon[(i + 1) % len(xy)]
                out += [(float(before), 90.0 * self.pole), (float(behind), 90.0 * self.pole)]
            else:
                out.append((float(np.clip(lon[i], east, east + 90.0)), float(lonlat[i, 1])))
        return np.array(out)


_TRANSFORMERS: dict[int, Transformer] = {}


def _stereographic(pole: int) -> Transformer:
    if pole not in _TRANSFORMERS:
        crs = f"+proj=stere +lat_0={90 * pole} +lon_0=0 +ellps=WGS84 +units=m"
        _TRANSFORMERS[pole] = Transformer.from_crs("EPSG:4326", crs, always_xy=True)
    return _TRANSFORMERS[pole]


def _on_meridian(lon: float, size: float, pole: int) -> tuple[float, float]:
    angle = np.radians(lon)
    return float(np.round(np.sin(angle)) * size), float(-pole * np.round(np.cos(angle)) * size)

"""A zone compared as an area with what was promised, so that nothing between two stations is missed."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import shapely
from shapely import affinity
from shapely.geometry.base import BaseGeometry

from truceline.geo.depth_profile import DepthProfile
from truceline.geo.ellipsoid import Floats, direct
from truceline.geo.nearest import LineIndex
from truceline.geo.promise import Promise
from truceline.geo.zone import DEEPEST_M, derive_zone

_GRID = 1e-9
_BESIDE_M = 0.3

Found = tuple[Floats, Floats, Floats]
"""Places that deviate: position along the line, by how much (metres), lon/lat."""


def judged_areas(
    index: LineIndex, zone: BaseGeometry, promise: Promise, tolerance_m: float
) -> tuple[BaseGeometry, BaseGeometry, BaseGeometry]:
    """What of the minimum band is missing, what is past the maximum band, what lies ahead of the ends."""
    fine = min(max(0.05, tolerance_m / 4), 5.0)

    def band(asked: dict[str, Any] | None) -> BaseGeometry:
        if asked is None:
            return shapely.MultiPolygon()
        depths = [asked["left_depth_m"], asked["right_depth_m"]]
        depths += [depth for s in asked.get("segments", ()) for depth in (s.left_m, s.right_m)]
        # Finer than the band itself, however shallow.
        tolerance = min(fine, min(depth for depth in depths if depth > 0) / 10.0)
        return derive_zone(index.line, **asked, ends="flat", tolerance_m=tolerance).geometry

    vertices = shapely.get_coordinates(zone)
    farthest = float(index.nearest(vertices[:, 0], vertices[:, 1]).distance_m.max()) * 1.02 + 10.0
    reach = min(max(farthest, promise.whole_m[1] + 2 * tolerance_m), DEEPEST_M)
    judged = band({"left_depth_m": reach, "right_depth_m": reach})
    lower, upper = band(promise.band("least", -tolerance_m)), band(promise.band("most", tolerance_m))
    # On a grid (0.1 mm) overlays of nearly equal boundaries are robust.
    missing = shapely.difference(lower, zone, grid_size=_GRID)
    inner = shapely.intersection(zone, judged, grid_size=_GRID)
    excess = shapely.difference(inner, upper, grid_size=_GRID)
    beyond = shapely.difference(zone, judged, grid_size=_GRID)
    return _opened(missing, tolerance_m), _opened(excess, tolerance_m), _opened(beyond, tolerance_m)


def _opened(area: BaseGeometry, width_m: float) -> BaseGeometry:
    """Without whatever is thinner than the width: the hairs between two drawings of one boundary."""
    if area.is_empty:
        return shapely.MultiPolygon()
    squeeze = max(math.cos(math.radians(float(area.centroid.y))), 0.01)
    flat = affinity.scale(area, squeeze, 1.0, origin=(0, 0))
    half = width_m / 2.0 / 111_000.0
    opened = shapely.buffer(shapely.buffer(flat, -half, join_style="mitre"), half, join_style="mitre")
    kept = affinity.scale(opened, 1.0 / squeeze, 1.0, origin=(0, 0))
    parts = [part for part in shapely.get_parts(kept) if part.geom_type == "Polygon" and part.area > 0]
    return shapely.MultiPolygon(parts)


def outline_of(profile: DepthProfile, area: BaseGeometry, sign: int, promise: Promise, way: int) -> Found:
    """An area's outline as deviations on one side: how far past the most (way 1) or short of the least."""
    if area.is_empty:
        return np.empty(0), np.empty(0), np.empty((0, 2))
    index = profile.index
    lonlat = shapely.get_coordinates(shapely.segmentize(area, 0.8 * profile.spacing / 111_000.0))
    near = index.nearest(lonlat[:, 0], lonlat[:, 1])
    own = (near.side == sign) & ~near.beyond_end
    lonlat, near = lonlat[own], near.where(own)
    depth = promise.of_ground(index, near, sign)[0 if way < 0 else 1]
    if promise.segments:
        # An outline that runs where the depth changes belongs to the ground beside it that explains it best.
        for azimuth in range(0, 360, 45):
            lon, lat, _ = direct(lonlat[:, 0], lonlat[:, 1], float(azimuth), _BESIDE_M)
            beside = promise.of_ground(index, index.nearest(lon, lat), sign)[0 if way < 0 else 1]
            depth = np.minimum(depth, beside) if way < 0 else np.maximum(depth, beside)
    return near.position_m, way * (near.distance_m - depth), lonlat

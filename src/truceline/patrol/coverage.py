"""What share of a line and of a zone was in sight of a patrol.

In sight is what lies within the sight radius of a place on the way, and where the terrain is known is also
seen over it from eyes `EYE_M` above the ground; without, terrain is not looked at: say so where the share is
shown. The share is bounded by looking a little less and a little further, by the fixes' own
errors. Along the line it is measured every `LINE_STEP_M`; in the zone at places spread evenly over its area
(a Sobol sequence on an equal-area plane), whose own error is stated as well.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from pyproj import Transformer
from scipy.spatial import cKDTree
from scipy.stats import qmc
from shapely.geometry.base import BaseGeometry

from truceline.core.errors import InvalidInput
from truceline.geo.ellipsoid import Bools, Floats, direct, earth_centred
from truceline.geo.nearest import LineIndex
from truceline.geo.terrain import Terrain
from truceline.patrol.cleaning import MAX_GAP_S
from truceline.patrol.track import Track

LINE_STEP_M = 100.0
ZONE_PLACES = 8192
EYE_M = 2.5
"""Of somebody who looks from a vehicle."""


@dataclass(frozen=True, slots=True)
class Share:
    """A share in sight: the best estimate and the bounds that the fixes' errors leave; `sampling` is the
    standard error of measuring it at places only (0 along a line)."""

    share: float
    least: float
    most: float
    sampling: float = 0.0

    def as_dict(self) -> dict[str, Any]:
        """As plain JSON data."""
        return {
            "share": round(self.share, 4),
            "least": round(self.least, 4),
            "most": round(self.most, 4),
            "sampling_error": round(self.sampling, 4),
        }


def share_of_line(
    line: LineIndex, tracks: Sequence[Track], sight_m: float, terrain: Terrain | None = None
) -> Share:
    """The share of the line's length that was in sight of any of the tracks."""
    return Share(*_seen(line_places(line), tracks, sight_m, terrain))


def line_places(line: LineIndex) -> Floats:
    """Places along the line (lon, lat), each standing for an equal length of about `LINE_STEP_M`."""
    count = max(int(np.ceil(line.total_m / LINE_STEP_M)), 1)
    position = (np.arange(count) + 0.5) * line.total_m / count
    segment = np.clip(np.searchsorted(line.offset_m, position, side="right") - 1, 0, len(line.start) - 1)
    lon, lat, _ = direct(
        line.start[segment, 0],
        line.start[segment, 1],
        line.azimuth[segment],
        position - line.offset_m[segment],
    )
    return np.column_stack([lon, lat])


def share_of_zone(
    zone: BaseGeometry, tracks: Sequence[Track], sight_m: float, terrain: Terrain | None = None
) -> Share:
    """The share of the zone's area that was in sight of any of the tracks."""
    return shares_of_areas(zone, {}, tracks, sight_m, terrain)[""]


def shares_of_areas(
    zone: BaseGeometry,
    parts: Mapping[str, BaseGeometry],
    tracks: Sequence[Track],
    sight_m: float,
    terrain: Terrain | None = None,
) -> dict[str, Share]:
    """The shares of the zone's area (under '') and of its parts' that were in sight of any of the tracks,
    all measured at the same places; a part in which none of them lies is left out."""
    places = zone_places(zone)
    seen = _seen_places(places, tracks, sight_m, terrain)
    lie = {"": np.ones(len(places), dtype=bool)}
    lie |= {id: np.asarray(shapely.contains_xy(part, places), np.bool_) for id, part in parts.items()}
    found = {}
    for id, rows in lie.items():
        if id and not rows.any():
            continue
        share, least, most = (float(mask[rows].mean()) if len(places) else 0.0 for mask in seen)
        error = float(np.sqrt(max(share * (1.0 - share), 0.0) / max(int(rows.sum()), 1)))
        found[id] = Share(share, least, most, error)
    return found


def zone_places(zone: BaseGeometry) -> Floats:
    """Places spread evenly over the area of a zone (lon, lat), always the same ones."""
    middle = zone.centroid
    plane = f"+proj=laea +lon_0={middle.x} +lat_0={middle.y} +ellps=WGS84 +units=m"
    to = Transformer.from_crs("EPSG:4326", plane, always_xy=True)
    flat = shapely.transform(zone, lambda xy: np.column_stack(to.transform(xy[:, 0], xy[:, 1])))
    west, south, east, north = flat.bounds
    spread = qmc.Sobol(2, scramble=True, rng=7).random(ZONE_PLACES)
    xy = np.array([west, south]) + spread * np.array([east - west, north - south])
    shapely.prepare(flat)
    xy = xy[shapely.contains_xy(flat, xy[:, 0], xy[:, 1])]
    return np.column_stack(to.transform(xy[:, 0], xy[:, 1], direction="INVERSE"))


def _seen(
    places: Floats, tracks: Sequence[Track], sight_m: float, terrain: Terrain | None
) -> tuple[float, float, float]:
    if not len(places):
        return 0.0, 0.0, 0.0
    share, least, most = (float(mask.mean()) for mask in _seen_places(places, tracks, sight_m, terrain))
    return share, least, most


def _seen_places(
    places: Floats, tracks: Sequence[Track], sight_m: float, terrain: Terrain | None
) -> tuple[Bools, Bools, Bools]:
    """Which places were seen: best, at the least, at the most."""
    if not sight_m > 0.0:
        raise InvalidInput(f"sight_m: found {sight_m}; accepted: more than 0 metres")
    best, least, most = (in_sight(places, tracks, sight_m, widen) for widen in (0.0, -1.0, 1.0))
    if terrain is not None:
        # Which of what is near is seen is asked once, of the places that are near at the most.
        over = seen_over(places, tracks, float(sight_m), terrain)
        best, least, most = best & over, least & over, most & over
    return best, least, most


def seen_over(
    places: Floats, tracks: Sequence[Track], sight_m: float, terrain: Terrain, eye_m: float = EYE_M
) -> Bools:
    """Which places (lon, lat) are seen over the terrain from any place of the tracks within the sight radius,
    widened by the fixes' errors. The way is looked from every cell of the terrain, or 40th of the radius."""
    seen: Bools = np.zeros(len(places), dtype=bool)
    there = earth_centred(places[:, 0], places[:, 1])
    step_m = max(terrain.cell_m, sight_m / 40.0)
    for track in tracks:
        fine = track.filled(max(step_m / 20.0, 1.0), MAX_GAP_S)
        if not len(fine):
            continue
        fine = fine.where(_every(fine, step_m))
        way = cKDTree(earth_centred(fine.lon, fine.lat))
        radius = sight_m + float(fine.error_m.max())
        asked = 0
        # What is seen at all is mostly seen from nearby: the nearest places of the way are tried first.
        for many in (4, 16, 64, len(fine)):
            rows = np.flatnonzero(~seen)
            count = min(many, len(fine))
            if not len(rows) or count <= asked:
                break
            apart, eyes = way.query(there[rows], k=count, distance_upper_bound=radius)
            shape = len(rows), count
            apart, eyes = apart.reshape(shape)[:, asked:], eyes.reshape(shape)[:, asked:]
            near = np.isfinite(apart)
            place, who = np.repeat(rows, near.sum(axis=1)), eyes[near]
            looked = np.column_stack([fine.lon[who], fine.lat[who]])
            seen[place[terrain.seen(looked, places[place], eye_m)]] = True
            asked = count
    return seen


def _every(track: Track, step_m: float) -> Bools:
    """Fixes that are so far from one another along the way, the first and the last with them."""
    metres, _ = track.steps()
    number = np.floor(np.concatenate([[0.0], np.cumsum(metres)]) / step_m)
    kept: Bools = np.concatenate([[True], np.diff(number) > 0.0])
    kept[-1] = True
    return kept


def in_sight(places: Floats, tracks: Sequence[Track], sight_m: float, widen: float = 0.0) -> Bools:
    """Which places (lon, lat) lie within the sight radius, widened by so many times the fixes' error.

    Distances are straight through space, which at 20 km is 8 mm less than along the ellipsoid.
    """
    seen: Bools = np.zeros(len(places), dtype=bool)
    there = earth_centred(places[:, 0], places[:, 1])
    for track in tracks:
        # A vehicle at 20 m/s is asked about at least every quarter of the radius.
        fine = track.filled(max(sight_m / 80.0, 1.0), MAX_GAP_S)
        if not len(fine):
            continue
        way = earth_centred(fine.lon, fine.lat)
        radius = np.maximum(sight_m + widen * fine.error_m, 0.0)
        tree = cKDTree(way)
        # Places near the way at all, then each against the radius of every fix about it.
        rows = np.flatnonzero(~seen)
        near, at = tree.query(there[rows], distance_upper_bound=float(radius.max()) + 1e-9)
        inside = np.isfinite(near)
        within = np.zeros(len(rows), dtype=bool)
        within[inside] = near[inside] <= radius[at[inside]]
        # Where errors differ a fix further off may still reach the place.
        if widen and np.ptp(radius) > 1e-9:
            for row in np.flatnonzero(inside & ~within):
                close = tree.query_ball_point(there[rows[row]], float(radius.max()))
                apart = np.linalg.norm(way[close] - there[rows[row]], axis=1)
                within[row] = bool((apart <= radius[close]).any())
        seen[rows[within]] = True
    return seen

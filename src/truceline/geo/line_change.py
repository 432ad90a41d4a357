"""How far a line has moved between two drawings of it, where, and what ground changed sides.

Displacement at a station of the first line is the geodesic distance to the nearest place of the second,
positive where the second lies on the first's left. Only what both lines run along is compared: stations
ahead of the other's ends are left out, and their length is stated. Ground that changed sides is what lies
between the lines: on the left of one and on the right of the other. A displacement is beyond the uncertainty
where it exceeds the root of the sum of both lines' squared 95% bounds, their errors being independent.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from truceline.core.errors import InvalidInput
from truceline.geo.ellipsoid import Bools, Floats, Ints, direct, earth_centred, wrapped
from truceline.geo.geojson import as_geojson
from truceline.geo.line import Line
from truceline.geo.nearest import LineIndex, Nearest
from truceline.geo.plane import Plane
from truceline.geo.uncertainty.model import LineUncertainty
from truceline.geo.zone import area_m2

_STATIONS = 1000
_LEAST_M = 1.0


@dataclass(frozen=True)
class Moved:
    """A stretch of the first line (metres from its start) where the second lies elsewhere, beyond the
    uncertainty of both; `worst_m` is signed (positive to the left), at the place `at` (lon, lat)."""

    from_m: float
    to_m: float
    worst_m: float
    mean_m: float
    at: tuple[float, float]

    def as_dict(self) -> dict[str, Any]:
        """As plain data."""
        return {
            "from_m": round(self.from_m, 1),
            "to_m": round(self.to_m, 1),
            "worst_m": round(self.worst_m, 1),
            "mean_m": round(self.mean_m, 1),
            "at": [round(self.at[0], 6), round(self.at[1], 6)],
        }


@dataclass(frozen=True, eq=False)
class LineChange:
    """What changed. Arrays per station of the first line: position, displacement, bound (NaN: not compared).

    `left_to_right` is the ground that was on the first line's left and is on the second's right;
    `right_to_left` the reverse. `net_standard_error_m2` is that of the difference of their areas.
    """

    position_m: Floats
    lonlat: Floats
    displacement_m: Floats
    bound_m: Floats
    stretches: tuple[Moved, ...]
    worst: Moved | None
    compared_m: float
    uncompared_m: float
    left_to_right: BaseGeometry = field(repr=False)
    right_to_left: BaseGeometry = field(repr=False)
    net_standard_error_m2: float

    def as_dict(self) -> dict[str, Any]:
        """As plain data, as ``truceline zone compare-lines --json`` prints it."""
        known = np.isfinite(self.displacement_m)
        size = self.displacement_m[known]
        beyond = np.abs(size) > np.maximum(self.bound_m[known], _LEAST_M)
        lost, won = area_m2(self.left_to_right), area_m2(self.right_to_left)
        return {
            "compared_m": round(self.compared_m, 1),
            "not_compared_m": round(self.uncompared_m, 1),
            "mean_displacement_m": round(float(size.mean()), 1),
            "mean_distance_m": round(float(np.abs(size).mean()), 1),
            "max_to_left_m": round(abs(max(float(size.max()), 0.0)), 1),
            "max_to_right_m": round(abs(max(float(-size.min()), 0.0)), 1),
            "share_moved_beyond_uncertainty": round(float(beyond.mean()), 6),
            "ground_from_left_to_right_m2": round(lost, 1),
            "ground_from_right_to_left_m2": round(won, 1),
            "net_standard_error_m2": round(self.net_standard_error_m2, 1),
            "worst": None if self.worst is None else self.worst.as_dict(),
            "stretches": [item.as_dict() for item in self.stretches],
            "profile": [
                {
                    "s_m": round(s, 1),
                    "lon": round(lon, 6),
                    "lat": round(lat, 6),
                    "displacement_m": None if d != d else round(d, 1),
                    "uncertainty_m": round(bound, 1),
                }
                for s, (lon, lat), d, bound in zip(
                    self.position_m.tolist(),
                    self.lonlat.tolist(),
                    self.displacement_m.tolist(),
                    self.bound_m.tolist(),
                    strict=True,
                )
            ],
        }

    def as_features(self) -> list[dict[str, Any]]:
        """The ground that changed sides, as GeoJSON features."""
        return [
            {
                "type": "Feature",
                "properties": {"change": name, "area_m2": round(area_m2(ground), 1)},
                "geometry": as_geojson(ground),
            }
            for name, ground in (
                ("left to right", self.left_to_right),
                ("right to left", self.right_to_left),
            )
            if not ground.is_empty
        ]


def compare_lines(first: Line, second: Line) -> LineChange:
    """How the second line differs from the first. Left and right are those of the first.

    Raises InvalidInput where the lines run nowhere beside one another.
    """
    a, b = LineIndex(first), LineIndex(second)
    position, lon, lat, azimuth, spacing = _stations(a)
    near = b.nearest(lon, lat)
    foot_side = a.nearest(near.lon, near.lat).side
    common = ~near.beyond_end
    if not common.any():
        raise InvalidInput("the lines run nowhere beside one another, so there is nothing to compare")
    displacement = np.where(common, near.distance_m * foot_side, np.nan)
    bound = np.hypot(_bounds(first).at(position), _bounds(second).at(near.position_m))
    lonlat = np.column_stack([lon, lat])
    reversed_ = _runs_back(b, near, azimuth, common)
    left_to_right, right_to_left = _changed_ground(a, b, -1 if reversed_ else 1)
    stretches = _stretches(position, lonlat, displacement, bound, spacing)
    widest = int(np.nanargmax(np.abs(displacement)))
    size = float(displacement[widest])
    place = (float(lon[widest]), float(lat[widest]))
    worst = Moved(float(position[widest]), float(position[widest]), size, size, place)
    return LineChange(
        position,
        lonlat,
        displacement,
        bound,
        stretches,
        worst if abs(size) > _LEAST_M else None,
        float(common.sum()) * spacing,
        float((~common).sum()) * spacing,
        left_to_right,
        right_to_left,
        _net_error(first, second, lonlat[common], position[common], near.where(common), spacing),
    )


def _bounds(line: Line) -> LineUncertainty:
    return line.uncertainty or LineUncertainty.constant(line.uncertainty_m)


def _stations(index: LineIndex) -> tuple[Floats, Floats, Floats, Floats, float]:
    spacing = index.total_m / _STATIONS
    position = np.asarray((np.arange(_STATIONS) + 0.5) * spacing, dtype=np.float64)
    segment = np.clip(np.searchsorted(index.offset_m, position, side="right") - 1, 0, None)
    lon, lat, azimuth = direct(
        index.start[segment, 0],
        index.start[segment, 1],
        index.azimuth[segment],
        position - index.offset_m[segment],
    )
    return position, lon, lat, azimuth, spacing


def _runs_back(b: LineIndex, near: Nearest, azimuth: Floats, common: Bools) -> bool:
    turn = np.radians(wrapped(b.azimuth[near.segment] - azimuth))
    return bool(np.cos(turn[common]).sum() < 0.0)


def _changed_ground(a: LineIndex, b: LineIndex, sense: int) -> tuple[BaseGeometry, BaseGeometry]:
    lonlat = np.vstack([a.samples, b.samples])
    plane = Plane.around(lonlat[:, 0], lonlat[:, 1], 1000.0)
    strings = [
        shapely.LineString(plane.forward(dense_part(index, part)))
        for index in (a, b)
        for part in range(len(index.line.parts))
    ]
    strings += [shapely.LineString(plane.forward(link)) for link in (*_links(a, b), *_links(b, a))]
    faces = shapely.get_parts(shapely.polygonize([shapely.union_all(strings)]))
    if not len(faces):
        return shapely.MultiPolygon(), shapely.MultiPolygon()
    places = plane.inverse(shapely.get_coordinates(shapely.point_on_surface(faces)))
    side_a = a.nearest(places[:, 0], places[:, 1]).side
    side_b: Ints = b.nearest(places[:, 0], places[:, 1]).side * sense
    grounds = []
    for one, other in ((1, -1), (-1, 1)):
        chosen = faces[(side_a == one) & (side_b == other)]
        united = shapely.union_all(chosen, grid_size=1e-4 if plane.pole else 1e-9)
        grounds.append(plane.to_rfc7946(united) if len(chosen) else shapely.MultiPolygon())
    return grounds[0], grounds[1]


def dense_part(index: LineIndex, part: int) -> Floats:
    """A part with places at most 500 m apart on its geodesics."""
    chosen = np.flatnonzero(index.part_of_segment == part)
    points = []
    for i in chosen.tolist():
        count = max(int(np.ceil(index.length_m[i] / 500.0)), 1)
        steps = np.arange(count) * index.length_m[i] / count
        lon, lat, _ = direct(index.start[i, 0], index.start[i, 1], index.azimuth[i], steps)
        points.append(np.column_stack([lon, lat]))
    return np.vstack([*points, index.end[chosen[-1:]]])


def _links(one: LineIndex, other: LineIndex) -> list[Floats]:
    """From the free ends of one line to the other, where it runs past them; and from end to end."""
    ends = [
        place
        for segment in range(len(one.start))
        for place, node in (
            (one.start[segment], one.node_start[segment]),
            (one.end[segment], one.node_end[segment]),
        )
        if one.free_end[node]
    ]
    links = []
    for lon, lat in ends:
        near = other.nearest([lon], [lat])
        back = one.nearest(near.lon, near.lat)
        mutual = bool(near.beyond_end[0] and back.beyond_end[0])
        if near.distance_m[0] > 1e-3 and (not near.beyond_end[0] or mutual):
            foot = np.array([near.lon[0], near.lat[0]])
            # A little past the foot, so that the lines surely cross.
            links.append(np.array([[lon, lat], foot + (foot - [lon, lat]) * 1e-6]))
    return links


def _stretches(
    position: Floats, lonlat: Floats, displacement: Floats, bound: Floats, spacing: float
) -> tuple[Moved, ...]:
    size = np.abs(np.nan_to_num(displacement))
    sign = np.where(size > np.maximum(bound, _LEAST_M), np.sign(np.nan_to_num(displacement)), 0.0)
    found = []
    for group in np.split(np.arange(len(sign)), np.flatnonzero(np.diff(sign)) + 1):
        if sign[group[0]] == 0.0:
            continue
        worst = group[size[group].argmax()]
        found.append(
            Moved(
                float(position[group[0]] - spacing / 2),
                float(position[group[-1]] + spacing / 2),
                float(displacement[worst]),
                float(displacement[group].mean()),
                (float(lonlat[worst, 0]), float(lonlat[worst, 1])),
            )
        )
    return tuple(found)


def _net_error(
    first: Line, second: Line, lonlat: Floats, position: Floats, near: Nearest, spacing: float
) -> float:
    variance = 0.0
    for bounds, places, at in (
        (_bounds(first), lonlat, position),
        (_bounds(second), np.column_stack([near.lon, near.lat]), near.position_m),
    ):
        if bounds.greatest_m > 0.0:
            variance += float(bounds.covariance(earth_centred(*places.T), at).sum()) * spacing**2
    return float(np.sqrt(max(variance, 0.0)))

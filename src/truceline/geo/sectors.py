"""A zone cut into sectors along its line, each the ground that is nearest to its own stretch of the line.

A sector holds every place of the zone whose nearest place on the line lies in the sector's stretch (from its
start up to, but not including, its end). So sectors meet on the geodesic perpendiculars through the places
where stretches meet and, where another stretch of the line comes nearer first, on the ground that is equally
far from both; ground ahead of the line's free ends goes to the first and the last sector. Together they are
the zone, to the 0.1 mm of its grid. Stretches are chosen so that each holds the same effort.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from truceline.core.errors import InvalidGeometry, InvalidInput
from truceline.geo.effort import Effort
from truceline.geo.ellipsoid import Bools, Floats, Ints, direct
from truceline.geo.face_divisions import dividing_lines, lines_from_tips
from truceline.geo.geojson import as_geojson
from truceline.geo.inside import checked_polygon
from truceline.geo.line import Line
from truceline.geo.line_change import dense_part
from truceline.geo.nearest import LineIndex, Nearest
from truceline.geo.plane import Plane
from truceline.geo.zone import area_m2

MOST_SECTORS = 500
DEFAULT_TOLERANCE_M = 0.05
_RAY_STEP_M = 500.0
_OFF_VERTEX_M = 0.01
_CHECKED_PLACES = 6000
_CHECKED_TO_M = 2.0


@dataclass(frozen=True, eq=False)
class ZoneSector:
    """A sector: its polygon (RFC 7946), its stretch of the line in metres from the start, and its effort."""

    id: str
    name: str
    order: int
    from_m: float
    to_m: float
    effort: float
    effort_share: float
    area_m2: float
    geometry: BaseGeometry

    def as_feature(self, unit: str) -> dict[str, Any]:
        """A GeoJSON feature."""
        return {
            "type": "Feature",
            "id": self.id,
            "properties": {
                "name": self.name,
                "order": self.order,
                "from_m": round(self.from_m, 2),
                "to_m": round(self.to_m, 2),
                "effort": round(self.effort, 3),
                "effort_unit": unit,
                "effort_share": round(self.effort_share, 6),
                "area_m2": round(self.area_m2, 1),
            },
            "geometry": as_geojson(self.geometry),
        }


def cut_into_sectors(
    zone: BaseGeometry,
    line: Line | LineIndex,
    count: int,
    *,
    effort: Effort | None = None,
    names: Sequence[str] = (),
    tolerance_m: float = DEFAULT_TOLERANCE_M,
) -> tuple[ZoneSector, ...]:
    """The zone in `count` sectors of equal effort along the line (equal length unless `effort` is given), in
    drawing direction. Names are ``Sector 1`` and so on unless given.

    Raises InvalidInput for a count or names that do not fit, InvalidGeometry where a stretch has no ground.
    """
    zone = checked_polygon(zone)
    index = line if isinstance(line, LineIndex) else LineIndex(line)
    if not 1 <= count <= MOST_SECTORS:
        raise InvalidInput(f"sectors: found {count}; accepted: 1 to {MOST_SECTORS}")
    if names and len(set(names)) != count:
        raise InvalidInput(
            f"names: found {len(names)} ({len(set(names))} different); accepted: one of its own for each of "
            f"the {count} sectors"
        )
    spread = effort or Effort.even(index.total_m)
    cuts = _off_vertices(spread.cuts(count), index)
    if len(cuts) and not (np.diff(np.concatenate([[0.0], cuts, [index.total_m]])) > 2 * _OFF_VERTEX_M).all():
        raise InvalidInput(
            f"the effort cannot be cut into {count} sectors: too much of it lies at one place of the line",
            hint="ask for fewer sectors",
        )
    pieces = _Cutter(zone, index, tolerance_m).pieces(cuts)
    _check(zone, index, cuts, pieces)
    ends = [0.0, *cuts.tolist(), index.total_m]
    sectors = []
    for number, piece in enumerate(pieces):
        name = names[number] if names else f"Sector {number + 1}"
        if piece.is_empty:
            raise InvalidGeometry(
                f"{name} would be empty: no ground of the zone is nearest to the line from "
                f"{ends[number] / 1000:.1f} to {ends[number + 1] / 1000:.1f} km",
                hint="ask for fewer sectors, or check that zone and line belong together",
            )
        own = spread.between(ends[number], ends[number + 1])
        sectors.append(
            ZoneSector(
                f"sector-{number + 1}", name, number + 1, ends[number], ends[number + 1],
                own, own / spread.total, area_m2(piece), piece,
            )
        )  # fmt: skip
    return tuple(sectors)


def _check(zone: BaseGeometry, index: LineIndex, cuts: Floats, pieces: list[BaseGeometry]) -> None:
    """Places spread over the zone must lie in the sector of their nearest place of the line.

    A guard against a boundary that was not found. Raises InvalidGeometry, with the place.
    """
    from scipy.stats import qmc  # here, because it takes a second to load

    west, south, east, north = zone.bounds
    spread = qmc.Halton(2, seed=11).random(_CHECKED_PLACES) * [east - west, north - south] + [west, south]
    inside = spread[shapely.contains_xy(zone, spread[:, 0], spread[:, 1])]
    own = np.searchsorted(cuts, index.nearest(inside[:, 0], inside[:, 1]).position_m, side="right")
    for number, piece in enumerate(pieces):
        wrong = inside[shapely.contains_xy(piece, inside[:, 0], inside[:, 1]) & (own != number)]
        if not len(wrong):
            continue
        apart = shapely.distance(shapely.boundary(piece), shapely.points(wrong)) * 111_000.0
        if apart.max() > _CHECKED_TO_M:
            lon, lat = wrong[int(apart.argmax())]
            raise InvalidGeometry(
                f"the zone cannot be cut exactly: at {lon:.5f}, {lat:.5f} a boundary between stretches of "
                "the line was not found",
                hint="ask for another number of sectors, or simplify the line where it crosses itself",
            )


def _off_vertices(cuts: Floats, index: LineIndex) -> Floats:
    """Cuts beside vertices and not on them, where a perpendicular is defined."""
    vertices = np.append(index.offset_m, index.total_m)
    off = np.abs(cuts[:, None] - vertices[None, :]).min(axis=1) < _OFF_VERTEX_M / 2
    moved: Floats = np.where(off, cuts + _OFF_VERTEX_M, cuts)
    return moved


class _Cutter:
    """Cuts a zone by position along its line."""

    def __init__(self, zone: BaseGeometry, index: LineIndex, tolerance_m: float) -> None:
        self.index, self.tolerance_m = index, tolerance_m
        lonlat = shapely.get_coordinates(zone)
        self.reach_m = float(index.nearest(lonlat[:, 0], lonlat[:, 1]).distance_m.max()) * 1.01 + 10.0
        self.plane = Plane.around(index.samples[:, 0], index.samples[:, 1], self.reach_m)
        flat = shapely.transform(zone, self.plane.forward)
        # Parts on both sides of the antimeridian are one on the sheet.
        self.zone = shapely.union_all(list(shapely.get_parts(shapely.make_valid(flat))))
        # The line itself divides too: where it crosses itself, ground of two stretches may meet in a point.
        self.line = [self.plane.forward(dense_part(index, part)) for part in range(len(index.line.parts))]

    def pieces(self, cuts: Floats) -> list[BaseGeometry]:
        rest = self.zone
        found: list[BaseGeometry] = []
        for cut in cuts.tolist():
            before, rest = self._divided(rest, cut)
            found.append(before)
        return [self.plane.to_rfc7946(piece) if piece.area > 0 else piece for piece in (*found, rest)]

    def _divided(self, area: BaseGeometry, cut_m: float) -> tuple[BaseGeometry, BaseGeometry]:
        """The ground nearest to the line before the position, and the ground nearest to it from there on."""

        def before(near: Nearest) -> Bools:
            held: Bools = near.position_m < cut_m
            return held

        ray, tips = self._perpendicular(cut_m)
        flat = self.plane.forward(ray)
        # Where a half ends on ground equally far from two stretches, an earlier cut may run there already:
        # carried on a little, so that the lines surely cross. What dangles within a face is dropped.
        known = [
            *self.line,
            _carried_on(flat, 4.0 * self.tolerance_m / (1.0 if self.plane.pole else 111_000.0)),
        ]
        outline = shapely.get_parts(area.boundary)
        if tips:
            walls = shapely.union_all([*outline, *(shapely.LineString(line) for line in (*self.line, flat))])
            lines = lines_from_tips(
                self.index, before, tips, walls, self.reach_m / 20.0, self.plane, self.tolerance_m
            )
            known += [self.plane.forward(line) for line in lines]
        faces = self._faces(area, known)
        dividing = dividing_lines(
            self.index,
            before,
            faces,
            shapely.MultiLineString(known),
            self.plane,
            self.tolerance_m,
        )
        if dividing:
            known += [self.plane.forward(line) for line in dividing]
            faces = self._faces(area, known)
        if not faces:
            return shapely.Polygon(), shapely.Polygon()
        places = self.plane.inverse(shapely.get_coordinates(shapely.point_on_surface(faces)))
        held = before(self.index.nearest(places[:, 0], places[:, 1])).tolist()
        sides = [
            [face for face, own in zip(faces, held, strict=True) if own is side] for side in (True, False)
        ]
        grid = 1e-4 if self.plane.pole else 1e-9
        first, second = (shapely.union_all(side, grid_size=grid) for side in sides)
        return first, second

    def _faces(self, area: BaseGeometry, lines: list[Floats]) -> list[BaseGeometry]:
        strings = [*shapely.get_parts(area.boundary), *(shapely.LineString(line) for line in lines)]
        faces = shapely.get_parts(shapely.polygonize([shapely.union_all(strings)]))
        inside = shapely.contains(area, shapely.point_on_surface(faces))
        return [face for face, own in zip(faces, inside.tolist(), strict=True) if own]

    def _perpendicular(self, cut_m: float) -> tuple[Floats, list[Floats]]:
        """The perpendicular at a position, from end to end, as lon/lat; and those ends that lie where another
        stretch of the line becomes as near."""
        index = self.index
        segment = int(np.clip(np.searchsorted(index.offset_m, cut_m, side="right") - 1, 0, None))
        start = index.start[segment]
        lon, lat, azimuth = direct(
            start[0], start[1], index.azimuth[segment], cut_m - float(index.offset_m[segment])
        )
        halves, tips = [], []
        for turn in (-90.0, 90.0):
            length = self._own_reach(float(lon), float(lat), float(azimuth) + turn)
            steps = np.linspace(0.0, length, max(math.ceil(length / _RAY_STEP_M), 4) + 1)
            x, y, _ = direct(np.full(len(steps), lon), np.full(len(steps), lat), azimuth + turn, steps)
            halves.append(np.column_stack([x, y]))
            if length < self.reach_m:
                tips.append(halves[-1][-1])
        return np.vstack([halves[0][::-1], halves[1][1:]]), tips

    def _own_reach(self, lon: float, lat: float, azimuth: float) -> float:
        """How far along a geodesic its start remains the nearest place of the line, at most to the reach."""
        low, high = 0.0, self.reach_m
        for _ in range(5):  # each time among a hundred places
            steps = np.linspace(low, high, 101)[1:]
            x, y, _ = direct(np.full(100, lon), np.full(100, lat), azimuth, steps)
            held: Bools = self.index.nearest(x, y).distance_m >= steps - 1e-4
            if held.all():
                return high
            first = int(np.flatnonzero(~held)[0])
            low, high = (low if first == 0 else float(steps[first - 1])), float(steps[first])
        return low


def _carried_on(line: Floats, length: float) -> Floats:
    """The line with both its ends carried on straight by a length, on the sheet."""
    ends = []
    for end, before in ((line[0], line[1]), (line[-1], line[-2])):
        ends.append(end + (end - before) / np.hypot(*(end - before)) * length)
    return np.vstack([ends[0], line, ends[1]])


def sector_of(positions_m: Floats, sectors: Sequence[ZoneSector]) -> Ints:
    """The number (from 0) of the sector in which positions along the line lie."""
    ends = np.array([sector.to_m for sector in sectors[:-1]])
    return np.searchsorted(ends, positions_m, side="right")

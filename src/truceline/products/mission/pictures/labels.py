"""Names on a map: towns, lines and routes, each where it covers nothing.

A name is tried at several places around what it names, and left out where each of them would cover a mark,
another name, or the map's own scale, arrow or inset. Boxes are left, top, right, bottom in points.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import shapely

from truceline.core.bidi import flat
from truceline.products.mission.pictures.colours import INK, LINE, ROUTE, ZONE_EDGE
from truceline.products.mission.pictures.frame import Bounds, Frame
from truceline.products.mission.pictures.svg import Point, Svg
from truceline.products.report.ground import GeoJson, LineShape, RouteShape, Town, ZoneShape

MOST_TOWNS = 40
# A town's name stands beside its dot, or above or below it: x, y and the side of the text that stands there.
AROUND = (
    (4.0, 2.6, "start"), (-4.0, 2.6, "end"), (0.0, -4.0, "middle"), (0.0, 9.5, "middle"),
    (3.0, -2.5, "start"), (3.0, 8.0, "start"), (-3.0, -2.5, "end"), (-3.0, 8.0, "end"),
)  # fmt: skip
ALONG = (0.5, 0.35, 0.65, 0.2, 0.8, 0.08, 0.92)
ENDS = (0.04, 0.96, 0.2, 0.8, 0.35, 0.65, 0.5)
LETTER = 0.56
"""The mean width of a letter as a share of the size of the type."""
LONGEST_ROUTE_NAME = 24


@dataclass(slots=True)
class Labels:
    """The names of one map, and what is covered already."""

    svg: Svg
    frame: Frame
    taken: list[Bounds] = field(default_factory=list)
    _boxes: npt.NDArray[np.float64] = field(default_factory=lambda: np.empty((0, 4)))

    def keep(self, boxes: Iterable[Bounds]) -> None:
        """What no name may cover."""
        self.taken += boxes
        self._boxes = np.asarray(self.taken, dtype=np.float64).reshape(-1, 4)

    def free(self, box: Bounds) -> bool:
        """Whether a box lies in the frame and covers nothing."""
        frame, held = self.frame, self._boxes
        if not (
            frame.x + 1 <= box[0] and box[2] <= frame.x + frame.width - 1
            and frame.y + 1 <= box[1] and box[3] <= frame.y + frame.height - 1
        ):  # fmt: skip
            return False
        covered = (
            (held[:, 0] < box[2]) & (box[0] < held[:, 2]) & (held[:, 1] < box[3]) & (box[1] < held[:, 3])
        )
        return not bool(covered.any())

    def put(self, spots: Iterable[tuple[float, float, str]], text: str, size: float, **given: object) -> bool:
        """Writes the text at the first spot (x, y of its base line, the side that stands there) that is free;
        says whether there was one."""
        wide = len(flat(text)) * size * LETTER
        for x, y, anchor in spots:
            left = x if anchor == "start" else x - wide if anchor == "end" else x - wide / 2
            box = (left, y - size * 0.85, left + wide, y + size * 0.25)
            if self.free(box):
                self.keep([box])
                self.svg.halo(x, y, text, anchor=anchor, font_size=size, **given)
                return True
        return False

    def towns(self, towns: Iterable[Town]) -> None:
        """Towns with their names, the greater first."""
        for town in sorted(towns, key=lambda town: (town.rank, town.name))[:MOST_TOWNS]:
            x, y = self.frame.at(town.lon, town.lat)
            great = town.rank == 1
            dot = 1.8 if great else 1.3
            if not self.frame.holds((x, y), 4):
                continue
            if self.put(
                ((x + dx, y + dy, anchor) for dx, dy, anchor in AROUND),
                town.name,
                8.5 if great else 7.5,
                fill=INK,
                font_weight="bold" if great else None,
            ):
                self.svg.shape("circle", cx=x, cy=y, r=dot, fill=INK)
                self.keep([(x - dot, y - dot, x + dot, y + dot)])

    def lines(self, lines: Iterable[LineShape]) -> None:
        """The names of lines, near their ends, where there is more than one line to tell apart."""
        lines = list(lines)
        for line in lines if len(lines) > 1 else ():
            others = shapely.union_all(
                [
                    shapely.LineString(run)
                    for other in lines
                    if other.id != line.id
                    for run in self.frame.lines(shapely.geometry.shape(other.geometry))
                ]
            )
            spots = []
            for x, y in self._spots(line.geometry, ENDS):
                sides = [(x + 5.0, y + 2.6, "start"), (x - 5.0, y + 2.6, "end")]
                # On the side that is farther from the other lines, so that nobody takes it for theirs.
                sides.sort(key=lambda side: -shapely.distance(others, shapely.Point(side[0], y)))
                spots += sides
            self.put(spots, line.name, 7.5, fill=LINE, font_weight="bold")

    def zones(self, zones: Iterable[ZoneShape]) -> None:
        """The names of zones, where there are several, inside of those that have room for theirs."""
        zones = [zone for zone in zones if zone.kind != "band"]
        for zone in zones if len(zones) > 1 else ():
            half = len(flat(zone.name)) * 6.5 * LETTER / 2
            for ring in self.frame.rings(shapely.geometry.shape(zone.outer)):
                part = shapely.Polygon(ring).buffer(0)
                if part.is_empty:
                    continue
                middle = shapely.point_on_surface(part)
                box = shapely.box(middle.x - half, middle.y - 7, middle.x + half, middle.y + 3)
                if part.contains(box):
                    spot = (middle.x, middle.y, "middle")
                    self.put([spot], zone.name, 6.5, fill=ZONE_EDGE)
                    break

    def routes(self, routes: Iterable[RouteShape]) -> None:
        """The names of roads beside them; a long title is left to the caption."""
        for route in routes:
            if len(route.name) <= LONGEST_ROUTE_NAME:
                spots = [
                    (x + dx, y + dy, anchor)
                    for x, y in self._spots(route.geometry, ALONG)
                    for dx, dy, anchor in ((5.0, -3.0, "start"), (-5.0, -3.0, "end"), (5.0, 9.0, "start"))
                ]
                self.put(spots, route.name, 7.0, fill=ROUTE, font_weight="bold")

    def _spots(self, geometry: GeoJson, shares: Iterable[float]) -> Iterator[Point]:
        """Points of the picture along the longest stretch of a line that the frame shows."""
        runs = self.frame.lines(shapely.geometry.shape(geometry))
        inner = shapely.box(
            self.frame.x, self.frame.y, self.frame.x + self.frame.width, self.frame.y + self.frame.height
        )
        cut = [shapely.intersection(shapely.LineString(run), inner) for run in runs if len(run) > 1]
        parts = [part for one in cut for part in getattr(one, "geoms", [one]) if part.length > 0]
        if parts:
            longest = max(parts, key=lambda part: part.length)
            for share in shares:
                point = longest.interpolate(share, normalized=True)
                yield point.x, point.y

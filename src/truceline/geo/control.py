"""From point-wise control data (who holds which place) to a line of contact between two groups.

Method. The places of both groups are triangulated (Delaunay) in an azimuthal equidistant plane around their
middle. The line crosses every triangle side that joins a place of the left group to one of the right group,
at the point that is as far from the nearest place of one group as from the nearest of the other (halfway,
unless another place lies nearer); the crossings are joined triangle by triangle. The line ends where a third
party's place is nearer to the crossing than either group's, and where the groups' nearest places are further
apart than `widest_gap_m`: there the data show no contact. Smoothing cuts corners
(Chaikin 1974, two rounds) and is undone where it would put a place on the wrong side.

Uncertainty. The true line passes somewhere between the nearest places of the two groups, so their
distance from the vertex bounds the error there (never stated below a floor, since a place is no point).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely
from pyproj import Transformer
from scipy.spatial import Delaunay, QhullError, cKDTree
from shapely.geometry.base import BaseGeometry

from truceline.core.errors import Fault, InvalidGeometry, InvalidInput
from truceline.geo.ellipsoid import Bools, Floats, Ints
from truceline.geo.geojson_faults import position_fault
from truceline.geo.line import Line
from truceline.geo.nearest import LineIndex
from truceline.geo.table_files import read_table

METHOD = "halfway between the nearest places of the two groups (on the sides of a Delaunay triangulation)"
_COLUMNS = ("place", "lon", "lat", "controlled_by")


@dataclass(frozen=True)
class ControlPoint:
    """A place (lon, lat in degrees), who held it, and as of which date (as the file states it)."""

    place: str
    lon: float
    lat: float
    controlled_by: str
    as_of: str | None = None


@dataclass(frozen=True, eq=False)
class ControlLine:
    """A line of contact with the left group on its left in drawing direction.

    `uncertainty_m` is the root mean square of the vertices' bounds, weighted by length; `uncertainties_m`
    has one bound per vertex. `isolated` names the places that lie on the other group's side of the line.
    """

    geometry: shapely.LineString
    uncertainty_m: float
    uncertainties_m: tuple[float, ...]
    isolated: tuple[str, ...]
    method: str
    as_of: str | None

    @property
    def line(self) -> Line:
        """The line with geodesic edges and its uncertainty."""
        return Line.from_geometry(self.geometry, uncertainty_m=self.uncertainty_m)


def read_control_points(path: Path) -> list[ControlPoint]:
    """Control data from CSV with the columns place, lon, lat, controlled_by and, if known, as_of.

    Raises NotFound and InvalidGeometry with every bad row.
    """
    columns, rows = read_table(path, hint="give a CSV file of control points")
    missing = [name for name in _COLUMNS if name not in columns]
    if missing:
        fault = Fault(
            "lacks columns",
            source=str(path),
            row=0,
            path=", ".join(missing),
            found=", ".join(columns)[:200] or "no header",
            accepted=", ".join(_COLUMNS),
        )
        raise InvalidGeometry.of_faults([fault])
    points, faults = [], []
    for number, row in enumerate(rows, start=1):
        try:
            lon, lat = float(row["lon"] or "nan"), float(row["lat"] or "nan")
        except ValueError:
            lon = lat = math.nan
        holder = (row["controlled_by"] or "").strip()
        wrong = position_fault([lon, lat], "lon, lat", str(path))
        if wrong is not None or not holder:
            found = ", ".join(f"{name} {row[name][:40]!r}" for name in _COLUMNS[1:])
            faults.append(
                Fault(
                    wrong.message if wrong is not None else "does not say who holds the place",
                    source=str(path),
                    row=number,
                    path="lon, lat" if wrong is not None else "controlled_by",
                    found=found,
                    accepted="lon, lat in degrees and who holds the place",
                )
            )
            continue
        points.append(
            ControlPoint(row["place"] or f"row {number}", lon, lat, holder, row.get("as_of") or None)
        )
    if faults:
        raise InvalidGeometry.of_faults(faults)
    return points


def line_from_control(
    points: Sequence[ControlPoint],
    left: Collection[str],
    right: Collection[str],
    *,
    floor_m: float = 3000.0,
    widest_gap_m: float = 40_000.0,
    smooth: bool = True,
    within: BaseGeometry | None = None,
) -> ControlLine:
    """The longest line of contact between the places held by `left` and those held by `right`.

    `within` clips the line to an area, such as a country; the longest piece is kept. Holders in neither
    group are third parties. Raises InvalidInput where a group holds no place or no line can be drawn.
    """
    checked_groups([point.controlled_by for point in points], left, right, "place")
    lonlat = np.array([[point.lon, point.lat] for point in points])
    label = np.array(
        [1 if p.controlled_by in left else -1 if p.controlled_by in right else 0 for p in points]
    )
    plane = ControlPlane(lonlat)
    dates = {point.as_of for point in points if point.as_of}
    return line_between(
        plane,
        plane.forward(lonlat),
        label,
        [point.place for point in points],
        floor_m=floor_m,
        slack_m=0.0,
        widest_gap_m=widest_gap_m,
        smooth=smooth,
        within=within,
        method=METHOD,
        as_of=max(dates) if dates else None,
    )


def checked_groups(holders: Sequence[str], left: Collection[str], right: Collection[str], what: str) -> None:
    """Raises InvalidInput where a group holds nothing, or one holder is in both groups."""
    known = Counter(holders)
    for group in (left, right):
        absent = [name for name in group if name not in known]
        if absent or not group:
            raise InvalidInput(
                f"no {what} is held by {', '.join(absent) or 'an empty group'}; "
                f"found: {', '.join(sorted(known))}"
            )
    if set(left) & set(right):
        raise InvalidInput(f"on both sides: {', '.join(sorted(set(left) & set(right)))}")


def line_between(
    plane: ControlPlane,
    flat: Floats,
    label: Ints,
    names: Sequence[str],
    *,
    floor_m: float,
    slack_m: float,
    widest_gap_m: float,
    smooth: bool,
    within: BaseGeometry | None,
    method: str,
    as_of: str | None,
) -> ControlLine:
    """The longest line between places of label 1 (left) and -1 (right); those of label 0 end it.

    `flat` are their coordinates on the plane, `slack_m` how much nearer the truth is known to lie than the
    nearest places. Raises InvalidInput where no line can be drawn.
    """
    sided = np.flatnonzero(label)
    try:
        triangles = sided[Delaunay(flat[sided]).simplices]
    except (QhullError, ValueError) as error:
        raise InvalidInput("a line needs at least three places that do not lie in a row") from error
    crossings = _crossings(flat, label, triangles, widest_gap_m + 2.0 * slack_m)
    chains = _chains(crossings, flat, label, triangles)
    if not chains:
        raise InvalidInput(
            "no line can be drawn: no two neighbouring places are held by the two groups",
            hint="check the names of the groups, or raise the widest gap",
        )
    path = max(chains, key=lambda chain: _length(np.array([place for place, _ in chain])))
    vertices = np.array([place for place, _ in path])
    bound = np.array([reach for _, reach in path])
    if smooth:
        vertices, bound = _smoothed(vertices, bound, flat, label)
    bound = (bound - slack_m).clip(min=floor_m)
    if slack_m > 0.0:
        vertices, bound = _thinned(vertices, bound, slack_m / 10.0)
    geometry = shapely.LineString(np.round(plane.inverse(vertices), 5))
    if within is not None:
        geometry, vertices, bound = _clipped(geometry, within, plane, vertices, bound)
    steps = np.hypot(*np.diff(vertices, axis=0).T)
    weight = np.concatenate([steps, [0]]) + np.concatenate([[0], steps])
    typical = float(np.sqrt((weight * bound**2).sum() / weight.sum()))
    return ControlLine(
        geometry,
        math.ceil(typical / 100) * 100.0,
        tuple(float(math.ceil(value / 100) * 100) for value in bound),
        tuple(names[i] for i in _misplaced(geometry, plane.inverse(flat), label)),
        method + (", corners cut" if smooth else ""),
        as_of,
    )


def _thinned(vertices: Floats, bound: Floats, tolerance_m: float) -> tuple[Floats, Floats]:
    """Without the vertices that a straight line passes within the tolerance, each left with its bound."""
    simple = shapely.get_coordinates(shapely.simplify(shapely.LineString(vertices), tolerance_m))
    return simple, bound[cKDTree(vertices).query(simple)[1]]


class ControlPlane:
    """An azimuthal equidistant plane around the middle of the places; metres."""

    def __init__(self, lonlat: Floats) -> None:
        angle = np.radians(lonlat[:, 0])
        lon = math.degrees(math.atan2(np.sin(angle).mean(), np.cos(angle).mean()))
        crs = f"+proj=aeqd +lon_0={lon} +lat_0={lonlat[:, 1].mean()} +ellps=WGS84 +units=m"
        self._to = Transformer.from_crs("EPSG:4326", crs, always_xy=True)

    def forward(self, lonlat: Floats) -> Floats:
        """Degrees to metres on the plane; shape (n, 2)."""
        return np.column_stack(self._to.transform(lonlat[:, 0], lonlat[:, 1]))

    def inverse(self, flat: Floats) -> Floats:
        """Metres on the plane to degrees; shape (n, 2)."""
        return np.column_stack(self._to.transform(flat[:, 0], flat[:, 1], direction="INVERSE"))


_Pair = tuple[int, int]
"""A left place and a right place that neighbour one another: indices."""
_Crossing = tuple[Floats, float]
"""Where the line crosses between a pair of places, and how far the nearest places are from there."""


def _mixed(label: Ints, triangle: list[int]) -> list[_Pair]:
    return [
        (a, b) if label[a] == 1 else (b, a)
        for a, b in zip(triangle, triangle[1:] + triangle[:1], strict=True)
        if label[a] * label[b] == -1
    ]


def _crossings(flat: Floats, label: Ints, triangles: Ints, widest_m: float) -> dict[_Pair, _Crossing]:
    pairs = sorted({pair for triangle in triangles.tolist() for pair in _mixed(label, triangle)})
    if not pairs:
        return {}
    left, right = cKDTree(flat[label == 1]), cKDTree(flat[label == -1])
    ends = np.array(pairs)
    a, b = flat[ends[:, 0]], flat[ends[:, 1]]
    low, high = np.zeros(len(a)), np.ones(len(a))
    for _ in range(50):
        share = (low + high) / 2
        place = a + share[:, None] * (b - a)
        on_left = left.query(place)[0] < right.query(place)[0]
        low, high = np.where(on_left, share, low), np.where(on_left, high, share)
    reach = left.query(place)[0]
    known = 2 * reach <= widest_m
    if (label == 0).any():
        known &= cKDTree(flat[label == 0]).query(place)[0] >= reach
    return {pair: (p, float(r)) for pair, p, r, k in zip(pairs, place, reach, known, strict=True) if k}


def _chains(
    crossings: dict[_Pair, _Crossing], flat: Floats, label: Ints, triangles: Ints
) -> list[list[_Crossing]]:
    """The crossings joined in drawing order: the left group is on the left."""
    after: dict[_Pair, _Pair] = {}
    for triangle in triangles.tolist():
        pairs = [pair for pair in _mixed(label, triangle) if pair in crossings]
        if len(pairs) != 2:
            continue
        first, second = pairs
        begin, aside = crossings[first][0], flat[first[0]] - crossings[first][0]
        along = crossings[second][0] - begin
        if along[0] * aside[1] - along[1] * aside[0] < 0:
            first, second = second, first
        after[first] = second
    # First the chains that have a head; what is left then goes round: an enclave.
    chains: list[list[_Crossing]] = []
    heads = sorted(set(after) - set(after.values()))
    while after:
        pair = heads.pop(0) if heads else min(after)
        chain = [pair]
        while chain[-1] in after:
            chain.append(after.pop(chain[-1]))
        chains.append([crossings[pair] for pair in chain])
    return chains


def _length(vertices: Floats) -> float:
    return float(np.hypot(*np.diff(vertices, axis=0).T).sum())


def _smoothed(vertices: Floats, bound: Floats, flat: Floats, label: Ints) -> tuple[Floats, Floats]:
    places = shapely.STRtree(shapely.points(flat[label != 0]))
    for _ in range(2):
        if len(vertices) < 3:
            break
        before = vertices[1:-1] * 0.75 + vertices[:-2] * 0.25
        behind = vertices[1:-1] * 0.75 + vertices[2:] * 0.25
        # A corner stays where cutting it would bring the line nearer to a place than half its bound there,
        # which keeps every place on its own side.
        cut = [shapely.LineString(corner) for corner in np.stack([before, behind], axis=1)]
        apart = places.query_nearest(cut, all_matches=False, return_distance=True)[1]
        holds: Bools = apart < bound[1:-1] / 2
        new, error = [vertices[0]], [bound[0]]
        for i in range(1, len(vertices) - 1):
            if holds[i - 1]:
                new.append(vertices[i])
                error.append(bound[i])
            else:
                new += [before[i - 1], behind[i - 1]]
                error += [
                    bound[i] * 0.75 + bound[i - 1] * 0.25,
                    bound[i] * 0.75 + bound[i + 1] * 0.25,
                ]
        vertices, bound = np.array([*new, vertices[-1]]), np.array([*error, bound[-1]])
    return vertices, bound


def _clipped(
    geometry: shapely.LineString, within: BaseGeometry, plane: ControlPlane, vertices: Floats, bound: Floats
) -> tuple[shapely.LineString, Floats, Floats]:
    # Neighbouring areas that were simplified one by one leave cracks of a few hundred metres: closed first.
    area = shapely.buffer(shapely.buffer(within, 0.005), -0.005)
    merged = shapely.line_merge(geometry.intersection(area), directed=True)
    pieces = [
        piece for piece in shapely.get_parts(merged) if piece.geom_type == "LineString" and piece.length > 0
    ]
    if not pieces:
        raise InvalidInput("the line lies wholly outside the area that it is clipped to")
    longest = max(pieces, key=lambda piece: piece.length)
    kept = plane.forward(shapely.get_coordinates(longest))
    # A clipped end takes the bound of the nearest vertex.
    return longest, kept, bound[cKDTree(vertices).query(kept)[1]]


def _misplaced(geometry: shapely.LineString, lonlat: Floats, label: Ints) -> list[int]:
    near = LineIndex(geometry).nearest(lonlat[:, 0], lonlat[:, 1])
    wrong = (label != 0) & (near.side != label) & (near.side != 0) & ~near.beyond_end
    return np.flatnonzero(wrong).tolist()

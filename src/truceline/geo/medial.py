"""The lines on which the depth of a zone changes because another edge of its line becomes the nearest.

Such a line is equally far from two edges. Which pairs of edges have one, and from where to where, is told by
the Voronoi diagram of the edges on a conformal plane (Boost's, through pyvoronoi); there only, for the plane
distorts. Then its vertices and its points are moved on the ellipsoid until their geodesic distances from the
edges agree, and points are added until straight edges in lon/lat stay within the tolerance.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pyvoronoi
import shapely
from pyproj import Proj

from truceline.geo.ellipsoid import GEOD, Bools, Floats, Ints, direct, earth_centred, inverse
from truceline.geo.nearest import LineIndex, Nearest
from truceline.geo.offset import between

Limit = Callable[[Nearest], Floats]

_UNIT_M = 0.01
_LARGEST = 1.9e9
_SAMPLES = 17
_ROUNDS = 16
_PIECE_M = 50_000.0
_ON_LINE_M = 0.05
# An edge that ends alone goes on by this share of the reach: the plane tells only roughly where it ends.
_ALONG = 4e-2
# How far, as a share of the reach, the plane can mislead; what settles further off has lost its way.
_FURTHEST = 0.05
_STRAIGHT_ON_M = 1.0
_LONG, _MANY = 0.2, 40


def dividing_lines(index: LineIndex, limit: Limit, reach_m: float, tolerance_m: float) -> list[Floats]:
    """Polylines (lon, lat) up to the reach from the line, on which `limit` (the depth of the ground) changes.

    They meet in common vertices, and go on a little where they end alone.
    """
    if len(index.start) < 2:
        return []
    sheet = _Sheet.of(index)
    edges = _voronoi(index, sheet, reach_m)
    if not len(edges.one):
        return []
    edges = edges.where(_divides(index, limit, edges, reach_m))
    if not len(edges.one):
        return []
    ends, alone = _common_ends(index, edges, _FURTHEST * reach_m)
    return _drawn(index, edges, ends, alone, reach_m, tolerance_m)


@dataclass(frozen=True)
class _Sheet:
    """A stereographic plane around the line, in units of 1 cm or, for very long lines, more."""

    to: Proj
    unit_m: float

    @classmethod
    def of(cls, index: LineIndex) -> _Sheet:
        x, y, z = earth_centred(index.samples[:, 0], index.samples[:, 1]).mean(axis=0)
        lon, lat = np.degrees(np.arctan2(y, x)), np.degrees(np.arctan2(z, np.hypot(x, y)))
        to = Proj(f"+proj=stere +lon_0={lon} +lat_0={lat} +ellps=WGS84 +units=m")
        xy = np.column_stack(to(index.samples[:, 0], index.samples[:, 1]))
        return cls(to, max(_UNIT_M, float(np.abs(xy).max()) * 8.0 / _LARGEST))

    def forward(self, lonlat: Floats) -> Floats:
        return np.column_stack(self.to(lonlat[:, 0], lonlat[:, 1])) / self.unit_m

    def inverse(self, xy: Floats) -> Floats:
        xy = xy * self.unit_m
        return np.column_stack(self.to(xy[:, 0], xy[:, 1], inverse=True))


@dataclass(frozen=True)
class _Edges:
    """Edges of the diagram: the line's edges they lie between, their vertices, and places along them.

    `places` (lon, lat) of shape (n, samples, 2), `at_point` where one of the two is a vertex of the line.
    """

    one: Ints
    other: Ints
    begin: Ints
    end: Ints
    places: Floats
    at_point: Bools

    def where(self, chosen: Bools) -> _Edges:
        return _Edges(*(column[chosen] for column in vars(self).values()))


def _voronoi(index: LineIndex, sheet: _Sheet, reach_m: float) -> _Edges:
    pieces, owner = _noded(index, sheet)
    diagram = pyvoronoi.Pyvoronoi(1)
    # Four places far outside, so that every edge within reach ends somewhere.
    far = 3.0 * reach_m / sheet.unit_m
    low, high = pieces.min(axis=(0, 1)), pieces.max(axis=(0, 1))
    middle, half = (low + high) / 2, float((high - low).max()) / 2 + far
    for x, y in ((-1, 0), (1, 0), (0, -1), (0, 1)):
        diagram.AddPoint([round(middle[0] + 2 * x * half), round(middle[1] + 2 * y * half)])
    for a, b in pieces.tolist():
        diagram.AddSegment([a, b])
    diagram.Construct()
    cells = [(cell.site - 4, cell.contains_point, cell.source_category) for cell in diagram.GetCells()]
    vertices = np.array([(vertex.X, vertex.Y) for vertex in diagram.GetVertices()])
    found: list[tuple[int, int, int, int, int, int]] = []
    all_edges = diagram.GetEdges()
    for number, edge in enumerate(all_edges):
        if edge.twin < number or not edge.is_primary or edge.start < 0 or edge.end < 0:
            continue
        site, point, category = cells[edge.cell]
        twin_site, twin_point, twin_category = cells[all_edges[edge.twin].cell]
        if site < 0 or twin_site < 0 or (not point and not twin_point and owner[site] == owner[twin_site]):
            continue
        kind = category if point else 0
        twin_kind = twin_category if twin_point else 0
        found.append((site, twin_site, edge.start, edge.end, kind, twin_kind))
    table = np.array(found, dtype=np.int64).reshape(-1, 6)
    xy = _along(pieces, vertices, table)
    shape = xy.shape
    lonlat = sheet.inverse(xy.reshape(-1, 2)).reshape(shape)
    return _Edges(
        owner[table[:, 0]],
        owner[table[:, 1]],
        table[:, 2],
        table[:, 3],
        lonlat,
        (table[:, 4] > 0) | (table[:, 5] > 0),
    )


def _noded(index: LineIndex, sheet: _Sheet) -> tuple[Floats, Ints]:
    """The line in whole units, cut where it crosses itself, shape (n, 2, 2), and the edge each is of."""
    count = np.maximum(np.ceil(index.length_m / _PIECE_M), 1).astype(np.int64)
    segment = np.repeat(np.arange(len(count)), count)
    order = np.arange(len(segment)) - np.repeat(np.cumsum(count) - count, count)
    step = (index.length_m / count)[segment]
    a = np.column_stack(
        direct(index.start[segment, 0], index.start[segment, 1], index.azimuth[segment], order * step)[:2]
    )
    first = order == 0
    a[first] = index.start[segment[first]]
    last = order == count[segment] - 1
    b = np.vstack([a[1:], a[:1]])
    b[last] = index.end[segment[last]]
    flat = np.stack([np.round(sheet.forward(a)), np.round(sheet.forward(b))], axis=1)
    longer = (flat[:, 0] != flat[:, 1]).any(axis=1)
    noded = shapely.union_all(shapely.linestrings(flat[longer]), grid_size=1.0)
    coords = [shapely.get_coordinates(part) for part in shapely.get_parts(noded)]
    pieces = np.concatenate([np.stack([c[:-1], c[1:]], axis=1) for c in coords])
    middle = sheet.inverse(pieces.mean(axis=1))
    return pieces, index.nearest(middle[:, 0], middle[:, 1]).segment


def _along(pieces: Floats, vertices: Floats, table: Ints) -> Floats:
    """Places along the edges of the diagram, on the plane: shape (n, samples, 2), ends included."""
    share = np.linspace(0.0, 1.0, _SAMPLES)
    a, b = vertices[table[:, 2]], vertices[table[:, 3]]
    xy = a[:, None] + share[None, :, None] * (b - a)[:, None]
    kinds = table[:, 4:]
    # Between a vertex of the line and an edge it is a parabola: focus and directrix.
    rows = np.flatnonzero((kinds > 0).sum(axis=1) == 1)
    if len(rows):
        second = kinds[rows, 1] > 0
        point_site = np.where(second, table[rows, 1], table[rows, 0])
        line_site = np.where(second, table[rows, 0], table[rows, 1])
        category = np.where(second, kinds[rows, 1], kinds[rows, 0])
        focus = pieces[point_site, np.where(category == 1, 0, 1)]
        origin = pieces[line_site, 0]
        along = pieces[line_site, 1] - origin
        along = along / np.hypot(*along.T)[:, None]
        across = np.column_stack([-along[:, 1], along[:, 0]])
        fx, fy = ((focus - origin) * along).sum(axis=1), ((focus - origin) * across).sum(axis=1)
        x0, x1 = (((p[rows] - origin) * along).sum(axis=1) for p in (a, b))
        usable = np.abs(fy) > 1e-9
        rows, origin, along, across = rows[usable], origin[usable], along[usable], across[usable]
        fx, fy, x0, x1 = fx[usable], fy[usable], x0[usable], x1[usable]
        x = x0[:, None] + share * (x1 - x0)[:, None]
        # The lowest place of the parabola, where it is nearest, is always among them.
        lowest = np.clip(fx, np.minimum(x0, x1), np.maximum(x0, x1))
        nearest = np.abs(x - lowest[:, None])[:, 1:-1].argmin(axis=1) + 1
        x[np.arange(len(x)), nearest] = lowest
        y = ((x - fx[:, None]) ** 2 + fy[:, None] ** 2) / (2.0 * fy[:, None])
        xy[rows] = origin[:, None] + x[..., None] * along[:, None] + y[..., None] * across[:, None]
        xy[:, 0], xy[:, -1] = a, b
    return xy


def _divides(index: LineIndex, limit: Limit, edges: _Edges, reach_m: float) -> Bools:
    """Whether the depth differs across each edge, anywhere along it within reach."""
    result: Bools = np.zeros(len(edges.one), dtype=bool)
    count = edges.places.shape[1]
    for place in (count // 2, 1, count - 2, count // 4, 3 * count // 4):
        rows = np.flatnonzero(~result & (edges.at_point | (place == count // 2)))
        if not len(rows):
            break
        lon, lat = edges.places[rows, place].T
        one = limit(index.nearest_on(edges.one[rows], lon, lat))
        other = limit(index.nearest_on(edges.other[rows], lon, lat))
        result[rows] = one != other
    # Of a long one only a short stretch may divide, and much may lie beyond the reach.
    lon, lat = edges.places[:, 0].T
    length = inverse(lon, lat, *edges.places[:, -1].T)[2]
    rows = np.flatnonzero(~result & edges.at_point & (length > _LONG * reach_m))
    places = _within(index, edges, rows, reach_m)
    many = places.shape[1]
    lon, lat = places.reshape(-1, 2).T
    one = limit(index.nearest_on(np.repeat(edges.one[rows], many), lon, lat))
    other = limit(index.nearest_on(np.repeat(edges.other[rows], many), lon, lat))
    result[rows] = (one != other).reshape(len(rows), many).any(axis=1)
    rows = np.flatnonzero(result)
    places = edges.places[rows]
    # Far is what is further than the reach all along; the edge's own curvature is within one step of it.
    lon, lat = places[..., 0].ravel(), places[..., 1].ravel()
    near = index.nearest_on(np.repeat(edges.one[rows], count), lon, lat).distance_m.reshape(len(rows), count)
    step = inverse(*places[:, 0].T, *places[:, 1].T)[2]
    result[rows] = near.min(axis=1) <= reach_m + step
    return result


def _within(index: LineIndex, edges: _Edges, rows: Ints, reach_m: float) -> Floats:
    """Many places along what of each edge is within reach, shape (rows, places, 2)."""
    places = edges.places[rows]
    count = places.shape[1]
    lon, lat = places[..., 0].ravel(), places[..., 1].ravel()
    near = index.nearest_on(np.repeat(edges.one[rows], count), lon, lat).distance_m.reshape(-1, count)
    close = near <= reach_m
    close[np.arange(len(rows)), near.argmin(axis=1)] = True
    low = np.maximum(close.argmax(axis=1) - 1, 0)
    high = np.minimum(count - close[:, ::-1].argmax(axis=1), count - 1)
    at = low[:, None] + np.linspace(0.01, 0.99, _MANY) * (high - low)[:, None]
    first = np.minimum(at.astype(np.int64), count - 2)
    row = np.arange(len(rows))[:, None]
    a, b = places[row, first].reshape(-1, 2), places[row, first + 1].reshape(-1, 2)
    return between(a, b, (at - first).ravel()).reshape(len(rows), _MANY, 2)


def _difference(index: LineIndex, one: Ints, other: Ints, lonlat: Floats) -> tuple[Floats, Floats]:
    """How much further each place is from one edge than from the other, and that difference's gradient
    (east, north).
    """
    first, azimuth = index.from_segment(lonlat[:, 0], lonlat[:, 1], one)
    second, azimuth_second = index.from_segment(lonlat[:, 0], lonlat[:, 1], other)
    u, v = np.radians(azimuth), np.radians(azimuth_second)
    return first - second, np.column_stack([np.sin(u) - np.sin(v), np.cos(u) - np.cos(v)])


def _moved(lonlat: Floats, east_north: Floats) -> Floats:
    azimuth = np.degrees(np.arctan2(east_north[:, 0], east_north[:, 1]))
    lon, lat, _ = direct(lonlat[:, 0], lonlat[:, 1], azimuth, np.hypot(*east_north.T))
    return np.column_stack([lon, lat])


def _settled(index: LineIndex, one: Ints, other: Ints, lonlat: Floats, most_m: float = math.inf) -> Floats:
    """Places moved to where both edges are equally far; left where they are if that is beyond `most_m`."""
    begun = lonlat
    for _ in range(6):
        apart, gradient = _difference(index, one, other, lonlat)
        steep = (gradient**2).sum(axis=1)
        going = (np.abs(apart) > 1e-5) & (steep > 1e-8)
        if not going.any():
            break
        step = np.where(going, -apart / np.maximum(steep, 1e-8), 0.0)
        lonlat = _moved(lonlat, step[:, None] * gradient)
    return _not_beyond(most_m, begun, lonlat)


def _not_beyond(most_m: float, begun: Floats, lonlat: Floats) -> Floats:
    """Places as moved, but for those that moved beyond `most_m`: these as they were."""
    moved = inverse(*begun.T, *lonlat.T)[2]
    return np.where((moved <= most_m)[:, None], lonlat, begun)


def _common_ends(index: LineIndex, edges: _Edges, most_m: float) -> tuple[Floats, Bools]:
    """Begin and end of each edge, shape (n, 2, 2): every vertex of the diagram moved to where all its edges
    agree; and whether the edge is alone there, shape (n, 2).
    """
    count = len(edges.one)
    vertex, number = np.unique(np.concatenate([edges.begin, edges.end]), return_inverse=True)
    one, other = np.tile(edges.one, 2), np.tile(edges.other, 2)
    place = np.empty((len(vertex), 2))
    place[number] = np.vstack([edges.places[:, 0], edges.places[:, -1]])
    begun = place
    for _ in range(8):
        apart, gradient = _difference(index, one, other, place[number])
        normal, right = np.zeros((len(vertex), 2, 2)), np.zeros((len(vertex), 2))
        np.add.at(normal, number, gradient[:, :, None] * gradient[:, None, :])
        np.add.at(right, number, -apart[:, None] * gradient)
        # A vertex on a smooth curve has one condition only: the least step that meets it.
        weight = 1e-7 * np.trace(normal, axis1=1, axis2=2) + 1e-12
        step = np.linalg.solve(normal + weight[:, None, None] * np.eye(2), right[..., None])[..., 0]
        length = np.hypot(*step.T)
        if length.max() < 1e-5:
            break
        step *= np.minimum(1.0, 10_000.0 / np.maximum(length, 1e-12))[:, None]
        place = _moved(place, step)
    place = _not_beyond(most_m, begun, place)
    alone = (np.bincount(number) == 1)[number].reshape(2, count).T
    return np.stack([place[number[:count]], place[number[count:]]], axis=1), alone


def _drawn(
    index: LineIndex, edges: _Edges, ends: Floats, alone: Bools, reach_m: float, tolerance_m: float
) -> list[Floats]:
    count = len(edges.one)
    inner = edges.places[:, 1:-1]
    one, other = np.repeat(edges.one, inner.shape[1]), np.repeat(edges.other, inner.shape[1])
    flat = _settled(index, one, other, inner.reshape(-1, 2), _FURTHEST * reach_m)
    settled = flat.reshape(inner.shape)
    before = _carried_on(index, edges, ends[:, 0], settled, _ALONG * reach_m)
    behind = _carried_on(index, edges, ends[:, 1], settled[:, ::-1], _ALONG * reach_m)
    places = np.concatenate([before, ends[:, :1], settled, ends[:, 1:], behind], axis=1)
    samples = places.shape[1]
    lonlat, owner = places.reshape(-1, 2), np.repeat(np.arange(count), samples)
    near = index.nearest_on(edges.one[owner], lonlat[:, 0], lonlat[:, 1]).distance_m.reshape(count, samples)
    # What lies beyond the reach is left out, but for one place at each end.
    close = near <= reach_m
    wanted = close.copy()
    wanted[:, 1:] |= close[:, :-1]
    wanted[:, :-1] |= close[:, 1:]
    # Between two places beyond the reach it may come within it.
    lowest = near.argmin(axis=1)
    for shift in (-1, 0, 1):
        wanted[np.arange(count), np.clip(lowest + shift, 0, samples - 1)] = True
    wanted[:, [0, -1]] &= alone
    kept = wanted.ravel()
    lonlat, number = _refined(index, edges, lonlat[kept], owner[kept], tolerance_m)
    lines = np.split(lonlat, np.flatnonzero(np.diff(number)) + 1)
    return [_past_the_line(index, line) for line in lines if len(line) > 1]


def _carried_on(index: LineIndex, edges: _Edges, tip: Floats, inner: Floats, length_m: float) -> Floats:
    """One place further along each edge's curve, past its tip; the tip itself where that lies on the line."""
    count = inner.shape[1]
    apart = inverse(*np.broadcast_to(tip[:, None], inner.shape).reshape(-1, 2).T, *inner.reshape(-1, 2).T)
    azimuth, length = apart[0].reshape(-1, count), apart[2].reshape(-1, count)
    # The first place that is far enough off for a direction.
    first = (length > np.minimum(1.0, length.max(axis=1, keepdims=True) / 2)).argmax(axis=1)
    lon, lat, _ = direct(tip[:, 0], tip[:, 1], azimuth[np.arange(len(tip)), first] + 180.0, length_m)
    ahead = _settled(index, edges.one, edges.other, np.column_stack([lon, lat]))
    on_line = index.nearest(tip[:, 0], tip[:, 1]).distance_m < _ON_LINE_M
    _, _, moved = inverse(lon, lat, ahead[:, 0], ahead[:, 1])
    # Where the curve is lost, straight on, a little, so that a cut that ends at the tip is surely crossed.
    lon, lat, _ = direct(
        tip[:, 0], tip[:, 1], azimuth[np.arange(len(tip)), first] + 180.0, min(length_m, _STRAIGHT_ON_M)
    )
    ahead = np.where((moved > length_m)[:, None], np.column_stack([lon, lat]), ahead)
    return np.where(on_line[:, None], tip, ahead)[:, None]


def _refined(
    index: LineIndex, edges: _Edges, lonlat: Floats, number: Ints, tolerance_m: float
) -> tuple[Floats, Ints]:
    done: Bools = np.append(np.diff(number) != 0, True)
    for _ in range(_ROUNDS):
        todo = np.flatnonzero(~done)
        if not len(todo):
            break
        a, b = lonlat[todo], lonlat[todo + 1]
        middle = between(a, b, np.full(len(todo), 0.5))
        of = number[todo]
        exact = _settled(index, edges.one[of], edges.other[of], middle)
        off = inverse(middle[:, 0], middle[:, 1], exact[:, 0], exact[:, 1])[2]
        length = inverse(a[:, 0], a[:, 1], b[:, 0], b[:, 1])[2]
        # Where the two edges are all but parallel, settling can lead far away, and would again from there.
        coarse = (off > tolerance_m / 2) & (length > tolerance_m / 2) & (off < length)
        done[todo[~coarse]] = True
        at = todo[coarse] + 1
        lonlat = np.insert(lonlat, at, exact[coarse], axis=0)
        done = np.insert(done, at, False)
        number = np.insert(number, at, of[coarse])
    return lonlat, number


def _past_the_line(index: LineIndex, line: Floats) -> Floats:
    """The polyline carried on by 0.1 m at ends that lie on the line, so that it surely meets it."""
    for _ in range(2):
        line = line[::-1]
        lon, lat = line[-1]
        if index.nearest(lon, lat).distance_m[0] < _ON_LINE_M:
            back = inverse(line[:, 0], line[:, 1], lon, lat)
            away = np.flatnonzero(back[2] > 0.05)
            if len(away):
                azimuth = GEOD.inv(lon, lat, *line[away[-1]])[0] + 180.0
                x, y, _ = direct(lon, lat, azimuth, 0.1)
                line = np.vstack([line, [float(x), float(y)]])
    return line

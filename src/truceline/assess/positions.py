"""The probability of every reported position to lie in a polygon, each computed once for all rules.

`truceline.geo.inside.p_inside` is exact and takes time for every point. For one error radius the
probability is the polygon smoothed by a normal distribution; where many rows share a radius (`MANY`) it is
computed once on a lattice half a standard deviation wide and read off a cubic spline, which differs from
the exact value by less than 0.001 (tests/unit/assess/test_positions.py). Where the polygon's line is
uncertain the exact value jumps on ground that is equally far from two stretches of the line, and at edges
across the line (a zone's ends) it may fall faster than the lattice follows. Such cells are tried at five
places, and positions in those that are off by more than 0.006 are computed each; elsewhere it was found off
by less than 0.01 in 999 of 1000 places, and by 0.07 at worst (on an invented zone and on that of the Idlib
example). Of more rows than `MOST_ALONE` at such positions of one radius all are read off the lattice: off by
up to 0.23 in the worst places, by less than 0.06 in 99 of 100. Degrees (lon, lat on WGS 84) and metres.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import shapely
from scipy.ndimage import binary_dilation, map_coordinates, spline_filter
from shapely.geometry.base import BaseGeometry

from truceline.assess.alike import numbered
from truceline.assess.columns import Evidence, Floats, Rows
from truceline.geo.ellipsoid import Bools, earth_centred, inverse
from truceline.geo.inside import SIGMA_PER_ERROR, boundary, p_inside
from truceline.geo.uncertainty.line import UncertainLine
from truceline.geo.uncertainty.model import SIGMA_PER_BOUND

Areas = tuple[tuple[bytes, float], ...]
"""Polygons (as WKB) and the share that each has in an area."""

MANY = 2_000
MOST_NODES = 100_000
_REACH_SIGMA = 6.0
_SPACING_SIGMA = 0.5
_FINEST = 2.0
_METRES_PER_DEGREE = 110_000.0
_FAR_FEET, _TURNED, _GROWN = 3.0, 0.1, 0.05
_SETTLED = 0.002
_BLURRED = 0.9
_BESIDE_CELLS = 2
_TRIED = ((0.2, 0.3), (0.3, 0.8), (0.5, 0.5), (0.7, 0.2), (0.8, 0.7))
_OFF = 0.006
MOST_ALONE = 20_000


class Positions:
    """The positions of a table of evidence, each with its error once however many rows share it, and their
    probabilities per area and uncertainty."""

    def __init__(self, evidence: Evidence, *, unknown_error_m: float) -> None:
        lon, lat = evidence.numbers("lon"), evidence.numbers("lat")
        codes, values = evidence.codes("error_m")
        radii = np.array([*values, np.nan], dtype=np.float64)
        self._radii = np.where(np.isfinite(radii), np.maximum(radii, 0.0), unknown_error_m)
        self._shared = np.bincount(codes + 1, minlength=len(radii)) >= MANY
        self._number, first = numbered(lon.view(np.uint64), lat.view(np.uint64), codes)
        self._lon, self._lat, self._codes = lon[first], lat[first], codes[first]
        self._lost: Bools = ~(np.isfinite(self._lon) & np.isfinite(self._lat))
        self._known: dict[tuple[Areas, float, UncertainLine | None], Floats] = {}

    def lost(self, rows: Rows) -> Bools:
        """Which rows have no position."""
        return self._lost[self._number[rows]]

    def p_in(
        self,
        areas: Areas,
        uncertainty_m: float,
        rows: Rows,
        line: UncertainLine | None = None,
    ) -> Floats:
        """Per row P(inside), of each area by its share; 0 for rows without a position.

        The areas' edge is known to `uncertainty_m`, a 95% radius like the positions' own, so that the two
        add in squares; `line` is the uncertain line that the areas are measured from.
        """
        key = areas, uncertainty_m, line
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = np.full(len(self._lon), np.nan)
            known[self._lost] = 0.0
        at = self._number[rows]
        p: Floats = known[at]
        missing = at[np.isnan(p)]
        if len(missing):
            times = np.bincount(missing)
            asked = np.flatnonzero(times)
            share = np.zeros(len(asked))
            for wkb, weight in areas:
                share += weight * self._computed(wkb, uncertainty_m, asked, times[asked], line)
            known[asked] = np.clip(share, 0.0, 1.0)
            p = known[at]
        return p

    def _computed(
        self,
        wkb: bytes,
        uncertainty_m: float,
        asked: Rows,
        times: Rows,
        line: UncertainLine | None,
    ) -> Floats:
        """P(inside) of the positions of these numbers, which so many rows share."""
        polygon = shapely.from_wkb(wkb)
        lon, lat, codes = self._lon[asked], self._lat[asked], self._codes[asked]
        error = np.hypot(self._radii[codes], uncertainty_m)
        result = np.zeros(len(asked))
        near = in_reach(polygon, lon, lat, with_line(error, line))
        alone = near & ~self._shared[codes + 1]
        for code in np.unique(codes[near & ~alone]).tolist():
            at = np.flatnonzero(near & (codes == code))
            lattice = lattice_of(wkb, float(error[at[0]]), line)
            if lattice is None:
                alone[at] = True
            else:
                smooth = lattice.smooth(lon[at], lat[at])
                if times[at[~smooth]].sum() > MOST_ALONE:
                    smooth[:] = True
                result[at[smooth]] = lattice.read(lon[at[smooth]], lat[at[smooth]])
                alone[at[~smooth]] = True
        if alone.any():
            result[alone] = p_inside(polygon, lon[alone], lat[alone], error[alone], line=line)
        return result


class Lattice:
    """The probabilities of a polygon for one error radius on a lattice in lon, lat around it."""

    def __init__(
        self,
        polygon: BaseGeometry,
        error_m: float,
        shape: tuple[int, int],
        line: UncertainLine | None = None,
    ) -> None:
        west, south, step_lon, step_lat = _frame(polygon, error_m, line)
        y = south + np.arange(shape[0]) * step_lat
        x = west + np.arange(shape[1]) * step_lon
        grid_y, grid_x = np.meshgrid(np.clip(y, -90.0, 90.0), x, indexing="ij")
        # Far below the lattice's own accuracy, and several times faster.
        widest = float(with_line(np.array(error_m), line))
        coarse = shapely.simplify(polygon, widest * SIGMA_PER_ERROR / 100.0 / _METRES_PER_DEGREE)
        coarse = coarse if coarse.is_valid and not coarse.is_empty else polygon
        values = p_inside(coarse, grid_x.ravel(), grid_y.ravel(), np.full(grid_x.size, error_m), line=line)
        self._origin = (west, south, step_lon, step_lat)
        self._spline = spline_filter(values.reshape(grid_x.shape), order=3)
        self._rough: Bools | None = None
        if line is not None:
            suspect = _jumps(line, grid_x, grid_y, values.reshape(grid_x.shape))
            if step_lat * _METRES_PER_DEGREE > error_m * SIGMA_PER_ERROR:
                suspect |= _across(line, coarse, self._origin, suspect.shape)
            near = binary_dilation(suspect, np.ones((3, 3), dtype=bool), iterations=_BESIDE_CELLS)
            self._rough = self._proven(coarse, error_m, line, near)

    def _proven(self, polygon: BaseGeometry, error_m: float, line: UncertainLine, suspect: Bools) -> Bools:
        """Those of the suspect cells in which the lattice is off, at one of some places of each."""
        west, south, step_lon, step_lat = self._origin
        row, column = np.nonzero(suspect)
        off = np.zeros(len(row))
        for up, right in _TRIED:
            lat = np.asarray(np.clip(south + (row + up) * step_lat, -90.0, 90.0), dtype=np.float64)
            lon = np.asarray(west + (column + right) * step_lon, dtype=np.float64)
            exact = p_inside(polygon, lon, lat, error_m, line=line)
            off = np.maximum(off, np.abs(self.read(lon, lat) - exact))
        rough = np.zeros(suspect.shape, dtype=bool)
        rough[row, column] = off > _OFF
        beside: Bools = binary_dilation(rough, np.ones((3, 3), dtype=bool))
        return beside & suspect

    def smooth(self, lon: Floats, lat: Floats) -> Bools:
        """Where the lattice may be read: not beside a jump of the exact value."""
        if self._rough is None:
            return np.ones(len(lon), dtype=bool)
        west, south, step_lon, step_lat = self._origin
        row, column = ((lat - south) / step_lat).astype(int), ((lon - west) / step_lon).astype(int)
        rows, columns = self._rough.shape
        within = (row >= 0) & (column >= 0) & (row < rows) & (column < columns)
        rough: Bools = self._rough[np.clip(row, 0, rows - 1), np.clip(column, 0, columns - 1)] & within
        return ~rough

    def read(self, lon: Floats, lat: Floats) -> Floats:
        """The probabilities of points."""
        west, south, step_lon, step_lat = self._origin
        at = np.stack([(lat - south) / step_lat, (lon - west) / step_lon])
        p: Floats = map_coordinates(self._spline, at, order=3, mode="constant", cval=0.0, prefilter=False)
        # The spline swings by a hair where the probability is flat: what is out of reach is 0.
        p[p < 1e-5] = 0.0
        return np.minimum(p, 1.0)


def _jumps(line: UncertainLine, lon: Floats, lat: Floats, p: Floats) -> Bools:
    """The cells of a lattice in which what the line's error does jumps; by their south-western node.

    At a jump two neighbours' nearest places of the line lie far apart, or its error has another direction or
    size there; where the probability is 0 or 1 on both sides that makes no difference.
    """
    near = line.index.nearest(lon.ravel(), lat.ravel())
    sigma, azimuth = (column.reshape(lon.shape) for column in line.displacement(lon.ravel(), lat.ravel()))
    foot = earth_centred(near.lon, near.lat).reshape(*lon.shape, 3)
    place = earth_centred(lon, lat)
    cells: Bools = np.zeros(lon.shape, dtype=bool)
    for axis in (0, 1):
        step = np.sqrt((np.diff(place, axis=axis) ** 2).sum(axis=2))
        apart = np.sqrt((np.diff(foot, axis=axis) ** 2).sum(axis=2))
        turned = np.abs(np.sin(np.radians(np.diff(azimuth, axis=axis))))
        grown = np.abs(np.diff(sigma, axis=axis))
        jump = (apart > _FAR_FEET * step) | (turned > _TURNED) | (grown > _GROWN * sigma.max())
        first, second = (
            np.take(p, at, axis=axis) for at in (range(p.shape[axis] - 1), range(1, p.shape[axis]))
        )
        settled = (np.maximum(first, second) < _SETTLED) | (np.minimum(first, second) > 1.0 - _SETTLED)
        jump &= ~settled
        cells[: jump.shape[0], : jump.shape[1]] |= jump
        # The edge between two nodes belongs to the cells on both sides of it.
        if axis == 0:
            cells[: jump.shape[0], : jump.shape[1] - 1] |= jump[:, 1:]
        else:
            cells[: jump.shape[0] - 1, : jump.shape[1]] |= jump[1:, :]
    return cells


def _across(
    line: UncertainLine,
    polygon: BaseGeometry,
    frame: tuple[float, float, float, float],
    shape: tuple[int, int],
) -> Bools:
    """The cells that hold edges of the polygon which run across the line, so that its error blurs none."""
    west, south, step_lon, step_lat = frame
    cells: Bools = np.zeros(shape, dtype=bool)
    for part in shapely.get_parts(shapely.segmentize(boundary(polygon), step_lat / 2.0)):
        xy = shapely.get_coordinates(part)
        heading, _, length = inverse(xy[:-1, 0], xy[:-1, 1], xy[1:, 0], xy[1:, 1])
        x, y = ((xy[:-1] + xy[1:]) / 2.0).T
        _, moves = line.displacement(x, y)
        blurred = np.abs(np.sin(np.radians(heading - moves))) > _BLURRED
        row, column = ((y - south) / step_lat).astype(int), ((x - west) / step_lon).astype(int)
        kept = ~blurred & (length > 0.0) & (row >= 0) & (row < shape[0]) & (column >= 0) & (column < shape[1])
        cells[row[kept], column[kept]] = True
    return cells


@lru_cache(maxsize=128)
def lattice_of(wkb: bytes, error_m: float, line: UncertainLine | None = None) -> Lattice | None:
    """The lattice of a polygon (as WKB) for an error radius; None where it would need too many nodes or the
    polygon's reach touches the antimeridian. Kept, because it depends on nothing else."""
    polygon = shapely.from_wkb(wkb)
    if error_m <= 0.0:
        return None
    west, south, step_lon, step_lat = _frame(polygon, error_m, line)
    east, north = (
        polygon.bounds[2] + (polygon.bounds[0] - west),
        polygon.bounds[3] + (polygon.bounds[1] - south),
    )
    if west < -180.0 or east > 180.0 or south < -85.0 or north > 85.0:
        return None
    shape = (int((north - south) / step_lat) + 2, int((east - west) / step_lon) + 2)
    if shape[0] * shape[1] > MOST_NODES:
        return None
    return Lattice(polygon, error_m, shape, line)


def with_line(error_m: Floats, line: UncertainLine | None) -> Floats:
    """The 95% radius of a round distribution as wide as the widest that the line's error makes of each."""
    if line is None:
        return error_m
    greatest = line.uncertainty.greatest_m * SIGMA_PER_BOUND / SIGMA_PER_ERROR
    wide: Floats = np.hypot(error_m, greatest)
    return wide


def _frame(
    polygon: BaseGeometry, error_m: float, line: UncertainLine | None
) -> tuple[float, float, float, float]:
    """West and south corner and steps of the lattice, in degrees."""
    west, south, _, north = polygon.bounds
    widest_sigma = float(with_line(np.array(error_m), line)) * SIGMA_PER_ERROR / _METRES_PER_DEGREE
    sigma = max(error_m * SIGMA_PER_ERROR / _METRES_PER_DEGREE, widest_sigma / _FINEST)
    reach = _REACH_SIGMA * widest_sigma + 2.0 * widest_sigma
    widest = np.cos(np.radians(min(max(abs(south), abs(north)) + reach, 89.0)))
    step_lat = _SPACING_SIGMA * sigma
    return west - reach / widest, south - reach, step_lat / widest, step_lat


def in_reach(polygon: BaseGeometry, lon: Floats, lat: Floats, error_m: Floats) -> Bools:
    """Which points could lie in the polygon at all: within six standard deviations of its bounds."""
    west, south, east, north = polygon.bounds
    reach_lat = (_REACH_SIGMA * SIGMA_PER_ERROR * error_m + 1.0) / _METRES_PER_DEGREE
    inside: Bools = (lat >= south - reach_lat) & (lat <= north + reach_lat)
    farthest = np.radians(np.minimum(max(abs(south), abs(north)) + 2.0 * reach_lat, 89.9))
    reach_lon = np.minimum(reach_lat / np.cos(farthest), 360.0)
    return inside & (
        ((lon >= west - reach_lon) & (lon <= east + reach_lon))
        | (lon + 360.0 <= east + reach_lon)
        | (lon - 360.0 >= west - reach_lon)
    )

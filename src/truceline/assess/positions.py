"""The probability of every reported position to lie in a polygon, each computed once for all rules.

`truceline.geo.inside.p_inside` is exact and takes time for every point. For one error radius the probability
is the polygon smoothed by a normal distribution; where many rows share a radius (`MANY`) it is computed once
on a lattice half a standard deviation wide and read off a cubic spline, which differs from the exact value by
less than 0.001 (tests/unit/assess/test_positions.py). Where the polygon's line is uncertain the exact value
jumps on ground that is equally far from two stretches of the line; there, and within half of the line's
standard deviation of a zone's ends, the lattice smooths it. Degrees (lon, lat on WGS 84) and metres.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import shapely
from scipy.ndimage import map_coordinates, spline_filter
from shapely.geometry.base import BaseGeometry

from truceline.assess.columns import Evidence, Floats, Rows
from truceline.geo.ellipsoid import Bools
from truceline.geo.inside import SIGMA_PER_ERROR, p_inside
from truceline.geo.uncertainty.line import UncertainLine
from truceline.geo.uncertainty.model import SIGMA_PER_BOUND

MANY = 2_000
MOST_NODES = 100_000
_REACH_SIGMA = 6.0
_SPACING_SIGMA = 0.5
_FINEST = 2.0
_METRES_PER_DEGREE = 110_000.0


class Positions:
    """The positions of a table of evidence, and their probabilities per polygon and uncertainty."""

    def __init__(self, evidence: Evidence, *, unknown_error_m: float) -> None:
        self._lon, self._lat = evidence.numbers("lon"), evidence.numbers("lat")
        self._codes, radii = evidence.codes("error_m")
        self._radii = np.array(
            [max(r, 0.0) if np.isfinite(r) else unknown_error_m for r in radii] + [unknown_error_m]
        )
        self._shared = np.bincount(self._codes + 1, minlength=len(self._radii)) >= MANY
        self.lost: Bools = ~(np.isfinite(self._lon) & np.isfinite(self._lat))
        self._known: dict[tuple[bytes, float, UncertainLine | None], Floats] = {}

    def p_in(
        self, polygon: BaseGeometry, uncertainty_m: float, rows: Rows, line: UncertainLine | None = None
    ) -> Floats:
        """Per row P(inside); 0 for rows without a position.

        The polygon's edge is known to `uncertainty_m`, a 95% radius like the positions' own, so that the two
        add in squares; `line` is the uncertain line that the polygon is measured from.
        """
        key = (polygon.wkb, uncertainty_m, line)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = np.full(len(self._lon), np.nan)
            known[self.lost] = 0.0
        missing = rows[np.isnan(known[rows])]
        if len(missing):
            known[missing] = self._computed(polygon, uncertainty_m, missing, line)
        return known[rows]

    def _computed(
        self, polygon: BaseGeometry, uncertainty_m: float, rows: Rows, line: UncertainLine | None
    ) -> Floats:
        lon, lat, codes = self._lon[rows], self._lat[rows], self._codes[rows]
        error = np.hypot(self._radii[codes], uncertainty_m)
        result = np.zeros(len(rows))
        near = in_reach(polygon, lon, lat, with_line(error, line))
        alone = near & ~self._shared[codes + 1]
        for code in np.unique(codes[near & ~alone]).tolist():
            at = np.flatnonzero(near & (codes == code))
            lattice = lattice_of(polygon.wkb, float(error[at[0]]), line)
            if lattice is None:
                alone[at] = True
            else:
                result[at] = lattice.read(lon[at], lat[at])
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

    def read(self, lon: Floats, lat: Floats) -> Floats:
        """The probabilities of points."""
        west, south, step_lon, step_lat = self._origin
        at = np.stack([(lat - south) / step_lat, (lon - west) / step_lon])
        p: Floats = map_coordinates(self._spline, at, order=3, mode="constant", cval=0.0, prefilter=False)
        # The spline swings by a hair where the probability is flat: what is out of reach is 0.
        p[p < 1e-5] = 0.0
        return np.minimum(p, 1.0)


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

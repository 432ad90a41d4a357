"""How uncertain the area of a zone is whose line is known only so well.

To first order: where the line is displaced, the zone's edges that run along it are displaced with it, and the
area changes by the length of an edge times how far it moves outwards. On a straight stretch near and far edge
cancel, so that a zone's area is known far better than its place. Edges that the line does not make (those of
a clip, of ends) stay. The standard deviation follows from the covariance of the displacements along the line
(`truceline.geo.uncertainty.model`).
"""

from __future__ import annotations

import math
from collections.abc import Collection

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from truceline.geo.ellipsoid import Floats, direct, earth_centred, inverse
from truceline.geo.inside import boundary
from truceline.geo.nearest import Nearest
from truceline.geo.uncertainty.line import UncertainLine

_BINS = 1000
_MATCH_M = 1.0


def area_standard_error_m2(zone: BaseGeometry, line: UncertainLine, distances_m: Collection[float]) -> float:
    """The standard deviation of a zone's area, square metres, for the uncertainty of its line.

    `zone` is lon/lat (RFC 7946), as derived; `distances_m` are those at which its edges run off the line.
    """
    if line.uncertainty.greatest_m <= 0.0:
        return 0.0
    starts, ends = [], []
    # Short edges, each of which has one foot on the line.
    longest = max(line.index.total_m / _BINS, 1.0) / 111_000.0
    for part in shapely.get_parts(shapely.segmentize(boundary(shapely.orient_polygons(zone)), longest)):
        coords = shapely.get_coordinates(part)
        starts.append(coords[:-1])
        ends.append(coords[1:])
    a, b = np.vstack(starts), np.vstack(ends)
    azimuth, _, length = inverse(a[:, 0], a[:, 1], b[:, 0], b[:, 1])
    lon, lat, azimuth = direct(a[:, 0], a[:, 1], azimuth, length / 2)
    near = line.index.nearest(lon, lat)
    off = np.min([np.abs(near.distance_m - d) for d in (0.0, *distances_m)], axis=0)
    # The perpendicular to the left of the line, at the edge: where a displacement moves it.
    _, _, left = direct(near.lon, near.lat, near.azimuth, near.distance_m)
    turned = left - near.azimuth
    left = np.where(near.side < 0, left + 180.0, left)
    on_line = (near.distance_m < _MATCH_M) | near.beyond_end
    left[on_line] = (_heading(line, near) - 90.0 + turned)[on_line]
    # A round end of one side is closed along the line's straight continuation, which moves with its end.
    ahead = near.beyond_end & (_off_continuation(line, near) <= _MATCH_M)
    outwards = np.cos(np.radians(azimuth + 90.0 - left))
    gain = np.where((off <= _MATCH_M) | ahead, length * outwards, 0.0)
    return _spread(line, near.position_m, gain)


def _heading(line: UncertainLine, near: Nearest) -> Floats:
    """The line's azimuth in drawing direction at the nearest places, degrees."""
    index, segment = line.index, near.segment
    along = np.clip(near.position_m - index.offset_m[segment], 0.0, index.length_m[segment])
    heading: Floats = direct(index.start[segment, 0], index.start[segment, 1], index.azimuth[segment], along)[
        2
    ]
    return heading


def _off_continuation(line: UncertainLine, near: Nearest) -> Floats:
    """How far places beyond a free end lie beside the straight continuation of the line there, metres."""
    beside: Floats = near.distance_m * np.abs(np.sin(np.radians(near.azimuth - _heading(line, near))))
    return beside


def _spread(line: UncertainLine, position_m: Floats, gain: Floats) -> float:
    total = line.index.total_m
    bins = np.clip((position_m / total * _BINS).astype(np.int64), 0, _BINS - 1)
    weight = np.bincount(bins, weights=gain, minlength=_BINS)
    middle = (np.arange(_BINS) + 0.5) / _BINS * total
    segment = np.clip(np.searchsorted(line.index.offset_m, middle, side="right") - 1, 0, None)
    lon, lat, _ = direct(
        line.index.start[segment, 0],
        line.index.start[segment, 1],
        line.index.azimuth[segment],
        middle - line.index.offset_m[segment],
    )
    covariance = line.uncertainty.covariance(earth_centred(lon, lat), middle)
    return math.sqrt(max(float(weight @ covariance @ weight), 0.0))

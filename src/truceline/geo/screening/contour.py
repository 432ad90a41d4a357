"""The probability that an edge contributes, in closed form but for a smooth remainder.

The probability is that of `truceline.geo.inside`: a bivariate normal around the point whose 95% radius is
`error_m`, its mass ``[inside] - 1/(2 pi) * contour integral of exp(-r^2 / (2 sigma^2)) d(theta)``. Here the
integral over a piece is ``angle - h * integral of (1 - exp(-r^2/2)) / r^2 dt`` in units of sigma: the angle
is closed, and what remains is smooth everywhere, so that Gauss-Legendre with four nodes on panels of at most
two sigma suffices, and two nodes on pieces of half a sigma. Pieces beyond REACH sigma are left out: beyond
lies exp(-REACH^2/2) = 3.4e-4 of the mass, which bounds the error.
"""

from __future__ import annotations

import math

from numba import njit

from truceline.geo.ellipsoid import MEAN_RADIUS_M
from truceline.geo.screening.lanes import HAIR_EAST, HAIR_NORTH

REACH = 4.0
_R2 = MEAN_RADIUS_M**2
_NODE = 0.5773502691896257  # of two
_NODE_1, _NODE_2 = 0.3399810435848563, 0.8611363115940526
_WEIGHT_1, _WEIGHT_2 = 0.6521451548625461, 0.3478548451374538


@njit(cache=True, nogil=True)
def contour(ax: float, ay: float, bx: float, by: float, bow: float, sigma: float) -> float:
    """The integral of exp(-r^2 / (2 sigma^2)) d(theta) from a to b, metres east and north of the point.

    `bow`: how far, metres, the middle of the true edge lies to the left of the chord from a to b.
    """
    # From the tangent plane to distances along the surface.
    a = (1.0 + (ax * ax + ay * ay) / (6.0 * _R2)) / sigma
    b = (1.0 + (bx * bx + by * by) / (6.0 * _R2)) / sigma
    # Seen from a hair aside, so that no point lies on an edge or a vertex.
    ax, ay = ax * a - HAIR_EAST, ay * a - HAIR_NORTH
    bx, by = bx * b - HAIR_EAST, by * b - HAIR_NORTH
    ux, uy = bx - ax, by - ay
    length = math.sqrt(ux * ux + uy * uy)
    if length == 0.0:
        return 0.0
    ux, uy = ux / length, uy / length
    h = uy * ax - ux * ay
    if abs(h) >= REACH + 1.0:
        return 0.0
    foot = ax * ux + ay * uy
    t1 = foot
    t2 = min(t1 + length, REACH + 1.0)
    t1 = max(t1, -REACH - 1.0)
    if t2 <= t1:
        return 0.0
    if bow != 0.0:
        # The edge where it is nearest; elsewhere a bow of centimetres changes nothing that counts.
        at = min(max(-foot / length, 0.0), 1.0)
        h -= 4.0 * bow * at * (1.0 - at) / sigma
    hh = h * h
    if t2 - t1 <= 0.5:
        middle, width = (t1 + t2) / 2.0, (t2 - t1) / 2.0
        first, second = hh + (middle - _NODE * width) ** 2, hh + (middle + _NODE * width) ** 2
        if first > 1.0 and second > 1.0:
            return h * width * (math.exp(-0.5 * first) / first + math.exp(-0.5 * second) / second)
        angle = math.atan2(h * (t2 - t1), hh + t1 * t2)
        return angle - h * width * (_smooth(first) + _smooth(second))
    panels = math.ceil((t2 - t1) / 2.0)
    width = (t2 - t1) / panels / 2.0
    total = 0.0
    for k in range(panels):
        middle = t1 + (2 * k + 1) * width
        total += _WEIGHT_1 * (
            _smooth(hh + (middle - _NODE_1 * width) ** 2) + _smooth(hh + (middle + _NODE_1 * width) ** 2)
        )
        total += _WEIGHT_2 * (
            _smooth(hh + (middle - _NODE_2 * width) ** 2) + _smooth(hh + (middle + _NODE_2 * width) ** 2)
        )
    return math.atan2(h * (t2 - t1), hh + t1 * t2) - h * total * width


@njit(cache=True, nogil=True, inline="always")
def _smooth(rr: float) -> float:
    """(1 - exp(-r^2/2)) / r^2, also at 0."""
    if rr < 1e-3:
        return 0.5 - rr * (0.125 - rr / 48.0)
    return (1.0 - math.exp(-0.5 * rr)) / rr

"""One point against the sixteen lanes of a block: loops that a compiler turns into vector instructions.

Single precision in the plane of the block. Reordering of sums and contraction to fused multiply-adds are
allowed here and only here: nothing exact is decided, distances are taken again in double precision along the
piece that is nearest, and what remains of rounding is below a millimetre and a hundred-thousandth of
probability.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from truceline.geo.screening.blocks import LANES

# No "afn": a reciprocal stays a division. No NaN gets here.
_FAST = {"nnan", "nsz", "contract", "reassoc"}
_ZERO, _ONE, _HALF, _TWO = np.float32(0.0), np.float32(1.0), np.float32(0.5), np.float32(2.0)
_LARGE = np.float32(3e38)
_TINY, _SMALL = np.float32(1e-12), np.float32(1e-6)
# Gauss-Legendre with three nodes on [0, 1].
_ASIDE = np.float32(0.3872983346207417)
_CENTRE, _SIDE = np.float32(4.0 / 9.0), np.float32(5.0 / 18.0)
# Lanes so long, or so near the point, in sigma and squared, are for double precision.
_LONGEST, _NEAREST = np.float32(4.0), np.float32(4e-4)
_WITHIN = np.float32(27.0)
# Of the arc tangent on [0, 1], to 1e-5 (Hastings 1955, sheet 11).
_A1, _A3, _A5 = np.float32(0.99997726), np.float32(-0.33262347), np.float32(0.19354346)
_A7, _A9, _A11 = np.float32(-0.11643287), np.float32(0.05265332), np.float32(-0.01172120)
_PI, _HALF_PI = np.float32(np.pi), np.float32(np.pi / 2)
# A run is taken as a whole where its radius is at most so many sigma.
_WIDEST = np.float32(0.5)
_BESIDE = np.float32(0.02)
# Seen from a hair aside, so that no point lies on an edge or a vertex.
HAIR_EAST, HAIR_NORTH = 2.9e-5, 1.7e-5
_EAST, _NORTH = np.float32(HAIR_EAST), np.float32(HAIR_NORTH)


@njit(cache=True, nogil=True, fastmath=_FAST)
def apart_of_pieces(
    pieces: NDArray[np.float32], b: int, px: np.float32, py: np.float32, apart: NDArray[np.float32]
) -> np.float32:
    """Writes the squared distances from p to the pieces of block b; returns the least."""
    block = pieces[b]
    for i in range(LANES):
        wx, wy = px - block[0, i], py - block[1, i]
        dx, dy = block[2, i], block[3, i]
        t = (wx * dx + wy * dy) * block[4, i]
        t = t if t > _ZERO else _ZERO
        t = t if t < _ONE else _ONE
        wx, wy = wx - t * dx, wy - t * dy
        apart[i] = wx * wx + wy * wy
    return _least(apart)


@njit(cache=True, nogil=True, fastmath=_FAST)
def apart_of_runs(
    runs: NDArray[np.float32], b: int, px: np.float32, py: np.float32, low: NDArray[np.float32],
    high: NDArray[np.float32],
) -> np.float32:  # fmt: skip
    """Writes how near and how far each run of block b may be; returns how far the nearest is at most."""
    block = runs[b]
    for i in range(LANES):
        wx, wy = px - block[0, i], py - block[1, i]
        dx, dy = block[2, i], block[3, i]
        t = (wx * dx + wy * dy) * block[4, i]
        t = t if t > _ZERO else _ZERO
        t = t if t < _ONE else _ONE
        wx, wy = wx - t * dx, wy - t * dy
        d = np.sqrt(wx * wx + wy * wy)
        low[i] = d - block[5, i]
        high[i] = d + block[5, i]
    return _least(high)


@njit(cache=True, nogil=True, fastmath=_FAST)
def contour_of_pieces(
    pieces: NDArray[np.float32], b: int, px: np.float32, py: np.float32, per_sigma: np.float32,
    left: NDArray[np.float32],
) -> np.float32:  # fmt: skip
    """The contour integral of `contour` over most pieces; writes 1 to `left` for each that is still to do.

    These are the pieces longer than two sigma, and those so near that rounding would count.
    """
    total = _ZERO
    block = pieces[b]
    for i in range(LANES):
        ax = (block[0, i] - px) * per_sigma - _EAST
        ay = (block[1, i] - py) * per_sigma - _NORTH
        dx, dy = block[2, i] * per_sigma, block[3, i] * per_sigma
        length = dx * dx + dy * dy
        t = -(ax * dx + ay * dy) / (length if length > _TINY else _TINY)
        t = t if t > _ZERO else _ZERO
        t = t if t < _ONE else _ONE
        wx, wy = ax + t * dx, ay + t * dy
        d = wx * wx + wy * wy
        usual = (length <= _LONGEST) & (d >= _NEAREST)
        term = _contour(ax, ay, dx, dy, length)
        total += term if usual else _ZERO
        left[i] = _ONE if (d < _WITHIN) & (not usual) else _ZERO
    return total


@njit(cache=True, nogil=True, fastmath=_FAST)
def contour_of_runs(
    runs: NDArray[np.float32], b: int, px: np.float32, py: np.float32, per_sigma: np.float32,
    left: NDArray[np.float32],
) -> np.float32:  # fmt: skip
    """The same over the runs that are narrow beside sigma, less 2 pi times the mass between run and chord.

    The mass by the expansion of the density about the chord's middle m, to the second order:
    ``density(m) * (A - m.S + (m.S2.m - trace S2) / 2)`` with the moments A, S, S2. Writes the least distance
    (in sigma, 0 or more) to `left` for each run whose parts must be looked at, and a large number for others.
    """
    total = _ZERO
    s2 = per_sigma * per_sigma
    s3 = s2 * per_sigma
    s4 = s2 * s2 * _HALF
    block = runs[b]
    for i in range(LANES):
        ax = (block[0, i] - px) * per_sigma - _EAST
        ay = (block[1, i] - py) * per_sigma - _NORTH
        dx, dy = block[2, i] * per_sigma, block[3, i] * per_sigma
        stray, radius = block[5, i] * per_sigma, block[6, i] * per_sigma
        length = dx * dx + dy * dy
        t = -(ax * dx + ay * dy) / (length if length > _TINY else _TINY)
        t = t if t > _ZERO else _ZERO
        t = t if t < _ONE else _ONE
        wx, wy = ax + t * dx, ay + t * dy
        d = np.sqrt(wx * wx + wy * wy)
        # The point must not lie between run and chord.
        whole = (radius <= _WIDEST) & (d > stray * np.float32(1.01) + _BESIDE)
        mx, my = ax + _HALF * dx, ay + _HALF * dy
        first = mx * block[8, i] + my * block[9, i]
        xx, xy, yy = block[10, i], block[11, i], block[12, i]
        second = (mx * mx - _ONE) * xx + _TWO * mx * my * xy + (my * my - _ONE) * yy
        mass = _density(mx * mx + my * my) * (s2 * block[7, i] - s3 * first + s4 * second)
        term = _contour(ax, ay, dx, dy, length) - mass
        total += term if whole else _ZERO
        near = d - stray
        near = near if near > _ZERO else _ZERO
        left[i] = _LARGE if whole else near
    return total


@njit(cache=True, nogil=True, fastmath=_FAST, inline="always")
def _least(values: NDArray[np.float32]) -> np.float32:
    """The least of LANES values, by a tree of four steps and not a chain of sixteen."""
    a, b, c, d = values[0], values[1], values[2], values[3]
    for i in range(4, LANES, 4):
        a = values[i] if values[i] < a else a
        b = values[i + 1] if values[i + 1] < b else b
        c = values[i + 2] if values[i + 2] < c else c
        d = values[i + 3] if values[i + 3] < d else d
    a = b if b < a else a
    c = d if d < c else c
    least: np.float32 = c if c < a else a
    return least


@njit(cache=True, nogil=True, fastmath=_FAST, inline="always")
def _contour(
    ax: np.float32, ay: np.float32, dx: np.float32, dy: np.float32, length: np.float32
) -> np.float32:
    """The integral of exp(-r^2/2) d(theta) along a + t d: the angle less a smooth remainder.

    The remainder is ``cross(a, d) * integral of (1 - exp(-q/2)) / q dt``, q the squared distance at t.
    """
    cross = ax * dy - ay * dx
    dot = ax * (ax + dx) + ay * (ay + dy)
    mx, my = ax + _HALF * dx, ay + _HALF * dy
    q = mx * mx + my * my
    step = (mx * dx + my * dy) * (_TWO * _ASIDE)
    square = q + length * (_ASIDE * _ASIDE)
    inner = _CENTRE * _smooth(q) + _SIDE * (_smooth(square - step) + _smooth(square + step))
    return _angle(cross, dot) - cross * inner


@njit(cache=True, nogil=True, fastmath=_FAST, inline="always")
def _smooth(q: np.float32) -> np.float32:
    q = q if q > _SMALL else _SMALL
    return (_ONE - _density(q)) / q


@njit(cache=True, nogil=True, fastmath=_FAST, inline="always")
def _angle(y: np.float32, x: np.float32) -> np.float32:
    """The arc tangent of y / x in (-pi, pi]."""
    far, high = (x if x > _ZERO else -x), (y if y > _ZERO else -y)
    steep = high > far
    least, most = (far if steep else high), (high if steep else far)
    z = least / (most if most > _TINY else _TINY)
    s = z * z
    angle = z * (_A1 + s * (_A3 + s * (_A5 + s * (_A7 + s * (_A9 + s * _A11)))))
    angle = _HALF_PI - angle if steep else angle
    angle = _PI - angle if x < _ZERO else angle
    return angle if y > _ZERO else -angle


@njit(cache=True, nogil=True, fastmath=_FAST, inline="always")
def _density(q: np.float32) -> np.float32:
    """exp(-q/2), to 1e-5 of itself up to q = 10 and to 1e-9 beyond: a polynomial, squared six times."""
    y = (q if q < np.float32(40.0) else np.float32(40.0)) * np.float32(-0.5 / 64.0)
    e = _ONE + y * (
        _ONE + y * (_HALF + y * (np.float32(1 / 6) + y * (np.float32(1 / 24) + y * np.float32(1 / 120))))
    )
    e = e * e
    e = e * e
    e = e * e
    e = e * e
    e = e * e
    return e * e

"""The sign of a triangle's area, exactly, for every triple of doubles.

Shewchuk's scheme (1997, "Adaptive precision floating-point arithmetic and fast robust geometric predicates"):
a plain evaluation with a proven error bound decides nearly always; where it cannot, the determinant is summed
exactly as an expansion of doubles. Compiled without fast-math, so that no rounding is contracted away.
"""

from __future__ import annotations

import numpy as np
from numba import njit

# (3 + 16 eps) eps with eps = 2^-53: the error bound of the plain evaluation.
_FILTER = (3.0 + 16.0 * 2.0**-53) * 2.0**-53
_SPLITTER = 2.0**27 + 1.0


@njit(cache=True, inline="always")
def _two_product(a: float, b: float) -> tuple[float, float]:
    """``a * b`` as a rounded product and its exact error (Dekker 1971)."""
    product = a * b
    c = _SPLITTER * a
    a_high = c - (c - a)
    a_low = a - a_high
    c = _SPLITTER * b
    b_high = c - (c - b)
    b_low = b - b_high
    error = a_low * b_low - (((product - a_high * b_high) - a_low * b_high) - a_high * b_low)
    return product, error


@njit(cache=True)
def _exact_sign(ax: float, ay: float, bx: float, by: float, cx: float, cy: float) -> int:
    """The sign of ax*by - ay*bx + bx*cy - by*cx + cx*ay - cy*ax, summed without error."""
    terms = np.empty(12)
    terms[0], terms[1] = _two_product(ax, by)
    terms[2], terms[3] = _two_product(-ay, bx)
    terms[4], terms[5] = _two_product(bx, cy)
    terms[6], terms[7] = _two_product(-by, cx)
    terms[8], terms[9] = _two_product(cx, ay)
    terms[10], terms[11] = _two_product(-cy, ax)
    expansion = np.zeros(12)
    length = 0
    for term in terms:
        # Grow-expansion: adds one double to a non-overlapping expansion, exactly (Knuth's two-sum).
        carry = term
        kept = 0
        for i in range(length):
            total = carry + expansion[i]
            virtual = total - carry
            error = (carry - (total - virtual)) + (expansion[i] - virtual)
            carry = total
            if error != 0.0:
                expansion[kept] = error
                kept += 1
        if carry != 0.0:
            expansion[kept] = carry
            kept += 1
        length = kept
    if length == 0:
        return 0
    return 1 if expansion[length - 1] > 0.0 else -1


@njit(cache=True, inline="always")
def orientation(ax: float, ay: float, bx: float, by: float, cx: float, cy: float) -> int:
    """1 where a, b, c turn left, -1 where they turn right, 0 where they lie on one line, exactly."""
    left = (ax - cx) * (by - cy)
    right = (ay - cy) * (bx - cx)
    determinant = left - right
    bound = _FILTER * (abs(left) + abs(right))
    if determinant > bound:
        return 1
    if determinant < -bound:
        return -1
    return _exact_sign(ax, ay, bx, by, cx, cy)

"""How well a line is known: the model of its error, per place of the line.

**Model.** The true line runs beside the drawn one, displaced along its perpendicular by N(s), positive to the
left. N is a normal random field of mean 0. Its standard deviation at a place is `bound_m` / 1.96, so that the
true line lies within `bound_m` of the drawn one with 95%. Displacements of two places that are d metres apart
(straight through space) have the correlation exp(-d^2 / (2 c^2)), c being `correlation_m`: near places err
together, far ones do not. Seen from one position the line so moves as a whole. That holds as long as c is
large beside sqrt(sigma * depth); below, a zone's far edge lies further out by about
sigma^2 * depth / (2 c^2), which is not modelled.

Unless it is given, c is twice the greatest bound, at least 2 km: a line drawn between places that are known
errs over about the distance between them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike

from truceline.core.errors import Fault, InvalidGeometry
from truceline.geo.ellipsoid import Floats

NORMAL_95 = 1.959963984540054
"""How many standard deviations to each side hold 95% of a normal distribution."""

SIGMA_PER_BOUND = 1.0 / NORMAL_95
"""Standard deviation per metre of the bound that holds 95% of a normal distribution on one axis."""

_LEAST_CORRELATION_M = 2000.0
JUMP_M = 1e-6
"""Where the bound jumps, the knot before the jump lies so far ahead of it."""


@dataclass(frozen=True, eq=False)
class LineUncertainty:
    """The 95% bound of a line's perpendicular error along it, in metres.

    `position_m` (ascending, from the line's start, parts laid end to end) and `bound_m` are knots, linear in
    between and constant beyond. `correlation_m` as in the module's model.
    """

    position_m: Floats
    bound_m: Floats
    correlation_m: float

    @classmethod
    def constant(cls, bound_m: float, correlation_m: float | None = None) -> Self:
        """The same bound everywhere."""
        bound = np.array([float(bound_m)])
        return cls(np.zeros(1), bound, _correlation(bound, correlation_m))

    @classmethod
    def of_stretches(
        cls,
        stretches: Sequence[tuple[float, float, float]],
        elsewhere_m: float = 0.0,
        correlation_m: float | None = None,
    ) -> Self:
        """Bounds of stretches (from, to, bound; metres along the line, not overlapping), and elsewhere."""
        knots: list[tuple[float, float]] = []
        reached = 0.0
        for start, end, bound in sorted(stretches):
            if start > reached:
                knots += [(reached, elsewhere_m), (start - JUMP_M, elsewhere_m)]
            knots += [(start, bound), (end - JUMP_M, bound)]
            reached = end
        knots.append((reached, elsewhere_m))
        position, bound_m = np.array(knots, dtype=float).T
        return cls(position, bound_m, _correlation(bound_m, correlation_m))

    @classmethod
    def of_properties(
        cls, properties: Mapping[str, Any], vertex_m: Floats, source: str | None = None
    ) -> Self:
        """What a GeoJSON line's properties say; metres. `vertex_m` are its vertices' positions along it.

        `uncertainties_m`: one bound per vertex, linear along the edges; else `uncertainty_knots`: a list of
        pairs, metres along the line and the bound there, linear in between; else `uncertainty_segments`: a
        list of `from_m`, `to_m`, `uncertainty_m` along the line, `uncertainty_m` elsewhere; else
        `uncertainty_m` everywhere (0 if missing). `correlation_m` may be given. Raises InvalidGeometry.
        """
        whole = _number(properties.get("uncertainty_m", 0.0), "uncertainty_m", source)
        given = properties.get("correlation_m")
        correlation = None if given is None else _number(given, "correlation_m", source)
        if correlation == 0.0:
            raise _wrong("correlation_m", source, 0.0, "more than 0 metres")
        per_vertex, segments = properties.get("uncertainties_m"), properties.get("uncertainty_segments")
        if per_vertex is not None:
            return cls._of_vertices(per_vertex, vertex_m, correlation, source)
        if properties.get("uncertainty_knots") is not None:
            return cls._of_knots(properties["uncertainty_knots"], correlation, source)
        if segments is None:
            return cls.constant(whole, correlation)
        accepted = "a list of from_m, to_m, uncertainty_m that do not overlap"
        if not isinstance(segments, list) or not all(isinstance(item, Mapping) for item in segments):
            raise _wrong("uncertainty_segments", source, segments, accepted)
        stretches = [
            tuple(
                _number(item.get(key), f"uncertainty_segments[{number}].{key}", source)
                for key in ("from_m", "to_m", "uncertainty_m")
            )
            for number, item in enumerate(segments)
        ]
        ordered = sorted((a, b, bound) for a, b, bound in stretches)
        for number, (start, end, _) in enumerate(ordered):
            if end <= start or (number and start < ordered[number - 1][1]):
                raise _wrong("uncertainty_segments", source, f"{start:g} to {end:g} m", accepted)
        return cls.of_stretches(ordered, whole, correlation)

    @classmethod
    def _of_knots(cls, knots: object, correlation_m: float | None, source: str | None) -> Self:
        accepted = "a list of pairs: metres along the line, ascending, and the bound there"
        if (
            not isinstance(knots, list)
            or not knots
            or not all(isinstance(k, list) and len(k) == 2 for k in knots)
        ):
            raise _wrong("uncertainty_knots", source, knots, accepted)
        position, bound = (
            np.array([_number(k[i], f"uncertainty_knots[{n}][{i}]", source) for n, k in enumerate(knots)])
            for i in (0, 1)
        )
        if (np.diff(position) < 0).any():
            raise _wrong("uncertainty_knots", source, "positions out of order", accepted)
        return cls(position, bound, _correlation(bound, correlation_m))

    def as_properties(self) -> dict[str, Any]:
        """What `of_properties` reads as the same: GeoJSON properties of the line."""
        return {
            "uncertainty_m": self.greatest_m,
            "uncertainty_knots": np.column_stack([self.position_m, self.bound_m]).tolist(),
            "correlation_m": self.correlation_m,
        }

    @classmethod
    def _of_vertices(
        cls, per_vertex: object, vertex_m: Floats, correlation_m: float | None, source: str | None
    ) -> Self:
        if not isinstance(per_vertex, list) or len(per_vertex) != len(vertex_m):
            found = len(per_vertex) if isinstance(per_vertex, list) else per_vertex
            accepted = f"a list of {len(vertex_m)} numbers, one for each vertex"
            raise _wrong("uncertainties_m", source, found, accepted)
        bound = np.array([_number(v, f"uncertainties_m[{i}]", source) for i, v in enumerate(per_vertex)])
        return cls(vertex_m, bound, _correlation(bound, correlation_m))

    @property
    def greatest_m(self) -> float:
        """The greatest bound; 0 where the line is exact."""
        return float(self.bound_m.max())

    def at(self, position_m: ArrayLike) -> Floats:
        """The bound at positions along the line, metres."""
        bound: Floats = np.interp(np.asarray(position_m, dtype=float), self.position_m, self.bound_m)
        return bound

    def sigma_at(self, position_m: ArrayLike) -> Floats:
        """The standard deviation of the perpendicular error at positions along the line, metres."""
        return self.at(position_m) * SIGMA_PER_BOUND

    def covariance(self, places: Floats, position_m: Floats) -> Floats:
        """Of the displacements at places (earth-centred, shape (n, 3)) at positions along the line; m^2."""
        apart = ((places[:, None, :] - places[None, :, :]) ** 2).sum(axis=2)
        sigma = self.sigma_at(position_m)
        result: Floats = np.exp(-apart / (2.0 * self.correlation_m**2)) * sigma[:, None] * sigma[None, :]
        return result


def _correlation(bound_m: Floats, given: float | None) -> float:
    return float(given) if given else max(2.0 * float(bound_m.max()), _LEAST_CORRELATION_M)


def _number(value: object, name: str, source: str | None) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value) or value < 0:
        raise _wrong(name, source, value, "a number of metres, 0 or more")
    return float(value)


def _wrong(name: str, source: str | None, found: object, accepted: str) -> InvalidGeometry:
    fault = Fault(f"has a wrong {name}", source=source, path="line", found=str(found), accepted=accepted)
    return InvalidGeometry.of_faults([fault])

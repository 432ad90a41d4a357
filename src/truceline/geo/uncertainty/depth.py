"""Depths measured from a line that is known only so well: bounds and probabilities instead of points.

By the model of `truceline.geo.uncertainty.model` the depth at a station is normal around the drawn depth, its
standard deviation that of the line's displacement there; on the right side a displacement to the left makes
the zone deeper, on the left side shallower. So per station everything is closed form, and so is every mean
over the line. What concerns the line as a whole (too shallow *anywhere*, the spread of the share and of
areas) depends on how the displacements of different places hang together; it is computed from `PATHS` seeded
draws of the whole line's displacement, and carries their standard error.

Only the far edge is judged: that a zone begins at the drawn line and not at the true one counts as no gap.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import ndtr

from truceline.geo.ellipsoid import Bools, Floats, earth_centred
from truceline.geo.uncertainty.model import LineUncertainty

PATHS = 4000
_SEED = 20180917
_MOST_KNOTS = 1500
_KNOTS_PER_CORRELATION = 6.0


@dataclass(frozen=True, eq=False)
class DepthStations:
    """Stations of an audit: position along the line, place (degrees), side (1 left, -1 right), drawn depth.

    `judged`: whether a displacement could make it deviate; where another stretch of the line ends the zone
    and the zone reaches that far, it could not. `counted`: a zone was promised there, or is found; shares are
    of these. `asked_m` and `allowed_m` are the least and the greatest depth that was promised, `required_m`
    what of the least is still asked where the line itself ends the depth.
    """

    s_m: Floats
    lon: Floats
    lat: Floats
    sign: Floats
    depth_m: Floats
    asked_m: Floats
    required_m: Floats
    allowed_m: Floats
    judged: Bools
    counted: Bools


@dataclass(frozen=True, eq=False)
class UncertainDepths:
    """What an audit can say where the line is uncertain. Depths in metres, areas in square metres.

    Per station: `bound_m` (the line's 95% bound there), `p_too_shallow`, `p_too_deep`. For the line:
    `least_depth_m` and `greatest_depth_m` are the least and the greatest value that the zone's least and
    greatest depth take while the line stays within its bounds. `share_within` is expected, with
    `share_error` its standard deviation; `share_range` holds 95%. `p_shallow_somewhere`, `p_deep_somewhere`
    and `p_as_promised` are estimates with a standard error of at most `p_error`. `missing_m2` and `excess_m2`
    are (mean, standard deviation), in strips as wide as the stations' spacing.
    """

    bound_m: Floats
    p_too_shallow: Floats
    p_too_deep: Floats
    least_depth_m: tuple[float, float]
    greatest_depth_m: tuple[float, float]
    share_within: float
    share_error: float
    share_range: tuple[float, float]
    p_shallow_somewhere: float
    p_deep_somewhere: float
    p_as_promised: float
    p_error: float
    missing_m2: tuple[float, float]
    excess_m2: tuple[float, float]
    correlation_m: float

    def as_dict(self) -> dict[str, Any]:
        """As plain data, without the stations."""
        return {
            "model": "perpendicular displacement, normal, bound_m its 95% bound",
            "correlation_m": round(self.correlation_m, 1),
            "bound_max_m": round(float(self.bound_m.max()), 1),
            "min_depth_range_m": [round(value, 2) for value in self.least_depth_m],
            "max_depth_range_m": [round(value, 2) for value in self.greatest_depth_m],
            "share_within_expected": round(self.share_within, 6),
            "share_within_standard_error": round(self.share_error, 6),
            "share_within_range": [round(value, 6) for value in self.share_range],
            "p_too_shallow_somewhere": round(self.p_shallow_somewhere, 4),
            "p_too_deep_somewhere": round(self.p_deep_somewhere, 4),
            "p_as_promised_everywhere": round(self.p_as_promised, 4),
            "p_standard_error": round(self.p_error, 4),
            "missing_area_expected_m2": round(self.missing_m2[0], 1),
            "missing_area_standard_error_m2": round(self.missing_m2[1], 1),
            "excess_area_expected_m2": round(self.excess_m2[0], 1),
            "excess_area_standard_error_m2": round(self.excess_m2[1], 1),
        }


def uncertain_depths(
    stations: DepthStations,
    uncertainty: LineUncertainty,
    spacing_m: float,
    tolerance_m: float,
    paths: int = PATHS,
) -> UncertainDepths:
    """Bounds and probabilities over the stations of an audit, deviations up to the tolerance being none."""
    bound = uncertainty.at(stations.s_m)
    sigma = uncertainty.sigma_at(stations.s_m)
    low, high = stations.required_m - tolerance_m, stations.allowed_m + tolerance_m
    shallow = np.where(stations.judged, _below(low - stations.depth_m, sigma), 0.0)
    deep = np.where(stations.judged, _below(stations.depth_m - high, sigma), 0.0)
    missing = np.where(stations.judged, _mean_excess(low - stations.depth_m, sigma), 0.0)
    surplus = np.where(stations.judged, _mean_excess(stations.depth_m - high, sigma), 0.0)
    free = stations.judged if stations.judged.any() else np.ones(len(bound), dtype=bool)
    depth, reach = stations.depth_m[free], bound[free]
    drawn = _drawn(stations, uncertainty, low, high, spacing_m, paths)
    within = 1.0 - np.minimum(shallow + deep, 1.0)
    p = drawn.shallow, drawn.deep, drawn.fine
    return UncertainDepths(
        bound,
        shallow,
        deep,
        (max(float((depth - reach).min()), 0.0), float((depth + reach).min())),
        (max(float((depth - reach).max()), 0.0), float((depth + reach).max())),
        float(within[stations.counted].mean()) if stations.counted.any() else 1.0,
        float(drawn.share.std()),
        (float(np.quantile(drawn.share, 0.025)), float(np.quantile(drawn.share, 0.975))),
        *p,
        max(math.sqrt(max(value * (1.0 - value), 1.0 / paths) / paths) for value in p),
        (float(missing.sum()) * spacing_m, float(drawn.missing_m2.std())),
        (float(surplus.sum()) * spacing_m, float(drawn.excess_m2.std())),
        uncertainty.correlation_m,
    )


def displacements(places: Floats, position_m: Floats, uncertainty: LineUncertainty, paths: int) -> Floats:
    """Seeded draws of the line's displacement at places (earth-centred) along it; shape (paths, places)."""
    covariance = uncertainty.covariance(places, position_m)
    # A smooth field is all but singular; a thousandth of its variance as noise keeps the root stable.
    covariance[np.diag_indices(len(covariance))] *= 1.0 + 1e-6
    covariance[np.diag_indices(len(covariance))] += 1e-6
    root = np.linalg.cholesky(covariance)
    draws: Floats = np.random.default_rng(_SEED).standard_normal((paths, len(root))) @ root.T
    return draws


@dataclass(frozen=True, eq=False)
class _Drawn:
    share: Floats
    shallow: float
    deep: float
    fine: float
    missing_m2: Floats
    excess_m2: Floats


def _drawn(
    stations: DepthStations,
    uncertainty: LineUncertainty,
    low: Floats,
    high: Floats,
    spacing_m: float,
    paths: int,
) -> _Drawn:
    # Both sides share the line's displacement, so it is drawn once per position, at knots close together
    # beside the correlation length, and read off between them.
    order = np.argsort(stations.s_m, kind="stable")
    step = max(int(uncertainty.correlation_m / _KNOTS_PER_CORRELATION / max(spacing_m, 1e-9)), 1)
    step = max(step, math.ceil(len(order) / _MOST_KNOTS))
    knots = np.unique(np.append(np.arange(0, len(order), step), len(order) - 1))
    chosen = order[knots]
    _, first = np.unique(stations.s_m[chosen], return_index=True)
    chosen = chosen[first]
    at = stations.s_m[chosen]
    places = earth_centred(stations.lon[chosen], stations.lat[chosen])
    field = displacements(places, at, uncertainty, paths)
    sigma = uncertainty.sigma_at(at).clip(1e-12)
    own = uncertainty.sigma_at(stations.s_m)
    weight, left = _between(at, stations.s_m)
    share, shallow, deep = np.empty(paths), np.zeros(paths, bool), np.zeros(paths, bool)
    missing, surplus = np.empty(paths), np.empty(paths)
    unit = field / sigma
    for rows in np.array_split(np.arange(paths), max(paths * len(own) // 2_000_000, 1)):
        moved = unit[np.ix_(rows, left)] * (1.0 - weight) + unit[np.ix_(rows, left + (len(at) > 1))] * weight
        depth = stations.depth_m - stations.sign * moved * own
        short = np.where(stations.judged, low - depth, -1.0)
        over = np.where(stations.judged, depth - high, -1.0)
        shallow[rows], deep[rows] = (short > 0).any(axis=1), (over > 0).any(axis=1)
        share[rows] = 1.0 - ((short > 0) | (over > 0)).sum(axis=1) / max(int(stations.counted.sum()), 1)
        missing[rows] = short.clip(0.0).sum(axis=1) * spacing_m
        surplus[rows] = over.clip(0.0).sum(axis=1) * spacing_m
    fine = float((~shallow & ~deep).mean())
    return _Drawn(share, float(shallow.mean()), float(deep.mean()), fine, missing, surplus)


def _between(knots: Floats, at: Floats) -> tuple[Floats, Any]:
    """For each position the share of the way from a knot to the next, and the number of the former."""
    if len(knots) == 1:
        return np.zeros(len(at)), np.zeros(len(at), dtype=np.int64)
    left = np.clip(np.searchsorted(knots, at, side="right") - 1, 0, len(knots) - 2)
    return np.clip((at - knots[left]) / (knots[left + 1] - knots[left]), 0.0, 1.0), left


def _below(threshold: Floats, sigma: Floats) -> Floats:
    """P(a normal of mean 0 lies below the threshold); with sigma 0 whether 0 does."""
    exact = sigma <= 0.0
    p: Floats = np.where(exact, threshold > 0.0, ndtr(threshold / np.where(exact, 1.0, sigma)))
    return p


def _mean_excess(gap: Floats, sigma: Floats) -> Floats:
    """The mean of max(gap + a normal of mean 0, 0)."""
    z = gap / np.where(sigma > 0.0, sigma, 1.0)
    density = np.exp(-(z**2) / 2.0) / math.sqrt(2.0 * math.pi)
    mean: Floats = np.where(sigma > 0.0, sigma * density + gap * ndtr(z), gap.clip(0.0))
    return mean

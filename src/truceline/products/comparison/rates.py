"""Exact intervals for rates of events, and for the ratio of two: no normal approximation, so that few
events do no harm.

A count of independent events over an exposure is taken as Poisson. The interval of one rate is Garwood's
(Biometrika 28, 1936). The ratio of two rates is compared conditionally on their sum, which makes the second
count binomial (Przyborowski and Wilenski, Biometrika 31, 1940), with the interval of Clopper and Pearson;
R's ``poisson.test`` does the same."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from scipy import stats

from truceline.core.errors import InvalidInput


@dataclass(frozen=True, slots=True)
class Rate:
    """Events per unit of exposure, with the exact interval at `level`."""

    count: int
    exposure: float
    value: float
    lower: float
    upper: float
    level: float

    def as_dict(self) -> dict[str, Any]:
        """As plain JSON data."""
        return {
            "count": self.count,
            "exposure": round(self.exposure, 6),
            "rate": self.value,
            "lower": self.lower,
            "upper": self.upper,
            "level": self.level,
        }


@dataclass(frozen=True, slots=True)
class Ratio:
    """The second rate over the first. `value` and `upper` are None where they have no bound: the first
    count is 0.

    `p_value` is that of both rates being equal, two-sided.
    """

    value: float | None
    lower: float
    upper: float | None
    level: float
    p_value: float

    def as_dict(self) -> dict[str, Any]:
        """As plain JSON data."""
        return {
            "ratio": self.value,
            "lower": self.lower,
            "upper": self.upper,
            "level": self.level,
            "p_value": self.p_value,
        }


def rate_of(count: int, exposure: float, level: float = 0.95) -> Rate:
    """The rate of `count` events over an exposure (days or hours). Raises InvalidInput."""
    _check(count, exposure, level)
    outside = (1.0 - level) / 2.0
    lower = float(stats.chi2.ppf(outside, 2 * count)) / 2.0 if count else 0.0
    upper = float(stats.chi2.isf(outside, 2 * count + 2)) / 2.0
    return Rate(count, exposure, count / exposure, lower / exposure, upper / exposure, level)


def ratio_of(
    first: int, first_exposure: float, second: int, second_exposure: float, level: float = 0.95
) -> Ratio:
    """The ratio of the second rate to the first. Raises InvalidInput."""
    _check(first, first_exposure, level)
    _check(second, second_exposure, level)
    both = first + second
    if not both:
        return Ratio(None, 0.0, None, level, 1.0)
    equal = second_exposure / (first_exposure + second_exposure)
    test = stats.binomtest(second, both, equal)
    share = test.proportion_ci(confidence_level=level, method="exact")
    scale = first_exposure / second_exposure
    return Ratio(
        value=second / first * scale if first else None,
        lower=_odds(float(share.low)) * scale,
        upper=_odds(float(share.high)) * scale if share.high < 1.0 else None,
        level=level,
        p_value=float(test.pvalue),
    )


def _odds(share: float) -> float:
    return share / (1.0 - share)


def _check(count: int, exposure: float, level: float) -> None:
    if count < 0 or not math.isfinite(exposure) or exposure <= 0.0:
        raise InvalidInput(f"found {count} events over {exposure}; accepted: 0 or more over more than 0")
    if not 0.5 <= level < 1.0:
        raise InvalidInput(f"level: found {level}; accepted: from 0.5 to below 1, such as 0.95")

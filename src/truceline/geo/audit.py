"""Is a zone as deep as promised, everywhere along its line?

Depth at a station of the line is how far the zone reaches from there along the geodesic perpendicular,
without a gap, as long as the station is the nearest place of the line (beyond, the ground belongs to another
station; there the depth is `limited` by the line itself and judged up to that point). Between stations
nothing is missed: the zone is also compared as an area with the bands of the minimum and the maximum depth.
Ground ahead of the line's free ends is not judged, since the promise does not say how a zone ends; its area
is stated. Where the line is uncertain, every result carries what that does to it: bounds and probabilities
(`truceline.geo.uncertainty.depth`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from scipy.special import ndtr
from shapely.geometry.base import BaseGeometry

from truceline.core.errors import InvalidInput
from truceline.geo.depth_areas import Found, judged_areas, outline_of
from truceline.geo.depth_profile import DepthProfile
from truceline.geo.ellipsoid import Bools
from truceline.geo.inside import checked_polygon
from truceline.geo.line import Line, as_line
from truceline.geo.nearest import LineIndex
from truceline.geo.promise import Promise
from truceline.geo.uncertainty.depth import DepthStations, UncertainDepths, uncertain_depths
from truceline.geo.uncertainty.model import LineUncertainty
from truceline.geo.zone import Side, area_m2

Verdict = Literal["as_promised", "too_shallow", "too_deep", "too_shallow_and_too_deep", "within_uncertainty"]
DEFAULT_TOLERANCE_M = 1.0


@dataclass(frozen=True)
class Deviation:
    """A stretch of the line, metres from its start, where the zone's depth differs from the promise.

    `worst_m`: how much is missing (shortfall) or too much (excess) at most, at the place `at` (lon, lat).
    `certain`: more than the line's uncertainty could explain. `probability`: that the zone deviates at that
    place, by the model of the line's error.
    """

    from_m: float
    to_m: float
    worst_m: float
    at: tuple[float, float]
    side: Literal["left", "right"]
    certain: bool
    probability: float = 1.0

    def as_dict(self) -> dict[str, Any]:
        """As plain data."""
        return {
            "from_m": round(self.from_m, 1),
            "to_m": round(self.to_m, 1),
            "worst_m": round(self.worst_m, 2),
            "at": [round(self.at[0], 7), round(self.at[1], 7)],
            "side": self.side,
            "certain": self.certain,
            "probability": round(self.probability, 4),
        }


@dataclass(frozen=True)
class Station:
    """The depth at one place of the line (lon, lat), metres; `limited`: cut short by the line itself.

    `uncertainty_m` is the line's there; the probabilities are those of too little and too much depth.
    """

    s_m: float
    depth_m: float
    lon: float
    lat: float
    side: Literal["left", "right"]
    limited: bool
    uncertainty_m: float = 0.0
    p_too_shallow: float = 0.0
    p_too_deep: float = 0.0


@dataclass(frozen=True, eq=False)
class ZoneAudit:
    """What the audit found. Depths in metres over all stations that the line itself does not limit.

    `verdict`: `as_promised`; `too_shallow`, `too_deep` or both; `within_uncertainty` where there are
    deviations but the line's uncertainty could explain each of them. `certain`: no line within the
    uncertainty could change the verdict. `share_within`: the share of the stations that are as promised.
    `depth_uncertainty_m` is the line's greatest. `uncertain` says what the line's error does to all this;
    None where the line is exact.
    """

    verdict: Verdict
    certain: bool
    min_depth_m: float
    max_depth_m: float
    mean_depth_m: float
    share_within: float
    shortfalls: tuple[Deviation, ...]
    excesses: tuple[Deviation, ...]
    area_m2: float
    missing_area_m2: float
    excess_area_m2: float
    beyond_ends_area_m2: float
    depth_uncertainty_m: float
    tolerance_m: float
    promise: Promise
    profile: tuple[Station, ...] = field(repr=False)
    uncertain: UncertainDepths | None = field(default=None, repr=False)

    @property
    def promised_m(self) -> tuple[float, float]:
        """The least and the greatest depth that was promised anywhere along the line."""
        return self.promise.whole_m

    def as_dict(self) -> dict[str, Any]:
        """The result as plain data, as ``truceline zone audit --json`` prints it."""
        bounds = self.uncertain
        return {
            "verdict": self.verdict,
            "certain": self.certain,
            "promised": {
                "min_m": self.promised_m[0],
                "max_m": self.promised_m[1],
                "segments": [stretch.as_dict() for stretch in self.promise.segments],
            },
            "min_depth_m": round(self.min_depth_m, 2),
            "max_depth_m": round(self.max_depth_m, 2),
            "mean_depth_m": round(self.mean_depth_m, 2),
            "depth_uncertainty_m": round(self.depth_uncertainty_m, 1),
            "min_depth_bounds_m": _rounded(bounds.least_depth_m if bounds else (self.min_depth_m,) * 2),
            "max_depth_bounds_m": _rounded(bounds.greatest_depth_m if bounds else (self.max_depth_m,) * 2),
            "share_within": round(self.share_within, 6),
            "shortfalls": [item.as_dict() for item in self.shortfalls],
            "excesses": [item.as_dict() for item in self.excesses],
            "area_m2": round(self.area_m2, 1),
            "missing_area_m2": round(self.missing_area_m2, 1),
            "excess_area_m2": round(self.excess_area_m2, 1),
            "beyond_ends_area_m2": round(self.beyond_ends_area_m2, 1),
            "tolerance_m": self.tolerance_m,
            "uncertain": None if self.uncertain is None else self.uncertain.as_dict(),
            "profile": [
                {
                    "s_m": round(station.s_m, 1),
                    "depth_m": round(station.depth_m, 2),
                    "lon": round(station.lon, 7),
                    "lat": round(station.lat, 7),
                    "side": station.side,
                    "limited": station.limited,
                    "uncertainty_m": round(station.uncertainty_m, 1),
                    "p_too_shallow": round(station.p_too_shallow, 4),
                    "p_too_deep": round(station.p_too_deep, 4),
                }
                for station in self.profile
            ],
        }


def audit_zone(
    zone: BaseGeometry,
    line: Line | BaseGeometry,
    side: Side,
    min_m: float,
    max_m: float,
    *,
    uncertainty_m: float | LineUncertainty | None = None,
    tolerance_m: float = DEFAULT_TOLERANCE_M,
) -> ZoneAudit:
    """Compares a zone (lon/lat, RFC 7946) with its promise: at least `min_m` and at most `max_m` deep.

    `uncertainty_m` of the line (one number, or bounds along it) is the line's own unless given. Deviations up
    to `tolerance_m` count as none.
    Raises InvalidGeometry and InvalidInput.
    """
    if side not in ("left", "right", "both"):
        raise InvalidInput(f"side: found {side!r}; accepted: left, right or both")
    promise = Promise.of_side(side, min_m, max_m)
    return audit_promise(zone, line, promise, uncertainty_m=uncertainty_m, tolerance_m=tolerance_m)


def audit_promise(
    zone: BaseGeometry,
    line: Line | BaseGeometry,
    promise: Promise,
    *,
    uncertainty_m: float | LineUncertainty | None = None,
    tolerance_m: float = DEFAULT_TOLERANCE_M,
) -> ZoneAudit:
    """The same for a promise that differs by side or along the line; places where it says that there is no
    zone count where there is one. Raises InvalidGeometry and InvalidInput.
    """
    zone, line = checked_polygon(zone), as_line(line)
    index = LineIndex(line)
    promise = promise.checked(index.total_m)
    index = promise.index(index)
    uncertainty = _uncertainty_of(line, uncertainty_m)
    if not (np.isfinite(uncertainty.bound_m).all() and uncertainty.bound_m.min() >= 0 and tolerance_m > 0):
        raise InvalidInput("uncertainty_m must be 0 or more, and tolerance_m more than 0")
    profiles = [DepthProfile(index, zone, sign, promise, tolerance_m) for sign in promise.signs]
    missing, excess, beyond = judged_areas(index, zone, promise, tolerance_m)
    shortfalls: list[Deviation] = []
    excesses: list[Deviation] = []
    for profile in profiles:
        sign = profile.sign
        lacking = [
            profile.found(profile.short, profile.least),
            outline_of(profile, missing, sign, promise, -1),
        ]
        surplus = [profile.found(profile.over, profile.most), outline_of(profile, excess, sign, promise, 1)]
        shortfalls += _stretches(profile, lacking, sign, uncertainty, tolerance_m)
        excesses += _stretches(profile, surplus, sign, uncertainty, tolerance_m)
        if len(profiles) == 1:  # ground on the side where none was promised
            foreign = [outline_of(profile, excess, -sign, promise, 1)]
            excesses += _stretches(profile, foreign, -sign, uncertainty, tolerance_m)
    stations = _joined(profiles, tolerance_m)
    free = np.concatenate([~p.limited for p in profiles])
    counted = stations.counted
    free = (free if (free & counted).any() else ~free) & counted
    # Where no zone is promised nor found nothing is known of a depth.
    free = free if free.any() else np.ones(len(free), dtype=bool)
    depth = stations.depth_m[free]
    good = np.concatenate([(p.short <= tolerance_m) & (p.over <= tolerance_m) for p in profiles])
    # The promise stands whatever the true line, where it stands with the uncertainty to spare.
    asked, allowed = stations.asked_m[free], stations.allowed_m[free]
    room = np.minimum(depth - asked, allowed - depth) + tolerance_m - uncertainty.at(stations.s_m[free])
    verdict, certain = _verdict(shortfalls, excesses, bool((room >= 0.0).all()))
    uncertain = None
    if uncertainty.greatest_m > 0.0:
        uncertain = uncertain_depths(stations, uncertainty, profiles[0].spacing, tolerance_m)
    return ZoneAudit(
        verdict,
        certain,
        float(depth.min()),
        float(depth.max()),
        float(depth.mean()),
        float(good[counted].mean()) if counted.any() else 1.0,
        tuple(shortfalls),
        tuple(excesses),
        area_m2(zone),
        area_m2(missing),
        area_m2(excess),
        area_m2(beyond),
        uncertainty.greatest_m,
        tolerance_m,
        promise,
        tuple(_stations(stations, np.concatenate([p.limited for p in profiles]), uncertain)),
        uncertain,
    )


def _rounded(bounds: tuple[float, ...]) -> list[float]:
    return [round(bound, 2) for bound in bounds]


def _uncertainty_of(line: Line, given: float | LineUncertainty | None) -> LineUncertainty:
    if isinstance(given, LineUncertainty):
        return given
    if given is not None:
        return LineUncertainty.constant(given)
    return line.uncertainty or LineUncertainty.constant(line.uncertainty_m)


def _joined(profiles: list[DepthProfile], tolerance_m: float) -> DepthStations:
    """The stations of both sides; where the line itself limits a zone that reaches so far, none is judged."""
    return DepthStations(
        s_m=np.concatenate([p.s for p in profiles]),
        lon=np.concatenate([p.lon for p in profiles]),
        lat=np.concatenate([p.lat for p in profiles]),
        sign=np.concatenate([np.full(len(p.s), float(p.sign)) for p in profiles]),
        depth_m=np.concatenate([p.depth for p in profiles]),
        asked_m=np.concatenate([p.least for p in profiles]),
        required_m=np.concatenate([np.minimum(p.least, p.depth + p.short) for p in profiles]),
        allowed_m=np.concatenate([p.most for p in profiles]),
        judged=np.concatenate([p.counted & ~(p.limited & (p.short <= tolerance_m)) for p in profiles]),
        counted=np.concatenate([p.counted for p in profiles]),
    )


def _stations(stations: DepthStations, limited: Bools, uncertain: UncertainDepths | None) -> list[Station]:
    none = np.zeros(len(stations.s_m))
    columns = (
        stations.s_m,
        stations.depth_m,
        stations.lon,
        stations.lat,
        stations.sign,
        limited,
        none if uncertain is None else uncertain.bound_m,
        none if uncertain is None else uncertain.p_too_shallow,
        none if uncertain is None else uncertain.p_too_deep,
    )
    return [
        Station(s, depth, lon, lat, "left" if sign > 0 else "right", cut, bound, shallow, deep)
        for s, depth, lon, lat, sign, cut, bound, shallow, deep in zip(
            *(column.tolist() for column in columns), strict=True
        )
    ]


def _verdict(shortfalls: list[Deviation], excesses: list[Deviation], to_spare: bool) -> tuple[Verdict, bool]:
    if not shortfalls and not excesses:
        return "as_promised", to_spare
    short = any(item.certain for item in shortfalls)
    deep = any(item.certain for item in excesses)
    if short and deep:
        return "too_shallow_and_too_deep", True
    if short or deep:
        return ("too_shallow" if short else "too_deep"), True
    return "within_uncertainty", False


def _stretches(
    profile: DepthProfile, found: list[Found], sign: int, uncertainty: LineUncertainty, tolerance_m: float
) -> list[Deviation]:
    s, size, place = (np.concatenate(column) for column in zip(*found, strict=True))
    # A hundredth on top, so that the bands' own edges (one tolerance off) are none.
    counted = size > 1.01 * tolerance_m + 0.1
    order = np.flatnonzero(counted)[np.argsort(s[counted], kind="stable")]
    s, size, place = s[order], size[order], place[order]
    result = []
    for group in np.split(np.arange(len(s)), np.flatnonzero(np.diff(s) > 1.6 * profile.spacing) + 1):
        if not len(group):
            continue
        worst = group[size[group].argmax()]
        sigma = float(uncertainty.sigma_at(s[worst]))
        probability = 1.0 if sigma <= 0 else float(ndtr((size[worst] - tolerance_m) / sigma))
        result.append(
            Deviation(
                float(max(s[group[0]] - profile.spacing / 2, 0.0)),
                float(min(s[group[-1]] + profile.spacing / 2, profile.index.total_m)),
                float(size[worst]),
                (float(place[worst, 0]), float(place[worst, 1])),
                "left" if sign > 0 else "right",
                bool((size[group] > uncertainty.at(s[group])).any()),
                probability,
            )
        )
    return result

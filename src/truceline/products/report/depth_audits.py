"""The audits of an accord's zones against what it promises, for the report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby, pairwise

import numpy as np
import shapely

from truceline.accord.geometry import AccordGeometry, least_and_deepest
from truceline.accord.model import Accord, Derivation, Zone
from truceline.accord.model.base import name_in
from truceline.geo.audit import Deviation, ZoneAudit, audit_promise
from truceline.geo.promise import NOTHING, Promise, promised_along
from truceline.geo.uncertainty.area import area_standard_error_m2
from truceline.geo.uncertainty.line import UncertainLine
from truceline.products.report.ground import DepthAudit, PromisedRun, Stretch, TrueLine

TOLERANCE_M = 50.0  # no line of a report is known better, and the chart shows no less


def depth_audits(accord: Accord, geometry: AccordGeometry, language: str) -> tuple[DepthAudit, ...]:
    """One audit per side of every drawn zone whose depth is promised from one line with both its bounds."""
    return tuple(
        audit
        for zone in accord.zones
        if zone.id in geometry.zones and zone.derivation
        for audit in _audits(accord, geometry, zone, language)
    )


def _audits(accord: Accord, geometry: AccordGeometry, zone: Zone, language: str) -> Iterator[DepthAudit]:
    named = {derivation.line for derivation in zone.derivation}
    promise = _promise(zone.derivation)
    if len(named) > 1 or promise is None:
        return
    (name,) = named
    version = geometry.in_force.get(name, name)
    line = accord.line(version)
    drawn = geometry.lines.get(version)
    if line is None or drawn is None:
        return
    area = shapely.to_wkb(geometry.zones[zone.id].area)
    uncertain = geometry.uncertain_lines.get(version)
    found = _audited(area, shapely.to_wkb(drawn), promise, uncertain)
    edges_m = tuple(sorted({most for _, most in promise.ranges}))
    area_error_m2 = 0.0 if uncertain is None else _area_error_m2(area, uncertain, edges_m)
    for side in ("left" if sign > 0 else "right" for sign in promise.signs):
        runs = _promised_runs(found, side)
        ranges = [(run.least_m, run.most_m) for run in runs]
        yield DepthAudit(
            zone=_capital(name_in(zone.names, language)),
            line=_capital(name_in(line.names, language) if line.names else line.id),
            side=side,
            verdict=found.verdict,
            certain=found.certain,
            promised_min_m=min(least for least, _ in ranges),
            promised_max_m=max(most for _, most in ranges),
            promised=runs if found.promise.segments else (),
            min_depth_m=found.min_depth_m,
            max_depth_m=found.max_depth_m,
            mean_depth_m=found.mean_depth_m,
            share_within=found.share_within,
            area_m2=found.area_m2,
            profile=tuple(
                (station.s_m, station.depth_m, station.limited)
                for station in found.profile
                if station.side == side
            ),
            shortfalls=_stretches(found.shortfalls, side),
            excesses=_stretches(found.excesses, side),
            true_line=_true_line(found, side, area_error_m2),
            stations=tuple((at.lon, at.lat) for at in found.profile if at.side == side),
        )


def _promise(derivations: Sequence[Derivation]) -> Promise | None:
    """What the derivations promise together; None where that is no depth from the line, or not bounded."""
    promised = {"left": Promise(NOTHING, NOTHING), "right": Promise(NOTHING, NOTHING)}
    for derivation in derivations:
        if derivation.depth_m.min is None or derivation.depth_m.max is None or derivation.from_m > 0:
            return None
        share = 0.5 if derivation.measure == "width" else 1.0
        stretches = [(s.from_m, s.to_m, *least_and_deepest(s.depth_m, share)) for s in derivation.segments]
        elsewhere = least_and_deepest(derivation.depth_m, share)
        whole = promised_along(derivation.side.value, elsewhere, stretches)
        for sign in whole.signs:
            side = "left" if sign > 0 else "right"
            if promised[side].ranges:  # two depths on one side: the zone is the union of two bands
                return None
            promised[side] = whole.of_side_alone(sign)
    both = promised["left"].with_other_side(promised["right"])
    return both if both.ranges else None


@lru_cache(maxsize=32)
def _audited(area: bytes, line: bytes, promise: Promise, uncertain: UncertainLine | None) -> ZoneAudit:
    # Kept, because a page that is served is made again and again over the same zones.
    return audit_promise(
        shapely.from_wkb(area),
        shapely.from_wkb(line),
        promise,
        uncertainty_m=0.0 if uncertain is None else uncertain.uncertainty,
        tolerance_m=TOLERANCE_M,
    )


@lru_cache(maxsize=32)
def _area_error_m2(area: bytes, line: UncertainLine, edges_m: tuple[float, ...]) -> float:
    return area_standard_error_m2(shapely.from_wkb(area), line, edges_m)


def _promised_runs(found: ZoneAudit, side: str) -> tuple[PromisedRun, ...]:
    """The stretches of the line with one promise each, in order, without those on which there is none."""
    length_m = max(station.s_m for station in found.profile)
    cuts = sorted(
        {
            0.0,
            length_m,
            *(end for s in found.promise.segments for end in (s.from_m, s.to_m) if end < length_m),
        }
    )
    middles = np.array([(start + end) / 2 for start, end in pairwise(cuts)])
    least, most = found.promise.at(middles, 1 if side == "left" else -1)
    return tuple(
        PromisedRun(from_m=start, to_m=end, least_m=low, most_m=high)
        for (start, end), low, high in zip(pairwise(cuts), least.tolist(), most.tolist(), strict=True)
        if high > 0
    )


def _true_line(found: ZoneAudit, side: str, area_error_m2: float) -> TrueLine | None:
    model = found.uncertain
    if model is None:
        return None
    stations = [station for station in found.profile if station.side == side]
    bounds = [station.uncertainty_m for station in found.profile]
    return TrueLine(
        uncertainty_m=(min(bounds), max(bounds)),
        # Where the line's own bends end the depth, it says nothing about the zone.
        bounds=tuple(
            tuple(
                (at.s_m, max(at.depth_m - at.uncertainty_m, 0.0), at.depth_m + at.uncertainty_m) for at in run
            )
            for limited, run in groupby(stations, key=lambda station: station.limited)
            if not limited
        ),
        depth_m=(model.least_depth_m[0], model.greatest_depth_m[1]),
        share=model.share_within,
        share_range=model.share_range,
        p_shallow_somewhere=model.p_shallow_somewhere,
        p_deep_somewhere=model.p_deep_somewhere,
        area_error_m2=area_error_m2,
    )


def _stretches(found: Sequence[Deviation], side: str) -> tuple[Stretch, ...]:
    return tuple(
        Stretch(from_m=item.from_m, to_m=item.to_m, worst_m=item.worst_m)
        for item in found
        if item.side == side
    )


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]

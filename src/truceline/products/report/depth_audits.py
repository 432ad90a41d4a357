"""The audits of an accord's zones against what it promises, for the report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby

import shapely

from truceline.accord.geometry import AccordGeometry
from truceline.accord.model import Accord, Derivation, Zone
from truceline.accord.model.base import name_in
from truceline.geo.audit import Deviation, ZoneAudit, audit_zone
from truceline.geo.uncertain_area import area_standard_error_m2
from truceline.geo.uncertain_line import UncertainLine
from truceline.geo.zone import Side
from truceline.products.report.content import DepthAudit, Stretch, TrueLine

TOLERANCE_M = 50.0  # no line of a report is known better, and the chart shows no less


def depth_audits(accord: Accord, geometry: AccordGeometry, language: str) -> tuple[DepthAudit, ...]:
    """One audit per side of every drawn zone whose depth one derivation promises with both its bounds, the
    same all along the line."""
    return tuple(
        audit
        for zone in accord.zones
        if zone.id in geometry.zones and len(zone.derivation) == 1 and not zone.derivation[0].segments
        for audit in _audits(accord, geometry, zone, zone.derivation[0], language)
    )


def _audits(
    accord: Accord, geometry: AccordGeometry, zone: Zone, derivation: Derivation, language: str
) -> Iterator[DepthAudit]:
    version = geometry.in_force.get(derivation.line, derivation.line)
    line = accord.line(version)
    drawn = geometry.lines.get(version)
    least, deepest = derivation.depth_m.min, derivation.depth_m.max
    if line is None or drawn is None or least is None or deepest is None or derivation.from_m > 0:
        return
    share = 0.5 if derivation.measure == "width" else 1.0
    area = shapely.to_wkb(geometry.zones[zone.id].area)
    promised_m = (least * share, deepest * share)
    uncertain = geometry.uncertain_lines.get(version)
    found = _audited(area, shapely.to_wkb(drawn), derivation.side.value, promised_m, uncertain)
    area_error_m2 = 0.0 if uncertain is None else _area_error_m2(area, uncertain, promised_m[1])
    sides = ("left", "right") if derivation.side.value == "both" else (derivation.side.value,)
    for side in sides:
        yield DepthAudit(
            zone=_capital(name_in(zone.names, language)),
            line=_capital(name_in(line.names, language) if line.names else line.id),
            side=side,
            verdict=found.verdict,
            certain=found.certain,
            promised_min_m=found.promised_m[0],
            promised_max_m=found.promised_m[1],
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
        )


@lru_cache(maxsize=32)
def _audited(
    area: bytes,
    line: bytes,
    side: Side,
    promised_m: tuple[float, float],
    uncertain: UncertainLine | None,
) -> ZoneAudit:
    # Kept, because a page that is served is made again and again over the same zones.
    return audit_zone(
        shapely.from_wkb(area),
        shapely.from_wkb(line),
        side,
        *promised_m,
        uncertainty_m=0.0 if uncertain is None else uncertain.uncertainty,
        tolerance_m=TOLERANCE_M,
    )


@lru_cache(maxsize=32)
def _area_error_m2(area: bytes, line: UncertainLine, depth_m: float) -> float:
    return area_standard_error_m2(shapely.from_wkb(area), line, [depth_m])


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

"""How deep each zone is along its line, against what is promised: its profile, and the line in stretches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from itertools import groupby, pairwise
from typing import Any

from truceline.app.desk.desk import Desk
from truceline.app.desk.drawing import Feature, Features, feature_of, remembered, standing
from truceline.app.desk.verdicts import Asked
from truceline.core.errors import NotFound
from truceline.geo.line import Line
from truceline.products.report.depth_audits import depth_audits
from truceline.products.report.ground import DepthAudit, PromisedRun

SHORT, OVER, LIMITED, WITHIN = "short", "over", "limited", "within"
"""A stretch of the line where the zone is not deep enough, too deep, less deep because the line's own bends
leave no more ground to it, or as promised."""


def zone_audits(desk: Desk, asked: Asked) -> dict[str, tuple[DepthAudit, ...]]:
    """The audits of each zone that is drawn, by its id: one for each side on which a depth is promised."""

    def make() -> dict[str, tuple[DepthAudit, ...]]:
        accord, geometry, _ = standing(desk, asked)
        # The audit names a zone by its name alone: it is made for one zone at a time.
        return {
            zone.id: depth_audits(accord.model_copy(update={"zones": (zone,)}), geometry, asked.language)
            for zone in accord.zones
            if zone.id in geometry.zones
        }

    return remembered(desk, "audits", asked, make)


def without_profile(audit: DepthAudit) -> dict[str, Any]:
    """An audit as plain data, without what it says of every place of the line."""
    told = asdict(audit)
    del told["profile"], told["stations"]
    if told["true_line"] is not None:
        del told["true_line"]["bounds"]
    return told


def depth_of(desk: Desk, asked: Asked, zone: str) -> dict[str, Any]:
    """The profile of a zone's depth along its line, for each side: metres along the line, metres of depth,
    and the places on the line (lon, lat). Raises NotFound."""
    found = zone_audits(desk, asked).get(zone)
    if found is None:
        raise NotFound(f"there is no zone {zone!r} that is drawn")
    return {"zone": zone, "sides": [_profile(one) for one in found]}


def _profile(audit: DepthAudit) -> dict[str, Any]:
    return without_profile(audit) | {
        "length_m": round(_length_m(audit), 1),
        "promised": [asdict(one) for one in _promised(audit)],
        "s_m": [round(s) for s, _, _ in audit.profile],
        "depth_m": [round(depth) for _, depth, _ in audit.profile],
        "limited": [limited for _, _, limited in audit.profile],
        "places": [[round(lon, 5), round(lat, 5)] for lon, lat in audit.stations],
        "bounds": [
            [[round(value) for value in at] for at in run] for run in (audit.true_line or _Exact).bounds
        ],
    }


class _Exact:
    bounds = ()


def _promised(audit: DepthAudit) -> tuple[PromisedRun, ...]:
    return audit.promised or (
        PromisedRun(
            from_m=0.0, to_m=_length_m(audit), least_m=audit.promised_min_m, most_m=audit.promised_max_m
        ),
    )


def _length_m(audit: DepthAudit) -> float:
    # Stations stand in the middle of equal stretches.
    last = audit.profile[-1][0]
    return last + (last - audit.profile[-2][0]) / 2 if len(audit.profile) > 1 else 2 * last


def depth_features(desk: Desk, asked: Asked) -> Features:
    """The lines of zones whose depth is promised, in stretches: short, over, limited or within, each with by
    how much at the worst (`worst_m`) and how deep the zone is there."""

    def make() -> Features:
        accord, geometry, _ = standing(desk, asked)
        found: Features = []
        for zone in accord.zones:
            lines = {derivation.line for derivation in zone.derivation}
            audits = zone_audits(desk, asked).get(zone.id, ())
            if not audits or len(lines) != 1:
                continue
            (name,) = lines
            id = geometry.in_force.get(name, name)
            line = Line.from_geometry(geometry.lines[id])
            for audit in audits:
                about = {"zone": zone.id, "names": dict(zone.names), "line": id, "side": audit.side}
                found += _stretches(line, audit, about)
        return found

    return remembered(desk, "depth", asked, make)


def _stretches(line: Line, audit: DepthAudit, about: Mapping[str, Any]) -> Iterator[tuple[Feature, Any]]:
    """The line of one side in stretches of one state each."""
    whole = line.length_m
    marked = [(one.from_m, one.to_m, SHORT, one.worst_m) for one in audit.shortfalls]
    marked += [(one.from_m, one.to_m, OVER, one.worst_m) for one in audit.excesses]
    marked += [(start, end, LIMITED, 0.0) for start, end in _limited(audit)]
    cuts = sorted({0.0, whole, *(min(max(at, 0.0), whole) for one in marked for at in one[:2])})
    promised = _promised(audit)
    cuts = sorted({*cuts, *(at for run in promised for at in (run.from_m, run.to_m) if 0.0 < at < whole)})
    pieces: list[tuple[tuple[str, float, float, float] | None, float, float]] = []
    for start, end in pairwise(cuts):
        middle = (start + end) / 2
        run = next((one for one in promised if one.from_m <= middle <= one.to_m), None)
        state, worst = next(
            ((state, worst) for from_m, to_m, state, worst in marked if from_m <= middle <= to_m),
            (WITHIN, 0.0),
        )
        kind = (state, worst, run.least_m, run.most_m) if run is not None else None
        pieces.append((kind, start, end))
    number = 0
    for kind, group in groupby(pieces, key=lambda one: one[0]):
        if kind is None:  # no zone is promised beside this stretch
            continue
        state, worst, least, most = kind
        joined = list(group)
        start, end = joined[0][1], joined[-1][2]
        geometry = line.between(start, end)
        if geometry.is_empty:
            continue
        number += 1
        depths = [depth for s, depth, _ in audit.profile if start <= s <= end]
        yield feature_of(
            f"{about['zone']}~{about['side']}~{number}",
            geometry,
            {
                **about,
                "state": state,
                "worst_m": round(worst, 1) if worst else None,
                "from_m": round(start, 1),
                "to_m": round(end, 1),
                "promised_min_m": least,
                "promised_max_m": most,
                "min_depth_m": round(min(depths), 1) if depths else None,
                "max_depth_m": round(max(depths), 1) if depths else None,
                "certain": audit.certain,
            },
        )


def _limited(audit: DepthAudit) -> Iterator[tuple[float, float]]:
    """Where the line's own bends end the depth before it is what was promised: from halfway to the station
    before to halfway to the next, and to the ends of the line from the first and the last station."""
    promised = _promised(audit)

    def ended(at: tuple[float, float, bool]) -> bool:
        s, depth, limited = at
        return limited and any(one.from_m <= s <= one.to_m and depth < one.least_m for one in promised)

    stations = audit.profile
    edges = [(one[0] + other[0]) / 2 for one, other in pairwise(stations)]
    edges = [0.0, *edges, float("inf")]
    for is_ended, run in groupby(range(len(stations)), key=lambda at: ended(stations[at])):
        rows = list(run)
        if is_ended:
            yield edges[rows[0]], edges[rows[-1] + 1]

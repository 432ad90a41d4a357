"""Sectors, and what share of each was patrolled: from the counts and shares of findings, never from tracks.

A finding says of each sector what share of its ground patrols saw in the finding's days. Of several findings
only bounds are known, since where they looked is sealed: together they saw at least as much as the one that
saw most, and at most the sum. Whoever sees places coarsened is told shares in steps of `STEP`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from truceline.accord.model import Patrols
from truceline.app.desk.desk import Desk
from truceline.app.desk.drawing import Features, feature_of, remembered, standing
from truceline.app.desk.verdicts import Asked
from truceline.app.patrol_kept import told_counts
from truceline.app.sectors import SectorArea, sectors_of
from truceline.core.instants import end_of_day, isoformat_utc, start_of_day, zone_of
from truceline.evidence.permissions import Reader
from truceline.geo.zone import area_m2

STEP = 0.05
"""How finely shares are told to those who see places coarsened."""


def sectors_at(desk: Desk, asked: Asked) -> tuple[SectorArea, ...]:
    """The sectors as they were drawn. Raises InvalidGeometry."""

    def make() -> tuple[SectorArea, ...]:
        accord, geometry, _ = standing(desk, asked)
        return sectors_of(accord, geometry, desk.workspace.root)

    return remembered(desk, "sector areas", asked, make)


def sector_features(desk: Desk, asked: Asked) -> Features:
    """The sectors of the mission."""
    return remembered(
        desk,
        "sectors",
        asked,
        lambda: [
            feature_of(
                one.id,
                one.geometry,
                {
                    "names": dict(one.names),
                    "zone": one.zone,
                    "responsible": one.responsible,
                    "synthetic": one.synthetic,
                    "area_m2": round(area_m2(one.geometry), 1),
                },
            )
            for one in sectors_at(desk, asked)
        ],
    )


def findings_for(desk: Desk, reader: Reader, asked: Asked) -> list[dict[str, Any]]:
    """What patrols' tracks showed, as far as a reader may know of it by the asked instants, oldest first."""
    now = desk.clock()
    known = reader.known_at(asked.known_at or now, now)
    zone = zone_of(desk.now().accord.accord.time_zone)
    last = asked.as_of.astimezone(zone).date().isoformat() if asked.as_of is not None else None
    return [
        one
        for one in told_counts(desk.workspace.root, known)
        if last is None or str(one.get("from") or "") <= last
    ]


def coverage_features(desk: Desk, reader: Reader, asked: Asked) -> Features:
    """Each finding on the zone that patrols were to see, and on each sector: the shares seen of its ground,
    by party and of all together, with the days that the finding is of."""
    sectors = {one.id: one for one in sectors_at(desk, asked)}
    zones = desk.zones()
    accord = desk.now().accord
    found: Features = []
    for one in findings_for(desk, reader, asked):
        provision = accord.provision(str(one.get("provision")))
        zone = provision.zone if isinstance(provision, Patrols) else None
        about = {"provision": one.get("provision"), "zone": zone, "kept_at": one.get("kept_at")}
        about |= {"from": one.get("from"), "to": one.get("to"), **_instants(desk, one)}
        ground = zones.get(str(zone))
        shares = _told("line_seen", one.get("line_seen"), reader)
        shares |= _told("zone_seen", one.get("zone_seen"), reader)
        if ground is not None:
            found.append(feature_of(str(one["id"]), ground, about | shares))
        for id, seen in (one.get("sectors_seen") or {}).items():
            if id in sectors:
                more = {"sector": id, "names": dict(sectors[id].names), **_told("seen", seen, reader)}
                found.append(feature_of(f"{one['id']}~{id}", sectors[id].geometry, about | more))
    return found


def patrolled(
    desk: Desk, reader: Reader, asked: Asked, start: datetime | None, end: datetime | None
) -> Features:
    """The sectors, each with the share of it that was patrolled in a period: `least` and `most` that it can
    be by the findings of that period, and how many findings there are; none of them: nobody was shown there.
    By party as well (`parties`)."""
    chosen = [one for one in findings_for(desk, reader, asked) if _within(desk, one, start, end)]
    found: Features = []
    for feature, geometry in sector_features(desk, asked):
        seen = [one["sectors_seen"].get(feature["id"]) for one in chosen if one.get("sectors_seen")]
        told = [shares for shares in seen if shares]
        parties = sorted({party for shares in told for party in shares if party != "all"})
        least, most = _bounds([float(shares.get("all", 0.0)) for shares in told], reader)
        properties = feature["properties"] | {
            "findings": len(chosen),
            "least": least,
            "most": most,
            "parties": {
                party: list(_bounds([float(shares.get(party, 0.0)) for shares in told], reader))
                for party in parties
            },
        }
        found.append((feature | {"properties": properties}, geometry))
    return found


def _bounds(shares: list[float], reader: Reader) -> tuple[float, float]:
    """The least and the most that was seen together by findings that each saw so much."""
    return _rounded(max(shares, default=0.0), reader), _rounded(min(math.fsum(shares), 1.0), reader)


def _rounded(share: float, reader: Reader) -> float:
    return round(share, 3) if reader.exact else round(round(share / STEP) * STEP, 2)


def _told(name: str, shares: Mapping[str, Any] | None, reader: Reader) -> dict[str, float]:
    return {f"{name}_{who}": _rounded(float(share), reader) for who, share in (shares or {}).items()}


def _days(one: Mapping[str, Any]) -> tuple[date | None, date | None]:
    first, last = (one.get(name) for name in ("from", "to"))
    begun = date.fromisoformat(str(first)) if first else None
    return begun, date.fromisoformat(str(last)) if last else begun


def _instants(desk: Desk, one: Mapping[str, Any]) -> dict[str, str]:
    """The days of a finding as the instants between which it holds."""
    zone = zone_of(desk.now().accord.accord.time_zone)
    first, last = _days(one)
    if first is None or last is None:
        return {}
    return {
        "valid_from": isoformat_utc(start_of_day(first, zone).astimezone(UTC)),
        "valid_to": isoformat_utc(end_of_day(last, zone).astimezone(UTC)),
    }


def _within(desk: Desk, one: Mapping[str, Any], start: datetime | None, end: datetime | None) -> bool:
    """Whether any day of a finding lies in a period."""
    zone = zone_of(desk.now().accord.accord.time_zone)
    first, last = _days(one)
    if first is None or last is None:
        return start is None and end is None
    return (end is None or start_of_day(first, zone) < end) and (
        start is None or end_of_day(last, zone) > start
    )

"""From a report's content and the observations that its reader may see to the facts of a mission's report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa

from truceline.accord.geometry import AccordGeometry
from truceline.accord.model import Accord
from truceline.accord.model.base import name_in
from truceline.assess.assessment import Obligation
from truceline.evidence.permissions import Kind, Reader
from truceline.products.mission.counting import (
    Incident,
    Rows,
    areas_of,
    by_day,
    count_hours,
    count_incidents,
    count_patrols,
    violent,
    within,
)
from truceline.products.mission.facts import (
    Disputed,
    Facts,
    Figure,
    Listed,
    LogHead,
    Published,
    Restricted,
    Weapons,
)
from truceline.products.mission.periods import Periods
from truceline.products.report.content import EvidenceRow, Report

ACCESS = ("access_refused", "access_delayed", "patrol_refused")


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What a mission's report is made from. `shown` are the standing rows as the reader may see them,
    `incident_of` their incidents, `party_of` what names of the evidence mean; `report` has the snapshots at
    the start and at the end of the period."""

    id: str
    accord: Accord
    geometry: AccordGeometry
    report: Report
    shown: pa.Table
    reader: Reader
    edition: str
    periods: Periods
    zone: ZoneInfo
    incident_of: Mapping[str, str] = field(default_factory=dict)
    party_of: Mapping[str, str] = field(default_factory=dict)
    disputed: tuple[Disputed, ...] = ()
    published: Published | None = None
    head: LogHead | None = None


def build_facts(given: Given) -> Facts:
    """All facts and figures. Reads no clock."""
    areas = areas_of(given.geometry, [zone.id for zone in given.accord.zones])
    rows = Rows(given.shown, given.incident_of, areas)
    incidents = violent(rows)
    counted, figures = count_incidents(rows, incidents, given.periods)
    bound = _patrolling(given.accord)
    patrols, more = count_patrols(rows, given.periods.now, bound, given.party_of)
    figures += more
    watched, more = count_hours(rows, given.periods, given.zone)
    figures += more
    restricted, more = _restricted(rows, given)
    figures += more
    obligations = given.report.snapshots[-1].assessment.obligations
    weapons = _weapons(obligations) if given.reader.may(Kind.WEAPONS) else None
    figures += _weapon_figures(weapons or (), obligations)
    figures += _verdict_figures(obligations)
    figures += _audit_figures(given.report)
    return Facts(
        id=given.id,
        edition=given.edition,
        periods=given.periods,
        report=given.report,
        areas={id: _name(given.accord, id, given.report.language) for id in areas},
        counted=tuple(counted),
        incidents=_told(rows, within(incidents, given.periods.now), given.report),
        weapons=None if weapons is None else tuple(weapons),
        listed=tuple(_listed(obligations)),
        patrols=tuple(patrols),
        restricted=tuple(restricted),
        watched=tuple(watched),
        daily=tuple(by_day(rows, incidents, given.periods.now, given.zone)),
        disputed=given.disputed,
        published=given.published,
        head=given.head,
        figures={one.id: one for one in figures},
        withheld=tuple(
            kind.value
            for kind in (Kind.WEAPONS, Kind.REPORTERS, Kind.CONFIDENTIAL)
            if not given.reader.may(kind)
        ),
    )


def _name(accord: Accord, zone: str, language: str) -> str:
    found = accord.zone(zone)
    name = name_in(found.names, language) if found else zone
    return name[:1].upper() + name[1:]


def _patrolling(accord: Accord) -> list[str]:
    """The parties that the accord has patrol, in its order."""
    named = [
        party for provision in accord.provisions if provision.kind == "patrols" for party in provision.parties
    ]
    return list(dict.fromkeys(named))


def _told(rows: Rows, incidents: Sequence[Incident], report: Report) -> tuple[tuple[EvidenceRow, ...], ...]:
    """The incidents as the report's rows; those that the report does not hold are left out by it."""
    ids = rows.column("id")
    held = {row.id: row for row in report.evidence}
    found = [tuple(held[ids[row]] for row in one.rows if ids[row] in held) for one in incidents]
    return tuple(members for members in found if members)


def _restricted(rows: Rows, given: Given) -> tuple[list[Restricted], list[Figure]]:
    """Every time within the period that monitors or patrols were refused or delayed."""
    columns = {
        name: rows.column(name) for name in ("kind", "place", "id", "occurred_from", "occurred_to", "actors")
    }
    members = rows.within(rows.of_kinds(ACCESS), given.periods.now)
    members.sort(key=lambda row: (columns["occurred_from"][row], columns["id"][row]))
    found = [
        Restricted(
            number=number,
            kind=columns["kind"][row],
            when=(columns["occurred_from"][row], columns["occurred_to"][row]),
            place=columns["place"][row],
            by=tuple(given.party_of.get(name, name) for name in columns["actors"][row]),
            observation=columns["id"][row],
        )
        for number, row in enumerate(members, start=1)
    ]
    figures = []
    for kind in ACCESS:
        seen = tuple(one.observation for one in found if one.kind == kind)
        figures.append(Figure(id=f"access/{kind}", value=len(seen), how="how-access", observations=seen))
    all_of_them = tuple(one.observation for one in found)
    figures.append(Figure(id="access/all", value=len(found), how="how-access", observations=all_of_them))
    return found, figures


def _weapons(obligations: Sequence[Obligation]) -> list[Weapons]:
    names = ("declared", "stored", "left", "seen", "missing", "unaccounted")
    return [
        Weapons(
            provision=one.id,
            party=entry["party"],
            weapon_class=entry["class"],
            **{name: int(entry[name]) for name in names},
        )
        for one in obligations
        for entry in one.details.get("ledger", ())
    ]


def _weapon_figures(weapons: Sequence[Weapons], obligations: Sequence[Obligation]) -> list[Figure]:
    evidence = {
        (one.id, entry["party"], entry["class"]): tuple(entry.get("evidence", ()))
        for one in obligations
        for entry in one.details.get("ledger", ())
    }
    return [
        Figure(
            id=f"weapons/{one.provision}/{one.party}/{one.weapon_class}/{name}",
            value=getattr(one, name),
            how="how-weapons",
            observations=evidence[one.provision, one.party, one.weapon_class],
        )
        for one in weapons
        for name in ("declared", "stored", "left", "seen", "missing", "unaccounted")
    ]


def audit_id(number: int, side: str) -> str:
    """The identifier of an audit's figures: audits are numbered in the order of the accord's zones."""
    return f"zone/{number}/{side}"


def _audit_figures(report: Report) -> list[Figure]:
    """The depths in kilometres to 100 m, the share of the line in percent, the area in square kilometres."""
    figures = []
    for number, audit in enumerate(report.audits, start=1):
        values = {
            "least": round(audit.min_depth_m / 1000, 1),
            "greatest": round(audit.max_depth_m / 1000, 1),
            "mean": round(audit.mean_depth_m / 1000, 1),
            "share": round(audit.share_within * 100, 1),
            "area": round(audit.area_m2 / 1e6),
        }
        base = audit_id(number, audit.side)
        figures += [
            Figure(id=f"{base}/{name}", value=value, how="how-zone") for name, value in values.items()
        ]
    return figures


def _listed(obligations: Sequence[Obligation]) -> list[Listed]:
    return [
        Listed(
            provision=one.id,
            group=group,
            in_force=bool(entry["in_force"]),
            probability=float(entry["probability"]),
            missing=tuple(entry["missing"]),
        )
        for one in obligations
        for group, entry in _entries(one.details.get("list"))
    ]


def _entries(listed: Any) -> list[tuple[str, Mapping[str, Any]]]:
    return sorted(listed.items()) if isinstance(listed, Mapping) else []


def _verdict_figures(obligations: Sequence[Obligation]) -> list[Figure]:
    figures = [
        Figure(
            id=f"obligations/{one.id}/{name}",
            value=round(getattr(one, name), 6),
            how="how-probability",
            observations=(*one.evidence, *one.counter_evidence),
        )
        for one in obligations
        for name in ("probability", "p_fulfilled", "p_breached")
    ]
    for status in sorted({str(one.status) for one in obligations}):
        number = sum(str(one.status) == status for one in obligations)
        figures.append(Figure(id=f"statuses/{status}", value=number, how="how-statuses"))
    return figures

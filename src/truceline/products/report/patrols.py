"""What a report says of patrols: counts and shares of findings, and nothing else.

It is made from the documents that `truceline.app.patrol_kept.told_counts` gives, of which only the numbers
that are named here are taken: a place, an hour or a name that stood in one could not get through.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

SHIFTS = ("shown", "shown_in_part", "doubtful", "no_track")
ALL = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PatrolRow:
    """One party's patrols, or all (`party` is `ALL`). Shifts and visits by what became of them; minutes;
    (kept, planned) of check-ins and of visits with the other party; shares of zone and line, None where
    there is none."""

    party: str
    shifts: int
    shown: Mapping[str, int]
    visits: int
    made: int
    on_time: int
    late: int
    short: int
    not_made: int
    unclear: int
    unproven: int
    late_min: float
    check_ins: tuple[int, int]
    with_other: tuple[int, int]
    zone_seen: float | None
    line_seen: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PatrolContent:
    """A period of planned patrols and what their tracks prove."""

    first: date
    days: int
    synthetic: bool
    sight_m: float
    over_terrain: bool
    rows: tuple[PatrolRow, ...]


def patrol_content(findings: Sequence[Mapping[str, Any]]) -> tuple[PatrolContent, ...]:
    """The findings that were compared with a plan, in order of their first day."""
    found = []
    for finding in findings:
        planned = finding.get("planned")
        if not planned or not finding.get("from"):
            continue
        seen = {name: finding.get(f"{name}_seen") or {} for name in ("zone", "line")}
        rows = [_row(party, row, seen) for party, row in sorted(planned["parties"].items())]
        rows.append(_row(ALL, planned["all"], seen))
        found.append(
            PatrolContent(
                first=date.fromisoformat(str(finding["from"])),
                days=int(planned["days"]),
                synthetic=bool(planned["synthetic"]),
                sight_m=float(finding["sight_m"]),
                over_terrain=bool(finding.get("over_terrain")),
                rows=tuple(rows),
            )
        )
    return tuple(sorted(found, key=lambda one: one.first))


def _row(party: str, row: Mapping[str, Any], seen: Mapping[str, Mapping[str, float]]) -> PatrolRow:
    shifts, visits = row["shifts"], row["visits"]
    checks, pairs = row["check_ins"], row["with_the_other"]
    shares = {name: shares.get(party or "all") for name, shares in seen.items()}
    return PatrolRow(
        party=party,
        shifts=int(shifts["planned"]),
        shown={name: int(shifts[name]) for name in SHIFTS},
        visits=int(visits["planned"]),
        made=int(visits["made"]),
        on_time=int(visits["on_time"]),
        late=int(visits["late"]),
        short=int(visits["short"]),
        not_made=int(visits["not_made"]),
        unclear=int(visits["unclear"]),
        unproven=int(visits["doubtful"]) + int(visits["no_track"]),
        late_min=float(row["late_min"]["median"]),
        check_ins=(int(checks["kept"]), int(checks["planned"])),
        with_other=(int(pairs["kept"]), int(pairs["planned"])),
        zone_seen=None if shares["zone"] is None else float(shares["zone"]),
        line_seen=None if shares["line"] is None else float(shares["line"]),
    )

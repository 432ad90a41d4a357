"""What of a comparison may be told to whom: counts and shares to all, sector and day to those concerned.

Nothing here names a post, a team, an hour or a place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from statistics import median
from typing import Any

from truceline.patrol.against_plan.driven import Driven, ShiftDriven
from truceline.patrol.against_plan.visits import VisitDriven

STATES = ("on_time", "late", "early", "short", "unclear", "not_made", "doubtful", "no_track")
STANDINGS = ("shown", "shown_in_part", "doubtful", "no_track")
MADE = frozenset({"on_time", "late", "early"})


def counts_of(found: Driven) -> dict[str, Any]:
    """By party, and of all: shifts by what their tracks show, planned visits by what became of them, how
    late they were (minutes), check-ins and visits that were to be with the other party's. For all readers."""
    parties = sorted({shift.planned.party for shift in found.shifts})
    planned = [shares[0] for shares in found.kept_share.values()]
    drove = [shares[1] for shares in found.kept_share.values()]
    return {
        "days": found.plan.days,
        "synthetic": found.plan.synthetic,
        "all": _counts(found.shifts),
        "parties": {
            party: _counts([s for s in found.shifts if s.planned.party == party]) for party in parties
        },
        "unplanned_tracks": len(found.unplanned),
        "intervals_kept": {"planned": _mean(planned), "driven": _mean(drove)},
    }


def by_sector_and_day(found: Driven) -> list[dict[str, Any]]:
    """Planned visits by party, sector and day, and how many were made: for parties and observers."""
    rows: dict[tuple[str, str, str], list[VisitDriven]] = {}
    for shift in found.shifts:
        for one in shift.visits:
            sector = found.plan.sectors.get(one.planned.post, "")
            key = (shift.planned.day.isoformat(), sector, shift.planned.party)
            rows.setdefault(key, []).append(one)
    return [
        {
            "day": day,
            "sector": sector or None,
            "party": party,
            "planned": len(visits),
            "made": sum(one.state in MADE for one in visits),
        }
        for (day, sector, party), visits in sorted(rows.items())
    ]


def _counts(shifts: Sequence[ShiftDriven]) -> dict[str, Any]:
    visits = [one for shift in shifts for one in shift.visits]
    states: Counter[str] = Counter(one.state for one in visits)
    standings: Counter[str] = Counter(shift.standing for shift in shifts)
    late = [one.late_s / 60.0 for one in visits if one.late_s is not None and one.late_s > 0.0]
    checks = Counter(kept for shift in shifts for _, kept in shift.check_ins)
    pairs = Counter(kept for shift in shifts for kept in shift.paired.values())
    due = sum(1 for one in visits if one.planned.with_team)
    return {
        "shifts": {"planned": len(shifts), **{name: standings[name] for name in STANDINGS}},
        "visits": {
            "planned": len(visits),
            "made": sum(states[name] for name in MADE),
            **{name: states[name] for name in STATES},
        },
        "late_min": {
            "median": round(median(late), 1) if late else 0.0,
            "most": round(max(late), 1) if late else 0.0,
        },
        "check_ins": {
            "planned": sum(checks.values()),
            **{name: checks[name] for name in ("kept", "not_kept", "unclear")},
        },
        "with_the_other": {"planned": due, **{name: pairs[name] for name in ("kept", "not_kept", "unclear")}},
    }


def _mean(values: Sequence[float]) -> float | None:
    return round(sum(values) / len(values), 4) if values else None

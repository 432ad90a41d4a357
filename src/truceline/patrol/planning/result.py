"""A plan: every team's shifts with legs, visits and times, what is covered, and why the rest is not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import numpy as np
import shapely

from truceline.core.instants import isoformat_utc
from truceline.geo.ellipsoid import Floats
from truceline.patrol.planning.ground import Ground
from truceline.patrol.planning.model import Task
from truceline.patrol.when import instant

Why = Literal[
    "other_side",
    "near_line",
    "no_team",
    "no_language",
    "hazard",
    "cut_off",
    "too_far",
    "interval_too_short",
    "alone",
    "time",
]

REASONS: Mapping[str, str] = {
    "other_side": "it lies on or beyond the line, seen from its party",
    "near_line": "it lies nearer to the line than the line may err, by the margin that is kept",
    "no_team": "its party has no team, or no shift in these days",
    "no_language": "no team of its party speaks the language that is asked for there",
    "hazard": "it lies in ground as dangerous as the limit or more",
    "cut_off": "there is no way to it from any base that keeps to the side and out of danger",
    "too_far": "the way there, the visit and the way back take longer than any shift",
    "interval_too_short": "the pause between shifts is longer than its interval",
    "alone": "no team of the other party could be there at the same time",
    "time": "the teams' time did not suffice",
}


@dataclass(frozen=True)
class PlannedVisit:
    """A visit: arrival, beginning and end (seconds since 1970); `with_team` is the other party's team that is
    there then (joint) or at the opposite post (coordinated), None if none is."""

    post: str
    arrive_s: int
    begin_s: int
    end_s: int
    with_team: str | None = None


@dataclass(frozen=True, eq=False)
class Handover:
    """Where a leg passes from one sector to another, and when: the team reports to the next one."""

    from_sector: str | None
    to_sector: str | None
    at_s: int


@dataclass(frozen=True, eq=False)
class PlannedLeg:
    """A way between two places: "" is the base. `shape` are its places (lon, lat); `p_open` is P(all of its
    roads are open), `off_road_m` how far the place that it leads to is from its road."""

    from_post: str
    to_post: str
    leave_s: int
    arrive_s: int
    metres: int
    exposed_s: float
    shape: Floats
    handovers: tuple[Handover, ...] = ()
    p_open: float = 1.0
    off_road_m: float = 0.0


@dataclass(frozen=True, eq=False)
class Shift:
    """What one team does on one day."""

    team: str
    party: str
    day: date
    legs: tuple[PlannedLeg, ...]
    visits: tuple[PlannedVisit, ...]

    @property
    def leave_s(self) -> int:
        """When the team leaves its base."""
        return self.legs[0].leave_s

    @property
    def back_s(self) -> int:
        """When it is back."""
        return self.legs[-1].arrive_s

    def as_dict(self, check_in_s: int) -> dict[str, Any]:
        """As plain JSON data."""
        legs: list[dict[str, Any]] = [
            {
                "from": leg.from_post or "base",
                "to": leg.to_post or "base",
                "leave": _at(leg.leave_s),
                "arrive": _at(leg.arrive_s),
                "check_in": {"from": _at(leg.arrive_s), "to": _at(leg.arrive_s + check_in_s)},
                "km": round(leg.metres / 1000.0, 1),
                "exposed_s": round(leg.exposed_s, 1),
                "p_open": round(leg.p_open, 6),
                "off_road_m": round(leg.off_road_m),
                "handovers": [
                    {"from": h.from_sector, "to": h.to_sector, "at": _at(h.at_s)} for h in leg.handovers
                ],
            }
            for leg in self.legs
        ]
        return {
            "team": self.team,
            "party": self.party,
            "day": self.day.isoformat(),
            "leave": _at(self.leave_s),
            "back": _at(self.back_s),
            "km": round(sum(leg.metres for leg in self.legs) / 1000.0, 1),
            "legs": legs,
            "visits": [
                {
                    "post": visit.post,
                    "arrive": _at(visit.arrive_s),
                    "begin": _at(visit.begin_s),
                    "end": _at(visit.end_s),
                    "with": visit.with_team,
                }
                for visit in self.visits
            ],
        }


@dataclass(frozen=True)
class Covered:
    """How well a post is covered: the share of the period within its interval after a visit, seconds longest
    without one, and why it is not wholly covered (None where it is)."""

    post: str
    party: str | None
    visits: int
    share: float
    longest_s: float
    why: Why | None

    def as_dict(self) -> dict[str, Any]:
        """As plain JSON data."""
        return {
            "post": self.post,
            "party": self.party,
            "visits": self.visits,
            "kept_share": round(self.share, 6),
            "longest_without_s": round(self.longest_s),
            "why_not": self.why,
            "reason": REASONS[self.why] if self.why else None,
        }


@dataclass(frozen=True, eq=False)
class Plan:
    """A plan and its measures. `plain_coverage` is what the same plan covers with nothing left to chance;
    `paired_share` the share of visits that are to be joint or mirrored and are."""

    task: Task
    shifts: tuple[Shift, ...]
    covered: tuple[Covered, ...]
    plain_coverage: float
    paired_share: float | None
    foretold_share: float

    @property
    def coverage(self) -> float:
        """The mean share over all posts."""
        return _mean([one.share for one in self.covered])

    def parties(self) -> dict[str, dict[str, float]]:
        """By party: coverage of its own posts, hours out and kilometres per team: how fair it is."""
        found = {}
        for party in sorted({team.party for team in self.task.teams}):
            teams = sum(team.party == party for team in self.task.teams)
            own = [shift for shift in self.shifts if shift.party == party]
            found[party] = {
                "teams": teams,
                "coverage": round(_mean([c.share for c in self.covered if c.party in (None, party)]), 6),
                "hours_per_team": round(sum(s.back_s - s.leave_s for s in own) / 3600.0 / teams, 2),
                "km_per_team": round(sum(leg.metres for s in own for leg in s.legs) / 1000.0 / teams, 1),
                "visits": sum(len(s.visits) for s in own),
            }
        return found

    def margin(self) -> dict[str, float] | None:
        """How far from the line teams keep: `share` of its 95% bound, and metres at least and at most."""
        task = self.task
        if task.line is None or task.uncertainty is None or not task.sides:
            return None
        share = task.options.line_margin
        bounds = task.uncertainty.bound_m * share
        return {"share": share, "least_m": round(float(bounds.min())), "most_m": round(float(bounds.max()))}

    def idle(self) -> list[dict[str, str]]:
        """Teams whose base lies where their party may not be, so that they never leave it, and why."""
        task = self.task
        found = []
        for team in task.teams:
            here, own = np.array([[team.lon, team.lat]]), task.sides.get(team.party)
            ground = Ground.of(task.line, here, task.uncertainty, task.options.line_margin)
            if not ground.on_side(here, own)[0]:
                why = "near_line" if ground.beside(here, own)[0] else "other_side"
                found.append({"team": team.id, "why": why})
        return found

    def as_dict(self) -> dict[str, Any]:
        """As plain JSON data: what ``truceline patrol plan --json`` prints."""
        options = self.task.options
        return {
            "from": self.task.first.isoformat(),
            "days": self.task.days,
            "mode": options.mode,
            "within_s": options.within_s,
            "synthetic": options.synthetic,
            "line_margin": self.margin(),
            "teams_not_out": self.idle(),
            "seed": options.seed,
            "unpredictable": options.unpredictable,
            "coverage": round(self.coverage, 6),
            "coverage_without_chance": round(self.plain_coverage, 6),
            "loss_by_chance": round(self.plain_coverage - self.coverage, 6),
            "foretold_share": round(self.foretold_share, 4),
            "paired_share": None if self.paired_share is None else round(self.paired_share, 4),
            "exposed_s": round(sum(leg.exposed_s for s in self.shifts for leg in s.legs), 1),
            "km": round(sum(leg.metres for s in self.shifts for leg in s.legs) / 1000.0, 1),
            "parties": self.parties(),
            "shifts": [shift.as_dict(options.check_in_s) for shift in self.shifts],
            "posts": [one.as_dict() for one in self.covered],
        }


def places_of(plan: Plan) -> dict[str, Any]:
    """Where the plan's posts and bases are, for whoever compares it with tracks. These are positions."""
    task = plan.task
    sectors = sector_names([(post.lon, post.lat) for post in task.posts], task.sectors)
    return {
        "posts": [
            {
                "id": post.id,
                "lon": post.lon,
                "lat": post.lat,
                "radius_m": post.radius_m,
                "visit_s": post.visit_s,
                "revisit_s": post.revisit_s,
                "party": post.party,
                "sector": sector,
            }
            for post, sector in zip(task.posts, sectors, strict=True)
        ],
        "teams": [
            {"id": team.id, "lon": team.lon, "lat": team.lat, "speed_kmh": team.speed_mps * 3.6}
            for team in task.teams
        ],
    }


def sector_names(places: Sequence[tuple[float, float]], sectors: Mapping[str, Any]) -> list[str | None]:
    """The sector that each place (lon, lat) lies in, the first by name of several; None for none."""
    return [
        next((name for name in sorted(sectors) if shapely.intersects_xy(sectors[name], lon, lat)), None)
        for lon, lat in places
    ]


def foretold(shifts: Sequence[Shift], within_s: int = 1800) -> float:
    """The share of visits that a watcher foretells who expects each post's visit at the hour of its last
    one, a day or more before: those that begin within half an hour of that. First visits are left out."""
    hours: dict[str, int] = {}
    hits = total = 0
    for begin, post in sorted((v.begin_s, v.post) for shift in shifts for v in shift.visits):
        if post in hours:
            total += 1
            apart = abs((begin - hours[post] + 43_200) % 86_400 - 43_200)
            hits += apart <= within_s
        hours[post] = begin
    return hits / total if total else 0.0


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _at(seconds: int) -> str:
    return isoformat_utc(instant(seconds))

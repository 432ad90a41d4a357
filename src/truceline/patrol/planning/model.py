"""What a plan of patrols is asked for: teams, hazards, rules and wishes.

Times are seconds since 1970 (UTC) unless they are said to be a time of day, which is the accord's. Places
are lon, lat in degrees on WGS 84.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import Literal
from zoneinfo import ZoneInfo

from shapely.geometry.base import BaseGeometry

from truceline.geo.nearest import LineIndex
from truceline.geo.roads.vehicles import CAR, Vehicle
from truceline.geo.uncertainty.model import LineUncertainty
from truceline.patrol.crossing import OwnSide
from truceline.patrol.visits import Post

Mode = Literal["joint", "coordinated", "separate"]

DETOUR = 1.3
"""How much longer the way on roads is than the straight one, where no roads are given. Ratios of 1.2 to 1.4
are what studies of road networks find (Ballou et al., Transportation Research A 36 (2002) 843-857)."""


@dataclass(frozen=True)
class Team:
    """A patrol team. Its shift begins at `shift_from` (time of day) on each of its `days` (Monday 0; None:
    every day) and lasts `shift_s`; it is out for `max_out_s` of it at most. During the curfew (from, to,
    times of day) it is at its base."""

    id: str
    party: str
    lon: float
    lat: float
    speed_mps: float
    shift_from: time
    shift_s: int
    curfew: tuple[time, time] | None = None
    days: frozenset[int] | None = None
    max_out_s: int | None = None
    vehicle: Vehicle = CAR
    languages: tuple[str, ...] = ()

    def may_visit(self, post: Post) -> bool:
        """Whether the post is its party's or everybody's, and it speaks the language asked for there."""
        return post.party in (None, self.party) and post.language in (None, *self.languages)


@dataclass(frozen=True, eq=False)
class Hazard:
    """Ground that may be dangerous or impassable, with probability `p`, between two instants (None: open)."""

    id: str
    area: BaseGeometry
    p: float
    from_s: float | None = None
    to_s: float | None = None

    def holds(self, from_s: float, to_s: float) -> bool:
        """Whether it may hold at some time of a period."""
        return (self.from_s is None or self.from_s < to_s) and (self.to_s is None or self.to_s > from_s)


@dataclass(frozen=True)
class Options:
    """Numbers of a plan. `max_hazard`: no team enters ground with this P or more,
    `max_closed`: nor uses a road that is closed with this P or more.
    `line_margin`: a team keeps this many times the line's 95% bound away from it. `within_s`: how far apart
    in time two visits may begin that are to be mirrored or joint. `opposite_m`: posts on the two sides are
    opposite if their nearest places of the line are no further apart along it. `unpredictable` 0 to 1: how
    much is left to chance. `iterations` of the solver without any better plan, per problem. `synthetic`: all
    of it is invented."""

    mode: Mode = "separate"
    max_hazard: float = 0.1
    max_closed: float = 0.5
    line_margin: float = 1.0
    within_s: int = 900
    check_in_s: int = 900
    opposite_m: float = 5_000.0
    unpredictable: float = 0.0
    seed: int = 0
    detour: float = DETOUR
    iterations: int = 300
    synthetic: bool = False


@dataclass(frozen=True, eq=False)
class Task:
    """All that a plan is made from. `line` and `sides` say where each party is to stay; `sectors` are areas
    by their name, at whose borders a team is handed over; `uncertainty` says how far the line may err."""

    teams: Sequence[Team]
    posts: Sequence[Post]
    first: date
    days: int
    zone: ZoneInfo
    line: LineIndex | None = None
    sides: Mapping[str, OwnSide] = field(default_factory=dict)
    hazards: Sequence[Hazard] = ()
    sectors: Mapping[str, BaseGeometry] = field(default_factory=dict)
    options: Options = Options()
    uncertainty: LineUncertainty | None = None

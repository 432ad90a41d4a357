"""A plan as ``plan.json`` says it, for comparing with tracks: shifts, visits, check-ins, places."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError

from truceline.accord.faults import faults_of
from truceline.core.errors import Fault, InvalidInput
from truceline.patrol.visits import Post

BASE = "base"
MOST_SHIFTS = 20_000


@dataclass(frozen=True, slots=True)
class ExpectedVisit:
    """A planned visit; seconds since 1970. `with_team` is the other party's team that is to be there or at
    the post opposite."""

    post: str
    begin_s: float
    end_s: float
    with_team: str | None


@dataclass(frozen=True, slots=True)
class CheckIn:
    """A time in which a team is to be at a place (a post's id, or `BASE`) and to say so."""

    place: str
    from_s: float
    to_s: float


@dataclass(frozen=True, slots=True)
class ExpectedShift:
    """What one team was to do on one day."""

    team: str
    party: str
    day: date
    leave_s: float
    back_s: float
    visits: tuple[ExpectedVisit, ...]
    check_ins: tuple[CheckIn, ...]


@dataclass(frozen=True, slots=True)
class Crew:
    """A team as the plan knows it: where its base is (lon, lat) and how fast it was taken to drive."""

    lon: float
    lat: float
    speed_mps: float


@dataclass(frozen=True)
class ExpectedPlan:
    """A plan. `kept_share` is, by post, the share of the period that it was to be within its interval;
    `sectors` names the sector of a post where it lies in one."""

    first: date
    days: int
    mode: Literal["joint", "coordinated", "separate"]
    within_s: float
    synthetic: bool
    shifts: tuple[ExpectedShift, ...]
    posts: tuple[Post, ...]
    crews: Mapping[str, Crew]
    sectors: Mapping[str, str]
    kept_share: Mapping[str, float]


class _Part(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class _Window(_Part):
    start: AwareDatetime = Field(alias="from")
    end: AwareDatetime = Field(alias="to")


class _Leg(_Part):
    to: str = Field(max_length=200)
    check_in: _Window


class _Visit(_Part):
    post: str = Field(max_length=200)
    begin: AwareDatetime
    end: AwareDatetime
    with_team: str | None = Field(default=None, alias="with")


class _Shift(_Part):
    team: str = Field(max_length=200)
    party: str = Field(max_length=200)
    day: date
    leave: AwareDatetime
    back: AwareDatetime
    legs: tuple[_Leg, ...]
    visits: tuple[_Visit, ...]


class _Place(_Part):
    id: str = Field(max_length=200)
    lon: float = Field(ge=-180, le=180, allow_inf_nan=False)
    lat: float = Field(ge=-90, le=90, allow_inf_nan=False)
    radius_m: float = Field(gt=0, le=1e6, allow_inf_nan=False)
    visit_s: float = Field(ge=0, le=1e7, allow_inf_nan=False)
    revisit_s: float | None = Field(default=None, gt=0, le=1e9, allow_inf_nan=False)
    party: str | None = None
    sector: str | None = None


class _Crew(_Part):
    id: str = Field(max_length=200)
    lon: float = Field(ge=-180, le=180, allow_inf_nan=False)
    lat: float = Field(ge=-90, le=90, allow_inf_nan=False)
    speed_kmh: float = Field(gt=0, le=1000, allow_inf_nan=False)


class _Places(_Part):
    posts: tuple[_Place, ...]
    teams: tuple[_Crew, ...]


class _Share(_Part):
    post: str
    kept_share: float = Field(ge=0, le=1)


class _File(_Part):
    first: date = Field(alias="from")
    days: int = Field(ge=1, le=366)
    mode: Literal["joint", "coordinated", "separate"]
    within_s: float = Field(ge=0, le=86_400)
    synthetic: bool = False
    shifts: tuple[_Shift, ...] = Field(max_length=MOST_SHIFTS)
    posts: tuple[_Share, ...] = ()
    places: _Places


def expected_of(content: bytes, source: str) -> ExpectedPlan:
    """The plan in the bytes of a ``plan.json``. Raises InvalidInput with every fault."""
    try:
        document: Any = json.loads(content)
    except (ValueError, RecursionError) as error:
        fault = Fault("is no plan", source, found="no JSON", accepted="plan.json of `truceline patrol plan`")
        raise InvalidInput.of_faults([fault]) from error
    try:
        said = _File.model_validate(document)
    except ValidationError as error:
        raise InvalidInput.of_faults(faults_of(error, document, {}, source)) from error
    return ExpectedPlan(
        first=said.first,
        days=said.days,
        mode=said.mode,
        within_s=said.within_s,
        synthetic=said.synthetic,
        shifts=tuple(_shift(one) for one in said.shifts),
        posts=tuple(
            Post(p.id, p.lon, p.lat, p.radius_m, p.visit_s, p.revisit_s, p.party) for p in said.places.posts
        ),
        crews={one.id: Crew(one.lon, one.lat, one.speed_kmh / 3.6) for one in said.places.teams},
        sectors={p.id: p.sector for p in said.places.posts if p.sector is not None},
        kept_share={one.post: one.kept_share for one in said.posts},
    )


def _shift(said: _Shift) -> ExpectedShift:
    return ExpectedShift(
        said.team,
        said.party,
        said.day,
        said.leave.timestamp(),
        said.back.timestamp(),
        tuple(
            ExpectedVisit(v.post, v.begin.timestamp(), v.end.timestamp(), v.with_team) for v in said.visits
        ),
        tuple(CheckIn(g.to, g.check_in.start.timestamp(), g.check_in.end.timestamp()) for g in said.legs),
    )

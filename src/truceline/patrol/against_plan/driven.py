"""A week of patrols as planned and as driven."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from truceline.core.instants import isoformat_utc
from truceline.patrol.against_plan.assign import SLACK_S, assigned
from truceline.patrol.against_plan.expected import CheckIn, ExpectedPlan, ExpectedShift
from truceline.patrol.against_plan.visits import VisitDriven, check_in_kept, visits_driven
from truceline.patrol.cleaning import MAX_GAP_S
from truceline.patrol.track import Track
from truceline.patrol.verification import LEAST_FIXES, MOST_GAPS, PatrolShown, Verified
from truceline.patrol.visits import Kept, Post, Visit, visits_to
from truceline.patrol.when import instant

ON_TIME_S = 900.0
BASE_RADIUS_M = 300.0
LEAST_KNOWN = 0.5

ShiftStanding = Literal["shown", "shown_in_part", "doubtful", "no_track"]


@dataclass(frozen=True)
class ShiftDriven:
    """A planned shift and what its track shows. `paired` says of each visit that was to be with another
    team whether it was, by the number of the visit."""

    planned: ExpectedShift
    track: str | None
    standing: ShiftStanding
    visits: tuple[VisitDriven, ...]
    check_ins: tuple[tuple[CheckIn, Kept], ...]
    paired: Mapping[int, Kept]

    def as_dict(self) -> dict[str, Any]:
        """As plain JSON data."""
        return {
            "team": self.planned.team,
            "party": self.planned.party,
            "day": self.planned.day.isoformat(),
            "track": self.track,
            "standing": self.standing,
            "visits": [
                {
                    "post": one.planned.post,
                    "planned": isoformat_utc(instant(one.planned.begin_s)),
                    "state": one.state,
                    "late_s": None if one.late_s is None else round(one.late_s),
                    "stayed_s": None if one.seen is None else round(one.seen.shortest_s),
                    "with": one.planned.with_team,
                    "paired": self.paired.get(number),
                }
                for number, one in enumerate(self.visits)
            ],
            "check_ins": [
                {
                    "at": check_in.place,
                    "from": isoformat_utc(instant(check_in.from_s)),
                    "to": isoformat_utc(instant(check_in.to_s)),
                    "kept": kept,
                }
                for check_in, kept in self.check_ins
            ],
        }


@dataclass(frozen=True)
class Driven:
    """The whole comparison. `unplanned` are tracks that belong to no planned shift; `kept_share` is, by post,
    the share of the plan's period within its interval: planned and driven."""

    plan: ExpectedPlan
    shifts: tuple[ShiftDriven, ...]
    unplanned: tuple[str, ...]
    kept_share: Mapping[str, tuple[float, float]]


def driven(
    plan: ExpectedPlan,
    answer: Verified,
    *,
    on_time_s: float = ON_TIME_S,
    max_gap_s: float = MAX_GAP_S,
) -> Driven:
    """Compares a plan with verified tracks. `answer` has the visits to the plan's posts in it."""
    posts = {post.id: post for post in plan.posts}
    tracks = [one.cleaned.track for one in answer.patrols]
    by_track: dict[str, list[Visit]] = {}
    for visit in answer.visits:
        by_track.setdefault(visit.track, []).append(visit)
    whose = assigned(plan, tracks, by_track)
    shifts = []
    for shift, number in zip(plan.shifts, whose, strict=True):
        if number is None:
            shifts.append(_without(shift))
        else:
            shown = answer.patrols[number]
            seen = by_track.get(shown.cleaned.track.name, [])
            shifts.append(_shift(plan, shift, posts, shown, seen, on_time_s, max_gap_s))
    used = {number for number in whose if number is not None}
    shares = {one.post: one.share for one in answer.revisits}
    return Driven(
        plan,
        tuple(_with_pairs(plan, posts, shifts)),
        tuple(track.name for number, track in enumerate(tracks) if number not in used),
        {id: (plan.kept_share[id], shares[id]) for id in posts if id in shares and id in plan.kept_share},
    )


def _without(shift: ExpectedShift) -> ShiftDriven:
    visits = tuple(VisitDriven(planned, "no_track") for planned in shift.visits)
    return ShiftDriven(
        shift, None, "no_track", visits, tuple((one, "unclear") for one in shift.check_ins), {}
    )


def _shift(
    plan: ExpectedPlan,
    shift: ExpectedShift,
    posts: dict[str, Post],
    shown: PatrolShown,
    seen: Sequence[Visit],
    on_time_s: float,
    max_gap_s: float,
) -> ShiftDriven:
    track = shown.cleaned.track
    if shown.standing == "doubtful":
        # What a doubtful track claims proves nothing.
        visits = tuple(VisitDriven(planned, "doubtful") for planned in shift.visits)
        checks: tuple[tuple[CheckIn, Kept], ...] = tuple((one, "unclear") for one in shift.check_ins)
        return ShiftDriven(shift, track.name, "doubtful", visits, checks, {})
    start, end = shift.leave_s - SLACK_S, shift.back_s + SLACK_S
    about = [visit for visit in seen if visit.to_s >= start and visit.from_s <= end]
    part = track.where((track.time_s >= start) & (track.time_s <= end))
    crew = plan.crews.get(shift.team)
    at_base: list[Visit] = []
    if crew is not None and len(part):
        begun = shift.visits[0].begin_s if shift.visits else shift.leave_s
        base = Post("base", crew.lon, crew.lat, BASE_RADIUS_M)
        at_base = [visit for visit in visits_to(base, part, max_gap_s) if visit.to_s > begun]
    return ShiftDriven(
        shift,
        track.name,
        _standing(part, shift, max_gap_s),
        tuple(visits_driven(shift, posts, part, about, on_time_s, crew, max_gap_s)),
        tuple((one, check_in_kept(one, part, about, at_base, max_gap_s)) for one in shift.check_ins),
        {},
    )


def _standing(part: Track, shift: ExpectedShift, max_gap_s: float) -> ShiftStanding:
    """By the rule of whole tracks, applied to the time of the shift; and in part too, where less than
    `LEAST_KNOWN` of the planned time is known: a receiver switched off is no gap in a track."""
    if len(part) < LEAST_FIXES:
        return "shown_in_part"
    steps = np.diff(part.time_s)
    known, span = float(steps[steps <= max_gap_s].sum()), float(part.time_s[-1] - part.time_s[0])
    gaps = 1.0 - known / span if span > 0.0 else 1.0
    enough = known >= LEAST_KNOWN * (shift.back_s - shift.leave_s)
    return "shown" if gaps <= MOST_GAPS and enough else "shown_in_part"


def _with_pairs(
    plan: ExpectedPlan, posts: dict[str, Post], shifts: Sequence[ShiftDriven]
) -> list[ShiftDriven]:
    """The shifts with what became of the visits that were to be joint or mirrored."""
    at: dict[tuple[str, str], list[VisitDriven]] = {}
    for shift in shifts:
        for one in shift.visits:
            if one.planned.with_team:
                at.setdefault((shift.planned.team, one.planned.with_team), []).append(one)
    found = []
    for shift in shifts:
        paired: dict[int, Kept] = {}
        for number, one in enumerate(shift.visits):
            if one.planned.with_team is None:
                continue
            others = at.get((one.planned.with_team, shift.planned.team), [])
            other = min(others, key=lambda o: abs(o.planned.begin_s - one.planned.begin_s), default=None)
            if other is not None:
                paired[number] = _pair(plan, posts[one.planned.post], one, other)
        found.append(
            ShiftDriven(
                shift.planned, shift.track, shift.standing, shift.visits, shift.check_ins, paired
            )
        )  # fmt: skip
    return found


def _pair(plan: ExpectedPlan, post: Post, one: VisitDriven, other: VisitDriven) -> Kept:
    if one.seen is None or other.seen is None:
        sure = {"not_made"} & {one.state, other.state}
        return "not_kept" if sure else "unclear"
    if plan.mode == "joint":
        overlap = min(one.seen.to_s, other.seen.to_s) - max(one.seen.from_s, other.seen.from_s)
        return "kept" if overlap >= post.visit_s else "not_kept"
    begun = [max(v.seen.from_s, v.planned.begin_s) for v in (one, other) if v.seen is not None]
    return "kept" if abs(begun[0] - begun[1]) <= plan.within_s else "not_kept"

"""Whose track is which planned shift's.

A track that bears a team's name (its unit, or the file's) is that team's. Others are given to the shifts of
their party whose posts they were at, so that over a day as many planned visits as can be are explained by
them (an assignment problem); a track that was at no post of a shift is given to none. So a patrol is never
called missing because its file has a strange name, nor shown by a track that went elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import PurePath

import numpy as np
from scipy.optimize import linear_sum_assignment

from truceline.patrol.against_plan.expected import ExpectedPlan, ExpectedShift
from truceline.patrol.track import Track
from truceline.patrol.visits import Visit

SLACK_S = 7_200.0
"""A team that leaves so much earlier or comes back so much later is still on that shift."""
_NAMED = 1_000.0


def assigned(
    plan: ExpectedPlan, tracks: Sequence[Track], visits: Mapping[str, Sequence[Visit]]
) -> list[int | None]:
    """For each shift the number of its track, or None. `visits` are by the name of the track."""
    teams = {shift.team for shift in plan.shifts}
    bears = [_team_of(track, teams) for track in tracks]
    found: list[int | None] = [None] * len(plan.shifts)
    days: dict[date, list[int]] = {}
    for number, shift in enumerate(plan.shifts):
        days.setdefault(shift.day, []).append(number)
    for numbers in days.values():
        score = np.zeros((len(numbers), len(tracks)))
        for row, number in enumerate(numbers):
            shift = plan.shifts[number]
            for column, track in enumerate(tracks):
                if track.party == shift.party and bears[column] in (None, shift.team):
                    named = _NAMED if bears[column] else 0.0
                    score[row, column] = _fit(shift, track, visits.get(track.name, ()), named)
        for row, column in zip(*linear_sum_assignment(score, maximize=True), strict=True):
            if score[row, column] > 0.0:
                found[numbers[row]] = int(column)
    return found


def _team_of(track: Track, teams: set[str]) -> str | None:
    """The team whose name a track bears: the longest that its unit or its file's name begins with."""
    unit = track.name.removeprefix(f"{track.source}:")
    for text in (unit, PurePath(track.source).stem):
        bearing = [
            team for team in teams if re.match(rf"{re.escape(team)}(?![A-Za-z0-9])", text, re.IGNORECASE)
        ]
        if bearing:
            return max(bearing, key=len)
    return None


def _fit(shift: ExpectedShift, track: Track, visits: Sequence[Visit], named: float) -> float:
    start, end = shift.leave_s - SLACK_S, shift.back_s + SLACK_S
    fixes = int(np.searchsorted(track.time_s, end, "right") - np.searchsorted(track.time_s, start, "left"))
    if fixes < 2:
        return 0.0
    score = named + (min(fixes, 10_000) / 1e6 if named else 0.0)
    for planned in shift.visits:
        apart = [
            abs(v.from_s - planned.begin_s)
            for v in visits
            if v.post == planned.post and v.to_s >= start and v.from_s <= end
        ]
        # Being there at all counts most, being there in time breaks ties between teams.
        score += max((1.0 + 1.0 / (1.0 + gap / 900.0) for gap in apart), default=0.0)
    return score

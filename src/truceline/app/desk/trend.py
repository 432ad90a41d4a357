"""How the status and the probability of every obligation went: many as-of dates, read once and kept.

What is kept depends on the record, not on the clock: as long as nothing is recorded the same question has the
same answer, and its ETag. On a large record, where making it takes long, an answer is given again for some
time after something was recorded; it says by when it was known.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from truceline.app.assess import held_by
from truceline.app.desk.desk import Desk
from truceline.app.desk.through import through_for
from truceline.app.desk.verdicts import Asked
from truceline.assess.assessment import Obligation
from truceline.core.instants import isoformat_utc, start_of_day, zone_of
from truceline.evidence.permissions import Reader

WEEKS = 12
LONG_S = 5.0
"""What takes longer to make than this, seconds, is not made anew at once when something is recorded…"""
AGAIN_AFTER = 20
"""…but once this many times the seconds have passed that it took beyond that."""


StatusThen = tuple[str, str, float, datetime | None, datetime | None]
"""An obligation's id, status, probability, since when, and deadline."""


@dataclass(frozen=True, slots=True)
class Course:
    """The statuses at several instants, from what was recorded by `known_at`."""

    known_at: datetime
    steps: tuple[tuple[datetime, tuple[StatusThen, ...]], ...]
    took_s: float
    made_s: float

    def as_steps(self) -> dict[str, Any]:
        """By instant: every obligation with its status, probability and deadline."""
        return {
            "known_at": isoformat_utc(self.known_at),
            "steps": [
                {
                    "as_of": isoformat_utc(at),
                    "obligations": [
                        {
                            "id": id, "status": status, "probability": probability,
                            "since": None if since is None else isoformat_utc(since),
                            "due": None if due is None else isoformat_utc(due),
                        }
                        for id, status, probability, since, due in verdicts
                    ],
                }
                for at, verdicts in self.steps
            ],
        }  # fmt: skip

    def as_trend(self) -> dict[str, Any]:
        """By obligation: its status and probability at each instant; None where it was not there yet."""
        ids = dict.fromkeys(id for _, verdicts in self.steps for id, *_ in verdicts)
        found = [{id: (status, p) for id, status, p, *_ in verdicts} for _, verdicts in self.steps]
        return {
            "known_at": isoformat_utc(self.known_at),
            "as_of": [isoformat_utc(at) for at, _ in self.steps],
            "obligations": [
                {
                    "id": id,
                    "status": [step[id][0] if id in step else None for step in found],
                    "probability": [step[id][1] if id in step else None for step in found],
                }
                for id in ids
            ],
        }


def course_for(desk: Desk, reader: Reader, asked: Asked, instants: Sequence[datetime]) -> Course:
    """The statuses at these instants (aware, ascending) by what was known at the asked instant (None: all
    that is). Raises InvalidInput for an unknown reading."""
    now = desk.now()
    latest = desk.seen_at(reader) if reader.delay else desk.clock()
    known_at = reader.known_at(asked.known_at or latest, latest)
    if reader.delay:  # what a delay lets through changes all the time: it is told by the hour
        known_at = known_at.replace(minute=0, second=0, microsecond=0)
    # What happened after everything that was recorded is known by the whole record.
    moment = asked.known_at if asked.known_at is not None and asked.known_at < latest else None
    question = (hash(now.accord_text), reader, moment, asked.reading, tuple(instants))
    stale: dict[str, Course] = desk.remembered(("course", question), dict)
    last: Course | None = stale.get("course")
    if last is not None and time.monotonic() - last.made_s < AGAIN_AFTER * (last.took_s - LONG_S):
        return last

    def make() -> Course:
        began = time.monotonic()
        held = held_by(
            desk.workspace, known_at=known_at, through=through_for(desk, reader), accord=now.accord,
            store=desk.store,
        )  # fmt: skip
        steps = []
        for at in instants:
            verdicts = held.at(at, reading=asked.reading, rivals=False).bench.verdicts()
            steps.append((at, tuple(_told(one) for one in verdicts)))
        told = min(known_at, now.recorded_at) if moment is None else known_at
        return Course(told, tuple(steps), time.monotonic() - began, time.monotonic())

    made = desk.remembered(("course", question, known_at if reader.delay else now.version), make)
    stale["course"] = made
    return made


def _told(one: Obligation) -> StatusThen:
    return one.id, str(one.status), round(one.probability, 6), one.since, one.due


def weeks_before(desk: Desk, asked: Asked, count: int = WEEKS) -> list[datetime]:
    """The instants a week apart before the asked one, oldest first, not before the day on which the accord
    was signed. Before now: counted from the end of yesterday, so that a day has one answer."""
    head = desk.now().accord.accord
    zone = zone_of(head.time_zone)
    last = asked.as_of or start_of_day(desk.clock().astimezone(zone).date(), zone).astimezone(UTC)
    first = start_of_day(head.signed, zone).astimezone(UTC) if head.signed else None
    found = [last - timedelta(weeks=back) for back in range(count - 1, 0, -1)]
    return [at for at in found if first is None or at >= first]

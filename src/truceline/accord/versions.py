"""Which version of a line is in force, day by day, as it was known at an instant.

A line and the lines that are `version_of` it are one family. On a day, as known at an instant, that member
counts which is valid on the day and was known by then; of several the one that became known last, and of
these the last in the accord: a correction replaces what it corrects. Where none is valid, the line itself
counts. Days are the accord's, in its own time zone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from truceline.accord.model import Accord, Line
from truceline.core.instants import start_of_day, zone_of

_BEFORE_ALL = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time, half open in UTC (None: unbounded), and the version in force per line that has any.

    `in_force` maps the id of a line to that of its version.
    """

    start: datetime | None
    end: datetime | None
    in_force: Mapping[str, str]


def family_of(accord: Accord, line_id: str) -> tuple[Line, ...]:
    """The line and its versions, and theirs, in the accord's order."""
    ids = {line_id}
    while True:
        more = {line.id for line in accord.lines if line.version_of in ids} - ids
        if not more:
            return tuple(line for line in accord.lines if line.id in ids)
        ids |= more


def known_from(line: Line, accord: Accord) -> datetime:
    """The instant from which the line is known: its own, or ever since."""
    if line.known_from is None:
        return _BEFORE_ALL
    if isinstance(line.known_from, datetime):
        return line.known_from.astimezone(UTC)
    return start_of_day(line.known_from, zone_of(accord.accord.time_zone))


def version_at(accord: Accord, line_id: str, day: date | None, known_at: datetime | None) -> Line | None:
    """The version of the line in force on a day as known at an instant; None where there is no such line.

    Without a day the line itself counts; without an instant all that the accord says is known.
    """
    line = accord.line(line_id)
    if line is None or day is None:
        return line
    valid = [
        (known_from(member, accord), order, member)
        for order, member in enumerate(family_of(accord, line_id))
        if _valid(member, day) and (known_at is None or known_from(member, accord) <= known_at)
    ]
    return max(valid, key=lambda item: item[:2])[2] if valid else line


def has_versions(accord: Accord) -> bool:
    """Whether any line has another version."""
    return any(line.version_of for line in accord.lines)


def periods(accord: Accord, known_at: datetime | None = None) -> tuple[Period, ...]:
    """The times with the versions then in force, one after another without gaps; none without versions."""
    if not has_versions(accord):
        return ()
    zone = zone_of(accord.accord.time_zone)
    bases = [line.id for line in accord.lines if len(family_of(accord, line.id)) > 1]
    changes = {line.valid_from for line in accord.lines if line.valid_from is not None}
    changes |= {line.valid_to + timedelta(days=1) for line in accord.lines if line.valid_to is not None}
    days = sorted(changes)
    # A day for each stretch between changes: before the first, and from each change on.
    probes = [(days[0] - timedelta(days=1)) if days else date(2000, 1, 1), *days]
    found: list[Period] = []
    for number, day in enumerate(probes):
        lines = {id: version_at(accord, id, day, known_at) for id in bases}
        in_force = {id: line.id for id, line in lines.items() if line is not None}
        start = None if number == 0 else start_of_day(day, zone)
        if found and found[-1].in_force == in_force:
            continue
        if found:
            found[-1] = Period(found[-1].start, start, found[-1].in_force)
        found.append(Period(start, None, in_force))
    return tuple(found)


def _valid(line: Line, day: date) -> bool:
    return (line.valid_from is None or line.valid_from <= day) and (
        line.valid_to is None or day <= line.valid_to
    )

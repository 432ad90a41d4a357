"""A team's plan as iCalendar (RFC 5545): one event a visit, with its check-in, and one a shift."""

from __future__ import annotations

from truceline.core.errors import DependencyMissing
from truceline.patrol.planning.result import Plan, Shift
from truceline.patrol.when import instant


def calendar_of(plan: Plan, team: str) -> bytes:
    """The shifts and visits of a team. The ids of events are the same for the same plan. Raises
    DependencyMissing."""
    try:
        from icalendar import Calendar
    except ImportError as missing:
        raise DependencyMissing(
            "writing iCalendar needs the package icalendar", hint="install: pip install 'truceline[patrol]'"
        ) from missing
    calendar = Calendar()
    calendar.add("prodid", "-//truceline//patrol plan//EN")
    calendar.add("version", "2.0")
    for shift in plan.shifts:
        if shift.team != team:
            continue
        calendar.add_component(_event(shift, "shift", shift.leave_s, shift.back_s, f"{team}: patrol", ""))
        for number, visit in enumerate(shift.visits):
            minutes = plan.task.options.check_in_s // 60
            said = f"Check in within {minutes} min of arrival."
            if visit.with_team:
                said += f" With {visit.with_team}."
            calendar.add_component(
                _event(shift, str(number), visit.begin_s, visit.end_s, f"{team}: {visit.post}", said)
            )
    return bytes(calendar.to_ical())


def _event(shift: Shift, part: str, from_s: int, to_s: int, title: str, said: str):  # type: ignore[no-untyped-def]
    from icalendar import Event

    event = Event()
    event.add("uid", f"{shift.team}-{shift.day.isoformat()}-{part}@truceline")
    event.add("dtstamp", instant(shift.leave_s))
    event.add("dtstart", instant(from_s))
    event.add("dtend", instant(to_s))
    event.add("summary", title)
    event.add("class", "CONFIDENTIAL")
    if said:
        event.add("description", said)
    return event

"""Dates that contradict one another."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from truceline.accord.lint.case import Case
from truceline.accord.model import Line, Provision, When
from truceline.accord.moments import anchor_cycle, deadline_of, end_of, instant_of
from truceline.accord.versions import family_of
from truceline.core.errors import InvalidInput
from truceline.core.instants import start_of_day, zone_of

_WITHDRAWALS = ("weapons_withdrawal", "forces_withdrawal")


def check(case: Case) -> None:
    """Time zone, signature, deadlines, intervals and the order of what depends on one another."""
    head = case.accord.accord
    _validities(case)
    _versions(case)
    if head.signed is None and head.status != "draft":
        case.report("unsigned", "accord", "does not say when it was signed")
    try:
        zone = zone_of(head.time_zone)
    except InvalidInput as error:
        case.report("unknown-time-zone", "accord.time_zone", error.message)
        return
    signed = None if head.signed is None else start_of_day(head.signed, zone)
    _in_force(case)
    for index, amendment in enumerate(case.accord.amendments):
        if (
            head.signed is not None
            and min(amendment.date, amendment.in_force or amendment.date) < head.signed
        ):
            case.report(
                "amendment-before-signature",
                f"amendments[{index}].date",
                f"amends the accord on {min(amendment.date, amendment.in_force or amendment.date)}, "
                f"before it was signed on {head.signed}",
            )
    for index, provision in enumerate(case.accord.provisions):
        _provision(case, provision, f"provisions[{index}]", signed)
        _order(case, provision, index)
    _withdrawals(case)


def _in_force(case: Case) -> None:
    head = case.accord.accord
    if head.signed is None or head.in_force is None:
        return
    day = head.in_force.date() if isinstance(head.in_force, datetime) else head.in_force
    if day < head.signed:
        case.report("in-force-before-signature", "accord.in_force", f"is before the signature, {head.signed}")


def _validities(case: Case) -> None:
    for path, part in case.parts():
        first: date | None = getattr(part, "valid_from", None)
        last: date | None = getattr(part, "valid_to", None)
        if first is not None and last is not None and last < first:
            case.report(
                "interval-inverted", f"{path}.valid_to", f"valid_to {last} is before valid_from {first}"
            )


def _versions(case: Case) -> None:
    """Days for which two versions of a line count alike, and days between versions that none covers."""
    lines = case.accord.lines
    for line in lines:
        family = family_of(case.accord, line.id)
        if line.version_of is not None or len(family) < 2:
            continue
        for later, second in enumerate(family):
            for first in family[:later]:
                if first.known_from == second.known_from and _share_a_day(first, second) and _bounded(first):
                    case.report(
                        "versions-disagree",
                        f"lines[{lines.index(second)}]",
                        f"{second.id!r} and {first.id!r} are valid on the same day and known since the same "
                        f"day; {second.id!r} counts",
                    )
        if all(_bounded(member) for member in family):
            _gaps(case, line, family)


def _bounded(line: Line) -> bool:
    # A line without dates is what versions with dates replace for their time.
    return line.valid_from is not None or line.valid_to is not None


def _share_a_day(one: Line, other: Line) -> bool:
    start = max(one.valid_from or date.min, other.valid_from or date.min)
    return start <= min(one.valid_to or date.max, other.valid_to or date.max)


def _gaps(case: Case, line: Line, family: tuple[Line, ...]) -> None:
    ordered = sorted(family, key=lambda member: member.valid_from or date.min)
    reached = ordered[0].valid_to
    for member in ordered[1:]:
        if reached is None:
            return
        if member.valid_from is not None and member.valid_from > reached + timedelta(days=1):
            case.report(
                "versions-leave-a-gap",
                f"lines[{case.accord.lines.index(member)}].valid_from",
                f"no version of {line.id!r} is valid after {reached} and before {member.valid_from}; "
                f"{line.id!r} itself counts there",
            )
        reached = None if member.valid_to is None else max(reached, member.valid_to)


def _moments(provision: Provision) -> list[tuple[str, When, str]]:
    fields = (
        ("from", getattr(provision, "starts", None)),
        ("due", provision.due),
        ("until", provision.until),
    )
    return [(key, when, "start" if key == "from" else "end") for key, when in fields if when is not None]


def _provision(case: Case, provision: Provision, path: str, signed: datetime | None) -> None:
    accord = case.accord
    instants: dict[str, datetime] = {}
    for key, when, edge in _moments(provision):
        instant = instant_of(when, accord, edge="start" if edge == "start" else "end")
        if instant is None:
            if not anchor_cycle(provision.id, accord):
                case.report(
                    "moment-unknown", f"{path}.{key}", f"the moment cannot be computed from {_words(when)}"
                )
            continue
        instants[key] = instant
        day_of_signature = case.accord.accord.signed
        if signed is not None and (instant < signed or (edge == "end" and instant == signed)):
            case.report(
                "deadline-before-signature",
                f"{path}.{key}",
                f"{provision.id}: {_words(when)} is before the accord was signed on {day_of_signature}",
            )
    for earlier, later in (("from", "due"), ("from", "until")):
        if earlier in instants and later in instants and instants[later] <= instants[earlier]:
            case.report("interval-inverted", f"{path}.{later}", f"{later} is not after {earlier}")


def _words(when: When) -> str:
    if when.date is not None:
        return when.date.isoformat()
    if when.at is not None:
        return when.at.isoformat()
    counts = [(when.months, "months"), (when.weeks, "weeks"), (when.days, "days"), (when.hours, "hours")]
    length = ", ".join(f"{number} {unit}" for number, unit in counts if number)
    return f"{length} after {when.after}" if length else f"{when.after}"


def _order(case: Case, provision: Provision, index: int) -> None:
    due = deadline_of(provision, case.accord) or end_of(provision, case.accord)
    for number, id in enumerate(provision.depends_on):
        first = case.accord.provision(id)
        first_due = None if first is None else deadline_of(first, case.accord)
        if due is not None and first_due is not None and due < first_due:
            case.report(
                "due-before-dependency",
                f"provisions[{index}].depends_on[{number}]",
                f"{provision.id} is due before {id}, which must be done first",
            )


def _withdrawals(case: Case) -> None:
    accord = case.accord
    zones = [p for p in accord.provisions if p.kind == "zone" and p.zone is not None]
    for index, provision in enumerate(accord.provisions):
        if provision.kind not in _WITHDRAWALS:
            continue
        due = deadline_of(provision, accord)
        for zone in zones:
            zone_due = deadline_of(zone, accord)
            same = getattr(provision, "zone", None) == zone.zone
            if same and due is not None and zone_due is not None and due > zone_due:
                case.report(
                    "withdrawal-after-zone",
                    f"provisions[{index}].due",
                    f"{provision.id} is due after {zone.id}, the zone that it empties",
                )

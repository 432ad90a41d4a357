"""The accord as it stands at an instant under a reading: readings and amendments applied to the text.

Readings say what the text means, and are applied first, each interpretation's adopted one unless another is
asked for. Amendments then change the text, in the order in which they came into force. An interpretation that
is `about` an amendment reads the amended text, and is applied right after it.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from truceline.accord.faults import did_you_mean
from truceline.accord.load import accord_of
from truceline.accord.model import Accord, Amendment, Change, Interpretation, Reading
from truceline.core.errors import Fault, InvalidAccord, InvalidInput
from truceline.core.instants import start_of_day, zone_of


@dataclass(frozen=True, slots=True)
class AppliedChange:
    """A change of the text and where it comes from: ``reading`` or ``amendment``, and that one's id."""

    origin: str
    id: str
    change: Change
    interpretation: str | None = None


def readings(accord: Accord) -> dict[str, tuple[Interpretation, Reading]]:
    """Every reading by its id, with the interpretation that it answers."""
    return {
        reading.id: (interpretation, reading)
        for interpretation in accord.interpretations
        for reading in interpretation.readings
    }


def chosen_readings(accord: Accord, reading: str | None = None) -> dict[str, Reading]:
    """The reading of each interpretation: the adopted one, or `reading` where it answers that question.

    Raises InvalidInput for an unknown reading, naming the ones that exist.
    """
    by_id = readings(accord)
    if reading is not None and reading not in by_id:
        near = did_you_mean(reading, by_id)
        raise InvalidInput(
            f"the accord {accord.accord.id} has no reading {reading!r}; "
            f"accepted: {', '.join(by_id) or 'none, for it has no interpretations'}",
            hint=f"did you mean {near!r}?" if near else None,
        )
    chosen = {i.id: by_id[i.adopted][1] for i in accord.interpretations}
    if reading is not None:
        interpretation, wanted = by_id[reading]
        chosen[interpretation.id] = wanted
    return chosen


def amendments_in_force(accord: Accord, at: datetime | None) -> tuple[Amendment, ...]:
    """The amendments in force at an instant, or all of them, in the order in which they came into force."""
    ordered = tuple(sorted(accord.amendments, key=lambda a: (a.in_force or a.date, a.date)))
    if at is None or not ordered:
        return ordered
    zone = zone_of(accord.accord.time_zone)
    return tuple(a for a in ordered if start_of_day(a.in_force or a.date, zone) <= at)


def changes_in_force(
    accord: Accord, *, at: datetime | None = None, reading: str | None = None
) -> Iterator[AppliedChange]:
    """Every change that `effective` makes, in its order. Raises InvalidInput for an unknown reading."""
    chosen = chosen_readings(accord, reading)
    in_force = amendments_in_force(accord, at)
    all_amendments = {amendment.id for amendment in accord.amendments}
    for interpretation in accord.interpretations:
        if all_amendments.isdisjoint(interpretation.about):
            yield from _of_reading(interpretation, chosen)
    read: set[str] = set()
    for amendment in in_force:
        for change in amendment.changes:
            yield AppliedChange("amendment", amendment.id, change)
        for interpretation in accord.interpretations:
            if amendment.id in interpretation.about and interpretation.id not in read:
                read.add(interpretation.id)
                yield from _of_reading(interpretation, chosen)


def _of_reading(interpretation: Interpretation, chosen: dict[str, Reading]) -> Iterator[AppliedChange]:
    reading = chosen[interpretation.id]
    for change in reading.changes:
        yield AppliedChange("reading", reading.id, change, interpretation.id)


def effective(accord: Accord, *, at: datetime | None = None, reading: str | None = None) -> Accord:
    """The accord with the readings and the amendments in force at `at` (a UTC instant; None: all) applied.

    `reading` replaces the adopted one of its interpretation. Apply it to the accord as written: what one
    reading has changed, another does not undo. Raises InvalidInput for an unknown reading, and
    InvalidAccord where a change does not fit the accord.
    """
    applied = list(changes_in_force(accord, at=at, reading=reading))
    return apply_changes(accord, applied) if applied else accord


def apply_changes(accord: Accord, applied: list[AppliedChange]) -> Accord:
    """The accord with these changes made, in order. Raises InvalidAccord where one does not fit."""
    data = accord.model_dump(mode="json", by_alias=True)
    parts = {
        part["id"]: part
        for section in ("parties", "places", "lines", "zones", "provisions")
        for part in data[section]
    }
    for item in applied:
        place = f"{item.origin} {item.id}, {item.change.target}"
        part = parts.get(item.change.target)
        if part is None:
            near = did_you_mean(item.change.target, parts)
            message = f"changes {item.change.target!r}, which is no party, place, line, zone or provision"
            raise InvalidAccord.of_faults(
                [
                    Fault(
                        message + (f"; did you mean {near!r}?" if near else ""),
                        path=f"{item.origin} {item.id}",
                    )
                ]
            )
        for name, value in item.change.set.items():
            _set(part, name, value, place)
        _check(data, place)
    return accord_of(data)


def _check(data: dict[str, Any], place: str) -> None:
    try:
        accord_of(data)
    except InvalidAccord as error:
        raise InvalidAccord.of_faults(
            [Fault(fault.sentence(), path=place, code="change-does-not-apply") for fault in error.faults]
        ) from error


def _set(part: dict[str, Any], name: str, value: Any, place: str) -> None:
    """Sets a field; a dotted name goes deeper, and a number is an item of a list, counted from 0."""
    steps = name.split(".")
    here: Any = part
    for step, following in zip(steps, [*steps[1:], None], strict=True):
        key = _key(here, step, name, place)
        if following is None:
            if name in ("id", "kind"):
                raise InvalidAccord.of_faults([Fault(f"{name} cannot be changed", path=place)])
            here[key] = deepcopy(value)
            return
        if isinstance(here, dict) and here.get(step) is None:
            here[step] = {}
        here = here[key]


def _key(here: Any, step: str, name: str, place: str) -> Any:
    if isinstance(here, dict):
        return step
    if isinstance(here, list) and step.isdigit() and int(step) < len(here):
        return int(step)
    found = f"a list of {len(here)}" if isinstance(here, list) else "a single value"
    raise InvalidAccord.of_faults([Fault(f"{name}: {step!r} leads nowhere", path=place, found=found)])

"""Readings and amendments: whether they fit the accord, and what they break."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from truceline.accord.effective import AppliedChange, apply_changes
from truceline.accord.lint.case import Case
from truceline.accord.model import Accord, Amendment, Reading
from truceline.core.errors import InvalidAccord


def check(case: Case, checks: Sequence[Callable[[Case], None]]) -> None:
    """Applies each reading and each amendment, and runs `checks` again over what comes of it."""
    accord = case.accord
    before = {(fault.code, fault.path, fault.message) for fault in case.faults}
    for number, interpretation in enumerate(accord.interpretations):
        for index, reading in enumerate(interpretation.readings):
            path = f"interpretations[{number}].readings[{index}]"
            if not reading.changes and reading.id != interpretation.adopted:
                _idle(case, interpretation.adopted, interpretation.readings, reading, path)
            _under(case, "reading", reading, path, checks, before)
    for number, amendment in enumerate(accord.amendments):
        _under(case, "amendment", amendment, f"amendments[{number}]", checks, before)


def _idle(case: Case, adopted: str, rivals: Sequence[Reading], reading: Reading, path: str) -> None:
    ruling = next(rival for rival in rivals if rival.id == adopted)
    if not ruling.changes:
        case.report(
            "reading-changes-nothing",
            path,
            f"under {reading.id} nothing would differ from {adopted}: say what it changes",
        )


def _under(
    case: Case,
    origin: str,
    holder: Reading | Amendment,
    path: str,
    checks: Sequence[Callable[[Case], None]],
    before: set[tuple[str, str | None, str]],
) -> None:
    changed = _applied(case, origin, holder, path)
    if changed is None:
        return
    # Only what the change breaks is reported, at the change: the lines of the parts say nothing of it.
    trial = Case(changed, None, {})
    for check in checks:
        check(trial)
    for fault in trial.faults:
        if (fault.code, fault.path, fault.message) not in before and fault.code != "unused":
            case.report(fault.code, path, f"under the {origin} {holder.id}, {fault.path}: {fault.message}")


def _applied(case: Case, origin: str, holder: Reading | Amendment, path: str) -> Accord | None:
    if not holder.changes:
        return None
    try:
        return apply_changes(case.accord, [AppliedChange(origin, holder.id, c) for c in holder.changes])
    except InvalidAccord as error:
        for fault in error.faults:
            case.report("change-does-not-apply", path, fault.sentence())
        return None

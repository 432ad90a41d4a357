"""The cross-checks that a careful lawyer would make before anybody relies on an accord.

The model checks each part by itself; these check the parts against one another, against their sources and
against their geometries. Every fault has a code of `RULES`, which says whether it is an error or a warning.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from truceline.accord.lint import geometries, obligations, quotations, readings, references, spaces, times
from truceline.accord.lint.case import Case
from truceline.accord.lint.rules import RULES, Rule, Severity, severity_of
from truceline.accord.model import Accord
from truceline.core.errors import Fault

__all__ = [
    "RULES",
    "Rule",
    "Severity",
    "errors_among",
    "geometry_faults",
    "lint",
    "severity_of",
    "warnings_among",
]

_STATIC: tuple[Callable[[Case], None], ...] = (
    references.check,
    times.check,
    spaces.check,
    obligations.check,
)


def lint(
    accord: Accord, base_dir: Path | str | None = None, positions: Mapping[str, int] | None = None
) -> list[Fault]:
    """Everything that does not agree, in the order of the text.

    `base_dir` is the folder of the accord's file, in which sources and geometries lie; without it their files
    are not looked at. `positions` give the lines. What is open in a draft is a warning there, and an error in
    a confirmed accord: `severity_of` says which.
    """
    base = None if base_dir is None else Path(base_dir)
    case = Case(accord, base, positions or {})
    for check in _STATIC:
        check(case)
    quotations.check(case)
    geometries.check(case)
    readings.check(case, _STATIC)
    return sorted(case.faults, key=lambda fault: (fault.line or 0, fault.path or "", fault.code))


def geometry_faults(accord: Accord, positions: Mapping[str, int], base_dir: Path) -> list[Fault]:
    """What is wrong with the accord's geometries alone; their files are looked for in `base_dir`."""
    case = Case(accord, base_dir, positions)
    geometries.check(case)
    return case.faults


def errors_among(faults: list[Fault], accord: Accord) -> list[Fault]:
    """The faults that make the accord invalid."""
    return [fault for fault in faults if severity_of(fault.code, accord) is Severity.ERROR]


def warnings_among(faults: list[Fault], accord: Accord) -> list[Fault]:
    """The faults that a person should look at, but that leave the accord valid."""
    return [fault for fault in faults if severity_of(fault.code, accord) is Severity.WARNING]

"""From status to the Peace Accords Matrix, as docs/reference/assessment.md says it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from truceline.assess import Obligation, Status
from truceline.products.export.pam import pam_of

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "assessment.md"


def obligation(status: Status, **details: Any) -> Obligation:
    return Obligation(
        "p", "weapons_withdrawal", status, 0.5, "done", 0.5, 0.5, since=None, due=None, because=(),
        details=details,
    )  # fmt: skip


def ledger(declared: int, stored: int) -> list[dict[str, int]]:
    return [{"declared": declared, "stored": stored, "left": 0}]


@pytest.mark.parametrize("status", list(Status))
def test_every_status_allows_what_the_page_says(status: Status) -> None:
    row = next(line for line in PAGE.read_text().splitlines() if line.startswith(f"| `{status}` |"))
    said = row.strip("|").split("|")[-1].strip()
    found = pam_of(obligation(status))
    if said.startswith("not coded"):
        assert (found.least, found.most, found.code) == (None, None, None)
    elif said.startswith("by judgement"):
        assert (found.least, found.most, found.code) == (0, 3, None)
    else:
        numbers = [int(number) for number in re.findall(r"\b[0-3]\b", said)]
        assert (found.least, found.most) == (min(numbers), max(numbers))


@pytest.mark.parametrize(
    ("status", "stored", "code"),
    [
        (Status.OVERDUE, 0, 0),
        (Status.OVERDUE, 4, 1),
        (Status.OVERDUE, 5, 2),
        (Status.IN_PROGRESS, 1, 1),
        (Status.IN_PROGRESS, 9, 2),
    ],
)
def test_a_declared_inventory_decides_the_code(status: Status, stored: int, code: int) -> None:
    assert pam_of(obligation(status, ledger=ledger(10, stored))).code == code


def test_what_is_stored_beyond_one_declaration_does_not_stand_for_another() -> None:
    both = ledger(10, 20) + ledger(10, 0)
    assert pam_of(obligation(Status.OVERDUE, ledger=both)).why == "overdue, 50% of the declared inventory"

"""How the work of an assessment grows with the evidence, in calls and in memory, not in seconds.

In November 2026 a million reports came to take three times as long as before, and nobody noticed for a day:
one text of every row was asked again and again, and places were computed one by one. Bounds are a quarter to
a half above what was counted when they were set; before, the smaller table took 2.5 million calls.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from truceline.accord.effective import effective
from truceline.accord.geometry import resolve_geometry
from truceline.accord.load import load_accord
from truceline.assess import assess
from truceline.assess.columns import Evidence

FEW, MANY = 10_000, 40_000


@pytest.fixture(scope="module")
def judged(idlib: Path) -> Callable[[pa.Table], Any]:
    accord = load_accord(idlib / "accord.yaml")
    geometry = resolve_geometry(effective(accord), idlib)
    as_of = datetime(2020, 3, 1, tzinfo=UTC)
    return partial(assess, accord, geometry, as_of=as_of, known_at=as_of + timedelta(days=30))


@pytest.fixture(scope="module")
def tables() -> tuple[pa.Table, pa.Table]:
    """Reports of 4,000 towns and of places of their own; a quarter as many names of places as rows."""
    sys.path.insert(0, str(Path(__file__).parents[3] / "benchmarks"))
    from assess import generated

    few, many = (generated(rows, places=rows // 4) for rows in (FEW, MANY))
    return few, many


def test_four_times_the_evidence_takes_half_as_many_calls_more_and_no_memory_per_row(
    judged: Callable[[pa.Table], Any],
    tables: tuple[pa.Table, pa.Table],
    count_calls: Callable[[Callable[[], Any]], int],
    peak_bytes: Callable[[Callable[[], Any]], int],
) -> None:
    few, many = tables
    for table in tables:
        judged(table)  # what is kept for the next assessment is no part of this one
    calls = [count_calls(partial(judged, table)) for table in (few, many)]
    # Columns are asked, not rows: 509,000 and 646,000 calls, which is 4.5 for each further row.
    assert calls[0] < 640_000
    assert calls[1] - calls[0] < 6 * (MANY - FEW)
    peaks = [peak_bytes(partial(judged, table)) for table in (few, many)]
    # 238 bytes for each further row.
    assert peaks[1] - peaks[0] < 310 * (MANY - FEW)


def test_nothing_holds_the_evidence_once_it_is_judged(
    judged: Callable[[pa.Table], Any], tables: tuple[pa.Table, pa.Table]
) -> None:
    # Two assessments in a row must not take the memory of both.
    gc.collect()
    gc.disable()
    try:
        before = {id(held) for held in gc.get_objects() if type(held) is Evidence}  # of other tests' fixtures
        verdict = judged(tables[0])
        assert not [held for held in gc.get_objects() if type(held) is Evidence and id(held) not in before]
        assert verdict.obligations
    finally:
        gc.enable()

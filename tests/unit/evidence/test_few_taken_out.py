"""What stands is the same whether few rows are taken out or many."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pyarrow as pa
import pytest

from truceline.evidence.history import FEW, current

Make = Callable[..., pa.Table]


@pytest.mark.parametrize("out", [0, 1, FEW, FEW + 1, 199, 200])
def test_rows_that_are_retracted_are_taken_out_however_many(out: int, observation_table: Make) -> None:
    at = datetime(2025, 3, 1, tzinfo=UTC)
    gone = {(number * 7) % 200 for number in range(out)}  # here and there, each once
    table = observation_table(
        [{"id": f"o{number}", "retracted": number in gone, "recorded_at": at} for number in range(200)]
    )
    found = current(pa.concat_tables([table.slice(0, 90), table.slice(90)]))
    assert found.schema == table.schema
    assert found["id"].to_pylist() == [f"o{number}" for number in range(200) if number not in gone]

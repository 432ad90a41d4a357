"""How much Python does for each row that is taken in, in calls and not in seconds."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

ACCORD = """\
accord: {id: bench, title: Benchmark, time_zone: Asia/Damascus, status: confirmed, version: 1}
parties:
- {id: north, names: North, role: side}
- {id: south, names: South, role: side}
"""
HEAD = "id,kind,date_start,date_end,place,lon,lat,error_m,actor,target,fatalities,report,source\n"
KINDS = ("shelling", "air_strike", "armed_clash", "explosion")


def write(path: Path, rows: int) -> Path:
    """Invented events, each with a number and a place of its own."""
    lines = [
        f"e{n},{KINDS[n % 4]},2019-0{1 + n % 9}-1{n % 7},2019-0{1 + n % 9}-1{n % 7},place {n % 700},"
        f"{35.7 + n * 1.7e-5:.5f},{34.9 + n * 1.3e-5:.5f},1000,north,south,{n % 4},"
        f"event {n}; residents spoke of several impacts,wire\n"
        for n in range(rows)
    ]
    path.write_text(HEAD + "".join(lines))
    return path


def test_each_further_row_is_a_dozen_calls(
    tmp_path: Path, count_calls: Callable[[Callable[[], Any]], int]
) -> None:
    from truceline.app.ingest import ingest
    from truceline.store.workspace import Workspace

    (tmp_path / "accord.yaml").write_text(ACCORD)
    calls = []
    for number, rows in enumerate((100, 2_000, 8_000)):  # the first loads what is loaded once
        workspace = Workspace.create(tmp_path / f"workspace-{number}", tmp_path / "accord.yaml")
        events = write(tmp_path / f"events-{number}.csv", rows)
        calls.append(count_calls(partial(ingest, workspace, [events])))
    each = (calls[2] - calls[1]) / 6_000
    assert each < 12  # 9 when this was set, 105 before

"""Effort by day and zone: every report counted once in each zone that it meets, or once in none."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pyarrow as pa
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.app.desk import View, Wanted
from truceline.app.desk.watched import effort_by_day
from truceline.evidence.table import OBSERVATION_SCHEMA

START = datetime(2025, 3, 1, tzinfo=UTC)
ZONES = {"west": shapely.box(36.0, 35.0, 36.5, 36.0), "middle": shapely.box(36.4, 35.0, 36.6, 36.0)}
KINDS = ("observation_effort", "access_refused", "access_delayed", "shelling")


@given(
    reports=st.lists(
        st.tuples(
            st.sampled_from(KINDS), st.sampled_from([36.1, 36.45, 36.55, 36.9]), st.integers(0, 60),
            st.none() | st.integers(0, 20).map(lambda quarters: quarters / 4),
        ),
        max_size=30,
    ),
    by_zone=st.booleans(),
)  # fmt: skip
@settings(max_examples=60, deadline=None)
def test_effort_is_told_by_day_and_zone(
    reports: list[tuple[str, float, int, float | None]], by_zone: bool
) -> None:
    rows: list[dict[str, Any]] = []
    days: dict[tuple[str, str], dict[str, Any]] = {}
    for number, (kind, lon, hour, looked) in enumerate(reports):
        began = START + timedelta(hours=hour)
        rows.append(
            dict.fromkeys(OBSERVATION_SCHEMA.names)
            | {
                "id": f"o{number}", "kind": kind, "lon": lon, "lat": 35.5, "effort_h": looked,
                "occurred_from": began, "occurred_to": began, "recorded_at": START, "actors": [],
                "targets": [], "source": "wire", "claim": False, "synthetic": False, "retracted": False,
            }
        )  # fmt: skip
        if kind == "shelling":
            continue
        met = [id for id, zone in ZONES.items() if by_zone and zone.intersects(shapely.Point(lon, 35.5))]
        for zone in met or [""]:
            day = f"{began:%Y-%m-%d}"
            empty = {
                "day": day, "zone": zone or None, "hours": 0.0, "reports": 0, "refused": 0, "delayed": 0
            }  # fmt: skip
            told = days.setdefault((day, zone), empty)
            if kind == "observation_effort":
                told["hours"] += looked or 0.0
                told["reports"] += 1
            else:
                told["refused" if kind == "access_refused" else "delayed"] += 1
    table = pa.Table.from_pylist(rows, OBSERVATION_SCHEMA)
    view = View(table, table["id"].combine_chunks(), lambda _: np.ones(len(rows), np.bool_), ZONES)
    assert effort_by_day(view, Wanted(), by_zone=by_zone) == [days[key] for key in sorted(days)]

"""A view: the rows that match, in the order of time, whatever pieces the record lies in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.app.desk import View, Wanted
from truceline.evidence.table import OBSERVATION_SCHEMA

START = datetime(2025, 3, 1, tzinfo=UTC)
KINDS = ("shelling", "explosion", "observation_effort")
CELL = shapely.box(36.0, 35.5, 36.1, 35.6)


def table_of(rows: list[dict[str, Any]], pieces: list[int]) -> pa.Table:
    """Rows as a record gives them: in as many pieces as were written, where these end."""
    whole = pa.Table.from_pylist(rows, OBSERVATION_SCHEMA)
    ends = sorted({0, *(end for end in pieces if end < len(rows)), len(rows)})
    return pa.concat_tables([whole.slice(a, b - a) for a, b in pairwise(ends)] or [whole])


def view_of(rows: list[dict[str, Any]], pieces: list[int] = []) -> View:  # noqa: B006
    """A view under whose ids each row is shown as ``seen-…``."""
    table = table_of(rows, pieces)
    recorded = pa.array([row["id"].removeprefix("seen-") for row in rows], pa.string())
    standing = np.array([not row["retracted"] for row in rows], np.bool_)
    return View(table, recorded, lambda _: standing, {})


@st.composite
def reports(draw: st.DrawFn) -> dict[str, Any]:
    """A report of an hour or of days: a point, a cell, or of no place."""
    began = START + timedelta(hours=draw(st.integers(0, 30)))
    where = draw(st.sampled_from(["point", "cell", "nowhere"]))
    lon, lat = draw(st.integers(360, 364)) / 10, draw(st.integers(355, 359)) / 10
    return dict.fromkeys(OBSERVATION_SCHEMA.names) | {
        "kind": draw(st.sampled_from(KINDS)),
        "lon": None if where == "nowhere" else lon,
        "lat": None if where == "nowhere" else lat,
        "geometry": shapely.to_wkb(CELL) if where == "cell" else None,
        "occurred_from": began,
        "occurred_to": began + timedelta(hours=draw(st.sampled_from([0, 1, 50]))),
        "recorded_at": START + timedelta(days=9),
        "actors": draw(st.sampled_from([[], ["Northern Forces"]])),
        "targets": [],
        "fatalities": draw(st.none() | st.integers(0, 2)),
        "source": draw(st.sampled_from(["wire", "post"])),
        "claim": False,
        "synthetic": draw(st.booleans()),
        "retracted": draw(st.booleans()),
    }


def _matches(row: dict[str, Any], wanted: Wanted) -> bool:
    """By hand, as the documentation of `Wanted` says it."""
    if wanted.kinds and row["kind"] not in wanted.kinds:
        return False
    if (wanted.end and row["occurred_from"] >= wanted.end) or (
        wanted.start and row["occurred_to"] <= wanted.start
    ):
        return False
    if wanted.box:
        if row["lon"] is None:
            return False
        place = CELL if row["geometry"] else shapely.Point(row["lon"], row["lat"])
        if not place.intersects(shapely.box(*wanted.box)):
            return False
    if wanted.actor and wanted.actor.lower() not in [name.lower() for name in row["actors"]]:
        return False
    return (
        (not wanted.standing or not row["retracted"])
        and (wanted.synthetic is None or row["synthetic"] is wanted.synthetic)
        and (wanted.source is None or row["source"] == wanted.source)
    )


HOURS = st.none() | st.integers(-5, 90).map(lambda hours: START + timedelta(hours=hours))


@given(
    rows=st.lists(reports(), max_size=25),
    pieces=st.lists(st.integers(1, 24), max_size=3),
    wanted=st.builds(
        Wanted,
        box=st.none() | st.sampled_from([(36.05, 35.55, 36.2, 35.7), (36.2, 35.6, 36.4, 35.9)]),
        start=HOURS,
        end=HOURS,
        kinds=st.sampled_from([(), ("shelling",), ("shelling", "explosion")]),
        actor=st.sampled_from([None, "northern forces"]),
        source=st.sampled_from([None, "wire"]),
        synthetic=st.none() | st.booleans(),
        standing=st.booleans(),
    ),
    first=st.integers(0, 5),
)
@settings(max_examples=120, deadline=None)
def test_a_view_gives_what_matches_newest_first(
    rows: list[dict[str, Any]], pieces: list[int], wanted: Wanted, first: int
) -> None:
    rows = [row | {"id": f"seen-o{number}"} for number, row in enumerate(rows)]
    view = view_of(rows, pieces)
    ordered = sorted(rows, key=lambda row: row["occurred_from"], reverse=True)
    expected = [row for row in ordered if _matches(row, wanted)]
    page = [row for row in ordered[first:] if _matches(row, wanted)][:3]
    found, total = view.select(wanted, first=first, limit=3)
    assert total == len(expected)
    told = view.take(found)
    assert [row["id"] for row in told] == [row["id"] for row in page]
    for row, given_row in zip(told, page, strict=True):
        assert row == given_row
    assert view.column_at("fatalities", found).to_pylist() == [row["fatalities"] for row in told]
    assert [view.column("source")[int(row)].as_py() for row in found] == [row["source"] for row in told]
    for row, one in zip(found, told, strict=True):
        assert view.row_of(one["id"]) == row
        assert view.shown_at(row) == one["id"]
        recorded = one["id"].removeprefix("seen-")
        assert view.recorded_id(one["id"]) == recorded == view.ids[row].as_py()
        assert view.shown_ids([recorded, "another"]) == {recorded: one["id"]}
        assert (view.shapes_at([row])[0] is None) == (one["geometry"] is None)


def test_a_page_goes_on_after_its_last_row_and_where_that_is_gone_after_its_instant() -> None:
    plain = dict.fromkeys(OBSERVATION_SCHEMA.names) | {
        "kind": "shelling", "recorded_at": START, "source": "wire", "actors": [], "targets": [],
        "claim": False, "synthetic": False, "retracted": False,
    }  # fmt: skip
    hours = (3, 2, 2, 2, 1)  # of five reports, newest first, three began at once
    rows = []
    for number, hour in enumerate(hours):
        at = START + timedelta(hours=hour)
        rows.append(plain | {"id": f"o{number}", "occurred_from": at, "occurred_to": at})
    view = view_of(rows)
    began = [int(one) for one in view.start_us]
    for number in range(len(rows)):
        assert view.row_before(began[number], f"o{number}") == number + 1
    assert view.row_before(began[2], "gone") == 1
    assert view.row_before(began[0] + 1, "gone") == 0
    assert view.row_before(began[4] - 1, "gone") == 5
    assert view.row_before(10**40, "gone") == 0
    assert view.row_before(-(10**40), "gone") == 5
    assert view.open_ends(START, START + timedelta(hours=3)) == (None, START + timedelta(hours=3))
    assert view.open_ends(START + timedelta(hours=1), START + timedelta(hours=4)) == (
        START + timedelta(hours=1),
        None,
    )
    assert (view.row_of("gone"), view.recorded_id("gone"), view.shown_ids([])) == (None, None, {})


TEXT = st.none() | st.text(max_size=3)
TOLD = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(KINDS),
        "place": TEXT,
        "lon": st.none() | st.floats(-180, 180),
        "fatalities": st.none() | st.integers(-(2**40), 2**40),
        "credibility": st.none() | st.integers(1, 6),
        "observed_at": st.none()
        | st.integers(-62_135_510_400_000_000, 253_402_128_000_000_000).map(
            lambda micros: datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=micros)
        ),
        "reported_at": st.none() | st.integers(0, 10**9).map(lambda s: START + timedelta(seconds=s)),
        "actors": st.lists(st.text(max_size=2), max_size=3),
        "claim": st.booleans(),
    }
)


@given(
    given_rows=st.lists(TOLD, min_size=1, max_size=8),
    pieces=st.lists(st.integers(1, 7), max_size=3),
    copies=st.sampled_from([1, 60]),
)
@settings(max_examples=80, deadline=None)
def test_what_is_told_of_rows_is_what_arrow_makes_of_them(
    given_rows: list[dict[str, Any]], pieces: list[int], copies: int
) -> None:
    fixed = {
        "occurred_from": START, "occurred_to": START, "recorded_at": START, "targets": [], "source": "wire",
        "synthetic": True, "retracted": False,
    }  # fmt: skip
    rows = [
        dict.fromkeys(OBSERVATION_SCHEMA.names) | fixed | row | {"id": f"seen-{number}"}
        for number, row in enumerate(given_rows * copies)
    ]
    view = view_of(rows, pieces)
    asked = np.arange(len(rows))[::-1]
    expected = [
        {
            name: value.isoformat().replace("+00:00", "Z") if isinstance(value, datetime) else value
            for name, value in row.items()
            if name not in ("geometry", "digest")
        }
        for row in view.take(asked)
    ]
    told = view.told(asked)
    assert [dict(zip(told, values, strict=True)) for values in zip(*told.values(), strict=True)] == expected

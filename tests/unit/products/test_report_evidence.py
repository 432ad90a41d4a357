from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pyarrow as pa

from truceline.evidence.table import OBSERVATION_SCHEMA
from truceline.products.report.evidence import evidence_rows, shown

START = datetime(2021, 5, 1, tzinfo=UTC)


def _observation(id: str, day: int = 0, **changes: Any) -> dict[str, Any]:
    base: dict[str, Any] = dict.fromkeys(OBSERVATION_SCHEMA.names)
    return (
        base
        | {
            "id": id,
            "kind": "shelling",
            "occurred_from": START + timedelta(days=day),
            "occurred_to": START + timedelta(days=day + 1),
            "recorded_at": START + timedelta(days=40),
            "actors": ["N. Forces"],
            "targets": [],
            "source": "post",
            "claim": False,
            "synthetic": False,
            "retracted": False,
        }
        | changes
    )


def _table(*rows: dict[str, Any]) -> pa.Table:
    return pa.Table.from_pylist(list(rows), schema=OBSERVATION_SCHEMA)


def _rows(table: pa.Table, **names: Any) -> Any:
    given: dict[str, Any] = {"actor_names": {}, "incident_of": {}} | names
    return evidence_rows(table, language="en", **given)


def test_rows_are_numbered_in_order_of_time_whatever_the_order_of_the_table() -> None:
    observations = [_observation("c", 3), _observation("a", 1), _observation("b", 2)]
    forwards, backwards = _rows(_table(*observations)), _rows(_table(*reversed(observations)))
    assert [(row.number, row.id) for row in forwards] == [(1, "a"), (2, "b"), (3, "c")]
    assert forwards == backwards


def test_a_name_is_shown_as_the_party_that_it_means() -> None:
    (row,) = _rows(_table(_observation("a", targets=["S."])), actor_names={"N. Forces": "North"})
    assert (row.actors, row.targets) == (("North",), ("S.",))


def test_reports_of_one_incident_know_how_many_they_are() -> None:
    table = _table(_observation("a"), _observation("b"), _observation("c"))
    rows = _rows(table, incident_of={"a": "i1", "b": "i1", "c": "i2"})
    assert [row.reports_of_incident for row in rows] == [2, 2, 1]


def test_a_superseded_report_stays_and_is_marked() -> None:
    rows = _rows(_table(_observation("a"), _observation("b", 1, supersedes="a")))
    assert [(row.id, row.superseded) for row in rows] == [("a", True), ("b", False)]


def test_a_report_without_coordinates_is_not_located() -> None:
    rows = _rows(_table(_observation("a", lon=20.0, lat=42.0, error_m=900.0), _observation("b", 1)))
    assert [row.located for row in rows] == [True, False]


def test_the_kind_is_said_in_words_and_an_unknown_family_is_other() -> None:
    rows = _rows(_table(_observation("a", kind="air_strike"), _observation("b", 1, kind="other")))
    assert [(row.kind_name, row.family) for row in rows] == [
        ("air strike", "any_military_action"),
        ("other event", "other"),
    ]


def test_where_not_all_fit_the_cited_stay_and_then_the_newest() -> None:
    table = _table(*(_observation(f"o{day:02d}", day) for day in range(20)))
    kept = shown(table, {"o03", "o04"}, most=5)["id"].to_pylist()
    assert sorted(kept) == ["o03", "o04", "o17", "o18", "o19"]


def test_more_cited_reports_than_fit_keep_the_newest_of_them() -> None:
    table = _table(*(_observation(f"o{day:02d}", day) for day in range(20)))
    kept = shown(table, {f"o{day:02d}" for day in range(10)}, most=4)["id"].to_pylist()
    assert sorted(kept) == ["o06", "o07", "o08", "o09"]


def test_a_report_without_a_rating_takes_that_of_its_source() -> None:
    table = _table(_observation("a"), _observation("b", 1, reliability="A"), _observation("c", 2, source="x"))
    rows = _rows(table, reliability_of={"Post": "C"})
    assert [row.reliability for row in rows] == ["C", "A", None]

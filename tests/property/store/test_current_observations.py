"""What stands of a record: `known_by` and `current` beside a look at every row."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.evidence.history import current, known_by

DAY = datetime(2018, 10, 1, tzinfo=UTC)
Table = Callable[..., pa.Table]
ROWS = st.lists(
    st.tuples(st.sampled_from([None, None, *range(12)]), st.booleans(), st.integers(0, 5)), max_size=12
)


def table_of(make: Table, rows: list[Any]) -> pa.Table:
    return make(
        {
            "id": f"o{n:02}",
            "supersedes": None if target is None else f"o{target:02}",
            "retracted": retracted and target is not None,
            "recorded_at": DAY + timedelta(days=day),
        }
        for n, (target, retracted, day) in enumerate(rows)
    )


def standing(rows: list[dict[str, Any]]) -> set[str]:
    """By following every row by hand."""
    target = {row["id"]: row["supersedes"] for row in rows if row["supersedes"] in {r["id"] for r in rows}}
    gone = set(target.values())
    for row in rows:
        circle, at = [row["id"]], target.get(row["id"])
        while at is not None and at not in circle:
            circle.append(at)
            at = target.get(at)
        if at == row["id"]:
            by_time = {r["id"]: (r["recorded_at"], r["id"]) for r in rows}
            gone.discard(max(circle, key=lambda id: by_time[id]))
    return {row["id"] for row in rows if row["id"] not in gone and not row["retracted"]}


@settings(max_examples=150)
@given(rows=ROWS, day=st.integers(-1, 6))
def test_current_is_what_a_look_at_every_row_finds(
    observation_table: Table, rows: list[Any], day: int
) -> None:
    table = table_of(observation_table, rows)
    moment = DAY + timedelta(days=day)
    known = [row for row in table.to_pylist() if row["recorded_at"] <= moment]
    assert known_by(table, moment)["id"].to_pylist() == [row["id"] for row in known]
    assert set(current(table, moment)["id"].to_pylist()) == standing(known)


@settings(max_examples=60)
@given(rows=ROWS, chance=st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_decide_what_stands(
    observation_table: Table, rows: list[Any], chance: Any
) -> None:
    table = table_of(observation_table, rows)
    order = list(range(len(rows)))
    chance.shuffle(order)
    shuffled = table.take(pa.array(order, pa.int64()))
    assert set(current(shuffled)["id"].to_pylist()) == set(current(table)["id"].to_pylist())


@settings(max_examples=60)
@given(rows=ROWS, day=st.integers(-1, 6))
def test_what_is_recorded_later_does_not_change_what_was_known(
    observation_table: Table, rows: list[Any], day: int
) -> None:
    table = table_of(observation_table, rows)
    moment = DAY + timedelta(days=day)
    assert current(table, moment).equals(current(known_by(table, moment)))


def test_a_circle_of_corrections_leaves_the_last_recorded_one(observation_table: Table) -> None:
    rows = [
        {"id": "a", "supersedes": "c", "recorded_at": DAY},
        {"id": "b", "supersedes": "a", "recorded_at": DAY + timedelta(days=2)},
        {"id": "c", "supersedes": "b", "recorded_at": DAY + timedelta(days=1)},
        {"id": "d", "supersedes": "d", "recorded_at": DAY},
    ]
    assert current(observation_table(rows))["id"].to_pylist() == ["b", "d"]


def test_where_nothing_is_superseded_nothing_is_copied(observation_table: Table) -> None:
    table = observation_table([{"id": "a"}, {"id": "b"}])
    assert current(table) is table


@pytest.mark.parametrize("moment", [None, DAY])
def test_an_empty_record_has_nothing_that_stands(observation_table: Table, moment: datetime | None) -> None:
    assert current(observation_table([]), moment).num_rows == 0

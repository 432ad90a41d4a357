"""What a reader sees does not depend on what it may not see: shown by changing that and comparing."""

import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pyarrow as pa
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from truceline.evidence.corrections import Correction
from truceline.evidence.permissions import CELL_DEG, Names, Reader, Role, readers, shown_id, visible
from truceline.evidence.permissions.visible import OF_REPORTERS, WITHHELD, coarsened
from truceline.evidence.table import OBSERVATION_SCHEMA

NOW = datetime(2026, 1, 10, tzinfo=UTC)
OLD = NOW - timedelta(days=10)
KEY = b"k" * 32
EVERYBODY = readers(("north", "south"))
NORTH, SOUTH = (Reader(Role.LIAISON, party) for party in ("north", "south"))

Make = Callable[..., pa.Table]


def restrict(seq: int, subject: str, target: str, party: str | None, act: str = "restrict") -> Correction:
    return Correction(seq, OLD, act, subject, target, "A", "asked for", party=party)


RESTRICTED = [
    restrict(1, "source", "north liaison", "north"),
    restrict(2, "observation", "of-south", "south"),
    restrict(3, "source", "Umm Khalid", None),
    restrict(4, "source", "wire", "south"),
    restrict(5, "source", "wire", None, "release"),
]


@pytest.fixture(scope="module")
def table(observation_table: Make) -> pa.Table:
    where: dict[str, Any] = {
        "lon": 36.4321,
        "lat": 35.6789,
        "error_m": 50.0,
        "place": "Jisr ash-Shughur",
        "recorded_at": OLD,
    }
    told = {"report": "I saw", "observed_from": "roof", "origin_id": "7", "quote": "q", "details": "{}"}
    rows: list[dict[str, Any]] = [
        {"id": "open", "source": "wire"},
        {"id": "of-north", "source": "north liaison"},
        {"id": "of-south", "source": "wire"},
        {"id": "of-south-2", "source": "wire", "supersedes": "of-south"},
        {"id": "of-monitors", "source": "Umm Khalid"},
        {"id": "new", "source": "wire", "recorded_at": NOW - timedelta(hours=1)},
    ]
    return observation_table([where | told | row for row in rows])


def seen(table: pa.Table, reader: Reader, **options: Any) -> Any:
    return visible(table, RESTRICTED, reader, now=NOW, key=KEY, **options)


def test_each_reader_sees_the_rows_that_its_row_of_the_matrix_gives(table: pa.Table) -> None:
    ids = {(one.role, one.party): seen(table, one).ids.to_pylist() for one in EVERYBODY}
    everything = table["id"].to_pylist()
    assert ids == {
        (Role.PUBLIC, None): ["open"],
        (Role.OBSERVER, None): ["open", "new"],
        (Role.LIAISON, "north"): ["open", "of-north", "new"],
        (Role.LIAISON, "south"): ["open", "of-south", "of-south-2", "new"],
        (Role.ANALYST, None): everything,
        (Role.MONITOR, None): everything,
        (Role.ADMINISTRATOR, None): everything,
    }


def test_places_are_cells_and_reporters_withheld_but_for_a_partys_own_places(table: pa.Table) -> None:
    rows = seen(table, NORTH).observations.to_pylist()
    for row, own in zip(rows, (False, True, False), strict=True):
        assert row["source"] == WITHHELD
        assert {row[name] for name in OF_REPORTERS} == {None}
        assert (row["lon"], row["lat"], row["place"]) == (
            (36.4321, 35.6789, "Jisr ash-Shughur") if own else (36.45, 35.65, None)
        )
    cell = shapely.from_wkb(rows[0]["geometry"])
    assert cell.bounds == (36.4, 35.6, 36.5, 35.7)
    assert rows[0]["error_m"] >= 7_800
    assert seen(table, Reader(Role.ANALYST)).observations["lon"].to_pylist() == table["lon"].to_pylist()
    assert set(seen(table, Reader(Role.ANALYST)).observations["source"].to_pylist()) == {WITHHELD}
    assert seen(table, Reader(Role.MONITOR)).observations.equals(table)


def test_ids_say_nothing_without_the_key_and_lead_back_with_it(table: pa.Table) -> None:
    public, observer = seen(table, Reader(Role.PUBLIC)), seen(table, Reader(Role.OBSERVER))
    assert public.names() == {"open": observer.names()["open"]}  # one name for all who are not told the id
    assert public.names()["open"].startswith("seen-")
    other = visible(table, RESTRICTED, Reader(Role.PUBLIC), now=NOW, key=b"another")
    assert other.names()["open"] != public.names()["open"]
    south = seen(table, SOUTH).observations.to_pylist()
    assert south[2]["supersedes"] == south[1]["id"]


positions = st.tuples(st.floats(-180, 180), st.floats(-90, 90), st.floats(0, 5000))
words = st.text(max_size=20)


@given(
    one=positions, shift=st.tuples(st.floats(0, 0.999), st.floats(0, 0.999)), told=st.lists(words, min_size=2)
)
def test_moving_a_report_within_its_cell_and_rewording_it_changes_nothing_for_who_may_not_see_that(
    one: tuple[float, float, float], shift: tuple[float, float], told: list[str], observation_table: Make
) -> None:
    west, south = ((int(value / CELL_DEG) + 0.01) * CELL_DEG for value in one[:2])
    first, second = (
        observation_table(
            [{"id": "x", "source": word or "s", "report": word, "observed_from": word, "origin_id": word,
              "lon": min(west + dx * 0.98 * CELL_DEG, 180), "lat": min(south + dy * 0.98 * CELL_DEG, 90),
              "error_m": 40.0, "recorded_at": OLD}]
        )
        for word, (dx, dy) in ((told[0], (0.0, 0.0)), (told[1], shift))
    )  # fmt: skip
    for reader in (Reader(Role.PUBLIC), Reader(Role.OBSERVER), NORTH):
        shown = [visible(rows, [], reader, now=NOW, key=KEY).observations for rows in (first, second)]
        assert shown[0].equals(shown[1])


@given(hidden=st.lists(st.sampled_from(["south", None]), max_size=4), data=st.data())
def test_what_is_confidential_to_others_changes_nothing_that_a_reader_sees(
    hidden: list[str | None], data: st.DataObject, observation_table: Make
) -> None:
    base = [
        {"id": f"open-{n}", "source": "wire", "lon": 36.1 + n, "lat": 35.2, "recorded_at": OLD}
        for n in range(3)
    ]
    secret = [
        {"id": f"secret-{n}", "source": f"agent {n}", "lon": 36.1, "lat": 35.2, "recorded_at": OLD}
        for n in range(len(hidden))
    ]
    mixed = data.draw(st.permutations(base + secret))
    order = [row for row in mixed if str(row["id"]).startswith("open")]
    marks = [restrict(n, "source", f"agent {n}", party) for n, party in enumerate(hidden)]
    for reader in (Reader(Role.PUBLIC), Reader(Role.OBSERVER), NORTH):
        with_them = visible(observation_table(mixed), marks, reader, now=NOW, key=KEY)
        without = visible(observation_table(order), marks, reader, now=NOW, key=KEY)
        assert with_them.observations.equals(without.observations)


def test_lines_areas_and_rows_without_a_place_are_coarsened_too(observation_table: Make) -> None:
    line = shapely.to_wkb(shapely.LineString([(36.01, 35.01), (36.03, 35.03)]))
    rows = observation_table(
        [
            {"lon": 36.01, "lat": 35.01, "geometry": line, "error_m": 9000.0},
            {"error_m": 5.0},
            {"geometry": b"no"},
        ]
    )
    found = coarsened(rows).to_pylist()
    assert (found[0]["lon"], found[0]["lat"], found[0]["error_m"]) == (36.05, 35.05, 9000.0)
    assert [(row["lon"], row["geometry"], row["error_m"]) for row in found[1:]] == [(None, None, None)] * 2
    assert coarsened(OBSERVATION_SCHEMA.empty_table()).num_rows == 0


def test_what_a_verdict_is_reached_from_only_leaves_rows_out(table: pa.Table) -> None:
    rows = seen(table, NORTH, exact_places=True).observations
    assert rows.equals(table.filter(pa.array([True, True, False, False, False, True])))


@given(sizes=st.lists(st.integers(0, 6), min_size=1, max_size=5), other=st.booleans())
def test_names_that_were_made_before_are_those_of_the_same_rows(
    sizes: list[int], other: bool, observation_table: Make
) -> None:
    names = Names()
    for size in sizes:
        rows = [{"id": f"{'b' if other and size % 2 else 'a'}{n}", "recorded_at": OLD} for n in range(size)]
        table = observation_table(rows)
        reader = Reader(Role.OBSERVER)
        fresh = visible(table, [], reader, now=NOW, key=KEY)
        assert visible(table, [], reader, now=NOW, key=KEY, names=names).observations.equals(
            fresh.observations
        )
        assert fresh.observations["id"].to_pylist() == [shown_id(str(row["id"]), KEY) for row in rows]
    by_another_key = visible(table, [], reader, now=NOW, key=b"another", names=names).observations["id"]
    assert by_another_key.to_pylist() == [shown_id(str(row["id"]), b"another") for row in rows]


def test_only_new_rows_are_named_anew(observation_table: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []

    def counted(id: str, key: bytes) -> str:
        made.append(id)
        return shown_id(id, key)

    monkeypatch.setattr(sys.modules["truceline.evidence.permissions.visible"], "shown_id", counted)
    names = Names()
    for size in (3, 3, 5):
        table = observation_table([{"id": f"o{n}", "recorded_at": OLD} for n in range(size)])
        for reader in (Reader(Role.PUBLIC), NORTH):
            visible(table, [], reader, now=NOW, key=KEY, names=names)
    assert made == ["o0", "o1", "o2", "o3", "o4"]

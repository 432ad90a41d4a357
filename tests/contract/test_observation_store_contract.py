"""What every store of evidence must do (`truceline.evidence.ports`)."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pyarrow as pa
import pytest

from truceline.core.errors import Fault, InvalidEvidence, InvalidInput
from truceline.evidence.identity import observation_id
from truceline.evidence.ports import ObservationStore, Origin, current, mapping_of
from truceline.evidence.table import OBSERVATION_SCHEMA

ORIGIN = Origin("events.csv", "ab" * 32, 123, "csv", "tester")
Batches = Callable[..., Any]


def ids(table: pa.Table) -> list[str]:
    found: list[str] = table["id"].to_pylist()
    return found


def test_a_store_satisfies_the_protocol(store: ObservationStore) -> None:
    assert isinstance(store, ObservationStore)


def test_a_new_store_is_empty_in_every_respect(store: ObservationStore) -> None:
    assert store.observations().schema.equals(OBSERVATION_SCHEMA)
    assert store.observations().num_rows == 0
    others = (
        store.quarantined(), store.ingests(), store.actor_mappings(), store.accord_versions(),
        store.corrections(), store.case_steps(), store.case_reporters(), store.publications(),
        store.user_actions(),
    )  # fmt: skip
    assert not any(others)


def test_what_was_appended_is_read_back_as_it_was(
    store: ObservationStore, observation_table: Callable[..., pa.Table], batch: Batches
) -> None:
    row = {
        "id": "obs-full", "kind": "air_strike", "place": "Jisr ash-Shughur — جسر الشغور",
        "lon": 36.31983, "lat": -0.0, "error_m": 15000.5, "geometry": b"\x01\x00\xff",
        "occurred_from": datetime(2018, 9, 4, 1, 2, 3, 456789, tzinfo=UTC),
        "occurred_to": datetime(2018, 9, 5, tzinfo=UTC), "observed_at": datetime(1969, 1, 1, tzinfo=UTC),
        "reported_at": datetime(2018, 9, 6, tzinfo=UTC), "actors": ["a \"quoted\" name", "b"],
        "targets": ["x"], "subject": "m5", "weapon_class": "tank", "calibre_mm": 122.0, "equipment": "T-72",
        "serial": "7", "count": 50, "fatalities": 0, "injured": 24, "effort_h": 7.25, "source": "wire",
        "method": "reported", "observed_from": "post 3", "reliability": "B", "credibility": 2, "claim": True,
        "synthetic": True, "report": "at least 50\nair strikes\x00 🕊", "origin_id": "17",
        "origin_file": "f.csv", "origin_row": 3, "origin_sha256": "cd" * 32,
        "origin_url": "https://example.org/",
        "quote": "“…”", "supersedes": "obs-unheard-of", "retracted": False,
        "details": '{"k": 1}', "digest": "d1",
    }  # fmt: skip
    store.append(batch(row))
    found = store.observations().to_pylist()
    expected = observation_table([row]).to_pylist()
    assert len(found) == 1
    assert {k: v for k, v in found[0].items() if k != "recorded_at"} == {
        k: v for k, v in expected[0].items() if k != "recorded_at"
    }


def test_the_store_stamps_when_it_recorded(store: ObservationStore, batch: Batches) -> None:
    result = store.append(batch({"recorded_at": datetime(1999, 1, 1, tzinfo=UTC)}))
    assert result.recorded_at is not None
    assert result.recorded_at.year == 2018
    assert store.observations()["recorded_at"].to_pylist() == [result.recorded_at]


def test_appending_the_same_rows_again_adds_nothing(store: ObservationStore, batch: Batches) -> None:
    rows = batch({"id": "a", "origin_id": "1"}, {"id": "b"})
    assert store.append(rows, origin=ORIGIN).added == 2
    again = store.append(rows, origin=ORIGIN)
    assert (again.read, again.added, again.duplicates, again.recorded_at) == (2, 0, 2, None)
    assert ids(store.observations()) == ["a", "b"]
    assert len(store.ingests()) == 1


def test_a_row_that_stands_twice_in_one_file_is_counted_once(store: ObservationStore, batch: Batches) -> None:
    result = store.append(batch({"id": "a"}, {"id": "a"}), batch({"id": "a"}))
    assert (result.added, result.duplicates) == (1, 2)


def test_an_edited_row_is_kept_beside_the_old_one_and_supersedes_it(
    store: ObservationStore, batch: Batches
) -> None:
    store.append(batch({"id": "a", "fatalities": 3}, {"id": "b"}))
    result = store.append(batch({"id": "a", "fatalities": 5}, {"id": "b"}))
    assert (result.added, result.duplicates, result.superseded) == (1, 1, 1)
    table = store.observations()
    assert table["fatalities"].to_pylist() == [3, None, 5]
    assert table["supersedes"].to_pylist() == [None, None, "a"]
    standing = current(table).to_pylist()
    assert sorted((row["fatalities"] or 0) for row in standing) == [0, 5]


def test_each_edit_supersedes_the_version_before_it(store: ObservationStore, batch: Batches) -> None:
    for deaths in (1, 2, 3):
        store.append(batch({"id": "a", "fatalities": deaths}))
    table = store.observations()
    assert table["supersedes"].to_pylist() == [None, *ids(table)[:2]]
    assert current(table)["fatalities"].to_pylist() == [3]


def test_an_old_file_taken_in_again_changes_nothing_and_is_called_outdated(
    store: ObservationStore, batch: Batches
) -> None:
    store.append(batch({"id": "a", "fatalities": 3}))
    store.append(batch({"id": "a", "fatalities": 5}))
    result = store.append(batch({"id": "a", "fatalities": 3}))
    assert (result.added, result.duplicates, result.outdated) == (0, 1, 1)
    assert current(store.observations())["fatalities"].to_pylist() == [5]


def test_an_edit_within_one_file_supersedes_too(store: ObservationStore, batch: Batches) -> None:
    result = store.append(batch({"id": "a", "fatalities": 1}, {"id": "a", "fatalities": 2}))
    assert (result.added, result.superseded) == (2, 1)
    assert current(store.observations())["fatalities"].to_pylist() == [2]


def test_a_correction_may_name_what_it_supersedes_by_the_sources_own_id(
    store: ObservationStore, batch: Batches
) -> None:
    original = observation_id("wire", "17")
    store.append(batch({"id": original, "origin_id": "17", "source": "wire", "fatalities": 1}))
    store.append(batch({"id": "c", "source": "wire", "supersedes": "17", "fatalities": 2}))
    assert store.observations()["supersedes"].to_pylist() == [None, original]
    assert current(store.observations())["fatalities"].to_pylist() == [2]


def test_a_correction_of_a_row_that_was_edited_supersedes_its_last_version(
    store: ObservationStore, batch: Batches
) -> None:
    store.append(batch({"id": "a", "fatalities": 1}))
    store.append(batch({"id": "a", "fatalities": 2}))
    store.append(batch({"id": "c", "supersedes": "a", "fatalities": 9}))
    assert current(store.observations())["fatalities"].to_pylist() == [9]


def test_a_retraction_leaves_nothing_standing_and_everything_recorded(
    store: ObservationStore, batch: Batches
) -> None:
    store.append(batch({"id": "a"}))
    before = store.append(batch({"id": "r", "supersedes": "a", "retracted": True})).recorded_at
    assert before is not None
    assert ids(store.observations()) == ["a", "r"]
    assert ids(current(store.observations())) == []
    assert ids(current(store.observations(), before - timedelta(microseconds=1))) == ["a"]


def test_known_at_gives_what_was_held_then(store: ObservationStore, batch: Batches) -> None:
    first = store.append(batch({"id": "a"})).recorded_at
    second = store.append(batch({"id": "b"})).recorded_at
    assert first is not None
    assert second is not None
    assert ids(store.observations(first - timedelta(microseconds=1))) == []
    assert ids(store.observations(first)) == ["a"]
    assert ids(store.observations(second - timedelta(microseconds=1))) == ["a"]
    assert ids(store.observations(second)) == ["a", "b"]


def test_known_at_needs_a_time_zone(store: ObservationStore) -> None:
    with pytest.raises(InvalidInput, match="time zone"):
        store.observations(datetime(2018, 10, 1))  # noqa: DTZ001
    with pytest.raises(InvalidInput, match="time zone"):
        store.ingests(datetime(2018, 10, 1))  # noqa: DTZ001


def test_a_clock_that_goes_back_does_not_take_the_record_back(
    store: ObservationStore, clock: Any, batch: Batches
) -> None:
    first = store.append(batch({"id": "a"})).recorded_at
    clock.now -= timedelta(days=400)
    second = store.append(batch({"id": "b"})).recorded_at
    assert first is not None
    # The instant of the last entry: the first addition also recorded the log's key.
    assert first is not None
    assert second is not None
    assert first <= second < first + timedelta(minutes=1)
    clock.now += timedelta(days=401)
    third = store.append(batch({"id": "c"})).recorded_at
    assert third is not None
    assert third > first
    instants = store.observations()["recorded_at"].to_pylist()
    assert instants == sorted(instants)


def test_what_raises_in_the_middle_records_nothing(store: ObservationStore, batch: Batches) -> None:
    def breaking() -> Any:
        yield batch({"id": "a"}, faults=(Fault("bad", row=1),))
        raise InvalidEvidence("the file ends in the middle of a row")

    def attempt() -> None:
        with store.write() as writer:
            writer.map_actor("HTS", "hts")
            writer.append(breaking(), origin=ORIGIN)

    with pytest.raises(InvalidEvidence):
        attempt()
    assert store.observations().num_rows == 0
    assert not any((store.quarantined(), store.ingests(), store.actor_mappings()))
    assert store.append(batch({"id": "a"})).added == 1


def test_a_dry_run_counts_and_records_nothing(store: ObservationStore, batch: Batches) -> None:
    with store.write(dry_run=True) as writer:
        result = writer.append([batch({"id": "a"})], origin=ORIGIN)
    assert result.added == 1
    assert store.observations().num_rows == 0
    assert store.ingests() == []


def test_before_commit_is_called_only_where_something_new_is_recorded(
    store: ObservationStore, batch: Batches
) -> None:
    calls: list[str] = []
    for name in ("first", "again"):
        with store.write() as writer:
            writer.append([batch({"id": "a"})], before_commit=partial(calls.append, name))
    assert calls == ["first"]


def test_quarantined_rows_are_kept_with_their_reasons_and_once(
    store: ObservationStore, batch: Batches
) -> None:
    fault = Fault(
        "is not a day", source="events.csv", row=2, path="date", found="'2018-13-01'", accepted="a date"
    )
    result = store.append(batch({"id": "a"}, faults=(fault,)), origin=ORIGIN)
    assert (result.read, result.added, result.quarantined, result.quarantined_new) == (2, 1, (fault,), 1)
    again = store.append(batch({"id": "a"}, faults=(fault,)), origin=ORIGIN)
    assert (again.quarantined, again.quarantined_new) == ((fault,), 0)
    assert [row.fault for row in store.quarantined()] == [fault]
    assert store.quarantined()[0].recorded_at == result.recorded_at
    assert store.quarantined(result.recorded_at - timedelta(seconds=1)) == []


def test_an_ingest_is_recorded_with_its_file_and_counts(store: ObservationStore, batch: Batches) -> None:
    result = store.append(batch({"id": "a"}, {"id": "a"}, faults=(Fault("bad", row=3),)), origin=ORIGIN)
    (record,) = store.ingests()
    assert record.origin == ORIGIN
    assert record.recorded_at == result.recorded_at
    assert (record.read, record.added, record.duplicates, record.superseded, record.quarantined) == (
        3, 1, 1, 0, 1,
    )  # fmt: skip


def test_the_last_judgement_on_a_name_holds_and_all_are_kept(store: ObservationStore) -> None:
    with store.write() as writer:
        first = writer.map_actor("Nusra Front", "opposition")
    with store.write() as writer:
        writer.map_actor("Nusra Front", "hts", note="former name")
        writer.map_actor("Police", None)
    assert [judgement.party for judgement in store.actor_mappings()] == ["opposition", "hts", None]
    assert mapping_of(store.actor_mappings()) == {"Nusra Front": "hts", "Police": None}
    assert mapping_of(store.actor_mappings(first.recorded_at)) == {"Nusra Front": "opposition"}


def test_an_actor_without_a_name_is_refused(store: ObservationStore) -> None:
    with pytest.raises(InvalidInput, match="empty"), store.write() as writer:
        writer.map_actor("  ", "hts")


def test_an_accord_is_recorded_where_it_changed(store: ObservationStore) -> None:
    for text in ("version: 1", "version: 1", "version: 2", "version: 1"):
        with store.write() as writer:
            assert writer.record_accord(text).content == text
    assert [version.content for version in store.accord_versions()] == [
        "version: 1",
        "version: 2",
        "version: 1",
    ]
    assert store.accord_versions()[0].sha256 == store.accord_versions()[2].sha256


def test_entries_of_all_kinds_have_numbers_that_strictly_increase(
    store: ObservationStore, batch: Batches
) -> None:
    seqs = []
    for number in range(3):
        with store.write() as writer:
            seqs.append(writer.record_accord(f"version: {number}").seq)
            seqs.append(writer.map_actor("A", "a").seq)
            writer.append([batch({"id": f"o{number}"})], origin=ORIGIN)
        seqs.append(store.ingests()[-1].seq)
    assert seqs == sorted(set(seqs))


def test_rows_that_lack_a_value_that_must_be_there_are_refused(
    store: ObservationStore, observation_table: Callable[..., pa.Table], batch: Batches
) -> None:
    made = batch({"id": "a"})
    made.table = made.table.drop_columns(["source"])
    with pytest.raises(InvalidEvidence, match="source"):
        store.append(made)
    made = batch({"id": "a"})
    place = made.table.schema.get_field_index("kind")
    made.table = made.table.set_column(place, "kind", pa.nulls(1, pa.string()))
    with pytest.raises(InvalidEvidence, match="kind"):
        store.append(made)
    assert store.observations().num_rows == 0


def test_many_small_additions_read_back_as_one(store: ObservationStore, batch: Batches) -> None:
    for number in range(25):
        store.append(batch({"id": f"o{number}"}))
        assert store.observations().num_rows == number + 1
    assert ids(store.observations()) == [f"o{number}" for number in range(25)]

"""What one office knows after it took in another's bundle."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pyarrow.compute as pc

from truceline.core.errors import Fault
from truceline.evidence.ports import current, disagreements, mapping_of
from truceline.store.offices import merged_tables

Offices = Callable[[str], Any]


def test_rows_of_another_office_are_taken_in_once(office: Offices) -> None:
    north, south = office("north"), office("south")
    south.trusts(north)
    north.append({"id": "a", "origin_id": "1"}, {"id": "b"})
    south.append({"id": "b"}, {"id": "c"})
    first = south.takes_from(north)
    assert first.added["observation"] == 1
    assert first.duplicates == 1
    assert sorted(south.store.observations()["id"].to_pylist()) == ["a", "b", "c"]
    again = south.takes_from(north)
    assert [log.status for log in again.logs] == ["held"]
    assert not again.added
    assert south.store.verify_log().findings == []


def test_an_imported_row_is_known_from_when_it_reached_us(office: Offices) -> None:
    north, south = office("north"), office("south")
    south.trusts(north)
    north.append({"id": "a"})
    recorded = north.store.observations()["recorded_at"][0].as_py()
    south.clock.now = recorded.replace(year=2019)
    taken = south.takes_from(north)
    assert south.store.observations(recorded).num_rows == 0
    assert south.store.observations()["recorded_at"].to_pylist() == [taken.recorded_at]
    [told] = south.store.recorded_by("a")
    assert (told.office, told.recorded_at, told.reached_us_at) == ("north", recorded, taken.recorded_at)


def test_the_version_that_was_first_recorded_last_stands_in_both_offices(office: Offices) -> None:
    north, south = office("north"), office("south")
    north.trusts(south)
    south.trusts(north)
    south.clock.now = north.clock.now.replace(hour=20)
    north.append({"id": "a", "fatalities": 1})
    north.append({"id": "a", "fatalities": 2})
    south.append({"id": "a", "fatalities": 2})
    south.append({"id": "a", "fatalities": 1})  # an old file taken in late
    assert current(south.store.observations())["fatalities"].to_pylist() == [1]
    to_south, to_north = north.bundle(), south.bundle()
    north.take(to_north)
    south.take(to_south)
    for one in (north, south):
        assert current(one.store.observations())["fatalities"].to_pylist() == [2]
        assert one.store.verify_log().findings == []


def test_judgements_on_names_that_differ_are_shown_and_the_last_counts(office: Offices) -> None:
    north, south = office("north"), office("south")
    north.trusts(south)
    south.trusts(north)
    south.clock.now += timedelta(hours=1)
    for one, party in ((north, "m5"), (south, "n7")):
        with one.store.write() as writer:
            writer.map_actor("FSA", party)
            writer.map_actor("both", "same")
    to_south, to_north = north.bundle(), south.bundle()
    north.take(to_north)
    south.take(to_south)
    for one, other, mine, theirs in ((north, south, "m5", "n7"), (south, north, "n7", "m5")):
        judged = one.store.actor_mappings()
        assert disagreements(judged) == {"FSA": {None: mine, other.origin: theirs}}
        assert mapping_of(judged) == {"FSA": "n7", "both": "same"}


def test_rows_that_could_not_be_read_are_taken_in_once(office: Offices) -> None:
    north, south = office("north"), office("south")
    south.trusts(north)
    bad = Fault("not a date", source="f.csv", row=3, path="date", found="x")
    north.append({"id": "a"}, faults=(bad,))
    south.append({"id": "b"}, faults=(bad,))
    north.append({"id": "c"}, faults=(Fault("not a place", source="f.csv", row=4),))
    taken = south.takes_from(north)
    assert taken.added["quarantined"] == 1
    assert sorted(row.fault.row for row in south.store.quarantined()) == [3, 4]


def test_corrections_travel_and_name_the_row_that_their_office_meant(office: Offices) -> None:
    north, south = office("north"), office("south")
    south.trusts(north)
    north.append({"id": "a", "fatalities": 1})
    south.append({"id": "a", "fatalities": 2})  # another first version under the same id
    with north.store.write() as writer:
        writer.record_correction("retract", "observation", "a", author="analyst", reason="misread")
    south.takes_from(north)
    [correction] = south.store.corrections()
    table = south.store.observations()
    meant = table.filter(pc.equal(table["id"], correction.target))
    assert meant["fatalities"].to_pylist() == [1]


def test_who_reported_a_case_and_who_is_trusted_stays_in_the_office(office: Offices) -> None:
    north, south, east = office("north"), office("south"), office("east")
    north.trusts(east)
    south.trusts(north)
    with north.store.write() as writer:
        writer.record_case_reporter("case-1", "a witness who must not be named")
    bundle = north.bundle()
    carried = b"".join(bundle.blob(n) for n in range(len(bundle.manifest.blobs)))
    assert b"must not be named" not in carried
    assert east.origin.encode() not in carried
    taken = south.take(bundle)
    assert [log.withheld for log in taken.logs] == [2]
    assert not south.store.case_reporters()


def test_the_tables_that_travel_follow_from_the_schema() -> None:
    names = {table.name for table in merged_tables()}
    assert {
        "observation",
        "quarantined",
        "actor_mapping",
        "accord_version",
        "statement",
        "correction",
    } <= names
    assert not names & {
        "entry",
        "office",
        "office_row",
        "office_leaf",
        "log_key",
        "log_head",
        "case_reporter",
    }


def test_another_accord_is_told_and_not_worked_with(office: Offices) -> None:
    north, south = office("north"), office("south")
    south.trusts(north)
    for one in (south, north):
        with one.store.write() as writer:
            writer.record_accord(f"the accord of {one.name}")
    south.takes_from(north)
    assert [version.content for version in south.store.accord_versions()] == ["the accord of south"]
    assert [version.content for version in south.store.accords_of(north.origin)] == ["the accord of north"]
    with south.store.write() as writer:
        writer.record_accord("the accord of south")
    assert len(south.store.accord_versions()) == 1

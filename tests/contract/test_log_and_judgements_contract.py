"""What every store keeps besides observations: its log, judgements, cases, publications, what was signed."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from truceline.core.acting import acting
from truceline.core.errors import Fault, InvalidInput, NotFound
from truceline.evidence.ports import ObservationStore, Origin, current
from truceline.evidence.statements import sign_statement, write_statement
from truceline.standalone.verify import verify
from truceline.store.sqlite import SqliteStore
from truceline.transparency.notes import parse_verifier_key

ORIGIN = Origin("events.csv", "ab" * 32, 123, "csv", "tester")
Batches = Callable[..., Any]


def ids(table: pa.Table) -> list[str]:
    found: list[str] = table["id"].to_pylist()
    return found


def test_everything_recorded_is_in_the_log_and_the_log_is_whole(
    store: ObservationStore, batch: Batches
) -> None:
    with store.write() as writer:
        writer.map_actor("A", "a")
    before = store.verify_log()
    store.append(batch({"id": "a"}, {"id": "b"}, faults=(Fault("bad", row=3),)), origin=Origin("f", "ab", 1))
    with store.write() as writer:
        writer.map_actor("A", "a")
        writer.record_accord("version: 1")
    after = store.verify_log()
    assert before.findings == after.findings == []
    assert after.signed_size == after.size
    # Two observations, their file, a row set aside, an ingest, a judgement, an accord, three entries, and the
    # heads of the time before.
    assert after.size - before.size == 10 + 2


def test_corrections_are_entries_beside_what_they_are_about(store: ObservationStore, batch: Batches) -> None:
    store.append(batch({"id": "a"}, {"id": "b"}))
    with store.write() as writer:
        first = writer.record_correction("retract", "observation", "a", author=" A ", reason="twice")
    with store.write() as writer:
        writer.record_correction(
            "dispute", "obligation", "p", author="B", reason="r", party="x", document="d", statement="00"
        )
    kept = store.corrections()
    assert kept[0] == first
    assert (kept[0].author, kept[0].party, kept[1].party, kept[1].statement) == ("A", None, "x", "00")
    assert kept[0].seq < kept[1].seq
    assert kept[0].recorded_at < kept[1].recorded_at
    assert store.corrections(first.recorded_at) == [first]
    assert store.corrections(first.recorded_at - timedelta(microseconds=1)) == []
    assert ids(store.observations()) == ["a", "b"]
    assert ids(current(store.observations(), None, kept)) == ["b"]


@pytest.mark.parametrize(
    "said",
    [
        {"author": " "}, {"reason": ""}, {"act": "delete"}, {"subject": "entry"}, {"target": ""},
    ],
)  # fmt: skip
def test_a_correction_without_author_reason_or_meaning_is_refused(
    store: ObservationStore, said: dict[str, str]
) -> None:
    words = {"act": "retract", "subject": "observation", "target": "a", "author": "A", "reason": "r"} | said
    with pytest.raises(InvalidInput), store.write() as writer:
        writer.record_correction(
            words.pop("act"),
            words.pop("subject"),
            words.pop("target"),
            **words,
        )
    assert store.corrections() == []


def test_a_corrected_version_joins_the_versions_of_its_source(
    store: ObservationStore, batch: Batches
) -> None:
    store.append(batch({"id": "a", "fatalities": 3}))
    with store.write() as writer:
        result, replacement = writer.append_revision("a", batch({"id": "a", "fatalities": 2}))
        again, same = writer.append_revision(replacement, batch({"id": replacement, "fatalities": 2}))
    assert (result.added, again.added, replacement == same) == (1, 0, True)
    assert store.append(batch({"id": "a", "fatalities": 3})).added == 0  # the file read again
    assert ids(current(store.observations())) == [replacement]
    store.append(batch({"id": "a", "fatalities": 4}))  # its source changed the row itself
    assert current(store.observations())["fatalities"].to_pylist() == [4]


def test_steps_of_cases_and_who_reported_are_kept_apart(store: ObservationStore, clock: Any) -> None:
    with store.write() as writer:
        opened = writer.record_case_step(
            "case-1", "open", at=clock.now - timedelta(days=2), author="A", said={"b": [1], "a": "ü"}
        )
        told = writer.record_case_reporter("case-1", "a neighbour")
    with store.write() as writer:
        now = writer.record_case_step("case-1", "inquiry", at=None, author="A", said={})
    assert store.case_steps() == [opened, now]
    assert store.case_reporters() == [told]
    assert store.case_steps(opened.recorded_at) == [opened]
    assert opened.at < opened.recorded_at
    assert now.at <= now.recorded_at
    with pytest.raises(InvalidInput), store.write() as writer:
        writer.record_case_step("case-1", "visit", at=clock.now + timedelta(days=1), author="A", said={})


def test_published_assessments_are_kept_with_their_digest(store: ObservationStore, clock: Any) -> None:
    with store.write() as writer:
        made = writer.record_publication('{"a":1}', as_of=clock.now, known_at=clock.now, author="A")
    assert store.publications() == [made]
    assert made.sha256 == "015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862"
    assert store.publications(made.recorded_at - timedelta(microseconds=1)) == []


def test_who_ran_what_is_recorded_with_what_it_recorded_and_only_by_name(store: ObservationStore) -> None:
    with store.write() as writer:
        writer.map_actor("x", None)
    with acting(author="A. Name", command="actors map"):
        with store.write() as writer:
            judged = writer.map_actor("y", None)
            writer.map_actor("z", None)
        with store.write():
            pass
        with store.write(dry_run=True) as writer:
            writer.map_actor("y", None)
    (action,) = store.user_actions()
    assert (action.author, action.command) == ("A. Name", "actors map")
    assert (action.first, action.last) == (judged.seq, judged.seq + 1)


def test_what_is_recorded_is_proved_under_a_signed_head_without_the_store(
    store: ObservationStore, batch: Batches
) -> None:
    store.append(batch({"id": "a", "report": "“shots”"}, {"id": "b"}), origin=ORIGIN)
    with store.log() as log:
        first = log.head()
    store.append(batch(*({"id": f"o{number}"} for number in range(300))))
    with store.log() as log:
        head, keys, origin = log.head(), log.verifier_keys(), log.origin
        assert first.note is not None
        proof = log.prove("a", from_head=first.note)
        assert log.prove_continues(first.note)["consistency"] == proof["consistency"]
        assert log.prove("o299")["leaf"]["index"] > 256
        assert "content" not in log.prove("b", withhold=True)["leaf"]
        with pytest.raises(NotFound, match="accepted"):
            log.prove("unheard-of")
    assert len(keys) == 1
    assert verify(json.dumps(proof), keys[0], first.note)["content"]["report"] == "“shots”"
    report = store.verify_log(kept_head=first.note, pinned=parse_verifier_key(keys[0]))
    assert (report.findings, report.origin, report.root) == ([], origin, head.root)
    other = first.note.replace(origin, "truceline/log/other")
    assert "another log" in store.verify_log(kept_head=other).findings[0].what


def test_statements_are_kept_with_their_signatures_and_false_ones_refused(store: ObservationStore) -> None:
    private = Ed25519PrivateKey.generate()
    public = private.public_key().public_bytes_raw()
    with store.log() as log:
        origin = log.origin
    with store.write() as writer:
        assert writer.origin == origin
        said = write_statement(writer.origin, "key-new", "north")
        made = writer.record_statement("key-new", "north", said, public, sign_statement(said, private))
        assert writer.statements() == [made]
        with pytest.raises(InvalidInput, match="not that of its key"):
            writer.record_statement("key-new", "south", said, public, bytes(64))
    assert store.statements() == [made]
    assert store.statements(made.recorded_at - timedelta(microseconds=1)) == []
    assert store.verify_log().ok


def test_an_empty_record_is_signed_when_asked(store: ObservationStore) -> None:
    store.sign_head()
    with store.log() as log:
        note = log.head().note
    store.sign_head()
    with store.log() as log:
        assert note is not None
        assert log.head().note == note


def test_a_backup_is_the_same_record_with_the_same_log(
    store: ObservationStore, batch: Batches, tmp_path: Path
) -> None:
    store.append(
        batch({"id": "a", "lon": 36.1, "report": "x\x00y"}, faults=(Fault("bad", row=1),)), origin=ORIGIN
    )
    with store.write() as writer:
        writer.map_actor("A", None)
        writer.record_accord("version: 1")
    store.backup(tmp_path / "copy.sqlite")
    before = store.verify_log()
    store.append(batch({"id": "b"}))
    with SqliteStore(tmp_path / "copy.sqlite", read_only=True) as copy:
        assert ids(copy.observations()) == ["a"]
        assert copy.observations() == store.observations(copy.observations()["recorded_at"][0].as_py())
        assert copy.ingests() == store.ingests()
        assert copy.quarantined() == store.quarantined()
        assert copy.actor_mappings() == store.actor_mappings()
        assert copy.accord_versions() == store.accord_versions()
        after = copy.verify_log()
    assert after == before
    assert after.ok

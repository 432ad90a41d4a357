# ruff: noqa: E501 (tables of vectors and statements)
"""The log of the SQLite store: one leaf per thing, tampering found and placed, old files taken in."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from truceline.core.errors import Conflict, Fault, InvalidInput, NotFound
from truceline.evidence.ports import Origin
from truceline.store import schema
from truceline.store.log import KEYS
from truceline.store.sqlite import SqliteStore
from truceline.transparency.findings import LogReport
from truceline.transparency.notes import parse_verifier_key, signed_by
from truceline.transparency.tree import continues, root_from_inclusion

OLD = Path(__file__).parents[2] / "data" / "store" / "schema-0002.sqlite"
FILE = Origin("a.csv", "ab" * 32, 10, "csv")


@pytest.fixture(scope="module")
def batch(observation_table: Callable[..., Any]) -> Callable[..., Any]:
    class Batch:
        def __init__(self, rows: list[dict[str, Any]], faults: list[Fault]) -> None:
            self.table = observation_table(rows)
            self.quarantined = faults
            self.read = len(rows) + len(faults)

    return lambda rows, *faults: Batch(rows, list(faults))


@pytest.fixture(scope="module")
def full(batch: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record with rows in every table, over more than one group of 256 leaves."""
    folder = tmp_path_factory.mktemp("full")
    with SqliteStore(folder / "e.sqlite", key_file=folder / "log.key") as store:
        with store.write() as writer:
            writer.record_accord("accord: {}\n")
        for part in range(3):
            rows = [
                {"id": f"o{part}-{n}", "lon": 36 + n / 7, "lat": 35.0, "report": f"“{n}”\t", "count": n % 3}
                for n in range(400)
            ]
            store.append(batch(rows, Fault("bad", row=part, found="x")), origin=FILE)
        with store.write() as writer:
            writer.map_actor("A", "a", note="n")
    return folder / "e.sqlite"


@pytest.fixture
def copy(full: Path, tmp_path: Path) -> Path:
    shutil.copy(full.parent / "log.key", tmp_path / "log.key")
    return Path(shutil.copy(full, tmp_path / "e.sqlite"))


def check(path: Path, **options: Any) -> LogReport:
    with SqliteStore(path, read_only=True) as store:
        return store.verify_log(**options)


def tamper(path: Path, *statements: str) -> None:
    """As an attacker who may write the file: triggers out of the way, and then back as they were."""
    with closing(sqlite3.connect(path)) as other:
        triggers = other.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            other.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            other.execute(statement)
        for _, sql in triggers:
            other.execute(sql)
        other.commit()


def test_an_untouched_record_is_whole_and_every_row_has_its_leaf(full: Path) -> None:
    report = check(full)
    assert report.findings == []
    with closing(sqlite3.connect(full)) as other:
        rows = sum(other.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in KEYS)
    assert report.size == report.signed_size == rows - 1  # the last head has its leaf next time
    assert rows > 1200


def test_every_table_of_the_record_is_in_the_log() -> None:
    tree = {"log_leaf", "log_node"}
    assert set(KEYS) == set(schema.metadata.tables) - tree
    assert all(KEYS[name] == schema.metadata.tables[name].primary_key.columns[0].name for name in KEYS)


TAMPERINGS = {
    "a number changed": ("UPDATE observation SET count = 9 WHERE seq = 700", "observation", 700),
    "a number made null": ("UPDATE observation SET lon = NULL WHERE seq = 3", "observation", 3),
    "a null filled": ("UPDATE observation SET quote = '' WHERE seq = 5", "observation", 5),
    "the last digit of a coordinate": ("UPDATE observation SET lat = lat + 1e-14 WHERE seq = 9", "observation", 9),
    "a letter of a text": ("UPDATE observation SET report = replace(report, '”', '\"') WHERE seq = 8", "observation", 8),
    "text made bytes": ("UPDATE observation SET report = CAST(report AS BLOB) WHERE seq = 8", "observation", 8),
    "text made no Unicode": ("UPDATE observation SET report = CAST(x'ff' AS TEXT) WHERE seq = 8", "observation", 8),
    "a row moved to another entry": ("UPDATE observation SET entry = 2 WHERE seq = 1000", "observation", 1000),
    "a row removed": ("DELETE FROM observation WHERE seq = 401", "observation", 401),
    "the first row removed": ("DELETE FROM observation WHERE seq = 1", "observation", 1),
    "the last row removed": ("DELETE FROM observation WHERE seq = 1200", "observation", 1200),
    "a row at the end": (
        "INSERT INTO observation SELECT 1201, entry, revises, original, 'new' AS id, digest, kind, place, lon, lat, "
        "error_m, geometry, occurred_from, occurred_to, observed_at, reported_at, actors, targets, subject, "
        "weapon_class, calibre_mm, equipment, serial, count, fatalities, injured, effort_h, source, method, "
        "observed_from, reliability, credibility, claim, synthetic, report, origin_id, origin_row, origin_url, quote, "
        "supersedes, retracted, details FROM observation WHERE seq = 1200", "observation", 1201,
    ),
    "a row before the first": ("UPDATE quarantined SET seq = -1 WHERE seq = 1", "quarantined", 1),
    "an instant": ("UPDATE entry SET recorded_at = recorded_at - 1 WHERE seq = 2", "entry", 2),
    "a kind of entry": ("UPDATE entry SET kind = 'x' WHERE seq = 1", "entry", 1),
    "a chain": ("UPDATE entry SET chain = zeroblob(32) WHERE seq = 4", "entry", 4),
    "an entry inserted": ("INSERT INTO entry SELECT 99, recorded_at, kind, digest, chain FROM entry WHERE seq = 1", "entry", 99),
    "a file's name": ("UPDATE original SET file = 'b.csv'", "original", 1),
    "a count of an ingest": ("UPDATE ingest SET added = 401 WHERE entry = 3", "ingest", 3),
    "a reason of quarantine": ("UPDATE quarantined SET reason = 'good' WHERE seq = 2", "quarantined", 2),
    "a judgement": ("UPDATE actor_mapping SET party = 'b'", "actor_mapping", 6),
    "the accord": ("UPDATE accord_version SET content = content || ' '", "accord_version", 1),
    "the log's key": ("UPDATE log_key SET public_key = zeroblob(32)", "log_key", 2),
    "the log's name": ("UPDATE log_identity SET origin = 'truceline/log/x'", "log_identity", 1),
    "an earlier head unsigned": ("UPDATE log_head SET note = NULL WHERE seq = 3", "log_head", 3),
    "an earlier head's instant": ("UPDATE log_head SET recorded_at = recorded_at + 1 WHERE seq = 3", "log_head", 3),
    "a head removed": ("DELETE FROM log_head WHERE seq = 3", "log_head", 3),
    "the last head's root": ("UPDATE log_head SET root = zeroblob(32) WHERE seq = 6", "log_head", 6),
    "the last head's note": ("UPDATE log_head SET note = replace(note, 'recorded', 'Recorded') WHERE seq = 6", "log_head", 6),
    "the last head unsigned": ("UPDATE log_head SET note = NULL WHERE seq = 6", "log_head", 6),
    "the last head's instant": ("UPDATE log_head SET recorded_at = 0 WHERE seq = 6", "log_head", 6),
    "the last head removed": ("DELETE FROM log_head WHERE seq = 6", "log_head", None),
    "a salt": ("UPDATE log_leaf SET salts = CAST(zeroblob(16) || substr(salts, 17) AS BLOB) WHERE \"table\" = 'observation' AND \"row\" = 1", "observation", 1),
    "a leaf's hash": ("UPDATE log_leaf SET hashes = CAST(zeroblob(32) || substr(hashes, 33) AS BLOB) WHERE \"table\" = 'observation' AND \"row\" = 401", "observation", 401),
    "a run of leaves cut": ("UPDATE log_leaf SET hashes = substr(hashes, 33) WHERE first = 256", "log_leaf", 256),
    "a run of leaves removed": ("DELETE FROM log_leaf WHERE first = 256", "log_leaf", None),
    "a run of leaves far away": ("UPDATE log_leaf SET first = 1 << 60 WHERE first = 0", "log_leaf", None),
    "a node": ("UPDATE log_node SET hash = zeroblob(32) WHERE number = 1", "log_node", None),
    "a node removed": ("DELETE FROM log_node WHERE number = 2", "log_node", None),
    "a node inserted": ("INSERT INTO log_node VALUES (16, 0, zeroblob(32))", "log_node", None),
    "the schema's version": ("INSERT INTO alembic_version VALUES ('0002')", "alembic_version", None),
    "a trigger of the attacker": ("CREATE TRIGGER x AFTER INSERT ON entry BEGIN SELECT 1; END", "sqlite_master", None),
    "a table of the attacker": ("CREATE TABLE x (y)", "sqlite_master", None),
}  # fmt: skip


@pytest.mark.parametrize(("statement", "table", "row"), TAMPERINGS.values(), ids=TAMPERINGS)
def test_tampering_is_found_and_placed(copy: Path, statement: str, table: str, row: int | None) -> None:
    assert check(copy).ok
    tamper(copy, statement)
    report = check(copy)
    assert not report.ok
    found = {(finding.table, finding.row) for finding in report.findings}
    assert (table, row) in found or (row is None and table in {place for place, _ in found})
    if row is not None and table in ("observation", "quarantined", "ingest", "original"):
        # Placed: nothing else of the evidence is accused.
        assert {place for place in found if place[0] == table} <= {(table, row), (table, -1)}


def test_rows_that_changed_places_are_both_found(copy: Path) -> None:
    tamper(
        copy,
        "UPDATE observation SET seq = -1 WHERE seq = 10",
        "UPDATE observation SET seq = 10 WHERE seq = 20",
        "UPDATE observation SET seq = 20 WHERE seq = -1",
    )
    assert [(f.table, f.row) for f in check(copy).findings] == [("observation", 10), ("observation", 20)]


def test_dropped_triggers_are_found(copy: Path) -> None:
    with closing(sqlite3.connect(copy)) as other:
        other.execute("DROP TRIGGER observation_no_update")
    assert [f.what for f in check(copy).findings] == ["the trigger observation_no_update was removed"]


def test_a_log_rewritten_with_all_its_hashes_is_found_by_its_signature_and_by_a_kept_head(
    full: Path, tmp_path: Path
) -> None:
    # The attacker makes the whole file anew with one row changed, but has not the key.
    with SqliteStore(full, read_only=True) as store, store.log() as log:
        head = log.head()
        key = parse_verifier_key(log.verifier_keys()[0])
    forged = tmp_path / "e.sqlite"
    with closing(sqlite3.connect(full)) as source, closing(sqlite3.connect(forged)) as target:
        source.backup(target)
    tamper(
        forged,
        "UPDATE observation SET count = 9 WHERE seq = 700",
        "DELETE FROM log_leaf",
        "DELETE FROM log_node",
        "DELETE FROM log_head",
        "DELETE FROM log_key",
    )
    with SqliteStore(forged, key_file=tmp_path / "other.key") as store:
        for name in "BCDEFG":  # the forged log grows past the head that was kept
            with store.write() as writer:
                writer.map_actor(name, None)
    assert check(forged).ok  # whole in itself: only what others hold can tell
    assert not check(forged, pinned=key).ok
    assert [f.what for f in check(forged, kept_head=head.note).findings] == [
        "the log does not continue the head that was kept: it was rewritten"
    ]


def test_a_log_cut_at_its_end_is_found_by_a_kept_head(full: Path, copy: Path) -> None:
    with SqliteStore(full, read_only=True) as store, store.log() as log:
        head = log.head()
    with closing(sqlite3.connect(copy)) as other:
        size = other.execute("SELECT size FROM log_head WHERE seq = 5").fetchone()[0]
    tamper(
        copy,
        "DELETE FROM actor_mapping",
        "DELETE FROM entry WHERE seq = 6",
        "DELETE FROM log_head WHERE seq = 6",
        f"DELETE FROM log_leaf WHERE first >= {size}",
    )
    assert check(copy).ok
    assert "what it had is gone" in check(copy, kept_head=head.note).findings[0].what


def test_everything_recorded_can_be_proved_under_the_signed_head(full: Path) -> None:
    with SqliteStore(full, read_only=True) as store, store.log() as log:
        head = log.head()
        name, public = parse_verifier_key(log.verifier_keys()[0])
        assert head.note is not None
        assert signed_by(head.note, name, public)
        for id in (
            "o0-0",
            "o1-399",
            "o2-200",
            "entry:3",
            "ingest:3",
            "quarantined:2",
            "accord_version:1",
            "log_key:2",
        ):
            leaf = log.prove(id)["leaf"]
            path = [bytes.fromhex(node) for node in leaf["path"]]
            assert (
                root_from_inclusion(bytes.fromhex(leaf["hash"]), leaf["index"], head.size, path) == head.root
            )
        for missing in ("no", "observation:1201", "observation:x", "ingest:1", "entry:7"):
            with pytest.raises(NotFound, match="accepted"):
                log.prove(missing)


def test_every_head_is_continued_by_every_later_one(full: Path) -> None:
    with closing(sqlite3.connect(full)) as other:
        heads = other.execute("SELECT size, root, note FROM log_head ORDER BY seq").fetchall()
    with SqliteStore(full, read_only=True) as store, store.log() as log:
        last = log.head()
        for size, root, note in heads:
            assert log.tree.root(size) == root
            if note is None:  # the empty record's
                continue
            path = [bytes.fromhex(node) for node in log.prove_continues(note)["consistency"]["path"]]
            assert continues(size, root, last.size, last.root, path)


def test_a_head_of_another_log_is_refused(full: Path, tmp_path: Path) -> None:
    with SqliteStore(tmp_path / "o.sqlite", key_file=tmp_path / "o.key") as other:
        other.sign_head()
        with other.log() as log:
            note = log.head().note
    with (
        SqliteStore(full, read_only=True) as store,
        store.log() as log,
        pytest.raises(InvalidInput, match="another log"),
    ):
        log.prove("o0-0", from_head=note)


def test_a_row_that_was_changed_is_not_proved(copy: Path) -> None:
    tamper(copy, "UPDATE observation SET count = 9 WHERE seq = 1")
    with (
        SqliteStore(copy, read_only=True) as store,
        store.log() as log,
        pytest.raises(Conflict, match="not what was recorded"),
    ):
        log.prove("o0-0")


def test_a_dry_run_leaves_no_leaf_and_no_key(tmp_path: Path, batch: Callable[..., Any]) -> None:
    with SqliteStore(tmp_path / "e.sqlite", key_file=tmp_path / "log.key") as store:
        with store.write(dry_run=True) as writer:
            writer.append([batch([{"id": "a"}])])
        with store.log() as log:
            before = log.head()
    assert not (tmp_path / "log.key").exists()
    assert before.size == 1  # the log's own name
    assert check(tmp_path / "e.sqlite").ok


def test_a_lost_key_is_not_replaced_in_silence(copy: Path) -> None:
    (copy.parent / "log.key").unlink()
    with SqliteStore(copy, key_file=copy.parent / "log.key") as store:
        with store.write() as writer:
            writer.map_actor("C", None)
        with store.log() as log, pytest.raises(Conflict, match="not signed"):
            log.prove("o0-0")
    assert not (copy.parent / "log.key").exists()
    report = check(copy)
    assert [f.what for f in report.findings] == ["the last head is not signed, though the log has a key"]
    assert 0 < report.signed_size < report.size


def test_an_old_file_is_taken_into_the_log_whole(tmp_path: Path) -> None:
    path = Path(shutil.copy(OLD, tmp_path / "e.sqlite"))
    with closing(sqlite3.connect(path)) as other:
        before = other.execute("SELECT * FROM observation ORDER BY seq").fetchall()
    with SqliteStore(path, key_file=tmp_path / "log.key") as store:
        with store.log() as log:
            # 301 observations, 4 entries, 2 originals, 2 ingests, 1 each of the others, and the log's name.
            assert log.head().size == 301 + 4 + 2 + 2 + 1 + 1 + 1 + 1
        store.sign_head()
        id = store.observations()["id"][250].as_py()
        with store.log() as log:
            assert f'"id":"{id}"' in log.prove(id)["leaf"]["content"]
    report = check(path)
    assert report.ok
    assert report.signed_size == report.size
    with closing(sqlite3.connect(path)) as other:
        assert other.execute("SELECT * FROM observation ORDER BY seq").fetchall() == before

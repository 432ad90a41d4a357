"""The SQLite file itself: append-only, durable settings, and every way in which it cannot be used."""

import gzip
import multiprocessing
import os
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import inspect

from truceline.core.errors import NotFound, StoreUnavailable, TrucelineError
from truceline.store import schema
from truceline.store.log_verify import UNSIGNED
from truceline.store.migrations.run import known_revisions, upgrade
from truceline.store.sqlite import SqliteStore

DATA = Path(__file__).parents[2] / "data" / "store"
RECORD_TABLES = (
    "entry",
    "original",
    "ingest",
    "observation",
    "quarantined",
    "actor_mapping",
    "accord_version",
)


def filled(path: Path, batch: Callable[..., Any]) -> None:
    with SqliteStore(path) as store:
        store.append(batch({"id": "a", "origin_file": "f.csv"}, {"id": "b"}))
        with store.write() as writer:
            writer.map_actor("A", "a")
            writer.record_accord("version: 1")


@pytest.mark.parametrize("table", RECORD_TABLES)
def test_no_record_can_be_changed_or_deleted_by_any_program(
    tmp_path: Path, batch: Callable[..., Any], table: str
) -> None:
    filled(tmp_path / "e.sqlite", batch)
    with closing(sqlite3.connect(tmp_path / "e.sqlite")) as other:
        column = other.execute(f"SELECT name FROM pragma_table_info('{table}') LIMIT 1").fetchone()[0]
        if table in ("ingest", "quarantined"):  # these are empty here: their triggers must exist all the same
            triggers = other.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
            assert {(f"{table}_no_update",), (f"{table}_no_delete",)} <= set(triggers)
            return
        for statement in (f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}"):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                other.execute(statement)


def test_a_recorded_row_cannot_be_replaced_or_slipped_in(tmp_path: Path, batch: Callable[..., Any]) -> None:
    filled(tmp_path / "e.sqlite", batch)
    copy = "INSERT OR REPLACE INTO observation SELECT {} FROM observation WHERE seq = 1".format(
        ", ".join(c.name if c.name != "kind" else "'air_strike'" for c in schema.observation.columns)
    )
    with closing(sqlite3.connect(tmp_path / "e.sqlite")) as other:
        with pytest.raises(sqlite3.IntegrityError, match=r"follow one another|is recorded"):
            other.execute(copy)
        with pytest.raises(sqlite3.IntegrityError, match="recorded"):
            other.execute(copy.replace("SELECT seq", "SELECT 3"))
        with pytest.raises(sqlite3.IntegrityError, match="in time"):
            other.execute("INSERT INTO entry SELECT max(seq) + 1, 0, 'x', x'00', x'00' FROM entry")
        assert other.execute("SELECT count(*) FROM observation").fetchone() == (2,)


def test_the_migrations_make_the_tables_that_the_code_reads(tmp_path: Path) -> None:
    with SqliteStore(tmp_path / "e.sqlite") as store:
        found = inspect(store._engine)
        assert set(found.get_table_names()) == {*schema.metadata.tables, "alembic_version"}
        for name, table in schema.metadata.tables.items():
            columns = {c["name"]: (str(c["type"]), c["nullable"]) for c in found.get_columns(name)}
            assert list(columns) == [c.name for c in table.columns]
            for column in table.columns:
                assert columns[column.name] == (str(column.type.compile(found.dialect)), column.nullable)


def test_the_newest_revision_is_the_one_that_the_code_names() -> None:
    assert known_revisions()[0] == schema.HEAD


def test_the_file_is_in_wal_mode_and_flushes_every_commit(tmp_path: Path) -> None:
    with SqliteStore(tmp_path / "e.sqlite") as store, store._engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


@pytest.mark.parametrize("revision", known_revisions())
def test_a_file_of_any_older_version_is_migrated_and_keeps_its_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, revision: str
) -> None:
    path = tmp_path / "e.sqlite"
    with monkeypatch.context() as older:
        older.setattr("truceline.store.engine.HEAD", revision)
        older.setattr(
            "truceline.store.migrations.run.upgrade",
            lambda connection, to=revision: upgrade(connection, to),
        )
        SqliteStore(path).close()
    # By hand, as the code of that time did: today's writer knows the newest schema only.
    with closing(sqlite3.connect(path)) as other:
        other.execute("INSERT INTO entry VALUES (1, 1538352000000000, 'ingest', x'00', x'00')")
        other.execute("INSERT INTO original VALUES (1, 'a.csv', NULL)")
        other.execute(
            "INSERT INTO observation (seq, entry, original, id, digest, kind, occurred_from, "
            "occurred_to, actors, targets, source, claim, synthetic, retracted) "
            "VALUES (1, 1, 1, 'a', 'd', 'shelling', 0, 1, '[]', '[]', 'tester', 0, 0, 0)"
        )
        other.commit()
    with SqliteStore(path) as store:
        assert store.observations()["id"].to_pylist() == ["a"]
        with store.write() as writer:
            writer.map_actor("A", "a")
            writer.record_accord("version: 1")
        assert len(store.actor_mappings()) == len(store.accord_versions()) == 1


def test_a_file_of_a_newer_version_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "e.sqlite"
    SqliteStore(path).close()
    with closing(sqlite3.connect(path)) as other:
        other.execute("UPDATE alembic_version SET version_num = '0999'")
        other.commit()
    before = path.read_bytes()
    with pytest.raises(StoreUnavailable, match=r"newer version.*0999") as caught:
        SqliteStore(path)
    assert "update Truceline" in str(caught.value.hint)
    assert path.read_bytes() == before


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "e.sqlite"
    path.write_bytes(b"kind,date\nshelling,2018-10-01\n" * 100)
    with pytest.raises(StoreUnavailable, match="no SQLite database"):
        SqliteStore(path)


def test_a_database_of_something_else_is_refused(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "e.sqlite")) as other:
        other.execute("CREATE TABLE recipes (name TEXT)")
    with pytest.raises(StoreUnavailable, match="something else"):
        SqliteStore(tmp_path / "e.sqlite")


def test_a_folder_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="no folder"):
        SqliteStore(tmp_path / "absent" / "e.sqlite")
    with pytest.raises(NotFound, match="does not exist"):
        SqliteStore(tmp_path / "e.sqlite", read_only=True)


def test_a_damaged_file_is_called_damaged(tmp_path: Path, batch: Callable[..., Any]) -> None:
    path = tmp_path / "e.sqlite"
    with SqliteStore(path) as store:
        store.append(batch(*({"id": f"o{i}", "report": "x" * 500} for i in range(500))))
    data = bytearray(path.read_bytes())
    data[20 * 4096 : 60 * 4096] = b"\xff" * (40 * 4096)
    path.write_bytes(data)
    with pytest.raises(StoreUnavailable, match="damaged"), SqliteStore(path) as store:
        store.observations()


def test_a_full_disk_is_said_in_a_sentence_and_nothing_is_recorded(
    tmp_path: Path, batch: Callable[..., Any]
) -> None:
    with SqliteStore(tmp_path / "e.sqlite") as store:
        store.append(batch({"id": "a"}))
        with store._engine.connect() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(StoreUnavailable, match="no space left"):
            store.append(batch(*({"id": f"o{i}", "report": "x" * 5000} for i in range(100))))
        assert store.observations()["id"].to_pylist() == ["a"]


def test_a_busy_file_is_said_to_be_busy(
    tmp_path: Path, batch: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("truceline.store.engine.BUSY_TIMEOUT_S", 0.05)
    with (
        SqliteStore(tmp_path / "e.sqlite") as store,
        closing(sqlite3.connect(tmp_path / "e.sqlite")) as other,
    ):
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreUnavailable, match="written by another process"):
            store.append(batch({"id": "a"}))


def test_a_store_opened_for_reading_records_nothing(tmp_path: Path, batch: Callable[..., Any]) -> None:
    filled(tmp_path / "e.sqlite", batch)
    with SqliteStore(tmp_path / "e.sqlite", read_only=True) as store:
        assert store.observations().num_rows == 2
        with pytest.raises(StoreUnavailable, match="reading only"):
            store.append(batch({"id": "c"}))


def _open_as_nobody(path: Path, answers: Any) -> None:
    if os.geteuid() == 0:
        os.setuid(65534)  # root may write everywhere, which is not what is tested
    try:
        with SqliteStore(path) as store, store.write() as writer:
            writer.map_actor("A", "a")
        answers.put("recorded")
    except TrucelineError as error:
        answers.put(f"{type(error).__name__}: {error.message}")


def test_a_file_that_may_not_be_written_is_called_read_only(tmp_path: Path) -> None:
    path = tmp_path / "workspace" / "e.sqlite"
    path.parent.mkdir()
    SqliteStore(path).close()
    path.chmod(0o444)
    path.parent.chmod(0o555)
    for folder in path.parent.parents:
        if folder.stat().st_uid == os.geteuid() and folder != Path(folder.anchor):
            folder.chmod(folder.stat().st_mode | 0o055)
    fork = multiprocessing.get_context("fork")
    answers = fork.Queue()
    process = fork.Process(target=_open_as_nobody, args=(path, answers))
    process.start()
    answer = answers.get(timeout=30)
    process.join()
    path.parent.chmod(0o755)
    assert answer.startswith("StoreUnavailable")
    assert "cannot be" in answer


def test_a_backup_is_a_whole_store_while_others_write(tmp_path: Path, batch: Callable[..., Any]) -> None:
    filled(tmp_path / "e.sqlite", batch)
    with SqliteStore(tmp_path / "e.sqlite") as store:
        store.append(batch({"id": "c"}))
        store.backup(tmp_path / "copy.sqlite")
        store.append(batch({"id": "d"}))
    with SqliteStore(tmp_path / "copy.sqlite") as copy:
        assert copy.observations()["id"].to_pylist() == ["a", "b", "c"]


def test_a_real_file_of_the_version_before_is_migrated_and_its_log_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "evidence.sqlite"
    path.write_bytes(gzip.decompress((DATA / "schema-0006.sqlite.gz").read_bytes()))
    with SqliteStore(path, key_file=tmp_path / "log.key") as store:
        before = store.verify_log()
        assert (before.ok, before.size, len(before.keys)) == (True, 54, 1)
        assert [one.act for one in store.corrections()] == ["retract"]
        assert [one.act for one in store.case_steps()] == ["open"]
        with store.write() as writer:
            writer.map_actor("A", "a")
        after = store.verify_log()
    # Nobody has that log's key any more.
    assert [finding.what for finding in after.findings] == [UNSIGNED]
    assert after.size > before.size == after.signed_size


def _read_by_many_threads(path: Path) -> None:
    with SqliteStore(path, read_only=True) as store, ThreadPoolExecutor(16) as pool:

        def ask(_: int) -> int:
            return max(store.last_entry() for _ in range(20))

        assert set(pool.map(ask, range(32))) == {store.last_entry()}


def test_many_threads_read_through_one_store_at_once(tmp_path: Path, batch: Callable[..., Any]) -> None:
    """As a server does. In a process of its own: where a connection is closed under a reader, that dies."""
    filled(tmp_path / "e.sqlite", batch)
    process = multiprocessing.get_context("fork").Process(
        target=_read_by_many_threads, args=(tmp_path / "e.sqlite",)
    )
    process.start()
    process.join(timeout=120)
    assert process.exitcode == 0

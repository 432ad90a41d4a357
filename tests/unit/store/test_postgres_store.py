"""The server store: addresses, errors in a sentence, many writers at once, and moving there and back."""

import gzip
import multiprocessing
import subprocess
import sys
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import inspect

from truceline.core.errors import Fault, InvalidInput, NotFound, StoreUnavailable
from truceline.store import schema
from truceline.store.log_verify import UNSIGNED
from truceline.store.migrations.run import known_revisions, upgrade
from truceline.store.postgres.engine import address_of, make_schema, open_engine, writing
from truceline.store.postgres.store import PostgresStore
from truceline.store.text import kept, restored

OLD = Path(__file__).parents[2] / "data" / "store" / "schema-0002.sqlite"
DUMPS = OLD.parent
FORK = multiprocessing.get_context("fork")


def test_an_address_is_libpqs_with_a_schema() -> None:
    found = address_of("postgresql://u@h:5433/d?sslmode=require&schema=idlib")
    assert (found.conninfo, found.schema) == ("postgresql://u@h:5433/d?sslmode=require", "idlib")
    assert address_of("postgresql:///d?service=x").conninfo == "postgresql:///d?service=x"
    assert address_of("postgresql:///d").schema == "truceline"


@pytest.mark.parametrize("url", ["postgresql://u:secret@h/d", "postgresql://h/d?password=secret"])
def test_a_password_in_an_address_is_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(InvalidInput, match="password") as caught:
        address_of(url)
    assert "secret" not in str(caught.value)
    assert "pgpass" in str(caught.value.hint)


@pytest.mark.parametrize(
    "url", ["mysql://h/d", "evidence.sqlite", "postgresql:///d?schema=Pg-1", "postgresql:///d?schema=pg_x"]
)
def test_what_is_no_address_of_a_record_is_refused(url: str) -> None:
    with pytest.raises(InvalidInput, match="accepted"):
        address_of(url)


@pytest.mark.parametrize("text", ["", "a", "\x00", "\ufdd0", "\ufdd00\x00", "\x000", "🕊\ufdd01"])
def test_text_comes_back_as_it_was_given(text: str) -> None:
    assert restored(kept(text)) == text
    assert "\x00" not in kept(text)


def test_a_server_that_is_not_there_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="cannot be reached"):
        PostgresStore(f"postgresql:///d?host={tmp_path}")


def test_a_database_or_a_record_that_is_not_there_is_said(postgres: Any, empty_url: str) -> None:
    with pytest.raises(StoreUnavailable, match='"nowhere" does not exist'):
        PostgresStore(postgres.url("nowhere"))
    with pytest.raises(NotFound, match="no record"):
        PostgresStore(empty_url)
    with pytest.raises(StoreUnavailable, match="schema of something else"):
        PostgresStore(empty_url, read_only=True)


def test_a_schema_of_something_else_and_of_a_newer_version_are_refused(postgres: Any) -> None:
    with postgres.database() as name:
        with postgres.connect(name) as connection:
            connection.execute("CREATE SCHEMA kitchen CREATE TABLE recipes (name text)")
            connection.execute("UPDATE truceline.alembic_version SET version_num = '0999'")
        with pytest.raises(StoreUnavailable, match="something else"):
            PostgresStore(postgres.url(name) + "&schema=kitchen", make=True)
        with pytest.raises(StoreUnavailable, match="newer version"):
            PostgresStore(postgres.url(name))


def test_two_records_stand_in_one_database_and_know_nothing_of_one_another(empty_url: str) -> None:
    with (
        PostgresStore(empty_url + "&schema=one", make=True) as one,
        PostgresStore(empty_url + "&schema=two", make=True) as two,
    ):
        with one.write() as writer, two.write() as other:
            writer.map_actor("A", "a")
            other.map_actor("B", "b")
        assert [judgement.name for judgement in one.actor_mappings()] == ["A"]
        assert one.verify_log().origin != two.verify_log().origin


def test_the_migrations_make_the_tables_that_the_code_reads(record_url: str) -> None:
    with PostgresStore(record_url) as store:
        found = inspect(store._engine)
        assert set(found.get_table_names()) == {*schema.metadata.tables, "alembic_version"}
        for name, table in schema.metadata.tables.items():
            columns = {c["name"]: (str(c["type"]), c["nullable"]) for c in found.get_columns(name)}
            for column in table.columns:
                assert columns[column.name] == (str(column.type.compile(found.dialect)), column.nullable)


def test_a_store_opened_for_reading_records_nothing_and_the_server_would_refuse_it(record_url: str) -> None:
    with PostgresStore(record_url, read_only=True) as store:
        with pytest.raises(StoreUnavailable, match="reading only"), store.write():
            pass
        with pytest.raises(StoreUnavailable, match="read-only"), store._writing() as connection:
            connection.exec_driver_sql("INSERT INTO original VALUES (1, 'x', 'y')")


def test_a_record_that_another_writes_to_is_said_to_be_busy(
    record_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("truceline.store.postgres.engine.LOCK_TIMEOUT_S", 0.1)
    with (
        PostgresStore(record_url) as store,
        PostgresStore(record_url) as other,
        other.write(),
        pytest.raises(StoreUnavailable, match="written by another process"),
        store.write(),
    ):
        pass


def test_an_address_with_a_wrong_user_is_told_so(postgres: Any) -> None:
    with postgres.database() as name, pytest.raises(StoreUnavailable, match="nobody-here"):
        PostgresStore(postgres.url(name, "nobody-here"))


class Rows:
    def __init__(self, table: Any) -> None:
        self.table, self.read = table, table.num_rows
        self.quarantined: list[Fault] = []


def _take_in(url: str, key: Path, tables: list[Any], start: Any) -> None:
    with PostgresStore(url, key_file=key) as store:
        start.wait(30)
        for table in tables:
            store.append(Rows(table))


@pytest.mark.parametrize("processes", [2, 8])
def test_processes_that_write_at_once_lose_nothing_double_nothing_and_keep_the_order(
    record_url: str, tmp_path: Path, observation_table: Callable[..., Any], processes: int
) -> None:
    key = tmp_path / "log.key"
    with PostgresStore(record_url, key_file=key) as store:
        store.sign_head()
    start = FORK.Barrier(processes)
    # Every process has rows of its own, and one that all of them have.
    work = [
        [observation_table([{"id": f"{n}-{part}"}, {"id": f"common-{part}"}]) for part in range(4)]
        for n in range(processes)
    ]
    running = [FORK.Process(target=_take_in, args=(record_url, key, tables, start)) for tables in work]
    for process in running:
        process.start()
    for process in running:
        process.join(60)
    assert [process.exitcode for process in running] == [0] * processes
    with PostgresStore(record_url, key_file=key) as store:
        table = store.observations()
        expected = {f"{n}-{part}" for n in range(processes) for part in range(4)}
        assert sorted(table["id"].to_pylist()) == sorted(expected | {f"common-{part}" for part in range(4)})
        instants = table["recorded_at"].to_pylist()
        assert instants == sorted(instants)
        report = store.verify_log()
        assert report.findings == []
        assert report.signed_size == report.size


def _killed_midway(url: str, table: Any, reached: Any) -> None:
    with PostgresStore(url) as store, store.write() as writer:
        writer.append([Rows(table)])
        reached.set()
        FORK.Event().wait(60)


def test_a_process_that_is_killed_leaves_nothing_and_lets_the_next_one_write(
    record_url: str, observation_table: Callable[..., Any]
) -> None:
    reached = FORK.Event()
    process = FORK.Process(
        target=_killed_midway, args=(record_url, observation_table([{"id": "a"}]), reached)
    )
    process.start()
    assert reached.wait(30)
    process.kill()
    process.join()
    with PostgresStore(record_url) as store:
        store.append(Rows(observation_table([{"id": "b"}])))
        assert store.observations()["id"].to_pylist() == ["b"]
        assert store.verify_log().ok


def test_the_servers_own_dump_restores_to_a_record_that_is_whole(
    postgres: Any, record_url: str, observation_table: Callable[..., Any], tmp_path: Path
) -> None:
    with PostgresStore(record_url, key_file=tmp_path / "log.key") as store:
        store.append(Rows(observation_table([{"id": "a", "report": "x\x00"}])))
        before = store.verify_log()
    database = record_url.partition("?")[0].rpartition("/")[2]
    dump = [
        str(postgres.programs / "pg_dump"),
        "-h",
        str(postgres.folder),
        "-U",
        "postgres",
        "-n",
        "truceline",
        database,
    ]
    text = subprocess.run(dump, check=True, capture_output=True, text=True).stdout
    with postgres.database("template0") as name:
        load = [
            str(postgres.programs / "psql"),
            "-h",
            str(postgres.folder),
            "-U",
            "postgres",
            "-qX",
            "-v",
            "ON_ERROR_STOP=1",
            name,
        ]
        subprocess.run(load, check=True, input=text, text=True, stdout=subprocess.DEVNULL)
        with PostgresStore(postgres.url(name)) as store:
            assert store.verify_log() == before
            assert before.ok


def test_psycopg_is_not_needed_for_the_embedded_store(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = (
        "import sys\nsys.modules['psycopg'] = None\n"
        "from pathlib import Path\nfrom truceline.store.workspace import store_at\n"
        "from truceline.core.errors import DependencyMissing\n"
        f"store_at(Path({str(tmp_path)!r}), None).close()\n"
        "try:\n    store_at(Path('.'), 'postgresql:///d')\n"
        "except DependencyMissing as error:\n    print(error.hint)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "truceline[postgres]" in done.stdout


def test_a_connection_that_the_server_ends_is_told_so(postgres: Any, record_url: str) -> None:
    def cut_off(store: PostgresStore) -> None:
        with store._reading() as connection:
            pid = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
            with postgres.connect() as other:
                other.execute("SELECT pg_terminate_backend(%s)", (pid,))
            connection.exec_driver_sql("SELECT 1")

    with PostgresStore(record_url) as store:
        with pytest.raises(StoreUnavailable, match=r"shut down|cannot be reached"):
            cut_off(store)
        assert store.observations().num_rows == 0  # the next one is a new connection


@pytest.mark.parametrize("revision", known_revisions())
def test_a_schema_of_any_older_version_is_migrated_and_keeps_its_rows(empty_url: str, revision: str) -> None:
    address = address_of(empty_url)
    engine = open_engine(address, read_only=False)
    with writing(engine, address.name) as connection:
        make_schema(connection, address)
        upgrade(connection, revision)
        # By hand, as the code of that time did: today's writer knows the newest schema only.
        connection.exec_driver_sql("INSERT INTO entry VALUES (1, 1538352000000000, 'ingest', '', '')")
        connection.exec_driver_sql("INSERT INTO original VALUES (1, 'a.csv', NULL)")
        connection.exec_driver_sql(
            "INSERT INTO observation (seq, entry, original, id, digest, kind, occurred_from, occurred_to, "
            "actors, targets, source, claim, synthetic, retracted) "
            "VALUES (1, 1, 1, 'a', 'd', 'shelling', 0, 1, '[]', '[]', 'tester', 0, 0, 0)"
        )
    engine.dispose()
    with pytest.raises(StoreUnavailable, match="has schema") if revision != schema.HEAD else nullcontext():
        PostgresStore(empty_url, read_only=True).close()
    with PostgresStore(empty_url) as store:
        assert store.observations()["id"].to_pylist() == ["a"]
        with store.write() as writer:
            writer.map_actor("A", "a")
        assert store.verify_log().findings == []


@pytest.mark.parametrize("dump", sorted(DUMPS.glob("postgres-*.sql.gz")), ids=lambda path: path.name)
def test_a_real_dump_of_an_older_version_is_restored_and_migrated(postgres: Any, dump: Path) -> None:
    with postgres.database("template0") as name:
        text = gzip.decompress(dump.read_bytes())
        load = ["-h", str(postgres.folder), "-U", "postgres", "-qX", "-v", "ON_ERROR_STOP=1", name]
        subprocess.run([postgres.programs / "psql", *load], check=True, input=text, stdout=subprocess.DEVNULL)
        with PostgresStore(postgres.url(name)) as store:
            assert store.verify_log().findings == []
            assert store.observations().num_rows == 29
            assert [one.name for one in store.actor_mappings()] == ["HTS"]
            with store.write() as writer:
                writer.map_actor("A", "a")
            # Nobody has that log's key any more.
            assert [finding.what for finding in store.verify_log().findings] == [UNSIGNED]

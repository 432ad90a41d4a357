# ruff: noqa: E501 (tables of statements)
"""The record in PostgreSQL against people with every right there: what triggers refuse, and what the log finds."""

from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from sqlalchemy import Connection

from truceline.core.errors import Fault
from truceline.evidence.ports import Origin
from truceline.store.log import KEYS
from truceline.store.log_verify import verify_log
from truceline.store.postgres.catalog import described, expected, schema_findings
from truceline.store.postgres.store import PostgresStore

FILE = Origin("a.csv", "ab" * 32, 10, "csv")


class Rows:
    def __init__(self, table: Any, *faults: Fault) -> None:
        self.table, self.quarantined, self.read = table, list(faults), table.num_rows + len(faults)


@pytest.fixture(scope="module")
def full(
    postgres: Any, observation_table: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[PostgresStore]:
    """A record with rows in every table but those of consent, over more than one group of 256 leaves."""
    key = tmp_path_factory.mktemp("full") / "log.key"
    with postgres.database() as name, PostgresStore(postgres.url(name), key_file=key) as store:
        with store.write() as writer:
            writer.record_accord("accord: {}\n")
        for part in range(3):
            rows = [
                {
                    "id": f"o{part}-{n}",
                    "lon": 36 + n / 7,
                    "lat": 35.0,
                    "report": f"“{n}”\t\x00",
                    "count": n % 3,
                }
                for n in range(400)
            ]
            store.append(Rows(observation_table(rows), Fault("bad", row=part, found="x")), origin=FILE)
        with store.write() as writer:
            writer.map_actor("A", "a", note="n")
        yield store


@pytest.fixture
def attacker(full: PostgresStore) -> Iterator[Connection]:
    """A superuser's transaction, of which nothing stays."""
    with full._engine.connect() as connection:
        yield connection
        connection.rollback()


def found_after(connection: Connection, *statements: str) -> list[Any]:
    """What the check of the log finds after a superuser switched all triggers off, acted, and on again."""
    tables = [*KEYS, "log_leaf", "log_node"]
    for table in tables:
        connection.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
    for statement in statements:
        connection.exec_driver_sql(statement)
    for table in tables:
        connection.exec_driver_sql(f"ALTER TABLE {table} ENABLE TRIGGER ALL")
        connection.exec_driver_sql(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_append_only")
    return verify_log(connection, schema_findings).findings


def test_an_untouched_record_is_whole_and_every_row_has_its_leaf(
    full: PostgresStore, attacker: Connection
) -> None:
    assert found_after(attacker) == []
    report = full.verify_log()
    rows = sum(attacker.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one() for table in KEYS)
    assert report.ok
    assert report.size == report.signed_size == rows - 1


TAMPERINGS = {
    "a number changed": ("UPDATE observation SET count = 9 WHERE seq = 700", "observation", 700),
    "a number made null": ("UPDATE observation SET lon = NULL WHERE seq = 3", "observation", 3),
    "a null filled": ("UPDATE observation SET quote = '' WHERE seq = 5", "observation", 5),
    "the last digit of a coordinate": ("UPDATE observation SET lat = lat + 1e-14 WHERE seq = 9", "observation", 9),
    "a letter of a text": ("UPDATE observation SET report = replace(report, '”', '\"') WHERE seq = 8", "observation", 8),
    "a sign that stands for none": ("UPDATE observation SET report = replace(report, U&'\\FDD00', '') WHERE seq = 8", "observation", 8),
    "a row moved to another entry": ("UPDATE observation SET entry = 2 WHERE seq = 1000", "observation", 1000),
    "a row removed": ("DELETE FROM observation WHERE seq = 401", "observation", 401),
    "the first row removed": ("DELETE FROM observation WHERE seq = 1", "observation", 1),
    "the last row removed": ("DELETE FROM observation WHERE seq = 1200", "observation", 1200),
    "a row before the first": ("UPDATE quarantined SET seq = -1 WHERE seq = 1", "quarantined", 1),
    "an instant": ("UPDATE entry SET recorded_at = recorded_at - 1 WHERE seq = 2", "entry", 2),
    "a chain": ("UPDATE entry SET chain = '\\x00' WHERE seq = 4", "entry", 4),
    "an entry inserted": ("INSERT INTO entry SELECT 99, recorded_at, kind, digest, chain FROM entry WHERE seq = 1", "entry", 99),
    "a file's name": ("UPDATE original SET file = 'b.csv'", "original", 1),
    "a count of an ingest": ("UPDATE ingest SET added = 401 WHERE entry = 3", "ingest", 3),
    "a reason of quarantine": ("UPDATE quarantined SET reason = 'good' WHERE seq = 2", "quarantined", 2),
    "a judgement": ("UPDATE actor_mapping SET party = 'b'", "actor_mapping", 6),
    "the accord": ("UPDATE accord_version SET content = content || ' '", "accord_version", 1),
    "the log's key": ("UPDATE log_key SET public_key = '\\x00'", "log_key", 2),
    "the log's name": ("UPDATE log_identity SET origin = 'truceline/log/x'", "log_identity", 1),
    "a head removed": ("DELETE FROM log_head WHERE seq = 3", "log_head", 3),
    "the last head's root": ("UPDATE log_head SET root = '\\x00' WHERE seq = 6", "log_head", 6),
    "the last head unsigned": ("UPDATE log_head SET note = NULL WHERE seq = 6", "log_head", 6),
    "a salt": ("UPDATE log_leaf SET salts = set_byte(salts, 0, get_byte(salts, 0) # 1) WHERE \"table\" = 'observation' AND \"row\" = 1", "observation", 1),
    "a leaf's hash": ("UPDATE log_leaf SET hashes = set_byte(hashes, 0, get_byte(hashes, 0) # 1) WHERE \"table\" = 'observation' AND \"row\" = 401", "observation", 401),
    "a run of leaves cut": ("UPDATE log_leaf SET hashes = substr(hashes, 33) WHERE first = 256", "log_leaf", 256),
    "a run of leaves removed": ("DELETE FROM log_leaf WHERE first = 256", "log_leaf", None),
    "a node": ("UPDATE log_node SET hash = '\\x00' WHERE number = 1", "log_node", None),
    "a node inserted": ("INSERT INTO log_node VALUES (16, 0, '\\x00')", "log_node", None),
    "the schema's version": ("INSERT INTO alembic_version VALUES ('0002')", "alembic_version", None),
    "a trigger of the attacker": ("CREATE TRIGGER x AFTER INSERT ON entry EXECUTE FUNCTION in_time()", "pg_catalog", None),
    "a trigger dropped": ("DROP TRIGGER observation_in_order ON observation", "pg_catalog", None),
    "a function that refuses nothing": ("CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'", "pg_catalog", None),
    "a rule that swallows rows": ("CREATE RULE x AS ON INSERT TO actor_mapping DO INSTEAD NOTHING", "pg_catalog", None),
    "a column of the attacker": ("ALTER TABLE original ADD COLUMN x text", "pg_catalog", None),
    "a table of the attacker": ("CREATE TABLE x (y bigint)", "pg_catalog", None),
    "a check that lets nothing in": ("ALTER TABLE entry ADD CONSTRAINT x CHECK (seq < 7)", "pg_catalog", None),
}  # fmt: skip


@pytest.mark.parametrize(("statement", "table", "row"), TAMPERINGS.values(), ids=TAMPERINGS)
def test_what_a_superuser_changes_is_found_and_placed(
    attacker: Connection, statement: str, table: str, row: int | None
) -> None:
    found = {(finding.table, finding.row) for finding in found_after(attacker, statement)}
    assert (table, row) in found or (row is None and table in {place for place, _ in found})
    if row is not None and table in ("observation", "quarantined", "ingest", "original"):
        assert {place for place in found if place[0] == table} <= {(table, row), (table, -1)}


def test_triggers_left_off_are_found(attacker: Connection) -> None:
    attacker.exec_driver_sql("ALTER TABLE observation DISABLE TRIGGER observation_append_only")
    found = [finding.what for finding in verify_log(attacker, schema_findings).findings]
    assert found == ["the trigger observation.observation_append_only was changed"]


def test_rows_that_changed_places_are_both_found(attacker: Connection) -> None:
    found = found_after(
        attacker,
        "UPDATE observation SET seq = -1 WHERE seq = 10",
        "UPDATE observation SET seq = 10 WHERE seq = 20",
        "UPDATE observation SET seq = 20 WHERE seq = -1",
    )
    assert [(f.table, f.row) for f in found] == [("observation", 10), ("observation", 20)]


@pytest.mark.parametrize("table", [*KEYS, "log_leaf", "log_node"])
def test_no_row_can_be_changed_or_removed_even_by_a_superuser_with_triggers_on(
    postgres: Any, full: PostgresStore, table: str
) -> None:
    database = full.address.conninfo.partition("?")[0].rpartition("/")[2]
    with postgres.connect(database) as connection:
        connection.execute("SET search_path TO truceline")
        for mode in ("origin", "replica"):
            connection.execute(f"SET session_replication_role = {mode}")
            for act in (
                f'UPDATE "{table}" SET {KEYS.get(table, "hashes" if table == "log_leaf" else "hash")} = NULL',
                f"DELETE FROM {table}",
                f"TRUNCATE {table} CASCADE",
            ):
                with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match="append-only"):
                    connection.execute(act)


REFUSED = {
    "a number taken": "INSERT INTO observation SELECT (o).* FROM (SELECT o FROM observation o WHERE seq = 1) x",
    "a number left out": "INSERT INTO original VALUES (7, 'x', 'y')",
    "a number before the first": "INSERT INTO original VALUES (0, 'x', 'y')",
    "two rows with a gap": "INSERT INTO original VALUES (2, 'x', 'y'), (4, 'x', 'y')",
    "an entry that goes back in time": "INSERT INTO entry SELECT max(seq) + 1, 0, 'x', '', '' FROM entry",
    "entries that go back among themselves": "INSERT INTO entry SELECT n, 2e15 - n, 'x', '', '' FROM entry, generate_series(7, 9) n WHERE seq = 1",
    "leaves with a gap": "INSERT INTO log_leaf VALUES (1000000, 1, 'entry', 99, '', '')",
    "a head that shrinks": "INSERT INTO log_head SELECT max(seq) + 1, 1, '', 0, NULL FROM log_head",
    "an ingest without its entry": "INSERT INTO ingest VALUES (99, 'f', 's', 1, NULL, NULL, 1, 1, 1, 1, 1)",
}


@pytest.mark.parametrize("statement", REFUSED.values(), ids=REFUSED)
def test_rows_that_do_not_follow_are_refused(attacker: Connection, statement: str) -> None:
    with pytest.raises(Exception, match=r"follow one another|duplicate key|violates foreign key"):
        attacker.exec_driver_sql(statement)


def test_several_rows_that_follow_in_one_statement_are_taken(attacker: Connection) -> None:
    attacker.exec_driver_sql("INSERT INTO original VALUES (3, 'x', 'y'), (2, 'x', 'y'), (4, 'x', 'y')")
    attacker.exec_driver_sql("INSERT INTO original VALUES (5, 'x', 'y')")
    held = attacker.exec_driver_sql("SELECT seq FROM original ORDER BY seq").scalars().all()
    assert held[-4:] == [2, 3, 4, 5]


def test_the_catalogue_is_what_the_migrations_make(full: PostgresStore) -> None:
    with full._reading() as connection:
        assert described(connection) == expected(), "run `make postgres-catalog` after a new migration"

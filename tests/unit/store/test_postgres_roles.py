"""Roles of the server: each is connected as, and sees what its row of the matrix says and no more."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import psycopg
import pytest
from tests.unit.store.switched_off import SWITCHED_OFF

from truceline.core.errors import InvalidInput, StoreUnavailable
from truceline.evidence.audiences import AUDIENCES, CELL_DEG, confidential
from truceline.evidence.ports import Origin
from truceline.store import schema
from truceline.store.postgres.guards import guard_findings
from truceline.store.postgres.roles import roles_of, set_up
from truceline.store.postgres.store import PostgresStore

PARTIES = ("north", "south")
NOW = datetime.now(UTC)
ROLES = [role.name for role in roles_of("truceline", PARTIES)]
READERS = {role.removeprefix("truceline_"): role for role in ROLES}


class Rows:
    def __init__(self, table: Any) -> None:
        self.table, self.read = table, table.num_rows
        self.quarantined: list[Any] = []


class Clock:
    now = NOW - timedelta(days=10)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture(scope="module")
def secured(
    postgres: Any, observation_table: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Any]:
    """A record with an open row, a new one, one of each party's and one for monitors alone, and all roles."""
    clock = Clock()
    with postgres.database() as name:
        key = tmp_path_factory.mktemp("roles") / "log.key"
        with PostgresStore(postgres.url(name), key_file=key, clock=clock) as store:
            rows: list[dict[str, Any]] = [
                {"id": "open", "source": "wire"},
                {"id": "north's", "source": "north liaison", "fatalities": 1},
                {"id": "south's", "source": "wire"},
                {"id": "monitors'", "source": "Umm Khalid"},
            ]
            common: dict[str, Any] = {
                "lon": 36.4321, "lat": 35.6789, "error_m": 50.0, "place": "Jisr ash-Shughur",
                "report": "I saw", "observed_from": "roof", "quote": "q", "origin_url": "u", "origin_id": "i",
                "serial": "s",
            }  # fmt: skip
            store.append(Rows(observation_table([row | common for row in rows])), origin=Origin("f", "ab", 1))
            with store.write() as writer:
                said = {"author": "A", "reason": "asked for"}
                writer.record_correction("restrict", "source", "north liaison", party="north", **said)
                writer.record_correction("restrict", "observation", "south's", party="south", **said)
                writer.record_correction("restrict", "source", "Umm Khalid", **said)
                writer.record_correction("restrict", "source", "wire", **said)
                writer.record_correction("release", "source", "wire", **said)
            # An edited version of a restricted row is as restricted as the first one.
            edited = {"id": "south's", "source": "wire", "fatalities": 2}
            store.append(Rows(observation_table([edited | common])))
            clock.now = NOW - timedelta(hours=1)
            store.append(Rows(observation_table([{"id": "new", "source": "wire"} | common])))
            store.set_up_roles(PARTIES)
            store.set_up_roles(PARTIES)  # again: nothing changes
            made = store.observations()["id"].to_pylist()
        with postgres.connect(name) as connection:
            for role in (*ROLES, "truceline_writer"):
                connection.execute(f"DROP ROLE IF EXISTS login_{role}")
                connection.execute(f"CREATE ROLE login_{role} LOGIN IN ROLE {role}")
            connection.execute("DROP ROLE IF EXISTS login_nobody")
            connection.execute("CREATE ROLE login_nobody LOGIN")
        yield name, made, key
    with postgres.connect() as connection:
        for role in (*ROLES, "truceline_writer"):
            connection.execute(f"DROP ROLE login_{role}")
        connection.execute("DROP ROLE login_nobody")
        for role in (*ROLES, "truceline_writer", "truceline_views", "truceline_places"):
            connection.execute(f"DROP ROLE {role}")


@pytest.fixture
def to_write_to(postgres: Any, secured: Any) -> Iterator[str]:
    """A database with a copy of the record: the other tests count on what is in theirs."""
    with postgres.database(secured[0]) as name:
        yield name


@pytest.fixture
def ask(postgres: Any, secured: Any) -> Callable[[str, str], list[Any]]:
    """Asks as somebody who has only that role, through a connection of their own."""

    def answer(role: str, query: str) -> list[Any]:
        with postgres.connect(secured[0], f"login_{role}") as connection:
            return list(connection.execute(query).fetchall())

    return answer


def seen(made: list[str], audience: str, party: str | None) -> set[str]:
    """By hand from the story above, not from the policies."""
    edited = next(id for id in made if id not in ("open", "north's", "south's", "monitors'", "new"))
    found = {"open"} if audience == "public" else {"open", "new"}
    if party == "north":
        found |= {"north's"}
    if party == "south":
        found |= {"south's", edited}
    return set(made) if audience in ("analyst", "monitor", "administrator") else found


def shown_as(postgres: Any, secured: Any, audience: str, id: str) -> str:
    """The id under which an audience is shown an observation: the recorded one only to who sees all of it."""
    if audience in ("monitor", "administrator"):
        return id
    with postgres.connect(secured[0]) as connection:
        ((key,),) = connection.execute("SELECT key FROM truceline_access.naming").fetchall()
    return "seen-" + sha256(key + sha256(key + id.encode()).digest()).hexdigest()[:24]


def test_recorded_ids_are_shown_to_nobody_who_could_try_out_places_or_sources_against_them(
    ask: Any, secured: Any
) -> None:
    for role in ROLES:
        full = role.endswith(("monitor", "administrator"))
        views = ["observations"]
        if full or role.endswith("analyst"):
            views.append("observation_places")
        found = [dict(ask(role, f"SELECT id, supersedes FROM truceline_access.{view}")) for view in views]
        assert all(one == found[0] for one in found), "two views name the same otherwise"
        for id, earlier in found[0].items():
            assert (id in secured[1]) is full
            assert earlier is None or (earlier in secured[1]) is full
        # What superseded what can still be followed.
        superseded = {earlier for earlier in found[0].values() if earlier is not None}
        assert superseded <= set(found[0])


@pytest.mark.parametrize("role", roles_of("truceline", PARTIES), ids=lambda role: role.name)
def test_a_role_sees_the_rows_places_and_reporters_of_its_audience(
    postgres: Any, ask: Any, secured: Any, role: Any
) -> None:
    audience = next(one for one in AUDIENCES if one.id == role.audience)
    rows = ask(
        role.name,
        "SELECT id, source, report, observed_from, quote, origin_url, origin_id, serial, place, error_m, "
        "st_geometrytype(geom), st_xmin(geom), st_ymin(geom), st_xmax(geom), "
        "st_intersects(geom, st_setsrid(st_makepoint(36.4321, 35.6789), 4326)) "
        "FROM truceline_access.observations",
    )
    shown = {shown_as(postgres, secured, role.audience, id): id for id in secured[1]}
    rows = [(shown[row[0]], *row[1:]) for row in rows]
    assert {row[0] for row in rows} == seen(secured[1], role.audience, role.party)
    for row in rows:
        assert all((value is not None) == audience.reporters for value in row[1:8])
        own = row[0] != "open" and row[0] != "new" and role.party is not None
        if audience.exact_places or own:
            assert row[8:11] == ("Jisr ash-Shughur", 50.0, "ST_Point")
        else:
            assert row[8] is None
            assert row[9] > 5000
            assert row[10] == "ST_Polygon"
            assert (row[11], row[12]) == (pytest.approx(36.4), pytest.approx(35.6))
            assert row[13] - row[11] == pytest.approx(CELL_DEG)
        assert row[14]


FORBIDDEN = (
    *(f'SELECT * FROM truceline."{table}"' for table in schema.metadata.tables),
    "SELECT * FROM truceline_access.hidden",
    "SELECT * FROM truceline_access.restricted",
    "SELECT * FROM truceline_access.own",
    "SELECT * FROM truceline_access.rights",
    "SELECT * FROM truceline_access.audience",
    "SELECT * FROM truceline_access.naming",
    "SELECT seq FROM truceline_access.observations",
    "INSERT INTO truceline_access.observations (id) VALUES ('x')",
    "DELETE FROM truceline_access.observations",
    "UPDATE truceline_access.audience SET confidential = 'all'",
    "CREATE VIEW truceline_access.x AS SELECT 1",
    "SET ROLE truceline_writer",
    "SET ROLE truceline_places",
    "SET SESSION AUTHORIZATION postgres",
)


@pytest.mark.parametrize("role", [*ROLES, "nobody"])
def test_a_reader_reaches_nothing_but_its_views(postgres: Any, secured: Any, role: str) -> None:
    with postgres.connect(secured[0], f"login_{role}") as connection:
        for query in FORBIDDEN:
            with pytest.raises(
                psycopg.Error, match=r"permission denied|does not exist|cannot (insert|delete)"
            ):
                connection.execute(query)


def test_who_has_no_role_sees_not_even_the_view(ask: Any) -> None:
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask("nobody", "SELECT id FROM truceline_access.observations")


def test_only_who_sees_all_exactly_reads_the_places_with_their_index(ask: Any) -> None:
    for role in ROLES:
        query = (
            "SELECT count(*) FROM truceline_access.observation_places "
            "WHERE geom && st_makeenvelope(36, 35, 37, 36, 4326)"
        )
        if role.endswith(("analyst", "monitor", "administrator")):
            assert ask(role, query)[0][0] == 6
        else:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                ask(role, query)


def test_a_table_granted_by_mistake_shows_no_row(postgres: Any, secured: Any, ask: Any) -> None:
    with postgres.connect(secured[0]) as connection:
        for table in ("observation", "correction", "original", "entry", "log_leaf"):
            connection.execute("GRANT USAGE ON SCHEMA truceline TO login_nobody")
            connection.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON truceline.{table} TO login_nobody")
    for table in ("observation", "correction", "original", "entry", "log_leaf"):
        assert ask("nobody", f"SELECT count(*) FROM truceline.{table}") == [(0,)]
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level security"):
        ask("nobody", "INSERT INTO truceline.original VALUES (99, 'x', 'y') RETURNING seq")
    with PostgresStore(postgres.url(secured[0])) as store:
        found = {one.what for one in store.verify_log().findings}
    assert {
        "the rights on truceline.observation was changed",
        "the rights on the schema truceline was changed",
    } <= found
    with postgres.connect(secured[0]) as connection:
        connection.execute("REVOKE ALL ON ALL TABLES IN SCHEMA truceline FROM login_nobody")
        connection.execute("REVOKE ALL ON SCHEMA truceline FROM login_nobody")


def test_the_geometry_of_the_views_is_registered_for_gis(ask: Any) -> None:
    found = ask(
        "truceline_monitor",
        "SELECT f_table_name, type, srid FROM geometry_columns "
        "WHERE f_table_schema = 'truceline_access' ORDER BY 1",
    )
    assert found == [("observation_places", "GEOMETRY", 4326), ("observations", "GEOMETRY", 4326)]


def test_a_place_is_found_through_the_spatial_index(postgres: Any, secured: Any) -> None:
    with postgres.connect(secured[0], "login_truceline_monitor") as connection:
        connection.execute("SET enable_seqscan = off")
        plan = connection.execute(
            "EXPLAIN SELECT id FROM truceline_access.observation_places "
            "WHERE geom && public.st_makeenvelope(36, 35, 37, 36, 4326)"
        ).fetchall()
    assert "observation_place" in "\n".join(row[0] for row in plan)


def test_the_writer_adds_and_verifies_and_can_change_nothing(
    postgres: Any, secured: Any, to_write_to: str, observation_table: Callable[..., Any]
) -> None:
    name, key = to_write_to, secured[2]
    user = "login_truceline_writer"
    with PostgresStore(postgres.url(name, user), key_file=key, clock=lambda: NOW) as store:
        before = store.observations().num_rows
        # More than one statement's worth, with a text that needs keeping.
        rows = [{"id": f"w{n}", "report": "x\x00" if n else None} for n in range(300)]
        assert store.append(Rows(observation_table(rows)), origin=Origin("w", "cd", 1)).added == 300
        assert store.append(Rows(observation_table(rows))).duplicates == 300
        assert store.observations().num_rows == before + 300
        assert store.observations()["report"][-1].as_py() == "x\x00"
        assert store.verify_log().findings == []
    with postgres.connect(name, user) as connection:
        connection.execute("SET search_path TO truceline")
        for act in ("UPDATE observation SET kind = 'x'", "DELETE FROM entry", "TRUNCATE log_head",
                    "ALTER TABLE observation DISABLE TRIGGER ALL", "DROP TRIGGER entry_in_order ON entry",
                    "ALTER TABLE observation DISABLE ROW LEVEL SECURITY", "CREATE TABLE x (y int)",
                    "SET session_replication_role = replica"):  # fmt: skip
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(act)


def test_a_reader_that_opens_the_record_itself_is_told_that_it_may_not(postgres: Any, secured: Any) -> None:
    with pytest.raises(StoreUnavailable, match="does not allow"):
        PostgresStore(postgres.url(secured[0], "login_truceline_monitor"), read_only=True)


def test_roles_do_not_change_what_the_check_of_the_log_finds(postgres: Any, secured: Any) -> None:
    with PostgresStore(postgres.url(secured[0])) as store:
        assert store.verify_log().findings == []


def test_a_database_without_postgis_is_told_what_to_do(postgres: Any, tmp_path: Path) -> None:
    with (
        postgres.database("template0") as name,
        PostgresStore(postgres.url(name), make=True) as store,
        pytest.raises(StoreUnavailable, match="no PostGIS"),
        store._writing() as connection,
    ):
        set_up(connection, "truceline", PARTIES)


def test_names_too_long_for_a_role_are_refused() -> None:
    with pytest.raises(InvalidInput, match="63 bytes"):
        roles_of("truceline", ["x" * 60])


def test_the_last_word_on_a_target_counts(secured: Any, postgres: Any) -> None:
    with PostgresStore(postgres.url(secured[0])) as store:
        assert confidential(store.corrections()) == {
            ("source", "north liaison"): "north",
            ("observation", "south's"): "south",
            ("source", "Umm Khalid"): None,
        }
        first = store.corrections()[0].recorded_at
        assert confidential(store.corrections(), first - timedelta(seconds=1)) == {}


@pytest.mark.parametrize(("statement", "what"), SWITCHED_OFF.values(), ids=SWITCHED_OFF)
def test_what_keeps_readers_apart_and_was_switched_off_is_found(
    postgres: Any, secured: Any, statement: str, what: str
) -> None:
    with (
        PostgresStore(postgres.url(secured[0])) as store,
        store._engine.connect() as connection,
        connection.begin() as transaction,
    ):
        connection.exec_driver_sql(statement)
        found = [one.what for one in guard_findings(connection, "truceline")]
        transaction.rollback()
    assert what in found


@pytest.mark.parametrize("user", ["postgres", "login_truceline_writer"])
def test_roles_that_are_as_they_were_made_are_in_order(postgres: Any, secured: Any, user: str) -> None:
    with PostgresStore(postgres.url(secured[0], user), key_file=secured[2]) as store:
        assert store.verify_log().findings == []

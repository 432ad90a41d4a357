"""Connecting to PostgreSQL: addresses, transactions and locks, migrations, and what can go wrong.

An address is libpq's (``postgresql://user@host:port/database?sslmode=require``) with one word more,
``schema=``, the schema that holds the record (`truceline` if not given). A password is never in it: libpq
finds it in its password file, its service file or the environment.

Writers take one advisory lock for the whole transaction, so that entries follow one another; readers see one
state of the record (REPEATABLE READ) and wait for nobody. Commits are flushed even where the server is set
not to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

import psycopg
from psycopg import sql
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError

from truceline.core.errors import InvalidInput, NotFound, StoreUnavailable
from truceline.store.driver import driver_of
from truceline.store.revision import revision_of
from truceline.store.schema import HEAD

LOCK_TIMEOUT_S = 120
CONNECT_TIMEOUT_S = 10
_SCHEMA = re.compile(r"[a-z_][a-z0-9_]{0,39}")
_SECRETS = ("password", "sslpassword")

_SENTENCES = (
    ("53100", "there is no space left on the server of {name}", "free some space: nothing changed"),
    ("53300", "{name} takes no more connections", "wait, or raise max_connections on the server"),
    ("55P03", "{name} is being written by another process", "wait until it is done and run it again"),
    ("57P", "{name} is being shut down or started", "wait until it runs and run it again: nothing changed"),
    ("25006", "{name} cannot be written: the server, or this user there, is read-only", None),
    ("42501", "{name} does not allow this to its user: {said}", "see docs/reference/postgresql.md, roles"),
    ("XX00", "{name} is damaged: {said}", "restore it from a backup"),
    ("40", "{name} was written by another process at the same moment", "run it again: nothing changed"),
    ("08", "{name} cannot be reached: {said}", None),
)


@dataclass(frozen=True, slots=True)
class Address:
    """Where a record is: libpq's address without `schema`, the schema, and what messages call both."""

    conninfo: str
    schema: str
    name: str


def address_of(url: str) -> Address:
    """Reads an address. Raises InvalidInput, where it has a password too."""
    parts = urlsplit(url)
    if parts.scheme not in ("postgresql", "postgres"):
        raise InvalidInput(
            f"{url!r} is not the address of a store; accepted: postgresql://user@host/database?schema=name"
        )
    given = parse_qsl(parts.query, keep_blank_values=True)
    if parts.password is not None or any(key in _SECRETS for key, _ in given):
        raise InvalidInput(
            "the address of a store has a password in it, which would stay on disk and in lists of processes",
            hint="leave it out: libpq finds it in ~/.pgpass, PGPASSFILE, a service file or PGPASSWORD",
        )
    schema = dict(given).get("schema", "truceline")
    if not _SCHEMA.fullmatch(schema) or schema.startswith("pg_"):
        raise InvalidInput(
            f"{schema!r} cannot be the schema of a record; accepted: lower-case letters, digits and _"
        )
    rest = urlencode([pair for pair in given if pair[0] != "schema"], quote_via=quote)
    conninfo = f"postgresql://{parts.netloc}{parts.path}{'?' if rest else ''}{rest}"
    return Address(conninfo, schema, url)


@contextmanager
def told_as_unavailable(name: str) -> Iterator[None]:
    """Turns the server's own errors into StoreUnavailable; others stay defects of ours."""
    try:
        yield
    except (DBAPIError, psycopg.Error) as error:
        origin = error.orig if isinstance(error, DBAPIError) else error
        state = getattr(origin, "sqlstate", None) or ""
        said = str(origin).strip().splitlines()[0] if str(origin).strip() else "no answer"
        for prefix, sentence, hint in _SENTENCES:
            if state.startswith(prefix):
                raise StoreUnavailable(sentence.format(name=name, said=said), hint=hint) from error
        if not state and isinstance(origin, psycopg.OperationalError):
            raise StoreUnavailable(
                f"{name} cannot be reached: {said}",
                hint="check that the server runs and the address is right",
            ) from error
        raise


def open_engine(address: Address, *, read_only: bool) -> Engine:
    """An engine on the schema; with `read_only` the server refuses every change."""

    def connect() -> psycopg.Connection[Any]:
        connection = psycopg.connect(
            address.conninfo,
            autocommit=True,
            connect_timeout=CONNECT_TIMEOUT_S,
            application_name="truceline",
            client_encoding="utf-8",
        )
        path = sql.SQL("SET search_path TO {}, pg_temp").format(sql.Identifier(address.schema))
        connection.execute(path)
        connection.execute("SET TIME ZONE 'UTC'")
        connection.autocommit = False
        return connection

    engine = create_engine(
        "postgresql+psycopg://",
        creator=connect,
        pool_pre_ping=True,
        execution_options={"postgresql_readonly": read_only},
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        if connection.get_execution_options().get("writes", False):
            # In an order: first the lock, then the first look at the record.
            connection.exec_driver_sql(
                f"SELECT set_config('lock_timeout', '{LOCK_TIMEOUT_S}s', true), "
                "CASE WHEN current_setting('synchronous_commit') = 'off' "
                "THEN set_config('synchronous_commit', 'on', true) END"
            )
            connection.exec_driver_sql(
                "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", (f"truceline:{address.schema}",)
            )

    return engine


@contextmanager
def reading(engine: Engine, name: str) -> Iterator[Connection]:
    """A transaction that sees one state of the store throughout."""
    with told_as_unavailable(name), engine.connect() as connection:
        connection = connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        with connection.begin():
            yield connection


@contextmanager
def writing(engine: Engine, name: str) -> Iterator[Connection]:
    """A transaction that holds the write lock; it is undone if anything raises."""
    with told_as_unavailable(name), engine.connect() as connection:
        connection = connection.execution_options(writes=True)
        with connection.begin():
            yield connection


def need_usage(engine: Engine, address: Address) -> None:
    """Raises StoreUnavailable where the schema is there and its owner lets this user see nothing of it."""
    query = "SELECT 1 FROM pg_namespace WHERE nspname = ? AND NOT has_schema_privilege(oid, 'USAGE')"
    with reading(engine, address.name) as connection:
        if driver_of(connection).rows(query, (address.schema,)):
            raise StoreUnavailable(
                f"{address.name} does not allow its user to read the record itself",
                hint=f"readers read the views of the schema {address.schema}_access",
            )


def bring_up_to_date(engine: Engine, address: Address, *, make: bool) -> None:
    """Migrates tables of an older version, or with `make` makes schema and tables, under the write lock.

    Raises NotFound where there is no record and none is to be made, StoreUnavailable where the schema is of a
    newer version or holds something else.
    """
    with reading(engine, address.name) as connection:
        found = revision_of(connection)
    if found == HEAD:
        return
    if found is None and not make:
        raise NotFound(
            f"there is no record at {address.name}",
            hint="check the address; truceline init --store and truceline store move make a record",
        )
    from truceline.store.migrations.run import known_revisions, upgrade

    with writing(engine, address.name) as connection:
        found = revision_of(connection)  # another process may have been first
        if found is None:
            make_schema(connection, address)
        elif found not in known_revisions():
            raise StoreUnavailable(
                f"{address.name} was made by a newer version of Truceline "
                f"(schema {found}, this one knows {HEAD})",
                hint="update Truceline on this machine",
            )
        if found != HEAD:
            upgrade(connection)


def make_schema(connection: Connection, address: Address) -> None:
    """Makes the schema where there is none. Raises StoreUnavailable where it holds something else."""
    driver = driver_of(connection)
    ((encoding,),) = driver.rows("SELECT current_setting('server_encoding')")
    if encoding != "UTF8":
        raise StoreUnavailable(
            f"{address.name}: the database keeps text as {encoding}",
            hint="createdb --encoding UTF8 makes one that holds every name",
        )
    if driver.rows(
        "SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace WHERE nspname = ?",
        (address.schema,),
    ):
        raise StoreUnavailable(f"{address.name}: the schema holds something else than a record of Truceline")
    # Not IF NOT EXISTS alone: where the schema is there already, its maker need not be allowed to make one.
    if not driver.rows("SELECT 1 FROM pg_namespace WHERE nspname = ?", (address.schema,)):
        connection.exec_driver_sql(f'CREATE SCHEMA "{address.schema}"')

"""Opening the SQLite file: pragmas, transactions, migrations, and what can go wrong said in a sentence.

Pragmas: WAL, so that readers never wait for a writer; synchronous FULL, so that what was acknowledged
survives a power cut (one flush per transaction); a busy timeout long enough for another's large ingest; a
page cache that holds the indexes of a million rows; recursive triggers, so that INSERT OR REPLACE cannot
delete past the append-only triggers.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from truceline.core.errors import StoreUnavailable
from truceline.store.revision import revision_of
from truceline.store.schema import HEAD
from truceline.transparency.findings import Finding

BUSY_TIMEOUT_S = 120
_CACHE_KIB = 131_072

_SENTENCES = (
    ("SQLITE_FULL", "there is no space left for {path}", "free some space and run it again: nothing changed"),
    ("SQLITE_READONLY", "{path} cannot be written: the file, folder or medium is read-only", None),
    ("SQLITE_BUSY", "{path} is being written by another process", "wait until it is done and run it again"),
    ("SQLITE_LOCKED", "{path} is being written by another process", "wait until it is done and run it again"),
    ("SQLITE_NOTADB", "{path} is not a Truceline evidence store: it is no SQLite database", None),
    (
        "SQLITE_CORRUPT",
        "{path} is damaged",
        "restore it from a backup; attachments/originals keeps the files",
    ),
    ("SQLITE_CANTOPEN", "{path} cannot be opened", "check that the folder exists and may be written"),
    ("SQLITE_PERM", "{path} may not be opened by this user", None),
    ("SQLITE_IOERR", "{path} cannot be read or written: the medium reports an error", None),
)


@contextmanager
def told_as_unavailable(path: Path) -> Iterator[None]:
    """Turns the database's own errors about the file into StoreUnavailable; others stay defects of ours."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        origin = error.orig if isinstance(error, DBAPIError) else error
        name = getattr(origin, "sqlite_errorname", "")
        for prefix, sentence, hint in _SENTENCES:
            if name.startswith(prefix):
                raise StoreUnavailable(sentence.format(path=path), hint=hint) from error
        raise


def open_engine(path: Path, *, read_only: bool) -> Engine:
    """An engine on the file whose transactions begin when they begin.

    Writers take the lock at once (BEGIN IMMEDIATE), because a reader that turns writer halfway could fail
    where waiting would have done.
    """
    uri = f"{path.absolute().as_uri()}?mode={'ro' if read_only else 'rwc'}"
    if read_only and _on_read_only_medium(path):
        uri += "&immutable=1"  # else SQLite wants to make the index of a write-ahead log beside it

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(
            uri, uri=True, timeout=BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False
        )
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA recursive_triggers = ON")
        connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        connection.execute("PRAGMA temp_store = MEMORY")
        if not read_only:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
        return connection

    # The pool that SQLAlchemy takes for an address without a file closes connections of other threads, also
    # those that are being read from, once there are more than five threads: a server ended so.
    engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool, pool_size=8, max_overflow=-1)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _on_read_only_medium(path: Path) -> bool:
    """Whether nobody can write to the file, and all of the record is in it."""
    wal = path.with_name(f"{path.name}-wal")
    try:
        read_only = bool(os.statvfs(path.parent).f_flag & os.ST_RDONLY)
        return read_only and not (wal.exists() and wal.stat().st_size)
    except OSError:
        return False


@contextmanager
def reading(engine: Engine, path: Path) -> Iterator[Connection]:
    """A transaction that sees one state of the store throughout."""
    with told_as_unavailable(path), engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def writing(engine: Engine, path: Path) -> Iterator[Connection]:
    """A transaction that holds the write lock; it is undone if anything raises."""
    with told_as_unavailable(path), engine.connect() as connection:
        connection = connection.execution_options(writes=True)
        with connection.begin():
            yield connection


def bring_up_to_date(engine: Engine, path: Path) -> None:
    """Makes the tables, or migrates those of an older version, under the write lock.

    Raises StoreUnavailable where the file is of a newer version or holds something else.
    """
    with reading(engine, path) as connection:
        if revision_of(connection) == HEAD:
            return
    # Alembic takes a while to import and is needed only here.
    from truceline.store.migrations.run import known_revisions, upgrade

    with writing(engine, path) as connection:
        found = revision_of(connection)  # another process may have been first
        if found is None:
            foreign = connection.exec_driver_sql("SELECT name FROM sqlite_master LIMIT 1").scalar()
            if foreign:
                raise StoreUnavailable(f"{path} is a database of something else than Truceline")
        elif found not in known_revisions():
            raise StoreUnavailable(
                f"{path} was made by a newer version of Truceline (schema {found}, this one knows {HEAD})",
                hint="update Truceline on this machine",
            )
        if found != HEAD:
            upgrade(connection)


def schema_findings(connection: Connection) -> list[Finding]:
    """What of the tables, indexes and triggers, which forbid editing, is not as the migrations make it."""
    made = _schema_as_made()
    held = {(row[0], row[1]): row[2] for row in connection.exec_driver_sql(_SCHEMA)}
    findings = []
    for kind, name in sorted(made.keys() | held.keys()):
        ours, theirs = made.get((kind, name)), held.get((kind, name))
        if ours != theirs:
            how = "removed" if theirs is None else "inserted" if ours is None else "changed"
            findings.append(Finding("sqlite_master", None, f"the {kind} {name} was {how}"))
    return findings


_SCHEMA = "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"


@cache
def _schema_as_made() -> dict[tuple[str, str], str | None]:
    """What the migrations make, by type and name."""
    from truceline.store.migrations.run import upgrade

    engine = create_engine("sqlite://")
    with engine.begin() as fresh:
        upgrade(fresh)
        made = {(row[0], row[1]): row[2] for row in fresh.exec_driver_sql(_SCHEMA)}
    engine.dispose()
    return made

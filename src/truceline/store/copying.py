"""Copying a whole record from one database to another: the same rows, the same log, the same signatures.

Rows are copied as they are, those of the log too, in the order in which they were added, so that the triggers
of the database that they come to find nothing wrong. Nothing is computed anew: a copy whose log verifies is
the record, byte for byte as far as the log commits to it.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection

from truceline.core.errors import Conflict
from truceline.store import engine as sqlite
from truceline.store.driver import driver_of
from truceline.store.migrations.run import upgrade
from truceline.store.schema import metadata

CHUNK_ROWS = 20_000


def copy_rows(source: Connection, target: Connection) -> None:
    """Copies every row of a record into tables that are there and empty, inside both transactions."""
    ours, theirs = driver_of(source), driver_of(target)
    for table in metadata.sorted_tables:
        names = [column.name for column in table.columns]
        keys = ", ".join(f'"{column.name}"' for column in table.primary_key.columns)
        listed = ", ".join(f'"{name}"' for name in names)
        for columns in ours.columns(f'SELECT {listed} FROM "{table.name}" ORDER BY {keys}', size=CHUNK_ROWS):
            theirs.insert(table.name, names, zip(*(columns[name] for name in names), strict=True))


def copy_to_file(source: Connection, target: Path) -> None:
    """Copies a record to a new SQLite file. Raises Conflict where there is something, StoreUnavailable."""
    if target.exists():
        raise Conflict(f"{target} exists already", hint="choose another place; nothing was changed")
    engine = sqlite.open_engine(target, read_only=False)
    try:
        with sqlite.writing(engine, target) as connection:
            upgrade(connection, empty=True)
            copy_rows(source, connection)
    except BaseException:
        engine.dispose()
        target.unlink(missing_ok=True)
        raise
    engine.dispose()

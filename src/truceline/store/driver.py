"""The seam between the record and its database: plain statements with ``?``, bulk reading and bulk insertion.

What writes, reads and checks the record speaks to a `Driver` where SQLAlchemy's rows would cost more than the
database does. Statements are in the SQL that SQLite and PostgreSQL share, with ``?`` for parameters.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Protocol

from sqlalchemy import Connection

Row = tuple[Any, ...]
Columns = dict[str, Sequence[Any]]

_LOOKUP = 10_000  # values per IN (...): far below SQLite's limit


class Driver(Protocol):
    """A database's own connection, inside the transaction of SQLAlchemy's that it was taken from."""

    unreadable: tuple[type[Exception], ...]
    """What is raised where one value cannot be read, and the transaction goes on all the same."""

    def rows(self, statement: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """All rows of a statement."""
        ...

    def columns(self, statement: str, parameters: Sequence[Any] = (), *, size: int) -> Iterator[Columns]:
        """The rows of a statement as columns, at most `size` rows at a time, never none."""
        ...

    def names(self, table: str) -> list[str]:
        """The columns that a table has, whatever the migrations made."""
        ...

    def where_in(self, select: str, column: str, values: Sequence[Any]) -> Iterator[Row]:
        """The rows of a ``SELECT … FROM …`` whose column has one of the values, in the order of `seq`."""
        ...

    def insert(self, table: str, names: Sequence[str], rows: Iterable[Row]) -> None:
        """Adds rows, given in the order of the columns named."""
        ...


def one(driver: Driver, statement: str, parameters: Sequence[Any] = ()) -> Row | None:
    """The first row of a statement, or None where it has none."""
    found = driver.rows(statement, parameters)
    return found[0] if found else None


def driver_of(connection: Connection) -> Driver:
    """The driver under a connection."""
    raw: Any = connection.connection.driver_connection
    if connection.dialect.name == "postgresql":
        from truceline.store.postgres.driver import PostgresDriver  # psycopg is not everywhere

        return PostgresDriver(raw)
    return SqliteDriver(raw)


class SqliteDriver:
    """Implements `Driver` on a connection of the module sqlite3."""

    unreadable: tuple[type[Exception], ...] = (sqlite3.Error,)

    def __init__(self, raw: sqlite3.Connection) -> None:
        self._raw = raw

    def rows(self, statement: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """See `Driver.rows`."""
        return self._raw.execute(statement, parameters).fetchall()

    def columns(self, statement: str, parameters: Sequence[Any] = (), *, size: int) -> Iterator[Columns]:
        """See `Driver.columns`."""
        cursor = self._raw.execute(statement, parameters)
        names = [column[0] for column in cursor.description]
        while rows := cursor.fetchmany(size):
            yield dict(zip(names, zip(*rows, strict=True), strict=True))

    def names(self, table: str) -> list[str]:
        """See `Driver.names`."""
        return [column[0] for column in self._raw.execute(f'SELECT * FROM "{table}" LIMIT 0').description]

    def where_in(self, select: str, column: str, values: Sequence[Any]) -> Iterator[Row]:
        """See `Driver.where_in`."""
        for start in range(0, len(values), _LOOKUP):
            some = tuple(values[start : start + _LOOKUP])
            marks = ", ".join("?" * len(some))
            yield from self._raw.execute(f"{select} WHERE {column} IN ({marks}) ORDER BY seq", some)

    def insert(self, table: str, names: Sequence[str], rows: Iterable[Row]) -> None:
        """See `Driver.insert`."""
        columns, marks = ", ".join(f'"{name}"' for name in names), ", ".join("?" * len(names))
        self._raw.executemany(f'INSERT INTO "{table}" ({columns}) VALUES ({marks})', rows)

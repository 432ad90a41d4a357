"""Bulk reading and insertion with psycopg, and text that PostgreSQL cannot keep as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import count
from typing import Any

import psycopg
from psycopg import sql

from truceline.store import schema
from truceline.store.driver import Columns, Row
from truceline.store.text import kept, needs_keeping, needs_restoring, restored

_AT_ONCE = 10_000  # rows that may come from the server in one answer
_FEW = 16  # rows that are added one by one
_NUMBERS = count(1)


class PostgresDriver:
    """Implements `truceline.store.driver.Driver` on a connection of psycopg."""

    unreadable: tuple[type[Exception], ...] = ()

    def __init__(self, raw: psycopg.Connection[Any]) -> None:
        self._raw = raw

    def rows(self, statement: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """See `truceline.store.driver.Driver.rows`."""
        with self._raw.cursor(binary=True) as cursor:
            cursor.execute(_in_own_words(statement), _parameters(parameters))
            return [_restored_row(row) for row in cursor.fetchall()]

    def columns(self, statement: str, parameters: Sequence[Any] = (), *, size: int) -> Iterator[Columns]:
        """See `truceline.store.driver.Driver.columns`."""
        if size > _AT_ONCE:
            cursor: Any = self._raw.cursor(name=f"truceline_{next(_NUMBERS)}")
        else:
            cursor = self._raw.cursor(binary=True)
        with cursor:
            if size > _AT_ONCE:
                cursor.execute(_in_own_words(statement), _parameters(parameters), binary=True)
            else:
                cursor.execute(_in_own_words(statement), _parameters(parameters))
            names = [column.name for column in cursor.description]
            while rows := cursor.fetchmany(size):
                yield dict(zip(names, map(_restored_column, zip(*rows, strict=True)), strict=True))

    def names(self, table: str) -> list[str]:
        """See `truceline.store.driver.Driver.names`."""
        with self._raw.cursor() as cursor:
            cursor.execute(sql.SQL("SELECT * FROM {} LIMIT 0").format(sql.Identifier(table)))
            return [column.name for column in cursor.description or ()]

    def where_in(self, select: str, column: str, values: Sequence[Any]) -> Iterator[Row]:
        """See `truceline.store.driver.Driver.where_in`."""
        if values:
            yield from self.rows(f"{select} WHERE {column} = ANY(?) ORDER BY seq", (list(values),))

    def insert(self, table: str, names: Sequence[str], rows: Iterable[Row]) -> None:
        """See `truceline.store.driver.Driver.insert`.

        A few by INSERT, which goes out in one message; many by COPY, through a temporary table where
        row-level security holds for us, as COPY knows none.
        """
        columns = [_kept_column(column) for column in zip(*rows, strict=True)]
        if not columns:
            return
        types = [_type_of(table, name) for name in names]
        listed = sql.SQL(", ").join(map(sql.Identifier, names))
        with self._raw.cursor() as cursor:
            if len(columns[0]) <= _FEW:
                cursor.executemany(_insert_of(table, tuple(names)), zip(*columns, strict=True))
                return
            cursor.execute("SELECT row_security_active(%s)", (table,))
            (secured,) = cursor.fetchone() or (False,)
            into = f"new_{table}" if secured else table
            if secured:
                make = "CREATE TEMPORARY TABLE IF NOT EXISTS {} ON COMMIT DROP AS TABLE {} WITH NO DATA"
                cursor.execute(sql.SQL(make).format(sql.Identifier(into), sql.Identifier(table)))
                cursor.execute(sql.SQL("TRUNCATE {}").format(sql.Identifier("pg_temp", into)))
            to = sql.Identifier("pg_temp", into) if secured else sql.Identifier(into)
            with cursor.copy(sql.SQL("COPY {} ({}) FROM STDIN (FORMAT BINARY)").format(to, listed)) as copy:
                copy.set_types(types)
                for row in zip(*columns, strict=True):
                    copy.write_row(row)
            if secured:
                move = sql.SQL("INSERT INTO {} ({}) SELECT {} FROM {}")
                cursor.execute(move.format(sql.Identifier(table), listed, listed, to))


# By the four types of `truceline.store.schema`, which are one object each.
_TYPES = {
    id(schema.Integer): "int8",
    id(schema.Real): "float8",
    id(schema.Text): "text",
    id(schema.Blob): "bytea",
}


def _type_of(table: str, column: str) -> str:
    return _TYPES[id(schema.metadata.tables[table].columns[column].type)]


@lru_cache(maxsize=512)
def _insert_of(table: str, names: tuple[str, ...]) -> sql.Composed:
    values = [sql.SQL("%b::{}").format(sql.SQL(_type_of(table, name))) for name in names]
    return sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, names)), sql.SQL(", ").join(values)
    )


@lru_cache(maxsize=512)
def _in_own_words(statement: str) -> Any:
    return statement.replace("%", "%%").replace("?", "%s")


def _parameters(values: Sequence[Any]) -> list[Any]:
    def one(value: Any) -> Any:
        if isinstance(value, list):
            return [one(item) for item in value]
        return kept(value) if isinstance(value, str) else value

    return [one(value) for value in values]


def _restored_row(row: Row) -> Row:
    return tuple([restored(value) if isinstance(value, str) else value for value in row])


def _kept_column(column: Sequence[Any]) -> Sequence[Any]:
    return _each(column, needs_keeping, kept)


def _restored_column(column: Sequence[Any]) -> Sequence[Any]:
    return _each(column, needs_restoring, restored)


def _each(
    column: Sequence[Any], needed: Callable[[str], bool], change: Callable[[str], str]
) -> Sequence[Any]:
    """Changes the texts of a column, which is one look at all of them together where none needs it."""
    is_text = isinstance(next((value for value in column if value is not None), None), str)
    if is_text and needed("".join(filter(None, column))):
        return tuple([None if value is None else change(value) for value in column])
    return column

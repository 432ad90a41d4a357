"""The few words that migrations are written in, so that one migration holds for every database.

A migration writes SQLite's DDL; PostgreSQL says the same in its own words. What these functions do for
a revision must stay what it did: files that it made are compared with what it makes today.
"""

from __future__ import annotations

import re

from alembic import context, op

_TYPES = {"INTEGER": "BIGINT", "REAL": "DOUBLE PRECISION", "BLOB": "BYTEA"}
_TYPE = re.compile(r"\b(INTEGER|REAL|BLOB)\b")


def on_postgresql() -> bool:
    """Whether PostgreSQL is being migrated, and not SQLite."""
    return op.get_bind().dialect.name == "postgresql"


def to_be_filled() -> bool:
    """Whether a record is about to be copied into the new tables, so that no row may be made here."""
    return bool(context.config.attributes.get("empty", False))


def create(*statements: str) -> None:
    """Creates tables and indexes: plain DDL with INTEGER, REAL, TEXT and BLOB, and no default values."""
    for statement in statements:
        if on_postgresql():
            statement = _TYPE.sub(lambda found: _TYPES[found[0]], statement).replace("WITHOUT ROWID", "")
        op.execute(statement)


def each(*, sqlite: tuple[str, ...] = (), postgresql: tuple[str, ...] = ()) -> None:
    """Runs what only one of the databases needs, or needs in words of its own."""
    for statement in postgresql if on_postgresql() else sqlite:
        op.execute(statement)


def append_only(*tables: str) -> None:
    """Rows of these tables can be neither changed nor deleted, by any program."""
    for table in tables:
        if on_postgresql():
            op.execute(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
            )
            # In every mode of the session, that of replication too.
            op.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_append_only")
            continue
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
                f"BEGIN SELECT raise(ABORT, '{table} is append-only'); END"
            )


def in_order(*tables: str) -> None:
    """New rows of these tables have a `seq` that follows the last one."""
    for table in tables:
        if on_postgresql():
            follows(table, "in_order")
            continue
        op.execute(
            f"CREATE TRIGGER {table}_in_order BEFORE INSERT ON {table} "
            f"WHEN NEW.seq <> 1 + coalesce((SELECT max(seq) FROM {table}), 0) "
            f"BEGIN SELECT raise(ABORT, '{table} rows follow one another in number'); END"
        )


def follows(table: str, function: str) -> None:
    """In PostgreSQL: a function looks at all rows that a statement added to a table, as `added`."""
    op.execute(
        f"CREATE TRIGGER {table}_{function} AFTER INSERT ON {table} REFERENCING NEW TABLE AS added "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {function}()"
    )


def trigger_function(name: str, body: str, declare: str = "") -> str:
    """The statement that makes a trigger's function in PostgreSQL, bound to the schema it is made in."""
    return (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS "
        f"$body$\n{declare}BEGIN\n{body}\nEND\n$body$"
    )

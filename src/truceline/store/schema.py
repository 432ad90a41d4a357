"""The tables of the store, as SQLAlchemy Core sees them at the newest revision.

Instants are whole microseconds since 1970 in UTC; lists are JSON arrays; truth values are 0 and 1. The
migrations make the tables, indexes and triggers; a test holds that both agree.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, Column, Double, ForeignKey, LargeBinary, MetaData, Table
from sqlalchemy import Integer as SqliteInteger
from sqlalchemy.types import REAL, TypeEngine

from truceline.evidence.table import OBSERVATION_SCHEMA
from truceline.store.text import RecordText

HEAD = "0006"
"""The newest migration. The newest revision must be named here, so that opening needs no Alembic."""

metadata = MetaData()

# What a column holds, whatever the database: 64 bits, double precision, text of any characters, bytes.
Integer = BigInteger().with_variant(SqliteInteger(), "sqlite")
Real: TypeEngine[Any] = Double().with_variant(REAL(), "sqlite")
Text = RecordText()
Blob = LargeBinary()

KEPT_HERE: dict[str, Any] = {"bundled": False}
"""`Table.info` of a table whose rows are not for others: bundles carry only their leaves' hashes."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def micros_of(instant: datetime) -> int:
    """Whole microseconds since 1970 in UTC."""
    return (instant - _EPOCH) // timedelta(microseconds=1)


def instant_of(micros: int) -> datetime:
    """The UTC instant of whole microseconds since 1970."""
    return _EPOCH + timedelta(microseconds=micros)


def _record(name: str, *columns: Column[Any], info: dict[str, Any] | None = None) -> Table:
    return Table(name, metadata, *columns, info=info)


def _seq() -> Column[Any]:
    return Column("seq", Integer, primary_key=True)


def _of_entry() -> Column[Any]:
    """A row by which its entry says what it adds."""
    return Column("entry", Integer, ForeignKey("entry.seq"), primary_key=True)


def _in_entry() -> Column[Any]:
    """One of many rows of an entry.

    No foreign key: the entry is written last, when all rows of a transaction are in, so that its instant
    is that of recording and not of the start. It is checked when rows are read.
    """
    return Column("entry", Integer, nullable=False)


entry = _record(
    "entry",
    _seq(),
    Column("recorded_at", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("digest", Blob, nullable=False),
    Column("chain", Blob, nullable=False),
    info={"merged": False},
)

original = _record(
    "original",
    _seq(),
    Column("file", Text),
    Column("sha256", Text),
)

ingest = _record(
    "ingest",
    _of_entry(),
    Column("file", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("size_bytes", Integer, nullable=False),
    Column("format", Text),
    Column("source", Text),
    Column("read", Integer, nullable=False),
    Column("added", Integer, nullable=False),
    Column("duplicates", Integer, nullable=False),
    Column("superseded", Integer, nullable=False),
    Column("quarantined", Integer, nullable=False),
)

# Derived on reading: when, from the entry; file and sha256, from the table `original`.
ELSEWHERE = frozenset(("recorded_at", "origin_file", "origin_sha256"))
STORED = tuple(field for field in OBSERVATION_SCHEMA if field.name not in ELSEWHERE)


def _sql_type(name: str) -> TypeEngine[Any]:
    kind = str(OBSERVATION_SCHEMA.field(name).type)
    if kind == "double":
        return Real
    if kind == "binary":
        return Blob
    return Integer if kind.startswith(("int", "timestamp", "bool")) else Text


# `revises` is the id of the first version of the same row by the same source; null in that one itself.
observation = _record(
    "observation",
    _seq(),
    _in_entry(),
    Column("revises", Text),
    Column("original", Integer, nullable=False),
    *(Column(field.name, _sql_type(field.name), nullable=field.nullable) for field in STORED),
)

quarantined = _record(
    "quarantined",
    _seq(),
    _in_entry(),
    Column("digest", Blob, nullable=False, unique=True),
    Column("file", Text),
    Column("sha256", Text),
    Column("line", Integer),
    Column("row", Integer),
    Column("field", Text),
    Column("reason", Text, nullable=False),
    Column("found", Text),
    Column("accepted", Text),
    Column("code", Text, nullable=False),
)

actor_mapping = _record(
    "actor_mapping",
    _of_entry(),
    Column("name", Text, nullable=False),
    Column("party", Text),
    Column("note", Text),
)

accord_version = _record(
    "accord_version",
    _of_entry(),
    Column("sha256", Text, nullable=False),
    Column("content", Text, nullable=False),
)

statement = _record(
    "statement",
    _of_entry(),
    Column("act", Text, nullable=False),
    Column("party", Text, nullable=False),
    Column("content", Text, nullable=False),
    Column("public_key", Blob, nullable=False),
    Column("signature", Blob, nullable=False),
)


def _entered(name: str, *columns: Column[Any], info: dict[str, Any] | None = None) -> Table:
    """A table whose rows are one entry each."""
    entry = Column("entry", Integer, ForeignKey("entry.seq"), primary_key=True)
    return Table(name, metadata, entry, *columns, info=info or {})


def _text(name: str, *, nullable: bool = False, names: str | None = None) -> Column[Any]:
    """Words; `names` is the table whose rows' ids they are: another office may call these otherwise."""
    return Column(name, Text, nullable=nullable, info={"names": names} if names else {})


def _whole(name: str) -> Column[Any]:
    return Column(name, Integer, nullable=False)


correction = _entered(
    "correction",
    *(_text(name) for name in ("act", "subject")),
    _text("target", names="observation"),
    *(_text(name) for name in ("author", "reason")),
    _text("replacement", nullable=True, names="observation"),
    *(_text(name, nullable=True) for name in ("party", "document", "statement")),
)
case_step = _entered(
    "case_step", _text("case_id"), _text("act"), _whole("at"), _text("author"), _text("said")
)
case_reporter = _entered("case_reporter", _text("case_id"), _text("reporter"), info=KEPT_HERE)
publication = _entered(
    "publication", _whole("as_of"), _whole("known_at"), _text("author"), _text("sha256"), _text("content")
)
user_action = _entered(
    "user_action",
    _text("author"),
    _text("command"),
    _whole("first_entry"),
    _whole("last_entry"),
    info=KEPT_HERE,
)

# The transparency log: see `truceline.store.log`.
log_identity = _record(
    "log_identity",
    Column("number", Integer, primary_key=True),
    Column("origin", Text, nullable=False),
    info={"merged": False},
)

log_key = _record(
    "log_key",
    _of_entry(),
    Column("public_key", Blob, nullable=False),
    info={"merged": False},
)

log_leaf = _record(
    "log_leaf",
    Column("first", Integer, primary_key=True),
    Column("count", Integer, nullable=False),
    Column("table", Text, nullable=False),
    Column("row", Integer, nullable=False),
    Column("salts", Blob, nullable=False),
    Column("hashes", Blob, nullable=False),
)

log_node = _record(
    "log_node",
    Column("level", Integer, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("hash", Blob, nullable=False),
)

log_head = _record(
    "log_head",
    _seq(),
    Column("size", Integer, nullable=False),
    Column("root", Blob, nullable=False),
    Column("recorded_at", Integer, nullable=False),
    Column("note", Text),
    info={"merged": False},
)

# Other offices: see `truceline.store.offices`. None of these goes out in a bundle but `office_head` and
# `office_fork`: what is held of others' logs goes out as those logs.
office = _record(
    "office",
    _of_entry(),
    Column("act", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("public_key", Blob, nullable=False),
    info=KEPT_HERE,
)

# `holder` is the log of the office that said that it holds this head; null where it is we who do.
office_head = _record(
    "office_head",
    _seq(),
    _in_entry(),
    Column("holder", Text),
    Column("origin", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("root", Blob, nullable=False),
    Column("note", Text, nullable=False),
    info={"merged": False},
)

office_fork = _record(
    "office_fork",
    _of_entry(),
    Column("origin", Text, nullable=False),
    Column("sender", Text, nullable=False),
    Column("evidence", Text, nullable=False),
    info={"merged": False},
)

# A run of leaves of another office's log: their hashes, and their lines as a bundle carries them, packed.
office_leaf = _record(
    "office_leaf",
    _seq(),
    _in_entry(),
    Column("origin", Text, nullable=False),
    Column("first", Integer, nullable=False),
    Column("count", Integer, nullable=False),
    Column("hashes", Blob, nullable=False),
    Column("unpacked", Integer, nullable=False),
    Column("packing", Text, nullable=False),
    Column("packed", Blob, nullable=False),
    info=KEPT_HERE,
)

# Which rows of ours say what rows of another office's log say: `count` of them from `row` on, from
# `their_row` on, of one entry of theirs. `their_id` and `supersedes` are those of one observation: its id
# there if it is not the one here, and what it names itself to correct.
office_row = _record(
    "office_row",
    _seq(),
    _in_entry(),
    Column("origin", Text, nullable=False),
    Column("table", Text, nullable=False),
    Column("their_row", Integer, nullable=False),
    Column("row", Integer, nullable=False),
    Column("count", Integer, nullable=False),
    Column("their_entry", Integer),
    Column("their_recorded_at", Integer),
    Column("their_id", Text),
    Column("supersedes", Text),
    info=KEPT_HERE,
)

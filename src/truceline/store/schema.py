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

HEAD = "0007"
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
    return Table(name, metadata, *columns, info=info or {})


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


def _entered(name: str, *columns: Column[Any], info: dict[str, Any] | None = None) -> Table:
    """A table whose rows are one entry each."""
    return _record(name, _of_entry(), *columns, info=info)


def _text(name: str, *, nullable: bool = False, names: str | None = None) -> Column[Any]:
    """Words; `names` is the table whose rows' ids they are: another office may call these otherwise."""
    return Column(name, Text, nullable=nullable, info={"names": names} if names else {})


def _whole(name: str, *, nullable: bool = False) -> Column[Any]:
    return Column(name, Integer, nullable=nullable)


def _bytes(name: str) -> Column[Any]:
    return Column(name, Blob, nullable=False)


entry = _record(
    "entry",
    _seq(),
    _whole("recorded_at"),
    _text("kind"),
    _bytes("digest"),
    _bytes("chain"),
    info={"merged": False},
)

original = _record(
    "original",
    _seq(),
    _text("file", nullable=True),
    _text("sha256", nullable=True),
)

ingest = _entered(
    "ingest",
    _text("file"),
    _text("sha256"),
    _whole("size_bytes"),
    _text("format", nullable=True),
    _text("source", nullable=True),
    _whole("read"),
    _whole("added"),
    _whole("duplicates"),
    _whole("superseded"),
    _whole("quarantined"),
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
    _text("revises", nullable=True),
    _whole("original"),
    *(Column(field.name, _sql_type(field.name), nullable=field.nullable) for field in STORED),
)

quarantined = _record(
    "quarantined",
    _seq(),
    _in_entry(),
    Column("digest", Blob, nullable=False, unique=True),
    _text("file", nullable=True),
    _text("sha256", nullable=True),
    _whole("line", nullable=True),
    _whole("row", nullable=True),
    _text("field", nullable=True),
    _text("reason"),
    _text("found", nullable=True),
    _text("accepted", nullable=True),
    _text("code"),
)

actor_mapping = _entered(
    "actor_mapping",
    _text("name"),
    _text("party", nullable=True),
    _text("note", nullable=True),
)

accord_version = _entered(
    "accord_version",
    _text("sha256"),
    _text("content"),
)

statement = _entered(
    "statement",
    _text("act"),
    _text("party"),
    _text("content"),
    _bytes("public_key"),
    _bytes("signature"),
)


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
    _text("origin"),
    info={"merged": False},
)

log_key = _entered(
    "log_key",
    _bytes("public_key"),
    info={"merged": False},
)

# What was done with the log's own keys: see `truceline.transparency.log_keys`.
key_act = _entered(
    "key_act",
    _text("act"),
    _bytes("public_key"),
    _whole("size"),
    _text("note", nullable=True),
    _text("author"),
    _text("reason"),
    info={"merged": False},
)

# How the roles, policies and views of a server were made: see `truceline.store.postgres.guards`.
access_setup = _entered("access_setup", _whole("place"), _text("content"), info=KEPT_HERE)

log_leaf = _record(
    "log_leaf",
    Column("first", Integer, primary_key=True),
    _whole("count"),
    _text("table"),
    _whole("row"),
    _bytes("salts"),
    _bytes("hashes"),
)

log_node = _record(
    "log_node",
    Column("level", Integer, primary_key=True),
    Column("number", Integer, primary_key=True),
    _bytes("hash"),
)

log_head = _record(
    "log_head",
    _seq(),
    _whole("size"),
    _bytes("root"),
    _whole("recorded_at"),
    _text("note", nullable=True),
    info={"merged": False},
)

# Other offices: see `truceline.store.offices`. None of these goes out in a bundle but `office_head` and
# `office_fork`: what is held of others' logs goes out as those logs.
office = _entered(
    "office",
    _text("act"),
    _text("name"),
    _text("origin"),
    _bytes("public_key"),
    info=KEPT_HERE,
)

# `holder` is the log of the office that said that it holds this head; null where it is we who do.
office_head = _record(
    "office_head",
    _seq(),
    _in_entry(),
    _text("holder", nullable=True),
    _text("origin"),
    _whole("size"),
    _bytes("root"),
    _text("note"),
    info={"merged": False},
)

office_fork = _entered(
    "office_fork",
    _text("origin"),
    _text("sender"),
    _text("evidence"),
    info={"merged": False},
)

# A run of leaves of another office's log: their hashes, and their lines as a bundle carries them, packed.
office_leaf = _record(
    "office_leaf",
    _seq(),
    _in_entry(),
    _text("origin"),
    _whole("first"),
    _whole("count"),
    _bytes("hashes"),
    _whole("unpacked"),
    _text("packing"),
    _bytes("packed"),
    info=KEPT_HERE,
)

# Which rows of ours say what rows of another office's log say: `count` of them from `row` on, from
# `their_row` on, of one entry of theirs. `their_id` and `supersedes` are those of one observation: its id
# there if it is not the one here, and what it names itself to correct.
office_row = _record(
    "office_row",
    _seq(),
    _in_entry(),
    _text("origin"),
    _text("table"),
    _whole("their_row"),
    _whole("row"),
    _whole("count"),
    _whole("their_entry", nullable=True),
    _whole("their_recorded_at", nullable=True),
    _text("their_id", nullable=True),
    _text("supersedes", nullable=True),
    info=KEPT_HERE,
)

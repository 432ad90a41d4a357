"""The tables of the store, as SQLAlchemy Core sees them at the newest revision.

Instants are whole microseconds since 1970 in UTC; lists are JSON arrays; truth values are 0 and 1. The
migrations make the tables, indexes and triggers; a test holds that both agree.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, MetaData, Table, Text
from sqlalchemy.types import REAL, TypeEngine

from truceline.evidence.table import OBSERVATION_SCHEMA

HEAD = "0006"
"""The newest migration. The newest revision must be named here, so that opening needs no Alembic."""

metadata = MetaData()

KEPT_HERE: dict[str, Any] = {"bundled": False}
"""`Table.info` of a table whose rows are not for others: bundles carry only their leaves' hashes."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def micros_of(instant: datetime) -> int:
    """Whole microseconds since 1970 in UTC."""
    return (instant - _EPOCH) // timedelta(microseconds=1)


def instant_of(micros: int) -> datetime:
    """The UTC instant of whole microseconds since 1970."""
    return _EPOCH + timedelta(microseconds=micros)


entry = Table(
    "entry",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("recorded_at", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("chain", LargeBinary, nullable=False),
    info={"merged": False},
)

original = Table(
    "original",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("file", Text),
    Column("sha256", Text),
)

ingest = Table(
    "ingest",
    metadata,
    Column("entry", Integer, ForeignKey("entry.seq"), primary_key=True),
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


def _sql_type(name: str) -> type[TypeEngine[Any]]:
    kind = str(OBSERVATION_SCHEMA.field(name).type)
    if kind == "double":
        return REAL
    if kind == "binary":
        return LargeBinary
    return Integer if kind.startswith(("int", "timestamp", "bool")) else Text


# `revises` is the id of the first version of the same row by the same source; null in that one itself.
# No foreign key on `entry`: it is written last, when all rows of a transaction are in, so that its instant
# is that of recording and not of the start. It is checked when rows are read.
observation = Table(
    "observation",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("entry", Integer, nullable=False),
    Column("revises", Text),
    Column("original", Integer, nullable=False),
    *(Column(field.name, _sql_type(field.name), nullable=field.nullable) for field in STORED),
)

quarantined = Table(
    "quarantined",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("entry", Integer, nullable=False),
    Column("digest", LargeBinary, nullable=False, unique=True),
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

actor_mapping = Table(
    "actor_mapping",
    metadata,
    Column("entry", Integer, ForeignKey("entry.seq"), primary_key=True),
    Column("name", Text, nullable=False),
    Column("party", Text),
    Column("note", Text),
)

accord_version = Table(
    "accord_version",
    metadata,
    Column("entry", Integer, ForeignKey("entry.seq"), primary_key=True),
    Column("sha256", Text, nullable=False),
    Column("content", Text, nullable=False),
)

statement = Table(
    "statement",
    metadata,
    Column("entry", Integer, ForeignKey("entry.seq"), primary_key=True),
    Column("act", Text, nullable=False),
    Column("party", Text, nullable=False),
    Column("content", Text, nullable=False),
    Column("public_key", LargeBinary, nullable=False),
    Column("signature", LargeBinary, nullable=False),
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
log_identity = Table(
    "log_identity",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("origin", Text, nullable=False),
    info={"merged": False},
)

log_key = Table(
    "log_key",
    metadata,
    Column("entry", Integer, ForeignKey("entry.seq"), primary_key=True),
    Column("public_key", LargeBinary, nullable=False),
    info={"merged": False},
)

log_leaf = Table(
    "log_leaf",
    metadata,
    Column("first", Integer, primary_key=True),
    Column("count", Integer, nullable=False),
    Column("table", Text, nullable=False),
    Column("row", Integer, nullable=False),
    Column("salts", LargeBinary, nullable=False),
    Column("hashes", LargeBinary, nullable=False),
)

log_node = Table(
    "log_node",
    metadata,
    Column("level", Integer, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("hash", LargeBinary, nullable=False),
)

log_head = Table(
    "log_head",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("root", LargeBinary, nullable=False),
    Column("recorded_at", Integer, nullable=False),
    Column("note", Text),
    info={"merged": False},
)

# Other offices: see `truceline.store.offices`. None of these goes out in a bundle but `office_head` and
# `office_fork`: what is held of others' logs goes out as those logs.
office = Table(
    "office",
    metadata,
    Column("entry", Integer, ForeignKey("entry.seq"), primary_key=True),
    Column("act", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("public_key", LargeBinary, nullable=False),
    info=KEPT_HERE,
)

# `holder` is the log of the office that said that it holds this head; null where it is we who do.
office_head = Table(
    "office_head",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("entry", Integer, nullable=False),
    Column("holder", Text),
    Column("origin", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("root", LargeBinary, nullable=False),
    Column("note", Text, nullable=False),
    info={"merged": False},
)

office_fork = Table(
    "office_fork",
    metadata,
    Column("entry", Integer, ForeignKey("entry.seq"), primary_key=True),
    Column("origin", Text, nullable=False),
    Column("sender", Text, nullable=False),
    Column("evidence", Text, nullable=False),
    info={"merged": False},
)

# A run of leaves of another office's log: their hashes, and their lines as a bundle carries them, packed.
office_leaf = Table(
    "office_leaf",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("entry", Integer, nullable=False),
    Column("origin", Text, nullable=False),
    Column("first", Integer, nullable=False),
    Column("count", Integer, nullable=False),
    Column("hashes", LargeBinary, nullable=False),
    Column("unpacked", Integer, nullable=False),
    Column("packing", Text, nullable=False),
    Column("packed", LargeBinary, nullable=False),
    info=KEPT_HERE,
)

# Which rows of ours say what rows of another office's log say: `count` of them from `row` on, from
# `their_row` on, of one entry of theirs. `their_id` and `supersedes` are those of one observation: its id
# there if it is not the one here, and what it names itself to correct.
office_row = Table(
    "office_row",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("entry", Integer, nullable=False),
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

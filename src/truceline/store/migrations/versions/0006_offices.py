"""Other offices: whose keys were confirmed, what is held of their logs, and which rows came from where."""

from truceline.store.migrations import ddl

revision = "0006"
down_revision = "0005"

TABLES = (
    """CREATE TABLE office (
    entry INTEGER NOT NULL PRIMARY KEY REFERENCES entry (seq),
    act TEXT NOT NULL,
    name TEXT NOT NULL,
    origin TEXT NOT NULL,
    public_key BLOB NOT NULL
)""",
    """CREATE TABLE office_head (
    seq INTEGER NOT NULL PRIMARY KEY,
    entry INTEGER NOT NULL,
    holder TEXT,
    origin TEXT NOT NULL,
    size INTEGER NOT NULL,
    root BLOB NOT NULL,
    note TEXT NOT NULL
)""",
    """CREATE TABLE office_fork (
    entry INTEGER NOT NULL PRIMARY KEY REFERENCES entry (seq),
    origin TEXT NOT NULL,
    sender TEXT NOT NULL,
    evidence TEXT NOT NULL
)""",
    """CREATE TABLE office_leaf (
    seq INTEGER NOT NULL PRIMARY KEY,
    entry INTEGER NOT NULL,
    origin TEXT NOT NULL,
    first INTEGER NOT NULL,
    count INTEGER NOT NULL,
    hashes BLOB NOT NULL,
    unpacked INTEGER NOT NULL,
    packing TEXT NOT NULL,
    packed BLOB NOT NULL
)""",
    """CREATE TABLE office_row (
    seq INTEGER NOT NULL PRIMARY KEY,
    entry INTEGER NOT NULL,
    origin TEXT NOT NULL,
    "table" TEXT NOT NULL,
    their_row INTEGER NOT NULL,
    "row" INTEGER NOT NULL,
    count INTEGER NOT NULL,
    their_entry INTEGER,
    their_recorded_at INTEGER,
    their_id TEXT,
    supersedes TEXT
)""",
    "CREATE UNIQUE INDEX office_leaf_first ON office_leaf (origin, first)",
    'CREATE UNIQUE INDEX office_row_theirs ON office_row (origin, "table", their_row)',
    'CREATE INDEX office_row_ours ON office_row ("table", "row")',
)
GUARDED = ("office", "office_head", "office_fork", "office_leaf", "office_row")


def upgrade() -> None:
    ddl.create(*TABLES)
    ddl.append_only(*GUARDED)
    ddl.in_order("office_head", "office_leaf", "office_row")

"""The transparency log over everything that is recorded. What an older file holds is appended to it."""

import os

from alembic import op

from truceline.store.log import LogWriter

revision = "0003"
down_revision = "0002"

TABLES = (
    """CREATE TABLE log_identity (
    number INTEGER NOT NULL PRIMARY KEY CHECK (number = 1),
    origin TEXT NOT NULL
)""",
    """CREATE TABLE log_key (
    entry INTEGER NOT NULL PRIMARY KEY REFERENCES entry (seq),
    public_key BLOB NOT NULL
)""",
    """CREATE TABLE log_leaf (
    first INTEGER NOT NULL PRIMARY KEY,
    count INTEGER NOT NULL,
    "table" TEXT NOT NULL,
    "row" INTEGER NOT NULL,
    salts BLOB NOT NULL,
    hashes BLOB NOT NULL
)""",
    'CREATE UNIQUE INDEX log_leaf_row ON log_leaf ("table", "row")',
    """CREATE TABLE log_node (
    level INTEGER NOT NULL,
    number INTEGER NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (level, number)
) WITHOUT ROWID""",
    """CREATE TABLE log_head (
    seq INTEGER NOT NULL PRIMARY KEY,
    size INTEGER NOT NULL,
    root BLOB NOT NULL,
    recorded_at INTEGER NOT NULL,
    note TEXT
)""",
    "CREATE TRIGGER log_leaf_in_order BEFORE INSERT ON log_leaf "
    "WHEN NEW.first <> coalesce((SELECT first + count FROM log_leaf ORDER BY first DESC LIMIT 1), 0) "
    "BEGIN SELECT raise(ABORT, 'leaves follow one another in number'); END",
    "CREATE TRIGGER log_head_in_order BEFORE INSERT ON log_head "
    "WHEN NEW.seq <> 1 + coalesce((SELECT max(seq) FROM log_head), 0) "
    "OR NEW.size < coalesce((SELECT size FROM log_head ORDER BY seq DESC LIMIT 1), 0) "
    "BEGIN SELECT raise(ABORT, 'heads follow one another and the log never shrinks'); END",
    "CREATE TRIGGER log_node_once BEFORE INSERT ON log_node "
    "WHEN EXISTS (SELECT 1 FROM log_node WHERE level = NEW.level AND number = NEW.number) "
    "BEGIN SELECT raise(ABORT, 'a node of the log is written once'); END",
)
GUARDED = ("log_identity", "log_key", "log_leaf", "log_node", "log_head")
HELD_BEFORE = (
    "log_identity",
    "original",
    "observation",
    "quarantined",
    "ingest",
    "actor_mapping",
    "accord_version",
    "entry",
)


def upgrade() -> None:
    for statement in TABLES:
        op.execute(statement)
    for table in GUARDED:
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
                f"BEGIN SELECT raise(ABORT, '{table} is append-only'); END"
            )
    op.execute(f"INSERT INTO log_identity VALUES (1, 'truceline/log/{os.urandom(16).hex()}')")
    log = LogWriter(op.get_bind())
    log.catch_up(HELD_BEFORE)
    log.write_head(None)

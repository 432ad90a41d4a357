"""The transparency log over everything that is recorded. What an older file holds is appended to it."""

import os

from alembic import op

from truceline.store.log import LogWriter
from truceline.store.migrations import ddl

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
)
IN_ORDER = (
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
LEAVES = ddl.trigger_function(
    "leaves_in_order",
    """\
  IF EXISTS (SELECT FROM log_leaf JOIN (
               SELECT first, lead(first) OVER (ORDER BY first) AS following, count FROM log_leaf
               WHERE first >= coalesce((SELECT max(first) FROM log_leaf
                                        WHERE first < (SELECT min(first) FROM added)), 0)
             ) AS run USING (first) WHERE run.following <> run.first + run.count)
     OR NOT EXISTS (SELECT FROM log_leaf WHERE first = 0) THEN
    RAISE EXCEPTION 'leaves follow one another in number' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;""",
)
HEADS = ddl.trigger_function(
    "heads_grow",
    """\
  IF EXISTS (SELECT FROM added JOIN log_head before ON before.seq = added.seq - 1
             WHERE added.size < before.size) THEN
    RAISE EXCEPTION 'heads follow one another and the log never shrinks'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;""",
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
    ddl.create(*TABLES)
    ddl.each(sqlite=IN_ORDER, postgresql=(LEAVES, HEADS))
    if ddl.on_postgresql():
        ddl.follows("log_leaf", "leaves_in_order")
        ddl.in_order("log_head")
        ddl.follows("log_head", "heads_grow")
    ddl.append_only(*GUARDED)
    if ddl.to_be_filled():
        return
    op.execute(f"INSERT INTO log_identity VALUES (1, 'truceline/log/{os.urandom(16).hex()}')")
    log = LogWriter(op.get_bind())
    log.catch_up(HELD_BEFORE)
    log.write_head(None)

"""Entries, ingests, originals, observations and quarantined rows, all append-only.

Written as plain SQL and never changed again: what a migration did must stay what it did.
"""

from truceline.store.migrations import ddl

revision = "0001"
down_revision = None

TABLES = """
CREATE TABLE entry (
    seq INTEGER NOT NULL PRIMARY KEY,
    recorded_at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    digest BLOB NOT NULL,
    chain BLOB NOT NULL
);
CREATE TABLE original (
    seq INTEGER NOT NULL PRIMARY KEY,
    file TEXT,
    sha256 TEXT
);
CREATE TABLE ingest (
    entry INTEGER NOT NULL PRIMARY KEY REFERENCES entry (seq),
    file TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    size_bytes INTEGER NOT NULL,
    format TEXT,
    source TEXT,
    read INTEGER NOT NULL,
    added INTEGER NOT NULL,
    duplicates INTEGER NOT NULL,
    superseded INTEGER NOT NULL,
    quarantined INTEGER NOT NULL
);
CREATE TABLE observation (
    seq INTEGER NOT NULL PRIMARY KEY,
    entry INTEGER NOT NULL,
    revises TEXT,
    original INTEGER NOT NULL,
    id TEXT NOT NULL,
    digest TEXT,
    kind TEXT NOT NULL,
    place TEXT,
    lon REAL,
    lat REAL,
    error_m REAL,
    geometry BLOB,
    occurred_from INTEGER NOT NULL,
    occurred_to INTEGER NOT NULL,
    observed_at INTEGER,
    reported_at INTEGER,
    actors TEXT NOT NULL,
    targets TEXT NOT NULL,
    subject TEXT,
    weapon_class TEXT,
    calibre_mm REAL,
    equipment TEXT,
    serial TEXT,
    count INTEGER,
    fatalities INTEGER,
    injured INTEGER,
    effort_h REAL,
    source TEXT NOT NULL,
    method TEXT,
    observed_from TEXT,
    reliability TEXT,
    credibility INTEGER,
    claim INTEGER NOT NULL,
    synthetic INTEGER NOT NULL,
    report TEXT,
    origin_id TEXT,
    origin_row INTEGER,
    origin_url TEXT,
    quote TEXT,
    supersedes TEXT,
    retracted INTEGER NOT NULL,
    details TEXT
);
CREATE UNIQUE INDEX observation_id ON observation (id);
CREATE INDEX observation_revises ON observation (revises) WHERE revises IS NOT NULL;
CREATE TABLE quarantined (
    seq INTEGER NOT NULL PRIMARY KEY,
    entry INTEGER NOT NULL,
    digest BLOB NOT NULL UNIQUE,
    file TEXT,
    sha256 TEXT,
    line INTEGER,
    "row" INTEGER,
    field TEXT,
    reason TEXT NOT NULL,
    found TEXT,
    accepted TEXT,
    code TEXT NOT NULL
);
"""
ENTRY_IN_ORDER = """\
CREATE TRIGGER entry_in_order BEFORE INSERT ON entry
WHEN NEW.seq <> 1 + coalesce((SELECT max(seq) FROM entry), 0)
  OR NEW.recorded_at < coalesce((SELECT recorded_at FROM entry ORDER BY seq DESC LIMIT 1), NEW.recorded_at)
BEGIN SELECT raise(ABORT, 'entries follow one another in number and in time'); END"""

# `seq` may not be one that is taken: INSERT OR REPLACE would delete the row that has it.
GUARDED = ("entry", "original", "ingest", "observation", "quarantined")

# PostgreSQL looks at all rows of a statement at once; a row at a time would cost more than storing it.
REFUSE = ddl.trigger_function(
    "refuse_change",
    "  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';",
)
FOLLOW = """\
  SELECT min(seq), max(seq), count(*) INTO lowest, highest, many FROM added;
  EXECUTE format('SELECT coalesce((SELECT max(seq) FROM %1$I WHERE seq < $1), 0), '
                 '(SELECT max(seq) FROM %1$I)', TG_TABLE_NAME) INTO before, last USING lowest;
  IF lowest <> before + 1 OR highest - lowest + 1 <> many OR last <> highest THEN
    RAISE EXCEPTION '% rows follow one another in number', TG_TABLE_NAME
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;"""
NUMBERS = "DECLARE lowest bigint; highest bigint; many bigint; before bigint; last bigint;\n"
IN_ORDER = ddl.trigger_function("in_order", f"{FOLLOW}\n  RETURN NULL;", NUMBERS)
IN_TIME = ddl.trigger_function(
    "in_time",
    """\
  IF EXISTS (SELECT FROM added JOIN entry before ON before.seq = added.seq - 1
             WHERE added.recorded_at < before.recorded_at) THEN
    RAISE EXCEPTION 'entries follow one another in number and in time'
      USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;""",
)


def upgrade() -> None:
    ddl.create(*TABLES.strip().removesuffix(";").split(";\n"))
    ddl.each(sqlite=(ENTRY_IN_ORDER,), postgresql=(REFUSE, IN_ORDER, IN_TIME))
    if ddl.on_postgresql():
        ddl.follows("entry", "in_order")
        ddl.follows("entry", "in_time")
    ddl.append_only(*GUARDED)
    ddl.in_order("original", "observation", "quarantined")
    ddl.each(
        sqlite=(
            "CREATE TRIGGER observation_once BEFORE INSERT ON observation "
            "WHEN EXISTS (SELECT 1 FROM observation WHERE id = NEW.id) "
            "BEGIN SELECT raise(ABORT, 'an observation with this id is recorded'); END",
        )
    )

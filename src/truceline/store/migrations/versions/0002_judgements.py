"""Judgements on names of actors, and the versions of the accord."""

from truceline.store.migrations import ddl

revision = "0002"
down_revision = "0001"

TABLES = (
    """CREATE TABLE actor_mapping (
    entry INTEGER NOT NULL PRIMARY KEY REFERENCES entry (seq),
    name TEXT NOT NULL,
    party TEXT,
    note TEXT
)""",
    """CREATE TABLE accord_version (
    entry INTEGER NOT NULL PRIMARY KEY REFERENCES entry (seq),
    sha256 TEXT NOT NULL,
    content TEXT NOT NULL
)""",
)


def upgrade() -> None:
    ddl.create(*TABLES)
    ddl.append_only("actor_mapping", "accord_version")

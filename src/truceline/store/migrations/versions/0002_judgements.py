"""Judgements on names of actors, and the versions of the accord."""

from alembic import op

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
    for table in TABLES:
        op.execute(table)
    for table in ("actor_mapping", "accord_version"):
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
                f"BEGIN SELECT raise(ABORT, '{table} is append-only'); END"
            )

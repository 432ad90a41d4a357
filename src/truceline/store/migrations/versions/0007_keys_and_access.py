"""Keys of the log that were rotated or revoked, and how the server's roles and policies were made."""

from truceline.store.migrations import ddl

revision = "0007"
down_revision = "0006"

TABLES = (
    """CREATE TABLE key_act (
    entry INTEGER NOT NULL PRIMARY KEY REFERENCES entry (seq),
    act TEXT NOT NULL,
    public_key BLOB NOT NULL,
    size INTEGER NOT NULL,
    note TEXT,
    author TEXT NOT NULL,
    reason TEXT NOT NULL
)""",
    """CREATE TABLE access_setup (
    entry INTEGER NOT NULL PRIMARY KEY REFERENCES entry (seq),
    place INTEGER NOT NULL,
    content TEXT NOT NULL
)""",
)


def upgrade() -> None:
    ddl.create(*TABLES)
    ddl.append_only("key_act", "access_setup")

"""What parties signed: their keys, and their steps on proposals."""

from truceline.store.migrations import ddl

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    ddl.create(
        """CREATE TABLE statement (
    entry INTEGER NOT NULL PRIMARY KEY REFERENCES entry (seq),
    act TEXT NOT NULL,
    party TEXT NOT NULL,
    content TEXT NOT NULL,
    public_key BLOB NOT NULL,
    signature BLOB NOT NULL
)"""
    )
    ddl.append_only("statement")

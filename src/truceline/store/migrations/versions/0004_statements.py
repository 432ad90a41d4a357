"""What parties signed: their keys, and their steps on proposals."""

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.execute(
        """CREATE TABLE statement (
    entry INTEGER NOT NULL PRIMARY KEY REFERENCES entry (seq),
    act TEXT NOT NULL,
    party TEXT NOT NULL,
    content TEXT NOT NULL,
    public_key BLOB NOT NULL,
    signature BLOB NOT NULL
)"""
    )
    for act in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER statement_no_{act.lower()} BEFORE {act} ON statement "
            "BEGIN SELECT raise(ABORT, 'statement is append-only'); END"
        )

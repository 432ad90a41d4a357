"""Corrections, steps of cases and who reported them, published assessments, and who ran what."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

TABLES: dict[str, tuple[tuple[str, Any, bool], ...]] = {
    "correction": (
        ("act", sa.Text, False),
        ("subject", sa.Text, False),
        ("target", sa.Text, False),
        ("author", sa.Text, False),
        ("reason", sa.Text, False),
        ("replacement", sa.Text, True),
        ("party", sa.Text, True),
        ("document", sa.Text, True),
        ("statement", sa.Text, True),
    ),
    "case_step": (
        ("case_id", sa.Text, False),
        ("act", sa.Text, False),
        ("at", sa.Integer, False),
        ("author", sa.Text, False),
        ("said", sa.Text, False),
    ),
    "case_reporter": (("case_id", sa.Text, False), ("reporter", sa.Text, False)),
    "publication": (
        ("as_of", sa.Integer, False),
        ("known_at", sa.Integer, False),
        ("author", sa.Text, False),
        ("sha256", sa.Text, False),
        ("content", sa.Text, False),
    ),
    "user_action": (
        ("author", sa.Text, False),
        ("command", sa.Text, False),
        ("first_entry", sa.Integer, False),
        ("last_entry", sa.Integer, False),
    ),
}


def upgrade() -> None:
    for table, columns in TABLES.items():
        op.create_table(
            table,
            sa.Column("entry", sa.Integer, sa.ForeignKey("entry.seq"), primary_key=True),
            *(sa.Column(name, kind, nullable=nullable) for name, kind, nullable in columns),
        )
        if op.get_bind().dialect.name == "sqlite":
            for act in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
                    f"BEGIN SELECT raise(ABORT, '{table} is append-only'); END"
                )

"""Corrections, steps of cases and who reported them, published assessments, and who ran what."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from truceline.store.migrations import ddl

revision = "0005"
down_revision = "0004"

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
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
        ("at", WHOLE, False),
        ("author", sa.Text, False),
        ("said", sa.Text, False),
    ),
    "case_reporter": (("case_id", sa.Text, False), ("reporter", sa.Text, False)),
    "publication": (
        ("as_of", WHOLE, False),
        ("known_at", WHOLE, False),
        ("author", sa.Text, False),
        ("sha256", sa.Text, False),
        ("content", sa.Text, False),
    ),
    "user_action": (
        ("author", sa.Text, False),
        ("command", sa.Text, False),
        ("first_entry", WHOLE, False),
        ("last_entry", WHOLE, False),
    ),
}


def upgrade() -> None:
    for table, columns in TABLES.items():
        op.create_table(
            table,
            sa.Column("entry", WHOLE, sa.ForeignKey("entry.seq"), primary_key=True, autoincrement=False),
            *(sa.Column(name, kind, nullable=nullable) for name, kind, nullable in columns),
        )
        ddl.append_only(table)

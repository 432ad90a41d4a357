"""Of which schema a record is."""

from __future__ import annotations

from sqlalchemy import Connection, inspect

from truceline.store.driver import driver_of, one


def revision_of(connection: Connection) -> str | None:
    """The schema's revision, or None where there is none."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = one(driver_of(connection), "SELECT version_num FROM alembic_version")
    return None if found is None else str(found[0])

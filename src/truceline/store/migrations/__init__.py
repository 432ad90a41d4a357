"""The versions of the store's schema, as Alembic migrations."""

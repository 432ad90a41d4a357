"""Alembic's entry: migrates on the connection that `truceline.store.migrations.run` hands over."""

from alembic import context

from truceline.store.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    # Both databases can undo DDL, and our connection has begun its transaction by itself: all or nothing.
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()

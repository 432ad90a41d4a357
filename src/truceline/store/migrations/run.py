"""Runs the migrations of this folder on a connection that is inside a transaction."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def known_revisions() -> list[str]:
    """The revisions that this version knows, newest first."""
    return [script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()]


def upgrade(connection: Connection, revision: str = "head", *, empty: bool = False) -> None:
    """Migrates up to a revision. With `empty` no row is made: a record is to be copied into the tables."""
    config = _config()
    config.attributes["connection"] = connection
    config.attributes["empty"] = empty
    command.upgrade(config, revision)

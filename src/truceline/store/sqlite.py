"""The embedded store: one SQLite file, append-only and bitemporal."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from truceline.core.errors import NotFound, StoreUnavailable
from truceline.store.engine import (
    bring_up_to_date,
    open_engine,
    reading,
    schema_findings,
    told_as_unavailable,
    writing,
)
from truceline.store.record import RecordStore
from truceline.transparency.findings import Finding


class SqliteStore(RecordStore):
    """The record in a SQLite file. Opening makes the file or migrates it to the newest schema.

    Arguments as of `RecordStore`. Raises StoreUnavailable, and NotFound where a file to be read does not
    exist.
    """

    def __init__(
        self,
        path: Path,
        *,
        cache: Path | None = None,
        key_file: Path | None = None,
        read_only: bool = False,
        clock: Callable[[], datetime] | None = None,
    ) -> None:
        super().__init__(str(path), cache=cache, key_file=key_file, read_only=read_only, clock=clock)
        self.path = path
        if read_only and not path.exists():
            raise NotFound(f"{path} does not exist")
        if not path.parent.is_dir():
            raise StoreUnavailable(f"{path} cannot be opened: there is no folder {path.parent}")
        self._engine = open_engine(path, read_only=read_only)
        try:
            if read_only:
                self._check_revision()
            else:
                bring_up_to_date(self._engine, path)
        except BaseException:
            self._engine.dispose()
            raise

    def _reading(self) -> AbstractContextManager[Connection]:
        return reading(self._engine, self.path)

    def _writing(self) -> AbstractContextManager[Connection]:
        return writing(self._engine, self.path)

    def _schema_findings(self, connection: Connection) -> Iterable[Finding]:
        return schema_findings(connection)

    def _dispose(self) -> None:
        self._engine.dispose()  # the last to leave folds the write-ahead log into the file

    def trace(self) -> Hashable:
        """When the file and its write-ahead log were written to last, and how long they are."""
        found: list[tuple[int, int] | None] = []
        for path in (self.path, self.path.with_name(f"{self.path.name}-wal")):
            try:
                state = path.stat()
                found.append((state.st_mtime_ns, state.st_size))
            except OSError:
                found.append(None)
        return tuple(found)

    def damage(self) -> list[str]:
        """What SQLite finds wrong with the file's own structure; empty where it is sound."""
        with self._reading() as connection:
            found = connection.exec_driver_sql("PRAGMA integrity_check(20)").scalars()
            return [str(line) for line in found if line != "ok"]

    def backup(self, target: Path) -> None:
        """See `truceline.evidence.ports.ObservationStore.backup`."""
        with told_as_unavailable(target):
            copy = open_engine(target, read_only=False)
            try:
                with self._engine.connect() as ours, copy.connect() as theirs:
                    source: Any = ours.connection.driver_connection
                    source.backup(theirs.connection.driver_connection)
            finally:
                copy.dispose()

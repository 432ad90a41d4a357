"""The record in a schema of a PostgreSQL database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from truceline.store.copying import copy_to_file
from truceline.store.postgres.catalog import schema_findings
from truceline.store.postgres.engine import (
    address_of,
    bring_up_to_date,
    need_usage,
    open_engine,
    reading,
    writing,
)
from truceline.store.postgres.guards import as_recorded, described, guard_findings, place_of
from truceline.store.postgres.roles import Role, set_up
from truceline.store.record import RecordStore
from truceline.transparency.findings import Finding


class PostgresStore(RecordStore):
    """The record in PostgreSQL. Opening migrates its schema to the newest one, or with `make` makes it.

    `url` is as `truceline.store.postgres.engine` says; other arguments as of `RecordStore`. Raises
    InvalidInput for the address, NotFound where there is no record, and StoreUnavailable.
    """

    def __init__(
        self,
        url: str,
        *,
        cache: Path | None = None,
        key_file: Path | None = None,
        make: bool = False,
        read_only: bool = False,
        clock: Callable[[], datetime] | None = None,
    ) -> None:
        super().__init__(url, cache=cache, key_file=key_file, read_only=read_only, clock=clock)
        self.address = address_of(url)
        self._engine = open_engine(self.address, read_only=read_only)
        try:
            need_usage(self._engine, self.address)
            if read_only:
                self._check_revision()
            else:
                bring_up_to_date(self._engine, self.address, make=make)
        except BaseException:
            self._engine.dispose()
            raise

    def _reading(self) -> AbstractContextManager[Connection]:
        return reading(self._engine, self.name)

    def _writing(self) -> AbstractContextManager[Connection]:
        return writing(self._engine, self.name)

    def _schema_findings(self, connection: Connection) -> Iterable[Finding]:
        return [*schema_findings(connection), *guard_findings(connection, self.address.schema)]

    def set_up_roles(self, parties: Sequence[str]) -> list[Role]:
        """Makes the roles, policies and views of the server, or brings them up to date, and records how they
        are made. See `truceline.store.postgres.roles.set_up`."""
        with self.write() as writer:
            made = set_up(writer.connection, self.address.schema, parties)
            described_ = described(writer.connection, self.address.schema)
            writer.record_access(place_of(writer.connection), as_recorded(described_))
        return made

    def _dispose(self) -> None:
        self._engine.dispose()

    def backup(self, target: Path) -> None:
        """See `truceline.evidence.ports.ObservationStore.backup`."""
        with self._reading() as connection:
            copy_to_file(connection, target)

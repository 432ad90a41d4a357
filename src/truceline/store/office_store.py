"""What a store does with other offices: takes bundles in, hands its logs out, says who recorded what."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Table, insert, select

from truceline.core.errors import Conflict, InvalidInput, NotFound
from truceline.core.instants import isoformat_utc
from truceline.store import schema
from truceline.store.log import KEYS, origin_of
from truceline.store.office_export import Exporter
from truceline.store.office_import import Importer, Taken
from truceline.store.offices import (
    Fork,
    HeldHead,
    Office,
    forks_in,
    heads_in,
    imported_entries,
    offices_in,
)
from truceline.store.schema import instant_of
from truceline.transparency.bundle_parts import Arrived


@dataclass(frozen=True, slots=True)
class RecordedBy:
    """One office's recording of a row: its log, the row there, when by its own clock, and when it came to us.

    `office` is None where it is ours.
    """

    office: str | None
    log: str
    row: int
    recorded_at: datetime
    reached_us_at: datetime

    def as_dict(self) -> dict[str, Any]:
        """The recording as plain JSON data."""
        return {
            "office": self.office or "this office",
            "log": self.log,
            "row": self.row,
            "recorded_at": isoformat_utc(self.recorded_at),
            "reached_us_at": isoformat_utc(self.reached_us_at),
        }


class OfficeStore:
    """What every store shares: over `_reading`, and `write`."""

    @abstractmethod
    def _reading(self) -> AbstractContextManager[Connection]: ...

    @abstractmethod
    def write(self, *, dry_run: bool = False) -> AbstractContextManager[Any]: ...

    def offices(self) -> list[Office]:
        """The offices whose keys were confirmed, by name."""
        with self._reading() as connection:
            return sorted(offices_in(connection).values(), key=lambda office: office.name)

    def office_heads(self) -> list[HeldHead]:
        """All heads of other logs that we held, or that their holders told us of, in the order recorded."""
        with self._reading() as connection:
            return heads_in(connection)

    def forks(self) -> list[Fork]:
        """The forks that were found, in the order recorded."""
        with self._reading() as connection:
            return forks_in(connection)

    def trust(self, name: str, origin: str, public_key: bytes, *, trusted: bool = True) -> Office:
        """Records that the operator confirmed an office's key, or withdrew that.

        Raises Conflict where the name is another office's, or the log our own.
        """
        if not name.strip():
            raise InvalidInput("the office's name is empty; accepted: a name to call it by")
        act = "trust" if trusted else "distrust"
        with self.write() as writer:
            connection: Connection = writer.connection
            known = offices_in(connection)
            if origin == origin_of(connection):
                raise Conflict("the key is of this office's own log")
            if any(office.name == name and office.origin != origin for office in known.values()):
                raise Conflict(f"another office is called {name}", hint="choose another name for this one")
            held = known.get(origin)
            made = Office(name, origin, public_key, trusted)
            if held == made:
                return made
            entry, _ = writer.enter(
                "office", sha256(f"{act} {name} {origin} ".encode() + public_key).digest()
            )
            connection.execute(
                insert(schema.office).values(
                    entry=entry, act=act, name=name, origin=origin, public_key=public_key
                )
            )
        return made

    @contextmanager
    def exporting(self) -> Iterator[Exporter]:
        """One state of the record to make a bundle of, for as long as the context lasts."""
        with self._reading() as connection:
            yield Exporter(connection)

    def take_bundle(
        self,
        arrived: Arrived,
        *,
        before_commit: Callable[[Taken], None] = lambda _: None,
        dry_run: bool = False,
        progress: Callable[[int], None] = lambda _: None,
    ) -> Taken:
        """Checks and records a bundle in one transaction. Raises InvalidInput; nothing is recorded then."""
        with self.write(dry_run=dry_run) as writer:
            taken = Importer(writer.connection, writer, arrived, progress).take()
            before_commit(taken)
        return taken

    def recorded_by(self, id: str) -> list[RecordedBy]:
        """Who recorded an observation, or ``TABLE:NUMBER``, the first first. Raises NotFound."""
        with self._reading() as connection:
            table, row = _find(connection, id)
            names = {office.origin: office.name for office in offices_in(connection).values()}
            entry = schema.entry
            found = []
            key = table.c[KEYS[table.name]]
            ours = connection.execute(
                select(entry).join(table, entry.c.seq == table.c.entry).where(key == row)
            ).one()
            if ours.seq not in imported_entries(connection):
                at = instant_of(ours.recorded_at)
                found.append(RecordedBy(None, origin_of(connection), row, at, at))
            runs = schema.office_row
            arrived = connection.execute(
                select(runs, entry.c.recorded_at)
                .join(entry, entry.c.seq == runs.c.entry)
                .where(runs.c.table == table.name, runs.c.row <= row, runs.c.row + runs.c.count > row)
            )
            found += [
                RecordedBy(
                    names.get(run.origin, run.origin),
                    run.origin,
                    run.their_row + row - run.row,
                    instant_of(run.their_recorded_at),
                    instant_of(run.recorded_at),
                )
                for run in arrived
            ]
        return sorted(found, key=lambda one: (one.recorded_at, one.log, one.row))


def _find(connection: Connection, id: str) -> tuple[Table, int]:
    table = schema.observation
    row = connection.execute(select(table.c.seq).where(table.c.id == id)).scalar()
    if row is not None:
        return table, int(row)
    name, _, number = id.partition(":")
    if name in KEYS and number.isdecimal() and len(number) < 19 and "entry" in schema.metadata.tables[name].c:
        other = schema.metadata.tables[name]
        key = other.c[KEYS[name]]
        if connection.execute(select(key).where(key == int(number))).first():
            return other, int(number)
    raise NotFound(f"nothing is recorded under {id!r}")

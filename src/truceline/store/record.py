"""The record in a database: everything about it that is the same whatever the database."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, Self

import pyarrow as pa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection, Select, func, select

from truceline.core.errors import Conflict, Fault, InvalidInput, NotFound, StoreUnavailable
from truceline.evidence.history import known_by
from truceline.evidence.ports import (
    AccordVersion,
    ActorMapping,
    AppendResult,
    Batch,
    IngestRecord,
    Origin,
    QuarantinedRow,
)
from truceline.evidence.statements import Statement
from truceline.evidence.table import OBSERVATION_SCHEMA
from truceline.evidence.versions import Recording
from truceline.store import observation_reader, schema
from truceline.store.columnar import Segments
from truceline.store.driver import driver_of, one
from truceline.store.judgements import JudgementReader
from truceline.store.log import keys_of, origin_of
from truceline.store.log_reader import LogReader
from truceline.store.log_verify import verify_log
from truceline.store.merged import as_merged
from truceline.store.office_store import OfficeStore
from truceline.store.offices import in_their_order, offices_in
from truceline.store.revision import revision_of
from truceline.store.schema import instant_of, micros_of
from truceline.store.writer import RecordWriter, statements_in
from truceline.transparency.findings import Finding, LogReport
from truceline.transparency.keys import finish_rotation, new_key_file, new_waiting_key, read_key_file


def _now() -> datetime:
    return datetime.now(UTC)


class _DryRun(Exception):
    """Ends a dry run's transaction by undoing it."""


class RecordStore(JudgementReader, OfficeStore, ABC):
    """Implements `truceline.evidence.ports.ObservationStore` but for what a database does in its own way.

    `name` is what messages call it. `cache` is a folder for the derived columnar
    copy (none: observations are read from the database each time). `key_file` holds the key that signs the
    heads of the log; it is made where the log has had no key yet (none: heads are not signed). With
    `read_only` nothing is made, migrated or recorded.
    """

    def __init__(
        self,
        name: str,
        *,
        cache: Path | None = None,
        key_file: Path | None = None,
        read_only: bool = False,
        clock: Callable[[], datetime] | None = None,
    ) -> None:
        self.name = name
        self.read_only = read_only
        self._key_file = key_file
        self._clock = clock or _now
        self._segments = Segments(cache) if cache is not None else None
        self._held: tuple[bytes, pa.Table] | None = None
        self._lock = threading.Lock()

    @abstractmethod
    def _reading(self) -> AbstractContextManager[Connection]:
        """A transaction that sees one state of the store throughout. Raises StoreUnavailable."""

    @abstractmethod
    def _writing(self) -> AbstractContextManager[Connection]:
        """A transaction that holds the write lock; it is undone if anything raises."""

    @abstractmethod
    def _schema_findings(self, connection: Connection) -> Iterable[Finding]:
        """What of the tables and triggers is not as the migrations made it."""

    @abstractmethod
    def backup(self, target: Path) -> None:
        """See `truceline.evidence.ports.ObservationStore.backup`."""

    @abstractmethod
    def _dispose(self) -> None:
        """Lets go of all connections."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """See `truceline.evidence.ports.ObservationStore.close`."""
        self._held = None
        self._dispose()

    def _check_revision(self) -> None:
        with self._reading() as connection:
            found = revision_of(connection)
        if found != schema.HEAD:
            raise StoreUnavailable(
                f"{self.name} has schema {found or 'of something else'}, this version reads {schema.HEAD}",
                hint="open it once where it can be written, or update Truceline",
            )

    @contextmanager
    def write(self, *, dry_run: bool = False) -> Iterator[RecordWriter]:
        """See `truceline.evidence.ports.ObservationStore.write`."""
        if self.read_only:
            raise StoreUnavailable(f"{self.name} is open for reading only")
        with suppress(_DryRun), self._writing() as connection:
            writer = RecordWriter(connection, self._clock)
            yield writer
            if dry_run:
                raise _DryRun
            writer.seal(partial(self._signer, connection))

    def _signer(self, connection: Connection) -> Ed25519PrivateKey | None:
        """The log's key. Only a log that never had one gets a new one: a lost key stays lost."""
        if self._key_file is None:
            return None
        finish_rotation(self._key_file, [one.public_key for one in keys_of(connection)])
        if self._key_file.exists():
            return read_key_file(self._key_file)
        if connection.execute(select(schema.log_key.c.entry)).first():
            return None
        return new_key_file(self._key_file)

    def last_recorded_at(self) -> datetime | None:
        """The instant of the last entry; None where there is none."""
        with self._reading() as connection:
            last = connection.execute(select(func.max(schema.entry.c.recorded_at))).scalar()
        return None if last is None else instant_of(last)

    def last_entry(self) -> int:
        """The number of the last entry; 0 where there is none."""
        with self._reading() as connection:
            # Asked at every request of a server: past the layers that would make a statement of it first.
            found = one(driver_of(connection), "SELECT COALESCE(MAX(seq), 0) FROM entry")
        return int(found[0]) if found else 0

    def trace(self) -> Hashable:
        """Something that is another whenever the record has grown, found without asking the database; None
        where only that can tell."""
        return None

    def stale_cache(self) -> list[Path]:
        """Files and folders of the columnar copy that are not of this record as it stands."""
        if self._segments is None:
            return []
        with self._reading() as connection:
            return self._segments.stale(partial(observation_reader.chain_at, connection))

    def damage(self) -> list[str]:
        """What the database itself finds wrong with how the record is stored; empty where it is sound.

        Empty too where a database has no such check of its own.
        """
        return []

    def sign_head(self) -> None:
        """Signs the log as it is now, where the last head is not signed and there is a key."""
        if self.read_only:
            return
        with self._writing() as connection:
            head = one(driver_of(connection), "SELECT note FROM log_head ORDER BY seq DESC LIMIT 1")
            if (head is None or head[0] is None) and self._key_file is not None:
                RecordWriter(connection, self._clock).seal(partial(self._signer, connection), always=True)

    def rotate_key(self, *, author: str, reason: str, compromised: bool = False) -> bytes:
        """Takes a new key for the log's heads, which the old one vouches for; the new public key.

        Where the old key is `compromised` it vouches for nothing: it is revoked, and the new one must be
        confirmed by other ways. The new key waits beside the old one until the record has it, so that a crash
        leaves one key that is right. Raises Conflict without a key file, NotFound where there is no key yet.
        """
        if self._key_file is None or self.read_only:
            raise Conflict("the log's key can be changed only where the record is written")
        with self._writing() as connection:
            old = self._signer(connection)
            if old is None:
                raise NotFound(f"{self._key_file} is not there: nothing could vouch for a new key")
            new = new_waiting_key(self._key_file)
            writer = RecordWriter(connection, self._clock)
            if compromised:
                writer.revoke_log_key(old.public_key().public_bytes_raw(), author=author, reason=reason)
            else:
                writer.rotate_log_key(old, new, author=author, reason=reason)
            writer.seal(lambda: new)
        public = new.public_key().public_bytes_raw()
        finish_rotation(self._key_file, [public])
        return public

    def revoke_key(self, public_key: bytes, *, author: str, reason: str) -> None:
        """Records that a key that the log has used is its no more.

        Raises NotFound where it has not used it, Conflict where it is revoked or the one in use.
        """
        with self.write() as writer:
            held = {one.public_key: one for one in keys_of(writer.connection)}
            if public_key not in held:
                raise NotFound("the log has never used that key", hint="truceline log head lists its keys")
            if held[public_key].revoked_at is not None:
                raise Conflict("the key is revoked already")
            now = self._signer(writer.connection)
            if now is not None and now.public_key().public_bytes_raw() == public_key:
                raise Conflict(
                    "the key is the one that signs", hint="truceline log rotate-key --compromised replaces it"
                )
            writer.revoke_log_key(public_key, author=author, reason=reason)

    def verify_log(
        self,
        *,
        kept_head: str | None = None,
        pinned: tuple[str, bytes] | None = None,
        progress: Callable[[int], None] = lambda _: None,
    ) -> LogReport:
        """Checks everything recorded against the log: see `truceline.store.log_verify.verify_log`."""
        with self._reading() as connection:
            return verify_log(
                connection, self._schema_findings, kept_head=kept_head, pinned=pinned, progress=progress
            )

    @contextmanager
    def log(self) -> Iterator[LogReader]:
        """The transparency log as of one moment, for as long as the context lasts."""
        with self._reading() as connection:
            yield LogReader(connection, self.name)

    def append(self, *batches: Batch, origin: Origin | None = None) -> AppendResult:
        """See `truceline.evidence.ports.ObservationStore.append`."""
        with self.write() as writer:
            return writer.append(batches, origin=origin)

    def observations(self, known_at: datetime | None = None) -> pa.Table:
        """See `truceline.evidence.ports.ObservationStore.observations`."""
        with self._lock, self._reading() as connection:
            last = connection.execute(select(func.coalesce(func.max(schema.observation.c.seq), 0)))
            table = self._rows_upto(connection, last.scalar_one())
            return as_merged(connection, known_by(table, _aware(known_at)), known_at)

    def _rows_upto(self, connection: Connection, last: int) -> pa.Table:
        chain_at = partial(observation_reader.chain_at, connection)
        rows_after = partial(observation_reader.rows_after, connection)
        chain = chain_at(last)
        if self._held is not None and self._held[0] == chain and last == self._held[1].num_rows:
            return self._held[1]
        segments = self._segments
        if segments:
            table = segments.read(last, chain_at, rows_after)
        else:
            table = pa.Table.from_batches(rows_after(0), OBSERVATION_SCHEMA)
        if table.num_rows != last:
            raise StoreUnavailable(
                f"{self.name} is damaged: {table.num_rows} observations, the last has number {last}",
                hint="restore it from a backup; attachments/originals keeps the files",
            )
        if chain is not None:
            self._held = (chain, table)
        return table

    def quarantined(self, known_at: datetime | None = None) -> list[QuarantinedRow]:
        """See `truceline.evidence.ports.ObservationStore.quarantined`."""
        return [
            QuarantinedRow(
                instant_of(row.recorded_at),
                Fault(
                    row.reason,
                    source=row.file,
                    line=row.line,
                    row=row.row,
                    path=row.field,
                    found=row.found,
                    accepted=row.accepted,
                    code=row.code,
                ),
            )
            for row in self._entries(schema.quarantined, known_at)
        ]

    def ingests(self, known_at: datetime | None = None) -> list[IngestRecord]:
        """See `truceline.evidence.ports.ObservationStore.ingests`."""
        return [
            IngestRecord(
                row.entry,
                instant_of(row.recorded_at),
                Origin(row.file, row.sha256, row.size_bytes, row.format, row.source),
                row.read,
                row.added,
                row.duplicates,
                row.superseded,
                row.quarantined,
                office,
            )
            for row, office in sorted(
                self._in_their_order(schema.ingest, known_at), key=lambda pair: pair[0].entry
            )
        ]

    def actor_mappings(self, known_at: datetime | None = None) -> list[ActorMapping]:
        """See `truceline.evidence.ports.ObservationStore.actor_mappings`."""
        return [
            ActorMapping(row.entry, instant_of(row.recorded_at), row.name, row.party, row.note, office)
            for row, office in self._in_their_order(schema.actor_mapping, known_at)
        ]

    def accord_versions(self, known_at: datetime | None = None) -> list[AccordVersion]:
        """See `truceline.evidence.ports.ObservationStore.accord_versions`."""
        return [
            AccordVersion(row.entry, instant_of(row.recorded_at), row.sha256, row.content)
            for row, office in self._in_their_order(schema.accord_version, known_at)
            if office is None
        ]

    def accords_of(self, origin: str) -> list[AccordVersion]:
        """The versions of the accord that another office worked with, in the order recorded there."""
        return [
            AccordVersion(row.entry, instant_of(row.recorded_at), row.sha256, row.content)
            for row, office in self._in_their_order(schema.accord_version, None)
            if office == origin
        ]

    def statements(self, known_at: datetime | None = None) -> list[Statement]:
        """What parties signed, recorded by `known_at`, in the order recorded."""
        with self._reading() as connection:
            return statements_in(connection, _aware(known_at))

    def _in_their_order(self, table: Any, known_at: datetime | None) -> list[tuple[Any, str | None]]:
        """Rows as `_entries` gives them, in the order in which offices recorded them, with the log of another
        office that recorded it (None: ours)."""
        rows = self._entries(table, known_at)
        with self._reading() as connection:
            ours = origin_of(connection)
            found = in_their_order(connection, table, rows, _aware(known_at))
        return [(row, None if first.log == ours else first.log) for row, first in found]

    def _recordings(self, table: Any, known_at: datetime | None) -> list[tuple[Any, Recording | None]]:
        """Rows in the order in which offices recorded them, each with its first recording anywhere; None for
        all where no other office is known."""
        rows = self._entries(table, known_at)
        with self._reading() as connection:
            if not offices_in(connection, _aware(known_at)):
                return [(row, None) for row in rows]
            return list(in_their_order(connection, table, rows, _aware(known_at)))

    def _entries(self, table: Any, known_at: datetime | None) -> list[Any]:
        """Rows of a table that says by which entry each was recorded, in order, with that instant."""
        wanted: Select[Any] = (
            select(table, schema.entry.c.recorded_at)
            .join(schema.entry, schema.entry.c.seq == table.c.entry)
            .order_by(*table.primary_key.columns)
        )
        instant = _aware(known_at)
        if instant is not None:
            wanted = wanted.where(schema.entry.c.recorded_at <= micros_of(instant))
        with self._reading() as connection:
            return list(connection.execute(wanted))


def _aware(instant: datetime | None) -> datetime | None:
    if instant is not None and instant.tzinfo is None:
        raise InvalidInput("known_at needs a time zone")
    return instant

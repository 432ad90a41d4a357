"""Takes the checked logs of a bundle into the record, inside one transaction of the store's writer.

Observations, and rows of every other table that the schema lets travel, get entries of ours: `recorded_at` is
when they reached us. `office_row` keeps whose they are and when that office recorded them; `office_leaf` has
its leaves as it signed them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b, sha256
from typing import Any

from sqlalchemy import Connection, Table, insert, select

from truceline.core.errors import InvalidInput
from truceline.store import schema
from truceline.store.log import KEYS
from truceline.store.office_check import CheckedLog, Checker, content_of
from truceline.store.office_rows import table_of_rows, values_of_leaf, values_of_row
from truceline.store.offices import IMPORT, held_lines, merged_tables, offices_in
from truceline.store.writer import RecordWriter
from truceline.transparency import notes
from truceline.transparency.bundle import Blob, pack, read_lines
from truceline.transparency.bundle_parts import Arrived

_ROWS = 20_000  # observations taken in at a time


@dataclass(frozen=True, slots=True)
class LogTaken:
    """What an import did with one log: see `office_check.CheckedLog` for `status`."""

    origin: str
    office: str | None
    status: str
    held: int
    size: int
    withheld: int = 0
    fork: str | None = None


@dataclass(slots=True)
class Taken:
    """What an import recorded. `added` counts rows by table, `duplicates` those that were held already; all
    `rows` of other offices are kept as theirs, duplicates too."""

    sender: str
    logs: list[LogTaken] = field(default_factory=list)
    added: dict[str, int] = field(default_factory=dict)
    duplicates: int = 0
    rows: int = 0
    recorded_at: datetime | None = None
    newest: datetime | None = None

    @property
    def forks(self) -> list[str]:
        """The evidence of each fork that was found."""
        return [log.fork for log in self.logs if log.fork is not None]


class Importer:
    """Takes one bundle, of which all parts have arrived, in a transaction of the store's writer."""

    def __init__(
        self,
        connection: Connection,
        writer: RecordWriter,
        arrived: Arrived,
        progress: Callable[[int], None] = lambda _: None,
    ) -> None:
        self._connection = connection
        self._writer = writer
        self._arrived = arrived
        self._progress = progress
        self._offices = offices_in(connection)
        self._mark = blake2b(digest_size=32)
        self._runs: list[dict[str, Any]] = []
        self._theirs: dict[str, dict[str, str]] = {}
        self.taken = Taken(arrived.manifest.sender)

    def take(self) -> Taken:
        """Checks everything, and then records it. Raises InvalidInput, and then nothing is to be kept."""
        checked = Checker(self._connection, self._arrived, self._progress).logs()
        entry = self._writer.next_entry()
        later: list[tuple[CheckedLog, Table, dict[str, Any]]] = []
        for log in checked:
            if log.status == "new":
                later += self._rows(log, entry)
                self._leaves(log, entry)
        self._heads(checked, entry)
        self._flush(entry)
        anew = bool(self.taken.added) or any(log.status == "new" for log in checked)
        if anew:
            _, self.taken.recorded_at = self._writer.enter(IMPORT, self._mark.digest())
        for log, table, said in later:
            self._entered(log, table, said)
        self._flush(None)
        for log in checked:
            self._fork(log)
            office = self._offices.get(log.part.origin)
            self.taken.logs.append(
                LogTaken(
                    log.part.origin,
                    office.name if office else None,
                    log.status,
                    log.held,
                    log.head.size,
                    log.withheld,
                    log.fork,
                )
            )
        return self.taken

    # Rows.

    def _rows(self, log: CheckedLog, entry: int) -> Iterator[tuple[CheckedLog, Table, dict[str, Any]]]:
        """Records rows that share our entry; gives those that need an entry each."""
        tables = {table.name: table for table in merged_tables()}
        observations: list[dict[str, Any]] = []
        known = {table.name for table in schema.metadata.sorted_tables}

        def observed(values: dict[str, Any]) -> None:
            observations.append(values)
            if len(observations) == _ROWS:
                self._observations(log, observations, entry)
                observations.clear()

        for content in _new_contents(log, self._arrived):
            quick = values_of_leaf(schema.observation, content)
            if quick is not None:
                observed(quick)
                continue
            said = content_of(content)
            table = tables.get(said["table"])
            if table is None:
                if said["table"] not in known:
                    raise InvalidInput(
                        f"the bundle has rows of {said['table'][:40]!r}, which this version does not know",
                        hint="update Truceline on this machine",
                    )
                continue
            values = values_of_row(table, said)
            if table is schema.observation:
                observed(values)
            elif KEYS[table.name] == "entry":
                yield log, table, values
            elif table is not schema.original:
                self._numbered(log, table, values, entry)
        if observations:
            self._observations(log, observations, entry)

    def _observations(self, log: CheckedLog, some: list[dict[str, Any]], entry: int) -> None:
        table = table_of_rows(some, lambda number: self._original_of(log, number))
        placed, added = self._writer.merge(table, entry, self._mark.update)
        self._count("observation", added)
        self.taken.duplicates += len(some) - added
        for values, (row, id) in zip(some, placed, strict=True):
            own = values["revises"] is None
            self._run(
                log,
                "observation",
                values["seq"],
                row,
                values["entry"],
                their_id=None if values["id"] == id else values["id"],
                supersedes=values["supersedes"] if own else None,
            )

    def _original_of(self, log: CheckedLog, number: int) -> tuple[str | None, str | None]:
        row = log.originals.get(number)
        if row is None:  # of an earlier bundle
            for line in held_lines(self._connection, log.part.origin, 0):
                if b'"table":"original"' in line:
                    earlier = content_of(line.partition(b" ")[2])
                    log.originals.setdefault(earlier["seq"], earlier)
            row = log.originals.get(number)
        if row is None:
            raise InvalidInput(f"a row of the bundle names the original {number}, which is not in the log")
        values = values_of_row(schema.original, row)
        return values["file"], values["sha256"]

    def _numbered(self, log: CheckedLog, table: Table, values: dict[str, Any], entry: int) -> None:
        """A row of a table that numbers its rows by itself; held once where a column must be unique."""
        key = KEYS[table.name]
        theirs, their_entry = values[key], values["entry"]
        unique = [column for column in table.c if column.unique]
        for column in unique:
            held = self._connection.execute(
                select(table.c[key]).where(column == values[column.name])
            ).scalar()
            if held is not None:
                self._run(log, table.name, theirs, held, their_entry)
                self.taken.duplicates += 1
                return
        row = self._writer.next_number(table)
        self._connection.execute(insert(table).values(values | {key: row, "entry": entry}))
        self._mark.update(repr(sorted(values.items())).encode())
        self._count(table.name, 1)
        self._run(log, table.name, theirs, row, their_entry)

    def _entered(self, log: CheckedLog, table: Table, values: dict[str, Any]) -> None:
        """A row that is an entry of its own."""
        theirs = values["entry"]
        said = {
            name: self._meant(log, value) if table.c[name].info.get("names") == "observation" else value
            for name, value in values.items()
        }
        digest = sha256(repr((log.part.origin, sorted(values.items()))).encode()).digest()
        entry, self.taken.recorded_at = self._writer.enter(IMPORT, digest)
        self._connection.execute(insert(table).values(said | {"entry": entry}))
        self._count(table.name, 1)
        self._run(log, table.name, theirs, entry, theirs, own_entry=entry)

    def _meant(self, log: CheckedLog, name: Any) -> Any:
        """The id here of the observation that has this id there; the id itself where there is none."""
        if name is None:
            return None
        origin = log.part.origin
        if origin not in self._theirs:  # all of them at once: a bundle may have thousands of corrections
            runs, rows = schema.office_row.c, schema.observation.c
            found = self._connection.execute(
                select(runs.their_id, rows.id)
                .join_from(schema.office_row, schema.observation, rows.seq == runs.row)
                .where(runs.origin == origin, runs.table == "observation", runs.their_id.is_not(None))
                .order_by(runs.seq.desc())
            )
            self._theirs[origin] = {row.their_id: row.id for row in found}
        return self._theirs[origin].get(name, name)

    def _count(self, table: str, number: int) -> None:
        if number:
            self.taken.added[table] = self.taken.added.get(table, 0) + number

    # What is kept of the office's log.

    def _run(
        self,
        log: CheckedLog,
        table: str,
        theirs: int,
        row: int,
        their_entry: int,
        *,
        their_id: str | None = None,
        supersedes: str | None = None,
        own_entry: int | None = None,
    ) -> None:
        instant = log.entries.get(their_entry, {}).get("recorded_at")
        if not isinstance(instant, int):
            raise InvalidInput(f"{table} {theirs} of the bundle names an entry that is not in it")
        newest = schema.instant_of(instant)
        if self.taken.newest is None or newest > self.taken.newest:
            self.taken.newest = newest
        self.taken.rows += 1
        made = {
            "origin": log.part.origin,
            "table": table,
            "their_row": theirs,
            "row": row,
            "count": 1,
            "their_entry": their_entry,
            "their_recorded_at": instant,
            "their_id": their_id,
            "supersedes": supersedes,
            "entry": own_entry,
        }
        last = self._runs[-1] if self._runs else None
        plain = their_id is None and supersedes is None and own_entry is None
        if last and plain and last["entry"] is None and last["their_id"] is last["supersedes"] is None:
            joins = (last["origin"], last["table"], last["their_entry"]) == (
                log.part.origin,
                table,
                their_entry,
            )
            n = last["count"]
            if joins and (last["their_row"] + n, last["row"] + n) == (theirs, row):
                last["count"] = n + 1
                return
        self._runs.append(made)

    def _flush(self, entry: int | None) -> None:
        if not self._runs:
            return
        first = self._writer.next_number(schema.office_row)
        self._connection.execute(
            insert(schema.office_row),
            [
                run | {"seq": first + n, "entry": run["entry"] if entry is None else entry}
                for n, run in enumerate(self._runs)
            ],
        )
        self._runs = []

    def _leaves(self, log: CheckedLog, entry: int) -> None:
        """Keeps the leaves as they were signed."""
        at = log.held
        done = 0
        for segment in log.part.segments:
            skip = max(0, log.held - segment.first)
            if skip >= segment.count:
                continue
            blob, packed = self._arrived.manifest.blobs[segment.blob], self._arrived.packed(segment.blob)
            if skip:
                lines = self._arrived.blob(segment.blob).splitlines(keepends=True)[skip:]
                blob, packed = pack(b"".join(lines))
            count = segment.count - skip
            hashes = b"".join(log.hashes[done : done + count])
            done += count
            self._keep_leaves(log.part.origin, at, count, hashes, blob, packed, entry)
            at += count

    def _keep_leaves(
        self, origin: str, first: int, count: int, hashes: bytes, blob: Blob, packed: bytes, entry: int
    ) -> None:
        self._connection.execute(
            insert(schema.office_leaf).values(
                seq=self._writer.next_number(schema.office_leaf),
                entry=entry,
                origin=origin,
                first=first,
                count=count,
                hashes=hashes,
                unpacked=blob.unpacked,
                packing=blob.packing,
                packed=packed,
            )
        )
        self._mark.update(hashes)

    def _heads(self, checked: Iterable[CheckedLog], entry: int) -> None:
        """Keeps the head of each log that grew, and the heads that these offices said they hold."""
        made = []
        for log in checked:
            if log.status != "new":
                continue
            head = log.head
            said = {"origin": head.origin, "size": head.size, "root": head.root, "note": log.part.head}
            made.append({"holder": None} | said)
            for row in log.heads.values():
                values = values_of_row(schema.office_head, row)
                told = notes.parse(values["note"])
                said = {"origin": told.origin, "size": told.size, "root": told.root, "note": values["note"]}
                made.append({"holder": log.part.origin} | said)
        if made:
            first = self._writer.next_number(schema.office_head)
            rows_ = [{"seq": first + n, "entry": entry} | head for n, head in enumerate(made)]
            self._connection.execute(insert(schema.office_head), rows_)
            self._mark.update("".join(str(head["note"]) for head in made).encode())

    def _fork(self, log: CheckedLog) -> None:
        """Keeps the evidence of a fork, once."""
        table = schema.office_fork
        if log.fork is None:
            return
        held = self._connection.execute(select(table.c.entry).where(table.c.evidence == log.fork)).first()
        if held is None:
            entry, _ = self._writer.enter("office-fork", sha256(log.fork.encode()).digest())
            self._connection.execute(
                insert(table).values(
                    entry=entry,
                    origin=log.part.origin,
                    sender=self._arrived.manifest.sender,
                    evidence=log.fork,
                )
            )


def _new_contents(log: CheckedLog, arrived: Arrived) -> Iterator[bytes]:
    """What the leaves say that we do not hold yet."""
    for segment in log.part.segments:
        skip = max(0, log.held - segment.first)
        if skip >= segment.count:
            continue
        _, said = read_lines(arrived.blob(segment.blob), segment.count)
        yield from (content for content in said[skip:] if content is not None)

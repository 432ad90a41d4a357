"""What is held of other offices: their keys, their logs and heads, forks, and who recorded which row.

Each office's log is kept beside our own as it was signed: hashes and contents of its leaves (`office_leaf`),
its heads (`office_head`). What its rows say is merged into our tables under entries of ours, so that what was
known when stays what it was; `office_row` says which row of ours is which of theirs.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Table, select

from truceline.evidence.versions import Recording
from truceline.store import schema
from truceline.store.log import KEYS, origin_of, split
from truceline.store.schema import instant_of, micros_of
from truceline.transparency.bundle import Blob, unpack
from truceline.transparency.tree import root_of

IMPORT = "import"
"""The kind of an entry under which rows of other offices are recorded."""


@dataclass(frozen=True, slots=True)
class Office:
    """Another office: the name that we gave it, the name of its log, and the key that was confirmed for it.

    `trusted` says whether bundles are taken from it: it is not any more once the operator withdrew it.
    """

    name: str
    origin: str
    public_key: bytes
    trusted: bool = True


@dataclass(frozen=True, slots=True)
class HeldHead:
    """A signed head of another log, held by us, or by the office whose log is `holder` as it told us."""

    origin: str
    size: int
    root: bytes
    note: str
    recorded_at: datetime
    holder: str | None = None


@dataclass(frozen=True, slots=True)
class Fork:
    """Two signed heads of one log that do not continue each other; `evidence` is JSON with both."""

    origin: str
    sender: str
    evidence: str
    recorded_at: datetime


def merged_tables() -> list[Table]:
    """The tables whose rows travel from office to office, as the schema says; the log's own are not among
    them, nor is what a table's `info` keeps back."""
    return [
        table
        for name in KEYS
        if (table := schema.metadata.tables[name]).info.get("merged", True) and bundled(name)
    ]


def bundled(table: str) -> bool:
    """Whether bundles carry what a table's rows say, and not only their leaves' hashes."""
    return bool(schema.metadata.tables[table].info.get("bundled", True))


def offices_in(connection: Connection, known_at: datetime | None = None) -> dict[str, Office]:
    """The offices whose keys were confirmed, by the names of their logs; the last word on each counts."""
    table = schema.office
    wanted = select(table).order_by(table.c.entry)
    if known_at is not None:
        wanted = wanted.join(schema.entry, schema.entry.c.seq == table.c.entry).where(
            schema.entry.c.recorded_at <= micros_of(known_at)
        )
    return {
        row.origin: Office(row.name, row.origin, bytes(row.public_key), row.act == "trust")
        for row in connection.execute(wanted)
    }


def held_hashes(connection: Connection, origin: str) -> list[bytes]:
    """The hashes of all leaves that are held of another log."""
    table = schema.office_leaf
    found = connection.execute(
        select(table.c.hashes).where(table.c.origin == origin).order_by(table.c.first)
    ).scalars()
    return split(b"".join(bytes(part) for part in found))


def held_lines(connection: Connection, origin: str, first: int) -> Iterator[bytes]:
    """The lines of the leaves that are held of another log, from number `first` on."""
    table = schema.office_leaf
    rows = connection.execute(
        select(table)
        .where(table.c.origin == origin, table.c.first + table.c.count > first)
        .order_by(table.c.first)
    )
    for row in rows:
        packed = bytes(row.packed)
        blob = Blob(sha256(packed).hexdigest(), len(packed), row.unpacked, row.packing)
        yield from unpack(blob, packed).splitlines(keepends=True)[max(0, first - row.first) :]


def heads_in(connection: Connection) -> list[HeldHead]:
    """All heads of other logs that we held or were told of, in the order recorded."""
    table = schema.office_head
    wanted = select(table, schema.entry.c.recorded_at).join(schema.entry, schema.entry.c.seq == table.c.entry)
    return [
        HeldHead(row.origin, row.size, bytes(row.root), row.note, instant_of(row.recorded_at), row.holder)
        for row in connection.execute(wanted.order_by(table.c.seq))
    ]


def forks_in(connection: Connection) -> list[Fork]:
    """The forks that were found, in the order recorded."""
    table = schema.office_fork
    wanted = select(table, schema.entry.c.recorded_at).join(schema.entry, schema.entry.c.seq == table.c.entry)
    return [
        Fork(row.origin, row.sender, row.evidence, instant_of(row.recorded_at))
        for row in connection.execute(wanted.order_by(table.c.entry))
    ]


def node_over(hashes: Sequence[bytes], level: int, number: int, size: int) -> bytes:
    """See `truceline.transparency.tree.NodeAt`, over leaves in memory."""
    return root_of(hashes[number << level : min((number + 1) << level, size)])


@dataclass(slots=True)
class Arrivals:
    """Which rows of one of our tables came from which rows of other offices, as known by an instant."""

    _starts: dict[str, list[int]] = field(default_factory=dict)
    _runs: dict[str, list[tuple[int, int, int, int]]] = field(default_factory=dict)
    their_ids: dict[tuple[str, int], str] = field(default_factory=dict)
    named: dict[tuple[str, int], str] = field(default_factory=dict)

    @classmethod
    def of(cls, connection: Connection, table: str, known_at: datetime | None = None) -> Arrivals:
        """All of them, for a table."""
        runs = schema.office_row
        wanted = (
            select(runs, runs.c.count.label("length"))
            .where(runs.c.table == table)
            .order_by(runs.c.row, runs.c.seq)
        )
        if known_at is not None:
            wanted = wanted.join(schema.entry, schema.entry.c.seq == runs.c.entry).where(
                schema.entry.c.recorded_at <= micros_of(known_at)
            )
        found = cls()
        by_log: dict[str, list[tuple[int, int, int, int]]] = defaultdict(list)
        for run in connection.execute(wanted):
            by_log[run.origin].append((run.row, run.length, run.their_row, run.their_recorded_at or 0))
            if run.their_id is not None:
                found.their_ids[run.origin, run.row] = run.their_id
            if run.supersedes is not None:
                found.named[run.origin, run.row] = run.supersedes
        found._runs = dict(by_log)
        found._starts = {origin: [run[0] for run in some] for origin, some in by_log.items()}
        return found

    def __bool__(self) -> bool:
        return bool(self._runs)

    def of_row(self, row: int) -> list[Recording]:
        """Where other offices recorded a row of ours; none where only we did."""
        found = []
        for origin, runs in self._runs.items():
            at = bisect_right(self._starts[origin], row) - 1  # the runs of one log do not overlap
            if at >= 0:
                first, count, their_row, instant = runs[at]
                if row < first + count:
                    found.append(Recording(instant, origin, their_row + row - first))
        return found


def imported_entries(connection: Connection) -> set[int]:
    """The entries under which we recorded rows of other offices."""
    table = schema.entry
    return set(connection.execute(select(table.c.seq).where(table.c.kind == IMPORT)).scalars())


def in_their_order(
    connection: Connection, table: Table, rows: Sequence[Any], known_at: datetime | None
) -> list[tuple[Any, Recording]]:
    """Rows of a table in the order in which offices recorded them, each with its first recording."""
    arrivals = Arrivals.of(connection, table.name, known_at)
    ours = origin_of(connection)
    imported = imported_entries(connection) if arrivals else set()
    key = KEYS[table.name]
    found = []
    for row in rows:
        number = row._mapping[key]
        recordings = arrivals.of_row(number) if arrivals else []
        if row.entry not in imported:
            recordings.append(Recording(row.recorded_at, ours, number))
        found.append((row, min(recordings)))
    return sorted(found, key=lambda pair: pair[1]) if arrivals else found

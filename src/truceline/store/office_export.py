"""What a bundle carries: leaves of our log and of those that we hold, from where another office stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from truceline.core.errors import Conflict, InvalidInput
from truceline.store import schema
from truceline.store.driver import driver_of
from truceline.store.log import KEYS, LogTree, origin_of, split
from truceline.store.offices import (
    bundled,
    heads_in,
    held_hashes,
    held_lines,
    imported_entries,
    merged_tables,
    node_over,
    offices_in,
)
from truceline.transparency import notes
from truceline.transparency.bundle import (
    SEGMENT_BYTES,
    SEGMENT_LEAVES,
    Blob,
    LogPart,
    Segment,
    leaf_line,
    pack,
    withheld_line,
)
from truceline.transparency.content import SALT_BYTES, contents, leaf_hashes
from truceline.transparency.log_keys import ROTATE
from truceline.transparency.tree import EMPTY_ROOT, NodeAt, consistency_path, root_of

Keep = Callable[[Blob, bytes], int]
"""Keeps a blob and gives its number in the bundle."""
_Run = tuple[int, int, str, int, bytes, bytes]  # first leaf, count, table, first row, salts, hashes


@dataclass(slots=True)
class Exported:
    """The logs of a bundle, and the evidence files that came to us with their leaves: SHA-256 and name."""

    logs: list[LogPart] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)


class Exporter:
    """Reads one state of the record, on a connection inside a transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._driver = driver_of(connection)
        self.origin = origin_of(connection)
        self._imported = imported_entries(connection)
        self._segment_bytes = SEGMENT_BYTES
        self._files: dict[str, str] = {}
        self._merged = {table.name for table in merged_tables()}

    def stands_at(self, office: str) -> dict[str, int]:
        """How far the office of that log holds each log, as it told us, checked against what we hold.

        Raises Conflict where it holds a head of our log that ours does not continue.
        """
        last = {head.origin: head for head in heads_in(self._connection) if head.holder == office}
        sizes = {head.origin: self._checked(head.note) for head in last.values()}
        sizes[office] = len(held_hashes(self._connection, office))
        return sizes

    def since(self, note: str) -> tuple[str, int]:
        """The log and the size of a head that another office holds. Raises InvalidInput, Conflict."""
        return notes.parse(note).origin, self._checked(note)

    def _checked(self, note: str) -> int:
        head = notes.parse(note)
        if head.origin == self.origin:
            tree = LogTree(self._connection)
            have, root = tree.size(), tree.root
        else:
            hashes = held_hashes(self._connection, head.origin)
            have, root = len(hashes), lambda size: root_of(hashes[:size])
        if head.size > have:
            if head.origin == self.origin:
                raise Conflict(
                    f"the other office holds {head.size} leaves of our log, which has only {have}: what it "
                    "had is gone here",
                    hint="was this workspace restored from a backup? a bundle of theirs says more",
                )
            return have
        if root(head.size) != head.root:
            raise Conflict(
                f"the head of {head.size} leaves of {head.origin} is not one that we continue: one of the "
                "two histories was rewritten",
                hint="truceline log prove WORKSPACE --from-head FILE says more",
            )
        return head.size

    def export(
        self,
        sizes: Mapping[str, int],
        keep: Keep,
        *,
        left_out: str | None = None,
        segment_bytes: int = SEGMENT_BYTES,
    ) -> Exported:
        """All logs that we hold, each from its size in `sizes` (else from its beginning).

        `left_out` is the log of the office that the bundle is for; a blob of leaves has at most so many bytes
        before it is packed, unless one leaf has more. Raises Conflict where our head is not
        signed, or a row is not what was recorded.
        """
        found = Exported(files=self._files)
        self._segment_bytes = segment_bytes
        heads = {head.origin: head for head in heads_in(self._connection) if head.holder is None}
        self._own(sizes.get(self.origin, 0), keep, found)
        for origin, office in sorted(offices_in(self._connection).items()):
            head = heads.get(origin)
            if head is None or origin == left_out:
                continue
            hashes = held_hashes(self._connection, origin)
            first = min(sizes.get(origin, 0), len(hashes))

            def node(level: int, number: int, size: int, hashes: list[bytes] = hashes) -> bytes:
                return node_over(hashes, level, number, size)

            key = notes.verifier_key(origin, office.public_key)
            lines = held_lines(self._connection, origin, first)
            root = root_of(hashes[:first])
            found.logs.append(
                _part(
                    origin, [key], first, root, head.size, node, head.note, lines, keep, self._segment_bytes
                )
            )
        return found

    def _own(self, first: int, keep: Keep, found: Exported) -> None:
        row = self._connection.execute(
            select(schema.log_head).order_by(schema.log_head.c.seq.desc()).limit(1)
        ).one()
        if row.note is None:
            raise Conflict(
                "the last head of the log is not signed, and so no bundle can be",
                hint="put the workspace's log.key back, or open it once where it can be written",
            )
        keys = self._connection.execute(
            select(schema.log_key.c.public_key).order_by(schema.log_key.c.entry)
        ).scalars()
        named = [notes.verifier_key(self.origin, bytes(key)) for key in keys]
        acts = schema.key_act.c
        vouchers = self._connection.execute(
            select(acts.note).where(acts.act == ROTATE).order_by(acts.entry)
        ).scalars()
        tree = LogTree(self._connection)
        root = tree.root(first) if first else EMPTY_ROOT
        lines = self._lines(first, row.size)
        found.logs.append(
            _part(
                self.origin,
                named,
                first,
                root,
                row.size,
                tree.node,
                row.note,
                lines,
                keep,
                self._segment_bytes,
                [note for note in vouchers if note is not None],
            )
        )

    def _lines(self, first: int, size: int) -> Iterator[bytes]:
        """The lines of our own leaves."""
        runs = self._driver.rows(
            'SELECT first, count, "table", "row", salts, hashes FROM log_leaf '
            "WHERE first + count > ? AND first < ? ORDER BY first",
            (first, size),
        )
        for some in _consecutive(runs):
            lines = self._lines_of(some)
            start = some[0][0]
            yield from lines[max(0, first - start) : size - start]

    def _lines_of(self, runs: Sequence[_Run]) -> list[bytes]:
        _, _, table, row, _, _ = runs[0]
        salts = b"".join(run[4] for run in runs)
        hashes = split(b"".join(run[5] for run in runs))
        if not bundled(table):
            return [withheld_line(hash) for hash in hashes]
        key, end = KEYS[table], row + len(hashes)
        statement = f'SELECT * FROM "{table}" WHERE "{key}" >= ? AND "{key}" < ? ORDER BY "{key}"'
        values = next(self._driver.columns(statement, (row, end), size=len(hashes)), {key: ()})
        canonical = contents(table, values)
        if len(values[key]) != len(hashes) or leaf_hashes(salts, canonical) != hashes:
            raise Conflict(
                f"{table} {row} to {end - 1} is not what was recorded: no bundle is made of it",
                hint="truceline log verify says more",
            )
        # What others recorded goes out as their own logs; what we say of others is ours.
        if table in ("original", "ingest"):
            named = zip(values["sha256"], values["file"], strict=True)
            self._files.update((sha256, file) for sha256, file in named if sha256 and file)
        entries = values.get("entry", ()) if table in self._merged else ()
        return [
            withheld_line(hashes[at])
            if entries and entries[at] in self._imported
            else leaf_line(salts[at * SALT_BYTES : (at + 1) * SALT_BYTES], content)
            for at, content in enumerate(canonical)
        ]


def _consecutive(runs: Sequence[_Run]) -> Iterator[list[_Run]]:
    """Runs of one table whose rows follow one another, together, as far as it is good to read at a time."""
    some: list[_Run] = []
    end = length = 0
    for run in runs:
        if some and (run[2] != some[0][2] or run[3] != end or length >= SEGMENT_LEAVES):
            yield some
            some, length = [], 0
        some.append(run)
        end = run[3] + run[1]
        length += run[1]
    if some:
        yield some


def _part(
    origin: str,
    keys: list[str],
    first: int,
    first_root: bytes,
    size: int,
    node: NodeAt,
    head: str,
    lines: Iterator[bytes],
    keep: Keep,
    segment_bytes: int,
    vouchers: Sequence[str] = (),
) -> LogPart:
    path = consistency_path(first, size, node)
    segments: list[Segment] = []
    waiting: list[bytes] = []
    length, at = 0, first

    def flush() -> None:
        nonlocal at, length
        if waiting:
            segments.append(Segment(at, len(waiting), keep(*pack(b"".join(waiting)))))
            at += len(waiting)
            waiting.clear()
            length = 0

    for line in lines:
        if waiting and length + len(line) > segment_bytes:
            flush()
        waiting.append(line)
        length += len(line)
        if len(waiting) == SEGMENT_LEAVES:
            flush()
    flush()
    if at != size:
        raise InvalidInput(f"{origin}: {at} leaves could be read, its head speaks of {size}")
    hashes = [hash.hex() for hash in path]
    return LogPart(origin, keys, first, first_root.hex(), hashes, head, segments, list(vouchers))

"""Checks the whole record against its transparency log, and says where it was changed behind our back.

Nothing is believed because the database says it: contents are hashed again from every row, the tree is built
again from the leaves, and the heads are compared with it and their signatures checked. What can be found
from inside the file alone, and what needs a head that somebody else has kept, is in docs/trust-model.md.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from functools import cache
from typing import Any

from sqlalchemy import Connection, create_engine
from sqlalchemy.exc import DBAPIError

from truceline.core.instants import isoformat_utc
from truceline.store.log import GROUP, KEYS, origin_of, split
from truceline.store.schema import HEAD, instant_of
from truceline.transparency import notes
from truceline.transparency.content import SALT_BYTES, contents, leaf_hashes
from truceline.transparency.tree import EMPTY_ROOT, node_hash, root_of

MOST_FINDINGS = 1000
MOST_MISSING = 10_000_000
"""A gap of more leaves than this is not filled in: its number is a lie."""
_WINDOW = 8192
UNSIGNED = "the last head is not signed, though the log has a key"
"""What is found where an office goes on recording without its key: no sign that anything was changed."""

_Run = tuple[int, int, int, bytes, bytes]  # first leaf, count, first row, salts, hashes


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong: the table, the row's key there (None: the table itself), the leaf, and what.

    `leaves` are the first leaf and the one after the last, where the place is known only as a range.
    """

    table: str
    row: int | None
    what: str
    leaf: int | None = None
    leaves: tuple[int, int] | None = None

    def as_dict(self) -> dict[str, Any]:
        """The finding as plain JSON data."""
        return {key: value for key, value in asdict(self).items() if value is not None or key == "row"}


@dataclass(slots=True)
class LogReport:
    """What a check found. `signed_size` is how many leaves the last head with a good signature covers."""

    origin: str = ""
    size: int = 0
    root: bytes = EMPTY_ROOT
    signed_size: int = 0
    findings: list[Finding] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings


def verify_log(
    connection: Connection,
    *,
    kept_head: str | None = None,
    pinned: tuple[str, bytes] | None = None,
    progress: Callable[[int], None] = lambda _: None,
) -> LogReport:
    """Checks everything on one state of the store.

    `kept_head` is an earlier signed head from elsewhere, which the log must continue; `pinned` the name and
    public key that must have signed it and the heads recorded. `progress` is told how many rows were checked.
    """
    check = _Check(connection, progress)
    check.schema()
    leaves = check.leaves()
    for table in KEYS:
        check.table(table)
    groups = check.nodes(leaves)
    check.heads(leaves, groups, pinned)
    if kept_head is not None:
        check.kept(leaves, groups, notes.parse(kept_head), kept_head, pinned)
    return check.report


class _Check:
    def __init__(self, connection: Connection, progress: Callable[[int], None]) -> None:
        self._connection = connection
        self._progress = progress
        self._driver: Any = connection.connection.driver_connection
        self._runs: dict[str, list[_Run]] = {table: [] for table in KEYS}
        self._checked = 0
        self.report = LogReport()

    def found(self, table: str, row: int | None, what: str, **where: Any) -> None:
        if len(self.report.findings) < MOST_FINDINGS:
            self.report.findings.append(Finding(table, row, what, **where))

    def schema(self) -> None:
        """Tables, indexes and triggers are as the migrations made them; triggers forbid editing."""
        made = _schema_as_made()
        held = {(row[0], row[1]): row[2] for row in self._connection.exec_driver_sql(_SCHEMA)}
        for kind, name in sorted(made.keys() | held.keys()):
            ours, theirs = made.get((kind, name)), held.get((kind, name))
            if ours != theirs:
                how = "removed" if theirs is None else "inserted" if ours is None else "changed"
                self.found("sqlite_master", None, f"the {kind} {name} was {how}")
        versions = self._driver.execute("SELECT version_num FROM alembic_version").fetchall()
        if versions != [(HEAD,)]:
            self.found("alembic_version", None, "the version of the schema was changed")

    def leaves(self) -> list[bytes]:
        """The leaves' hashes as the log holds them."""
        leaves: list[bytes] = []
        rows = self._driver.execute(
            'SELECT first, count, "table", "row", salts, hashes FROM log_leaf ORDER BY first'
        )
        for first, count, table, row, salts, hashes in rows:
            sound = (
                isinstance(count, int)
                and isinstance(row, int)
                and isinstance(salts, bytes)
                and isinstance(hashes, bytes)
                and count > 0
                and len(salts) == SALT_BYTES * count
                and len(hashes) == 32 * count
                and first % GROUP + count <= GROUP
                and table in KEYS
            )
            if first > len(leaves) + MOST_MISSING:
                self.found("log_leaf", first, "the run's number was changed", leaf=first)
                break
            if first > len(leaves):
                self.found(
                    "log_leaf", first, "leaves before this one were removed", leaves=(len(leaves), first)
                )
                leaves.extend([bytes(32)] * (first - len(leaves)))
            if not sound or first < len(leaves):
                self.found("log_leaf", first, "the run of leaves was changed", leaf=first)
                leaves.extend([bytes(32)] * (count if isinstance(count, int) and 0 < count <= GROUP else 1))
                continue
            leaves.extend(split(hashes))
            self._runs[table].append((first, count, row, salts, hashes))
        self.report.size = len(leaves)
        return leaves

    def table(self, table: str) -> None:
        """Every row of a table is what its leaf says, every leaf has its row, every row its leaf."""
        runs = sorted(self._runs[table], key=lambda run: run[2])
        key = KEYS[table]
        before = 0
        for start, end, window in _windows(runs):
            if start <= before:
                self.found(
                    "log_leaf", window[0][0], f"two leaves stand for {table} {start}", leaf=window[0][0]
                )
            self._inserted(table, key, before, start)
            self._window(table, key, start, end, window)
            before = max(before, end - 1)
        # The last head has its leaf in the next transaction; `heads` checks it.
        self._inserted(table, key, before + (table == "log_head"), None)
        below = self._driver.execute(f'SELECT "{key}" FROM "{table}" WHERE "{key}" <= 0 LIMIT 50').fetchall()
        for row in below:
            self.found(table, row[0], "the row was inserted: no leaf stands for it")

    def _inserted(self, table: str, key: str, after: int, before: int | None) -> None:
        if before is not None and before <= after + 1:
            return
        bound = "" if before is None else f' AND "{key}" < {before}'
        rows = self._driver.execute(
            f'SELECT "{key}" FROM "{table}" WHERE "{key}" > ?{bound} ORDER BY "{key}" LIMIT {MOST_FINDINGS}',
            (after,),
        )
        for row in rows.fetchall():
            self.found(table, row[0], "the row was inserted: no leaf stands for it")

    def _window(self, table: str, key: str, start: int, end: int, runs: list[_Run]) -> None:
        statement = f'SELECT * FROM "{table}" WHERE "{key}" >= ? AND "{key}" < ? ORDER BY "{key}"'
        try:
            cursor = self._driver.execute(statement, (start, end))
            names = [column[0] for column in cursor.description]
            rows = cursor.fetchall()
            at = names.index(key)
            if len(rows) == end - start:
                columns = dict(zip(names, zip(*rows, strict=True), strict=True))
                salts = b"".join(run[3] for run in runs)
                made = leaf_hashes(salts, contents(table, columns))
                if b"".join(made) == b"".join(run[4] for run in runs):
                    self._checked += len(rows)
                    self._progress(self._checked)
                    return
        except (sqlite3.Error, DBAPIError, UnicodeError, TypeError):
            rows, at = None, 0
        self._one_by_one(table, key, runs, None if rows is None else {row[at]: row for row in rows})

    def _one_by_one(self, table: str, key: str, runs: list[_Run], rows: dict[int, Any] | None) -> None:
        """Which rows of a window are not as recorded. `rows` is None where not all of it could be read."""
        for first, count, row, salts, hashes in runs:
            for n in range(count):
                number, leaf = row + n, first + n
                try:
                    cursor = self._driver.execute(f'SELECT * FROM "{table}" WHERE "{key}" = ?', (number,))
                    names = [column[0] for column in cursor.description]
                    held = cursor.fetchone() if rows is None else rows.get(number)
                    if held is None:
                        self.found(table, number, "the row was removed", leaf=leaf)
                        continue
                    made = contents(table, {name: [value] for name, value in zip(names, held, strict=True)})
                    salt = salts[n * SALT_BYTES : (n + 1) * SALT_BYTES]
                    good = leaf_hashes(salt, made)[0] == hashes[32 * n : 32 * n + 32]
                except (sqlite3.Error, DBAPIError, UnicodeError, TypeError):
                    good = False
                if not good:
                    self.found(table, number, "the row, or its leaf, was changed", leaf=leaf)

    def nodes(self, leaves: list[bytes]) -> list[bytes]:
        """The nodes that the log holds are those of its leaves; the roots of all complete groups."""
        groups = [root_of(leaves[at : at + GROUP]) for at in range(0, len(leaves) // GROUP * GROUP, GROUP)]
        wanted: dict[tuple[int, int], bytes] = {}
        level, row = 8, groups
        while row:
            wanted |= {(level, number): hash for number, hash in enumerate(row)}
            row = [root_of(row[at : at + GROUP]) for at in range(0, len(row) // GROUP * GROUP, GROUP)]
            level += 8
        held = {
            (row[0], row[1]): row[2]
            for row in self._driver.execute("SELECT level, number, hash FROM log_node")
        }
        for level, number in sorted(wanted.keys() | held.keys()):
            if wanted.get((level, number)) != held.get((level, number)):
                span = (number << level, (number + 1) << level)
                self.found("log_node", None, f"node {level}, {number} is not that of its leaves", leaves=span)
        return groups

    def heads(self, leaves: list[bytes], groups: list[bytes], pinned: tuple[str, bytes] | None) -> None:
        """Each head is that of the tree at its size, and its signature is by a key that the log records."""
        report = self.report
        identities = self._driver.execute("SELECT number, origin FROM log_identity").fetchall()
        if len(identities) != 1:
            self.found("log_identity", None, "the log's name was removed or another inserted")
        report.origin = origin_of(self._connection) if len(identities) == 1 else ""
        keys = [row[0] for row in self._driver.execute("SELECT public_key FROM log_key")]
        if pinned is not None:
            keys = [pinned[1]]
            if pinned[0] != report.origin:
                self.found("log_identity", 1, "the log is not the one that the key given belongs to")
        good, number, note = 0, 0, None
        root_at = _Roots(leaves, groups)
        rows = self._driver.execute("SELECT seq, size, root, recorded_at, note FROM log_head ORDER BY seq")
        for seq, size, root, recorded_at, note in rows:
            number += 1
            if seq != number:
                self.found("log_head", number, "the head was removed")
                number = seq
            if not isinstance(size, int) or size < good or size > len(leaves):
                self.found("log_head", seq, f"the head speaks of {size} leaves; there are {len(leaves)}")
                continue
            if root_at(size) != root:
                what = "the head is not that of the leaves: one of these, or the head, was changed"
                self.found("log_head", seq, what, leaves=(good, size))
                continue
            good = size
            if note is None:
                continue
            said = notes.Head(report.origin, size, root, isoformat_utc(instant_of(recorded_at)))
            try:
                same = notes.parse(note) == said
            except Exception:
                same = False
            if not same or not any(notes.signed_by(note, report.origin, key) for key in keys):
                self.found("log_head", seq, "the head is not signed by the log's key as it stands")
                continue
            report.signed_size = size
        last = self._driver.execute("SELECT max(recorded_at) FROM entry").fetchone()
        if number and recorded_at != (last[0] or 0):
            self.found("log_head", number, "the head's instant is not that of the last entry")
        if note is None and keys:
            self.found("log_head", number, UNSIGNED, leaves=(report.signed_size, len(leaves)))
        if good != len(leaves):
            what = "no head that holds covers these leaves"
            self.found("log_head", None, what, leaves=(good, len(leaves)))
        report.root = root_at(len(leaves)) if leaves else EMPTY_ROOT

    def kept(
        self,
        leaves: list[bytes],
        groups: list[bytes],
        head: notes.Head,
        note: str,
        pinned: tuple[str, bytes] | None,
    ) -> None:
        """The log continues a head that was kept elsewhere."""
        if pinned is not None and not notes.signed_by(note, *pinned):
            self.found("log_head", None, "the head that was kept is not signed by the key given")
        elif head.origin != self.report.origin:
            self.found("log_head", None, f"the head that was kept is of another log, {head.origin}")
        elif head.size > len(leaves):
            what = "the head that was kept has more leaves than the log: what it had is gone"
            self.found("log_head", None, what, leaves=(len(leaves), head.size))
        elif _Roots(leaves, groups)(head.size) != head.root:
            what = "the log does not continue the head that was kept: it was rewritten"
            self.found("log_head", None, what, leaves=(0, head.size))


_SCHEMA = "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"


@cache
def _schema_as_made() -> dict[tuple[str, str], str | None]:
    """What the migrations make, by type and name."""
    from truceline.store.migrations.run import upgrade

    engine = create_engine("sqlite://")
    with engine.begin() as fresh:
        upgrade(fresh)
        made = {(row[0], row[1]): row[2] for row in fresh.exec_driver_sql(_SCHEMA)}
    engine.dispose()
    return made


class _Roots:
    """Roots at sizes that do not go down, each from what the one before left."""

    def __init__(self, leaves: list[bytes], groups: list[bytes]) -> None:
        self._leaves = leaves
        self._groups = groups
        self._complete: list[tuple[int, bytes]] = []  # complete subtrees: how many groups, and the hash
        self._taken = 0

    def __call__(self, size: int) -> bytes:
        while self._taken < size // GROUP:
            count, hash = 1, self._groups[self._taken]
            while self._complete and self._complete[-1][0] == count:
                hash = node_hash(self._complete.pop()[1], hash)
                count *= 2
            self._complete.append((count, hash))
            self._taken += 1
        at = self._taken * GROUP
        found = root_of(self._leaves[at:size]) if size > at else None
        for _, hash in reversed(self._complete):
            found = hash if found is None else node_hash(hash, found)
        return EMPTY_ROOT if found is None else found


def _windows(runs: list[_Run]) -> Iterator[tuple[int, int, list[_Run]]]:
    """Runs of consecutive rows together: the first row, the one after the last, the runs."""
    window: list[_Run] = []
    start = end = 0
    for run in runs:
        if window and (run[2] != end or end - start >= _WINDOW):
            yield start, end, window
            window = []
        if not window:
            start = run[2]
        window.append(run)
        end = run[2] + run[1]
    if window:
        yield start, end, window

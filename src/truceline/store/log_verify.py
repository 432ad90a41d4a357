"""Checks the whole record against its transparency log, and says where it was changed behind our back.

Nothing is believed because the database says it: contents are hashed again from every row, the tree is built
again from the leaves, and the heads are compared with it and their signatures checked. What can be found
from inside the file alone, and what needs a head that somebody else has kept, is in docs/trust-model.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from sqlalchemy import Connection

from truceline.core.instants import isoformat_utc
from truceline.store.driver import Columns, driver_of
from truceline.store.log import GROUP, KEYS, keys_of, origin_of, split
from truceline.store.schema import HEAD, instant_of
from truceline.transparency import notes
from truceline.transparency.content import SALT_BYTES, contents, leaf_hashes
from truceline.transparency.findings import Finding, LogReport
from truceline.transparency.log_keys import counting
from truceline.transparency.tree import EMPTY_ROOT, node_hash, root_of

MOST_FINDINGS = 1000
MOST_MISSING = 10_000_000
"""A gap of more leaves than this is not filled in: its number is a lie."""
_WINDOW = 8192
_MANY = 1024
UNSIGNED = "the last head is not signed, though the log has a key"
"""What is found where an office goes on recording without its key: no sign that anything was changed."""

_Run = tuple[int, int, int, bytes, bytes]  # first leaf, count, first row, salts, hashes


def verify_log(
    connection: Connection,
    schema_findings: Callable[[Connection], Iterable[Finding]],
    *,
    kept_head: str | None = None,
    pinned: tuple[str, bytes] | None = None,
    progress: Callable[[int], None] = lambda _: None,
) -> LogReport:
    """Checks everything on one state of the store.

    `schema_findings` says what of the tables and triggers is not as the migrations made it.
    `kept_head` is an earlier signed head from elsewhere, which the log must continue; `pinned` the name and
    public key that must have signed it and the heads recorded. `progress` is told how many rows were checked.
    """
    check = _Check(connection, progress)
    check.report.findings.extend(list(schema_findings(connection))[:MOST_FINDINGS])
    check.versions()
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
        self._driver = driver_of(connection)
        unreadable: tuple[type[Exception], ...] = (*self._driver.unreadable, UnicodeError, TypeError)
        self._unreadable = unreadable
        self._runs: dict[str, list[_Run]] = {table: [] for table in KEYS}
        self._names: dict[str, list[str]] = {}
        self._checked = 0
        self.report = LogReport()

    def found(self, table: str, row: int | None, what: str, **where: Any) -> None:
        if len(self.report.findings) < MOST_FINDINGS:
            self.report.findings.append(Finding(table, row, what, **where))

    def versions(self) -> None:
        """The schema is the newest, and said once."""
        versions = self._driver.rows("SELECT version_num FROM alembic_version")
        if versions != [(HEAD,)]:
            self.found("alembic_version", None, "the version of the schema was changed")

    def leaves(self) -> list[bytes]:
        """The leaves' hashes as the log holds them."""
        leaves: list[bytes] = []
        rows = self._driver.rows(
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
        for row in self._driver.rows(f'SELECT "{key}" FROM "{table}" WHERE "{key}" <= 0 LIMIT 50'):
            self.found(table, row[0], "the row was inserted: no leaf stands for it")

    def _inserted(self, table: str, key: str, after: int, before: int | None) -> None:
        if before is not None and before <= after + 1:
            return
        bound = "" if before is None else f' AND "{key}" < {before}'
        rows = self._driver.rows(
            f'SELECT "{key}" FROM "{table}" WHERE "{key}" > ?{bound} ORDER BY "{key}" LIMIT {MOST_FINDINGS}',
            (after,),
        )
        for row in rows:
            self.found(table, row[0], "the row was inserted: no leaf stands for it")

    def _window(self, table: str, key: str, start: int, end: int, runs: list[_Run]) -> None:
        columns: Columns | None = {key: ()}
        try:
            said = self._said(table, key, start, end)
            statement = f'SELECT {said} FROM "{table}" WHERE "{key}" >= ? AND "{key}" < ? ORDER BY "{key}"'
            for columns in self._driver.columns(statement, (start, end), size=end - start):
                if len(columns[key]) != end - start:
                    break
                salts = b"".join(run[3] for run in runs)
                made = leaf_hashes(salts, contents(table, columns))
                if b"".join(made) == b"".join(run[4] for run in runs):
                    self._checked += end - start
                    self._progress(self._checked)
                    return
        except self._unreadable:
            columns = None
        self._one_by_one(table, key, runs, columns)

    def _said(self, table: str, key: str, start: int, end: int) -> str:
        """The columns that say something in these rows: a leaf is over these, and reading is what costs."""
        if end - start < _MANY:
            return "*"
        names = self._names.get(table)
        if names is None:
            names = self._names[table] = self._driver.names(table)
        counts = ", ".join(f'count("{name}")' for name in names)
        ((*found,),) = self._driver.rows(
            f'SELECT {counts} FROM "{table}" WHERE "{key}" >= ? AND "{key}" < ?', (start, end)
        )
        some = {name for name, count in zip(names, found, strict=True) if count} | {key}
        return ", ".join(f'"{name}"' for name in names if name in some)

    def _one_by_one(self, table: str, key: str, runs: list[_Run], columns: Columns | None) -> None:
        """Which rows of a window are not as recorded. `columns` is None where not all could be read."""
        held = {} if columns is None else {number: at for at, number in enumerate(columns[key])}
        for first, count, row, salts, hashes in runs:
            for n in range(count):
                number, leaf = row + n, first + n
                try:
                    if columns is None:
                        statement = f'SELECT * FROM "{table}" WHERE "{key}" = ?'
                        one = next(self._driver.columns(statement, (number,), size=2), None)
                    elif number in held:
                        at = held[number]
                        one = {name: values[at : at + 1] for name, values in columns.items()}
                    else:
                        one = None
                    if one is None:
                        self.found(table, number, "the row was removed", leaf=leaf)
                        continue
                    salt = salts[n * SALT_BYTES : (n + 1) * SALT_BYTES]
                    good = leaf_hashes(salt, contents(table, one))[0] == hashes[32 * n : 32 * n + 32]
                except self._unreadable:
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
            (row[0], row[1]): row[2] for row in self._driver.rows("SELECT level, number, hash FROM log_node")
        }
        for level, number in sorted(wanted.keys() | held.keys()):
            if wanted.get((level, number)) != held.get((level, number)):
                span = (number << level, (number + 1) << level)
                self.found("log_node", None, f"node {level}, {number} is not that of its leaves", leaves=span)
        return groups

    def heads(self, leaves: list[bytes], groups: list[bytes], pinned: tuple[str, bytes] | None) -> None:
        """Each head is that of the tree at its size, and its signature is by a key that the log records."""
        report = self.report
        identities = self._driver.rows("SELECT number, origin FROM log_identity")
        if len(identities) != 1:
            self.found("log_identity", None, "the log's name was removed or another inserted")
        report.origin = origin_of(self._connection) if len(identities) == 1 else ""
        report.keys = keys_of(self._connection) if len(identities) == 1 else []
        if pinned is not None and pinned[0] != report.origin:
            self.found("log_identity", 1, "the log is not the one that the key given belongs to")
        good, number, note = 0, 0, None
        root_at = _Roots(leaves, groups)
        rows = self._driver.rows("SELECT seq, size, root, recorded_at, note FROM log_head ORDER BY seq")
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
            keys = counting(report.keys, size, pinned[1] if pinned else None)
            if not same or not any(notes.signed_by(note, report.origin, key) for key in keys):
                self.found("log_head", seq, "the head is not signed by the log's key as it stands")
                continue
            report.signed_size = size
        (last,) = self._driver.rows("SELECT max(recorded_at) FROM entry")
        if number and recorded_at != (last[0] or 0):
            self.found("log_head", number, "the head's instant is not that of the last entry")
        if note is None and report.keys:
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
        trusted = counting(self.report.keys, head.size, pinned[1] if pinned else None)
        if pinned is not None and not any(notes.signed_by(note, pinned[0], key) for key in trusted):
            self.found("log_head", None, "the head that was kept is not signed by the key given")
        elif head.origin != self.report.origin:
            self.found("log_head", None, f"the head that was kept is of another log, {head.origin}")
        elif head.size > len(leaves):
            what = "the head that was kept has more leaves than the log: what it had is gone"
            self.found("log_head", None, what, leaves=(len(leaves), head.size))
        elif _Roots(leaves, groups)(head.size) != head.root:
            what = "the log does not continue the head that was kept: it was rewritten"
            self.found("log_head", None, what, leaves=(0, head.size))


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

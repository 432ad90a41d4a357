"""The transparency log in the database: leaves, nodes of the Merkle tree, and heads, only ever added to.

`log_leaf` holds runs of at most 256 leaves that are consecutive rows of one table and never cross a multiple
of 256: the number of the first leaf, the table, the first row's key, and 16 bytes of salt and 32 of hash for
each leaf. `log_node` holds the complete subtrees of 256, 256², ... leaves. Both are written once and
read in ranges, so that a proof touches a few hundred hashes whatever the size of the log.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection

from truceline.core.instants import isoformat_utc
from truceline.store.driver import driver_of, one
from truceline.store.schema import instant_of
from truceline.transparency.content import SALT_BYTES, contents, leaf_hashes
from truceline.transparency.log_keys import KeyAct, KeyStanding, standings
from truceline.transparency.notes import Head, sign
from truceline.transparency.tree import EMPTY_ROOT, root_of

GROUP = 256
_HASH = 32
_ROWS = 20_000  # read at a time when rows are read back

KEYS = {
    "log_identity": "number",
    "original": "seq",
    "observation": "seq",
    "quarantined": "seq",
    "ingest": "entry",
    "actor_mapping": "entry",
    "accord_version": "entry",
    "statement": "entry",
    "correction": "entry",
    "case_step": "entry",
    "case_reporter": "entry",
    "publication": "entry",
    "user_action": "entry",
    "office": "entry",
    "office_head": "seq",
    "office_fork": "entry",
    "office_leaf": "seq",
    "office_row": "seq",
    "log_key": "entry",
    "key_act": "entry",
    "access_setup": "entry",
    "log_head": "seq",
    "entry": "seq",
}
"""Every table of the record and the column that numbers its rows. A table that is named here is in the log.

A head gets its leaf in the transaction after its own, so that all heads but the last are held in place.
"""

LOGGED = tuple(KEYS)


_LAST_GROUP = f"""
SELECT first, count, hashes FROM log_leaf
WHERE first >= (SELECT first / {GROUP} * {GROUP} FROM log_leaf ORDER BY first DESC LIMIT 1) ORDER BY first"""
_NEW = """
SELECT '{table}',
  coalesce((SELECT "row" + count - 1 FROM log_leaf WHERE "table" = '{table}' ORDER BY "row" DESC LIMIT 1), 0),
  coalesce((SELECT max("{key}") FROM "{table}"), 0)"""
_LAST_HEAD = """
SELECT coalesce((SELECT max(seq) FROM log_head), 0),
  coalesce((SELECT recorded_at FROM entry ORDER BY seq DESC LIMIT 1), 0),
  (SELECT origin FROM log_identity)"""


class LogTree:
    """The tree as the database holds it, for reading."""

    def __init__(self, connection: Connection) -> None:
        self._driver = driver_of(connection)
        self._leaves: dict[int, list[bytes]] = {}
        self._nodes: dict[tuple[int, int], dict[int, bytes]] = {}
        self._found: dict[tuple[int, int, int], bytes] = {}

    def size(self) -> int:
        """How many leaves there are."""
        found = one(self._driver, "SELECT first + count FROM log_leaf ORDER BY first DESC LIMIT 1")
        return int(found[0]) if found else 0

    def root(self, size: int) -> bytes:
        """The root of the first `size` leaves."""
        return self.node((size - 1).bit_length(), 0, size) if size else EMPTY_ROOT

    def node(self, level: int, number: int, size: int) -> bytes:
        """See `truceline.transparency.tree.NodeAt`. Kept, as the paths of two leaves share most of theirs."""
        key = level, number, size
        found = self._found.get(key)
        if found is None:
            found = self._found[key] = self._node(level, number, size)
        return found

    def _node(self, level: int, number: int, size: int) -> bytes:
        first, end = number << level, min((number + 1) << level, size)
        if level < 8:
            leaves = self.leaves(first // GROUP)
            return root_of(leaves[first % GROUP : first % GROUP + end - first])
        if level % 8 == 0 and end == (number + 1) << level:
            return self._complete(level, number)
        below = (level - 1) // 8 * 8
        if below == 0:
            return root_of(self.leaves(first // GROUP)[: end - first])
        hashes = [self._complete(below, n) for n in range(first >> below, end >> below)]
        if end % (1 << below):
            hashes.append(self.node(below, end >> below, size))
        return root_of(hashes)

    def leaves(self, group: int) -> list[bytes]:
        """The hashes of the leaves of one group of 256."""
        if group not in self._leaves:
            found = self._driver.rows(
                "SELECT hashes FROM log_leaf WHERE first >= ? AND first < ? ORDER BY first",
                (group * GROUP, (group + 1) * GROUP),
            )
            self._leaves[group] = split(b"".join(row[0] for row in found))
        return self._leaves[group]

    def know(self, group: int, leaves: list[bytes]) -> None:
        """Takes the leaves of a group from who has just read them."""
        self._leaves[group] = leaves

    def _complete(self, level: int, number: int) -> bytes:
        key = (level, number // GROUP)
        if number not in self._nodes.get(key, {}):
            found = self._driver.rows(
                "SELECT number, hash FROM log_node WHERE level = ? AND number >= ? AND number < ?",
                (level, number // GROUP * GROUP, (number // GROUP + 1) * GROUP),
            )
            self._nodes[key] = dict(found)
        return self._nodes[key][number]


class LogWriter:
    """Adds leaves and heads on the connection of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._driver = driver_of(connection)
        last = self._driver.rows(_LAST_GROUP)
        self.size = last[-1][0] + last[-1][1] if last else 0
        self._open = split(b"".join(run[2] for run in last)) if self.size % GROUP else []

    def add(self, table: str, first_row: int, columns: Mapping[str, Sequence[Any]]) -> None:
        """One leaf for each of these rows of a table, whose keys follow one another."""
        canonical = contents(table, columns)
        salts = os.urandom(SALT_BYTES * len(canonical))
        hashes = leaf_hashes(salts, canonical)
        runs, nodes = [], []
        at = 0
        while at < len(hashes):
            some = hashes[at : at + GROUP - len(self._open)]
            runs.append(
                (
                    self.size,
                    len(some),
                    table,
                    first_row + at,
                    salts[at * SALT_BYTES : (at + len(some)) * SALT_BYTES],
                    b"".join(some),
                )
            )
            self._open.extend(some)
            self.size += len(some)
            at += len(some)
            if len(self._open) == GROUP:
                nodes.append((8, self.size // GROUP - 1, root_of(self._open)))
                self._open = []
        self._driver.insert("log_leaf", ("first", "count", "table", "row", "salts", "hashes"), runs)
        self._add_nodes(nodes)

    def _add_nodes(self, nodes: list[tuple[int, int, bytes]]) -> None:
        while nodes:
            self._driver.insert("log_node", ("level", "number", "hash"), nodes)
            above = []
            for level, number, _ in nodes:
                if number % GROUP == GROUP - 1:
                    below = self._driver.rows(
                        "SELECT hash FROM log_node WHERE level = ? AND number > ? AND number <= ? "
                        "ORDER BY number",
                        (level, number - GROUP, number),
                    )
                    above.append((level + 8, number // GROUP, root_of([row[0] for row in below])))
            nodes = above

    def catch_up(self, tables: Sequence[str] = LOGGED) -> None:
        """Adds a leaf for every row of these tables that has none yet, in the order of their keys."""
        # One question for all tables, as most have nothing new.
        questions = [_NEW.format(table=table, key=KEYS[table]) for table in tables]
        for table, after, last in self._driver.rows(" UNION ALL ".join(questions)):
            if last <= after:
                continue
            key = KEYS[table]
            statement = f'SELECT * FROM "{table}" WHERE "{key}" > ? ORDER BY "{key}"'
            for columns in self._driver.columns(statement, (after,), size=min(last - after, _ROWS)):
                for start, end in _consecutive(columns[key]):
                    some = {name: values[start:end] for name, values in columns.items()}
                    self.add(table, some[key][0], some)

    def write_head(self, private: Ed25519PrivateKey | None, *others: Ed25519PrivateKey) -> None:
        """Records the head of the log as it is now, signed where there is a key, and by other keys too."""
        tree = LogTree(self._connection)
        tree.know(self.size // GROUP, self._open)
        root = tree.root(self.size)
        ((number, micros, origin),) = self._driver.rows(_LAST_HEAD)
        note = None
        if private is not None:
            head = Head(origin, self.size, root, isoformat_utc(instant_of(micros)))
            note = sign(head, private, *others)
        self._driver.insert(
            "log_head",
            ("seq", "size", "root", "recorded_at", "note"),
            [(number + 1, self.size, root, micros, note)],
        )


def origin_of(connection: Connection) -> str:
    """The log's own name."""
    return str(connection.exec_driver_sql("SELECT origin FROM log_identity").scalar_one())


def keys_of(connection: Connection) -> list[KeyStanding]:
    """How each key stands that the log has used, in the order recorded."""
    driver = driver_of(connection)
    keys = [bytes(row[0]) for row in driver.rows("SELECT public_key FROM log_key ORDER BY entry")]
    acts = driver.rows("SELECT act, public_key, size, note FROM key_act ORDER BY entry")
    return standings(
        origin_of(connection), keys, [KeyAct(act, bytes(key), size, note) for act, key, size, note in acts]
    )


def split(hashes: bytes) -> list[bytes]:
    """Hashes that stand one after another."""
    return [hashes[at : at + _HASH] for at in range(0, len(hashes), _HASH)]


def _consecutive(keys: Sequence[int]) -> Iterator[tuple[int, int]]:
    start = 0
    for at in range(1, len(keys) + 1):
        if at == len(keys) or keys[at] != keys[at - 1] + 1:
            yield start, at
            start = at

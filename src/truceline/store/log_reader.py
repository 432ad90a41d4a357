"""Proofs from the transparency log: that a thing is in it, and that it continues an earlier head."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from truceline.core.errors import Conflict, InvalidInput, NotFound, StoreUnavailable
from truceline.evidence.ports import LogHead
from truceline.store.driver import driver_of, one
from truceline.store.log import KEYS, LogTree, origin_of
from truceline.store.schema import micros_of
from truceline.transparency import notes
from truceline.transparency.content import SALT_BYTES, contents, leaf_data
from truceline.transparency.tree import consistency_path, inclusion_path, leaf_hash

FORMAT = "truceline-proof/1"


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the log a row is: its table, its key there, and the number of its leaf."""

    table: str
    row: int
    leaf: int


class LogReader:
    """The log at one moment. Made by the store, on a connection inside a transaction."""

    def __init__(self, connection: Connection, record: str) -> None:
        self._connection = connection
        self._driver = driver_of(connection)
        self._record = record
        self.tree = LogTree(connection)

    @property
    def origin(self) -> str:
        """The log's own name."""
        return origin_of(self._connection)

    def head(self) -> LogHead:
        """The last head. Raises StoreUnavailable where there is none, which no store of ours has."""
        row = one(self._driver, "SELECT size, root, note FROM log_head ORDER BY seq DESC LIMIT 1")
        if row is None:
            raise StoreUnavailable(f"{self._record} is damaged: its log has no head")
        return LogHead(*row)

    def head_by(self, known_at: datetime) -> LogHead | None:
        """The last head that was recorded by an instant; None where the log began later."""
        row = one(
            self._driver,
            "SELECT size, root, note FROM log_head WHERE recorded_at <= ? ORDER BY seq DESC LIMIT 1",
            (micros_of(known_at),),
        )
        return None if row is None else LogHead(*row)

    def public_keys(self) -> list[bytes]:
        """The keys that ever signed heads, in the order recorded."""
        rows = self._driver.rows("SELECT public_key FROM log_key ORDER BY entry")
        return [row[0] for row in rows]

    def verifier_keys(self) -> list[str]:
        """The keys that sign heads, in the form for verifiers, in the order recorded."""
        found = self._driver.rows("SELECT public_key FROM log_key ORDER BY entry")
        return [notes.verifier_key(self.origin, row[0]) for row in found]

    def find(self, id: str) -> Place:
        """Where the thing is: an observation's id, or ``TABLE:KEY`` for any row. Raises NotFound."""
        table, row = "observation", None
        found = one(self._driver, "SELECT seq FROM observation WHERE id = ?", (id,))
        if found is not None:
            row = int(found[0])
        else:
            named, _, number = id.partition(":")
            if named in KEYS and number.isdecimal() and len(number) < 19:
                table, row = named, int(number)
        leaf = None if row is None else self._leaf_of(table, row)
        if row is None or leaf is None:
            tables = ", ".join(KEYS)
            raise NotFound(
                f"the log holds nothing called {id!r}; accepted: the id of an observation, or "
                f"TABLE:NUMBER with a table of {tables}"
            )
        return Place(table, row, leaf)

    def _leaf_of(self, table: str, row: int) -> int | None:
        found = one(
            self._driver,
            'SELECT first, count, "row" FROM log_leaf WHERE "table" = ? AND "row" <= ? '
            'ORDER BY "row" DESC LIMIT 1',
            (table, row),
        )
        if found is None or row - found[2] >= found[1]:
            return None
        return int(found[0] + row - found[2])

    def prove(self, id: str, *, withhold: bool = False, from_head: str | None = None) -> dict[str, Any]:
        """A proof, as plain JSON data, that a thing is in the log under its last head, and of its entry.

        With `withhold` the proof keeps the content back: it shows that a leaf is there and not what it says.
        `from_head` is an earlier signed head: the proof then also shows that the log continues it.

        Raises NotFound, InvalidInput for a head of another log, Conflict where the log does not continue that
        head or its own head is not signed.
        """
        place = self.find(id)
        head = self._signed_head()
        proof: dict[str, Any] = {
            "format": FORMAT,
            "id": id,
            "head": head.note,
            "leaf": self._leaf(place, head.size, withhold=withhold),
        }
        entry = self._entry_of(place)
        if entry is not None and not withhold:
            proof["entry"] = self._leaf(entry, head.size, withhold=False)
        if from_head is not None:
            proof["consistency"] = self.prove_continues(from_head)["consistency"]
        return proof

    def prove_continues(self, from_head: str) -> dict[str, Any]:
        """A proof, as plain JSON data, that the log continues an earlier head. Raises as `prove`."""
        head = self._signed_head()
        old = notes.parse(from_head)
        if old.origin != self.origin:
            raise InvalidInput(f"the head is of another log: found {old.origin}; accepted: {self.origin}")
        if old.size > head.size:
            raise Conflict(f"the head has {old.size} leaves, this log only {head.size}: what it had is gone")
        if self.tree.root(old.size) != old.root:
            raise Conflict(
                f"this log does not continue the head of {old.size} leaves: it was rewritten, or is another's"
            )
        path = consistency_path(old.size, head.size, self.tree.node)
        return {
            "format": FORMAT,
            "head": head.note,
            "consistency": {"from": from_head, "path": [node.hex() for node in path]},
        }

    def _signed_head(self) -> LogHead:
        head = self.head()
        if head.note is None:
            raise Conflict(
                "the last head of the log is not signed",
                hint="put the workspace's log.key back, or open it once where it can be written",
            )
        return head

    def _entry_of(self, place: Place) -> Place | None:
        if KEYS[place.table] == "entry" or place.table == "entry":
            number = place.row
        elif place.table == "original":
            return None
        else:
            ((number,),) = self._driver.rows(
                f'SELECT entry FROM "{place.table}" WHERE "{KEYS[place.table]}" = ?', (place.row,)
            )
        leaf = self._leaf_of("entry", number)
        return None if place.table == "entry" or leaf is None else Place("entry", number, leaf)

    def _leaf(self, place: Place, size: int, *, withhold: bool) -> dict[str, Any]:
        path = [node.hex() for node in inclusion_path(place.leaf, size, self.tree.node)]
        hash = self.tree.leaves(place.leaf >> 8)[place.leaf & 255]
        document: dict[str, Any] = {"index": place.leaf, "hash": hash.hex(), "path": path}
        if withhold:
            return document
        ((first, salts),) = self._driver.rows(
            "SELECT first, salts FROM log_leaf WHERE first <= ? ORDER BY first DESC LIMIT 1", (place.leaf,)
        )
        salt = salts[(place.leaf - first) * SALT_BYTES :][:SALT_BYTES]
        statement = f'SELECT * FROM "{place.table}" WHERE "{KEYS[place.table]}" = ?'
        (columns,) = self._driver.columns(statement, (place.row,), size=2)
        content = contents(place.table, columns)[0]
        if leaf_hash(leaf_data(salt, content)) != hash:
            raise Conflict(
                f"{place.table} {place.row} is not what was recorded", hint="truceline log verify says more"
            )
        return document | {"salt": salt.hex(), "content": content.decode()}

"""Entries of the record: numbered, chained, each with its instant, which never goes back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection

from truceline.store.driver import driver_of, one
from truceline.store.log import LogWriter
from truceline.store.schema import instant_of, micros_of

_BEGIN = """
SELECT last.observation, last.original, e.seq, e.recorded_at, e.chain
FROM (SELECT (SELECT max(seq) FROM observation) AS observation,
        (SELECT max(seq) FROM original) AS original) AS last
LEFT JOIN (SELECT seq, recorded_at, chain FROM entry ORDER BY seq DESC LIMIT 1) AS e ON 1 = 1"""


class EntryWriter:
    """Writes entries on the connection of one transaction, which holds the write lock.

    So what was last when it began is asked for once, all of it in one question: over a network, how often
    the database is asked is what a small transaction costs.
    """

    def __init__(self, connection: Connection, clock: Callable[[], datetime]) -> None:
        self._connection = connection
        self._driver = driver_of(connection)
        self._clock = clock
        ((observation, original, seq, micros, chain),) = self._driver.rows(_BEGIN)
        self._next_seq = (observation or 0) + 1
        self._next_original = (original or 0) + 1
        self._entry = self._entries_at_start = seq or 0
        self._micros, self._chain = micros or 0, bytes(chain or b"")
        self._log = LogWriter(connection)

    @property
    def connection(self) -> Connection:
        """The connection of the transaction."""
        return self._connection

    def enter(self, kind: str, digest: bytes) -> tuple[int, datetime]:
        """Writes the next entry: its number, and its instant: now, or the last entry's if the clock has gone
        back since."""
        micros = max(micros_of(self._clock()), self._micros)
        number = self._entry + 1
        linked = sha256(self._chain + f"{number}\x1f{micros}\x1f{kind}\x1f".encode() + digest).digest()
        self._driver.insert(
            "entry",
            ("seq", "recorded_at", "kind", "digest", "chain"),
            [(number, micros, kind, digest, linked)],
        )
        self._entry, self._micros, self._chain = number, micros, linked
        return number, instant_of(micros)

    def next_entry(self) -> int:
        """The number of the next entry."""
        return self._entry + 1

    def next_number(self, table: Any) -> int:
        """The number that the next row of a table will have."""
        found = one(self._driver, f'SELECT max(seq) FROM "{table.name}"')
        return (found[0] or 0 if found else 0) + 1

    def _now(self) -> datetime:
        """The instant that the next entry will have or come after."""
        return max(self._clock(), instant_of(self._micros))

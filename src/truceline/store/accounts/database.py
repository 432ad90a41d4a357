"""The accounts file as a database: opened, brought up to date, read and written.

Its owner alone may read it (0600). What it holds is in `file.py` (accounts, sessions, answers, readings),
`alerts.py` and `sign_ins.py`.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from truceline.core.errors import StoreUnavailable
from truceline.store.engine import told_as_unavailable

ACCOUNTS = "accounts.sqlite"
NAMES_KEY = "names.key"
"""The key beside it that makes the ids shown to readers who may not see places or reporters."""

_STEPS = (
    """
CREATE TABLE account (
    id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE COLLATE NOCASE, role TEXT NOT NULL, party TEXT,
    language TEXT, password TEXT, totp TEXT, totp_pending TEXT, totp_counter INTEGER NOT NULL DEFAULT 0,
    subject TEXT UNIQUE, form_password TEXT, created_at INTEGER NOT NULL, ended_at INTEGER,
    failures INTEGER NOT NULL DEFAULT 0,
    locked_until INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE TABLE session (
    token BLOB PRIMARY KEY, account TEXT NOT NULL REFERENCES account(id), csrf TEXT NOT NULL,
    created_at INTEGER NOT NULL, seen_at INTEGER NOT NULL, expires_at INTEGER NOT NULL) STRICT;
CREATE TABLE answer (
    account TEXT NOT NULL, key TEXT NOT NULL, request BLOB NOT NULL, at INTEGER NOT NULL, status INTEGER,
    headers TEXT, body BLOB, PRIMARY KEY (account, key)) STRICT;
CREATE TABLE reading (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, account TEXT NOT NULL, role TEXT NOT NULL,
    party TEXT, kinds TEXT NOT NULL, what TEXT NOT NULL, digest BLOB NOT NULL) STRICT;
CREATE TRIGGER reading_stays BEFORE UPDATE ON reading BEGIN SELECT RAISE(ABORT, 'readings stay'); END;
CREATE TRIGGER reading_kept BEFORE DELETE ON reading BEGIN SELECT RAISE(ABORT, 'readings stay'); END;
CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
""",
    """
CREATE TABLE alert (
    id TEXT PRIMARY KEY, account TEXT NOT NULL REFERENCES account(id), target TEXT NOT NULL,
    events TEXT NOT NULL, zones TEXT NOT NULL, language TEXT NOT NULL, created_at INTEGER NOT NULL,
    told_rows INTEGER NOT NULL, told_statuses TEXT NOT NULL, sent_at INTEGER, failed_at INTEGER) STRICT;
CREATE TABLE alert_waiting (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, alert TEXT NOT NULL REFERENCES alert(id), title TEXT NOT NULL,
    body TEXT NOT NULL, made_at INTEGER NOT NULL, tries INTEGER NOT NULL DEFAULT 0,
    next_at INTEGER NOT NULL) STRICT;
CREATE INDEX alert_waiting_of ON alert_waiting (alert, seq);
INSERT INTO alert (id, account, target, events, zones, language, created_at, told_rows, told_statuses)
    SELECT held.value ->> 'id', held.value ->> 'account', held.value ->> 'to', held.value -> 'events',
        held.value -> 'zones', held.value ->> 'language',
        CAST(strftime('%s', held.value ->> 'created_at') AS INTEGER) * 1000000, -1, '{}'
    FROM setting, json_each(setting.value) AS held WHERE setting.name = 'alerts';
DROP TABLE setting;
""",
    """
ALTER TABLE account ADD COLUMN password_until INTEGER;
CREATE TABLE sign_in (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, account TEXT, outcome TEXT NOT NULL,
    way TEXT NOT NULL, address TEXT NOT NULL) STRICT;
CREATE INDEX sign_in_at ON sign_in (at);
""",
)
"""What brings the file from each version to the next; the number of steps is the version that is read."""


def copy_accounts(source: Path, target: Path) -> None:
    """Copies an accounts file as of one moment, also while a server writes to it; for its owner alone.

    Raises StoreUnavailable.
    """
    with told_as_unavailable(source):
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        with (
            closing(sqlite3.connect(source, timeout=30)) as held,
            closing(sqlite3.connect(target)) as copy,
        ):
            held.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, nothing beside it


class AccountsDatabase:
    """The accounts file of the workspace in `root`; made where there is none. Safe for several threads.

    Raises StoreUnavailable where the file cannot be opened, read or written.
    """

    def __init__(self, root: Path) -> None:
        self.path = root / ACCOUNTS
        self._lock = threading.RLock()
        self._reading_lock = threading.Lock()
        with told_as_unavailable(self.path):
            if not self.path.exists():
                os.close(os.open(self.path, os.O_CREAT | os.O_WRONLY, 0o600))
            self._connection = self._connected()
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA synchronous = NORMAL")
            self._connection.execute("PRAGMA recursive_triggers = ON")
            with self.writing() as connection:
                self._bring_up_to_date(connection)
            # Whoever asks waits for nobody who writes, nor for the log being folded into the file.
            self._reader = self._connected()
            self._reader.execute("PRAGMA query_only = ON")

    def _connected(self) -> sqlite3.Connection:
        return sqlite3.connect(self.path, timeout=30, isolation_level=None, check_same_thread=False)

    def _bring_up_to_date(self, connection: sqlite3.Connection) -> None:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version > len(_STEPS):
            raise StoreUnavailable(
                f"{self.path} has version {version}, this Truceline reads up to {len(_STEPS)}"
            )
        for step in _STEPS[version:]:
            for statement in _statements(step):
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {len(_STEPS)}")

    def close(self) -> None:
        """Lets go of the file."""
        self._reader.close()
        self._connection.close()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction that writes, and is undone as a whole where anything in it raises."""
        with self._lock, told_as_unavailable(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def rows(self, query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """The rows of a query, of all that was written before. Not within `writing`."""
        with self._reading_lock, told_as_unavailable(self.path):
            return self._reader.execute(query, values).fetchall()


def _statements(script: str) -> list[str]:
    """The statements of a script: executescript would commit the transaction."""
    found, part = [], ""
    for line in script.splitlines(keepends=True):
        part += line
        if sqlite3.complete_statement(part):
            found.append(part)
            part = ""
    return found

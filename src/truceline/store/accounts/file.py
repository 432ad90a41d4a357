"""Accounts, sessions, answers to repeated requests, and the log of readings, in the accounts file.

Secrets are not in it as such: passwords are argon2 hashes, sessions the SHA-256 of their tokens. The secrets
of one-time codes have to be, so the file is made for its owner alone. The log of readings is only ever
added to (triggers refuse the rest), and each of its rows carries a digest over the one before.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import sqlite3
import threading
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from truceline.core.errors import Conflict, NotFound
from truceline.evidence.permissions import Reader, Role
from truceline.store.accounts.alerts import AlertRows
from truceline.store.accounts.database import AccountsDatabase
from truceline.store.accounts.model import Account, Reading, Session
from truceline.store.accounts.sign_ins import SignInRows
from truceline.store.schema import instant_of, micros_of

_SEEN_EVERY = timedelta(seconds=30)
_ANSWERS_KEPT = timedelta(days=2)


class AccountFile(AccountsDatabase):
    """The accounts of the workspace in `root`; made where there are none. Safe for several threads.

    Raises StoreUnavailable where the file cannot be opened, read or written.
    """

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.alerts = AlertRows(self)
        self._unwritten: deque[_Unwritten] = deque()
        self._writing_readings = threading.Lock()
        self.sign_ins = SignInRows(self)

    # Accounts

    def add(
        self,
        name: str,
        role: Role,
        *,
        now: datetime,
        party: str | None = None,
        password: str | None = None,
        language: str | None = None,
        subject: str | None = None,
        password_until: datetime | None = None,
    ) -> Account:
        """Makes an account. `password` is its hash. Raises Conflict where the name is taken."""
        id = f"acc-{secrets.token_hex(8)}"
        try:
            with self.writing() as connection:
                connection.execute(
                    "INSERT INTO account (id, name, role, party, language, password, subject, created_at, "
                    "password_until) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (
                        id, name, str(role), party, language, password, subject, micros_of(now),
                        micros_of(password_until) if password_until is not None else None,
                    ),
                )  # fmt: skip
        except sqlite3.IntegrityError as error:
            raise Conflict(f"there is an account {name} already") from error
        return self.account(id)

    def accounts(self) -> list[Account]:
        """All accounts, those that ended too, by name."""
        return [_account(row) for row in self.rows(f"SELECT {_COLUMNS} FROM account ORDER BY name")]

    def account(self, id: str) -> Account:
        """The account with that id. Raises NotFound."""
        found = self.rows(f"SELECT {_COLUMNS} FROM account WHERE id = ?", (id,))
        if not found:
            raise NotFound(f"there is no account {id}")
        return _account(found[0])

    def named(self, name: str) -> Account | None:
        """The account of that name, in whatever case."""
        found = self.rows(f"SELECT {_COLUMNS} FROM account WHERE name = ?", (name,))
        return _account(found[0]) if found else None

    def of_subject(self, subject: str) -> Account | None:
        """The account that a provider's subject signs in to."""
        found = self.rows(f"SELECT {_COLUMNS} FROM account WHERE subject = ?", (subject,))
        return _account(found[0]) if found else None

    def change(self, id: str, **fields: Any) -> Account:
        """Changes an account: role, party, language, password, password_until, totp, totp_pending, subject,
        form_password, ended_at. Its sessions end where its rights or secrets change. Raises NotFound."""
        allowed = {
            "role", "party", "language", "password", "password_until", "totp", "totp_pending", "subject",
            "form_password", "ended_at",
        }  # fmt: skip
        assert set(fields) <= allowed, fields
        values = {
            name: micros_of(value) if isinstance(value, datetime) else None if value is None else str(value)
            for name, value in fields.items()
        }
        self.account(id)
        with self.writing() as connection:
            assigned = ", ".join(f"{name} = ?" for name in values)
            connection.execute(f"UPDATE account SET {assigned} WHERE id = ?", (*values.values(), id))
            if set(fields) & {"role", "party", "password", "totp", "ended_at"}:
                connection.execute("DELETE FROM session WHERE account = ?", (id,))
        return self.account(id)

    def secret(self, id: str, name: str) -> str | None:
        """A secret of an account: ``totp``, ``totp_pending`` or ``form_password``."""
        assert name in ("totp", "totp_pending", "form_password")
        found = self.rows(f"SELECT {name} FROM account WHERE id = ?", (id,))
        return found[0][0] if found else None

    def use_counter(self, id: str, counter: int) -> bool:
        """Uses up a one-time code by its counter; false where it, or a later one, was used before."""
        with self.writing() as connection:
            done = connection.execute(
                "UPDATE account SET totp_counter = ? WHERE id = ? AND totp_counter < ?",
                (counter, id, counter),
            )
            return done.rowcount == 1

    def failed(self, id: str, *, until: datetime | None) -> None:
        """Counts a failed sign-in, and locks the account until then."""
        with self.writing() as connection:
            connection.execute(
                "UPDATE account SET failures = failures + 1, locked_until = ? WHERE id = ?",
                (micros_of(until) if until else 0, id),
            )

    def succeeded(self, id: str) -> None:
        """Forgets failed sign-ins."""
        with self.writing() as connection:
            connection.execute("UPDATE account SET failures = 0, locked_until = 0 WHERE id = ?", (id,))

    # Sessions

    def open_session(self, account: str, *, now: datetime, lasts: timedelta) -> tuple[str, Session]:
        """A new session of an account: its token, which is told once, and what is kept of it."""
        token, csrf = secrets.token_urlsafe(32), secrets.token_urlsafe(24)
        with self.writing() as connection:
            connection.execute("DELETE FROM session WHERE expires_at < ?", (micros_of(now),))
            connection.execute(
                "INSERT INTO session VALUES (?, ?, ?, ?, ?, ?)",
                (_hashed(token), account, csrf, micros_of(now), micros_of(now), micros_of(now + lasts)),
            )
        return token, Session(self.account(account), csrf, now, now, now + lasts)

    def readers_signed_in(self, *, now: datetime) -> list[Reader]:
        """As whom the sessions that last read; each once."""
        found = self.rows(
            "SELECT DISTINCT a.role, a.party FROM session s JOIN account a ON a.id = s.account "
            "WHERE s.expires_at > ? AND a.ended_at IS NULL ORDER BY a.role, a.party",
            (micros_of(now),),
        )
        return [Reader(Role(role), party) for role, party in found]

    def session(self, token: str, *, now: datetime, idle: timedelta) -> Session | None:
        """The session of a token; None where there is none, it expired, or its account ended."""
        found = self.rows(
            f"SELECT s.csrf, s.created_at, s.seen_at, s.expires_at, {_COLUMNS_OF_A} FROM session s "
            "JOIN account a ON a.id = s.account WHERE s.token = ?",
            (_hashed(token),),
        )
        if not found:
            return None
        csrf, *instants = found[0][:4]
        created, seen, expires = (instant_of(micros) for micros in instants)
        account = _account(found[0][4:])
        if now >= expires or now - seen >= idle or account.ended_at is not None:
            self.close_session(token)
            return None
        if now - seen > _SEEN_EVERY:
            with self.writing() as connection:
                connection.execute(
                    "UPDATE session SET seen_at = ? WHERE token = ?", (micros_of(now), _hashed(token))
                )
        return Session(account, csrf, created, seen, expires)

    def close_session(self, token: str) -> None:
        """Ends a session."""
        with self.writing() as connection:
            connection.execute("DELETE FROM session WHERE token = ?", (_hashed(token),))

    def close_sessions(self, account: str) -> int:
        """Ends all sessions of an account; how many there were."""
        with self.writing() as connection:
            return connection.execute("DELETE FROM session WHERE account = ?", (account,)).rowcount

    def sessions_of(
        self, account: str, *, now: datetime, idle: timedelta
    ) -> list[tuple[str, datetime, datetime, datetime]]:
        """The sessions of an account that last, the newest first: id, begun, last used, end."""
        found = self.rows(
            "SELECT token, created_at, seen_at, expires_at FROM session WHERE account = ? AND expires_at > ? "
            "AND seen_at > ? ORDER BY created_at DESC",
            (account, micros_of(now), micros_of(now - idle)),
        )
        return [
            (_id_of(token), instant_of(created), instant_of(seen), instant_of(expires))
            for token, created, seen, expires in found
        ]

    def close_session_of(self, account: str, id: str) -> None:
        """Ends a session of an account by the id that lists show. Raises NotFound."""
        with self.writing() as connection:
            for (token,) in connection.execute("SELECT token FROM session WHERE account = ?", (account,)):
                if _id_of(token) == id:
                    connection.execute("DELETE FROM session WHERE token = ?", (token,))
                    return
        raise NotFound("there is no such session of yours")

    # Answers to requests that are sent again

    def begin_answer(self, account: str, key: str, request: bytes, *, now: datetime) -> Any:
        """Reserves a key for a request, or gives what is held under it.

        None: it is ours to answer. Else (request, status, headers, body) as first answered; status is None
        while that is still being done.
        """
        with self.writing() as connection:
            connection.execute("DELETE FROM answer WHERE at < ?", (micros_of(now - _ANSWERS_KEPT),))
            held = connection.execute(
                "SELECT request, status, headers, body FROM answer WHERE account = ? AND key = ?",
                (account, key),
            ).fetchone()
            if held is None:
                connection.execute(
                    "INSERT INTO answer (account, key, request, at) VALUES (?, ?, ?, ?)",
                    (account, key, request, micros_of(now)),
                )
                return None
        return held[0], held[1], json.loads(held[2]) if held[2] else [], held[3]

    def keep_answer(
        self, account: str, key: str, status: int, headers: list[tuple[str, str]], body: bytes
    ) -> None:
        """Keeps the answer to a request under its key."""
        with self.writing() as connection:
            connection.execute(
                "UPDATE answer SET status = ?, headers = ?, body = ? WHERE account = ? AND key = ?",
                (status, json.dumps(headers), body, account, key),
            )

    def drop_answer(self, account: str, key: str) -> None:
        """Frees a key whose request recorded nothing."""
        with self.writing() as connection:
            connection.execute("DELETE FROM answer WHERE account = ? AND key = ?", (account, key))

    # Readings

    def record_reading(
        self, account: Account | None, kinds: Sequence[str], what: str, *, now: datetime
    ) -> None:
        """Records that sensitive data was read. It is recorded when this returns; those who record at the
        same time share a transaction, which the first of them writes for all who wait."""
        who = (
            (account.id, str(account.role), account.party)
            if account is not None
            else ("", str(Role.PUBLIC), None)
        )
        ours = _Unwritten((micros_of(now), *who, " ".join(kinds), what))
        self._unwritten.append(ours)
        with self._writing_readings:
            if not ours.done:
                self._write_readings()
        if ours.error is not None:
            raise ours.error

    def _write_readings(self) -> None:
        """Writes all readings that wait, in one transaction."""
        some: list[_Unwritten] = []
        try:
            with self.writing() as connection:
                some += self._waiting_readings()
                last = connection.execute("SELECT digest FROM reading ORDER BY seq DESC LIMIT 1").fetchone()
                digest = last[0] if last else b""
                for one in some:
                    digest = _chained(digest, one.row)
                    connection.execute(
                        "INSERT INTO reading (at, account, role, party, kinds, what, digest) "
                        "VALUES (?, ?, ?, ?, ?, ?, ?)",
                        (*one.row, digest),
                    )
        except BaseException as error:
            some = some or self._waiting_readings()
            for one in some:
                one.error = error
        finally:
            for one in some:
                one.done = True

    def _waiting_readings(self) -> list[_Unwritten]:
        found: list[_Unwritten] = []
        while self._unwritten:
            found.append(self._unwritten.popleft())
        return found

    def readings(
        self,
        *,
        before: int | None = None,
        limit: int = 100,
        account: str | None = None,
        kind: str | None = None,
        since: datetime | None = None,
    ) -> list[Reading]:
        """The newest readings: those before a number, by an account (its id), of a kind, since an instant."""
        found = self.rows(
            "SELECT seq, at, account, role, party, kinds, what FROM reading WHERE seq < ?1 "
            "AND (?2 IS NULL OR account = ?2) "
            "AND (?3 IS NULL OR instr(' ' || kinds || ' ', ' ' || ?3 || ' ')) AND at >= ?4 "
            "ORDER BY seq DESC LIMIT ?5",
            (
                before if before is not None else 1 << 62, account, kind,
                micros_of(since) if since is not None else 0, limit,
            ),
        )  # fmt: skip
        return [
            Reading(seq, instant_of(at), account, role, party, tuple(kinds.split()), what)
            for seq, at, account, role, party, kinds, what in found
        ]

    def readings_hold(self) -> int | None:
        """The number of the first reading that is not as it was recorded; None where all are."""
        digest, expected = b"", 1
        for seq, *row, kept in self.rows(
            "SELECT seq, at, account, role, party, kinds, what, digest FROM reading ORDER BY seq"
        ):
            digest = _chained(digest, tuple(row))
            if digest != kept or seq != expected:
                return int(seq)
            expected += 1
        return None


@dataclass
class _Unwritten:
    """A reading that somebody waits for."""

    row: tuple[Any, ...]
    done: bool = False
    error: BaseException | None = None


_NAMES = ("id", "name", "role", "party", "language", "password", "totp", "created_at", "ended_at", "failures",
          "locked_until", "password_until")  # fmt: skip
_COLUMNS = ", ".join(_NAMES)
_COLUMNS_OF_A = ", ".join(f"a.{name}" for name in _NAMES)


def _account(row: Sequence[Any]) -> Account:
    id, name, role, party, language, password, totp, created, ended, failures, locked, until = row
    return Account(
        id,
        name,
        Role(role),
        party,
        language,
        password,
        totp is not None,
        instant_of(created),
        instant_of(ended) if ended is not None else None,
        instant_of(until) if until is not None else None,
        failures,
        instant_of(locked) if locked else None,
    )


def session_id(token: str) -> str:
    """What lists show of a session: the beginning of a digest of its token's, which signs nobody in."""
    return _id_of(_hashed(token))


def _id_of(hashed: bytes) -> str:
    return hashlib.sha256(b"session" + hashed).hexdigest()[:24]


def _hashed(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def _chained(before: bytes, row: Sequence[Any]) -> bytes:
    return hashlib.sha256(before + json.dumps(list(row)).encode()).digest()

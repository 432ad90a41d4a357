"""Who signed in, or tried to, in the accounts file (ASVS 7.2.1).

Kept for 90 days and never more than 100,000: a guesser can make many. A name under which there is no account
is not kept, since people type passwords into the wrong field.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from truceline.store.accounts.database import AccountsDatabase
from truceline.store.accounts.model import SignIn
from truceline.store.schema import instant_of, micros_of

KEPT_FOR = timedelta(days=90)
MOST_KEPT = 100_000


class SignInRows:
    """The sign-ins of an accounts file, those that failed too."""

    def __init__(self, database: AccountsDatabase) -> None:
        self._database = database

    def record(self, account: str | None, outcome: str, *, way: str, address: str, now: datetime) -> None:
        """Records one: `outcome` is "signed-in" or why not, `way` how, `address` from where."""
        with self._database.writing() as connection:
            connection.execute(
                "INSERT INTO sign_in (at, account, outcome, way, address) VALUES (?, ?, ?, ?, ?)",
                (micros_of(now), account, outcome, way, address[:100]),
            )
            connection.execute(
                "DELETE FROM sign_in WHERE at < ? OR seq <= (SELECT max(seq) FROM sign_in) - ?",
                (micros_of(now - KEPT_FOR), MOST_KEPT),
            )

    def newest(
        self, *, limit: int, before: int | None = None, account: str | None = None, failed: bool = False
    ) -> list[SignIn]:
        """The newest first: those before a number, of an account (its id), only those that failed."""
        found = self._database.rows(
            "SELECT seq, at, account, outcome, way, address FROM sign_in WHERE seq < ?1 "
            "AND (?2 IS NULL OR account = ?2) AND (NOT ?3 OR outcome <> 'signed-in') "
            "ORDER BY seq DESC LIMIT ?4",
            (before if before is not None else 1 << 62, account, failed, limit),
        )
        return [
            SignIn(seq, instant_of(at), account, outcome, way, address)
            for seq, at, account, outcome, way, address in found
        ]

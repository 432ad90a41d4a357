"""Alerts and the messages of theirs that wait to be sent, in the accounts file."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from truceline.core.errors import InvalidInput
from truceline.store.accounts.database import AccountsDatabase
from truceline.store.accounts.model import Alert, Waiting
from truceline.store.schema import instant_of, micros_of

_COLUMNS = (
    "id, account, target, events, zones, language, created_at, told_rows, told_statuses, sent_at, failed_at, "
    "(SELECT count(*) FROM alert_waiting WHERE alert = alert.id)"
)


class AlertRows:
    """The alerts of an accounts file.

    What an alert has told of changes in the transaction that puts its message among those that wait, and a
    message leaves them only once it was sent: whenever the process ends, nothing is lost.
    """

    def __init__(self, database: AccountsDatabase) -> None:
        self._database = database

    def all(self) -> list[Alert]:
        """All alerts, in the order made."""
        return [
            _alert(row)
            for row in self._database.rows(f"SELECT {_COLUMNS} FROM alert ORDER BY created_at, id")
        ]

    def add(self, alert: Alert, *, most: int) -> None:
        """Keeps a new alert. Raises InvalidInput where there are `most` already."""
        with self._database.writing() as connection:
            (held,) = connection.execute("SELECT count(*) FROM alert").fetchone()
            if held >= most:
                raise InvalidInput(f"there are {most} alerts already")
            connection.execute(
                "INSERT INTO alert (id, account, target, events, zones, language, created_at, told_rows, "
                "told_statuses) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    alert.id, alert.account, alert.to, json.dumps(alert.events), json.dumps(alert.zones),
                    alert.language, micros_of(alert.created_at), alert.told_rows,
                    json.dumps(dict(alert.told_statuses)),
                ),
            )  # fmt: skip

    def remove(self, id: str, *, account: str | None) -> bool:
        """Ends an alert, and what of it waits; with `account` only if it is that one's. Whether it did."""
        with self._database.writing() as connection:
            owned = "SELECT id FROM alert WHERE id = ? AND (? IS NULL OR account = ?)"
            connection.execute(f"DELETE FROM alert_waiting WHERE alert IN ({owned})", (id, account, account))
            return (
                connection.execute(
                    f"DELETE FROM alert WHERE id IN ({owned})", (id, account, account)
                ).rowcount
                > 0
            )

    def tell(
        self,
        alert: Alert,
        *,
        rows: int,
        statuses: Mapping[str, str],
        messages: Sequence[tuple[str, str]],
        now: datetime,
    ) -> bool:
        """Puts messages (title and body) among those that wait, and says up to where the alert has told.

        Does nothing, and is false, where somebody else has told of something meanwhile.
        """
        with self._database.writing() as connection:
            ours = connection.execute(
                "UPDATE alert SET told_rows = ?, told_statuses = ? "
                "WHERE id = ? AND told_rows = ? AND told_statuses = ?",
                (
                    rows, json.dumps(dict(statuses)), alert.id, alert.told_rows,
                    json.dumps(dict(alert.told_statuses)),
                ),
            )  # fmt: skip
            if not ours.rowcount:
                return False
            connection.executemany(
                "INSERT INTO alert_waiting (alert, title, body, made_at, next_at) VALUES (?, ?, ?, ?, ?)",
                [(alert.id, title, body, micros_of(now), micros_of(now)) for title, body in messages],
            )
        return True

    def first_waiting(self, alert: str) -> Waiting | None:
        """The message that is to be sent next."""
        found = self._database.rows(
            "SELECT seq, alert, title, body, made_at, tries, next_at FROM alert_waiting "
            "WHERE alert = ? ORDER BY seq LIMIT 1",
            (alert,),
        )
        if not found:
            return None
        seq, id, title, body, made_at, tries, next_at = found[0]
        return Waiting(seq, id, title, body, instant_of(made_at), tries, instant_of(next_at))

    def claim(self, message: Waiting, *, until: datetime) -> bool:
        """Counts a try, and keeps others from trying until then; false where somebody else was first."""
        with self._database.writing() as connection:
            done = connection.execute(
                "UPDATE alert_waiting SET tries = tries + 1, next_at = ? WHERE seq = ? AND tries = ?",
                (micros_of(until), message.seq, message.tries),
            )
            return done.rowcount == 1

    def sent(self, message: Waiting, *, now: datetime) -> None:
        """Takes a message off those that wait: it was sent."""
        with self._database.writing() as connection:
            connection.execute("DELETE FROM alert_waiting WHERE seq = ?", (message.seq,))
            connection.execute(
                "UPDATE alert SET sent_at = ?, failed_at = NULL WHERE id = ?", (micros_of(now), message.alert)
            )

    def failed(self, message: Waiting, *, now: datetime) -> None:
        """Says of an alert that it could not be sent."""
        with self._database.writing() as connection:
            connection.execute("UPDATE alert SET failed_at = ? WHERE id = ?", (micros_of(now), message.alert))

    def forget_waiting(self, alert: str) -> None:
        """Drops what waits of an alert whose account may not have it any more."""
        with self._database.writing() as connection:
            connection.execute("DELETE FROM alert_waiting WHERE alert = ?", (alert,))


def _alert(row: Sequence[Any]) -> Alert:
    id, account, target, events, zones, language, created, told_rows, statuses, sent, failed, waiting = row
    return Alert(
        id,
        account,
        target,
        tuple(json.loads(events)),
        tuple(json.loads(zones)),
        language,
        instant_of(created),
        told_rows,
        json.loads(statuses),
        instant_of(sent) if sent is not None else None,
        instant_of(failed) if failed is not None else None,
        waiting,
    )

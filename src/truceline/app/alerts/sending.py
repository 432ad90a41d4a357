"""Looks for what is new to each alert, and sends what waits until it has arrived."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import anyio.to_thread
from tenacity import RetryCallState, Retrying, wait_exponential_jitter

from truceline.app.alerts.addresses import open_address
from truceline.app.alerts.news import messages_since, standing
from truceline.app.desk.desk import Desk
from truceline.core.errors import NotFound, TrucelineError
from truceline.evidence.permissions import Kind, Reader
from truceline.store.accounts import AccountFile, Alert, Waiting

LOOK_S = 1.0
TIME_S = 300.0
"""How often statuses are looked at where nothing is recorded: deadlines pass."""
FIRST_WAIT_S = 2.0
LONGEST_WAIT_S = 900.0
MOST_WAITING = 100
"""Of one alert: beyond, it looks no further, and tells of all that is new in one when its host is back."""


class AlertDesk:
    """The alerts of a server, looked after for as long as `run` runs.

    `first_wait_s` is how long it waits after a first failure; the waits double up to a quarter of an hour.
    """

    def __init__(
        self, desk: Desk, accounts: AccountFile, hosts: frozenset[str], *, first_wait_s: float = FIRST_WAIT_S
    ) -> None:
        self.desk = desk
        self.accounts = accounts
        self.hosts = hosts
        self._wait = wait_exponential_jitter(multiplier=first_wait_s, max=LONGEST_WAIT_S, jitter=first_wait_s)
        self._looked: tuple[Any, ...] | None = None
        self._sending: dict[str, asyncio.Task[None]] = {}

    async def run(self) -> None:
        """Looks and sends until it is cancelled. A message that is being sent then is sent to its end."""
        try:
            while True:
                try:
                    for alert in await anyio.to_thread.run_sync(self.look):
                        if alert.id not in self._sending:
                            self._sending[alert.id] = asyncio.create_task(self._send(alert))
                except TrucelineError:
                    self._looked = (
                        None  # the record cannot be read at this moment; the next look may be able to
                    )
                await asyncio.sleep(LOOK_S)
        finally:
            await asyncio.gather(*self._sending.values(), return_exceptions=True)

    def look(self) -> list[Alert]:
        """Puts what is new among what waits; the alerts that may have something waiting."""
        alerts = [
            (alert, reader) for alert in self.accounts.alerts.all() if (reader := self._reader_of(alert))
        ]
        minutes = int(self.desk.clock().timestamp() // TIME_S)
        seen = (self.desk.version(), minutes, tuple(alert.id for alert, _ in alerts))
        if alerts and seen != self._looked:
            behind = False
            for alert, reader in alerts:
                behind |= not self._tell(alert, reader)
            self._looked = None if behind else seen
        return [alert for alert, _ in alerts]

    def _reader_of(self, alert: Alert) -> Reader | None:
        """Whose eyes an alert looks through; None where its account has ended or may have none any more."""
        try:
            account = self.accounts.account(alert.account)
        except NotFound:
            return None
        if account.ended_at is None and account.reader.may(Kind.ALERT):
            return account.reader
        if alert.waiting:
            self.accounts.alerts.forget_waiting(alert.id)
        return None

    def _tell(self, alert: Alert, reader: Reader) -> bool:
        """Whether an alert has told of all that is new, or has it waiting."""
        if alert.waiting >= MOST_WAITING:
            return False
        rows, statuses = standing(self.desk, reader, statuses="status" in alert.events)
        if alert.told_rows == rows and alert.told_statuses == statuses:
            return True
        messages = messages_since(alert, self.desk, reader, statuses) if alert.told_rows >= 0 else []
        return self.accounts.alerts.tell(
            alert, rows=rows, statuses=statuses, messages=messages, now=self.desk.clock()
        )

    async def _send(self, alert: Alert) -> None:
        """Sends what waits of an alert, in order, as far as it is due and arrives."""
        try:
            while await anyio.to_thread.run_sync(self.send_next, alert):
                pass
        except TrucelineError:
            return  # the accounts file cannot be written at this moment
        finally:
            self._sending.pop(alert.id, None)

    def send_next(self, alert: Alert) -> bool:
        """Sends the first message that waits, if it is due; whether it arrived.

        Each message has an id of its own, the header `Idempotency-Key` of a webhook's request or a mail:
        where the process ends between sending and noting that, it is sent again under the same.
        """
        rows, now = self.accounts.alerts, self.desk.clock()
        message = rows.first_waiting(alert.id)
        if message is None or message.next_at > now:
            return False
        if not rows.claim(message, until=now + self._after(message.tries + 1)):
            return False
        arrived = send(alert, message, self.hosts)
        (rows.sent if arrived else rows.failed)(message, now=self.desk.clock())
        return arrived

    def _after(self, tries: int) -> timedelta:
        state = RetryCallState(Retrying(), None, (), {})
        state.attempt_number = tries
        return timedelta(seconds=self._wait(state))


def send(alert: Alert, message: Waiting, hosts: frozenset[str]) -> bool:
    """Sends one message; whether it arrived. An alert to a host that is not served any more stays waiting."""
    try:
        there = open_address(alert.to, hosts)
    except TrucelineError:
        return False
    there.headers["Idempotency-Key"] = f"{message.alert}-{message.seq}"
    return bool(there.notify(title=message.title, body=message.body))

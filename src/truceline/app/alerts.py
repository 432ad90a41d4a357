"""Alerts: what is new to an account, sent to a webhook or by e-mail. Apprise sends it.

An alert tells what its account may see, and no more than ids, kinds, zones and statuses: it leaves the
mission. It goes only to hosts that the server was started with (`--alert-to`): whoever may set an alert must
not be able to make the server ask addresses inside its own network.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import anyio.to_thread

from truceline.accord.acts import label
from truceline.accord.model import Accord
from truceline.accord.model.base import name_in
from truceline.app.desk.news import News, Newsroom
from truceline.core.errors import DependencyMissing, InvalidInput, NotAllowed, NotFound
from truceline.core.instants import isoformat_utc
from truceline.core.messages import Messages
from truceline.store.accounts import Account, AccountFile

SETTING = "alerts"
SCHEMES = ("json", "jsons", "mailto", "mailtos")
EVENTS = ("status", "entry")
ATTEMPTS = 3
WAIT_S = 2.0
LOOK_S = 1.0
MOST = 50


@dataclass(frozen=True, slots=True)
class Alert:
    """An alert of an account: where to (an Apprise address), of what, and of which zones (none: all)."""

    id: str
    account: str
    to: str
    events: tuple[str, ...]
    zones: tuple[str, ...]
    language: str
    created_at: str

    def as_dict(self) -> dict[str, Any]:
        """As plain JSON data, without the password that the address may hold."""
        parts = urlsplit(self.to)
        shown = f"{parts.scheme}://{parts.hostname or ''}{f':{parts.port}' if parts.port else ''}{parts.path}"
        return asdict(self) | {"to": shown, "events": list(self.events), "zones": list(self.zones)}


def alerts_of(accounts: AccountFile) -> list[Alert]:
    """All alerts, in the order made."""
    return [
        Alert(**(one | {"events": tuple(one["events"]), "zones": tuple(one["zones"])}))
        for one in accounts.setting(SETTING) or []
    ]


def add_alert(
    accounts: AccountFile,
    account: Account,
    to: str,
    *,
    events: tuple[str, ...],
    zones: tuple[str, ...],
    hosts: frozenset[str],
    known_zones: Mapping[str, Any],
    now: datetime,
) -> Alert:
    """Makes an alert. Raises InvalidInput, NotAllowed for a host that the server was not started with."""
    parts = urlsplit(to)
    if parts.scheme not in SCHEMES or not parts.hostname:
        raise InvalidInput(
            f"to: accepted: {', '.join(f'{scheme}://' for scheme in SCHEMES)} addresses of Apprise"
        )
    if parts.hostname not in hosts:
        raise NotAllowed(
            f"the server was not started to send anything to {parts.hostname}",
            hint="truceline serve --alert-to HOST",
        )
    unknown = [id for id in zones if id not in known_zones]
    if unknown or not events or not set(events) <= set(EVENTS):
        raise InvalidInput(
            f"events: accepted: {', '.join(EVENTS)}; zones: accepted: {', '.join(known_zones) or 'none'}"
        )
    held = alerts_of(accounts)
    if len(held) >= MOST:
        raise InvalidInput(f"there are {MOST} alerts already")
    made = Alert(
        f"alert-{secrets.token_hex(6)}",
        account.id,
        to,
        events,
        zones,
        account.language or "en",
        isoformat_utc(now),
    )
    accounts.set(SETTING, [asdict(one) for one in (*held, made)])
    return made


def remove_alert(accounts: AccountFile, id: str, account: Account, *, any_account: bool) -> None:
    """Ends an alert. Raises NotFound, and for another account's unless `any_account`."""
    held = alerts_of(accounts)
    kept = [one for one in held if one.id != id or not (any_account or one.account == account.id)]
    if len(kept) == len(held):
        raise NotFound(f"there is no alert {id}")
    accounts.set(SETTING, [asdict(one) for one in kept])


def words_of(news: News, alert: Alert, accord: Accord) -> tuple[str, str] | None:
    """Title and text of what an alert tells of what is new; None where it tells nothing of it."""
    say = Messages("alerts", alert.language).say
    title = name_in(accord.accord.title, alert.language)
    if news.event == "status" and "status" in alert.events:
        provision = accord.provision(str(news.data["obligation"]))
        name = (
            name_in(provision.title, alert.language)
            if provision is not None and provision.title
            else str(news.data["obligation"])
        )
        report = Messages("report", alert.language).say
        before, after = (report(f"status-{str(news.data[k]).replace('_', '-')}") for k in ("before", "after"))
        return title, say("alert-status", {"name": name, "before": before, "after": after})
    if news.event == "entry" and "entry" in alert.events:
        lines = []
        for item in news.data["items"]:
            within = [id for id in item["zones"] if not alert.zones or id in alert.zones]
            for id in within[:1]:
                zone = accord.zone(id)
                lines.append(
                    say(
                        "alert-entry",
                        {
                            "kind": label(str(item["kind"]), alert.language),
                            "zone": name_in(zone.names, alert.language) if zone else id,
                            "at": str(item["occurred_from"]),
                            "id": str(item["id"]),
                        },
                    )
                )
        return (title, "\n".join(lines)) if lines else None
    return None


def send(alert: Alert, title: str, text: str) -> bool:
    """Sends one alert; whether it arrived. Raises DependencyMissing."""
    try:
        import apprise
    except ImportError as error:
        raise DependencyMissing("alerts need Apprise", hint="pip install 'truceline[alerts]'") from error
    there = apprise.Apprise()
    if not there.add(alert.to):
        return False
    return bool(there.notify(title=title, body=text))


class AlertDesk:
    """Sends what is new for as long as `run` runs; looks every second whether there are other alerts."""

    def __init__(self, accounts: AccountFile, newsroom: Newsroom, *, wait_s: float = WAIT_S) -> None:
        self.accounts = accounts
        self.newsroom = newsroom
        self.wait_s = wait_s
        self.failed: dict[str, str] = {}
        self._running: dict[Alert, asyncio.Task[None]] = {}

    async def run(self) -> None:
        """Sends alerts until it is cancelled."""
        try:
            while True:
                wanted = {}
                for alert in await anyio.to_thread.run_sync(alerts_of, self.accounts):
                    try:
                        account = await anyio.to_thread.run_sync(self.accounts.account, alert.account)
                    except NotFound:
                        continue
                    if account.ended_at is None:
                        wanted[alert] = account
                for alert in set(self._running) - set(wanted):
                    self._running.pop(alert).cancel()
                for alert, account in wanted.items():
                    if alert not in self._running:
                        self._running[alert] = asyncio.create_task(self._watch(alert, account))
                await asyncio.sleep(LOOK_S)
        finally:
            for task in self._running.values():
                task.cancel()

    async def _watch(self, alert: Alert, account: Account) -> None:
        async with self.newsroom.listening(account.reader) as queue:
            while True:
                news = await queue.get()
                told = words_of(news, alert, self.newsroom.desk.now().accord)
                if told is not None:
                    await self._deliver(alert, *told)

    async def _deliver(self, alert: Alert, title: str, text: str) -> None:
        for attempt in range(ATTEMPTS):
            if attempt:
                await asyncio.sleep(self.wait_s * 2**attempt)
            if await anyio.to_thread.run_sync(send, alert, title, text):
                self.failed.pop(alert.id, None)
                return
        self.failed[alert.id] = text

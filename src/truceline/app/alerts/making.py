"""Alerts made and ended."""

from __future__ import annotations

import secrets
from typing import Any
from urllib.parse import urlsplit

from truceline.app.alerts.addresses import SCHEMES, open_address
from truceline.app.alerts.news import standing
from truceline.app.desk.desk import Desk
from truceline.core.errors import InvalidInput, NotFound
from truceline.core.instants import isoformat_utc
from truceline.store.accounts import Account, AccountFile, Alert

EVENTS = ("status", "entry")
MOST = 50


def add_alert(
    desk: Desk,
    accounts: AccountFile,
    account: Account,
    to: str,
    *,
    events: tuple[str, ...],
    zones: tuple[str, ...],
    hosts: frozenset[str],
) -> Alert:
    """Makes an alert, of what comes from now on.

    Raises InvalidInput, NotAllowed for a host that the server was not started with, DependencyMissing.
    """
    if urlsplit(to).scheme not in SCHEMES:
        accepted = ", ".join(f"{scheme}://" for scheme in SCHEMES)
        raise InvalidInput(f"to: accepted: {accepted} addresses of Apprise")
    open_address(to, hosts)
    known = desk.zones()
    if not events or not set(events) <= set(EVENTS) or not set(zones) <= set(known):
        raise InvalidInput(
            f"events: accepted: {', '.join(EVENTS)}; zones: accepted: {', '.join(known) or 'none'}"
        )
    rows, statuses = standing(desk, account.reader, statuses="status" in events)
    made = Alert(
        f"alert-{secrets.token_hex(6)}", account.id, to, events, zones, account.language or "en",
        desk.clock(), rows, statuses,
    )  # fmt: skip
    accounts.alerts.add(made, most=MOST)
    return made


def remove_alert(accounts: AccountFile, id: str, account: Account, *, any_account: bool) -> None:
    """Ends an alert. Raises NotFound, and for another account's unless `any_account`."""
    if not accounts.alerts.remove(id, account=None if any_account else account.id):
        raise NotFound(f"there is no alert {id}")


def alert_dict(alert: Alert) -> dict[str, Any]:
    """An alert as plain JSON data, without the password that its address may hold."""
    parts = urlsplit(alert.to)
    shown = f"{parts.scheme}://{parts.hostname or ''}{f':{parts.port}' if parts.port else ''}{parts.path}"
    return {
        "id": alert.id,
        "account": alert.account,
        "to": shown,
        "events": list(alert.events),
        "zones": list(alert.zones),
        "language": alert.language,
        "created_at": isoformat_utc(alert.created_at),
        "sent_at": isoformat_utc(alert.sent_at) if alert.sent_at else None,
        "failed": alert.failed_at is not None,
        "waiting": alert.waiting,
    }

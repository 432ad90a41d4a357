"""What the accounts file holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from truceline.evidence.permissions import Reader, Role


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who can sign in. `password` is an argon2 hash; None where only a provider signs them in.

    A password that somebody else typed counts until `password_until`, to be replaced by one's own.
    `second_factor` is whether a one-time code is asked for. `failures` counts failed sign-ins since the last
    one that succeeded; until `locked_until` none is tried.
    """

    id: str
    name: str
    role: Role
    party: str | None
    language: str | None
    password: str | None
    second_factor: bool
    created_at: datetime
    ended_at: datetime | None = None
    password_until: datetime | None = None
    failures: int = 0
    locked_until: datetime | None = None

    @property
    def reader(self) -> Reader:
        """Whose rights the account has."""
        return Reader(self.role, self.party)


@dataclass(frozen=True, slots=True)
class Session:
    """A session of an account: it ends at `expires_at`, or when it has not been used for a while."""

    account: Account
    csrf: str
    created_at: datetime
    seen_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class SignIn:
    """Somebody signed in, or tried to: `account` is None where there is none of the name given."""

    seq: int
    at: datetime
    account: str | None
    outcome: str
    way: str
    address: str


@dataclass(frozen=True, slots=True)
class Reading:
    """An entry of the log of readings: who read which kind of sensitive data, by which request."""

    seq: int
    at: datetime
    account: str
    role: str
    party: str | None
    kinds: tuple[str, ...]
    what: str


@dataclass(frozen=True, slots=True)
class Alert:
    """An alert of an account: where to (an Apprise address), of what, and of which zones (none: all).

    What it has told of, or has waiting: `told_rows` observations of the record, and the obligations as in
    `told_statuses`; -1 rows: nothing yet, it begins with what comes. `failed_at`: the last time that it could
    not be sent, where it has not been since.
    """

    id: str
    account: str
    to: str
    events: tuple[str, ...]
    zones: tuple[str, ...]
    language: str
    created_at: datetime
    told_rows: int = -1
    told_statuses: Mapping[str, str] = field(default_factory=dict)
    sent_at: datetime | None = None
    failed_at: datetime | None = None
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class Waiting:
    """A message of an alert that was not sent yet. It is due at `next_at`, after `tries` that failed."""

    seq: int
    alert: str
    title: str
    body: str
    made_at: datetime
    tries: int
    next_at: datetime

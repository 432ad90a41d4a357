"""Accounts, sessions, readings and alerts."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from truceline.evidence.permissions import Role
from truceline.web.models.base import Answer, Id, Name, Request


class SignIn(Request):
    """Name, password and, where the account asks for it, a one-time code."""

    name: Annotated[str, Field(max_length=200)]
    password: Annotated[str, Field(max_length=1024)]
    code: Annotated[str | None, Field(max_length=20)] = None
    new_password: Annotated[
        str | None, Field(max_length=1024, description="In place of a first password, which nobody keeps.")
    ] = None


class OwnSession(Answer):
    """A session of one's own. `this`: the one that asks."""

    id: str
    created_at: str
    seen_at: str
    expires_at: str
    this: bool


class OwnSessions(Answer):
    """One's own sessions, the newest first."""

    items: list[OwnSession]


class SignInAnswer(Answer):
    """Somebody signed in, or tried to. `account` is null where there is none of the name that was given."""

    seq: int
    at: str
    account: str | None
    name: str | None
    outcome: str
    way: str
    address: str


class SignIns(Answer):
    """Who signed in or tried to, newest first; `next` is what `before` is for the page after."""

    items: list[SignInAnswer]
    next: int | None


class User(Answer):
    """Who is signed in."""

    id: str
    name: str
    role: str
    party: str | None
    language: str | None
    second_factor: bool


class SessionAnswer(Answer):
    """Who is signed in, what they may do, and the token that writes must carry as X-CSRF-Token."""

    user: User | None
    role: Role
    party: str | None
    csrf: str | None
    can: dict[str, str]
    expires_at: str | None = None
    provider: str | None = None


class PasswordChange(Request):
    """The own password, replaced."""

    old: Annotated[str, Field(max_length=1024)]
    new: Annotated[str, Field(max_length=1024)]


class Code(Request):
    """A one-time code."""

    code: Annotated[str, Field(max_length=20)]


class SecondFactor(Answer):
    """The new secret for one-time codes, which counts once a code of it was given."""

    secret: str
    address: str


class DevicePassword(Answer):
    """A password for phones and GIS programs, told once."""

    name: str
    password: str


class AccountAnswer(Answer):
    """An account, without its secrets."""

    id: str
    name: str
    role: str
    party: str | None
    language: str | None
    second_factor: bool
    password: bool
    first_password_until: str | None
    created_at: str
    ended_at: str | None


class Accounts(Answer):
    """All accounts."""

    items: list[AccountAnswer]


class NewAccount(Request):
    """An account to be made."""

    name: Name
    role: str
    party: str | None = None
    password: Annotated[str | None, Field(max_length=1024)] = None
    language: str | None = None
    subject: Annotated[str | None, Field(max_length=500)] = None


class AccountChange(Request):
    """What is to be changed of an account; what is not given stays."""

    role: str | None = None
    party: str | None = None
    password: Annotated[str | None, Field(max_length=1024)] = None
    second_factor: Literal[False] | None = Field(default=None, description="false takes it away")
    ended: bool | None = None


class Reading(Answer):
    """Who read which kinds of sensitive data, and when."""

    seq: int
    at: str
    account: str | None
    name: str | None
    role: str
    party: str | None
    kinds: list[str]
    what: str


class Readings(Answer):
    """The log of readings, newest first; `next` is what `before` is for the page after."""

    items: list[Reading]
    next: int | None
    first_bad: int | None


class AlertAnswer(Answer):
    """An alert, without the password that its address may hold.

    `waiting` messages are still to be sent, `failed` says that the last try did, `sent_at` when one arrived.
    """

    id: str
    account: str
    to: str
    events: list[str]
    zones: list[str]
    language: str
    created_at: str
    sent_at: str | None
    failed: bool
    waiting: int


class Alerts(Answer):
    """Alerts, and the hosts that the server may send them to."""

    items: list[AlertAnswer]
    hosts: list[str]


class NewAlert(Request):
    """An alert: an address of Apprise (json://, jsons://, mailto://, mailtos://), of what, of which zones."""

    to: Annotated[str, Field(min_length=1, max_length=500)]
    events: Annotated[list[Literal["status", "entry"]], Field(min_length=1, max_length=2)]
    zones: list[Id] = Field([], max_length=50)

"""Signing in with a password, and the list of who did or tried to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from truceline.app.accounts import (
    NOBODYS_HASH,
    SESSION_LASTS,
    counter_of,
    find_account,
    hashed,
    lock_of,
    matches,
    need_good_password,
)
from truceline.core.errors import (
    InvalidInput,
    NewPasswordRequired,
    NotSignedIn,
    SecondFactorRequired,
    TooMany,
)
from truceline.core.instants import isoformat_utc
from truceline.store.accounts import Account, AccountFile, Session

SIGNED_IN = "signed-in"
OUTCOMES = (
    SIGNED_IN, "wrong-name", "wrong-password", "wrong-code", "locked", "ended", "first-password-expired",
)  # fmt: skip
"""What became of an attempt; asking for a code or for a new password is none yet."""
WAYS = ("password", "provider", "local", "device")
"""How: with a password, through an OpenID provider, with the address that a server printed, as a device."""


def sign_in(
    accounts: AccountFile,
    name: str,
    password: str,
    code: str | None,
    *,
    new_password: str | None = None,
    address: str = "",
) -> tuple[str, Session]:
    """A new session, and its token. A wrong name, password or code are told alike and take alike long.

    A first password, which somebody else typed, opens no session before it is replaced by `new_password`.
    Raises NotSignedIn, SecondFactorRequired, NewPasswordRequired, InvalidInput for a new password that is
    no good, TooMany while the account is locked.
    """
    now = datetime.now(UTC)
    account = accounts.named(name)

    def came_to(outcome: str) -> None:
        id = account.id if account is not None else None
        accounts.sign_ins.record(id, outcome, way="password", address=address, now=now)

    if account is not None and account.locked_until is not None and now < account.locked_until:
        came_to("locked")
        wait = max(1, round((account.locked_until - now).total_seconds()))
        raise TooMany("too many failed sign-ins; try again later", details={"retry_after_s": wait})
    kept = account.password if account is not None else None
    right = matches(kept or NOBODYS_HASH, password) and kept is not None
    if account is None or not right or account.ended_at is not None:
        if account is not None:
            accounts.failed(account.id, until=lock_of(account, now))
        came_to("wrong-name" if account is None else "wrong-password" if not right else "ended")
        raise NotSignedIn("the name or the password is wrong")
    if account.password_until is not None:
        if now >= account.password_until:
            came_to("first-password-expired")
            raise NotSignedIn(
                "the first password is no longer valid", hint="an administrator can give a new one"
            )
        if new_password is None:
            raise NewPasswordRequired("the first password must be replaced by one of your own")
        if new_password == password:
            raise InvalidInput("new_password: accepted: another one than the first")
        need_good_password(new_password, account.name)
    _need_code(accounts, account, code, now, came_to)
    if account.password_until is not None and new_password is not None:
        accounts.change(account.id, password=hashed(new_password), password_until=None)
    accounts.succeeded(account.id)
    came_to(SIGNED_IN)
    return accounts.open_session(account.id, now=now, lasts=SESSION_LASTS)


def _need_code(
    accounts: AccountFile, account: Account, code: str | None, now: datetime, came_to: Callable[[str], None]
) -> None:
    """The one-time code, where the account asks for one. Raises SecondFactorRequired, NotSignedIn."""
    secret = accounts.secret(account.id, "totp")
    if secret is None:
        return
    if not code:
        raise SecondFactorRequired("the account asks for a one-time code")
    counter = counter_of(secret, code)
    if counter is None or not accounts.use_counter(account.id, counter):
        accounts.failed(account.id, until=lock_of(account, now))
        came_to("wrong-code")
        raise NotSignedIn("the one-time code is wrong, or was used before")


def sign_ins_page(
    accounts: AccountFile,
    *,
    limit: int,
    before: int | None = None,
    account: str | None = None,
    failed: bool = False,
) -> dict[str, Any]:
    """A page as plain JSON data: `items`, newest first, and as `next` what `before` is for the page after.

    `account` is a name or id. Raises NotFound for an unknown account.
    """
    id = find_account(accounts, account).id if account is not None else None
    found = accounts.sign_ins.newest(limit=limit + 1, before=before, account=id, failed=failed)
    names = {one.id: one.name for one in accounts.accounts()}
    items = [
        {
            "seq": one.seq,
            "at": isoformat_utc(one.at),
            "account": one.account,
            "name": names.get(one.account) if one.account is not None else None,
            "outcome": one.outcome,
            "way": one.way,
            "address": one.address,
        }
        for one in found[:limit]
    ]
    return {"items": items, "next": items[-1]["seq"] if len(found) > limit else None}

"""Accounts of a workspace: passwords, one-time codes, sessions. Passwords are hashed with argon2id."""

from __future__ import annotations

import secrets
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from truceline.core.durable import unwritable, write_in_place
from truceline.core.errors import (
    Conflict,
    InvalidInput,
    NotFound,
    NotSignedIn,
)
from truceline.core.instants import isoformat_utc
from truceline.evidence.permissions import Role
from truceline.store.accounts import NAMES_KEY, Account, AccountFile, session_id
from truceline.store.workspace import Workspace

LEAST_PASSWORD = 12
MOST_PASSWORD = 256
SESSION_LASTS = timedelta(hours=12)
SESSION_IDLE = timedelta(minutes=60)
FREE_FAILURES = 5
LONGEST_LOCK = timedelta(minutes=15)
FIRST_PASSWORD_LASTS = timedelta(days=7)
STEP_S = 30

_COMMON = frozenset(
    {"password", "passwort", "truceline", "ceasefire", "monitoring", "administrator", "qwertyuiop"}
)


def need_good_password(password: str, name: str) -> None:
    """Raises InvalidInput for a password that is too short, too long or easily guessed (ASVS 2.1)."""
    simple = password.casefold()
    if not LEAST_PASSWORD <= len(password) <= MOST_PASSWORD:
        raise InvalidInput(
            f"the password has {len(password)} characters; accepted: {LEAST_PASSWORD} to {MOST_PASSWORD}"
        )
    if len(set(simple)) < 5 or name.casefold() in simple or simple.strip("0123456789!.?-_") in _COMMON:
        raise InvalidInput(
            "the password is easily guessed; accepted: one without the name, and more than one common word"
        )
    if simple in _often_used():
        raise InvalidInput("the password is among those used most often; accepted: another")


@cache
def _often_used() -> frozenset[str]:
    """Passwords that leaks of other services show to be used most often (zxcvbn's list of 30,000)."""
    from zxcvbn.frequency_lists import FREQUENCY_LISTS

    return frozenset(FREQUENCY_LISTS["passwords"])


def hashed(password: str) -> str:
    """The argon2id hash of a password."""
    from argon2 import PasswordHasher

    return PasswordHasher().hash(password)


def matches(kept: str, password: str) -> bool:
    """Whether a password is the one that an argon2 hash is of."""
    from argon2 import PasswordHasher
    from argon2.exceptions import Argon2Error, InvalidHashError

    try:
        return PasswordHasher().verify(kept, password)
    except (Argon2Error, InvalidHashError):
        return False


def add_account(
    workspace: Workspace,
    accounts: AccountFile,
    name: str,
    role: str,
    *,
    party: str | None = None,
    password: str | None = None,
    language: str | None = None,
    subject: str | None = None,
    own_password: bool = False,
) -> Account:
    """Makes an account. Raises InvalidInput, Conflict where the name is taken.

    Unless it is their `own_password`, whoever it is for must replace it when first signing in, within
    FIRST_PASSWORD_LASTS (ASVS 2.3.1).
    """
    name = name.strip()
    if not 1 <= len(name) <= 80 or not name.isprintable():
        raise InvalidInput("name: accepted: 1 to 80 printable characters")
    known = need_role(workspace, role, party)
    if password is not None:
        need_good_password(password, name)
    if language is not None and language not in LANGUAGES:
        raise InvalidInput(f"language: found {language!r}; accepted: {', '.join(LANGUAGES)}")
    now = datetime.now(UTC)
    return accounts.add(
        name,
        known,
        now=now,
        password_until=None if password is None or own_password else now + FIRST_PASSWORD_LASTS,
        party=party,
        password=hashed(password) if password is not None else None,
        language=language,
        subject=subject,
    )


LANGUAGES = ("en", "ar", "ru", "tr")


def need_role(workspace: Workspace, role: str, party: str | None) -> Role:
    """The role of that name, for an account. Raises InvalidInput."""
    roles = [one for one in Role if one is not Role.PUBLIC]
    if role not in roles:
        raise InvalidInput(f"role: found {role!r}; accepted: {', '.join(roles)}")
    known = Role(role)
    parties = [one.id for one in workspace.accord().parties]
    if (known is Role.LIAISON) != (party is not None) or (party is not None and party not in parties):
        raise InvalidInput(
            f"party: found {party!r}; accepted: for a liaison one of {', '.join(parties)}, for others none"
        )
    return known


def lock_of(account: Account, now: datetime) -> datetime | None:
    """Until when an account is locked after one more failed sign-in; None: not yet."""
    over = account.failures + 1 - FREE_FAILURES
    return None if over < 0 else now + min(timedelta(seconds=2.0 ** min(over + 2, 12)), LONGEST_LOCK)


# What the password of nobody hashes to: signing in with an unknown name takes as long as with a known one.
NOBODYS_HASH = (
    "$argon2id$v=19$m=65536,t=3,p=4$DYmwpJHNVVoL8l2zxOnzGQ$WRd0cYe/tKj+SQLVW+4DEgY8iW4879QhlDNb2SAFTIs"
)


def counter_of(secret: str, code: str) -> int | None:
    """The time step whose code this is, the one now or a neighbour; None where it is none of them."""
    import pyotp

    now = int(time.time()) // STEP_S
    totp = pyotp.TOTP(secret, interval=STEP_S)
    typed = code.replace(" ", "")
    for step in (now, now - 1, now + 1):
        if secrets.compare_digest(totp.generate_otp(step).encode(), typed.encode()):
            return step
    return None


def new_second_factor(accounts: AccountFile, account: Account, title: str) -> dict[str, str]:
    """A new secret for one-time codes, which counts once a code of it was given, and its address."""
    import pyotp

    secret = pyotp.random_base32()
    accounts.change(account.id, totp_pending=secret)
    address = pyotp.TOTP(secret, interval=STEP_S).provisioning_uri(name=account.name, issuer_name=title)
    return {"secret": secret, "address": address}


def confirm_second_factor(accounts: AccountFile, account: Account, code: str) -> None:
    """Asks for one-time codes from now on. Raises InvalidInput for a wrong code, Conflict."""
    pending = accounts.secret(account.id, "totp_pending")
    if pending is None:
        raise Conflict("there is no new secret to confirm")
    counter = counter_of(pending, code)
    if counter is None:
        raise InvalidInput("code: this is not the code that the secret gives now")
    accounts.change(account.id, totp=pending, totp_pending=None)
    accounts.use_counter(account.id, counter)


def change_password(accounts: AccountFile, account: Account, old: str, new: str) -> None:
    """Replaces the own password; all sessions end. Raises NotSignedIn for a wrong old one, InvalidInput."""
    if account.password is None or not matches(account.password, old):
        accounts.failed(account.id, until=lock_of(account, datetime.now(UTC)))
        raise NotSignedIn("the old password is wrong")
    need_good_password(new, account.name)
    accounts.change(account.id, password=hashed(new), password_until=None)


def give_password(accounts: AccountFile, account: Account, new: str) -> Account:
    """A first password anew, from somebody else; all sessions end. Raises InvalidInput."""
    need_good_password(new, account.name)
    until = datetime.now(UTC) + FIRST_PASSWORD_LASTS
    return accounts.change(account.id, password=hashed(new), password_until=until)


def sessions_of(accounts: AccountFile, account: Account, token: str | None) -> list[dict[str, Any]]:
    """The sessions of an account as plain JSON data, the newest first; `this` is the one of the token."""
    return [
        {
            "id": id,
            "created_at": isoformat_utc(created),
            "seen_at": isoformat_utc(seen),
            "expires_at": isoformat_utc(expires),
            "this": token is not None and id == session_id(token),
        }
        for id, created, seen, expires in accounts.sessions_of(
            account.id, now=datetime.now(UTC), idle=SESSION_IDLE
        )
    ]


def find_account(accounts: AccountFile, name: str) -> Account:
    """The account of that name or id. Raises NotFound."""
    found = accounts.named(name)
    if found is not None:
        return found
    if name.startswith("acc-"):
        return accounts.account(name)
    raise NotFound(f"there is no account {name}", hint="truceline account list WORKSPACE")


def account_dict(account: Account) -> dict[str, Any]:
    """An account as plain JSON data, without its secrets."""
    return {
        "id": account.id,
        "name": account.name,
        "role": str(account.role),
        "party": account.party,
        "language": account.language,
        "second_factor": account.second_factor,
        "password": account.password is not None,
        "first_password_until": isoformat_utc(account.password_until) if account.password_until else None,
        "created_at": isoformat_utc(account.created_at),
        "ended_at": isoformat_utc(account.ended_at) if account.ended_at else None,
    }


def names_key(workspace: Workspace) -> bytes:
    """The key that makes the ids which readers are shown who may not see places or reporters.

    It stays in the workspace (`names.key`); made where there is none. Raises StoreUnavailable.
    """
    path: Path = workspace.root / NAMES_KEY
    try:
        if not path.exists():
            with suppress(FileExistsError):
                write_in_place(path, secrets.token_bytes(32), mode=0o600, replace=False)
        return path.read_bytes()[:64]
    except OSError as error:
        raise unwritable(path, error) from error

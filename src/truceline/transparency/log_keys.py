"""The keys that sign a log, one after another: vouched for by the one before, or revoked.

An office that takes a new key lets the old one sign a voucher, a C2SP signed note:

    truceline/log-key/1
    truceline/log/5f2c...                          the log
    q1Yv...                                        the new public key, in base64
    1042                                           how many leaves the log had

    — truceline/log/5f2c... <base64 of the old key's id and its signature>

Who knows the old key can so take over the new one. A key that was revoked vouches for nothing that was
recorded later, and signs no head of more leaves than the log had then.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from truceline.transparency.notes import signed_by, signed_text

ROTATE, REVOKE = "rotate", "revoke"
_FIRST_LINE = "truceline/log-key/1"


@dataclass(frozen=True, slots=True)
class KeyAct:
    """What was done with a key when the log had `size` leaves: it was taken (`note` vouches for it), or
    revoked."""

    act: str
    public_key: bytes
    size: int
    note: str | None = None


@dataclass(frozen=True, slots=True)
class KeyStanding:
    """A key that the log has used.

    `vouched_by` is the key that vouches for it: None for the first, and for one that nothing vouches for.
    `revoked_at` is how many leaves the last head that counts may have: None where it was not revoked.
    """

    public_key: bytes
    vouched_by: bytes | None = None
    revoked_at: int | None = None


def voucher(origin: str, old: Ed25519PrivateKey, new: bytes, size: int) -> str:
    """The old key's word for the new one."""
    return signed_text(f"{_FIRST_LINE}\n{origin}\n{base64.b64encode(new).decode()}\n{size}\n", origin, old)


def vouched_key(note: str, origin: str, old: bytes) -> bytes | None:
    """The key that a voucher speaks for, if the old key signed it for this log."""
    lines = note.split("\n")
    if len(lines) < 5 or lines[:2] != [_FIRST_LINE, origin] or not signed_by(note, origin, old):
        return None
    try:
        new = base64.b64decode(lines[2], validate=True)
    except (ValueError, binascii.Error):
        return None
    return new if len(new) == 32 else None


def successors(origin: str, key: bytes, notes: Iterable[str]) -> list[bytes]:
    """The key, and those that follow it by vouchers in the order in which they were given."""
    found = [key]
    for note in notes:
        new = vouched_key(note, origin, found[-1])
        if new is not None and new not in found:
            found.append(new)
    return found


def standings(origin: str, keys: Sequence[bytes], acts: Iterable[KeyAct]) -> list[KeyStanding]:
    """How each key of a log stands, in the order recorded."""
    vouched: dict[bytes, bytes] = {}
    revoked: dict[bytes, int] = {}
    for act in acts:
        if act.act == REVOKE:
            revoked.setdefault(act.public_key, act.size)
        elif act.note is not None:
            for old in keys:
                if old not in revoked and vouched_key(act.note, origin, old) == act.public_key:
                    vouched.setdefault(act.public_key, old)
    return [KeyStanding(key, vouched.get(key), revoked.get(key)) for key in dict.fromkeys(keys)]


def counting(stands: Iterable[KeyStanding], size: int, pinned: bytes | None = None) -> list[bytes]:
    """The keys whose signature under a head of so many leaves counts.

    With `pinned` only that key, and those that it vouches for, one after another.
    """
    trusted = None if pinned is None else {pinned}
    found = []
    for one in stands:
        if trusted is not None:
            if one.public_key not in trusted and one.vouched_by not in trusted:
                continue
            trusted.add(one.public_key)
        if one.revoked_at is None or size <= one.revoked_at:
            found.append(one.public_key)
    if pinned is not None and all(one.public_key != pinned for one in stands):
        found.append(pinned)
    return found

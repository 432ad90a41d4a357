"""Content sealed with a passphrase: one format for what must not lie open on a disk.

A sealed file is a line of JSON, its header, and then bytes of ChaCha20-Poly1305 (RFC 8439), for which the
header line is the associated data: neither can be changed or exchanged unseen. A passphrase opens a **key
file** through scrypt (RFC 7914); the 256 bits in it open every other file, so that one derivation serves many
files and a passphrase is changed by writing one file anew.
"""

from __future__ import annotations

import base64
import binascii
import json
import os
import secrets
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from truceline.core.errors import InvalidInput

N, R, P = 1 << 17, 8, 1
"""scrypt's cost: what OWASP's Password Storage Cheat Sheet asks first; 128 MiB, and some 0.4 s."""
LEAST_PASSPHRASE = 12
_FORMAT = 1
_MOST_N, _MOST_R, _MOST_P = 1 << 20, 16, 4
_HEADER_BYTES = 4096
_WRONG = "{name}: the passphrase does not open it, or it was changed"


class Key:
    """The key of a vault: 32 bytes and the id that its files name."""

    __slots__ = ("_cipher", "_secret", "id")

    def __init__(self, secret: bytes, id: str) -> None:
        self._secret = secret
        self._cipher = ChaCha20Poly1305(secret)
        self.id = id

    @classmethod
    def new(cls) -> Key:
        """A key that nobody had before."""
        return cls(secrets.token_bytes(32), secrets.token_hex(8))

    def __repr__(self) -> str:
        return f"Key({self.id})"

    def sealed(self, content: bytes, name: str) -> bytes:
        """A sealed file; it opens only under this name."""
        nonce = os.urandom(12)
        header = _line({"sealed": _FORMAT, "name": name, "key": self.id, "nonce": _text(nonce)})
        return header + self._cipher.encrypt(nonce, content, header)

    def opened(self, sealed: bytes, name: str) -> bytes:
        """The content of a sealed file. Raises InvalidInput."""
        said, header, body = _parts(sealed, name)
        if said.get("key") != self.id:
            raise InvalidInput(f"{name}: it was sealed with another key")
        if said.get("name") != name:
            raise InvalidInput(f"{name}: it was sealed under another name")
        try:
            return self._cipher.decrypt(_bytes(said.get("nonce"), name, 12), body, header)
        except InvalidTag as error:
            raise InvalidInput(f"{name}: it was changed since it was sealed") from error

    def locked(self, passphrase: str) -> bytes:
        """The key file for a passphrase. Raises InvalidInput for one that is too short."""
        if len(passphrase) < LEAST_PASSPHRASE:
            raise InvalidInput(
                f"the passphrase is too short; accepted: {LEAST_PASSPHRASE} characters or more",
                hint="several words that do not belong together are easy to keep and hard to guess",
            )
        salt, nonce = os.urandom(16), os.urandom(12)
        header = _line(
            {
                "sealed": _FORMAT, "key": self.id, "kdf": "scrypt", "n": N, "r": R, "p": P,
                "salt": _text(salt), "nonce": _text(nonce),
            }
        )  # fmt: skip
        cipher = ChaCha20Poly1305(_derived(passphrase, salt, N, R, P))
        return header + cipher.encrypt(nonce, self._secret, header)


def unlocked(key_file: bytes, passphrase: str, name: str) -> Key:
    """The key in a key file. Raises InvalidInput: one sentence for a wrong passphrase."""
    said, header, body = _parts(key_file, name)
    n, r, p = (value if type(value := said.get(field)) is int else 0 for field in "nrp")
    # Beyond these a key file that somebody else wrote could take all memory.
    costly = not (2 <= n <= _MOST_N and 1 <= r <= _MOST_R and 1 <= p <= _MOST_P) or n & (n - 1)
    if said.get("kdf") != "scrypt" or costly:
        raise InvalidInput(f"{name}: this is no key file that can be opened here")
    salt, nonce = _bytes(said.get("salt"), name, 16), _bytes(said.get("nonce"), name, 12)
    try:
        secret = ChaCha20Poly1305(_derived(passphrase, salt, n, r, p)).decrypt(nonce, body, header)
    except InvalidTag as error:
        raise InvalidInput(_WRONG.format(name=name)) from error
    if len(secret) != 32:
        raise InvalidInput(f"{name}: this is no key file that can be opened here")
    return Key(secret, str(said.get("key")))


def is_sealed(content: bytes) -> bool:
    """Whether bytes begin as a sealed file does."""
    return content.startswith(b'{"sealed":')


def _derived(passphrase: str, salt: bytes, n: int, r: int, p: int) -> bytes:
    return Scrypt(salt=salt, length=32, n=n, r=r, p=p).derive(passphrase.encode("utf-8", "surrogateescape"))


def _line(header: dict[str, Any]) -> bytes:
    return json.dumps(header, separators=(",", ":")).encode() + b"\n"


def _parts(sealed: bytes, name: str) -> tuple[dict[str, Any], bytes, bytes]:
    end = sealed.find(b"\n", 0, _HEADER_BYTES) + 1
    try:
        said = json.loads(sealed[:end]) if end else None
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict) or said.get("sealed") != _FORMAT:
        raise InvalidInput(f"{name}: this is no sealed file")
    return said, sealed[:end], sealed[end:]


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")


def _bytes(text: Any, name: str, length: int) -> bytes:
    try:
        raw = base64.b64decode(text, validate=True) if isinstance(text, str) else b""
    except (binascii.Error, ValueError):
        raw = b""
    if len(raw) != length:
        raise InvalidInput(f"{name}: this is no sealed file")
    return raw

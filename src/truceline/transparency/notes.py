"""Signed heads of the log, as C2SP tlog-checkpoint in C2SP signed-note form with Ed25519.

    truceline/log/5f2c...             the log's origin, which is also the name of its key
    1042                              how many leaves
    CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=   the root
    recorded 2018-10-12T08:00:00.000000Z           the instant of the last entry

    — truceline/log/5f2c... <base64 of the key's id and the signature>

The signature is over the text up to and with the newline before the blank line. A verifier key is written
``name+id+base64(0x01 || public key)``, the id being the first four bytes of SHA-256(name || newline || 0x01
|| public key). Sources: https://c2sp.org/signed-note and https://c2sp.org/tlog-checkpoint.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from truceline.core.errors import InvalidInput

_ED25519 = b"\x01"
_SIGNATURE = re.compile(r"— (?P<name>[^\s+]+) (?P<signature>[A-Za-z0-9+/=]+)")
_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")


@dataclass(frozen=True, slots=True)
class Head:
    """What a head says: so many leaves of that log have that root. `recorded` is an instant in UTC."""

    origin: str
    size: int
    root: bytes
    recorded: str

    def text(self) -> str:
        """What is signed."""
        root = base64.b64encode(self.root).decode()
        return f"{self.origin}\n{self.size}\n{root}\nrecorded {self.recorded}\n"


def key_id(name: str, public: bytes) -> bytes:
    """The four bytes by which a signature says which key made it."""
    return sha256(name.encode() + b"\n" + _ED25519 + public).digest()[:4]


def verifier_key(name: str, public: bytes) -> str:
    """A public key in the form that is given to verifiers."""
    return f"{name}+{key_id(name, public).hex()}+{base64.b64encode(_ED25519 + public).decode()}"


def parse_verifier_key(text: str) -> tuple[str, bytes]:
    """The name and the 32 bytes of a verifier key. Raises InvalidInput."""
    name, _, rest = text.strip().partition("+")
    id_hex, _, encoded = rest.partition("+")
    try:
        data = base64.b64decode(encoded, validate=True)
        given = bytes.fromhex(id_hex)
    except (ValueError, binascii.Error):
        data, given = b"", b""
    if len(data) != 33 or data[:1] != _ED25519 or given != key_id(name, data[1:]):
        raise InvalidInput(
            f"the verifier key cannot be read: found {text.strip()[:80]!r}; accepted: name+id+base64, as "
            "truceline log head prints"
        )
    return name, data[1:]


def sign(head: Head, private: Ed25519PrivateKey, *others: Ed25519PrivateKey) -> str:
    """The head as a note signed by that key, and by other keys of the log."""
    note = signed_text(head.text(), head.origin, private)
    for other in others:
        note += signed_text(head.text(), head.origin, other).partition("\n\n")[2]
    return note


def signed_text(text: str, name: str, private: Ed25519PrivateKey) -> str:
    """A text, which ends with a newline, as a signed note by that key under that name."""
    public = private.public_key().public_bytes_raw()
    signed = base64.b64encode(key_id(name, public) + private.sign(text.encode())).decode()
    return f"{text}\n— {name} {signed}\n"


def parse(note: str) -> Head:
    """What a signed note says, its signatures not checked. Raises InvalidInput."""
    text, found, _ = note.partition("\n\n")
    lines = text.split("\n")
    if found and len(lines) == 4 and _SIZE.fullmatch(lines[1]) and lines[3].startswith("recorded "):
        try:
            root = base64.b64decode(lines[2], validate=True)
        except (ValueError, binascii.Error):
            root = b""
        if len(root) == 32 and lines[0]:
            return Head(lines[0], int(lines[1]), root, lines[3].removeprefix("recorded "))
    raise InvalidInput("the text is not a signed head of a log; accepted: what truceline log head prints")


def signed_by(note: str, name: str, public: bytes) -> bool:
    """Whether the note carries a signature of that key over its text."""
    text, found, signatures = note.partition("\n\n")
    if not found:
        return False
    wanted = key_id(name, public)
    for line in signatures.splitlines():
        match = _SIGNATURE.fullmatch(line)
        if match is None or match["name"] != name:
            continue
        try:
            data = base64.b64decode(match["signature"], validate=True)
        except (ValueError, binascii.Error):
            continue
        if data[:4] == wanted and len(data) == 68:
            try:
                Ed25519PublicKey.from_public_bytes(public).verify(data[4:], f"{text}\n".encode())
            except (InvalidSignature, ValueError):
                return False
            return True
    return False

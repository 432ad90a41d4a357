"""What a bundle says: leaves of logs and evidence files, described by a manifest that an office signs.

A bundle carries runs of leaves of one or more logs, each from where the other office stands up to a signed
head, and originals of evidence. Everything is in **blobs**, named by their SHA-256 and packed with Zstandard;
the **manifest** says which blob holds what. The signature is a C2SP signed note over the manifest's SHA-256:

    truceline/bundle/1
    truceline/log/5f2c...                          who made it: the name of its log
    q1Yv...                                        SHA-256 of the manifest's bytes, in base64

    — truceline/log/5f2c... <base64 of the key's id and the signature>

Nothing of a manifest is to be used before its signature was checked with a key that the operator confirmed.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence
from hashlib import sha256
from typing import Annotated

import msgspec
import pyarrow as pa
import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from truceline.core.errors import InvalidInput
from truceline.transparency.content import SALT_BYTES, leaf_data
from truceline.transparency.notes import signed_by, signed_text
from truceline.transparency.tree import leaf_hash

FORMAT = "truceline-bundle/1"
_FIRST_LINE = "truceline/bundle/1"

SEGMENT_LEAVES = 4096
SEGMENT_BYTES = 4 << 20
MOST_MANIFEST = 64 << 20
MOST_UNPACKED = 32 << 20
"""The most bytes that one blob may unpack to."""
MOST_RATIO = 1000
"""The most times that a blob may grow by unpacking. What packs better is carried as it is."""
MOST_BLOBS = 1_000_000
MOST_IN_ALL = 1 << 40
"""The most bytes that all blobs of a bundle may unpack to."""

_MOST_VOUCHERS = 1000
_HASH = re.compile("[0-9a-f]{64}")
_ORIGIN = re.compile(
    r"[!-*,-~]{1,200}"
)  # printable ASCII without space and plus: the name of a signed note's key
_LEVEL = 9  # of Zstandard: packs near the best at tens of megabytes a second


Count = Annotated[int, msgspec.Meta(ge=0, le=1 << 53)]


class Struct(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What all parts of a manifest share: nothing in them that this version does not know."""


class Blob(Struct, frozen=True):
    """Bytes of the bundle: SHA-256 and size as carried, size unpacked, and how they are packed."""

    sha256: str
    size: Count
    unpacked: Count
    packing: str = "zstd"


class Segment(Struct, frozen=True):
    """A run of leaves of a log: the number of the first, how many, and the number of the blob."""

    first: Count
    count: Count
    blob: Count


class LogPart(Struct, frozen=True, omit_defaults=True):
    """Leaves of one log, from number `first` up to the head.

    `first_root` is the root of the leaves before `first`, in hex, and `path` the proof that the head
    continues it. `keys` are the log's verifier keys, in the order recorded; `vouchers` are what older keys
    signed for newer ones (`truceline.transparency.log_keys`).
    """

    origin: str
    keys: list[str]
    first: Count
    first_root: str
    path: list[str]
    head: str
    segments: list[Segment]
    vouchers: list[str] = []


class OriginalFile(Struct, frozen=True):
    """An evidence file as it was taken in: its SHA-256, its name, its size, the blobs that it is cut into."""

    sha256: str
    file: str
    size: Count
    blobs: list[Count]


class Manifest(Struct, frozen=True):
    """All that a bundle holds. `sender` is the log of the office that made it; `parts` says how many blobs
    each part carries, in their order."""

    format: str
    sender: str
    logs: list[LogPart]
    originals: list[OriginalFile]
    blobs: list[Blob]
    parts: list[Count]
    originals_left_out: Count = 0


def write_manifest(manifest: Manifest, private: Ed25519PrivateKey) -> tuple[bytes, str]:
    """The manifest as RFC 8785 JSON, and the signed note over it."""
    data = rfc8785.dumps(msgspec.to_builtins(manifest))
    return data, signed_text(_signed(manifest.sender, data), manifest.sender, private)


def sender_of(note: str) -> str:
    """Whom a bundle says that it is from, nothing checked. Raises InvalidInput."""
    lines = note.split("\n")
    if len(lines) > 3 and lines[0] == _FIRST_LINE and _ORIGIN.fullmatch(lines[1]):
        return lines[1]
    raise InvalidInput(f"the signature of the bundle is not of the form {_FIRST_LINE}")


def signed_for(data: bytes, note: str, sender: str, keys: Sequence[bytes]) -> bytes | None:
    """The key among these that signed this manifest as this sender's; None where none of them did."""
    if note.partition("\n\n")[0] + "\n" != _signed(sender, data):
        return None
    return next((key for key in keys if signed_by(note, sender, key)), None)


def read_manifest(data: bytes) -> Manifest:
    """The manifest, checked in itself. Raises InvalidInput."""
    if len(data) > MOST_MANIFEST:
        raise InvalidInput(f"the bundle's manifest has {len(data)} bytes; accepted: {MOST_MANIFEST} at most")
    try:
        manifest = msgspec.json.decode(data, type=Manifest)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InvalidInput(f"the bundle's manifest cannot be read: {error}") from error
    if manifest.format != FORMAT:
        raise InvalidInput(
            f"the bundle is of the form {manifest.format[:40]!r}; accepted: {FORMAT}",
            hint="it may come from a newer version of Truceline",
        )
    _check_blobs(manifest)
    _check_logs(manifest)
    for original in manifest.originals:
        if not _HASH.fullmatch(original.sha256):
            raise _wrong("an original has no SHA-256 in hex")
        if sum(_blob(manifest, at).unpacked for at in original.blobs) != original.size:
            raise _wrong(f"the parts of the original {original.sha256[:16]} do not add up to its size")
    return manifest


def _check_blobs(manifest: Manifest) -> None:
    if len(manifest.blobs) > MOST_BLOBS:
        raise _wrong(f"it names {len(manifest.blobs)} blobs; accepted: {MOST_BLOBS} at most")
    for blob in manifest.blobs:
        if not _HASH.fullmatch(blob.sha256) or blob.packing not in ("zstd", "none"):
            raise _wrong("a blob has no SHA-256 in hex, or is packed in an unknown way")
        if blob.unpacked > MOST_UNPACKED:
            raise _wrong(f"a blob unpacks to {blob.unpacked} bytes; accepted: {MOST_UNPACKED} at most")
        if blob.unpacked > MOST_RATIO * blob.size or blob.size > MOST_UNPACKED:
            raise _wrong(f"a blob of {blob.size} bytes unpacks to {blob.unpacked}: this cannot be right")
    if sum(blob.unpacked for blob in manifest.blobs) > MOST_IN_ALL:
        raise _wrong(f"it unpacks to more than {MOST_IN_ALL} bytes")
    if sum(manifest.parts) != len(manifest.blobs):
        raise _wrong("its parts do not hold all of its blobs")


def _check_logs(manifest: Manifest) -> None:
    if len({log.origin for log in manifest.logs}) != len(manifest.logs):
        raise _wrong("it carries a log twice")
    if not _ORIGIN.fullmatch(manifest.sender):
        raise _wrong("its sender's log has no name")
    for log in manifest.logs:
        if not _ORIGIN.fullmatch(log.origin) or len(log.path) > 128:
            raise _wrong("a log has no name, or too long a proof")
        if not all(_HASH.fullmatch(hash) for hash in (log.first_root, *log.path)):
            raise _wrong("a root or a proof is not hashes in hex")
        if len(log.vouchers) > _MOST_VOUCHERS:
            raise _wrong(f"a log brings {len(log.vouchers)} vouchers; accepted: {_MOST_VOUCHERS} at most")
        at = log.first
        for segment in log.segments:
            if segment.first != at or not 0 < segment.count <= MOST_UNPACKED // 64:
                raise _wrong(f"the leaves of {log.origin} do not follow one another")
            _blob(manifest, segment.blob)
            at += segment.count


def _blob(manifest: Manifest, number: int) -> Blob:
    if not 0 <= number < len(manifest.blobs):
        raise _wrong(f"it names blob {number}, which it does not have")
    return manifest.blobs[number]


def _wrong(what: str) -> InvalidInput:
    return InvalidInput(f"the bundle's manifest cannot be used: {what}")


def _signed(sender: str, data: bytes) -> str:
    return f"{_FIRST_LINE}\n{sender}\n{base64.b64encode(sha256(data).digest()).decode()}\n"


# Blobs.


def pack(data: bytes) -> tuple[Blob, bytes]:
    """A blob of these bytes, and the bytes to carry."""
    packed = pa.Codec("zstd", _LEVEL).compress(data, asbytes=True)
    packing = "zstd"
    if len(packed) >= len(data) or len(data) > MOST_RATIO // 2 * len(packed):
        packed, packing = data, "none"
    return Blob(sha256(packed).hexdigest(), len(packed), len(data), packing), packed


def unpack(blob: Blob, packed: bytes) -> bytes:
    """The bytes of a blob. Raises InvalidInput where they are not what the manifest says."""
    if len(packed) != blob.size or sha256(packed).hexdigest() != blob.sha256:
        raise InvalidInput(f"the blob {blob.sha256[:16]} is damaged")
    if blob.packing == "none":
        data = packed
    else:
        try:
            data = pa.Codec("zstd").decompress(packed, decompressed_size=blob.unpacked, asbytes=True)
        except (OSError, ValueError, pa.ArrowException) as error:
            raise InvalidInput(f"the blob {blob.sha256[:16]} cannot be unpacked") from error
    if len(data) != blob.unpacked:
        raise InvalidInput(f"the blob {blob.sha256[:16]} does not unpack to {blob.unpacked} bytes")
    return data


# Leaves: one line each, ``SALT CONTENT`` or, where the content is kept back, ``-HASH``.


def leaf_line(salt: bytes, content: bytes) -> bytes:
    """The line of a leaf that is carried with its content: RFC 8785 JSON, which has no line end in it."""
    return salt.hex().encode() + b" " + content + b"\n"


def withheld_line(hash: bytes) -> bytes:
    """The line of a leaf whose content is kept back."""
    return b"-" + hash.hex().encode() + b"\n"


def read_lines(data: bytes, count: int) -> tuple[list[bytes], list[bytes | None]]:
    """The hashes of so many leaves, and their contents (None where kept back). Raises InvalidInput."""
    lines = data.split(b"\n")
    if len(lines) != count + 1 or lines.pop() != b"":
        raise InvalidInput(f"a segment of the bundle does not hold {count} leaves")
    hashes: list[bytes] = []
    said: list[bytes | None] = []
    try:
        for line in lines:
            if line.startswith(b"-"):
                hashes.append(bytes.fromhex(line[1:].decode()))
                said.append(None)
                if len(hashes[-1]) != 32:
                    raise ValueError("not a hash")
                continue
            salt = bytes.fromhex(line[: 2 * SALT_BYTES].decode())
            if len(salt) != SALT_BYTES or line[2 * SALT_BYTES : 2 * SALT_BYTES + 1] != b" ":
                raise ValueError("no salt")
            content = line[2 * SALT_BYTES + 1 :]
            hashes.append(leaf_hash(leaf_data(salt, content)))
            said.append(content)
    except ValueError as error:
        raise InvalidInput(f"leaf {len(hashes) + 1} of a segment of the bundle cannot be read") from error
    return hashes, said

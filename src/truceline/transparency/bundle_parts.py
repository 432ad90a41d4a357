"""The files that a bundle travels in: its parts, and the folder in which arrived parts wait for the others.

Each part is a tar file (USTAR) of ``manifest.json``, ``manifest.sig`` and then some of ``blobs/SHA256``, so
that any part that arrives says what belongs together, and all of it that arrived whole is kept. Nothing is
ever written under a name that a file brings along: of a tar's members only ordinary files with exactly these
names are taken, and blobs are kept under the SHA-256 that they were found to have.
"""

from __future__ import annotations

import re
import tarfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from truceline.core.durable import put_in_place, unwritable
from truceline.core.errors import InvalidInput, NotFound
from truceline.transparency.bundle import (
    MOST_BLOBS,
    MOST_MANIFEST,
    MOST_UNPACKED,
    Blob,
    Manifest,
    read_manifest,
    sender_of,
    signed_for,
    unpack,
)

MANIFEST, SIGNATURE, BLOBS = "manifest.json", "manifest.sig", "blobs"
LEAST_PART = 1 << 16
_BLOCK = 512
_NAME = re.compile(r"manifest\.json|manifest\.sig|blobs/[0-9a-f]{64}")
_MOST_SIGNATURE = 4096

Keys = Callable[[str, bytes], Sequence[bytes]]
"""The public keys that may have signed a manifest as a sender's: those confirmed for it, and those that they
vouch for in the manifest. Raises where there are none."""


# Writing.


def divided(blobs: Sequence[Blob], part_size: int | None) -> list[int]:
    """How many blobs go in each part, so that no part has more than `part_size` bytes of them."""
    parts, filled = [0], 0
    for blob in blobs:
        length = _padded(blob.size) + _BLOCK
        if part_size is not None and parts[-1] and filled + length > part_size:
            parts.append(0)
            filled = 0
        parts[-1] += 1
        filled += length
    return parts


def part_paths(output: Path, parts: int) -> list[Path]:
    """The file of each part: the one named, or ``NAME.001-of-007.SUFFIX``."""
    if parts == 1:
        return [output]
    width = max(3, len(str(parts)))
    return [
        output.with_name(f"{output.stem}.{n:0{width}}-of-{parts:0{width}}{output.suffix}")
        for n in range(1, parts + 1)
    ]


def write_part(
    path: Path, manifest: bytes, signature: str, blobs: Iterable[tuple[Blob, Callable[[], bytes]]]
) -> int:
    """Writes one part beside its place and then puts it there; its size. Raises StoreUnavailable."""
    try:
        with put_in_place(path) as file:
            _member(file, MANIFEST, manifest)
            _member(file, SIGNATURE, signature.encode())
            for blob, read in blobs:
                _member(file, f"{BLOBS}/{blob.sha256}", read())
            file.write(bytes(2 * _BLOCK))
            size = file.tell()
    except OSError as error:
        raise unwritable(path, error) from error
    return size


def _member(file: BinaryIO, name: str, data: bytes) -> None:
    info = tarfile.TarInfo(name)
    info.size, info.mode = len(data), 0o444
    file.write(info.tobuf(tarfile.USTAR_FORMAT, "ascii", "strict"))
    file.write(data)
    file.write(bytes(_padded(len(data)) - len(data)))


def _padded(size: int) -> int:
    return -(-size // _BLOCK) * _BLOCK


# Reading.


@dataclass(frozen=True, slots=True)
class Part:
    """A part as it was read: its manifest, its signature, and what of it was damaged (none: whole)."""

    path: Path
    manifest: bytes
    signature: str
    damaged: str | None = None


def read_part(path: Path, take: Callable[[bytes, str, str, bytes], bool]) -> Part:
    """Reads a part; `take` is given the manifest, its signature, and each blob's SHA-256 and bytes.

    `take` says whether it could use the blob. Blobs that are not what their name says, and a file that is cut
    off or broken, are told in `damaged`; what came whole before is taken. Raises NotFound, InvalidInput for a
    file that is no part of a bundle, and what `take` raises.
    """
    try:
        file = path.open("rb")
    except FileNotFoundError as error:
        raise NotFound(f"there is no file {path}") from error
    except OSError as error:
        raise InvalidInput(f"{path} cannot be read: {error.strerror}") from error
    with file:
        members = _members(file, path)
        first = next(members, ("", b""))
        second = next(members, ("", b""))
        if first[0] != MANIFEST or second[0] != SIGNATURE:
            raise InvalidInput(f"{path} is not a part of a bundle, or its beginning is damaged")
        try:
            signature = second[1].decode()
        except UnicodeDecodeError as error:
            raise InvalidInput(f"{path}: the signature of the bundle is not text") from error
        damaged: list[str] = []
        try:
            for name, data in members:
                digest = name.removeprefix(f"{BLOBS}/")
                if not name.startswith(BLOBS) or sha256(data).hexdigest() != digest:
                    damaged.append(f"{name} is not what its name says")
                elif not take(first[1], signature, digest, data):
                    damaged.append(f"{name} does not belong to the bundle")
        except InvalidInput as error:
            if "damaged" not in error.details:
                raise
            damaged.append(error.message)
    return Part(path, first[1], signature, "; ".join(damaged[:3]) or None)


def _members(file: BinaryIO, path: Path) -> Iterator[tuple[str, bytes]]:
    """Names and bytes of a tar's members. Raises InvalidInput where it is cut off, or holds anything else."""
    for _ in range(MOST_BLOBS + 2):
        header = file.read(_BLOCK)
        if header == bytes(_BLOCK):
            return
        try:
            info = tarfile.TarInfo.frombuf(header, "ascii", "strict")
        except (tarfile.HeaderError, UnicodeDecodeError) as error:
            cut = "is cut off" if len(header) < _BLOCK else "is damaged"
            raise _damage(f"{path} {cut}, or is not a part of a bundle") from error
        if info.type != tarfile.REGTYPE or not _NAME.fullmatch(info.name):
            raise _damage(f"{path} holds something that no bundle does: {info.name[:60]!r}")
        most = {MANIFEST: MOST_MANIFEST, SIGNATURE: _MOST_SIGNATURE}.get(info.name, MOST_UNPACKED)
        if not 0 <= info.size <= most:
            raise _damage(f"{path}: {info.name} has {info.size} bytes; accepted: {most} at most")
        data = file.read(info.size)
        if len(data) < info.size:
            raise _damage(f"{path} is cut off in {info.name[:24]}")
        file.read(_padded(info.size) - info.size)
        yield info.name, data
    raise _damage(f"{path} holds more than {MOST_BLOBS} blobs")


@dataclass(slots=True)
class Arrived:
    """A bundle of which some parts have arrived, in a folder that is its own.

    `missing` are the numbers of the blobs that have not; `kept` how many there were before these parts came;
    `names` the SHA-256 of all blobs; `key` the sender's key that signed it.
    """

    folder: Path
    manifest: Manifest
    missing: list[int] = field(default_factory=list)
    kept: int = 0
    names: frozenset[str] = frozenset()
    key: bytes | None = None

    def missing_parts(self) -> list[int]:
        """The parts, counted from 1, that hold what is missing."""
        numbers, end = [], 0
        missing = set(self.missing)
        for part, count in enumerate(self.manifest.parts, start=1):
            if any(at in missing for at in range(end, end + count)):
                numbers.append(part)
            end += count
        return numbers

    def blob(self, number: int) -> bytes:
        """The bytes of a blob, unpacked and checked. Raises InvalidInput."""
        blob = self.manifest.blobs[number]
        path = self.folder / blob.sha256
        try:
            return unpack(blob, path.read_bytes())
        except OSError as error:
            raise InvalidInput(f"the blob {blob.sha256[:16]} of the bundle is missing") from error
        except InvalidInput:
            path.unlink()  # so that it is asked for again
            raise

    def packed(self, number: int) -> bytes:
        """The bytes of a blob as carried, once `blob` has checked them."""
        return (self.folder / self.manifest.blobs[number].sha256).read_bytes()

    def discard(self) -> None:
        """Removes the folder: the bundle is taken in."""
        for path in self.folder.iterdir():
            path.unlink()
        self.folder.rmdir()
        with suppress(OSError):  # others wait there
            self.folder.parent.rmdir()


def arrive(paths: Sequence[Path], waiting: Path, keys: Keys) -> tuple[Arrived, list[Part]]:
    """Takes the parts of one bundle into a folder of its own under `waiting`, beside those that came before.

    The signature is checked first; nothing of a bundle that is not signed by a key of its sender is kept.
    Raises InvalidInput, NotFound, StoreUnavailable, and what `keys` raises.
    """
    seen: dict[bytes, Arrived] = {}

    def admitted(manifest: bytes, note: str) -> Arrived:
        digest = sha256(manifest).digest()
        if digest not in seen:
            sender = sender_of(note)
            key = signed_for(manifest, note, sender, keys(sender, manifest))
            if key is None:
                raise InvalidInput(
                    f"the bundle is not signed by the key of {sender}: it was changed, or is not theirs"
                )
            read = read_manifest(manifest)
            if read.sender != sender:
                raise InvalidInput("the bundle's manifest is of another office than its signature")
            folder = waiting / digest.hex()
            folder.mkdir(parents=True, exist_ok=True)
            kept = sum(1 for path in folder.iterdir() if not path.suffix)
            names = frozenset(blob.sha256 for blob in read.blobs)
            seen[digest] = Arrived(folder, read, kept=kept, names=names, key=key)
        if len(seen) > 1:
            raise InvalidInput("the files are parts of different bundles; accepted: those of one at a time")
        return seen[digest]

    def take(manifest: bytes, note: str, digest: str, data: bytes) -> bool:
        arrived = admitted(manifest, note)
        if digest not in arrived.names:
            return False
        _keep(arrived.folder / digest, data)
        return True

    try:
        parts = []
        for path in paths:
            parts.append(read_part(path, take))
            admitted(parts[-1].manifest, parts[-1].signature)
        arrived = next(iter(seen.values()))
        here = {path.name: path.stat().st_size for path in arrived.folder.iterdir()}
    except OSError as error:
        raise unwritable(waiting, error) from error
    arrived.missing = [
        at for at, blob in enumerate(arrived.manifest.blobs) if here.get(blob.sha256) != blob.size
    ]
    return arrived, parts


def _damage(what: str) -> InvalidInput:
    """A part is damaged from some place on; what came before it is good."""
    return InvalidInput(what, details={"damaged": True})


def _keep(path: Path, data: bytes) -> None:
    with suppress(FileNotFoundError):
        if path.stat().st_size == len(data):
            return
    part = path.with_suffix(".part")
    part.write_bytes(data)
    part.replace(path)

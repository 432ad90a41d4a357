"""Ed25519 keys in files: PKCS 8 in PEM, for their owner only, behind a passphrase where one is given."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from cryptography.exceptions import InternalError, UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from truceline.core.durable import rename_in_place, unwritable, write_in_place
from truceline.core.errors import Conflict, InvalidInput, NotFound
from truceline.core.input_files import read_whole
from truceline.core.limits import KEY_FILE_BYTES


def new_key_file(path: Path, passphrase: str | None = None) -> Ed25519PrivateKey:
    """Makes a key and writes it with mode 0600. Raises Conflict where the file exists, StoreUnavailable."""
    private = Ed25519PrivateKey.generate()
    protection: serialization.KeySerializationEncryption = serialization.NoEncryption()
    if passphrase:
        protection = serialization.BestAvailableEncryption(passphrase.encode())
    pem = private.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, protection)
    try:
        # Private from the first byte on, and never half a key under the name: nothing could be signed then.
        write_in_place(path, pem, mode=0o600, replace=False)
    except FileExistsError as error:
        raise Conflict(
            f"{path} exists already", hint="choose another file; no key is ever overwritten"
        ) from error
    except OSError as error:
        raise unwritable(path, error) from error
    return private


def waiting(path: Path) -> Path:
    """Where the key that will follow the one in a file waits until it is in use."""
    return path.with_name(f"{path.name}.next")


def new_waiting_key(path: Path) -> Ed25519PrivateKey:
    """Makes the key that will follow the one in a file, in place of one that waited in vain."""
    try:
        waiting(path).unlink(missing_ok=True)
    except OSError as error:
        raise unwritable(waiting(path), error) from error
    return new_key_file(waiting(path))


def finish_rotation(path: Path, recorded: Sequence[bytes]) -> None:
    """Puts the key that waits in the place of the one before, once it is recorded; else takes it away.

    Called where the record is locked for writing, or right after it was written. Raises StoreUnavailable.
    """
    new = waiting(path)
    if not new.exists():
        return
    try:
        if read_key_file(new).public_key().public_bytes_raw() in recorded:
            rename_in_place(new, path)
        else:
            new.unlink()
    except (FileNotFoundError, NotFound):
        return  # another process was first
    except OSError as error:
        raise unwritable(path, error) from error


def read_key_file(path: Path, passphrase: str | None = None) -> Ed25519PrivateKey:
    """The key in a file. Raises NotFound, and InvalidInput where what is given opens no Ed25519 key."""
    pem = read_whole(
        path, KEY_FILE_BYTES, accepted="an Ed25519 key in PEM", hint="truceline key new makes one"
    )
    try:
        secret = passphrase.encode("utf-8", "surrogateescape") if passphrase else None
        private = serialization.load_pem_private_key(pem, secret)
    except TypeError as error:
        needs = "needs its passphrase" if passphrase is None else "has no passphrase, but one is given"
        raise InvalidInput(f"{path}: the key {needs}") from error
    except (ValueError, UnsupportedAlgorithm, InternalError) as error:
        raise InvalidInput(
            f"{path}: no key can be read with what is given; accepted: an Ed25519 key in PEM"
        ) from error
    if not isinstance(private, Ed25519PrivateKey):
        raise InvalidInput(f"{path}: the key is of another kind; accepted: an Ed25519 key in PEM")
    return private

"""Which slot of the state belongs to which object; with a key, objects are known by pseudonyms only."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from truceline.core.errors import InvalidInput, NotFound
from truceline.watch.positions import LONGEST_ID

UNUSABLE, REFUSED = -1, -2
_LEAST_KEY_BYTES = 16


class Names:
    """Slots by name. `key` turns every name into a keyed hash before anything else sees it.

    At most `most` objects are known at a time; more are refused until others are forgotten.
    """

    def __init__(self, *, key: bytes | None, most: int) -> None:
        self._key, self._most = key, most
        self._slot_of_raw: dict[str | int, int] = {}
        self._slot_of_name: dict[str, int] = {}
        self._raw_of_slot: list[list[str | int]] = []
        self.names: list[str] = []
        self._free: list[int] = []

    def __len__(self) -> int:
        return len(self._slot_of_name)

    @property
    def slots(self) -> int:
        """How many slots there are, used or free."""
        return len(self.names)

    def slots_of(self, objects: list[str | int]) -> tuple[NDArray[np.int32], list[int]]:
        """The slot of each object, UNUSABLE or REFUSED, and the slots that are new."""
        get = self._slot_of_raw.get
        slots = [get(raw, UNUSABLE) for raw in objects]
        new: list[int] = []
        if UNUSABLE in slots:
            for k, slot in enumerate(slots):
                if slot == UNUSABLE:
                    slots[k] = self._slot(objects[k], new)
        return np.array(slots, np.int32), new

    def forget(self, slots: Iterable[int]) -> None:
        """Frees slots and forgets their names."""
        for slot in slots:
            for raw in self._raw_of_slot[slot]:
                del self._slot_of_raw[raw]
            del self._slot_of_name[self.names[slot]]
            self._raw_of_slot[slot] = []
            self.names[slot] = ""
            self._free.append(slot)

    def restore(self, names: list[str], free: list[int]) -> None:
        """Takes over names by slot (empty where free) and the order in which free slots are used."""
        self.names, self._free = list(names), list(free)
        self._raw_of_slot = [[] for _ in names]
        self._slot_of_name = {name: slot for slot, name in enumerate(names) if name}
        self._slot_of_raw = {}

    def saved(self) -> tuple[list[str], list[int]]:
        """What `restore` takes."""
        return list(self.names), list(self._free)

    def _slot(self, raw: str | int, new: list[int]) -> int:
        slot = self._slot_of_raw.get(raw)
        if slot is not None:
            return slot
        text = str(raw)
        if not text or len(text) > LONGEST_ID:
            return UNUSABLE
        name = text if self._key is None else pseudonym(self._key, text)
        slot = self._slot_of_name.get(name)
        if slot is None:
            if len(self._slot_of_name) >= self._most:
                return REFUSED
            if self._free:
                slot = self._free.pop()
                self.names[slot] = name
            else:
                slot = len(self.names)
                self.names.append(name)
                self._raw_of_slot.append([])
            self._slot_of_name[name] = slot
            new.append(slot)
        self._slot_of_raw[raw] = slot
        self._raw_of_slot[slot].append(raw)
        return slot


def pseudonym(key: bytes, name: str) -> str:
    """HMAC-SHA-256 of the name, the first 128 bits in hexadecimal."""
    return hmac.digest(key, name.encode("utf-8", "surrogatepass"), hashlib.sha256).hex()[:32]


def read_key(path: Path) -> bytes:
    """The secret in a file, surrounding white space aside. Raises NotFound, InvalidInput."""
    try:
        key = path.read_bytes().strip()
    except FileNotFoundError as error:
        raise NotFound(f"{path} does not exist", hint="make one: openssl rand -hex 32 > KEYFILE") from error
    except OSError as error:
        raise InvalidInput(f"{path} cannot be read: {error.strerror}") from error
    if len(key) < _LEAST_KEY_BYTES:
        raise InvalidInput(
            f"{path}: the secret is too short; found {len(key)} bytes; accepted: {_LEAST_KEY_BYTES} or more",
            hint="make one: openssl rand -hex 32 > KEYFILE",
        )
    return key

"""Bends an input: bytes changed, cut, doubled, words put in, two inputs crossed. Equal seeds bend equally."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

_NUMBERS = (
    b"0",
    b"-1",
    b"1e400",
    b"NaN",
    b"Infinity",
    b"9" * 25,
    b"9" * 5000,
    b"2147483648",
    b"0x7f",
    b"1.5",
)
_ODD = (b"\x00", b"\xff", b"\xef\xbb\xbf", b"\r", b"\x1b[2J", "\u202e".encode(), b"\xed\xa0\x80", b"\x85")


def bent(seeds: Sequence[bytes], words: Sequence[bytes], number: int, *, seed: int = 0) -> Iterator[bytes]:
    """The seeds themselves, and then `number` inputs made from them."""
    yield from seeds
    chance = random.Random(seed)
    for _ in range(number):
        data = bytearray(chance.choice(seeds) if seeds else b"")
        for _ in range(chance.choice((1, 1, 2, 3, 6))):
            _bend(data, seeds, words, chance)
        yield bytes(data)


def _bend(data: bytearray, seeds: Sequence[bytes], words: Sequence[bytes], chance: random.Random) -> None:
    at = chance.randrange(len(data) + 1)
    end = min(len(data), at + chance.choice((1, 2, 4, 16, 64)))
    match chance.randrange(9):
        case 0:
            data[at:end] = bytes(chance.randrange(256) for _ in range(end - at))
        case 1:
            del data[at:end]
        case 2:
            data[at:at] = data[at:end] * chance.choice((1, 2, 30))
        case 3 if words:
            data[at:at] = chance.choice(words)
        case 4 if words:
            data[at:end] = chance.choice(words)
        case 5:
            data[at:at] = chance.choice(_ODD)
        case 6:
            _number(data, chance)
        case 7:
            other = chance.choice(seeds) if seeds else b""
            here = chance.randrange(len(other) + 1)
            data[at:] = other[here:]
        case _:
            if end > at:
                data[at] ^= 1 << chance.randrange(8)


def _number(data: bytearray, chance: random.Random) -> None:
    """Another number in the place of one."""
    digits = [k for k, byte in enumerate(data) if 48 <= byte <= 57]
    if not digits:
        return
    start = chance.choice(digits)
    end = start
    while end < len(data) and (48 <= data[end] <= 57 or data[end] == 46):
        end += 1
    data[start:end] = chance.choice(_NUMBERS)

"""What a leaf of the log says: one recorded row as canonical JSON behind a salt.

The content is RFC 8785 JSON: an object of the row's columns that are not null, and `table`. Bytes are
``{"hex": ...}``. Integers beyond 2**53 - 1 and numbers that are not finite, which RFC 8785 cannot carry, are
strings. A leaf's data is 16 random bytes and then the content: who knows both can check the leaf, and who
knows only the leaf's hash learns nothing from it, however few contents there could be.

Written column by column, because a row at a time (the package `rfc8785`, which the tests compare this with)
would make taking evidence in several times slower.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from json.encoder import encode_basestring
from typing import Any

import rfc8785

SALT_BYTES = 16
_MOST = 2**53 - 1


def contents(table: str, columns: Mapping[str, Sequence[Any]]) -> list[bytes]:
    """The canonical content of each row of a table, given by columns of equal length.

    Values are what SQLite keeps: None, int, float, str, bytes. Raises TypeError for others and
    UnicodeEncodeError for text that is not Unicode.
    """
    named: dict[str, Sequence[Any]] = {
        name: values for name, values in columns.items() if values.count(None) < len(values)
    }
    if not named:
        return []
    length = len(next(iter(named.values())))
    named["table"] = [table] * length
    # Keys are ASCII: code points sort as UTF-16 code units do.
    fragments = [_fragments(name, named[name]) for name in sorted(named)]
    return [f"{{{''.join(row)[1:]}}}".encode() for row in zip(*fragments, strict=True)]


def leaf_data(salt: bytes, content: bytes) -> bytes:
    """What a leaf's hash is over, after RFC 6962's zero byte."""
    return salt + content


def leaf_hashes(salts: bytes, canonical: Sequence[bytes]) -> list[bytes]:
    """The hashes of leaves with these contents; `salts` are `SALT_BYTES` for each, one after another."""
    return [
        sha256(b"\x00" + salts[at : at + SALT_BYTES] + content).digest()
        for at, content in zip(range(0, len(salts), SALT_BYTES), canonical, strict=True)
    ]


def _fragments(name: str, values: Sequence[Any]) -> list[str]:
    """``,"name":value`` for each value, and nothing where it is null."""
    key = f',"{name}":'
    written: dict[Any, str] = {None: ""}
    made = []
    for value in values:
        # Most columns say few different things. 1 and 1.0 are one key here and one number in JSON.
        text = written.get(value)
        if text is None:
            text = key + _json(value)
            if len(written) < 4096:
                written[value] = text
        made.append(text)
    return made


def _json(value: object) -> str:
    if isinstance(value, str):
        return encode_basestring(value)
    if isinstance(value, int):
        return str(int(value)) if abs(value) <= _MOST else f'"{int(value)}"'
    if isinstance(value, float):
        if value.is_integer() and abs(value) <= _MOST:
            return str(int(value))
        if 1e-4 <= abs(value) < 1e16:
            return repr(value)  # the shortest digits, as ECMAScript writes them in this range
        if value - value != 0:
            return f'"{value}"'
        return rfc8785.dumps(value).decode()
    if isinstance(value, bytes):
        return f'{{"hex":"{value.hex()}"}}'
    raise TypeError(f"a recorded value cannot be a {type(value).__name__}")

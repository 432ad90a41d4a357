"""What a leaf of the log says: one recorded row as canonical JSON behind a salt.

The content is RFC 8785 JSON: an object of the row's columns that are not null, and `table`. Bytes are
``{"hex": ...}``. Integers beyond 2**53 - 1 and numbers that are not finite, which RFC 8785 cannot carry, are
strings. A leaf's data is 16 random bytes and then the content: who knows both can check the leaf, and who
knows only the leaf's hash learns nothing from it, however few contents there could be.

Written column by column into one pattern for all rows, because a row at a time (the package `rfc8785`, which
the tests compare this with) would make taking evidence in, and checking it, several times slower.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from hashlib import sha256
from json.encoder import encode_basestring
from typing import Any

import numpy as np
import rfc8785

SALT_BYTES = 16
_MOST = 2**53 - 1
_LEAST_PLAIN = 1e-4
_MOST_KEPT = 4096
_SAMPLE = 256


def contents(table: str, columns: Mapping[str, Sequence[Any]]) -> list[bytes]:
    """The canonical content of each row of a table, given by columns of equal length.

    Values are what SQLite keeps: None, int, float, str, bytes. Raises TypeError for others and
    UnicodeEncodeError for text that is not Unicode.
    """
    nulls = {name: values.count(None) for name, values in columns.items()}
    named: dict[str, Sequence[Any]] = {
        name: values for name, values in columns.items() if nulls[name] < len(values)
    }
    if not named:
        return []
    length = len(next(iter(named.values())))
    pattern, varying = "{", list[Iterable[Any]]()
    # Keys are ASCII: code points sort as UTF-16 code units do. What stands before `table`, which every row
    # has, brings its comma behind it, and what stands after it before it.
    for name in sorted((*named, "table")):
        key = f'"{name}":'
        if name == "table":
            pattern += _literal(key + _json(table))
            continue
        before, after = ("", ",") if name < "table" else (",", "")
        values = named[name]
        # Most columns say one thing, as all rows of a file do.
        if values[0] == values[-1] and values.count(values[0]) == length:
            pattern += _literal(before + key + _json(values[0]) + after)
        elif nulls[name]:
            pattern += "%s"
            varying.append(_each(values, partial(_between, before + key, after), null=""))
        else:
            pattern += f"{_literal(before + key)}%s{after}"
            varying.append(_written(values))
    pattern += "}"
    if not varying:
        return [(pattern % ()).encode()] * length
    return [(pattern % row).encode() for row in zip(*varying, strict=True)]


def leaf_data(salt: bytes, content: bytes) -> bytes:
    """What a leaf's hash is over, after RFC 6962's zero byte."""
    return salt + content


def leaf_hashes(salts: bytes, canonical: Sequence[bytes]) -> list[bytes]:
    """The hashes of leaves with these contents; `salts` are `SALT_BYTES` for each, one after another."""
    return [
        sha256(b"\x00" + salts[at : at + SALT_BYTES] + content).digest()
        for at, content in zip(range(0, len(salts), SALT_BYTES), canonical, strict=True)
    ]


def _literal(text: str) -> str:
    """Text as it stands in a pattern."""
    return text.replace("%", "%%")


def _between(before: str, after: str, value: Any) -> str:
    return f"{before}{_json(value)}{after}"


class _Seen(dict[Any, str]):
    """What values are written as, kept for some. 1 and 1.0 are one key here and one number in JSON."""

    def __init__(self, write: Callable[[Any], str]) -> None:
        self._write = write

    def __missing__(self, value: Any) -> str:
        text = self._write(value)
        if len(self) < _MOST_KEPT:
            self[value] = text
        return text


def _each(values: Sequence[Any], write: Callable[[Any], str], null: str | None = None) -> Iterable[str]:
    seen = _Seen(write)
    if null is not None:
        seen[None] = null
    return map(seen.__getitem__, values)


def _written(values: Sequence[Any]) -> Iterable[Any]:
    """The JSON of values of which none is null, or what ``%s`` makes into it."""
    some = values[:_SAMPLE]
    if 2 * len(set(some)) > len(some):  # few are said twice
        kinds = set(map(type, values))
        if kinds == {str}:
            return map(encode_basestring, values)
        if kinds == {int} and max(values) <= _MOST and min(values) >= -_MOST:
            return values
        if kinds == {float}:
            sizes = np.abs(values)
            plain = (sizes >= _LEAST_PLAIN) & (sizes <= _MOST) & (np.floor(sizes) != sizes)
            return [repr(value) if so else _json(value) for value, so in zip(values, plain, strict=True)]
    return _each(values, _json)


def _json(value: object) -> str:
    if isinstance(value, str):
        return encode_basestring(value)
    if isinstance(value, int):
        return str(int(value)) if abs(value) <= _MOST else f'"{int(value)}"'
    if isinstance(value, float):
        if value.is_integer() and abs(value) <= _MOST:
            return str(int(value))
        if _LEAST_PLAIN <= abs(value) <= _MOST:
            return repr(value)  # the shortest digits, as ECMAScript writes them in this range
        if value - value != 0:
            return f'"{value}"'
        return rfc8785.dumps(value).decode()
    if isinstance(value, bytes):
        return f'{{"hex":"{value.hex()}"}}'
    raise TypeError(f"a recorded value cannot be a {type(value).__name__}")

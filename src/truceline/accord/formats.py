"""Which version of the accord format a document is written in, and how older ones become the current one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from truceline.accord.model.document import FORMAT_VERSION

Migration = Callable[[dict[str, Any]], dict[str, Any]]

MIGRATIONS: Mapping[int, Migration] = {}
"""From a version to the next one. Format 1 is the first, so there is nothing to bring forward yet."""


def identify(data: Mapping[str, Any]) -> int:
    """The format version of plain data; a document that names none is of version 1.

    Raises ValueError, with the sentence to show, for a version that this Truceline cannot read.
    """
    version = data.get("format", 1)
    if isinstance(version, bool) or not isinstance(version, int):
        raise ValueError(f"format is {version!r}; accepted: a whole number, at most {FORMAT_VERSION}")
    oldest = min((*MIGRATIONS, FORMAT_VERSION))
    if not oldest <= version <= FORMAT_VERSION:
        accepted = str(FORMAT_VERSION) if oldest == FORMAT_VERSION else f"{oldest} to {FORMAT_VERSION}"
        raise ValueError(f"is written in accord format {version}; this Truceline reads format {accepted}")
    return version


def migrate(data: dict[str, Any]) -> dict[str, Any]:
    """The data in the current format. Raises ValueError as `identify` does."""
    for version in range(identify(data), FORMAT_VERSION):
        data = MIGRATIONS[version](data) | {"format": version + 1}
    return data

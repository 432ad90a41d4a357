"""The machine: versions of Python, SQLite and the libraries; and the age of backups."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from importlib import metadata

from packaging.requirements import InvalidRequirement, Requirement
from packaging.specifiers import SpecifierSet

from truceline.app.doctor.finding import Finding
from truceline.store.backup import made_before
from truceline.store.workspace import Workspace

LEAST_SQLITE = (3, 37, 0)
"""Older ones lack what the store's statements and pragmas need."""
WAL_RESET_FIXED = (3, 51, 3)
"""https://sqlite.org/wal.html, "The WAL-reset bug": 3.7.0 up to 3.51.2 can, very rarely, damage a file."""
OLD = timedelta(days=7)


def examine_machine(
    python: tuple[int, ...] = sys.version_info[:3], sqlite: tuple[int, ...] = sqlite3.sqlite_version_info
) -> Iterator[Finding]:
    """Versions that are too old for what is installed here."""
    wanted = metadata.metadata("truceline")["Requires-Python"]
    if not SpecifierSet(wanted).contains(_dotted(python), prereleases=True):
        yield Finding(
            "python-too-old", f"Python {_dotted(python)} is older than {wanted}", "install a newer Python"
        )
    if sqlite < LEAST_SQLITE:
        yield Finding(
            "sqlite-too-old",
            f"SQLite {_dotted(sqlite)} is older than {_dotted(LEAST_SQLITE)}",
            "install a newer SQLite, or a Python that brings one",
        )
    elif sqlite < WAL_RESET_FIXED:
        yield Finding(
            "sqlite-wal-reset",
            f"SQLite {_dotted(sqlite)} has a defect, unless your system's makers mended it: two "
            "processes that write at the same instant can, very rarely, damage the file",
            f"update to SQLite {_dotted(WAL_RESET_FIXED)} or newer when you can; keep backups, verify them",
        )
    for line in metadata.requires("truceline") or ():
        try:
            requirement = Requirement(line)
        except InvalidRequirement:
            continue
        if requirement.marker is not None and not requirement.marker.evaluate({"extra": ""}):
            continue
        try:
            held = metadata.version(requirement.name)
        except metadata.PackageNotFoundError:
            held = "none"
        if held == "none" or not requirement.specifier.contains(held, prereleases=True):
            yield Finding(
                "library-too-old",
                f"{requirement.name} {held} is installed; needed: {requirement.specifier}",
                "install Truceline anew with its requirements",
            )


def examine_backups(workspace: Workspace, leaves: int, now: datetime) -> Iterator[Finding]:
    """How long ago the last backup was made, where anything was recorded since."""
    made = made_before(workspace)
    if not made:
        yield Finding(
            "backup-none",
            "no backup of this workspace is known",
            f"truceline backup {workspace.root} TARGET, onto another disk",
        )
        return
    last = made[-1]
    age = now - datetime.fromisoformat(last["made_at"])
    if age > OLD and last.get("size") != leaves:
        yield Finding(
            "backup-old",
            f"the last backup is {age.days} days old, and more was recorded since: {last.get('target')}",
            f"truceline backup {workspace.root} TARGET; truceline restore BACKUP --dry-run verifies one",
        )


def _dotted(version: tuple[int, ...]) -> str:
    return ".".join(map(str, version))

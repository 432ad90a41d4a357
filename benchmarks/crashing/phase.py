"""What a phase of the crash test is, the workspace that it works on, and what holds of every workspace."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa

from truceline.core.durable import abandoned
from truceline.core.errors import TrucelineError
from truceline.evidence.table import OBSERVATION_SCHEMA
from truceline.store.workspace import EVIDENCE, Workspace, digest_of

Ack = Callable[[str], None]
Faults = list[str]

ACCORD = """\
accord: {id: valley, title: Valley ceasefire, time_zone: Asia/Damascus, status: confirmed, version: 1}
parties:
- {id: north, names: North, role: side}
- {id: south, names: South, role: side}
"""
ROWS = 3
_DAY = datetime(2018, 10, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Batch:
    """Rows as a reader hands them on."""

    table: pa.Table
    quarantined: tuple[Any, ...] = ()

    @property
    def read(self) -> int:
        return int(self.table.num_rows)


@dataclass(frozen=True)
class Phase:
    """One kind of work. `keep` is how many times it is done on one workspace before a new one is taken;
    `cuts` whether all that it writes is on this machine, so that power cuts can be worked out."""

    name: str
    what: str
    prepare: Callable[[Path], None]
    work: Callable[[Path, str, Ack], None]
    check: Callable[[Path, set[str]], Faults]
    keep: int = 1
    alone: Callable[[Path, str, Ack], None] | None = None
    warm: Callable[[Path, str, Ack], None] | None = None
    cuts: bool = True

    def faults(self, folder: Path, acks: set[str]) -> Faults:
        """What `check` finds, or that it could not even look."""
        try:
            return self.check(folder, acks)
        except Exception as error:
            return [f"cannot even be looked into: {type(error).__name__}: {error}"]

    @property
    def recorded(self) -> Callable[[Path, str, Ack], None]:
        """The work by one process only, which can be recorded in order."""
        return self.alone or self.work


unwatched: list[Callable[[], None]] = []
"""Called in a second process, which is not to be killed."""


def rows_named(name: str, count: int = ROWS) -> Batch:
    """Invented observations whose ids begin with a name."""
    given: dict[str, list[Any]] = {
        "id": [f"{name}.{n}" for n in range(count)],
        "digest": [f"{name}.{n}" for n in range(count)],
        "kind": ["shelling"] * count,
        "occurred_from": [_DAY] * count,
        "occurred_to": [_DAY + timedelta(hours=1)] * count,
        "recorded_at": [_DAY] * count,
        "actors": [["north"]] * count,
        "targets": [["south"]] * count,
        "source": ["wire"] * count,
        "claim": [False] * count,
        "synthetic": [True] * count,
        "retracted": [False] * count,
        "report": ["impacts were heard in the morning; " * 8] * count,
    }
    columns = [pa.array(given.get(field.name, [None] * count), field.type) for field in OBSERVATION_SCHEMA]
    return Batch(pa.Table.from_arrays(columns, schema=OBSERVATION_SCHEMA))


def workspace_in(folder: Path) -> Workspace:
    return Workspace(folder / "ws")


def record_faults(root: Path, *, write: bool = True) -> Faults:
    """The store opens, is sound, its log verifies, its evidence files are there, and it goes on recording."""
    workspace = Workspace(root)
    try:
        with workspace.store() as store:
            faults = [f"damaged: {line}" for line in store.damage()]
            report = store.verify_log()
            faults += [
                f"log verify: {finding.table} {finding.row}: {finding.what}" for finding in report.findings
            ]
            for record in store.ingests():
                path = workspace.original_path(record.origin)
                if not path.is_file():
                    faults.append(f"an evidence file that the record names is gone: {path.name}")
                elif digest_of(path) != record.origin.sha256:
                    faults.append(f"an evidence file is not what was recorded: {path.name}")
            if write:
                with store.write() as writer:
                    writer.map_actor("after", "north", note=str(report.size))
    except TrucelineError as error:
        return [f"cannot be used any more: {error.message}"]
    return faults


def rows(root: Path, statement: str) -> list[Any]:
    with closing(sqlite3.connect(root / EVIDENCE)) as connection:
        return connection.execute(statement).fetchall()


def whole_or_absent(target: Path, acks: set[str], verify: Callable[[Path], object]) -> Faults:
    faults = []
    if target.exists():
        try:
            verify(target)
        except TrucelineError as error:
            faults.append(f"half there: {error.message}")
    elif acks:
        faults.append(f"acknowledged and not there: {target.name}")
    if len(abandoned(target)) > 1:
        faults.append("leftovers pile up")
    return faults

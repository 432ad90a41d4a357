"""The test of the test: faults planted on purpose, each of which the crash test must find."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from crashing.phase import Ack, Phase, rows_named, workspace_in
from crashing.phases import PHASES
from truceline.core import durable
from truceline.store import workspace
from truceline.transparency import keys

Work = Callable[[Path, str, Ack], None]


@dataclass(frozen=True)
class Plant:
    """A fault, in which phase it is planted, and what must find it: kills or power cuts."""

    name: str
    what: str
    phase: str
    finder: str
    spoil: Callable[[Work], Work]

    def planted(self) -> Phase:
        """The phase with the fault in it."""
        sound = next(phase for phase in PHASES if phase.name == self.phase)
        return replace(sound, work=self.spoil(sound.work), alone=self.spoil(sound.recorded), warm=sound.work)


def _acknowledged_too_early(_: Work) -> Work:
    def work(folder: Path, name: str, ack: Ack) -> None:
        with workspace_in(folder).store() as store, store.write() as writer:
            writer.map_actor(f"{name}-0", "north")
            writer.append([rows_named(f"{name}-0")])
            ack(f"{name}-0")

    return work


def _two_transactions(_: Work) -> Work:
    def work(folder: Path, name: str, ack: Ack) -> None:
        with workspace_in(folder).store() as store:
            with store.write() as writer:
                writer.map_actor(f"{name}-0", "north")
            with store.write() as writer:
                writer.append([rows_named(f"{name}-0")])
            ack(f"{name}-0")

    return work


def _commits_not_flushed(sound: Work) -> Work:
    def work(folder: Path, name: str, ack: Ack) -> None:
        event.listen(Engine, "connect", lambda driver, _: driver.execute("PRAGMA synchronous = OFF"))
        sound(folder, name, ack)

    return work


def _names_not_flushed(sound: Work) -> Work:
    def work(folder: Path, name: str, ack: Ack) -> None:
        spoilt: Any = durable
        spoilt.flush_folder = lambda _: None
        sound(folder, name, ack)

    return work


def _key_under_its_own_name(sound: Work) -> Work:
    def write(path: Path, content: bytes, **_: Any) -> None:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)

    def work(folder: Path, name: str, ack: Ack) -> None:
        spoilt: Any = keys
        spoilt.write_in_place = write
        sound(folder, name, ack)

    return work


def _original_after_commit(sound: Work) -> Work:
    def work(folder: Path, name: str, ack: Ack) -> None:
        spoilt: Any = workspace.Workspace
        sound_keep, waiting = spoilt.keep_original, []
        spoilt.keep_original = lambda self, file, origin: waiting.append((self, file, origin))

        def late(text: str) -> None:
            for one in waiting:
                sound_keep(*one)
            ack(text)

        sound(folder, name, late)

    return work


PLANTS = (
    Plant(
        "acknowledged before it is committed",
        "the acknowledgement comes inside the transaction",
        "append",
        "kills",
        _acknowledged_too_early,
    ),
    Plant(
        "two transactions where one was meant",
        "a judgement and its observations are committed one after the other",
        "append",
        "kills",
        _two_transactions,
    ),
    Plant(
        "a key written under its own name",
        "as it was before this test: create, then write",
        "keys",
        "kills",
        _key_under_its_own_name,
    ),
    Plant(
        "an evidence file copied after the commit",
        "the record names a file that may never come",
        "ingest",
        "kills",
        _original_after_commit,
    ),
    Plant(
        "commits that are not flushed",
        "PRAGMA synchronous = OFF",
        "append",
        "power cuts",
        _commits_not_flushed,
    ),
    Plant(
        "names that are not flushed",
        "as it was before this test: no folder is flushed",
        "ingest",
        "power cuts",
        _names_not_flushed,
    ),
)

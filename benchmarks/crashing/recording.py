"""Phases in which the record grows or changes its form: appending, taking files in, migrating."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from crashing.phase import (
    ACCORD,
    ROWS,
    Ack,
    Faults,
    record_faults,
    rows,
    rows_named,
    unwatched,
    workspace_in,
)
from truceline.app.ingest import ingest
from truceline.core.errors import TrucelineError
from truceline.store.schema import HEAD
from truceline.store.workspace import EVIDENCE, Workspace


def prepare_workspace(folder: Path) -> None:
    (folder / "accord.yaml").write_text(ACCORD)
    Workspace.create(folder / "ws", folder / "accord.yaml")


def append(folder: Path, name: str, ack: Ack) -> None:
    """Three transactions in one opening and one in the next, each of a judgement and three observations."""
    for opening in ((0, 1, 2), (3,)):
        with workspace_in(folder).store() as store:
            for number in opening:
                with store.write() as writer:
                    writer.map_actor(f"{name}-{number}", "north")
                    writer.append([rows_named(f"{name}-{number}")])
                ack(f"{name}-{number}")


def check_append(folder: Path, acks: set[str]) -> Faults:
    root = folder / "ws"
    faults = record_faults(root)
    judged = {row[0] for row in rows(root, "SELECT name FROM actor_mapping WHERE name <> 'after'")}
    held: dict[str, int] = {}
    for (id,) in rows(root, "SELECT id FROM observation"):
        name = str(id).rpartition(".")[0]
        held[name] = held.get(name, 0) + 1
    faults += [f"acknowledged and not there: {name}" for name in sorted(acks - judged)]
    faults += [
        f"half there: {name}"
        for name in sorted(judged | held.keys())
        if name not in judged or held.get(name) != ROWS
    ]
    return faults


def beside_a_writer(work: Callable[[Path, str, Ack], None], folder: Path, name: str, ack: Ack) -> None:
    """Works while a second process, which is not killed, appends; both must come through."""
    other = os.fork()
    if other == 0:
        for call in unwatched:
            call()
        try:
            append(folder, f"{name}-other", lambda text: (folder / f"ack-{text}").touch())
        except BaseException as error:
            (folder / f"failed-{name}").write_text(f"{type(error).__name__}: {error}")
        os._exit(0)
    try:
        work(folder, name, ack)
    finally:
        os.waitpid(other, 0)


def two_writers(folder: Path, name: str, ack: Ack) -> None:
    beside_a_writer(append, folder, name, ack)


def check_two_writers(folder: Path, acks: set[str]) -> Faults:
    said = {path.name.removeprefix("ack-") for path in folder.glob("ack-*")}
    faults = [f"the other process failed: {path.read_text()}" for path in folder.glob("failed-*")]
    return faults + check_append(folder, acks | said)


def take_in(folder: Path, name: str, ack: Ack) -> None:
    """Two files in one transaction, with one bad row."""
    files = []
    beside = folder.with_name(f"{folder.name}-evidence")  # not watched: it is not ours to keep
    beside.mkdir(exist_ok=True)
    for number in (1, 2):
        lines = [
            f"{name}-{number}-{n},shelling,2018-10-0{number},36.5,35.5,1000,wire,morning" for n in range(20)
        ]
        file = beside / f"{name}-{number}.csv"
        bad = f"{name}-{number}-bad,shelling,2018-13-45,36.5,35.5,1000,wire,no such day"
        file.write_text("\n".join(["id,kind,date,lon,lat,error_m,source,report", *lines, bad]) + "\n")
        files.append(file)
    ingest(workspace_in(folder), files)
    ack(name)


def check_take_in(folder: Path, acks: set[str]) -> Faults:
    root = folder / "ws"
    faults = record_faults(root)
    seen = rows(
        root,
        "SELECT i.file, (SELECT count(*) FROM observation o WHERE o.entry = i.entry), "
        "(SELECT count(*) FROM quarantined q WHERE q.entry = i.entry) FROM ingest i",
    )
    held: dict[str, list[int]] = {}
    for file, observations, bad in seen:
        held.setdefault(str(file).rpartition("-")[0], []).append(observations)
        if (observations, bad) != (20, 1):
            faults.append(f"half there: {file} with {observations} rows and {bad} bad ones")
    faults += [
        f"half there: {name} with {len(files)} files" for name, files in held.items() if len(files) != 2
    ]
    faults += [f"acknowledged and not there: {name}" for name in sorted(acks - held.keys())]
    strays = rows(root, "SELECT count(*) FROM observation WHERE entry NOT IN (SELECT entry FROM ingest)")
    return faults + ([f"half there: {strays[0][0]} rows of no file"] if strays[0][0] else [])


OLD_FILE = Path(__file__).parents[2] / "tests" / "data" / "store" / "schema-0002.sqlite"


def prepare_old(folder: Path) -> None:
    (folder / "ws").mkdir()
    (folder / "ws" / "accord.yaml").write_text(ACCORD)
    shutil.copyfile(OLD_FILE, folder / "ws" / EVIDENCE)


def migrate(folder: Path, name: str, ack: Ack) -> None:
    workspace_in(folder).store().close()
    ack(name)


_OLD_TABLES = ("entry", "original", "ingest", "observation", "quarantined", "actor_mapping", "accord_version")


def contents_digest(root: Path) -> str:
    """A digest of every row of the tables that the old file had."""
    said = hashlib.sha256()
    for table in _OLD_TABLES:
        for row in rows(root, f"SELECT * FROM {table} ORDER BY 1"):
            said.update(repr(row).encode())
    return said.hexdigest()


def check_migrate(folder: Path, acks: set[str]) -> Faults:
    root = folder / "ws"
    version = rows(root, "SELECT version_num FROM alembic_version")
    faults = []
    if version not in ([("0002",)], [(HEAD,)]):
        faults.append(f"half migrated: {version}")
    if acks and version != [(HEAD,)]:
        faults.append("acknowledged and not there: the migration")
    held = contents_digest(root)
    opened: list[str] = []
    try:
        with Workspace(root).store() as store:
            opened = [finding.what for finding in store.verify_log().findings] + store.damage()
    except TrucelineError as error:
        opened = [f"cannot be used any more: {error.message}"]
    faults += opened
    if not opened and not held == contents_digest(root) == _old_digest():
        faults.append("the rows of the old file are not what they were")
    return faults


_OLD: list[str] = []


def _old_digest() -> str:
    if not _OLD:
        said = hashlib.sha256()
        with closing(sqlite3.connect(f"{OLD_FILE.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            for table in _OLD_TABLES:
                for row in connection.execute(f"SELECT * FROM {table} ORDER BY 1"):
                    said.update(repr(row).encode())
        _OLD.append(said.hexdigest())
    return _OLD[0]

"""Phases in which a record is copied, made or carried: backup, restore, init, bundles, a move to a server."""

from __future__ import annotations

import atexit
import hashlib
import os
import sys
import tempfile
from functools import cache
from pathlib import Path

from crashing.phase import ACCORD, ROWS, Ack, Faults, record_faults, rows, whole_or_absent, workspace_in
from crashing.recording import append, beside_a_writer, prepare_workspace, take_in
from truceline.app import bundle, offices
from truceline.core.errors import TrucelineError
from truceline.store.backup import back_up, restore
from truceline.store.moving import move
from truceline.store.workspace import Workspace

sys.path.insert(0, str(Path(__file__).parents[2] / "tests" / "plugins"))
from postgres_server import SETTINGS, Server, start, stop


def prepare_filled(folder: Path) -> None:
    prepare_workspace(folder)
    append(folder, "before", lambda _: None)
    take_in(folder, "before", lambda _: None)


def back_up_alone(folder: Path, name: str, ack: Ack) -> None:
    back_up(workspace_in(folder), folder / "backup")
    ack(name)


def back_up_beside_a_writer(folder: Path, name: str, ack: Ack) -> None:
    beside_a_writer(back_up_alone, folder, name, ack)


def check_back_up(folder: Path, acks: set[str]) -> Faults:
    said = {path.name.removeprefix("ack-") for path in folder.glob("ack-*")}
    faults = [f"the writer beside the backup failed: {path.read_text()}" for path in folder.glob("failed-*")]
    faults += record_faults(folder / "ws")
    judged = {row[0] for row in rows(folder / "ws", "SELECT name FROM actor_mapping")}
    faults += [f"acknowledged and not there: {name}" for name in sorted(said - judged)]
    return faults + whole_or_absent(folder / "backup", acks, lambda path: restore(path, None))


def prepare_backup(folder: Path) -> None:
    prepare_filled(folder)
    back_up(workspace_in(folder), folder / "backup")


def restore_it(folder: Path, name: str, ack: Ack) -> None:
    restore(folder / "backup", folder / "restored")
    ack(name)


def _need_record(root: Path) -> None:
    faults = record_faults(Workspace.open(root).root)
    if faults:
        raise TrucelineError(faults[0])
    if len(rows(root, "SELECT 1 FROM ingest")) != 2:
        raise TrucelineError("the record is not the one that was backed up")


def check_restore(folder: Path, acks: set[str]) -> Faults:
    faults = whole_or_absent(folder / "backup", {"backup"}, lambda path: restore(path, None))
    return faults + whole_or_absent(folder / "restored", acks, _need_record)


def prepare_accord(folder: Path) -> None:
    (folder / "accord.yaml").write_text(ACCORD)


def create(folder: Path, name: str, ack: Ack) -> None:
    Workspace.create(folder / "ws", folder / "accord.yaml")
    ack(name)


def check_create(folder: Path, acks: set[str]) -> Faults:
    def verify(root: Path) -> None:
        faults = record_faults(Workspace.open(root).root)
        if faults or not rows(root, "SELECT 1 FROM accord_version"):
            raise TrucelineError(faults[0] if faults else "the accord is not recorded")

    return whole_or_absent(folder / "ws", acks, verify)


def prepare_bundle(folder: Path) -> None:
    """A workspace that confirmed another office's key, and that office's bundle in several parts."""
    prepare_workspace(folder)
    other = folder.with_name(f"{folder.name}-other")
    other.mkdir()
    prepare_filled(other)
    bundle.export(workspace_in(other), folder / "other.tlb")
    offices.trust(workspace_in(folder), "other", offices.known(workspace_in(other))["own"]["keys"][-1])


def import_bundle(folder: Path, name: str, ack: Ack) -> None:
    bundle.take_in(workspace_in(folder), sorted(folder.glob("other*.tlb")))
    ack(name)


def check_import(folder: Path, acks: set[str]) -> Faults:
    root = folder / "ws"
    faults = record_faults(root)
    held = {
        table: rows(root, f"SELECT count(*) FROM {table}")[0][0]
        for table in ("observation", "quarantined", "office_leaf", "office_head")
    }
    whole = all(held.values()) and (held["observation"], held["quarantined"]) == (4 * ROWS + 40, 2)
    if any(held.values()) and not whole:
        faults.append(f"half there: {held}")
    if acks and not whole:
        faults.append("acknowledged and not there: the bundle")
    judged = rows(root, "SELECT count(*) FROM actor_mapping WHERE name <> 'after'")[0][0]
    if judged != (4 if whole else 0):
        faults.append(f"half there: {judged} judgements")
    return faults


# The record moved to a server and back -----------------------------------------------------------------


@cache
def _server() -> Server:
    """A server of PostgreSQL of our own, which is not killed: what is, is who talks to it."""
    os.environ.pop("LD_PRELOAD", None)  # the interposer is for us, and loaded already
    folder = Path(tempfile.mkdtemp(prefix="truceline-pg-"))
    started_by = os.getpid()
    atexit.register(lambda: stop(folder) if os.getpid() == started_by else None)
    start(folder, SETTINGS)
    server = Server(folder)
    with server.connect() as connection:
        connection.execute("CREATE DATABASE crash")
    return server


def prepare_move(folder: Path) -> None:
    prepare_filled(folder)
    _server()


def move_there_and_back(folder: Path, name: str, ack: Ack) -> None:
    schema = f"w{hashlib.sha256(name.encode() + str(folder).encode() + os.urandom(8)).hexdigest()[:20]}"
    move(workspace_in(folder), f"{_server().url('crash')}&schema={schema}")
    ack("there")
    move(workspace_in(folder), None)
    ack("back")


def check_move(folder: Path, acks: set[str]) -> Faults:
    workspace = workspace_in(folder)
    faults = record_faults(folder / "ws")
    try:
        with workspace.store() as store:
            held = store.observations().num_rows
    except TrucelineError as error:
        return [*faults, f"cannot be read any more: {error.message}"]
    if held != 4 * ROWS + 40:
        faults.append(f"half there: {held} observations")
    if "back" in acks and workspace.store_address is not None:
        faults.append("acknowledged and not there: the way back")
    return faults

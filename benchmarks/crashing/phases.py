"""What is killed: each kind of work on a workspace, and what must be true after it whenever it is killed.

`work` runs in a process of its own and acknowledges what is done by `ack`. `check` gets what was
acknowledged and says what is wrong, in a list that is empty where nothing is lost and nothing half there.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa

from truceline.app import bundle, consent
from truceline.app.ingest import ingest
from truceline.core.durable import abandoned
from truceline.core.errors import TrucelineError
from truceline.evidence.table import OBSERVATION_SCHEMA
from truceline.store.backup import back_up, restore
from truceline.store.schema import HEAD
from truceline.store.workspace import EVIDENCE, Workspace, digest_of
from truceline.transparency.keys import read_key_file

Ack = Callable[[str], None]
Faults = list[str]

OLD_FILE = Path(__file__).parents[2] / "tests" / "data" / "store" / "schema-0002.sqlite"
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
    """One kind of work. `keep` is how many times it is done on one workspace before a new one is taken."""

    name: str
    what: str
    prepare: Callable[[Path], None]
    work: Callable[[Path, str, Ack], None]
    check: Callable[[Path, set[str]], Faults]
    keep: int = 1
    alone: Callable[[Path, str, Ack], None] | None = None
    warm: Callable[[Path, str, Ack], None] | None = None

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


# What holds of every workspace at any time -----------------------------------------------------------------


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


# Append ----------------------------------------------------------------------------------------------------


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


# Ingest ----------------------------------------------------------------------------------------------------


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


# Migration -------------------------------------------------------------------------------------------------


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


# Backup and restore ----------------------------------------------------------------------------------------


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


# A new workspace, and keys ---------------------------------------------------------------------------------


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


def new_key(folder: Path, name: str, ack: Ack) -> None:
    workspace = workspace_in(folder)
    consent.new_key(workspace, "north", folder / f"{name}-1.pem")
    ack("made")
    consent.rotate_key(workspace, "north", folder / f"{name}-1.pem", folder / f"{name}-2.pem")
    ack("rotated")


def check_new_key(folder: Path, acks: set[str]) -> Faults:
    faults = record_faults(folder / "ws")
    known = keys_recorded(folder)
    files = set()
    for path in folder.glob("*.pem"):
        try:
            files.add(read_key_file(path).public_key().public_bytes_raw())
        except TrucelineError as error:
            faults.append(f"half there: {error.message}")
    if known - files:
        faults.append("a key is recorded whose private half is lost")
    if len(known) < len(acks):
        faults.append("acknowledged and not there: a key")
    return faults


def keys_recorded(folder: Path) -> set[bytes]:
    return {bytes(key.public_key) for key in consent.list_keys(workspace_in(folder))}


# Bundles of another office ---------------------------------------------------------------------------------


def prepare_bundle(folder: Path) -> None:
    """A workspace that confirmed another office's key, and that office's bundle in several parts."""
    prepare_workspace(folder)
    other = folder.with_name(f"{folder.name}-other")
    other.mkdir()
    prepare_filled(other)
    bundle.export(workspace_in(other), folder / "other.tlb")
    bundle.trust(workspace_in(folder), "other", bundle.offices(workspace_in(other))["own"]["keys"][-1])


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


PHASES = (
    Phase(
        "append",
        "four transactions, each of a judgement and three observations",
        prepare_workspace,
        append,
        check_append,
        keep=25,
    ),
    Phase(
        "ingest",
        "two evidence files in one transaction, copied beside the record",
        prepare_workspace,
        take_in,
        check_take_in,
        keep=25,
    ),
    Phase(
        "two writers",
        "as append, while a second process appends",
        prepare_workspace,
        two_writers,
        check_two_writers,
        keep=10,
        alone=append,
    ),
    Phase(
        "migration", "a real file of schema 0002 brought to the newest", prepare_old, migrate, check_migrate
    ),
    Phase(
        "backup",
        "a backup while a second process appends",
        prepare_filled,
        back_up_beside_a_writer,
        check_back_up,
        alone=back_up_alone,
    ),
    Phase("restore", "a backup verified and put in place", prepare_backup, restore_it, check_restore),
    Phase("init", "a new workspace", prepare_accord, create, check_create),
    Phase(
        "bundle",
        "another office's bundle taken in, with its evidence files",
        prepare_bundle,
        import_bundle,
        check_import,
    ),
    Phase("keys", "a party's key made and rotated", prepare_workspace, new_key, check_new_key),
)

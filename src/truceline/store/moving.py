"""Moving a workspace's record from the embedded store to a server and back, the log and its heads with it.

The record is copied while it is locked for writing, the copy is verified against its own log and compared
with the head of the source, and only then does the workspace point to it. What was left behind cannot be
written by mistake, which would fork the log: the file gets another name, the schema too.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from truceline.core.durable import PART, flush, flush_folder, unwritable
from truceline.core.errors import Conflict, StoreUnavailable
from truceline.evidence.ports import LogHead
from truceline.store.copying import copy_rows, copy_to_file
from truceline.store.log_reader import LogReader
from truceline.store.migrations.run import upgrade
from truceline.store.record import RecordStore
from truceline.store.revision import revision_of
from truceline.store.settings import write_store_address
from truceline.store.sqlite import SqliteStore
from truceline.store.workspace import EVIDENCE, MOVED, Workspace, store_at
from truceline.transparency.findings import LogReport


@dataclass(frozen=True, slots=True)
class Moved:
    """What a move did: from where, to where, the log as it is at both, and where the old record lies now."""

    source: str
    target: str
    origin: str
    size: int
    root: bytes
    left: str


def move(workspace: Workspace, address: str | None) -> Moved:
    """Moves the record to the address of a server's schema, or into the folder's own file where it is None.

    Raises Conflict where a record is there already or the record is there now, StoreUnavailable.
    """
    try:
        return _move(workspace, address)
    except OSError as error:
        raise unwritable(workspace.root, error) from error


def _move(workspace: Workspace, address: str | None) -> Moved:
    with workspace.store() as source:
        if address == workspace.store_address:
            raise Conflict(f"the record is at {source.name} already", hint="nothing was changed")
        with source._writing() as reading:
            head = LogReader(reading, source.name).head()
            if address is None:
                report = _copy_to_folder(reading, workspace.root, head)
                name = str(workspace.root / EVIDENCE)
            else:
                _copy_to_server(reading, address)
                with store_at(workspace.root, address, read_only=True) as target:
                    report, name = target.verify_log(), target.name
                _need_same(report, head, name)
            left = _leave(source, reading)
            write_store_address(workspace.root, address)
        if isinstance(source, SqliteStore):
            source.close()
            source.path.rename(source.path.with_name(MOVED))
            flush_folder(workspace.root)
    return Moved(source.name, name, report.origin, report.size, report.root, left)


def _need_same(report: LogReport, head: LogHead, name: str) -> None:
    if not report.ok or (report.size, report.root) != (head.size, head.root):
        raise StoreUnavailable(
            f"the copy at {name} is not whole; the workspace uses the record that it had",
            hint="truceline log verify says what is wrong with the record",
        )


def _copy_to_folder(source: Connection, root: Path, head: LogHead) -> LogReport:
    """Copies the record to the workspace's own file, which gets its name when it was verified."""
    if (root / EVIDENCE).exists():
        raise Conflict(
            f"{root / EVIDENCE} exists already, and is not the record of this workspace",
            hint="it may be what an interrupted move left: give it another name, and run it again",
        )
    part = root / f".{EVIDENCE}{PART}"
    part.unlink(missing_ok=True)  # of a move that was interrupted
    try:
        copy_to_file(source, part)
        with SqliteStore(part, read_only=True) as copy:
            report = copy.verify_log()
        _need_same(report, head, str(root / EVIDENCE))
        flush(part)
        part.rename(root / EVIDENCE)
        flush_folder(root)
    finally:
        for end in ("", "-wal", "-shm"):
            part.with_name(part.name + end).unlink(missing_ok=True)
    return report


def _copy_to_server(source: Connection, address: str) -> None:
    from truceline.store.postgres import engine as server

    where = server.address_of(address)
    engine = server.open_engine(where, read_only=False)
    try:
        with server.writing(engine, where.name) as connection:
            if revision_of(connection) is not None:
                raise Conflict(
                    f"there is a record at {where.name} already",
                    hint="choose another schema (?schema=name), or drop it where an interrupted move left it",
                )
            server.make_schema(connection, where)
            upgrade(connection, empty=True)
            copy_rows(source, connection)
            connection.exec_driver_sql("ANALYZE")
    finally:
        engine.dispose()


def _leave(source: RecordStore, connection: Connection) -> str:
    """Takes the name from what the record was in; where it lies from now on."""
    if isinstance(source, SqliteStore):
        return str(source.path.with_name(MOVED))
    schema = str(connection.exec_driver_sql("SELECT current_schema()").scalar_one())

    def known(name: str) -> bool:
        found = connection.exec_driver_sql("SELECT 1 FROM pg_namespace WHERE nspname = %s", (name,))
        return found.scalar() is not None

    for number in range(1, 1000):
        name = f"{schema}_moved_{number}"
        if not known(name):
            connection.exec_driver_sql(f'ALTER SCHEMA "{schema}" RENAME TO "{name}"')
            if known(f"{schema}_access"):  # what readers read goes along, so that nobody reads what is old
                connection.exec_driver_sql(f'ALTER SCHEMA "{schema}_access" RENAME TO "{name}_access"')
            return f"{source.name} (schema {name})"
    raise Conflict(f"{source.name} has been moved a thousand times", hint="drop the schemas that are left")

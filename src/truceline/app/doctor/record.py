"""The record: the database file, its log, its key, its clock, and the evidence files that it names."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime, timedelta
from hashlib import sha256

from truceline.app.doctor.finding import Diagnosis, Finding
from truceline.core.errors import TrucelineError
from truceline.core.instants import isoformat_utc
from truceline.store import schema
from truceline.store.log_verify import UNSIGNED
from truceline.store.migrations.run import known_revisions
from truceline.store.originals import check_originals, unrecorded_originals
from truceline.store.record import RecordStore
from truceline.store.settings import SETTINGS
from truceline.store.workspace import ACCORD, EVIDENCE, LOG_KEY, Workspace
from truceline.transparency.keys import read_key_file

Progress = Callable[[str, int], None]
"""Told what is being read, and how much of it is."""

_RESTORE = "restore a backup (truceline restore BACKUP NEW-FOLDER); keep this folder for comparison"
_CLOCK_TOLERANCE = timedelta(seconds=5)
_SHOWN = 3


def examine_record(
    workspace: Workspace, diagnosis: Diagnosis, now: datetime, *, quick: bool, progress: Progress
) -> Iterator[Finding]:
    """Opens the record for reading only, and writes nothing. `quick` leaves out what reads all of it."""
    try:
        on_server = workspace.store_address is not None
    except TrucelineError as error:
        hint = f"say in {SETTINGS} where the record is; without the file it is {EVIDENCE}"
        yield Finding("record-unavailable", error.message, hint, SETTINGS)
        return
    if not on_server:
        fault = _file(workspace)
        if fault is not None:
            yield fault
            return
    try:
        with workspace.store(read_only=True) as store:
            yield from _opened(workspace, store, diagnosis, now, quick=quick, progress=progress)
    except TrucelineError as error:
        # Where the damage lies decides whether opening finds it, or the check of the whole file.
        cause = getattr(error.__cause__, "orig", error.__cause__)
        damaged = getattr(cause, "sqlite_errorname", "").startswith("SQLITE_CORRUPT")
        code = "record-damaged" if damaged else "record-unavailable"
        yield Finding(code, error.message, error.hint or _RESTORE, SETTINGS if on_server else EVIDENCE)


def _file(workspace: Workspace) -> Finding | None:
    """What is wrong with the file as a database of ours; None where it can be opened."""
    path = workspace.root / EVIDENCE
    if not path.exists():
        return Finding(
            "record-missing",
            f"the workspace has no {EVIDENCE}: the record is not there",
            "restore a backup; the next command would begin an empty record",
            EVIDENCE,
        )
    try:
        with closing(
            sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=2)
        ) as connection:
            tables = {
                row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            }
            if "alembic_version" not in tables:
                if tables:
                    what = f"{EVIDENCE} is a database of something else than Truceline"
                    return Finding("record-foreign", what, _RESTORE, EVIDENCE)
                what = f"{EVIDENCE} is an empty database: nothing was ever recorded in it"
                return Finding("record-missing", what, "restore a backup, if there was a record", EVIDENCE)
            version = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.Error as error:
        name = getattr(error, "sqlite_errorname", "") or ""
        if name.startswith("SQLITE_NOTADB"):
            return Finding("record-not-a-database", f"{EVIDENCE} is no SQLite database", _RESTORE, EVIDENCE)
        if name.startswith("SQLITE_CORRUPT"):
            return Finding("record-damaged", f"{EVIDENCE} is damaged: {error}", _RESTORE, EVIDENCE)
        if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            what = f"{EVIDENCE} is held by another process"
            return Finding("record-busy", what, "run it again when that process is done", EVIDENCE)
        if name.startswith("SQLITE_CANTOPEN"):
            return None  # on a read-only medium: the store knows how
        return Finding("record-unavailable", f"{EVIDENCE} cannot be read: {error}", _RESTORE, EVIDENCE)
    held = None if version is None else str(version[0])
    if held == schema.HEAD:
        return None
    if held in known_revisions():
        return Finding(
            "schema-older",
            f"the record has schema {held}, this version's is {schema.HEAD}; it was not looked at further",
            "make a backup; the next command that records migrates it, in one transaction",
            EVIDENCE,
        )
    return Finding(
        "schema-newer",
        f"the record has schema {held}, which this version does not know (its own is {schema.HEAD})",
        "update Truceline on this machine",
        EVIDENCE,
    )


def _opened(
    workspace: Workspace,
    store: RecordStore,
    diagnosis: Diagnosis,
    now: datetime,
    *,
    quick: bool,
    progress: Progress,
) -> Iterator[Finding]:
    with store.log() as log:
        head = log.head()
        recorded_keys = log.public_keys()
    diagnosis.leaves = head.size
    if not quick:
        damage = store.damage()
        if damage:
            more = f" (and {len(damage) - 1} more)" if len(damage) > 1 else ""
            yield Finding("record-damaged", f"{EVIDENCE} is damaged: {damage[0]}{more}", _RESTORE, EVIDENCE)
            return
    yield from _clock(store, now)
    yield from _accord(workspace, store)
    yield from _key(workspace, recorded_keys, head.note is not None)
    if not quick:
        report = store.verify_log(progress=lambda done: progress("rows", done))
        wrong = [finding for finding in report.findings if finding.what != UNSIGNED]
        for finding in wrong[:_SHOWN]:
            row = "" if finding.row is None else f" {finding.row}"
            yield Finding(
                "log-fails",
                f"the record is not as it was recorded: {finding.table}{row}: {finding.what}",
                f"truceline log verify {workspace.root} lists all; {_RESTORE}",
                EVIDENCE,
            )
        if len(wrong) > _SHOWN:
            yield Finding(
                "log-fails",
                f"and {len(wrong) - _SHOWN:,} further places",
                "truceline log verify lists all",
                EVIDENCE,
            )
        ingests = store.ingests()
        diagnosis.attachments = len({record.origin.sha256 for record in ingests})
        for fault in check_originals(workspace, ingests, progress=lambda done: progress("bytes", done)):
            yield Finding(
                f"attachment-{fault.what}",
                fault.sentence(),
                f"if it is needed here, ask for a bundle with its evidence files, or for {fault.file!r} alone"
                if fault.what == "elsewhere"
                else f"put {fault.file!r} back from its source or a backup; what was read of it is recorded",
                str(fault.path.relative_to(workspace.root)),
            )
        strays = unrecorded_originals(workspace, ingests)
        if strays:
            yield Finding(
                "attachment-unrecorded",
                f"{len(strays)} evidence files are there that the record does not name, as {strays[0].name}",
                "run the ingest that was interrupted again, or leave them: they do no harm",
                str(strays[0].relative_to(workspace.root)),
            )
    stale = store.stale_cache()
    if stale:
        yield Finding(
            "cache-stale",
            f"{len(stale)} files of the cache are not of this record as it stands",
            "nothing: they are never believed; truceline doctor --repair takes them away",
            str(stale[0].relative_to(workspace.root)),
        )


def _clock(store: RecordStore, now: datetime) -> Iterator[Finding]:
    last = store.last_recorded_at()
    if last is not None and now < last - _CLOCK_TOLERANCE:
        yield Finding(
            "clock-behind",
            f"this machine's clock says {isoformat_utc(now)}, which is before the last entry "
            f"({isoformat_utc(last)}): one of the two instants is wrong",
            "set the clock; until it has caught up, entries are recorded at the last entry's instant",
        )


def _accord(workspace: Workspace, store: RecordStore) -> Iterator[Finding]:
    try:
        text = workspace.accord_path.read_bytes()
    except OSError:
        return
    versions = store.accord_versions()
    if versions and versions[-1].sha256 != sha256(text).hexdigest():
        before = any(version.sha256 == sha256(text).hexdigest() for version in versions)
        what = "an earlier version than the last" if before else "not the version that was recorded last"
        yield Finding(
            "accord-changed",
            f"{ACCORD} is {what} ({isoformat_utc(versions[-1].recorded_at)})",
            "nothing if it was changed on purpose: it is recorded with the next ingest; else restore it",
            ACCORD,
        )


def _key(workspace: Workspace, recorded: list[bytes], signed: bool) -> Iterator[Finding]:
    path = workspace.root / LOG_KEY
    if not path.exists():
        if recorded:
            yield Finding(
                "key-missing",
                f"the log has a key, but {LOG_KEY} is not there: new heads cannot be signed",
                "put it back from a backup. In a copy that was given away without it this is as it should be",
                LOG_KEY,
            )
    else:
        try:
            public = read_key_file(path).public_key().public_bytes_raw()
        except TrucelineError:
            return  # told by the folder's examination
        if recorded and public not in recorded:
            yield Finding(
                "key-unknown",
                f"{LOG_KEY} is not a key that the log has used: the next head would be signed with a new key",
                "put the right key back, unless this office took a new one on purpose",
                LOG_KEY,
            )
    if recorded and not signed:
        yield Finding(
            "head-unsigned",
            "the last head of the log is not signed: nothing vouches for what was recorded last",
            f"put {LOG_KEY} back, then truceline log head {workspace.root} signs it",
            EVIDENCE,
        )

"""Examines a workspace: what is wrong with it, and what to do. Mends only what is derived or left over."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from truceline.app.doctor.finding import LEVELS, NOTE, WRONG, Diagnosis, Finding
from truceline.app.doctor.folder import examine_folder, temporary_files
from truceline.app.doctor.machine import examine_backups, examine_machine
from truceline.app.doctor.record import Progress, examine_record
from truceline.core.durable import clear_abandoned
from truceline.core.errors import NotFound, TrucelineError
from truceline.store.workspace import ACCORD, EVIDENCE, Workspace

__all__ = ["LEVELS", "NOTE", "WRONG", "Diagnosis", "Finding", "examine"]

_ORDER = {WRONG: 0, NOTE: 1}


def examine(
    root: Path,
    *,
    repair: bool = False,
    quick: bool = False,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    progress: Progress = lambda _what, _done: None,
) -> Diagnosis:
    """Looks at everything and writes nothing, unless `repair`: then a stale cache and leftovers are removed.

    `quick` leaves out what reads the whole record and all evidence files. Raises NotFound where there is no
    workspace at all.
    """
    if not root.is_dir():
        raise NotFound(f"there is no folder {root}")
    if not (root / ACCORD).exists() and not (root / EVIDENCE).exists():
        raise NotFound(
            f"{root} is not a workspace: it has neither {ACCORD} nor {EVIDENCE}",
            hint="truceline init WORKSPACE --accord ACCORD makes one",
        )
    diagnosis = Diagnosis()
    workspace = Workspace(root)
    now = clock()
    if repair:
        diagnosis.repaired = _repair(workspace)
    found = diagnosis.findings
    found += examine_machine()
    found += examine_folder(root)
    found += examine_record(workspace, diagnosis, now, quick=quick, progress=progress)
    if diagnosis.leaves is not None:
        found += examine_backups(workspace, diagnosis.leaves, now)
    found.sort(key=lambda finding: _ORDER[finding.level])
    return diagnosis


def _repair(workspace: Workspace) -> list[str]:
    """Removes what can be made again or was never anything: the record is never touched."""
    removed = []
    left = temporary_files(workspace.root)
    # Opened for reading first: one of an older version is not to be migrated here. Then under the write
    # lock, so that no ingest is in the middle of copying.
    with suppress(TrucelineError, OSError), workspace.store(read_only=True) as held:
        stale = held.stale_cache()
        with workspace.store() as store, store.write(dry_run=True):
            for path in (*stale, *(path for path in left if path.is_file())):
                shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
                removed.append(str(path))
    return removed + [str(path) for path in clear_abandoned(workspace.root.resolve())]

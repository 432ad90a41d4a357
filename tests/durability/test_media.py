"""Media that are full, read-only or forbidden: one sentence, nothing half-written, then it works again."""

import os
import resource
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime, timedelta
from functools import partialmethod
from pathlib import Path
from typing import Any

import pytest

from truceline.store.workspace import Workspace

Truceline = Callable[..., tuple[int, str, str]]


def contents(root: Path) -> dict[str, bytes]:
    """The files of a workspace that are not SQLite's own beside the database, nor derived."""
    return {
        str(path.relative_to(root)): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and not path.name.endswith(("-shm", "-wal")) and "cache" not in path.parts
    }


def is_sentence(err: str) -> bool:
    first, *rest = err.strip().splitlines()
    hint = [line for line in rest if line.startswith("hint: ")]
    return first.startswith("truceline: ") and rest == hint and len(hint) <= 1 and "defect" not in first


def sound(workspace: Workspace, files: int) -> bool:
    with workspace.store() as store:
        held = [record.origin.file for record in store.ingests()]
        kept = sorted(path.name.partition("-")[2] for path in workspace.originals.iterdir())
        assert kept == sorted(held)
        return len(held) == files and store.verify_log().findings == [] and store.damage() == []


@contextmanager
def _files_no_larger_than(size: int) -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)


def test_a_full_disk_is_said_nothing_is_half_there_and_with_space_it_goes_on(
    workspace: Workspace, evidence: Callable[..., Path], medium: Callable[..., Path], truceline: Truceline
) -> None:
    small = evidence("small")
    try:
        disk = medium(1600)
    except PermissionError:  # not root: files that may not grow are the nearest thing
        assert truceline("ingest", workspace.root, small)[0] == 0
        with _files_no_larger_than(workspace.root.joinpath("evidence.sqlite").stat().st_size + 4096):
            code, _, err = truceline("ingest", workspace.root, evidence("large", 3000))
        assert (code, is_sentence(err)) == (2, True)
        assert sound(workspace, 1)
        return
    shutil.copytree(workspace.root, disk / "ws")
    moved = Workspace(disk / "ws")
    assert truceline("ingest", moved.root, small)[0] == 0
    code, taken = 0, 1
    while code == 0:
        before = contents(moved.root)
        code, _, err = truceline("ingest", moved.root, evidence(f"e{taken}", 500))
        taken += 1
    assert (code, is_sentence(err)) == (2, True), err
    assert "no space left" in err
    # The database may have taken in its own write-ahead log meanwhile; all else is as it was.
    after = contents(moved.root)
    assert after.keys() == before.keys()
    assert [name for name in after if after[name] != before[name] and name != "evidence.sqlite"] == []
    subprocess.run(["mount", "-o", "remount,size=8000k", str(disk)], check=True)
    assert sound(moved, taken - 1)
    assert truceline("ingest", moved.root, evidence(f"e{taken - 1}", 500))[0] == 0
    assert sound(moved, taken)


def test_a_backup_and_a_restore_onto_a_full_disk_leave_nothing(
    workspace: Workspace,
    evidence: Callable[..., Path],
    medium: Callable[..., Path],
    truceline: Truceline,
    tmp_path: Path,
) -> None:
    assert truceline("ingest", workspace.root, evidence("large", 2000))[0] == 0
    assert truceline("backup", workspace.root, tmp_path / "backup")[0] == 0
    limited = False
    try:
        disk = medium(400)
    except PermissionError:
        disk, limited = tmp_path / "small-files", True
        disk.mkdir()
    for command in (("backup", workspace.root), ("restore", tmp_path / "backup")):
        with _files_no_larger_than(100_000) if limited else nullcontext():
            code, _, err = truceline(*command, disk / "made")
        assert (code, is_sentence(err)) == (2, True), err
        assert "space" in err or "cannot be" in err
        assert list(disk.iterdir()) == []


@pytest.fixture
def read_only(workspace: Workspace, medium: Callable[..., Path]) -> Iterator[Workspace]:
    """A workspace that nobody may write to: on a read-only medium, or, not being root, by its rights."""
    try:
        disk = medium(2000)
    except PermissionError:
        workspace.store().close()
        paths = [workspace.root, *workspace.root.rglob("*")]
        for path in paths:
            path.chmod(0o555 if path.is_dir() else 0o444)
        yield workspace
        for path in paths:
            path.chmod(0o755)
        return
    shutil.copytree(workspace.root, disk / "ws")
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    yield Workspace(disk / "ws")


def test_a_read_only_medium_is_said_and_can_still_be_verified_and_backed_up(
    read_only: Workspace, evidence: Callable[..., Path], truceline: Truceline, tmp_path: Path
) -> None:
    before = contents(read_only.root)
    code, _, err = truceline("ingest", read_only.root, evidence("more"))
    assert (code, is_sentence(err)) == (2, True), err
    assert "read-only" in err or "cannot be opened" in err
    if os.statvfs(read_only.root).f_flag & os.ST_RDONLY:
        assert truceline("log", "verify", read_only.root)[0] == 0
        assert truceline("backup", read_only.root, tmp_path / "backup")[0] == 0
        assert truceline("restore", tmp_path / "backup", tmp_path / "ws2")[0] == 0
        assert truceline("ingest", tmp_path / "ws2", evidence("more"))[0] == 0
    assert contents(read_only.root) == before
    code, _, err = truceline("backup", tmp_path / "ws", read_only.root / "backup")
    assert (code, is_sentence(err)) == (2, True), err


def test_attachments_that_cannot_be_written_stop_an_ingest_and_with_the_right_it_goes_on(
    workspace: Workspace, evidence: Callable[..., Path], truceline: Truceline, unprivileged: Any
) -> None:
    file = evidence("events")
    unprivileged.owns(workspace.root)
    workspace.originals.chmod(0o555)
    with unprivileged():
        code, _, err = truceline("ingest", workspace.root, file)
    assert (code, is_sentence(err)) == (2, True), err
    assert "may not" in err
    assert "attachments" in err
    assert sound(workspace, 0)
    workspace.originals.chmod(0o755)
    with unprivileged():
        assert truceline("ingest", workspace.root, file)[0] == 0
    assert sound(workspace, 1)


def test_a_clock_that_jumps_back_never_takes_the_record_back(
    workspace: Workspace, evidence: Callable[..., Path], truceline: Truceline, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert truceline("ingest", workspace.root, evidence("first"))[0] == 0
    opened = Workspace.store
    for back in (timedelta(hours=1), timedelta(days=20_000)):
        clock = datetime.now(UTC) - back
        with monkeypatch.context() as jumped:
            jumped.setattr(Workspace, "store", partialmethod(opened, clock=lambda at=clock: at))
            assert truceline("ingest", workspace.root, evidence(f"back-{back.days}"))[0] == 0
    with workspace.store() as store:
        instants = [record.recorded_at for record in store.ingests()]
        assert len(instants) == 3
        assert instants == sorted(instants)
        assert store.verify_log().findings == []

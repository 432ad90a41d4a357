"""The doctor: every kind of trouble has its finding, a sound workspace has none, and nothing is touched."""

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest

from truceline.app.doctor import LEVELS, NOTE, WRONG, examine, folder, machine
from truceline.core.errors import NotFound
from truceline.store.accounts import ACCOUNTS, NAMES_KEY, AccountFile
from truceline.store.backup import MADE
from truceline.store.workspace import Workspace
from truceline.transparency.keys import new_key_file

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "doctor.md"
OLD_FILE = Path(__file__).parents[1] / "data" / "store" / "schema-0002.sqlite"
MACHINE = {code for code in LEVELS if code.startswith(("python", "library", "sqlite"))}
Truceline = Callable[..., tuple[int, str, str]]


def codes(root: Path, **options: Any) -> set[str]:
    return {finding.code for finding in examine(root, **options).findings} - MACHINE


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with evidence and a backup; copied for each test."""
    from truceline.app.ingest import ingest
    from truceline.store.backup import back_up

    base = tmp_path_factory.mktemp("filled")
    (base / "accord.yaml").write_text(
        "accord: {id: valley, title: Valley, time_zone: UTC, status: confirmed, version: 1}\n"
        "parties: [{id: north, names: North, role: side}, {id: south, names: South, role: side}]\n"
    )
    workspace = Workspace.create(base / "ws", base / "accord.yaml")
    rows = [f"e{n},shelling,2018-10-01,36.5,35.5,1000,wire" for n in range(300)]
    (base / "events.csv").write_text("\n".join(["id,kind,date,lon,lat,error_m,source", *rows]) + "\n")
    ingest(workspace, [base / "events.csv"])
    with workspace.store() as store:
        store.observations()
    back_up(workspace, base / "backup")
    return base / "ws"


@pytest.fixture
def root(filled: Path, tmp_path: Path) -> Path:
    shutil.copytree(filled, tmp_path / "ws")
    return tmp_path / "ws"


def original(root: Path) -> Path:
    return next((root / "attachments" / "originals").iterdir())


def accord_missing(root: Path) -> None:
    (root / "accord.yaml").unlink()


def accord_invalid(root: Path) -> None:
    text = (root / "accord.yaml").read_text()
    (root / "accord.yaml").write_text(text.replace("role: side}, {id", "role: king}, {id"))


def accord_changed(root: Path) -> None:
    with (root / "accord.yaml").open("a") as file:
        file.write("# a remark\n")


def record_missing(root: Path) -> None:
    (root / "evidence.sqlite").unlink()


def record_emptied(root: Path) -> None:
    (root / "evidence.sqlite").write_bytes(b"")


def no_database(root: Path) -> None:
    (root / "evidence.sqlite").write_bytes(b"kind,date\n" * 1000)


def foreign(root: Path) -> None:
    (root / "evidence.sqlite").unlink()
    with closing(sqlite3.connect(root / "evidence.sqlite")) as other:
        other.execute("CREATE TABLE recipes (name TEXT)")


def damaged(root: Path) -> None:
    size = (root / "evidence.sqlite").stat().st_size
    with (root / "evidence.sqlite").open("r+b") as file:
        file.seek(size // 2)
        file.write(b"\xff" * 8192)


def older(root: Path) -> None:
    shutil.copyfile(OLD_FILE, root / "evidence.sqlite")


def newer(root: Path) -> None:
    with closing(sqlite3.connect(root / "evidence.sqlite")) as other:
        other.execute("UPDATE alembic_version SET version_num = '0999'")
        other.commit()


def edited(root: Path) -> None:
    with closing(sqlite3.connect(root / "evidence.sqlite")) as other:
        name = "observation_no_update"
        trigger = other.execute("SELECT sql FROM sqlite_master WHERE name = ?", (name,)).fetchone()[0]
        other.execute(f"DROP TRIGGER {name}")
        other.execute("UPDATE observation SET fatalities = 9 WHERE seq = 7")
        other.execute(trigger)
        other.commit()


def key_lost(root: Path) -> None:
    (root / "log.key").unlink()


def key_lost_and_gone_on(root: Path) -> None:
    (root / "log.key").unlink()
    with Workspace(root).store() as store, store.write() as writer:
        writer.map_actor("A", "north")


def key_open(root: Path) -> None:
    (root / "log.key").chmod(0o644)


def party_key_open(root: Path) -> None:
    new_key_file(root / "north.pem", "secret")
    (root / "north.pem").chmod(0o640)


def key_broken(root: Path) -> None:
    (root / "log.key").write_bytes((root / "log.key").read_bytes()[:50])


def key_of_another(root: Path) -> None:
    (root / "log.key").unlink()
    new_key_file(root / "log.key")


def attachment_lost(root: Path) -> None:
    original(root).unlink()


def attachment_changed(root: Path) -> None:
    path = original(root)
    path.chmod(0o644)
    path.write_bytes(path.read_bytes().replace(b"e7,", b"e8,"))


def attachment_a_folder(root: Path) -> None:
    path = original(root)
    path.unlink()
    path.mkdir()


def attachment_of_nothing(root: Path) -> None:
    (root / "attachments" / "originals" / "0000000000000000-photo.jpg").write_bytes(b"")


def temporary(root: Path) -> None:
    (root / "attachments" / "originals" / ".x.abc.part").write_bytes(b"half")
    (root.parent / ".ws.abc.making").mkdir()


def wal(root: Path) -> None:
    (root / "evidence.sqlite-wal").write_bytes(b"\0" * 4096)


def journal(root: Path) -> None:
    (root / "evidence.sqlite-journal").write_bytes(b"")


def cache(root: Path) -> None:
    shape = next((root / "cache" / "observations").iterdir())
    (shape / f"1-300-{'00' * 32}.arrow").write_bytes(b"of another record")


def no_backup(root: Path) -> None:
    (root / MADE).unlink()


TROUBLES: list[tuple[Callable[[Path], None], set[str]]] = [
    (accord_missing, {"accord-missing"}),
    (accord_invalid, {"accord-invalid", "accord-changed"}),
    (accord_changed, {"accord-changed"}),
    (record_missing, {"record-missing"}),
    (record_emptied, {"record-missing"}),
    (no_database, {"record-not-a-database"}),
    (foreign, {"record-foreign"}),
    (damaged, {"record-damaged"}),
    (older, {"schema-older"}),
    (newer, {"schema-newer"}),
    (edited, {"log-fails"}),
    (key_lost, {"key-missing"}),
    (key_lost_and_gone_on, {"key-missing", "head-unsigned"}),
    (key_open, {"key-rights"}),
    (party_key_open, {"key-rights"}),
    (key_broken, {"key-unreadable"}),
    (key_of_another, {"key-unknown"}),
    (attachment_lost, {"attachment-missing"}),
    (attachment_changed, {"attachment-changed"}),
    (attachment_a_folder, {"attachment-unreadable"}),
    (attachment_of_nothing, {"attachment-unrecorded"}),
    (temporary, {"leftover-temporary"}),
    (wal, {"leftover-wal"}),
    (journal, {"leftover-journal"}),
    (cache, {"cache-stale"}),
    (no_backup, {"backup-none"}),
]


def state(root: Path) -> dict[str, bytes]:
    """Every file but SQLite's own index beside the database, which readers make."""
    return {
        str(path.relative_to(root.parent)): path.read_bytes()
        for path in root.parent.rglob("*")
        if path.is_file()
        and not path.name.endswith("-shm")
        and not (path.name.endswith("-wal") and not path.stat().st_size)
    }


def test_a_sound_workspace_has_nothing_wrong_and_nothing_of_note(root: Path) -> None:
    assert codes(root) == set()
    diagnosis = examine(root)
    assert diagnosis.ok
    assert (diagnosis.attachments, (diagnosis.leaves or 0) > 300) == (1, True)


@pytest.mark.parametrize(("spoil", "expected"), TROUBLES, ids=[spoil.__name__ for spoil, _ in TROUBLES])
def test_each_trouble_is_found_with_what_to_do_and_nothing_is_touched(
    root: Path, spoil: Callable[[Path], None], expected: set[str]
) -> None:
    spoil(root)
    before = state(root)
    diagnosis = examine(root)
    assert {finding.code for finding in diagnosis.findings} - MACHINE == expected
    assert diagnosis.ok == all(LEVELS[code] == NOTE for code in expected)
    for finding in diagnosis.findings:
        assert len(finding.says) > 20
        assert len(finding.do) > 10
        assert not finding.says.endswith(".")
    assert state(root) == before


def test_an_evidence_file_under_another_name_is_there(root: Path) -> None:
    path = original(root)
    path.rename(path.with_name(f"{path.name[:17]}same-content.csv"))
    assert codes(root) == set()


def test_what_reads_everything_can_be_left_out(root: Path) -> None:
    attachment_lost(root)
    edited(root)
    assert codes(root, quick=True) == set()


def test_a_clock_behind_the_record_is_found(root: Path) -> None:
    def early() -> datetime:
        return datetime.now(UTC) - timedelta(days=400)

    assert codes(root, clock=early) == {"clock-behind"}


def test_an_old_backup_is_noted_only_where_more_was_recorded_since(root: Path) -> None:
    def late() -> datetime:
        return datetime.now(UTC) + timedelta(days=30)

    assert codes(root, clock=late) == set()
    with Workspace(root).store() as store, store.write() as writer:
        writer.map_actor("A", "north")
    assert codes(root, clock=late) == {"backup-old"}


def test_space_that_runs_out_is_found(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage(root)
    for free, code in ((10, "no-space"), (folder.LEAST_FREE, "little-space")):
        monkeypatch.setattr(shutil, "disk_usage", lambda _, free=free: usage._replace(free=free))
        if code == "little-space":
            with (root / "evidence.sqlite").open("r+b") as file:
                file.truncate(folder.LEAST_FREE + 1)
        assert code in codes(root, quick=True)


def test_what_this_user_may_not_read_or_write_is_found(root: Path, unprivileged: Any) -> None:
    unprivileged.owns(root)
    (root / "attachments" / "originals").chmod(0o555)
    (root / "evidence.sqlite").chmod(0o444)
    with unprivileged():
        found = {(finding.code, finding.path) for finding in examine(root, quick=True).findings}
    assert ("not-writable", "attachments/originals") in found
    assert ("not-writable", "evidence.sqlite") in found
    (root / "accord.yaml").chmod(0)
    (root / "evidence.sqlite").chmod(0)
    with unprivileged():
        found = {(finding.code, finding.path) for finding in examine(root, quick=True).findings}
    assert ("accord-unreadable", "accord.yaml") in found
    assert ("not-readable", "evidence.sqlite") in found


def test_versions_that_are_too_old_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    assert {finding.code for finding in machine.examine_machine(sqlite=(3, 51, 3))} == set()
    assert {finding.code for finding in machine.examine_machine(sqlite=(3, 45, 0))} == {"sqlite-wal-reset"}
    assert {finding.code for finding in machine.examine_machine(sqlite=(3, 31, 1))} == {"sqlite-too-old"}
    assert "python-too-old" in {finding.code for finding in machine.examine_machine(python=(3, 9, 2))}
    real = metadata.version
    monkeypatch.setattr(metadata, "version", lambda name: "0.9" if name == "pyarrow" else real(name))
    (found,) = machine.examine_machine(sqlite=(3, 51, 3))
    assert (found.code, found.says) == ("library-too-old", "pyarrow 0.9 is installed; needed: >=19")


def test_repair_takes_away_what_is_stale_or_left_over_and_nothing_else(root: Path) -> None:
    cache(root)
    temporary(root)
    precious = state(root)
    diagnosis = examine(root, repair=True)
    assert len(diagnosis.repaired) == 3
    assert {finding.code for finding in diagnosis.findings} - MACHINE == set()
    gone = precious.keys() - state(root).keys()
    assert all("cache" in name or name.endswith(".part") for name in gone)
    assert not (root.parent / ".ws.abc.making").exists()


def test_repair_neither_migrates_nor_mends_a_record(root: Path) -> None:
    for spoil in (older, edited, damaged):
        shutil.copyfile(root / "evidence.sqlite", root.parent / "sound")
        spoil(root)
        before = (root / "evidence.sqlite").read_bytes()
        examine(root, repair=True)
        assert (root / "evidence.sqlite").read_bytes() == before
        shutil.copyfile(root.parent / "sound", root / "evidence.sqlite")


def test_a_record_that_another_process_writes_is_examined_all_the_same(root: Path) -> None:
    with Workspace(root).store() as store, store.write() as writer:
        writer.map_actor("A", "north")
        assert codes(root) <= {"leftover-wal"}


def test_what_is_no_workspace_is_said_to_be_none(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="no folder"):
        examine(tmp_path / "absent")
    with pytest.raises(NotFound, match="neither"):
        examine(tmp_path)


def test_open_accounts_and_the_key_of_shown_names_are_found(root: Path) -> None:
    with closing(AccountFile(root)):
        pass
    (root / NAMES_KEY).write_bytes(b"n" * 32)
    for name in (ACCOUNTS, NAMES_KEY):
        (root / name).chmod(0o600)
    assert "key-rights" not in {finding.code for finding in examine(root).findings}
    for name in (ACCOUNTS, NAMES_KEY):
        (root / name).chmod(0o644)
    said = [f.path for f in examine(root).findings if f.code == "key-rights"]
    assert said == [ACCOUNTS, NAMES_KEY]


def test_the_command_says_it_in_sentences_and_as_json_and_ends_with_3(
    root: Path, truceline: Truceline
) -> None:
    code, out, _ = truceline("doctor", root)
    assert code == 0
    assert "nothing is wrong" in out
    key_open(root)
    code, out, _ = truceline("doctor", root)
    assert code == 3
    assert "WRONG key-rights: the private key log.key can be read by others" in out
    assert f"What to do: chmod 600 {root / 'log.key'}" in out
    code, out, _ = truceline("doctor", root, "--json")
    document = json.loads(out)
    assert (code, document["ok"]) == (3, False)
    first = document["findings"][0]
    assert (first["code"], first["level"], first["path"]) == ("key-rights", WRONG, "log.key")


def test_every_code_is_explained_in_the_reference() -> None:
    text = PAGE.read_text("utf-8")
    rows = {line.split("`")[1]: line for line in text.splitlines() if line.startswith("| `")}
    assert rows.keys() == LEVELS.keys()
    assert [code for code in LEVELS if f"| {LEVELS[code]} |" not in rows[code]] == []


def test_log_verify_can_read_the_evidence_files_too(root: Path, truceline: Truceline) -> None:
    assert truceline("log", "verify", root, "--attachments")[0] == 0
    attachment_changed(root)
    assert truceline("log", "verify", root)[0] == 0
    code, out, _ = truceline("log", "verify", root, "--attachments", "--json")
    document = json.loads(out)
    assert (code, document["ok"], document["attachments_bad"][0]["what"]) == (3, False, "changed")

"""Backups: of one moment, whole or refused, restored only after everything was verified."""

import json
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from truceline.core.errors import Conflict, InvalidBackup, StoreUnavailable
from truceline.evidence.permissions import Role
from truceline.evidence.ports import Origin
from truceline.store.accounts import ACCOUNTS, NAMES_KEY, AccountFile
from truceline.store.backup import back_up, made_before, restore
from truceline.store.manifest import MANIFEST, read_manifest
from truceline.store.migrations.run import upgrade
from truceline.store.sqlite import SqliteStore
from truceline.store.workspace import Workspace
from truceline.transparency.keys import new_key_file

EVENTS = b"kind,date\nshelling,2018-10-01\n"


def entries(root: Path) -> dict[str, bytes]:
    return {str(p.relative_to(root)): p.read_bytes() for p in root.rglob("*") if p.is_file()}


@pytest.fixture
def workspace(tmp_path: Path, accord_file: Path, batch: Callable[..., Any]) -> Workspace:
    """A workspace with one observation from one file."""
    made = Workspace.create(tmp_path / "ws", accord_file)
    file = tmp_path / "events.csv"
    file.write_bytes(EVENTS)
    origin = Origin(file.name, sha256(EVENTS).hexdigest(), len(EVENTS), "csv")
    made.keep_original(file, origin)
    with made.store() as store:
        store.append(batch({"id": "a"}), origin=origin)
    return made


@pytest.fixture
def backup(workspace: Workspace, tmp_path: Path) -> Path:
    back_up(workspace, tmp_path / "backup")
    return tmp_path / "backup"


def test_a_backup_is_a_workspace_of_that_moment(
    workspace: Workspace, tmp_path: Path, batch: Callable[..., Any]
) -> None:
    with workspace.store() as store, store.write() as writer:
        writer.append([batch({"id": "uncommitted"})])  # another is in the middle of writing
        back_up(workspace, tmp_path / "backup")
    with workspace.store() as store:
        store.append(batch({"id": "later"}))
    restore(tmp_path / "backup", tmp_path / "restored")
    copy = Workspace.open(tmp_path / "restored")
    with copy.store() as store:
        assert store.observations()["id"].to_pylist() == ["a"]
        assert store.verify_log().ok
        store.append(batch({"id": "b"}))  # it goes on recording, under the same key
        assert store.verify_log().findings == []
    assert copy.accord().accord.id == "valley"
    assert (copy.root / "texts" / "announcement.txt").is_file()
    assert entries(copy.originals) == entries(workspace.originals) != {}


def test_accounts_are_copied_as_of_one_moment_and_never_given_away(
    workspace: Workspace, tmp_path: Path
) -> None:
    (workspace.root / NAMES_KEY).write_bytes(b"n" * 32)
    (workspace.root / NAMES_KEY).chmod(0o600)
    with closing(AccountFile(workspace.root)) as accounts:  # a server has it open: entries are in its log
        accounts.add("duty officer", Role.MONITOR, password="an argon2 hash", now=datetime.now(UTC))
        back_up(workspace, tmp_path / "kept")
        given = back_up(workspace, tmp_path / "given", without_keys=True)
    restore(tmp_path / "kept", tmp_path / "restored")
    with closing(AccountFile(tmp_path / "restored")) as copy:
        assert [account.name for account in copy.accounts()] == ["duty officer"]
    assert (tmp_path / "restored" / NAMES_KEY).read_bytes() == b"n" * 32
    assert (tmp_path / "restored" / ACCOUNTS).stat().st_mode & 0o077 == 0
    assert set(given.left_out) >= {ACCOUNTS, NAMES_KEY}
    everything = b"".join(entries(tmp_path / "given").values())
    assert b"an argon2 hash" not in everything
    assert b"n" * 32 not in everything


def test_nothing_that_exists_is_overwritten(workspace: Workspace, backup: Path, tmp_path: Path) -> None:
    before = entries(backup)
    with pytest.raises(Conflict, match="exists already"):
        back_up(workspace, backup)
    with pytest.raises(Conflict, match="exists already"):
        restore(backup, workspace.root)
    with pytest.raises(Conflict, match="inside the workspace"):
        back_up(workspace, workspace.root / "backup")
    assert entries(backup) == before


def test_a_backup_that_is_given_away_holds_no_private_key(workspace: Workspace, tmp_path: Path) -> None:
    new_key_file(workspace.root / "north.pem", "secret")
    (workspace.root / "notes.txt").write_text("a private key is -----BEGIN PRIVATE KEY-----")
    made = back_up(workspace, tmp_path / "given", without_keys=True)
    assert made.left_out == ("log.key", "north.pem")
    restore(tmp_path / "given", tmp_path / "theirs")
    for root in (tmp_path / "given", tmp_path / "theirs"):
        held = entries(root)
        assert "notes.txt" in held
        assert not any(content.startswith(b"-----BEGIN") for content in held.values())
    with Workspace.open(tmp_path / "theirs").store() as store:
        assert store.verify_log().ok
        with store.write() as writer:
            writer.map_actor("A", "north")  # a key is never made anew: what they record stays unsigned
    assert not (tmp_path / "theirs" / "log.key").exists()


def test_keys_stay_for_their_owner_only(backup: Path, tmp_path: Path) -> None:
    restore(backup, tmp_path / "restored")
    for root in (backup, tmp_path / "restored"):
        assert (root / "log.key").stat().st_mode & 0o777 == 0o600


def changed(backup: Path, how: str) -> None:
    manifest = json.loads((backup / MANIFEST).read_bytes())
    original = next((backup / "attachments/originals").iterdir())
    if how == "byte":
        flipped = bytearray((backup / "evidence.sqlite").read_bytes())
        flipped[len(flipped) // 2] ^= 1
        (backup / "evidence.sqlite").write_bytes(flipped)
    elif how == "cut":
        os.truncate(backup / "evidence.sqlite", 8192)
    elif how == "missing":
        original.unlink()
    elif how == "added":
        (backup / "attachments" / "new.txt").write_text("")
    elif how == "no manifest":
        (backup / MANIFEST).unlink()
    elif how == "manifest cut":
        os.truncate(backup / MANIFEST, (backup / MANIFEST).stat().st_size // 2)
    elif how == "manifest changed":
        (backup / MANIFEST).write_text(json.dumps(manifest | {"made_at": "2031-01-01T00:00:00Z"}))
    elif how == "link":
        data = original.read_bytes()
        original.unlink()
        (backup.parent / "elsewhere").write_bytes(data)
        original.symlink_to(backup.parent / "elsewhere")
    elif how == "written to":
        (backup / "evidence.sqlite-wal").write_bytes(b"x" * 4096)


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ("byte", "evidence.sqlite has other content"),
        ("cut", "evidence.sqlite has 8,192 bytes instead of"),
        ("missing", "events.csv is missing"),
        ("added", "new.txt is not in its manifest"),
        ("no manifest", "it has no backup.json"),
        ("manifest cut", "cut short or was changed"),
        ("manifest changed", "it was changed since"),
        ("link", "events.csv is missing"),
        ("written to", "written to since"),
    ],
)
def test_a_backup_that_is_cut_short_or_changed_is_refused_in_a_sentence_and_makes_nothing(
    backup: Path, tmp_path: Path, how: str, said: str
) -> None:
    changed(backup, how)
    before = sorted(tmp_path.iterdir())
    for target in (None, tmp_path / "restored"):
        with pytest.raises(InvalidBackup, match=said):
            restore(backup, target)
    assert sorted(tmp_path.iterdir()) == before


def renewed(backup: Path, **said: Any) -> None:
    """Writes the manifest anew over what the backup holds now, as somebody would on purpose."""
    manifest = read_manifest(backup)
    files = []
    for path in sorted(backup.rglob("*")):
        if path.is_file() and path.name != MANIFEST:
            held = type(manifest.files[0])(
                path.relative_to(backup).as_posix(),
                path.stat().st_size,
                sha256(path.read_bytes()).hexdigest(),
            )
            files.append(held)
    values = (
        {name: getattr(manifest, name) for name in type(manifest).__slots__} | {"files": tuple(files)} | said
    )
    type(manifest)(**values).write(backup)


def test_a_record_that_was_changed_is_refused_even_with_a_new_manifest(backup: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(backup / "evidence.sqlite")) as other:
        trigger = other.execute(
            "SELECT sql FROM sqlite_master WHERE name = 'observation_no_update'"
        ).fetchone()[0]
        other.execute("DROP TRIGGER observation_no_update")
        other.execute("UPDATE observation SET fatalities = 9")
        other.execute(trigger)
        other.commit()
    renewed(backup)
    with pytest.raises(InvalidBackup, match=r"not as it was recorded: observation 1"):
        restore(backup, tmp_path / "restored")


def test_an_evidence_file_that_was_changed_is_refused_even_with_a_new_manifest(
    backup: Path, tmp_path: Path
) -> None:
    original = next((backup / "attachments/originals").iterdir())
    original.chmod(0o644)
    original.write_bytes(EVENTS + b"shelling,2018-10-02\n")
    renewed(backup)
    with pytest.raises(InvalidBackup, match="does not hold what its record names"):
        restore(backup, None)


def test_what_was_missing_when_the_backup_was_made_is_told_and_does_not_stop_a_restore(
    workspace: Workspace, tmp_path: Path
) -> None:
    name = next(workspace.originals.iterdir()).relative_to(workspace.root).as_posix()
    (workspace.root / name).unlink()
    assert back_up(workspace, tmp_path / "backup").missing == (name,)
    assert restore(tmp_path / "backup", tmp_path / "restored").missing == (name,)
    with Workspace.open(tmp_path / "restored").store() as store:
        assert store.observations()["id"].to_pylist() == ["a"]


def test_a_path_that_leaves_the_backup_is_refused(backup: Path, tmp_path: Path) -> None:
    held = read_manifest(backup).files
    for name in ("../outside", "/etc/passwd", "a/../../b", "a\\..\\b", ""):
        manifest = read_manifest(backup)
        values = {slot: getattr(manifest, slot) for slot in type(manifest).__slots__}
        values["files"] = (*held, type(held[0])(name, 1, "00"))
        copy = tmp_path / "copy"
        shutil.copytree(backup, copy)
        type(manifest)(**values).write(copy)
        with pytest.raises(InvalidBackup, match="outside the backup"):
            restore(copy, None)
        shutil.rmtree(copy)


def test_a_backup_of_another_record_is_found_by_a_head_that_was_kept(
    workspace: Workspace, backup: Path, tmp_path: Path, accord_file: Path, batch: Callable[..., Any]
) -> None:
    with workspace.store() as store, store.log() as log:
        kept = log.head().note
    restore(backup, None, kept_head=kept)
    other = Workspace.create(tmp_path / "other", accord_file)
    back_up(other, tmp_path / "other-backup")
    with pytest.raises(InvalidBackup, match="of another log"):
        restore(tmp_path / "other-backup", None, kept_head=kept)


def test_a_backup_remembers_in_the_workspace_that_it_was_made_and_does_not_hold_that_itself(
    workspace: Workspace, backup: Path
) -> None:
    (made,) = made_before(workspace)
    assert made["target"] == str(backup)
    assert made["made_at"] == read_manifest(backup).made_at
    assert made_before(Workspace(backup)) == []


def test_a_backup_of_an_older_version_is_migrated_as_it_is_restored(
    backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (backup / "evidence.sqlite").unlink()
    with monkeypatch.context() as older:
        older.setattr("truceline.store.engine.HEAD", "0002")
        older.setattr(
            "truceline.store.migrations.run.upgrade", lambda connection: upgrade(connection, "0002")
        )
        SqliteStore(backup / "evidence.sqlite").close()
    with closing(sqlite3.connect(backup / "evidence.sqlite")) as other:
        other.execute("INSERT INTO entry VALUES (1, 1538352000000000, 'actor-mapping', x'00', x'00')")
        other.execute("INSERT INTO actor_mapping VALUES (1, 'A', 'north', NULL)")
        other.commit()
    renewed(backup, schema="0002")
    restore(backup, tmp_path / "restored")
    with Workspace.open(tmp_path / "restored").store() as store:
        assert [judged.name for judged in store.actor_mappings()] == ["A"]
        assert store.verify_log().ok


def test_a_workspace_file_that_cannot_be_read_is_named(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.open

    def refuse(self: Path, *args: Any, **kwargs: Any) -> Any:
        if self == workspace.root / "line.geojson":
            raise PermissionError(13, "Permission denied", str(self))
        return real(self, *args, **kwargs)

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(StoreUnavailable, match=r"line\.geojson cannot be read"):
        back_up(workspace, tmp_path / "backup")
    assert not (tmp_path / "backup").exists()

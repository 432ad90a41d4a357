"""The workspace: made whole or not at all, portable, and keeping what it was given."""

import shutil
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from truceline.core.durable import MAKING, folder_in_place
from truceline.core.errors import Conflict, InvalidAccord, InvalidEvidence, NotFound
from truceline.evidence.ports import Origin
from truceline.store.workspace import Workspace


def test_a_workspace_takes_along_the_accord_and_every_file_it_names(
    tmp_path: Path, accord_file: Path
) -> None:
    workspace = Workspace.create(tmp_path / "deep" / "ws", accord_file)
    found = {str(p.relative_to(workspace.root)) for p in workspace.root.rglob("*") if p.is_file()}
    assert found == {
        "accord.yaml", "texts/announcement.txt", "line.geojson", "other/line.geojson", "evidence.sqlite",
        "log.key",
    }  # fmt: skip
    assert workspace.accord_path.read_bytes() == accord_file.read_bytes()
    assert workspace.originals.is_dir()
    with workspace.store() as store:
        assert [version.content for version in store.accord_versions()] == [accord_file.read_text()]


def test_what_exists_is_not_overwritten(tmp_path: Path, accord_file: Path) -> None:
    (tmp_path / "ws").mkdir()
    (tmp_path / "ws" / "precious.txt").write_text("mine")
    with pytest.raises(Conflict, match="exists already"):
        Workspace.create(tmp_path / "ws", accord_file)
    assert [p.name for p in (tmp_path / "ws").iterdir()] == ["precious.txt"]
    (tmp_path / "file").write_text("")
    with pytest.raises(Conflict, match="exists already"):
        Workspace.create(tmp_path / "file", accord_file)


def test_an_empty_folder_may_become_the_workspace(tmp_path: Path, accord_file: Path) -> None:
    (tmp_path / "ws").mkdir()
    assert Workspace.create(tmp_path / "ws", accord_file).accord().accord.id == "valley"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("line.geojson", "../outside.geojson", "outside its own folder"),
        ("texts/announcement.txt", "/etc/hostname", "outside its own folder"),
        ("texts/announcement.txt", "texts/absent.txt", "does not exist"),
        ("version: 1", "version: none", "version"),
        ("role: side}", "role: side, member_of: [nobody]}", "nobody"),
    ],
)
def test_an_accord_that_cannot_be_taken_along_makes_no_workspace(
    tmp_path: Path, accord_file: Path, old: str, new: str, said: str
) -> None:
    (tmp_path / "outside.geojson").write_text("{}")
    accord_file.write_text(accord_file.read_text().replace(old, new, 1))
    before = sorted(tmp_path.iterdir())
    with pytest.raises(InvalidAccord, match=said):
        Workspace.create(tmp_path / "ws", accord_file)
    assert sorted(tmp_path.iterdir()) == before


def test_what_is_no_workspace_is_said_to_be_none(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="there is no workspace"):
        Workspace.open(tmp_path / "absent")
    with pytest.raises(NotFound, match="not a workspace"):
        Workspace.open(tmp_path)


def test_a_copied_workspace_works_elsewhere(
    tmp_path: Path, accord_file: Path, batch: Callable[..., Any]
) -> None:
    first = Workspace.create(tmp_path / "ws", accord_file)
    with first.store() as store:
        store.append(batch({"id": "a"}))
        store.observations()
    shutil.copytree(first.root, tmp_path / "stick" / "ws")
    shutil.rmtree(first.root)
    copy = Workspace.open(tmp_path / "stick" / "ws")
    with copy.store() as store:
        store.append(batch({"id": "b"}))
        assert store.observations()["id"].to_pylist() == ["a", "b"]


def test_a_closed_workspace_is_one_database_file(
    tmp_path: Path, accord_file: Path, batch: Callable[..., Any]
) -> None:
    workspace = Workspace.create(tmp_path / "ws", accord_file)
    with workspace.store() as store:
        store.append(batch({"id": "a"}))
    assert [p.name for p in workspace.root.glob("evidence*")] == ["evidence.sqlite"]


def test_an_original_is_kept_by_its_content_and_once(tmp_path: Path, accord_file: Path) -> None:
    workspace = Workspace.create(tmp_path / "ws", accord_file)
    file = tmp_path / "events.csv"
    file.write_bytes(b"kind,date\n")
    origin = Origin(file.name, sha256(b"kind,date\n").hexdigest(), 10)
    kept = workspace.keep_original(file, origin)
    assert kept is not None
    assert kept.read_bytes() == b"kind,date\n"
    assert kept.parent == workspace.originals
    assert workspace.keep_original(file, origin) is None


def test_a_file_that_changes_while_it_is_read_is_not_kept(tmp_path: Path, accord_file: Path) -> None:
    workspace = Workspace.create(tmp_path / "ws", accord_file)
    file = tmp_path / "events.csv"
    file.write_text("other")
    with pytest.raises(InvalidEvidence, match="changed while it was read"):
        workspace.keep_original(file, Origin(file.name, "ab" * 32, 5))
    assert list(workspace.originals.iterdir()) == []


def test_a_copy_that_another_process_recorded_since_is_not_taken_away(
    tmp_path: Path, accord_file: Path, batch: Callable[..., Any]
) -> None:
    workspace = Workspace.create(tmp_path / "ws", accord_file)
    kept = {}
    for name in ("recorded.csv", "given-up.csv"):
        file = tmp_path / name
        file.write_text(name)
        origin = Origin(name, sha256(name.encode()).hexdigest(), len(name))
        kept[name] = workspace.keep_original(file, origin)
        if name == "recorded.csv":
            with workspace.store() as store:
                store.append(batch({"id": "a"}), origin=origin)
    workspace.drop_unrecorded([path for path in kept.values() if path])
    assert [path.name.partition("-")[2] for path in workspace.originals.iterdir()] == ["recorded.csv"]


def test_what_a_killed_process_was_making_is_cleared_away_and_what_a_living_one_makes_is_not(
    tmp_path: Path, accord_file: Path
) -> None:
    left = tmp_path / f".ws.abc{MAKING}"
    left.mkdir()
    (left / "half").write_text("")
    other = tmp_path / f".ws2.abc{MAKING}"
    other.mkdir()
    with folder_in_place(tmp_path / "ws") as living:
        assert not left.exists()
        Workspace.create(tmp_path / "ws", accord_file)
        assert living.is_dir()
        shutil.rmtree(tmp_path / "ws")
    assert other.is_dir()

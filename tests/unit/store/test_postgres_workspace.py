"""Workspaces whose record is on a server: moved there and back, backed up, worked with by the commands."""

import json
import multiprocessing
import shutil
from pathlib import Path
from typing import Any

import pytest

from truceline.app import access
from truceline.app.ingest import ingest
from truceline.cli.main import run
from truceline.core.errors import Conflict, InvalidInput, NotFound, StoreUnavailable
from truceline.store.backup import back_up, restore
from truceline.store.moving import move
from truceline.store.postgres.store import PostgresStore
from truceline.store.sqlite import SqliteStore
from truceline.store.workspace import EVIDENCE, Workspace

pytestmark = pytest.mark.slow

OLD = Path(__file__).parents[2] / "data" / "store" / "schema-0002.sqlite"
DUMPS = OLD.parent
FORK = multiprocessing.get_context("fork")


@pytest.fixture
def workspace(tmp_path: Path, idlib: Path) -> Workspace:
    made = Workspace.create(tmp_path / "w", idlib / "accord.yaml")
    ingest(made, [idlib / "reported-events.csv"])
    return made


def state(workspace: Workspace) -> Any:
    with workspace.store() as store:
        assert store.verify_log().findings == []
        with store.log() as log:
            origin, head = log.origin, log.head()
        return origin, head, store.observations(), store.ingests(), store.accord_versions()


def test_a_record_moves_to_a_server_and_back_with_its_log_and_is_written_on_there(
    workspace: Workspace, empty_url: str, idlib: Path
) -> None:
    before = state(workspace)
    there = move(workspace, empty_url)
    assert state(workspace) == before
    assert (there.origin, there.size, there.root) == (before[0], before[1].size, before[1].root)
    assert not (workspace.root / EVIDENCE).exists()
    with workspace.store() as store, store.write() as writer:
        assert isinstance(store, PostgresStore)
        writer.map_actor("A", None)
    later = state(workspace)
    assert later[1].size > before[1].size
    with pytest.raises(Conflict, match="already"):
        move(workspace, empty_url)
    move(workspace, None)
    assert state(workspace) == later
    with workspace.store() as store, store.log() as log:
        assert isinstance(store, SqliteStore)
        assert before[1].note is not None
        assert log.prove_continues(before[1].note)["consistency"]
    # What was left on the server cannot be taken for the record.
    with pytest.raises(NotFound):
        PostgresStore(empty_url)


def test_a_record_is_not_moved_over_another(workspace: Workspace, record_url: str) -> None:
    before = state(workspace)
    with pytest.raises(Conflict, match="there is a record"):
        move(workspace, record_url)
    assert state(workspace) == before


def test_a_record_that_was_tampered_with_is_not_moved(
    workspace: Workspace, empty_url: str, tmp_path: Path
) -> None:
    with workspace.store() as store, store._writing() as connection:
        connection.exec_driver_sql("DROP TRIGGER observation_no_update")
        connection.exec_driver_sql("UPDATE observation SET fatalities = 99 WHERE seq = 3")
    with pytest.raises(StoreUnavailable, match="not whole"):
        move(workspace, empty_url)
    assert workspace.store_address is None
    assert (workspace.root / EVIDENCE).exists()


def test_a_real_file_of_an_older_version_moves_to_a_server(
    tmp_path: Path, idlib: Path, empty_url: str
) -> None:
    workspace = Workspace.create(tmp_path / "w", idlib / "accord.yaml")
    shutil.copy(OLD, workspace.root / EVIDENCE)
    (workspace.root / "log.key").unlink()
    before = state(workspace)
    assert before[2].num_rows == 301
    move(workspace, empty_url)
    assert state(workspace) == before


def test_a_backup_of_a_record_on_a_server_restores_to_a_workspace_that_needs_none(
    tmp_path: Path, idlib: Path, empty_url: str
) -> None:
    workspace = Workspace.create(tmp_path / "w", idlib / "accord.yaml", store=empty_url)
    ingest(workspace, [idlib / "reported-events.csv"])
    before = state(workspace)
    back_up(workspace, tmp_path / "backup")
    restore(tmp_path / "backup", tmp_path / "restored")
    restored_workspace = Workspace.open(tmp_path / "restored")
    assert restored_workspace.store_address is None
    assert state(restored_workspace) == before


def test_commands_work_on_a_record_on_a_server_as_on_a_file(
    tmp_path: Path, idlib: Path, empty_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    def call(*arguments: object) -> str:
        with pytest.raises(SystemExit) as end:
            run([str(argument) for argument in arguments])
        said = capsys.readouterr()
        assert end.value.code == 0, said.err
        return said.out

    results = []
    for name, options in (("file", ()), ("server", ("--store", empty_url))):
        folder = tmp_path / name / "w"
        call("init", folder, "--accord", idlib / "accord.yaml", *options)
        call("ingest", folder, idlib / "reported-events.csv", "--json")
        call("actors", "map", folder, "HTS", "hts", "--json")
        assert '"ok": true' in call("log", "verify", folder, "--json")
        call("log", "prove", folder, "entry:1", "-o", tmp_path / name / "proof.json")
        assert json.loads(call("doctor", folder, "--json"))["ok"]
        results.append(call("assess", folder, "--as-of", "2018-10-16", "--json"))
    assert (tmp_path / "server" / "w" / "workspace.yaml").exists()
    assert len(results[0]) > 1000
    statuses = [[line for line in text.splitlines() if '"status"' in line] for text in results]
    assert statuses[0] == statuses[1]


def test_a_second_workspace_is_not_made_over_a_record(tmp_path: Path, idlib: Path, empty_url: str) -> None:
    Workspace.create(tmp_path / "w", idlib / "accord.yaml", store=empty_url)
    with pytest.raises(Conflict, match="there is a record"):
        Workspace.create(tmp_path / "v", idlib / "accord.yaml", store=empty_url)
    assert not (tmp_path / "v").exists()


@pytest.mark.parametrize(
    "text", ["store: 7", "database: x", "- store", "store: [", "\xff", "store: postgresql://u:p@h/d"]
)
def test_a_settings_file_that_says_something_else_is_named(tmp_path: Path, idlib: Path, text: str) -> None:
    workspace = Workspace.create(tmp_path / "w", idlib / "accord.yaml")
    (workspace.root / "workspace.yaml").write_text(text, "latin-1")
    with pytest.raises(InvalidInput):
        workspace.store()


def test_a_move_that_was_interrupted_is_told_of_and_can_be_run_again(
    workspace: Workspace, empty_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Cut(Exception):
        pass

    def cut(*_: object) -> None:
        raise Cut

    before = state(workspace)
    with monkeypatch.context() as interrupted:
        interrupted.setattr("truceline.store.moving.write_store_address", cut)
        with pytest.raises(Cut):
            move(workspace, empty_url)
    assert state(workspace) == before  # still in the folder
    with pytest.raises(Conflict, match="already") as told:
        move(workspace, empty_url)
    assert "interrupted" in str(told.value.hint)
    other = empty_url + "&schema=other"
    move(workspace, other)
    with monkeypatch.context() as interrupted:
        interrupted.setattr("truceline.store.moving.write_store_address", cut)
        with pytest.raises(Cut):
            move(workspace, None)
    assert state(workspace) == before  # still on the server
    with pytest.raises(Conflict, match="not the record") as told:
        move(workspace, None)
    assert "interrupted" in str(told.value.hint)
    (workspace.root / EVIDENCE).unlink()
    move(workspace, None)
    assert state(workspace) == before
    assert not list(workspace.root.glob(".*"))


def test_a_record_with_roles_moves_away_and_back_and_gets_them_anew(
    workspace: Workspace, postgres: Any
) -> None:
    def whole() -> bool:
        with workspace.store() as store:
            return store.verify_log().ok

    try:
        with postgres.database() as name:
            address = f"{postgres.url(name)}&schema=moving"
            move(workspace, address)
            made = access.set_up_roles(workspace)
            assert whole()
            move(workspace, None)
            assert whole()
            move(workspace, address)
            assert whole()  # there are no roles of this record as yet
            assert access.set_up_roles(workspace) == made
            assert whole()
            with postgres.connect(name) as connection:
                connection.execute("ALTER TABLE moving.observation DISABLE ROW LEVEL SECURITY")
            assert not whole()
    finally:
        with postgres.connect() as connection:
            roles = connection.execute("SELECT rolname FROM pg_roles WHERE rolname LIKE 'moving%'").fetchall()
            for (role,) in roles:
                connection.execute(f'DROP ROLE "{role}"')

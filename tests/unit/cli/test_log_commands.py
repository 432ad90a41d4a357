"""``truceline log``: verify, head, prove and the verifier, as a user runs them."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from truceline.app.ingest import ingest
from truceline.cli.main import run
from truceline.standalone.verify import verify
from truceline.store.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path, idlib: Path) -> Workspace:
    made = Workspace.create(tmp_path / "w", idlib / "accord.yaml")
    ingest(made, [idlib / "reported-events.csv"])
    return made


def call(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, Any, str]:
    with pytest.raises(SystemExit) as end:
        run([str(argument) for argument in arguments])
    said = capsys.readouterr()
    return int(str(end.value.code)), json.loads(said.out) if "--json" in arguments else said.out, said.err


def test_a_whole_record_is_said_to_be_so(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    code, said, _ = call(capsys, "log", "verify", workspace.root, "--json")
    assert (code, said["ok"], said["first_bad"], said["bad"]) == (0, True, None, [])
    assert said["size"] == said["signed_size"] > 29
    assert len(said["root"]) == 64
    code, text, _ = call(capsys, "log", "verify", workspace.root)
    assert code == 0
    assert "complete and unchanged" in text


def test_a_changed_row_is_named_with_exit_code_3(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    with closing(sqlite3.connect(workspace.root / "evidence.sqlite")) as other:
        other.execute("DROP TRIGGER observation_no_update")
        other.execute("UPDATE observation SET fatalities = 0 WHERE seq = 23")
        other.commit()
    code, said, _ = call(capsys, "log", "verify", workspace.root, "--json")
    assert (code, said["ok"]) == (3, False)
    assert ("observation", 23) in {(bad["table"], bad["row"]) for bad in said["bad"]}
    code, text, _ = call(capsys, "log", "verify", workspace.root)
    assert code == 3
    assert "observation 23: the row, or its leaf, was changed" in text


def test_a_proof_is_written_that_the_verifier_accepts(
    workspace: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = tmp_path / "head.txt"
    assert call(capsys, "log", "head", workspace.root, "-o", kept)[0] == 0
    key = call(capsys, "log", "head", workspace.root, "--json")[1]["keys"][0]
    events = tmp_path / "more.csv"
    events.write_text("id,kind,date,lon,lat,source\nm1,shelling,2018-10-20,36.5,35.5,wire\n")
    ingest(workspace, [events])
    with workspace.store() as store:
        id = store.observations()["id"].to_pylist()[-1]
    proof = tmp_path / "proof.json"
    call(capsys, "log", "prove", workspace.root, id, "--from-head", kept, "-o", proof)
    proved = verify(proof.read_text(), key, kept.read_text())
    assert proved["content"]["id"] == id
    withheld = call(capsys, "log", "prove", workspace.root, id, "--withhold", "--json")[1]
    assert verify(json.dumps(withheld), key)["content"] is None
    assert call(capsys, "log", "verify", workspace.root, "--head", kept, "--key", key)[0] == 0
    _, source, _ = call(capsys, "log", "verifier")
    assert source.startswith("#!/usr/bin/env python3")


def test_what_cannot_be_proved_or_read_is_said_in_a_sentence(
    workspace: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, said, _ = call(capsys, "log", "prove", workspace.root, "no-such-thing", "--json")
    assert (code, said["code"]) == (2, "not-found")
    code, said, _ = call(capsys, "log", "prove", workspace.root, "--json")
    assert (code, said["code"]) == (2, "invalid-input")
    (tmp_path / "head").write_text("nothing\n")
    code, said, _ = call(capsys, "log", "verify", workspace.root, "--head", tmp_path / "head", "--json")
    assert (code, said["code"]) == (2, "invalid-input")
    code, said, _ = call(capsys, "log", "verify", workspace.root, "--key", "x", "--json")
    assert (code, said["code"]) == (2, "invalid-input")

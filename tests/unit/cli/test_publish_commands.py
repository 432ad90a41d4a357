"""``assess --publish``: what is recorded, and what a later assessment says of it."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from truceline.cli.main import run
from truceline.store.workspace import Workspace

Call = Callable[..., tuple[int, Any]]
HEAD = "id,kind,date,lon,lat,error_m,actor,source,reliability,credibility\n"
FIRST = "1,shelling,2018-10-20,36.4,35.6,500,Syrian army,radio,B,2\n"
SECOND = "2,shelling,2018-10-22,36.4,35.6,500,Syrian army,paper,A,1\n"
WHO = ("--author", "A. Analyst")


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Call:
    monkeypatch.delenv("TRUCELINE_AUTHOR", raising=False)

    def made(*arguments: object) -> tuple[int, Any]:
        with pytest.raises(SystemExit) as end:
            run([str(argument) for argument in (*arguments, "--json")])
        return int(str(end.value.code)), json.loads(capsys.readouterr().out)

    return made


@pytest.fixture
def mission(tmp_path: Path, idlib: Path, call: Call) -> Path:
    Workspace.create(tmp_path / "w", idlib / "accord.yaml")
    (tmp_path / "e.csv").write_text(HEAD + FIRST)
    assert call("ingest", tmp_path / "w", tmp_path / "e.csv")[0] == 0
    return tmp_path / "w"


def test_a_published_assessment_is_kept_and_what_changed_since_is_said_with_its_reasons(
    mission: Path, call: Call, tmp_path: Path
) -> None:
    def assess(*more: object) -> dict[str, Any]:
        code, said = call("assess", mission, "--as-of", "2018-12-31", *more)
        assert code == 0, said
        return dict(said)

    assert assess()["since_published"] is None
    assert call("assess", mission, "--publish")[0] == 2
    made = assess("--publish", *WHO)
    id = made["published"]["publication"]
    with Workspace.open(mission).store(read_only=True) as store:
        (kept,) = store.publications()
    assert hashlib.sha256(kept.content.encode()).hexdigest() == made["published"]["sha256"] == kept.sha256
    told = {one["id"]: one for one in json.loads(kept.content)["obligations"]}
    for one in made["obligations"]:
        assert told[one["id"]]["status"] == one["status"]
        assert told[one["id"]]["probability"] == one["probability"]
    assert call("explain", mission, id)[1]["assessment"]["as_of"] == made["as_of"]
    assert call("log", "prove", mission, id)[0] == 0
    assert assess()["since_published"]["changed"] == []

    (tmp_path / "f.csv").write_text(HEAD + SECOND)
    call("ingest", mission, tmp_path / "f.csv")
    since = assess()["since_published"]
    (fire,) = (one for one in since["changed"] if one["id"] == "no-military-action")
    (new,) = fire["why"]["new_evidence"]
    assert since["publication"] == id
    assert fire["to"]["p_breached"] > fire["from"]["p_breached"]
    assert set(fire["why"]) <= {"new_evidence", "no_longer_listed"}
    assert since["asked_otherwise"] == {}

    first = told["no-military-action"]["evidence"][0]
    call("correct", "retract", mission, new, *WHO, "--reason", "wrong day")
    call("correct", "dispute", mission, first, *WHO, "--party", "turkey", "--reason", "no")
    since = assess()["since_published"]
    (fire,) = (one for one in since["changed"] if one["id"] == "no-military-action")
    assert (fire["to"]["status"], len(fire["why"]["corrections"])) == ("disputed", 1)

    (mission / "accord.yaml").write_text((mission / "accord.yaml").read_text() + "\n# a comment\n")
    _, other = call("assess", mission, "--as-of", "2018-11-30")
    assert set(other["since_published"]["asked_otherwise"]) == {"accord_sha256", "as_of"}
    assert call("assess", mission, "--known-at", "2018-12-31")[1]["since_published"] is None
    actions = call("log", "actions", mission)[1]["actions"]
    assert [one["command"] for one in actions] == ["assess", "correct retract", "correct dispute"]
    assert call("log", "verify", mission)[0] == 0

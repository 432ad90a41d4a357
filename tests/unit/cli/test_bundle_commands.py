"""``truceline bundle`` and ``truceline office`` as two offices run them, one after the other."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from truceline.app.ingest import ingest
from truceline.cli.main import run
from truceline.standalone.verify import verify
from truceline.store.moving import move
from truceline.store.workspace import Workspace


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, idlib: Path) -> Path:
    folder = tmp_path_factory.mktemp("offices")
    for name in ("hama", "aleppo"):
        Workspace.create(folder / name, idlib / "accord.yaml")
    ingest(Workspace.open(folder / "hama"), [idlib / "reported-events.csv"])
    return folder


@pytest.fixture
def offices(made: Path, tmp_path: Path, kept: str | None) -> Path:
    for name in ("hama", "aleppo"):
        shutil.copytree(made / name, tmp_path / name)
        if kept is not None:
            move(Workspace.open(tmp_path / name), f"{kept}&schema={name}")
    return tmp_path


def call(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, Any, str]:
    with pytest.raises(SystemExit) as end:
        run([str(argument) for argument in arguments])
    said = capsys.readouterr()
    return int(str(end.value.code)), json.loads(said.out) if "--json" in arguments else said.out, said.err


@pytest.mark.parametrize("kept", ["file", "server"], indirect=True)
def test_from_first_contact_to_what_is_new(offices: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hama, aleppo, file = offices / "hama", offices / "aleppo", offices / "1.tcb"
    code, made, _ = call(capsys, "bundle", "export", hama, "-o", file, "--json")
    assert (code, made["files"], len(made["originals"])) == (0, [str(file)], 1)
    code, _, error = call(capsys, "bundle", "import", aleppo, file)
    assert code == 2
    assert "not confirmed" in error
    code, said, _ = call(capsys, "bundle", "inspect", file, "--json")
    assert said["signed"]
    [key] = said["logs"][0]["keys"]
    code, trusted, _ = call(capsys, "office", "trust", aleppo, "--name", "hama", "--key", key, "--json")
    assert (code, trusted["trusted"]) == (0, True)
    code, taken, _ = call(capsys, "bundle", "import", aleppo, file, "--json")
    assert (code, taken["ok"], taken["office"], taken["accord_differs"]) == (0, True, "hama", False)
    assert taken["added"]["observation"] == 29
    code, text, _ = call(capsys, "bundle", "import", aleppo, file)
    assert "nothing new" in text
    code, listed, _ = call(capsys, "office", "list", aleppo, "--json")
    assert [(one["name"], one["held"] > 29, one["forks"]) for one in listed["offices"]] == [
        ("hama", True, [])
    ]
    code, told, _ = call(capsys, "office", "list", aleppo)
    assert key in told
    with Workspace.open(aleppo).store() as store:
        id = store.observations()["id"][0].as_py()
    code, why, _ = call(capsys, "explain", aleppo, id, "--as-of", "2018-10-15", "--json")
    assert [one["office"] for one in why["recorded_by"]] == ["hama"]


@pytest.mark.parametrize("kept", ["file", "server"], indirect=True)
def test_a_fork_ends_with_3_and_shows_evidence_that_the_verifier_accepts(
    offices: Path, made: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hama, aleppo = offices / "hama", offices / "aleppo"
    shutil.copytree(made / "hama", offices / "copy")
    for number, one in enumerate((hama, offices / "copy")):
        (offices / "more.csv").write_text(
            f"kind,date,lon,lat,source,report\nshelling,2018-09-0{number + 1},36.1,35.5,post,x\n"
        )
        ingest(Workspace.open(one), [offices / "more.csv"])
        call(capsys, "bundle", "export", one, "-o", offices / f"{number}.tcb")
    _, head, _ = call(capsys, "log", "head", hama, "--json")
    key = head["keys"][0]
    code, _, _ = call(capsys, "bundle", "import", aleppo, offices / "0.tcb", "--name", "hama", "--key", key)
    assert code == 0
    code, taken, _ = call(capsys, "bundle", "import", aleppo, offices / "1.tcb", "--json")
    assert (code, taken["ok"], taken["added"]) == (3, False, {})
    assert verify(taken["logs"][0]["fork"], key)["forked"]
    code, told, _ = call(capsys, "office", "list", aleppo)
    assert "FORKED" in told


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["import", "{w}", "{w}/accord.yaml"], "not a part of a bundle"),
        (["import", "{w}", "nowhere.tcb"], "no file"),
        (["import", "{w}", "x.tcb", "--name", "a"], "--name and --key"),
        (["import", "{w}", "x.tcb", "--name", "a", "--key", "k"], "verifier key"),
        (["export", "{w}", "-o", "{w}/x.tcb", "--part-size", "lots"], "--part-size"),
        (["export", "{w}", "-o", "{w}/x.tcb", "--part-size", "1k"], "65536 or more"),
        (["export", "{w}", "-o", "{w}/x.tcb", "--for", "nobody"], "no office is called nobody"),
        (["export", "{w}", "-o", "{w}/x.tcb", "--since", "{w}/accord.yaml"], "signed head"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    made: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    code, _, error = call(capsys, "bundle", *(argument.format(w=made / "aleppo") for argument in arguments))
    assert code == 2
    assert said in error
    assert "Traceback" not in error

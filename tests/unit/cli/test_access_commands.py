"""``truceline access`` and ``truceline store``, as a user runs them."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from truceline.app.ingest import ingest
from truceline.cli.main import run
from truceline.store.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path, idlib: Path) -> Workspace:
    made = Workspace.create(tmp_path / "w", idlib / "accord.yaml")
    ingest(made, [idlib / "reported-events.csv"])
    return made


@pytest.fixture
def empty_url(postgres: Any) -> Iterator[str]:
    with postgres.database("template0") as name:
        with postgres.connect(name) as connection:
            connection.execute("CREATE EXTENSION postgis")
        yield postgres.url(name) + "&schema=cli_valley"
        roles = "SELECT rolname FROM pg_roles WHERE rolname LIKE 'cli\\_valley\\_%'"
        with postgres.connect(name) as connection:
            for (role,) in connection.execute(roles).fetchall():
                connection.execute(f'DROP OWNED BY "{role}"')
                connection.execute(f'DROP ROLE "{role}"')


def call(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, Any, str]:
    with pytest.raises(SystemExit) as end:
        run([str(argument) for argument in arguments])
    said = capsys.readouterr()
    return int(str(end.value.code)), json.loads(said.out) if "--json" in arguments else said.out, said.err


SAID = ("--author", "A. Analyst", "--reason", "asked for")


def test_a_submission_is_restricted_listed_and_released(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    root = workspace.root
    before = call(capsys, "assess", root, "--as-of", "2018-10-20", "--json")[1]
    code, said, _ = call(
        capsys, "access", "restrict", root, "--source", "L", "--party", "turkey", *SAID, "--json"
    )
    assert (code, said["act"], said["party"], said["author"]) == (0, "restrict", "turkey", "A. Analyst")
    assert call(capsys, "access", "list", root, "--json")[1]["restricted"] == [
        {"subject": "source", "target": "L", "party": "turkey"}
    ]
    # It counts as before, and the log holds who did it.
    after = call(capsys, "assess", root, "--as-of", "2018-10-20", "--json")[1]
    assert [one["status"] for one in after["obligations"]] == [one["status"] for one in before["obligations"]]
    assert call(capsys, "log", "verify", root)[0] == 0
    assert "is open again" in call(capsys, "access", "release", root, "--source", "L", *SAID)[1]
    assert "Nothing is restricted" in call(capsys, "access", "list", root)[1]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("restrict", "--source", "L", "--party", "atlantis"), "no party of the accord"),
        (("restrict", "--observation", "obs-none"), "no observation"),
        (("restrict", "--source", "L", "--observation", "o"), "either --source"),
        (("restrict",), "either --source"),
        (("release", "--source", "L"), "is not restricted"),
    ],
)
def test_what_cannot_be_restricted_is_said(
    workspace: Workspace, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], sentence: str
) -> None:
    act, *rest = arguments
    code, _, said = call(capsys, "access", act, workspace.root, *rest, *SAID)
    assert code == 2
    assert sentence in " ".join(said.split())


def test_a_file_has_no_roles(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, said = call(capsys, "access", "roles", workspace.root)
    assert code == 2
    assert "store move" in " ".join(said.split())


def test_a_record_is_moved_to_a_server_and_roles_are_made_for_its_parties(
    workspace: Workspace, empty_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    root = workspace.root
    size = call(capsys, "log", "verify", root, "--json")[1]["size"]
    code, said, _ = call(capsys, "store", "move", root, "--to", empty_url, "--json")
    assert (code, said["size"], said["to"]) == (0, size, empty_url)
    roles = call(capsys, "access", "roles", root, "--json")[1]["roles"]
    assert {one["audience"] for one in roles} == {
        "public", "observer", "liaison", "analyst", "monitor", "administrator",
    }  # fmt: skip
    parties = {one.id for one in workspace.accord().parties}
    assert {one["party"] for one in roles if one["audience"] == "liaison"} == parties
    code, checked, _ = call(capsys, "log", "verify", root, "--json")
    assert (code, checked["ok"]) == (0, True)
    assert checked["size"] > size  # which roles and policies were made is in the log
    assert "evidence.sqlite" in call(capsys, "store", "move", root, "--to", "sqlite")[1]
    back = call(capsys, "log", "verify", root, "--json")[1]
    assert (back["size"], back["root"]) == (checked["size"], checked["root"])
    code, _, said = call(capsys, "store", "move", root, "--to", "sqlite")
    assert code == 2
    assert "already" in said

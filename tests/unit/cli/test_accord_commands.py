from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from truceline.cli.main import run

EXAMPLES = Path(__file__).parents[3] / "examples"
IDLIB = EXAMPLES / "idlib-2018"


def truceline(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as exit_:
        run(arguments)
    out, err = capsys.readouterr()
    return int(exit_.value.code or 0), out, err


def document(out: str) -> Any:
    return json.loads(out)


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    shutil.copytree(IDLIB, tmp_path / "idlib")
    path = tmp_path / "idlib" / "accord.yaml"
    text = path.read_text(encoding="utf-8")
    text = text.replace("parties: [opposition]", "parties: [oposition]").replace(
        "min: 15000", "min: 25000", 1
    )
    path.write_text(text, encoding="utf-8")
    return path


def test_a_valid_accord_is_said_to_be_valid(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = truceline(capsys, "validate", str(IDLIB / "accord.yaml"))
    assert (code, err) == (0, "")
    assert out.replace("\n", " ").endswith("valid (14 provisions) ")


def test_every_example_is_valid_with_json(capsys: pytest.CaptureFixture[str]) -> None:
    for path in sorted(EXAMPLES.glob("*/accord*.yaml")):
        code, out, _ = truceline(capsys, "validate", str(path), "--json")
        answer = document(out)
        assert (code, answer["valid"], answer["errors"], answer["warnings"]) == (0, True, [], []), path


def test_all_faults_come_with_path_line_and_message_and_exit_code_2(
    capsys: pytest.CaptureFixture[str], broken: Path
) -> None:
    code, out, _ = truceline(capsys, "validate", str(broken), "--json")
    answer = document(out)
    assert (code, answer["valid"]) == (2, False)
    lines = broken.read_text(encoding="utf-8").splitlines()
    by_code = {error["code"]: error for error in answer["errors"]}
    assert set(by_code) == {"unresolved-reference", "min-above-max"}
    assert by_code["unresolved-reference"]["path"] == "provisions[6].parties[0]"
    assert "oposition" in lines[by_code["unresolved-reference"]["line"] - 1]
    assert "did you mean 'opposition'?" in by_code["unresolved-reference"]["message"]
    assert (
        lines[by_code["min-above-max"]["line"] - 1]
        .strip()
        .startswith(("derivation:", "depth_m: {min: 25000"))
    )
    assert {warning["code"] for warning in answer["warnings"]} == {"width-disagrees"}


def test_faults_for_people_go_to_standard_error(capsys: pytest.CaptureFixture[str], broken: Path) -> None:
    code, out, err = truceline(capsys, "validate", str(broken))
    assert (code, out) == (2, "")
    assert "is not valid: 2 errors" in err
    assert "line " in err
    assert "warning: " in err


def test_a_file_that_is_no_accord_is_invalid_and_not_a_crash(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "no.yaml"
    path.write_text("accord: {id: x, titel: y}\n", encoding="utf-8")
    code, out, _ = truceline(capsys, "validate", str(path), "--json")
    answer = document(out)
    assert (code, answer["valid"]) == (2, False)
    assert "unknown key 'titel'; did you mean 'title'?" in [e["message"] for e in answer["errors"]]
    assert all(error["line"] == 1 for error in answer["errors"])


def test_a_missing_file_is_a_problem_document(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, out, err = truceline(capsys, "validate", str(tmp_path / "none.yaml"), "--json")
    assert code == 2
    assert document(out)["title"] == "Not found"
    assert "does not exist" in err


def test_diff_shows_what_changed(capsys: pytest.CaptureFixture[str]) -> None:
    files = (str(IDLIB / "accord.yaml"), str(IDLIB / "accord-memorandum.yaml"))
    code, out, _ = truceline(capsys, "diff", *files, "--json")
    answer = document(out)
    assert code == 0
    assert [part["id"] for part in answer["added"]] == ["route-aleppo-hama"]
    assert [part["id"] for part in answer["removed"]] == ["route-latakia-hama"]
    assert {"section", "id", "field", "old", "new"} <= set(answer["changed"][0])
    code, out, _ = truceline(capsys, "diff", *files)
    assert "+ provisions route-aleppo-hama" in out
    assert "- provisions route-latakia-hama" in out
    assert "parties: [opposition] -> [opposition, syrian_government]" in out


def test_diff_of_equal_accords_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    file = str(IDLIB / "accord.yaml")
    assert truceline(capsys, "diff", file, file)[1] == "no difference\n"
    answer = document(truceline(capsys, "diff", file, file, "--json")[1])
    assert (answer["added"], answer["removed"], answer["changed"]) == ([], [], [])


def test_diff_of_an_invalid_accord_ends_with_a_sentence(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text("a: 1\n", encoding="utf-8")
    code, out, err = truceline(capsys, "diff", str(IDLIB / "accord.yaml"), str(path))
    assert (code, out) == (2, "")
    assert "unknown key 'a'" in err


def test_schema_prints_the_json_schema(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (("schema",), ("schema", "--json")):
        code, out, _ = truceline(capsys, *arguments)
        assert code == 0
        assert document(out)["$id"] == "urn:truceline:schema:accord:1"

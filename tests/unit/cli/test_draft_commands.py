from __future__ import annotations

import json
from pathlib import Path

import pytest

from truceline.accord.load import load_accord
from truceline.cli.main import run

TEXT = (
    "Orland and Kelden signed an accord. Both sides shall withdraw all "
    "tanks by 1 June.\nNorway welcomed the accord.\n"
)


@pytest.fixture
def text_file(tmp_path: Path) -> Path:
    path = tmp_path / "news.txt"
    path.write_text(TEXT)
    return path


def _run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        run(arguments)
    return int(ended.value.code or 0)


def test_json_is_one_document_with_the_promised_keys(
    text_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run("draft", str(text_file), "--published", "2021-05-03", "--json") == 0
    data = json.loads(capsys.readouterr().out)
    assert {"sources", "parties", "provisions", "statements", "questions"} <= set(data)
    assert data["provisions"][0]["due"] == "2021-06-01"


def test_people_read_a_table_of_provisions_statements_and_questions(
    text_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run("draft", str(text_file), "--published", "2021-05-03") == 0
    out = capsys.readouterr().out
    assert "weapons-withdrawal" in out
    assert "2021-06-01" in out
    assert "welcomes" in out


def test_the_accord_and_its_text_are_written(text_file: Path, tmp_path: Path) -> None:
    target = tmp_path / "out" / "accord.yaml"
    assert _run("draft", str(text_file), "-o", str(target)) == 0
    assert load_accord(target).sources[0].file == "news.txt"
    assert (target.parent / "news.txt").read_text() == TEXT


def test_a_bad_date_another_language_and_a_missing_file_end_with_2_and_a_sentence(
    text_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for arguments, words in (
        (("draft", str(text_file), "--published", "yesterday"), "accepted: a date"),
        (("draft", str(text_file), "--language", "ar"), "English only"),
        (("draft", str(text_file.with_name("none.txt"))), "does not exist"),
    ):
        assert _run(*arguments) == 2
        assert words in capsys.readouterr().err


def test_the_language_model_is_refused_while_it_is_not_configured(
    text_file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TRUCELINE_LLM_URL", raising=False)
    monkeypatch.delenv("TRUCELINE_LLM_MODEL", raising=False)
    assert _run("draft", str(text_file), "--backend", "llm", "--json") == 2
    captured = capsys.readouterr()
    assert json.loads(captured.out)["code"] == "dependency-missing"
    assert "TRUCELINE_LLM_URL" in captured.err


def test_a_text_that_obliges_nobody_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "failed.txt"
    path.write_text(
        "Talks between Orland and Kelden collapsed without an agreement. Both sides would withdraw tanks."
    )
    assert _run("draft", str(path), "--json") == 0
    captured = capsys.readouterr()
    assert json.loads(captured.out)["provisions"] == []
    assert "no provision found" in captured.err

"""`make evaluate`: what it prints, what it writes, and what it refuses to show."""

from __future__ import annotations

import importlib.util
import json
import sys
from functools import cache
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from typer.testing import CliRunner

ROOT = Path(__file__).resolve().parents[3]
TEXT = "Arden will withdraw its tanks by 1 May 2020. Berg hailed it."
CLAUSE = "Arden will withdraw its tanks by 1 May 2020"


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The command, with a drafter that finds the one provision of the one text and nothing else."""
    spec = importlib.util.spec_from_file_location("evaluate_draft", ROOT / "benchmarks" / "evaluate_draft.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    # Dataclasses look their own module up while they are made.
    monkeypatch.setitem(sys.modules, "evaluate_draft", module)
    spec.loader.exec_module(module)

    def draft_text(text: str, **_: Any) -> SimpleNamespace:
        quote = {"source": "t", "exact": CLAUSE, "start": 0, "end": len(CLAUSE)}
        found = [{"id": "w", "kind": "weapons_withdrawal", "quotes": [quote], "due": "2020-05-01"}]
        return SimpleNamespace(to_json=lambda: {"provisions": found if text == TEXT else []})

    monkeypatch.setattr(module, "draft_text", draft_text)
    monkeypatch.setattr(module, "load_split", cache(module.load_split))  # which takes seconds
    return module


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "a.gold.yaml").write_text(
        "text: a.txt\npublished: null\n"
        "parties: [{name: Arden, role: side}]\n"
        f"provisions: [{{id: p1, kind: weapons_withdrawal, quotes: ['{CLAUSE}'], parties: [Arden], "
        "due: 2020-05-01, weapons: [{class: tank}]}]\n",
        encoding="utf-8",
    )
    return tmp_path


def test_json_is_one_document_with_every_field_and_text(command: ModuleType, folder: Path) -> None:
    result = CliRunner().invoke(command.app, ["--folder", str(folder), "--json"])
    assert result.exit_code == 0
    document = json.loads(result.stdout)
    overall = document["splits"][0]["overall"]["fields"]
    assert overall["kind"]["f1"] == overall["deadline"]["f1"] == 1.0
    assert overall["bound"]["recall"] == overall["weapons"]["recall"] == 0.0
    assert overall["exact quotes"]["precision"] == 1.0
    assert [text["name"] for text in document["splits"][0]["texts"]] == ["a"]


def test_the_page_bears_date_version_and_aims(command: ModuleType, folder: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    result = CliRunner().invoke(command.app, ["--folder", str(folder), "--write", str(page)])
    assert result.exit_code == 0
    written = page.read_text(encoding="utf-8")
    assert f"Truceline {command.truceline.__version__}, 20" in written
    assert "| kind | 1 | 1.00 | 1.00 | 1.00 | 1.00 | 0.90 reached |" in written
    assert "| bound | 1 | - | 0.00 | 0.00 | 0.00 | 0.85 missed |" in written


def test_faults_are_told_in_words(command: ModuleType, folder: Path) -> None:
    result = CliRunner().invoke(command.app, ["--folder", str(folder), "--faults"])
    assert f"bound: p1 '{CLAUSE}': found []" in result.stdout
    assert "party missed: Arden" in result.stdout


@pytest.mark.parametrize("split", ["test", "all"])
def test_faults_of_the_test_texts_are_not_shown(command: ModuleType, split: str) -> None:
    result = CliRunner().invoke(command.app, ["--split", split, "--faults"])
    assert result.exit_code == 2
    assert "development texts only" in result.stderr
    assert result.stdout == ""


def test_both_splits_are_scored_unless_one_is_named(command: ModuleType) -> None:
    there = [name for name in ("dev", "test") if (command.GOLD / name).is_dir()]
    names = {}
    for split in (*there, "all"):
        result = CliRunner().invoke(command.app, ["--split", split, "--json"])
        names[split] = [one["split"] for one in json.loads(result.stdout)["splits"]]
    assert names == {name: [name] for name in there} | {"all": there}

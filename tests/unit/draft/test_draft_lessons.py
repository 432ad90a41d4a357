"""The marked texts that only teach are read as they are written."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from truceline.draft.evaluation import load_split

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def lessons() -> ModuleType:
    spec = importlib.util.spec_from_file_location("lessons", ROOT / "scripts" / "train_draft_lessons.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_marks_become_provisions_and_are_taken_out_of_the_text(lessons: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "# 2031-02-09\nA = Duchy of Ansel (Ansel, duchy) side\nB = Red Watch observer\n"
        "HEAD\n[[cessation A (B)|The guns fall silent]], he said. [[other (A)|Prisoners go home]].\n",
        encoding="utf-8",
    )
    (one,) = lessons.marked_texts(tmp_path)
    assert one.text == "HEAD\nThe guns fall silent, he said. Prisoners go home.\n"
    told = [(p.kind.value, p.quotes[0], p.parties, p.also_parties) for p in one.gold.provisions]
    assert told == [
        ("cessation", "The guns fall silent", ("Duchy of Ansel",), ("Red Watch",)),
        ("other", "Prisoners go home", (), ("Duchy of Ansel",)),
    ]
    assert one.gold.parties[0].accept == ("Ansel", "duchy")


@pytest.mark.parametrize("mark", ["[[peace A|no such kind]]", "[[other A|not closed]"])
def test_a_wrong_mark_is_refused(lessons: ModuleType, tmp_path: Path, mark: str) -> None:
    (tmp_path / "a.txt").write_text(f"# 2031-02-09\nA = Ansel side\n{mark}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"peace|not closed"):
        lessons.marked_texts(tmp_path)


def test_every_lesson_is_marked_and_none_is_a_scored_text(lessons: ModuleType) -> None:
    texts = lessons.marked_texts()
    scored = {gold.text for gold in load_split(ROOT / "tests" / "data" / "draft" / "dev")}
    assert len(texts) > 30
    assert not scored & {one.text for one in texts}
    for one in texts:
        assert "[[" not in one.text
        assert "]]" not in one.text
        assert all(one.text.count(quote) >= 1 for p in one.gold.provisions for quote in p.quotes)

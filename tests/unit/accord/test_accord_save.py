from __future__ import annotations

import stat
from pathlib import Path

import pytest

from truceline.accord.load import load_accord, load_document, read_document
from truceline.accord.model import Accord, Party, When
from truceline.accord.save import render, save_accord
from truceline.core.errors import InvalidInput


def with_version(accord: Accord, version: int) -> Accord:
    return accord.model_copy(update={"accord": accord.accord.model_copy(update={"version": version})})


def test_an_unchanged_accord_is_written_byte_for_byte(all_examples: list[Path], tmp_path: Path) -> None:
    for path in all_examples:
        copy = tmp_path / path.name
        save_accord(load_document(path), copy)
        assert copy.read_bytes() == path.read_bytes()


def test_a_change_keeps_comments_order_and_every_other_line(accord_file: Path) -> None:
    before = accord_file.read_text(encoding="utf-8").splitlines()
    save_accord(with_version(load_accord(accord_file), 2), accord_file)
    after = accord_file.read_text(encoding="utf-8").splitlines()
    assert [(a, b) for a, b in zip(before, after, strict=True) if a != b] == [
        ("  version: 1", "  version: 2")
    ]
    assert "# A small accord, whole and valid." in after
    assert "    due: 2030-01-25  # the day named" in after


def test_a_deadline_changes_in_place_and_keeps_its_comment(accord_file: Path) -> None:
    accord, positions = load_document(accord_file)
    moved = accord.provisions[1].model_copy(update={"due": When.model_validate({"date": "2030-02-01"})})
    changed = accord.model_copy(update={"provisions": (accord.provisions[0], moved, accord.provisions[2])})
    text = render(changed, positions.text)
    assert "    due: 2030-02-01  # the day named" in text.splitlines()
    assert read_document(text).accord == changed


def test_parts_are_added_removed_and_moved(accord_file: Path) -> None:
    accord, positions = load_document(accord_file)
    newcomer = Party.model_validate({"id": "east", "names": {"en": "East"}, "role": "observer"})
    north, south, friend = accord.parties
    for parties in ((newcomer, north, south, friend), (friend, south, north), (south,), (north, newcomer)):
        changed = accord.model_copy(update={"parties": parties})
        text = render(changed, positions.text)
        assert read_document(text).accord == changed
        assert "# the day named" in text


def test_a_new_file_is_readable_and_complete(all_examples: list[Path], tmp_path: Path) -> None:
    for path in all_examples:
        accord = load_accord(path)
        save_accord(accord, tmp_path / "new.yaml")
        assert load_accord(tmp_path / "new.yaml") == accord
        text = (tmp_path / "new.yaml").read_text(encoding="utf-8")
        assert f"signed: {accord.accord.signed}" in text
        (tmp_path / "new.yaml").unlink()


def test_dates_are_written_without_quotes_and_english_names_as_strings(accord_file: Path) -> None:
    text = render(load_accord(accord_file))
    assert "signed: 2030-01-01\n" in text
    assert "title: A small accord\n" in text
    assert "weapons: [heavy_weapon]\n" in text
    assert "due: 2030-01-20\n" in text


def test_a_deadline_that_is_not_inclusive_stays_so() -> None:
    when = When.model_validate({"date": "2030-02-01", "inclusive": False})
    assert when.model_dump(mode="json") == {"date": "2030-02-01", "inclusive": False}


def test_windows_line_ends_are_kept(accord_text: str) -> None:
    text = accord_text.replace("\n", "\r\n")
    changed = render(with_version(read_document(text).accord, 3), text)
    assert changed.count("\r\n") == changed.count("\n")


def test_a_folder_that_is_not_there_is_named_and_nothing_is_left_behind(accord_file: Path) -> None:
    accord = load_accord(accord_file)
    with pytest.raises(InvalidInput, match="cannot be written"):
        save_accord(accord, accord_file.parent / "nowhere" / "a.yaml")
    assert sorted(p.name for p in accord_file.parent.iterdir()) == ["accord.yaml", "text.txt"]


def test_the_file_keeps_its_permissions(accord_file: Path) -> None:
    accord_file.chmod(0o640)
    save_accord(with_version(load_accord(accord_file), 9), accord_file)
    assert stat.S_IMODE(accord_file.stat().st_mode) == 0o640

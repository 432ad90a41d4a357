"""Files that are whole or not there at all."""

import os
from contextlib import suppress
from pathlib import Path

import pytest

from truceline.core import durable
from truceline.core.durable import folder_in_place, put_in_place, unwritable, write_in_place


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_nothing_bears_the_name_until_all_of_it_is_written(tmp_path: Path) -> None:
    path = tmp_path / "file"
    with put_in_place(path, mode=0o600) as file:
        file.write(b"half")
        file.flush()
        assert not path.exists()
        file.write(b" and half")
    assert path.read_bytes() == b"half and half"
    assert path.stat().st_mode & 0o777 == 0o600
    assert names(tmp_path) == ["file"]


def test_what_goes_wrong_while_writing_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    with suppress(KeyboardInterrupt), put_in_place(path) as file:
        file.write(b"new")
        raise KeyboardInterrupt
    assert path.read_bytes() == b"old"
    with pytest.raises(FileExistsError):
        write_in_place(path, b"new", replace=False)
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["file"]


def test_without_links_an_existing_file_is_not_overwritten_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    write_in_place(tmp_path / "file", b"first", replace=False)
    with pytest.raises(FileExistsError):
        write_in_place(tmp_path / "file", b"second", replace=False)
    assert (tmp_path / "file").read_bytes() == b"first"
    assert names(tmp_path) == ["file"]


def test_a_folder_gets_its_name_only_when_it_is_full(tmp_path: Path) -> None:
    target = tmp_path / "deep" / "folder"
    with folder_in_place(target) as made:
        (made / "a").write_text("a")
        assert not target.exists()
    assert names(target) == ["a"]
    with pytest.raises(OSError, match="not empty"), folder_in_place(target) as made:
        (made / "b").write_text("b")
    assert names(target) == ["a"]
    assert names(target.parent) == ["folder"]


def test_a_temporary_name_fits_however_long_the_name_is(tmp_path: Path) -> None:
    write_in_place(tmp_path / ("n" * 255), b"x")
    assert len(names(tmp_path)[0]) == 255


def test_each_reason_has_its_sentence(tmp_path: Path) -> None:
    said = {
        number: unwritable(tmp_path, OSError(number, os.strerror(number))).message
        for number in (28, 30, 13, 5)
    }
    assert "no space left" in said[28]
    assert "medium is read-only" in said[30]
    assert "may not" in said[13]
    assert "Input/output error" in said[5]
    assert durable.PART != durable.MAKING

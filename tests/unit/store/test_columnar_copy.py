"""The columnar copy: quick where it is right, and never believed where it is not."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from truceline.store import observation_reader
from truceline.store.columnar import MOST_SEGMENTS
from truceline.store.sqlite import SqliteStore


def opened(folder: Path) -> SqliteStore:
    return SqliteStore(folder / "e.sqlite", cache=folder / "cache")


def files(folder: Path) -> list[Path]:
    return sorted((folder / "cache").rglob("*.arrow"))


def ids(folder: Path) -> list[str]:
    with opened(folder) as store:
        found: list[str] = store.observations()["id"].to_pylist()
    return found


@pytest.fixture
def folder(tmp_path: Path, batch: Callable[..., Any]) -> Path:
    with opened(tmp_path) as store:
        store.append(batch({"id": "a"}, {"id": "b"}))
        store.observations()
    return tmp_path


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """After which row each reading of the database began."""
    seen: list[int] = []
    real = observation_reader.rows_after

    def noted(connection: Any, seq: int) -> Iterator[pa.RecordBatch]:
        seen.append(seq)
        return real(connection, seq)

    monkeypatch.setattr(observation_reader, "rows_after", noted)
    return seen


def test_what_did_not_change_is_not_read_again(folder: Path, reads: list[int]) -> None:
    assert ids(folder) == ids(folder) == ["a", "b"]
    assert reads == []


def test_only_new_rows_are_read(folder: Path, reads: list[int], batch: Callable[..., Any]) -> None:
    with opened(folder) as store:
        store.append(batch({"id": "c"}))
        assert store.observations().num_rows == 3
    assert reads == [2]
    assert ids(folder) == ["a", "b", "c"]
    assert reads == [2]


def test_many_segments_become_one(folder: Path, reads: list[int], batch: Callable[..., Any]) -> None:
    expected = ["a", "b"]
    for number in range(MOST_SEGMENTS):
        with opened(folder) as store:
            store.append(batch({"id": f"o{number}"}))
            expected.append(f"o{number}")
            assert store.observations()["id"].to_pylist() == expected
    assert len(files(folder)) == 1
    assert ids(folder) == expected


def test_a_large_segment_is_not_copied_because_many_small_ones_are_to_become_one(
    folder: Path, batch: Callable[..., Any]
) -> None:
    with opened(folder) as store:
        store.append(batch(*({"id": f"first{number}"} for number in range(40))))
        store.observations()
        names = [path.name for path in files(folder)]
        for number in range(MOST_SEGMENTS + 2):
            store.append(batch({"id": f"later{number}"}))
            store.observations()
    assert len(files(folder)) <= MOST_SEGMENTS
    assert set(names) & {path.name for path in files(folder)}
    told = ids(folder)
    assert (told[-1], len(told)) == (f"later{MOST_SEGMENTS + 1}", 42 + MOST_SEGMENTS + 2)


def test_the_copy_of_another_store_is_not_believed(
    folder: Path, tmp_path_factory: pytest.TempPathFactory, batch: Callable[..., Any]
) -> None:
    other = tmp_path_factory.mktemp("other")
    with opened(other) as store:
        store.append(batch({"id": "x"}, {"id": "y"}))
    shutil.copytree(folder / "cache", other / "cache")
    assert ids(other) == ["x", "y"]


def test_copies_that_went_different_ways_do_not_believe_one_another(
    folder: Path, tmp_path_factory: pytest.TempPathFactory, batch: Callable[..., Any]
) -> None:
    other = tmp_path_factory.mktemp("other")
    shutil.copytree(folder, other, dirs_exist_ok=True)
    for root, name in ((folder, "ours"), (other, "theirs")):
        with opened(root) as store:
            store.append(batch({"id": name}))
            store.observations()
    shutil.copytree(folder / "cache", other / "cache", dirs_exist_ok=True)
    assert ids(other) == ["a", "b", "theirs"]
    assert ids(folder) == ["a", "b", "ours"]


@pytest.mark.parametrize("damage", [b"", b"not arrow", None])
def test_a_damaged_copy_is_made_again(folder: Path, damage: bytes | None) -> None:
    (file,) = files(folder)
    data = file.read_bytes()
    file.chmod(0o644)
    file.write_bytes(data[: len(data) // 2] if damage is None else damage)
    assert ids(folder) == ["a", "b"]
    assert files(folder)[0].read_bytes() == data


def test_a_deleted_copy_is_made_again(folder: Path) -> None:
    shutil.rmtree(folder / "cache")
    assert ids(folder) == ["a", "b"]
    assert len(files(folder)) == 1


def test_where_no_copy_can_be_kept_reading_works(folder: Path) -> None:
    shutil.rmtree(folder / "cache")
    (folder / "cache").write_text("a file stands where the folder should")
    assert ids(folder) == ["a", "b"]

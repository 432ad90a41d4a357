"""Answers that are kept: made once, each shelf with its own bound, none of a failure."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from itertools import count

import pytest

from truceline.app.desk.kept import Kept


def test_an_answer_is_made_once_however_many_ask_at_once() -> None:
    kept, made, wait = Kept(), count(), threading.Barrier(8)

    def ask(_: int) -> int:
        wait.wait()
        return kept.get("tile", 1, lambda: next(made), most=4)

    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(ask, range(8))) == {0}
    assert next(made) == 1


def test_a_full_shelf_lets_go_of_what_was_not_asked_for_longest_and_of_no_other_shelf_s() -> None:
    kept = Kept()

    def get(shelf: str, key: int, most: int) -> str:
        return kept.get(shelf, key, lambda: f"made {next(made)}", most=most)

    made = count()
    tiles = [get("tile", key, 3) for key in (1, 2, 3)]
    view = get("view", 1, 1)
    assert get("tile", 1, 3) == tiles[0]
    get("tile", 4, 3)
    assert get("tile", 1, 3) == tiles[0]
    assert get("tile", 2, 3) not in tiles
    assert get("view", 1, 1) == view
    get("view", 2, 1)
    assert get("view", 1, 1) != view


def test_a_failure_is_not_kept() -> None:
    kept = Kept()

    def fail() -> str:
        raise OSError("the disk is gone")

    with pytest.raises(OSError, match="gone"):
        kept.get("tile", 1, fail, most=4)
    assert kept.get("tile", 1, lambda: "drawn", most=4) == "drawn"

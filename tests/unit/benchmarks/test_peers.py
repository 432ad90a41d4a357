"""The benchmark of peers: a difference is found, a missing peer is named, answers of two rivals agree."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

BENCHMARKS = Path(__file__).parents[3] / "benchmarks"


@pytest.fixture(autouse=True)
def benchmarks_on_the_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(BENCHMARKS))


def step(answer: list[int], digest: str | None = None) -> dict[str, Any]:
    return {"set": "s", "points": 100, "answer": answer, "digest": digest}


def test_an_answer_that_is_not_ours_is_a_difference() -> None:
    import peers

    ours = {"steps": [step([3, 10, 2], "abc")]}
    assert peers.differing({"Truceline": ours, "other": {"steps": [step([3, 10, 2], "abc")]}}) == []
    for wrong in (step([4, 10, 2], "abc"), step([3, 10, 2], "abd")):
        (said,) = peers.differing({"Truceline": ours, "other": {"steps": [wrong]}})
        assert said.startswith("other: s, 100 points: ")


def test_a_peer_that_is_not_installed_is_named_with_what_is_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import rivals

    monkeypatch.setitem(sys.modules, "sedonadb", None)
    sys.modules.pop("rivals.with_sedonadb", None)
    with pytest.raises(rivals.MissingError, match="sedonadb is not installed"):
        rivals.rival("SedonaDB")


@pytest.mark.parametrize("name", ["Truceline", "Truceline with pairs", "Shapely prepared", "Shapely STRtree"])
def test_rivals_that_are_always_there_find_the_pairs_of_a_plain_search(name: str) -> None:
    import rivals
    from rivals import data, measure

    zones = data.Set("", 5, (40, 90)).zones()
    x, y = data.points(zones, 500)
    expected = [
        (k, z) for z, zone in enumerate(zones) for k in range(500) if zone.intersects(point(x[k], y[k]))
    ]
    one = rivals.rival(name)
    one.load(zones, x, y)
    answer = one.join()
    pairs = np.array(expected, np.int64)
    assert one.summary(answer) == rivals.Summary.of(pairs)
    assert measure.digest(one.pairs(answer)) == measure.digest(pairs)


def point(x: float, y: float) -> Any:
    import shapely

    return shapely.Point(x, y)

from pathlib import Path

import pytest
import shapely
from shapely.geometry.base import BaseGeometry

from truceline.accord.geometry import Stretches
from truceline.app import zone_cache
from truceline.app.zone_cache import CACHE, remembered

LINE = shapely.LineString([(36.4, 35.5), (36.7, 35.4), (36.9, 35.7)])


@pytest.fixture
def derivations(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    depths: list[float] = []

    def counted(
        line: BaseGeometry, depth_m: float, side: str, from_m: float, stretches: Stretches = ()
    ) -> BaseGeometry:
        depths.append(depth_m)
        return line.buffer(depth_m / 111_000)

    monkeypatch.setattr(zone_cache, "derived", counted)
    return depths


def test_a_zone_is_derived_once_and_the_same_afterwards(tmp_path: Path, derivations: list[float]) -> None:
    first = remembered(tmp_path)(LINE, 15_000.0, "left", 0.0)
    again = remembered(tmp_path)(LINE, 15_000.0, "left", 0.0)
    assert derivations == [15_000.0]
    assert shapely.equals_identical(first, again)


def test_another_depth_side_beginning_or_line_is_another_zone(
    tmp_path: Path, derivations: list[float]
) -> None:
    derive = remembered(tmp_path)
    derive(LINE, 15_000.0, "left", 0.0)
    derive(LINE, 20_000.0, "left", 0.0)
    derive(LINE, 15_000.0, "right", 0.0)
    derive(LINE, 15_000.0, "left", 100.0)
    derive(LINE, 15_000.0, "left", 0.0, ((0.0, 5000.0, 9000.0),))
    derive(shapely.reverse(LINE), 15_000.0, "left", 0.0)
    assert len(derivations) == 6


def test_a_damaged_file_is_derived_again(tmp_path: Path, derivations: list[float]) -> None:
    derive = remembered(tmp_path)
    first = derive(LINE, 15_000.0, "left", 0.0)
    for file in (tmp_path / CACHE).iterdir():
        file.write_bytes(file.read_bytes()[:20])
    assert shapely.equals_identical(derive(LINE, 15_000.0, "left", 0.0), first)
    assert len(derivations) == 2


def test_a_folder_that_cannot_be_written_does_no_harm(tmp_path: Path, derivations: list[float]) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    assert remembered(tmp_path)(LINE, 15_000.0, "left", 0.0).area > 0
    assert derivations == [15_000.0]

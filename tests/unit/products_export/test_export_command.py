"""``export`` as a person and a script call it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from truceline.app.export import export
from truceline.app.export_content import ExportRequest
from truceline.cli.main import run
from truceline.core.errors import Conflict, InvalidInput


def test_the_answer_says_what_was_written(
    planted: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        run(
            ["export", str(planted.root), "-o", str(tmp_path / "zones.geojson"), "--layer", "zones", "--json"]
        )
    assert end.value.code == 0
    found = json.loads(capsys.readouterr().out)
    assert found["layers"] == {"zones": 2}
    assert found["edition"] == "internal"
    assert len(found["log"]["root"]) == 64
    assert found["files"][0]["bytes"] == (tmp_path / "zones.geojson").stat().st_size


@pytest.mark.parametrize("name", ["o.gpkg", "o.parquet", "o.geojson", "o.csv", "o.zip"])
def test_the_same_record_gives_the_same_bytes(planted: Any, tmp_path: Path, name: str) -> None:
    request = ExportRequest(layers=("observations",), edition="public", now=planted.now)
    (tmp_path / "b").mkdir()
    first, second = tmp_path / name, tmp_path / "b" / name
    for path in (first, second):
        export(planted.root, path, request)
    assert first.read_bytes() == second.read_bytes()
    assert list(tmp_path.glob(".*")) == []


def test_what_was_not_recorded_by_then_is_not_there(planted: Any, tmp_path: Path) -> None:
    request = ExportRequest(known_at="2020-01-01", as_of="2018-12-31", layers=("observations",))
    assert export(planted.root, tmp_path / "o.csv", request).content.about.layers == {"observations": 0}
    assert len((tmp_path / "o.csv").read_text().splitlines()) == 2


def test_only_what_counts_where_that_is_asked_for(planted: Any, tmp_path: Path) -> None:
    request = ExportRequest(layers=("observations",), standing_only=True)
    content = export(planted.root, tmp_path / "o.parquet", request).content
    assert content.about.layers == {"observations": 8}


@pytest.mark.parametrize(
    ("name", "asked", "words"),
    [
        ("o.shp", {}, "accepted: a name that ends in .gpkg"),
        ("o.csv", {"layers": ("weapons",), "edition": "public"}, "weapons is not in the public edition"),
        ("o.csv", {"layers": ("towns",)}, "found 'towns'"),
        ("o.csv", {"layers": ("zones", "lines")}, "holds one layer"),
        ("o.gpkg", {"edition": "secret"}, "accepted: public, parties, internal"),
    ],
)
def test_what_cannot_be_written_is_said_in_a_sentence(
    planted: Any, tmp_path: Path, name: str, asked: dict[str, Any], words: str
) -> None:
    with pytest.raises(InvalidInput, match=words):
        export(planted.root, tmp_path / name, ExportRequest(**asked))
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_there_is_left_alone(planted: Any, tmp_path: Path) -> None:
    (tmp_path / "o").mkdir()
    (tmp_path / "o" / "mine").write_text("mine")
    with pytest.raises(Conflict):
        export(planted.root, tmp_path / "o", ExportRequest())
    assert (tmp_path / "o" / "mine").read_text() == "mine"

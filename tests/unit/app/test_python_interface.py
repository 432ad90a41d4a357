"""``import truceline``: cheap until it is used, for reading only, the same rows as the files."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pytest

import truceline
from truceline.app.ingest import ingest
from truceline.core.errors import InvalidInput, NotFound
from truceline.store.workspace import Workspace


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory, idlib: Path) -> truceline.OpenWorkspace:
    workspace = Workspace.create(tmp_path_factory.mktemp("read") / "w", idlib / "accord.yaml")
    ingest(workspace, [idlib / "reported-events.csv"])
    return truceline.open(workspace.root)


def test_importing_the_package_imports_nothing_heavy() -> None:
    code = (
        "import sys, truceline; print(sorted({'numpy', 'pyarrow', 'sqlalchemy', 'spacy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"


def test_what_is_offered_is_there() -> None:
    for name in truceline.__all__:
        assert getattr(truceline, name) is not None
    assert set(truceline.__all__) <= set(dir(truceline))
    with pytest.raises(AttributeError, match="has no attribute 'close'"):
        truceline.close  # type: ignore[attr-defined]  # noqa: B018


def test_reading_changes_nothing(opened: truceline.OpenWorkspace) -> None:
    root = opened.workspace.root
    before = (root / "evidence.sqlite").read_bytes()
    opened.assess("2018-12-31")
    opened.observations().to_arrow()
    assert (root / "evidence.sqlite").read_bytes() == before


def test_batches_tables_and_frames_hold_the_same_rows(opened: truceline.OpenWorkspace) -> None:
    layer = opened.observations()
    table, frame = layer.to_arrow(), layer.to_geopandas()
    assert pa.Table.from_batches(layer.to_batches(), table.schema) == table
    assert frame["id"].tolist() == table["id"].to_pylist()
    assert len(layer) == len(frame) == 29
    assert list(layer.columns) == [name for name in table.column_names if name != "geometry"]
    assert frame.crs == "OGC:CRS84"


def test_a_day_is_its_end_in_the_time_zone_of_the_accord(opened: truceline.OpenWorkspace) -> None:
    by_text = opened.assess("2018-12-31")
    assert by_text.as_of == datetime(2018, 12, 31, 22, tzinfo=UTC)
    assert opened.assess(date(2018, 12, 31)).as_of == opened.assess(by_text.as_of).as_of == by_text.as_of
    with pytest.raises(InvalidInput, match="without a time zone"):
        opened.assess(datetime(2018, 12, 31))  # noqa: DTZ001


def test_an_edition_is_that_of_the_files(opened: truceline.OpenWorkspace) -> None:
    assert "source" not in opened.observations(edition="parties").to_arrow().column_names
    with pytest.raises(InvalidInput, match="weapons is not in the public edition"):
        opened.layer("weapons", edition="public")


def test_what_is_not_there_is_said(opened: truceline.OpenWorkspace, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="there is no layer 'towns'"):
        opened.layer("towns")
    with pytest.raises(InvalidInput, match="obligations has no geometry"):
        opened.obligations().to_geopandas()
    with pytest.raises(NotFound, match="there is no workspace"):
        truceline.open(tmp_path / "nowhere")

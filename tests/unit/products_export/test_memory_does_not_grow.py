"""What an export holds in memory does not grow with the number of observations: four times as many rows need
no more."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import pyarrow as pa
import pytest

from truceline.app import incidents
from truceline.app.export_content import ExportRequest, content_of
from truceline.evidence.identity import identify
from truceline.products.export import geoparquet, observations
from truceline.products.export.content import Content
from truceline.products.export.fields import Layer
from truceline.products.export.geojson import write_geojson
from truceline.products.export.geopackage import write_geopackage
from truceline.products.export.geoparquet import write_geoparquet
from truceline.products.export.hxl_csv import write_csv
from truceline.products.export.layers import OBSERVATIONS
from truceline.products.export.package import write_package
from truceline.store import columnar, observation_reader
from truceline.store.workspace import Workspace

FEW, MANY = 1_000, 4_000
Write = Callable[[Content, Path], object]


def _single(write: Callable[[Content, Layer, BinaryIO], int]) -> Write:
    def to_path(content: Content, path: Path) -> None:
        with path.open("wb") as file:
            write(content, OBSERVATIONS, file)

    return to_path


def _package(content: Content, path: Path) -> None:
    with path.open("wb") as file:
        write_package(content, file)


FORMATS: dict[str, Write] = {
    ".parquet": _single(write_geoparquet),
    ".geojson": _single(write_geojson),
    ".csv": _single(write_csv),
    ".zip": _package,
    ".gpkg": write_geopackage,
}


class Batch:
    """What a reader hands to the store."""

    def __init__(self, table: pa.Table) -> None:
        self.table, self.read, self.quarantined = table, table.num_rows, ()


@pytest.fixture(scope="module")
def records(
    tmp_path_factory: pytest.TempPathFactory, idlib: Path, observation_table: Callable[..., pa.Table]
) -> dict[int, Workspace]:
    """Two records, each without its columnar copy."""
    made = {}
    for rows in (FEW, MANY):
        folder = tmp_path_factory.mktemp(f"rows-{rows}")
        made[rows] = Workspace.create(folder / "w", idlib / "accord.yaml")
        at = np.random.default_rng(rows).uniform((35.9, 34.9), (37.5, 36.7), (rows, 2)).tolist()
        table = observation_table(
            [
                {
                    "id": f"obs-{number}", "kind": "shelling", "lon": lon, "lat": lat,
                    "error_m": 25_000.0 if number % 3 else 500.0, "actors": ["opposition"],
                    "report": f"report {number} of somebody who was there",
                }
                for number, (lon, lat) in enumerate(at)
            ]
        )  # fmt: skip
        with made[rows].store() as store:
            store.append(Batch(identify(table)))
    return made


@pytest.fixture
def few_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches that are as small beside these records as the real ones are beside a million rows."""
    monkeypatch.setattr(observations, "BATCH_ROWS", 250)
    monkeypatch.setattr(geoparquet, "GROUP_ROWS", 500)
    monkeypatch.setattr(observation_reader, "FETCH_ROWS", 250)
    monkeypatch.setattr(columnar, "BATCH_ROWS", 250)
    monkeypatch.setattr(incidents, "LINK_AT_MOST", 0)


_POOLS: list[pa.MemoryPool] = []
"""What was allocated from a pool may outlive the work: the pools stay."""


def most_held(work: Callable[[], Any]) -> int:
    """The most bytes that Arrow and Python (NumPy among it) held at once for the work."""
    before = pa.default_memory_pool()
    pool = pa.proxy_memory_pool(before)
    _POOLS.append(pool)
    pa.set_memory_pool(pool)
    tracemalloc.start()
    try:
        work()
        return int(pool.max_memory()) + tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
        pa.set_memory_pool(before)


@pytest.mark.usefixtures("few_at_once")
def test_the_first_reading_of_a_record_holds_few_rows_at_a_time(records: dict[int, Workspace]) -> None:
    def read(workspace: Workspace) -> None:
        with workspace.store(read_only=True) as store:
            assert store.observations().num_rows in (FEW, MANY)

    held = {rows: most_held(partial(read, workspace)) for rows, workspace in records.items()}
    assert held[MANY] < 1.3 * held[FEW], held


@pytest.mark.usefixtures("few_at_once")
@pytest.mark.parametrize("edition", ["internal", "public"])
def test_four_times_as_many_rows_hold_no_more_in_any_format(
    records: dict[int, Workspace], tmp_path: Path, edition: str
) -> None:
    request = ExportRequest(edition=edition, layers=("observations",), now=datetime(2100, 1, 1, tzinfo=UTC))
    contents = {rows: content_of(workspace, request) for rows, workspace in records.items()}
    for suffix, write in FORMATS.items():

        def run(rows: int, write: Write = write, suffix: str = suffix) -> None:
            path = tmp_path / f"o{suffix}"
            path.unlink(missing_ok=True)
            write(contents[rows], path)

        run(FEW)  # what is loaded and compiled once is nobody's
        held = {rows: most_held(partial(run, rows)) for rows in (FEW, MANY)}
        assert held[MANY] < 1.3 * held[FEW], (suffix, held)

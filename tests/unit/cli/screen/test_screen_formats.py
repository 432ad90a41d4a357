"""``truceline screen``: every format of points and of output."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely

from truceline.app import screen as screening
from truceline.core.errors import TrucelineError

from .calls import run, screened


@pytest.mark.parametrize("kind", ["csv", "arrow", "feather", "arrows", "geoparquet"])
def test_every_format_gives_the_rows_that_parquet_gives(
    tmp_path: Path, zones: Path, table: pa.Table, kind: str
) -> None:
    pq.write_table(table, tmp_path / "points.parquet")
    _, expected = screened(tmp_path / "points.parquet", zones)
    path = tmp_path / f"other.{kind}"
    if kind == "csv":
        pa.csv.write_csv(table, path)
    elif kind == "geoparquet":
        wkb = shapely.to_wkb(shapely.points(table["lon"].to_numpy(), table["lat"].to_numpy()))
        geo = {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": {"encoding": "WKB"}}}
        with_geometry = table.drop(["lon", "lat"]).append_column("geometry", pa.array(wkb, pa.binary()))
        pq.write_table(with_geometry.replace_schema_metadata({"geo": json.dumps(geo)}), path)
    else:
        new = pa.ipc.new_stream if kind == "arrows" else pa.ipc.new_file
        with pa.OSFile(str(path), "wb") as sink, new(sink, table.schema) as writer:
            writer.write_table(table, max_chunksize=3)
    assert screened(path, zones)[1] == expected


def read_any(path: Path) -> pa.Table:
    if path.name.endswith((".csv", ".csv.gz")):
        return pa.csv.read_csv(path)
    if path.suffix in (".arrow", ".feather"):
        with pa.memory_map(str(path)) as source:
            return pa.ipc.open_file(source).read_all()
    if path.suffix == ".arrows":
        with pa.memory_map(str(path)) as source:
            return pa.ipc.open_stream(source).read_all()
    return pq.read_table(path)


@pytest.mark.parametrize("ending", ["arrow", "feather", "arrows", "csv", "csv.gz", "geoparquet", "pq"])
def test_every_format_of_output_holds_the_rows_that_parquet_holds(
    tmp_path: Path, zones: Path, table: pa.Table, ending: str
) -> None:
    points = tmp_path / "points.parquet"
    pq.write_table(table, points)
    _, expected = screened(points, zones)
    output = tmp_path / f"result.{ending}"
    screening.screen(points, zones, output, batch_rows=3)
    rows = read_any(output).to_pylist()
    assert [{key: row[key] for key in expected[0]} for row in rows] == expected
    assert not list(tmp_path.glob("*.parts"))
    assert not list(tmp_path.glob("*.new"))


def test_geoparquet_output_holds_the_points_as_given(tmp_path: Path, zones: Path, table: pa.Table) -> None:
    pq.write_table(table, tmp_path / "points.parquet")
    output = tmp_path / "result.geoparquet"
    screening.screen(tmp_path / "points.parquet", zones, output)
    held = pq.read_table(output)
    geo = json.loads(held.schema.metadata[b"geo"])
    assert geo["columns"][geo["primary_column"]]["encoding"] == "WKB"
    by_id = {row["id"]: (row["lon"], row["lat"]) for row in table.to_pylist()}
    found = shapely.get_coordinates(shapely.from_wkb(held["geometry"].to_pylist())).tolist()
    assert [tuple(place) for place in found] == [by_id[k] for k in held["id"].to_pylist()]
    # What comes out can go in again.
    again = tmp_path / "again.parquet"
    screening.screen(output, zones, again)
    assert set(pq.read_table(again)["id"].to_pylist()) == {"a", "b"}


@pytest.mark.parametrize("ending", ["csv", "arrow", "geoparquet"])
def test_no_points_give_an_empty_file_of_every_kind(tmp_path: Path, zones: Path, ending: str) -> None:
    (tmp_path / "points.csv").write_text("id,lon,lat\n")
    output = tmp_path / f"result.{ending}"
    screening.screen(tmp_path / "points.csv", zones, output)
    held = read_any(output)
    assert held.num_rows == 0
    assert held.column_names[:5] == ["id", "zone_id", "inside", "distance_m", "p_inside"]


def test_an_output_of_no_known_kind_is_refused(tmp_path: Path, zones: Path, table: pa.Table) -> None:
    pq.write_table(table, tmp_path / "points.parquet")
    result = run(tmp_path / "points.parquet", "--zones", zones, "-o", tmp_path / "out.shp")
    assert result.exit_code == 2
    assert ".geoparquet" in result.stderr


def test_ids_that_csv_cannot_hold_are_refused_and_nothing_is_left(tmp_path: Path, zones: Path) -> None:
    points = pa.table({"id": [[1, 2]], "lon": [36.5], "lat": [35.5]})
    pq.write_table(points, tmp_path / "points.parquet")
    with pytest.raises(TrucelineError, match="which CSV cannot"):
        screening.screen(tmp_path / "points.parquet", zones, tmp_path / "out.csv")
    assert not list(tmp_path.glob("out.csv*"))


def test_memory_and_batches_do_not_depend_on_row_groups(tmp_path: Path, zones: Path, table: pa.Table) -> None:
    for size in (1, 3, 4):
        pq.write_table(table, tmp_path / f"points{size}.parquet", row_group_size=size)
    tables = []
    for size in (1, 3, 4):
        screening.screen(tmp_path / f"points{size}.parquet", zones, tmp_path / "o.parquet", batch_rows=2)
        tables.append(pq.read_table(tmp_path / "o.parquet"))
    assert tables[0] == tables[1] == tables[2]


def test_no_points_give_an_empty_table_of_the_same_columns(tmp_path: Path, zones: Path) -> None:
    (tmp_path / "points.csv").write_text("id,lon,lat\n")
    report, rows = screened(tmp_path / "points.csv", zones)
    assert (report["points"], rows) == (0, [])
    names = pq.read_schema(tmp_path / "out.parquet").names
    assert names == ["id", "zone_id", "inside", "distance_m", "p_inside"]

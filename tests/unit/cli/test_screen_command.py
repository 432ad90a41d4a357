"""``truceline screen`` as a user meets it: files in, files out, sentences, exit codes."""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
import pytest
import shapely
from typer.testing import CliRunner, Result

from truceline.app import screen as screening
from truceline.app.screen import ScreenReport
from truceline.cli.screen import app
from truceline.core.errors import TrucelineError
from truceline.geo.screening.usable import Columns


def feature(polygon: shapely.Geometry, **members: Any) -> dict[str, Any]:
    return {
        "type": "Feature",
        "geometry": json.loads(shapely.to_geojson(polygon)),
        "properties": {},
        **members,
    }


def write_zones(path: Path, *features: dict[str, Any], **members: Any) -> Path:
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features, **members}))
    return path


@pytest.fixture
def zones(tmp_path: Path) -> Path:
    return write_zones(
        tmp_path / "zones.geojson",
        feature(shapely.box(36.0, 35.0, 37.0, 36.0), id="west"),
        feature(shapely.box(37.0, 35.0, 38.0, 36.0), properties={"id": "east"}),
    )


@pytest.fixture
def table() -> pa.Table:
    return pa.table(
        {
            "id": ["a", "b", "c", "d"],
            "lon": [36.5, 37.0005, 38.001, 39.0],
            "lat": [35.5, 35.5, 35.5, 35.5],
            "error_m": [0.0, 100.0, 200.0, 50.0],
        }
    )


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def screened(points: Path, zones: Path, *more: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    output = points.with_name("out.parquet")
    result = run(points, "--zones", zones, "-o", output, "--json", *more)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout), pq.read_table(output).to_pylist()


def refused(points: Path, zones: Path, *more: str) -> str:
    output = points.with_name("out.parquet")
    result = run(points, "--zones", zones, "-o", output, *more)
    assert result.exit_code == 2, result.output
    assert not list(output.parent.glob("out.parquet*")), "nothing half written may stay"
    first = result.stderr.splitlines()[0]
    assert first.startswith("truceline: ")
    return first


def test_each_point_gets_a_row_for_each_zone_that_holds_it_or_is_within_its_error(
    tmp_path: Path, zones: Path, table: pa.Table
) -> None:
    pq.write_table(table, tmp_path / "points.parquet")
    report, rows = screened(tmp_path / "points.parquet", zones)
    assert [(row["id"], row["zone_id"], row["inside"]) for row in rows] == [
        ("a", "west", True),
        ("b", "west", False),
        ("b", "east", True),
        ("c", "east", False),
    ]
    assert rows[0]["p_inside"] == 1.0
    assert rows[0]["distance_m"] == pytest.approx(-45_300, abs=150)
    assert rows[1]["distance_m"] == -rows[2]["distance_m"] == pytest.approx(45.4, abs=0.2)
    assert rows[1]["p_inside"] + rows[2]["p_inside"] == pytest.approx(1.0, abs=1e-3)
    assert (report["points"], report["rows"], report["inside"], report["outside_near"]) == (4, 4, 2, 2)
    assert (report["rejected"], report["rejected_report"]) == (0, None)


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


def test_geometries_that_are_no_points_on_wgs_84_are_listed_and_the_others_done(
    tmp_path: Path, zones: Path
) -> None:
    shapes = [
        shapely.Point(36.5, 35.5),
        shapely.Point(36.5, 35.5, 120.0),
        shapely.Point(),
        shapely.LineString([(36, 35), (37, 36)]),
        None,
        shapely.set_srid(shapely.Point(300_000.0, 3_930_000.0), 32637),
        shapely.Point(37.5, 35.5),
        shapely.Point(36.5, 135.5),
    ]
    wkb = [None if s is None else shapely.to_wkb(s, include_srid=True, output_dimension=3) for s in shapes]
    wkb.append(b"\x01\x01nonsense")
    geo = {"version": "1.1.0", "primary_column": "shape", "columns": {"shape": {"encoding": "WKB"}}}
    points = pa.table({"id": list("abcdefghi"), "shape": pa.array(wkb, pa.binary())})
    pq.write_table(points.replace_schema_metadata({"geo": json.dumps(geo)}), tmp_path / "points.parquet")
    report, rows = screened(tmp_path / "points.parquet", zones)
    assert [row["id"] for row in rows] == ["a", "g"]
    with Path(report["rejected_report"]).open(newline="") as file:
        listed = {row["id"]: row["found"] for row in csv.DictReader(file)}
    assert sorted(listed) == list("bcdefhi")
    assert "with a height" in listed["b"]
    assert "EMPTY" in listed["c"]
    assert "LINESTRING" in listed["d"]
    assert "32637" in listed["f"]


@pytest.mark.parametrize("batch_rows", [1, 2, 3, 100])
def test_lines_of_csv_with_too_many_or_too_few_fields_are_listed_by_their_number(
    tmp_path: Path, zones: Path, batch_rows: int
) -> None:
    (tmp_path / "points.csv").write_text(
        "id,lon,lat\nshort,36.5\na,36.5,35.5\nb,37.5,35.5\nlong,36,35,1,2\nc,nan,35.5\nd,36.1,35.1\nlast\n"
    )
    output = tmp_path / "out.parquet"
    report = screening.screen(tmp_path / "points.csv", zones, output, batch_rows=batch_rows)
    assert pq.read_table(output)["id"].to_pylist() == ["a", "b", "d"]
    assert (report.points, report.rejected) == (7, 4)
    assert report.rejected_report is not None
    with Path(report.rejected_report).open(newline="") as file:
        listed = [(row["row"], row["field"], row["found"]) for row in csv.DictReader(file)]
    assert listed == [
        ("1", "row", "2 fields"), ("4", "row", "5 fields"), ("5", "lon", "'nan'"), ("7", "row", "1 fields")
    ]  # fmt: skip


def test_a_file_of_nothing_but_uneven_lines_lists_them_all(tmp_path: Path, zones: Path) -> None:
    (tmp_path / "points.csv").write_text("id,lon,lat\na,1\nb,2\n")
    report = screening.screen(tmp_path / "points.csv", zones, tmp_path / "out.csv")
    assert (report.points, report.rejected, report.rows) == (2, 2, 0)


def test_columns_may_have_other_names_and_errors_a_default(tmp_path: Path, zones: Path) -> None:
    (tmp_path / "points.csv").write_text("x,y\n38.001,35.5\n38.001,35.6\n")
    _, rows = screened(
        tmp_path / "points.csv", zones, "--id", "row", "--lon", "x", "--lat", "y", "--default-error-m", "150"
    )
    assert [row["id"] for row in rows] == [1, 2]
    assert all(0 < row["p_inside"] < 0.5 for row in rows)


def test_bad_rows_are_listed_and_the_good_ones_done(tmp_path: Path, zones: Path) -> None:
    (tmp_path / "points.csv").write_text(
        "id,lon,lat,error_m\n"
        "good,36.5,35.5,\n"
        "nan,nan,35.5,10\n"
        "word,here,35.5,10\n"
        "far,36.5,135.5,10\n"
        "minus,36.5,35.5,-3\n"
        "inf,36.5,inf,10\n"
        "exchanged,35.2,36.9,10\n"
        "last,37.5,35.5,5\n"
    )
    report, rows = screened(tmp_path / "points.csv", zones)
    assert [row["id"] for row in rows] == ["good", "last"]
    assert (report["rejected"], report["screened"], report["suspected_swapped"]) == (5, 3, 0)
    with Path(report["rejected_report"]).open(newline="") as file:
        listed = list(csv.DictReader(file))
    assert [(row["row"], row["id"], row["field"]) for row in listed] == [
        ("2", "nan", "lon"),
        ("3", "word", "lon"),
        ("4", "far", "lat"),
        ("5", "minus", "error_m"),
        ("6", "inf", "lat"),
    ]
    assert "look swapped" in listed[2]["found"]


def test_points_that_would_lie_in_a_zone_as_lat_lon_are_pointed_out(tmp_path: Path) -> None:
    zones = write_zones(tmp_path / "z.geojson", feature(shapely.box(44, 14, 45, 15), id="hodeidah"))
    (tmp_path / "points.csv").write_text("id,lon,lat\nright,44.5,14.5\nwrong,14.5,44.5\nwrong2,14.4,44.4\n")
    report, rows = screened(tmp_path / "points.csv", zones)
    assert [row["id"] for row in rows] == ["right"]
    assert (report["rejected"], report["suspected_swapped"]) == (0, 2)
    assert "3,wrong2" in Path(report["rejected_report"]).read_text()
    said = run(tmp_path / "points.csv", "--zones", zones, "-o", tmp_path / "out.parquet")
    assert "if lon and lat were exchanged" in said.stderr


def test_versions_of_a_zone_count_at_their_times(tmp_path: Path) -> None:
    zones = write_zones(
        tmp_path / "z.geojson",
        feature(shapely.box(36, 35, 37, 36), id="z", properties={"valid_to": "2018-10-15T00:00:00Z"}),
        feature(shapely.box(36, 35, 36.4, 36), id="z", properties={"valid_from": "2018-10-15T00:00:00Z"}),
    )
    (tmp_path / "points.csv").write_text(
        "id,lon,lat,time\nbefore,36.5,35.5,2018-10-14T23:59:59Z\nafter,36.5,35.5,2018-10-15T02:00:00+02:00\n"
        "still,36.2,35.5,2018-12-01\nnever,36.2,35.5,\nodd,36.2,35.5,soon\n"
    )
    report, rows = screened(tmp_path / "points.csv", zones)
    assert [row["id"] for row in rows] == ["before", "still"]
    assert report["rejected"] == 2


def test_an_interrupted_run_is_continued_where_it_stopped_with_the_same_result(
    tmp_path: Path, zones: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = np.random.default_rng(1)
    points = pa.table(
        {"id": np.arange(1000), "lon": rng.uniform(35.5, 38.5, 1000), "lat": rng.uniform(34.5, 36.5, 1000)}
    )
    pq.write_table(points, tmp_path / "points.parquet", row_group_size=70)
    whole, output = tmp_path / "whole.parquet", tmp_path / "out.parquet"
    screening.screen(tmp_path / "points.parquet", zones, whole, batch_rows=100, default_error_m=500.0)

    def interrupt(done: int, _total: int | None) -> None:
        if done == 400:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        screening.screen(
            tmp_path / "points.parquet",
            zones,
            output,
            batch_rows=100,
            default_error_m=500.0,
            progress=interrupt,
        )
    assert not output.exists()
    (tmp_path / "out.parquet.parts" / "000003.arrow").unlink()
    seen: list[int] = []
    report = screening.screen(
        tmp_path / "points.parquet", zones, output, batch_rows=100, default_error_m=500.0, resume=True,
        progress=lambda done, _total: seen.append(done),
    )  # fmt: skip
    assert report.resumed_from == 300
    assert seen == [400, 500, 600, 700, 800, 900, 1000]
    assert output.read_bytes() == whole.read_bytes()
    assert not (tmp_path / "out.parquet.parts").exists()


def test_a_run_with_other_inputs_is_not_continued(tmp_path: Path, zones: Path, table: pa.Table) -> None:
    pq.write_table(table, tmp_path / "points.parquet")
    output = tmp_path / "out.parquet"

    def interrupt(_done: int, _total: int | None) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        screening.screen(tmp_path / "points.parquet", zones, output, progress=interrupt)
    with pytest.raises(TrucelineError, match="default error differs"):
        screening.screen(tmp_path / "points.parquet", zones, output, default_error_m=9.0, resume=True)
    report = screening.screen(tmp_path / "points.parquet", zones, output)
    assert report.points == 4


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


def test_a_parquet_file_cut_short_is_one_sentence_and_no_output(
    tmp_path: Path, zones: Path, table: pa.Table
) -> None:
    pq.write_table(table, tmp_path / "points.parquet")
    whole = (tmp_path / "points.parquet").read_bytes()
    (tmp_path / "points.parquet").write_bytes(whole[: len(whole) // 2])
    assert "cut short" in refused(tmp_path / "points.parquet", zones)


def test_damage_in_the_middle_of_a_file_leaves_no_half_output(tmp_path: Path, zones: Path) -> None:
    rng = np.random.default_rng(2)
    points = pa.table(
        {"id": np.arange(5000), "lon": rng.uniform(35, 39, 5000), "lat": rng.uniform(34, 37, 5000)}
    )
    path = tmp_path / "points.arrow"
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_stream(sink, points.schema) as writer:
        writer.write_table(points, max_chunksize=500)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(TrucelineError, match="cut short"):
        screening.screen(path, zones, tmp_path / "out.parquet", batch_rows=500)
    assert not list(tmp_path.glob("out.parquet*"))


BOWTIE = shapely.Polygon([(0, 0), (1, 1), (1, 0), (0, 1)])
HOLE_OUTSIDE = shapely.Polygon([(0, 0), (1, 0), (1, 1), (0, 1)], [[(3, 3), (4, 3), (4, 4)]])


@pytest.mark.parametrize(
    ("bad", "word"),
    [
        (feature(BOWTIE), "not a valid polygon"),
        (feature(HOLE_OUTSIDE), "not a valid polygon"),
        (feature(shapely.Polygon()), "empty"),
        (feature(shapely.Polygon([(0, 0, 5), (1, 0, 5), (1, 1, 5)])), "heights"),
        (feature(shapely.LineString([(0, 0), (1, 1)])), "another kind"),
        (feature(shapely.box(30, 100, 31, 101)), "lat, lon instead of lon, lat"),
        (feature(shapely.box(0, 0, 1, 1), properties={"valid_from": "soon"}), "no instant"),
        (feature(shapely.box(0, 0, 1, 1), id="ok"), "both are in force"),
    ],
)
def test_a_zone_that_cannot_be_used_is_named(
    tmp_path: Path, table: pa.Table, bad: dict[str, Any], word: str
) -> None:
    zones = write_zones(tmp_path / "z.geojson", feature(shapely.box(36, 35, 37, 36), id="ok"), bad)
    pq.write_table(table, tmp_path / "points.parquet")
    sentence = refused(tmp_path / "points.parquet", zones)
    assert word in sentence
    assert "features[1]" in sentence


def test_other_reference_systems_are_refused(tmp_path: Path, zones: Path, table: pa.Table) -> None:
    pq.write_table(table, tmp_path / "points.parquet")
    utm = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::32637"}}
    projected = write_zones(tmp_path / "z.geojson", feature(shapely.box(36, 35, 37, 36)), crs=utm)
    assert "another reference system" in refused(tmp_path / "points.parquet", projected)
    crs = {"name": "WGS 84 / UTM zone 37N", "id": {"authority": "EPSG", "code": 32637}}
    columns = {"geometry": {"encoding": "WKB", "crs": crs}}
    geo = {"version": "1.1.0", "primary_column": "geometry", "columns": columns}
    held = table.drop(["lon", "lat"]).append_column("geometry", pa.array([b""] * 4, pa.binary()))
    pq.write_table(held.replace_schema_metadata({"geo": json.dumps(geo)}), tmp_path / "g.parquet")
    assert "UTM zone 37N" in refused(tmp_path / "g.parquet", zones)


def test_what_is_missing_is_said_with_what_to_do(tmp_path: Path, zones: Path, table: pa.Table) -> None:
    pq.write_table(table.rename_columns(["id", "x", "lat", "error_m"]), tmp_path / "points.parquet")
    assert "no column 'lon'" in refused(tmp_path / "points.parquet", zones)
    assert "does not exist" in refused(tmp_path / "none.parquet", zones)
    (tmp_path / "points.xyz").write_text("")
    assert "the ending says no format" in refused(tmp_path / "points.xyz", zones)
    pq.write_table(table, tmp_path / "points.parquet")
    timed = write_zones(
        tmp_path / "t.geojson", feature(shapely.box(0, 0, 1, 1), properties={"valid_from": "2018-01-01"})
    )
    assert "no column 'time'" in refused(tmp_path / "points.parquet", timed)


def test_what_is_not_for_the_engine_is_said_before_a_cluster_is_asked(
    tmp_path: Path, zones: Path, table: pa.Table
) -> None:
    points = tmp_path / "points.parquet"
    pq.write_table(table, points)
    pa.csv.write_csv(table, tmp_path / "points.csv")
    spark = ("--engine", "spark")
    assert "--resume is for --engine local" in refused(points, zones, *spark, "--resume")
    assert "--threads is for --engine local" in refused(points, zones, *spark, "--threads", "2")
    assert "accepted: spark.NAME=VALUE" in refused(points, zones, *spark, "--spark-conf", "cores 4")
    assert "for --engine spark" in refused(points, zones, "--spark-master", "local[2]")
    assert "does not exist" in refused(tmp_path / "none.parquet", zones, *spark)
    assert "reads Parquet alone" in refused(tmp_path / "points.csv", zones, *spark)


def test_master_and_properties_reach_spark_as_they_are_given(
    tmp_path: Path, zones: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: dict[str, Any] = {}

    def instead(points: str, _zones: Path, output: str, **given: Any) -> ScreenReport:
        asked.update(given, points=points, output=output)
        return ScreenReport(output, 2)

    monkeypatch.setattr("truceline.cli.screen.screen_at_scale", instead)
    result = run(
        "s3a://bucket/points", "--zones", zones, "-o", "hdfs://n/out.parquet", "--engine", "spark", "--json",
        "--spark-master", "spark://head:7077", "--spark-conf", "spark.executor.cores=4",
        "--spark-conf", "spark.executor.extraJavaOptions=-Da=b", "--lon", "x", "--default-error-m", "30",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    assert (asked["points"], asked["output"]) == ("s3a://bucket/points", "hdfs://n/out.parquet")
    assert asked["master"] == "spark://head:7077"
    assert asked["options"] == {"spark.executor.cores": "4", "spark.executor.extraJavaOptions": "-Da=b"}
    assert asked["columns"] == Columns(lon="x")
    assert asked["default_error_m"] == 30.0


def test_the_spark_engine_says_what_is_not_installed(
    tmp_path: Path, zones: Path, table: pa.Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    pq.write_table(table, tmp_path / "points.parquet")
    arguments = (tmp_path / "points.parquet", zones, "--engine", "spark")
    with monkeypatch.context() as patch:
        patch.delenv("JAVA_HOME", raising=False)
        patch.setenv("PATH", str(tmp_path))
        assert "there is no java" in refused(*arguments)
    monkeypatch.setitem(sys.modules, "pyspark.sql", None)
    assert "needs pyspark" in refused(*arguments)


def test_an_error_with_json_is_one_problem_object(tmp_path: Path, zones: Path) -> None:
    result = run(tmp_path / "no.csv", "--zones", zones, "-o", tmp_path / "out.parquet", "--json")
    assert result.exit_code == 2
    assert json.loads(result.stdout)["code"] == "not-found"


def test_the_output_never_replaces_an_input(tmp_path: Path, zones: Path, table: pa.Table) -> None:
    path = tmp_path / "points.parquet"
    pq.write_table(table, path)
    with pytest.raises(TrucelineError, match="replace an input"):
        screening.screen(path, zones, path, columns=Columns())
    assert pq.read_table(path) == table

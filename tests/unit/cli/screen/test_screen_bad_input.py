"""``truceline screen``: what cannot be used is one sentence, or listed with the good rows done."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely

from truceline.app import screen as screening
from truceline.core.errors import TrucelineError
from truceline.geo.screening.usable import Columns

from .calls import feature, refused, run, screened, write_zones


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


def test_a_file_with_both_exchanged_is_pointed_out_where_lon_and_lat_are_alike(tmp_path: Path) -> None:
    """Around Idlib lon and lat are both about 36, so that no single point looks wrong."""
    zones = write_zones(tmp_path / "z.geojson", feature(shapely.box(36.4, 35.3, 37.1, 35.9), id="idlib"))
    places = [(36.41 + 0.01 * k, 35.45 + 0.01 * k) for k in range(40)]
    right = "".join(f"{k},{lon:.2f},{lat:.2f}\n" for k, (lon, lat) in enumerate(places))
    wrong = "".join(f"{k},{lat:.2f},{lon:.2f}\n" for k, (lon, lat) in enumerate(places))
    for text, exchanged in ((right, False), (wrong, True)):
        (tmp_path / "points.csv").write_text("id,lon,lat\n" + text)
        report, rows = screened(tmp_path / "points.csv", zones)
        assert (report["inside_if_exchanged"], len(rows)) == ((40, 0) if exchanged else (0, 40))
        assert (report["rejected"], report["suspected_swapped"]) == (0, 0)
        said = run(tmp_path / "points.csv", "--zones", zones, "-o", tmp_path / "out.parquet")
        assert ("if lon and lat were exchanged" in said.stderr) is exchanged


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

"""``truceline screen`` as a user meets it: files in, files out, runs that go on."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely

from truceline.app import screen as screening
from truceline.core.errors import TrucelineError

from .calls import feature, screened, write_zones


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


def test_columns_may_have_other_names_and_errors_a_default(tmp_path: Path, zones: Path) -> None:
    (tmp_path / "points.csv").write_text("x,y\n38.001,35.5\n38.001,35.6\n")
    _, rows = screened(
        tmp_path / "points.csv", zones, "--id", "row", "--lon", "x", "--lat", "y", "--default-error-m", "150"
    )
    assert [row["id"] for row in rows] == [1, 2]
    assert all(0 < row["p_inside"] < 0.5 for row in rows)


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

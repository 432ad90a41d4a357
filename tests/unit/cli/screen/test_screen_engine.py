"""``truceline screen --engine spark`` as far as it goes without a cluster."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from truceline.app.screen import ScreenReport
from truceline.geo.screening.usable import Columns

from .calls import refused, run


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

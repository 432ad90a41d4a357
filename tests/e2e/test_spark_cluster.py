"""A real Spark cluster on loopback: a master and two workers from PySpark's own jars, one of them killed."""

from __future__ import annotations

import contextlib
import importlib.util
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely
from typer.testing import CliRunner

from truceline.app.screen import screen
from truceline.app.screen_at_scale import screen_at_scale
from truceline.cli.screen import app
from truceline.core.errors import TrucelineError
from truceline.scale.cluster import session

POINTS = 20_000
ROWS_PER_GROUP = 1_000


OPTIONS = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.ui.enabled": "false",
    "spark.driver.memory": "512m",
    "spark.executor.memory": "512m",
    "spark.executor.cores": "1",
    # Both executors are there before the first task is given out.
    "spark.scheduler.minRegisteredResourcesRatio": "1.0",
    "spark.scheduler.maxRegisteredResourcesWaitingTime": "60s",
    "spark.cores.max": "2",
    "spark.sql.shuffle.partitions": "2",
    "spark.sql.files.maxPartitionBytes": "64k",
    "spark.eventLog.enabled": "true",
    "spark.eventLog.compress": "false",
    "spark.eventLog.rolling.enabled": "false",
    # A worker's end does not count; a file that is no Parquet is not asked four times.
    "spark.task.maxFailures": "1",
}


@dataclass
class Cluster:
    """A master and its workers; each worker leads a process group with its executors in it."""

    url: str
    workers: list[subprocess.Popen[bytes]]
    event_log: Path

    def kill_one(self) -> None:
        """As if a machine lost its power: the worker and its executors end without a word."""
        os.killpg(self.workers.pop().pid, signal.SIGKILL)


def free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        port: int = held.getsockname()[1]
        return port


def workers_alive(page: str) -> int:
    try:
        with urllib.request.urlopen(page, timeout=5) as answer:
            return sum(worker["state"] == "ALIVE" for worker in json.load(answer)["workers"])
    except OSError:
        return 0


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    folder = tmp_path_factory.mktemp("spark")
    spec = importlib.util.find_spec("pyspark")
    assert spec is not None
    assert spec.origin is not None
    home = Path(spec.origin).parent
    surroundings = {
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_HOME": str(home),
        "SPARK_DAEMON_MEMORY": "256m",
        "PYSPARK_PYTHON": sys.executable,
    }
    port, page = free_port(), free_port()
    url = f"spark://127.0.0.1:{port}"
    started: list[subprocess.Popen[bytes]] = []

    def start(name: str, *arguments: str) -> subprocess.Popen[bytes]:
        with (folder / f"{name}-{len(started)}.log").open("wb") as log:
            process = subprocess.Popen(
                [home / "bin" / "spark-class", f"org.apache.spark.deploy.{name}", "--host", "127.0.0.1",
                 *arguments],
                env=os.environ | surroundings, stdout=log, stderr=log, cwd=folder, start_new_session=True,
            )  # fmt: skip
        started.append(process)
        return process

    with pytest.MonkeyPatch.context() as patch:
        for name, value in surroundings.items():
            patch.setenv(name, value)
        try:
            start("master.Master", "--port", str(port), "--webui-port", str(page))
            workers = [
                start("worker.Worker", "--cores", "1", "--memory", "768m", "--webui-port", "0",
                      "--work-dir", str(folder / f"work-{number}"), url)
                for number in range(2)
            ]  # fmt: skip
            deadline = time.monotonic() + 120
            while workers_alive(f"http://127.0.0.1:{page}/json/") < 2:
                assert time.monotonic() < deadline, "the workers did not come up"
                assert all(process.poll() is None for process in started), "a daemon of Spark ended"
                time.sleep(0.2)
            log = folder / "events"
            log.mkdir()
            # One session for all: whoever finds one running uses it, and leaves it running.
            with session(url, OPTIONS | {"spark.eventLog.dir": log.as_uri()}) as spark:
                yield Cluster(url, workers, log)
                assert spark.range(3).count() == 3
        finally:
            for process in reversed(started):
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                process.wait()


@pytest.fixture(scope="module")
def zones(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Round zones that overlap, one of which moves in the middle of the month."""
    features: list[dict[str, Any]] = []
    for number, (lon, lat) in enumerate([(44.2, 15.2), (44.9, 15.5), (45.4, 14.9)]):
        shape = shapely.Point(lon, lat).buffer(0.5, quad_segs=200)
        features.append({"type": "Feature", "id": f"zone-{number}", "properties": {}, "geometry": shape})
    later = features[0] | {"properties": {"valid_from": "2018-10-15T00:00:00Z"}}
    later["geometry"] = shapely.Point(44.1, 15.3).buffer(0.4, quad_segs=200)
    features[0]["properties"] = {"valid_to": "2018-10-15T00:00:00Z"}
    for feature in (*features, later):
        feature["geometry"] = json.loads(shapely.to_geojson(feature["geometry"]))
    path = tmp_path_factory.mktemp("zones") / "zones.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [*features, later]}))
    return path


@pytest.fixture(scope="module")
def points(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Points in and around the zones, many near a boundary, some of them bad in each way there is."""
    rng = np.random.default_rng(5)
    lon, lat = rng.uniform(43.4, 46.1, POINTS), rng.uniform(14.2, 16.2, POINTS)
    error = rng.choice([0.0, 30.0, 500.0], POINTS)
    lon[::997], lat[5::1201], error[7::1499] = np.nan, 95.0, -1.0
    lon[11::1777], lat[11::1777] = 15.2, 44.2
    day = datetime(2018, 10, 1, tzinfo=UTC)
    times = [day + timedelta(minutes=int(m)) for m in rng.integers(0, 30 * 24 * 60, POINTS)]
    table = pa.table(
        {
            "id": [f"p-{number}" for number in rng.permutation(POINTS)],
            "lon": lon,
            "lat": lat,
            "error_m": pa.array(error, mask=rng.uniform(size=POINTS) < 0.1),
            "time": pa.array(times, pa.timestamp("us", "UTC"), mask=rng.uniform(size=POINTS) < 0.001),
            "unused": ["x" * 20] * POINTS,
        }
    )
    path = tmp_path_factory.mktemp("points") / "points.parquet"
    pq.write_table(table, path, row_group_size=ROWS_PER_GROUP)
    return path


@pytest.fixture(scope="module")
def local(points: Path, zones: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the local engine says; it compiles the kernels into the cache, too, which the workers share."""
    output = tmp_path_factory.mktemp("local") / "out.parquet"
    screen(points, zones, output, default_error_m=75.0)
    return output


def in_order(path: Path) -> pa.Table:
    table = pq.read_table(path).replace_schema_metadata(None)
    return table.sort_by([("id", "ascending"), ("zone_id", "ascending")]).combine_chunks()


def as_bytes(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return bytes(sink.getvalue())


def events(folder: Path, since_ms: float) -> list[dict[str, Any]]:
    """What happened on the cluster since then, as Spark itself logged it."""
    (log,) = folder.iterdir()
    found = []
    for line in log.read_text().splitlines():
        with contextlib.suppress(json.JSONDecodeError):  # the last one may be half written
            event = json.loads(line)
            when = event.get("Timestamp") or event.get("Task Info", {}).get("Launch Time", 0)
            if when >= since_ms:
                found.append(event)
    return found


@pytest.mark.slow
def test_the_command_screens_a_folder_on_the_cluster_and_names_the_file_of_a_bad_row(
    cluster: Cluster, points: Path, zones: Path, local: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "points"
    folder.mkdir()
    table = pq.read_table(points)
    for part in range(3):
        rows = table.slice(part * 2_000, 2_000)
        pq.write_table(rows, folder / f"part-{part}.parquet", row_group_size=ROWS_PER_GROUP)
    pq.write_table(table.slice(0, 6_000), tmp_path / "same.parquet")
    screen(tmp_path / "same.parquet", zones, tmp_path / "same-out.parquet")
    output = tmp_path / "out.parquet"
    command: list[object] = [folder, "--zones", zones, "-o", output, "--engine", "spark", "--json"]
    result = CliRunner().invoke(app, [str(word) for word in command])
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["points"] == 6_000
    assert as_bytes(in_order(output)) == as_bytes(in_order(tmp_path / "same-out.parquet"))
    listed = Path(f"{output}.rejected.csv").read_text().splitlines()
    assert listed[0] == "file,row,id,field,found,accepted,left_out"
    assert listed[1].startswith(f"{folder / 'part-0.parquet'},1,p-")
    same = (tmp_path / "same-out.parquet.rejected.csv").read_text().splitlines()
    assert [line.split(",", 2)[2] for line in listed[1:]] == [line.split(",", 1)[1] for line in same[1:]]
    again = CliRunner().invoke(app, [str(word) for word in command])
    assert again.exit_code == 2
    assert "exists already" in json.loads(again.stdout)["detail"]


@pytest.mark.slow
def test_what_the_cluster_cannot_read_is_one_sentence_and_no_output(
    cluster: Cluster, points: Path, zones: Path, tmp_path: Path
) -> None:
    whole = points.read_bytes()
    cut = tmp_path / "cut.parquet"
    cut.write_bytes(whole[: len(whole) // 2])
    output = tmp_path / "out.parquet"

    def refused(path: Path) -> str:
        with pytest.raises(TrucelineError) as caught:
            screen_at_scale(str(path), zones, str(output))
        assert not output.exists()
        assert "\n" not in caught.value.message
        return caught.value.message

    damaged = tmp_path / "damaged.parquet"
    damaged.write_bytes(whole[:2_000] + bytes(60_000) + whole[62_000:])
    nameless = tmp_path / "nameless.parquet"
    pq.write_table(pq.read_table(points).rename_columns(["id", "x", "lat", "e", "time", "u"]), nameless)
    assert "cut short" in refused(cut)
    assert "cannot be read as Parquet" in refused(damaged)
    assert "no column 'lon'" in refused(nameless)


# Last, since the cluster is a worker short afterwards.
@pytest.mark.slow
def test_a_cluster_that_loses_a_worker_in_mid_run_gives_the_bytes_of_one_machine(
    cluster: Cluster, points: Path, zones: Path, local: Path, tmp_path: Path
) -> None:
    killed_at: list[tuple[int, int]] = []

    def kill_when_some_are_done(done: int, total: int | None) -> None:
        if not killed_at and total is not None and total > 8 and done >= 2:
            killed_at.append((done, total))
            cluster.kill_one()

    output = tmp_path / "out.parquet"
    begun = time.time() * 1e3
    report = screen_at_scale(
        str(points), zones, str(output), default_error_m=75.0, progress=kill_when_some_are_done
    )
    ((done, total),) = killed_at
    assert done < total
    happened = events(cluster.event_log, begun)
    tasks = [event for event in happened if event["Event"] == "SparkListenerTaskEnd"]
    removed = [event for event in happened if event["Event"] == "SparkListenerExecutorRemoved"]
    assert len({task["Task Info"]["Executor ID"] for task in tasks}) == 2, "both workers did some"
    assert removed, "one was lost while it mattered"
    assert removed[0]["Timestamp"] < tasks[-1]["Task Info"]["Launch Time"]

    assert as_bytes(in_order(output)) == as_bytes(in_order(local))
    assert Path(f"{output}.rejected.csv").read_bytes() == Path(f"{local}.rejected.csv").read_bytes()
    assert report.rejected > 50
    assert report.suspected_swapped > 10
    assert report.points == POINTS
    assert report.rows == pq.read_table(local).num_rows
    assert report.inside == np.count_nonzero(pq.read_table(local)["inside"].to_numpy())
    # The pass over the points exchanges nothing; only the few rows to list are sorted.
    measured = [task["Task Metrics"] for task in tasks if "Task Metrics" in task]
    writing = [one for one in measured if one["Output Metrics"]["Bytes Written"]]
    assert len(writing) >= total
    assert not any(one["Shuffle Write Metrics"]["Shuffle Bytes Written"] for one in writing)
    assert not any(one["Shuffle Read Metrics"]["Local Bytes Read"] for one in writing)

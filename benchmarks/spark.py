"""What a point costs on a Spark cluster: processor seconds, bytes read, bytes exchanged.

    python benchmarks/spark.py                # two sizes, some minutes; what is done is told as it goes
    python benchmarks/spark.py --points 6000000   # longer, and surer on a busy machine

Both engines screen the same Parquet file (id, lon, lat, error_m) at two sizes. The difference in processor
time, of the command and all its processes, over the difference in points is what one more point costs: it
leaves out the start of Java and Python, and other work on the machine hardly changes it. The answers are
compared; `load` is the machine's load average.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import shapely
from rivals import data

TICKS = os.sysconf("SC_CLK_TCK")


def processor_seconds(command: list[str], environment: dict[str, str]) -> tuple[float, float, float]:
    """Processor seconds of a command and all that it starts, wall seconds, most memory of all in GB."""
    used: dict[int, float] = {}
    most = 0.0
    over = threading.Event()
    begun = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)

    def watch() -> None:
        nonlocal most
        while not over.wait(0.25):
            family = {process.pid}
            table: dict[int, tuple[int, float, int]] = {}
            for stat in Path("/proc").glob("[0-9]*/stat"):
                try:
                    fields = stat.read_text().rsplit(")", 1)[1].split()
                except OSError:
                    continue
                seconds = (int(fields[11]) + int(fields[12])) / TICKS
                table[int(stat.parent.name)] = (int(fields[1]), seconds, int(fields[21]))
            for _ in range(6):
                family |= {pid for pid, (parent, *_) in table.items() if parent in family}
            for pid in family & table.keys():
                used[pid] = max(used.get(pid, 0.0), table[pid][1])
            most = max(most, sum(table[pid][2] for pid in family & table.keys()) * 4096 / 1e9)

    watcher = threading.Thread(target=watch)
    watcher.start()
    code = process.wait()
    took = time.monotonic() - begun
    over.set()
    watcher.join()
    if code:
        raise SystemExit(f"{' '.join(command)} ended with {code}")
    return sum(used.values()), took, most


def make(folder: Path, points: int) -> tuple[Path, Path]:
    zones = data.MAIN.zones()
    features = [
        {"type": "Feature", "id": f"z{k}", "properties": {}, "geometry": json.loads(shapely.to_geojson(zone))}
        for k, zone in enumerate(zones)
    ]
    (folder / "zones.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    x, y = data.points(zones, points)
    error = np.random.default_rng(2).choice([0.0, 10.0, 30.0], points)
    table = pa.table({"id": np.arange(points), "lon": x, "lat": y, "error_m": error})
    path = folder / f"points-{points}.parquet"
    pq.write_table(table, path, row_group_size=1 << 18)
    return path, folder / "zones.geojson"


def exchanged(log: Path) -> int:
    """Bytes that tasks wrote for others to read, by Spark's own log."""
    total = 0
    for line in log.read_text().splitlines():
        event = json.loads(line)
        if event["Event"] == "SparkListenerTaskEnd" and "Task Metrics" in event:
            total += event["Task Metrics"]["Shuffle Write Metrics"]["Shuffle Bytes Written"]
    return total


def in_order(path: Path) -> pa.Table:
    table = pq.read_table(path).replace_schema_metadata(None)
    return table.sort_by([("id", "ascending"), ("zone_id", "ascending")]).combine_chunks()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--points", type=int, default=600_000)
    options = parser.parse_args()
    sizes = (options.points // 3, options.points)
    environment = os.environ | {"SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable}
    program = str(Path(sys.executable).with_name("truceline"))
    result: dict[str, Any] = {"load": os.getloadavg()[0], "cores": os.cpu_count(), "sizes": sizes}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for points in sizes:
            path, zones = make(folder, points)
            log = folder / f"log-{points}"
            log.mkdir()
            spark = ["--engine", "spark", "--spark-master", f"local[{os.cpu_count()}]"]
            for setting in (
                "spark.driver.host=127.0.0.1", "spark.driver.bindAddress=127.0.0.1", "spark.ui.enabled=false",
                "spark.sql.files.maxPartitionBytes=16m", "spark.eventLog.enabled=true",
                f"spark.eventLog.dir={log.as_uri()}", "spark.eventLog.compress=false",
                "spark.eventLog.rolling.enabled=false",
            ):  # fmt: skip
                spark += ["--spark-conf", setting]
            for engine, more in (("local", []), ("spark", spark)):
                output = folder / f"{engine}-{points}.parquet"
                command = [program, "screen", str(path), "--zones", str(zones), "-o", str(output), *more]
                cpu, wall, memory = processor_seconds(command, environment)
                result[f"{engine} {points}"] = {"cpu_s": cpu, "wall_s": wall, "memory_gb": memory}
                print(
                    f"{engine}, {points:,} points: {cpu:.1f} s of processor time", file=sys.stderr, flush=True
                )
            outputs = [in_order(folder / f"{engine}-{points}.parquet") for engine in ("local", "spark")]
            assert outputs[0].equals(outputs[1]), "the engines differ"
            result[f"rows {points}"] = outputs[0].num_rows
            result[f"bytes read a point {points}"] = path.stat().st_size / points
            result[f"bytes exchanged {points}"] = exchanged(next(log.iterdir()))
    few, many = sizes
    for engine in ("local", "spark"):
        more_cpu = result[f"{engine} {many}"]["cpu_s"] - result[f"{engine} {few}"]["cpu_s"]
        rate = (many - few) / more_cpu
        result[f"{engine}: points/s of one core"] = rate
        for power in (10, 12):
            result[f"{engine}: core hours for 10^{power}"] = 10**power / rate / 3600
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()

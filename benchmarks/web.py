"""Load on the server: 50 clients (Locust), 1,000,000 observations, figures of answers to filters.

Makes a workspace with synthetic observations, serves it in a process of its own, and lets Locust ask: each
client waits up to a second between requests, as people do who move a map. Prints JSON; absolute
times are this machine's. Needs requirements/bench.txt.

    .venv/bin/python benchmarks/web.py --rows 1000000 --seconds 60
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

KINDS = ("shelling", "small_arms_fire", "armed_clash", "observation_effort", "explosion", "drone_strike")
REPOSITORY = Path(__file__).parents[1]
TILE = "/ogc/collections/observations/tiles/WebMercatorQuad/8/100/153"

LOCUSTFILE = """
import random
from locust import HttpUser, between, task

class Desk(HttpUser):
    wait_time = between(0.0, 1.0)

    def on_start(self):
        self.client.get("/api/v1/session/local", params={"token": "TOKEN"}, name="sign in")

    def box(self, size):
        west, south = random.uniform(35.8, 37.2 - size), random.uniform(35.2, 36.4 - size)
        return f"{west:.3f},{south:.3f},{west + size:.3f},{south + size:.3f}"

    @task(6)
    def filtered(self):
        kind = random.choice(["shelling", "small_arms_fire", "explosion"])
        day = random.randint(1, 27)
        self.client.get("/api/v1/observations", name="filter: box, kind, days", params={
            "bbox": self.box(0.3), "kind": kind, "datetime": f"2024-{random.randint(1, 12):02}-{day:02}/..",
            "limit": 50})

    @task(2)
    def box_alone(self):
        self.client.get("/api/v1/observations", name="filter: box", params={
            "bbox": self.box(0.2), "limit": 50})

    @task(1)
    def cql2(self):
        self.client.get("/ogc/collections/observations/items", name="filter: CQL2", params={
            "filter": f"kind = 'shelling' AND fatalities > {random.randint(1, 4)}", "limit": 20})

    @task(3)
    def tile(self):
        z = random.choice([8, 9, 10, 11])
        import math
        lon, lat = random.uniform(35.9, 37.1), random.uniform(35.3, 36.3)
        x = int((lon + 180) / 360 * 2 ** z)
        y = int((1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * 2 ** z)
        self.client.get(f"/ogc/collections/observations/tiles/WebMercatorQuad/{z}/{y}/{x}", name="tile")
"""


def rows_of(count: int) -> pa.Table:
    """Synthetic observations, spread over the accord's region and two years; all are marked so."""
    from truceline.evidence.identity import identify
    from truceline.evidence.table import OBSERVATION_SCHEMA

    random = np.random.default_rng(7)
    start = np.datetime64("2024-01-01T00:00:00", "us").astype(np.int64)
    occurred = start + random.integers(0, 2 * 365 * 86_400, count) * 1_000_000
    utc = pa.timestamp("us", tz="UTC")
    columns: dict[str, Any] = {
        "kind": pa.array(np.array(KINDS, object)[random.integers(0, len(KINDS), count)], pa.string()),
        "lon": pa.array(random.normal(36.5, 0.35, count)),
        "lat": pa.array(random.normal(35.8, 0.30, count)),
        "error_m": pa.array(random.choice([50.0, 200.0, 1000.0], count)),
        "occurred_from": pa.array(occurred, pa.int64()).cast(utc),
        "occurred_to": pa.array(occurred + 3_600_000_000, pa.int64()).cast(utc),
        "recorded_at": pa.array(np.full(count, occurred.max()), pa.int64()).cast(utc),
        "actors": pa.array([["northern forces"]] * count, pa.list_(pa.string())),
        "targets": pa.array([[]] * count, pa.list_(pa.string())),
        "fatalities": pa.array(random.poisson(0.4, count), pa.int64()),
        "source": pa.array(
            np.array(["wire", "post", "camera"], object)[random.integers(0, 3, count)], pa.string()
        ),
        "reliability": pa.array(["B"] * count, pa.string()),
        "credibility": pa.array(random.integers(1, 5, count), pa.int8()),
        "origin_id": pa.array([str(number) for number in range(count)], pa.string()),
        "claim": pa.array(np.zeros(count, bool)),
        "synthetic": pa.array(np.ones(count, bool)),
        "retracted": pa.array(np.zeros(count, bool)),
    }
    arrays = []
    for field in OBSERVATION_SCHEMA:
        column = columns.get(field.name)
        if column is None:
            column = pa.nulls(count, field.type) if field.nullable else pa.array([""] * count, pa.string())
        arrays.append(column)
    return identify(pa.Table.from_arrays(arrays, schema=OBSERVATION_SCHEMA))


class Rows:
    """A batch, as a store takes it."""

    def __init__(self, table: pa.Table) -> None:
        self.table, self.read = table, table.num_rows
        self.quarantined: list[Any] = []


def make(folder: Path, count: int) -> Path:
    """A workspace with so many observations."""
    sys.path.insert(0, str(REPOSITORY / "tests" / "plugins"))
    from served_mission import ACCORD, TEXT

    from truceline.store.workspace import Workspace

    (folder / "accord.yaml").write_text(ACCORD, encoding="utf-8")
    (folder / "text.txt").write_text(TEXT, encoding="utf-8")
    workspace = Workspace.create(folder / "w", folder / "accord.yaml")
    with workspace.store() as store:
        store.append(Rows(rows_of(count)))
    return workspace.root


SERVER = """
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from truceline.store.workspace import Workspace
from truceline.web.serving import bind, run
from truceline.web.site import Settings, Site

settings = Settings(local_token="TOKEN", reads_per_s=1e6, reads_burst=10**6)
site = Site.of(Workspace.open(Path(sys.argv[1])), settings)
bound = bind("127.0.0.1", 0)
print(bound.getsockname()[1], flush=True)
run(site, bound, lambda: print("ready", flush=True))
"""


@contextmanager
def served(root: Path, *, warm: bool = True, told: dict[str, Any] | None = None) -> Iterator[str]:
    """The address of a workspace that is served by a process of its own for as long as the context lasts.

    With `warm` it has answered before; else it has just said that it is ready. `told` is given the process's
    peak memory at the end.
    """
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    server = subprocess.Popen(
        [sys.executable, "-c", SERVER, str(root)], stdout=subprocess.PIPE, text=True, env=kept
    )
    assert server.stdout is not None
    try:
        address = f"http://127.0.0.1:{server.stdout.readline().strip()}"
        assert server.stdout.readline().strip() == "ready"
        if warm:
            cookie = _signed_in(address)
            for path in ("/api/v1/assessment", "/api/v1/observations?limit=1", TILE):
                asked(address, path, cookie)
        if told is not None:
            told["pid"] = server.pid
        yield address
        memory = Path(f"/proc/{server.pid}/status").read_text()
        if told is not None:
            peak = next(line.split()[1] for line in memory.splitlines() if line.startswith("VmHWM"))
            told["server_peak_mib"] = int(peak) // 1024
    finally:
        server.terminate()
        server.wait(timeout=30)


ASKED: dict[str, Callable[[int], str]] = {
    "session": lambda _: "/api/v1/session",
    "filter: box, kind, days": lambda number: (
        f"/api/v1/observations?bbox={_box(number, 0.3)}&kind=shelling"
        f"&datetime=2024-{1 + number % 12:02}-{1 + number % 27:02}/..&limit=50"
    ),
    "filter: box": lambda number: f"/api/v1/observations?bbox={_box(number, 0.2)}&limit=50",
    "filter: CQL2": lambda number: (
        "/ogc/collections/observations/items?limit=20&filter=kind%20%3D%20%27shelling%27%20AND%20"
        f"fatalities%20%3E%20{number % 4}"
    ),
    "tile drawn anew, zoom 8": lambda number: _tile(8, number),
    "tile drawn anew, zoom 10": lambda number: _tile(10, number),
    "tile drawn anew, zoom 12": lambda number: _tile(12, number),
}
"""What is asked to find out what an answer costs, each time another of its kind."""


def _box(number: int, size: float) -> str:
    west, south = 35.8 + number * 0.317 % (1.4 - size), 35.2 + number * 0.211 % (1.2 - size)
    return f"{west:.3f},{south:.3f},{west + size:.3f},{south + size:.3f}"


def _tile(zoom: int, number: int) -> str:
    """A tile around the middle of the reports; of another interval of time each, so that none is kept."""
    x, y = int((36.5 + 180) / 360 * 2**zoom), int(0.3934 * 2**zoom)
    path = f"/ogc/collections/observations/tiles/WebMercatorQuad/{zoom}/{y}/{x + number % 3}"
    return f"{path}?datetime=2024-{1 + number % 12:02}-{1 + number // 12 % 28:02}/.."


def processor_ms(address: str, pid: int, cookie: str, times: int = 150) -> dict[str, float]:
    """Thousandths of a second of the processor that the server needs for an answer of each kind, alone:
    which does not depend on what else the machine does."""
    host = http.client.HTTPConnection(address.removeprefix("http://"))
    found = {}
    for name, path in ASKED.items():
        for number in range(-10, times):
            if number == 0:
                before = _ticks(pid)
            host.request("GET", path(number % 336), headers={"Cookie": cookie})
            answer = host.getresponse()
            answer.read()
            if answer.status != 200:
                raise RuntimeError(f"{path(number)}: {answer.status}")
        found[name] = round((_ticks(pid) - before) * 1000 / os.sysconf("SC_CLK_TCK") / times, 2)
    return found


def _ticks(pid: int) -> int:
    """How long a process has computed, in ticks of the clock."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def asked(address: str, path: str, cookie: str) -> float:
    """Seconds until an answer is whole."""
    start = time.perf_counter()
    request = urllib.request.Request(address + path, headers={"Cookie": cookie})
    with urllib.request.urlopen(request, timeout=600) as answer:
        answer.read()
    return time.perf_counter() - start


def main() -> None:
    """Runs the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seconds", type=int, default=60)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        start = time.perf_counter()
        root = make(folder, arguments.rows)
        made_s = time.perf_counter() - start
        (folder / "locustfile.py").write_text(LOCUSTFILE)
        told: dict[str, Any] = {}
        with served(root, warm=False) as address:  # the first start after all of it was taken in
            first_ever_s = asked(address, "/api/v1/observations?limit=1", _signed_in(address))
        with served(root, warm=False, told=told) as address:
            cookie = _signed_in(address)
            first_s = asked(address, "/api/v1/observations?limit=1", cookie)
            assessed_s = asked(address, "/api/v1/assessment", cookie)
            warm_s = asked(
                address, "/api/v1/observations?bbox=36.4,35.7,36.6,35.9&kind=shelling&limit=50", cookie
            )
            tile_s = asked(address, TILE, cookie)
            costs = processor_ms(address, told["pid"], cookie)
            prefix = folder / "out"
            subprocess.run(
                [
                    sys.executable, "-m", "locust", "-f", str(folder / "locustfile.py"), "--headless",
                    "-u", str(arguments.clients), "-r", str(arguments.clients), "-t", f"{arguments.seconds}s",
                    "--host", address, "--csv", str(prefix), "--only-summary", "--loglevel", "ERROR",
                ],
                check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder,
                env=os.environ | {"PYTHONWARNINGS": "ignore"},
            )  # fmt: skip
        print(
            json.dumps(
                {
                    "rows": arguments.rows,
                    "clients": arguments.clients,
                    "seconds": arguments.seconds,
                    "load_before": os.getloadavg()[0],
                    "made_s": round(made_s, 1),
                    "first_answer_after_taking_in_s": round(first_ever_s, 2),
                    "first_answer_s": round(first_s, 2),
                    "then_assessment_s": round(assessed_s, 2),
                    "filter_alone_s": round(warm_s, 4),
                    "tile_alone_s": round(tile_s, 4),
                    "processor_ms": costs,
                    "server_peak_mib": told["server_peak_mib"],
                    "answers": _told(Path(f"{prefix}_stats.csv")),
                },
                indent=1,
            )
        )


def _signed_in(address: str) -> str:
    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_: Any) -> None:
            return None

    try:
        urllib.request.build_opener(Stay).open(f"{address}/api/v1/session/local?token=TOKEN")
    except urllib.error.HTTPError as answer:
        return str(answer.headers["Set-Cookie"]).partition(";")[0]
    raise RuntimeError("the sign-in did not answer as it should")


def _told(path: Path) -> list[dict[str, Any]]:
    import csv

    with path.open() as file:
        return [
            {
                "name": row["Name"],
                "requests": int(row["Request Count"]),
                "failures": int(row["Failure Count"]),
                "per_s": round(float(row["Requests/s"]), 1),
                "median_ms": float(row["Median Response Time"] or 0),
                "p95_ms": float(row["95%"] or 0),
                "p99_ms": float(row["99%"] or 0),
            }
            for row in csv.DictReader(file)
        ]


if __name__ == "__main__":
    main()

"""Rows per second from CSV into the record, beside peers that load the same file without looking at it.

    python benchmarks/ingest.py [--rows 200000] [--json]

Peers: the sqlite3 shell's `.import` (where it is installed) and Python's csv module into sqlite3. Both fill
one table of text without any check, provenance or duplicate detection: what bare loading costs here, in the
same run. The counts of all must agree. Also measured: taking the same file in again, reading everything back
with and without the columnar copy, and linking. Seconds of the clock and of the processor: on a machine that
does other work they differ.
"""

from __future__ import annotations

import argparse
import csv
import json
import resource
import shutil
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import numpy as np

from truceline.app.ingest import ingest
from truceline.cli.main import leave_pandas_out
from truceline.evidence.linking import link_incidents
from truceline.evidence.ports import current
from truceline.store.workspace import Workspace

ACCORD = """\
accord: {id: bench, title: Benchmark, time_zone: Asia/Damascus, status: confirmed, version: 1}
parties:
- {id: north, names: North, role: side}
- {id: south, names: South, role: side}
"""
T = TypeVar("T")
COLUMNS = (
    "id", "kind", "date_start", "date_end", "place", "lon", "lat", "error_m", "actor", "target", "fatalities",
    "report", "source",
)  # fmt: skip


def write_events(path: Path, rows: int, seed: int = 2018) -> None:
    """Invented events around Idlib over five years, by three sources, in our own CSV columns."""
    rng = np.random.default_rng(seed)
    kinds = rng.choice(["shelling", "air_strike", "armed_clash", "explosion"], rows).tolist()
    sources = rng.choice(["wire", "monitors", "daily"], rows).tolist()
    days = rng.integers(0, 5 * 365, rows).tolist()
    lon, lat = (
        rng.uniform(35.7, 37.3, rows).round(5).tolist(),
        rng.uniform(34.9, 36.6, rows).round(5).tolist(),
    )
    error_m = rng.choice([300, 1000, 5000, 15000], rows).tolist()
    deaths = rng.integers(0, 4, rows).tolist()
    start = date(2018, 9, 17)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for n in range(rows):
            day = (start + timedelta(days=days[n])).isoformat()
            actors = ("north", "south") if n % 2 else ("south", "unknown")
            report = f"event {n} near place {n % 700}; residents spoke of several impacts in the morning"
            place = (f"place {n % 700}", lon[n], lat[n], error_m[n])
            writer.writerow((f"e{n}", kinds[n], day, day, *place, *actors, deaths[n], report, sources[n]))


class Seconds(NamedTuple):
    """Of the clock, and of the processor in this process and its children."""

    clock: float
    processor: float


def processor_s() -> float:
    """Seconds of processor time so far."""
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def timed(work: Callable[[], T]) -> tuple[Seconds, T]:
    """How long it took, and the result."""
    clock, processor = time.perf_counter(), processor_s()
    result = work()
    return Seconds(time.perf_counter() - clock, processor_s() - processor), result


def shell_import(events: Path, target: Path) -> int:
    """The sqlite3 shell's own import; the number of rows."""
    subprocess.run(
        ["sqlite3", str(target), "PRAGMA journal_mode = WAL;", ".mode csv", f".import {events} events"],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    with closing(sqlite3.connect(target)) as connection:
        return int(connection.execute("SELECT count(*) FROM events").fetchone()[0])


def module_import(events: Path, target: Path) -> int:
    """Python's csv module into sqlite3 in one transaction; the number of rows."""
    with closing(sqlite3.connect(target)) as connection, events.open(encoding="utf-8", newline="") as file:
        connection.execute("PRAGMA journal_mode = WAL")
        rows = csv.reader(file)
        names = next(rows)
        connection.execute(f"CREATE TABLE events ({', '.join(names)})")
        connection.executemany(f"INSERT INTO events VALUES ({', '.join('?' * len(names))})", rows)
        connection.commit()
        return int(connection.execute("SELECT count(*) FROM events").fetchone()[0])


def measure(rows: int, folder: Path) -> list[tuple[str, Seconds, int]]:
    """What was done, seconds, rows."""
    events = folder / "events.csv"
    write_events(events, rows)
    (folder / "accord.yaml").write_text(ACCORD)
    workspace = Workspace.create(folder / "workspace", folder / "accord.yaml")
    found: list[tuple[str, Seconds, int]] = []

    def note(what: str, seconds: Seconds, counted: int) -> None:
        if counted != rows:
            raise SystemExit(f"{what}: {counted} rows, expected {rows}")
        found.append((what, seconds, counted))

    seconds, report = timed(lambda: ingest(workspace, [events]))
    note("truceline ingest", seconds, report.total("added"))
    if shutil.which("sqlite3"):
        seconds, counted = timed(lambda: shell_import(events, folder / "shell.sqlite"))
        note("peer: sqlite3 .import", seconds, counted)
    seconds, counted = timed(lambda: module_import(events, folder / "module.sqlite"))
    note("peer: csv + sqlite3", seconds, counted)
    seconds, again = timed(lambda: ingest(workspace, [events]))
    note("truceline ingest again", seconds, again.total("duplicates"))
    for what in ("read, no columnar copy yet", "read, columnar copy"):
        with workspace.store() as store:
            seconds, table = timed(store.observations)
            note(what, seconds, table.num_rows)
            seconds, standing = timed(lambda: current(store.observations()))
            if what.endswith("copy"):
                note("read again and what stands of it", seconds, standing.num_rows)
                seconds, incidents = timed(partial(link_incidents, standing))
                note(f"linking ({incidents.links.num_rows} links)", seconds, len(incidents.number))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    leave_pandas_out()  # as `truceline ingest` begins
    with tempfile.TemporaryDirectory() as folder:
        found = measure(arguments.rows, Path(folder))
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    if arguments.json:
        steps: list[dict[str, Any]] = [
            {
                "step": what,
                "seconds": round(seconds.clock, 4),
                "processor_seconds": round(seconds.processor, 4),
                "rows_per_second": round(rows / seconds.clock),
            }
            for what, seconds, rows in found
        ]
        print(json.dumps({"rows": arguments.rows, "peak_mb": round(peak_mb), "steps": steps}, indent=2))
        return
    for what, seconds, rows in found:
        rate = rows / seconds.clock
        print(f"{what:34} {seconds.clock:8.3f} s {seconds.processor:8.3f} s cpu {rate:14,.0f} rows/s")
    print(f"peak memory {peak_mb:,.0f} MB")


if __name__ == "__main__":
    main()

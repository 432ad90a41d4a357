"""Exports of a million observations: seconds, peak memory and size, per format and edition.

    python benchmarks/export.py [--rows 100000 300000 1000000] [--edition internal public]

The rows are those of benchmarks/assess.py, recorded in a workspace once. "First reading" makes the record's
columnar copy, which all others read. With several numbers of rows the growth from the first to the last is
told: constant memory means that it is near nothing.
Each export runs in a process of its own; seconds are the clock's from the call to the file in its place
(imports and what compiles are in it), memory is the most of the process's own, and its peak with mapped
files. "No export" is what opening the record and deciding what counts costs: the rows themselves are mapped
files, which the system may drop at any time and still counts. Formats of one layer hold the observations; a
GeoPackage and a package here do as well."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
from assess import EXAMPLE, generated

from truceline.app.export import export
from truceline.app.export_content import ExportRequest, content_of
from truceline.core.errors import Fault
from truceline.evidence.identity import identify
from truceline.store.workspace import Workspace

FIRST = "first reading"
FORMATS = {
    FIRST: None,
    "no export": None,
    "GeoParquet": "o.parquet",
    "CSV with HXL": "o.csv",
    "GeoJSON": "o.geojson",
    "data package": "o.zip",
    "GeoPackage": "o.gpkg",
}
NOW = datetime(2100, 1, 1, tzinfo=UTC)


class Rows(NamedTuple):
    """A batch for the store."""

    table: pa.Table
    read: int
    quarantined: tuple[Fault, ...] = ()


def prepared(folder: Path, rows: int) -> Path:
    """A workspace whose record holds the rows."""
    workspace = Workspace.create(folder / "w", EXAMPLE / "accord.yaml")
    table = identify(generated(rows))
    with workspace.store() as store:
        store.append(Rows(table, rows))
    return workspace.root


class Watched:
    """The process's own memory, without mapped files, looked at twenty times a second: the most that was
    seen."""

    def __init__(self) -> None:
        self.most_mib, self._over = 0.0, threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def _watch(self) -> None:
        while not self._over.wait(0.05):
            self.most_mib = max(self.most_mib, status_mib("RssAnon"))

    def stop(self) -> float:
        self._over.set()
        self._thread.join()
        return self.most_mib


def status_mib(name: str) -> float:
    """A line of the kernel's account of this process."""
    status = Path("/proc/self/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith(name))
    return int(line.split()[1]) / 1024


def peak_mib() -> float:
    """The process's peak memory; unlike `getrusage` it knows nothing of the process that started this one."""
    return status_mib("VmHWM")


def one(root: Path, name: str | None, edition: str) -> dict[str, float]:
    """One export in this process."""
    request = ExportRequest(edition=edition, layers=("observations",), now=NOW)
    started, busy = time.perf_counter(), time.process_time()
    size, watched = 0, Watched()
    if name is None:
        content_of(Workspace.open(root), request)
    else:
        with tempfile.TemporaryDirectory(dir=root.parent) as folder:
            size = export(root, Path(folder) / name, request).files[0].size_bytes
    return {
        "seconds": time.perf_counter() - started,
        "processor": time.process_time() - busy,
        "own_mib": watched.stop(),
        "peak_mib": peak_mib(),
        "mb": size / 1e6,
    }


def main() -> None:
    """Prints a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[1_000_000])
    parser.add_argument("--edition", nargs="+", default=["internal", "public"])
    parser.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        root, name, edition = arguments.one
        print(json.dumps(one(Path(root), name or None, edition)))
        return
    with tempfile.TemporaryDirectory() as folder:
        roots = {}
        for rows in arguments.rows:
            (Path(folder) / str(rows)).mkdir()
            roots[rows] = prepared(Path(folder) / str(rows), rows)
        print(
            "| format | edition | observations | seconds | processor | own MiB | growth | peak MiB | MB |\n"
            "|---|---|---|---|---|---|---|---|---|"
        )
        for edition in arguments.edition:
            for label, name in FORMATS.items():
                if label != FIRST or edition == arguments.edition[0]:
                    tell(label, name, edition, roots)


def tell(label: str, name: str | None, edition: str, roots: dict[int, Path]) -> None:
    """Prints a line for each number of rows; growth is over the first number's own memory."""
    least = None
    for rows, root in roots.items():
        command = [sys.executable, __file__, "--one", str(root), name or "", edition]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        found = json.loads(done.stdout.splitlines()[-1])
        least = least or found["own_mib"]
        print(
            f"| {label} | {edition} | {rows:,} | {found['seconds']:.1f} | {found['processor']:.1f} | "
            f"{found['own_mib']:.0f} | {found['own_mib'] - least:+.0f} | {found['peak_mib']:.0f} | "
            f"{found['mb']:.0f} |",
            flush=True,
        )


if __name__ == "__main__":
    main()

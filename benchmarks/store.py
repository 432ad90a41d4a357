"""Both stores side by side: appending durably and in batches, reading, checking the log, 10^4 to 10^6 rows.

    python benchmarks/store.py [--sizes 10000 100000 1000000] [--durable 300] [--json]

The PostgreSQL is a server of our own in a temporary folder beside the SQLite files, with `fsync` on and
Debian's settings but for 512 MB of shared buffers. `durable` is one observation per transaction, each flushed
before the next, by one process and by eight at once. `batched` is all rows in one transaction. `secured` is
the server's record with roles, row-level security and the spatial index, written to by the writer's role.
Seconds of the clock; what else ran on the machine is told with the figures.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from log import BATCH, observations

from truceline.store.postgres.roles import set_up
from truceline.store.postgres.store import PostgresStore
from truceline.store.record import RecordStore
from truceline.store.sqlite import SqliteStore

Opener = Callable[[str], RecordStore]
sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "plugins"))
from postgres_server import Server, start, stop  # noqa: E402

SETTINGS = {"listen_addresses": "", "shared_buffers": "512MB"}
FORK = multiprocessing.get_context("fork")


def measure(open_record: Opener, size: int) -> dict[str, Any]:
    """What one record of that many observations costs, filled in one transaction."""
    batches = [observations(first, min(BATCH, size - first)) for first in range(0, size, BATCH)]
    with open_record(f"n{size}") as store:
        start = time.perf_counter()
        with store.write() as writer:
            writer.append(batches)
        appended = time.perf_counter() - start
        start = time.perf_counter()
        with store.write() as writer:
            again = writer.append(batches)
        held = time.perf_counter() - start
        del batches
        start = time.perf_counter()
        if store.observations().num_rows != size or again.duplicates != size:
            raise SystemExit("what was appended is not what is read")
        read = time.perf_counter() - start
        start = time.perf_counter()
        report = store.verify_log()
        checked = time.perf_counter() - start
        if not report.ok or report.size < size:
            raise SystemExit(f"the log of {size} is not whole: {report.findings[:3]}")
    return {
        "rows": size,
        "append_rows_per_s": round(size / appended),
        "again_rows_per_s": round(size / held),
        "read_s": round(read, 2),
        "verify_s": round(checked, 2),
    }


def _one_by_one(open_record: Opener, first: int, count: int, ready: Any) -> None:
    batches = [observations(n, 1) for n in range(first, first + count)]
    with open_record("durable") as store:
        ready.wait()
        for batch in batches:
            store.append(batch)


def durable(open_record: Opener, count: int, processes: int) -> float:
    """Transactions of one observation each, flushed, per second, by that many processes at once."""
    with open_record("durable") as store:
        before = store.observations().num_rows
    ready = FORK.Barrier(processes + 1)
    each = count // processes
    running = [
        FORK.Process(target=_one_by_one, args=(open_record, before + n * each, each, ready))
        for n in range(processes)
    ]
    for process in running:
        process.start()
    ready.wait()
    start = time.perf_counter()
    for process in running:
        process.join()
    taken = time.perf_counter() - start
    with open_record("durable") as store:
        if store.observations().num_rows != before + each * processes or not store.verify_log().ok:
            raise SystemExit("something that was acknowledged is not there")
    return each * processes / taken


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--durable", type=int, default=304)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    load = os.getloadavg()
    found: dict[str, Any] = {"load": [round(load[0], 1)], "stores": {}}
    server_folder = Path(tempfile.mkdtemp(prefix="truceline-pg-"))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        try:
            start(server_folder, SETTINGS)
            server = Server(server_folder)
            server.make_template()
            with server.connect("record") as superuser:
                superuser.execute("CREATE ROLE adder LOGIN")

            def sqlite(record: str) -> RecordStore:
                return SqliteStore(folder / f"{record}.sqlite", key_file=folder / f"{record}.key")

            def plain(record: str) -> RecordStore:
                return PostgresStore(
                    f"{server.url('record')}&schema={record}", key_file=folder / f"{record}.pg", make=True
                )

            def secured(record: str) -> RecordStore:
                schema = f"s_{record}"
                key = folder / f"{schema}.pg"
                address = f"{server.url('record')}&schema={schema}"
                with PostgresStore(address, make=True) as store, store._writing() as connection:
                    set_up(connection, schema, ["north", "south"])
                with server.connect("record") as other:
                    other.execute(f"GRANT {schema}_writer TO adder")
                return PostgresStore(f"{server.url('record', 'adder')}&schema={schema}", key_file=key)

            stores = {"SQLite": sqlite, "PostgreSQL": plain, "PostgreSQL, secured": secured}
            for title, opener in stores.items():
                row: dict[str, Any] = {}
                if opener is not secured:
                    row["durable_per_s"] = round(durable(opener, arguments.durable, 1), 1)
                    row["durable_by_8_per_s"] = round(durable(opener, arguments.durable, 8), 1)
                row["sizes"] = [measure(opener, size) for size in arguments.sizes]
                found["stores"][title] = row
        finally:
            stop(server_folder)
    found["load"].append(round(os.getloadavg()[0], 1))
    if arguments.json:
        print(json.dumps(found, indent=2))
        return
    print(f"load at the start and at the end: {found['load']}")
    for title, row in found["stores"].items():
        print(title, {key: value for key, value in row.items() if key != "sizes"})
        for size in row["sizes"]:
            print("   ", "  ".join(f"{key} {value:,}" for key, value in size.items()))


if __name__ == "__main__":
    main()

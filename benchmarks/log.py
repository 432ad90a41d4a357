"""The transparency log: appending durably and in batches, checking all, proving, from 10^4 to 10^6 entries.

    python benchmarks/log.py [--sizes 10000 100000 1000000] [--durable 300] [--json]

Each size is one record, filled in one transaction by our own writer with invented observations (the store
alone: no file is read), then checked as `truceline log verify` does it, and asked for proofs of entries at
random, with nothing of the tree kept from one proof to the next. Each proof is checked by our own code and
by the stand-alone verifier. `durable` is one observation per transaction, each flushed before the next.
Medians of proofs; seconds of the clock and of the processor.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa

from truceline.evidence.table import OBSERVATION_SCHEMA
from truceline.standalone import verify as standalone
from truceline.store.sqlite import SqliteStore
from truceline.transparency.tree import root_from_inclusion

DAY = datetime(2018, 10, 1, tzinfo=UTC)
BATCH = 50_000


class Batch:
    """Rows as a reader hands them on."""

    quarantined = ()

    def __init__(self, table: pa.Table) -> None:
        self.table = table
        self.read = table.num_rows


def observations(first: int, count: int) -> Batch:
    """Invented observations with the columns that an event usually has."""
    numbers = range(first, first + count)
    given: dict[str, list[Any]] = {
        "id": [f"obs-{n:024x}" for n in numbers],
        "digest": [f"{n:024x}" for n in numbers],
        "kind": ["shelling"] * count,
        "place": [f"place {n % 700}" for n in numbers],
        "lon": [36 + n % 9973 / 9973 for n in numbers],
        "lat": [35 + n % 9967 / 9967 for n in numbers],
        "error_m": [1000.0] * count,
        "occurred_from": [DAY + timedelta(minutes=n % 500_000) for n in numbers],
        "occurred_to": [DAY + timedelta(minutes=n % 500_000 + 60) for n in numbers],
        "recorded_at": [DAY] * count,
        "actors": [["north"]] * count,
        "targets": [["south"]] * count,
        "fatalities": [n % 4 for n in numbers],
        "source": ["wire"] * count,
        "claim": [False] * count,
        "synthetic": [True] * count,
        "retracted": [False] * count,
        "report": [f"event {n}; residents spoke of several impacts in the morning" for n in numbers],
    }
    columns = [pa.array(given.get(field.name, [None] * count), field.type) for field in OBSERVATION_SCHEMA]
    return Batch(pa.Table.from_arrays(columns, schema=OBSERVATION_SCHEMA))


def measure(size: int, folder: Path, proofs: int, seed: int = 2018) -> dict[str, Any]:
    """What one record of that many observations costs."""
    path = folder / f"{size}.sqlite"
    batches = [observations(first, min(BATCH, size - first)) for first in range(0, size, BATCH)]
    with SqliteStore(path, key_file=folder / f"{size}.key") as store:
        start = time.perf_counter()
        with store.write() as writer:
            writer.append(batches)
        appended = time.perf_counter() - start
        del batches
        start, cpu = time.perf_counter(), time.process_time()
        report = store.verify_log()
        checked, checked_cpu = time.perf_counter() - start, time.process_time() - cpu
        if not report.ok or report.size < size:
            raise SystemExit(f"the log of {size} is not whole: {report.findings[:3]}")
        rng = random.Random(seed)
        made, verified, alone, tree_alone = [], [], [], []
        key = ""
        for _ in range(proofs):
            id = f"obs-{rng.randrange(size):024x}"
            with store.log() as log:
                key = key or log.verifier_keys()[0]
                start = time.perf_counter()
                proof = log.prove(id)
                made.append(time.perf_counter() - start)
            leaf = proof["leaf"]
            start = time.perf_counter()
            path_up = [bytes.fromhex(node) for node in leaf["path"]]
            root = root_from_inclusion(bytes.fromhex(leaf["hash"]), leaf["index"], report.size, path_up)
            verified.append(time.perf_counter() - start)
            if root != report.root:
                raise SystemExit(f"the proof of {id} does not hold")
            start = time.perf_counter()
            standalone.check_leaf(leaf, report.size, report.root, "the leaf")
            tree_alone.append(time.perf_counter() - start)
            text = json.dumps(proof)
            start = time.perf_counter()
            standalone.verify(text, key)
            alone.append(time.perf_counter() - start)
    return {
        "entries": size,
        "append_rows_per_s": round(size / appended),
        "verify_s": round(checked, 3),
        "verify_cpu_s": round(checked_cpu, 3),
        "prove_ms": round(statistics.median(made) * 1000, 3),
        "check_path_ms": round(statistics.median(verified) * 1000, 4),
        "standalone_leaf_ms": round(statistics.median(tree_alone) * 1000, 4),
        "standalone_with_signature_ms": round(statistics.median(alone) * 1000, 3),
        "proof_bytes": len(text),
        "bytes_per_entry": round(path.stat().st_size / size),
    }


def durable(count: int, folder: Path) -> float:
    """Transactions of one observation each, flushed, per second."""
    batches = [observations(n, 1) for n in range(count)]
    with SqliteStore(folder / "durable.sqlite", key_file=folder / "durable.key") as store:
        start = time.perf_counter()
        for batch in batches:
            store.append(batch)
        return count / (time.perf_counter() - start)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--durable", type=int, default=300)
    parser.add_argument("--proofs", type=int, default=200)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        rate = durable(arguments.durable, Path(folder))
        found = [measure(size, Path(folder), arguments.proofs) for size in arguments.sizes]
    if arguments.json:
        print(json.dumps({"durable_per_s": round(rate, 1), "sizes": found}, indent=2))
        return
    print(f"durable, one observation per transaction: {rate:,.1f}/s")
    for row in found:
        print("  ".join(f"{name} {value:,}" for name, value in row.items()))


if __name__ == "__main__":
    main()

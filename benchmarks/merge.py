"""Two offices that recorded apart, merged: export, import, reading what stands, from 10^4 entries each on.

    python benchmarks/merge.py [--sizes 10000 100000] [--shared 0.1] [--json]

Each size is two records of that many invented observations, of which a share is the same in both (as when
both took in one published file) and a tenth of those in another version. Each office exports a bundle to a
file; both are taken in by the other, as `truceline bundle import` does it: signatures, leaves, heads, and
then one transaction. Then the merged view is read, and must be the same in both. Seconds of the clock and of
the processor.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from log import BATCH, Batch, observations

from truceline.app import bundle as use
from truceline.app.log import head
from truceline.evidence.history import current
from truceline.evidence.identity import content_digest
from truceline.evidence.table import OBSERVATION_SCHEMA
from truceline.store.workspace import Workspace

ACCORD = """\
accord: {id: bench, title: Bench, time_zone: UTC, status: confirmed, version: 1}
sources: [{id: text, title: Announcement}]
parties:
- {id: north, names: North, role: side}
- {id: south, names: South, role: side}
"""


def batches(first: int, size: int, changed: int = 0) -> Iterator[Batch]:
    """Observations from a number on, of which the first `changed` say another number of deaths."""
    for start in range(0, size, BATCH):
        table = observations(first + start, min(BATCH, size - start)).table
        here = min(max(changed - start, 0), table.num_rows)
        other = pa.array([n < here for n in range(table.num_rows)])
        deaths = pc.if_else(other, pa.scalar(99, pa.int64()), table["fatalities"])
        at = OBSERVATION_SCHEMA.get_field_index("fatalities")
        table = table.set_column(at, OBSERVATION_SCHEMA.field(at), deaths)
        at = OBSERVATION_SCHEMA.get_field_index("digest")
        yield Batch(table.set_column(at, OBSERVATION_SCHEMA.field(at), content_digest(table)))


@contextmanager
def timed(found: dict[str, Any], name: str) -> Iterator[None]:
    start, cpu = time.perf_counter(), time.process_time()
    yield
    found[f"{name}_s"] = round(time.perf_counter() - start, 2)
    found[f"{name}_cpu_s"] = round(time.process_time() - cpu, 2)


def standing(workspace: Workspace) -> pa.Table:
    """What stands, by what identifies it everywhere."""
    with workspace.store() as store:
        table = current(store.observations()).select(["place", "report", "fatalities", "digest"])
    return table.sort_by([("report", "ascending"), ("digest", "ascending")])


def measure(size: int, shared: float, folder: Path) -> dict[str, Any]:
    """What merging two offices costs that recorded so many observations each."""
    both = int(size * shared)
    (folder / "accord.yaml").write_text(ACCORD)
    offices = []
    for number, name in enumerate(("north", "south")):
        made = Workspace.create(folder / name, folder / "accord.yaml")
        with made.store() as store, store.write() as writer:
            writer.append(batches(0, both, both // 10 if number else 0))
            writer.append(batches(size * (number + 1), size - both))
        offices.append(made)
    north, south = offices
    keys = [head(office)["keys"][0] for office in offices]
    found: dict[str, Any] = {"entries_each": size}
    with timed(found, "export"):
        one = use.export(north, folder / "north.tcb")
    other = use.export(south, folder / "south.tcb")
    found["bundle_bytes"] = one.bytes
    found["bundle_bytes_per_entry"] = round(one.bytes / size, 1)
    with timed(found, "check"):
        use.take_in(south, list(one.files), trust=("north", keys[0]), dry_run=True)
    with timed(found, "import"):
        use.take_in(south, list(one.files))
    with timed(found, "import_back"):
        use.take_in(north, list(other.files), trust=("south", keys[1]))
    with timed(found, "import_again"):
        use.take_in(south, list(use.export(north, folder / "again.tcb").files))
    with timed(found, "read"):
        mine = standing(south)
    theirs = standing(north)
    if not mine.equals(theirs) or mine.num_rows != 2 * size - both:
        raise SystemExit(f"the merged views differ: {mine.num_rows}, {theirs.num_rows}")
    found["stands"] = mine.num_rows
    with south.store() as store:
        report = store.verify_log()
    if not report.ok:
        raise SystemExit(f"the merged record is not whole: {report.findings[:3]}")
    found["database_bytes_per_entry"] = round((south.root / "evidence.sqlite").stat().st_size / (2 * size))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--shared", type=float, default=0.1)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    found = []
    for size in arguments.sizes:
        with tempfile.TemporaryDirectory() as folder:
            found.append(measure(size, arguments.shared, Path(folder)))
    if arguments.json:
        print(json.dumps(found, indent=2))
        return
    for row in found:
        print("  ".join(f"{name} {value:,}" for name, value in row.items()))


if __name__ == "__main__":
    main()

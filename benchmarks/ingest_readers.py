"""Rows per second of the CSV and ACLED readers on generated files, beside a plain read of the same file.

    python benchmarks/ingest_readers.py --rows 500000

A reader checks every value, resolves days in a time zone, builds details and digests each row twice; the
plain reads (pyarrow.csv to a table of text, the csv module to lists) do none of it and show what the machine
gives. One core: Arrow's thread pools are set to one. Seconds are those of the process, so that other work on
the machine counts little.
"""

from __future__ import annotations

import argparse
import csv
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pacsv

from truceline.evidence.readers import read_evidence

RECORDED = datetime(2026, 1, 1, tzinfo=UTC)
ACTORS = ("Military Forces of Syria (2000-2024)", "HTS: Hayat Tahrir al-Sham", "Opposition Rebels (Syria)")
SUB_EVENTS = (
    ("Battles", "Armed clash"),
    ("Explosions/Remote violence", "Air/drone strike"),
    ("Explosions/Remote violence", "Shelling/artillery/missile attack"),
)
ACLED = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type",
    "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction",
    "civilian_targeting", "iso", "region", "country", "admin1", "admin2", "admin3", "location", "latitude",
    "longitude", "geo_precision", "source", "source_scale", "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip
OWN = (
    "id", "kind", "date_start", "date_end", "place", "lon", "lat", "error_m", "actor", "target", "count",
    "report", "source",
)  # fmt: skip


def write_own(path: Path, rows: int) -> None:
    chance = random.Random(1)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(OWN)
        for number in range(rows):
            day = (date(2018, 9, 18) + timedelta(days=number % 900)).isoformat()
            lon, lat = f"{chance.uniform(35.8, 37.5):.5f}", f"{chance.uniform(35, 36.6):.5f}"
            kind = chance.choice(("shelling", "air_strike", "armed_clash", "patrol"))
            report = f"report {number}: {chance.randrange(1, 9)} incidents seen from the post near the road"
            writer.writerow(
                (f"r{number}", kind, day, day, f"town {number % 800}", lon, lat, 500, "hts;opposition",
                 "syrian_government", chance.randrange(9), report, f"monitors {number % 7}")
            )  # fmt: skip


def write_acled(path: Path, rows: int) -> None:
    chance = random.Random(2)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(ACLED)
        for number in range(rows):
            day = (date(2018, 9, 18) + timedelta(days=number % 900)).isoformat()
            kind, sub = chance.choice(SUB_EVENTS)
            one, other = chance.sample(ACTORS, 2)
            lon, lat = f"{chance.uniform(35.8, 37.5):.4f}", f"{chance.uniform(35, 36.6):.4f}"
            notes = (
                f"On {day}, row {number}: exchange near town {number % 800}; no losses were reported there."
            )
            writer.writerow(
                (f"SYR{number}", day, day[:4], chance.choice("1112"), "Political violence", kind, sub, one,
                 "", "State forces", other, "", "Rebel group", "State forces-Rebel group", "", 760,
                 "Middle East", "Syria", "Idleb", "Ariha", "Ariha", f"town {number % 800}", lat, lon,
                 chance.choice("1123"), "Agency; Observatory", "Other-National", notes, chance.randrange(4),
                 "", 1600000000 + number)
            )  # fmt: skip


def read(path: Path) -> int:
    return sum(
        batch.table.num_rows for batch in read_evidence(path, time_zone="Asia/Damascus", recorded_at=RECORDED)
    )


def plain_arrow(path: Path) -> int:
    options = pacsv.ReadOptions(use_threads=False)
    with path.open(encoding="utf-8") as file:
        names = file.readline().strip().split(",")
    text = pacsv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()))
    return int(pacsv.read_csv(path, read_options=options, convert_options=text).num_rows)


def plain_python(path: Path) -> int:
    with path.open(encoding="utf-8", newline="") as file:
        return sum(1 for _ in csv.reader(file)) - 1


def best(work: Callable[[Path], int], path: Path, rows: int, repeats: int) -> float:
    """Rows per second of process time, the best of `repeats`."""
    least = float("inf")
    for _ in range(repeats):
        began = time.process_time()
        found = work(path)
        least = min(least, time.process_time() - began)
        if found != rows:
            sys.exit(f"{path.name}: {found} rows read instead of {rows}")
    return rows / least


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=500_000)
    parser.add_argument("--repeats", type=int, default=1)
    given = parser.parse_args()
    pa.set_cpu_count(1)
    pa.set_io_thread_count(1)
    with tempfile.TemporaryDirectory() as folder:
        for name, write in (("our columns", write_own), ("ACLED", write_acled)):
            path = Path(folder) / "rows.csv"
            write(path, given.rows)
            size = path.stat().st_size / 1e6
            print(f"{name}: {given.rows:,} rows, {size:.0f} MB")
            for label, work in (("reader", read), ("pyarrow", plain_arrow), ("csv module", plain_python)):
                print(f"  {label:<11}{best(work, path, given.rows, given.repeats):>12,.0f} rows/s")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory {peak:,.0f} MB (the plain read by pyarrow holds the whole file, the reader does not)")


if __name__ == "__main__":
    main()

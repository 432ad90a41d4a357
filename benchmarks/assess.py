"""Assessing the Idlib accord over generated observations: seconds cold and warm, and peak memory.

    python benchmarks/assess.py [--rows 1000000] [--repeat 3] [--places 0]

The rows are drawn from a seeded generator: places are 4,000 towns and, for one row in five, positions of
their own; kinds, actors, sources, ratings and errors are mixed as event data sets mix them. "Cold" is the
first call in the process (imports done, nothing compiled or cached), "warm" the median of the next ones.
Building the table is not measured. Peak memory is that of the whole process, the table included, from the
first call on. With `--places` every row also names one of so many places, as reports do.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import statistics
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa

from truceline.accord.effective import effective
from truceline.accord.geometry import resolve_geometry
from truceline.accord.load import load_accord
from truceline.assess import assess
from truceline.evidence.table import OBSERVATION_SCHEMA

EXAMPLE = Path(__file__).parents[1] / "examples" / "idlib-2018"
KINDS = {
    "shelling": 0.34, "air_strike": 0.16, "armed_clash": 0.1, "small_arms_fire": 0.08, "explosion": 0.06,
    "presence_report": 0.06, "weapon_sighting": 0.05, "observation_effort": 0.05, "route_open": 0.01,
    "route_closed": 0.01, "patrol": 0.02, "weapon_stored": 0.01, "weapon_declared": 0.005, "statement": 0.025,
    "flight": 0.02,
}  # fmt: skip
ACTORS = [
    "syrian_government", "russia", "opposition", "hts", "unknown", "turkey", "jaysh_al_izza",
    "national_front_for_liberation", "Unidentified Armed Group (Syria)", "huras_al_din",
]  # fmt: skip
ERRORS = [500.0, 1000.0, 5000.0, 25000.0, 60000.0]


def generated(rows: int, *, seed: int = 20180917, places: int = 0) -> pa.Table:
    """A table of observations around Idlib from September 2018 to March 2020, naming so many places."""
    rng = np.random.default_rng(seed)
    towns = np.stack([rng.uniform(35.6, 37.6, 4000), rng.uniform(34.9, 36.7, 4000)], axis=1)
    at = towns[rng.integers(0, len(towns), rows)]
    own = rng.random(rows) < 0.2
    at[own] += rng.normal(0, 0.02, (int(own.sum()), 2))
    error = np.array(ERRORS)[rng.choice(5, rows, p=[0.2, 0.35, 0.25, 0.15, 0.05])]
    first = np.datetime64("2018-09-10T00:00:00", "us")
    start = first + rng.integers(0, 540, rows) * np.timedelta64(1, "D")
    length = rng.choice([1, 2, 7], rows, p=[0.85, 0.1, 0.05]) * np.timedelta64(1, "D")
    kinds = np.array(list(KINDS))[rng.choice(len(KINDS), rows, p=list(KINDS.values()))]
    several = rng.random(rows) < 0.1
    sizes = np.where(several, 2, 1)
    offsets = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int32)
    names = pa.array(ACTORS)
    actors = pa.ListArray.from_arrays(offsets, names.take(pa.array(rng.integers(0, 10, int(offsets[-1])))))
    targets = pa.ListArray.from_arrays(
        np.arange(rows + 1, dtype=np.int32), names.take(pa.array(rng.integers(0, 10, rows)))
    )
    weapon = np.isin(kinds, ["weapon_sighting", "weapon_stored", "weapon_declared"])
    effort = kinds == "observation_effort"
    classes = np.array(["tank", "artillery", "mortar", "small_arms"])[rng.integers(0, 4, rows)]
    utc = pa.timestamp("us", tz="UTC")
    columns = {
        "id": pa.array([f"obs-{number:024x}" for number in rng.permutation(rows).tolist()]),
        "kind": pa.array(kinds),
        "lon": pa.array(at[:, 0]),
        "lat": pa.array(at[:, 1]),
        "error_m": pa.array(error),
        "occurred_from": pa.array(start).cast(utc),
        "occurred_to": pa.array(start + length).cast(utc),
        "recorded_at": pa.array(start + length + np.timedelta64(3, "D")).cast(utc),
        "actors": actors,
        "targets": targets,
        "weapon_class": pa.array(np.where(weapon, classes, ""), mask=~weapon),
        "count": pa.array(rng.integers(1, 5, rows), mask=rng.random(rows) < 0.7),
        "effort_h": pa.array(rng.uniform(1, 10, rows), mask=~effort),
        "source": pa.array([f"source-{number:02d}" for number in range(30)]).take(
            pa.array(rng.integers(0, 30, rows))
        ),
        "reliability": pa.array(np.array(list("BCDF"))[rng.integers(0, 4, rows)]),
        "credibility": pa.array(rng.integers(2, 6, rows).astype(np.int8)),
        "claim": pa.array(rng.random(rows) < 0.02),
        "synthetic": pa.array(np.ones(rows, dtype=bool)),
        "retracted": pa.array(np.zeros(rows, dtype=bool)),
    }
    if places:
        named = pa.array([f"place {number} near the road" for number in range(places)])
        columns["place"] = named.take(pa.array(rng.integers(0, places, rows)))
    return pa.table(
        [columns.get(field.name, pa.nulls(rows, field.type)) for field in OBSERVATION_SCHEMA],
        schema=OBSERVATION_SCHEMA,
    )


def forget_peak() -> None:
    """Lets the kernel forget the most memory that the process has held: what built the table is not meant."""
    gc.collect()
    pa.default_memory_pool().release_unused()
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")


def peak_mib() -> float:
    """The most memory held since, MiB."""
    status = Path("/proc/self/status").read_text()
    return float(status.split("VmHWM:")[1].split()[0]) / 1024


def main() -> None:
    """Prints rows, seconds and megabytes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--places", type=int, default=0, help="how many places the rows name")
    arguments = parser.parse_args()
    accord = load_accord(EXAMPLE / "accord.yaml")
    geometry = resolve_geometry(effective(accord), EXAMPLE)
    table = generated(arguments.rows, places=arguments.places)
    forget_peak()
    before = peak_mib()
    seconds, processor = [], []
    for _ in range(arguments.repeat + 1):
        started, used = time.perf_counter(), time.process_time()
        result = assess(
            accord,
            geometry,
            table,
            as_of=datetime(2020, 3, 1, tzinfo=UTC),
            known_at=datetime(2020, 3, 1, tzinfo=UTC) + timedelta(days=30),
        )
        seconds.append(time.perf_counter() - started)
        processor.append(time.process_time() - used)
    peak = peak_mib()
    print(f"rows             {table.num_rows:,} ({table.nbytes / 2**20:,.0f} MiB as a table)")
    print(f"considered       {result.observations_considered:,}")
    print(f"cold             {seconds[0]:.2f} s ({processor[0]:.2f} s of processor time)")
    print(
        f"warm (median)    {statistics.median(seconds[1:]):.2f} s "
        f"({statistics.median(processor[1:]):.2f} s of processor time)"
    )
    print(f"peak memory      {peak:,.0f} MiB ({before:,.0f} MiB before the first call)")
    for obligation in result.obligations:
        print(f"  {obligation.id:30} {obligation.status:12} {obligation.probability:.3f}")


if __name__ == "__main__":
    main()

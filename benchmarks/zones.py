"""Zones of random lines against GeographicLib's own code: are the drawn boundaries within their bounds?

Usage: python benchmarks/zones.py [--lines 10000] [--seed 1] [--workers 2] [--kinds both] [--out FILE.json]

Every verdict is by GeographicLib's Python package: distances, sides and what lies ahead of an end. PROJ only
narrows down on which edges the nearest place can lie at all, by a bound that cannot be wrong (a distance
changes by no more than one moves). Lines have 1 to 5 edges; latitudes to 85, one in ten near a pole or over
it, one in five at the antimeridian; depths from 100 m to 100 km; three in five zones are of both sides, one
in five of one side, one in five of unequal sides, with flat or round ends.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import shapely

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
from oracles.geographiclib_zone import KINDS, Asked, random_asked, verdict  # type: ignore[import-not-found]  # isort: skip

from truceline.geo.zone import derive_zone

CHUNK = 25


def checked(seed: int, first: int, last: int, kinds: tuple[str, ...]) -> list[dict[str, Any]]:
    """One row per line: its depth, the stated bound, the worst error found, and what is wrong."""
    rows = []
    for number in range(first, last):
        rng = np.random.default_rng([seed, number])
        asked = random_asked(rng, kinds)
        rows.append({"number": number, "kind": asked.kind, "polar": asked.polar, **one(asked, rng)})
    return rows


def one(asked: Asked, rng: np.random.Generator) -> dict[str, Any]:
    started = time.process_time()
    zone = derive_zone(
        shapely.LineString(asked.coords),
        left_depth_m=asked.left_m,
        right_depth_m=asked.right_m,
        ends=asked.ends,
    )
    derived = time.process_time() - started
    worst, faults = verdict(asked, zone.geometry, zone.max_error_m, rng)
    return {
        "depth_m": max(asked.left_m, asked.right_m),
        "bound_m": zone.max_error_m,
        "worst_m": worst,
        "faults": faults if zone.geometry.is_valid else [*faults, "the polygon is not valid"],
        "derive_s": derived,
        "oracle_s": time.process_time() - started - derived,
    }


def summary(rows: list[dict[str, Any]], seed: int) -> dict[str, Any]:
    bound, worst, depth = (np.array([row[key] for row in rows]) for key in ("bound_m", "worst_m", "depth_m"))
    shallow = depth <= 20_000
    return {
        "lines": len(rows),
        "seed": seed,
        "date": datetime.now(UTC).date().isoformat(),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "kinds": {kind: sum(row["kind"] == kind for row in rows) for kind in KINDS},
        "polar": sum(row["polar"] for row in rows),
        "worst_error_m": float(worst.max()),
        "median_worst_error_m": float(np.median(worst)),
        "bound_median_m": float(np.median(bound)),
        "bound_max_m": float(bound.max()),
        "above_0.10_m": int((bound > 0.10).sum()),
        "to_20_km": int(shallow.sum()),
        "to_20_km_above_0.10_m": int((bound[shallow] > 0.10).sum()),
        "to_20_km_worst_error_m": float(worst[shallow].max()) if shallow.any() else None,
        "derive_cpu_s": round(sum(row["derive_s"] for row in rows), 1),
        "oracle_cpu_s": round(sum(row["oracle_s"] for row in rows), 1),
        "wide": [(r["number"], r["kind"], r["depth_m"], r["bound_m"]) for r in rows if r["bound_m"] > 0.10],
        "faulty": [(r["number"], r["kind"], r["faults"]) for r in rows if r["faults"]],
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--lines", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=list(KINDS))
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    rows: list[dict[str, Any]] = []
    with ProcessPoolExecutor(given.workers) as pool:
        tasks = [
            pool.submit(checked, given.seed, first, min(first + CHUNK, given.lines), tuple(given.kinds))
            for first in range(0, given.lines, CHUNK)
        ]
        for done, task in enumerate(as_completed(tasks), start=1):
            rows += task.result()
            if done % 8 == 0:
                print(f"{len(rows)} of {given.lines}", file=sys.stderr, flush=True)
                if given.out:
                    given.out.write_text(json.dumps(summary(rows, given.seed), indent=1))
    found = summary(sorted(rows, key=lambda row: row["number"]), given.seed)
    print(json.dumps(found, indent=1))
    if given.out:
        given.out.write_text(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()

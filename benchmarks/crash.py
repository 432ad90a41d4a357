"""Kills processes in the middle of their work, thousands of times, cuts the power, lets media fail.

    python benchmarks/crash.py [--kills 3000] [--cuts 1500] [--errors 10] [--seed 1] [--docs] [--json]
    python benchmarks/crash.py --self-test

`kills` are processes that died by SIGKILL in the middle: half of them at a time drawn from how long the
work takes, half at an operation on a file, before it or in the middle of it, spread over all. `cuts` are
power cuts, worked out from a recording of every write and flush. `errors` is at how many operations of each
phase the medium begins to fail, with each of three errors. `--self-test` plants faults that must be found.
`--docs` (with the self-test) writes what was found into docs/reliability.md; `--from` takes it from a file
with what `--json` printed. Exit code 3 if anything was lost, half there, or not found.
"""

from __future__ import annotations

import argparse
import errno
import json
import logging
import math
import random
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from crashing.interposer import Interposer, start_under_it
from crashing.report import machine, write

SHARES = {
    "append": 6,
    "ingest": 6,
    "two writers": 3,
    "migration": 4,
    "backup": 3,
    "restore": 3,
    "init": 2,
    "bundle": 4,
    "keys": 2,
    "log key": 2,
    "move": 2,
}
TRIES = 12
"""Kills or cuts at a time, until a planted fault is found."""
ERRORS = {
    "no space left": errno.ENOSPC,
    "read or write error": errno.EIO,
    "medium turned read-only": errno.EROFS,
}


def crash_test(arguments: argparse.Namespace, base: Path) -> dict[str, Any]:
    """Everything that was asked for, as plain JSON data."""
    import pyarrow as pa
    from crashing.kills import fail_phase, kill_phase
    from crashing.phases import PHASES
    from crashing.power import cut_phase

    interposer = Interposer()
    pa.set_cpu_count(1)  # no threads before forks
    chance = random.Random(arguments.seed)
    asked = [phase for phase in PHASES if not arguments.phase or phase.name in arguments.phase]
    total = sum(SHARES.get(phase.name, 2) for phase in asked)
    started = time.perf_counter()
    told: dict[str, Any] = {"seed": arguments.seed, "phases": []}
    for phase in asked:
        share = SHARES.get(phase.name, 2) / total
        one: dict[str, Any] = {"name": phase.name, "what": phase.what, "faults": []}
        if arguments.kills:
            wanted = max(2, math.ceil(arguments.kills * share))
            with tempfile.TemporaryDirectory(dir=base) as folder:
                tally = kill_phase(interposer, phase, Path(folder), wanted, chance)
            one |= {
                "kills": tally.kills,
                "by_time": tally.by_time,
                "by_operation": tally.by_operation,
                "not_killed": tally.finished,
                "operations": tally.operations,
                "seconds": round(tally.seconds, 4),
                "points": dict(tally.points.most_common()),
            }
            one["faults"] += tally.faults
        if arguments.cuts and phase.cuts:
            with tempfile.TemporaryDirectory(dir=base) as folder:
                count, kinds, faults = cut_phase(
                    interposer, phase, Path(folder), max(2, math.ceil(arguments.cuts * share)), chance
                )
            one |= {"recorded_operations": count, "cuts": sum(kinds.values()), "cut_kinds": dict(kinds)}
            one["faults"] += faults
        if arguments.errors:
            with tempfile.TemporaryDirectory(dir=base) as folder:
                sentences, faults = fail_phase(
                    interposer, phase, Path(folder), ERRORS, arguments.errors, chance
                )
            one |= {"failures_said": sum(sentences.values()), "sentences": dict(sentences)}
            one["faults"] += faults
        told["phases"].append(one)
        counted = f"{one.get('kills', 0)} kills, {one.get('cuts', 0)} cuts"
        _say(f"{phase.name}: {counted}, {len(one['faults'])} faults")
        for fault in one["faults"][:5]:
            _say(f"  {fault}")
    told["minutes"] = round((time.perf_counter() - started) / 60, 2)
    told["kills"] = sum(one.get("kills", 0) for one in told["phases"])
    told["cuts"] = sum(one.get("cuts", 0) for one in told["phases"])
    told["failures_said"] = sum(one.get("failures_said", 0) for one in told["phases"])
    told["faults"] = [fault for one in told["phases"] for fault in one["faults"]]
    return told


def self_test(arguments: argparse.Namespace, base: Path) -> list[dict[str, Any]]:
    """Each planted fault, and after how many kills or cuts it was found (None: it was not)."""
    from crashing.kills import kill_phase
    from crashing.planted import PLANTS
    from crashing.power import cut_phase

    interposer = Interposer()
    told = []
    for plant in PLANTS:
        found: list[str] = []
        tried = 0
        for batch in range(16):
            chance = random.Random(arguments.seed + batch)
            with tempfile.TemporaryDirectory(dir=base) as folder:
                if plant.finder == "kills":
                    tally = kill_phase(interposer, plant.planted(), Path(folder), TRIES, chance)
                    tried, found = tried + tally.kills, tally.faults
                else:
                    _, kinds, found = cut_phase(interposer, plant.planted(), Path(folder), TRIES, chance)
                    tried += sum(kinds.values())
            if found:
                break
        told.append(
            {
                "plant": plant.name,
                "what": plant.what,
                "finder": plant.finder,
                "tried": tried,
                "found": len(found),
                "said": found[0] if found else None,
            }
        )
        _say(f"planted: {plant.name}: found {len(found)} times in {tried} {plant.finder}")
    return told


def together(runs: list[dict[str, Any]]) -> dict[str, Any]:
    """Runs of different phases as one; the minutes are those of the longest: they ran side by side."""
    told = runs[0] | {"phases": [], "faults": [], "planted": []}
    for run in runs:
        for key in ("phases", "faults", "planted"):
            told[key] += run.get(key, [])
    for key in ("kills", "cuts", "failures_said"):
        told[key] = sum(run[key] for run in runs)
    told["minutes"] = max(run["minutes"] for run in runs)
    return told


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=3000)
    parser.add_argument("--cuts", type=int, default=1500)
    parser.add_argument("--errors", type=int, default=10)
    parser.add_argument("--seed", type=int, default=20261125)
    parser.add_argument("--phase", action="append", help="only this phase; may be given again")
    parser.add_argument(
        "--folder", type=Path, help="where to work; the system's temporary folder if not given"
    )
    parser.add_argument("--self-test", action="store_true", help="plant faults and see that they are found")
    parser.add_argument("--docs", action="store_true", help="write the findings into docs/reliability.md")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.add_argument(
        "--from",
        dest="told",
        type=Path,
        nargs="+",
        help="only write the page, from output of one or more runs",
    )
    arguments = parser.parse_args()
    if arguments.told is not None:
        write(together([json.loads(file.read_text("utf-8")) for file in arguments.told]))
        return
    start_under_it()
    logging.disable(logging.WARNING)
    with tempfile.TemporaryDirectory(prefix="truceline-crash-", dir=arguments.folder) as name:
        base = Path(name).resolve()
        told = crash_test(arguments, base)
        told["machine"] = machine(base)
        if arguments.self_test or arguments.docs:
            told["planted"] = self_test(arguments, base)
    if arguments.docs:
        write(told)
    if arguments.json:
        print(json.dumps(told, indent=2))
    missed = [plant for plant in told.get("planted", ()) if not plant["found"]]
    sys.exit(3 if told["faults"] or missed else 0)


if __name__ == "__main__":
    main()

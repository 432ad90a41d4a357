"""Truceline beside its peers: the same zones and points, one run, answers compared, ratios printed.

    python benchmarks/peers.py                 # about ten minutes on a quiet machine
    python benchmarks/peers.py --docs          # and writes the section of docs/performance.md
    python benchmarks/peers.py --only 'PostGIS, GiST' --only DuckDB

A peer that is not there is listed with the reason; one whose answers differ ends the run with exit code 1.
`make bench-peers` installs what the peers need (dependency group `peers`; PostGIS from Debian's packages).
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from rivals import NAMES, data, measure, tables

DOCS = Path(__file__).parents[1] / "docs" / "performance.md"
REFERENCE = "Truceline"


def run(name: str, kind: str, limit_s: float, options: argparse.Namespace) -> dict[str, Any]:
    """One rival in a process of its own; what it had done stays where it is ended for taking too long."""
    budget_s = options.budget if kind == "points" else options.budget / 3
    command = [sys.executable, __file__, "--one", name, "--series", kind]
    command += ["--budget", str(budget_s), "--most", str(options.most)]
    found: dict[str, Any] = {"steps": []}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        out, err = process.communicate(timeout=limit_s)
    except subprocess.TimeoutExpired:
        process.terminate()
        try:
            out, err = process.communicate(timeout=8)
        except subprocess.TimeoutExpired:
            process.kill()
            out, err = process.communicate()
        found["ended"] = f"after {limit_s:.0f} s"
    for line in out.splitlines():
        if not line.startswith("{"):
            continue
        document = json.loads(line)
        if "set" in document:
            found["steps"].append(document)
        else:
            found |= document
    if process.returncode and "ended" not in found:
        last = next(iter(err.strip().splitlines()[-1:]), "")
        if not found["steps"]:
            found["missing"] = f"failed: {last[:200]}"
        else:
            found["ended"] = f"failed: {last[:200]}"
    return found


def differing(rivals: dict[str, dict[str, Any]]) -> list[str]:
    """A sentence for each answer that is not Truceline's."""
    truth = {(s["set"], s["points"]): s for s in rivals[REFERENCE]["steps"]}
    wrong = []
    for name, found in rivals.items():
        for step in found["steps"]:
            expected = truth[step["set"], step["points"]]
            if (step["answer"], step["digest"]) != (expected["answer"], expected["digest"]):
                wrong.append(
                    f"{name}: {step['set']}, {step['points']:,} points: {step['answer']} instead of "
                    f"{expected['answer']}"
                )
    return wrong


def machine() -> dict[str, Any]:
    info = Path("/proc/cpuinfo")
    model = next(
        (
            line.split(":")[1].strip()
            for line in info.read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.processor(),
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    return {
        "cpu": model, "cores": os.cpu_count(), "memory_gb": memory, "python": platform.python_version(),
        "load": os.getloadavg()[0], "date": time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime()),
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--only", action="append", help="names, or parts of names; Truceline is always run")
    parser.add_argument("--budget", type=float, default=10.0, help="seconds for one step, about")
    parser.add_argument("--limit", type=float, default=45.0, help="seconds for one series of one rival")
    parser.add_argument("--most", type=int, default=100_000_000, help="points, at most")
    parser.add_argument("--brief", action="store_true", help="without growth with zones and vertices")
    parser.add_argument("--docs", action="store_true", help="write the section of docs/performance.md")
    parser.add_argument("--json", type=Path, help="write all that was measured to this file")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    parser.add_argument("--series", choices=list(measure.STEPS), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        measure.series(options.one, options.series, options.budget, options.most)
        return
    begun = time.monotonic()
    result: dict[str, Any] = {
        "machine": machine(), "main": data.MAIN.label, "budget_s": options.budget, "limit_s": options.limit,
        "growth": [zones.label for zones in (*data.BY_ZONES, *data.BY_VERTICES)], "rivals": {},
        "brief": options.brief,
    }  # fmt: skip
    for name in NAMES:
        if options.only and name != REFERENCE and not any(part in name for part in options.only):
            continue
        limit = options.limit if not name.startswith("Truceline") else 300.0
        found = run(name, "points", limit, options)
        if "missing" not in found and not options.brief:
            more = run(name, "growth", limit, options)
            found["steps"] += more["steps"]
            found |= {key: more[key] for key in ("ended",) if key in more}
        result["rivals"][name] = found
        reached = tables.best(found, data.MAIN.label)
        said = found.get("missing") or (
            f"{tables.number(tables.rate(reached))} million points/s at {reached['points']:,} points"
            if reached
            else "no step within the time"
        )
        print(f"{time.monotonic() - begun:5.0f} s  {name}: {said} {found.get('ended', '')}", flush=True)
    result["roofline"] = measure.roofline(min(50_000_000, 10 * options.most))
    result["seconds"] = time.monotonic() - begun
    result["load_after"] = os.getloadavg()[0]
    if options.json:
        options.json.write_text(json.dumps(result, indent=1))
    wrong = differing(result["rivals"])
    if wrong:
        print("THE ANSWERS DIFFER:", *wrong, sep="\n", file=sys.stderr)
        sys.exit(1)
    text = tables.section(result)
    print(text)
    if options.docs:
        page = DOCS.read_text(encoding="utf-8")
        before, rest = page.split(tables.BEGIN)
        DOCS.write_text(before + text + rest.split(tables.END)[1], encoding="utf-8")


if __name__ == "__main__":
    main()

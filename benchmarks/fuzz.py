"""Fuzzes every reader for so long, and says how many inputs were tried and what was found.

    python benchmarks/fuzz.py --seconds 60 [--keep FOLDER] [TARGET…]

Each target runs in a process of its own with bounded memory; one that ends before its time (a hang, a crash
of a library) is a finding, and is begun again. Needs `atheris` (the dependency group `fuzz`).
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent
MEMORY = Path("/dev/shm")


def fuzz(target: str, seconds: int, keep: Path) -> dict[str, object]:
    """Fuzzes one target; what was counted over all its processes."""
    end = time.monotonic() + seconds
    folder = keep / target
    tried = accepted = ended = 0
    slowest = processor = 0.0
    findings: dict[str, str] = {}
    reached = ""
    while (left := int(end - time.monotonic())) > 1:
        command = [
            sys.executable,
            "-m",
            "fuzzing.campaign",
            target,
            "--seconds",
            str(left),
            "--keep",
            str(keep),
        ]
        (folder / "counted.json").unlink(missing_ok=True)
        # What it leaves behind when it is ended in the middle goes with the folder.
        with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as scratch:
            done = subprocess.run(
                ["nice", "-n", "19", *command],
                capture_output=True,
                cwd=HERE,
                env={
                    **os.environ,
                    "PYTHONPATH": os.pathsep.join([str(HERE), *sys.path]),
                    "NUMBA_NUM_THREADS": "1",
                    "TMPDIR": scratch,
                },
                check=False,
            )
        said = done.stderr.decode("utf-8", "replace")
        try:
            counted = json.loads((folder / "counted.json").read_text("utf-8"))
        except FileNotFoundError:
            raise SystemExit(f"{target} did not begin:\n{said[-3000:]}") from None
        tried += counted["tried"]
        accepted += counted["accepted"]
        slowest = max(slowest, counted["slowest_s"])
        processor += counted["processor_s"]
        findings |= counted["findings"]
        covered = re.findall(r"cov: (\d+) ft: (\d+)", said)
        reached = f"{covered[-1][0]} edges" if covered else reached
        if done.returncode:
            ended += 1
            findings[f"ended with {done.returncode} ({ended})"] = said[-600:]
    return {
        "target": target,
        "tried": tried,
        "accepted": accepted,
        "slowest_s": round(slowest, 2),
        "processor_s": round(processor, 1),
        "reached": reached,
        "findings": findings,
    }


def main() -> None:
    sys.path.insert(0, str(HERE))
    from fuzzing.targets import targets

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("targets", nargs="*")
    parser.add_argument("--seconds", type=int, default=60, help="for each target")
    parser.add_argument("--keep", type=Path, help="where inputs and findings are kept")
    given = parser.parse_args()
    keep = given.keep or Path(tempfile.mkdtemp(prefix="fuzz-"))
    total = 0
    for name in given.targets or [name for name, _ in targets()]:
        counted = fuzz(name, given.seconds, keep)
        total += int(str(counted["tried"]))
        print(json.dumps(counted), flush=True)
    print(json.dumps({"total": total, "kept": str(keep)}))


if __name__ == "__main__":
    main()

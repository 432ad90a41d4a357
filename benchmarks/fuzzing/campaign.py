"""One target fuzzed in a process of its own, guided by coverage (atheris, libFuzzer).

    python -m fuzzing.campaign TARGET --seconds 60 --keep FOLDER

Writes FOLDER/TARGET/counted.json (inputs tried, accepted, findings) as it goes. A finding is an
exception that is no refusal, an input that takes too long or too much memory, or the end of the process: its
input is kept.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
import traceback
from pathlib import Path

SLOW_S = 20
MEMORY_MB = 3000


class Count:
    """Inputs tried and what was found, kept on the disk as it grows."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.tried = self.accepted = 0
        self.slowest_s = self.processor_s = 0.0
        self.findings: dict[str, str] = {}
        self._written = 0.0

    def found(self, error: BaseException, data: bytes) -> None:
        frames = [
            frame for frame in traceback.extract_tb(error.__traceback__) if "truceline" in frame.filename
        ]
        where = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "outside"
        key = f"{type(error).__name__} at {where}"
        if key not in self.findings:
            self.findings[key] = f"{error}"[:300]
            (self.folder / f"finding-{len(self.findings)}").write_bytes(data)
            (self.folder / f"finding-{len(self.findings)}.txt").write_text(
                "".join(traceback.format_exception(error)), "utf-8", "backslashreplace"
            )
            self.write()

    def write(self) -> None:
        self._written = time.monotonic()
        self.processor_s = time.process_time()
        counted = {
            key: getattr(self, key) for key in ("tried", "accepted", "slowest_s", "processor_s", "findings")
        }
        (self.folder / "counted.json").write_text(json.dumps(counted), "utf-8")

    def one(self, accepted: bool, seconds: float) -> None:
        self.tried += 1
        self.accepted += accepted
        self.slowest_s = max(self.slowest_s, seconds)
        if time.monotonic() - self._written > 1.0:
            self.write()


def _compiled() -> list[str]:
    """The modules that numba compiles: it cannot compile what atheris has put its counters into."""
    source = Path(__file__).parents[2] / "src"
    return [
        ".".join(path.relative_to(source).with_suffix("").parts)
        for path in (source / "truceline").rglob("*.py")
        if "njit" in path.read_text(encoding="utf-8")
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--keep", type=Path, required=True)
    given = parser.parse_args()
    import atheris

    from fuzzing.bending import bent
    from fuzzing.target import corpus_of
    from fuzzing.targets import targets

    with atheris.instrument_imports(include=["truceline"], exclude=_compiled()):
        target = dict(targets())[given.target]
        for data in target.seeds():
            target.run(data)

    folder: Path = given.keep / given.target
    inputs = folder / "inputs"
    inputs.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate([*bent([*target.seeds(), *corpus_of(given.target)], target.words, 30)]):
        (inputs / f"begin-{number:03d}").write_bytes(data)
    words = folder / "words"
    words.write_text("".join(f'"{"".join(f"{chr(92)}x{b:02x}" for b in word)}"\n' for word in target.words))
    count = Count(folder)

    def one(data: bytes) -> None:
        begun = time.perf_counter()
        accepted = False
        try:
            accepted = target.run(data)
        except Exception as error:
            count.found(error, data)
        count.one(accepted, time.perf_counter() - begun)

    atheris.Setup(
        [
            sys.argv[0],
            str(inputs),
            f"-max_total_time={given.seconds}",
            f"-timeout={SLOW_S}",
            f"-rss_limit_mb={MEMORY_MB}",
            "-max_len=20000",
            *([f"-dict={words}"] if target.words else []),
            f"-artifact_prefix={folder}/ended-",
            "-print_final_stats=1",
        ],
        one,
    )
    atheris.Fuzz()


if __name__ == "__main__":
    main()

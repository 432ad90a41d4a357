"""What a target is: a reader as a function of bytes, files to begin from, words that they are made of.

A reader may give a result or refuse with an error of ours; anything else that comes out of it is a defect.
`Target.run` therefore swallows what is a refusal, and lets all else through.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from truceline.core.errors import TrucelineError

ROOT = Path(__file__).parents[2]
EVIDENCE = ROOT / "tests" / "data" / "evidence"
EXAMPLES = ROOT / "examples"
CORPUS = ROOT / "tests" / "fuzz" / "corpus"
SPLIT = b"\n%%%\n"
"""Between two files in one input, such as a mapping and what it is for."""

Read = Callable[[bytes], object]


@dataclass(frozen=True)
class Target:
    """A reader, inputs to begin from, and words that its inputs are made of."""

    read: Read
    seeds: Callable[[], list[bytes]]
    words: tuple[bytes, ...] = ()
    refusals: tuple[type[Exception], ...] = (TrucelineError,)

    def run(self, data: bytes) -> bool:
        """Whether the reader accepted the input. Raises whatever is neither a result nor a refusal."""
        try:
            self.read(data)
        except self.refusals as refusal:
            said = str(refusal)
            if not said.strip():
                raise AssertionError("a refusal without a sentence") from refusal
            if len(said) > 20_000:
                raise AssertionError(f"a refusal of {len(said)} characters") from refusal
            return False
        return True


MEMORY = Path("/dev/shm")
endings: list[Callable[[], None]] = []
"""What there is to do when no target runs any more."""


def new_folder(prefix: str) -> Path:
    """A folder for as long as the targets run: in memory, where there is some and no other place is named."""
    memory = MEMORY.is_dir() and "TMPDIR" not in os.environ
    made = Path(tempfile.mkdtemp(prefix=prefix, dir=MEMORY if memory else None))
    endings.append(lambda: shutil.rmtree(made, ignore_errors=True))
    return made


def clean_up() -> None:
    """Ends what targets of this process hold open and takes their folders away; no target runs after it."""
    while endings:
        endings.pop()()


def scratch() -> Path:
    """A folder for the one file that a reader is given."""
    return _scratch(os.getpid())


@lru_cache(maxsize=1)
def _scratch(process: int) -> Path:
    return new_folder(f"fuzz-{process}-")


def file_of(name: str, data: bytes) -> Path:
    path = scratch() / name
    path.write_bytes(data)
    return path


def files_of(*names: str) -> list[bytes]:
    return [(ROOT / name).read_bytes() for name in names]


def corpus_of(name: str) -> list[bytes]:
    """The committed inputs of a target: findings that were mended, and known tricks."""
    folder = CORPUS / name
    return [path.read_bytes() for path in sorted(folder.iterdir())] if folder.is_dir() else []


def beginnings(path: Path) -> list[bytes]:
    """The header and the first rows: short inputs are bent and read faster."""
    lines = path.read_bytes().splitlines(keepends=True)
    return [b"".join(lines[:4])]


# fmt: off
COORDINATES = (
    b'"type"', b'"coordinates"', b"[[[", b"]]]", b"NaN", b"1e400", b"-0", b"null", b'"crs"', b'"id"',
    b'"Polygon"', b'"MultiLineString"', b'"GeometryCollection"', b'"geometries"', b'"\\ud800"',
)
CELLS = (
    b'"', b'""', b",", b";", b"\t", b"\r", b"\r\n", b"\x00", b"\xef\xbb\xbf", b"\xff\xfe", b"1e400", b"NaN",
    b"9" * 30, b"-0", b"2018-10-01", b"0001-01-01", b"9999-12-31T23:59:59Z", b"24:00", b"POLYGON EMPTY",
    b"POINT (1 2)", b"=1+1",
)
YAML = (
    b"&a", b"*a", b"<<: ", b"!!python/object:", b"!!int ", b"0x", b".inf", b".nan", b"? ", b"- ", b"{",
    b"[", b'"\\ud800"', b'"\\0"', b"---\n", b"|2-\n", b"%YAML 1.1\n", b"\xc2\x85", b"1e400", b"2018-13-45",
)
# fmt: on

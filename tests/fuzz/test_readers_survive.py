"""Whatever a file holds, a reader gives a result or one sentence, and a refused file changes no store.

A small version of `benchmarks/fuzz.py`: the same targets, the committed corpus and a few bent inputs each.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

import pytest

from truceline.app.ingest import ingest
from truceline.core.errors import TrucelineError
from truceline.store.workspace import Workspace

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "benchmarks"))
from fuzzing.bending import bent  # noqa: E402
from fuzzing.target import CORPUS, EVIDENCE, clean_up, corpus_of  # noqa: E402
from fuzzing.targets import targets  # noqa: E402

TARGETS = dict(targets())
BENT = 30
HANGS_S = 120  # not a measure of speed: an input that never ends must not stop the suite


@pytest.fixture(scope="module", autouse=True)
def leaves_nothing() -> Iterator[None]:
    yield
    clean_up()


@pytest.fixture(autouse=True)
def ends() -> Iterator[None]:
    def hangs(number: int, frame: FrameType | None) -> None:
        raise AssertionError("an input keeps its reader busy for ever")

    before = signal.signal(signal.SIGALRM, hangs)
    signal.alarm(HANGS_S)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.mark.filterwarnings("ignore:.*encountered in:RuntimeWarning")
@pytest.mark.parametrize("name", TARGETS)
def test_a_reader_gives_a_result_or_a_sentence(name: str) -> None:
    target = TARGETS[name]
    seeds = [*target.seeds(), *corpus_of(name)]
    assert seeds
    tried = [target.run(data) for data in bent(seeds, target.words, BENT, seed=20261125)]
    assert len(tried) == len(seeds) + BENT


@pytest.mark.parametrize("name", TARGETS)
def test_what_a_reader_is_bent_from_is_itself_accepted(name: str) -> None:
    target = TARGETS[name]
    begun = target.seeds() or corpus_of(name)
    assert any(target.run(data) for data in begun), "every bent input would be refused at once"


def test_every_folder_of_the_corpus_belongs_to_a_target() -> None:
    assert {path.name for path in CORPUS.iterdir() if path.is_dir()} <= set(TARGETS)


def test_a_file_that_is_refused_leaves_the_workspace_as_it_was(tmp_path: Path, idlib: Path) -> None:
    workspace = Workspace.create(tmp_path / "w", idlib / "accord.yaml")
    whole = (EVIDENCE / "features.geojson").read_bytes()
    rows = b"kind,date,lon,lat\nshelling,2018-10-01,36.1,35.2\n"
    refused = 0
    for number, data in enumerate(bent([whole, rows, b"\x1f\x8b" + rows], [b'"', b"{", b"\xff"], 15, seed=4)):
        path = tmp_path / f"e{number}"
        path.write_bytes(data)
        before = _state(workspace)
        try:
            ingest(workspace, [path])
        except TrucelineError:
            refused += 1
            assert _state(workspace) == before
    assert refused > 3


def _state(workspace: Workspace) -> tuple[object, ...]:
    files = sorted((str(path), path.stat().st_size) for path in workspace.originals.rglob("*"))
    with workspace.store(read_only=True) as store, store.log() as log:
        head = log.head()
        return files, head.size, head.root

"""Shared by the tests of evidence: files written on the spot, read whole."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from truceline.core.errors import Fault
from truceline.evidence.readers import read_evidence

RECORDED = datetime(2026, 11, 24, tzinfo=UTC)
DATA = Path(__file__).parents[2] / "data" / "evidence"


class Read(NamedTuple):
    """All batches of a file put together."""

    observations: list[dict[str, Any]]
    quarantined: list[Fault]
    read: int


ReadFile = Callable[..., Read]


def read_all(path: Path, **options: Any) -> Read:
    options.setdefault("recorded_at", RECORDED)
    rows: list[dict[str, Any]] = []
    faults: list[Fault] = []
    count = 0
    for batch in read_evidence(path, **options):
        assert batch.read == batch.table.num_rows + len(batch.quarantined)
        rows += batch.table.to_pylist()
        faults += batch.quarantined
        count += batch.read
    return Read(rows, faults, count)


@pytest.fixture
def read_path() -> ReadFile:
    return read_all


@pytest.fixture
def read_text(tmp_path: Path) -> ReadFile:
    """Writes the text (or bytes) to a file and reads it."""

    def read(content: str | bytes, name: str = "events.csv", **options: Any) -> Read:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_all(path, **options)

    return read


@pytest.fixture
def data() -> Path:
    return DATA

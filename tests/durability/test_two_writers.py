"""Processes that write into one store at the same moment, also while it is made."""

import multiprocessing
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from truceline.core.errors import Fault
from truceline.evidence.ports import Origin
from truceline.store.sqlite import SqliteStore

FORK = multiprocessing.get_context("fork")
BATCHES, ROWS = 20, 100


@dataclass
class Rows:
    table: pa.Table
    quarantined: list[Fault] = field(default_factory=list)
    read: int = ROWS


@pytest.fixture
def file_of(observation_table: Callable[..., pa.Table]) -> Callable[[str], list[Rows]]:
    """The batches of one file; every row of it is one that no other file has."""
    template = observation_table({"id": f"{n}", "report": "x" * 200} for n in range(ROWS))

    def make(name: str) -> list[Rows]:
        batches = []
        for number in range(BATCHES):
            ids = pa.array([f"{name}-{number}-{row}" for row in range(ROWS)])
            table = template.set_column(0, template.schema.field("id"), ids)
            batches.append(Rows(table, [Fault(f"bad {name} {number}", row=number)]))
        return batches

    return make


def _take_in(path: Path, batches: list[Rows], name: str, pause_s: float) -> None:
    with SqliteStore(path) as store, store.write() as writer:

        def slowly() -> Any:
            for batch in batches:
                time.sleep(pause_s)
                yield batch

        writer.append(slowly(), origin=Origin(name, f"{name:0>64}", 1))


def test_two_processes_that_write_at_once_both_succeed(
    tmp_path: Path, file_of: Callable[[str], list[Rows]]
) -> None:
    path = tmp_path / "evidence.sqlite"
    # Neither finds a file: they also make and migrate it at the same moment.
    processes = [
        FORK.Process(target=_take_in, args=(path, file_of(f"p{number}"), f"p{number}", 0.002))
        for number in range(2)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join(timeout=60)
    assert [process.exitcode for process in processes] == [0, 0]
    with SqliteStore(path) as store:
        assert sorted(record.origin.file for record in store.ingests()) == ["p0", "p1"]
        assert store.observations().num_rows == 2 * BATCHES * ROWS
        instants = store.observations()["recorded_at"].to_pylist()
        assert instants == sorted(instants)

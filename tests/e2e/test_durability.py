"""What is acknowledged is kept, what is not leaves no trace: with real processes that are really killed."""

import csv
import multiprocessing
import os
import random
import resource
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from truceline.core.errors import Fault, StoreUnavailable
from truceline.evidence.ports import Origin
from truceline.store.sqlite import SqliteStore

FORK = multiprocessing.get_context("fork")
KILLS = 36
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


def test_a_process_killed_at_any_moment_leaves_whole_files_and_no_others(
    tmp_path: Path, file_of: Callable[[str], list[Rows]]
) -> None:
    path = tmp_path / "evidence.sqlite"
    SqliteStore(path).close()
    chance = random.Random(20180917)
    killed = kept = 0
    for number in range(KILLS):
        process = FORK.Process(target=_take_in, args=(path, file_of(f"f{number}"), f"f{number}", 0.001))
        process.start()
        # Every fifth is let finish, however slow the machine is today.
        process.join(timeout=None if number % 5 == 4 else chance.uniform(0.0, 0.2))
        if process.pid is not None and process.is_alive():
            os.kill(process.pid, signal.SIGKILL)
        process.join()
        killed += process.exitcode == -signal.SIGKILL
        with SqliteStore(path) as store:
            files = [record.origin.file for record in store.ingests()]
            held = [id.partition("-")[0] for id in store.observations()["id"].to_pylist()]
            assert {file: held.count(file) for file in set(held)} == dict.fromkeys(files, BATCHES * ROWS)
            assert len(store.quarantined()) == BATCHES * len(files)
            assert (f"f{number}" in files) or process.exitcode != 0
            kept = len(files)
    with SqliteStore(path) as store:
        assert store.verify_log().findings == []
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert killed >= KILLS // 4, "the test must kill processes in the middle"
    assert kept >= 1, "and let some finish"


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


def _fill_the_disk(path: Path, batches: list[Rows], answers: Any) -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
    try:
        _take_in(path, batches, "big", 0.0)
        answers.put("recorded")
    except StoreUnavailable as error:
        answers.put(error.message)


def test_a_medium_that_takes_no_more_is_said_in_a_sentence_and_nothing_is_half_there(
    tmp_path: Path, file_of: Callable[[str], list[Rows]]
) -> None:
    path = tmp_path / "evidence.sqlite"
    with SqliteStore(path) as store:
        store.append(*file_of("small")[:1])
    answers = FORK.Queue()
    process = FORK.Process(target=_fill_the_disk, args=(path, file_of("big"), answers))
    process.start()
    answer = answers.get(timeout=30)
    process.join()
    assert str(path) in answer
    assert "space" in answer or "cannot be read or written" in answer
    with SqliteStore(path) as store:
        assert store.observations().num_rows == ROWS


def _truceline(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from truceline.cli.main import run; run()", *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_killed_ingest_command_can_simply_be_run_again(tmp_path: Path) -> None:
    accord = tmp_path / "accord.yaml"
    accord.write_text("accord: {id: a, title: A, time_zone: UTC, status: confirmed, version: 1}\n")
    events = tmp_path / "events.csv"
    with events.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("id", "kind", "date", "lon", "lat", "error_m", "source"))
        writer.writerows((f"e{n}", "shelling", "2018-10-01", 36.5, 35.5, 1000, "wire") for n in range(60_000))
    workspace = tmp_path / "ws"
    assert _truceline("init", workspace, "--accord", accord).returncode == 0
    command = [
        sys.executable,
        "-c",
        "from truceline.cli.main import run; run()",
        "ingest",
        str(workspace),
        str(events),
    ]
    for wait_s in (1.2, 1.6, 2.0):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(wait_s)
        process.kill()
        process.wait()
        with SqliteStore(workspace / "evidence.sqlite") as store:
            assert store.observations().num_rows in (0, 60_000)
    done = _truceline("ingest", workspace, events, "--json")
    assert done.returncode == 0, done.stderr
    with SqliteStore(workspace / "evidence.sqlite") as store:
        assert store.observations().num_rows == 60_000
        assert len(store.ingests()) == 1
    originals = sorted(path.name for path in (workspace / "attachments" / "originals").iterdir())
    assert [name.partition("-")[2] for name in originals] == ["events.csv"]

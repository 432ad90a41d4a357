"""The log of readings: those who read at the same time wait for one transaction, and none is lost."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from truceline.core.errors import StoreUnavailable
from truceline.store.accounts import AccountFile

NOW = datetime(2025, 3, 1, tzinfo=UTC)


@pytest.fixture
def file(tmp_path: Path) -> Iterator[AccountFile]:
    made = AccountFile(tmp_path)
    yield made
    made.close()


def read_at_once(file: AccountFile, count: int) -> list[BaseException]:
    """So many read while somebody else writes, and go on once that is done: what was raised."""
    failed: list[BaseException] = []

    def read(number: int) -> None:
        try:
            file.record_reading(None, ["reporters"], f"/{number}", now=NOW)
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=read, args=(number,)) for number in range(count)]
    with file.writing():
        for one in threads:
            one.start()
        while len(file._unwritten) < count:
            time.sleep(0.001)
    for one in threads:
        one.join()
    return failed


def test_those_who_read_at_the_same_time_share_a_transaction(file: AccountFile) -> None:
    said: Counter[str] = Counter()
    file._connection.set_trace_callback(lambda text: said.update([text.split()[0]]))
    assert read_at_once(file, 12) == []
    assert said["COMMIT"] == 2  # that of who wrote before, and theirs
    assert said["INSERT"] == 12
    assert {one.what for one in file.readings()} == {f"/{number}" for number in range(12)}
    assert file.readings_hold() is None


def test_whoever_reads_while_nothing_can_be_written_is_told(file: AccountFile) -> None:
    file._connection.execute("PRAGMA query_only = ON")
    with pytest.raises(StoreUnavailable):
        file.record_reading(None, ["reporters"], "/1", now=NOW)
    file._connection.execute("PRAGMA query_only = OFF")
    file.record_reading(None, ["reporters"], "/2", now=NOW)
    assert [one.what for one in file.readings()] == ["/2"]
    assert file.readings_hold() is None

"""The stores that the suite holds for. Another store joins by one more factory."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow as pa
import pytest

from truceline.core.errors import Fault
from truceline.evidence.ports import ObservationStore
from truceline.store.postgres.store import PostgresStore
from truceline.store.sqlite import SqliteStore


@dataclass
class TestBatch:
    """What a reader would hand on."""

    __test__ = False
    table: pa.Table
    quarantined: list[Fault] = field(default_factory=list)
    read: int = 0

    def __post_init__(self) -> None:
        self.read = self.read or self.table.num_rows + len(self.quarantined)


class TestClock:
    """A clock that a test moves; it ticks a second at each look."""

    __test__ = False

    def __init__(self) -> None:
        self.now = datetime(2018, 10, 1, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


class Reopened:
    """A store that is opened anew for every single call: nothing may live in memory alone."""

    def __init__(self, opened: Callable[[], ObservationStore]) -> None:
        self._opened = opened

    @contextmanager
    def write(self, **options: Any) -> Iterator[Any]:
        store = self._opened()
        try:
            with store.write(**options) as writer:
                yield writer
        finally:
            store.close()

    @contextmanager
    def log(self) -> Iterator[Any]:
        store = self._opened()
        try:
            with store.log() as log:
                yield log
        finally:
            store.close()

    def __getattr__(self, name: str) -> Any:
        def call(*args: Any, **kwargs: Any) -> Any:
            store = self._opened()
            try:
                return getattr(store, name)(*args, **kwargs)
            finally:
                store.close()

        return call

    def close(self) -> None:
        """Nothing is open."""


def _sqlite(folder: Path, clock: TestClock) -> ObservationStore:
    return SqliteStore(
        folder / "evidence.sqlite", cache=folder / "cache", key_file=folder / "log.key", clock=clock
    )


def _without_cache(folder: Path, clock: TestClock) -> ObservationStore:
    return SqliteStore(folder / "evidence.sqlite", key_file=folder / "log.key", clock=clock)


def _reopened(folder: Path, clock: TestClock) -> ObservationStore:
    return Reopened(lambda: _sqlite(folder, clock))


def _postgres(folder: Path, clock: TestClock, url: str) -> ObservationStore:
    return PostgresStore(url, cache=folder / "cache", key_file=folder / "log.key", clock=clock)


FACTORIES = {"sqlite": _sqlite, "sqlite-uncached": _without_cache, "sqlite-reopened": _reopened}


@pytest.fixture(scope="session", params=["postgres", *sorted(FACTORIES)])
def fresh_store(request: pytest.FixtureRequest) -> Callable[[], Any]:
    """Makes a new, empty store and its clock; a context manager, so that a property can make many."""
    server = request.getfixturevalue("postgres") if request.param == "postgres" else None

    @contextmanager
    def make() -> Iterator[tuple[ObservationStore, TestClock]]:
        with TemporaryDirectory() as name, ExitStack() as stack:
            clock, folder = TestClock(), Path(name)
            if server is None:
                store = FACTORIES[request.param](folder, clock)
            else:
                store = _postgres(folder, clock, server.url(stack.enter_context(server.database())))
            try:
                yield store, clock
            finally:
                store.close()

    return make


@pytest.fixture
def opened(fresh_store: Callable[[], Any]) -> Iterator[tuple[ObservationStore, TestClock]]:
    with fresh_store() as pair:
        yield pair


@pytest.fixture
def store(opened: tuple[ObservationStore, TestClock]) -> ObservationStore:
    return opened[0]


@pytest.fixture
def clock(opened: tuple[ObservationStore, TestClock]) -> TestClock:
    return opened[1]


@pytest.fixture(scope="session")
def batch(observation_table: Callable[..., pa.Table]) -> Callable[..., TestBatch]:
    """Makes a batch of rows, and of faults."""

    def make(*rows: dict[str, Any], faults: tuple[Fault, ...] = ()) -> TestBatch:
        return TestBatch(observation_table(rows), list(faults))

    return make

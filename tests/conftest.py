"""What all tests share: the way to renew golden files, and paths of the examples."""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import settings

from truceline.evidence.table import OBSERVATION_SCHEMA

# A first example may wait for a compiler or an import; slowness is measured in benchmarks/, not here.
settings.register_profile("truceline", deadline=None, max_examples=60)
settings.load_profile("truceline")

pytest_plugins = ("files_in_memory", "counted_work", "postgres_server")

EXAMPLES = Path(__file__).parents[1] / "examples"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite the golden files, on purpose")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that take long come first: `make test` deals whole files out to its processes, and a long one
    that is dealt last keeps one process busy while the others have nothing left to do."""
    takes_long = {
        item.path
        for item in items
        if item.path.suffix == ".md" or item.get_closest_marker("slow") or item.get_closest_marker("browser")
    }
    items.sort(key=lambda item: item.path not in takes_long)


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture(scope="session")
def idlib() -> Path:
    return EXAMPLES / "idlib-2018"


@pytest.fixture(scope="session")
def observation_table() -> Callable[[Iterable[Mapping[str, Any]]], pa.Table]:
    """Makes a table of observations from rows that give only what matters to a test."""
    day = datetime(2018, 10, 1, tzinfo=UTC)

    def make(rows: Iterable[Mapping[str, Any]]) -> pa.Table:
        full = []
        for number, row in enumerate(rows):
            start = row.get("occurred_from", day)
            defaults = {
                "id": f"obs-{number}",
                "kind": "shelling",
                "occurred_from": start,
                "occurred_to": start + timedelta(days=1),
                "recorded_at": day,
                "actors": [],
                "targets": [],
                "source": "tester",
                "claim": False,
                "synthetic": False,
                "retracted": False,
            }
            full.append(defaults | dict(row))
        return pa.Table.from_pylist(full, schema=OBSERVATION_SCHEMA)

    return make

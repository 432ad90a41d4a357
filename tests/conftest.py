"""What all tests share: the way to renew golden files, and paths of the examples."""

from pathlib import Path

import pytest
from hypothesis import settings

# A first example may wait for a compiler or an import; slowness is measured in benchmarks/, not here.
settings.register_profile("truceline", deadline=None, max_examples=60)
settings.load_profile("truceline")

EXAMPLES = Path(__file__).parents[1] / "examples"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="rewrite the golden files, on purpose")


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture(scope="session")
def idlib() -> Path:
    return EXAMPLES / "idlib-2018"

"""The question that several tests of ``patrol`` ask."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.unit.cli.patrol.two_sides import TwoSides, two_sides

from truceline.cli.main import run

Ran = tuple[int, str, str]


@pytest.fixture(scope="session", name="two_sides")
def two_sides_of_the_line(tmp_path_factory: pytest.TempPathFactory, idlib: Path) -> TwoSides:
    """6 posts and a team a party on both sides of the line of contact of Idlib."""
    return two_sides(tmp_path_factory.mktemp("two-sides"), idlib)


@pytest.fixture
def truceline(capfd: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Runs the command line in this process: exit code, standard output, standard error."""

    def ran(*arguments: object) -> Ran:
        with pytest.raises(SystemExit) as ended:
            run([str(argument) for argument in arguments])
        out, err = capfd.readouterr()
        return int(ended.value.code or 0), out, err

    return ran

"""The crash test in small: benchmarks/crash.py with few kills and cuts, and with faults that it must find."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow

CRASH = Path(__file__).parents[2] / "benchmarks" / "crash.py"


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    """One run for all tests: it starts a process under an interposer and forks the rest."""
    arguments = ["--kills", "60", "--cuts", "40", "--errors", "1", "--self-test", "--json"]
    done = subprocess.run(
        [sys.executable, str(CRASH), *arguments], capture_output=True, text=True, timeout=3600, check=False
    )
    assert done.stdout, done.stderr
    document: dict[str, Any] = json.loads(done.stdout)
    return document


def test_nothing_acknowledged_is_lost_and_nothing_is_half_there(told: dict[str, Any]) -> None:
    assert told["faults"] == []


def test_every_kind_of_work_was_killed_in_the_middle_and_had_its_power_cut(told: dict[str, Any]) -> None:
    assert told["kills"] >= 60
    for phase in told["phases"]:
        assert phase["by_time"] + phase["by_operation"] == phase["kills"] >= 2
        assert phase["name"] == "move" or phase["cuts"] >= 2, phase["name"]
        assert phase["failures_said"] >= 1, phase["name"]
    assert sum(phase["by_operation"] for phase in told["phases"]) >= 15
    assert sum(phase["by_time"] for phase in told["phases"]) >= 10


def test_a_failing_medium_is_told_in_one_sentence(told: dict[str, Any]) -> None:
    for phase in told["phases"]:
        for sentence in phase["sentences"]:
            assert "Traceback" not in sentence
            assert "Error" not in sentence


def test_the_crash_test_finds_every_fault_that_is_planted(told: dict[str, Any]) -> None:
    assert len(told["planted"]) >= 6
    assert [plant["plant"] for plant in told["planted"] if not plant["found"]] == []

"""The console script itself: exit codes, the one JSON document, no traceback."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from truceline.cli import main
from truceline.core.errors import InvalidEvidence


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    script = Path(sys.executable).parent / "truceline"
    return subprocess.run([script, *arguments], capture_output=True, text=True, timeout=60, check=False)


def test_an_unknown_command_ends_with_2_and_one_sentence_on_standard_error() -> None:
    done = run("treaty")
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("truceline: no such command 'treaty'")
    assert "Traceback" not in done.stderr


def test_a_usage_error_with_json_is_the_one_document_on_standard_output() -> None:
    done = run("zone", "derive", "--json")
    assert done.returncode == 2
    problem = json.loads(done.stdout)
    assert problem["code"] == "invalid-input"
    assert {"type", "title", "detail"} <= problem.keys()


def test_a_missing_file_is_named() -> None:
    done = run("draft", "no-such-file.txt", "--json")
    assert done.returncode == 2
    assert "no-such-file.txt" in json.loads(done.stdout)["detail"]
    assert "no-such-file.txt" in done.stderr


def test_the_version_is_printed() -> None:
    done = run("--version")
    assert (done.returncode, done.stdout.split()[0]) == (0, "truceline")


def test_the_shell_completes_commands_sub_commands_and_options() -> None:
    def completed(line: str, word: int) -> list[str]:
        asked = {"_TRUCELINE_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": str(word)}
        script = Path(sys.executable).parent / "truceline"
        done = subprocess.run(
            [script], capture_output=True, text=True, timeout=60, check=True, env=os.environ | asked
        )
        return done.stdout.split()

    assert completed("truceline zo", 1) == ["zone"]
    assert completed("truceline zone a", 2) == ["audit"]
    assert completed("truceline assess --as", 2) == ["--as-of"]


def test_output_into_a_closed_pipe_is_no_error() -> None:
    script = Path(sys.executable).parent / "truceline"
    done = subprocess.run(
        ["bash", "-c", f"{script} --help | head -n 1; exit ${{PIPESTATUS[0]}}"],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0
    assert "Traceback" not in done.stderr


def test_our_own_errors_end_with_2_and_any_other_is_called_our_defect(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Broken:
        def __init__(self, error: Exception) -> None:
            self.error = error

        def main(self, **_: object) -> None:
            raise self.error

    monkeypatch.setattr(main, "get_command", lambda _: Broken(InvalidEvidence("a.csv is cut short")))
    with pytest.raises(SystemExit) as ended:
        main.run([])
    assert ended.value.code == 2
    assert capsys.readouterr().err == "truceline: a.csv is cut short\n"

    monkeypatch.setattr(main, "get_command", lambda _: Broken(ZeroDivisionError("division by zero")))
    with pytest.raises(SystemExit) as ended:
        main.run([])
    assert ended.value.code == 1
    assert "a defect of Truceline" in capsys.readouterr().err


def test_a_command_does_not_wait_for_pandas_which_it_does_not_use() -> None:
    # Arrow would load it to see whether what it is given is of pandas; here in a process of its own.
    script = (
        "import sys; from truceline.cli.main import leave_pandas_out; leave_pandas_out()\n"
        "import pyarrow; pyarrow.array([1]); print(sorted({'pandas', 'pyarrow'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert done.stdout == "['pyarrow']\n"

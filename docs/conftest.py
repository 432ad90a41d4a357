"""Runs the sessions of the pages: each ``$`` line of a shell and each ``>>>`` line of Python is executed, and
what it prints must be on the page.

A block's expected output may hold ``...``, which stands for anything. All blocks of a page share one folder,
which holds the examples, so that a page reads like a session at a terminal. Python runs in the tests' own
process.
"""

import doctest
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from sybil import Example, Sybil
from sybil.parsers.myst import CodeBlockParser, PythonCodeBlockParser

ROOT = Path(__file__).parents[1]
COMPARE = doctest.OutputChecker()


class ConsoleSession(CodeBlockParser):
    language = "console"

    def evaluate(self, example: Example) -> str | None:
        command, expected = "", []
        for line in [*str(example.parsed).splitlines(), "$ "]:
            if line.startswith("$ "):
                if command:
                    problem = self._run(command, "\n".join(expected), example)
                    if problem:
                        return problem
                command, expected = line[2:], []
            elif line.startswith("> ") and not expected:
                command += "\n" + line[2:]
            else:
                expected.append(line)
        return None

    def _run(self, command: str, expected: str, example: Example) -> str | None:
        environment = os.environ | {
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "COLUMNS": "100", "NO_COLOR": "1", "TERM": "dumb", "TZ": "UTC",
        }  # fmt: skip
        done = subprocess.run(
            ["bash", "-c", command],
            check=False,
            cwd=example.namespace["folder"],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=120,
        )
        flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
        if expected.strip() and not COMPARE.check_output(expected + "\n", done.stdout, flags):
            return f"$ {command}\nexpected:\n{expected}\ngot (exit {done.returncode}):\n{done.stdout}"
        if not expected.strip() and done.returncode:
            return f"$ {command}\nended with {done.returncode}:\n{done.stdout}"
        return None


def _setup(namespace: dict[str, object]) -> None:
    folder = Path(tempfile.mkdtemp(prefix="truceline-docs-"))
    shutil.copytree(ROOT / "examples", folder / "examples")
    namespace["folder"] = folder
    namespace["came_from"] = Path.cwd()
    os.chdir(folder)


def _teardown(namespace: dict[str, object]) -> None:
    os.chdir(str(namespace["came_from"]))
    shutil.rmtree(Path(str(namespace["folder"])))


pytest_collect_file = Sybil(
    parsers=[
        ConsoleSession(),
        PythonCodeBlockParser(doctest_optionflags=doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE),
    ],
    # The Python tutorials run as notebooks, which are made from them: tests/unit/notebooks.
    patterns=["tutorials/*.md"],
    excludes=["tutorials/python-*.md"],
    setup=_setup,
    teardown=_teardown,
).pytest()

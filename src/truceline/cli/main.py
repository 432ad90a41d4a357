"""The ``truceline`` command: mounts the command groups and turns every failure into one clear sentence."""

from __future__ import annotations

import importlib
import os
import sys
import traceback
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Annotated

import typer
from typer.main import get_command

from truceline import __version__
from truceline.cli.output import AUTHOR, EXIT_BAD_INPUT, EXIT_DEFECT, fail
from truceline.core.acting import acting
from truceline.core.errors import InvalidInput, TrucelineError
from truceline.core.shown import shown

# The module of every command. Only the one that is asked for is imported: databases, geometry and language
# rules take seconds to load, and a help text needs none of them.
MODULES = {
    "validate": "accord", "diff": "accord", "schema": "accord",
    "draft": "draft",
    "init": "evidence", "ingest": "evidence", "quarantined": "evidence", "actors": "evidence",
    "backup": "backup", "restore": "backup", "doctor": "doctor",
    "zone": "zone",
    "screen": "screen",
    "watch": "watch",
    "log": "log",
    "store": "store",
    "access": "access",
    "key": "key",
    "designate": "designate",
    "consent": "consent",
    "correct": "correct",
    "case": "case",
    "bundle": "bundle",
    "office": "office",
    "assess": "assess", "explain": "assess",
    "ledger": "ledger",
    "route": "route",
    "patrol": "patrol",
    "report": "report",
    "export": "export",
    "compare": "compare",
    "serve": "serve",
    "account": "account",
    "demo": "demo",
}  # fmt: skip

GROUPS = (
    "zone",
    "log",
    "key",
    "designate",
    "correct",
    "store",
    "access",
    "account",
    "bundle",
    "office",
    "route",
    "case",
    "consent",
    "patrol",
    "compare",
)
"""Modules whose commands stand under a name of their own."""


def _version(value: bool) -> None:
    if value:
        typer.echo(f"truceline {__version__}")
        raise typer.Exit


def main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and end.")
    ] = False,
) -> None:
    """Makes agreements checkable: which promise stands, which is overdue, which is breached, how sure.

    Example: `truceline demo --no-serve --out demo-out`
    """


def command_line(arguments: Sequence[str] = ()) -> typer.Typer:
    """The command with its sub-commands: all of them, or only what these arguments begin with."""
    app = typer.Typer(
        name="truceline",
        no_args_is_help=True,
        rich_markup_mode="markdown",
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(main)
    asked = arguments[0] if arguments else None
    wanted = [MODULES[asked]] if asked in MODULES else dict.fromkeys(MODULES.values())
    if asked == "--version":
        wanted = []
        app.command("version", hidden=True)(lambda: None)
    for name in wanted:
        module = importlib.import_module(f"truceline.cli.{name}")
        app.add_typer(module.app, name=name if name in GROUPS else None)
    return app


class _NoPandas(MetaPathFinder):
    """Says that there is no pandas."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """What Python asks of each module that it imports."""
        del path, target
        if fullname == "pandas":
            raise ModuleNotFoundError("a truceline command does without pandas", name=fullname)
        return None


def leave_pandas_out() -> None:
    """Makes this process do without pandas, for a process of our own only.

    Arrow loads it where it is installed, in most of a second, to see whether what it is given is of pandas;
    nothing of ours is.
    """
    sys.meta_path.insert(0, _NoPandas())


def run(arguments: Sequence[str] | None = None) -> None:
    """The console script. Exits 0 done, 1 our defect, 2 bad input, 3 a check failed that was asked for."""
    argv = list(sys.argv[1:] if arguments is None else arguments)
    as_json = "--json" in argv
    if arguments is None and argv[:1] != ["screen"]:  # which may run on Spark, and that needs it
        leave_pandas_out()
    try:
        with acting(author=os.environ.get(AUTHOR), command=_command_of(argv)):
            code = get_command(command_line(argv or _words_completed())).main(
                args=argv, prog_name="truceline", standalone_mode=False
            )
    except typer.Abort:
        sys.stderr.write("truceline: stopped\n")
        code = 130
    except TrucelineError as error:
        code = fail(error, as_json=as_json).exit_code
    except SystemExit as end:
        # The reader of our output left, as `| head` does: Typer and Rich then end with 1, which is our code
        # for a defect. Nothing of ours raises SystemExit below here.
        code = 0 if end.code == 1 else end.code
    except Exception as error:
        code = _usage_or_defect(error, as_json=as_json)
    sys.exit(code if isinstance(code, int) else 0)


def _command_of(argv: Sequence[str]) -> str:
    """The command's name, and that within its group, as they are recorded with who ran it."""
    return " ".join(argv[: 2 if argv and argv[0] in (*GROUPS, "actors") else 1])


def _words_completed() -> list[str]:
    """What stands on the line that a shell asks to complete, after the command's name; empty otherwise."""
    if "_TRUCELINE_COMPLETE" not in os.environ:
        return []
    line = os.environ.get("_TYPER_COMPLETE_ARGS") or os.environ.get("COMP_WORDS") or ""
    return line.split()[1:]


def _usage_or_defect(error: Exception, *, as_json: bool) -> int:
    # Typer's usage errors carry format_message(); their class moved between versions, the method did not.
    message = getattr(error, "format_message", None)
    if callable(message):
        hint = None
        context = getattr(error, "ctx", None)
        if context is not None:
            hint = f"{context.command_path} --help shows what is accepted, with an example"
        text = str(message())
        if not text:  # no arguments: the help is printed already
            return EXIT_BAD_INPUT
        fail(InvalidInput(text[0].lower() + text[1:].rstrip("."), hint=hint), as_json=as_json)
        return EXIT_BAD_INPUT
    sys.stderr.write(
        "truceline: this is a defect of Truceline, not of your input: "
        f"{type(error).__name__}: {shown(str(error))}\n"
        "hint: please report it with what you ran; TRUCELINE_DEBUG=1 shows where it happened\n"
    )
    if os.environ.get("TRUCELINE_DEBUG"):
        traceback.print_exception(error)
    return EXIT_DEFECT

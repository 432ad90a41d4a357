"""How the command line speaks: results on standard output, everything else on standard error.

With ``--json`` exactly one JSON document goes to standard output. Errors of `truceline.core.errors` become
one sentence on standard error and exit code 2; with ``--json`` the one document on standard output is then
the RFC 9457 problem object.
"""

from __future__ import annotations

import functools
import json
import sys
from collections.abc import Callable
from typing import Annotated, Any, ParamSpec, TypeVar

import typer
from rich.console import Console, ConsoleOptions, ConsoleRenderable, RenderHook, RenderResult
from rich.measure import Measurement
from rich.segment import Segment

from truceline.core.acting import acting
from truceline.core.errors import InvalidInput, TrucelineError
from truceline.core.shown import json_shown, shown, shown_in_line

AUTHOR = "TRUCELINE_AUTHOR"
"""The environment variable that names who runs a command."""

EXIT_DEFECT = 1
EXIT_BAD_INPUT = 2
EXIT_CHECK_FAILED = 3


class _Harmless:
    """What is to be printed, with whatever a terminal would obey in its text written out."""

    def __init__(self, inner: ConsoleRenderable) -> None:
        self._inner = inner

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for segment in console.render(self._inner, options):
            text, style, control = segment
            yield segment if control else Segment(shown(text), style)

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        return Measurement.get(console, options, self._inner)


class _ShowEverything(RenderHook):
    """Text of others may hold escape sequences: none of it reaches the terminal as such."""

    def process_renderables(self, renderables: list[ConsoleRenderable]) -> list[ConsoleRenderable]:
        return [_Harmless(one) for one in renderables]


stdout = Console(highlight=False)
stderr = Console(stderr=True, highlight=False)
for _console in (stdout, stderr):
    _console.push_render_hook(_ShowEverything())

Json = Annotated[bool, typer.Option("--json", help="Print exactly one JSON document on standard output.")]

P = ParamSpec("P")
R = TypeVar("R")


def print_json(document: Any) -> None:
    """Prints one JSON document, UTF-8, keys in the order given. NaN is a defect and raises.

    What a terminal would obey is written as JSON's own escapes.
    """
    written = json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False)
    sys.stdout.write(json_shown(written) + "\n")


def say(message: str) -> None:
    """A note to the person at the terminal, on standard error."""
    stderr.print(message, markup=False, soft_wrap=True)


def fail(error: TrucelineError, *, as_json: bool) -> typer.Exit:
    """Reports the error on standard error and gives the Exit to raise."""
    sys.stderr.write(f"truceline: {shown_in_line(error.message)}\n")
    if error.hint:
        sys.stderr.write(f"hint: {shown_in_line(error.hint)}\n")
    if as_json:
        print_json(error.problem())
    return typer.Exit(EXIT_BAD_INPUT)


def reports_errors(command: Callable[P, R]) -> Callable[P, R]:
    """Decorates a command so that Truceline's own errors end it with a sentence and exit code 2.

    What it records is recorded as run by its `--author`.
    """

    @functools.wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        author = kwargs.get("author")
        try:
            with acting(author=str(author) if author else None):
                return command(*args, **kwargs)
        except TrucelineError as error:
            raise fail(error, as_json=bool(kwargs.get("as_json"))) from error

    return wrapped


def known_language(language: str) -> None:
    """Raises InvalidInput for a language that the messages are not written in."""
    # Not above: what writes messages takes its time, and most commands write none.
    from truceline.core.messages import LANGUAGES

    if language not in LANGUAGES:
        raise InvalidInput(f"--language: found {language!r}; accepted: {', '.join(LANGUAGES)}")

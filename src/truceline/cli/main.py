"""The ``truceline`` command: mounts the command groups."""

from __future__ import annotations

from typing import Annotated

import typer

from truceline import __version__

app = typer.Typer(
    name="truceline",
    help="Makes agreements checkable: which promise stands, which is overdue, which is breached, how sure.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
)


def _version(value: bool) -> None:
    if value:
        typer.echo(f"truceline {__version__}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and end.")
    ] = False,
) -> None:
    """Turns an agreement into a machine-readable accord and assesses its obligations from evidence."""


def run() -> None:
    """The console script."""
    app()

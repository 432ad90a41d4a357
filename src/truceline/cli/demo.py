"""``truceline demo``: the worked example, end to end."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from truceline.app.demo import run_demo
from truceline.cli.output import Json, print_json, reports_errors, say
from truceline.cli.serve import serve

app = typer.Typer()


@app.command()
@reports_errors
def demo(
    out: Annotated[
        Path, typer.Option("--out", help="The folder to write; an earlier demo's is replaced.")
    ] = Path("demo-out"),
    no_serve: Annotated[bool, typer.Option("--no-serve", help="End after writing.")] = False,
    port: Annotated[int, typer.Option(help="Where to serve; 0 takes a free port.", min=0, max=65535)] = 8000,
    as_json: Json = False,
) -> None:
    """Works through the Idlib agreement of September 2018: accord, draft, zone, evidence, verdict, report.

    Example: `truceline demo --no-serve --out demo-out`
    """
    done = run_demo(out, say)
    if as_json:
        print_json(done.as_dict())
    else:
        say(f"\nOpen {done.report} in a browser.")
    if not no_serve:
        serve(done.workspace, port=port, host="127.0.0.1", as_json=False)

"""Where the record is kept: ``store move``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from truceline.cli.output import Json, print_json, reports_errors, stdout
from truceline.store.moving import move as move_record
from truceline.store.workspace import Workspace

app = typer.Typer(
    no_args_is_help=True,
    help="Where a workspace's record is: a file in its folder, or a schema on a PostgreSQL server.",
)
EMBEDDED = "sqlite"


@app.command("move")
@reports_errors
def move(
    workspace: Annotated[Path, typer.Argument(metavar="WORKSPACE", help="The workspace's folder.")],
    to: Annotated[
        str,
        typer.Option(
            "--to",
            metavar="ADDRESS",
            help="postgresql://user@host/database?schema=name, without a password; or sqlite: the folder.",
        ),
    ],
    as_json: Json = False,
) -> None:
    """Moves the record to a server, or back into the workspace's folder, with its log, heads and signatures.

    Nobody can write meanwhile. The copy is verified before the workspace points to it; what is left behind
    gets another name, so that nobody goes on writing there.

    Example: `truceline store move idlib --to "postgresql://monitor@db.example/mission?schema=idlib"`
    """
    moved = move_record(Workspace.open(workspace), None if to == EMBEDDED else to)
    if as_json:
        print_json(
            {
                "workspace": str(workspace),
                "from": moved.source,
                "to": moved.target,
                "log": moved.origin,
                "size": moved.size,
                "root": moved.root.hex(),
                "left": moved.left,
            }
        )
        return
    stdout.print(
        f"{workspace}: the record is at {moved.target} now, {moved.size:,} leaves under the root "
        f"{moved.root.hex()}. What was left is {moved.left}.",
        markup=False,
        soft_wrap=True,
    )

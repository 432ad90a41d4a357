"""``truceline access``: what is confidential, and who may see what of a record on a server."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from truceline.app import access
from truceline.app.access import Target
from truceline.cli.output import Json, print_json, reports_errors, stdout
from truceline.core.errors import InvalidInput
from truceline.evidence.corrections import Correction
from truceline.store.workspace import Workspace

app = typer.Typer(
    no_args_is_help=True,
    help="What is confidential, and the roles that may see it of a record on a PostgreSQL server.",
)

Folder = Annotated[Path, typer.Argument(metavar="WORKSPACE", help="The workspace's folder.")]
Source = Annotated[str | None, typer.Option("--source", help="All that this source sends.")]
Observation = Annotated[str | None, typer.Option("--observation", help="One observation, by its id.")]
Author = Annotated[
    str, typer.Option("--author", envvar="TRUCELINE_AUTHOR", help="Who records it and answers for it.")
]
Reason = Annotated[str, typer.Option("--reason", help="Why, in words.")]


@app.command("restrict")
@reports_errors
def restrict(
    workspace: Folder,
    author: Author,
    reason: Reason,
    source: Source = None,
    observation: Observation = None,
    party: Annotated[
        str | None,
        typer.Option("--party", help="Whose submission it is; not given: nobody's, for monitors alone."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Records that what a source sends, or one observation, is confidential. It counts as before.

    On a server, roles of other audiences see no row of it; in a file, who reads the file reads all.

    Example: `truceline access restrict idlib --source wire --party north --author A --reason "asked for"`
    """
    made = access.restrict(
        Workspace.open(workspace), _target(source, observation), party, author=author, reason=reason
    )
    whose = f"a confidential submission of {party}" if party else "for monitors alone"
    _show(made, f"the {made.subject} {made.target} is {whose}", as_json)


@app.command("release")
@reports_errors
def release(
    workspace: Folder,
    author: Author,
    reason: Reason,
    source: Source = None,
    observation: Observation = None,
    as_json: Json = False,
) -> None:
    """Records that what was restricted is open again.

    Example: `truceline access release idlib --source wire --author A --reason "it published it"`
    """
    made = access.release(
        Workspace.open(workspace), _target(source, observation), author=author, reason=reason
    )
    _show(made, f"the {made.subject} {made.target} is open again", as_json)


@app.command("list")
@reports_errors
def list_restricted(workspace: Folder, as_json: Json = False) -> None:
    """Lists what is confidential now, and whose submission it is.

    Example: `truceline access list idlib`
    """
    found = access.restricted(Workspace.open(workspace))
    if as_json:
        print_json({"restricted": found})
        return
    if not found:
        stdout.print("Nothing is restricted.")
    for one in found:
        whose = f"of {one['party']}" if one["party"] else "for monitors alone"
        stdout.print(f"{one['subject']} {one['target']}: {whose}", markup=False, soft_wrap=True)


@app.command("roles")
@reports_errors
def roles(workspace: Folder, as_json: Json = False) -> None:
    """Makes the server's roles, policies and views for the record, or brings them up to date.

    As the record's owner, with the right to make roles. Run it again after an update, and where the accord
    has a new party. A login gets an audience's rights by GRANT ROLE TO LOGIN.

    Example: `truceline access roles idlib`
    """
    made = access.set_up_roles(Workspace.open(workspace))
    if as_json:
        print_json({"roles": made})
        return
    for one in made:
        of = f" of {one['party']}" if one["party"] else ""
        stdout.print(f"{one['role']}: {one['audience']}{of}", markup=False, soft_wrap=True)


def _target(source: str | None, observation: str | None) -> Target:
    if source is not None and observation is None:
        return Target("source", source)
    if observation is not None and source is None:
        return Target("observation", observation)
    raise InvalidInput("give either --source NAME or --observation ID")


def _show(made: Correction, sentence: str, as_json: bool) -> None:
    if as_json:
        print_json(made.as_dict())
        return
    stdout.print(f"{made.id}: {sentence}.", markup=False, soft_wrap=True)

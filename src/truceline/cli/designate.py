"""``truceline designate``: the list of groups that parties make together, each signing with its own key."""

from __future__ import annotations

from typing import Annotated

import typer

from truceline.app import consent
from truceline.app.subjects import designation_of
from truceline.cli import signing
from truceline.cli.key import KeyFile, Passphrase
from truceline.cli.output import Json, print_json, reports_errors, stdout
from truceline.cli.signing import As, Folder, add_steps, state_in_words
from truceline.store.workspace import Workspace

app = typer.Typer(help="The list of groups that the parties designate together, each with its own key.")


@app.command("propose")
@reports_errors
def propose(
    workspace: Folder,
    group: Annotated[str, typer.Option("--group", help="The group's id in the accord.")],
    party: As,
    key_file: KeyFile,
    passphrase: Passphrase = False,
    as_json: Json = False,
) -> None:
    """Proposes a group for the list; proposing is the party's own consent.

    Example: `truceline designate propose mission --group hts --as turkey --key-file turkey.key`
    """
    signing.propose(
        workspace,
        lambda opened: designation_of(opened.accord(), group),
        party,
        key_file,
        passphrase,
        as_json,
    )


add_steps(app, "designate")


@app.command("list")
@reports_errors
def list_designations(
    workspace: Folder,
    as_of: Annotated[str | None, typer.Option(help="As it stood at this date or instant.")] = None,
    as_json: Json = False,
) -> None:
    """Lists all proposals: in force or not, who consented, who is missing, who objects.

    Example: `truceline designate list mission --as-of 2018-10-15`
    """
    opened = Workspace.open(workspace)
    found = consent.designations(opened, as_of=signing.asked_at(opened, as_of))
    if as_json:
        print_json({"designations": found})
        return
    for one in found:
        stdout.print(f"{one['proposal']} {one['group']}: {state_in_words(one)}", markup=False, soft_wrap=True)

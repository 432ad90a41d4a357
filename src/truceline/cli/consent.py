"""``truceline consent``: parties confirm the accord's version, a zone or a line, each signing its digest."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from truceline.app import consent
from truceline.app.subjects import subject_now
from truceline.cli import signing
from truceline.cli.key import KeyFile, Passphrase
from truceline.cli.output import Json, print_json, reports_errors, stdout
from truceline.cli.signing import As, Folder, add_steps, state_in_words
from truceline.store.workspace import Workspace

app = typer.Typer(help="What the parties confirm together by its digest: the accord, its zones, its lines.")


@app.command("propose")
@reports_errors
def propose(
    workspace: Folder,
    subject: Annotated[str, typer.Option("--subject", help="accord, zone:ID or line:ID, as it is now.")],
    party: As,
    key_file: KeyFile,
    passphrase: Passphrase = False,
    as_json: Json = False,
) -> None:
    """Proposes the accord's version, a zone or a line as it is now; proposing is the party's own consent.

    Example: `truceline consent propose mission --subject accord --as turkey --key-file turkey.key`
    """
    signing.propose(
        workspace,
        lambda opened: subject_now(opened, subject, datetime.now(UTC)),
        party,
        key_file,
        passphrase,
        as_json,
    )


add_steps(app, "consent")


@app.command("list")
@reports_errors
def list_subjects(
    workspace: Folder,
    as_of: Annotated[str | None, typer.Option(help="As it stood at this date or instant.")] = None,
    as_json: Json = False,
) -> None:
    """Lists how the accord, the zones and the lines in use are confirmed, and all proposals.

    Example: `truceline consent list mission --as-of 2018-10-15`
    """
    opened = Workspace.open(workspace)
    proposals, now = consent.confirmed_subjects(opened, as_of=signing.asked_at(opened, as_of))
    if as_json:
        print_json({"in_use": [one.as_dict() for one in now], "proposals": proposals})
        return
    for one in now:
        waits = f"; missing: {', '.join(one.missing)}" if one.missing else ""
        stdout.print(f"{one.kind}:{one.id}: {one.state}{waits}", markup=False, soft_wrap=True)
    for told in proposals:
        use = "" if told["in_use"] else " (another version than the one in use)"
        stdout.print(
            f"{told['proposal']} {told['subject']}{use}: {state_in_words(told)}", markup=False, soft_wrap=True
        )

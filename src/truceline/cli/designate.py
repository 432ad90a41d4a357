"""``truceline designate``: the list of groups that the parties make together, each with its own key."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from truceline.app import consent
from truceline.cli.key import KeyFile, Passphrase, passphrase_of
from truceline.cli.output import Json, print_json, reports_errors, stdout
from truceline.core.instants import parse_instant, zone_of
from truceline.evidence.statements import Proposal
from truceline.store.workspace import Workspace

app = typer.Typer(help="The list of groups that the parties designate together, each with its own key.")

Folder = Annotated[Path, typer.Argument(metavar="WORKSPACE", help="The workspace.")]
Id = Annotated[str, typer.Argument(metavar="PROPOSAL", help="The proposal's id.")]
As = Annotated[str, typer.Option("--as", help="The party that signs.")]


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
    secret = passphrase_of(passphrase)
    _show(consent.propose(Workspace.open(workspace), group, party, key_file, secret), as_json)


@app.command("consent")
@reports_errors
def consent_to(
    workspace: Folder,
    proposal: Id,
    party: As,
    key_file: KeyFile,
    passphrase: Passphrase = False,
    as_json: Json = False,
) -> None:
    """Consents to a proposal. It is in force from the instant at which the last who must agree has.

    Example: `truceline designate consent mission prop-0f3c... --as russia --key-file russia.key`
    """
    _step("consent", workspace, proposal, party, key_file, passphrase, as_json)


@app.command("object")
@reports_errors
def object_to(
    workspace: Folder,
    proposal: Id,
    party: As,
    key_file: KeyFile,
    passphrase: Passphrase = False,
    as_json: Json = False,
) -> None:
    """Objects to a proposal: it is disputed, and not in force, until the party consents.

    Example: `truceline designate object mission prop-0f3c... --as russia --key-file russia.key`
    """
    _step("object", workspace, proposal, party, key_file, passphrase, as_json)


@app.command("withdraw")
@reports_errors
def withdraw(
    workspace: Folder,
    proposal: Id,
    party: As,
    key_file: KeyFile,
    passphrase: Passphrase = False,
    as_json: Json = False,
) -> None:
    """Withdraws a consent: the proposal is out of force from then on.

    Example: `truceline designate withdraw mission prop-0f3c... --as russia --key-file russia.key`
    """
    _step("withdraw", workspace, proposal, party, key_file, passphrase, as_json)


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
    zone = zone_of(opened.accord().accord.time_zone)
    found = consent.designations(opened, as_of=parse_instant(as_of, zone, field="--as-of") if as_of else None)
    if as_json:
        print_json({"designations": found})
        return
    for one in found:
        state = "in force" if one["in_force"] else "disputed" if one["disputed"] else "not in force"
        waits = f"; missing: {', '.join(one['missing'])}" if one["missing"] else ""
        stdout.print(f"{one['proposal']} {one['group']}: {state}{waits}", markup=False, soft_wrap=True)


def _step(
    act: str, workspace: Path, proposal: str, party: str, key_file: Path, passphrase: bool, as_json: bool
) -> None:
    secret = passphrase_of(passphrase)
    _show(consent.step(Workspace.open(workspace), act, proposal, party, key_file, secret), as_json)


def _show(proposal: Proposal, as_json: bool) -> None:
    if as_json:
        print_json(
            {
                "proposal": proposal.id,
                "designation": proposal.provision,
                "group": proposal.group,
                "consented_by": list(proposal.consented_by()),
                "objected_by": list(proposal.objected_by()),
            }
        )
        return
    stands = ", ".join(f"{party}: {act}" for party, act in proposal.stands.items())
    stdout.print(f"{proposal.id} ({proposal.group}): {stands}", markup=False, soft_wrap=True)

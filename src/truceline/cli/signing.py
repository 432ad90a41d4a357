"""Steps on proposals, the same under every command that parties sign with: consent, object, withdraw."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from truceline.app import consent
from truceline.cli.key import KeyFile, Passphrase, passphrase_of
from truceline.cli.output import Json, print_json, reports_errors, stdout
from truceline.core.instants import parse_instant, zone_of
from truceline.evidence.statements import Proposal, Subject
from truceline.store.workspace import Workspace

Folder = Annotated[Path, typer.Argument(metavar="WORKSPACE", help="The workspace.")]
Id = Annotated[str, typer.Argument(metavar="PROPOSAL", help="The proposal's id.")]
As = Annotated[str, typer.Option("--as", help="The party that signs.")]

STEPS = {
    "consent": "Consents to a proposal: in force from the instant at which the last who must agree has.",
    "object": "Objects to a proposal: it is disputed, and not in force, until the party consents.",
    "withdraw": "Withdraws a consent: the proposal is out of force from then on.",
}


def add_steps(app: typer.Typer, command: str) -> None:
    """Adds the steps to a command group, which `command` names in their examples."""
    for act, what in STEPS.items():
        app.command(act)(_step(command, act, what))


def propose(
    workspace: Path,
    subject_of: Callable[[Workspace], Subject],
    party: str,
    key_file: Path,
    passphrase: bool,
    as_json: bool,
) -> None:
    """Proposes what `subject_of` finds in the workspace, and prints where everybody stands."""
    opened = Workspace.open(workspace)
    made = consent.propose(opened, subject_of(opened), party, key_file, passphrase_of(passphrase))
    show_proposal(made, as_json)


def asked_at(workspace: Workspace, as_of: str | None) -> datetime | None:
    """The instant of ``--as-of`` in the accord's time zone; None where none was asked for."""
    if as_of is None:
        return None
    return parse_instant(as_of, zone_of(workspace.accord().accord.time_zone), field="--as-of")


def show_proposal(proposal: Proposal, as_json: bool) -> None:
    """Prints where everybody stands on a proposal."""
    designated = proposal.subject.kind == "designation"
    if as_json:
        about: dict[str, Any] = (
            {"designation": proposal.provision, "group": proposal.group}
            if designated
            else {"subject": proposal.subject.name, "digest": proposal.subject.value}
        )
        print_json(
            {"proposal": proposal.id}
            | about
            | {
                "consented_by": list(proposal.consented_by()),
                "objected_by": list(proposal.objected_by()),
            }
        )
        return
    stands = ", ".join(f"{party}: {act}" for party, act in proposal.stands.items())
    name = proposal.group if designated else proposal.subject.name
    stdout.print(f"{proposal.id} ({name}): {stands}", markup=False, soft_wrap=True)


def state_in_words(one: dict[str, Any]) -> str:
    """In force, disputed or not in force, and who is missing."""
    state = "in force" if one["in_force"] else "disputed" if one["disputed"] else "not in force"
    return state + (f"; missing: {', '.join(one['missing'])}" if one["missing"] else "")


def _step(command: str, act: str, what: str) -> Any:
    def signed(
        workspace: Folder,
        proposal: Id,
        party: As,
        key_file: KeyFile,
        passphrase: Passphrase = False,
        as_json: Json = False,
    ) -> None:
        secret = passphrase_of(passphrase)
        made = consent.step(Workspace.open(workspace), act, proposal, party, key_file, secret)
        show_proposal(made, as_json)

    signed.__doc__ = (
        f"{what}\n\n"
        f"Example: `truceline {command} {act} mission prop-0f3c... --as russia --key-file russia.key`\n"
    )
    return reports_errors(signed)

"""``truceline office``: the other offices, their keys, and how far their logs are held."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from truceline.app import offices
from truceline.cli.output import Json, print_json, reports_errors, stdout
from truceline.store.offices import Office
from truceline.store.workspace import Workspace
from truceline.transparency.notes import verifier_key

app = typer.Typer(help="Other offices: whose keys are confirmed, how far their logs are held, forks.")

Folder = Annotated[Path, typer.Argument(metavar="WORKSPACE", help="The workspace.")]


@app.command("list")
@reports_errors
def list_offices(workspace: Folder, as_json: Json = False) -> None:
    """Lists this office and the others: keys, heads, how far their logs are held, whether they forked.

    Example: `truceline office list mission`
    """
    found = offices.known(Workspace.open(workspace))
    if as_json:
        print_json(found)
        return
    own = found["own"]
    _print(f"this office: {own['origin']}, {own['size']:,} leaves")
    for key in own["keys"]:
        _print(f"  key {key}")
    for fork in own["forks"]:
        _print(f"  FORKED: {fork}")
    for office in found["offices"]:
        _print(
            f"{office['name']}: {office['origin']}, {office['held']:,} leaves held; holds "
            f"{office['holds_of_ours']:,} of ours" + ("" if office["trusted"] else "; NOT TRUSTED any more")
        )
        _print(f"  key {office['key']}")
        for fork in office["forks"]:
            _print(f"  FORKED: {fork}")


@app.command("trust")
@reports_errors
def trust(
    workspace: Folder,
    name: Annotated[str, typer.Option(help="What to call the office here.")],
    key: Annotated[
        str,
        typer.Option(help="Its verifier key, as `truceline log head` prints it there, compared by voice."),
    ],
    as_json: Json = False,
) -> None:
    """Confirms an office's key: bundles that are signed with it are taken in from now on.

    A new key for the same log takes the place of the one before. Compare the key over another channel than
    the one on which it came: nobody else can know whose it is.

    Example: `truceline office trust mission --name hama --key truceline/log/5f2c...+1a2b3c4d+AbCd...`
    """
    _show(offices.trust(Workspace.open(workspace), name, key), as_json)


@app.command("distrust")
@reports_errors
def distrust(
    workspace: Folder,
    name: Annotated[str, typer.Option(help="The office's name here.")],
    as_json: Json = False,
) -> None:
    """Takes no more bundles from an office. What came from it stays recorded.

    Example: `truceline office distrust mission --name hama`
    """
    _show(offices.distrust(Workspace.open(workspace), name), as_json)


def _show(office: Office, as_json: bool) -> None:
    key = verifier_key(office.origin, office.public_key)
    if as_json:
        print_json({"name": office.name, "origin": office.origin, "key": key, "trusted": office.trusted})
    else:
        state = "bundles signed with it are taken in" if office.trusted else "nothing more is taken from it"
        _print(f"{office.name}: {key}; {state}")


def _print(text: str) -> None:
    stdout.print(text, markup=False, soft_wrap=True)

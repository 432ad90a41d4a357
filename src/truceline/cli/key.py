"""``truceline key``: the keys with which parties sign."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Any

import typer

from truceline.app import consent
from truceline.cli.output import Json, print_json, reports_errors, stdout
from truceline.core.instants import isoformat_utc, parse_instant, zone_of
from truceline.evidence.statements import PartyKey
from truceline.store.workspace import Workspace

app = typer.Typer(help="Keys with which parties sign: made, listed, rotated, revoked.")

Folder = Annotated[Path, typer.Argument(metavar="WORKSPACE", help="The workspace.")]
Party = Annotated[str, typer.Option("--party", help="The party's id in the accord.")]
KeyFile = Annotated[Path, typer.Option("--key-file", help="The file with the party's private key.")]
Passphrase = Annotated[
    bool,
    typer.Option(
        "--passphrase",
        help="Ask for the key's passphrase (else: TRUCELINE_PASSPHRASE, or a key without one).",
    ),
]


def passphrase_of(ask: bool, *, confirm: bool = False) -> str | None:
    """The passphrase, from the person or from the environment; None where there is none."""
    if ask:
        return str(typer.prompt("Passphrase", hide_input=True, confirmation_prompt=confirm, err=True))
    return os.environ.get("TRUCELINE_PASSPHRASE") or None


@app.command("new")
@reports_errors
def new(
    workspace: Folder, party: Party, key_file: KeyFile, passphrase: Passphrase = False, as_json: Json = False
) -> None:
    """Makes a party's first key, in a file that only its owner can read, and records the public half.

    Compare the public key with the party over another channel: the record cannot know who made it.

    Example: `truceline key new mission --party turkey --key-file turkey.key --passphrase`
    """
    secret = passphrase_of(passphrase, confirm=True)
    _show(consent.new_key(Workspace.open(workspace), party, key_file, secret), as_json)


@app.command("rotate")
@reports_errors
def rotate(
    workspace: Folder,
    party: Party,
    key_file: KeyFile,
    new_file: Annotated[Path, typer.Option("--new-key-file", help="The file to write the new key to.")],
    passphrase: Passphrase = False,
    as_json: Json = False,
) -> None:
    """Replaces a party's key by a new one, signed with the old.

    Example: `truceline key rotate mission --party turkey --key-file turkey.key --new-key-file turkey-2.key`
    """
    secret = passphrase_of(passphrase)
    _show(consent.rotate_key(Workspace.open(workspace), party, key_file, new_file, secret), as_json)


@app.command("revoke")
@reports_errors
def revoke(
    workspace: Folder,
    party: Party,
    key_file: KeyFile,
    since: Annotated[
        str | None, typer.Option("--from", help="From when it holds no more (default: now); may be past.")
    ] = None,
    passphrase: Passphrase = False,
    as_json: Json = False,
) -> None:
    """Ends a party's key from an instant on: what it signed after that instant is void.

    Example: `truceline key revoke mission --party turkey --key-file turkey.key --from 2018-10-12T08:00:00Z`
    """
    opened = Workspace.open(workspace)
    zone = zone_of(opened.accord().accord.time_zone)
    instant = parse_instant(since, zone, field="--from") if since else None
    secret = passphrase_of(passphrase)
    _show(consent.revoke_key(opened, party, key_file, instant, secret), as_json)


@app.command("list")
@reports_errors
def list_keys(workspace: Folder, as_json: Json = False) -> None:
    """Lists all keys that were ever recorded: whose, since when, until when, by which office.

    A key is contested while offices recorded different ones for its party: nothing that either signed counts.

    Example: `truceline key list mission`
    """
    keys = consent.list_keys(Workspace.open(workspace))
    if as_json:
        told = [_document(key) | {"office": key.log, "contested": _contested(key, keys)} for key in keys]
        print_json({"keys": told})
        return
    for key in keys:
        _print(key, contested=_contested(key, keys))


def _contested(key: PartyKey, keys: list[PartyKey]) -> bool:
    return key.until is None and any(
        other.party == key.party and other.until is None and other.log != key.log for other in keys
    )


def _document(key: PartyKey) -> dict[str, Any]:
    return {
        "party": key.party,
        "public_key": key.public_key.hex(),
        "since": isoformat_utc(key.since),
        "until": isoformat_utc(key.until) if key.until else None,
    }


def _show(key: PartyKey, as_json: bool) -> None:
    if as_json:
        print_json(_document(key))
    else:
        _print(key)


def _print(key: PartyKey, *, contested: bool = False) -> None:
    until = f" until {isoformat_utc(key.until)}" if key.until else ""
    by = f", recorded by {key.log}" if key.log else ""
    by += ": CONTESTED, nothing that it signed counts" if contested else ""
    stdout.print(
        f"{key.party}: {key.public_key.hex()} since {isoformat_utc(key.since)}{until}{by}",
        markup=False,
        soft_wrap=True,
    )

"""``patrol passphrase``, ``kept``, ``open``, ``forget``: plans and tracks that a workspace keeps sealed."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from truceline.app.patrol_kept import opened, shown_to, vault_of
from truceline.cli.output import Json, print_json, reports_errors, say, stdout
from truceline.core.errors import InvalidInput
from truceline.evidence.permissions.matrix import Reader, Role
from truceline.store.workspace import Workspace

VARIABLE = "TRUCELINE_PATROL_PASSPHRASE"

Folder = Annotated[Path, typer.Argument(metavar="WORKSPACE", help="The workspace's folder.")]
Passphrase = Annotated[
    bool, typer.Option("--passphrase", help=f"Ask for the passphrase of the patrols (else: {VARIABLE}).")
]


def passphrase_of(ask: bool, *, new: bool = False) -> str | None:
    """The passphrase, from the person or from the environment; None where there is none."""
    if ask:
        words = "New passphrase" if new else "Passphrase"
        return str(typer.prompt(words, hide_input=True, confirmation_prompt=new, err=True))
    return os.environ.get(f"{VARIABLE}_NEW" if new else VARIABLE) or None


@reports_errors
def passphrase(
    workspace: Folder,
    change: Annotated[bool, typer.Option("--change", help="Lock what is kept behind another one.")] = False,
    ask: Annotated[
        bool, typer.Option("--ask/--no-ask", help=f"Ask for it, or take {VARIABLE}, and {VARIABLE}_NEW.")
    ] = True,
    as_json: Json = False,
) -> None:
    """Sets the passphrase behind which plans and tracks of patrols are kept; without one nothing is kept.

    Nobody can open what is sealed without it, we neither. A copy of the old key file still opens with the old
    passphrase.

    Example: `truceline patrol passphrase idlib`
    """
    vault = vault_of(Workspace.open(workspace))
    if change:
        # Whether the old one is right is found before the new one is asked for.
        old = passphrase_of(ask)
        vault.key(old)
        vault.change_passphrase(str(old), _needed(passphrase_of(ask, new=True)))
    else:
        vault.set_passphrase(_needed(passphrase_of(ask, new=ask)))
    if as_json:
        print_json({"set": True, "changed": change})
    else:
        say(
            "the passphrase is changed"
            if change
            else "the passphrase is set; keep it where it cannot be lost"
        )


def _needed(text: str | None) -> str:
    if not text:
        raise InvalidInput("no passphrase was given", hint=f"type one, or set {VARIABLE}")
    return text


@reports_errors
def kept(workspace: Folder, as_json: Json = False) -> None:
    """Lists what of patrols is kept, by id. It needs no passphrase, and tells nothing of what is in it.

    Example: `truceline patrol kept idlib`
    """
    vault = vault_of(Workspace.open(workspace))
    ids = list(vault.ids())
    if as_json:
        print_json({"passphrase_set": vault.has_key, "kept": ids})
        return
    for id in ids:
        stdout.print(id, markup=False)
    say(f"{len(ids)} kept" if vault.has_key else "nothing is kept: no passphrase is set")


@reports_errors
def open_kept(
    workspace: Folder,
    what: Annotated[str, typer.Argument(metavar="ID|FILE", help="An id that is kept, or a .sealed file.")],
    role: Annotated[
        str | None,
        typer.Option(help="Only what this role may see: public, observer, liaison, analyst, monitor, ..."),
    ] = None,
    party: Annotated[str | None, typer.Option(help="The party of a liaison.")] = None,
    ask: Passphrase = False,
    as_json: Json = False,
) -> None:
    """Prints what is sealed: all of it, or what a role may see of it. Whatever is written from that to a disk
    lies open there.

    Example: `truceline patrol open idlib verified-0f3c9a11b2d4 --role observer --passphrase`
    """
    place = Workspace.open(workspace)
    key = vault_of(place).key(passphrase_of(ask))
    if role is None:
        content = opened(place, key, what)
        if as_json:
            print_json({"name": what, "content": content.decode("utf-8", "replace")})
        else:
            sys.stdout.buffer.write(content)
            sys.stdout.buffer.flush()
        return
    if role not in {one.value for one in Role}:
        raise InvalidInput(f"--role: found {role!r}; accepted: {', '.join(Role)}")
    print_json(shown_to(place, key, what, Reader(Role(role), party), datetime.now(UTC)))


@reports_errors
def forget(
    workspace: Folder,
    id: Annotated[str, typer.Argument(metavar="ID", help="What to remove.")],
    as_json: Json = False,
) -> None:
    """Removes what is kept under an id, and its counts; there is no way back.

    Example: `truceline patrol forget idlib plan-0f3c9a11b2d4`
    """
    vault_of(Workspace.open(workspace)).forget(id)
    if as_json:
        print_json({"forgotten": id})
    else:
        say(f"{id} is removed")

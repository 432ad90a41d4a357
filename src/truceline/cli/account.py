"""``truceline account``: who can sign in to a workspace that is served."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from truceline.app import accounts as use
from truceline.cli.output import Json, print_json, reports_errors, say, stdout
from truceline.core.errors import InvalidInput
from truceline.store.accounts import AccountFile
from truceline.store.workspace import Workspace

app = typer.Typer(no_args_is_help=True, help="Who can sign in to a workspace that is served.")

Folder = Annotated[Path, typer.Argument(metavar="WORKSPACE", help="The workspace's folder.")]
Name = Annotated[str, typer.Argument(metavar="NAME", help="The account's name.")]
Stdin = Annotated[
    bool, typer.Option("--password-stdin", help="Read the password from the first line of standard input.")
]


@contextmanager
def _accounts(workspace: Path) -> Iterator[tuple[Workspace, AccountFile]]:
    opened = Workspace.open(workspace)
    file = AccountFile(opened.root)
    try:
        yield opened, file
    finally:
        file.close()


def _password(from_stdin: bool) -> str:
    """A password from standard input, or typed twice where nobody sees it; never from the command line."""
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise InvalidInput("there is nobody to type a password; accepted: --password-stdin")
    return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))


@app.command("add")
@reports_errors
def add(
    workspace: Folder,
    name: Name,
    role: Annotated[
        str, typer.Option("--role", help="observer, liaison, analyst, monitor or administrator.")
    ],
    party: Annotated[str | None, typer.Option("--party", help="Whose liaison it is.")] = None,
    language: Annotated[str | None, typer.Option("--language", help="en, ar, ru or tr.")] = None,
    subject: Annotated[
        str | None,
        typer.Option(
            "--subject", help="Signs in through the provider under this subject, without a password."
        ),
    ] = None,
    password_stdin: Stdin = False,
    as_json: Json = False,
) -> None:
    """Makes an account. The password is typed, or read from standard input; never an argument.

    Example: `truceline account add idlib amina --role monitor`
    """
    with _accounts(workspace) as (opened, file):
        use.need_role(opened, role, party)
        password = _password(password_stdin) if subject is None else None
        made = use.add_account(
            opened, file, name, role, party=party, password=password, language=language, subject=subject
        )
    if as_json:
        print_json(use.account_dict(made))
    else:
        say(f"made the account {made.name} ({made.role}{f' of {party}' if party else ''})")


@app.command("list")
@reports_errors
def list_accounts(workspace: Folder, as_json: Json = False) -> None:
    """Lists the accounts.

    Example: `truceline account list idlib`
    """
    with _accounts(workspace) as (_, file):
        found = file.accounts()
    if as_json:
        print_json({"accounts": [use.account_dict(one) for one in found]})
        return
    table = Table("name", "role", "party", "one-time code", "ended")
    for one in found:
        ended = one.ended_at.date().isoformat() if one.ended_at else ""
        table.add_row(one.name, str(one.role), one.party or "", "yes" if one.second_factor else "no", ended)
    stdout.print(table)


@app.command("password")
@reports_errors
def password(workspace: Folder, name: Name, password_stdin: Stdin = False, as_json: Json = False) -> None:
    """Sets a new password; the account's sessions end.

    Example: `truceline account password idlib amina`
    """
    with _accounts(workspace) as (_, file):
        account = use.find_account(file, name)
        new = _password(password_stdin)
        use.need_good_password(new, account.name)
        changed = file.change(account.id, password=use.hashed(new))
    _done(use.account_dict(changed), f"{name} has a new password; its sessions have ended", as_json)


@app.command("end")
@reports_errors
def end(workspace: Folder, name: Name, as_json: Json = False) -> None:
    """Ends an account: it signs in no more, and its sessions end. What it recorded stays.

    Example: `truceline account end idlib amina`
    """
    with _accounts(workspace) as (_, file):
        account = use.find_account(file, name)
        changed = file.change(account.id, ended_at=datetime.now(UTC))
    _done(use.account_dict(changed), f"{name} has ended", as_json)


@app.command("reset-code")
@reports_errors
def reset_code(workspace: Folder, name: Name, as_json: Json = False) -> None:
    """Takes the second factor away from who has lost it; its sessions end.

    Example: `truceline account reset-code idlib amina`
    """
    with _accounts(workspace) as (_, file):
        account = use.find_account(file, name)
        changed = file.change(account.id, totp=None, totp_pending=None)
    _done(use.account_dict(changed), f"{name} signs in without a one-time code", as_json)


def _done(document: dict[str, object], sentence: str, as_json: bool) -> None:
    if as_json:
        print_json(document)
    else:
        say(sentence)

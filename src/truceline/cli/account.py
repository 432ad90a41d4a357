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
from truceline.app.readings import readings_page
from truceline.app.sign_ins import sign_ins_page
from truceline.cli.output import EXIT_CHECK_FAILED, Json, print_json, reports_errors, say, stdout
from truceline.core.errors import InvalidInput
from truceline.core.instants import parse_start, zone_of
from truceline.store.accounts import AccountFile
from truceline.store.workspace import Workspace

app = typer.Typer(no_args_is_help=True, help="Who can sign in to a workspace that is served.")

Folder = Annotated[Path, typer.Argument(metavar="WORKSPACE", help="The workspace's folder.")]
Name = Annotated[str, typer.Argument(metavar="NAME", help="The account's name.")]
Limit = Annotated[int, typer.Option("--limit", help="How many at most.", min=1, max=10_000)]
Before = Annotated[
    int | None, typer.Option("--before", help="Only those before this number: the next page.", min=1)
]
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
    own_password: Annotated[
        bool,
        typer.Option("--own-password", help="Typed by whom the account is for, who need not replace it."),
    ] = False,
    as_json: Json = False,
) -> None:
    """Makes an account. The password is typed, or read from standard input; never an argument.

    Whoever it is for replaces it when first signing in, within a week; after that give another one.

    Example: `truceline account add idlib amina --role monitor`
    """
    with _accounts(workspace) as (opened, file):
        use.need_role(opened, role, party)
        password = _password(password_stdin) if subject is None else None
        made = use.add_account(
            opened, file, name, role, party=party, password=password, language=language, subject=subject,
            own_password=own_password,
        )  # fmt: skip
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
    """Gives a new password; the account's sessions end, and its owner replaces it when signing in.

    Example: `truceline account password idlib amina`
    """
    with _accounts(workspace) as (_, file):
        account = use.find_account(file, name)
        changed = use.give_password(file, account, _password(password_stdin))
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


@app.command("readings")
@reports_errors
def readings(
    workspace: Folder,
    account: Annotated[str | None, typer.Option("--account", help="Only what this account read.")] = None,
    kind: Annotated[
        str | None,
        typer.Option("--kind", help="Only of this kind of data, such as reporters or patrol_plans."),
    ] = None,
    since: Annotated[
        str | None, typer.Option("--since", help="Only since this instant, or since this day began.")
    ] = None,
    limit: Limit = 50,
    before: Before = None,
    as_json: Json = False,
) -> None:
    """Who read which sensitive data through the served workspace, newest first; whether that log is whole.

    Ends with exit code 3 where an entry is not as it was recorded.

    Example: `truceline account readings idlib --kind reporters --since 2018-10-01`
    """
    with _accounts(workspace) as (opened, file):
        zone = zone_of(opened.accord().accord.time_zone)
        first = parse_start(since, zone, field="since") if since is not None else None
        page = readings_page(file, limit=limit, before=before, account=account, kind=kind, since=first)
    if as_json:
        print_json(page)
    else:
        table = Table("no.", "when (UTC)", "who", "role", "kinds", "what was asked")
        for one in page["items"]:
            role = f"{one['role']} of {one['party']}" if one["party"] else one["role"]
            kinds = ", ".join(one["kinds"])
            table.add_row(str(one["seq"]), one["at"], one["name"] or "", role, kinds, one["what"])
        stdout.print(table)
        if page["next"] is not None:
            say(f"there are more: --before {page['next']}")
    if page["first_bad"] is not None:
        say(f"the log of readings is not as it was recorded from no. {page['first_bad']} on")
        raise typer.Exit(EXIT_CHECK_FAILED)


@app.command("sign-ins")
@reports_errors
def sign_ins(
    workspace: Folder,
    account: Annotated[str | None, typer.Option("--account", help="Only to this account.")] = None,
    failed: Annotated[bool, typer.Option("--failed", help="Only those that failed.")] = False,
    limit: Limit = 50,
    before: Before = None,
    as_json: Json = False,
) -> None:
    """Who signed in to the served workspace or tried to, newest first; kept for 90 days.

    Example: `truceline account sign-ins idlib --failed`
    """
    with _accounts(workspace) as (_, file):
        page = sign_ins_page(file, limit=limit, before=before, account=account, failed=failed)
    if as_json:
        print_json(page)
        return
    table = Table("no.", "when (UTC)", "who", "outcome", "how", "from")
    for one in page["items"]:
        who = one["name"] or "(no such account)"
        table.add_row(str(one["seq"]), one["at"], who, one["outcome"], one["way"], one["address"])
    stdout.print(table)
    if page["next"] is not None:
        say(f"there are more: --before {page['next']}")


def _done(document: dict[str, object], sentence: str, as_json: bool) -> None:
    if as_json:
        print_json(document)
    else:
        say(sentence)

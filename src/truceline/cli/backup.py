"""Copies that can be relied on: ``backup`` and ``restore``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import DownloadColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from truceline.app.log import read_head
from truceline.cli.output import Json, print_json, reports_errors, say, stderr, stdout
from truceline.core.errors import InvalidInput
from truceline.store.backup import back_up
from truceline.store.backup import restore as put_back
from truceline.store.manifest import Manifest
from truceline.store.workspace import LOG_KEY, Workspace
from truceline.transparency.notes import parse_verifier_key

app = typer.Typer()


@app.command()
@reports_errors
def backup(
    workspace: Annotated[Path, typer.Argument(metavar="WORKSPACE", help="The workspace's folder.")],
    target: Annotated[Path, typer.Argument(metavar="TARGET", help="The folder to make.")],
    without_key: Annotated[
        bool,
        typer.Option(
            "--without-key",
            help="Leave out private keys, accounts and the key of shown names: for a backup to give away.",
        ),
    ] = False,
    as_json: Json = False,
) -> None:
    """Copies a workspace as of one moment, also while others write to it.

    The copy holds a manifest with the SHA-256 of every file, and appears under its name only when all of it
    is on the medium. `truceline restore` verifies it and makes a workspace of it.

    Example: `truceline backup idlib /media/usb/idlib-2018-10-15`
    """
    opened = Workspace.open(workspace)
    with _progress("copying") as on_bytes:
        made = back_up(opened, target, without_keys=without_key, progress=on_bytes)
    if as_json:
        print_json({"workspace": str(workspace), "backup": str(target)} | _said(made))
        return
    _print(f"{target}: a copy of {workspace}, {_counts(made)}.")
    _tell_missing(made)
    if made.left_out:
        _print(f"Left out, so that it cannot sign: {', '.join(made.left_out)}.")
    elif any(file.path == LOG_KEY for file in made.files):
        say(f"it holds {LOG_KEY}: keep it as safe as the workspace; --without-key makes one to give away")


@app.command()
@reports_errors
def restore(
    backup: Annotated[Path, typer.Argument(metavar="BACKUP", help="What truceline backup made.")],
    workspace: Annotated[
        Path | None, typer.Argument(metavar="[WORKSPACE]", help="The folder to make; not with --dry-run.")
    ] = None,
    head: Annotated[
        Path | None, typer.Option(help="A signed head that was kept elsewhere: the backup must continue it.")
    ] = None,
    key: Annotated[
        str | None, typer.Option(help="The verifier key that must have signed, as it was given to you.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only verify the backup.")] = False,
    as_json: Json = False,
) -> None:
    """Verifies a backup and makes a workspace of it: all of it, or nothing.

    Checked before anything is put in place: every file against the manifest, the record's structure and its
    log, and that every evidence file that the record names is there. A backup that is cut short or was
    changed is refused.

    Example: `truceline restore /media/usb/idlib-2018-10-15 idlib`
    """
    if (workspace is None) == (not dry_run):
        raise InvalidInput("give either WORKSPACE, the folder to make, or --dry-run to verify only")
    kept = read_head(head) if head else None
    pinned = parse_verifier_key(key) if key else None
    with _progress("verifying") as on_bytes:
        made = put_back(backup, workspace, kept_head=kept, pinned=pinned, progress=on_bytes)
    if as_json:
        where = None if workspace is None else str(workspace)
        print_json({"backup": str(backup), "workspace": where, "verified": True} | _said(made))
        return
    if workspace is None:
        _print(f"{backup} is whole and unchanged: {_counts(made)}.")
        _tell_missing(made)
    else:
        _print(f"{workspace}: a workspace as of {made.made_at}, {_counts(made)}, verified.")
        _tell_missing(made)
        if not any(file.path == LOG_KEY for file in made.files):
            say(f"the backup holds no {LOG_KEY}: without the office's own, new heads stay unsigned")


def _said(made: Manifest) -> dict[str, object]:
    return {
        "made_at": made.made_at,
        "files": len(made.files),
        "bytes": sum(file.size for file in made.files),
        "origin": made.origin,
        "size": made.size,
        "root": made.root,
        "signed": made.head is not None,
        "left_out": list(made.left_out),
        "missing": list(made.missing),
    }


def _counts(made: Manifest) -> str:
    size = sum(file.size for file in made.files)
    return f"{len(made.files):,} files, {size:,} bytes, a log of {made.size:,} leaves with root {made.root}"


def _tell_missing(made: Manifest) -> None:
    if made.missing:
        say(
            f"{len(made.missing)} evidence files that the record names were not there as recorded when "
            f"the backup was made, as {made.missing[0]}; truceline doctor lists them"
        )


def _print(text: str) -> None:
    stdout.print(text, markup=False, soft_wrap=True)


@contextmanager
def _progress(what: str) -> Iterator[Callable[[int], None]]:
    columns = (SpinnerColumn(), TextColumn("{task.description}"), DownloadColumn(), TimeElapsedColumn())
    with Progress(*columns, console=stderr, transient=True, disable=not stderr.is_terminal) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done: bar.update(task, completed=done)

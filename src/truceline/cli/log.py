"""``truceline log``: is the record complete and unchanged, and proofs of it for those who trust nobody."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import Progress

from truceline.app import log as use
from truceline.cli.output import EXIT_CHECK_FAILED, Json, print_json, reports_errors, say, stderr, stdout
from truceline.core.errors import StoreUnavailable
from truceline.store.workspace import Workspace
from truceline.transparency import notes

app = typer.Typer(help="The record's transparency log: checked, proved to others, its heads handed out.")
SHOWN = 20

Folder = Annotated[Path, typer.Argument(metavar="WORKSPACE", help="The workspace.")]
Out = Annotated[Path | None, typer.Option("-o", "--output", help="Write to this file.")]


@app.command("verify")
@reports_errors
def verify(
    workspace: Folder,
    head: Annotated[
        Path | None, typer.Option(help="A signed head that was kept elsewhere: the log must continue it.")
    ] = None,
    key: Annotated[
        str | None, typer.Option(help="The verifier key that must have signed, as it was given to you.")
    ] = None,
    attachments: Annotated[
        bool,
        typer.Option("--attachments", help="Read the evidence files too: is each the one that was taken in?"),
    ] = False,
    as_json: Json = False,
) -> None:
    """Checks every row of the record against the log, the log's tree, its heads and their signatures.

    Finds and places what was changed, removed, reordered or inserted behind our back. Exit code 3 if
    anything was. A log that was rewritten from its beginning by the holder of its key is found only with a
    head that was kept elsewhere: give it with --head.

    Example: `truceline log verify mission --head head-of-last-month.txt`
    """
    opened = Workspace.open(workspace)
    with Progress(console=stderr, transient=True, disable=not stderr.is_terminal) as bar:
        task = bar.add_task("rows", total=None)
        report = use.verify(
            opened, head=head, key=key, progress=lambda done: bar.update(task, completed=done)
        )
    files = use.verify_attachments(opened) if attachments else None
    elsewhere = [fault for fault in files or () if fault.what == "elsewhere"]
    if files is not None:
        files = [fault for fault in files if fault.what != "elsewhere"]
    ok = report.ok and not files
    first = report.findings[0].as_dict() if report.findings else None
    if as_json:
        print_json(
            {
                "ok": ok,
                "origin": report.origin,
                "size": report.size,
                "root": report.root.hex(),
                "signed_size": report.signed_size,
                "keys": [
                    {
                        "key": notes.verifier_key(report.origin, one.public_key),
                        "vouched_for": one.vouched_by is not None,
                        "revoked_at": one.revoked_at,
                    }
                    for one in report.keys
                ],
                "first_bad": first,
                "bad": [finding.as_dict() for finding in report.findings],
            }
            | (
                {}
                if files is None
                else {
                    "attachments_bad": [fault.as_dict() for fault in files],
                    "attachments_elsewhere": [fault.as_dict() for fault in elsewhere],
                }
            )
        )
    else:
        state = "complete and unchanged" if report.ok else "NOT as it was recorded"
        signed = f"signed up to {report.signed_size:,}" if report.signed_size else "not signed"
        _print(f"The record is {state}: {report.size:,} leaves, {signed}, root {report.root.hex()}.")
        for one in report.keys[1:]:
            if one.vouched_by is None:
                named = notes.verifier_key(report.origin, one.public_key)
                _print(f"  no earlier key vouches for {named}: ask the office whether it is theirs")
        for finding in report.findings[:SHOWN]:
            row = "" if finding.row is None else f" {finding.row}"
            where = "" if finding.leaf is None else f" (leaf {finding.leaf})"
            if finding.leaves:
                where = f" (leaves {finding.leaves[0]} up to {finding.leaves[1]})"
            _print(f"  {finding.table}{row}: {finding.what}{where}")
        if len(report.findings) > SHOWN:
            _print(f"  and {len(report.findings) - SHOWN:,} more; --json lists them")
        for fault in (files or ())[:SHOWN]:
            _print(f"  {fault.sentence()}")
        for fault in elsewhere[:SHOWN]:
            _print(f"  {fault.sentence()}")
        if files == []:
            here = "that the record names" if not elsewhere else "that is here"
            _print(f"Every evidence file {here} is the one that was taken in.")
    if not ok:
        raise typer.Exit(EXIT_CHECK_FAILED)


@app.command("prove")
@reports_errors
def prove(
    workspace: Folder,
    id: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="An observation's id, or TABLE:NUMBER.")
    ] = None,
    from_head: Annotated[
        Path | None, typer.Option(help="An earlier signed head that the log is to be shown to continue.")
    ] = None,
    withhold: Annotated[
        bool, typer.Option("--withhold", help="Keep the content back: prove only that its leaf is there.")
    ] = False,
    output: Out = None,
    as_json: Json = False,
) -> None:
    """Writes a proof that a thing is in the record; `truceline log verifier` gives others what checks it.

    Example: `truceline log prove mission 3f6c0d1be2a94c57 --from-head kept-head.txt -o proof.json`
    """
    proof = use.prove(Workspace.open(workspace), id, withhold=withhold, from_head=from_head)
    _hand_out(json.dumps(proof, ensure_ascii=False, indent=2) + "\n", proof, output, as_json)


@app.command("head")
@reports_errors
def head(workspace: Folder, output: Out = None, as_json: Json = False) -> None:
    """Prints the signed head of the log: hand it to others, and keep theirs. -o writes it alone.

    Example: `truceline log head mission -o head.txt`
    """
    found = use.head(Workspace.open(workspace))
    note = found["note"]
    if output is not None and note is None:
        raise StoreUnavailable(
            "the head of the log is not signed", hint="put the workspace's log.key back and run it again"
        )
    _hand_out(note or "", found, output, as_json)
    if not as_json and output is None:
        if note is None:
            say(f"The head is not signed: {found['size']:,} leaves, root {found['root']}.")
        for key in found["keys"]:
            say(f"verifier key: {key}")


Author = Annotated[
    str, typer.Option("--author", envvar="TRUCELINE_AUTHOR", help="Who records it and answers for it.")
]
Reason = Annotated[str, typer.Option("--reason", help="Why, in words.")]


@app.command("rotate-key")
@reports_errors
def rotate_key(
    workspace: Folder,
    author: Author,
    reason: Reason,
    compromised: Annotated[
        bool,
        typer.Option(
            "--compromised",
            help="Others may have the old key: it is revoked, and vouches for nothing.",
        ),
    ] = False,
    as_json: Json = False,
) -> None:
    """Takes a new key for the log's heads. The old key vouches for it; earlier heads stay good.

    Example: `truceline log rotate-key mission --author "A. Monitor" --reason "a year has passed"`
    """
    key = use.rotate_key(Workspace.open(workspace), author=author, reason=reason, compromised=compromised)
    if as_json:
        print_json({"key": key, "vouched_for": not compromised})
        return
    _print(f"verifier key: {key}")
    if compromised:
        say("The old key is revoked. Nothing vouches for the new one: hand it out by another channel.")
    else:
        say("The old key vouches for it: offices that confirmed that one take it over with the next bundle.")


@app.command("revoke-key")
@reports_errors
def revoke_key(
    workspace: Folder,
    key: Annotated[str, typer.Argument(metavar="KEY", help="The verifier key, as log head prints it.")],
    author: Author,
    reason: Reason,
    as_json: Json = False,
) -> None:
    """Records that an earlier key of the log is its no more: further heads that it signs do not count.

    Example: `truceline log revoke-key mission "truceline/log/5f2c…+0a1b2c3d+AQ…" --author A --reason old`
    """
    use.revoke_key(Workspace.open(workspace), key, author=author, reason=reason)
    if as_json:
        print_json({"key": key, "revoked": True})
    else:
        say("The key is revoked: heads of more leaves than the log has now do not count under it.")


@app.command("verifier")
@reports_errors
def verifier(output: Out = None, as_json: Json = False) -> None:
    """Prints the stand-alone verifier: one Python file that needs nothing of Truceline.

    Example: `truceline log verifier -o verify.py`
    """
    source = use.verifier()
    _hand_out(source, {"file": "verify.py", "source": source}, output, as_json)


def _hand_out(text: str, document: Any, output: Path | None, as_json: bool) -> None:
    if output is not None:
        try:
            output.write_bytes(text.encode())
        except OSError as error:
            raise StoreUnavailable(f"{output} cannot be written: {error.strerror}") from error
        say(f"Wrote {output}.")
    if as_json:
        print_json(document)
    elif output is None:
        typer.echo(text, nl=False)


def _print(text: str) -> None:
    stdout.print(text, markup=False, soft_wrap=True)


@app.command("actions")
@reports_errors
def actions(workspace: Folder, as_json: Json = False) -> None:
    """Lists who ran what: the commands that changed the record and were run with a name.

    Example: `truceline log actions mission`
    """
    found = use.actions(Workspace.open(workspace))
    if as_json:
        print_json({"actions": found})
        return
    for one in found:
        first, last = one["entries"]
        line = f"{one['recorded_at']} {one['author']}: {one['command']} (entries {first} to {last})"
        stdout.print(line, markup=False, soft_wrap=True)

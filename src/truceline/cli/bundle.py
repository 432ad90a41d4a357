"""``truceline bundle``: what offices that cannot reach each other carry from one to the other."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import Progress

from truceline.app import bundle as use
from truceline.cli.output import EXIT_CHECK_FAILED, Json, print_json, reports_errors, say, stderr, stdout
from truceline.core.errors import InvalidInput
from truceline.store.workspace import Workspace

app = typer.Typer(help="Bundles of new entries, signed, carried between offices: made, taken in, looked at.")

Folder = Annotated[Path, typer.Argument(metavar="WORKSPACE", help="The workspace.")]
_UNITS = {"": 1, "k": 1_000, "m": 1_000_000, "g": 1_000_000_000}


@app.command("export")
@reports_errors
def export(
    workspace: Folder,
    output: Annotated[Path, typer.Option("-o", "--output", help="The file of the bundle.")],
    since: Annotated[
        list[Path] | None,
        typer.Option(help="A file with a head that the other office holds; may be given for several logs."),
    ] = None,
    office: Annotated[
        str | None,
        typer.Option("--for", help="The office that it is for: from where it last said it stands."),
    ] = None,
    part_size: Annotated[
        str | None, typer.Option(help="Cut it into parts of at most so many bytes, as in 20M or 64k.")
    ] = None,
    without_attachments: Annotated[
        bool, typer.Option("--without-attachments", help="Leave out the original evidence files.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Writes a signed bundle of what the other office does not hold yet.

    Without --since or --for it carries everything. A bundle in parts can be carried bit by bit: what arrived
    is kept, what is missing is named and can be sent again.

    Example: `truceline bundle export mission -o to-hama.tcb --for hama --part-size 20M`
    """
    made = use.export(
        Workspace.open(workspace),
        output,
        since=since or (),
        office=office,
        part_size=_bytes(part_size) if part_size else None,
        attachments=not without_attachments,
    )
    document = made.as_dict()
    if as_json:
        print_json(document)
        return
    leaves = sum(log["size"] - log["first"] for log in document["logs"])
    names = ", ".join(str(path) for path in made.files[:3]) + (" …" if len(made.files) > 3 else "")
    _print(
        f"Wrote {leaves:,} leaves of {len(document['logs'])} logs, {len(document['originals'])} originals: "
        f"{made.bytes:,} bytes in {len(made.files)} files: {names}"
    )
    for file in document["missing_originals"]:
        say(f"left out, because it is not among the originals here: {file}")


@app.command("import")
@reports_errors
def take_in(
    workspace: Folder,
    files: Annotated[list[Path], typer.Argument(help="The parts of one bundle, in any order.")],
    name: Annotated[
        str | None, typer.Option(help="What to call the office whose --key is confirmed with this.")
    ] = None,
    key: Annotated[
        str | None, typer.Option(help="The office's verifier key, compared over another channel.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check everything and record nothing.")] = False,
    as_json: Json = False,
) -> None:
    """Checks a bundle and takes it in, all of it in one transaction, without duplicates.

    Only from offices whose keys were confirmed, by `truceline office trust` or by --name and --key here. Exit
    code 3 if an office signed two histories that contradict each other: nothing of the second is taken in,
    and both heads are shown.

    Example: `truceline bundle import mission from-hama.tcb`
    """
    if (name is None) != (key is None):
        raise InvalidInput("--name and --key confirm an office together; accepted: both, or neither")
    opened = Workspace.open(workspace)
    with Progress(console=stderr, transient=True, disable=not stderr.is_terminal) as bar:
        task = bar.add_task("leaves", total=None)
        report = use.take_in(
            opened,
            files,
            trust=(name, key) if name is not None and key is not None else None,
            dry_run=dry_run,
            progress=lambda done: bar.update(task, completed=done),
        )
    document = report.as_dict()
    if as_json:
        print_json(document)
    else:
        _tell(document)
    if not report.ok:
        raise typer.Exit(EXIT_CHECK_FAILED)


@app.command("inspect")
@reports_errors
def inspect(file: Annotated[Path, typer.Argument(help="A part of a bundle.")], as_json: Json = False) -> None:
    """Shows what a bundle says of itself; nothing is believed or recorded.

    The key that it names is the one to compare with the office over another channel, before it is confirmed.

    Example: `truceline bundle inspect from-hama.tcb`
    """
    found = use.inspect(file)
    if as_json:
        print_json(found)
        return
    signed = "signed with the key below" if found["signed"] else "NOT signed with the key that it names"
    _print(f"A bundle of {found['sender']}, {signed}; {found['parts']} parts.")
    if found["damaged"]:
        _print(f"This part is damaged: {found['damaged']}")
    _print(f"{found['blobs_here']} of {found['blobs']} blobs are in this part.")
    for log in found["logs"]:
        _print(
            f"  log {log['origin']}: leaves {log['first']:,} to {log['size']:,}, recorded {log['recorded']}"
        )
        for key in log["keys"]:
            _print(f"    key {key}")
    for original in found["originals"]:
        _print(f"  original {original['file']}: {original['size']:,} bytes, {original['sha256']}")
    if found["originals_left_out"]:
        _print(f"  {found['originals_left_out']} originals were left out")


_STATUS = {
    "new": "{size:,} leaves, {held:,} held before",
    "held": "nothing that is not held",
    "forked": "FORKED: its head does not continue what is held; nothing of it was taken in",
    "unknown": "left out: no key that signed it is confirmed",
    "own": "ours, as we have it",
    "behind": "OURS, and longer than here: entries that were handed out are gone from this workspace",
    "gap": "left out: it begins after what is held; ask for a bundle from the head that is held",
}


def _tell(document: dict[str, Any]) -> None:
    added = ", ".join(f"{count:,} {table}" for table, count in document["added"].items()) or "nothing new"
    dry = " (dry run: nothing was recorded)" if document["dry_run"] else ""
    _print(f"From {document['office']}: {added}; {document['duplicates']:,} held already{dry}.")
    for log in document["logs"]:
        who = log["office"] or log["origin"]
        _print(f"  {who}: {_STATUS[log['status']].format(**log)}")
        if log["fork"]:
            _print(f"    {log['fork']}")
    if document["originals"]:
        _print(f"  {len(document['originals'])} originals were added")
    if document["new_key"]:
        say(f"{document['office']} has a new key, for which its old one vouches: it counts from now on.")
    if document["accord_differs"]:
        say(f"{document['office']} works with another accord than this workspace: compare them")


def _bytes(text: str) -> int:
    number, unit = text.strip().lower().rstrip("b"), ""
    if number and number[-1] in _UNITS:
        number, unit = number[:-1], number[-1]
    if not number.isdecimal() or not number.isascii() or len(number) > 12:
        raise InvalidInput(f"--part-size: found {text!r}; accepted: bytes, as in 20M, 64k or 1500000")
    return int(number) * _UNITS[unit]


def _print(text: str) -> None:
    stdout.print(text, markup=False, soft_wrap=True)

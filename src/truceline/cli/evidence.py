"""The workspace and its evidence: ``init``, ``ingest``, ``quarantined``, ``actors``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from typer.core import TyperGroup

from truceline.app import actors as use_actors
from truceline.app.ingest import IngestReport, quarantined_dict
from truceline.app.ingest import Progress as OnRows
from truceline.app.ingest import ingest as take_in
from truceline.cli.output import AUTHOR, Json, print_json, reports_errors, say, stderr, stdout
from truceline.core.errors import Fault, InvalidInput
from truceline.core.instants import isoformat_utc
from truceline.store.workspace import Workspace

app = typer.Typer()

SHOWN = 20
Author = Annotated[
    str | None, typer.Option("--author", envvar=AUTHOR, help="Who runs it: recorded with what it records.")
]
WorkspaceFolder = Annotated[Path, typer.Argument(metavar="WORKSPACE", help="The workspace's folder.")]


@app.command()
@reports_errors
def init(
    workspace: WorkspaceFolder,
    accord: Annotated[Path, typer.Option("--accord", help="The accord file; files it names come along.")],
    store: Annotated[
        str | None,
        typer.Option(
            "--store",
            metavar="ADDRESS",
            help="Where the record is to be: postgresql://user@host/database?schema=name, without a "
            "password. Not given: a file in the folder.",
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Makes a workspace: a folder with a copy of the accord and an empty record of evidence.

    Example: `truceline init idlib --accord examples/idlib-2018/accord.yaml`
    """
    made = Workspace.create(workspace, accord, store=store)
    head = made.accord().accord
    with made.store() as record:
        version = record.accord_versions()[-1]
        name = record.name
    if as_json:
        print_json(
            {
                "workspace": str(workspace),
                "store": name,
                "accord": head.id,
                "version": head.version,
                "status": head.status,
                "sha256": version.sha256,
                "recorded_at": isoformat_utc(version.recorded_at),
            }
        )
        return
    stdout.print(
        f"{workspace}: a workspace for {head.id}, version {head.version} ({head.status}). "
        f"Next: truceline ingest {workspace} FILE…",
        markup=False,
        soft_wrap=True,
    )


@app.command()
@reports_errors
def ingest(
    workspace: WorkspaceFolder,
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="Evidence files.")],
    format: Annotated[
        str | None, typer.Option("--format", help="The files' format; found by their content if not given.")
    ] = None,
    mapping: Annotated[
        Path | None, typer.Option("--mapping", help="A mapping file for CSV of any layout.")
    ] = None,
    source: Annotated[str | None, typer.Option("--source", help="The source of rows that name none.")] = None,
    time_zone: Annotated[
        str | None,
        typer.Option("--time-zone", help="IANA zone of dates without one; the accord's if not given."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Do everything but record.")] = False,
    author: Author = None,  # noqa: ARG001 - `reports_errors` takes it
    as_json: Json = False,
) -> None:
    """Takes evidence files into a workspace. All of them are recorded, or none if one is broken.

    Rows that are held already add nothing; a row that its source changed is added beside the old one and
    supersedes it; a row that cannot be read is set aside with its reason.

    Example: `truceline ingest idlib events.csv --source newspaper`
    """
    opened = Workspace.open(workspace)
    with _progress() as on_rows:
        report = take_in(
            opened,
            files,
            format=format,
            mapping=mapping,
            source=source,
            time_zone=time_zone,
            dry_run=dry_run,
            progress=on_rows,
        )
    if as_json:
        print_json(report.as_dict())
        return
    _show_report(report, workspace)


@app.command()
@reports_errors
def quarantined(workspace: WorkspaceFolder, as_json: Json = False) -> None:
    """Lists every row that could not be read as an observation, and why.

    Example: `truceline quarantined idlib --json`
    """
    with Workspace.open(workspace).store() as store:
        rows = store.quarantined()
    if as_json:
        print_json(
            {
                "quarantined": [
                    quarantined_dict(row.fault.source, row.fault)
                    | {"recorded_at": isoformat_utc(row.recorded_at)}
                    for row in rows
                ]
            }
        )
        return
    if not rows:
        stdout.print("No row is quarantined.")
    for row in rows:
        stdout.print(row.fault.sentence(), markup=False, soft_wrap=True)


class _ListByDefault(TyperGroup):
    """``actors WORKSPACE`` means ``actors list WORKSPACE``."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        words = [word for word in args if not word.startswith("-")]
        if words and words[0] not in self.commands:
            args = ["list", *args]
        return super().parse_args(ctx, args)


actors_app = typer.Typer(
    cls=_ListByDefault,
    no_args_is_help=True,
    help="Names in the evidence and the parties they mean: `truceline actors WORKSPACE`.",
)
app.add_typer(actors_app, name="actors")


@actors_app.command("list")
@reports_errors
def actors_list(workspace: WorkspaceFolder, as_json: Json = False) -> None:
    """Lists the names in the evidence: how often each occurs, which party it means, how surely, and why.

    Example: `truceline actors list idlib`, or in short `truceline actors idlib`
    """
    found = use_actors.actors(Workspace.open(workspace))
    matched = [actor for actor in found if actor.party is not None]
    set_aside = [actor for actor in found if actor.party is None and actor.settled]
    unmatched = [actor for actor in found if actor.party is None and not actor.settled]
    if as_json:
        print_json(
            {
                "matched": [actor.as_dict() for actor in matched],
                "unmatched": [actor.as_dict() for actor in unmatched],
                "no_party": [actor.as_dict() for actor in set_aside],
            }
        )
        return
    for title, some in (("Matched", matched), ("Not matched", unmatched), ("No party", set_aside)):
        if not some:
            continue
        table = Table("name", "times", "party", "confidence", "why", title=title, title_justify="left")
        for actor in some:
            sure = f"{actor.confidence:.2f}" if actor.party else ""
            table.add_row(escape(actor.name), str(actor.count), actor.party or "", sure, escape(actor.reason))
        stdout.print(table)
    for actor in found:
        if actor.offices:
            who = "; ".join(
                f"{office or 'this office'}: {party or 'no party'}" for office, party in actor.offices
            )
            say(f"offices judge {actor.name} differently ({who}); the last judgement counts")
    if not found:
        stdout.print("No names: there is no evidence yet.")
    if unmatched:
        say(f"truceline actors map {workspace} NAME PARTY says which party a name means")


@actors_app.command("map")
@reports_errors
def actors_map(
    workspace: WorkspaceFolder,
    name: Annotated[str, typer.Argument(metavar="NAME", help="The name as the data gives it.")],
    party: Annotated[
        str | None, typer.Argument(metavar="[PARTY]", help="The id of a party of the accord.")
    ] = None,
    no_party: Annotated[bool, typer.Option("--no-party", help="The name is no party of the accord.")] = False,
    note: Annotated[str | None, typer.Option("--note", help="Why.")] = None,
    author: Author = None,  # noqa: ARG001 - `reports_errors` takes it
    as_json: Json = False,
) -> None:
    """Records that a name in the data means a party, from now on; earlier judgements are kept.

    Example: `truceline actors map idlib "Tahrir al-Sham" hts --note "former name"`
    """
    if (party is None) == (not no_party):
        raise InvalidInput("give either PARTY, the id of a party of the accord, or --no-party")
    judged = use_actors.map_actor(Workspace.open(workspace), name, party, note=note)
    if as_json:
        print_json(
            {
                "name": judged.name,
                "party": judged.party,
                "note": judged.note,
                "recorded_at": isoformat_utc(judged.recorded_at),
            }
        )
        return
    means = f"means {judged.party}" if judged.party else "is no party of the accord"
    stdout.print(
        f"From {isoformat_utc(judged.recorded_at)} on, {name!r} {means}.", markup=False, soft_wrap=True
    )


@contextmanager
def _progress() -> Iterator[OnRows | None]:
    """Rows read so far, on standard error, where that is a terminal."""
    if not stderr.is_terminal:
        yield None
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        TextColumn("{task.completed:,.0f} rows"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=stderr, transient=True) as bar:
        tasks = {}

        def on_rows(file: str, read: int) -> None:
            if file not in tasks:
                tasks[file] = bar.add_task(file, total=None)
            bar.update(tasks[file], completed=read)

        yield on_rows


def _show_report(report: IngestReport, workspace: Path) -> None:
    counts = ("read", "added", "duplicates", "superseded")
    table = Table()
    table.add_column("file", overflow="fold")
    table.add_column("format")
    for name in (*counts, "quarantined"):
        table.add_column(name, justify="right")
    for file in report.files:
        table.add_row(
            escape(file.file),
            file.format,
            *(f"{getattr(file.result, name):,}" for name in counts),
            f"{len(file.result.quarantined):,}",
        )
    stdout.print(table)
    if report.dry_run:
        stdout.print("Dry run: nothing was recorded.")
    outdated = report.total("outdated")
    if outdated:
        stdout.print(f"{outdated:,} of the duplicates equal a version that its source changed since.")
    _show_faults([fault for _, fault in report.quarantined], workspace, report.dry_run)
    if report.unmatched:
        names = [f"{name} ({count:,})" for name, count in list(report.unmatched.items())[:SHOWN]]
        more = len(report.unmatched) - len(names)
        and_more = f" and {more} more" if more else ""
        stdout.print(
            f"Names that mean no party yet: {', '.join(names)}{and_more}. "
            f"truceline actors {workspace} lists them.",
            markup=False,
            soft_wrap=True,
        )


def _show_faults(faults: Sequence[Fault], workspace: Path, dry_run: bool) -> None:
    if not faults:
        return
    stdout.print("Quarantined:")
    for fault in faults[:SHOWN]:
        stdout.print(f"  {fault.sentence()}", markup=False, soft_wrap=True)
    if len(faults) > SHOWN:
        where = "--json lists all" if dry_run else f"truceline quarantined {workspace} lists all"
        stdout.print(f"  and {len(faults) - SHOWN:,} more; {where}", markup=False, soft_wrap=True)

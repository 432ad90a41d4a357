"""``truceline doctor``: what is wrong with a workspace, and what to do."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress

from truceline.app.doctor import WRONG, Diagnosis, examine
from truceline.cli.output import EXIT_CHECK_FAILED, Json, print_json, reports_errors, stderr, stdout

app = typer.Typer()


@app.command()
@reports_errors
def doctor(
    workspace: Annotated[Path, typer.Argument(metavar="WORKSPACE", help="The workspace's folder.")],
    repair: Annotated[
        bool,
        typer.Option("--repair", help="Take away a stale cache and leftover temporary files; nothing else."),
    ] = False,
    quick: Annotated[
        bool, typer.Option("--quick", help="Leave out what reads the whole record and every evidence file.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Examines a workspace and says what is wrong and what to do; writes nothing, unless asked to repair.

    Looks at the accord, rights, space, keys, leftovers, the database, its log, the clock, every evidence file
    against its recorded SHA-256, the cache, versions, and the age of backups. Exit code 3 if anything is
    wrong; notes alone leave it at 0.

    Example: `truceline doctor idlib`
    """
    with Progress(console=stderr, transient=True, disable=not stderr.is_terminal) as bar:
        tasks = {what: bar.add_task(what, total=None, visible=False) for what in ("rows", "bytes")}
        diagnosis = examine(
            workspace,
            repair=repair,
            quick=quick,
            progress=lambda what, done: bar.update(tasks[what], completed=done, visible=True),
        )
    if as_json:
        print_json(
            {
                "workspace": str(workspace),
                "ok": diagnosis.ok,
                "findings": [finding.as_dict() for finding in diagnosis.findings],
                "repaired": diagnosis.repaired,
                "leaves": diagnosis.leaves,
                "attachments": diagnosis.attachments,
            }
        )
    else:
        _show(diagnosis, workspace)
    if not diagnosis.ok:
        raise typer.Exit(EXIT_CHECK_FAILED)


def _show(diagnosis: Diagnosis, workspace: Path) -> None:
    wrong = sum(finding.level == WRONG for finding in diagnosis.findings)
    looked = []
    if diagnosis.leaves is not None:
        looked.append(f"a log of {diagnosis.leaves:,} leaves")
    if diagnosis.attachments is not None:
        looked.append(f"{diagnosis.attachments:,} evidence files")
    state = "nothing is wrong" if not wrong else f"{wrong} thing{'s are' if wrong > 1 else ' is'} wrong"
    with_what = f", with {' and '.join(looked)}" if looked else ""
    _print(f"{workspace}{with_what}: {state}.")
    for path in diagnosis.repaired:
        _print(f"removed: {path}")
    for finding in diagnosis.findings:
        level = "WRONG" if finding.level == WRONG else finding.level
        _print(f"{level} {finding.code}: {finding.says}.")
        _print(f"  What to do: {finding.do}.")


def _print(text: str) -> None:
    stdout.print(text, markup=False, soft_wrap=True)

"""``assess`` and ``explain``: how every obligation stands, and why."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape
from rich.table import Table

from truceline.accord.model import Accord
from truceline.accord.model.base import name_in
from truceline.app.assess import explain_in_workspace, inquire
from truceline.app.incidents import LINK_AT_MOST
from truceline.app.mission.explained import as_written, explain_figure, is_figure
from truceline.app.publish import publish as record_published
from truceline.app.publish import since_published
from truceline.assess import Assessment, Obligation, Status
from truceline.assess.words import probability
from truceline.cli.explained import show_explained
from truceline.cli.output import (
    EXIT_CHECK_FAILED,
    Json,
    known_language,
    print_json,
    reports_errors,
    say,
    stdout,
)
from truceline.core.bidi import flat
from truceline.core.errors import InvalidInput
from truceline.core.instants import isoformat_utc, parse_instant, zone_of
from truceline.core.messages import Messages
from truceline.store.workspace import Workspace

app = typer.Typer()

# A sign and a word for every status; colour only helps.
SIGNS = {
    Status.MET: ("✓", "green"),
    Status.MET_LATE: ("✓", "green"),
    Status.HOLDING: ("●", "green"),
    Status.IN_PROGRESS: ("▶", "cyan"),
    Status.NOT_DUE: ("○", "dim"),
    Status.UNVERIFIED: ("?", "yellow"),
    Status.DISPUTED: ("≠", "magenta"),
    Status.OVERDUE: ("!", "red"),
    Status.BREACHED: ("✗", "bold red"),
}

# What is due at a start rather than at a deadline begins with its day.
STARTING = frozenset({"cessation", "restriction", "ceiling"})

WorkspaceFolder = Annotated[Path, typer.Argument(metavar="WORKSPACE", help="The workspace's folder.")]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of", help="A day (its end, in the accord's time zone) or an instant; now if not given."
    ),
]
KnownAt = Annotated[
    str | None, typer.Option("--known-at", help="Count only what was recorded by then; now if not given.")
]
ReadingId = Annotated[
    str | None, typer.Option("--reading", help="A reading of the accord's interpretations, by id.")
]
RulesetName = Annotated[str, typer.Option("--ruleset", help="The ruleset, by name.")]
Language = Annotated[
    str, typer.Option("--language", help="The language of reasons, names and statuses: en, ar, ru or tr.")
]


@app.command()
@reports_errors
def assess(
    workspace: WorkspaceFolder,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    reading: ReadingId = None,
    ruleset: RulesetName = "v1",
    language: Language = "en",
    fail_on: Annotated[
        str | None,
        typer.Option("--fail-on", help="End with exit code 3 if any obligation has one of these statuses."),
    ] = None,
    publish: Annotated[
        bool, typer.Option("--publish", help="Record the assessment, with its digest, as published.")
    ] = False,
    author: Annotated[
        str | None,
        typer.Option("--author", envvar="TRUCELINE_AUTHOR", help="Who publishes it."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Says how every obligation stands: its status, how probable that is, since when, and why.

    It also says what changed since the assessment that was published last, and why.

    Example: `truceline assess idlib --as-of 2018-12-31 --fail-on breached,overdue`
    """
    failing = _statuses(fail_on)
    opened = Workspace.open(workspace)
    at, known = moments(opened, as_of, known_at)
    known_language(language)
    inquiry = inquire(opened, as_of=at, known_at=known, reading=reading, ruleset=ruleset, language=language)
    if inquiry.incidents is None:
        say(f"more than {LINK_AT_MOST:,} reports: they were not linked into incidents")
    result = inquiry.assessment
    since = since_published(opened, inquiry)
    made = record_published(opened, inquiry, author or "") if publish else None
    if as_json:
        published = {"publication": made.id, "sha256": made.sha256} if made else None
        print_json(result.as_dict() | {"since_published": since, "published": published})
    else:
        _show(result, inquiry.standing, language)
        _show_since(since)
        if made is not None:
            stdout.print(f"Published as {made.id}, SHA-256 {made.sha256}.", markup=False, soft_wrap=True)
    failed = [one.id for one in result.obligations if one.status in failing]
    if failed:
        say(f"--fail-on {fail_on}: {', '.join(failed)}")
        raise typer.Exit(EXIT_CHECK_FAILED)


@app.command()
@reports_errors
def explain(
    workspace: WorkspaceFolder,
    id: Annotated[str, typer.Argument(metavar="ID", help="Any id that an output of truceline holds.")],
    as_of: AsOf = None,
    known_at: KnownAt = None,
    reading: ReadingId = None,
    ruleset: RulesetName = "v1",
    language: Language = "en",
    as_json: Json = False,
) -> None:
    """Says why: the rule with its numbers, the inputs, the evidence down to the row and the quote.

    ID is an obligation, one of its parts (`provision/party`), an observation, an incident, a party, a zone,
    place or line, a source, a reading, or a figure of a report (`report:EDITION:PERIOD:DATE:REF`).

    Example: `truceline explain idlib radical-fighters-leave --as-of 2018-12-31`
    """
    opened = Workspace.open(workspace)
    at, known = moments(opened, as_of, known_at)
    known_language(language)
    id = as_written(id)
    if is_figure(id):
        cutoff = known if known_at else None
        document = explain_figure(opened, id, known_at=cutoff, reading=reading, language=language)
    else:
        document = explain_in_workspace(
            opened, id, as_of=at, known_at=known, reading=reading, ruleset=ruleset, language=language
        )
    if as_json:
        print_json(document)
    else:
        show_explained(document)


def _statuses(text: str | None) -> frozenset[Status]:
    if text is None:
        return frozenset()
    names = [name.strip().replace("-", "_") for name in text.split(",") if name.strip()]
    unknown = [name for name in names if name not in list(Status)]
    if unknown or not names:
        accepted = ", ".join(Status)
        raise InvalidInput(f"--fail-on: found {text!r}; accepted, with commas between: {accepted}")
    return frozenset(Status(name) for name in names)


def status_in_words(status: Status, language: str) -> str:
    """A status in words."""
    return Messages("assess", language).say(f"status-{str(status).replace('_', '-')}")


def moments(workspace: Workspace, as_of: str | None, known_at: str | None) -> tuple[datetime, datetime]:
    """The instants that were asked for, read in the accord's time zone; now where none was."""
    zone = zone_of(workspace.accord().accord.time_zone)
    now = datetime.now(UTC)
    return (
        parse_instant(as_of, zone, field="--as-of") if as_of else now,
        parse_instant(known_at, zone, field="--known-at") if known_at else now,
    )


def _show(result: Assessment, accord: Accord, language: str) -> None:
    title = name_in(accord.accord.title, language)
    stdout.print(f"[bold]{escape(title)}[/bold]", soft_wrap=True)
    under = f", reading {result.reading}" if result.reading else ""
    stdout.print(
        f"As of {isoformat_utc(result.as_of)}, known at {isoformat_utc(result.known_at)}, ruleset "
        f"{result.ruleset}{under}; {result.observations_considered} observations",
        markup=False,
        soft_wrap=True,
    )
    _show_confirmations(result)
    table = Table("", "status", "P", "due", "obligation and first reasons", show_lines=True)
    for one in result.obligations:
        sign, colour = SIGNS[one.status]
        provision = accord.provision(one.id)
        name = name_in(provision.title, language) if provision and provision.title else one.id
        table.add_row(
            f"[{colour}]{sign}[/{colour}]",
            f"[{colour}]{status_in_words(one.status, language)}[/{colour}]",
            probability(one.probability),
            _due(one, accord),
            _cell(one, name, language),
        )
    stdout.print(table)
    stdout.print(
        "P is the probability of what the status says (where it says nothing yet: that it is fulfilled). "
        "truceline explain WORKSPACE ID says why.",
        style="dim",
    )


def _show_confirmations(result: Assessment) -> None:
    """Which of what is in use all who must have signed, and which not."""
    signed = [f"{one.kind} {one.id}" for one in result.confirmations if one.state == "confirmed"]
    others = [
        f"{one.kind} {one.id} ({one.state})" for one in result.confirmations if one.state != "confirmed"
    ]
    told = f"Signed by all who must: {', '.join(signed) or 'nothing'}"
    told += f". Not so: {', '.join(others)}" if others else ""
    stdout.print(told + ".", markup=False, soft_wrap=True, style="dim")


def _show_since(since: dict[str, Any] | None) -> None:
    """What changed since the assessment that was published last."""
    if since is None:
        return
    told = f"Since {since['publication']} (published {since['recorded_at'][:10]} by {since['author']})"
    if not since["changed"]:
        stdout.print(f"{told} nothing changed.", markup=False, soft_wrap=True)
        return
    stdout.print(f"{told}:", markup=False, soft_wrap=True)
    for one in since["changed"]:
        before = f"{one['from']['status']} {one['from']['probability']:.2f}" if one["from"] else "not there"
        why = "; ".join(f"{name.replace('_', ' ')}: {', '.join(ids)}" for name, ids in one["why"].items())
        line = f"  {one['id']}: {before} -> {one['to']['status']} {one['to']['probability']:.2f}"
        stdout.print(f"{line} ({why or 'what others rest on changed'})", markup=False, soft_wrap=True)


def _due(one: Obligation, accord: Accord) -> str:
    if one.due is None:
        return ""
    local = one.due.astimezone(zone_of(accord.accord.time_zone))
    midnight = (local.hour, local.minute, local.second) == (0, 0, 0)
    # The end of 15 October is the first instant of the 16th, and is written as the 15th.
    day = local.date() - timedelta(days=1) if midnight and one.kind not in STARTING else local.date()
    return day.isoformat()


def _cell(one: Obligation, name: str, language: str) -> str:
    lines = [f"[bold]{escape(name)}[/bold] [dim]{escape(one.id)}[/dim]"]
    lines += [escape(flat(reason.text)) for reason in one.because[:2]]
    if one.parts:
        parts = ", ".join(
            f"{part.id.split('/', 1)[1]} {status_in_words(part.status, language)}" for part in one.parts
        )
        lines.append(f"[dim]{escape(parts)}[/dim]")
    if one.reading_dependent:
        lines.append(f"Depends on how the text is read: {escape(', '.join(one.reading_dependent))}")
    return "\n".join(lines)

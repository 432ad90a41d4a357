"""``truceline case``: an allegation through inquiry, visit, finding and the party's answer to remedy."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from truceline.app import cases
from truceline.app.cases import Opened, Shown, as_page, as_row
from truceline.app.corrections import Said
from truceline.cli.key import Passphrase, passphrase_of
from truceline.cli.output import Json, print_json, reports_errors, stdout
from truceline.core.errors import InvalidInput
from truceline.core.instants import isoformat_utc, parse_instant, zone_of
from truceline.evidence.cases import ACTS, RESULTS
from truceline.store.workspace import Workspace

app = typer.Typer(
    help="Cases: allegations through inquiry, visit, finding and answer to remedy, with clocks."
)

Folder = Annotated[Path, typer.Argument(metavar="WORKSPACE", help="The workspace.")]
Id = Annotated[str, typer.Argument(metavar="CASE", help="The case's id.")]
Author = Annotated[
    str, typer.Option("--author", envvar="TRUCELINE_AUTHOR", help="Who records it and answers for it.")
]
At = Annotated[str | None, typer.Option("--at", help="When it was done (now if not given); not ahead.")]
Document = Annotated[
    str | None, typer.Option("--document", help="What belongs to it: a file, which is kept, or words.")
]
Observations = Annotated[
    list[str] | None, typer.Option("--observation", help="An observation that it is about; several.")
]
Obligations = Annotated[
    list[str] | None, typer.Option("--obligation", help="An obligation that it is about; several.")
]
KeyFile = Annotated[
    Path | None, typer.Option("--key-file", help="The party's key, which signs; else as it reported.")
]
AsOf = Annotated[str | None, typer.Option("--as-of", help="As it stood at this day's end, or instant.")]
KnownAt = Annotated[str | None, typer.Option("--known-at", help="As it was known at this day's end.")]

STEPS = tuple(act for act in ACTS if act not in ("open", "answer", "close"))


@app.command("open")
@reports_errors
def open_case(
    workspace: Folder,
    title: Annotated[str, typer.Option("--title", help="What it is called in lists, without names.")],
    allegation: Annotated[str, typer.Option("--allegation", help="What is alleged, in words.")],
    author: Author,
    observations: Observations = None,
    obligations: Obligations = None,
    parties: Annotated[
        list[str] | None, typer.Option("--party", help="A party that it concerns; several.")
    ] = None,
    reporter: Annotated[
        str | None,
        typer.Option("--reporter", help="Who brought it: kept apart, shown to the office alone."),
    ] = None,
    at: At = None,
    document: Document = None,
    as_json: Json = False,
) -> None:
    """Opens a case from an allegation.

    Example: `truceline case open idlib --title "Shelling, 20 October" --allegation "..." --author NAME`
    """
    opened = Workspace.open(workspace)
    what = Opened(
        title,
        allegation,
        tuple(observations or ()),
        tuple(obligations or ()),
        tuple(parties or ()),
        reporter,
    )
    said = Said(author, "opened", document=document)
    _show(cases.open_case(opened, what, said, at=_instant(opened, at, "--at")), as_json)


@app.command("step")
@reports_errors
def step(
    workspace: Folder,
    id: Id,
    act: Annotated[str, typer.Argument(metavar="STEP", help=f"One of {', '.join(STEPS)}.")],
    note: Annotated[str, typer.Option("--note", help="What was done or found, in words.")],
    author: Author,
    result: Annotated[
        str | None, typer.Option("--result", help=f"Of a finding: {', '.join(RESULTS)}.")
    ] = None,
    rating: Annotated[
        str | None, typer.Option("--rating", help="Of a finding: the Admiralty rating, as in B2.")
    ] = None,
    party: Annotated[
        str | None, typer.Option("--party", help="Of an appeal: whose it is. Of link: a party concerned.")
    ] = None,
    observations: Observations = None,
    obligations: Obligations = None,
    key_file: KeyFile = None,
    at: At = None,
    document: Document = None,
    passphrase: Passphrase = False,
    as_json: Json = False,
) -> None:
    """Takes a case one step further; what the case does not allow now is refused.

    Example: `truceline case step idlib case-0f3c visit --note "..." --author NAME`
    """
    opened = Workspace.open(workspace)
    if act not in STEPS:
        raise InvalidInput(f"step: found {act!r}; accepted: {', '.join(STEPS)}")
    what: dict[str, Any] = {"observations": observations or [], "obligations": obligations or []}
    if act == "link" and party is not None:
        what["parties"], party = [party], None
    what |= _finding(act, result, rating)
    said = Said(author, note, party, document, key_file, passphrase_of(passphrase) if key_file else None)
    _show(cases.take_step(opened, id, act, said, what, at=_instant(opened, at, "--at")), as_json)


@app.command("answer")
@reports_errors
def answer(
    workspace: Folder,
    id: Id,
    party: Annotated[str, typer.Option("--party", help="The party that answers.")],
    note: Annotated[str, typer.Option("--note", help="Its answer, in words.")],
    author: Author,
    accept: Annotated[
        bool | None, typer.Option("--accept/--reject", help="Whether it accepts the finding.")
    ] = None,
    remedy_by: Annotated[
        str | None, typer.Option("--remedy-by", help="Until when it will put it right.")
    ] = None,
    key_file: KeyFile = None,
    at: At = None,
    document: Document = None,
    passphrase: Passphrase = False,
    as_json: Json = False,
) -> None:
    """Records a party's answer to a finding: it accepts it, and by when it will remedy, or rejects it.

    Example: `truceline case answer idlib case-0f3c --party turkey --accept --note "..." --author NAME`
    """
    opened = Workspace.open(workspace)
    if accept is None:
        raise InvalidInput("give --accept or --reject")
    promised = _instant(opened, remedy_by, "--remedy-by")
    if promised is not None and not accept:
        raise InvalidInput("--remedy-by goes with --accept")
    what = {"accepts": accept, "remedy_by": isoformat_utc(promised) if promised else None}
    said = Said(author, note, party, document, key_file, passphrase_of(passphrase) if key_file else None)
    _show(cases.take_step(opened, id, "answer", said, what, at=_instant(opened, at, "--at")), as_json)


@app.command("close")
@reports_errors
def close(
    workspace: Folder,
    id: Id,
    note: Annotated[str, typer.Option("--note", help="How it ended, in words.")],
    author: Author,
    at: At = None,
    document: Document = None,
    as_json: Json = False,
) -> None:
    """Closes a case.

    Example: `truceline case close idlib case-0f3c --note "remedied, seen on site" --author NAME`
    """
    opened = Workspace.open(workspace)
    said = Said(author, note, document=document)
    _show(cases.take_step(opened, id, "close", said, at=_instant(opened, at, "--at")), as_json)


@app.command("list")
@reports_errors
def list_cases(
    workspace: Folder,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    overdue: Annotated[bool, typer.Option("--overdue", help="Only where a step is overdue.")] = False,
    as_json: Json = False,
) -> None:
    """Lists cases: state, what is due next, by whom and when. Never who brought them.

    Example: `truceline case list idlib --as-of 2018-12-31 --overdue`
    """
    opened = Workspace.open(workspace)
    found = cases.list_cases(
        opened,
        as_of=_instant(opened, as_of, "--as-of") or datetime.now(UTC),
        known_at=_instant(opened, known_at, "--known-at"),
        overdue=overdue,
    )
    if as_json:
        print_json({"cases": [as_row(one) for one in found]})
        return
    for one in found:
        _print(one)
    if not found:
        stdout.print("There are no cases.")


@app.command("show")
@reports_errors
def show(
    workspace: Folder,
    id: Id,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    edition: Annotated[
        str,
        typer.Option("--edition", help="public, parties, or internal: with who brought it and who recorded."),
    ] = "parties",
    as_json: Json = False,
) -> None:
    """Shows one case, step by step, as much of it as an edition may.

    Example: `truceline case show idlib case-0f3c --edition public`
    """
    opened = Workspace.open(workspace)
    found = cases.show_case(
        opened,
        id,
        as_of=_instant(opened, as_of, "--as-of") or datetime.now(UTC),
        known_at=_instant(opened, known_at, "--known-at"),
        edition=edition,
    )
    page = as_page(found, edition)
    if as_json:
        print_json(page)
        return
    _print(found)
    if page.get("reporter"):
        stdout.print(f"  brought by {page['reporter']}", markup=False, soft_wrap=True)
    for one in page["steps"]:
        more = "; ".join(
            f"{name}: {', '.join(value) if isinstance(value, list) else value}"
            for name, value in one.items()
            if name not in ("step", "act", "at") and not (name == "signed" and not value)
        )
        stdout.print(f"  {one['at']} {one['act']} {more}", markup=False, soft_wrap=True)


def _finding(act: str, result: str | None, rating: str | None) -> dict[str, Any]:
    if act != "finding":
        if result is not None or rating is not None:
            raise InvalidInput("--result and --rating go with the step finding")
        return {}
    said = (result or "").replace("-", "_")
    letter, number = (rating or "").strip().upper()[:1], (rating or "").strip()[1:]
    if said not in RESULTS or letter not in tuple("ABCDEF") or number not in tuple("123456"):
        raise InvalidInput(
            f"a finding: found --result {result} --rating {rating}; accepted: --result with one of "
            f"{', '.join(RESULTS)}, and --rating A to F with 1 to 6, as in B2"
        )
    return {"result": said, "reliability": letter, "credibility": int(number)}


def _instant(workspace: Workspace, text: str | None, field: str) -> datetime | None:
    if text is None:
        return None
    return parse_instant(text, zone_of(workspace.accord().accord.time_zone), field=field)


def _show(shown: Shown, as_json: bool) -> None:
    if as_json:
        print_json(as_row(shown))
    else:
        _print(shown)


def _print(shown: Shown) -> None:
    due = shown.due
    told = f"; next: {due.what} by {', '.join(due.who)}, {_due_in_words(shown)}" if due else ""
    state = shown.case.state.replace("_", " ")
    stdout.print(f"{shown.case.id} ({shown.case.title}): {state}{told}", markup=False, soft_wrap=True)


def _due_in_words(shown: Shown) -> str:
    due = shown.due
    if due is None:
        return ""
    return f"{'overdue since' if due.overdue else 'due by'} {due.due:%Y-%m-%d %H:%M}Z"

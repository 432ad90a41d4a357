"""``route``: whether the promised routes are open, and what closes them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from truceline.app.route import route_status
from truceline.assess.route_states import RouteState
from truceline.assess.route_turns import RouteStatus
from truceline.assess.words import probability
from truceline.cli.assess import AsOf, KnownAt, ReadingId, RulesetName, moments
from truceline.cli.output import Json, print_json, reports_errors, stdout
from truceline.core.instants import isoformat_utc
from truceline.store.workspace import Workspace

app = typer.Typer(help="Promised routes: are they open, and what closes them.", no_args_is_help=True)

# A sign and a word for every status; colour only helps.
SIGNS = {
    RouteStatus.REOPENED: ("●", "green"),
    RouteStatus.PARTLY_OPEN: ("◐", "yellow"),
    RouteStatus.CLOSED: ("✗", "red"),
    RouteStatus.UNVERIFIED: ("?", "dim"),
}


@app.callback()
def _group() -> None:
    """Promised routes: are they open, and what closes them."""


@app.command()
@reports_errors
def status(
    workspace: Annotated[Path, typer.Argument(metavar="WORKSPACE", help="The workspace's folder.")],
    route: Annotated[
        list[str] | None, typer.Option("--route", help="Only this route, by its provision's id; repeatable.")
    ] = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    reading: ReadingId = None,
    ruleset: RulesetName = "v1",
    roads: Annotated[
        Path | None,
        typer.Option(
            help="Roads for detours (.osm.pbf, or GeoJSON lines with its tags); else the file in the"
            " workspace's folder roads."
        ),
    ] = None,
    vehicle: Annotated[
        str, typer.Option(help="Whose detour: car, 4x4, armoured, truck, motorcycle, foot.")
    ] = "car",
    as_json: Json = False,
) -> None:
    """Says of every promised route whether there is a way from end to end, what closes it, and how surely.

    A route is `reopened`, `partly_open`, `closed`, or `unverified` where nothing on record says either.

    Example: `truceline route status idlib --as-of 2018-12-31`
    """
    opened = Workspace.open(workspace)
    at, known = moments(opened, as_of, known_at)
    states = route_status(
        opened, route or (), roads=roads, vehicle=vehicle,
        as_of=at, known_at=known, reading=reading, ruleset=ruleset,
    )  # fmt: skip
    if as_json:
        print_json(
            {
                "as_of": isoformat_utc(at),
                "known_at": isoformat_utc(known),
                "routes": [state.as_dict() for state in states],
            }
        )
        return
    if not states:
        stdout.print("The accord promises no route.")
    for state in states:
        _show(state)


@app.command()
@reports_errors
def history(
    workspace: Annotated[Path, typer.Argument(metavar="WORKSPACE", help="The workspace's folder.")],
    route: Annotated[
        list[str] | None, typer.Option("--route", help="Only this route, by its provision's id; repeatable.")
    ] = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    reading: ReadingId = None,
    ruleset: RulesetName = "v1",
    as_json: Json = False,
) -> None:
    """Tells when every promised route opened and closed, and how many days it was in which state.

    Before the first report a route is `unverified`. What is known today decides, not what was known then.

    Example: `truceline route history idlib --as-of 2020-03-05`
    """
    opened = Workspace.open(workspace)
    at, known = moments(opened, as_of, known_at)
    states = route_status(
        opened, route or (), detours=False, as_of=at, known_at=known, reading=reading, ruleset=ruleset
    )
    if as_json:
        kept = ("id", "name", "status", "since", "periods", "days_by_status", "history")
        told = [state.as_dict() for state in states]
        print_json(
            {
                "as_of": isoformat_utc(at),
                "known_at": isoformat_utc(known),
                "routes": [{key: one[key] for key in kept} for one in told],
            }
        )
        return
    if not states:
        stdout.print("The accord promises no route.")
    for state in states:
        stdout.print(f"[bold]{escape(state.name)}[/bold] [dim]{escape(state.id)}[/dim]", soft_wrap=True)
        table = Table("from", "to", "state", "days", box=None, pad_edge=False)
        for period in state.periods:
            sign, colour = SIGNS[period.status]
            words = str(period.status).replace("_", " ")
            end = isoformat_utc(period.end) if period.end else ""
            table.add_row(
                isoformat_utc(period.start), end, f"[{colour}]{sign} {words}[/{colour}]", f"{period.days:.0f}"
            )
        stdout.print(table)
        stdout.print()


def _show(state: RouteState) -> None:
    sign, colour = SIGNS[state.status]
    words = str(state.status).replace("_", " ")
    since = f" since {isoformat_utc(state.since)}" if state.since else ""
    stdout.print(
        f"[bold]{escape(state.name)}[/bold] [dim]{escape(state.id)}[/dim]  "
        f"[{colour}]{sign} {words}[/{colour}]{since}",
        soft_wrap=True,
    )
    for reason in state.because:
        stdout.print(f"  {reason.text}", markup=False, soft_wrap=True)
    if state.held:
        table = Table("km", "on whose side of the line", "P at least", box=None, pad_edge=False)
        for held in state.held:
            table.add_row(
                f"{held.from_m / 1000:.0f}-{held.to_m / 1000:.0f}",
                escape(held.name or "not clear"),
                probability(held.p) if held.party else "",
            )
        stdout.print(table)
    if len(state.history) > 1:
        table = Table("from", "state", "P open", "P closed", box=None, pad_edge=False)
        for turn in state.history:
            table.add_row(
                isoformat_utc(turn.at),
                str(turn.status).replace("_", " "),
                probability(turn.p_open),
                probability(turn.p_closed),
            )
        stdout.print(table)
    stdout.print()

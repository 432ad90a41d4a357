"""``compare``: before and after a day, and accords side by side; arithmetic, and what it does not say."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from truceline.app.compare import PeriodsRequest, accords_side_by_side, compare_in
from truceline.cli.assess import KnownAt, Language, ReadingId, WorkspaceFolder
from truceline.cli.output import Json, known_language, print_json, reports_errors, stdout
from truceline.products.comparison.caveats import Caveat
from truceline.products.comparison.periods import Period
from truceline.products.comparison.rates import Rate, Ratio
from truceline.store.workspace import Workspace

app = typer.Typer(
    help="Before and after a day, and accords side by side: what was, never what will be.",
    no_args_is_help=True,
)


@app.callback()
def _group() -> None:
    """Before and after a day, and accords side by side: what was, never what will be."""


@app.command()
@reports_errors
def periods(
    workspace: WorkspaceFolder,
    date: Annotated[str, typer.Option("--date", help="The day that parts them; it begins the second.")],
    days: Annotated[int, typer.Option("--days", help="How many days on either side.")] = 90,
    start: Annotated[str | None, typer.Option("--from", help="The first day, instead of --days.")] = None,
    end: Annotated[str | None, typer.Option("--to", help="The last day, instead of --days.")] = None,
    kind: Annotated[
        list[str] | None,
        typer.Option(
            "--kind", help="A kind or family of incidents; repeatable; any_military_action if not given."
        ),
    ] = None,
    zone: Annotated[
        str | None, typer.Option("--zone", help="Only in this zone or place, or along this line, by id.")
    ] = None,
    party: Annotated[
        list[str] | None, typer.Option("--party", help="Only by this party or its members; repeatable.")
    ] = None,
    level: Annotated[float, typer.Option("--level", help="The confidence level of the intervals.")] = 0.95,
    known_at: KnownAt = None,
    reading: ReadingId = None,
    language: Language = "en",
    as_json: Json = False,
) -> None:
    """Compares the rate of reported incidents before and after a day, with exact confidence intervals.

    By days, and by hours of watching where somebody is known to have looked on both sides. It says what
    speaks against reading more into the numbers, and what was not looked at.

    Example: `truceline compare periods idlib --date 2018-10-15 --days 60 --zone demilitarized-zone`
    """
    known_language(language)
    request = PeriodsRequest(
        date=date,
        days=days,
        start=start,
        end=end,
        kinds=tuple(kind or ("any_military_action",)),
        zone=zone,
        parties=tuple(party or ()),
        level=level,
        known_at=known_at,
        reading=reading,
    )
    found, asked = compare_in(Workspace.open(workspace), request)
    if as_json:
        print_json({"asked": asked} | found.as_dict(language))
        return
    table = Table("", "days", "incidents", "a day", "hours", "in 100 hours")
    for name, period in (("before", found.before), ("after", found.after)):
        table.add_row(name, *_row(period))
    stdout.print(table)
    stdout.print(f"After over before, by days: {_ratio(found.by_time)}", markup=False, soft_wrap=True)
    if found.by_effort is not None:
        told = _ratio(found.by_effort)
        stdout.print(f"After over before, by hours of watching: {told}", markup=False, soft_wrap=True)
    _show(found.caveats, language)


@app.command()
@reports_errors
def accords(
    workspaces: Annotated[list[Path], typer.Argument(metavar="WORKSPACE…", help="The workspaces' folders.")],
    after: Annotated[
        list[int] | None,
        typer.Option(
            "--after", help="Days after each signature; repeatable; 0, 30, 90, 180, 365 if not given."
        ),
    ] = None,
    date: Annotated[
        list[str] | None,
        typer.Option("--date", help="A date, the same for all; repeatable, instead of --after."),
    ] = None,
    known_at: KnownAt = None,
    language: Language = "en",
    as_json: Json = False,
) -> None:
    """Puts several accords side by side over time: how many obligations are fulfilled, failed, open, not
    owed yet.

    Example: `truceline compare accords idlib minsk --after 30 --after 365`
    """
    known_language(language)
    found = accords_side_by_side(
        workspaces, days=tuple(after or ()), dates=tuple(date or ()), known_at=known_at
    )
    if as_json:
        print_json(found.as_dict(language))
        return
    table = Table()
    table.add_column("accord", overflow="fold")
    table.add_column("day", no_wrap=True)
    for heading in ("days since", "owed", "fulfilled", "failed", "open", "PAM"):
        table.add_column(heading)
    for row in found.rows:
        codes = "" if row.pam_least is None else f"{row.pam_least:.1f}-{row.pam_most:.1f} of {row.coded}"
        table.add_row(
            escape(row.accord),
            row.as_of.date().isoformat(),
            "" if row.days is None else str(row.days),
            *(str(number) for number in (row.owed, row.fulfilled, row.failed, row.open)),
            codes,
        )
    stdout.print(table)
    _show(found.caveats, language)


def _row(period: Period) -> tuple[str, ...]:
    return (
        f"{period.window.days:.0f}",
        str(len(period.incidents)),
        _rate(period.per_day, 1),
        f"{period.hours:.0f}",
        _rate(period.per_hour, 100) if period.per_hour else "nobody known to look",
    )


def _rate(rate: Rate, scale: float) -> str:
    low, high = rate.lower * scale, rate.upper * scale
    return f"{rate.value * scale:.2f} ({low:.2f} to {high:.2f})"


def _ratio(ratio: Ratio) -> str:
    value = "none before to compare with" if ratio.value is None else f"{ratio.value:.2f}"
    upper = "no upper bound" if ratio.upper is None else f"{ratio.upper:.2f}"
    return f"{value} ({ratio.level:.0%} interval {ratio.lower:.2f} to {upper}; p = {ratio.p_value:.3f})"


def _show(caveats: tuple[Caveat, ...], language: str) -> None:
    for caveat in caveats:
        stdout.print(f"- {caveat.text_in(language)}", markup=False, soft_wrap=True)

"""``patrol plan``: which team visits which post when."""

from __future__ import annotations

import secrets
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any, cast

import typer
from rich.markup import escape
from rich.progress import Progress
from rich.table import Table

from truceline.accord.model.base import name_in
from truceline.app.patrol_kept import keep_plan, vault_of, write_sealed
from truceline.app.patrol_plan import files_of, plan_patrols, write_plan
from truceline.cli.output import Json, known_language, print_json, reports_errors, say, stderr, stdout
from truceline.cli.patrol_kept import Passphrase, passphrase_of
from truceline.core.errors import InvalidInput
from truceline.core.instants import zone_of
from truceline.patrol.planning.model import DETOUR, Mode
from truceline.patrol.planning.result import REASONS, Plan
from truceline.patrol.when import instant
from truceline.products.patrol_sheet.html import title_of
from truceline.store.workspace import Workspace

_MODES = ("joint", "coordinated", "separate")


@reports_errors
def plan(
    workspace: Annotated[Path, typer.Argument(metavar="WORKSPACE", help="The workspace's folder.")],
    teams: Annotated[Path, typer.Option(help="YAML: teams with party, base, vehicle, shift, curfew.")],
    posts: Annotated[
        Path, typer.Option(help="GeoJSON points with id, visit_min, revisit_h, party: what to visit.")
    ],
    begin: Annotated[
        str | None, typer.Option("--from", metavar="DAY", help="The first day; else tomorrow.")
    ] = None,
    days: Annotated[int, typer.Option(help="How many days.")] = 7,
    roads: Annotated[
        Path | None,
        typer.Option(help="Roads: an OpenStreetMap extract (.osm.pbf), or GeoJSON lines with its tags."),
    ] = None,
    hazards: Annotated[
        Path | None, typer.Option(help="GeoJSON areas, or points and lines with radius_m; with p, from, to.")
    ] = None,
    max_hazard: Annotated[float, typer.Option(help="No team enters a hazard with this P or more.")] = 0.1,
    max_closed: Annotated[
        float,
        typer.Option(help="No team uses a road that the evidence has closed with this P or more; 1: any."),
    ] = 0.5,
    line_margin: Annotated[
        float, typer.Option(help="Teams keep so many times the line's 95% error away from it; 0: as drawn.")
    ] = 1.0,
    mode: Annotated[
        str | None, typer.Option(help="joint, coordinated or separate; else what the accord says.")
    ] = None,
    within_min: Annotated[
        float, typer.Option(help="Joint and mirrored visits begin within so many minutes.")
    ] = 15.0,
    opposite_km: Annotated[
        float, typer.Option(help="Posts are opposite, and mirrored, no further apart along the line.")
    ] = 5.0,
    check_in_min: Annotated[
        float, typer.Option(help="A team checks in so long after arrival at most.")
    ] = 15.0,
    unpredictable: Annotated[
        float, typer.Option(help="0 to 1: how much is left to chance, so that nobody can foretell it.")
    ] = 0.0,
    seed: Annotated[
        int | None, typer.Option(help="The same seed gives the same plan; drawn where chance is asked for.")
    ] = None,
    detour: Annotated[
        float, typer.Option(help="Without roads: how much longer ways are than straight ones.")
    ] = DETOUR,
    effort: Annotated[int, typer.Option(help="Rounds of the solver without a better plan.")] = 3000,
    provision: Annotated[
        str | None, typer.Option(help="The promise of patrols, by id, where the accord has several.")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", help="Write JSON, GeoJSON, a sheet, and GPX and iCalendar by team here."
        ),
    ] = None,
    keep: Annotated[bool, typer.Option("--keep", help="Keep the plan in the workspace, sealed.")] = False,
    plain: Annotated[
        bool, typer.Option("--plain", help="Write the files readable though a passphrase is set.")
    ] = False,
    synthetic: Annotated[bool, typer.Option(help="Mark the plan as invented.")] = False,
    language: Annotated[str, typer.Option(help="The language of the sheet: en, ar, ru or tr.")] = "en",
    passphrase: Passphrase = False,
    as_json: Json = False,
) -> None:
    """Plans patrols: every team's shifts, legs, visits and check-ins, and why what is not covered is not.

    Never broken: shifts, curfew, no team across the line, no ground as dangerous as the limit. Then counts
    what is covered, fairness, danger, distance. A plan tells where patrols will be: it is kept only
    with --keep and sealed, and where a passphrase is set files are written sealed, too.

    Example: `truceline patrol plan idlib --teams teams.yaml --posts posts.geojson --days 7 -o plan`
    """
    known_language(language)
    opened = Workspace.open(workspace)
    zone = zone_of(opened.accord().accord.time_zone)
    first = _day(begin) if begin else datetime.now(UTC).astimezone(zone).date() + timedelta(days=1)
    if mode is not None and mode not in _MODES:
        raise InvalidInput(f"--mode: found {mode!r}; accepted: {', '.join(_MODES)}")
    numbers: dict[str, Any] = {
        "max_hazard": _within("--max-hazard", max_hazard, 0.0, 1.0),
        "max_closed": _within("--max-closed", max_closed, 0.0, 1.0),
        "line_margin": _within("--line-margin", line_margin, 0.0, 10.0),
        "within_s": int(_within("--within-min", within_min, 0.0, 240.0) * 60),
        "opposite_m": _within("--opposite-km", opposite_km, 0.0, 100.0) * 1000.0,
        "check_in_s": int(_within("--check-in-min", check_in_min, 1.0, 240.0) * 60),
        "unpredictable": _within("--unpredictable", unpredictable, 0.0, 1.0),
        "seed": _seed(seed, unpredictable),
        "detour": _within("--detour", detour, 1.0, 5.0),
        "synthetic": synthetic,
        "iterations": int(_within("--effort", effort, 1, 100_000)),
    }
    vault = vault_of(opened)
    # Asked for before the work is done, so that a wrong passphrase costs no time and leaves no file.
    sealing = keep or (output is not None and vault.has_key and not plain)
    key = vault.key(passphrase_of(passphrase)) if sealing else None
    with Progress(console=stderr, transient=True, disable=not stderr.is_terminal) as bar:
        task = bar.add_task("planning", total=1.0)
        found = plan_patrols(
            opened,
            teams=teams,
            posts=posts,
            first=first,
            days=days,
            roads=roads,
            hazards=hazards,
            provision=provision,
            mode=cast("Mode | None", mode),
            numbers=numbers,
            progress=lambda share: bar.update(task, completed=share),
        )
    parties = {party.id: name_in(party.names, language) for party in opened.accord().parties}

    def files() -> dict[str, bytes]:
        return files_of(found, title_of(found, language), language, parties)

    kept = None
    if keep:
        kept = keep_plan(opened, key, files()) if key else None
        say(f"kept in the workspace, sealed, as {kept}")
    if output is not None and key is not None and not plain:
        written = write_sealed(files(), output, key)
        say(f"{len(written)} files written to {output}, sealed; truceline patrol open reads them")
    elif output is not None:
        written = write_plan(files(), output)
        say(
            f"{len(written)} files written to {output}, which only you may read; they tell where patrols will"
            " be: hand each team its own, and delete them afterwards"
        )
    if as_json:
        print_json(found.as_dict() | ({"kept": kept} if keep else {}))
    else:
        _show(found)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InvalidInput(f"--from: found {text!r}; accepted: a day such as 2018-10-15") from None


def _within(name: str, value: float, least: float, most: float) -> float:
    if not least <= value <= most:
        raise InvalidInput(f"{name}: found {value:g}; accepted: {least:g} to {most:g}")
    return value


def _seed(seed: int | None, unpredictable: float) -> int:
    if seed is None:
        return secrets.randbelow(2**31) if unpredictable > 0.0 else 0
    return int(_within("--seed", seed, 0, 2**31 - 1))


def _show(found: Plan) -> None:
    zone = found.task.zone
    table = Table("day", "team", "party", "leave", "back", "km", "visits")
    for shift in sorted(found.shifts, key=lambda s: (s.day, s.party, s.team)):
        leave, back = (instant(s).astimezone(zone).strftime("%H:%M") for s in (shift.leave_s, shift.back_s))
        table.add_row(
            shift.day.isoformat(), escape(shift.team), escape(shift.party), leave, back,
            f"{sum(leg.metres for leg in shift.legs) / 1000:.0f}",
            ", ".join(
                f"{escape(v.post)} {instant(v.begin_s).astimezone(zone):%H:%M}"
                + (f" ({escape(v.with_team)})" if v.with_team else "")
                for v in shift.visits
            ),
        )  # fmt: skip
    stdout.print(table)
    stdout.print(f"Times in {zone.key}. Intervals kept: {found.coverage:.1%} of the time, over all posts.")
    if found.task.options.unpredictable > 0.0:
        stdout.print(
            f"Without chance it would be {found.plain_coverage:.1%}. A watcher who expects the hour of the"
            f" last visit foretells {found.foretold_share:.0%} of the visits. Seed {found.task.options.seed}."
        )
    if found.paired_share is not None:
        stdout.print(f"{found.paired_share:.0%} of the visits that belong together are in time for it.")
    margin = found.margin()
    if margin is not None:
        stdout.print(
            f"No team comes nearer to the line than {margin['least_m'] / 1000:.1f} to "
            f"{margin['most_m'] / 1000:.1f} km, {margin['share']:g} times the 95% error of the line there."
        )
    for one in found.idle():
        stdout.print(
            f"{one['team']} never leaves: its base {REASONS[one['why']].removeprefix('it ')}",
            markup=False,
            soft_wrap=True,
        )
    for party, row in found.parties().items():
        stdout.print(
            f"{party}: {row['coverage']:.1%} kept, {row['hours_per_team']:g} h and "
            f"{row['km_per_team']:g} km a team",
            markup=False,
        )
    reasons = Counter(one.why for one in found.covered if one.why)
    for why, count in reasons.most_common():
        names = [one.post for one in found.covered if one.why == why]
        more = f" and {count - 5} more" if count > 5 else ""
        stdout.print(
            f"Not wholly covered, because {REASONS[why]}: {', '.join(names[:5])}{more}",
            markup=False,
            soft_wrap=True,
        )

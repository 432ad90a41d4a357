"""``patrol``: what tracks show of the patrols that were promised."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from truceline.app.patrol import TrackFile, Verification, verify_tracks
from truceline.app.patrol_kept import expected_plan, keep_finding, keep_tracks, kept_tracks, vault_of
from truceline.app.patrol_record import write_observations
from truceline.cli.assess import AsOf
from truceline.cli.output import Json, print_json, reports_errors, say, stdout
from truceline.cli.patrol_driven import show_driven
from truceline.cli.patrol_kept import Passphrase, forget, kept, open_kept, passphrase, passphrase_of
from truceline.cli.patrol_plan import plan
from truceline.core.instants import isoformat_utc, parse_instant, zone_of
from truceline.core.sealed import Key
from truceline.patrol.against_plan.driven import ON_TIME_S
from truceline.patrol.coverage import EYE_M, Share
from truceline.patrol.crossing import Crossing
from truceline.patrol.together import WITHIN_M
from truceline.store.workspace import Workspace

app = typer.Typer(help="Patrols: planned, and what their tracks show.", no_args_is_help=True)

SIGNS = {"shown": ("●", "green"), "shown_in_part": ("◐", "yellow"), "doubtful": ("?", "magenta")}
_LISTED = 20
_NOTES = 5


@app.callback()
def _group() -> None:
    """Patrols: planned, and what their tracks show."""


app.command()(plan)
app.command()(passphrase)
app.command()(kept)
app.command("open")(open_kept)
app.command()(forget)


@app.command()
@reports_errors
def verify(
    workspace: Annotated[Path, typer.Argument(metavar="WORKSPACE", help="The workspace's folder.")],
    tracks: Annotated[
        list[str],
        typer.Argument(
            metavar="[PARTY=]TRACKS…",
            help="GPX, GeoJSON or CSV files, or kept ids; PARTY= before a file says whose it is.",
        ),
    ],
    plan_file: Annotated[
        str | None,
        typer.Option("--plan", metavar="PLAN", help="What was planned: plan.json, sealed or not, or its id."),
    ] = None,
    on_time_min: Annotated[
        float, typer.Option(help="With --plan: so many minutes late or early are in time.")
    ] = ON_TIME_S / 60,
    posts: Annotated[
        Path | None,
        typer.Option(help="GeoJSON points with id, radius_m, visit_min, revisit_h, party: what to visit."),
    ] = None,
    earlier: Annotated[
        list[str] | None,
        typer.Option(metavar="[PARTY=]TRACKS", help="Tracks of former days, to find copies; repeatable."),
    ] = None,
    provision: Annotated[
        str | None, typer.Option(help="The promise of patrols, by id, where the accord has several.")
    ] = None,
    as_of: AsOf = None,
    begin: Annotated[
        str | None, typer.Option("--from", help="Revisit intervals count from then; else the first fix.")
    ] = None,
    end: Annotated[str | None, typer.Option("--to", help="And up to then; else the last fix.")] = None,
    sight_m: Annotated[float, typer.Option(help="How far a patrol is taken to see, metres.")] = 1000.0,
    terrain: Annotated[
        Path | None,
        typer.Option(help="Heights of the ground (GeoTIFF): in sight is then only what is seen over it."),
    ] = None,
    roads: Annotated[
        Path | None,
        typer.Option(help="Roads to match the tracks to: .osm.pbf, or GeoJSON lines with its tags."),
    ] = None,
    vehicle: Annotated[
        str, typer.Option(help="Who drove: car, 4x4, armoured, truck, motorcycle, foot.")
    ] = "car",
    within_m: Annotated[
        float, typer.Option(help="Joint patrols are to keep within this, metres.")
    ] = WITHIN_M,
    observations: Annotated[
        Path | None,
        typer.Option(help="Write the patrols shown as evidence to take in: day and zone, no position (CSV)."),
    ] = None,
    synthetic: Annotated[bool, typer.Option(help="Mark that evidence as invented.")] = False,
    keep: Annotated[
        bool, typer.Option("--keep", help="Keep tracks and findings, sealed; counts for the report beside.")
    ] = False,
    ask: Passphrase = False,
    as_json: Json = False,
) -> None:
    """Says of tracks what they show: posts visited, line and zone seen, kept together, crossings, and signs
    that a track is not what it seems; with --plan also which planned visits were made, how late, which not.

    No position is in the answer. A doubtful track proves nothing, and is listed with its reasons.

    Example: `truceline patrol verify idlib turkey=team1.gpx russia=team2.gpx --posts posts.geojson`
    """
    opened = Workspace.open(workspace)
    zone = zone_of(opened.accord().accord.time_zone)

    def moment(text: str | None, field: str) -> datetime | None:
        return parse_instant(text, zone, field=field) if text else None

    secret = passphrase_of(ask)
    # Asked for before the work is done: a wrong passphrase costs no time.
    key = vault_of(opened).key(secret) if keep or any(map(_is_kept, [*tracks, *(earlier or ())])) else None
    found = verify_tracks(
        opened,
        [_file(text, opened, key) for text in tracks],
        as_of=moment(as_of, "--as-of") or datetime.now(UTC),
        provision=provision,
        posts=posts,
        terrain=terrain,
        roads=roads,
        vehicle=vehicle,
        plan=expected_plan(opened, plan_file, secret) if plan_file else None,
        on_time_s=on_time_min * 60.0,
        earlier=[_file(text, opened, key) for text in earlier or ()],
        period=(moment(begin, "--from"), moment(end, "--to")),
        numbers={"sight_m": sight_m, "within_m": within_m},
    )
    if observations is not None:
        count = write_observations(found, zone, observations, synthetic=synthetic)
        say(f"{count} patrols written to {observations}; truceline ingest takes them in")
    ids = {}
    if keep and key is not None:
        ids = {
            "tracks": keep_tracks(opened, key, [track for one in found.files for track in one.tracks]),
            "finding": keep_finding(opened, key, found, datetime.now(UTC)),
        }
        say(f"kept in the workspace, sealed: {', '.join(ids.values())}")
    if as_json:
        print_json(found.as_dict() | ({"kept": ids} if keep else {}))
    else:
        _show(found)
    if found.faults:
        say(f"{len(found.faults):,} fixes could not be read; the first: {found.faults[0].sentence()}")


def _is_kept(text: str) -> bool:
    return text.startswith("tracks-") and not Path(text).exists()


def _file(text: str, workspace: Workspace, key: Key | None) -> TrackFile:
    if key is not None and _is_kept(text):
        return TrackFile(Path(text), kept=tuple(kept_tracks(workspace, key, text)))
    party, sign, path = text.partition("=")
    if sign and "/" not in party and party and not Path(text).exists():
        return TrackFile(Path(path), party)
    return TrackFile(Path(text))


def _show(found: Verification) -> None:
    answer = found.verified
    table = Table("", "track", "party", "from", "km", "gaps", "visits", "what it shows")
    notes = []
    for one in answer.patrols:
        sign, colour = SIGNS[one.standing]
        track = one.cleaned.track
        table.add_row(
            f"[{colour}]{sign}[/{colour}]",
            escape(track.name),
            escape(track.party),
            isoformat_utc(track.start.replace(microsecond=0)) if len(track) else "",
            f"{one.length_m / 1000:.1f}",
            f"{one.gap_share:.0%}",
            str(one.visits),
            one.standing.replace("_", " "),
        )
        told = [_sign(sign.kind, sign.strength, sign.other) for sign in one.signs if sign.kind != "gap"]
        told += [_over(crossing) for crossing in one.crossings]
        notes += [f"{track.name}: {note}" for note in told[:_NOTES]]
        if len(told) > _NOTES:
            notes.append(f"{track.name}: {len(told) - _NOTES} more, see --json")
    stdout.print(table)
    for note in notes:
        stdout.print(note, markup=False, soft_wrap=True)
    if found.driven is not None:
        show_driven(found.driven)
    for title, shares in (("line", answer.line_seen), ("zone", answer.zone_seen)):
        for party, share in shares.items():
            stdout.print(f"{title} in sight, {party or 'all'}: {_share(share)}", markup=False)
    if answer.line_seen or answer.zone_seen:
        stdout.print(
            f"In sight is what lies within {answer.sight_m:g} m of the way"
            + (
                f" and is seen over the terrain from {EYE_M:g} m above it."
                if answer.over_terrain
                else "; terrain is not looked at."
            )
        )
    for lying in found.roads:
        lies = lying.as_dict()
        right = lies["expected_right_share"]
        stdout.print(
            f"{lying.track}: {lies['km']:g} km on roads{' (synthetic map)' if lying.synthetic else ''}"
            + (f", {right:.0%} of it expected on the right ones" if right is not None else "")
            + f"; {lies['off_road_share']:.0%} of the fixes with no road near.",
            markup=False,
            soft_wrap=True,
        )
    if answer.revisits:
        table = Table("post", "visits", "interval kept", "longest without, h")
        for post in answer.revisits:
            table.add_row(
                escape(post.post), str(post.visits), f"{post.share:.0%}", f"{post.longest_s / 3600:.1f}"
            )
        stdout.print(table)
    for pair in answer.together[:_LISTED]:
        stdout.print(
            f"{pair.one} and {pair.other}: together {pair.share:.0%} of {pair.shared_s / 60:.0f} min",
            markup=False,
        )


def _share(share: Share) -> str:
    sampled = f", measured to {share.sampling:.1%}" if share.sampling else ""
    return f"{share.share:.1%} ({share.least:.1%} to {share.most:.1%} by the fixes' errors{sampled})"


def _sign(kind: str, strength: float, other: str | None) -> str:
    if kind == "copied":
        return f"the same noise as {other} (correlation {strength:.2f})"
    if kind == "made_up":
        return f"{strength:.0%} of the fixes under way are exact as no receiver's are"
    return f"at least {strength * 3.6:.0f} km/h between two fixes"


def _over(crossing: Crossing) -> str:
    minutes = (crossing.to_s - crossing.from_s) / 60
    return f"beyond the line at km {crossing.position_m / 1000:.0f} for {minutes:.0f} min, P {crossing.p:.2f}"

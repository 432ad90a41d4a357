"""The example's patrols and routes: a week planned, driven by simulation, and proven by its tracks.

No plan or track of the Idlib patrols was ever published. Posts, teams and roads are invented (`patrols/` and
`roads/` of the example), the plan is made from them, and its shifts are driven by simulation: most as
planned, some late, one with gaps in its track, one whose track is a former day's again, one not at all. All
of it is marked synthetic: it shows what `patrol plan` and `patrol verify` tell, and nothing about anybody.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import numpy as np
import shapely

from truceline.app.examples import example_folder
from truceline.app.ingest import ingest
from truceline.app.patrol import TrackFile, Verification, verify_tracks
from truceline.app.patrol_kept import expected_plan, keep_finding, keep_plan, vault_of
from truceline.app.patrol_plan import files_of, plan_patrols
from truceline.app.patrol_record import write_observations
from truceline.app.route import route_status
from truceline.core.errors import DependencyMissing
from truceline.core.instants import isoformat_utc, parse_instant, zone_of
from truceline.geo.geojson import feature_document
from truceline.patrol.against_plan.expected import ExpectedShift
from truceline.patrol.against_plan.tally import MADE
from truceline.patrol.planning.result import Plan, Shift
from truceline.patrol.simulate import copied, with_gap
from truceline.patrol.simulate_plan import shift_driven
from truceline.patrol.track import Track
from truceline.patrol.when import instant
from truceline.store.workspace import Workspace

FIRST_DAY = date(2018, 10, 22)
DAYS = 7
SEED = 7
PASSPHRASE = "truceline demo, synthetic"
"""Of the demo's patrols, which are nobody's; with it `truceline patrol open` shows what is sealed."""
ROUTE_DATES = ("2018-10-15", "2018-12-31", "2020-03-01")
OVERLAY = "overlay-patrols-synthetic.geojson"
_DAY_S = 86_400.0
_LATE_ON_AVERAGE_S = 420.0

Say = Callable[[str], None]


@dataclass(frozen=True)
class Week:
    """The week's tracks by the name of their shift, a former one of which one is a copy, and what each of
    the four that are not as the others is."""

    tracks: Mapping[str, Track]
    former: Track
    special: Mapping[str, str]


def show_patrols(folder: Path, workspace: Workspace, say: Say) -> dict[str, Any]:
    """Plans a week of both guarantors, drives it by simulation, verifies the tracks against the plan, keeps
    plan and finding sealed, and takes in what the tracks show as evidence (synthetic)."""
    try:
        plan = _planned(workspace)
    except DependencyMissing as missing:
        say(f"   Patrols are left out: {missing}; {missing.hint}")
        return {"left_out": str(missing)}
    parties = plan.parties()
    say(
        f"   A week planned (synthetic): {len(plan.shifts)} shifts of {len(plan.task.teams)} teams, "
        f"{sum(len(shift.visits) for shift in plan.shifts)} visits; intervals kept "
        + ", ".join(f"{party} {row['coverage']:.0%}" for party, row in parties.items())
        + f"; chance costs {plan.plain_coverage - plan.coverage:.1%}"
    )
    week = driven_week(plan)
    tracks = folder / "synthetic-tracks"
    tracks.mkdir()
    for name, track in {**week.tracks, "former": week.former}.items():
        (tracks / f"{name}.gpx").write_text(gpx_of(track), encoding="utf-8")
    key = vault_of(workspace).set_passphrase(PASSPHRASE)
    kept = keep_plan(workspace, key, files_of(plan, f"Patrols {FIRST_DAY.isoformat()}, synthetic"))
    zone = zone_of(workspace.accord().accord.time_zone)
    found = verify_tracks(
        workspace,
        [TrackFile(tracks / f"{name}.gpx", track.party) for name, track in week.tracks.items()],
        plan=expected_plan(workspace, kept, PASSPHRASE),
        earlier=[TrackFile(tracks / "former.gpx", week.former.party)],
        as_of=parse_instant("2018-10-31", zone),
    )
    finding = keep_finding(workspace, key, found, datetime.now(UTC))
    evidence = folder / "synthetic-patrols.csv"
    rows = write_observations(found, zone, evidence, synthetic=True)
    added = ingest(workspace, [evidence]).total("added")
    _draw(plan, week, workspace.root / "basemap" / OVERLAY)
    return _told(plan, week, found, say) | {
        "kept": {"plan": kept, "finding": finding},
        "evidence": {"rows": rows, "added": added},
    }


def _planned(workspace: Workspace) -> Plan:
    example = example_folder("idlib-2018")
    return plan_patrols(
        workspace,
        teams=example / "patrols" / "teams.yaml",
        posts=example / "patrols" / "posts.geojson",
        roads=example / "roads" / "roads.geojson",
        first=FIRST_DAY,
        days=DAYS,
        numbers={
            "seed": SEED, "iterations": 60, "opposite_m": 15_000.0, "unpredictable": 0.3, "synthetic": True,
        },
    )  # fmt: skip


def driven_week(plan: Plan) -> Week:
    """The week as simulated teams drove it. The four that are not as the others are of four days."""
    rng = np.random.default_rng(SEED)
    ordered = sorted(plan.shifts, key=lambda shift: (shift.day, shift.team))
    by_party = {party: [s for s in ordered if s.party == party] for party in plan.parties()}
    turkey, russia = by_party["turkey"], by_party["russia"]
    special: dict[str, str] = {
        name_of(turkey[0]): "honest",
        name_of(russia[len(russia) // 3]): "gaps",
        name_of(turkey[len(turkey) // 2]): "copied",
        name_of(russia[-1]): "never went",
    }
    model = next(shift for shift in turkey if shift.team == turkey[len(turkey) // 2].team)
    former = shift_driven(model, "former", seed=10_000).track
    former = copied(former, "former", -7 * _DAY_S)
    tracks: dict[str, Track] = {}
    for number, shift in enumerate(ordered):
        name = name_of(shift)
        what = special.get(name)
        if what == "never went":
            continue
        late = float(rng.exponential(_LATE_ON_AVERAGE_S)) if what is None else 0.0
        out = {int(rng.integers(len(shift.visits)))} if what is None and rng.random() < 0.15 else set()
        track = shift_driven(shift, name, seed=number, late_s=late, leaves_out=out).track
        if what == "gaps":
            track = with_gap(track, 0.3, 0.75)
        if what == "copied":
            track = copied(former, name, float(track.time_s[0] - former.time_s[0]), digits=6)
        tracks[name] = track
    return Week(tracks, former, special)


def name_of(shift: Shift | ExpectedShift) -> str:
    """What the track of a shift is called."""
    return f"{shift.team}-{shift.day.isoformat()}"


def _told(plan: Plan, week: Week, found: Verification, say: Say) -> dict[str, Any]:
    document = found.as_dict()
    driven = found.driven
    assert driven is not None
    standing = {name_of(one.planned): one.standing for one in driven.shifts}
    say(
        "   "
        + ", ".join(
            f"{what}: {standing[name].replace('_', ' ')}" for name, what in week.special.items()
        )
    )  # fmt: skip
    for party, row in document["planned"]["counts"]["parties"].items():
        visits, shifts = row["visits"], row["shifts"]
        say(
            f"   {party}: {shifts['planned']} shifts planned, {shifts['shown']} shown by tracks, "
            f"{shifts['shown_in_part']} in part, {shifts['doubtful']} doubtful, {shifts['no_track']} with no "
            f"track; {visits['made']} of {visits['planned']} visits made ({visits['on_time']} in time, late "
            f"by {row['late_min']['most']:.0f} min at most), {visits['not_made']} surely not"
        )
    seen = document["zone_seen"]["all"]["share"]
    say(f"   {seen:.1%} of the zone was in sight of tracks that are not doubtful ({document['sight_m']:g} m)")
    missed = [
        {"shift": name_of(one.planned), "post": visit.planned.post, "state": visit.state}
        for one in driven.shifts
        for visit in one.visits
        if visit.state not in MADE
    ]
    return {
        "synthetic": True,
        "plan": {
            "shifts": len(plan.shifts),
            "coverage": round(plan.coverage, 4),
            "loss_by_chance": round(plan.plain_coverage - plan.coverage, 4),
            "foretold_share": round(plan.foretold_share, 4),
            "paired_share": plan.paired_share,
            "parties": plan.parties(),
        },
        "special": {what: standing[name] for name, what in week.special.items()},
        "missed": missed,
        **document,
    }


def _draw(plan: Plan, week: Week, path: Path) -> None:
    """The plan's ways and posts and the tracks, for the map of the demo's report; they are invented."""
    features, drawn = [], set()
    for shift in plan.shifts:
        for leg in shift.legs:
            ends = tuple(sorted((leg.from_post or shift.team, leg.to_post or shift.team)))
            if (shift.party, ends) not in drawn and len(leg.shape) > 1:
                drawn.add((shift.party, ends))
                features.append(
                    _feature(shapely.LineString(leg.shape), "planned", f"planned way, {shift.party}")
                )
    features += [
        _feature(shapely.Point(post.lon, post.lat), "planned", f"post {post.id}") for post in plan.task.posts
    ]
    for track in week.tracks.values():
        line = shapely.LineString(np.column_stack([track.lon, track.lat]))
        features.append(_feature(line.simplify(5e-4), "driven", f"track, {track.party}"))
    document = {
        "type": "FeatureCollection",
        "title": {"en": "Patrols (synthetic)", "ar": "دوريات (اصطناعية)", "ru": "Патрули (синтетические)",
                  "tr": "Devriyeler (yapay)"},
        "features": features,
    }  # fmt: skip
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")


def _feature(geometry: Any, kind: str, name: str) -> dict[str, Any]:
    thin = shapely.set_precision(geometry, 1e-5)
    return feature_document(
        thin, {"name": f"{name} (synthetic)", "dashed": kind == "planned", "synthetic": True}
    )


def show_routes(workspace: Workspace, say: Say, example: Path) -> dict[str, Any]:
    """The state of the promised routes at three dates, from the real reports; the detours' times on the
    example's synthetic roads."""
    zone = zone_of(workspace.accord().accord.time_zone)
    known_at = datetime.now(UTC)
    found: dict[str, Any] = {}
    for day in ROUTE_DATES:
        roads = example / "roads" / "roads.geojson"
        states = route_status(workspace, roads=roads, as_of=parse_instant(day, zone), known_at=known_at)
        found[day] = [state.as_dict() for state in states]
        told = ", ".join(f"{state.id} {str(state.status).replace('_', ' ')}" for state in states)
        extra = ", ".join(
            f"{state.detour.added_s / 60.0:.0f} min"
            for state in states
            if state.detour and state.detour.added_s is not None
        )
        say(f"   Routes, {day}: {told}" + (f"; way around {extra} longer (synthetic roads)" if extra else ""))
    return found


def gpx_of(track: Track) -> str:
    """The track in GPX 1.1, marked as invented."""
    points = "".join(
        f'<trkpt lat="{lat:.7f}" lon="{lon:.7f}"><time>{isoformat_utc(instant(time_s))}</time></trkpt>\n'
        for time_s, lon, lat in zip(
            track.time_s.tolist(), track.lon.tolist(), track.lat.tolist(), strict=True
        )
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<gpx version="1.1" creator="truceline demo" xmlns="http://www.topografix.com/GPX/1/1">\n'
        "<metadata><desc>Synthetic: nobody drove this.</desc></metadata>\n"
        f"<trk><desc>{escape(track.party)}, synthetic</desc><trkseg>\n{points}</trkseg></trk></gpx>\n"
    )

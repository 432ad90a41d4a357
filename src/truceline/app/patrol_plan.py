"""Plans of patrols in a workspace, and the files in which they are handed out.

A plan holds positions of patrols to come. Nothing of it goes into a report; it is written only to the folder
that is named, which nobody but its owner may read, and kept in the workspace only sealed
(`truceline.app.patrol_kept`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import numpy as np
from shapely.geometry.base import BaseGeometry

from truceline.accord.effective import effective
from truceline.accord.model import Accord, Patrols
from truceline.accord.model.space import ZoneKind
from truceline.app.drawn import geometry_at
from truceline.app.patrol import promised_patrols, read_posts
from truceline.app.roads import closed_roads, roads_around
from truceline.core.durable import unwritable, write_in_place
from truceline.core.errors import InvalidInput
from truceline.core.instants import zone_of
from truceline.core.messages import FALLBACK
from truceline.geo.nearest import LineIndex
from truceline.geo.uncertainty.model import LineUncertainty
from truceline.patrol.crossing import OwnSide
from truceline.patrol.planning.files import read_hazards, read_teams
from truceline.patrol.planning.ground import Ground
from truceline.patrol.planning.model import Mode, Options, Task, Team
from truceline.patrol.planning.on_roads import OnRoads
from truceline.patrol.planning.outputs.calendar import calendar_of
from truceline.patrol.planning.outputs.features import NOTE, features_of
from truceline.patrol.planning.outputs.gpx import gpx_of
from truceline.patrol.planning.plan import planned
from truceline.patrol.planning.result import Plan, places_of
from truceline.patrol.visits import Post
from truceline.products.patrol_sheet.html import sheet
from truceline.store.workspace import Workspace

MOST_DAYS = 31
MOST_POSTS = 2_000


def plan_patrols(
    workspace: Workspace,
    *,
    teams: Path,
    posts: Path,
    first: date,
    days: int = 7,
    roads: Path | None = None,
    hazards: Path | None = None,
    provision: str | None = None,
    mode: Mode | None = None,
    numbers: Mapping[str, Any] | None = None,
    known_at: datetime | None = None,
    progress: Callable[[float], None] | None = None,
) -> Plan:
    """Plans the patrols of the accord's promise (`provision`; the only one if not given) from a day on.

    `roads` are a file, or the one in the workspace's folder (`truceline.app.roads`); what the evidence of
    `known_at` (now) has closed when the first day begins is kept clear of. `mode` is the promise's if not
    given, else separate. `numbers` are those of
    `truceline.patrol.planning.model.Options` that differ from its own. Raises NotFound, InvalidInput,
    InvalidGeometry and DependencyMissing.
    """
    if not 1 <= days <= MOST_DAYS:
        raise InvalidInput(f"--days: found {days}; accepted: 1 to {MOST_DAYS}")
    zone = zone_of(workspace.accord().accord.time_zone)
    as_of = datetime.combine(first, time(23, 59), tzinfo=zone)
    accord = effective(workspace.accord(), at=as_of)
    promised = promised_patrols(accord, provision)
    asked, places = read_teams(teams), read_posts(posts)
    _check_parties(accord, teams, asked, posts, places)
    if len(places) > MOST_POSTS:
        raise InvalidInput(f"{posts.name}: found {len(places):,} posts; accepted: up to {MOST_POSTS:,}")
    line, uncertainty, sectors = _drawn(accord, workspace, as_of, promised)
    given = promised.mode if promised else None
    options = Options(mode=mode or given or "separate", **dict(numbers or {}))
    at = [(team.lon, team.lat) for team in asked] + [(post.lon, post.lat) for post in places]
    spots = np.array(at, dtype=np.float64)
    vehicles = tuple({team.vehicle.kind: team.vehicle for team in asked}.values())
    found = roads_around(workspace, spots, roads, vehicles)
    travel = None
    if found is not None:
        begin = datetime.combine(first, time(0), tzinfo=zone)
        closed = closed_roads(workspace, found, begin, known_at or datetime.now(UTC))
        ground = Ground.of(line, spots, uncertainty, options.line_margin)
        travel = OnRoads(ground, found, closed, options.max_closed)
        options = replace(options, synthetic=options.synthetic or found.synthetic)
    return planned(
        Task(
            teams=asked,
            posts=places,
            first=first,
            days=days,
            zone=zone,
            line=line,
            sides=own_sides(promised) if line is not None else {},
            hazards=read_hazards(hazards, zone) if hazards else (),
            sectors=sectors,
            options=options,
            uncertainty=uncertainty,
        ),
        travel,
        progress=progress,
    )


def own_sides(promised: Patrols | None) -> dict[str, OwnSide]:
    """On which side of the line, in drawing direction, each party is to stay."""
    own: dict[str, OwnSide] = {}
    for party, side in (promised.sides if promised else {}).items():
        if side.value != "both":
            own[party] = "left" if side.value == "left" else "right"
    return own


def _drawn(
    accord: Accord, workspace: Workspace, as_of: datetime, promised: Patrols | None
) -> tuple[LineIndex | None, LineUncertainty | None, dict[str, BaseGeometry]]:
    if promised is None:
        return None, None, {}
    geometry = geometry_at(accord, workspace.root, as_of, None)
    version = geometry.in_force.get(promised.line, promised.line) if promised.line else None
    shape = geometry.lines.get(version) if version else None
    sectors = {
        zone.id: geometry.zones[zone.id].max_area
        for zone in accord.zones
        if zone.kind is ZoneKind.SECTOR and zone.id in geometry.zones
    }
    uncertain = geometry.uncertain_lines.get(version) if version else None
    return (
        LineIndex(shape) if shape is not None else None,
        uncertain.uncertainty if uncertain is not None else None,
        sectors,
    )


def _check_parties(
    accord: Accord, teams_file: Path, teams: Sequence[Team], posts_file: Path, posts: Sequence[Post]
) -> None:
    known = {party.id for party in accord.parties}
    accepted = ", ".join(sorted(known))
    for team in teams:
        if team.party not in known:
            raise InvalidInput(
                f"{teams_file.name}, team {team.id}, party: found {team.party!r}; accepted: {accepted}"
            )
    for post in posts:
        if post.party is not None and post.party not in known:
            raise InvalidInput(
                f"{posts_file.name}, post {post.id}, party: found {post.party!r}; accepted: {accepted}"
            )


def files_of(
    plan: Plan, title: str, language: str = FALLBACK, parties: Mapping[str, str] | None = None
) -> dict[str, bytes]:
    """The files of a plan: plan.json, plan.geojson, plan.html and, for every team with a shift, TEAM.gpx and
    TEAM.ics. The sheet is in the language, with the names of `parties` by id. Raises DependencyMissing."""
    files: dict[str, bytes] = {
        "plan.json": _json({"note": NOTE} | plan.as_dict() | {"places": places_of(plan)}),
        "plan.geojson": _json(features_of(plan)),
        "plan.html": sheet(plan, title, language, parties).encode(),
    }
    for team in sorted({shift.team for shift in plan.shifts}):
        files[f"{team}.gpx"] = gpx_of(plan, team)
        files[f"{team}.ics"] = calendar_of(plan, team)
    return files


def write_plan(files: Mapping[str, bytes], folder: Path) -> list[Path]:
    """Writes the files of a plan, readable. A new folder gets the rights 0700, every file 0600. Raises
    StoreUnavailable."""
    written = []
    path = folder
    try:
        if not folder.is_dir():
            folder.mkdir(parents=True, mode=0o700)
        for name, content in files.items():
            path = folder / name
            write_in_place(path, content, mode=0o600)
            written.append(path)
    except OSError as error:
        raise unwritable(path, error) from error
    return written


def _json(document: dict[str, Any]) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()

"""Tracks verified in a workspace: against the patrols that its accord promises, its line and its zone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from truceline.accord.effective import effective
from truceline.accord.model import Accord, Patrols
from truceline.app.drawn import geometry_at
from truceline.app.patrol_roads import OnRoads, tracks_on_roads
from truceline.app.sectors import sectors_of
from truceline.core.errors import Fault, InvalidInput, NotFound
from truceline.core.instants import zone_of
from truceline.geo.geojson import GeoFeature, read_features
from truceline.geo.nearest import LineIndex
from truceline.geo.terrain import read_terrain
from truceline.patrol.against_plan.driven import ON_TIME_S, Driven, driven
from truceline.patrol.against_plan.expected import ExpectedPlan
from truceline.patrol.against_plan.tally import counts_of
from truceline.patrol.crossing import OwnSide
from truceline.patrol.files import TracksRead, read_tracks
from truceline.patrol.track import Track
from truceline.patrol.verification import Task, Verified, verified
from truceline.patrol.visits import Post
from truceline.store.workspace import Workspace

MINUTE_S, HOUR_S = 60.0, 3600.0


@dataclass(frozen=True)
class TrackFile:
    """A file of tracks, and whose they are where it does not say; '' if that is not known. `kept` are tracks
    that were read before; then no file is."""

    path: Path
    party: str = ""
    kept: tuple[Track, ...] = ()

    def read(self, zone: ZoneInfo) -> TracksRead:
        """The tracks. Raises NotFound and InvalidEvidence."""
        if self.kept:
            return TracksRead(self.kept, (), "", "kept")
        return read_tracks(self.path, self.party, zone)


@dataclass(frozen=True)
class Verification:
    """The answer, the files it was made from, and the fixes that could not be read. `place` is the id of the
    zone or line that is to be patrolled."""

    verified: Verified
    provision: str | None
    place: str | None
    files: tuple[TracksRead, ...]
    driven: Driven | None = None
    roads: tuple[OnRoads, ...] = ()

    @property
    def faults(self) -> tuple[Fault, ...]:
        """The fixes left out, with their reasons."""
        return tuple(fault for read in self.files for fault in read.faults)

    def as_dict(self) -> dict[str, Any]:
        """As plain JSON data."""
        return {
            "provision": self.provision,
            **self.verified.as_dict(),
            "planned": self._planned(),
            "roads": [one.as_dict() for one in self.roads],
            "files": [
                {"sha256": read.sha256, "format": read.format, "tracks": [t.name for t in read.tracks]}
                for read in self.files
            ],
            "unreadable": [fault.as_dict() for fault in self.faults],
        }

    def _planned(self) -> dict[str, Any] | None:
        if self.driven is None:
            return None
        return {
            "counts": counts_of(self.driven),
            "shifts": [shift.as_dict() for shift in self.driven.shifts],
            "unplanned": list(self.driven.unplanned),
            "kept_share": {
                post: {"planned": round(planned, 6), "driven": round(drove, 6)}
                for post, (planned, drove) in self.driven.kept_share.items()
            },
        }


def verify_tracks(
    workspace: Workspace,
    files: Sequence[TrackFile],
    *,
    as_of: datetime,
    provision: str | None = None,
    posts: Path | None = None,
    terrain: Path | None = None,
    roads: Path | None = None,
    vehicle: str = "car",
    plan: ExpectedPlan | None = None,
    on_time_s: float = ON_TIME_S,
    earlier: Sequence[TrackFile] = (),
    period: tuple[datetime | None, datetime | None] = (None, None),
    numbers: Mapping[str, float] | None = None,
) -> Verification:
    """Verifies tracks against the accord's patrols (`provision`; the only one if not given), and beside a
    `plan` where one is given: its posts are looked at besides `posts`, which come first where both name one,
    and its days are the period where none is given. With `roads` the tracks are matched to them, as driven by
    a `vehicle` of this kind. `numbers` are those of
    `truceline.patrol.verification.Task` that differ from its own. Raises NotFound, InvalidEvidence,
    InvalidGeometry and InvalidInput.
    """
    accord = effective(workspace.accord(), at=as_of)
    promised = promised_patrols(accord, provision)
    zone = zone_of(accord.accord.time_zone)
    read = [file.read(zone) for file in files]
    before = [file.read(zone) for file in earlier]
    tracks = [track for one in read for track in one.tracks]
    if not tracks:
        raise InvalidInput("there is no fix that can be read in these tracks")
    _check_parties(accord, tracks)
    geometry = geometry_at(accord, workspace.root, as_of, None)
    line, ground = promised.line if promised else None, promised.zone if promised else None
    version = geometry.in_force.get(line, line) if line else None
    shape = geometry.lines.get(version) if version else None
    uncertain = geometry.uncertain_lines.get(version) if version else None
    drawn = geometry.zones.get(ground) if ground else None
    area: BaseGeometry | None = drawn.max_area if drawn is not None else None
    own: dict[str, OwnSide] = {}
    for party, side in (promised.sides if promised else {}).items():
        if side.value != "both":
            own[party] = "left" if side.value == "left" else "right"
    places = _places(read_posts(posts) if posts else (), plan)
    first, last = _period(period, plan, zone)
    sight_m = dict(numbers or {}).get("sight_m", Task().sight_m)
    task = Task(
        posts=places,
        terrain=read_terrain(terrain, _around(tracks, sight_m)) if terrain else None,
        line=LineIndex(shape) if shape is not None else None,
        uncertainty=uncertain.uncertainty if uncertain is not None else None,
        sides=own,
        zone=area,
        sectors={one.id: one.geometry for one in sectors_of(accord, geometry, workspace.root)},
        mode=promised.mode if promised else None,
        from_s=first,
        to_s=last,
        **dict(numbers or {}),
    )
    answer = verified(_named_apart(tracks), task, [track for one in before for track in one.tracks])
    compared = driven(plan, answer, on_time_s=on_time_s, max_gap_s=task.max_gap_s) if plan else None
    on_roads: tuple[OnRoads, ...] = ()
    if roads is not None:
        clean = [patrol.cleaned.track for patrol in answer.patrols]
        on_roads = tracks_on_roads(workspace, clean, roads, vehicle=vehicle, max_gap_s=task.max_gap_s)
    return Verification(
        answer, promised.id if promised else None, ground or line, tuple(read), compared, on_roads
    )


def _around(tracks: Sequence[Track], sight_m: float) -> tuple[float, float, float, float]:
    """The bounds (degrees) of all that could be in sight of tracks."""
    lon, lat = np.concatenate([t.lon for t in tracks]), np.concatenate([t.lat for t in tracks])
    high = sight_m / 110_000.0 + 0.01
    wide = high / max(float(np.cos(np.radians(np.abs(lat).max() + high))), 0.01)
    return float(lon.min()) - wide, float(lat.min()) - high, float(lon.max()) + wide, float(lat.max()) + high


def _places(posts: Sequence[Post], plan: ExpectedPlan | None) -> tuple[Post, ...]:
    found = {post.id: post for post in (plan.posts if plan else ())}
    return tuple((found | {post.id: post for post in posts}).values())


def _period(
    asked: tuple[datetime | None, datetime | None], plan: ExpectedPlan | None, zone: ZoneInfo
) -> tuple[float | None, float | None]:
    first, last = (moment.timestamp() if moment else None for moment in asked)
    if plan is not None:
        begin = datetime.combine(plan.first, time(0), tzinfo=zone)
        end = datetime.combine(plan.first + timedelta(days=plan.days), time(0), tzinfo=zone)
        first, last = (first or begin.timestamp()), (last or end.timestamp())
    return first, last


def promised_patrols(accord: Accord, id: str | None) -> Patrols | None:
    """The accord's promise of patrols, by id or the only one; None if it has none. Raises NotFound and
    InvalidInput."""
    found = [provision for provision in accord.provisions if isinstance(provision, Patrols)]
    if id is not None:
        chosen = next((provision for provision in found if provision.id == id), None)
        if chosen is None:
            known = ", ".join(provision.id for provision in found) or "none"
            raise NotFound(f"there is no promise of patrols {id!r} in the accord; there are: {known}")
        return chosen
    if len(found) > 1:
        raise InvalidInput(
            f"the accord promises patrols more than once; name one with --provision: "
            f"{', '.join(provision.id for provision in found)}"
        )
    return found[0] if found else None


def _check_parties(accord: Accord, tracks: Sequence[Track]) -> None:
    known = {party.id for party in accord.parties}
    for track in tracks:
        if track.party and track.party not in known:
            raise InvalidInput(
                f"{track.source}: found the party {track.party!r}; accepted: {', '.join(sorted(known))}"
            )
        if not track.party:
            raise InvalidInput(
                f"{track.source} does not say whose track it is",
                hint=f"name the party before the file: PARTY={track.source}",
            )


def _named_apart(tracks: Sequence[Track]) -> list[Track]:
    """The tracks with names that differ, as two files of one name from two folders would not."""
    taken: dict[str, int] = {}
    named = []
    for track in tracks:
        taken[track.name] = number = taken.get(track.name, 0) + 1
        named.append(track if number == 1 else replace(track, name=f"{track.name} ({number})"))
    return named


def read_posts(path: Path) -> list[Post]:
    """Posts from GeoJSON points: `id`, `radius_m`, `visit_min`, `revisit_h`, `party`, `language`."""
    found: list[Post] = []
    for number, feature in enumerate(read_features(path), start=1):
        if feature.geometry.geom_type != "Point":
            raise InvalidInput(
                f"{path.name}, feature {number}: found a {feature.geometry.geom_type}; accepted: a Point"
            )
        found.append(_post(path, number, feature))
    names = [post.id for post in found]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise InvalidInput(f"{path.name}: the post {twice!r} stands twice")
    return found


def _post(path: Path, number: int, feature: GeoFeature) -> Post:
    said = feature.properties

    def asked(name: str, scale: float, default: float | None) -> float | None:
        value = said.get(name)
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0.0 <= value < 1e7:
            raise InvalidInput(
                f"{path.name}, feature {number}, {name}: found {value!r}; accepted: a number from 0 on"
            )
        return float(value) * scale

    lon, lat = (float(value) for value in shapely.get_coordinates(feature.geometry)[0])
    return Post(
        id=str(said.get("id") or number),
        lon=lon,
        lat=lat,
        radius_m=asked("radius_m", 1.0, 200.0) or 200.0,
        visit_s=asked("visit_min", MINUTE_S, 0.0) or 0.0,
        revisit_s=asked("revisit_h", HOUR_S, None),
        party=str(said["party"]) if said.get("party") else None,
        language=str(said["language"]) if said.get("language") else None,
    )

"""Tracks verified against what a patrol was to do: one answer for a set of tracks, posts, line and zone.

Nothing in the answer is a position: posts by their ids, the line by the kilometre, the rest as shares, times
and counts. Times are UTC.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import combinations
from typing import Any, Literal

from shapely.geometry.base import BaseGeometry

from truceline.core.instants import isoformat_utc
from truceline.geo.nearest import LineIndex
from truceline.geo.terrain import Terrain
from truceline.geo.uncertainty.model import LineUncertainty
from truceline.patrol.cleaning import MAX_GAP_S, MAX_SPEED_MPS, Cleaned, cleaned
from truceline.patrol.coverage import Share, share_of_line, shares_of_areas
from truceline.patrol.crossing import Crossing, OwnSide, crossings
from truceline.patrol.signs import Sign, signs_in
from truceline.patrol.together import WITHIN_M, Together, together
from truceline.patrol.track import Track
from truceline.patrol.visits import Post, Revisits, Visit, all_visits, revisits

Standing = Literal["shown", "shown_in_part", "doubtful"]

DOUBTS = frozenset({"copied", "made_up", "impossible_speed"})
MOST_GAPS = 0.2
"""A track with a greater share of gaps shows a patrol in part only."""
LEAST_FIXES = 30


@dataclass(frozen=True)
class Task:
    """What is to be verified. `sectors` are parts of the zone. `sides` says on which side of the line, in
    drawing direction, each party is to stay; `sight_m` how far a patrol is taken to see, `terrain` over which
    ground (None: not looked at); `mode` how two parties are to patrol. A period (seconds since 1970) is
    needed for revisit intervals; without one it is that of the tracks.
    """

    posts: Sequence[Post] = ()
    line: LineIndex | None = None
    uncertainty: LineUncertainty | None = None
    sides: Mapping[str, OwnSide] = field(default_factory=dict)
    zone: BaseGeometry | None = None
    sectors: Mapping[str, BaseGeometry] = field(default_factory=dict)
    mode: str | None = None
    sight_m: float = 1000.0
    within_m: float = WITHIN_M
    max_gap_s: float = MAX_GAP_S
    max_speed_mps: float = MAX_SPEED_MPS
    from_s: float | None = None
    to_s: float | None = None
    terrain: Terrain | None = None


@dataclass(frozen=True)
class PatrolShown:
    """What one track shows of a patrol."""

    cleaned: Cleaned
    length_m: float
    gap_share: float
    standing: Standing
    visits: int
    signs: tuple[Sign, ...]
    crossings: tuple[Crossing, ...]

    def as_dict(self) -> dict[str, Any]:
        """As plain JSON data."""
        track = self.cleaned.track
        return {
            "track": track.name,
            "party": track.party,
            "source": track.source,
            "from": isoformat_utc(track.start) if len(track) else None,
            "to": isoformat_utc(track.end) if len(track) else None,
            "standing": self.standing,
            "fixes": len(track),
            "dropped": {
                "out_of_order": self.cleaned.out_of_order,
                "repeated": self.cleaned.repeated,
                "unreachable": self.cleaned.unreachable,
            },
            "length_km": round(self.length_m / 1000.0, 1),
            "gap_share": round(self.gap_share, 4),
            "visits": self.visits,
            "signs": [sign.as_dict() for sign in self.signs],
            "crossings": [crossing.as_dict() for crossing in self.crossings],
        }


@dataclass(frozen=True)
class Verified:
    """The whole answer. `line_seen` and `zone_seen` are by party, and of all together under ''; so is each
    sector of `sectors_seen`."""

    patrols: tuple[PatrolShown, ...]
    visits: tuple[Visit, ...]
    revisits: tuple[Revisits, ...]
    together: tuple[Together, ...]
    line_seen: Mapping[str, Share]
    zone_seen: Mapping[str, Share]
    sight_m: float
    over_terrain: bool = False
    sectors_seen: Mapping[str, Mapping[str, Share]] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """As plain JSON data: what ``truceline patrol verify --json`` prints."""
        return {
            "patrols": [patrol.as_dict() for patrol in self.patrols],
            "visits": [visit.as_dict() for visit in self.visits],
            "revisits": [one.as_dict() for one in self.revisits],
            "together": [pair.as_dict() for pair in self.together],
            "sight_m": self.sight_m,
            "over_terrain": self.over_terrain,
            "line_seen": {party or "all": share.as_dict() for party, share in self.line_seen.items()},
            "zone_seen": {party or "all": share.as_dict() for party, share in self.zone_seen.items()},
            "sectors_seen": {
                sector: {party or "all": share.as_dict() for party, share in shares.items()}
                for sector, shares in self.sectors_seen.items()
            },
            "counts": self.counts(),
        }

    def counts(self) -> dict[str, dict[str, int]]:
        """Patrols by party and standing: what a public report may carry."""
        table: dict[str, dict[str, int]] = {}
        for patrol in self.patrols:
            row = table.setdefault(
                patrol.cleaned.track.party, {"shown": 0, "shown_in_part": 0, "doubtful": 0}
            )
            row[patrol.standing] += 1
        return table


def verified(tracks: Sequence[Track], task: Task, earlier: Sequence[Track] = ()) -> Verified:
    """Verifies tracks; `earlier` ones are only looked at for copies."""
    clean = sorted(
        (cleaned(track, task.max_speed_mps) for track in tracks),
        key=lambda c: (float(c.track.time_s[0]) if len(c.track) else 0.0, c.track.name),
    )
    used = [one.track for one in clean]
    signs = signs_in(clean, [cleaned(track, task.max_speed_mps).track for track in earlier], task.max_gap_s)
    visits = all_visits(task.posts, used, task.max_gap_s)
    patrols = tuple(_shown(one, task, signs, visits) for one in clean)
    # What a doubtful track claims is told with the track and proves nothing.
    trusted = [one.cleaned.track for one in patrols if one.standing != "doubtful"]
    names = {track.name for track in trusted}
    counted = [visit for visit in visits if visit.track in names]
    period = _period(used, task)
    zone_seen, sectors_seen = _areas_seen(trusted, task)
    return Verified(
        patrols,
        tuple(visits),
        tuple(revisits(post, counted, *period) for post in task.posts) if period else (),
        tuple(_pairs(trusted, task)),
        _by_party(trusted, partial(share_of_line, task.line), task) if task.line else {},
        zone_seen,
        task.sight_m,
        task.terrain is not None,
        sectors_seen,
    )


def _shown(one: Cleaned, task: Task, signs: Sequence[Sign], visits: Sequence[Visit]) -> PatrolShown:
    track = one.track
    own = tuple(sign for sign in signs if sign.track == track.name)
    gaps = sum(sign.strength for sign in own if sign.kind == "gap")
    standing: Standing = "shown"
    if len(track) < LEAST_FIXES or gaps > MOST_GAPS:
        standing = "shown_in_part"
    if any(sign.kind in DOUBTS for sign in own):
        standing = "doubtful"
    side = task.sides.get(track.party)
    over = (
        crossings(track, task.line, side, task.uncertainty, task.max_gap_s)
        if task.line is not None and side is not None
        else []
    )
    return PatrolShown(
        one,
        track.length_m(task.max_gap_s) if len(track) > 1 else 0.0,
        gaps,
        standing,
        sum(visit.track == track.name and visit.long_enough != "not_kept" for visit in visits),
        own,
        tuple(over),
    )


def _period(tracks: Sequence[Track], task: Task) -> tuple[float, float] | None:
    known = [track for track in tracks if len(track)]
    if task.from_s is not None and task.to_s is not None:
        return task.from_s, task.to_s
    if not known:
        return None
    first = min(float(track.time_s[0]) for track in known)
    last = max(float(track.time_s[-1]) for track in known)
    return (
        task.from_s if task.from_s is not None else first,
        task.to_s if task.to_s is not None else last,
    )


def _pairs(tracks: Sequence[Track], task: Task) -> list[Together]:
    """Every two tracks of different parties that share some time, where patrols are to be joint."""
    if task.mode != "joint":
        return []
    pairs = [
        together(one, other, task.within_m, task.max_gap_s)
        for one, other in combinations(tracks, 2)
        if one.party != other.party
    ]
    return [pair for pair in pairs if pair.shared_s > 0.0]


def _areas_seen(tracks: Sequence[Track], task: Task) -> tuple[dict[str, Share], dict[str, dict[str, Share]]]:
    """The shares seen of the zone by party, and of each of its sectors by party."""
    if task.zone is None:
        return {}, {}
    zone: dict[str, Share] = {}
    sectors: dict[str, dict[str, Share]] = {id: {} for id in task.sectors}
    for party, some in _of_parties(tracks).items():
        shares = shares_of_areas(task.zone, task.sectors, some, task.sight_m, task.terrain)
        zone[party] = shares.pop("")
        for id, share in shares.items():
            sectors[id][party] = share
    return zone, {id: shares for id, shares in sectors.items() if shares}


def _of_parties(tracks: Sequence[Track]) -> dict[str, list[Track]]:
    """All tracks under '', and those of each party."""
    parties = sorted({track.party for track in tracks if track.party})
    of = {"": list(tracks)} if tracks else {}
    return of | {party: [track for track in tracks if track.party == party] for party in parties}


def _by_party(tracks: Sequence[Track], share: Callable[..., Share], task: Task) -> dict[str, Share]:
    return {party: share(some, task.sight_m, task.terrain) for party, some in _of_parties(tracks).items()}

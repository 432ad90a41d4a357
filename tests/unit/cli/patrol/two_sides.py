"""Posts and a team a party on both sides of the line of Idlib, and shifts driven as a plan says."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from truceline.app.demo_patrols import gpx_of
from truceline.geo.ellipsoid import direct
from truceline.geo.geojson import read_features
from truceline.geo.nearest import LineIndex
from truceline.patrol.against_plan.expected import BASE, ExpectedPlan, ExpectedShift
from truceline.patrol.planning.result import PlannedLeg, PlannedVisit, Shift
from truceline.patrol.simulate_plan import shift_driven

NEAREST_M, FURTHEST_M = 17_000.0, 30_000.0
"""From the line: further than it may err by (16.6 km), and within reach of one another."""


@dataclass(frozen=True, eq=False)
class TwoSides:
    """The files of a plan's question: `arguments` are those of ``patrol plan``."""

    folder: Path
    line: shapely.Geometry
    places: dict[str, tuple[float, float]]
    bases: list[tuple[float, float]]
    posts: list[dict[str, Any]]
    teams: list[dict[str, Any]]

    @property
    def arguments(self) -> list[object]:
        """Options of two short days."""
        return [
            "--teams", self.folder / "teams.yaml", "--posts", self.folder / "posts.geojson",
            "--from", "2018-10-15", "--days", 2, "--effort", 50,
        ]  # fmt: skip

    def tracks(self, plan: ExpectedPlan, folder: Path) -> tuple[list[str], list[tuple[float, float]]]:
        """The plan driven honestly, in GPX: arguments of ``patrol verify``, and some places on the way."""
        folder.mkdir(exist_ok=True)
        arguments, places = [], []
        for seed, expected in enumerate(plan.shifts):
            driven = shift_driven(_shift(plan, expected), expected.team, seed=seed)
            path = folder / f"{expected.team}-{expected.day}.gpx"
            path.write_text(gpx_of(driven.track), encoding="utf-8")
            arguments.append(f"{expected.party}={path}")
            some = slice(None, None, max(len(driven.track) // 5, 1))
            places += list(zip(driven.track.lon[some].tolist(), driven.track.lat[some].tolist(), strict=True))
        return arguments, places


def two_sides(folder: Path, idlib: Path, teams_each: int = 1) -> TwoSides:
    """Writes the files."""
    (feature,) = read_features(idlib / "line-of-contact.geojson")
    index = LineIndex(feature.geometry)
    rng = np.random.default_rng(5)
    middle = index.samples[len(index.samples) // 3]
    found: dict[str, list[tuple[float, float]]] = {}
    for party, side in (("turkey", 1), ("russia", -1)):
        places = found.setdefault(party, [])
        while len(places) < 6 + teams_each:
            far = rng.uniform(NEAREST_M, FURTHEST_M)
            lon, lat, _ = direct(middle[0], middle[1], rng.uniform(0, 360), far)
            near = index.nearest([float(lon)], [float(lat)])
            if near.side[0] == side and near.distance_m[0] > NEAREST_M:
                places.append((float(lon), float(lat)))
    posts: list[dict[str, Any]] = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": place},
            "properties": {
                "id": f"{party}-{n}", "visit_min": 20, "revisit_h": 24 * (n % 3 + 1), "party": party,
            },
        }
        for party, places in found.items()
        for n, place in enumerate(places[teams_each:])
    ]  # fmt: skip
    teams: list[dict[str, Any]] = [
        {
            "id": f"{party}-team" + (f"-{n + 1}" if n else ""), "party": party,
            "base": {"lon": places[n][0], "lat": places[n][1]},
            "vehicle": {"kind": "4x4", "speed_kmh": 40}, "shift": {"from": "06:00", "hours": 10},
            "languages": ["ar"],
        }
        for party, places in found.items()
        for n in range(teams_each)
    ]  # fmt: skip
    (folder / "posts.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": posts}))
    (folder / "teams.yaml").write_text(
        json.dumps({"curfew": {"from": "20:00", "to": "06:30"}, "teams": teams})
    )
    return TwoSides(
        folder,
        feature.geometry,
        {one["properties"]["id"]: tuple(one["geometry"]["coordinates"]) for one in posts},
        [(team["base"]["lon"], team["base"]["lat"]) for team in teams],
        posts,
        teams,
    )


def _shift(plan: ExpectedPlan, expected: ExpectedShift) -> Shift:
    crew = plan.crews[expected.team]
    where = {post.id: (post.lon, post.lat) for post in plan.posts} | {BASE: (crew.lon, crew.lat)}
    ends = [BASE, *(visit.post for visit in expected.visits), BASE]
    leaves = [expected.leave_s, *(visit.end_s for visit in expected.visits)]
    legs = [
        PlannedLeg(a, b, int(leave), int(check.from_s), 0, 0.0, np.array([where[a], where[b]]))
        for a, b, leave, check in zip(ends, ends[1:], leaves, expected.check_ins, strict=False)
    ]
    visits = [
        PlannedVisit(v.post, int(v.begin_s), int(v.begin_s), int(v.end_s), v.with_team)
        for v in expected.visits
    ]
    return Shift(expected.team, expected.party, expected.day, tuple(legs), tuple(visits))

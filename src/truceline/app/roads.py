"""The map of roads that a workspace uses: a file that is named, or the one in its folder ``roads``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from truceline.app.assess import inquire
from truceline.assess.road_words import road_words
from truceline.core.errors import InvalidInput
from truceline.geo.ellipsoid import Floats
from truceline.geo.roads.closures import Closed, Overlay
from truceline.geo.roads.read import read_roads
from truceline.geo.roads.road_map import RoadMap, bounds_around
from truceline.geo.roads.vehicles import CAR, Vehicle
from truceline.store.workspace import Workspace

FOLDER = Path("roads")
CACHE = Path("cache", "roads")


def roads_file(workspace: Workspace, given: Path | None = None) -> Path | None:
    """The file of roads: `given`, or the only one in the workspace's folder; None where there is none. Raises
    InvalidInput where the folder holds several."""
    if given is not None:
        return given
    folder = workspace.root / FOLDER
    found = sorted(p for p in folder.glob("*") if p.name.endswith((".osm.pbf", ".geojson")))
    if len(found) > 1:
        names = ", ".join(path.name for path in found)
        raise InvalidInput(f"{folder}: found {names}; accepted: one file, or another named by --roads")
    return found[0] if found else None


def roads_around(
    workspace: Workspace,
    places: Floats,
    given: Path | None = None,
    vehicles: Sequence[Vehicle] = (CAR,),
    margin: float = 0.25,
) -> RoadMap | None:
    """The roads around places (lon, lat rows) that one of the vehicles uses, kept in the workspace's cache;
    None where there is no file. Raises what reading raises."""
    path = roads_file(workspace, given)
    if path is None:
        return None
    return read_roads(path, bounds_around(places, margin), vehicles, workspace.root / CACHE)


def closed_roads(workspace: Workspace, roads: RoadMap, as_of: datetime, known_at: datetime) -> Closed:
    """What is closed of the roads at the as-of, by the workspace's evidence that was known then."""
    case = inquire(workspace, as_of=as_of, known_at=known_at).bench.case
    return Overlay(roads, road_words(case)).at(as_of.timestamp())

"""Roads from an OpenStreetMap extract (`.osm.pbf`) or GeoJSON lines with OpenStreetMap's tags."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from truceline.core.errors import DependencyMissing, InvalidInput
from truceline.core.limits import ROAD_NODES
from truceline.geo.geojson import read_features
from truceline.geo.roads.kept import kept_map
from truceline.geo.roads.road_map import Bounds, RoadMap, Way, map_of
from truceline.geo.roads.vehicles import CAR, Vehicle

TAGS = (
    "highway", "surface", "tracktype", "smoothness", "oneway", "oneway:foot", "oneway:motorcycle",
    "oneway:motor_vehicle", "maxspeed", "maxweight", "maxaxleload", "maxheight", "maxwidth", "maxlength",
    "access", "vehicle", "motor_vehicle", "motorcar", "motorcycle", "hgv", "foot", "junction", "area",
    "construction", "impassable", "bridge", "tunnel", "ford", "ref", "synthetic",
)  # fmt: skip
BARRIER_TAGS = (
    "barrier",
    "locked",
    "access",
    "vehicle",
    "motor_vehicle",
    "motorcar",
    "motorcycle",
    "hgv",
    "foot",
)
GRID = 0.1
"""Bounds are widened to whole tenths of a degree, so that what is kept on disk serves the next question."""


def read_roads(
    path: Path, bounds: Bounds | None = None, vehicles: Sequence[Vehicle] = (CAR,), cache: Path | None = None
) -> RoadMap:
    """The roads of a file that one of the vehicles uses, those with a place within `bounds` (west, south,
    east, north). What was read is kept in the folder `cache` and taken from there next time. Raises NotFound,
    InvalidInput, InvalidGeometry and DependencyMissing."""
    classes = frozenset(road for vehicle in vehicles for road in vehicle.speeds)
    wider = _wider(bounds) if bounds is not None else None
    if path.name.endswith(".pbf"):
        if not path.is_file():
            raise InvalidInput(f"{path}: there is no such file; accepted: an extract of OpenStreetMap")
        found = kept_map(
            cache, path, f"{wider} {sorted(classes)}", lambda: map_of(_osm(path, classes), wider, ROAD_NODES)
        )
    else:
        found = map_of(_geojson(path, classes), wider, ROAD_NODES)
    if not len(found.ends):
        kinds = " or ".join(vehicle.kind for vehicle in vehicles)
        raise InvalidInput(f"{path}: found no road for {kinds} within reach of what is asked about")
    return found


def _wider(bounds: Bounds) -> Bounds:
    west, south, east, north = (value / GRID for value in bounds)
    outer = (math.floor(west), math.floor(south), math.ceil(east), math.ceil(north))
    return outer[0] * GRID, outer[1] * GRID, outer[2] * GRID, outer[3] * GRID


def _osm(path: Path, classes: frozenset[str]) -> Iterator[Way]:
    try:
        import osmium
    except ImportError as missing:
        raise DependencyMissing(
            "reading OpenStreetMap extracts needs osmium", hint="install: pip install 'truceline[patrol]'"
        ) from missing
    barriers: dict[int, dict[str, str]] = {}
    try:
        found = osmium.FileProcessor(str(path)).with_locations()
        for part in found.with_filter(osmium.filter.KeyFilter("highway", "barrier")):
            if isinstance(part, osmium.osm.Node):
                if "barrier" in part.tags:
                    barriers[part.id] = _of(part.tags, BARRIER_TAGS)
                continue
            if not isinstance(part, osmium.osm.Way) or part.tags.get("highway") not in classes:
                continue
            nodes = [(node.ref, node.lon, node.lat) for node in part.nodes if node.location.valid()]
            ids = tuple(ref for ref, _, _ in nodes)
            places = np.array([node[1:] for node in nodes], dtype=float).reshape(-1, 2)
            bars = {number: barriers[ref] for number, ref in enumerate(ids) if ref in barriers}
            yield Way(places, _of(part.tags, TAGS), ids, bars)
    except (RuntimeError, ValueError) as error:
        raise InvalidInput(f"{path}: cannot be read as an OpenStreetMap extract: {error}") from error


def _of(tags: Any, keys: Sequence[str]) -> dict[str, str]:
    return {key: value for key in keys if (value := tags.get(key)) is not None}


def _geojson(path: Path, classes: frozenset[str]) -> Iterator[Way]:
    for feature in read_features(path):
        tags = {key: str(value) for key in TAGS if (value := feature.properties.get(key)) is not None}
        tags = {"highway": "road"} | tags
        if tags["highway"] not in classes:
            continue
        for part in shapely.get_parts(feature.geometry):
            if part.geom_type == "LineString":
                yield Way(np.asarray(shapely.get_coordinates(part), dtype=float), tags)

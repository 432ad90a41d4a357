"""Roads from an OpenStreetMap extract (`.osm.pbf`) or GeoJSON lines with OpenStreetMap's tags."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import shapely

from truceline.core.errors import DependencyMissing, InvalidInput
from truceline.core.limits import ROAD_NODES
from truceline.geo.geojson import read_features
from truceline.geo.roads.graph import Bounds, RoadGraph, Way, graph_of
from truceline.geo.roads.rules import SPEED_KMH

TAGS = (
    "highway", "surface", "oneway", "maxspeed", "access", "vehicle", "motor_vehicle", "motorcar", "junction",
    "area", "construction", "impassable",
)  # fmt: skip


def read_roads(path: Path, bounds: Bounds | None = None) -> RoadGraph:
    """The roads of a file, those with a place within `bounds` (west, south, east, north). Raises NotFound,
    InvalidInput, InvalidGeometry and DependencyMissing."""
    if path.name.endswith(".pbf"):
        if not path.is_file():
            raise InvalidInput(f"{path}: there is no such file; accepted: an extract of OpenStreetMap")
        graph = graph_of(_osm(path), bounds, ROAD_NODES)
    else:
        graph = graph_of(_geojson(path), bounds, ROAD_NODES)
    if not len(graph.lon):
        raise InvalidInput(f"{path}: found no road that a car may use within reach of bases and posts")
    return graph


def _osm(path: Path) -> Iterator[Way]:
    try:
        import osmium
    except ImportError as missing:
        raise DependencyMissing(
            "reading OpenStreetMap extracts needs osmium", hint="install: pip install 'truceline[patrol]'"
        ) from missing
    try:
        ways = osmium.FileProcessor(str(path)).with_locations()
        for way in ways.with_filter(osmium.filter.KeyFilter("highway")):
            if not isinstance(way, osmium.osm.Way) or way.tags.get("highway") not in SPEED_KMH:
                continue
            nodes = [node for node in way.nodes if node.location.valid()]
            places = np.array([(node.lon, node.lat) for node in nodes], dtype=float).reshape(-1, 2)
            tags = {key: value for key in TAGS if (value := way.tags.get(key)) is not None}
            yield tuple(node.ref for node in nodes), places, tags
    except (RuntimeError, ValueError) as error:
        raise InvalidInput(f"{path}: cannot be read as an OpenStreetMap extract: {error}") from error


def _geojson(path: Path) -> Iterator[Way]:
    for feature in read_features(path):
        tags = {key: str(value) for key in TAGS if (value := feature.properties.get(key)) is not None}
        for part in shapely.get_parts(feature.geometry):
            if part.geom_type == "LineString":
                yield None, np.asarray(shapely.get_coordinates(part), dtype=float), {"highway": "road"} | tags

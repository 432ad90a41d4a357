"""Roads of the centre of Helsinki, from OpenStreetMap, and small ones drawn by hand."""

from __future__ import annotations

import json
from collections import Counter
from itertools import pairwise
from pathlib import Path

import networkx as nx
import numpy as np
import osmium
import pytest
from geographiclib.geodesic import Geodesic

from truceline.core.errors import InvalidInput
from truceline.geo.roads.graph import RoadGraph
from truceline.geo.roads.read import read_roads
from truceline.geo.roads.road_map import PIECE_M, RoadMap, Way, map_of
from truceline.geo.roads.vehicles import CAR, FOOT, Vehicle

HELSINKI = Path(__file__).parents[2] / "data" / "roads" / "helsinki.osm.pbf"


@pytest.fixture(scope="module")
def helsinki() -> RoadMap:
    return read_roads(HELSINKI, vehicles=(CAR, FOOT))


def graph_node(graph: RoadGraph, lon: float, lat: float) -> int:
    (found,) = np.flatnonzero((np.abs(graph.lon - lon) < 1e-9) & (np.abs(graph.lat - lat) < 1e-9))
    return int(found)


@pytest.mark.parametrize("vehicle", [CAR, FOOT], ids=lambda vehicle: str(vehicle.kind))
def test_quickest_ways_are_those_of_networkx(helsinki: RoadMap, vehicle: Vehicle) -> None:
    """Over the ways as osmium gives them, with lengths by GeographicLib."""
    where: dict[int, tuple[float, float]] = {}
    barred: set[int] = set()
    roads = nx.DiGraph()
    for part in osmium.FileProcessor(str(HELSINKI)).with_locations():
        if isinstance(part, osmium.osm.Node) and "barrier" in part.tags:
            barred |= {part.id} if not vehicle.passes(dict(part.tags)) else set()
        if not isinstance(part, osmium.osm.Way) or "highway" not in part.tags:
            continue
        tags = dict(part.tags)
        speed = vehicle.speed_kmh(tags)
        if speed is None:
            continue
        nodes = [(n.ref, (n.lon, n.lat)) for n in part.nodes if n.location.valid()]
        where.update(nodes)
        for (a, here), (b, there) in pairwise(nodes):
            metres = Geodesic.WGS84.Inverse(here[1], here[0], there[1], there[0])["s12"]
            for ends, may in zip(((a, b), (b, a)), vehicle.directions(tags), strict=True):
                old = roads.get_edge_data(*ends, {"s": np.inf})["s"]
                if may and a != b and not barred & set(ends):
                    roads.add_edge(*ends, s=min(old, metres * 3.6 / min(speed, 40.0)))
    graph = helsinki.graph(vehicle)
    number = {place: n for n, place in enumerate(zip(graph.lon.tolist(), graph.lat.tolist(), strict=True))}
    # The place from which the most is reached of a few, so that the test asks about much.
    best = max(
        (
            nx.single_source_dijkstra_path_length(roads, ref, weight="s")
            for ref in sorted(roads)[:: len(roads) // 5]
        ),
        key=len,
    )
    source = next(iter(best))
    found, _ = graph.search(graph.seconds(40.0)).least(np.array([number[where[source]]]))
    assert np.isfinite(found[0]).sum() == len(best) > 1000
    twice = Counter(zip(graph.lon.tolist(), graph.lat.tolist(), strict=True))
    for ref, cost in best.items():
        if twice[where[ref]] > 1:
            continue  # two nodes at one place: which of them is meant cannot be told here
        assert found[0, number[where[ref]]] == pytest.approx(cost, rel=1e-6, abs=1e-4)


def test_only_roads_within_bounds_are_held(helsinki: RoadMap) -> None:
    west, east = np.quantile(helsinki.lon, [0.4, 0.6])
    south, north = np.quantile(helsinki.lat, [0.4, 0.6])
    ways = [Way(helsinki.places()[ends], {"highway": "road"}) for ends in helsinki.ends]
    part = map_of(ways, (west, south, east, north), 10**6)
    assert 0 < len(part.lon) < 0.8 * len(helsinki.lon)
    with pytest.raises(InvalidInput, match="no road"):
        read_roads(HELSINKI, (0.0, 0.0, 1.0, 1.0))


def test_lines_of_geojson_are_roads_that_meet_where_they_share_a_place(tmp_path: Path) -> None:
    def road(places: list[list[float]], **tags: str) -> dict[str, object]:
        return {
            "type": "Feature",
            "properties": tags,
            "geometry": {"type": "LineString", "coordinates": places},
        }

    document = {
        "type": "FeatureCollection",
        "features": [
            road([[36.0, 35.0], [36.1, 35.0]], highway="primary"),
            road([[36.1, 35.0], [36.1, 35.1]], highway="track", oneway="yes"),
        ],
    }
    (tmp_path / "roads.geojson").write_text(json.dumps(document))
    graph = read_roads(tmp_path / "roads.geojson").graph(CAR)
    ends = [graph_node(graph, lon, lat) for lon, lat in ((36.0, 35.0), (36.1, 35.0), (36.1, 35.1))]
    found, _ = graph.search(graph.seconds(200.0)).least(np.array([ends[0], ends[2]]))
    length = Geodesic.WGS84.Inverse(35.0, 36.0, 35.0, 36.1)["s12"]
    assert found[0, ends[1]] == pytest.approx(length * 3.6 / 60.0, rel=1e-6)
    assert np.isfinite(found[0, ends[2]])
    assert not np.isfinite(found[1, ends[0]])


def test_long_straight_steps_are_cut_so_that_a_place_finds_a_node_of_its_road(tmp_path: Path) -> None:
    (tmp_path / "roads.geojson").write_text(
        json.dumps({"type": "LineString", "coordinates": [[36.0, 35.0], [36.5, 35.2], [36.5001, 35.2]]})
    )
    graph = read_roads(tmp_path / "roads.geojson").graph(CAR)
    assert graph.metres.max() <= PIECE_M
    assert len(graph.from_node) == 2 * (len(graph.lon) - 1)
    on_line = 35.0 + (graph.lon[graph.lon <= 36.5] - 36.0) * 0.4
    assert np.allclose(graph.lat[graph.lon <= 36.5], on_line, atol=1e-12)
    whole = sum(
        Geodesic.WGS84.Inverse(a[1], a[0], b[1], b[0])["s12"]
        for a, b in (((36.0, 35.0), (36.5, 35.2)), ((36.5, 35.2), (36.5001, 35.2)))
    )
    assert graph.metres.sum() / 2.0 == pytest.approx(whole, rel=1e-4)


def test_a_file_that_is_no_extract_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "x.osm.pbf").write_bytes(b"no extract at all")
    with pytest.raises(InvalidInput, match=r"x\.osm\.pbf"):
        read_roads(tmp_path / "x.osm.pbf")
    with pytest.raises(InvalidInput, match="no such file"):
        read_roads(tmp_path / "y.osm.pbf")

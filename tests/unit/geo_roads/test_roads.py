"""Roads of the centre of Helsinki, from OpenStreetMap, and small ones drawn by hand."""

from __future__ import annotations

import heapq
import json
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import numpy as np
import osmium
import pytest
from geographiclib.geodesic import Geodesic

from truceline.core.errors import InvalidInput
from truceline.geo.roads.graph import PIECE_M, RoadGraph
from truceline.geo.roads.read import read_roads
from truceline.geo.roads.rules import directions, speed_kmh

HELSINKI = Path(__file__).parents[2] / "data" / "roads" / "helsinki.osm.pbf"


@pytest.fixture(scope="module")
def helsinki() -> RoadGraph:
    return read_roads(HELSINKI)


def graph_node(graph: RoadGraph, lon: float, lat: float) -> int:
    (found,) = np.flatnonzero((np.abs(graph.lon - lon) < 1e-9) & (np.abs(graph.lat - lat) < 1e-9))
    return int(found)


def test_quickest_ways_are_those_of_an_independent_search(helsinki: RoadGraph) -> None:
    """A search with a heap over the ways as osmium gives them, with lengths by GeographicLib."""
    where: dict[int, tuple[float, float]] = {}
    roads: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for way in osmium.FileProcessor(str(HELSINKI)).with_locations():
        if not isinstance(way, osmium.osm.Way) or "highway" not in way.tags:
            continue
        tags = dict(way.tags)
        speed = speed_kmh(tags)
        if speed is None:
            continue
        nodes = [(n.ref, (n.lon, n.lat)) for n in way.nodes if n.location.valid()]
        where.update(nodes)
        forward, backward = directions(tags)
        for (a, here), (b, there) in pairwise(nodes):
            metres = Geodesic.WGS84.Inverse(here[1], here[0], there[1], there[0])["s12"]
            seconds = metres * 3.6 / min(speed, 40.0)
            if forward:
                roads[a].append((b, seconds))
            if backward:
                roads[b].append((a, seconds))
    number = {
        place: n for n, place in enumerate(zip(helsinki.lon.tolist(), helsinki.lat.tolist(), strict=True))
    }
    source = next(ref for ref in sorted(roads) if where[ref] in number)
    best = {source: 0.0}
    heap = [(0.0, source)]
    while heap:
        cost, at = heapq.heappop(heap)
        if cost > best[at]:
            continue
        for to, seconds in roads[at]:
            if cost + seconds < best.get(to, np.inf):
                best[to] = cost + seconds
                heapq.heappush(heap, (cost + seconds, to))
    found, _ = helsinki.quickest(helsinki.seconds(40.0), np.array([number[where[source]]]))
    assert np.isfinite(found[0]).sum() == len({where[ref] for ref in best})
    assert len(best) > 500
    for ref, cost in best.items():
        assert found[0, number[where[ref]]] == pytest.approx(cost, rel=1e-6, abs=1e-4)


def test_only_roads_within_bounds_are_held(helsinki: RoadGraph) -> None:
    west, east = np.quantile(helsinki.lon, [0.4, 0.6])
    south, north = np.quantile(helsinki.lat, [0.4, 0.6])
    part = read_roads(HELSINKI, (west, south, east, north))
    assert 0 < len(part.lon) < 0.8 * len(helsinki.lon)
    with pytest.raises(InvalidInput, match="no road"):
        read_roads(HELSINKI, (0.0, 0.0, 1.0, 1.0))


@pytest.mark.parametrize(
    ("tags", "speed", "ways"),
    [
        ({"highway": "residential"}, 25.0, (True, True)),
        ({"highway": "primary", "maxspeed": "40", "oneway": "yes"}, 40.0, (True, False)),
        ({"highway": "motorway"}, 90.0, (True, False)),
        ({"highway": "track", "surface": "sand", "oneway": "-1"}, 4.5, (False, True)),
        ({"highway": "service", "access": "private"}, None, (True, True)),
        ({"highway": "service", "access": "no", "motor_vehicle": "yes"}, 15.0, (True, True)),
        ({"highway": "footway"}, None, (True, True)),
    ],
)
def test_tags_say_who_drives_how_fast_and_which_way(
    tags: dict[str, str], speed: float | None, ways: tuple[bool, bool]
) -> None:
    assert speed_kmh(tags) == speed
    assert directions(tags) == ways


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
    graph = read_roads(tmp_path / "roads.geojson")
    ends = [graph_node(graph, lon, lat) for lon, lat in ((36.0, 35.0), (36.1, 35.0), (36.1, 35.1))]
    found, _ = graph.quickest(graph.seconds(200.0), np.array([ends[0], ends[2]]))
    length = Geodesic.WGS84.Inverse(35.0, 36.0, 35.0, 36.1)["s12"]
    assert found[0, ends[1]] == pytest.approx(length * 3.6 / 60.0, rel=1e-6)
    assert np.isfinite(found[0, ends[2]])
    assert not np.isfinite(found[1, ends[0]])


def test_long_straight_steps_are_cut_so_that_a_place_finds_a_node_of_its_road(tmp_path: Path) -> None:
    (tmp_path / "roads.geojson").write_text(
        json.dumps({"type": "LineString", "coordinates": [[36.0, 35.0], [36.5, 35.2], [36.5001, 35.2]]})
    )
    graph = read_roads(tmp_path / "roads.geojson")
    assert graph.metres.max() <= PIECE_M
    assert len(graph.from_node) == 2 * (len(graph.lon) - 1)
    on_line = 35.0 + (graph.lon[graph.lon <= 36.5] - 36.0) * 0.4
    assert np.allclose(graph.lat[graph.lon <= 36.5], on_line, atol=1e-12)
    whole = sum(
        Geodesic.WGS84.Inverse(a[1], a[0], b[1], b[0])["s12"]
        for a, b in (((36.0, 35.0), (36.5, 35.2)), ((36.5, 35.2), (36.5001, 35.2)))
    )
    assert graph.metres.sum() / 2.0 == pytest.approx(whole, rel=1e-4)
    _, off = graph.nearest(np.array([36.23]), np.array([35.0925]), np.ones(len(graph.lon), dtype=bool))
    assert off[0] < PIECE_M


def test_a_file_that_is_no_extract_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "x.osm.pbf").write_bytes(b"no extract at all")
    with pytest.raises(InvalidInput, match=r"x\.osm\.pbf"):
        read_roads(tmp_path / "x.osm.pbf")
    with pytest.raises(InvalidInput, match="no such file"):
        read_roads(tmp_path / "y.osm.pbf")

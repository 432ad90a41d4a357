"""Places joined to roads, against brute force over every road, and what is kept on disk."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from geographiclib.geodesic import Geodesic

from truceline.geo.roads import kept, read
from truceline.geo.roads.graph import RoadGraph
from truceline.geo.roads.read import read_roads
from truceline.geo.roads.road_map import Way, map_of
from truceline.geo.roads.snap import joined
from truceline.geo.roads.vehicles import CAR, FOOT

HELSINKI = Path(__file__).parents[2] / "data" / "roads" / "helsinki.osm.pbf"


@pytest.fixture(scope="module")
def roads() -> RoadGraph:
    return read_roads(HELSINKI).graph(CAR)


def metres(a: np.ndarray, b: np.ndarray) -> float:
    return float(Geodesic.WGS84.Inverse(a[1], a[0], b[1], b[0])["s12"])


def test_a_place_is_joined_to_the_nearest_place_of_all_roads(roads: RoadGraph) -> None:
    rng = np.random.default_rng(7)
    places = np.column_stack(
        [rng.uniform(roads.lon.min(), roads.lon.max(), 12), rng.uniform(roads.lat.min(), roads.lat.max(), 12)]
    )
    met = joined(roads, places, np.ones(len(roads.lon), dtype=bool))
    good = roads.connected()
    nodes = roads.places()
    usable = np.flatnonzero(good[roads.from_node] & good[roads.to_node])
    share = np.linspace(0.0, 1.0, 41)[:, None, None]
    starts, stops = nodes[roads.from_node[usable]], nodes[roads.to_node[usable]]
    along = (starts * (1.0 - share) + stops * share).reshape(-1, 2)
    for place, node, off in zip(places, met.node.tolist(), met.off_m.tolist(), strict=True):
        near = along[np.argsort(np.hypot((along - place)[:, 0] * 0.5, (along - place)[:, 1]))[:200]]
        brute = min(metres(place, one) for one in near)
        assert off <= brute + 0.01
        assert off >= brute - 10.0, "the grid of brute force is so coarse"
        assert off == pytest.approx(metres(place, met.graph.places()[node]), abs=1e-3)


def test_joining_places_changes_no_way_between_what_was_there(roads: RoadGraph) -> None:
    rng = np.random.default_rng(8)
    some = np.flatnonzero(roads.connected())
    there, _ = roads.search(roads.seconds(40.0)).least(some)
    size = np.isfinite(there).sum(axis=1)
    pick = rng.choice(some[size == np.bincount(size).argmax()], 30, replace=False)
    places = roads.places()[pick] + rng.normal(0.0, 2e-4, (30, 2))
    met = joined(roads, places, np.isfinite(there[np.searchsorted(some, pick[0])]))
    before, _ = roads.search(roads.seconds(40.0)).least(pick[:5])
    after, _ = met.graph.search(met.graph.seconds(40.0)).least(pick[:5])
    size = len(roads.lon)
    assert len(met.graph.lon) > size
    assert np.allclose(before[np.isfinite(before)], after[:, :size][np.isfinite(before)], rtol=1e-9)
    assert np.array_equal(np.isfinite(before), np.isfinite(after[:, :size]))
    assert np.isfinite(after[:, met.node]).all()
    assert met.graph.metres.sum() == pytest.approx(roads.metres.sum(), rel=1e-9)
    assert (roads.speed_kmh[met.parent] == met.graph.speed_kmh).all()


def test_a_place_beside_a_long_road_is_as_far_as_it_is_from_the_road_not_from_a_node() -> None:
    road = map_of([Way(np.array([[36.0, 35.0], [36.5, 35.0]]), {"highway": "primary"})], None, 1000)
    graph = road.graph(CAR)
    met = joined(graph, np.array([[36.237, 35.001], [36.237, 35.001], [36.0, 35.0]]), graph.connected())
    assert met.off_m[:2] == pytest.approx([110.94, 110.94], abs=0.5)
    assert met.node[0] == met.node[1]
    assert met.off_m[2] == 0.0
    assert len(met.graph.lon) == len(graph.lon) + 1


def test_without_any_road_nothing_is_joined() -> None:
    road = map_of([Way(np.array([[36.0, 35.0], [36.5, 35.0]]), {"highway": "footway"})], None, 1000)
    met = joined(road.graph(CAR), np.array([[36.2, 35.0]]), np.ones(len(road.lon), dtype=bool))
    assert met.node.tolist() == [-1]
    assert np.isinf(met.off_m).all()


def test_what_was_read_is_kept_and_is_the_same_from_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    extract, cache = tmp_path / "x.osm.pbf", tmp_path / "cache"
    shutil.copy(HELSINKI, extract)
    first = read_roads(extract, vehicles=(CAR, FOOT), cache=cache)
    (file,) = cache.iterdir()
    with monkeypatch.context() as patch:
        patch.setattr(read, "_osm", lambda *_: pytest.fail("read again"))
        again = read_roads(extract, vehicles=(FOOT, CAR), cache=cache)
        for name in ("lon", "lat", "ends", "metres", "tag"):
            assert np.array_equal(getattr(first, name), getattr(again, name))
        assert (first.tags, first.barriers) == (again.tags, again.barriers)
        assert first.barriers
    # Another reader, other bounds, other vehicles, another extract: each is read of itself.
    monkeypatch.setattr(kept, "READER", "another")
    read_roads(extract, vehicles=(CAR, FOOT), cache=cache)
    read_roads(extract, (24.9, 60.1, 25.0, 60.2), vehicles=(CAR, FOOT), cache=cache)
    read_roads(extract, vehicles=(CAR,), cache=cache)
    assert len(list(cache.iterdir())) == 4
    file.write_bytes(b"cut short")
    monkeypatch.undo()
    assert len(read_roads(extract, vehicles=(CAR, FOOT), cache=cache).lon) == len(first.lon)

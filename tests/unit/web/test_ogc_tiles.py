"""Vector tiles: what lies in them, by both times, counted where there is much of it."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import mapbox_vector_tile
import numpy as np
import pyarrow as pa
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from served_mission import Mission, Person
from shapely.geometry import shape

from truceline.app.desk import View
from truceline.evidence.table import OBSERVATION_SCHEMA
from truceline.evidence.vocabulary import all_kinds, family_of
from truceline.geo.mercator import mercator
from truceline.web.ogc.cells import CELLS, LAYERS, counted, layer_of
from truceline.web.ogc.tiles import tile_box, tile_edges

WHOLE = "/ogc/collections/observations/tiles/WebMercatorQuad/5/12/19"  # both valleys


def drawn(person: Person, query: str = "") -> list[dict[str, Any]]:
    """The features of the observations in the tile that holds all of them."""
    content = person.get(WHOLE + query).content
    return mapbox_vector_tile.decode(content)["observations"]["features"] if content else []


def kinds(features: list[dict[str, Any]]) -> Counter[str]:
    """How many features there are of each kind."""
    return Counter(one["properties"]["kind"] for one in features)


def test_a_tile_holds_what_lies_in_it_and_cells_stay_cells(people: dict[str, Person]) -> None:
    z, x, y = 9, 307, 201
    west, south, east, north = tile_box(z, x, y)
    assert west < 36.43217 < east
    assert south < 35.71234 < north
    path = f"/ogc/collections/observations/tiles/WebMercatorQuad/{z}/{y}/{x}"
    monitor = mapbox_vector_tile.decode(people["monitor"].get(path).content)["observations"]["features"]
    assert all(one["geometry"]["type"] == "Point" for one in monitor)
    edges = tile_edges(z, x, y)
    expected = mercator(shapely.get_coordinates(shapely.Point(36.43217, 35.71234)))[0]
    scale = 4096 / (edges[2] - edges[0])
    places = [one["geometry"]["coordinates"] for one in monitor]
    there = [round((expected[side] - edges[side]) * scale) for side in (0, 1)]
    assert any(abs(place[0] - there[0]) <= 1 and abs(place[1] - there[1]) <= 1 for place in places)
    public = mapbox_vector_tile.decode(people["public"].get(path).content)["observations"]["features"]
    assert {one["geometry"]["type"] for one in public} == {"Polygon"}
    assert sum(one["properties"]["count"] for one in public) == 3
    empty = people["monitor"].get("/ogc/collections/observations/tiles/WebMercatorQuad/9/0/0")
    assert (empty.status_code, empty.content) == (200, b"")
    for wrong in ("21/0/0", "3/8/0", "3/0/-1"):
        path = f"/ogc/collections/observations/tiles/WebMercatorQuad/{wrong}"
        assert people["monitor"].get(path).status_code == 404


def test_the_zone_is_the_same_in_features_and_tiles(people: dict[str, Person]) -> None:
    (feature,) = people["public"].get("/ogc/collections/zones/items").json()["features"]
    zone = shape(feature["geometry"])
    z, x, y = 8, 153, 100
    tile = mapbox_vector_tile.decode(
        people["public"].get(f"/ogc/collections/zones/tiles/WebMercatorQuad/{z}/{y}/{x}").content
    )["zones"]["features"]
    west, south, east, north = tile_edges(z, x, y)
    drawn = shape(tile[0]["geometry"])
    there = shapely.transform(zone, mercator)
    cut = shapely.intersection(
        there, shapely.box(west, south, east, north).buffer((east - west) * 0.05, join_style="mitre")
    )
    assert drawn.area * ((east - west) / 4096) ** 2 == pytest.approx(cut.area, rel=0.01)


def test_a_tile_shows_what_was_by_then_and_what_was_known_by_then(people: dict[str, Person]) -> None:
    monitor = people["monitor"]
    everything = kinds(drawn(monitor))
    assert everything == {"shelling": 5, "small_arms_fire": 1, "observation_effort": 1}
    assert kinds(drawn(monitor, "?as_of=2025-03-02")) == {"shelling": 2, "observation_effort": 1}
    assert drawn(monitor, "?known_at=2025-12-31") == []  # it happened before, and was recorded today
    assert kinds(drawn(monitor, "?known_at=2125-12-31")) == everything
    items = "/ogc/collections/observations/items?limit=50"
    assert monitor.get(f"{items}&as_of=2025-03-02").json()["numberMatched"] == 3
    assert monitor.get(f"{items}&known_at=2025-12-31").json()["numberMatched"] == 0
    assert monitor.get("/api/v1/observations?known_at=2025-12-31").json()["total"] == 0


def test_what_was_retracted_later_still_stood_before(own_mission: Mission) -> None:
    monitor = own_mission.person("monitor")
    shot = monitor.get("/api/v1/observations?kind=small_arms_fire").json()["items"][0]["id"]
    before = datetime.now(UTC).isoformat().replace("+00:00", "Z")
    said = {"act": "retract", "target": shot, "reason": "another day"}
    assert monitor.post("/api/v1/corrections", said).status_code == 201
    assert "small_arms_fire" not in kinds(drawn(monitor))
    assert kinds(drawn(monitor, f"?known_at={before}"))["small_arms_fire"] == 1
    found = monitor.get(f"/api/v1/observations?kind=small_arms_fire&known_at={before}").json()
    assert [one["id"] for one in found["items"]] == [shot]


def test_every_report_says_the_layer_that_the_application_draws_it_in(people: dict[str, Person]) -> None:
    for one in drawn(people["monitor"]):
        assert one["properties"]["layer"] == layer_of(family_of(one["properties"]["kind"]) or "")
    by_hand = (Path(__file__).parents[3] / "frontend/shared/layers.ts").read_text(encoding="utf-8")
    layer: dict[str, str] = {}
    waiting: list[str] = []
    for word, name in re.findall(r'(case|return) "(\w+)"', by_hand):
        waiting.append(name)
        if word == "return":
            layer |= dict.fromkeys(waiting[:-1], name)
            waiting = []
    families = {family_of(kind) or kind for kind in all_kinds()}
    assert {family: layer_of(family) for family in families} == {
        family: layer.get(family, "other") for family in families
    }


KINDS = ("shelling", "small_arms_fire", "withdrawal_verified", "observation_effort", "statement")


def view_of(rows: list[tuple[str, float, float, bool]]) -> View:
    """A view of these reports: kind, lon, lat, whether invented."""
    at = datetime(2025, 3, 1, tzinfo=UTC)
    table = pa.Table.from_pylist(
        [
            dict.fromkeys(OBSERVATION_SCHEMA.names)
            | {
                "id": f"o{number}", "kind": kind, "lon": lon, "lat": lat, "synthetic": invented,
                "occurred_from": at, "occurred_to": at, "recorded_at": at,
            }
            for number, (kind, lon, lat, invented) in enumerate(rows)
        ],
        OBSERVATION_SCHEMA,
    )  # fmt: skip
    return View(table, table["id"].combine_chunks(), lambda _: np.ones(len(rows), np.bool_), {})


@given(
    rows=st.lists(
        st.tuples(st.sampled_from(KINDS), st.floats(35.9, 37.1), st.floats(35.4, 36.4), st.booleans()),
        min_size=1,
        max_size=40,
    )
)
@settings(max_examples=40, deadline=None)
def test_cells_count_every_report_of_the_tile_once_in_its_layer(
    rows: list[tuple[str, float, float, bool]],
) -> None:
    z, x, y = 8, 153, 100
    edges = tile_edges(z, x, y)
    view = view_of(rows)
    places, columns = counted(view, np.arange(len(view), dtype=np.int64), edges)
    found = [
        {name: one.values[one.which[at]] for name, one in columns.items() if one.which[at] >= 0}
        for at in range(len(places))
    ]
    cell = (edges[2] - edges[0]) / CELLS
    by_hand: dict[tuple[int, int, bool], Counter[str]] = {}
    for kind, lon, lat, invented in rows:
        place = mercator(np.array([[lon, lat]]))[0]
        at = [int((place[side] - edges[side]) // cell) for side in (0, 1)]
        if all(-2 <= one < CELLS + 2 for one in at):
            key = (at[0], at[1], invented)
            by_hand.setdefault(key, Counter())[layer_of(family_of(kind) or "")] += 1
    told = []
    for one in found:
        of_layers = {name: one[name] for name in LAYERS if name in one}
        assert sum(of_layers.values()) == one["count"]
        assert of_layers[one["layer"]] == max(of_layers.values())
        told.append((one["synthetic"], sorted(of_layers.items())))
    expected = [(invented, sorted(counts.items())) for (_, _, invented), counts in by_hand.items()]
    assert sorted(told) == sorted(expected)

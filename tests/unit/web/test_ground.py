"""What map, board and timeline ask: depth along a line, sectors and patrols, effort, trend, names."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod
from served_mission import Mission, Person
from shapely.geometry import shape

from truceline.app.desk.depth import depth_features, depth_of
from truceline.app.desk.desk import Desk
from truceline.app.desk.names import folded
from truceline.app.desk.verdicts import Asked
from truceline.app.desk.watched import REACH_M, _spread
from truceline.store.workspace import Workspace

GEOD = Geod(ellps="WGS84")


def test_beside_every_count_stands_how_much_was_watched(people: dict[str, Person]) -> None:
    watched = people["monitor"].get("/api/v1/effort/watched").json()
    # One post of eight hours at a corner of four of the zone's 10 x 2 cells of 0.1 degrees.
    assert {name: watched[name] for name in ("hours", "reports", "days", "cells", "cells_nobody")} == {
        "hours": 8.0, "reports": 1, "days": 1, "cells": 20, "cells_nobody": 16,
    }  # fmt: skip
    assert watched["nobody_share"] == 0.8
    assert watched["zones"] == {"quiet": {"hours": 8.0, "reports": 1, "days": 1}}
    later = people["monitor"].get("/api/v1/effort/watched?datetime=2025-03-03/..").json()
    assert (later["hours"], later["nobody_share"]) == (0.0, 1.0)
    assert people["monitor"].get("/api/v1/effort/watched?known_at=2025-12-31").json()["reports"] == 0


def test_by_day_alone_each_report_counts_once(people: dict[str, Person]) -> None:
    (day,) = people["monitor"].get("/api/v1/effort?by_zone=false").json()["items"]
    # Days are those of UTC: the 2nd of March begins two hours before in Damascus.
    assert (day["day"], day["zone"], day["hours"], day["reports"]) == ("2025-03-01", None, 8.0, 1)


def test_the_ground_says_where_nobody_looked(people: dict[str, Person]) -> None:
    cells = people["monitor"].get("/api/v1/effort/ground").json()["features"]
    assert len(cells) == 300  # the region of 2 by 1.5 degrees
    looked = [one for one in cells if not one["properties"]["nobody"]]
    assert sorted(shape(one["geometry"]).bounds for one in looked) == [
        (36.4, 35.6, 36.5, 35.7), (36.4, 35.7, 36.5, 35.8),
        (36.5, 35.6, 36.6, 35.7), (36.5, 35.7, 36.6, 35.8),
    ]  # fmt: skip
    # Whoever sees a cell of the place is told of that cell.
    seen = people["observer"].get("/api/v1/effort/ground").json()["features"]
    assert [shape(one["geometry"]).bounds for one in seen if not one["properties"]["nobody"]] == [
        (36.5, 35.7, 36.6, 35.8)
    ]


@given(
    lon=st.floats(36.0, 37.0),
    lat=st.floats(35.0, 36.0),
    error_m=st.floats(0, 30_000),
    seed=st.integers(0, 99),
)
@settings(max_examples=30, deadline=None)
def test_a_report_reaches_the_cells_within_its_reach(
    lon: float, lat: float, error_m: float, seed: int
) -> None:
    del seed
    reach = max(error_m, REACH_M)
    one = np.array([lon]), np.array([lat])
    hours, reports, _, _ = _spread(
        one[0], one[1], one[0], one[1], np.array([reach]), np.array([3.0]), np.array([True]),
        np.array([1], np.int64), 36.0, 35.0, 0.1, 10, 10,
    )  # fmt: skip
    assert hours.tolist() == (3.0 * reports).tolist()
    for cell in range(100):
        west, south = 36.0 + cell % 10 * 0.1, 35.0 + cell // 10 * 0.1
        nearest = min(max(lon, west), west + 0.1), min(max(lat, south), south + 0.1)
        far = GEOD.inv(lon, lat, *nearest)[2]
        if abs(far - reach) > 0.01 * reach + 30:  # degrees are measured as on a sphere
            assert bool(reports[cell]) == (far < reach), (west, south, far)


@pytest.fixture(scope="module")
def idlib_ground(tmp_path_factory: pytest.TempPathFactory, idlib: Path) -> Path:
    """The example's basemap and sectors beside the accord of the valleys: names in four languages."""
    folder = tmp_path_factory.mktemp("ground")
    shutil.copytree(idlib / "basemap", folder / "basemap")
    places = {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {
                    "place": "village", "name": "معرّة الإخوان", "name:en": "Ma'arrat al-Ikhwan",
                    "alt_name": "Maarrat Ikhwan",
                },
                "geometry": {"type": "Point", "coordinates": [36.79, 36.03]},
            }
        ],
    }  # fmt: skip
    (folder / "basemap" / "places.geojson").write_text(
        json.dumps(places, ensure_ascii=False), encoding="utf-8"
    )
    return folder


def with_basemap(mission: Mission, ground: Path) -> Person:
    shutil.copytree(ground / "basemap", mission.site.workspace.root / "basemap", dirs_exist_ok=True)
    return mission.person("observer")


def test_places_are_found_in_any_script_and_spelling(own_mission: Mission, idlib_ground: Path) -> None:
    observer = with_basemap(own_mission, idlib_ground)

    def first(words: str) -> str | None:
        items = observer.get("/api/v1/places/search", params={"q": words}).json()["items"]
        return items[0]["names"].get("en") if items else None

    for words in ("Idlib", "idlib", "İDLİB", "إدلب", "ادلب", "Идлиб", "Idlyb"):
        assert first(words) == "Idlib", words
    for words in ("معرة الاخوان", "معره الإخوان", "maarrat al ikhwan", "Ma‘arrat Ikhwan", "ikhwan"):
        assert first(words) == "Ma'arrat al-Ikhwan", words
    assert first("الطاحونة") == "Old Mill"  # the accord's own place
    assert first("mill") == "Old Mill"
    assert first("quiet zone") == "Quiet zone"
    assert first("zzzzzz") is None
    found = observer.get("/api/v1/places/search?q=ادلب&language=ar").json()["items"][0]
    assert (found["name"], found["kind"]) == ("إدلب", "town")
    assert found["lon"] == pytest.approx(36.63393)


@given(st.text(max_size=20))
@settings(max_examples=60, deadline=None)
def test_folding_again_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)


def test_a_trend_is_what_the_series_says_and_is_made_once(own_mission: Mission) -> None:
    monitor = own_mission.person("monitor")
    answer = monitor.get("/api/v1/assessment/trend?as_of=2025-03-20")
    trend = answer.json()
    assert len(trend["as_of"]) == 11
    assert trend["as_of"][-1] == "2025-03-13T21:00:00Z"  # the end of the 13th in Damascus
    then = monitor.get("/api/v1/assessment?as_of=2025-03-13").json()["obligations"]
    for row in trend["obligations"]:
        now = next(one for one in then if one["id"] == row["id"])
        assert (row["status"][-1], row["probability"][-1]) == (now["status"], now["probability"])
        assert len(row["status"]) == len(row["probability"]) == 11
    again = {"If-None-Match": answer.headers["etag"]}
    assert monitor.get("/api/v1/assessment/trend?as_of=2025-03-20", headers=again).status_code == 304
    # A report that is recorded makes another answer.
    said = {
        "kind": "shelling", "occurred": {"start": "2025-03-12T10:00:00Z", "end": "2025-03-12T11:00:00Z"},
        "geometry": {"type": "Point", "coordinates": [36.5, 35.7]}, "error_m": 100,
        "actors": ["southern forces"], "reliability": "A", "credibility": 1,
    }  # fmt: skip
    assert monitor.post("/api/v1/observations", said).status_code == 201
    assert monitor.get("/api/v1/assessment/trend?as_of=2025-03-20", headers=again).status_code == 200


def test_a_series_asked_again_is_the_same_although_time_passes(own_mission: Mission) -> None:
    observer = own_mission.person("observer")
    path = "/api/v1/assessment/series?start=2025-03-01&end=2025-03-29&step_days=7"
    first = observer.get(path)
    later = datetime.now(UTC) + timedelta(minutes=7)
    own_mission.site.desk.clock = lambda: later
    assert observer.get(path, headers={"If-None-Match": first.headers["etag"]}).status_code == 304
    assert len(first.json()["steps"]) == 5


FINDING = {
    "kept_at": "2025-03-20T08:00:00Z", "provision": None, "from": "2025-03-10", "to": "2025-03-16",
    "line_seen": {}, "zone_seen": {}, "tracks": {},
    "sectors_seen": {"west": {"all": 0.62, "north": 0.4, "south": 0.3}, "east": {"all": 0.1}},
}  # fmt: skip


@pytest.fixture
def patrolled(own_mission: Mission) -> Mission:
    """A mission with two sectors, and what patrols of two weeks showed of them."""
    root = own_mission.site.workspace.root
    halves = {"west": (36.0, 36.5), "east": (36.5, 37.0)}
    features = [
        {
            "type": "Feature",
            "properties": {"id": id, "names": {"en": f"The {id}", "ar": "قطاع"}, "zone": "quiet"},
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[a, 35.6], [b, 35.6], [b, 35.8], [a, 35.8], [a, 35.6]]],
            },
        }
        for id, (a, b) in halves.items()
    ]
    document = {"type": "FeatureCollection", "features": features}
    (root / "sectors.geojson").write_text(json.dumps(document), encoding="utf-8")
    (root / "patrols").mkdir(exist_ok=True)
    later = FINDING | {"from": "2025-03-17", "to": "2025-03-23", "sectors_seen": {"west": {"all": 0.5}}}
    for id, finding in (("a" * 12, FINDING), ("b" * 12, later)):
        (root / "patrols" / f"verified-{id}.json").write_text(json.dumps(finding), encoding="utf-8")
    return own_mission


def test_of_several_findings_only_bounds_are_known(patrolled: Mission) -> None:
    monitor = patrolled.person("monitor")

    def shares(query: str) -> dict[str, tuple[float, float, int]]:
        found = monitor.get(f"/api/v1/patrols/coverage{query}").json()["features"]
        told = {one["id"]: one["properties"] for one in found}
        return {id: (one["least"], one["most"], one["findings"]) for id, one in told.items()}

    assert shares("") == {"west": (0.62, 1.0, 2), "east": (0.1, 0.1, 2)}
    assert shares("?datetime=2025-03-01/2025-03-12") == {"west": (0.62, 0.62, 1), "east": (0.1, 0.1, 1)}
    assert shares("?datetime=2025-03-20/2025-04-01") == {"west": (0.5, 0.5, 1), "east": (0.0, 0.0, 1)}
    assert shares("?datetime=2025-04-01/..") == {"west": (0.0, 0.0, 0), "east": (0.0, 0.0, 0)}
    assert shares("?known_at=2025-03-19") == {"west": (0.0, 0.0, 0), "east": (0.0, 0.0, 0)}


def test_whoever_sees_cells_is_told_shares_in_steps_and_the_public_after_the_delay(
    patrolled: Mission,
) -> None:
    found = patrolled.person("observer").get("/api/v1/patrols/coverage").json()["features"]
    assert [(one["properties"]["least"], one["properties"]["most"]) for one in found] == [
        (0.6, 1.0),
        (0.1, 0.1),
    ]
    items = patrolled.person("observer").get("/ogc/collections/patrol_coverage/items").json()["features"]
    seen = {(one["properties"]["sector"], one["properties"]["from"]): one["properties"] for one in items}
    assert seen["west", "2025-03-10"]["seen_north"] == 0.4
    assert seen["west", "2025-03-10"]["seen_all"] == 0.6
    assert len(seen) == 3
    hour = datetime(2025, 3, 20, 9, tzinfo=UTC)
    patrolled.site.desk.clock = lambda: hour
    public = patrolled.person("public").get("/api/v1/patrols/coverage").json()["features"]
    assert {one["properties"]["findings"] for one in public} == {0}
    names = patrolled.person("public").get("/ogc/collections/sectors/items").json()["features"]
    assert {one["id"] for one in names} == {"west", "east"}


def test_a_zone_that_is_derived_is_as_deep_as_promised_except_where_the_line_bends(
    tmp_path: Path,
) -> None:
    source = tmp_path / "source"
    source.mkdir()
    (source / "accord.yaml").write_text(BENT, encoding="utf-8")
    (source / "text.txt").write_text("A zone.\n", encoding="utf-8")
    desk = Desk(Workspace.create(tmp_path / "w", source / "accord.yaml"))
    asked = Asked(as_of=datetime(2025, 6, 1, tzinfo=UTC))
    features = [one for one, _ in depth_features(desk, asked)]
    states = [one["properties"]["state"] for one in features]
    assert states == ["within", "limited", "within"]
    at = [(one["properties"]["from_m"], one["properties"]["to_m"]) for one in features]
    assert at[0][0] == 0.0
    assert [end for _, end in at[:-1]] == [start for start, _ in at[1:]]
    length = sum(GEOD.geometry_length(shape(one["geometry"])) for one in features)
    assert length == pytest.approx(at[-1][1], abs=0.1)
    (side,) = depth_of(desk, asked, "band")["sides"]
    assert side["length_m"] == pytest.approx(length, rel=1e-3)
    assert len(side["s_m"]) == len(side["depth_m"]) == len(side["places"]) == len(side["limited"])
    # By hand: inside a bend of 90 degrees a place x metres from the corner has x metres to itself.
    corner = at[1][0] + (at[1][1] - at[1][0]) / 2
    for s, depth in zip(side["s_m"], side["depth_m"], strict=True):
        assert depth == pytest.approx(min(2000.0, abs(s - corner)), abs=60)
    desk.close()


BENT = """\
format: 1
accord: {id: bent, title: {en: A bent line}, signed: 2025-01-01, time_zone: UTC, languages: [en],
         status: confirmed, version: 1}
sources: [{id: text, title: The text, language: en, file: text.txt}]
parties:
  - {id: north, names: {en: North}, role: side}
  - {id: south, names: {en: South}, role: side}
lines:
  - id: front
    names: {en: front}
    geometry: {type: LineString, coordinates: [[0.0, 0.1], [0.0, 0.0], [0.1, 0.0]]}
    left: north
    right: south
zones:
  - id: band
    names: {en: band}
    kind: area_of_separation
    derivation: {line: front, side: left, depth_m: {min: 2000, max: 2000}}
provisions:
  - id: zone
    kind: zone
    title: {en: A zone}
    zone: band
    parties: [north, south]
    quotes: [{source: text, exact: A zone., start: 0, end: 7}]
"""

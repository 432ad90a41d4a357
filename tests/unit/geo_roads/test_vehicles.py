"""Which vehicle may use which road how fast, by OpenStreetMap's tags."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from truceline.geo.roads.measures import measured
from truceline.geo.roads.read import read_roads
from truceline.geo.roads.road_map import Way, map_of
from truceline.geo.roads.rules import limit_kmh
from truceline.geo.roads.vehicles import ARMOURED, CAR, CAR_4X4, FOOT, MOTORCYCLE, TRUCK, VEHICLES, Vehicle

HELSINKI = Path(__file__).parents[2] / "data" / "roads" / "helsinki.osm.pbf"


@pytest.mark.parametrize(
    ("tags", "vehicle", "speed", "ways"),
    [
        ({"highway": "residential"}, CAR, 25.0, (True, True)),
        ({"highway": "primary", "maxspeed": "40", "oneway": "yes"}, CAR, 40.0, (True, False)),
        ({"highway": "motorway"}, CAR, 90.0, (True, False)),
        ({"highway": "motorway"}, FOOT, None, (True, True)),
        ({"highway": "track", "surface": "sand", "oneway": "-1"}, CAR, 4.5, (False, True)),
        ({"highway": "track", "surface": "sand"}, CAR_4X4, 15.0 * 0.65, (True, True)),
        ({"highway": "track", "tracktype": "grade5"}, CAR, 6.0, (True, True)),
        ({"highway": "track", "smoothness": "horrible"}, CAR, None, (True, True)),
        ({"highway": "track", "smoothness": "horrible"}, ARMOURED, 15.0 * 0.7, (True, True)),
        ({"highway": "track", "smoothness": "impassable"}, ARMOURED, None, (True, True)),
        ({"highway": "service", "access": "private"}, CAR, None, (True, True)),
        ({"highway": "service", "access": "no", "motor_vehicle": "yes"}, CAR, 15.0, (True, True)),
        ({"highway": "service", "access": "no", "motor_vehicle": "yes"}, FOOT, None, (True, True)),
        ({"highway": "residential", "hgv": "no"}, ARMOURED, None, (True, True)),
        ({"highway": "residential", "hgv": "no"}, CAR, 25.0, (True, True)),
        ({"highway": "residential", "motorcycle": "no"}, MOTORCYCLE, None, (True, True)),
        ({"highway": "footway"}, CAR, None, (True, True)),
        ({"highway": "footway", "oneway": "yes"}, FOOT, 5.0, (True, True)),
        ({"highway": "steps"}, FOOT, 2.0, (True, True)),
        ({"highway": "unclassified", "ford": "yes"}, CAR_4X4, 5.0, (True, True)),
        ({"highway": "secondary", "maxweight": "7.5"}, ARMOURED, None, (True, True)),
        ({"highway": "secondary", "maxweight": "7.5"}, CAR, 50.0, (True, True)),
        ({"highway": "secondary", "maxweight": "20 t"}, ARMOURED, 50.0, (True, True)),
        ({"highway": "secondary", "maxheight": "2.5"}, ARMOURED, None, (True, True)),
        ({"highway": "secondary", "maxheight": "default"}, TRUCK, 50.0, (True, True)),
        ({"highway": "secondary", "maxwidth": "2.2 m"}, ARMOURED, None, (True, True)),
        ({"highway": "secondary", "maxaxleload": "7"}, ARMOURED, None, (True, True)),
        ({"highway": "secondary", "junction": "roundabout"}, CAR, 50.0, (True, False)),
        (
            {"highway": "secondary", "oneway": "yes", "oneway:motorcycle": "no"},
            MOTORCYCLE,
            50.0,
            (True, True),
        ),
    ],
)
def test_tags_say_who_drives_how_fast_and_which_way(
    tags: dict[str, str], vehicle: Vehicle, speed: float | None, ways: tuple[bool, bool]
) -> None:
    found = vehicle.speed_kmh(tags)
    assert found == (speed if speed is None else pytest.approx(speed))
    assert vehicle.directions(tags) == ways


@pytest.mark.parametrize(
    ("key", "text", "limit"),
    [
        ("maxweight", "7.5", 7.5),
        ("maxweight", "7,5 t", 7.5),
        ("maxweight", "3500 kg", 3.5),
        ("maxweight", "10 st", 9.0718474),
        ("maxweight", "none", None),
        ("maxheight", "3.8 m", 3.8),
        ("maxheight", "12'6\"", 12 * 0.3048 + 6 * 0.0254),
        ("maxheight", "12'", 12 * 0.3048),
        ("maxheight", "below_default", None),
        ("maxwidth", "250 cm", 2.5),
    ],
)
def test_limits_are_read_in_their_units(key: str, text: str, limit: float | None) -> None:
    assert measured(key, text) == (None if limit is None else pytest.approx(limit))


def test_speed_limits_in_miles_and_in_words() -> None:
    assert limit_kmh("30 mph") == pytest.approx(48.28, abs=0.01)
    assert limit_kmh("50 km/h") == 50.0
    assert limit_kmh("walk") is None
    assert limit_kmh("1") is None


def test_a_heavier_vehicle_of_the_same_kind_is_kept_off_what_bears_the_lighter_one() -> None:
    road = {"highway": "tertiary", "maxweight": "16"}
    assert ARMOURED.speed_kmh(road) is not None
    assert replace(ARMOURED, weight_t=22.0).speed_kmh(road) is None


@pytest.mark.parametrize(
    ("barrier", "passing"),
    [
        ({"barrier": "bollard"}, {"motorcycle", "foot"}),
        ({"barrier": "block"}, {"foot"}),
        ({"barrier": "gate"}, set(VEHICLES)),
        ({"barrier": "gate", "access": "no", "foot": "yes"}, {"foot"}),
        ({"barrier": "gate", "locked": "yes"}, {"foot"}),
        ({"barrier": "bollard", "motor_vehicle": "yes"}, set(VEHICLES)),
        ({"barrier": "wall"}, set()),
    ],
)
def test_barriers_stop_whom_they_stop(barrier: dict[str, str], passing: set[str]) -> None:
    assert {kind for kind, vehicle in VEHICLES.items() if vehicle.passes(barrier)} == passing


def test_a_barrier_on_a_road_bars_the_way_and_not_for_everyone() -> None:
    at = np.array([[36.0, 35.0], [36.001, 35.0], [36.002, 35.0]])
    roads = map_of([Way(at, {"highway": "residential"}, (1, 2, 3), {1: {"barrier": "bollard"}})], None, 100)
    assert len(roads.graph(CAR).from_node) == 0
    assert len(roads.graph(FOOT).from_node) == 4


def test_the_real_roads_hold_ways_on_foot_that_no_car_takes_and_bridges() -> None:
    roads = read_roads(HELSINKI, vehicles=tuple(VEHICLES.values()))
    length = {kind: roads.graph(vehicle).metres.sum() for kind, vehicle in VEHICLES.items()}
    assert length["foot"] > length["car"] > 0.0
    of_lorries = [tags for tags in roads.tags if ARMOURED.speed_kmh(tags) and not CAR_4X4.speed_kmh(tags)]
    assert all(tags["motorcar"] == "no" and tags["hgv"] in ("yes", "destination") for tags in of_lorries)
    assert roads.bridges().any()
    assert not roads.synthetic

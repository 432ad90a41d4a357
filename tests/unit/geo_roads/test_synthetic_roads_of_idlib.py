"""The synthetic roads of the Idlib example: what the script makes, and that it is what is committed."""

from __future__ import annotations

import json
import runpy
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from geographiclib.geodesic import Geodesic

from truceline.geo.roads.read import read_roads
from truceline.geo.roads.vehicles import CAR

FOLDER = Path(__file__).parents[3] / "examples" / "idlib-2018" / "roads"


@pytest.fixture(scope="module")
def script() -> dict[str, Any]:
    return runpy.run_path(str(FOLDER / "build.py"))


@pytest.fixture(scope="module")
def roads() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FOLDER / "roads.geojson").read_text(encoding="utf-8"))
    return found


def test_the_committed_roads_are_those_that_the_script_makes(
    script: dict[str, Any], roads: dict[str, Any]
) -> None:
    assert json.loads(json.dumps(script["features"]())) == roads["features"]


def test_the_file_and_every_road_in_it_say_that_they_are_synthetic(roads: dict[str, Any]) -> None:
    assert roads["synthetic"] is True
    assert all(road["properties"]["synthetic"] is True for road in roads["features"])


def test_towns_are_joined_where_no_third_lies_in_their_circle_and_with_their_nearest(
    script: dict[str, Any], roads: dict[str, Any]
) -> None:
    """Gabriel's rule, one pair after the other, with GeographicLib."""
    towns = sorted(script["towns"]())

    def metres(a: tuple[float, float], b: tuple[float, float]) -> float:
        return float(Geodesic.WGS84.Inverse(a[1], a[0], b[1], b[0])["s12"])

    far = {pair: metres(*pair) for pair in combinations(towns, 2)}
    far |= {(b, a): length for (a, b), length in far.items()}
    expected = {
        frozenset(pair)
        for pair in combinations(towns, 2)
        if all(far[pair[0], c] ** 2 + far[pair[1], c] ** 2 >= far[pair] ** 2 for c in towns if c not in pair)
    }
    for town in towns:
        nearest = sorted((other for other in towns if other != town), key=lambda other: far[town, other])
        expected |= {frozenset((town, other)) for other in nearest[:3]}
    drawn = {
        frozenset((tuple(line[0]), tuple(line[-1])))
        for line in (road["geometry"]["coordinates"] for road in roads["features"])
    }
    assert expected <= drawn
    assert drawn - expected <= set(script["legs"]())


def test_every_town_is_reached_from_every_other() -> None:
    found = read_roads(FOLDER / "roads.geojson")
    assert found.synthetic
    graph = found.graph(CAR)
    least, _ = graph.search(graph.seconds(40.0)).least(np.array([0]))
    assert np.isfinite(least).all()

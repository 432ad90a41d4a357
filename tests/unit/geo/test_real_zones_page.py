"""The figures on the page of real zones are those that its script computes from its data."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
import shapely
from geographiclib.geodesic import Geodesic

DOCS = Path(__file__).parents[3] / "docs"
PAGE = (DOCS / "reference" / "real-zones.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("real_zones", DOCS / "figures" / "real_zones.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["real_zones"] = module
    spec.loader.exec_module(module)
    return module


def test_the_korean_figures_of_the_page_are_computed_from_its_data(script: ModuleType) -> None:
    korea = script.real_zones()[0]
    audit = korea.audit()
    north, south = (script.summary(audit, side) for side in ("left", "right"))
    rows = dict(re.findall(r"^\| ([^|]+?) \| (.+) \|$", PAGE, flags=re.MULTILINE))
    assert rows["stations not cut short"] == f"{north['stations']} | {south['stations']}"
    expected = [f"{n['p05']:,.0f}, {n['median']:,.0f}, {n['p95']:,.0f}" for n in (north, south)]
    assert rows["5%, median, 95%"] == " | ".join(expected)
    assert rows["greatest"] == f"{north['max']:,.0f} | {south['max']:,.0f}"
    assert f"along {audit.share_within:.1%} of the line" in PAGE
    assert f"{audit.area_m2 / 1e6:.0f} km²" in PAGE
    # A perpendicular by GeographicLib crosses the zone's edge where the audit says it ends.
    outline = shapely.boundary(korea.zone)
    for station in [s for s in audit.profile if not s.limited][40:640:60]:
        place = shapely.Point(station.lon, station.lat)
        found = [
            Geodesic.WGS84.Direct(station.lat, station.lon, azimuth, station.depth_m)
            for azimuth in np.arange(0.0, 360.0, 0.5)
        ]
        reached = shapely.points([[end["lon2"], end["lat2"]] for end in found])
        assert shapely.distance(outline, reached).min() * 111_700.0 < 10.0
        assert korea.zone.covers(place)


def test_how_coarse_the_other_source_is_stands_on_the_page(script: ModuleType) -> None:
    mean, most, greatest = (value / 1000.0 for value in script.coarseness())
    words = " ".join(PAGE.split())
    assert f"on average {mean:.1f} km, at 95% of the places within {most:.1f} km" in words
    assert f"at most {greatest:.1f} km" in words


@pytest.mark.parametrize(
    ("order", "said"), [(1, "142.6 km, 316.7 km²"), (2, "94.8 km in this drawing, 265.0 km²")]
)
def test_lengths_and_areas_of_the_coarse_zones_stand_on_the_page(
    script: ModuleType, order: int, said: str
) -> None:
    zone = script.real_zones()[order]
    length = script.Line.from_geometry(zone.line).length_m / 1000.0
    area = script.area_m2(zone.zone) / 1e6
    assert f"{length:.1f} km" in said
    assert f"{area:.1f} km²" in said
    assert said in " ".join(PAGE.split())

"""Depths of a derivation along stretches of its line, against GeographicLib."""

from pathlib import Path

import pytest
import shapely
from geographiclib.geodesic import Geodesic

from truceline.accord.geometry import ZoneGeometry, resolve_geometry
from truceline.accord.load import read_document
from truceline.app.drawn import geometry_at
from truceline.core.errors import InvalidAccord
from truceline.core.instants import parse_instant, zone_of

WGS84 = Geodesic.WGS84
COURSE = WGS84.Inverse(50, 30, 50, 30.5)  # of the line, 35.8 km

LEFT = """derivation:
      - line: line
        side: left
        depth_m: {min: 1000, max: 2000}
        segments:
          - {from_m: 10000, to_m: 20000, depth_m: {min: 3000, max: 5000}}
          - {from_m: 20000, to_m: 25000, depth_m: {max: 0}}"""
UNEQUAL = """derivation:
      - {line: line, side: left, depth_m: {min: 1000, max: 2000}}
      - line: line
        side: right
        depth_m: {max: 4000}
        segments: [{from_m: 0, to_m: 15000, depth_m: {max: 6000}}]"""
DERIVATION = "derivation: {line: line, side: both, depth_m: {min: 1000, max: 2000}}"


def beside(along_m: float, off_m: float) -> shapely.Point:
    """The place so far along the line and so far off it, to the left where positive."""
    foot = WGS84.InverseLine(50, 30, 50, 30.5).Position(along_m)
    there = WGS84.Direct(foot["lat2"], foot["lon2"], foot["azi2"] - 90.0, off_m)
    return shapely.Point(there["lon2"], there["lat2"])


def zone_of_text(accord_text: str, derivation: str) -> ZoneGeometry:
    document = read_document(accord_text.replace(DERIVATION, derivation))
    return resolve_geometry(document.accord, Path()).zones["zone"]


@pytest.mark.parametrize(
    ("along_m", "least_m", "deepest_m"), [(5000, 1000, 2000), (15_000, 3000, 5000), (30_000, 1000, 2000)]
)
def test_each_stretch_has_its_own_least_and_greatest_depth(
    accord_text: str, along_m: float, least_m: float, deepest_m: float
) -> None:
    zone = zone_of_text(accord_text, LEFT)
    for area, depth_m in ((zone.min_area, least_m), (zone.max_area, deepest_m)):
        assert area.contains(beside(along_m, depth_m - 0.2))
        assert not area.contains(beside(along_m, depth_m + 0.2))
        assert not area.contains(beside(along_m, -0.2))


def test_a_stretch_of_depth_0_has_no_zone_beside_it(accord_text: str) -> None:
    zone = zone_of_text(accord_text, LEFT)
    assert not zone.max_area.contains(beside(22_000, 1.0))
    assert not zone.min_area.contains(beside(22_000, 1.0))
    assert zone.max_area.contains(beside(25_001, 1.0))


def test_two_derivations_give_unequal_sides_each_with_its_stretches(accord_text: str) -> None:
    zone = zone_of_text(accord_text, UNEQUAL)
    for along_m, left_m, right_m in ((7000, 2000, 6000), (25_000, 2000, 4000)):
        assert zone.max_area.contains(beside(along_m, left_m - 0.2))
        assert not zone.max_area.contains(beside(along_m, left_m + 0.2))
        assert zone.max_area.contains(beside(along_m, 0.2 - right_m))
        assert not zone.max_area.contains(beside(along_m, -0.2 - right_m))


def test_a_width_is_halved_along_stretches_too(accord_text: str) -> None:
    whole = LEFT.replace("side: left", "side: both\n        measure: width")
    zone = zone_of_text(accord_text, whole)
    assert zone.max_area.contains(beside(15_000, 2499.8))
    assert not zone.max_area.contains(beside(15_000, 2500.2))
    assert zone.max_area.contains(beside(15_000, -2499.8))


def test_what_assessment_and_report_draw_is_the_same_ground_also_when_remembered(
    accord_text: str, tmp_path: Path
) -> None:
    accord = read_document(accord_text.replace(DERIVATION, LEFT)).accord
    as_of = parse_instant("2030-06-01", zone_of(accord.accord.time_zone))
    plain = resolve_geometry(accord, Path()).zones["zone"]
    for _ in range(2):
        drawn = geometry_at(accord, tmp_path, as_of, None).zones["zone"]
        assert drawn.max_area.equals(plain.max_area)
        assert drawn.min_area.equals(plain.min_area)
    uniform = geometry_at(read_document(accord_text).accord, tmp_path, as_of, None).zones["zone"]
    assert not uniform.max_area.equals(plain.max_area)


@pytest.mark.parametrize(
    ("segments", "words"),
    [
        ("[{from_m: 0, to_m: 90, depth_m: {max: 8}}, {from_m: 80, to_m: 99, depth_m: {max: 9}}]", "overlap"),
        ("[{from_m: 90, to_m: 80, depth_m: {max: 8}}]", "above from_m"),
        ("[{from_m: 90, to_m: 90.5, depth_m: {max: 8}}]", "at least 1 m"),
        ("[{from_m: 0, depth_m: {max: 8}}]", "to_m"),
        ("[{from_m: 0, to_m: far, depth_m: {max: 8}}]", "to_m"),
    ],
)
def test_stretches_that_make_no_sense_are_named_with_their_line(
    accord_text: str, segments: str, words: str
) -> None:
    text = accord_text.replace("max: 2000}}", f"max: 2000}}, segments: {segments}}}")
    with pytest.raises(InvalidAccord, match=words) as caught:
        read_document(text, "accord.yaml")
    assert caught.value.faults[0].line is not None
    assert (caught.value.faults[0].path or "").startswith("zones[0].derivation")

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import shapely
from geographiclib.geodesic import Geodesic

from truceline.accord.effective import effective
from truceline.accord.geometry import resolve_geometry
from truceline.accord.load import load_accord, read_document
from truceline.accord.model import WeaponSpec
from truceline.accord.weapons import any_covers, class_named, classes, covers, label, within
from truceline.core.errors import InvalidGeometry, InvalidInput, NotFound


def spec(weapon_class: str, **fields: Any) -> WeaponSpec:
    return WeaponSpec.model_validate({"class": weapon_class} | fields)


@pytest.mark.parametrize(
    ("wanted", "seen", "expected"),
    [
        (spec("heavy_weapon"), {"weapon_class": "tank"}, True),
        (spec("heavy_weapon"), {"weapon_class": "small_arms"}, False),
        (spec("heavy_weapon"), {"weapon_class": None}, None),
        (spec("tank"), {"weapon_class": "heavy_weapon"}, None),
        (spec("tank"), {"weapon_class": "Tanks"}, True),
        (spec("tank"), {"weapon_class": "mortar"}, False),
        (spec("tank"), {"weapon_class": "catapult"}, None),
        (spec("missile"), {"weapon_class": "air_defence"}, None),
        (spec("artillery", calibre_mm={"min": 100}), {"weapon_class": "artillery"}, None),
        (spec("artillery", calibre_mm={"min": 100}), {"weapon_class": "artillery", "calibre_mm": 100}, True),
        (spec("artillery", calibre_mm={"min": 100}), {"weapon_class": "howitzer", "calibre_mm": 85}, False),
        (spec("artillery", calibre_mm={"min": 100}), {"weapon_class": None, "equipment": "D-30"}, True),
        (spec("artillery", calibre_mm={"min": 100}), {"weapon_class": "tank", "calibre_mm": 125}, False),
        (
            spec("multiple_rocket_launcher", equipment=["Uragan"]),
            {"weapon_class": None, "equipment": "BM 27"},
            True,
        ),
        (
            spec("multiple_rocket_launcher", equipment=["Uragan"]),
            {"weapon_class": None, "equipment": "Grad"},
            False,
        ),
        (spec("multiple_rocket_launcher", equipment=["Uragan"]), {"weapon_class": "mlrs"}, None),
        (
            spec("multiple_rocket_launcher", equipment=["X-1"]),
            {"weapon_class": "mlrs", "equipment": "x 1"},
            True,
        ),
        (spec("artillery", range_km={"max": 20}), {"weapon_class": "artillery"}, None),
        (spec("personnel"), {"weapon_class": "fighters"}, True),
    ],
)
def test_whether_a_provision_covers_a_weapon(
    wanted: WeaponSpec, seen: dict[str, Any], expected: bool | None
) -> None:
    assert covers(wanted, **seen) is expected


def test_any_of_several_specifications_covers() -> None:
    specs = [spec("tank"), spec("artillery", calibre_mm={"min": 100})]
    assert any_covers(specs, weapon_class="tank") is True
    assert any_covers(specs, weapon_class="artillery") is None
    assert any_covers(specs, weapon_class="balloon") is False
    assert any_covers([], weapon_class="tank") is False


def test_every_class_belongs_to_classes_that_exist_and_never_to_itself_by_a_circle() -> None:
    for id, weapon_class in classes().items():
        assert set(weapon_class.belongs_to) <= set(classes())
        assert all(id not in within(parent) for parent in weapon_class.belongs_to)
        assert class_named(id) == id
        assert label(id)


def test_the_zone_of_idlib_lies_on_the_oppositions_side_and_is_nested(idlib: Path) -> None:
    geometry = resolve_geometry(load_accord(idlib), idlib.parent)
    zone = geometry.zones["demilitarized-zone"]
    assert zone.approximate
    assert zone.uncertainty_m >= 3000
    # Khan Shaykhun was held by the opposition, Hama by the government: GeoNames' coordinates.
    assert zone.area.contains(shapely.Point(36.65095, 35.44208))
    assert not zone.area.contains(shapely.Point(36.75783, 35.13179))
    assert zone.min_area.area < zone.max_area.area
    assert zone.min_area.difference(zone.max_area).area < 1e-5
    assert set(geometry.routes) == {"route-latakia-aleppo", "route-latakia-hama"}
    assert geometry.route_error_m["route-latakia-aleppo"] == 3000
    assert geometry.places["idlib-area"].contains(geometry.places["saraqib"])


def test_a_total_width_takes_half_of_it_on_either_side(accord_text: str, tmp_path: Path) -> None:
    text = accord_text.replace("max: 2000}", "max: 2000}, measure: width").replace("min: 1000,", "")
    zone = resolve_geometry(read_document(text).accord, tmp_path).zones["zone"]
    for distance, expected in ((990.0, True), (1010.0, False)):
        for bearing in (0.0, 180.0):
            at = Geodesic.WGS84.Direct(50, 30.25, bearing, distance)
            # the geodesic between two places of one latitude runs a little north of it
            assert (
                zone.area.buffer(0.0003 if expected else -0.0003).contains(
                    shapely.Point(at["lon2"], at["lat2"])
                )
                is expected
            )


def test_bands_are_measured_from_each_partys_own_line(idlib: Path) -> None:
    folder = idlib.parents[1] / "golan-1974"
    bands = resolve_geometry(load_accord(folder / "accord.yaml"), folder).bands["tanks-20"]
    assert set(bands) == {"israel", "syria"}
    # West of line A by 15 km and east of line B by 15 km, from points on the lines.
    west = Geodesic.WGS84.Direct(33.08, 35.82, 270, 15000)
    east = Geodesic.WGS84.Direct(33.08, 35.87, 90, 15000)
    assert bands["israel"].area.contains(shapely.Point(west["lon2"], west["lat2"]))
    assert bands["syria"].area.contains(shapely.Point(east["lon2"], east["lat2"]))
    assert not bands["israel"].area.intersects(bands["syria"].area)


def test_bands_differ_by_sector(idlib: Path) -> None:
    folder = idlib.parents[1] / "korea-2018"
    bands = resolve_geometry(load_accord(folder / "accord.yaml"), folder).bands["no-fly-fixed-wing"]
    assert set(bands) == {"east", "west"}
    for sector, lon, lat, inside in (("east", 127.8, 38.33, 30000), ("west", 126.95, 38.09, 15000)):
        near = Geodesic.WGS84.Direct(lat, lon, 180, inside)
        assert bands[sector].area.contains(shapely.Point(near["lon2"], near["lat2"]))
    far_west = Geodesic.WGS84.Direct(37.95, 126.68, 180, 45000)
    assert not bands["west"].area.contains(shapely.Point(far_west["lon2"], far_west["lat2"]))


def test_what_is_not_drawn_is_absent_and_no_error(accord_text: str, tmp_path: Path) -> None:
    text = accord_text.replace("    geometry: {type: LineString, coordinates: [[30, 50], [30.5, 50]]}\n", "")
    geometry = resolve_geometry(read_document(text).accord, tmp_path)
    assert geometry.lines == {}
    assert geometry.zones == {}


def test_the_version_of_a_line_that_is_valid_on_the_day_counts(accord_text: str, tmp_path: Path) -> None:
    later = (
        "  - {id: line-2, version_of: line, valid_from: 2030-06-01,"
        " geometry: {type: LineString, coordinates: [[30, 51], [30.5, 51]]}}\nzones:\n"
    )
    accord = read_document(accord_text.replace("zones:\n", later)).accord
    for day, latitude in ((date(2030, 5, 1), 50), (date(2030, 7, 1), 51)):
        zone = resolve_geometry(accord, tmp_path, on=day).zones["zone"]
        assert abs(zone.area.centroid.y - latitude) < 0.1


@pytest.mark.parametrize(
    ("reference", "error"),
    [
        ("none.geojson", NotFound),
        ("routes.geojson#none", NotFound),
        ("../up.geojson", InvalidInput),
        ("{type: Point, coordinates: [30, 50]}", InvalidGeometry),
    ],
)
def test_a_geometry_that_is_not_there_or_no_line_is_refused(
    accord_text: str, idlib: Path, reference: str, error: type[Exception]
) -> None:
    text = accord_text.replace("{type: LineString, coordinates: [[30, 50], [30.5, 50]]}", reference)
    with pytest.raises(error):
        resolve_geometry(read_document(text).accord, idlib.parent)


def test_each_reading_of_the_zone_draws_another_zone(idlib: Path) -> None:
    accord = load_accord(idlib)
    areas = {
        reading: resolve_geometry(effective(accord, reading=reading), idlib.parent)
        .zones["demilitarized-zone"]
        .area.area
        for reading in ("depth-of-one-side", "both-sides")
    }
    assert areas["both-sides"] > 1.8 * areas["depth-of-one-side"]

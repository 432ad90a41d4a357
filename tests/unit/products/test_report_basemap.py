from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from truceline.core.errors import InvalidGeometry
from truceline.products.report.basemap import read_basemap

BOUNDS = (36.0, 35.0, 37.0, 36.0)


def _collection(*features: dict[str, Any], credit: str | None = None) -> str:
    document: dict[str, Any] = {"type": "FeatureCollection", "features": list(features)}
    if credit:
        document["attribution"] = credit
    return json.dumps(document)


def _town(lon: float, lat: float, rank: int = 1) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": {"names": {"en": "Idlib", "ar": "إدلب"}, "rank": rank},
        "geometry": {"type": "Point", "coordinates": [lon, lat]},
    }


def test_a_town_keeps_both_names(tmp_path: Path) -> None:
    (tmp_path / "towns.geojson").write_text(_collection(_town(36.6, 35.9)), encoding="utf-8")
    (town,) = read_basemap(tmp_path, BOUNDS, "en").towns
    assert (town.name, town.name_local) == ("Idlib", "إدلب")
    (town,) = read_basemap(tmp_path, BOUNDS, "ar").towns
    assert (town.name, town.name_local) == ("إدلب", None)


def test_what_lies_far_outside_the_map_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "towns.geojson").write_text(_collection(_town(36.6, 35.9), _town(40, 33)), encoding="utf-8")
    assert len(read_basemap(tmp_path, BOUNDS, "en").towns) == 1


def test_each_giver_of_data_is_credited_once(tmp_path: Path) -> None:
    (tmp_path / "governorates.geojson").write_text(_collection(credit="OCHA"), encoding="utf-8")
    (tmp_path / "districts.geojson").write_text(_collection(credit="OCHA"), encoding="utf-8")
    (tmp_path / "towns.geojson").write_text(_collection(credit="GeoNames"), encoding="utf-8")
    assert read_basemap(tmp_path, BOUNDS, "en").credits == ("OCHA", "GeoNames")


def test_a_folder_that_is_not_there_gives_an_empty_basemap(tmp_path: Path) -> None:
    basemap = read_basemap(tmp_path / "none", BOUNDS, "en")
    assert (basemap.land, basemap.districts, basemap.towns, basemap.credits) == ((), (), (), ())


@pytest.mark.parametrize("text", ["{", "[]", '{"type": "FeatureCollection"}'])
def test_a_file_that_is_no_geojson_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "towns.geojson").write_text(text, encoding="utf-8")
    with pytest.raises(InvalidGeometry, match=r"towns\.geojson"):
        read_basemap(tmp_path, BOUNDS, "en")


def test_the_basemap_of_the_example_is_complete_and_credited(idlib: Path) -> None:
    basemap = read_basemap(idlib / "basemap", (35.7, 35.0, 37.4, 36.5), "en")
    assert {"Idlib", "Aleppo", "Hama", "Latakia"} <= {town.name for town in basemap.towns if town.rank == 1}
    assert all(town.name_local for town in basemap.towns)
    assert len(basemap.districts) >= 15
    assert basemap.credits == ("OCHA", "GeoNames")


def test_an_overlay_is_a_layer_of_its_own_under_its_name(tmp_path: Path) -> None:
    line = {
        "type": "Feature",
        "properties": {"name": "a way", "dashed": True},
        "geometry": {"type": "LineString", "coordinates": [[36.2, 35.2], [36.4, 35.4]]},
    }
    document = json.loads(_collection(line)) | {"title": {"en": "Ways", "ar": "طرق"}}
    (tmp_path / "overlay-ways.geojson").write_text(json.dumps(document), encoding="utf-8")
    (overlay,) = read_basemap(tmp_path, BOUNDS, "ar").overlays
    assert (overlay.name, len(overlay.features)) == ("طرق", 1)
    assert read_basemap(tmp_path / "none", BOUNDS, "en").overlays == ()

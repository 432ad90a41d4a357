"""The GeoJSON reader: our own names as properties, every geometry."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import shapely
from geographiclib.geodesic import Geodesic

from truceline.core.errors import InvalidEvidence

Reads = Callable[..., Any]
PROPERTIES = {"kind": "patrol", "date": "2018-10-01"}


def collection(*geometries: Any, **properties: Any) -> str:
    return json.dumps(
        {
            "type": "FeatureCollection",
            "features": [
                {"type": "Feature", "geometry": geometry, "properties": PROPERTIES | properties}
                for geometry in geometries
            ],
        }
    )


def test_every_extended_geometry_lies_within_its_radius(data: Path, read_path: Reads) -> None:
    found = read_path(data / "features.geojson").observations
    kinds = set()
    for seen in found:
        if seen["geometry"] is None:
            continue
        shape = shapely.from_wkb(seen["geometry"])
        kinds.add(shape.geom_type)
        for lon, lat in shapely.get_coordinates(shape):
            away = Geodesic.WGS84.Inverse(seen["lat"], seen["lon"], lat, lon)["s12"]
            assert away <= seen["error_m"] + 1e-3
        assert shapely.distance(shape, shapely.Point(seen["lon"], seen["lat"])) < 1e-9
    assert kinds == {"LineString", "Polygon", "MultiPoint", "MultiLineString"}


def test_lists_of_actors_and_numbers_are_read_as_such(data: Path, read_path: Reads) -> None:
    found = read_path(data / "features.geojson").observations
    patrol = next(o for o in found if o["kind"] == "patrol")
    weapon = next(o for o in found if o["kind"] == "weapon_sighting")
    assert patrol["actors"] == ["turkey", "russia"]
    assert patrol["error_m"] == 250
    assert weapon["count"] == 3
    assert weapon["synthetic"] is True
    assert patrol["origin_id"] == "geo-06"


def test_a_feature_without_geometry_has_no_place(read_text: Reads) -> None:
    (row,) = read_text(collection(None)).observations
    assert (row["lon"], row["error_m"], row["geometry"]) == (None, None, None)


@pytest.mark.parametrize(
    ("geometry", "words"),
    [
        ({"type": "Point", "coordinates": [200, 35]}, "out of range"),
        ({"type": "Point", "coordinates": []}, "empty"),
        ({"type": "Circle", "coordinates": [36, 35]}, "cannot be read"),
        ({"type": "Point", "coordinates": ["36", "35"]}, "cannot be read"),
        ({"type": "LineString", "coordinates": [[36, 35]]}, ""),
        ("Point", "cannot be read"),
        ({"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]}, "not valid"),
        ({"type": "Polygon", "coordinates": [[[36, 35], [36, 95], [37, 35], [36, 35]]]}, "out of range"),
    ],
)
def test_a_bad_geometry_sets_its_feature_aside(geometry: Any, words: str, read_text: Reads) -> None:
    found = read_text(collection({"type": "Point", "coordinates": [36, 35]}, geometry))
    assert len(found.observations) == 1
    (fault,) = found.quarantined
    assert (fault.row, fault.path) == (2, "geometry")
    assert words in fault.message


def test_a_bad_property_sets_its_feature_aside(read_text: Reads) -> None:
    found = read_text(collection({"type": "Point", "coordinates": [36, 35]}, kind="patrl"))
    assert found.quarantined[0].path == "kind"
    assert "did you mean patrol?" in found.quarantined[0].message


@pytest.mark.parametrize(
    "text",
    [
        '{"type": "FeatureCollection", "features": [',
        '{"type": "FeatureCollection", "features": {}}',
        '{"type": "FeatureCollection", "crs": {"properties": {"name": "EPSG:3857"}}, "features": []}',
        "[" * 100_000 + '"Feature"',
    ],
)
def test_a_broken_document_is_refused_whole(text: str, read_text: Reads) -> None:
    with pytest.raises(InvalidEvidence):
        read_text(text, format="geojson")


def test_what_is_no_feature_is_set_aside(read_text: Reads) -> None:
    document = json.loads(collection({"type": "Point", "coordinates": [36, 35]}))
    document["features"] += [None, 7, {"type": "Feature", "properties": [1]}]
    found = read_text(json.dumps(document))
    assert (len(found.observations), [fault.row for fault in found.quarantined]) == (1, [2, 3, 4])

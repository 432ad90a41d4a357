import json
from pathlib import Path

import pytest
import shapely

from truceline.core.errors import InvalidGeometry, InvalidInput, NotFound
from truceline.geo.geojson import read_line, read_polygon
from truceline.geo.inside import p_inside
from truceline.geo.line import Line
from truceline.geo.zone import derive_zone


@pytest.mark.parametrize(
    ("coords", "words"),
    [
        ([(36, 35), (float("nan"), 35)], "not a finite number"),
        ([(36, 35), (36, float("inf"))], "not a finite number"),
        ([(36, 95), (36.1, 95)], "lat, lon"),
        ([(190, 35), (191, 35)], "out of range"),
        ([(36, 35), (36, 35)], "no length"),
        ([(0, 0), (150, 5)], "too long"),
    ],
)
def test_a_line_that_cannot_be_used_says_why(coords: list[tuple[float, float]], words: str) -> None:
    with pytest.raises(InvalidGeometry, match=words):
        Line.from_geometry(shapely.LineString(coords))


def test_repeated_vertices_change_nothing() -> None:
    once = Line.from_geometry(shapely.LineString([(36, 35), (36.5, 35), (36.5, 35.5)]))
    twice = Line.from_geometry(shapely.LineString([(36, 35), (36, 35), (36.5, 35), (36.5, 35), (36.5, 35.5)]))
    assert once.length_m == twice.length_m
    assert len(twice.parts[0]) == 3


def test_a_file_that_is_no_json_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "l.geojson").write_text('{"type":\n oops}')
    with pytest.raises(InvalidGeometry, match=r"l\.geojson, line 2"):
        read_line(tmp_path / "l.geojson")


def test_each_bad_feature_is_named(tmp_path: Path) -> None:
    point = {"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [1, 2]}}
    (tmp_path / "l.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": [point, point]}))
    with pytest.raises(InvalidGeometry) as caught:
        read_line(tmp_path / "l.geojson")
    assert [fault.path for fault in caught.value.faults] == ["features[0]", "features[1]"]


def test_another_reference_system_is_refused() -> None:
    document = {
        "type": "LineString",
        "coordinates": [[36, 35], [37, 35]],
        "crs": {"type": "name", "properties": {"name": "EPSG:3857"}},
    }
    with pytest.raises(InvalidGeometry, match="reference system"):
        read_line(document)


def test_a_file_that_is_not_there_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        read_line(tmp_path / "none.geojson")


def test_a_polygon_that_crosses_itself_is_refused() -> None:
    bow = {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]}
    with pytest.raises(InvalidGeometry, match="not valid"):
        read_polygon(bow)


def test_a_negative_error_is_refused_with_its_row() -> None:
    with pytest.raises(InvalidGeometry, match="row 2"):
        p_inside(shapely.box(36, 35, 37, 36), [36.5, 36.5], [35.5, 35.5], [0, -1])


@pytest.mark.parametrize("depth", [0.0, -5.0, float("nan"), 9e9])
def test_a_depth_that_makes_no_zone_is_refused(depth: float) -> None:
    with pytest.raises(InvalidInput, match="depth"):
        derive_zone(shapely.LineString([(36, 35), (37, 35)]), depth)

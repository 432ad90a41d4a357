"""Lines from polygon control data, and from the places of real districts whose border is known."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import numpy as np
import pytest
import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from truceline.core.errors import InvalidGeometry, InvalidInput
from truceline.geo.control import ControlPoint, line_from_control
from truceline.geo.control_areas import (
    ControlArea,
    areas_as_of,
    line_from_areas,
    points_as_of,
    read_control,
)
from truceline.geo.nearest import LineIndex


def front(gap: float) -> list[tuple[float, float]]:
    """An invented front, moved to the east by a gap in degrees."""
    lat = np.linspace(35.0, 36.0, 300)
    return [(float(36.5 + gap + 0.12 * np.sin(y * 9.0)), float(y)) for y in lat]


def areas(gap: float) -> list[ControlArea]:
    west = shapely.Polygon([*front(0.0), (36.0, 36.0), (36.0, 35.0)])
    east = shapely.Polygon([*front(gap), (37.0, 36.0), (37.0, 35.0)])
    return [ControlArea(west, "west", "2020-01-01"), ControlArea(east, "east", "2020-01-01")]


def off_m(line: BaseGeometry, truth: BaseGeometry) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    places = shapely.get_coordinates(shapely.segmentize(line, 0.005))
    return LineIndex(truth).nearest(places[:, 0], places[:, 1]).distance_m


def test_a_shared_border_is_found_to_within_the_inset() -> None:
    result = line_from_areas(areas(0.0), ["west"], ["east"])
    off = off_m(result.geometry, shapely.LineString(front(0.0)))
    assert np.quantile(off, 0.95) < 20.0
    assert off.max() < 100.0
    assert result.uncertainty_m == 500.0
    assert LineIndex(result.geometry).nearest(36.05, 35.5).side[0] == 1


@pytest.mark.parametrize("gap", [0.03, -0.03])
def test_a_gap_and_an_overlap_are_halved_and_half_their_width_is_the_uncertainty(gap: float) -> None:
    result = line_from_areas(areas(gap), ["west"], ["east"])
    middle = off_m(result.geometry, shapely.LineString(front(gap / 2)))
    # Halfway between two curves that are the same but for a shift east is not quite the curve shifted half.
    assert np.quantile(middle, 0.9) < 150.0
    truth = shapely.MultiLineString([front(0.0), front(gap)])
    half = off_m(result.geometry, truth)
    assert max(result.uncertainties_m) == pytest.approx(half.max(), rel=0.1)


def test_no_line_is_drawn_across_a_wider_gap_nor_where_a_third_partys_ground_is_nearer() -> None:
    with pytest.raises(InvalidInput, match="no line can be drawn"):
        line_from_areas(areas(0.2), ["west"], ["east"])
    third = ControlArea(shapely.box(36.3, 35.7, 36.8, 36.0), "other")
    held = [ControlArea(a.area.difference(third.area), a.controlled_by) for a in areas(0.0)]
    result = line_from_areas([*held, third], ["west"], ["east"])
    assert result.geometry.bounds[3] == pytest.approx(35.7, abs=0.01)


def governorates(idlib: Path) -> dict[str, BaseGeometry]:
    document = json.loads((idlib / "basemap" / "governorates.geojson").read_text(encoding="utf-8"))
    return {f["properties"]["names"]["en"]: shape(f["geometry"]) for f in document["features"]}


def border_of_idlib(idlib: Path) -> BaseGeometry:
    """The border that the governorate of Idlib shares with its neighbours in Syria."""
    ground = governorates(idlib)
    (name,) = [name for name in ground if name.startswith("Idl")]
    others = shapely.union_all([area for key, area in ground.items() if key != name])
    shared = shapely.line_merge(shapely.intersection(ground[name], others, grid_size=1e-6))
    lines = [part for part in shapely.get_parts(shared) if part.geom_type == "LineString"]
    return shapely.MultiLineString(lines)


def held_by(idlib: Path) -> list[ControlArea]:
    return [
        ControlArea(area, "idlib" if name.startswith("Idl") else "others")
        for name, area in governorates(idlib).items()
    ]


def test_the_real_border_of_a_governorate_is_found_from_its_areas(idlib: Path) -> None:
    result = line_from_areas(held_by(idlib), ["idlib"], ["others"])
    off = off_m(result.geometry, border_of_idlib(idlib))
    assert result.line.length_m > 250_000
    assert np.quantile(off, 0.9) < 60.0
    bounds = np.array(result.uncertainties_m)
    assert (bounds >= 500.0).all()


def test_the_real_border_is_found_from_real_towns_within_the_stated_bounds(idlib: Path) -> None:
    # The 68 places of the control data and 35 towns, each told which governorate it lies in: a truth that is
    # known, with places as sparse as those of the front.
    rows = [
        line.rsplit(",", 5)
        for line in (idlib / "control-points.csv").read_text(encoding="utf-8").splitlines()[1:]
    ]
    places = {(float(row[1]), float(row[2])): row[0] for row in rows}
    towns = json.loads((idlib / "basemap" / "towns.geojson").read_text(encoding="utf-8"))
    places |= {tuple(f["geometry"]["coordinates"]): f["properties"]["names"]["en"] for f in towns["features"]}
    ground = held_by(idlib)
    points = []
    for (lon, lat), name in places.items():
        holders = [g.controlled_by for g in ground if g.area.covers(shapely.Point(lon, lat))]
        points.append(ControlPoint(name, lon, lat, holders[0] if holders else "abroad"))
    result = line_from_control(points, ["idlib"], ["others"], floor_m=0.0)
    truth = border_of_idlib(idlib)
    vertices = shapely.get_coordinates(result.geometry)
    off = LineIndex(truth).nearest(vertices[:, 0], vertices[:, 1]).distance_m
    within = (off <= np.array(result.uncertainties_m)).mean()
    assert within > 0.9
    assert off.mean() < 0.7 * np.mean(result.uncertainties_m)


def test_the_last_map_and_the_last_word_on_a_place_up_to_a_day_count() -> None:
    one, other = areas(0.0), areas(0.01)
    later = [ControlArea(a.area, a.controlled_by, "2021-06-01") for a in other]
    assert areas_as_of([*one, *later], date(2021, 5, 31)) == one
    assert areas_as_of([*one, *later], date(2021, 6, 1)) == later
    with pytest.raises(InvalidInput, match="2020-01-01"):
        areas_as_of([*one, *later], date(2019, 1, 1))
    town = [
        ControlPoint("town", 36.0, 35.0, holder, day)
        for holder, day in (("a", "2018-01-01"), ("b", "2018-03-01"), ("c", "2018-02-01"))
    ]
    assert [p.controlled_by for p in points_as_of(town, date(2018, 2, 15))] == ["c"]
    assert [p.controlled_by for p in points_as_of(town, date(2019, 1, 1))] == ["b"]
    with pytest.raises(InvalidInput, match="2018-01-01"):
        points_as_of(town, date(2017, 1, 1))


def test_features_that_are_no_control_data_are_listed(tmp_path: Path) -> None:
    square = shapely.geometry.mapping(shapely.box(0, 0, 1, 1))
    features = [
        {"type": "Feature", "properties": {}, "geometry": square},
        {"type": "Feature", "properties": {"controlled_by": "a"}, "geometry": square},
        {
            "type": "Feature",
            "properties": {"controlled_by": "b"},
            "geometry": {"type": "LineString", "coordinates": [[0, 0], [1, 1]]},
        },
    ]
    path = tmp_path / "c.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    with pytest.raises(InvalidGeometry) as caught:
        read_control(path)
    assert [fault.path for fault in caught.value.faults] == ["features[0]", "features[2]"]

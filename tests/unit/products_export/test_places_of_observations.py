"""A point only where the place is known; else an area that holds it. Distances by an independent library."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
import shapely
from geographiclib.geodesic import Geodesic
from hypothesis import example, given, settings
from hypothesis import strategies as st

from truceline.products.export.shapes import SHAPES, discs_around, geometry_of, shapes_of

Make = Callable[..., pa.Table]


@settings(max_examples=40)
@example(lon=179.9, lat=10.0, radius=60_000.0, azimuth=90.0, share=1.0)
@example(lon=-180.0, lat=-45.0, radius=130_000.0, azimuth=270.0, share=1.0)
@example(lon=12.0, lat=89.9, radius=60_000.0, azimuth=0.0, share=1.0)
@given(
    st.floats(-180, 180), st.floats(-88, 88), st.floats(5_001, 500_000), st.floats(0, 360), st.floats(0, 1)
)
def test_the_area_of_a_coarse_place_holds_every_place_within_its_error(
    lon: float, lat: float, radius: float, azimuth: float, share: float
) -> None:
    (area,) = discs_around(np.array([lon]), np.array([lat]), np.array([radius]))
    assert shapely.is_valid(area)
    west, south, east, north = area.bounds
    assert west >= -180
    assert east <= 180
    assert south >= -90
    assert north <= 90
    place = Geodesic.WGS84.Direct(lat, lon, azimuth, radius * share)
    # Edges are straight in degrees, so that far north they bend away from the circle by a little.
    assert area.distance(shapely.Point(place["lon2"], place["lat2"])) < 2e-3 * radius / 1000 / 111


def test_its_area_is_that_of_the_circle() -> None:
    (area,) = discs_around(np.array([36.5]), np.array([35.5]), np.array([25_000.0]))
    edge = [Geodesic.WGS84.Inverse(35.5, 36.5, y, x)["s12"] for x, y in shapely.get_coordinates(area)]
    assert max(edge) < 25_000 * 1.005
    assert min(edge) > 25_000


def test_shapes_by_what_is_recorded(observation_table: Make) -> None:
    area = shapely.to_wkb(shapely.box(36, 35, 36.2, 35.2))
    line = shapely.to_wkb(shapely.LineString([(36, 35), (36.2, 35.2)]))
    at: dict[str, Any] = {"lon": 36.1, "lat": 35.1}
    rows = [
        {**at, "error_m": 500.0},
        {**at, "error_m": 5000.0},
        {**at, "error_m": 5000.1},
        {**at},
        {},
        {**at, "error_m": 20_000.0, "geometry": area},
        {**at, "error_m": 20_000.0, "geometry": line},
        {**at, "error_m": 500.0, "geometry": b"no WKB"},
        {**at, "error_m": 500.0, "geometry": shapely.to_wkb(shapely.Point(36.1, 35.1))},
    ]
    table = observation_table(rows)
    codes = shapes_of(table, exact=True)
    names = [SHAPES[code] for code in codes]
    assert names == ["point", "point", "coarse", "coarse", "none", "area", "line", "point", "point"]
    shapes = shapely.from_wkb(geometry_of(table, codes).to_numpy(zero_copy_only=False))
    kinds = [None if shape is None else shape.geom_type for shape in shapes]
    assert kinds == [
        "Point", "Point", "Polygon", "Polygon", None, "Polygon", "LineString", "Point", "Point",
    ]  # fmt: skip
    assert {SHAPES[code] for code in shapes_of(table, exact=False)} == {"coarse", "none"}


@pytest.mark.parametrize("rows", [0, 1])
def test_nothing_and_little_are_written_alike(observation_table: Make, rows: int) -> None:
    table = observation_table([{"lon": 36.0, "lat": 35.0, "error_m": 10.0}] * rows)
    assert len(geometry_of(table, shapes_of(table, exact=True))) == rows

"""Points that are written past the library's geometries read as those that the library wrote."""

from __future__ import annotations

from typing import Any

import mapbox_vector_tile
import numpy as np
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.web.ogc.mvt import EXTENT, encoded
from truceline.web.ogc.points import Told

EDGES = (4_000_000.0, 4_200_000.0, 4_000_500.0, 4_200_500.0)
TOLD = st.fixed_dictionaries(
    {"id": st.sampled_from(["a", "ب", "b" * 300]), "synthetic": st.booleans()},
    optional={"count": st.integers(-2, 2) | st.integers(2**31, 2**40), "error_m": st.floats(0.0, 60.0)},
)


@given(
    points=st.lists(st.tuples(st.integers(-50, 550), st.integers(-50, 550), TOLD), max_size=12),
    areas=st.lists(TOLD, max_size=2),
)
@settings(max_examples=60, deadline=None)
def test_points_read_as_the_library_writes_them(
    points: list[tuple[int, int, dict[str, Any]]], areas: list[dict[str, Any]]
) -> None:
    shapes = [
        {"geometry": shapely.box(*EDGES[:2], EDGES[0] + 100, EDGES[1] + 100), "properties": told}
        for told in areas
    ]
    places = np.array([(EDGES[0] + x, EDGES[1] + y) for x, y, _ in points], float).reshape(-1, 2)
    names = ["id", "synthetic", "count", "error_m"]
    columns = {name: Told.of([told.get(name) for _, _, told in points]) for name in names}
    ours = encoded("seen", EDGES, shapes, places, columns)
    features = shapes + [
        {"geometry": shapely.Point(place), "properties": told}
        for place, (_, _, told) in zip(places, points, strict=True)
    ]
    if not features:
        assert ours == b""
        return
    options = {"quantize_bounds": EDGES, "extents": EXTENT}
    theirs = mapbox_vector_tile.encode([{"name": "seen", "features": features}], default_options=options)
    assert mapbox_vector_tile.decode(ours) == mapbox_vector_tile.decode(theirs)

"""Random zones, each judged by GeographicLib's own code; `benchmarks/zones.py` does the same at length."""

import sys
from pathlib import Path

import numpy as np
import pytest
import shapely

from truceline.geo.zone import derive_zone

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
from oracles.geographiclib_zone import random_asked, verdict  # type: ignore[import-not-found]


@pytest.mark.parametrize(("kind", "count"), [("both", 60), ("one", 14), ("unequal", 14)])
def test_drawn_boundaries_lie_within_their_bounds(kind: str, count: int) -> None:
    tight = 0
    for number in range(count):
        rng = np.random.default_rng([7, number])
        asked = random_asked(rng, (kind,))
        zone = derive_zone(
            shapely.LineString(asked.coords),
            left_depth_m=asked.left_m,
            right_depth_m=asked.right_m,
            ends=asked.ends,
        )
        worst, faults = verdict(asked, zone.geometry, zone.max_error_m, rng)
        assert zone.geometry.is_valid
        assert faults == []
        assert worst <= zone.max_error_m
        tight += zone.max_error_m < 0.10
    assert tight >= count - 1


@pytest.mark.parametrize("number", [1873, 2495, 4711, 4761, 7179])
def test_lines_that_once_broke_their_bound_keep_it(number: int) -> None:
    """Corners between the places measured, and edges cut at a quarter near a pole."""
    rng = np.random.default_rng([20261125, number])
    asked = random_asked(rng, ("both",))
    zone = derive_zone(shapely.LineString(asked.coords), asked.left_m)
    assert zone.max_error_m < 0.10
    assert verdict(asked, zone.geometry, zone.max_error_m, rng, places=20)[1] == []

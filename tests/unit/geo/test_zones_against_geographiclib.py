"""Random zones, each judged by GeographicLib's own code; `benchmarks/zones.py` does the same at length."""

import sys
from pathlib import Path

import numpy as np
import pytest
import shapely

from truceline.geo.depths import depths_asked
from truceline.geo.medial import dividing_lines
from truceline.geo.nearest import LineIndex
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


@pytest.mark.parametrize(
    ("seed", "number"),
    [
        (20261127, 7833),  # the line between two edges' ground stopped short of the cut at an end: 16 km
        (20261127, 4934),  # a hole of four corners was lost with its sharp ones: 185 m
        (20261127, 8251),  # a cut that is met four metres late
        (20261127, 5554),  # of a long edge of the diagram only a short stretch divides
        (20261128, 452),  # a cut that what it meets runs along
    ],
)
def test_zones_of_one_side_that_once_did_not_close_are_drawn_within_a_tenth_of_a_metre(
    seed: int, number: int
) -> None:
    rng = np.random.default_rng([seed, number])
    asked = random_asked(rng, ("one", "unequal"))
    zone = derive_zone(
        shapely.LineString(asked.coords),
        left_depth_m=asked.left_m,
        right_depth_m=asked.right_m,
        ends=asked.ends,
    )
    assert zone.max_error_m < 0.10
    assert verdict(asked, zone.geometry, zone.max_error_m, rng, places=20)[1] == []


def test_a_line_whose_dividing_lines_lead_nowhere_is_drawn_all_the_same() -> None:
    """Two edges all but parallel: their dividing line grew to 64,000 places, and noding it took 15 GB."""
    line = shapely.LineString(
        [(-179.99, -4.848), (179.999, -4.8688), (179.8411, -4.8959), (179.9999, -4.8654), (-179.935, -4.7526)]
    )
    rng = np.random.default_rng([20261127, 8076])
    asked = random_asked(rng, ("one", "unequal"))
    assert np.allclose(asked.coords, line.coords, atol=1e-4)
    index = LineIndex(shapely.LineString(asked.coords))
    depths = depths_asked(None, "both", 0.0, asked.left_m, asked.right_m, asked.ends, (), index.total_m)
    divisions = dividing_lines(index, depths.limit, 1.01 * asked.right_m, 0.05)
    assert sum(len(division) for division in divisions) < 2_000

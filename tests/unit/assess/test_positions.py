"""Probabilities read off a lattice against the exact ones."""

import numpy as np
import pytest
import shapely

from truceline.assess.positions import in_reach, lattice_of
from truceline.geo.inside import p_inside
from truceline.geo.line import Line
from truceline.geo.uncertainty.line import UncertainLine
from truceline.geo.uncertainty.model import LineUncertainty
from truceline.geo.zone import derive_zone

RAGGED = shapely.Polygon(
    [(36.0, 35.0), (36.4, 35.05), (36.5, 35.3), (36.35, 35.25), (36.3, 35.6), (36.1, 35.5), (36.05, 35.2)],
    [[(36.15, 35.2), (36.2, 35.2), (36.2, 35.3), (36.15, 35.3)]],
)


@pytest.mark.parametrize("error_m", [3_000.0, 9_800.0, 25_000.0, 60_000.0])
def test_the_lattice_differs_from_the_exact_probability_by_less_than_a_thousandth(error_m: float) -> None:
    rng = np.random.default_rng(7)
    lon, lat = rng.uniform(35.0, 37.5, 1500), rng.uniform(34.3, 36.3, 1500)
    lattice = lattice_of(RAGGED.wkb, error_m)
    assert lattice is not None
    error = np.full(len(lon), error_m)
    near = in_reach(RAGGED, lon, lat, error)
    exact = p_inside(RAGGED, lon, lat, error)
    assert np.all(exact[~near] == 0.0)
    assert np.max(np.abs(lattice.read(lon[near], lat[near]) - exact[near])) < 1e-3


def test_no_lattice_for_exact_positions_nor_across_the_antimeridian() -> None:
    assert lattice_of(RAGGED.wkb, 0.0) is None
    assert lattice_of(RAGGED.wkb, 5.0) is None
    assert lattice_of(shapely.box(179.5, 0.0, 180.0, 1.0).wkb, 20_000.0) is None


def test_with_an_uncertain_line_the_lattice_is_read_only_where_it_agrees() -> None:
    # Ground that two stretches are equally near to, and the zone's ends, are left to the exact way.
    line = Line.from_geometry(shapely.LineString([(36.0, 35.0), (36.4, 35.1), (36.7, 35.0)]))
    zone = derive_zone(line, 12_000.0, "left", tolerance_m=1.0).geometry
    uncertain = UncertainLine.of(line, LineUncertainty.of_stretches([(0.0, 30_000.0, 5000.0)], 8000.0))
    rng = np.random.default_rng(5)
    lon, lat = rng.uniform(35.8, 36.9, 2000), rng.uniform(34.8, 35.4, 2000)
    for error_m in (1000.0, 3000.0, 10_000.0):
        lattice = lattice_of(zone.wkb, error_m, uncertain)
        assert lattice is not None
        exact = p_inside(zone, lon, lat, error_m, line=uncertain)
        smooth = lattice.smooth(lon, lat)
        off = np.abs(lattice.read(lon, lat) - exact)
        assert off[smooth].max() < 3e-2
        assert np.quantile(off[smooth], 0.999) < 1e-2
        assert 0.8 < smooth.mean() < 1.0

"""What an uncertain line does to depths, areas and probabilities, against closed forms and Genz' integral."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely
from scipy.stats import multivariate_normal, norm
from shapely.geometry.base import BaseGeometry

from truceline.core.errors import InvalidGeometry
from truceline.geo.audit import audit_zone
from truceline.geo.ellipsoid import direct, earth_centred
from truceline.geo.inside import contains, p_inside
from truceline.geo.line import Line
from truceline.geo.uncertainty.area import area_standard_error_m2
from truceline.geo.uncertainty.depth import DepthStations, UncertainDepths, uncertain_depths
from truceline.geo.uncertainty.line import UncertainLine
from truceline.geo.uncertainty.model import LineUncertainty
from truceline.geo.zone import Side, derive_zone

BEND = shapely.LineString([(36.0, 35.0), (36.25, 35.1), (36.6, 35.08), (36.9, 35.2)])
DEPTH_M = 15_000.0
# A line known to 500 m on its first 40 km, to 6 km further on.
KNOWN_IN_PART = LineUncertainty.of_stretches([(0.0, 40_000.0, 500.0)], elsewhere_m=6000.0)


@pytest.fixture(scope="module")
def bend() -> Line:
    return Line.from_geometry(BEND)


@pytest.fixture(scope="module")
def left_zone(bend: Line) -> BaseGeometry:
    return derive_zone(bend, DEPTH_M, "left").geometry


def place_beside(line: Line, position_m: float, left_m: float) -> tuple[float, float]:
    index = UncertainLine.of(line, LineUncertainty.constant(0.0)).index
    edge = int(np.searchsorted(index.offset_m, position_m, side="right") - 1)
    start, along_m = index.start[edge], position_m - float(index.offset_m[edge])
    lon, lat, azimuth = direct(start[0], start[1], index.azimuth[edge], along_m)
    lon, lat, _ = direct(lon, lat, azimuth - 90.0, left_m)
    return float(lon), float(lat)


def geojson(properties: dict[str, object]) -> dict[str, object]:
    return {"type": "Feature", "properties": properties, "geometry": shapely.geometry.mapping(BEND)}


def test_bounds_come_from_vertices_segments_or_one_number() -> None:
    whole = Line.from_geojson(geojson({"uncertainty_m": 800}))
    assert whole.uncertainty is not None
    assert whole.uncertainty.at([0.0, 50_000.0]).tolist() == [800.0, 800.0]
    stretches = [{"from_m": 10_000, "to_m": 20_000, "uncertainty_m": 3000}]
    parts = Line.from_geojson(geojson({"uncertainty_m": 800, "uncertainty_segments": stretches}))
    assert parts.uncertainty is not None
    assert parts.uncertainty.at([9999.0, 10_001.0, 19_999.0, 20_001.0]).tolist() == [800, 3000, 3000, 800]
    vertices = Line.from_geojson(geojson({"uncertainties_m": [100, 300, 300, 900]}))
    assert vertices.uncertainty is not None
    half_way = vertices.uncertainty.position_m[1] / 2
    assert vertices.uncertainty.at(half_way) == pytest.approx(200.0)
    assert vertices.uncertainty_m == 900.0


@pytest.mark.parametrize(
    ("properties", "said"),
    [
        ({"uncertainties_m": [1, 2]}, "uncertainties_m"),
        ({"uncertainty_m": -5}, "uncertainty_m"),
        ({"uncertainty_m": 5, "correlation_m": 0}, "correlation_m"),
        ({"uncertainty_segments": [{"from_m": 5, "to_m": 2, "uncertainty_m": 1}]}, "uncertainty_segments"),
        ({"uncertainty_segments": [{"from_m": 0, "to_m": 2}]}, "uncertainty_m"),
        (
            {
                "uncertainty_segments": [
                    {"from_m": 0, "to_m": 9, "uncertainty_m": 1},
                    {"from_m": 8, "to_m": 12, "uncertainty_m": 1},
                ]
            },
            "uncertainty_segments",
        ),
    ],
)
def test_wrong_bounds_are_named(properties: dict[str, object], said: str) -> None:
    with pytest.raises(InvalidGeometry, match=said):
        Line.from_geojson(geojson(properties))


@pytest.mark.parametrize("error_m", [0.0, 250.0, 4000.0])
@pytest.mark.parametrize("left_m", [-3000.0, 400.0, 7000.0, 14_000.0, 16_500.0])
@pytest.mark.parametrize("position_m", [15_000.0, 46_000.0])
def test_p_inside_is_that_of_the_displaced_band(
    bend: Line, left_zone: BaseGeometry, position_m: float, left_m: float, error_m: float
) -> None:
    # Across a straight stretch: both errors lie on one axis, so the distance is normal about left_m.
    lon, lat = place_beside(bend, position_m, left_m)
    sigma = math.hypot(error_m / 2.4477468, float(KNOWN_IN_PART.at(position_m)) / 1.959964)
    expected = norm.cdf(DEPTH_M, left_m, sigma) - norm.cdf(0.0, left_m, sigma)
    found = p_inside(left_zone, lon, lat, error_m, line=UncertainLine.of(bend, KNOWN_IN_PART))
    # The bends of the line are felt only where the errors reach them.
    assert found[0] == pytest.approx(expected, abs=0.004 if error_m <= 250.0 else 0.02)


def test_p_inside_agrees_with_monte_carlo_round_a_corner(bend: Line, left_zone: BaseGeometry) -> None:
    line = UncertainLine.of(bend, KNOWN_IN_PART)
    rng = np.random.default_rng(3)
    lon, lat = rng.uniform(35.95, 36.9, 25), rng.uniform(34.98, 35.35, 25)
    error = rng.choice([500.0, 5000.0], 25)
    found = p_inside(left_zone, lon, lat, error, line=line)
    sigma, azimuth = line.displacement(lon, lat)
    for i in range(25):
        draws = rng.normal(size=(3, 20_000))
        east = draws[0] * error[i] / 2.4477468 + draws[2] * sigma[i] * np.sin(np.radians(azimuth[i]))
        north = draws[1] * error[i] / 2.4477468 + draws[2] * sigma[i] * np.cos(np.radians(azimuth[i]))
        x, y, _ = direct(lon[i], lat[i], np.degrees(np.arctan2(east, north)), np.hypot(east, north))
        assert found[i] == pytest.approx(contains(left_zone, x, y).mean(), abs=0.016)


def test_an_exact_line_changes_nothing(bend: Line, left_zone: BaseGeometry) -> None:
    lon, lat = place_beside(bend, 30_000.0, 14_800.0)
    exact = UncertainLine.of(bend, LineUncertainty.constant(0.0))
    for error_m in (0.0, 700.0):
        assert (
            p_inside(left_zone, lon, lat, error_m, line=exact)[0] == p_inside(left_zone, lon, lat, error_m)[0]
        )


def stations_at(places_m: list[float], depths_m: list[float]) -> DepthStations:
    lon = 36.0 + np.array(places_m) / 111_319.49
    count = len(places_m)
    return DepthStations(
        np.array(places_m),
        lon,
        np.zeros(count),
        np.ones(count),
        np.array(depths_m),
        np.full(count, 15_000.0),
        np.full(count, 15_000.0),
        np.full(count, 20_000.0),
        np.ones(count, dtype=bool),
        np.ones(count, dtype=bool),
    )


def judged(
    stations: DepthStations, bound_m: float, correlation_m: float, paths: int = 20_000
) -> UncertainDepths:
    uncertainty = LineUncertainty.constant(bound_m, correlation_m)
    return uncertain_depths(stations, uncertainty, 1000.0, 1.0, paths)


def test_probabilities_of_a_station_are_those_of_the_normal_distribution() -> None:
    stations = stations_at([0.0, 5000.0, 90_000.0], [15_300.0, 17_000.0, 20_500.0])
    found = judged(stations, 1000.0, 4000.0)
    sigma = 1000.0 / 1.959964
    assert found.p_too_shallow == pytest.approx(norm.cdf((14_999.0 - stations.depth_m) / sigma))
    assert found.p_too_deep == pytest.approx(norm.sf((20_001.0 - stations.depth_m) / sigma))
    within = 1.0 - found.p_too_shallow - found.p_too_deep
    assert found.share_within == pytest.approx(within.mean())
    assert found.least_depth_m == (14_300.0, 16_300.0)
    assert found.greatest_depth_m == (19_500.0, 21_500.0)


def test_somewhere_along_the_line_agrees_with_the_integral_of_the_joint_normal_distribution() -> None:
    places, depths = [0.0, 3000.0, 6000.0, 30_000.0], [15_200.0, 15_500.0, 15_100.0, 15_400.0]
    stations = stations_at(places, depths)
    found = judged(stations, 1000.0, 5000.0)
    xyz = earth_centred(stations.lon, stations.lat)
    apart = np.sqrt(((xyz[:, None] - xyz[None, :]) ** 2).sum(axis=2))
    covariance = (1000.0 / 1.959964) ** 2 * np.exp(-(apart**2) / (2 * 5000.0**2))
    nowhere = multivariate_normal(np.zeros(4), covariance).cdf(np.array(depths) - 14_999.0)
    assert found.p_shallow_somewhere == pytest.approx(1.0 - nowhere, abs=4 * found.p_error + 1e-4)
    # The share's spread: variances and covariances of the four stations' indicators.
    p = found.p_too_shallow
    both = [
        [
            multivariate_normal(np.zeros(2), covariance[np.ix_([i, j], [i, j])] + 1e-6 * np.eye(2)).cdf(
                14_999.0 - np.array(depths)[[i, j]]
            )
            if i != j
            else p[i]
            for j in range(4)
        ]
        for i in range(4)
    ]
    assert found.share_error == pytest.approx(
        math.sqrt((np.array(both) - np.outer(p, p)).sum()) / 4, rel=0.03
    )


@pytest.mark.parametrize("correlation_m", [1.0, 1e9])
def test_somewhere_is_bounded_by_full_and_by_no_correlation(correlation_m: float) -> None:
    stations = stations_at([0.0, 5000.0, 10_000.0], [15_200.0, 15_300.0, 15_600.0])
    found = judged(stations, 1000.0, correlation_m)
    together, apart = found.p_too_shallow.max(), 1.0 - np.prod(1.0 - found.p_too_shallow)
    expected = together if correlation_m > 1.0 else apart
    assert found.p_shallow_somewhere == pytest.approx(expected, abs=4 * found.p_error)


def test_mean_missing_area_is_the_integral_of_what_is_missing() -> None:
    stations = stations_at([0.0], [15_100.0])
    found = judged(stations, 1000.0, 5000.0)
    sigma = 1000.0 / 1.959964
    gap = np.linspace(-8 * sigma, 8 * sigma, 200_001)
    lacking = np.clip(14_999.0 - 15_100.0 + gap, 0.0, None)
    by_hand = float(np.trapezoid(lacking * norm.pdf(gap, 0.0, sigma), gap)) * 1000.0
    assert found.missing_m2[0] == pytest.approx(by_hand, rel=1e-4)


def test_a_deviation_is_certain_only_where_the_line_is_known_well(bend: Line) -> None:
    zone = derive_zone(bend, 13_000.0, "left").geometry
    lines = {
        "well": LineUncertainty.constant(500.0),
        "vague": LineUncertainty.constant(6000.0),
        "in part": KNOWN_IN_PART,
    }
    found = {name: audit_zone(zone, bend, "left", 15e3, 20e3, uncertainty_m=u) for name, u in lines.items()}
    assert found["well"].verdict == "too_shallow"
    assert found["vague"].verdict == "within_uncertainty"
    assert found["in part"].verdict == "too_shallow"
    stations = [s for s in found["in part"].profile if not s.limited]
    well = [s.p_too_shallow for s in stations if s.s_m < 40_000.0]
    vague = [s.p_too_shallow for s in stations if s.s_m > 40_000.0]
    assert min(well) > 0.999
    assert max(vague) == pytest.approx(norm.cdf(1999.0 / (6000.0 / 1.959964)), abs=1e-3)
    assert found["in part"].as_dict()["uncertain"]["p_too_shallow_somewhere"] == 1.0


def test_an_audit_of_both_sides_moves_one_side_at_the_cost_of_the_other(bend: Line) -> None:
    # Both sides are drawn at the least depth: whichever way the line errs, one of them is too shallow.
    zone = derive_zone(bend, 15_000.0, "both", ends="flat").geometry
    found = audit_zone(zone, bend, "both", 15e3, 20e3, uncertainty_m=LineUncertainty.constant(2000.0, 1e9))
    assert found.uncertain is not None
    assert found.uncertain.p_shallow_somewhere > 0.99
    one = audit_zone(zone, bend, "left", 15e3, 20e3, uncertainty_m=LineUncertainty.constant(2000.0, 1e9))
    assert one.uncertain is not None
    assert one.uncertain.p_shallow_somewhere == pytest.approx(0.5, abs=0.05)


def test_area_of_a_ring_varies_as_its_circumference_does() -> None:
    # Displaced as one, a ring of depth d inside a circle of radius r: area pi (r^2 - (r - d)^2), whose
    # derivative by r is 2 pi d.
    azimuth = np.linspace(0.0, -360.0, 181)
    lon, lat, _ = direct(np.full(181, 36.0), np.full(181, 35.0), azimuth, np.full(181, 30_000.0))
    ring = Line.from_geometry(shapely.LineString(np.column_stack([lon, lat])))
    line = UncertainLine.of(ring, LineUncertainty.constant(1000.0, 1e9))
    sides: tuple[Side, ...] = ("left", "right")
    for side in sides:
        zone = derive_zone(ring, 8000.0, side).geometry
        expected = 2.0 * math.pi * 8000.0 * 1000.0 / 1.959964
        assert area_standard_error_m2(zone, line, [8000.0]) == pytest.approx(expected, rel=0.01)


def test_area_beside_a_straight_line_is_certain() -> None:
    straight = Line.from_geometry(shapely.LineString([(36.0, 0.0), (37.0, 0.0)]))
    zone = derive_zone(straight, 8000.0, "left").geometry
    line = UncertainLine.of(straight, LineUncertainty.constant(1000.0, 20_000.0))
    assert area_standard_error_m2(zone, line, [8000.0]) < 1e-4 * 8000.0 * 111_000.0


def test_lines_joined_keep_their_own_bounds() -> None:
    far = Line.from_geometry(shapely.LineString([(40.0, 35.0), (40.5, 35.0)]))
    near = Line.from_geometry(BEND)
    both = UncertainLine.joined(
        [
            UncertainLine.of(near, LineUncertainty.constant(300.0)),
            UncertainLine.of(far, LineUncertainty.constant(2000.0)),
        ]
    )
    sigma, _ = both.displacement(np.array([36.4, 40.2]), np.array([35.2, 35.1]))
    assert sigma * 1.959964 == pytest.approx([300.0, 2000.0])


@pytest.mark.parametrize("side", ["left", "right", "both"])
def test_a_zone_with_round_ends_that_moves_as_a_whole_keeps_its_area(side: Side) -> None:
    straight = Line.from_geometry(shapely.LineString([(36.0, 35.0), (36.4, 35.0)]))
    sigma = 500.0
    moving = UncertainLine.of(straight, LineUncertainty.constant(sigma * 1.959964, 1e9))
    zone = derive_zone(straight, 10_000.0, side, ends="round").geometry
    # What one end's quarter circle alone would give is 10 km times sigma.
    assert area_standard_error_m2(zone, moving, [10_000.0]) < 0.005 * 10_000.0 * sigma

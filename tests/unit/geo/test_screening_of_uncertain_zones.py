"""Zones measured from a line that is known only so well: probabilities and rows of a screening."""

import json
from pathlib import Path

import numpy as np
import pyarrow.csv as pacsv
import pytest
import shapely
from scipy.stats import norm
from shapely.geometry.base import BaseGeometry

from truceline.app.screen import screen
from truceline.core.errors import InvalidGeometry
from truceline.geo.ellipsoid import GEOD, Floats
from truceline.geo.geojson import as_geojson
from truceline.geo.line import Line
from truceline.geo.nearest import LineIndex
from truceline.geo.screening.uncertain import UncertainZones
from truceline.geo.screening.zones import read_zones
from truceline.geo.uncertainty.line import UncertainLine
from truceline.geo.uncertainty.model import LineUncertainty
from truceline.geo.zone import derive_zone

ENDS = [(36.0, 35.0), (37.0, 35.0)]
DEPTH_M = 15_000.0
KNOWN = LineUncertainty.of_stretches([(0.0, 45_000.0, 300.0), (45_000.0, 95_000.0, 2500.0)])
COURSE = GEOD.inv(*ENDS[0], *ENDS[1])


@pytest.fixture(scope="module")
def line() -> UncertainLine:
    return UncertainLine.of(Line.from_geometry(shapely.LineString(ENDS)), KNOWN)


@pytest.fixture(scope="module")
def zone() -> BaseGeometry:
    return derive_zone(shapely.LineString(ENDS), DEPTH_M, "left").geometry


def beside(along_m: float, off_m: float) -> tuple[float, float]:
    lon, lat, back = GEOD.fwd(*ENDS[0], COURSE[0], along_m)
    there = GEOD.fwd(lon, lat, back + 180.0 - 90.0, off_m)
    return float(there[0]), float(there[1])


def zones_file(folder: Path, *features: dict[str, object]) -> Path:
    path = folder / "zones.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": list(features)}))
    return path


def feature(id: str, area: BaseGeometry, **properties: object) -> dict[str, object]:
    return {"type": "Feature", "id": id, "properties": properties, "geometry": as_geojson(area)}


def points_file(folder: Path, places: list[tuple[float, float]], error_m: Floats) -> Path:
    path = folder / "points.csv"
    rows = [f"{k},{x!r},{y!r},{e}" for k, ((x, y), e) in enumerate(zip(places, error_m, strict=True))]
    path.write_text("\n".join(["id,lon,lat,error_m", *rows]))
    return path


def test_probability_and_reach_are_those_of_both_errors_by_the_stretch_of_the_line(
    tmp_path: Path, line: UncertainLine, zone: BaseGeometry
) -> None:
    off = [14_000.0, 14_900.0, 15_100.0, 15_200.0, 16_800.0, 18_000.0]
    cases = [(along, d, e) for along in (20_000.0, 70_000.0) for d in off for e in (0.0, 250.0)]
    points = points_file(tmp_path, [beside(s, d) for s, d, _ in cases], np.array([e for *_, e in cases]))
    zones = zones_file(
        tmp_path, feature("derived", zone, uncertain_line=line.as_feature()),
        feature("drawn", shapely.box(36.1, 35.0, 36.3, 35.137)),
    )  # fmt: skip
    screen(points, zones, tmp_path / "out.csv")
    found = pacsv.read_csv(tmp_path / "out.csv").to_pylist()
    rows = {row["id"]: row for row in found if row["zone_id"] == "derived"}
    for k, (along, d, e) in enumerate(cases):
        bound = 300.0 if along < 45_000 else 2500.0
        reached = d <= DEPTH_M or d - DEPTH_M <= np.hypot(e, bound)
        assert (k in rows) == reached, (along, d, e)
        if reached:
            sigma = np.hypot(e / 2.4477468, bound / 1.959964)
            expected = norm.cdf((DEPTH_M - d) / sigma) - norm.cdf(-d / sigma)
            assert rows[k]["p_inside"] == pytest.approx(expected, abs=1e-3)
            assert rows[k]["distance_m"] == pytest.approx(d - DEPTH_M, abs=0.2)
    # The zone that was drawn has the rows that it has alone.
    zones_file(tmp_path, feature("drawn", shapely.box(36.1, 35.0, 36.3, 35.137)))
    screen(points, zones, tmp_path / "alone.csv")
    alone = pacsv.read_csv(tmp_path / "alone.csv").to_pylist()
    assert [row for row in found if row["zone_id"] == "drawn"] == alone
    assert [row["id"] for row in found] == sorted(row["id"] for row in found)


def test_probability_agrees_with_draws_of_the_line_and_of_the_position(
    line: UncertainLine, zone: BaseGeometry
) -> None:
    """Monte Carlo without any polygon: places drawn around the point, the line itself moved aside."""
    rng = np.random.default_rng(11)
    error_m, cases = 2000.0, [(20_000.0, 15_200.0), (70_000.0, 13_000.0), (70_000.0, 600.0)]
    lon, lat = np.array([beside(*case) for case in cases]).T
    zones = UncertainZones([zone], [line], [-(2**63)], [2**63 - 1])
    none = zones.index.screen(lon, lat)
    rows = zones.added(none, lon, lat, np.full(3, error_m), None, 1)
    assert rows.point.tolist() == [0, 1, 2]
    for k, (along, _) in enumerate(cases):
        sigma, inside, draws = (300.0 if along < 45_000 else 2500.0) / 1.959964, 0, 400
        for moved in norm.ppf((np.arange(draws) + 0.5) / draws) * sigma:
            true_line = shapely.LineString([beside(s, moved) for s in (0.0, 45_000.0, COURSE[2])])
            east, north = rng.normal(size=(2, 50)) * error_m / 2.4477468
            x, y, _ = GEOD.fwd(
                np.full(50, lon[k]), np.full(50, lat[k]), np.degrees(np.arctan2(east, north)),
                np.hypot(east, north),
            )  # fmt: skip
            near = LineIndex(true_line).nearest(x, y)
            inside += int(((near.side > 0) & (near.distance_m < DEPTH_M)).sum())
        assert rows.p_inside[k] == pytest.approx(inside / (50 * draws), abs=0.014)


def test_the_line_of_a_file_holds_for_zones_that_name_none(
    tmp_path: Path, line: UncertainLine, zone: BaseGeometry
) -> None:
    zones = zones_file(tmp_path, feature("a", zone), feature("b", zone, uncertain_line=line.as_feature()))
    other = tmp_path / "line.geojson"
    uncertain = UncertainLine.of(line.index.line, LineUncertainty.constant(800.0, 5000.0))
    other.write_text(json.dumps(uncertain.as_feature()))
    first, second = read_zones(zones, other).lines
    assert first is not None
    assert second is not None
    assert (first.uncertainty.greatest_m, first.uncertainty.correlation_m) == (800.0, 5000.0)
    assert np.array_equal(second.uncertainty.position_m, KNOWN.position_m)
    assert np.array_equal(second.uncertainty.bound_m, KNOWN.bound_m)
    assert read_zones(zones).lines[0] is None


@pytest.mark.parametrize("own", ["line.geojson", {"type": "Point", "coordinates": [36, 35]}])
def test_a_line_that_cannot_be_used_is_named_with_its_zone(
    tmp_path: Path, zone: BaseGeometry, own: object
) -> None:
    with pytest.raises(InvalidGeometry, match=r"features\[0\]"):
        read_zones(zones_file(tmp_path, feature("a", zone, uncertain_line=own)))

from pathlib import Path

import numpy as np
import pytest
import shapely

from truceline.core.errors import InvalidGeometry, InvalidInput
from truceline.geo.control import ControlPoint, line_from_control, read_control_points
from truceline.geo.nearest import LineIndex


def front(lat: float) -> float:
    """The longitude of an invented front at a latitude: the truth to be found again."""
    return float(36.5 + 0.12 * np.sin(lat * 9.0))


def towns(count: int, seed: int) -> list[ControlPoint]:
    places = np.random.default_rng(seed).uniform([36.0, 35.0], [37.0, 36.0], (count, 2))
    return [
        ControlPoint(f"town {i}", lon, lat, "west" if lon < front(lat) else "east", "2018-09-17")
        for i, (lon, lat) in enumerate(places.tolist())
    ]


def errors_m(count: int, seed: int) -> tuple[float, float, float]:
    """Mean error of the vertices against the truth, mean stated bound, share of vertices within theirs."""
    result = line_from_control(towns(count, seed), ["west"], ["east"], floor_m=0.0)
    lat = np.linspace(34.9, 36.1, 2000)
    truth = LineIndex(shapely.LineString([(front(y), y) for y in lat]))
    found = truth.nearest(*shapely.get_coordinates(result.geometry).T).distance_m
    bound = np.array(result.uncertainties_m)
    return float(found.mean()), float(bound.mean()), float((found <= bound).mean())


def test_the_known_front_is_found_within_the_stated_bounds() -> None:
    measured = np.array([errors_m(300, seed) for seed in range(8)])
    assert measured[:, 2].mean() > 0.95
    assert measured[:, 0].mean() < 0.6 * measured[:, 1].mean()


def test_more_places_give_a_better_line() -> None:
    few = np.mean([errors_m(80, seed)[0] for seed in range(6)])
    many = np.mean([errors_m(1200, seed)[0] for seed in range(6)])
    assert many < 0.5 * few


def test_the_left_group_is_on_the_left() -> None:
    for left, right, sign in (("west", "east", 1), ("east", "west", -1)):
        result = line_from_control(towns(200, 1), [left], [right])
        assert LineIndex(result.geometry).nearest(36.05, 35.5).side[0] == sign


def test_no_place_is_on_the_wrong_side_of_the_real_line(idlib: Path) -> None:
    points = read_control_points(idlib / "control-points.csv")
    result = line_from_control(points, ["opposition"], ["government"])
    assert result.isolated == ()
    assert result.geometry.is_simple
    assert min(result.uncertainties_m) >= 3000
    assert 200_000 < result.line.length_m < 320_000


def test_a_third_party_ends_the_line() -> None:
    points = towns(300, 2)
    blocked = [*points, ControlPoint("third", front(35.9), 35.9, "other")]
    free = line_from_control(points, ["west"], ["east"]).line.length_m
    assert line_from_control(blocked, ["west"], ["east"]).line.length_m < free


def test_an_unknown_group_is_named() -> None:
    with pytest.raises(InvalidInput, match="north"):
        line_from_control(towns(50, 1), ["north"], ["east"])


def test_bad_rows_are_listed(tmp_path: Path) -> None:
    (tmp_path / "c.csv").write_text("place,lon,lat,controlled_by\nA,36,35,x\nB,36,abc,x\nC,36,95,y\n")
    with pytest.raises(InvalidGeometry) as caught:
        read_control_points(tmp_path / "c.csv")
    assert [fault.row for fault in caught.value.faults] == [2, 3]

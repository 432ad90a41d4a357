# ruff: noqa: E501
from __future__ import annotations

import math
from types import SimpleNamespace
from typing import Any, cast

import pytest
import shapely
from scipy.stats import norm

from truceline.accord.geometry import AccordGeometry, ZoneGeometry
from truceline.accord.model import Accord
from truceline.geo.inside import signed_distance_m
from truceline.geo.line import as_line
from truceline.geo.uncertainty.line import UncertainLine
from truceline.geo.uncertainty.model import LineUncertainty
from truceline.geo.zone import DepthSegment, derive_zone
from truceline.products.report.content import Snapshot
from truceline.products.report.depth_audits import depth_audits
from truceline.products.report.depth_chart import draw_depth
from truceline.products.report.ground import Basemap, DepthAudit, Town
from truceline.products.report.map_content import (
    WORLD,
    as_geojson,
    band_shapes,
    bounds_of,
    line_shapes,
    route_shapes,
    with_places,
    zone_shapes,
)

LINE = shapely.LineString([(20.0, 42.0), (20.2, 42.0)])
INNER, OUTER = shapely.box(20, 42, 20.2, 42.05), shapely.box(20, 42, 20.2, 42.1)


def _accord(**changes: Any) -> Accord:
    document: dict[str, Any] = {
        "accord": {
            "id": "valleys", "title": "Valleys", "time_zone": "Europe/Tirane", "status": "confirmed", "version": 1,
        },
        "lines": [{"id": "line", "names": {"en": "line of contact"}, "uncertainty_m": 1000, "approximate": True}],
        "zones": [
            {
                "id": "zone", "names": {"en": "zone"}, "kind": "area_of_separation",
                "derivation": {"line": "line", "side": "left", "depth_m": {"min": 4000, "max": 9000}},
            }
        ],
        "provisions": [{"id": "road", "kind": "routes", "title": "The valley road", "error_m": 300}],
    }  # fmt: skip
    return Accord.model_validate(document | changes)


GEOMETRY = AccordGeometry(
    lines={"line": LINE},
    line_uncertainty_m={"line": 1000.0},
    zones={"zone": ZoneGeometry(INNER, OUTER, 1000.0, True)},
    routes={"road": LINE},
    route_error_m={"road": 300.0},
)


def test_the_band_of_a_line_reaches_as_far_as_its_uncertainty() -> None:
    (line,) = line_shapes(_accord(), GEOMETRY, "en")
    assert line.band is not None
    band = shapely.geometry.shape(line.band)
    middle = signed_distance_m(band, [20.1], [42.0])[0]
    assert middle == pytest.approx(-1000, abs=30)
    assert line.name == "Line of contact"


def test_a_line_that_is_known_exactly_has_no_band() -> None:
    exact = _accord(lines=[{"id": "line", "uncertainty_m": 0}])
    (line,) = line_shapes(exact, GEOMETRY, "en")
    assert (line.band, line.name) == (None, "Line")


def test_a_zone_shows_what_surely_is_in_it_and_what_may_be() -> None:
    (zone,) = zone_shapes(_accord(), GEOMETRY, "en")
    assert zone.inner is not None
    assert shapely.geometry.shape(zone.inner).equals(INNER)
    assert shapely.geometry.shape(zone.outer).equals(OUTER)
    assert (zone.depth_min_m, zone.depth_max_m, zone.approximate) == (4000, 9000, True)


def test_a_total_width_counts_half_on_each_side() -> None:
    derivation = {"line": "line", "side": "both", "depth_m": {"min": 4000, "max": 9000}, "measure": "width"}
    wide = _accord(
        zones=[{"id": "zone", "names": "zone", "kind": "area_of_separation", "derivation": derivation}]
    )
    (zone,) = zone_shapes(wide, GEOMETRY, "en")
    assert (zone.depth_min_m, zone.depth_max_m) == (2000, 4500)


@pytest.mark.parametrize("inner", [OUTER, shapely.Polygon()], ids=["the same", "empty"])
def test_a_zone_of_one_depth_is_drawn_once(inner: shapely.Polygon) -> None:
    geometry = AccordGeometry(zones={"zone": ZoneGeometry(inner, OUTER)})
    (zone,) = zone_shapes(_accord(), geometry, "en")
    assert zone.inner is None


def test_what_nobody_drew_is_left_out() -> None:
    nothing = AccordGeometry()
    assert line_shapes(_accord(), nothing, "en") == ()
    assert zone_shapes(_accord(), nothing, "en") == ()
    assert route_shapes(_accord(), nothing, "en", ()) == ()


def test_a_route_is_called_by_its_road_or_else_its_title() -> None:
    assert [route.name for route in route_shapes(_accord(), GEOMETRY, "en", ())] == ["The valley road"]
    road = _accord(provisions=[{"id": "road", "kind": "routes", "road": "M5"}])
    assert [(r.name, r.error_m) for r in route_shapes(road, GEOMETRY, "en", ())] == [("M5", 300.0)]


def test_the_map_shows_the_accords_own_geometry_with_a_margin() -> None:
    west, south, east, north = bounds_of(_accord(), GEOMETRY, ())
    assert west < 20.0 < 20.2 < east
    assert south < 42.0 < 42.1 < north
    assert east - west < 0.3


def test_without_geometry_the_map_shows_the_accords_region_else_the_world() -> None:
    head = {"id": "v", "title": "V", "time_zone": "UTC", "status": "draft", "version": 1}
    region = _accord(accord=head | {"region": [1, 2, 3, 4]})
    assert bounds_of(region, AccordGeometry(), ()) == (1, 2, 3, 4)
    assert bounds_of(_accord(), AccordGeometry(), ()) == WORLD


def test_thinning_moves_no_line_by_more_than_a_screen_can_show() -> None:
    wavy = shapely.LineString([(20 + i / 1000, 42 + (i % 2) / 20000) for i in range(400)])
    thinned = shapely.geometry.shape(as_geojson(wavy))
    assert shapely.hausdorff_distance(wavy, thinned) < 3e-4
    assert len(thinned.coords) < len(wavy.coords)


def test_a_zone_is_audited_against_what_its_derivation_promises() -> None:
    # Two thirds of the line with 9 km of depth, the last third with 2 km, where 4 to 9 km are promised.
    deep, shallow = shapely.box(20, 42, 20.14, 42.081), shapely.box(20.14, 42, 20.2, 42.018)
    geometry = AccordGeometry(
        lines={"line": LINE}, zones={"zone": ZoneGeometry(deep, shapely.union(deep, shallow), 1000.0, True)}
    )
    (audit,) = depth_audits(_accord(), geometry, "en")
    assert (audit.zone, audit.line, audit.side) == ("Zone", "Line of contact", "left")
    assert audit.verdict == "too_shallow"
    assert audit.min_depth_m == pytest.approx(2000, abs=60)
    assert (audit.promised_min_m, audit.promised_max_m) == (4000, 9000)
    assert any(s.from_m == pytest.approx(11_590, abs=300) for s in audit.shortfalls)
    assert audit.profile[0][0] < audit.profile[-1][0]


def _uncertain(bound_m: float) -> DepthAudit:
    drawn = derive_zone(LINE, 6500.0, "left").geometry
    line = UncertainLine.of(as_line(LINE), LineUncertainty.constant(bound_m))
    geometry = AccordGeometry(
        lines={"line": LINE},
        zones={"zone": ZoneGeometry(drawn, drawn, bound_m, True, line)},
        uncertain_lines={"line": line},
    )
    (audit,) = depth_audits(_accord(), geometry, "en")
    return audit


def test_what_an_uncertain_line_does_to_a_zone_is_told() -> None:
    # A straight line, and a zone in the middle of 4 to 9 km: every figure follows from the normal distribution.
    audit = _uncertain(4900.0)
    assert (audit.verdict, audit.certain) == ("as_promised", False)
    true = audit.true_line
    assert true is not None
    assert true.uncertainty_m == (4900.0, 4900.0)
    assert true.depth_m == pytest.approx((1600.0, 11_400.0), abs=1.0)
    (run,) = true.bounds
    assert all(
        low == pytest.approx(1600, abs=1) and high == pytest.approx(11_400, abs=1) for _, low, high in run
    )
    assert run[0][0] < run[-1][0] <= 16_600.0
    sigma = 4900.0 / norm.ppf(0.975)
    assert true.share == pytest.approx(1.0 - 2.0 * norm.cdf(-2550.0 / sigma), abs=1e-6)
    assert true.share_range[0] <= true.share <= true.share_range[1]
    # Somewhere is at least as probable as at one place.
    assert norm.cdf(-2550.0 / sigma) - 0.03 < true.p_shallow_somewhere < 1.0
    assert norm.cdf(-2550.0 / sigma) - 0.03 < true.p_deep_somewhere < 1.0


def test_the_area_of_a_straight_zone_is_known_far_better_than_its_place() -> None:
    # Near and far edge move together; what is left is at most the two ends, each as wide as the zone is deep.
    true = _uncertain(900.0).true_line
    assert true is not None
    sigma = 900.0 / norm.ppf(0.975)
    assert 0.0 < true.area_error_m2 < math.sqrt(2.0) * 6500.0 * sigma


def test_of_an_exact_line_nothing_more_is_told() -> None:
    (audit,) = depth_audits(_accord(), GEOMETRY, "en")
    assert audit.true_line is None


def test_the_band_of_a_line_is_as_wide_as_each_stretch_is_uncertain() -> None:
    bounds = LineUncertainty.of_stretches([(0.0, 8000.0, 500.0), (8000.0, 16_600.0, 2000.0)])
    line = UncertainLine.of(as_line(LINE), bounds)
    geometry = AccordGeometry(lines={"line": LINE}, uncertain_lines={"line": line})
    (shape,) = line_shapes(_accord(), geometry, "en")
    assert shape.uncertainty_m == (500.0, 2000.0)
    assert shape.band is not None
    band = shapely.geometry.shape(shape.band)
    # At 4 km and at 12 km along the line, which runs along a parallel: in from the nearer edge.
    west, east = signed_distance_m(band, [20.0483, 20.145], [42.0, 42.0])
    assert west == pytest.approx(-500, abs=30)
    assert east == pytest.approx(-2000, abs=50)


def test_a_zone_whose_promise_has_no_bounds_is_not_audited() -> None:
    derivation = {"line": "line", "side": "left", "depth_m": {"max": 9000}}
    accord = _accord(zones=[{"id": "zone", "names": "z", "kind": "exclusion", "derivation": derivation}])
    assert depth_audits(accord, GEOMETRY, "en") == ()
    drawn = _accord(zones=[{"id": "zone", "names": "z", "kind": "exclusion"}])
    assert depth_audits(drawn, GEOMETRY, "en") == ()


def test_the_bands_of_provisions_are_drawn_once_each_with_whose_they_are() -> None:
    accord = _accord(
        parties=[{"id": "north", "names": "North", "role": "side"}],
        provisions=[
            {"id": "fire", "kind": "restriction", "title": "No live fire"},
            {"id": "flights", "kind": "restriction", "title": "No flights"},
        ],
    )
    ground, other = ZoneGeometry(INNER, INNER, 1000.0, True), ZoneGeometry(OUTER, OUTER)
    geometry = AccordGeometry(bands={"fire": {"": ground}, "flights": {"": ground, "north": other}})
    bands = band_shapes(accord, geometry, "en")
    assert [band.name for band in bands] == ["No live fire", "No flights (North)"]
    assert (bands[0].approximate, bands[0].uncertainty_m) == (True, (1000.0, 1000.0))


def test_the_accords_own_places_join_the_basemap_unless_they_are_there() -> None:
    accord = _accord(
        places=[{"id": "ford", "names": {"en": "Ford", "ar": "فورد"}}, {"id": "mill", "names": "Mill"}]
    )
    geometry = AccordGeometry(places={"ford": shapely.Point(20.1, 42.0), "mill": shapely.Point(20.4, 42.0)})
    known = Basemap(towns=(Town(name="Upper Mill", name_local=None, lon=20.41, lat=42.01, rank=1),))
    towns = with_places(known, accord, geometry, "en").towns
    assert [(town.name, town.name_local) for town in towns] == [("Upper Mill", None), ("Ford", "فورد")]


ALONG: dict[str, Any] = {
    "line": "line", "side": "left", "depth_m": {"min": 4000, "max": 9000},
    "segments": [
        {"from_m": 8000, "to_m": 12000, "depth_m": {"min": 2000, "max": 3000}},
        {"from_m": 12000, "to_m": 14000, "depth_m": {"max": 0}},
    ],
}  # fmt: skip
OTHER_SIDE: dict[str, Any] = {"line": "line", "side": "right", "depth_m": {"min": 1000, "max": 1500}}


def _zone_of(*derivations: dict[str, Any]) -> Accord:
    return _accord(
        zones=[
            {
                "id": "zone", "names": {"en": "zone"}, "kind": "area_of_separation",
                "derivation": list(derivations),
            }
        ]
    )  # fmt: skip


def test_a_zone_with_depths_along_its_line_is_audited_stretch_by_stretch_and_side_by_side() -> None:
    drawn = derive_zone(
        LINE, left_depth_m=6500.0, right_depth_m=1200.0, ends="flat",
        segments=[DepthSegment(8000.0, 12000.0, 2500.0, 1200.0), DepthSegment(12000.0, 14000.0, 0.0, 1200.0)],
    ).geometry  # fmt: skip
    geometry = AccordGeometry(lines={"line": LINE}, zones={"zone": ZoneGeometry(drawn, drawn)})
    left, right = depth_audits(_zone_of(ALONG, OTHER_SIDE), geometry, "en")
    assert (left.side, left.verdict, right.verdict) == ("left", "as_promised", "as_promised")
    assert left.share_within == 1.0
    assert (left.promised_min_m, left.promised_max_m) == (2000, 9000)
    assert (right.promised_min_m, right.promised_max_m) == (1000, 1500)
    assert [(run.from_m, run.least_m) for run in left.promised] == [(0, 4000), (8000, 2000), (14000, 4000)]
    chart = draw_depth(left)
    assert chart is not None
    first, second, third = chart.bands
    assert (first.y, third.y) == (third.y, first.y)
    assert second.y > first.y, "less deep is lower"
    assert third.x > second.x + second.width, "no band where no zone was promised"
    assert depth_audits(_zone_of(ALONG, ALONG), geometry, "en") == (), "two bands on one side are no promise"


def test_the_legend_gives_the_range_of_depths_that_differ_along_the_line_or_by_side() -> None:
    (zone,) = zone_shapes(_zone_of(ALONG, OTHER_SIDE), GEOMETRY, "en")
    assert zone.depth_min_m is None
    assert zone.depth_ranges_m == ((1000.0, 4000.0), (1500.0, 9000.0))
    (uniform,) = zone_shapes(_accord(), GEOMETRY, "en")
    assert uniform.depth_ranges_m is None


def test_a_route_is_drawn_as_it_stood_at_each_date() -> None:
    def snapshot(*periods: str) -> Snapshot:
        details = {"periods": [{"status": status} for status in periods]}
        obligation = SimpleNamespace(id="road", details=details)
        return cast(Snapshot, SimpleNamespace(assessment=SimpleNamespace(obligations=[obligation])))

    snapshots = (snapshot(), snapshot("unverified", "closed"), snapshot("closed", "reopened"))
    (road,) = route_shapes(_accord(), GEOMETRY, "en", snapshots)
    assert road.states == ("unverified", "closed", "reopened")

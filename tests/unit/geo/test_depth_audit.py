import pytest
import shapely

from truceline.core.errors import InvalidInput
from truceline.geo.audit import audit_promise, audit_zone
from truceline.geo.nearest import LineIndex
from truceline.geo.promise import Promise, promised_along
from truceline.geo.zone import DepthSegment, derive_zone

LINE = shapely.LineString([(36, 35), (36.5, 35), (36.8, 35.2)])
ZONE = derive_zone(LINE, 15_000, "left").geometry


def test_a_zone_that_we_derive_passes_its_own_audit() -> None:
    audit = audit_zone(ZONE, LINE, "left", 15_000, 15_000)
    assert (audit.verdict, audit.certain) == ("as_promised", True)
    assert audit.share_within == 1.0
    assert abs(audit.min_depth_m - 15_000) < 0.2
    assert abs(audit.max_depth_m - 15_000) < 0.2


def test_a_zone_of_both_sides_passes_its_own_audit() -> None:
    zone = derive_zone(LINE, 15_000, "both").geometry
    assert audit_zone(zone, LINE, "both", 15_000, 15_000).verdict == "as_promised"


def test_a_shallow_zone_says_by_how_much_and_where() -> None:
    audit = audit_zone(ZONE, LINE, "left", 16_000, 20_000)
    assert audit.verdict == "too_shallow"
    assert audit.shortfalls[0].worst_m == pytest.approx(1000, abs=0.5)
    assert not audit.excesses


def test_a_deep_zone_says_by_how_much() -> None:
    audit = audit_zone(ZONE, LINE, "left", 10_000, 14_000)
    assert audit.verdict == "too_deep"
    assert max(item.worst_m for item in audit.excesses) == pytest.approx(1000, abs=0.5)


def test_a_bite_out_of_the_zone_is_found_where_it_is() -> None:
    bite = shapely.box(36.20, 35.10, 36.25, 35.2)
    audit = audit_zone(ZONE.difference(bite), LINE, "left", 15_000, 20_000)
    assert audit.verdict == "too_shallow"
    (found,) = audit.shortfalls
    assert 17_500 < found.from_m < 19_000
    assert 22_000 < found.to_m < 23_500
    assert found.worst_m == pytest.approx(15_000 - 11_100, abs=100)


def test_a_hole_between_the_stations_is_not_missed() -> None:
    hole = shapely.box(36.2000, 35.05, 36.2003, 35.051)  # 27 m wide; stations are 73 m apart
    audit = audit_zone(ZONE.difference(hole), LINE, "left", 15_000, 20_000)
    assert audit.verdict == "too_shallow"
    assert audit.missing_area_m2 > 1000


def test_ground_on_the_other_side_is_an_excess() -> None:
    audit = audit_zone(derive_zone(LINE, 15_000, "both").geometry, LINE, "left", 15_000, 20_000)
    assert audit.verdict == "too_deep"
    assert {item.side for item in audit.excesses} == {"right"}


def test_a_shortfall_within_the_line_s_uncertainty_is_not_certain() -> None:
    audit = audit_zone(ZONE, LINE, "left", 16_000, 20_000, uncertainty_m=3000)
    assert (audit.verdict, audit.certain) == ("within_uncertainty", False)
    assert audit.as_dict()["depth_uncertainty_m"] == 3000


def test_where_the_line_bends_back_the_depth_is_limited_and_no_shortfall() -> None:
    bay = shapely.LineString([(36, 35), (36.5, 35), (36.5, 35.1), (36, 35.1)])
    audit = audit_zone(derive_zone(bay, 15_000, "left").geometry, bay, "left", 15_000, 15_000)
    assert audit.verdict == "as_promised"
    assert any(station.limited for station in audit.profile)


def test_a_minimum_above_the_maximum_is_refused() -> None:
    with pytest.raises(InvalidInput, match="minimum"):
        audit_zone(ZONE, LINE, "left", 20_000, 15_000)


def test_a_promise_of_a_metre_is_audited_however_coarse_the_tolerance() -> None:
    line = shapely.LineString([(36.0, 35.0), (36.2, 35.05)])
    zone = derive_zone(line, 3000.0, "left").geometry
    found = audit_zone(zone, line, "left", 1.0, 5000.0, tolerance_m=50.0)
    assert found.verdict == "as_promised"
    assert found.mean_depth_m == pytest.approx(3000.0, abs=0.1)


LENGTH_M = LineIndex(LINE).total_m
CHANGE_M = 25_000.0
AGREED = promised_along(
    "left", None, [(0.0, CHANGE_M, 15_000, 20_000), (CHANGE_M, LENGTH_M, 8_000.0, 9_000.0)]
)
STEPPED = derive_zone(
    LINE, segments=[DepthSegment(0, CHANGE_M, 17_000, 0), DepthSegment(CHANGE_M, LENGTH_M, 8_500, 0)]
).geometry


def test_each_stretch_is_held_to_its_own_depths() -> None:
    audit = audit_promise(STEPPED, LINE, AGREED)
    assert (audit.verdict, audit.certain, audit.share_within) == ("as_promised", True, 1.0)
    assert audit.min_depth_m == pytest.approx(8_500, abs=0.2)
    assert audit.promised_m == pytest.approx((8_000.0, 20_000.0))
    # The whole line at the second stretch's depths: the first is wrong then.
    second = audit_zone(STEPPED, LINE, "left", 8_000, 9_000)
    assert [(round(d.to_m, -3), round(d.worst_m)) for d in second.excesses] == [(CHANGE_M, 8_000)]


def test_a_bite_beside_the_place_where_the_depth_changes_is_measured_by_its_own_stretch() -> None:
    # On the shallow side of the change only: 1 km is missing there, not the 8 km of the deep side.
    bitten = [
        DepthSegment(0, CHANGE_M, 17_000, 0),
        DepthSegment(CHANGE_M, CHANGE_M + 2_000, 7_000, 0),
        DepthSegment(CHANGE_M + 2_000, LENGTH_M, 8_500, 0),
    ]
    audit = audit_promise(derive_zone(LINE, segments=bitten).geometry, LINE, AGREED)
    assert audit.verdict == "too_shallow"
    assert max(found.worst_m for found in audit.shortfalls) == pytest.approx(1_000, abs=1)


def test_ground_beside_a_stretch_on_which_no_zone_was_promised_is_an_excess() -> None:
    agreed = promised_along("left", None, [(0.0, CHANGE_M, 15_000, 20_000)])
    audit = audit_promise(STEPPED, LINE, agreed)
    assert audit.verdict == "too_deep"
    assert [(round(d.from_m, -3), round(d.worst_m)) for d in audit.excesses] == [(CHANGE_M, 8_500)]
    alone = derive_zone(LINE, segments=[DepthSegment(0, CHANGE_M, 17_000, 0)]).geometry
    kept = audit_promise(alone, LINE, agreed, uncertainty_m=500.0)
    assert (kept.verdict, kept.share_within, kept.certain) == ("as_promised", 1.0, True)
    assert kept.min_depth_m == pytest.approx(17_000, abs=0.2)
    assert kept.uncertain is not None
    assert kept.uncertain.share_within > 0.999


def test_sides_of_unequal_depth_are_judged_each_by_its_own() -> None:
    zone = derive_zone(LINE, left_depth_m=15_000, right_depth_m=6_000).geometry
    found = audit_promise(zone, LINE, Promise((14_000, 16_000), (6_500, 7_000)))
    assert found.verdict == "too_shallow"
    assert {(d.side, round(d.worst_m)) for d in found.shortfalls} == {("right", 500)}


@pytest.mark.parametrize(
    ("agreed", "words"),
    [
        (Promise((0.0, 0.0), (0.0, 0.0)), "nothing promised"),
        (promised_along("left", None, [(0, 9e6, 1e3, 2e3)]), "within the line"),
        (promised_along("left", None, [(0, 9e3, 3e3, 2e3)]), "minimum"),
    ],
)
def test_a_promise_that_cannot_be_meant_is_refused(agreed: Promise, words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        audit_promise(ZONE, LINE, agreed)

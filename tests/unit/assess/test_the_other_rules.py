"""Designation, patrols, verification, ceilings, restrictions, negation, readings and the ledger."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import shapely

from truceline.accord.geometry import AccordGeometry, ZoneGeometry
from truceline.core.errors import InvalidAccord, InvalidInput

Make = Callable[..., Any]

LIST = {"id": "list", "kind": "designation", "by": ["keepers", "watchers"]}
LEAVE = {"id": "p", "kind": "forces_withdrawal", "designation": "list", "zone": "zone", "due": "2018-10-15"}
BOTH = ("mission", "agency")


def test_a_group_is_on_the_list_only_when_all_have_designated_it(make_case: Make) -> None:
    case = make_case(LIST, LEAVE)
    case.report("designation", "2018-10-01", "keepers", subject="riders", credibility=1)
    listed = case.assess("2018-10-31").obligation("list").details["list"]["riders"]
    assert (listed["in_force"], listed["missing"]) == (False, ["watchers"])
    case.report("presence_report", "2018-10-20", "riders")
    before = case.assess("2018-10-31").obligation("p")
    assert str(before.status) == "unverified"
    assert "list-empty" in {reason.message for reason in before.because}
    case.report("designation", "2018-10-05", "watchers", subject="riders", credibility=1)
    assert case.assess("2018-10-31").obligation("list").details["list"]["riders"]["in_force"]
    assert case.status("2018-10-31") == "overdue"
    # The list of the day asked about counts, not a later one.
    assert case.assess("2018-10-03").obligation("p").details["bound"] == []


def test_patrols_hold_when_each_party_is_reported_by_enough_sources(make_case: Make) -> None:
    patrols = {"id": "p", "kind": "patrols", "parties": ["keepers", "watchers"], "zone": "zone"}
    case = make_case(patrols)
    for source in BOTH:
        case.report("patrol", "2018-10-01", "keepers", source=source, credibility=1)
    verdict = case.assess("2018-10-31").obligation("p")
    assert str(verdict.status) == "unverified"
    assert "patrols-missing" in {reason.message for reason in verdict.because}
    for source in BOTH:
        for day in ("2018-10-02", "2018-10-09"):
            case.report("patrol", day, "watchers", source=source, credibility=1)
            case.report("patrol", day, "keepers", source=source, credibility=1)
    assert case.status("2018-10-31") == "holding"


def test_fewer_patrols_than_promised_do_not_fulfil(make_case: Make) -> None:
    daily = {
        "id": "p", "kind": "patrols", "parties": ["keepers"], "zone": "zone",
        "frequency": {"times": 1, "per": "day"},
    }  # fmt: skip
    case = make_case(daily)
    for source in BOTH:
        for day in range(1, 5):
            case.report("patrol", f"2018-10-{day:02d}", "keepers", source=source, credibility=1)
    verdict = case.assess("2018-10-31").obligation("p")
    assert verdict.details["promised"] == pytest.approx(45, abs=1)
    assert verdict.p_fulfilled < 0.3
    assert verdict.p_breached == 0.0


def test_verification_is_shown_by_the_verifiers_own_hours(make_case: Make) -> None:
    case = make_case({"id": "p", "kind": "verification", "by": ["watchers"], "subject": "all of it"})
    assert case.status("2018-10-31") == "unverified"
    for source in BOTH:
        case.report("observation_effort", "2018-10-01", "watchers", effort_h=5, source=source, credibility=1)
    assert case.status("2018-10-31") == "holding"


def test_a_ceiling_adds_up_places_of_one_day_and_not_reports_of_one_place(make_case: Make) -> None:
    limit = {
        "id": "p", "kind": "ceiling", "parties": ["north"], "class": "personnel", "maximum": 100,
        "zone": "zone",
    }  # fmt: skip
    case = make_case(limit)
    for source in BOTH:
        case.report("troop_count", "2018-10-01", "north", count=80, source=source, credibility=1)
    verdict = case.assess("2018-10-31").obligation("p")
    assert (verdict.p_breached, verdict.details["highest_counted"]) == (0.0, 80.0)
    for source in BOTH:
        case.report("troop_count", "2018-10-01", "north", count=50, lon=35.95, source=source, credibility=1)
    verdict = case.assess("2018-10-31").obligation("p")
    # Both places must hold men: the product of two noisy-ors of 0.93 and 0.86.
    assert verdict.details["highest_counted"] == 130.0
    assert verdict.p_breached == pytest.approx(0.98, abs=0.015)
    assert str(verdict.status) == "breached"


def test_each_party_has_a_ceiling_of_its_own(make_case: Make) -> None:
    limit = {
        "id": "p", "kind": "ceiling", "parties": ["north", "south"], "class": "tank", "maximum": 2,
        "zone": "zone",
    }  # fmt: skip
    case = make_case(limit)
    for party in ("north", "south"):
        for source in BOTH:
            case.report("weapon_sighting", "2018-10-01", party, count=2, weapon_class="tank", source=source,
                        lon=35.95 if party == "north" else 36.05)  # fmt: skip
    assert case.assess("2018-10-31").obligation("p").p_breached == 0.0


def test_a_restriction_leaves_out_what_the_text_exempts(make_case: Make) -> None:
    no_flights = {
        "id": "p", "kind": "restriction", "parties": ["north", "keepers"], "acts": ["flight"], "zone": "zone",
        "exemptions": [{"text": "the Keepers' own aircraft", "parties": ["keepers"]}],
    }  # fmt: skip
    case = make_case(no_flights)
    for source in BOTH:
        case.report("flight", "2018-10-01", "keepers", source=source)
    assert case.assess("2018-10-31").obligation("p").p_breached == 0.0
    for source in BOTH:
        case.report("flight", "2018-10-02", "north", source=source)
    assert case.status("2018-10-31") == "breached"


def test_what_a_negated_provision_forbids_breaks_it_when_done(make_case: Make) -> None:
    no_patrols = {"id": "p", "kind": "patrols", "parties": ["north"], "zone": "zone", "negated": True}
    case = make_case(no_patrols)
    for source in BOTH:
        case.report("patrol", "2018-10-01", "north", source=source)
    verdict = case.assess("2018-10-31").obligation("p")
    assert str(verdict.status) == "breached"
    assert verdict.because[0].message == "negated"


def test_the_word_no_in_a_cessation_is_no_negation_of_it(make_case: Make) -> None:
    fire = {"id": "p", "kind": "cessation", "parties": ["north"], "negated": True, "area": "zone"}
    case = make_case(fire)
    for source in BOTH:
        case.report("shelling", "2018-10-01", "north", source=source)
    assert case.status("2018-10-31") == "breached"


def test_an_act_of_nobody_known_counts_fully_only_where_everybody_is_bound(make_case: Make) -> None:
    def p(parties: list[str]) -> float:
        case = make_case({"id": "p", "kind": "cessation", "parties": parties, "area": "zone"})
        case.report("shelling", "2018-10-01")
        return float(case.assess("2018-10-31").obligation("p").p_breached)

    assert p(["north", "south", "riders"]) / p(["north"]) == pytest.approx(0.8 / 0.25)


def test_one_weapon_is_counted_once_in_the_ledger(make_case: Make) -> None:
    guns = {
        "id": "p", "kind": "weapons_withdrawal", "parties": ["north"], "weapons": ["heavy_weapon"],
        "zone": "zone", "due": "2018-10-10",
    }  # fmt: skip
    case = make_case(guns)
    tank = {"weapon_class": "tank"}
    case.report("weapon_declared", "2018-09-20", "north", count=5, **tank)
    for source in BOTH:  # the same two tanks, by serial, in their store
        for serial in ("T1", "T2"):
            case.report("weapon_stored", "2018-10-05", "north", serial=serial, source=source, **tank)
    case.report("weapon_sighting", "2018-10-12", "north", count=2, **tank)
    case.report("weapon_sighting", "2018-10-13", "north", count=1, **tank)
    case.report("weapon_sighting", "2018-10-13", "north", count=2, source="agency", **tank)
    (entry,) = case.assess("2018-10-31").obligation("p").details["ledger"]
    assert {name: entry[name] for name in ("declared", "stored", "seen", "unaccounted")} == {
        "declared": 5, "stored": 2, "seen": 2, "unaccounted": 1,
    }  # fmt: skip


def test_storage_of_the_whole_inventory_is_a_withdrawal(make_case: Make) -> None:
    guns = {
        "id": "p", "kind": "weapons_withdrawal", "parties": ["north"], "weapons": ["heavy_weapon"],
        "zone": "zone", "due": "2018-10-10",
    }  # fmt: skip
    case = make_case(guns, verification={"parameters": {"declared_complete": 0.99}})
    case.report("weapon_declared", "2018-09-20", "north", count=1, weapon_class="tank")
    assert case.status("2018-10-05") == "not_due"
    for source in BOTH:
        case.report("weapon_stored", "2018-10-06", "north", serial="T1", weapon_class="tank", source=source,
                    credibility=1)  # fmt: skip
    verdict = case.assess("2018-10-31").obligation("p")
    assert verdict.p_fulfilled > 0.9
    assert case.status("2018-10-08") in ("in_progress", "met")


def test_parameters_of_the_accord_replace_those_of_the_ruleset(make_case: Make) -> None:
    fire = {"id": "p", "kind": "cessation", "parties": ["north"], "area": "zone"}
    case = make_case(fire, verification={"independent_sources": 1, "thresholds": {"confirmed": 0.7}})
    case.report("shelling", "2018-10-01", "north", reliability="A")
    assert case.status("2018-10-31") == "breached"
    wrong = make_case(fire, verification={"parameters": {"sharpness": 1.0, "no_place": 7.0}})
    with pytest.raises(InvalidAccord) as error:
        wrong.assess("2018-10-31")
    assert {fault.path for fault in error.value.faults} == {
        "verification.parameters.sharpness", "verification.parameters.no_place",
    }  # fmt: skip
    with pytest.raises(InvalidInput, match="accepted: v1"):
        case.assess("2018-10-31", ruleset="v0")


def test_an_other_provision_is_kept_and_not_judged(make_case: Make) -> None:
    case = make_case({"id": "p", "kind": "other", "subject": "prisoners are visited"})
    note = case.report("statement", "2018-10-01", "north", subject="p")
    verdict = case.assess("2018-10-31").obligation("p")
    assert (str(verdict.status), verdict.evidence) == ("unverified", (note,))


def test_provisions_that_depend_on_one_another_in_a_circle_are_still_judged(make_case: Make) -> None:
    one = {"id": "a", "kind": "other", "depends_on": ["b"]}
    two = {"id": "b", "kind": "other", "depends_on": ["a"]}
    assert [o.id for o in make_case(one, two).assess("2018-10-31").obligations] == ["a", "b"]


def test_who_looked_at_one_partys_band_has_not_looked_at_the_others(make_case: Make) -> None:
    bound = {"north": "a", "south": "b"}
    case = make_case({
        "id": "p", "kind": "restriction", "parties": ["north", "south"], "weapons": ["tank"],
        "band": {"line": bound, "side": {"north": "left", "south": "right"}, "to_m": 20_000},
    })  # fmt: skip
    bands = {"north": shapely.box(35.9, 34.9, 36.1, 35.1), "south": shapely.box(37.9, 34.9, 38.1, 35.1)}
    drawn = {party: ZoneGeometry(area, area) for party, area in bands.items()}
    case.geometry = AccordGeometry(bands={"p": drawn})
    for day in ("2018-10-01", "2018-10-02", "2018-10-03"):
        case.report("observation_effort", day, effort_h=10.0, lon=36.0)
    verdict = case.assess("2018-10-31").obligation("p")
    hours = {part.id: round(part.effort_h) for part in verdict.parts}
    assert (hours["p/north"] > 20, hours["p/south"]) == (True, 0)

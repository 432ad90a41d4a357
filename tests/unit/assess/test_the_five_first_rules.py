"""Cessation, zone, withdrawals and routes on tables small enough to reason through by hand."""

from collections.abc import Callable
from typing import Any

import pytest

Make = Callable[..., Any]

CESSATION = {"id": "p", "kind": "cessation", "parties": ["north", "south"], "area": "zone"}
WEAPONS = {
    "id": "p", "kind": "weapons_withdrawal", "parties": ["north"], "weapons": ["heavy_weapon"],
    "zone": "zone", "due": "2018-10-10",
}  # fmt: skip
FORCES = {
    "id": "p", "kind": "forces_withdrawal", "groups": ["riders"], "zone": "zone", "due": "2018-10-15",
}  # fmt: skip
ROUTE = {"id": "p", "kind": "routes", "from": "Here", "to": "There", "road": "M4", "due": "2018-12-31"}


@pytest.mark.parametrize("provision", [CESSATION, WEAPONS, FORCES, ROUTE])
def test_after_its_day_silence_is_neither_compliance_nor_breach(
    make_case: Make, provision: dict[str, Any]
) -> None:
    verdict = make_case(provision).assess("2019-01-31").obligation("p")
    assert verdict.status == "unverified"
    assert verdict.p_breached == 0.0
    assert verdict.p_fulfilled == 0.5


@pytest.mark.parametrize("provision", [WEAPONS, FORCES, ROUTE])
def test_before_its_day_nothing_is_owed(make_case: Make, provision: dict[str, Any]) -> None:
    assert make_case(provision).status("2018-09-20") == "not_due"


def test_a_cessation_is_breached_when_two_independent_sources_confirm_it(make_case: Make) -> None:
    case = make_case(CESSATION)
    case.report("shelling", "2018-10-01", "north")
    assert case.status("2018-10-31") == "unverified"
    assert case.assess("2018-10-31").obligation("p").finding == "probable"
    case.report("shelling", "2018-10-01", "north", source="agency")
    verdict = case.assess("2018-10-31").obligation("p")
    assert (verdict.status, verdict.finding, verdict.proposition) == ("breached", "confirmed", "breached")
    # Mission A2 = mean of the log-odds of 0.95 and 0.7, agency B2 of 0.8 and 0.7; both wholly in scope
    # but for the place: 1 - (1 - 0.8695)(1 - 0.7534).
    assert verdict.probability == pytest.approx(0.9678, abs=2e-3)
    assert {part.id: str(part.status) for part in verdict.parts} == {
        "p/north": "breached",
        "p/south": "unverified",
    }


def test_sources_that_repeat_one_another_are_one(make_case: Make) -> None:
    case = make_case(CESSATION)
    case.report("shelling", "2018-10-01", "north", source="paper", credibility=1)
    once = case.assess("2018-10-31").obligation("p").p_breached
    case.report("shelling", "2018-10-01", "north", source="echo", credibility=1)
    verdict = case.assess("2018-10-31").obligation("p")
    assert verdict.p_breached == pytest.approx(once)
    assert verdict.status == "unverified"


def test_a_cessation_holds_where_somebody_looked_and_saw_nothing(make_case: Make) -> None:
    case = make_case(CESSATION)
    for day in range(1, 30):
        case.report("observation_effort", f"2018-10-{day:02d}", effort_h=10.0, credibility=1)
    verdict = case.assess("2018-10-31").obligation("p")
    assert verdict.status == "holding"
    assert verdict.effort_h == pytest.approx(290 * 0.9289, rel=1e-3)
    # 0.5 e^-0.01h against 0.5: the chance that a breach went unseen.
    assert verdict.p_fulfilled == pytest.approx(0.9367, abs=2e-3)


def test_an_act_before_the_agreement_is_no_breach(make_case: Make) -> None:
    case = make_case(CESSATION)
    case.report("air_strike", "2018-09-04", "north")
    assert case.assess("2018-10-31").obligation("p").p_breached == 0.0


def test_a_claim_by_a_party_does_not_show_a_withdrawal(make_case: Make) -> None:
    case = make_case(WEAPONS)
    case.report("withdrawal_claim", "2018-10-10", "north", weapon_class="heavy_weapon", source="paper")
    verdict = case.assess("2018-10-10").obligation("p")
    assert verdict.status == "unverified"
    assert 0.5 < verdict.p_fulfilled < 0.65


def test_a_withdrawal_that_two_sources_verified_in_time_is_met(make_case: Make) -> None:
    case = make_case(WEAPONS)
    for source in ("mission", "agency"):
        case.report("withdrawal_verified", "2018-10-09", "north", weapon_class="heavy_weapon", source=source)
    assert case.status("2018-10-10") == "met"
    assert case.status("2018-10-31") == "met"


def test_a_withdrawal_verified_after_the_day_is_met_late(make_case: Make) -> None:
    case = make_case(WEAPONS)
    for source in ("mission", "agency"):
        case.report("withdrawal_verified", "2018-10-20", "north", weapon_class="heavy_weapon", source=source)
    assert case.status("2018-10-31") == "met_late"
    with_grace = make_case(WEAPONS | {"grace_days": 14})
    with_grace.rows = case.rows
    assert with_grace.status("2018-10-31") == "met"


def test_weapons_seen_after_the_day_make_it_overdue(make_case: Make) -> None:
    case = make_case(WEAPONS)
    case.report("weapon_sighting", "2018-10-12", "brigade", weapon_class="tank", count=2)
    verdict = case.assess("2018-10-31").obligation("p")
    assert (verdict.status, verdict.proposition) == ("overdue", "not done")
    # The brigade belongs to North, whose ledger holds its weapons.
    assert [(e["party"], e["class"], e["seen"]) for e in verdict.details["ledger"]] == [("north", "tank", 2)]
    assert verdict.evidence == ("obs-000",)


def test_a_weapon_of_a_class_that_is_not_covered_does_not_count(make_case: Make) -> None:
    case = make_case(WEAPONS)
    case.report("weapon_sighting", "2018-10-12", "north", weapon_class="small_arms", count=2)
    assert case.assess("2018-10-31").obligation("p").p_breached == 0.0


def test_weapons_that_come_back_after_a_met_withdrawal_are_a_breach(make_case: Make) -> None:
    case = make_case(WEAPONS)
    for source in ("mission", "agency"):
        case.report("withdrawal_verified", "2018-10-09", "north", weapon_class="heavy_weapon", source=source)
    for source in ("mission", "agency"):
        case.report("weapon_sighting", "2018-11-20", "north", weapon_class="tank", source=source)
    verdict = case.assess("2018-11-30").obligation("p")
    assert verdict.status == "breached"
    assert verdict.since is not None
    assert verdict.since.isoformat() == "2018-11-20T22:00:00+00:00"
    assert any(reason.message == "relapse" for reason in verdict.because)
    assert case.status("2018-11-10") == "met"


def test_fighters_seen_in_the_zone_on_the_last_day_make_it_overdue(make_case: Make) -> None:
    case = make_case(FORCES)
    case.report("presence_report", "2018-10-15", "riders")
    assert case.status("2018-10-14") == "not_due"
    verdict = case.assess("2018-10-15").obligation("p")
    assert verdict.status == "overdue"
    assert verdict.since.isoformat() == "2018-10-15T21:00:00+00:00"


def test_fighters_seen_long_before_the_day_show_nothing_about_it(make_case: Make) -> None:
    case = make_case(FORCES)
    case.report("presence_report", "2018-09-20", "riders")
    assert case.status("2018-10-15") == "unverified"


def test_a_route_reported_closed_on_its_day_is_overdue_and_named_by_its_road(make_case: Make) -> None:
    case = make_case(ROUTE)
    far = {"lon": 10.0, "lat": 50.0, "source": "paper"}
    case.report("route_closed", "2018-12-31", place="M4 Here-There", **far)
    assert case.status("2018-12-31") == "overdue"
    other = make_case(ROUTE)
    other.report("route_closed", "2018-12-31", place="M5 Here-Elsewhere", **far)
    assert other.status("2018-12-31") == "unverified"


def test_the_last_true_report_of_a_route_decides(make_case: Make) -> None:
    case = make_case(ROUTE)
    case.report("route_closed", "2018-12-31", place="M4")
    for source in ("mission", "agency"):
        case.report("route_open", "2019-02-01", place="M4", source=source)
    assert case.status("2019-02-10") == "met_late"


def test_a_zone_waits_for_its_lines_and_for_what_must_leave_it(make_case: Make) -> None:
    zone = {
        "id": "z",
        "kind": "zone",
        "zone": "zone",
        "parties": ["keepers", "watchers"],
        "due": "2018-10-15",
    }
    case = make_case(zone, WEAPONS)
    assert case.status("2018-10-15", "z") == "unverified"
    case.report("weapon_sighting", "2018-10-12", "north", weapon_class="tank")
    assert case.status("2018-10-15", "z") == "overdue"
    agreed = make_case(zone, WEAPONS)
    for source in ("mission", "agency"):
        agreed.report("zone_agreed", "2018-10-01", "keepers", "watchers", source=source, credibility=1)
        agreed.report("withdrawal_verified", "2018-10-09", "north", source=source, credibility=1,
                      weapon_class="heavy_weapon")  # fmt: skip
    assert agreed.status("2018-10-15", "z") == "met"


def test_a_formal_objection_makes_it_disputed(make_case: Make) -> None:
    case = make_case(CESSATION)
    case.report("objection", "2018-10-02", "south", subject="p")
    verdict = case.assess("2018-10-31").obligation("p")
    assert verdict.status == "disputed"
    assert verdict.counter_evidence == ("obs-000",)

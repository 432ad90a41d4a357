"""The weapons ledger: every weapon counted once, whoever reports it, and what its reports contradict."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.assess.columns import Evidence
from truceline.assess.engine import Bench, matched
from truceline.assess.weapon_counts import KINDS, WeaponCounts, WeaponReport, WeaponReports, count_weapons
from truceline.assess.weapons_ledger import WeaponsLedger, weapons_ledger

Make = Callable[..., Any]

GUNS = {
    "id": "p", "kind": "weapons_withdrawal", "parties": ["north", "south"], "weapons": ["heavy_weapon"],
    "zone": "zone", "due": "2018-10-10",
}  # fmt: skip
TANK = {"weapon_class": "tank"}


def ledger_at(case: Any, day: str) -> WeaponsLedger:
    zone = dt.timezone(dt.timedelta(hours=3))
    as_of = dt.datetime.fromisoformat(day).replace(tzinfo=zone) + dt.timedelta(days=1)
    known = dt.datetime(2030, 1, 1, tzinfo=dt.UTC)
    evidence = Evidence(case.table, as_of=as_of, known_at=known)
    bench = Bench(
        case.accord, case.geometry, evidence, actors=matched(case.accord, evidence), as_of=as_of,
        known_at=known, ruleset="v1", incidents=None, language="en",
    )  # fmt: skip
    return weapons_ledger(bench.case)


def numbers(ledger: WeaponsLedger, party: str, weapon_class: str) -> dict[str, int]:
    (line,) = [x for x in ledger.lines if (x.entry.party, x.entry.weapon_class) == (party, weapon_class)]
    told = line.as_dict()
    return {name: value for name, value in told.items() if isinstance(value, int)}


def test_a_store_that_is_visited_again_is_not_a_second_store(make_case: Make) -> None:
    case = make_case(GUNS)
    case.report("weapon_declared", "2018-09-20", "north", count=8, **TANK)
    case.report("weapon_stored", "2018-10-05", "north", count=6, **TANK)
    case.report("weapon_stored", "2018-10-20", "north", count=5, **TANK)
    case.report("weapon_stored", "2018-10-20", "north", count=2, lon=36.2, **TANK)
    found = numbers(ledger_at(case, "2018-10-31"), "north", "tank")
    assert (found["stored"], found["verified"], found["unaccounted"]) == (7, 7, 1)


def test_a_list_of_serial_numbers_may_be_of_what_a_visit_counted(make_case: Make) -> None:
    case = make_case(GUNS)
    case.report("weapon_stored", "2018-10-05", "north", count=3, **TANK)
    for serial in ("T1", "T2"):
        case.report("weapon_stored", "2018-10-06", "north", serial=serial, count=1, **TANK)
    assert numbers(ledger_at(case, "2018-10-31"), "north", "tank")["stored"] == 3


def test_a_weapon_is_where_its_serial_number_was_reported_last(make_case: Make) -> None:
    case = make_case(GUNS)
    case.report("weapon_declared", "2018-09-20", "north", count=2, **TANK)
    case.report("weapon_stored", "2018-10-05", "north", serial="T1", **TANK)
    case.report("weapon_stored", "2018-10-09", "north", serial="T1", lon=36.3, **TANK)
    case.report("weapon_sighting", "2018-10-12", "north", serial="T2", **TANK)
    ledger = ledger_at(case, "2018-10-31")
    found = numbers(ledger, "north", "tank")
    assert (found["stored"], found["seen"], found["at_large"], found["unaccounted"]) == (1, 1, 1, 0)
    assert ledger.conflicts == ()
    case.report("weapon_sighting", "2018-10-13", "north", serial="T1", **TANK)
    ledger = ledger_at(case, "2018-10-31")
    found = numbers(ledger, "north", "tank")
    assert (found["stored"], found["at_large"], found["unaccounted"]) == (0, 2, 0)
    assert [(one.kind, one.serial) for one in ledger.conflicts] == [("seen_after_stored", "T1")]


def test_only_what_was_seen_in_the_zone_after_the_deadline_is_in_violation(make_case: Make) -> None:
    case = make_case(GUNS)
    case.report("weapon_sighting", "2018-10-01", "north", count=9, **TANK)
    case.report("weapon_sighting", "2018-10-20", "north", count=7, lon=40.0, **TANK)
    inside = case.report("weapon_sighting", "2018-10-20", "north", count=3, **TANK)
    early, late = ledger_at(case, "2018-10-09"), ledger_at(case, "2018-10-31")
    assert numbers(early, "north", "tank")["seen_in_violation"] == 0
    found = numbers(late, "north", "tank")
    assert (found["seen"], found["seen_in_violation"]) == (10, 3)
    (line,) = late.lines
    assert [(one.provision, one.evidence) for one in line.violations] == [("p", (inside,))]


def test_a_serial_number_of_two_parties_and_a_report_of_nobody_are_told(make_case: Make) -> None:
    case = make_case(GUNS)
    a = case.report("weapon_stored", "2018-10-05", "north", serial="T1", **TANK)
    b = case.report("weapon_stored", "2018-10-06", "south", serial="T1", **TANK)
    nobody = case.report("weapon_sighting", "2018-10-07", **TANK)
    ledger = ledger_at(case, "2018-10-31")
    assert [(one.kind, one.parties, one.evidence) for one in ledger.conflicts] == [
        ("two_parties", ("north", "south"), (a, b))
    ]
    assert ledger.unowned == (nobody,)


def test_classes_are_told_by_their_own_name_whatever_a_source_calls_them(make_case: Make) -> None:
    case = make_case(GUNS)
    case.report("weapon_sighting", "2018-10-20", "north", weapon_class="MLRS", count=1)
    case.report("weapon_sighting", "2018-10-20", "north", weapon_class="multiple_rocket_launcher", count=1)
    assert numbers(ledger_at(case, "2018-10-31"), "north", "multiple_rocket_launcher")["seen"] == 1


REPORTS = st.lists(
    st.builds(
        WeaponReport,
        id=st.text("abc", min_size=1, max_size=4),
        kind=st.sampled_from(KINDS),
        serial=st.one_of(st.none(), st.integers(0, 3)),
        count=st.integers(1, 5),
        day=st.integers(0, 3),
        start_us=st.integers(0, 3),
        place=st.integers(0, 1),
        incident=st.integers(0, 9),
    ),
    max_size=9,
    unique_by=lambda one: one.id,
)


def counted(reports: list[WeaponReport]) -> WeaponCounts:
    return count_weapons(WeaponReports.of(reports))


@given(REPORTS, st.randoms(use_true_random=False))
def test_neither_order_nor_repetition_changes_the_numbers(reports: list[WeaponReport], random: Any) -> None:
    again = [*reports, *reports]
    random.shuffle(again)
    assert counted(again) == counted(reports)


@given(REPORTS)
def test_a_serial_number_is_never_two_weapons(reports: list[WeaponReport]) -> None:
    numbered = [one for one in reports if one.serial is not None and one.kind != "weapon_declared"]
    found = counted(numbered)
    assert found.stored + found.missing + found.at_large <= len({one.serial for one in numbered})
    assert found.left <= len({one.serial for one in numbered if one.kind == "withdrawal_verified"})


@pytest.mark.parametrize("kind", KINDS)
def test_the_count_of_one_report_is_its_own(kind: str) -> None:
    report = WeaponReport("a", kind, None, 4, 0, 0, 3600, 1)
    found = counted([report])
    assert max(found.declared, found.stored, found.left, found.seen, found.missing) == 4

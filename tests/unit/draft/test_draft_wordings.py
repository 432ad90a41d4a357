"""The same obligation in many wordings of agencies and of numbered articles. All sentences are invented."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

AGREED = "The Government of Azmania and the Kelvar Front signed an accord on 3 May 2021.\n\n"
Kinds = Callable[..., list[str]]


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Both sides have 10 days to withdraw their troops from the front.", "forces_withdrawal"),
        ("The army has until 10 June to pull its brigade out of Koro.", "forces_withdrawal"),
        ("Under the accord there will be no more shelling.", "cessation"),
        ("All hostile activity, on land and at sea, shall come to a stop at noon.", "cessation"),
        ("The accord sets a ceiling of 40 tanks for each side.", "ceiling"),
        ("The number of peacekeepers in the region will be limited to 1,500.", "ceiling"),
        ("The personnel of each side in the zone is not to exceed 7,000.", "ceiling"),
        ("The Front is allowed no more than 80 guards for its leader.", "ceiling"),
        ("Neither side is to station more than 2,000 men in the valley.", "ceiling"),
        ("The area between the Rhona river and the Tel ridge shall be demilitarised.", "zone"),
        ("The text stipulates that a strip 8 km wide along the river be free of armed forces.", "zone"),
        ("The oil terminals will be surrounded by a weapons-free belt of five kilometres.", "zone"),
        ("The agreement bans military exercises within 15 km of the line.", "restriction"),
        ("Helicopters would be barred from flying over the creeks.", "restriction"),
        ("No aircraft shall overfly the zone.", "restriction"),
        ("Rounds of the zone shall be made daily by mixed teams.", "patrols"),
        ("A joint panel would decide which militias are to be outlawed.", "designation"),
        ("The two sides are to name the gangs that fall outside the truce.", "designation"),
        ("Armed groups not bound by this accord shall be listed in a joint declaration.", "designation"),
        ("It also establishes a joint commission to investigate violations of the truce.", "verification"),
        ("A team of 45 monitors is to arrive next week to supervise the process.", "verification"),
        ("The Baro-Lomi road, closed since 2014, will be reopened for trade.", "routes"),
        ("The accord reopens the railway from Zagor to Port Moro.", "routes"),
        ("There shall be a complete disarmament of the Front by 26 September 2021.", "weapons_withdrawal"),
    ],
)
def test_a_wording_is_read_as_its_kind(kinds: Kinds, sentence: str, kind: str) -> None:
    assert kinds(AGREED + sentence, "2021-05-04") == [kind]


@pytest.mark.parametrize(
    "sentence",
    [
        "The accord is to enter into force on 1 June 2021.",
        "In 1987 the two sides agreed to demilitarise the border, but it was not carried out.",
        "The Front demanded that the army withdraw from Lom.",
        "The Front had proposed that the army leave the capital.",
        "Talks on joint patrols will continue in May.",
        "Some 4,000 soldiers remain in the valley and control the highway between Zagor and Lom.",
        "Analysts said the two armies should pull back their artillery.",
    ],
)
def test_what_is_past_demanded_or_about_the_paper_binds_nobody(kinds: Kinds, sentence: str) -> None:
    assert kinds(AGREED + sentence, "2021-05-04") == []


def test_each_row_of_a_table_of_distances_is_a_withdrawal(kinds: Kinds) -> None:
    table = (
        "The Parties shall withdraw their weapons to the following distances:\n"
        "Weapon | Calibre | Distance\n"
        "Mortars | 120 mm and above | 15 km\n"
        "Tanks | any | 12 km\n"
    )
    assert kinds(AGREED + table, "2021-05-04") == ["weapons_withdrawal", "weapons_withdrawal"]


def test_each_row_of_a_list_of_ceilings_is_a_ceiling(kinds: Kinds) -> None:
    rows = "The following ceilings apply in the zone:\nTanks: 20 per side\nTroops: 750 per side\n"
    assert kinds(AGREED + rows, "2021-05-04") == ["ceiling", "ceiling"]


def test_items_under_the_main_points_are_provisions_and_under_demands_are_not(kinds: Kinds) -> None:
    items = (
        "- Withdrawal of all foreign troops within 14 months.\n- Reopening of the road from Zagor to Lom.\n"
    )
    agreed = kinds(
        AGREED + "The main points of the accord signed by the two sides are:\n" + items, "2021-05-04"
    )
    assert agreed == ["forces_withdrawal", "routes"]
    assert kinds(AGREED + "The opposition demanded the following:\n" + items, "2021-05-04") == []


def test_a_third_is_not_bound_by_what_one_side_announces_for_it(
    drafted: Callable[..., dict[str, Any]],
) -> None:
    text = (
        "Norway announced Kenya's army will halt its operation in Lom after the Norwegian and Chilean "
        "presidents agreed on a truce on Monday. Norwegian minister Per Dahl said the agreement between "
        "Norway and Chile meant that no military action would be taken against Lom."
    )
    provisions = drafted(text, "2021-05-04")["provisions"]
    assert [(p["kind"], p["parties"]) for p in provisions] == [("cessation", ["norway", "chile"])]

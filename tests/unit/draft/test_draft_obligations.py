"""What obliges somebody and what does not, and of which kind it is. All sentences are invented."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

AGREED = "The Republic of Orland and the Keld Movement signed an accord on 3 May 2021. "
Kinds = Callable[..., list[str]]
Drafting = Callable[..., dict[str, Any]]


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Both sides shall cease all hostilities.", "cessation"),
        ("The guns will fall silent at noon.", "cessation"),
        ("No military action will be taken against Vastholm.", "cessation"),
        ("The Parties shall refrain from the use of force.", "cessation"),
        ("A demilitarized zone 10 km wide shall be established along the line of contact.", "zone"),
        ("Between the armies there will be a buffer strip five kilometres deep.", "zone"),
        ("Both sides must pull their tanks back from the river.", "weapons_withdrawal"),
        (
            "Heavy weapons shall be withdrawn by both sides to at least 25 km from the line.",
            "weapons_withdrawal",
        ),
        ("The Keld Movement will lay down its arms in six camps.", "weapons_withdrawal"),
        ("The Keld Movement is to withdraw its fighters from Vastholm.", "forces_withdrawal"),
        ("All foreign fighters must leave the province.", "forces_withdrawal"),
        ("The parties will decide together which groups are designated as extremist.", "designation"),
        ("Their troops shall carry out joint patrols along the river every day.", "patrols"),
        ("The road between Vastholm and Kirn shall be reopened to traffic.", "routes"),
        ("Observers of the United Nations shall monitor the ceasefire.", "verification"),
        ("In the strip each side shall keep no more than 2,500 men.", "ceiling"),
        ("Military aircraft shall not fly over the zone.", "restriction"),
        ("Live-fire exercises are prohibited within 10 km of the line.", "restriction"),
        ("Both sides shall release all prisoners.", "other"),
    ],
)
def test_a_binding_clause_is_drafted_under_its_kind(kinds: Kinds, sentence: str, kind: str) -> None:
    assert kinds(AGREED + sentence) == [kind]


@pytest.mark.parametrize(
    "sentence",
    [
        "The minister demanded that the Keld Movement withdraw its tanks by 1 June 2021.",
        "Mediators urged both sides to reopen the road between Vastholm and Kirn.",
        "The mediator proposed that a demilitarized zone of 10 km be set up.",
        "The Keld Movement refused to withdraw its fighters from Vastholm.",
        "Both sides would have pulled back their tanks.",
        "If the truce holds, both sides could withdraw their tanks.",
        "The army withdrew its tanks from the river last week.",
        "Under the accord of 2012 both sides were to stop shelling by the end of that year.",
        "In 2012 the Keld Movement promised to leave Vastholm, and it did not keep its word.",
        "The Keld Movement may withdraw its tanks.",
        "Will both sides withdraw their tanks?",
        "The accord would improve the lives of thousands.",
        "The two sides agreed in principle that troop numbers should be reduced.",
        "It does not require the Republic to withdraw its troops from the fort.",
    ],
)
def test_what_is_asked_offered_refused_past_or_supposed_obliges_nobody(kinds: Kinds, sentence: str) -> None:
    assert kinds(AGREED + sentence) == []


@pytest.mark.parametrize(
    "text",
    [
        "Talks between Orland and the Keld Movement collapsed on Friday "
        "without an agreement. Under the draft both "
        "sides would withdraw tanks 20 km from the river by 1 June. Monitors would verify the withdrawal.",
        "We call on the Government to stop the fighting. Both sides should "
        "withdraw their tanks within 14 days.",
        "Orland rejects this plan. No date was set for a withdrawal. Orland has not agreed to a ceasefire.",
        "",
        "The museum opens at nine. Visitors must leave their bags at the door.",
    ],
)
def test_a_text_about_nothing_agreed_has_no_provision_and_says_why(drafted: Drafting, text: str) -> None:
    data = drafted(text)
    assert data["provisions"] == []
    assert data["notes"]


def test_one_sentence_can_oblige_two_parties_to_two_things(drafted: Drafting) -> None:
    data = drafted(
        AGREED + "The Republic of Orland shall withdraw its tanks by 1 June 2021 and the Keld Movement shall "
        "reopen the road between Vastholm and Kirn by 1 July 2021."
    )
    assert [(p["kind"], p["parties"], p["due"]) for p in data["provisions"]] == [
        ("weapons_withdrawal", ["republic-of-orland"], "2021-06-01"),
        ("routes", ["keld-movement"], "2021-07-01"),
    ]


def test_linking_one_place_with_two_others_makes_two_routes(drafted: Drafting) -> None:
    data = drafted(
        AGREED + "The roads linking Vastholm with Kirn and Harlo shall be reopened by 1 July 2021."
    )
    assert [(p["from"], p["to"]) for p in data["provisions"]] == [("Vastholm", "Kirn"), ("Vastholm", "Harlo")]


def test_items_take_who_is_bound_and_until_when_from_their_lead_in(drafted: Drafting) -> None:
    data = drafted(
        "AGREEMENT between the Republic of Orland and the Keld Movement\n\n"
        "Within 10 days of signature the Parties shall:\n"
        "(a) withdraw all tanks from the zone;\n(b) release all prisoners.\n"
    )
    assert [p["kind"] for p in data["provisions"]] == ["weapons_withdrawal", "other"]
    for provision in data["provisions"]:
        assert provision["parties"] == ["republic-of-orland", "keld-movement"]
        assert provision["due"]["after"] == "signed"
        assert provision["due"]["days"] == 10


def test_a_list_of_distances_makes_one_withdrawal_per_class(drafted: Drafting) -> None:
    data = drafted(
        "AGREEMENT between the Republic of Orland and the Keld Movement\n\n"
        "Each Party shall withdraw the weapons listed below from the line by at least the distance stated:\n"
        "- mortars of 120 mm: 8 km\n- multiple rocket launchers: 35 km\n"
    )
    listed = {p["weapons"][0]["class"]: p["distance_m"] for p in data["provisions"] if p["weapons"]}
    assert listed["mortar"] == {"min": 8000.0}
    assert listed["multiple_rocket_launcher"] == {"min": 35000.0}


def test_men_and_tanks_capped_in_one_sentence_are_two_ceilings(drafted: Drafting) -> None:
    data = drafted(
        AGREED + "In the strip the Republic of Orland shall keep no more than 2,500 men and 20 tanks."
    )
    assert [(p["class"]["class"], p["maximum"]) for p in data["provisions"]] == [
        ("personnel", 2500.0),
        ("tank", 20.0),
    ]


def test_the_same_obligation_told_twice_in_a_report_is_one_provision_with_several_quotes(
    drafted: Drafting,
) -> None:
    data = drafted(
        AGREED + "A demilitarized zone would be set up along the river, the minister said. "
        "The demilitarized zone is to be 10 km wide and will be established by 1 June 2021."
    )
    zones = [p for p in data["provisions"] if p["kind"] == "zone"]
    assert len(zones) == 1
    assert len(zones[0]["quotes"]) == 3  # the last sentence tells it twice
    assert zones[0]["due"] == "2021-06-01"


def test_a_deadline_that_counts_from_the_ceasefire_names_its_provision(drafted: Drafting) -> None:
    data = drafted(
        AGREED + "Both sides shall stop all fighting on 5 May 2021. "
        "All forces shall be withdrawn from the ports within 14 days of the ceasefire."
    )
    cessation, withdrawal = data["provisions"]
    assert withdrawal["due"]["after"] == cessation["id"]
    assert withdrawal["due"]["days"] == 14


def test_a_condition_is_kept_in_the_texts_own_words(drafted: Drafting) -> None:
    data = drafted(
        AGREED + "The Republic of Orland shall reopen the road between Vastholm and Kirn by 1 June 2021, "
        "provided that the Keld Movement lifts the tolls."
    )
    assert data["provisions"][0]["condition"] == "provided that the Keld Movement lifts the tolls"

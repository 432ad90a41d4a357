from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Drafting = Callable[..., dict[str, Any]]


def _party(data: dict[str, Any], name: str) -> dict[str, Any]:
    return next(p for p in data["parties"] if p["names"] == {"en": name} or p["names"] == name)


def test_an_abbreviation_in_brackets_is_an_alias_and_later_means_the_party(drafted: Drafting) -> None:
    data = drafted(
        "The Government of Orland and the Keld Liberation Front (KLF) "
        "signed a truce. The KLF shall withdraw its fighters from Kirn."
    )
    assert data["provisions"][-1]["parties"] == ["keld-liberation-front"]
    assert "KLF" in _party(data, "Keld Liberation Front")["aliases"]


def test_previously_known_as_is_a_former_name(drafted: Drafting) -> None:
    data = drafted(
        "Orland and Kelden agreed on a truce. The River Guard Movement, previously known as the Black Reed, "
        "shall leave the valley by 1 May 2020."
    )
    party = _party(data, "River Guard Movement")
    assert party["former_names"] == [{"name": "Black Reed"}]


def test_an_alliance_dominated_by_a_faction_once_called_otherwise_bears_its_former_name(
    drafted: Drafting,
) -> None:
    data = drafted(
        "Russia and Turkey agreed on a zone. All radical fighters must "
        "leave it by 1 May 2020, including the Black Reed, "
        "he said, referring to the Union of the Valleys (UV), which is "
        "dominated by a faction previously known as the Black Reed."
    )
    party = _party(data, "Union of the Valleys")
    assert "UV" in party["aliases"]
    assert {"name": "Black Reed"} in party["former_names"]
    assert "union-of-the-valleys" in data["provisions"][-1]["parties"]


def test_both_countries_means_the_states_that_agreed(drafted: Drafting) -> None:
    data = drafted(
        "Armenia and Azerbaijan signed an agreement on Friday. Both "
        "countries will withdraw their troops from the village."
    )
    assert data["provisions"][-1]["parties"] == ["armenia", "azerbaijan"]


def test_an_army_or_a_demonym_means_its_state_and_becomes_an_alias(drafted: Drafting) -> None:
    data = drafted(
        "Israel and Syria signed an agreement. The Syrian army shall leave "
        "the area of separation by 1 June 1974."
    )
    assert data["provisions"][-1]["parties"] == ["syria"]


def test_the_opposition_of_a_country_is_not_its_state(drafted: Drafting) -> None:
    data = drafted(
        "Russia and Turkey agreed on a zone. Heavy weapons will be "
        "withdrawn from all Syrian opposition forces by 1 June 2020."
    )
    assert data["provisions"][-1]["parties"] == ["syrian-opposition-forces"]


def test_we_in_a_speech_are_the_speakers_side(drafted: Drafting) -> None:
    data = drafted(
        "Address of President Marta Lund to the nation, 11 October 2023\n\nWe have signed an agreement. "
        "We, the Republic of Anders, will pull our tanks back thirty kilometres from the river."
    )
    assert data["provisions"][-1]["parties"] == ["republic-of-anders"]


def test_a_passive_clause_without_an_agent_binds_nobody_and_asks_who(drafted: Drafting) -> None:
    data = drafted(
        "The Sides shall cease fire. All hostages shall be freed by 1 June "
        "2020. The Sides signed this agreement."
    )
    freed = next(p for p in data["provisions"] if p.get("due") == "2020-06-01")
    assert freed["parties"] == []
    assert {
        "provision": freed["id"],
        "field": "parties",
        "why": "the text does not say who is bound",
    } in data["questions"]


def test_parties_that_withdraw_under_the_eyes_of_two_states_make_those_guarantors(drafted: Drafting) -> None:
    data = drafted(
        "Russia and Turkey agreed on a zone. Heavy weapons will be "
        "withdrawn by all opposition forces by 1 June 2020."
    )
    roles = {p["id"]: p["role"] for p in data["parties"]}
    assert roles["russia"] == roles["turkey"] == "guarantor"
    assert roles["opposition-forces"] == "side"


@pytest.mark.parametrize("name", ["Veldania", "Korsk"])
def test_unknown_names_that_agree_are_parties(drafted: Drafting, name: str) -> None:
    data = drafted(
        f"{name} and Taviland agreed on a ceasefire. {name} shall withdraw "
        f"its tanks from the river by 1 May 2020."
    )
    assert data["provisions"][-1]["parties"] == [name.lower()]

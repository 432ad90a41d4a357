"""Whom a clause binds, where the text says it by a collective, a metonym, an aside or an older name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Drafting = Callable[..., dict[str, Any]]

NEWS = (
    "KUNDA, 4 March (Wire) - The Ostrian Federation and the breakaway Republic of Kell signed an armistice "
    "late on Tuesday after talks hosted by the Emirate of Hadd, officials said.\n\n"
)
PROTOCOL = (
    "PROTOCOL\n\nThe Khanate of Urgal, represented by Prince Temir, and the Sovereign Towns of the Lower "
    "Reach, known as the Reach, represented by Consul Abelard Finch, in the presence of the "
    "Margravine of Sund as guarantor,\n\nHave agreed:\n\n"
)
BOTH = ["ostrian-federation", "republic-of-kell"]
CONTRACTING = ["khanate-of-urgal", "sovereign-towns-of-the-lower-reach"]


def _bound(data: dict[str, Any], n: int = -1) -> list[str]:
    return sorted(data["provisions"][n]["parties"])


@pytest.mark.parametrize(
    "sentence",
    [
        "The two armies will stop firing at dawn on March 6.",
        "Both leaders also promised to reopen the railway from Kunda to Lim.",
        "Neither side will lay mines.",
        "Ostrian and Kellish police will jointly patrol the bridges.",
        "Neither Ostria nor Kell shall station troops in the valley.",
        "All tanks are to be withdrawn from the valley by April 1.",
    ],
)
def test_a_collective_means_those_who_the_report_says_agreed(drafted: Drafting, sentence: str) -> None:
    assert _bound(drafted(NEWS + sentence)) == BOTH


@pytest.mark.parametrize(
    ("sentence", "party"),
    [
        ("Ostria agreed to pull its tanks 20 km back from the Vesna river.", "ostrian-federation"),
        ("Kell's forces will leave the port of Lim by March 20.", "republic-of-kell"),
    ],
)
def test_a_land_is_known_by_the_word_in_its_longer_name(drafted: Drafting, sentence: str, party: str) -> None:
    assert _bound(drafted(NEWS + sentence)) == [party]


def test_a_host_of_the_talks_is_not_among_both_sides(drafted: Drafting) -> None:
    data = drafted(NEWS + "Both sides will exchange prisoners by April 1.")
    assert "emirate-of-hadd" not in _bound(data)


@pytest.mark.parametrize(
    "article",
    [
        "1. From 3 May 2031 both Contracting Parties shall cease fire.",
        "1. The Signatories shall name a joint commission by 1 June 2031.",
        "1. Neither the Khanate nor the Reach shall station troops in the town of Quern.",
    ],
)
def test_parties_with_representatives_and_short_names_are_the_signatories(
    drafted: Drafting, article: str
) -> None:
    assert _bound(drafted(PROTOCOL + article)) == CONTRACTING


def test_an_unknown_group_with_an_aside_is_bound_by_its_own_name(drafted: Drafting) -> None:
    data = drafted(
        PROTOCOL
        + "1. The Steppe Riders, an irregular host allied to the Khanate, shall leave the town of Quern "
        "by 12 May 2031."
    )
    assert _bound(data) == ["steppe-riders"]


def test_a_committee_is_not_the_one_who_chairs_it(drafted: Drafting) -> None:
    data = drafted(
        PROTOCOL
        + "1. A Ceasefire Monitoring Committee (CMC), chaired by the Observer Mission of the Lakes (OML), "
        "shall verify compliance."
    )
    assert _bound(data) == ["ceasefire-monitoring-committee"]


def test_the_forces_that_a_passive_clause_confines_are_bound(drafted: Drafting) -> None:
    data = drafted(PROTOCOL + "1. The forces of the Reach shall be confined to barracks by 12 May 2031.")
    assert _bound(data) == ["sovereign-towns-of-the-lower-reach"]


def test_both_of_three_who_agreed_is_left_open(drafted: Drafting) -> None:
    data = drafted(
        "The Ostrian Federation, the Republic of Kell and the Kingdom of Norrath signed a truce on Monday. "
        "Both sides shall withdraw their tanks by 1 May 2020."
    )
    assert data["provisions"][-1]["parties"] == []
    assert any(q["field"] == "parties" for q in data["questions"])


def test_their_armies_are_those_of_the_two_who_are_named_together(drafted: Drafting) -> None:
    data = drafted(
        "Armenian President Aram Sar and Georgian Prime Minister Gia Lom signed a truce on Monday. "
        "Armenian President Aram Sar and Georgian Prime Minister Gia Lom agreed that their armies would stop "
        "at the positions they hold."
    )
    assert _bound(data) == ["armenia", "georgia"]


def test_states_that_broker_a_truce_are_not_its_parties(drafted: Drafting) -> None:
    data = drafted(
        "Under a truce brokered by Norway and Chile, the Ostrian Federation and the Kell Liberation Front "
        "(KLF) will hold their fire from Monday. Both sides will release prisoners."
    )
    assert _bound(data) == ["kell-liberation-front", "ostrian-federation"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Ostrian forces and Kellish police shall patrol the bridges together.",
        "Neither army shall, for as long as the armistice lasts, throw up works along the river.",
    ],
)
def test_a_subject_is_whole_where_the_parse_may_cut_it(drafted: Drafting, sentence: str) -> None:
    assert _bound(drafted(NEWS + sentence)) == BOTH


def test_both_of_three_who_agreed_are_the_two_named_last_and_the_analyst_is_asked(drafted: Drafting) -> None:
    text = (
        "The Ostrian Federation, the Republic of Kell and the Emirate of Hadd agreed on an armistice.\n\n"
        "The Ostrian Federation and the Republic of Kell shall exchange prisoners.\n"
        "Both sides shall cease fire on 6 March 2030."
    )
    data = drafted(text)
    assert _bound(data) == BOTH
    assert [q["why"] for q in data["questions"] if q["field"] == "parties"] == [
        "the text says both, and three or more seem to be at the table"
    ]


def test_the_mark_of_an_item_is_no_part_of_a_name(drafted: Drafting) -> None:
    text = PROTOCOL + "A.1 The Khanate shall leave the islands.\nA.2 The Reach shall free the prisoners.\n"
    data = drafted(text)
    assert [_bound(data, n) for n in range(2)] == [[one] for one in CONTRACTING]
    assert not [p["id"] for p in data["parties"] if p["id"].startswith("a-")]

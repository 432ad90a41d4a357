from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

AGREED = "Orland and Kelden signed an accord on 3 May 2021. "
Drafting = Callable[..., dict[str, Any]]


@pytest.mark.parametrize(
    ("sentence", "speaker", "stance"),
    [
        ("The European Union welcomed the truce.", "european-union", "welcomes"),
        ("French President Jean Valdor hailed the accord.", "Jean Valdor", "welcomes"),
        ("The Civic Union criticised the truce as a surrender.", "civic-union", "criticises"),
        ("Norway rejected the accord.", "norway", "rejects"),
        ("Norway demanded that both sides free all prisoners.", "norway", "demands"),
        ('"This is a historic step," said Foreign Minister Ana Brell.', "Ana Brell", "supports"),
    ],
)
def test_praise_blame_and_demands_are_statements_and_no_provisions(
    drafted: Drafting, sentence: str, speaker: str, stance: str
) -> None:
    data = drafted(AGREED + sentence)
    assert data["provisions"] == []
    assert [(s["speaker"], s["stance"]) for s in data["statements"]] == [(speaker, stance)]


def test_an_obligation_in_reported_speech_is_a_provision_with_its_speaker(drafted: Drafting) -> None:
    data = drafted(AGREED + "President Jan Holt said that all tanks would be withdrawn by 1 June 2021.")
    (provision,) = data["provisions"]
    assert provision["quotes"][0]["speaker"] == "Jan Holt"
    assert provision["quotes"][0]["exact"] == "all tanks would be withdrawn by 1 June 2021"
    assert data["statements"] == []


def test_what_is_said_beside_an_obligation_is_kept_apart(drafted: Drafting) -> None:
    data = drafted(
        AGREED + "All tanks would be withdrawn by 1 June 2021 - a plan supported by the government of Norway."
    )
    assert data["provisions"][0]["quotes"][0]["exact"] == "All tanks would be withdrawn by 1 June 2021"
    assert [(s["speaker"], s["stance"]) for s in data["statements"]] == [("norway", "supports")]

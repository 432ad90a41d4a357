"""When two values of a field are the same: ranges, names, speakers."""

from __future__ import annotations

from typing import Any

import pytest

from truceline.draft.evaluation.gold import GoldFile
from truceline.draft.evaluation.values import same_name, same_range, same_speaker


@pytest.mark.parametrize(
    ("gold", "found", "same"),
    [
        ({"min": 8000, "max": 8000}, (8000, None), True),
        ({"min": 8000, "max": 8000}, (None, 8000), True),
        ({"min": 8000, "max": 8000}, (8000, 9000), False),
        ({"min": 50000}, (50000, None), True),
        ({"min": 50000}, (50000, 50000), False),
        ({"min": 15000, "max": 20000}, (15000, None), False),
        ({"min": 1609.3, "max": 1609.3}, (1609.344, 1609.344), True),
    ],
)
def test_ranges(gold: dict[str, Any], found: tuple[float | None, float | None], same: bool) -> None:
    provision = {"id": "x", "kind": "zone", "quotes": ["x"], "distance_m": gold}
    file = GoldFile.model_validate({"text": "t", "published": None, "provisions": [provision]})
    distance = file.provisions[0].distance_m
    assert distance is not None
    assert same_range(distance, found) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("the Houthis", "Houthis", True),
        ("Hay'at Tahrir al-Sham", "Hayat Tahrir al-Sham", True),
        ("Côte d'Or Front", "Cote d'Or Front", True),
        ("North Korea", "South Korea", False),
        ("RSF", "SAF", False),
        ("Russia", "Prussia Front", False),
    ],
)
def test_names(one: str, other: str, same: bool) -> None:
    assert same_name((one,), (other,)) is same


def test_a_speaker_may_go_by_the_family_name() -> None:
    assert same_speaker(("Vladimir Putin",), ["Putin"])
    assert not same_speaker(("Vladimir Putin",), ["Recep Tayyip Erdogan"])

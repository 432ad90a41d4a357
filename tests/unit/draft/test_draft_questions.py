from __future__ import annotations

from collections.abc import Callable
from typing import Any

Drafting = Callable[..., dict[str, Any]]
AGREED = "Orland and Kelden signed an accord. "


def _asked(data: dict[str, Any], field: str) -> list[str]:
    return [q["why"] for q in data["questions"] if q["field"] == field]


def test_a_zone_without_a_line_asks_for_it(drafted: Drafting) -> None:
    data = drafted(AGREED + "A demilitarized zone 10 km wide shall be established by 1 June 2021.")
    assert _asked(data, "line") == ["the text gives no line that the zone is measured from"]
    assert _asked(data, "side")


def test_a_line_that_is_named_is_in_the_draft_and_its_course_is_asked_for(drafted: Drafting) -> None:
    data = drafted(AGREED + "A demilitarized zone 10 km wide shall be established along the line of contact.")
    assert [line["id"] for line in data["lines"]] == ["line-of-contact"]
    assert "not drawn" in _asked(data, "line")[0]


def test_a_width_without_width_or_depth_asks_which(drafted: Drafting) -> None:
    data = drafted(AGREED + "A 15-20 km demilitarized zone shall be established.")
    assert any("depth or the total width" in why for why in _asked(data, "measure"))
    assert "measure" not in data["provisions"][0]


def test_a_deadline_without_a_year_is_asked_for_and_not_guessed(drafted: Drafting) -> None:
    data = drafted(AGREED + "All tanks shall be withdrawn by 15 October.")
    assert "due" not in data["provisions"][0]
    assert any("no year" in why for why in _asked(data, "due"))


def test_an_anchor_that_the_text_does_not_name_is_flagged(drafted: Drafting) -> None:
    data = drafted(AGREED + "All tanks shall be withdrawn within 14 days.")
    assert data["provisions"][0]["due"]["after"] == "signed"
    assert any("read as counted from the signature" in why for why in _asked(data, "due"))


def test_joint_and_coordinated_in_one_text_are_asked_about(drafted: Drafting) -> None:
    data = drafted(
        AGREED + "Orland and Kelden will carry out joint patrols along the river. "
        "Orland and Kelden will begin coordinated patrols in the valley, the minister said."
    )
    assert any("both" in why for why in _asked(data, "mode"))

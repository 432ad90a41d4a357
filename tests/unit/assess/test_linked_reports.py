"""What linking reports into incidents changes: copies count once, incidents are counted once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from truceline.evidence.linking import link_incidents

FIRE = {"id": "p", "kind": "cessation", "parties": ["north"], "area": "zone"}
WORDS = "Residents of the western district said that eleven shells fell on the market before noon."


def _verdict(case: Any) -> Any:
    return case.assess("2018-10-31", incidents=link_incidents(case.table)).obligation("p")


def test_a_copy_by_another_source_adds_nothing(make_case: Callable[..., Any]) -> None:
    case = make_case(FIRE)
    case.report("shelling", "2018-10-01", "north", report=WORDS)
    once = _verdict(case)
    case.report("shelling", "2018-10-01", "north", report=WORDS, source="agency")
    both = _verdict(case)
    assert both.p_breached == pytest.approx(once.p_breached)
    assert (both.details["reports"], str(both.status)) == (1, "unverified")


def test_one_incident_in_the_words_of_two_sources_is_counted_once_and_corroborated(
    make_case: Callable[..., Any],
) -> None:
    case = make_case(FIRE)
    case.report("shelling", "2018-10-01", "north", report=WORDS)
    case.report("shelling", "2018-10-01", "north", report="Mortar fire on the market.", source="agency")
    verdict = _verdict(case)
    assert (verdict.details["reports"], verdict.details["incidents"]) == (2, 1)
    assert str(verdict.status) == "breached"


def test_no_evidence_at_all_can_be_linked_and_assessed(make_case: Callable[..., Any]) -> None:
    verdict = _verdict(make_case(FIRE))
    assert (str(verdict.status), verdict.evidence) == ("unverified", ())

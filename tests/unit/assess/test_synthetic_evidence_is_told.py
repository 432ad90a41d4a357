"""A verdict that rests on made-up evidence says so, in words."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
import pytest

from truceline.accord.geometry import AccordGeometry
from truceline.accord.load import accord_of
from truceline.assess import Assessment, assess
from truceline.evidence.table import OBSERVATION_SCHEMA

ACCORD = accord_of(
    {
        "accord": {
            "id": "test", "title": "Test", "signed": "2020-01-01", "time_zone": "UTC",
            "status": "draft", "version": 1,
        },
        "parties": [{"id": "north", "names": "North", "role": "side"}],
        "provisions": [
            {"id": "fire", "kind": "cessation", "parties": ["north"]},
            {"id": "watch", "kind": "verification", "by": ["north"], "subject": "all of it"},
        ],
    }
)  # fmt: skip


@pytest.fixture
def assessed() -> Callable[..., Assessment]:
    def assessed(*kinds_and_synthetic: tuple[str, bool]) -> Assessment:
        rows = []
        for number, (kind, synthetic) in enumerate(kinds_and_synthetic):
            row: dict[str, Any] = dict.fromkeys(OBSERVATION_SCHEMA.names)
            row |= {
                "id": f"obs-{number}", "kind": kind, "actors": ["north"], "targets": [],
                "occurred_from": datetime(2020, 2, 1 + number, tzinfo=UTC),
                "occurred_to": datetime(2020, 2, 2 + number, tzinfo=UTC),
                "recorded_at": datetime(2020, 3, 1, tzinfo=UTC),
                "source": f"source-{number}", "claim": False, "synthetic": synthetic, "retracted": False,
                "effort_h": 8.0 if kind == "observation_effort" else None, "reliability": "A",
                "credibility": 1, "digest": str(number),
            }  # fmt: skip
            rows.append(row)
        return assess(
            ACCORD,
            AccordGeometry(),
            pa.Table.from_pylist(rows, OBSERVATION_SCHEMA),
            as_of=datetime(2020, 4, 1, tzinfo=UTC),
            known_at=datetime(2020, 4, 1, tzinfo=UTC),
        )

    return assessed


def sentences(assessment: Assessment, id: str) -> list[str]:
    obligation = assessment.obligation(id)
    assert obligation is not None
    return [reason.text for reason in obligation.because if reason.message.startswith("synthetic")]


def test_a_verdict_on_real_reports_alone_says_nothing_of_synthetic_ones(
    assessed: Callable[..., Assessment],
) -> None:
    assert sentences(assessed(("shelling", False)), "fire") == []


def test_a_verdict_on_synthetic_reports_alone_says_that_all_are(
    assessed: Callable[..., Assessment],
) -> None:
    (sentence,) = sentences(assessed(("shelling", True)), "fire")
    assert sentence.startswith("The report listed here is synthetic")


def test_a_verdict_on_both_says_how_many_of_how_many(assessed: Callable[..., Assessment]) -> None:
    (sentence,) = sentences(assessed(("shelling", True), ("shelling", False)), "fire")
    assert sentence.startswith("1 of the 2 reports listed here is synthetic")


def test_the_hours_of_others_do_not_show_that_the_named_verifier_was_at_work() -> None:

    row: dict[str, Any] = dict.fromkeys(OBSERVATION_SCHEMA.names)
    row |= {
        "kind": "observation_effort", "actors": [], "targets": [], "source": "somebody-else",
        "recorded_at": datetime(2020, 3, 1, tzinfo=UTC), "claim": False, "synthetic": False,
        "retracted": False, "effort_h": 10.0, "reliability": "A", "credibility": 1,
    }  # fmt: skip
    rows = [
        row
        | {
            "id": f"obs-{day}", "digest": str(day),
            "occurred_from": datetime(2020, 2, day, tzinfo=UTC),
            "occurred_to": datetime(2020, 2, day + 1, tzinfo=UTC),
        }
        for day in range(1, 28)
    ]  # fmt: skip
    obligation = assess(
        ACCORD,
        AccordGeometry(),
        pa.Table.from_pylist(rows, OBSERVATION_SCHEMA),
        as_of=datetime(2020, 4, 1, tzinfo=UTC),
        known_at=datetime(2020, 4, 1, tzinfo=UTC),
    ).obligation("watch")
    assert obligation is not None
    assert obligation.status == "unverified"
    assert obligation.p_fulfilled < 0.6

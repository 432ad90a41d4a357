# ruff: noqa: E501
from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
import pytest

from truceline.accord.geometry import AccordGeometry
from truceline.accord.model import Accord
from truceline.assess.assessment import Assessment, Obligation, Status
from truceline.evidence.table import OBSERVATION_SCHEMA, empty_observations
from truceline.products.report.build import Surroundings, build_report
from truceline.products.report.content import Report, Snapshot

TEXT = "Guns leave the zone by 10 May. Talks go on."


@pytest.fixture
def accord() -> Accord:
    document: dict[str, Any] = {
        "accord": {"id": "valleys", "title": {"en": "Two valleys", "ar": "الواديان"}, "signed": "2021-05-01", "time_zone": "Europe/Tirane", "status": "confirmed", "version": 3, "region": [19, 41, 21, 43]},
        "sources": [{"id": "notice", "title": "Notice", "date": "2021-05-01", "language": "en"}],
        "parties": [{"id": "north", "names": "North", "role": "side"}, {"id": "south", "names": "South", "role": "side"}],
        "zones": [{"id": "zone-1", "names": "zone of the ford", "kind": "area_of_separation"}],
        "provisions": [
            {
                "id": "guns", "kind": "weapons_withdrawal", "title": "Guns leave", "parties": ["north"],
                "due": {"date": "2021-05-10", "text": "by 10 May"},
                "quotes": [{"source": "notice", "exact": "Guns leave the zone by 10 May.", "start": 0, "end": 30}],
            },
            {"id": "list", "kind": "designation", "by": ["north", "south"]},
        ],
        "statements": [{"id": "s", "speaker": "south", "stance": "welcomes", "quote": {"source": "notice", "exact": "Talks go on.", "start": 31, "end": 43}}],
        "interpretations": [
            {
                "id": "whose", "question": "Whose guns?", "about": ["guns", "zone-1"], "adopted": "theirs",
                "readings": [{"id": "theirs", "text": "North's", "held_by": ["south", "the press"]}, {"id": "all", "text": "All"}],
            }
        ],
        "verification": {"sources": [{"id": "post", "names": ["The Valley Post"], "reliability": "C"}]},
    }  # fmt: skip
    return Accord.model_validate(document)


def _snapshot(day: int, cited: tuple[str, ...] = ()) -> Snapshot:
    as_of = datetime(2021, 5, day, 22, tzinfo=UTC)
    obligation = Obligation(
        id="guns", kind="weapons_withdrawal", status=Status.OVERDUE, probability=0.8, proposition="not done",
        p_fulfilled=0.2, p_breached=0.8, since=None, due=None, because=(), evidence=cited,
    )  # fmt: skip
    assessment = Assessment("valleys", 3, as_of, as_of, "v1", None, 1, (obligation,))
    return Snapshot(key=str(day), assessment=assessment)


def _observations(*ids: str) -> pa.Table:
    row: dict[str, Any] = dict.fromkeys(OBSERVATION_SCHEMA.names) | {
        "kind": "weapon_sighting", "occurred_from": datetime(2021, 5, 12, tzinfo=UTC),
        "occurred_to": datetime(2021, 5, 13, tzinfo=UTC), "recorded_at": datetime(2021, 5, 14, tzinfo=UTC),
        "actors": ["N. Army"], "targets": [], "source": "The Valley Post", "claim": False, "synthetic": False,
        "retracted": False,
    }  # fmt: skip
    return pa.Table.from_pylist([row | {"id": id} for id in ids], schema=OBSERVATION_SCHEMA)


@pytest.fixture
def report(accord: Accord) -> Report:
    surroundings = Surroundings(texts={"notice": TEXT}, actor_names={"N. Army": "North"})
    snapshots = (_snapshot(20, ("o1",)), _snapshot(8))
    return build_report(accord, AccordGeometry(), snapshots, _observations("o1", "o2"), surroundings)


def test_the_dates_are_put_in_order(report: Report) -> None:
    assert [snapshot.key for snapshot in report.snapshots] == ["8", "20"]


def test_a_provision_carries_its_quote_within_the_source_and_whom_it_binds(report: Report) -> None:
    guns = report.provision("guns")
    assert guns is not None
    assert (guns.title, guns.parties, guns.due_words) == ("Guns leave", ("North",), "by 10 May")
    assert [(q.before, q.exact, q.after) for q in guns.quotes] == [
        ("", "Guns leave the zone by 10 May.", " Talks go on.")
    ]
    named = report.provision("list")
    assert named is not None
    assert named.parties == ("North", "South")


def test_everybody_is_called_what_the_accord_calls_them(report: Report) -> None:
    assert report.evidence[0].actors == ("North",)
    assert report.statements[0].speaker == "South"
    (question,) = report.questions
    assert question.about == ("Guns leave", "Zone of the ford")
    assert question.readings[0].held_by == ("South", "the press")
    assert [reading.adopted for reading in question.readings] == [True, False]


def test_a_source_is_rated_as_the_accord_rates_it(report: Report) -> None:
    assert {row.reliability for row in report.evidence} == {"C"}


def test_the_head_says_up_to_when_the_data_reach(report: Report) -> None:
    assert report.data_current_to == datetime(2021, 5, 12, tzinfo=UTC)
    assert (report.evidence_total, report.omitted) == (2, 0)
    assert report.map.bounds == (19, 41, 21, 43)


def test_the_title_is_in_the_language_asked_for(accord: Accord) -> None:
    arabic = build_report(accord, AccordGeometry(), (), empty_observations(), Surroundings(), language="ar")
    assert arabic.title == "الواديان"
    assert arabic.data_current_to is None

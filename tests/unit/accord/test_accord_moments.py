from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from truceline.accord.load import accord_of
from truceline.accord.model import Accord, When
from truceline.accord.moments import anchor_cycle, deadline_of, end_of, instant_of, start_of


def accord(provisions: list[dict[str, Any]] | None = None, **head: Any) -> Accord:
    base = {
        "id": "a",
        "title": "A",
        "signed": "2015-02-12",
        "time_zone": "Europe/Kyiv",
        "status": "draft",
        "version": 1,
    }
    return accord_of({"accord": base | head, "provisions": provisions or []})


def when(**fields: Any) -> When:
    return When.model_validate(fields)


@pytest.mark.parametrize(
    ("fields", "edge", "expected"),
    [
        # Kyiv is UTC+2 in winter and UTC+3 in summer
        ({"date": "2015-02-15"}, "end", "2015-02-15T22:00"),
        ({"date": "2015-02-15"}, "start", "2015-02-14T22:00"),
        ({"date": "2015-02-15", "inclusive": False}, "end", "2015-02-14T22:00"),
        ({"date": "2015-02-15", "inclusive": False}, "start", "2015-02-15T22:00"),
        ({"date": "2015-07-01"}, "end", "2015-07-01T21:00"),
        ({"at": "2015-02-15T00:00:00+02:00"}, "end", "2015-02-14T22:00"),
        ({"after": "signed"}, "end", "2015-02-12T22:00"),
        ({"after": "signed", "days": 14}, "end", "2015-02-26T22:00"),
        ({"after": "signed", "weeks": 2}, "end", "2015-02-26T22:00"),
        ({"after": "signed", "months": 6}, "end", "2015-08-12T21:00"),
        ({"after": "signed", "hours": 24}, "end", "2015-02-12T22:00"),
        ({"after": "ceasefire"}, "end", "2015-02-14T22:00"),
        ({"after": "ceasefire", "hours": 12}, "end", "2015-02-15T10:00"),
        ({"after": "ceasefire", "days": 2}, "end", "2015-02-17T22:00"),
        ({"after": "ceasefire", "days": 2, "hours": 3}, "end", "2015-02-17T01:00"),
        ({"after": "withdrawal", "days": 1}, "end", "2015-03-03T22:00"),
    ],
)
def test_a_moment_is_an_instant_in_the_accords_time_zone(
    fields: dict[str, Any], edge: Any, expected: str
) -> None:
    minsk = accord(
        [
            {"id": "ceasefire", "kind": "cessation", "from": "2015-02-15T00:00:00+02:00"},
            {"id": "withdrawal", "kind": "other", "due": {"after": "ceasefire", "days": 15}},
        ]
    )
    assert instant_of(when(**fields), minsk, edge=edge) == datetime.fromisoformat(expected).replace(
        tzinfo=UTC
    )


def test_a_month_that_is_too_short_ends_on_its_last_day() -> None:
    assert instant_of(
        when(after="signed", months=1), accord(signed="2016-01-31", time_zone="UTC")
    ) == datetime(2016, 3, 1, tzinfo=UTC)
    assert instant_of(
        when(after="signed", months=13), accord(signed="2014-12-31", time_zone="UTC")
    ) == datetime(2016, 2, 1, tzinfo=UTC)


def test_what_cannot_be_known_is_none() -> None:
    unsigned = accord(signed=None)
    assert instant_of(None, unsigned) is None
    assert instant_of(when(after="signed", days=3), unsigned) is None
    assert instant_of(when(after="in_force"), accord()) is None
    assert instant_of(when(after="nobody"), accord()) is None
    assert instant_of(when(date="9999-12-31"), accord()) is None
    assert instant_of(when(after="signed", days=4_000_000), accord()) is None


def test_moments_that_refer_to_one_another_end_and_are_named() -> None:
    circle = accord(
        [
            {"id": "a", "kind": "other", "due": {"after": "b", "days": 1}},
            {"id": "b", "kind": "other", "due": {"after": "c", "days": 1}},
            {"id": "c", "kind": "other", "due": {"after": "a", "days": 1}},
        ]
    )
    assert deadline_of(circle.provisions[0], circle) is None
    assert anchor_cycle("a", circle) == ("a", "b", "c", "a")
    assert anchor_cycle("a", accord()) == ()


def test_a_provision_holds_from_its_own_start_or_that_of_the_accord() -> None:
    parts = [
        {"id": "own", "kind": "cessation", "from": "2015-02-15", "until": "2015-02-20"},
        {"id": "none", "kind": "cessation"},
        {"id": "road", "kind": "routes", "from": "a", "to": "b"},
    ]
    signed, in_force = accord(parts), accord(parts, in_force="2015-02-14")
    assert start_of(signed.provisions[0], signed) == datetime(2015, 2, 14, 22, tzinfo=UTC)
    assert end_of(signed.provisions[0], signed) == datetime(2015, 2, 20, 22, tzinfo=UTC)
    assert start_of(signed.provisions[1], signed) == datetime(2015, 2, 11, 22, tzinfo=UTC)
    assert start_of(in_force.provisions[1], in_force) == datetime(2015, 2, 13, 22, tzinfo=UTC)
    assert start_of(signed.provisions[2], signed) == datetime(2015, 2, 11, 22, tzinfo=UTC)
    assert end_of(signed.provisions[1], signed) is None

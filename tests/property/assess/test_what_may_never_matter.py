"""The laws of the assessment, each over generated tables of evidence."""

from __future__ import annotations

import dataclasses
import datetime as dt
import random
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.assess import Assessment
from truceline.evidence.corrections import Correction
from truceline.evidence.judgements import Judgements
from truceline.evidence.records import CaseStep

pytestmark = pytest.mark.slow

Judge = Callable[..., Assessment]
Row = dict[str, Any]

START = dt.datetime(2018, 9, 10, tzinfo=dt.UTC)
KINDS = (
    "shelling", "air_strike", "attack_unspecified", "presence_report", "weapon_sighting", "route_open",
    "route_closed", "withdrawal_claim", "withdrawal_verified", "patrol", "observation_effort", "troop_count",
    "weapon_stored", "statement",
)  # fmt: skip
EXAMPLES = settings(max_examples=40, deadline=None)


@st.composite
def reports(draw: st.DrawFn, *, kinds: tuple[str, ...] = KINDS, near: bool = False) -> Row:
    start = START + dt.timedelta(hours=draw(st.integers(0, 24 * 130)))
    spread = 0.15 if near else 0.5
    placed = near or draw(st.booleans())
    return {
        "kind": draw(st.sampled_from(kinds)),
        "lon": 36.0 + draw(st.floats(-spread, spread)) if placed else None,
        "lat": 35.0 + draw(st.floats(-spread, spread)) if placed else None,
        "error_m": draw(st.sampled_from([0.0, 500.0, 5_000.0, 40_000.0])) if placed else None,
        "occurred_from": start,
        "occurred_to": start + dt.timedelta(hours=draw(st.integers(0, 72))),
        "actors": draw(st.lists(st.sampled_from(["north", "south", "riders", "unknown"]), max_size=2)),
        "source": draw(st.sampled_from(["first", "second", "third"])),
        "reliability": draw(st.sampled_from([None, *"ABCDEF"])),
        "credibility": draw(st.sampled_from([None, 1, 2, 3, 4, 5, 6])),
        "place": draw(st.sampled_from([None, None, "M4 Here-There", "elsewhere"])),
        "weapon_class": draw(st.sampled_from([None, "tank", "small_arms"])),
        "count": draw(st.sampled_from([None, 1, 3, 150])),
        "effort_h": draw(st.floats(0, 12)),
        "claim": draw(st.booleans()),
    }


def tables(most: int = 12, **how: Any) -> st.SearchStrategy[list[Row]]:
    return st.lists(reports(**how), max_size=most).map(
        lambda rows: [row | {"id": f"obs-{number:03d}"} for number, row in enumerate(rows)]
    )


def numbers(assessment: Assessment) -> dict[str, tuple[str, float, float]]:
    return {
        one.id: (str(one.status), round(one.p_fulfilled, 9), round(one.p_breached, 9))
        for whole in assessment.obligations
        for one in (whole, *whole.parts)
    }


@EXAMPLES
@given(rows=tables())
def test_probabilities_are_probabilities_and_consistent(judged: Judge, rows: list[Row]) -> None:
    for whole in judged(rows).obligations:
        for one in (whole, *whole.parts):
            assert 0.0 <= one.p_breached <= 1.0
            assert 0.0 <= one.p_fulfilled <= 1.0
            assert 0.0 <= one.probability <= 1.0
            assert one.p_fulfilled + one.p_breached <= 1.0 + 1e-9
            if one.status == "breached":
                assert one.probability == one.p_breached


@EXAMPLES
@given(rows=tables(), seed=st.integers(0, 2**16))
def test_the_order_of_rows_never_matters(judged: Judge, rows: list[Row], seed: int) -> None:
    shuffled = list(rows)
    random.Random(seed).shuffle(shuffled)
    assert judged(shuffled).as_dict() == judged(rows).as_dict()


def test_hours_that_weigh_the_same_are_listed_alike_in_whatever_order_they_came(judged: Judge) -> None:
    hours: Row = {
        "kind": "observation_effort", "lon": 36.0, "lat": 35.0, "error_m": 0.0, "occurred_from": START,
        "occurred_to": START + dt.timedelta(hours=1), "source": "first", "effort_h": 5.0, "actors": [],
    }  # fmt: skip
    other = hours | {"lon": None, "lat": None, "error_m": None, "source": "second"}
    rows = [
        hours | {"id": "obs-000"},
        other | {"id": "obs-001"},
        hours | {"id": "obs-002", "source": "third"},
        {**other, "id": "obs-003", "kind": "access_refused", "effort_h": None},
        {**hours, "id": "obs-004", "kind": "access_refused", "effort_h": None},
    ]
    assert judged(rows[::-1]).as_dict() == judged(rows).as_dict()


@EXAMPLES
@given(rows=tables(), late=tables(4))
def test_what_is_recorded_after_the_known_at_never_matters(
    judged: Judge, rows: list[Row], late: list[Row]
) -> None:
    known_at = dt.datetime(2019, 1, 1, tzinfo=dt.UTC)
    later = known_at + dt.timedelta(seconds=1)
    more = [row | {"id": f"late-{row['id']}", "recorded_at": later} for row in late]
    # Late rows may even correct or withdraw what was known.
    more += [row | {"id": f"fix-{row['id']}", "recorded_at": later, "supersedes": row["id"]} for row in rows]
    with_them = judged([*rows, *more], known_at=known_at)
    assert with_them.as_dict() == judged(rows, known_at=known_at).as_dict()


@EXAMPLES
@given(rows=tables(), elsewhere=tables(6, near=True))
def test_evidence_about_another_place_never_matters(
    judged: Judge, rows: list[Row], elsewhere: list[Row]
) -> None:
    far = [
        row | {"id": f"far-{row['id']}", "lon": row["lon"] - 20.0, "place": "elsewhere"} for row in elsewhere
    ]
    assert numbers(judged([*rows, *far])) == numbers(judged(rows))


@EXAMPLES
@given(rows=tables(), index=st.integers(0, 20))
def test_the_same_report_by_the_same_source_twice_changes_nothing(
    judged: Judge, rows: list[Row], index: int
) -> None:
    if not rows:
        return
    again = rows[index % len(rows)] | {"id": "zzz-again"}
    assert numbers(judged([*rows, again])) == numbers(judged(rows))


@EXAMPLES
@given(rows=tables(), report=reports(kinds=("shelling", "air_strike"), near=True))
def test_independent_corroboration_never_lowers_a_probability(
    judged: Judge, rows: list[Row], report: Row
) -> None:
    before = judged([*rows, report | {"id": "act"}]).obligation("fire")
    after = judged(
        [*rows, report | {"id": "act"}, report | {"id": "act-2", "source": "fourth", "claim": False}]
    ).obligation("fire")
    assert before is not None
    assert after is not None
    assert after.p_breached >= before.p_breached - 1e-12


@EXAMPLES
@given(rows=tables(), report=reports(kinds=("presence_report",), near=True))
def test_corroborated_presence_never_lowers_that_it_is_not_done(
    judged: Judge, rows: list[Row], report: Row
) -> None:
    more = [report | {"id": "seen"}, report | {"id": "seen-2", "source": "fourth"}]
    before = judged([*rows, more[0]]).obligation("men")
    after = judged([*rows, *more]).obligation("men")
    assert before is not None
    assert after is not None
    assert after.p_breached >= before.p_breached - 1e-12


@EXAMPLES
@given(
    report=reports(kinds=("shelling",), near=True),
    away=st.floats(0.0, 0.4),
    further=st.floats(0.0, 0.4),
    across=st.sampled_from([(1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, 1)]),
)
def test_moving_a_report_away_from_the_zone_never_raises_it(
    judged: Judge, report: Row, away: float, further: float, across: tuple[int, int]
) -> None:
    def at(distance: float) -> float:
        moved = report | {
            "id": "act",
            "lon": 36.0 + across[0] * distance,
            "lat": 35.0 + across[1] * distance,
            "actors": ["north"],
            "place": None,
        }
        verdict = judged([moved]).obligation("fire")
        assert verdict is not None
        return verdict.p_breached

    assert at(away + further) <= at(away) + 1e-6


@EXAMPLES
@given(rows=tables())
def test_without_evidence_nothing_is_known(judged: Judge, rows: list[Row]) -> None:
    retracted = [
        row | {"id": f"gone-{row['id']}", "supersedes": row["id"], "retracted": True} for row in rows
    ]
    for one in judged([*rows, *retracted]).obligations:
        assert one.status in ("unverified", "not_due")
        assert one.p_breached == 0.0
        assert one.evidence == ()


# Corrections.

LATER = dt.datetime(2019, 1, 1, tzinfo=dt.UTC)
PICKS = st.sets(st.integers(0, 11), max_size=6)
FEWER = settings(max_examples=12, deadline=None)


def of(rows: list[dict[str, Any]], picks: set[int], act: str, at: dt.datetime, first: int = 1) -> Any:
    return tuple(
        Correction(first + number, at, act, "observation", row["id"], "author", "reason")
        for number, row in enumerate(rows)
        if number in picks
    )


@FEWER
@given(rows=tables(near=True), picks=PICKS)
def test_a_retraction_that_was_recorded_later_never_matters(
    judged: Judge, rows: list[dict[str, Any]], picks: set[int]
) -> None:
    retracted = Judgements(of(rows, picks, "retract", LATER))
    before = LATER - dt.timedelta(microseconds=1)
    assert numbers(judged(rows, known_at=before, judgements=retracted)) == numbers(
        judged(rows, known_at=before)
    )


@FEWER
@given(rows=tables(near=True), picks=PICKS)
def test_retracting_is_as_if_it_had_never_been_taken_in(
    judged: Judge, rows: list[dict[str, Any]], picks: set[int]
) -> None:
    rest = [row for number, row in enumerate(rows) if number not in picks]
    retracted = Judgements(of(rows, picks, "retract", LATER))
    assert numbers(judged(rows, judgements=retracted)) == numbers(judged(rest))


@FEWER
@given(rows=tables(near=True), picks=PICKS, chance=st.randoms(use_true_random=False))
def test_reinstated_evidence_gives_the_verdict_of_never_retracted_in_any_order(
    judged: Judge, rows: list[dict[str, Any]], picks: set[int], chance: Any
) -> None:
    hour = dt.timedelta(hours=1)
    acts = [*of(rows, picks, "retract", LATER), *of(rows, picks, "reinstate", LATER + hour, first=100)]
    expected = numbers(judged(rows))
    chance.shuffle(acts)
    shuffled = list(rows)
    chance.shuffle(shuffled)
    assert numbers(judged(shuffled, judgements=Judgements(tuple(acts)))) == expected


# Findings of cases.

RATED = st.tuples(st.sampled_from("ABCDEF"), st.integers(1, 6))


def case_about(
    rows: list[Row],
    picks: set[int],
    result: str,
    rating: tuple[str, int],
    *,
    at: dt.datetime = LATER,
    more: tuple[str, ...] = (),
    id: str = "case-1",
) -> tuple[CaseStep, ...]:
    about = [row["id"] for number, row in enumerate(rows) if number in picks]
    found = {"result": result, "reliability": rating[0], "credibility": rating[1]}
    said: list[dict[str, Any]] = [{"observations": about}, {}, found | {"finding_id": f"find-{id}"}]
    acts = ["open", "inquiry", "finding", *more]
    return tuple(
        CaseStep(number, at, id, act, at, "a", said[number] if number < 3 else {})
        for number, act in enumerate(acts)
    )


def fire(assessment: Assessment) -> tuple[float, float]:
    (one,) = (o for o in assessment.obligations if o.id == "fire")
    return one.p_breached, one.p_fulfilled


@FEWER
@given(rows=tables(near=True, kinds=("shelling", "air_strike")), picks=PICKS, rating=RATED)
def test_a_confirmed_finding_never_makes_a_breach_less_probable_and_one_against_never_more(
    judged: Judge, rows: list[Row], picks: set[int], rating: tuple[str, int]
) -> None:
    without = judged(rows)
    confirmed = judged(rows, judgements=Judgements(steps=case_about(rows, picks, "confirmed", rating)))
    against = judged(rows, judgements=Judgements(steps=case_about(rows, picks, "not_confirmed", rating)))
    open_ = judged(rows, judgements=Judgements(steps=case_about(rows, picks, "inconclusive", rating)))
    assert fire(confirmed)[0] >= fire(without)[0] - 1e-9
    assert fire(against)[0] <= fire(without)[0] + 1e-9
    assert numbers(open_) == numbers(without)
    assert confirmed.observations_considered == without.observations_considered


@FEWER
@given(rows=tables(near=True, kinds=("shelling",)), picks=PICKS, number=st.integers(1, 4))
def test_a_better_rated_finding_says_more(
    judged: Judge, rows: list[Row], picks: set[int], number: int
) -> None:
    for result, sign in (("confirmed", 1), ("not_confirmed", -1)):
        better, worse = (
            fire(judged(rows, judgements=Judgements(steps=case_about(rows, picks, result, ("B", n)))))[0]
            for n in (number, number + 1)
        )
        assert sign * (better - worse) >= -1e-9


@FEWER
@given(rows=tables(near=True), picks=PICKS, result=st.sampled_from(["confirmed", "not_confirmed"]))
def test_a_finding_that_was_recorded_later_withdrawn_or_taken_up_again_never_matters(
    judged: Judge, rows: list[Row], picks: set[int], result: str
) -> None:
    before = LATER - dt.timedelta(microseconds=1)
    steps = case_about(rows, picks, result, ("A", 1))
    assert numbers(judged(rows, known_at=before, judgements=Judgements(steps=steps))) == numbers(
        judged(rows, known_at=before)
    )
    for more in (("appeal", "inquiry"), ("close", "reopen")):
        ended = case_about(rows, picks, result, ("A", 1), more=more)
        assert numbers(judged(rows, judgements=Judgements(steps=ended))) == numbers(judged(rows))


@FEWER
@given(rows=tables(near=True), picks=PICKS, chance=st.randoms(use_true_random=False))
def test_the_order_of_evidence_and_steps_does_not_matter_to_findings(
    judged: Judge, rows: list[Row], picks: set[int], chance: Any
) -> None:
    steps = list(
        case_about(rows, picks, "confirmed", ("B", 2))
        + case_about(rows, {0, 3}, "not_confirmed", ("C", 3), id="case-2", at=LATER + dt.timedelta(hours=1))
    )
    expected = numbers(judged(rows, judgements=Judgements(steps=tuple(steps))))
    chance.shuffle(steps)
    shuffled = list(rows)
    chance.shuffle(shuffled)
    assert numbers(judged(shuffled, judgements=Judgements(steps=tuple(steps)))) == expected
    # A finding on evidence that was retracted goes with it.
    taken_out = Judgements(of(rows, set(range(12)), "retract", LATER), tuple(steps))
    assert numbers(judged(rows, judgements=taken_out)) == numbers(judged([]))


def test_one_inquiry_is_one_source_and_makes_a_second_hand_report_a_confirmed_finding(judged: Judge) -> None:
    row = {
        "id": "obs-1", "kind": "shelling", "lon": 36.0, "lat": 35.0, "error_m": 0.0, "actors": ["north"],
        "occurred_from": START + dt.timedelta(days=20), "occurred_to": START + dt.timedelta(days=21),
        "source": "first", "reliability": "B", "credibility": 2,
    }  # fmt: skip
    steps = case_about([row], {0}, "confirmed", ("A", 1))
    (one,) = (o for o in judged([row], judgements=Judgements(steps=steps)).obligations if o.id == "fire")
    # P = 1 - (1 - p)(1 - r): B2 is the mean of 0.8 and 0.7 in log-odds, A1 that of 0.95 and 0.9.
    p, r = (1 / (1 + ((1 - a) / a * (1 - b) / b) ** 0.5) for a, b in ((0.8, 0.7), (0.95, 0.9)))
    assert abs(one.p_breached - (1 - (1 - p) * (1 - r))) < 1e-3
    assert (str(one.status), one.finding) == ("breached", "confirmed")
    assert one.details["incidents"] == 1
    assert set(one.details["sources"]) == {"first", "case inquiry"}
    assert "The inquiry of case case-1 found on 1 January 2019 (rated A1): the allegation was confirmed." in {
        reason.text for reason in one.because
    }
    twice = (*steps, *case_about([row], {0}, "confirmed", ("A", 1), id="case-2"))
    (again,) = (o for o in judged([row], judgements=Judgements(steps=twice)).obligations if o.id == "fire")
    assert again.p_breached == one.p_breached
    appealed = case_about([row], {0}, "confirmed", ("A", 1), more=("appeal",))
    appeal = dataclasses.replace(appealed[3], said={"party": "north", "note": "no"})
    (now,) = (
        o
        for o in judged([row], judgements=Judgements(steps=(*appealed[:3], appeal))).obligations
        if o.id == "fire"
    )
    assert (str(now.status), now.p_breached) == ("disputed", one.p_breached)

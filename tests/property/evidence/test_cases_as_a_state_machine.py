"""Cases under any sequence of steps: hypothesis drives them, and a plain reading of the rules keeps count."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from truceline.evidence.cases import ACTS, ALLOWED, DAYS, OVER, STATES, CaseFile, cases_of, next_of, seen_by
from truceline.evidence.records import CaseStep

START = datetime(2018, 10, 20, 9, 30, tzinfo=UTC)
DAMASCUS = ZoneInfo("Asia/Damascus")
FINDINGS = st.sampled_from(("confirmed", "not_confirmed", "inconclusive"))


class Cases(RuleBasedStateMachine):
    """One case, in the words of the rules: who may do what when, and what that makes of it."""

    @initialize()
    def opened(self) -> None:
        self.steps: list[CaseStep] = []
        self.now = START
        self.open = True  # neither closed nor withdrawn
        self.found: str | None = None  # what the finding says that counts
        self.waits = False  # an appeal waits
        self.stage = "inquiring"  # inquiring or after a finding
        self._take("open", title="t", parties=["p"])

    def _take(self, act: str, **said: Any) -> None:
        self.now += timedelta(hours=7)
        seq = len(self.steps) + 1
        self.steps.append(CaseStep(seq, self.now, "c", act, self.now, "a", {"finding_id": f"f{seq}"} | said))

    @property
    def case(self) -> CaseFile:
        return cases_of(self.steps)["c"]

    @precondition(lambda self: self.open and self.stage == "inquiring")
    @rule(result=FINDINGS, first=st.booleans())
    def inquire_and_find(self, result: str, first: bool) -> None:
        if self.case.state == "alleged":
            self._take("inquiry")
        if first:
            self._take("visit")
        self._take("finding", result=result)
        self.found, self.stage, self.waits = result, "found", False

    @precondition(lambda self: self.open and self.stage == "found" and not self.waits)
    @rule(accepts=st.booleans())
    def answer(self, accepts: bool) -> None:
        if self.case.state != "remedied":
            self._take("answer", accepts=accepts)

    @precondition(lambda self: self.open and self.stage == "found" and not self.waits)
    @rule()
    def remedy(self) -> None:
        if self.case.state in ("answered", "remedied"):
            self._take("remedy")

    @precondition(lambda self: self.open and self.stage == "found" and not self.waits)
    @rule()
    def appeal(self) -> None:
        self._take("appeal")
        self.waits = True

    @precondition(lambda self: self.open and self.waits)
    @rule(result=FINDINGS)
    def decide(self, result: str) -> None:
        self._take("finding", result=result)
        self.found, self.waits = result, False

    @precondition(lambda self: self.open and self.waits)
    @rule()
    def take_up_again(self) -> None:
        self._take("inquiry")
        self.found, self.waits, self.stage = None, False, "inquiring"

    @precondition(lambda self: self.open)
    @rule()
    def close(self) -> None:
        self._take("close")
        self.open, self.waits = False, False

    @precondition(lambda self: self.open and self.stage == "inquiring")
    @rule()
    def withdraw(self) -> None:
        self._take("withdraw")
        self.open = False

    @precondition(lambda self: not self.open)
    @rule()
    def reopen(self) -> None:
        self._take("reopen")
        self.open, self.found, self.stage = True, None, "inquiring"

    @rule(act=st.sampled_from(ACTS))
    def try_what_is_not_allowed(self, act: str) -> None:
        if act not in ALLOWED[self.case.state]:
            before = self.case
            self._take(act, result="confirmed")
            assert self.case.state == before.state
            assert self.case.steps == before.steps
            self.steps.pop()

    @invariant()
    def what_counts_is_what_the_rules_say(self) -> None:
        case = self.case
        assert case.state in STATES
        assert (case.state in OVER) == (not self.open)
        assert (case.finding.said["result"] if case.finding else None) == self.found
        assert (case.appealed is not None) == self.waits
        assert len(case.steps) == len(self.steps)

    @invariant()
    def somebody_must_act_unless_it_is_over(self) -> None:
        due = next_of(self.case, DAMASCUS, self.now)
        assert (due is None) == (not self.open)
        if due is not None:
            assert due.who == (("p",) if due.what in ("answer", "remedy") else ("office",))
            assert due.due > self.case.steps[0].at
            assert due.due.astimezone(DAMASCUS).strftime("%H:%M:%S") == "00:00:00"
            # Refused steps take time as well, and a clock may have run out meanwhile.
            assert due.overdue == (due.due <= self.now)
            assert next_of(self.case, DAMASCUS, due.due).overdue  # type: ignore[union-attr]

    @invariant()
    def as_of_an_earlier_instant_it_is_what_it_was(self) -> None:
        for number, step in enumerate(self.steps, start=1):
            then = cases_of(self.steps, as_of=step.at)["c"]
            assert then == cases_of(self.steps[:number])["c"]
            assert then == cases_of(self.steps, known_at=step.recorded_at)["c"]


Cases.TestCase.settings = settings(max_examples=40, stateful_step_count=14, deadline=None)
test_cases = Cases.TestCase


@settings(max_examples=60, deadline=None)
@given(
    acts=st.lists(st.sampled_from(ACTS), max_size=12),
    chance=st.randoms(use_true_random=False),
)
def test_any_steps_in_any_order_of_reading_give_one_case(acts: list[str], chance: Any) -> None:
    hour = timedelta(hours=1)
    steps = [
        CaseStep(n, START + n * hour, "c", act, START + n * hour, "a", {"result": "confirmed"})
        for n, act in enumerate(["open", *acts])
    ]
    case = cases_of(steps)["c"]
    assert len(case.steps) + len(case.refused) == len(steps)
    chance.shuffle(steps)
    assert cases_of(steps)["c"] == case


def test_the_clock_counts_days_of_the_accords_zone_across_the_change_of_the_hour() -> None:
    # 22:30 UTC on 20 October is the 21st in Damascus; summer time there ended on 26 October 2018.
    at = datetime(2018, 10, 20, 22, 30, tzinfo=UTC)
    case = cases_of([CaseStep(1, at, "c", "open", at, "a", {})])["c"]
    due = next_of(case, DAMASCUS, at, days={"inquiry": 10})
    assert due is not None
    assert due.due == datetime(2018, 10, 31, 22, 0, tzinfo=UTC)  # the end of the 31st, at UTC+2


def test_a_party_that_accepts_may_name_its_own_day() -> None:
    def step(number: int, act: str, **said: Any) -> CaseStep:
        at = START + timedelta(hours=number)
        return CaseStep(number, at, "c", act, at, "a", said)

    steps = [
        step(1, "open", parties=["p"]), step(2, "inquiry"),
        step(3, "finding", result="confirmed", finding_id="f"),
        step(4, "answer", accepts=True, remedy_by="2018-11-01T22:00:00Z"),
    ]  # fmt: skip
    due = next_of(cases_of(steps)["c"], DAMASCUS, START)
    assert due is not None
    assert (due.what, due.who, due.due) == ("remedy", ("p",), datetime(2018, 11, 1, 22, tzinfo=UTC))


def test_a_step_that_lies_before_the_one_before_does_not_count() -> None:
    steps = [
        CaseStep(1, START, "c", "open", START, "a", {}),
        CaseStep(2, START, "c", "inquiry", START - timedelta(days=1), "a", {}),
    ]
    case = cases_of(steps)["c"]
    assert (case.state, len(case.refused)) == ("alleged", 1)
    assert cases_of(steps[1:]) == {}


@pytest.mark.parametrize("edition", ["public", "parties", "internal"])
def test_an_edition_shows_no_more_than_its_readers_may_see(edition: str) -> None:
    said = {"title": "t", "allegation": "secret words", "note": "secret note", "result": "confirmed"}
    case = cases_of([CaseStep(1, START, "c", "open", START, "Author Name", said)])["c"]
    text = str(seen_by(case, edition))
    assert ("secret" in text) == (edition != "public")
    assert ("Author Name" in text) == (edition == "internal")


@pytest.mark.parametrize(
    "said",
    [
        {}, {"result": "true", "finding_id": "f"}, {"result": "confirmed"},
        {"result": "confirmed", "finding_id": "f", "reliability": "G"},
        {"result": "confirmed", "finding_id": "f", "credibility": "x"},
    ],
)  # fmt: skip
def test_a_finding_that_does_not_say_what_a_finding_must_say_does_not_count(said: dict[str, Any]) -> None:
    steps = [
        CaseStep(1, START, "c", "open", START, "a", {}),
        CaseStep(2, START, "c", "inquiry", START, "a", {}),
        CaseStep(3, START, "c", "finding", START, "a", said),
    ]
    assert cases_of(steps)["c"].state == "inquiry"


def test_every_state_can_be_left_and_every_clock_has_its_days() -> None:
    assert all(ALLOWED.values())
    leads = {to for steps in ALLOWED.values() for to in steps.values() if to}
    assert leads == set(STATES)
    assert set(DAYS) == {"inquiry", "visit", "finding", "answer", "remedy", "closing", "appeal"}

"""What stands after corrections, beside a history told step by step: who held the place last."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from truceline.evidence.corrections import Correction
from truceline.evidence.history import current, marked

DAY = datetime(2018, 10, 1, tzinfo=UTC)
Table = Callable[..., pa.Table]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(("source revises", "we correct", "retract", "reinstate")),
        st.integers(0, 2),
        st.integers(0, 9),
    ),
    max_size=14,
)


@dataclass
class History:
    """Three reports, each with its versions. The place of each is held by one version, or by none."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    corrections: list[Correction] = field(default_factory=list)
    holder: list[str | None] = field(default_factory=lambda: [f"r{n}v0" for n in range(3)])
    after: list[tuple[datetime, set[str]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.at = DAY
        self.versions = [[self._row(n, None)] for n in range(3)]
        self._note()

    def _row(self, report: int, before: str | None) -> str:
        number = 0 if before is None else len(self.versions[report])
        id = f"r{report}v{number}"
        self.rows.append({"id": id, "supersedes": before, "recorded_at": self.at})
        return id

    def _correct(self, act: str, target: str, replacement: str | None = None) -> None:
        seq = len(self.corrections) + 1
        self.corrections.append(
            Correction(seq, self.at, act, "observation", target, "a", "r", replacement=replacement)
        )

    def _note(self) -> None:
        self.after.append((self.at, {id for id in self.holder if id is not None}))

    def step(self, what: str, report: int, which: int) -> None:
        self.at += timedelta(hours=1)
        versions, holder = self.versions[report], self.holder[report]
        if what == "source revises":
            versions.append(self._row(report, versions[-1]))
            self.holder[report] = versions[-1]
        elif what == "we correct" and holder is not None:
            versions.append(self._row(report, versions[-1]))
            self._correct("supersede", holder, versions[-1])
            self.holder[report] = versions[-1]
        elif what == "retract" and holder is not None:
            self._correct("retract", holder)
            self.holder[report] = None
        elif what == "reinstate" and holder != versions[which % len(versions)]:
            self.holder[report] = versions[which % len(versions)]
            self._correct("reinstate", versions[which % len(versions)])
        self._note()


def told(steps: list[Any]) -> History:
    history = History()
    for step in steps:
        history.step(*step)
    return history


@settings(max_examples=150)
@given(steps=STEPS, chance=st.randoms(use_true_random=False))
def test_what_stands_at_any_instant_is_what_held_its_place_last(
    observation_table: Table, steps: list[Any], chance: Any
) -> None:
    history = told(steps)
    chance.shuffle(history.rows)
    corrections = list(history.corrections)
    chance.shuffle(corrections)
    table = observation_table(history.rows)
    for instant, expected in history.after:
        assert set(current(table, instant, corrections)["id"].to_pylist()) == expected
        just_before = current(table, instant - timedelta(microseconds=1), corrections)["id"].to_pylist()
        earlier = [ids for at, ids in history.after if at < instant]
        assert set(just_before) == (earlier[-1] if earlier else set())
    last = history.after[-1][1]
    assert set(current(table, None, corrections)["id"].to_pylist()) == last
    # As a reader sees them: what stands is neither marked as retracted nor as replaced, what does not is.
    shown = marked(table, None, corrections).to_pylist()
    replaced = {row["supersedes"] for row in shown}
    assert {row["id"] for row in shown if not row["retracted"] and row["id"] not in replaced} == last


@settings(max_examples=60)
@given(steps=STEPS)
def test_retracting_and_reinstating_is_as_never(observation_table: Table, steps: list[Any]) -> None:
    history = told(steps)
    before = history.after[-1][1]
    for report, holder in enumerate(history.holder):
        if holder is not None:
            history.step("retract", report, 0)
            history.step("reinstate", report, history.versions[report].index(holder))
    table = observation_table(history.rows)
    assert set(current(table, None, history.corrections)["id"].to_pylist()) == before


def test_a_correction_of_what_is_not_held_changes_nothing(observation_table: Table) -> None:
    table = observation_table([{"id": "a"}])
    stranger = Correction(1, DAY, "retract", "observation", "b", "x", "y")
    finding = Correction(2, DAY, "retract", "finding", "a", "x", "y")
    assert current(table, None, [stranger, finding])["id"].to_pylist() == ["a"]

"""Answers as of now: a minute old at most, or renewed beside; never of another record."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from truceline.app.desk.present import FRESH, LATE, Present

START = datetime(2025, 3, 1, tzinfo=UTC)


class Told:
    """A clock that is set, and what was made at which time."""

    def __init__(self) -> None:
        self.now = START
        self.made: list[datetime] = []
        self.renewed = threading.Event()
        self.present = Present(lambda: self.now)

    def make(self, now: datetime) -> datetime:
        """An answer that is the instant as of which it was made."""
        self.made.append(now)
        if threading.current_thread() is not threading.main_thread():
            self.renewed.set()
        return now

    def ask(self, after: timedelta, state: str = "first", question: str = "how is it") -> datetime:
        """What is answered so long after the start."""
        self.now = START + after
        return self.present.get(question, state, self.make)


@pytest.fixture
def told() -> Iterator[Told]:
    """A clock and the answers of a desk that is closed in the end."""
    made = Told()
    yield made
    made.present.close()


SECOND = timedelta(seconds=1)


def test_an_answer_holds_for_its_minute_and_no_longer_than_two(told: Told) -> None:
    assert told.ask(timedelta()) == START
    assert told.ask(FRESH - SECOND) == START
    assert told.made == [START]
    assert told.ask(LATE) == START + LATE
    assert told.made == [START, START + LATE]


def test_after_its_minute_it_is_given_once_more_while_the_next_is_made(told: Told) -> None:
    told.ask(timedelta())
    assert told.ask(FRESH) == START
    assert told.renewed.wait(10)
    told.present._beside.submit(lambda: None).result(10)  # the renewal has been put down
    assert told.ask(FRESH + SECOND) == START + FRESH
    assert told.made == [START, START + FRESH]


def test_no_answer_of_another_state_of_the_record_is_given(told: Told) -> None:
    told.ask(timedelta())
    assert told.ask(SECOND, state="a row was added") == START + SECOND
    assert told.ask(2 * SECOND, state="another accord") == START + 2 * SECOND
    assert told.ask(3 * SECOND, state="a row was added") == START + 3 * SECOND


def test_a_clock_that_is_set_back_gives_no_answer_of_the_future(told: Told) -> None:
    told.ask(timedelta(hours=1))
    assert told.ask(timedelta()) == START
    assert told.ask(SECOND, question="another") == START + SECOND

from __future__ import annotations

import re
from datetime import UTC, datetime
from importlib import resources
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from truceline.assess.assessment import Status
from truceline.products.report.page_data import WORDS
from truceline.products.report.timeline import LANES
from truceline.products.report.wording import Wording

ENGLISH = Wording("en", ZoneInfo("Asia/Damascus"))


@given(st.floats(0, 1))
def test_a_probability_is_never_written_as_certainty(probability: float) -> None:
    assert ENGLISH.percent(probability) not in {"0%", "100%"}


@pytest.mark.parametrize(
    ("probability", "words"),
    [
        (1.0, "Virtually certain"),
        (0.99, "Virtually certain"),
        (0.95, "Very likely"),
        (0.66, "Likely"),
        (0.5, "About as likely as not"),
        (0.33, "About as likely as not"),
        (0.32, "Unlikely"),
        (0.05, "Very unlikely"),
        (0.001, "Exceptionally unlikely"),
    ],
)
def test_likelihood_words_follow_the_ipcc_scale(probability: float, words: str) -> None:
    assert ENGLISH.likelihood(probability) == words


def test_an_as_of_at_the_end_of_a_day_is_called_by_that_day() -> None:
    # Damascus is at UTC+3 in October and was at UTC+2 in December 2018.
    assert ENGLISH.when(datetime(2018, 10, 15, 21, tzinfo=UTC)) == "15 October 2018"
    assert ENGLISH.when(datetime(2018, 12, 31, 22, tzinfo=UTC)) == "31 December 2018"
    assert ENGLISH.when(datetime(2018, 12, 31, 12, 30, tzinfo=UTC)) == "31 December 2018, 12:30 UTC"


def test_a_span_of_one_day_names_one_day() -> None:
    start, end = datetime(2018, 10, 14, 21, tzinfo=UTC), datetime(2018, 10, 15, 21, tzinfo=UTC)
    assert ENGLISH.span(start, end) == "15 Oct 2018"
    assert ENGLISH.span(start, datetime(2018, 10, 17, 21, tzinfo=UTC)) == "15 Oct 2018 to 17 Oct 2018"


def test_kilometres_keep_a_decimal_only_where_it_says_something() -> None:
    assert [ENGLISH.km(m) for m in (500, 3000, 3450, 15000, 1_234_567)] == [
        "0.5",
        "3",
        "3.5",
        "15",
        "1\u202f235",
    ]


def test_an_unknown_term_is_shown_as_it_stands() -> None:
    assert ENGLISH.term("kind", "new_kind") == "new kind"


def test_a_missing_message_is_a_defect() -> None:
    with pytest.raises(LookupError):
        ENGLISH.say("no-such-message")


def test_every_message_that_the_page_names_exists() -> None:
    folder = resources.files("truceline.products.report") / "templates"
    templates = "\n".join(file.read_text(encoding="utf-8") for file in folder.iterdir())
    named = set(re.findall(r'w\.(?:say|counted)\("([a-z0-9-_]+)"', templates)) | set(WORDS)
    named |= {f"status-{status}" for status in Status} | {f"status-meaning-{status}" for status in Status}
    named |= {f"lane-{family}" for family in LANES}
    assert len(named) > 100
    # A name that ends with a hyphen is completed by the template.
    assert [name for name in sorted(named) if not name.endswith("-") and not ENGLISH.has(name)] == []
